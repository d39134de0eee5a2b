//! What a part of a case does to the facts of the case: it states, takes out, or leaves open.

use crate::case_of;

#[test]
fn a_part_settles_what_its_case_leaves_open_and_opens_what_it_states() {
    let case = case_of(
        "
case: facts
title: Facts of parts
source: see the test
states: { alba: { law: full }, gova: { law: full } }
treaties: [ets185]
membership: { ets185: { alba: 2010-01-01, gova: 2010-01-01 } }
requesting: alba
requested: gova
day: 2015-01-01
facts: [intrude, computer, intent]
unknown: [without-right]
parts:
  open: { measure: stored-data }
  stated: { measure: stored-data, facts: [without-right] }
  taken-out: { measure: stored-data, without: [without-right] }
  opened: { measure: stored-data, facts: [without-right], without: [computer], unknown: [computer] }
",
    );
    let facts = |name: &str| {
        let part = case.parts.iter().find(|part| part.name == name).expect("asked");
        let names = |set| case.library.facts.names_of(set).join(" ");
        (names(part.question.facts), names(part.question.unknown))
    };
    let of = |facts: &str, unknown: &str| (facts.to_owned(), unknown.to_owned());
    let sorted = |(facts, unknown): (String, String)| {
        let mut names: Vec<&str> = facts.split(' ').collect();
        names.sort_unstable();
        (names.join(" "), unknown)
    };
    assert_eq!(sorted(facts("open")), of("computer intent intrude", "without-right"));
    assert_eq!(sorted(facts("stated")), of("computer intent intrude without-right", ""));
    assert_eq!(sorted(facts("taken-out")), of("computer intent intrude", ""));
    assert_eq!(sorted(facts("opened")), of("intent intrude without-right", "computer"));
}

#[test]
fn a_state_that_tries_the_case_itself_asks_nobody() {
    let case = case_of(
        "
case: home
title: A trial at home
source: see the test
states: { gova: { law: full } }
treaties: [ets185]
membership: { ets185: { gova: 2010-01-01 } }
requesting: gova
requested: gova
day: 2015-01-01
facts: [intrude, computer, intent, without-right]
parts: { home: { measure: trial-at-home } }
",
    );
    let question = case.parts[0].question;
    assert_eq!((question.requesting, question.measure), (question.requested, comity::law::Measure::TrialAtHome));
}
