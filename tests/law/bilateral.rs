//! Treaties between two states: theirs alone, in force by their own dates unless it is said that they were not concluded.

use comity::law::{self, ButFor, Change, Decision};
use comity::scenario::Case;

use crate::case_of;

/// Surrender between Alba and Brava under a treaty of their own, if `entry` lets it be; and from Corvo to Alba.
fn surrender(dates: &str, entry: &str) -> Case {
    let law = "{ law: { needs-treaty: true, offences: { theft: { cite: Penal Code 1, all: [theft, intent], maximum-months: 36 } } } }";
    case_of(&format!(
        "
case: bilateral
title: A treaty between two
source: see the test
states: {{ alba: {law}, brava: {law}, corvo: {law} }}
own-treaties:
  - treaty: alba-brava
    cites-as: AB
    title: Treaty between Alba and Brava
    source: Invented.
    coverage: Surrender.
    read: designed
    between: [alba, brava]
    leaves: {{ months-after-deposit: 6 }}
    {dates}
    articles: {{ \"1\": {{ says: Surrender is owed., for: [extradition], carries: must }} }}
membership: {{ {entry} }}
requesting: alba
requested: brava
day: 2015-01-01
facts: [theft, intent]
parts: {{ two: {{ requested: brava, measure: extradition }}, third: {{ requested: corvo, measure: extradition }} }}"
    ))
}

const BY_ITSELF: &str = "in-force: 2010-01-01";
const JOINED: &str = "joins: { days-after-deposit: 30 }\n    first-in-force: { consents: 2 }";

#[track_caller]
fn decides(case: &Case, two: Decision) {
    let decisions: Vec<Decision> =
        case.parts.iter().map(|part| law::decide(&case.library, &case.memberships, &part.question).decision).collect();
    // In the order of the parts, as they are written.
    assert_eq!(decisions, [two, Decision::Refuse]);
}

#[test]
fn one_with_dates_binds_its_two_states_unless_it_was_not_concluded_or_is_over() {
    decides(&surrender(BY_ITSELF, ""), Decision::Grant);
    for never in ["alba-brava: { alba: never }", "alba-brava: { brava: never }", "alba-brava: { '*': never }"] {
        decides(&surrender(BY_ITSELF, never), Decision::Refuse);
    }
    decides(&surrender(BY_ITSELF, "alba-brava: { corvo: never }"), Decision::Grant);
    // Notice of 2014-07-01 takes effect on the day of the answer, one of the day after does not.
    decides(&surrender(BY_ITSELF, "alba-brava: { brava: { denounced: 2014-07-01 } }"), Decision::Refuse);
    decides(&surrender(BY_ITSELF, "alba-brava: { brava: { denounced: 2014-07-02 } }"), Decision::Grant);
}

#[test]
fn one_that_is_joined_is_joined_by_its_two_states_alone() {
    decides(&surrender(JOINED, "alba-brava: { '*': 2014-01-01 }"), Decision::Grant);
    decides(&surrender(JOINED, "alba-brava: { '*': 2014-01-01, brava: never }"), Decision::Refuse);
}

#[test]
fn nobody_is_told_to_join_the_treaty_of_two_others() {
    let case = surrender(JOINED, "alba-brava: { alba: 2014-01-01 }");
    let consents = |part: usize| {
        let question = &case.parts[part].question;
        let opinion = law::decide(&case.library, &case.memberships, question);
        let ButFor { turns, .. } = law::but_for(&case.library, &case.memberships, question, &opinion, None);
        let consents = |change: &&Change| matches!(change, Change::Consent { .. });
        turns.iter().flat_map(|turn| &turn.changes).filter(consents).count()
    };
    assert_eq!((consents(0), consents(1)), (1, 0));
}
