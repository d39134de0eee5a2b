//! `comity law` and the page of an opinion: what they print, and how slips are answered.

use std::fmt::Write as _;

use serde_json::Value;
use snapbox::file;
use snapbox::prelude::*;
use snapbox::str;

use super::comity;

#[track_caller]
fn check(arguments: &[&str], snapshot: impl IntoData) {
    comity(arguments).assert().success().stderr_eq(str![""]).stdout_eq(snapshot.into_data().raw());
}

fn text(arguments: &[&str]) -> String {
    let output = comity(arguments).output().expect("the command runs");
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{arguments:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn one_article() {
    check(&["law", "show", "BUD", "24(6)"], file!["snapshots/law-show-24-6.txt"]);
}

#[test]
fn one_state_of_a_record() {
    check(
        &["law", "status", "ets185", "--on", "2010-01-01", "--state", "Austria"],
        file!["snapshots/law-status-aut.txt"],
    );
    let csv = ["law", "status", "ets185", "--on", "2010-01-01", "--state", "AUT", "--format", "csv"];
    check(&csv, file!["snapshots/law-status-aut.csv"]);
}

/// What the law between two states grows by must not turn this test: lines are looked for, not counted.
#[test]
fn between_two_states() {
    let asked = ["law", "between", "DEU", "USA", "--on", "2012-01-01", "--measure", "preservation"];
    let general = text(&asked);
    for line in [
        "If Germany asks the United States on 2012-01-01",
        "  ■ Convention on Cybercrime (ets185), since 2009-07-01",
        "  ● BUD 29(3): MUST comply",
        "  □ BUD 29(5): may refuse: G.POLITICAL (a political offence or one connected with it), if political",
        "  ■ BUD 11(3) as to 3, by Germany: attempt at interception",
        "  Germany, ets185 Art. 2: illegal access only when security measures are infringed",
    ] {
        assert!(general.lines().any(|printed| printed == line), "{line}\n\n{general}");
    }
    assert!(!general.contains("us-ph-extradition"), "a treaty with a third State says nothing here: {general}");
    let answered = text(&[asked.as_slice(), &["--conduct", "ets185/illegal-access"]].concat());
    for line in ["  Facts: intent, intrude, without-right", "● preservation: GRANT, the requested State complies"] {
        assert!(answered.lines().any(|printed| printed == line), "{line}\n\n{answered}");
    }
}

#[test]
fn an_answer_says_first_where_the_conduct_is_an_offence() {
    let asked = ["law", "between", "DEU", "USA", "--on", "2012-01-01", "--conduct", "illegal-access"];
    let said = text(&asked);
    for line in [
        "  Offence in Germany: no; with security-broken it would be one: StGB 202a, up to 3 years",
        "  Offence in the United States: 18 USC 1030(a)(2), up to 1 year",
    ] {
        assert!(said.lines().take(4).any(|printed| printed == line), "{line}\n\n{said}");
    }
    let unknown = text(&["law", "between", "DEU", "BRA", "--conduct", "illegal-access", "--measure", "extradition"]);
    assert!(unknown.contains("  Offence in Brazil: not known, since its penal law is not entered\n"), "{unknown}");
}

#[test]
fn measures_of_which_the_facts_say_nothing_are_answered_only_by_name() {
    let asked = ["law", "between", "DEU", "USA", "--on", "2012-01-01"];
    let of = |more: &[&str]| text(&[asked.as_slice(), more].concat());
    let answered = |said: &str, name: &str| said.lines().any(|line| line.contains(&format!(" {name}: ")));
    let bare = of(&["--conduct", "illegal-access"]);
    assert!(answered(&bare, "extradition") && bare.contains("\nThe facts say nothing of: "), "{bare}");
    for name in ["trial at home", "trial for other offence", "onward extradition", "use of evidence"] {
        assert!(!answered(&bare, name), "{name}\n{bare}");
    }
    let named = of(&["--conduct", "illegal-access", "--measure", "trial-at-home"]);
    assert!(answered(&named, "trial at home"), "{named}");
    assert!(named.contains("trial at home: REFUSE, it may not\n"), "nobody is asked: {named}");
    let placed = of(&["--facts", "intrude,intent,without-right,committed-in-requesting-state,offence-of-surrender"]);
    for name in ["trial at home", "trial for other offence"] {
        assert!(answered(&placed, name), "{name}\n{placed}");
    }
}

#[test]
fn a_variant_shows_its_own_offences_and_what_each_requires_besides() {
    let said = text(&["law", "show", "internet-trafficking-protocol/minors"]);
    assert!(said.contains("(internet-trafficking-protocol/minors, cited as MODEL, MODEL TEXT)"), "{said}");
    assert!(said.contains("Conduct: commercial-sexual-exploitation, computer, intent and minor; and"), "{said}");
    assert!(!said.contains(", purchase\n") && !said.contains("  Variant "), "{said}");
    let whole = text(&["law", "show", "internet-trafficking-protocol"]);
    assert!(whole.contains(", purchase\n") && whole.contains("\n  Variant         internet-"), "{whole}");
    let additional = text(&["law", "show", "ets189"]);
    assert!(additional.replace("\n                  ", " ").contains("by its Article 8(2)"), "{additional}");
}

#[test]
fn slips_are_answered_with_the_nearest_name() {
    let slips: [&[&str]; 14] = [
        &["show", "quixotic"],
        &["between", "DEUX", "Quixotia", "--conduct", "nix", "--measure", "preservatoin"],
        &["show", "ets158"],
        &["show", "ets186"],
        &["between", "DEU", "USA", "--conduct", "foo"],
        &["show", "ets185", "42(9)"],
        &["state", "Austira"],
        &["status", "us-de-extradition"],
        &["between", "DEU", "DEU"],
        &["between", "DEU", "USA", "--facts", "intrdue"],
        &["between", "DEU", "USA", "--facts", "dual-criminality"],
        &["between", "DEU", "USA", "--facts", "trafficking-in-persons"],
        &["show", "MODEL/minrs"],
        &["between", "DEU", "USA", "--measure", "extraditoin"],
    ];
    let mut shown = String::new();
    for arguments in slips {
        let output = comity(&["law"]).args(arguments).output().expect("the command runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        let _ = writeln!(shown, "$ comity law {}\n{said}", arguments.join(" "));
    }
    snapbox::assert_data_eq!(shown, file!["snapshots/law-slips.txt"].raw());
}

#[test]
fn text_fits_a_hundred_columns() {
    for arguments in [
        &["law", "list", "--states"][..],
        &["law", "show", "ets185"],
        &["law", "state", "DEU"],
        &["law", "status", "ets185"],
        &["law", "between", "DEU", "USA"],
        &["law", "facts"],
        &["opine", "law/cases/wc-13.yaml"],
    ] {
        let said = text(arguments);
        assert!(said.lines().count() > 10, "{arguments:?}");
        for line in said.lines() {
            // A single word that is longer stands alone.
            assert!(line.chars().count() <= 100 || !line.trim().contains(' '), "{arguments:?}: {line}");
        }
    }
}

#[test]
fn json_for_programs() {
    let json = |arguments: &[&str]| -> Value {
        let output = comity(&["law"]).args(arguments).output().expect("the command runs");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
    };
    assert!(json(&["list", "--json"])["treaties"].as_array().is_some_and(|treaties| treaties.len() > 4));
    assert_eq!(json(&["show", "BUD", "--json"])["name"], "ets185");
    assert_eq!(json(&["state", "AUT", "--json"])["code"], "AUT");
    let status = json(&["status", "ets185", "--format", "json", "--on", "2026-04-25"]);
    assert_eq!(status["counts"]["parties"], 81);
    assert_eq!(status["rows"].as_array().map(Vec::len), Some(83));
    assert!(json(&["between", "DEU", "USA", "--json"])["measures"].is_array());
    assert!(json(&["between", "DEU", "USA", "--facts", "intrude", "--json"])["answers"].is_array());
    assert!(json(&["facts", "--json"]).as_array().is_some_and(|facts| facts.len() > 100));
}

#[test]
fn a_page_escapes_what_people_wrote_and_asks_nothing_of_the_network() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = folder.path().join("case.yaml");
    let right = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/law/cases/wc-13.yaml")).expect("a case");
    let title = right.lines().find(|line| line.starts_with("title:")).expect("a title");
    std::fs::write(&case, right.replace(title, "title: '<script>alert(1)</script> & \"more\"'")).expect("written");
    let page = folder.path().join("page.html");
    comity(&["opine"]).arg(&case).arg("--html").arg(&page).assert().success();
    let text = std::fs::read_to_string(&page).expect("a page");
    assert!(text.starts_with(comity::report::html::BEGINNING) && text.contains("MAY REFUSE"), "{text}");
    assert!(text.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp;"), "{text}");
    for absent in ["<script", "http://", "https://", "<link", "<img", "url("] {
        assert!(!text.contains(absent), "{absent}");
    }
}
