//! The log of a run against its summary and the page that describes it.

use std::fs;

use serde_json::Value;

use super::comity;

/// What is derived from the records, and stands at their end: without it the history is what its digest says.
#[test]
fn the_log_ends_with_what_the_summary_says_of_the_run_as_a_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    // Two years around the entry into force, and Hesper's refusals.
    let set = ["--set", "to=2013-06-30", "--set", "networks.count=150"];
    let arguments = ["run", "scenarios/one-state-stays-out.yaml", "--transport", "direct", "--quiet", "--out"];
    let output = comity(&arguments).arg(folder.path()).args(set).output().expect("the command runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a file");
    let summary: Value = serde_json::from_str(&read("summary.json")).expect("JSON");
    let records: Vec<Value> =
        read("records.jsonl").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();

    let ending = [("reshuffle", "years"), ("leakage", "leakages"), ("attribution", "attribution")];
    let lines = &records[records.len() - ending.len()..];
    for (line, (kind, key)) in lines.iter().zip(ending) {
        assert!(summary[key].get(0).is_some() || summary[key]["savings"].get(0).is_some(), "there is no {key} to tell");
        assert_eq!(line, &serde_json::json!({"day": summary["to"], "kind": kind, key: summary[key]}));
        assert_eq!(records.iter().filter(|record| record["kind"] == kind).count(), 1, "{kind} is told once");
    }
    let page = include_str!("../../docs/log-format.md");
    for record in &records {
        let kind = record["kind"].as_str().expect("a kind");
        let row = page.lines().find(|row| row.starts_with(&format!("| `{kind}` |")));
        let row = row.unwrap_or_else(|| panic!("docs/log-format.md has no row for `{kind}`"));
        if let Some(event) = record["event"].as_str() {
            assert!(row.contains(&format!("`{event}`")), "docs/log-format.md does not say `{event}` of `{kind}`");
        }
    }
    for saving in summary["attribution"]["savings"].as_array().expect("a list") {
        let kind = saving["kind"].as_str().expect("a kind");
        assert!(page.contains(&format!("`{kind}`")), "docs/log-format.md does not say what `{kind}` is");
    }
}
