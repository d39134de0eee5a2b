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
    check(&["compare", FLAGSHIP, "--runs", "-5"], "a whole number from 1 to 10,000 is needed");
    check(&["compare", FLAGSHIP, "--variants", ","], "names a variant without a name");
    check(&["compare", FLAGSHIP, "--until-width", "-1"], "a width is above 0");
    let slip = "networks.behaviour.removal-wieght=8";
    check(&["validate", "T8", "--set", slip], "did you mean `removal-weight`?");
    check(&["validate", "--seeds", "1"], "a whole number from 2 to 10,000 is needed");
    check(&["run", FLAGSHIP, "--port", "70000"], "a whole number from 1 to 65,535 is needed");
    check(&["premium", FLAGSHIP, "--jobs", "5x"], "a whole number from 1 to 1,024 is needed");
    check(&["run", FLAGSHIP, "--report", "-"], "`-` is no file; one of this name is `./-`");
    check(
        &["run", FLAGSHIP, "--report", "x.PDF"],
        "a page of HTML is written, not pdf: choose a name that ends in .html",
    );
    check(&["run", "scenarios"], "`scenarios` is a folder: give one of its files");
    let long = comity(&["check", "nosuch"]).output().expect("it runs").stderr;
    let long = String::from_utf8(long).expect("text");
    assert!(long.contains("worm-2000") && long.lines().all(|line| line.chars().count() <= 100), "{long}");
    check(&["compare", FLAGSHIP, "--outcome", "haven_days", "--runs", "10"], "cannot be used with '--runs <N>'");
    check(&["compare", FLAGSHIP, "--outcome", "haven_dys", "--until-width", "3"], "did you mean `haven_days`?");
    check(&["run", FLAGSHIP, "--set", "networks.count=0"], "`networks.count` is 0, allowed are 1 to 100000 networks");
    check(&["compare", "scenarios/hate-speech-haven.yaml", "--state", "United States"], "its code is `USA`");
    let elsewhere = ["--set", "membership.ets189.alba=2011-01-01"];
    check(
        &[&["run", FLAGSHIP], elsewhere.as_slice()].concat(),
        "the treaty `ets189` is not among those of this scenario",
    );
    let membership = "membership.ets185.brava";
    let day = |day: &str| format!("{membership}={day}");
    check(&["run", FLAGSHIP, "--set", &day("2009-1-1")], "`2009-1-1` is not a date of the form 2012-06-01");
    check(&["run", FLAGSHIP, "--set", &day("2009-02-30")], "there is no day `2009-02-30`");
    check(&["run", FLAGSHIP, "--until", "2031-01-01"], "which goes from 2011-01-01 to 2020-12-31");
    check(&["run", FLAGSHIP, "--until", "soon"], "`soon` is not a date of the form 2012-06-01");
    check(&["run", FLAGSHIP, "--set", "authority.trials=70000"], "expected a whole number from 1 to 65535");
    check(&["run", FLAGSHIP, "--set", "authority.trials=0"], "expected a whole number from 1, found `0`");
    check(&["validate", "T99", "quixotic", "--worlds", "."], "unknown target `T99`");
    check(&["validate", "T99", "quixotic", "--worlds", "."], "did you mean `T9`?");
    check(&["validate", "T99", "quixotic", "--worlds", "."], "unknown target `quixotic`");
    check(&["law", "show", "ets185", "99"], "`comity law show ets185` has all");
    check(&["list"], "did you mean `comity law list`?");
    check(&["status"], "did you mean `comity sweep status` or `comity law status`?");
    check(&["rnu", FLAGSHIP], "did you mean `run`?");
    check(&["quixotic"], "known: run, compare, premium,");
}

/// A treaty of the folder of one's own law stands on the shelf as those built in do.
#[test]
fn a_treaty_of_ones_own_law_that_a_file_does_not_name_is_told_as_what_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (law, case) = (path("law"), path("case.yaml"));
    fs::create_dir_all(path("law/treaties")).expect("made");
    let convention = fs::read_to_string("law/treaties/ets30.yaml").expect("a treaty");
    let own = convention.replacen("treaty: ets30", "treaty: of-our-own", 1);
    assert_ne!(convention, own, "the file names its treaty otherwise by now");
    fs::write(path("law/treaties/of-our-own.yaml"), own).expect("written");
    let membership = "membership.of-our-own.alba=2011-01-01";
    let said = refused(&["run", FLAGSHIP, "--law", &law, "--set", membership]);
    assert!(said.contains("the treaty `of-our-own` is not among those of this scenario"), "{said}");
    assert!(said.contains("name it under `treaties`") && said.contains("1 problem found"), "{said}");
    let said = refused(&["run", FLAGSHIP, "--set", membership]);
    assert!(said.contains("unknown treaty `of-our-own`"), "{said}");
    let asked = fs::read_to_string("law/cases/wc-13.yaml").expect("a case");
    fs::write(&case, asked.replacen("membership:\n", "membership:\n  of-our-own: record\n", 1)).expect("written");
    let said = refused(&["opine", &case, "--law", &law]);
    assert!(said.contains("the treaty `of-our-own` is not among those of this case"), "{said}");
}

/// The record is read where a scenario asks for it: what is wrong there is told with file and line.
#[test]
fn a_row_of_the_record_that_cannot_be_read_is_told_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("law/status/ets189.csv");
    fs::create_dir_all(table.parent().expect("a folder")).expect("made");
    let rows = fs::read_to_string("law/status/ets189.csv").expect("a table");
    let day = rows.lines().nth(1).and_then(|row| row.split(',').nth(2)).expect("a day");
    fs::write(&table, rows.replacen(day, "2003-02-30", 1)).expect("written");
    let law = folder.path().join("law").display().to_string();
    let said = refused(&["run", "scenarios/hate-speech-haven.yaml", "--law", &law]);
    let expected = format!("{}, line 2: column `signature`: there is no day `2003-02-30`", table.display());
    assert!(said.contains(&expected), "{expected}\n{said}");
    assert!(said.contains("--> scenarios/hate-speech-haven.yaml:"), "{said}");
}

#[test]
fn a_day_that_is_none_is_told_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = fs::read_to_string("law/cases/wc-13.yaml").expect("a case");
    let slip = case.replacen("day: 2026-03-01", "day: 2026-3-1", 1);
    assert_ne!(case, slip, "the case has another day by now");
    let path = folder.path().join("slip.yaml").display().to_string();
    fs::write(&path, slip).expect("written");
    let said = refused(&["opine", &path]);
    assert!(said.contains("`2026-3-1` is not a date of the form"), "{said}");
    assert_eq!(said.matches("error: ").count(), 1, "{said}");
}

#[test]
fn what_is_no_page_of_this_program_is_not_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let theirs = "<!DOCTYPE html><html><body>a thesis</body></html>";
    fs::write(path("theirs.html"), theirs).expect("written");
    let short = ["run", FLAGSHIP, "--set", "to=2011-03-31", "--transport", "direct", "--report"];
    let said = refused(&[&short[..], &[&path("theirs.html")]].concat());
    assert!(said.contains("is no page of this program"), "{said}");
    assert_eq!(fs::read_to_string(path("theirs.html")).expect("still there"), theirs);
    // One of its own is, whatever it is of.
    let written = |name: &str| {
        let output = comity(&[&short[..], &[&path(name)]].concat()).output().expect("it runs");
        assert!(output.status.success(), "{output:?}");
        fs::read_to_string(path(name)).expect("written")
    };
    let ours = written("ours.html");
    assert!(ours.starts_with(comity::report::html::BEGINNING), "{}", &ours[..200]);
    assert_eq!(written("ours.html"), ours);
    // A device, or a pipe that nobody writes into, is not waited for.
    if std::path::Path::new("/dev/null").exists() {
        let said = refused(&[&short[..], &["/dev/null"]].concat());
        assert!(said.contains("is no file"), "{said}");
    }
}

#[test]
fn a_target_is_named_by_its_number() {
    let folder = tempfile::tempdir().expect("a folder");
    let written = |name: &str| {
        let output = comity(&["validate", name, "--worlds"]).arg(folder.path()).output().expect("it runs");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    };
    assert_eq!(written("9"), written("T9"));
}

/// What is proposed can be read.
#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_not_proposed() {
    let folder = tempfile::tempdir().expect("a folder");
    let link = folder.path().join("dang.yaml");
    std::os::unix::fs::symlink("nowhere.yaml", &link).expect("made");
    let said = refused(&["check", &link.display().to_string()]);
    assert!(!said.contains("did you mean"), "{said}");
}

#[test]
fn a_report_is_no_folder_of_the_same_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let one = folder.path().join("one").display().to_string();
    for arguments in [
        ["run", FLAGSHIP, "--report", &one, "--out", &one],
        ["run", FLAGSHIP, "--report", &one, "--tables", &one],
        ["compare", FLAGSHIP, "--report", &one, "--tables", &one],
    ] {
        let said = refused(&arguments);
        assert!(said.contains("a folder of this name is to be made"), "{said}");
    }
    assert!(!folder.path().join("one").exists());
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

/// A protocol without its treaty is told where somebody named it, and not in its own file.
#[test]
fn a_protocol_without_its_treaty_is_told_where_it_was_named() {
    let treaties = "treaties=[internet-trafficking-protocol/conduct]";
    let said = refused(&["run", FLAGSHIP, "--variant", "all-out", "--set", treaties]);
    let expected =
        "`internet-trafficking-protocol/conduct` is a protocol to `ets185`, which this scenario does not name";
    assert!(said.contains(expected) && said.contains("name `ets185` under `treaties`, too"), "{said}");
    assert!(!said.contains("law/treaties/"), "{said}");
}
