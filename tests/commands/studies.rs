//! Commands that make many runs: whole output, and slips on their command line.

use std::fmt::Write as _;

use snapbox::file;
use snapbox::str;

use super::comity;

const FLAGSHIP: &str = "scenarios/one-state-stays-out.yaml";

#[test]
fn variants_compared() {
    comity(&["compare", FLAGSHIP, "--variants", "holds-out,joins", "--runs", "4"])
        .args(["--set", "to=2013-12-31", "--set", "networks.count=60"])
        .assert()
        .success()
        .stderr_eq(str![""])
        .stdout_eq(file!["snapshots/compare.txt"].raw());
}

#[test]
fn a_comparison_of_real_states_says_that_it_is_of_a_model() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("page.html");
    let of = |scenario: &str| {
        let command = comity(&["compare", scenario, "--runs", "1", "--report"]).arg(&page);
        let text = String::from_utf8(command.output().expect("the command runs").stdout).expect("text");
        let page = std::fs::read_to_string(&page).expect("a report");
        [text, page].map(|said| said.contains("States of this run are real"))
    };
    assert_eq!(of("scenarios/hate-speech-haven.yaml"), [true, true]);
    assert_eq!(of(FLAGSHIP), [false, false]);
}

#[test]
fn pivotal_acts() {
    comity(&["pivotal", "scenarios/reservations.yaml", "--state", "gova", "--runs", "3", "--search-runs", "150"])
        .assert()
        .success()
        .stderr_eq(str![""])
        .stdout_eq(file!["snapshots/pivotal.txt"].raw());
}

#[test]
fn slips_in_studies() {
    let mut shown = String::new();
    for arguments in [
        ["compare", FLAGSHIP, "--variants", "holds-out,jions"].as_slice(),
        &["compare", FLAGSHIP, "--variants", "joins,joins"],
        &["compare", FLAGSHIP, "--outcome", "impunty"],
        &["compare", FLAGSHIP, "--outcome", "nothing-of-the-kind"],
        &["compare", "scenarios/three-routes.yaml", "--outcome", "state_networks"],
        &["compare", FLAGSHIP, "--until-width", "0"],
        &["compare", FLAGSHIP, "--until-width", "1", "--runs", "5"],
        &["compare", FLAGSHIP, "--state", "hespre"],
        &["pivotal", FLAGSHIP, "--state", "hespre"],
        &["compare", "scenarios/world-today.yaml", "--state", "zz"],
    ] {
        let output = comity(arguments).output().expect("the command runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        let _ = writeln!(shown, "$ comity {}\n{said}", arguments.join(" "));
    }
    snapbox::assert_data_eq!(shown, file!["snapshots/slips-in-studies.txt"].raw());
}
