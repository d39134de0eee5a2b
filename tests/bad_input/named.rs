//! Law files under another name than that of what they hold, texts that clash with those that are built in, and keys that
//! stand in the wrong kind of file.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::check;
use super::law::{FACTS, NO_HELP, all_wrong};

const CONVENTION: &str = "\
treaty: coast-convention
cites-as: COAST
title: Convention of the Coastal States
source: Invented.
coverage: Surrender alone.
read: designed
joins: { days-after-deposit: 30 }
leaves: { months-after-deposit: 6 }
in-force: 2000-01-01
articles: { \"1\": { says: Surrender is owed., for: [extradition], carries: must } }
";
const CODE: &str = "\
name: harbour-code
source: Invented.
coverage: Nothing but a ground.
law:
  rules:
    Constitution 10:
      says: No national is surrendered.
      for: [extradition]
      when: { all: [own-national] }
      refuse: { ground: G.NATIONAL, force: must }
";

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

#[test]
fn a_file_is_called_what_it_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("own");
    let (treaty, law) = (own.join("treaties/coast.yaml"), own.join("laws/harbour.yaml"));
    write(&treaty, CONVENTION);
    write(&law, CODE);
    let both = ["treaties/coast-convention.yaml", "laws/harbour-code.yaml"];
    for (path, expected) in [(&own, &both[..]), (&treaty, &both[..1]), (&law, &both[1..])] {
        let checked = check(path);
        let said: Vec<&str> = checked.stderr.lines().filter(|line| line.starts_with("error: ")).collect();
        assert_eq!((checked.code, said.len()), (Some(2), expected.len()), "{}", checked.stderr);
        for name in expected {
            let says = format!("a law folder holds this as `{name}`, and nowhere else");
            assert!(checked.stderr.contains(&says), "{}", checked.stderr);
        }
    }
    // Whoever names what it holds is told where that is.
    let case = "case: C\ntitle: t\nsource: s\nstates: { alba: { law: harbour-code }, brava: { law: full } }\n\
                treaties: [coast-convention]\nrequesting: alba\nrequested: brava\nday: 2012-01-01\n\
                parts: { \"-\": { measure: extradition } }\n";
    write(&folder.path().join("case.yaml"), case);
    let mut command = Command::new(env!("CARGO_BIN_EXE_comity"));
    let output = command.args(["opine", "case.yaml", "--law", "own"]).current_dir(folder.path()).output();
    let said = String::from_utf8_lossy(&output.expect("the command runs").stderr).replace('\\', "/");
    // Advice goes on below where it is long.
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for (file, name) in [("treaties/coast.yaml", both[0]), ("laws/harbour.yaml", both[1])] {
        let help = format!("`own/{file}` holds it: a law folder holds it as `{name}`");
        assert!(said.contains(&help), "{help}\n{said}");
    }
    fs::rename(&treaty, own.join(both[0])).expect("renamed");
    fs::rename(&law, own.join(both[1])).expect("renamed");
    assert_eq!(check(&own).code, Some(0));
}

/// However a name is put, nothing is read beside the folder that was named.
#[test]
fn a_name_leads_nowhere_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("deep/own");
    write(&own.join("laws/harbour-code.yaml"), CODE);
    write(&folder.path().join("outside.yaml"), "secret: yes\n");
    for (setting, what) in [
        ("states.hesper.law=../../../outside", "law"),
        ("states.hesper.law='..\\..\\..\\outside'", "law"),
        ("states.hesper.law=../laws/harbour-code", "law"),
        ("treaties=[../../../outside]", "treaty"),
        ("treaties=['../ets185']", "treaty"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_comity"));
        command.args(["run", "scenarios/one-state-stays-out.yaml", "--transport", "direct", "--set", setting]);
        let output = command.arg("--law").arg(&own).output().expect("the command runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(&format!("cannot be the name of a {what}: ")), "{said}");
        assert!(said.contains("--> --set") && !said.contains("secret"), "{said}");
    }
}

#[test]
fn a_clash_with_what_is_built_in_is_told_where_it_can_be_mended() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("own");
    write(&own.join("treaties/coast-convention.yaml"), &CONVENTION.replace("COAST", "BUD"));
    let checked = check(&own);
    assert!(checked.stderr.contains("error: `BUD` is how `ets185` is cited, too"), "{}", checked.stderr);
    assert_eq!(checked.places(), ["own/treaties/coast-convention.yaml:1:9"], "{}", checked.stderr);
}

/// Of two lists of facts the first is in use: the second would make everything wrong that names a fact.
#[test]
fn a_cause_is_told_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = folder.path().join("all");
    write(&all.join("law/facts.yaml"), include_str!("../../law/facts.yaml"));
    write(&all.join("law/treaties/ets185.yaml"), include_str!("../../law/treaties/ets185.yaml"));
    write(&all.join("tests/facts.yaml"), "facts: {}\n");
    let said = check(&all).stderr;
    assert!(said.contains("`all/law/facts.yaml` defines the same"), "{said}");
    assert!(!said.contains("unknown fact"), "{said}");
    // Where there is no other, what it lacks is told, and not what follows from that.
    fs::remove_file(all.join("law/facts.yaml")).expect("removed");
    let said = check(&all).stderr;
    assert!(said.contains("is missing from the list") && !said.contains("unknown fact"), "{said}");
}

#[test]
fn the_end_of_a_range_that_is_outside_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let study = folder.path().join("study.yaml");
    let text = "title: Risk\nscenario: scenarios/one-state-stays-out.yaml\nseed: 1\nreplicates: 1\n\
                design: { latin-hypercube: { points: 8 } }\n\
                factors:\n  networks.behaviour.risk-weight: { from: -3, to: 90 }\n  havens.excess-impunity: { from: 0.1, to: 0.3 }\n";
    write(&study, text);
    let checked = check(&study);
    for end in ["the range begins at -3, which cannot stand at", "the range ends at 90, which cannot stand at"] {
        assert!(checked.stderr.contains(end), "{end}\n{}", checked.stderr);
    }
    assert!(checked.stderr.contains("allowed are 0 to"), "{}", checked.stderr);
    assert_eq!(checked.places(), ["study.yaml:7:43", "study.yaml:7:51"], "{}", checked.stderr);
}

#[test]
fn names_and_citations_are_as_short_as_the_wire_says() {
    let called = |bytes: usize| -> &'static str { "x".repeat(bytes).leak() };
    let fact =
        |name: &str| -> &'static str { format!("facts:\n  {name}: {{ kind: conduct, asks: Was it? }}\n").leak() };
    let article = |name: &str| -> &'static str {
        format!("articles:\n  {name}: {{ says: Nothing., for: [extradition], not-expressed: All of it. }}\n").leak()
    };
    let (law, treaty, old) = ("states/ken.yaml", "treaties/ets98.yaml", "Extradition Acts 1965 and 1966");
    for (edit, says) in [
        (
            (law, old, called(201)),
            "the citation `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...` has 201 bytes, more than 200",
        ),
        // With `ETS98 ` before it, as letters carry it.
        ((treaty, "articles:\n", article(called(195))), "has 201 bytes"),
        (
            (FACTS, "facts:\n", fact(called(201))),
            "the fact `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...` has 201 bytes",
        ),
    ] {
        all_wrong(&[edit], &[("xxxx", says, NO_HELP)]);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let law_folder = folder.path().join("law");
    super::law::write(&law_folder, &[(law, old, called(200)), (treaty, "articles:\n", article(called(194)))]);
    let checked = check(&law_folder);
    assert_eq!((checked.code, checked.stderr.as_str()), (Some(0), ""));
}

/// What holds under every treaty is of a state's own law, and what passes a request over of a treaty.
#[test]
fn keys_of_laws_and_of_treaties_stand_in_their_own() {
    let line = "that had jurisdiction over it.\n";
    let article = ("treaties/ets98.yaml", line, "that had jurisdiction over it.\n    also-under-treaties: true\n");
    let help = "`also-under-treaties` is for a provision of a State's own law";
    let message = "an article of a treaty holds under that treaty";
    all_wrong(&[article], &[("also-under-treaties: true", message, help)]);
    let (state, from) = ("states/aut.yaml", "      says: No surrender for a political offence.\n");
    let provision = (state, from, "      says: No surrender for a political offence.\n      acts-from: 2002-08-07\n");
    let help = "`acts-from` is for an article of a treaty";
    all_wrong(&[provision], &[("acts-from: 2002-08-07", "a State's own law passes no request over", help)]);
    let provision =
        (state, from, "      says: No surrender for a political offence.\n      requests-from: 2004-01-01\n");
    let help = "`requests-from` is for an article of a treaty";
    all_wrong(&[provision], &[("requests-from: 2004-01-01", "a State's own law passes no request over", help)]);
    let days = "      says: No surrender for a political offence.\n      from: 1980-01-01\n      by-receipt: true\n";
    let help = "`by-receipt` is for an article of a treaty";
    let message = "a State's own law is that of the day of the answer";
    all_wrong(&[(state, from, days)], &[("by-receipt: true", message, help)]);
    let article = ("treaties/ets98.yaml", line, "that had jurisdiction over it.\n    by-receipt: true\n");
    let help = "`by-receipt` is for a rule with `from` or `until`";
    all_wrong(&[article], &[("by-receipt: true", "there is no day that the receipt could be held against", help)]);
}

/// Nobody is released before the time for which they are held, nor without a time for which they are.
#[test]
fn a_hold_ends_no_sooner_than_it_may() {
    let (arrest, held) = ("treaties/ece57.yaml", "    holds-days: 18\n    holds-days-at-most: 40\n");
    let sooner = (arrest, held, "    holds-days: 40\n    holds-days-at-most: 18\n");
    let message = "released without fail after 18 days, and held for 40 at least";
    all_wrong(&[sooner], &[("holds-days-at-most: 18", message, NO_HELP)]);
    let help = "`holds-days-at-most` is for a rule with `holds-days`";
    let message = "nothing is held that could be released after these days";
    all_wrong(&[(arrest, held, "    holds-days-at-most: 40\n")], &[("holds-days-at-most: 40", message, help)]);
}
