//! Outcomes that not every run defines: what is said of them, in a report, in tables and in the text.

use std::collections::BTreeMap;

use crate::{Place, ok};

/// Two variants on four seeds; the factors follow.
const GRID: &str = "\
title: A grid
scenario: scenarios/one-state-stays-out.yaml
seed: 1
replicates: 4
variants: [holds-out, joins]
design: grid
factors:
";

/// Ten networks in a year and a half: in many runs no case against those of the state has closed.
#[test]
fn a_report_says_how_many_runs_define_an_outcome_and_gives_no_interval_of_few() {
    let place = Place::new();
    let plan = place.plan(&[GRID, "  networks.count: { values: [3, 60] }\n"].concat(), "plan");
    ok(&["sweep", "run", &plan, "--quiet"]);
    let (table, page) = (place.text("all.csv"), place.text("report.html"));
    ok(&[
        "sweep",
        "merge",
        &plan,
        "-o",
        &table,
        "--report",
        &page,
        "--outcome",
        "state_impunity",
        "--outcome",
        "letters",
    ]);
    let page = std::fs::read_to_string(page).expect("a report").replace('\u{a0}', " ");
    let mut rows = csv::Reader::from_path(table).expect("a table");
    let rows: Vec<BTreeMap<String, String>> = rows.deserialize().map(|row| row.expect("a row")).collect();
    let lacking = |networks: &str, variant: &str| {
        let of = rows.iter().filter(|row| row["networks.count"] == networks && row["variant"] == variant);
        of.filter(|row| row["state_impunity"].is_empty()).count()
    };
    // The test is of what is said where most of four runs lack it and where all have it.
    assert!(lacking("3", "joins") > 1 && lacking("60", "holds-out") == 0, "{}", lacking("3", "joins"));
    let both = rows.iter().filter(|row| row["variant"] == "joins" && !row["state_impunity"].is_empty());
    let in_both = both.filter(|row| {
        let same = |other: &&BTreeMap<String, String>| {
            other["variant"] == "holds-out" && other["point"] == row["point"] && other["replicate"] == row["replicate"]
        };
        !rows.iter().find(same).expect("its pair")["state_impunity"].is_empty()
    });
    let told = format!("({} of 8", in_both.count());
    let told = format!("impunity in Hesper at the end {told}");
    let mut sentences = page.split("not every pair of runs defines").skip(1);
    assert!(sentences.any(|sentence| sentence.contains(&told)), "{told} is not said");
    assert!(page.contains("no interval is given"), "an interval of pairs that the outcome chose");
    assert!(page.contains("Where more than a third has no value of it, there is no interval"), "nothing is said of it");
    let figure = page.split("<figure id=\"factor-0-state-impunity\"").nth(1).expect("a figure");
    assert!(
        figure.split("</figure>").next().expect("one").contains("<th scope=\"col\">runs that do not define it, %</th>")
    );
    let figure = page.split("<figure id=\"factor-0-letters\"").nth(1).expect("a figure");
    assert!(!figure.split("</figure>").next().expect("one").contains("runs that do not define it"), "all define it");
}

/// Two thirds of a grid: what is not made is no property of an outcome, and no fault of the design.
#[test]
fn runs_that_are_not_made_yet_are_told_apart_from_those_that_define_nothing() {
    let place = Place::new();
    let factors =
        "  networks.count: { values: [30, 60] }\n  networks.behaviour.incidents-per-year: { values: [3, 6] }\n";
    let plan = place.plan(&[GRID, factors].concat(), "plan");
    let merged = |name: &str, more: &[&str]| {
        let [table, page] = ["csv", "html"].map(|ending| place.text(&format!("{name}.{ending}")));
        ok(&[&["sweep", "merge", &plan, "-o", &table, "--report", &page], more].concat());
        std::fs::read_to_string(&page).expect("a report").replace('\u{a0}', " ")
    };
    for shard in ["1/3", "2/3"] {
        ok(&["sweep", "run", &plan, "--quiet", "--shard", shard]);
    }
    let part = merged("part", &["--partial"]);
    assert!(part.contains("Not every run is made yet: at one value up to") && part.contains("runs not made yet, %"));
    assert!(part.contains("so that the other factors differ from value to value: no two are compared"));
    assert!(part.contains("are not made yet; where more than a third has no value"));
    for untrue in
        ["Not every run defines the outcome", "not every pair of runs defines incidents", "this design tells no effect"]
    {
        assert!(!part.contains(untrue), "{untrue}");
    }
    ok(&["sweep", "run", &plan, "--quiet"]);
    let whole = merged("whole", &[]);
    assert!(!whole.contains("not made yet") && !whole.contains("no two are compared"));
}

/// Days to answer have no median in just the slowest runs.
#[test]
fn a_comparison_says_how_many_pairs_define_an_outcome() {
    let place = Place::new();
    let scenario = place.write(
        "slow.yaml",
        "like: scenarios/slow-authority.yaml\nfindings: []\nvariants:\n  \
         base: { authority.data-execution-days: 100 }\n  slower: { authority.data-execution-days: 200 }\n",
    );
    let scenario = scenario.display().to_string();
    let tables = place.text("tables");
    let mut arguments = vec!["compare", &scenario, "--variants", "base,slower", "--set", "networks.count=40"];
    arguments.extend(["--set", "to=2011-07-31"]);
    let fixed = [&arguments[..], &["--runs", "20", "--tables", &tables, "--format", "csv"]].concat();
    let said = ok(&fixed);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut reader = csv::Reader::from_path(place.path("tables/differences.csv")).expect("a table");
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(|row| row.expect("a row")).collect();
    let of = |key: &str| rows.iter().find(|row| row["outcome"] == key).expect("a row");
    let days = of("answer_days");
    assert!(days["pairs"] != "20" && days["pairs_run"] == "20" && days["baseline_alone"] != "0", "{days:?}");
    assert_eq!(
        (days["low"].as_str(), days["stands_out"].as_str()),
        ("", ""),
        "the pairs are those that the outcome chose"
    );
    assert_eq!((of("letters")["pairs"].as_str(), of("letters")["baseline_alone"].as_str()), ("20", "0"));
    let counted = format!("({} of 20, in {} more the baseline alone", days["pairs"], days["baseline_alone"]);
    assert!(said.contains(&format!("not every pair of runs defines median days to answer {counted}")), "{said}");
    assert!(said.contains("pairs that define it, without interval."), "{said}");
    let until = [&arguments[..], &["--outcome", "answer_days", "--until-width", "1"]].concat();
    let said = ok(&until);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("30 runs of each variant") && said.contains("one side alone defines it in"), "{said}");
}

/// The two numbers of networks are of the seeds that the premium is of.
#[test]
fn a_premium_without_some_seeds_says_so() {
    let place = Place::new();
    let tables = place.text("tables");
    let mut arguments = vec!["compare", "scenarios/one-state-stays-out.yaml", "--variants", "holds-out,joins"];
    arguments.extend(["--runs", "10", "--set", "networks.count=4", "--set", "to=2012-12-31"]);
    let said = ok(&[&arguments[..], &["--tables", &tables, "--format", "csv"]].concat());
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let table = |name: &str| -> Vec<BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_path(place.path(&format!("tables/{name}.csv"))).expect(name);
        reader.deserialize().map(|row| row.expect("a row")).collect()
    };
    let (runs, premium) = (table("runs"), table("premium").pop().expect("a premium"));
    let networks = |variant: &str| -> Vec<f64> {
        let of = runs.iter().filter(|run| run["variant"] == variant);
        of.map(|run| run["state_networks"].parse().expect("a number")).collect()
    };
    let pairs: Vec<(f64, f64)> = networks("holds-out").into_iter().zip(networks("joins")).collect();
    let defining: Vec<(f64, f64)> = pairs.iter().copied().filter(|(_, inside)| *inside > 0.0).collect();
    let endless = pairs.iter().filter(|(out, inside)| *out > 0.0 && *inside <= 0.0).count();
    assert!(defining.len() < pairs.len() && endless > 0, "{pairs:?}");
    let number = |column: &str| -> f64 { premium[column].parse().expect(column) };
    #[expect(clippy::cast_precision_loss, reason = "ten seeds")]
    let mean = |of: fn(&(f64, f64)) -> f64| defining.iter().map(of).sum::<f64>() / defining.len() as f64;
    assert!((number("based_out") - mean(|pair| pair.0)).abs() < 1e-9, "{premium:?}");
    assert!((number("based_in") - mean(|pair| pair.1)).abs() < 1e-9, "{premium:?}");
    assert_eq!((premium["pairs_run"].as_str(), premium["endless"].as_str()), ("10", endless.to_string().as_str()));
    let bias = format!("In {endless} of them there are some when it stays out");
    assert!(
        said.contains("Seeds without a network in Hesper when it is in are left out") && said.contains(&bias),
        "{said}"
    );
}
