//! Treaties that do not concern the two States of a question are not asked for one by one.

#![expect(clippy::disallowed_methods, reason = "writes a case for the test")]

use comity::scenario::case;

/// The questions of an opinion between two invented States under these treaties.
fn questions(treaties: &str) -> Vec<(String, String)> {
    let text = format!(
        "case: T-1\ntitle: Treaties of others\nsource: none\nsays: Gova asks Alba.\nstates:\n  \
         gova: {{ law: {{ offences: {{ a: {{ cite: Gova Penal Code 3, all: [intrude], maximum-months: 36 }} }} }} }}\n  \
         alba: {{ law: {{ offences: {{ a: {{ cite: Alba Penal Code 3, all: [intrude], maximum-months: 36 }} }} }} }}\n\
         treaties: [{treaties}]\nmembership: {{ ets185: {{ gova: 2010-01-01, alba: 2010-01-01 }} }}\n\
         requesting: gova\nrequested: alba\nday: 2026-03-01\nfacts: [intrude, computer, intent]\n\
         parts: {{ \"-\": {{ measure: stored-data, expect: {{ decision: GRANT }} }} }}\n"
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("case.yaml");
    std::fs::write(&path, text).expect("written");
    let case = case::read(&path, None).unwrap_or_else(|(problems, _)| panic!("{problems:?}"));
    let (_, steps) = case.answer(&case.parts[0]);
    steps
        .into_iter()
        .map(|step| (step.question, step.finding))
        .filter(|(asked, _)| asked.contains("in force"))
        .collect()
}

#[test]
fn treaties_of_others_are_told_in_one_step() {
    let found = questions("ets185, eio, untoc, uncc");
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].0.starts_with("Is the Convention on Cybercrime in force")
            || found[1].0.starts_with("Is the Convention")
    );
    let (asked, finding) = found.iter().find(|(asked, _)| asked.starts_with("Of 3")).expect("the others");
    assert_eq!(asked, "Of 3 other treaties, is any in force between Gova and Alba?");
    assert!(finding.starts_with("no: ") && finding.contains("EIO") && finding.contains("UNTOC"), "{finding}");
}

#[test]
fn a_single_treaty_that_neither_joined_is_asked_for_by_its_title() {
    let found = questions("ets185, untoc");
    assert!(found.iter().any(|(asked, _)| asked.contains("Transnational Organized Crime")), "{found:?}");
}
