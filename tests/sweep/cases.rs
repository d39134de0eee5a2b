//! A table of cases in, a table of results out.

use std::collections::BTreeMap;

use crate::{Place, STUDY, ends, ok, run};

const CASES: &str = "\
membership.internet-trafficking-protocol/conduct.hesper,networks.count,states.hesper.law
never,30,no-internet-trafficking
\"{signed: 2011-01-01, consented: 2011-09-15}\",30,full
,40,
";

/// As spreadsheets of some languages write it.
#[test]
fn a_mark_of_byte_order_is_not_shown() {
    let place = Place::new();
    let cases = place.write("cases.csv", "\u{feff}networks.count;seed\n30;1\n").display().to_string();
    let scenario = "scenarios/one-state-stays-out.yaml";
    let said = ends(2, &["sweep", "cases", scenario, "--cases", &cases, "-o", &place.text("out.csv")]);
    assert!(said.contains("semicolons, where commas are expected") && !said.contains("feff"), "{said}");
    assert!(said.contains("| networks.count;seed"), "{said}");
}

fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

#[test]
fn one_command_runs_a_table_of_cases() {
    let place = Place::new();
    let cases = place.write("cases.csv", CASES).display().to_string();
    let out = place.text("out.csv");
    let scenario = "scenarios/one-state-stays-out.yaml";
    let arguments =
        ["sweep", "cases", scenario, "--cases", &cases, "-o", &out, "--replicates", "2", "--set", "to=2012-06-30"];
    ok(&arguments);
    let text = std::fs::read_to_string(place.path("out.csv")).expect("a table");
    let found = rows(&text);
    assert_eq!(found.len(), 6);
    let points: Vec<&str> = found.iter().map(|row| row["point"].as_str()).collect();
    assert_eq!(points, ["0", "1", "2", "0", "1", "2"]);
    // The case as written is the first but for its number of networks; a case has the seeds of every other.
    assert_eq!(found[0]["seed"], found[2]["seed"]);
    assert_ne!(found[0]["seed"], found[3]["seed"]);
    assert_eq!(found[2]["states.hesper.law"], "");
    // No days of no haven are nothing, without a minus.
    assert!(found.iter().any(|row| row["haven_days"] == "0"), "{text}");
    assert!(!found.iter().flat_map(BTreeMap::values).any(|cell| cell == "-0"), "{text}");
    assert_eq!(
        found[1]["membership.internet-trafficking-protocol/conduct.hesper"],
        "{signed: 2011-01-01, consented: 2011-09-15}"
    );
    // By the command for one run, with the same values: the same history.
    let membership =
        "membership.internet-trafficking-protocol/conduct.hesper={signed: 2011-01-01, consented: 2011-09-15}";
    let one = run(&[
        "run",
        scenario,
        "--transport",
        "direct",
        "--json",
        "--seed",
        &found[1]["seed"],
        "--set",
        "to=2012-06-30",
        "--set",
        membership,
        "--set",
        "networks.count=30",
        "--set",
        "states.hesper.law=full",
    ]);
    let summary: serde_json::Value = serde_json::from_slice(&one.stdout).expect("JSON");
    assert_eq!(summary["digest"], found[1]["digest"].as_str());
    assert_eq!(summary["letters"].as_u64().map(|letters| letters.to_string()), Some(found[1]["letters"].clone()));
    let again = place.text("again.csv");
    ok(&[&arguments[..6], &[&again, "--replicates", "2", "--set", "to=2012-06-30", "--jobs", "3"]].concat());
    assert_eq!(std::fs::read_to_string(again).expect("a table"), text);
}

/// By the command that writes its table at once, and by parts that are read back.
#[test]
fn a_run_says_in_which_state_the_haven_was() {
    let place = Place::new();
    let cases = place.write("cases.csv", "havens.quotient\n1.2\n1000\n").display().to_string();
    let (scenario, out) = ("scenarios/one-state-stays-out.yaml", place.text("out.csv"));
    let settings = ["--set", "to=2013-12-31", "--set", "networks.count=100"];
    ok(&[&["sweep", "cases", scenario, "--cases", &cases, "-o", &out, "--replicates", "2"], &settings[..]].concat());
    let text = std::fs::read_to_string(&out).expect("a table");
    let found = rows(&text);
    for row in &found {
        assert_eq!(row["haven_place"], if row["haven_days"] == "0" { "" } else { "hesper" }, "{row:?}");
    }
    assert!(found.iter().any(|row| row["haven_place"] == "hesper"), "{text}");
    let study = format!("title: Where\nscenario: {scenario}\nseed: 1\nreplicates: 2\ndesign: {{ cases: cases.csv }}\n");
    let (study, plan) = (place.write("study.yaml", &study).display().to_string(), place.text("plan"));
    ok(&[&["sweep", "plan", &study, "-o", &plan], &settings[..]].concat());
    ok(&["sweep", "run", &plan, "--quiet"]);
    assert_eq!(place.merged(&plan), text);
}

#[test]
fn a_study_may_take_its_points_from_a_table() {
    let place = Place::new();
    place.write("cases.csv", CASES);
    let (head, _) = STUDY.split_once("design:").expect("a design");
    let plan = place.plan(&format!("{head}design: {{ cases: cases.csv }}\n"), "plan");
    std::fs::remove_file(place.path("cases.csv")).expect("removed");
    ok(&["sweep", "run", &plan, "--quiet"]);
    assert_eq!(rows(&place.merged(&plan)).len(), 18);
}

#[test]
fn a_column_without_a_value_is_as_written() {
    let place = Place::new();
    let many = "30,\n".repeat(450);
    for rows in ["30,\n", &many] {
        let cases = place.write("cases.csv", &format!("networks.count,states.hesper.severity\n{rows}"));
        let (cases, out) = (cases.display().to_string(), place.text("out.csv"));
        let scenario = "scenarios/one-state-stays-out.yaml";
        let said = ok(&["sweep", "cases", scenario, "--cases", &cases, "-o", &out, "--set", "to=2011-01-31"]);
        assert!(said.starts_with(if rows == many { "450 rows in " } else { "1 row in " }), "{said}");
        let found = self::rows(&std::fs::read_to_string(out).expect("a table"));
        assert_eq!(found.len(), rows.lines().count());
        assert!(found.iter().all(|row| row["states.hesper.severity"].is_empty() && row["stopped"].is_empty()));
    }
}

#[test]
fn what_is_wrong_with_a_table_is_said_with_its_line() {
    let place = Place::new();
    let out = place.text("out.csv");
    let wrong = |text: &str, expected: &str| {
        let cases = place.write("cases.csv", text).display().to_string();
        let said = ends(2, &["sweep", "cases", "scenarios/one-state-stays-out.yaml", "--cases", &cases, "-o", &out]);
        assert!(said.contains(expected), "`{expected}` missing in\n{said}");
        said
    };
    let said = wrong("networks.count\n30\nmany\n", "cases.csv:3:1");
    assert!(said.contains("many"), "{said}");
    wrong("networks.count,states.hesper.severity\n30,1\n40, -1\n", "cases.csv:3:5");
    wrong("networks.count,networks.cuont\n30,40\n", "cases.csv:1:16");
    wrong("networks.cuont\n30\n", "did you mean `count`?");
    wrong("networks.count,networks.count\n30,40\n", "stands twice");
    wrong("networks.count,networks.cuont\n30,\n", "did you mean `count`?");
    wrong("seed\n30\n", "`seed` is no factor");
    wrong("haven_place\n30\n", "a column of the results is named `haven_place` already");
    wrong("networks,networks.count\n{count: 3},40\n", "`networks.count` lies within `networks`");
    // A column without a value is as written throughout, whatever is wrong elsewhere.
    let said = wrong("networks.count,states.hesper.severity\n30,\nmany,\n", "cases.csv:3:1");
    assert!(said.contains("1 problem found"), "{said}");
    // After a blank line the row is named by its own line, and what the scenario says to the others is said as well.
    let said = wrong("networks.count,states.hesper.severity\n\n30\n40,1\nmany,1\n", "cases.csv:3:1");
    assert!(said.contains("cases.csv:5:1") && said.contains("2 problems found"), "{said}");
    let said = wrong("\n", "the table of cases is empty");
    assert!(said.contains("1 problem found"), "{said}");
    let cases = place.write("cases.csv", "networks.count\n30\n").display().to_string();
    let said = ends(2, &["sweep", "cases", "scenarios/one-state-stays-out.yaml", "--cases", &cases, "-o", &cases]);
    assert!(said.contains("holds the cases"), "{said}");
    let said = ends(2, &["sweep", "cases", "scenarios/one-state-stays-out.yaml", "--cases", "x.csv", "-o", "out.xlsx"]);
    assert!(said.contains("ends neither in .parquet nor in .csv"), "{said}");
}
