//! Worked cases through the command: each agrees, by name, and says so in its file.

use std::process::Command;

use serde_json::Value;

use super::files;

#[test]
fn every_worked_case_agrees_by_name() {
    let mut offenders = Vec::new();
    let paths = files("law/cases");
    assert!(paths.len() >= 300, "worked cases are missing: {}", paths.len());
    for path in &paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().to_uppercase();
        let output = Command::new(env!("CARGO_BIN_EXE_comity")).args(["opine", "--all"]).arg(path).output();
        let output = output.expect("the command runs");
        let said = String::from_utf8_lossy(&output.stdout);
        let agrees = format!("{name} agrees\n1 of 1 case agrees\n");
        if !output.status.success() || said.to_uppercase() != agrees.to_uppercase() {
            offenders.push(format!("{name}: {said}{}", String::from_utf8_lossy(&output.stderr)));
        }
    }
    assert!(offenders.is_empty(), "\n{}", offenders.join("\n"));
}

/// The expectation is read from the file as YAML by this test itself, apart from the code that compares.
#[test]
fn the_decision_written_in_each_file_is_the_decision_given() {
    let mut offenders = Vec::new();
    let mut compared = 0;
    for path in files("law/cases") {
        let text = std::fs::read_to_string(&path).expect("part of the repository");
        let mut written: Vec<&str> = text
            .split("decision:")
            .skip(1)
            .map(|rest| {
                rest.trim_start().split(|c: char| !(c.is_ascii_uppercase() || c == '_')).next().unwrap_or_default()
            })
            // `kept-until-decision: true` names no decision.
            .filter(|word| !word.is_empty())
            .collect();
        let output = Command::new(env!("CARGO_BIN_EXE_comity")).args(["opine", "--json"]).arg(&path).output();
        let opinions: Vec<Value> = serde_json::from_slice(&output.expect("the command runs").stdout).expect("JSON");
        let mut given: Vec<&str> = opinions.iter().filter_map(|opinion| opinion["decision"].as_str()).collect();
        compared += given.len();
        // Parts are answered in the order of their names, which need not be that of the file.
        written.sort_unstable();
        given.sort_unstable();
        if given.is_empty() || written != given {
            offenders.push(format!("{}: written {written:?}, given {given:?}", path.display()));
        }
    }
    assert!(offenders.is_empty(), "\n{}", offenders.join("\n"));
    assert!(compared >= 300, "questions are missing: {compared}");
}
