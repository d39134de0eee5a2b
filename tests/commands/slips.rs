//! Slips on the command line: each is told as what it is, with what would mend it.

use std::fs;

use super::comity;

/// What a command that is refused says.
#[track_caller]
fn refused(arguments: &[&str]) -> String {
    let output = comity(arguments).output().expect("the command runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}\n{said}");
    said
}

const FLAGSHIP: &str = "scenarios/one-state-stays-out.yaml";

#[test]
fn a_slip_is_told_as_what_it_is() {
    let check = |arguments: &[&str], says: &str| {
        let said = refused(arguments);
        assert!(said.contains(says), "{arguments:?}: `{says}` is not said\n{said}");
        assert!(!said.contains("use '-- -1'") && !said.contains("invalid digit"), "{said}");
    };
    let range = "a seed is a whole number from 0 to 18446744073709551615";
    check(&["run", FLAGSHIP, "--seed", "abc"], range);
    check(&["run", FLAGSHIP, "--seed", "-1"], range);
    check(&["sweep", "cases", FLAGSHIP, "--cases", "none.csv", "--out", "none.csv", "--seed", "-1"], range);
    check(&["run", FLAGSHIP, "--report", "-"], "`-` is no file; one of this name is `./-`");
    check(&["compare", FLAGSHIP, "--outcome", "haven_days", "--runs", "10"], "cannot be used with '--runs <N>'");
    check(&["compare", FLAGSHIP, "--outcome", "haven_dys", "--until-width", "3"], "did you mean `haven_days`?");
    check(&["run", FLAGSHIP, "--set", "networks.count=0"], "`networks.count` is 0, allowed are 1 to 100000 networks");
    check(&["list"], "did you mean `comity law list`?");
    check(&["status"], "did you mean `comity sweep status` or `comity law status`?");
    check(&["rnu", FLAGSHIP], "did you mean `run`?");
    check(&["quixotic"], "known: run, compare, premium,");
}

#[test]
fn of_cases_that_are_not_there_none_is_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = comity(&["opine", "--all", "law/cases"]).current_dir(folder.path()).output().expect("it runs");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{output:?}");
}

#[test]
fn parts_of_a_case_are_answered_in_the_order_in_which_they_stand() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = folder.path().join("case.yaml");
    let right = concat!(env!("CARGO_MANIFEST_DIR"), "/law/cases/wc-30.yaml");
    let right = fs::read_to_string(right).expect("a case");
    let (head, parts) = right.split_once("parts:\n").expect("it has parts");
    let mut names = Vec::new();
    let starts = |line: &str| line.starts_with("  ") && !line.starts_with("   ");
    let renamed = parts.lines().map(|line| match line.split_once(':') {
        Some((_, rest)) if starts(line) => {
            let name = ["late", "early", "again"][names.len()];
            names.push(name);
            format!("  {name}:{rest}\n")
        }
        _ => format!("{line}\n"),
    });
    let parts: String = renamed.collect();
    fs::write(&case, format!("{head}parts:\n{parts}")).expect("written");
    let output = comity(&["opine"]).arg(&case).output().expect("the command runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let places: Vec<_> = names.iter().map(|name| said.find(&format!("Part {name}: "))).collect();
    assert!(names.len() > 1 && places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{said}");
}
