//! Rules of a state's own law with days of their own: in force from the first, no longer in force on the other, and
//! the same for everyone who reads the law.

use comity::base::Day;
use comity::law::{self, Casebook, Change, Consolidated, Decision, Measure, Question};
use comity::scenario::Case;

use crate::case_of;

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

/// Brava surrenders no national from 1 June 2010 until 1 June 2020, asks for dual criminality before it discloses data
/// since 1 June 2015, and may try abroad what was done since 1 June 2018.
fn brava() -> Case {
    case_of(
        "
case: dates
title: Rules with days of their own
source: see the test
states:
  alba: { law: full }
  brava:
    law:
      needs-treaty: false
      jurisdiction: []
      offences: { access: { cite: Brava Penal Code 1, all: [intrude], maximum-months: 60 } }
      rules:
        Extradition Act 1:
          says: No national is surrendered.
          from: 2010-06-01
          until: 2020-06-01
          for: [extradition]
          when: { all: [own-national] }
          refuse: { ground: G.NATIONAL, force: must }
        Extradition Act 2:
          - says: A person in ill health is not surrendered.
            until: 2015-06-01
            for: [extradition]
            when: { all: [hardship] }
            refuse: { ground: G.HUMANITARIAN, force: must }
          - says: A person in ill health need not be surrendered.
            from: 2015-06-01
            for: [extradition]
            when: { all: [hardship] }
            refuse: { ground: G.HUMANITARIAN, force: may }
        Providers Act 1:
          says: A provider discloses by its own choice.
          from: 2012-06-01
          for: [voluntary-disclosure]
          carries: without-request
        Penal Code 9:
          says: Whoever is found in Brava may be tried there.
          from: 2018-06-01
          for: [trial-at-home]
          when: { all: [present-in-requesting-state] }
          carries: without-request
requesting: alba
requested: brava
nationality: brava
day: 2010-05-31
conduct-day: 2008-01-01
facts: [intrude, without-right, intent, computer, present-in-requesting-state]
parts: { asked: { measure: extradition } }
",
    )
}

fn asked(case: &Case, measure: Measure, on: &str) -> Question {
    Question { measure, day: day(on), request_day: day("2009-01-01"), ..case.parts[0].question }
}

fn decided(case: &Case, question: &Question) -> Decision {
    law::decide(&case.library, &case.memberships, question).decision
}

#[test]
fn a_rule_applies_from_its_first_day_until_the_day_on_which_it_is_out_of_force() {
    let case = brava();
    let on = |on| decided(&case, &asked(&case, Measure::Extradition, on));
    assert_eq!(on("2010-05-31"), Decision::GrantCond);
    assert_eq!(on("2010-06-01"), Decision::Refuse);
    assert_eq!(on("2020-05-31"), Decision::Refuse);
    assert_eq!(on("2020-06-01"), Decision::GrantCond);
}

#[test]
fn of_two_versions_of_a_provision_one_is_in_force() {
    let case = brava();
    let hardship = case.library.facts.named("hardship").expect("a fact");
    let on = |on| {
        let question = asked(&case, Measure::Extradition, on);
        let question = Question { facts: question.facts.and(hardship), nationality: None, ..question };
        law::decide(&case.library, &case.memberships, &question)
    };
    let (before, after) = (on("2015-05-31"), on("2015-06-01"));
    assert_eq!((before.decision, before.grounds.len()), (Decision::Refuse, 1));
    assert_eq!((after.decision, after.grounds.len()), (Decision::MayRefuse, 1));
}

#[test]
fn what_a_law_carries_without_request_it_carries_from_its_day() {
    let case = brava();
    let on = |on| decided(&case, &asked(&case, Measure::VoluntaryDisclosure, on));
    assert_eq!((on("2012-05-31"), on("2012-06-01")), (Decision::NoTreatyDuty, Decision::NoRequest));
}

/// A claim to try what was done is of the law of the day of the conduct; a later law does not reach back.
#[test]
fn a_claim_of_jurisdiction_looks_at_the_day_of_the_conduct() {
    let case = brava();
    let on = |conduct, on| {
        let question = asked(&case, Measure::TrialAtHome, on);
        let (requesting, requested) = (question.requested, question.requesting);
        decided(&case, &Question { requesting, requested, conduct_day: day(conduct), ..question })
    };
    assert_eq!(on("2018-05-31", "2019-01-01"), Decision::Refuse);
    assert_eq!(on("2018-06-01", "2019-01-01"), Decision::NoRequest);
}

#[test]
fn the_casebook_and_a_question_made_ready_agree_on_every_side() {
    let case = brava();
    let (library, memberships) = (&case.library, &case.memberships);
    let mut casebook = Casebook::default();
    let changes = ["2010-06-01", "2012-06-01", "2015-06-01", "2018-06-01", "2020-06-01"].map(day);
    let around = changes.into_iter().flat_map(|change| [change - 1, change]);
    let hardship = library.facts.named("hardship").expect("a fact");
    let mut answers = Vec::new();
    for on in around.clone().chain(around) {
        for measure in Measure::ALL {
            let mut question = Question { day: on, measure, ..case.parts[0].question };
            let mut ready = Consolidated::of(library, memberships, &question);
            for facts in [question.facts, question.facts.and(hardship)] {
                question.facts = facts;
                let opinion = law::decide(library, memberships, &question);
                assert_eq!(ready.ask(facts).opinion, opinion, "{question:?}");
                assert_eq!(casebook.ask(library, memberships, &question).opinion, opinion, "{question:?}");
                answers.push(opinion.decision);
            }
        }
    }
    for decision in [Decision::GrantCond, Decision::MayRefuse, Decision::Refuse, Decision::NoRequest] {
        assert!(answers.contains(&decision), "{decision:?} is not among the answers");
    }
}

#[test]
fn the_reasoning_says_since_when_a_rule_is_in_force_and_is_silent_on_others() {
    let case = brava();
    let steps = |on| {
        let steps = law::explain(&case.library, &case.memberships, &asked(&case, Measure::Extradition, on)).1;
        steps.into_iter().filter(|step| step.cite.as_deref() == Some("Extradition Act 1")).collect::<Vec<_>>()
    };
    assert!(steps("2010-05-31").is_empty());
    let since: Vec<String> = steps("2010-06-01")[0].bound.iter().map(law::Bound::words).collect();
    assert_eq!(since, ["Brava is bound by its own law since 2010-06-01"]);
}

#[test]
fn the_day_on_which_a_rule_ends_is_a_day_that_may_turn_the_answer() {
    let case = brava();
    let question = asked(&case, Measure::Extradition, "2015-01-01");
    let turning = |question: &Question| {
        let opinion = law::decide(&case.library, &case.memberships, question);
        let found = law::but_for(&case.library, &case.memberships, question, &opinion, None);
        found.turns.into_iter().flat_map(|turn| turn.changes).collect::<Vec<Change>>()
    };
    let days = turning(&question);
    for on in ["2010-05-31", "2020-06-01"] {
        assert!(days.contains(&Change::Answer { day: day(on) }), "{on} is not found: {days:?}");
    }
    let repeals = |change: &Change| matches!(change, Change::Repeal { .. });
    assert!(turning(&question).iter().any(repeals));
    let earlier = asked(&case, Measure::Extradition, "2009-12-31");
    let hardship = case.library.facts.named("hardship").expect("a fact");
    let ill = Question { facts: earlier.facts.and(hardship), ..earlier };
    let repealed: Vec<Change> = turning(&ill).into_iter().filter(repeals).collect();
    let [Change::Repeal { rule, .. }] = repealed[..] else { panic!("one rule stands in the way: {repealed:?}") };
    let state = case.library.state(ill.requested);
    assert_eq!(state.rules[usize::from(rule)].until, Some(day("2015-06-01")), "what is not in force is not repealed");
}
