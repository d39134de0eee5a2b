//! The report of a sweep: a figure an outcome and factor, each with the means of the table it was made from.

use crate::{Place, STUDY, ends, ok};

/// How a figure by a factor begins.
const BY_FACTOR: &str = "<figure id=\"factor-";

#[test]
fn a_report_shows_every_factor_with_the_means_of_the_table() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    ok(&["sweep", "run", &plan, "--quiet"]);
    let (table, page) = (place.text("all.csv"), place.text("report.html"));
    ok(&["sweep", "merge", &plan, "-o", &table, "--report", &page]);
    let both = place.text("both.csv");
    let said = ends(2, &["sweep", "merge", &plan, "-o", &both, "--report", &both]);
    assert!(said.contains("error: --out and --report are both to write "), "{said}");
    // Days are elements, which no line breaks.
    let page = std::fs::read_to_string(page).expect("a report").replace("<time>", "").replace("</time>", "");
    let page = page.replace('\u{a0}', " ");
    assert!(
        page.contains("<h1>Networks and incidents of the flagship</h1>"),
        "headed by another title than that of the study"
    );
    // Two outcomes by three factors: of the third, nobody is a haven in so short a run.
    assert_eq!(page.matches(BY_FACTOR).count(), 9);
    assert_eq!(page.matches("Haven days: the same at every point, 0.0; there is no figure of it.").count(), 1);
    for factor in ["networks.count", "networks.behaviour.incidents-per-year", "states.hesper.law"] {
        assert!(page.contains(&format!("Impunity by {factor}")), "no figure by {factor}");
    }
    // What a number means stands with each of its figures.
    assert_eq!(
        page.matches(" The factor: Incidents that a network").count(),
        3 * 2,
        "shown, and for who does not see it"
    );
    // When, with what set, and by which commands.
    assert!(
        page.contains("2011-01-01 to 2012-06-30, unless a variant sets it otherwise. Set in all runs: to=2012-06-30."),
        "no period"
    );
    assert!(page.contains("4 points of the design (latin-hypercube), 3 seeds each."), "no design");
    let study = place.text("plan.yaml");
    let commands = format!(
        "comity sweep plan {study} -o {plan} --set to=2012-06-30 &amp;&amp; comity sweep run {plan} &amp;&amp; \
         comity sweep merge {plan} -o {table} --report {}",
        place.text("report.html")
    );
    assert!(page.contains(&commands), "{commands}");
    // Other factors differ between the values of each: nothing is told of one by itself.
    assert!(
        page.contains("this design tells no effect of a factor by itself") && !page.contains("seed by seed the second")
    );
    assert_eq!(
        page.matches("</strong> Means over seeds, each with its 95 % interval; each seed is averaged over").count(),
        9
    );
    assert_eq!(page.matches("a difference between two means is no effect of this factor").count(), 18);
    // The variants are compared seed by seed all the same.
    let lead = "Compared with “holds-out” on the same seeds, each seed averaged over the 4 points of the design first; a pair \
                is a seed, and not a point:";
    assert!(page.contains(lead) && page.contains("With “joins”, "), "variants are not compared");
    assert!(page.contains("<strong>Haven days</strong>: days on which a state was a haven"), "no meaning of outcomes");
    assert!(
        page.contains("What counts as a haven is set otherwise than by default here: a state's impunity is compared")
    );
    // The name of the language of figures is asked of nobody.
    let asks = page.replace("http://www.w3.org/2000/svg", "");
    assert!(!asks.contains("http://") && !asks.contains("https://"), "something is asked for from outside");
    // The mean impunity where Hesper has the full law and joins, taken from the table by hand.
    let mut rows = csv::Reader::from_path(table).expect("a table");
    let headers = rows.headers().expect("a head").clone();
    let column = |name: &str| headers.iter().position(|header| header == name).expect("a column");
    let (variant, law, impunity) = (column("variant"), column("states.hesper.law"), column("impunity"));
    let values: Vec<f64> = rows
        .records()
        .map(|row| row.expect("a row"))
        .filter(|row| &row[variant] == "joins" && &row[law] == "full")
        .map(|row| row[impunity].parse().expect("a number"))
        .collect();
    assert!(values.len() >= 3, "{values:?}");
    #[expect(clippy::cast_precision_loss, reason = "a few rows")]
    let mean = values.iter().sum::<f64>() / values.len() as f64 * 100.0;
    assert!(page.contains(&format!("{mean:.1}")), "{mean} is in no figure");
}

/// A study of the same scenario with this design and these factors, run: its report and its folder.
fn reported(place: &Place, design: &str, factors: &str) -> (String, String) {
    let (head, _) = STUDY.split_once("design:").expect("a design");
    let head = head.replace("[holds-out, joins]", "[holds-out]");
    let plan = place.plan(&format!("{head}design: {design}\nfactors:\n{factors}"), "plan");
    ok(&["sweep", "run", &plan, "--quiet"]);
    ok(&["sweep", "merge", &plan, "-o", &place.text("all.csv"), "--report", &place.text("report.html")]);
    (std::fs::read_to_string(place.path("report.html")).expect("a report"), plan)
}

const RANGES: &str = "  networks.count: { from: 30, to: 60, whole: true }
  networks.behaviour.risk-weight: { from: 0.5, to: 3 }
";

#[test]
fn a_report_of_trajectories_says_what_the_analysis_says() {
    let place = Place::new();
    let (page, plan) = reported(&place, "{ morris: { trajectories: 3 } }", RANGES);
    let analysed = ok(&["sweep", "analyse", &plan, "--outcome", "incidents"]);
    let (_, table) = analysed.split_once("Incidents in the world, holds-out (incidents)").expect("a table");
    for factor in ["networks.count", "networks.behaviour.risk-weight"] {
        let row = table.lines().find(|line| line.starts_with(factor)).expect("a row");
        for cell in row[factor.len()..].split("  ").map(str::trim).filter(|cell| !cell.is_empty()) {
            let cell = cell.replace(" to ", "\u{a0}to\u{a0}");
            assert!(page.contains(&format!("<td>{cell}</td>")), "{cell} of {factor} is in no table");
        }
    }
    for said in [page.as_str(), &analysed] {
        assert!(said.contains("Few trajectories (3): the order of the factors may be chance."), "{said}");
    }
    assert!(page.contains("the largest mean size of an effect (mu*) is that of networks.count, "), "no sentence");
    assert!(!page.contains("seed by seed the second"), "means of unequal points are no effect");
    // Three levels a factor at most differ in no last digit.
    let table = std::fs::read_to_string(place.path("all.csv")).expect("a table");
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let column = rows.headers().expect("a head").iter().position(|name| name.ends_with("risk-weight")).expect("there");
    let levels: Vec<f64> = [0.0, 1.0, 2.0, 3.0].map(|level: f64| 0.5 + level / 3.0 * 2.5).to_vec();
    for row in rows.records() {
        let value: f64 = row.expect("a row")[column].parse().expect("a number");
        assert!(levels.iter().any(|level| level.to_bits() == value.to_bits()), "{value}");
    }
}

#[test]
fn a_report_of_indices_names_the_largest() {
    let place = Place::new();
    let (page, plan) = reported(&place, "{ sobol: { samples: 4 } }", RANGES);
    assert!(page.contains("Incidents in the world, holds-out: the largest total index is that of networks.count, "));
    assert!(page.contains("<caption>Impunity, holds-out</caption>") && !page.contains("seed by seed the second"));
    // Four samples are too few, and both say so.
    assert!(page.contains("<p>Too few samples (4): "), "no doubt in the report");
    assert!(ok(&["sweep", "analyse", &plan]).contains("Too few samples (4): "));
    let json: serde_json::Value = serde_json::from_str(&ok(&["sweep", "analyse", &plan, "--json"])).expect("JSON");
    assert!(json["found"][0]["doubt"].as_str().is_some_and(|doubt| doubt.starts_with("Too few samples (4)")));
}

#[test]
fn values_are_compared_where_the_other_factors_are_the_same() {
    let levels = "  networks.count: { values: [30, 60] }\n  networks.behaviour.memory-days: { values: [400, 500] }\n";
    let told = |design: &str| {
        let place = Place::new();
        reported(&place, design, levels).0
    };
    let grid = told("grid");
    assert!(grid.contains(" where networks.count is 30, "), "twice the networks and as many incidents");
    assert!(grid.contains("each seed is averaged over all values of the other factors first."));
    let one = told("one-at-a-time");
    // What the scenario has is known, and stands among the values.
    assert!(
        one.contains(" where networks.count is 30, ")
            && one.contains(" where it is 400 (as written); seed by seed the second is ")
    );
    assert!(one.contains("all other factors are as the scenario has them."));
    // What it leaves to a default is known as well, and stands beside nothing.
    assert!(one.contains("<td>730 (as written)</td>") && !one.contains(">as written</text>"));
}

#[test]
fn a_logarithmic_range_lies_on_a_logarithmic_axis() {
    let range = |logarithmic: bool| {
        let place = Place::new();
        let factor =
            format!("  networks.count: {{ from: 10, to: 90, steps: 3, whole: true, logarithmic: {logarithmic} }}\n");
        reported(&place, "grid", &factor).0
    };
    let (even, ratios) = (range(false), range(true));
    assert!(!even.contains("logarithmic axis") && ratios.contains(">networks.count, logarithmic axis</text>"));
    // 10, 30 and 90 are as far apart as the values of an even range are.
    let along = |page: &str| -> Vec<String> {
        let mut paths = page.split("<path d=\"M").filter_map(|path| Some(path.split_once('"')?.0));
        let line = paths.find(|path| path.contains('L')).expect("a line from point to point");
        line.split('L').map(|point| point.split_once(' ').expect("a point").0.to_owned()).collect()
    };
    assert_eq!(along(&ratios), along(&even));
    assert_eq!(along(&ratios).len(), 3);
}

#[test]
fn an_outcome_that_is_the_same_everywhere_is_a_sentence_and_no_figure() {
    let place = Place::new();
    // In so short a run nobody can become a haven.
    let (head, _) = STUDY.split_once("design:").expect("a design");
    let head = head.replace("[holds-out, joins]", "[joins]");
    let study = format!("{head}design: grid\nfactors:\n  networks.count: {{ values: [30, 60] }}\n");
    let plan = place.plan(&study, "plan");
    ok(&["sweep", "run", &plan, "--quiet"]);
    ok(&["sweep", "merge", &plan, "-o", &place.text("all.csv"), "--report", &place.text("report.html")]);
    let page = std::fs::read_to_string(place.path("report.html")).expect("a report");
    assert!(page.contains("Haven days: the same at every point, 0.0; there is no figure of it."), "no sentence");
    assert_eq!(page.matches(BY_FACTOR).count(), 3);
    // Outcomes may be chosen.
    let merge = ["sweep", "merge", &plan, "-o", &place.text("all.csv"), "--report", &place.text("report.html")];
    ok(&[&merge[..], &["--outcome", "letters"]].concat());
    let page = std::fs::read_to_string(place.path("report.html")).expect("a report");
    assert!(page.matches(BY_FACTOR).count() == 1 && page.contains("Letters by networks.count"), "another figure");
    assert!(page.contains(" --outcome letters</"), "the command does not give it again");
    let said = crate::ends(2, &[&merge[..], &["--outcome", "leters"]].concat());
    assert!(said.contains("unknown outcome `leters`") && said.contains("did you mean `letters`?"), "{said}");
}

#[test]
fn a_report_of_results_elsewhere_says_where() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    let results = place.text("results");
    ok(&["sweep", "run", &plan, "--out", &results, "--quiet"]);
    ok(&["sweep", "merge", &results, "-o", &place.text("all.csv"), "--report", &place.text("report.html")]);
    let page = std::fs::read_to_string(place.path("report.html")).expect("a report");
    let own = format!("{results}/plan");
    let commands = format!("-o {own} --set to=2012-06-30 &amp;&amp; comity sweep run {own} --out {results} &amp;&amp;");
    assert!(page.contains(&commands), "{commands}");
}

#[test]
fn a_report_of_an_unfinished_sweep_says_that_its_command_gives_more() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    let merged = || {
        ok(&[
            "sweep",
            "merge",
            &plan,
            "-o",
            &place.text("all.csv"),
            "--report",
            &place.text("report.html"),
            "--partial",
        ]);
        std::fs::read_to_string(place.path("report.html")).expect("a report")
    };
    ok(&["sweep", "run", &plan, "--quiet", "--shard", "1/8"]);
    let page = merged();
    let (_, again) = page.split_once("To get this again").expect("how to get it again");
    assert!(again.contains("<p>This gives the whole study, of which this page has 3 of 24 runs.</p>"), "{again}");
    ok(&["sweep", "run", &plan, "--quiet"]);
    assert!(!merged().contains("This gives the whole study"));
}

/// What is taken for granted differs between the variants of this scenario, and is told of each.
#[test]
fn a_report_says_what_is_assumed_under_each_variant() {
    let place = Place::new();
    let study = "\
title: Two assumptions
scenario: scenarios/world-today.yaml
seed: 1
replicates: 1
variants: [least, most]
design: grid
factors: { networks.count: { values: [10, 20] } }
";
    let plan = place.text("plan");
    let file = place.write("study.yaml", study).display().to_string();
    ok(&["sweep", "plan", &file, "-o", &plan, "--set", "to=2025-05-31"]);
    ok(&["sweep", "run", &plan, "--quiet"]);
    ok(&["sweep", "merge", &plan, "-o", &place.text("all.csv"), "--report", &place.text("report.html")]);
    let page = std::fs::read_to_string(place.path("report.html")).expect("a report").replace('\u{a0}', " ");
    for (variant, assumed) in
        [("least", "what the treaties that bind them oblige"), ("most", "the conduct of every line")]
    {
        let label = format!("Assumed under “{variant}”");
        let (_, said) = page.split_once(&label).unwrap_or_else(|| panic!("`{label}` missing"));
        let said: String = said.chars().take(400).collect();
        assert!(said.contains(assumed), "{said}");
    }
}
