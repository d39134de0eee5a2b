//! A treaty that was amended: who joins it later joins it as amended (VCLT 40(5)(a)), and who joined before has its say.

use comity::law::{self, Decision};

use crate::case_of;

/// The answer to Alba's request to Dunmar on 1 June 2021, over conduct that the amendment alone covers, and the articles
/// by which the amendment is in force between them or not.
fn asked(dunmar: &str, accepts: &str) -> (Decision, Vec<Option<String>>) {
    let case = case_of(&format!(
        "
case: amended
title: A later Party
source: see the test
states: {{ alba: {{ law: full }}, brava: {{ law: full }}, dunmar: {{ law: full }} }}
treaties: [ets185, ets185-amendment]
membership:
  ets185: {{ '*': 2010-01-01, dunmar: {dunmar} }}
  ets185-amendment: {{ alba: 2020-02-01, brava: 2020-03-01, {accepts} }}
requesting: alba
requested: dunmar
day: 2021-06-01
facts: [advertise, minor, knew, commercial, computer, intent]
parts: {{ '-': {{ measure: extradition }} }}"
    ));
    let (opinion, steps) = law::explain(&case.library, &case.memberships, &case.parts[0].question);
    let of_amendment = steps.into_iter().filter(|step| step.question.contains("Model amendment"));
    (opinion.decision, of_amendment.map(|step| step.cite).collect())
}

#[test]
fn who_joins_an_amended_treaty_joins_it_as_amended() {
    let as_amended = || vec![Some("VCLT 40(5)(a)".to_owned())];
    // All had accepted on 1 March 2020: it was in force thirty days later, and a later consent is one to both.
    assert_eq!(asked("2020-03-02", ""), (Decision::Grant, as_amended()));
    assert_eq!(asked("2020-12-15", ""), (Decision::Grant, as_amended()));
    // One of its own needs no such article.
    assert_eq!(asked("2020-12-15", "dunmar: 2020-12-15"), (Decision::Grant, vec![None]));
    // It may not have come into force for it by then.
    assert_eq!(asked("2021-05-15", "").0, Decision::Refuse);
}

#[test]
fn who_joined_before_has_to_accept_and_keeps_it_out_for_all_until_then() {
    assert_eq!(asked("2020-02-15", ""), (Decision::Refuse, vec![None]));
    assert_eq!(asked("2020-02-15", "dunmar: 2021-04-01"), (Decision::Grant, vec![None]));
}
