//! What an answer tells beside its decision: conditions and times of what is given alone, scope before what it closes, each
//! State once, and the day on which the last that carries it ends.

use comity::base::Day;
use comity::law::{Decision, ExplainedStep};

use crate::case_of;

const HEAD: &str = "
case: told
title: Told
source: see the test
states:
  alba: { law: { needs-treaty: true, offences: { x: { cite: A 1, all: [intrude], maximum-months: 36 } } } }
  brava: { law: { needs-treaty: true, offences: { x: { cite: B 1, all: [intrude], maximum-months: 36 } } } }
requesting: alba
requested: brava
facts: [intrude]
";

const COAST: &str =
    "treaty: coast, cites-as: C, title: Coast Convention, source: Invented., coverage: x, read: designed,
      joins: { days-after-deposit: 0 }, first-in-force: { consents: 2 }";

/// Who prosecutes instead hands nobody over: no assurance is asked for, and no time runs for the surrender.
#[test]
fn prosecution_instead_has_no_conditions_and_times_of_surrender() {
    let case = case_of(&format!(
        "{HEAD}
own-treaties:
  - {{ {COAST},
      articles: {{
        '1': {{ says: Surrender., for: [extradition], carries: must, time-limits: {{ surrender: 10 days }} }},
        '2': {{ says: Nationals., for: [extradition], when: {{ all: [own-national] }},
               refuse: {{ ground: G.NATIONAL, force: must }} }},
        '3': {{ says: Prosecution., for: [extradition], time-limits: {{ decide: 30 days }},
               duty: {{ does: submit-to-prosecution, after: [G.NATIONAL] }} }},
        '4': {{ says: Assurance., for: [extradition], when: {{ all: [death-penalty] }},
               condition: {{ says: assurance against the death penalty, otherwise: G.CAPITAL }} }} }} }}
membership: {{ coast: {{ '*': 2010-01-01 }} }}
day: 2012-01-01
parts:
  national: {{ measure: extradition, facts: [death-penalty], nationality: brava }}
  other: {{ measure: extradition, facts: [death-penalty] }}"
    ));
    let told = |part: usize| {
        let (opinion, _) = case.answer(&case.parts[part]);
        let times = opinion.time_limits.iter().map(|limit| case.library.cite(limit.cite)).collect::<Vec<_>>();
        let limits = opinion.limits.iter().map(|limit| case.library.cite(*limit)).collect::<Vec<_>>();
        (opinion.decision, opinion.conditions.len(), times, limits)
    };
    assert_eq!(told(0), (Decision::ProsecuteInstead, 0, vec!["C 3"], vec![]));
    assert_eq!(told(1), (Decision::GrantCond, 1, vec!["C 1"], vec!["C 4"]));
}

/// An article that carries does not apply where a later one takes the request out of the scope.
#[test]
fn what_lies_outside_the_scope_is_carried_by_no_article_before_it() {
    let case = case_of(&format!(
        "{HEAD}
own-treaties:
  - {{ {COAST},
      articles: {{
        '1': {{ says: Data., for: [stored-data], carries: must }},
        '2': {{ says: Scope., for: [stored-data], covers: {{ all: [organised-group] }} }} }} }}
membership: {{ coast: {{ '*': 2010-01-01 }} }}
day: 2012-01-01
parts:
  outside: {{ measure: stored-data }}
  inside: {{ measure: stored-data, facts: [organised-group] }}"
    ));
    let carried = |part: usize| {
        let (opinion, steps) = case.answer(&case.parts[part]);
        let step = steps.iter().find(|step| step.cite.as_deref() == Some("C 1") || step.question.contains("C 1"));
        (opinion.decision, step.expect("it is weighed").finding.clone())
    };
    assert_eq!(carried(0), (Decision::NoTreatyDuty, "no".to_owned()));
    assert_eq!(carried(1), (Decision::Grant, "yes: Brava must comply".to_owned()));
}

/// Who tries a case itself is asked once whether the conduct is an offence.
#[test]
fn a_state_that_tries_the_case_itself_is_told_of_once() {
    let case = case_of(&format!(
        "{HEAD}
day: 2012-01-01
parts:
  itself: {{ measure: trial-at-home, requested: alba }}
  other: {{ measure: stored-data }}"
    ));
    let is_offence = |step: &&ExplainedStep| step.question.starts_with("Is the conduct an offence");
    let told = |part: usize| case.answer(&case.parts[part]).1.iter().filter(is_offence).count();
    assert_eq!((told(0), told(1)), (1, 2));
}

/// Where two protocols list the offence, it ends with the later of the two, and with none as long as one is not left.
#[test]
fn what_two_protocols_list_ends_with_the_last_of_them() {
    let case = |other: &str| {
        let protocol = |name: &str, cites: &str| {
            format!(
                "
  - {{ treaty: {name}, cites-as: {cites}, title: {cites}, source: Invented., coverage: x, read: designed,
      protocol-to: coast, extends-by: '1', joins: {{ days-after-deposit: 0 }},
      leaves: {{ days-after-deposit: 365 }}, first-in-force: {{ consents: 2 }},
      offences: {{ x: {{ article: '2', all: [intrude] }} }} }}"
            )
        };
        case_of(&format!(
            "{HEAD}
own-treaties:
  - {{ {COAST},
      articles: {{ '1': {{ says: Data., for: [stored-data], covers: {{ all: [listed-offence] }}, carries: must }} }} }}{}{}
membership:
  coast: {{ '*': 2000-01-01 }}
  first: {{ alba: 2000-01-01, brava: {{ consented: 2000-01-01, denounced: 2009-12-01 }} }}
  second: {{ alba: 2000-01-01, brava: {{ consented: 2000-01-01{other} }} }}
day: 2010-01-01
parts: {{ '-': {{ measure: stored-data }} }}",
            protocol("first", "P1"),
            protocol("second", "P2")
        ))
    };
    let out = |other: &str| {
        let case = case(other);
        let (opinion, _) = case.answer(&case.parts[0]);
        opinion.out_of_force_from.map(|turn| (turn.day, case.library.cite(turn.treaty).to_owned()))
    };
    let on = |day: &str, protocol: &str| Some((day.parse::<Day>().expect("a date"), protocol.to_owned()));
    assert_eq!(out(""), None);
    assert_eq!(out(", denounced: 2009-12-20"), on("2010-12-20", "P2"));
    assert_eq!(out(", denounced: 2009-11-20"), on("2010-12-01", "P1"));
}
