//! Indices of a sweep, and the tables of one run.

use std::collections::BTreeMap;

use crate::{Place, ends, ok};

const SCREEN: &str = "\
title: What the number of letters hangs on
scenario: scenarios/one-state-stays-out.yaml
seed: 3
replicates: 1
design: DESIGN
factors:
  networks.behaviour.incidents-per-year: { from: 2, to: 8 }
  havens.quotient: { from: 1.2, to: 3 }
  networks.count: { values: [40] }
";

fn analysed(design: &str) -> serde_json::Value {
    let place = Place::new();
    let plan = place.plan(&SCREEN.replace("DESIGN", design), "plan");
    let said = ends(3, &["sweep", "analyse", &plan]);
    assert!(said.contains("runs are missing"), "{said}");
    ok(&["sweep", "run", &plan, "--quiet"]);
    ok(&["sweep", "analyse", &plan, "--outcome", "letters"]);
    serde_json::from_str(&ok(&["sweep", "analyse", &plan, "--json"])).expect("JSON")
}

/// What the letters hang on is how many incidents there are; what makes a haven is only how the world is looked at.
#[test]
fn letters_hang_on_incidents_and_not_on_what_is_called_a_haven() {
    for (design, of) in [("{ morris: { trajectories: 4 } }", "mu-star"), ("{ sobol: { samples: 48 } }", "total")] {
        let found = analysed(design);
        let outcomes = found["found"].as_array().expect("outcomes");
        let letters = outcomes.iter().find(|found| found["outcome"] == "letters").expect("letters");
        let value = |factor: usize| letters["factors"][factor][of]["value"].as_f64().expect("a number");
        assert_eq!(letters["factors"][0]["factor"], "networks.behaviour.incidents-per-year");
        assert!(value(0) > 0.5, "{design}: {letters}");
        assert!(value(1).abs() < f64::EPSILON, "{design}: {letters}");
    }
}

#[test]
fn other_designs_have_no_indices() {
    let place = Place::new();
    let plan = place.plan(&SCREEN.replace("DESIGN", "{ latin-hypercube: { points: 2 } }"), "plan");
    ok(&["sweep", "run", &plan, "--quiet"]);
    let said = ends(2, &["sweep", "analyse", &plan]);
    assert!(said.contains("no indices belong to this design"), "{said}");
    let said = ends(2, &["sweep", "analyse", &plan, "--outcome", "leters"]);
    assert!(said.contains("did you mean `letters`?"), "{said}");
}

/// The tables of a run say what its summary says.
#[test]
fn tables_of_a_run_sum_up_to_its_summary() {
    let place = Place::new();
    let out = place.text("tables");
    let printed = ok(&[
        "run",
        "scenarios/one-state-stays-out.yaml",
        "--transport",
        "direct",
        "--json",
        "--set",
        "to=2013-06-30",
        "--set",
        "networks.count=100",
        "--tables",
        &out,
        "--format",
        "csv",
    ]);
    let summary: serde_json::Value = serde_json::from_str(&printed).expect("JSON");
    let table = |name: &str| -> Vec<BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_path(place.path(&format!("tables/{name}.csv"))).expect(name);
        reader.deserialize().map(|row| row.expect("a row")).collect()
    };
    let states = summary["states"].as_array().expect("states");
    let of_states = |key: &str| -> u64 {
        states
            .iter()
            .map(|state| {
                state[key].as_object().map_or(0, |map| map.values().filter_map(serde_json::Value::as_u64).sum::<u64>())
            })
            .sum()
    };
    let sum = |rows: &[BTreeMap<String, String>], column: &str| -> u64 {
        rows.iter().filter_map(|row| row[column].parse::<u64>().ok()).sum()
    };

    let panel = table("panel");
    assert_eq!(panel.len(), 30 * 8, "months by states");
    assert_eq!(Some(sum(&panel, "letters_out")), summary["letters"].as_u64());
    assert_eq!(sum(&panel, "cases_concluded"), of_states("concluded"));
    assert_eq!(sum(&panel, "cases_lost"), of_states("lost"));

    let counts = table("panel_counts");
    let counted = |what: &str, direction: &str| -> u64 {
        let rows: Vec<_> =
            counts.iter().filter(|row| row["counted"] == what && row["direction"] == direction).cloned().collect();
        sum(&rows, "count")
    };
    assert_eq!(counted("decisions", "in"), of_states("requests_in"));
    assert_eq!(counted("decisions", "out"), counted("decisions", "in"));
    assert_eq!(counted("lost", ""), of_states("lost"));

    let networks = table("networks");
    for (column, of_state) in [("base", "based"), ("host", "hosted")] {
        for row in &panel {
            let there = networks.iter().filter(|there| there["month"] == row["month"] && there[column] == row["state"]);
            let there: u64 = there.map(|there| there["networks"].parse::<u64>().expect("a number")).sum();
            assert_eq!(there.to_string(), row[of_state], "{column}: {row:?}");
        }
    }

    // Who came to a state and did not leave it, by the end of a month, is there: movements and panel tell the same.
    let movements = table("movements");
    // A site that is back elsewhere has one row for that, so that rows of hosts can be counted like those of bases.
    let mut sites: BTreeMap<&str, &str> = BTreeMap::new();
    for row in movements.iter().filter(|row| row["aspect"] == "host") {
        let before = sites.insert(&row["network"], &row["to"]).unwrap_or_default();
        assert_eq!(before, row["from"], "{row:?}");
    }
    let last = panel.iter().map(|row| &row["month"]).max().expect("months").clone();
    let of_base: Vec<_> = movements.iter().filter(|row| row["aspect"] == "base").collect();
    assert!(
        of_base.iter().any(|row| row["change"] == "moved") && of_base.iter().any(|row| row["change"] == "dismantled")
    );
    for row in panel.iter().filter(|row| row["month"] == last) {
        let count = |end: &str| of_base.iter().filter(|change| change[end] == row["state"]).count();
        assert_eq!((count("to") - count("from")).to_string(), row["based"], "{row:?}");
    }

    let requests = table("requests");
    assert_eq!(requests.iter().filter(|row| !row["decided"].is_empty()).count() as u64, of_states("requests_in"));
    assert_eq!(counted("requests", "out"), requests.len() as u64);
    let refused = requests.iter().filter(|row| row["ruling"] == "refused" && !row["ground"].is_empty()).count() as u64;
    assert_eq!(refused, counted("refusals", "in"));
    assert!(
        requests
            .iter()
            .all(|row| row["answered"].is_empty() || !row["decided"].is_empty() || !row["withdrawn"].is_empty())
    );

    let cases = table("cases");
    let of = |outcome: &str| cases.iter().filter(|row| row["outcome"] == outcome).count() as u64;
    assert_eq!((of("concluded"), of("lost")), (of_states("concluded"), of_states("lost")));
    assert_eq!(cases.len() as u64, states.iter().filter_map(|state| state["cases_opened"].as_u64()).sum::<u64>());

    let run = table("run");
    assert_eq!((run.len(), run[0]["digest"].as_str()), (1, summary["digest"].as_str().expect("a digest")));
    assert_eq!(run[0]["letters"].parse::<u64>().ok(), summary["letters"].as_u64());
}

/// The tables of a comparison say what its JSON says, and its differences are those of its runs.
#[test]
fn tables_of_a_comparison_say_what_its_result_says() {
    let place = Place::new();
    let out = place.text("tables");
    let mut arguments = vec!["compare", "scenarios/one-state-stays-out.yaml", "--variants", "holds-out,joins"];
    arguments.extend(["--runs", "3", "--json", "--set", "to=2013-12-31", "--set", "networks.count=100"]);
    arguments.extend(["--tables", &out, "--format", "csv"]);
    let result: serde_json::Value = serde_json::from_str(&ok(&arguments)).expect("JSON");
    let table = |name: &str| -> Vec<BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_path(place.path(&format!("tables/{name}.csv"))).expect(name);
        reader.deserialize().map(|row| row.expect("a row")).collect()
    };
    let number = |row: &BTreeMap<String, String>, column: &str| -> f64 { row[column].parse().expect(column) };
    let (runs, differences) = (table("runs"), table("differences"));
    assert_eq!(runs.len(), 6, "two variants, three seeds");
    for (row, variant) in runs.iter().zip([0, 0, 0, 1, 1, 1]) {
        assert_eq!(Some(row["scenario"].as_str()), result["variants"][variant]["scenario"].as_str());
        // The one or only haven of its run, by its code; nothing where there was none.
        let told = result["variants"][variant]["runs"].as_array().expect("runs");
        let of_seed = told.iter().find(|run| run["seed"].as_u64() == row["seed"].parse().ok()).expect("the run");
        let days = of_seed["haven_days"].as_object().expect("days by state");
        let most = days.iter().max_by_key(|(_, days)| days.as_u64());
        assert_eq!(row["haven_place"], most.map_or(String::new(), |(name, _)| name.to_lowercase()), "{row:?}");
    }
    assert!(runs.iter().any(|row| row["haven_place"] == "hesper"), "{runs:?}");
    let told = result["differences"].as_array().expect("differences");
    assert_eq!(differences.len(), told.len());
    for (row, told) in differences.iter().zip(told) {
        assert_eq!(
            (row["outcome"].as_str(), row["variant"].as_str()),
            (told["outcome"].as_str().expect("a key"), told["variant"].as_str().expect("a name"),)
        );
        assert!((number(row, "difference") - told["difference"].as_f64().expect("a number")).abs() < 1e-12, "{row:?}");
    }
    let impunity = differences.iter().find(|row| row["outcome"] == "impunity").expect("impunity");
    let mean = |variant: &str| {
        let values: Vec<f64> =
            runs.iter().filter(|run| run["variant"] == variant).map(|run| number(run, "impunity")).collect();
        assert_eq!(values.len(), 3);
        values.iter().sum::<f64>() / 3.0
    };
    assert!((number(impunity, "difference") - (mean("joins") - mean("holds-out"))).abs() < 1e-12);
}

/// A variant that changes nothing is the baseline under another name, whatever is set in all of them.
#[test]
fn a_comparison_with_a_setting_keeps_the_haven_premium() {
    let place = Place::new();
    let out = place.text("tables");
    let mut arguments = vec!["compare", "scenarios/one-state-stays-out.yaml", "--runs", "2", "--json"];
    arguments.extend(["--set", "to=2012-06-30", "--set", "networks.count=60", "--tables", &out, "--format", "csv"]);
    let result: serde_json::Value = serde_json::from_str(&ok(&arguments)).expect("JSON");
    assert_eq!(result["premium"]["out"].as_str(), Some("as changed by --set"), "{}", result["premium"]);
    assert_eq!(result["premium"]["in"].as_str(), Some("joins"));
    let mut premium = csv::Reader::from_path(place.path("tables/premium.csv")).expect("a table");
    assert_eq!(premium.records().count(), 1);
}
