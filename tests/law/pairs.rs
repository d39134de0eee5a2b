//! Pairs of changes that turn an answer together: those that must be found, and each one found decided again.

use std::collections::BTreeSet;

use comity::law::{self, Change, Decision, FactSet, Instrument};
use comity::scenario::{Case, case::Part};

use crate::case_of;

/// A request of Alba to Brava, between States with the same law, and what is said further.
fn case(body: &str) -> Case {
    case_of(&format!(
        "
case: pairs
title: Pairs of changes
source: see the test
requesting: alba
requested: brava
conduct-day: 2024-03-01
day: 2025-06-01
{body}"
    ))
}

const ACCESS: &str = "facts: [intrude, computer, without-right, intent]";

/// The answer after changes, decided by the test itself; `enacted` is the same case with the change of a State's law
/// that a turn names written into it.
fn decided_again(part: &Part, changes: &[Change], case: &Case, enacted: Option<&Case>) -> Decision {
    let of_law = changes.iter().any(|change| change.law_of().is_some());
    let case = if of_law { enacted.expect("the test gives the changed law") } else { case };
    let mut question = part.question;
    for change in changes {
        match *change {
            Change::Answer { day } => question.day = day,
            Change::Request { day } => question.request_day = day,
            Change::Conduct { day } => question.conduct_day = day,
            Change::FollowUp { day } => question.follow_up_day = Some(day),
            Change::Fact { fact, holds } => {
                let fact: FactSet = [fact].into_iter().collect();
                let others = question.facts.without(fact);
                question.facts = if holds { others.with(fact) } else { others };
            }
            _ => {}
        }
    }
    question.request_day = question.request_day.min(question.day);
    let further: Vec<Instrument> = changes.iter().filter_map(Change::instrument).collect();
    law::decide(&case.library, &case.memberships.with(&case.library, &further), &question).decision
}

/// Searches for a grant. Every turn found is a pair, no pair is found twice, each grants when decided again, and
/// neither of its halves does; the wanted one, in words joined by ` + `, is among them.
#[track_caller]
fn check(case: &Case, enacted: Option<&Case>, wanted: &str) {
    let part = &case.parts[0];
    let (opinion, _) = case.answer(part);
    let found = law::but_for(&case.library, &case.memberships, &part.question, &opinion, Some(Decision::Grant));
    let says = |change: &Change| change.says(&case.library, &case.memberships, &part.question);
    let said: Vec<String> =
        found.turns.iter().map(|turn| turn.changes.iter().map(says).collect::<Vec<_>>().join(" + ")).collect();
    assert!(said.iter().any(|words| words == wanted), "{wanted}\nis not among\n{}", said.join("\n"));
    assert_eq!(said.iter().collect::<BTreeSet<_>>().len(), said.len(), "found twice: {said:#?}");
    assert_eq!(found.untried, 0);
    for turn in &found.turns {
        assert_eq!(turn.changes.len(), 2, "{said:#?}");
        let other_law = turn.changes.iter().any(|c| c.law_of().is_some() && !matches!(c, Change::Offence { .. }));
        if other_law {
            continue;
        }
        assert_eq!(decided_again(part, &turn.changes, case, enacted), Decision::Grant, "{said:#?}");
        for half in &turn.changes {
            assert_ne!(decided_again(part, &[*half], case, enacted), Decision::Grant, "one is enough: {said:#?}");
        }
    }
}

#[test]
fn both_states_have_to_consent_to_one_treaty() {
    let case = case(&format!(
        "
states: {{ alba: {{ law: full }}, brava: {{ law: full }}, corvo: {{ law: full }} }}
treaties: [ets185, untoc, opsc, lanzarote, cets197]
membership: {{ ets185: {{ corvo: 2010-01-01 }} }}
{ACCESS}
parts: {{ '-': {{ measure: preservation }} }}"
    ));
    let consent = |state: &str| format!("{state} consents to be bound by the Convention on Cybercrime by 2025-02-28");
    check(&case, None, &format!("{} + {}", consent("Brava"), consent("Alba")));
}

#[test]
fn a_state_has_to_join_the_parent_and_its_protocol() {
    let offences = "{ dissemination: { cite: Penal Code 30, all: [racist-or-xenophobic, incites-hatred, make-public, \
                    intent], maximum-months: 36 } }";
    let law = format!("{{ law: {{ needs-treaty: true, accepts-as-basis: [ets185], offences: {offences} }} }}");
    let case = case(&format!(
        "
states: {{ alba: {law}, brava: {law} }}
treaties: [ets185, ets189]
membership: {{ ets185: {{ alba: 2010-01-01 }}, ets189: {{ alba: 2010-01-01 }} }}
facts: [make-public, racist-or-xenophobic, incites-hatred, computer, without-right, intent]
parts: {{ '-': {{ measure: extradition }} }}"
    ));
    let consent = |to: &str| format!("Brava consents to be bound by the {to} by 2025-02-28");
    let parent = consent("Convention on Cybercrime");
    let protocol =
        consent("Additional Protocol to the Convention on Cybercrime, on acts of a racist and xenophobic nature");
    check(&case, None, &format!("{parent} + {protocol}"));
}

/// Conduct outside the Convention's offences, which Brava does not punish and has reserved (ETS 185, Art. 29(4)).
fn reserved(alba: &str) -> Case {
    case(&format!(
        "
states:
  alba: {{ law: {{ offences: {{ posting: {{ cite: Alba Penal Code 3, all: [share-experiences, intent], maximum-months: 36 }} }} }} }}
  brava: {{ law: no-internet-trafficking }}
treaties: [ets185]
membership: {{ ets185: {{ alba: {alba}, brava: {{ consented: 2010-01-01, reserved: [29(4)] }} }} }}
facts: [share-experiences, content-only, computer, intent, reason-to-believe, follow-up-intended]
parts: {{ '-': {{ measure: preservation }} }}"
    ))
}

const WITHDRAWAL: &str = "Brava withdraws its reservation under BUD 29(4) by 2025-06-01";

#[test]
fn a_consent_and_a_reservation_withdrawn_turn_together() {
    let consent = "Alba consents to be bound by the Convention on Cybercrime by 2025-02-28";
    check(&reserved("never"), None, &format!("{consent} + {WITHDRAWAL}"));
}

/// A consent that is not yet in force, and a reservation: the request comes too early, and the reservation is in its way.
#[test]
fn a_day_and_a_reservation_withdrawn_turn_together() {
    let later = "The request is answered on 2025-08-01 or later, instead of 2025-06-01";
    check(&reserved("2025-04-10"), None, &format!("{WITHDRAWAL} + {later}"));
}

#[test]
fn a_consent_and_an_offence_enacted_turn_together() {
    let with = |offences: &str| {
        case(&format!(
            "
states:
  alba: {{ law: full }}
  brava: {{ law: {{ needs-treaty: true, accepts-as-basis: [ets185], offences: {{ {offences} }} }} }}
treaties: [ets185]
membership: {{ ets185: {{ alba: 2010-01-01 }} }}
{ACCESS}
parts: {{ '-': {{ measure: extradition }} }}"
        ))
    };
    let enacted =
        with("access: { cite: Brava Penal Code 2, all: [intrude, without-right, intent], maximum-months: 12 }");
    let consent = "Brava consents to be bound by the Convention on Cybercrime by 2025-02-28";
    let offence = "Brava makes the conduct an offence by 2024-03-01, after the pattern of BUD 2, with a maximum of 1 year \
                   or more";
    check(&with(""), Some(&enacted), &format!("{consent} + {offence}"));
}

/// A single change comes before any pair: where one is enough, no pair is named at all.
#[test]
fn no_pair_is_named_where_one_change_is_enough() {
    let case = case(&format!(
        "
states: {{ alba: {{ law: full }}, brava: {{ law: full }} }}
treaties: [ets185, ets189]
membership: {{ ets185: {{ alba: 2010-01-01 }} }}
{ACCESS}
parts: {{ '-': {{ measure: preservation }} }}"
    ));
    let (opinion, _) = case.answer(&case.parts[0]);
    let found = law::but_for(&case.library, &case.memberships, &case.parts[0].question, &opinion, None);
    assert!(!found.turns.is_empty() && found.pairs == 0);
    assert!(found.turns.iter().all(|turn| turn.changes.len() == 1));
}
