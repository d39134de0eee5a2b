//! What is kept of the law while a run goes on is what the law says: to networks when the text of a treaty changes, and of
//! penal law that is taken for granted whenever its treaty binds.

use std::sync::atomic::AtomicBool;

use comity::base::Day;
use comity::engine;
use comity::law::{self, Decision, Measure, Question};
use comity::report;
use comity::scenario::{self, Options, Scenario};
use comity::transport::Direct;

/// A treaty under which who needs one refuses from 2013 on; a theft law of all from the same day may stand beside it.
fn text_that_changes(theft: bool, article: bool) -> Scenario {
    let theft = if theft { ", theft: { cite: Act 2, all: [theft], maximum-months: 36, from: 2013-01-01 }" } else { "" };
    let refused = "when: { all: [needs-treaty] }, refuse: { ground: G.ESSENTIAL, force: must }";
    let later = format!(
        "      '2': {{ says: Later a ground., for: [stored-data, extradition], from: 2013-01-01, {refused} }}\n"
    );
    let later = if article { later } else { String::new() };
    let state = |name: &str, needs: bool| {
        let offences = format!("{{ intrusion: {{ cite: Act 1, all: [intrude], maximum-months: 36 }}{theft} }}");
        format!(
            "  {name}: {{ law: {{ needs-treaty: {needs}, offences: {offences} }}, infrastructure: 1, market: 1 }}\n"
        )
    };
    let states: String =
        [("alba", true), ("brava", false), ("corvo", false)].map(|(name, needs)| state(name, needs)).concat();
    let treaty = treaty("", &later);
    let text = format!(
        "title: Text\nquestion: Do networks read it?\nteaching: {{ time: none, goals: [], ask: [] }}\nfrom: 2011-01-01\n\
         to: 2014-12-31\nseed: 1\ntreaties: []\n{treaty}states:\n{states}membership: {{ pact: {{ '*': 2009-01-01 }} }}\n\
         networks: {{ count: 100, lines: {{ intrude: {{ weight: 1, facts: [intrude] }} }} }}\n"
    );
    read(&text)
}

fn treaty(more: &str, later: &str) -> String {
    format!(
        "own-treaties:\n  - treaty: pact\n    cites-as: PACT\n    title: Pact\n    source: Invented.\n    coverage: All.\n    \
         read: designed\n    joins: {{ days-after-deposit: 0 }}\n    first-in-force: {{ consents: 2 }}\n{more}    articles:\n      \
         '1': {{ says: Data are given., for: [stored-data, extradition], carries: must }}\n{later}"
    )
}

fn read(text: &str) -> Scenario {
    scenario::read_text("kept", text, &Options::default()).unwrap_or_else(|(problems, _)| panic!("{problems:?}"))
}

fn based_in_alba(scenario: &Scenario) -> usize {
    let mut nodes = Direct::of(&scenario.plan);
    let run = engine::run(&scenario.plan, &mut nodes, &mut (), &AtomicBool::new(false)).expect("it runs");
    run.world.placements().based[0] as usize
}

/// A law on theft from that day, which is nobody's line, changes nothing: it only made every state look new.
#[test]
fn networks_read_a_text_again_on_the_day_on_which_it_changes() {
    let of = |theft, article| based_in_alba(&text_that_changes(theft, article));
    assert_eq!(of(false, true), of(true, true));
    assert_eq!(of(false, false), of(true, false));
    assert!(of(false, true) > of(false, false), "who refuses draws networks");
}

/// Nor is a lost case decided again under a text that has gone by then.
#[test]
fn what_a_case_is_put_down_to_goes_by_the_text_of_its_day() {
    let savings = |theft| {
        let scenario = text_that_changes(theft, true);
        let mut nodes = Direct::of(&scenario.plan);
        let run = engine::run(&scenario.plan, &mut nodes, &mut (), &AtomicBool::new(false)).expect("it runs");
        let found = engine::attribute(&scenario.plan, &run.tally).savings;
        let mut found: Vec<_> =
            found.into_iter().map(|saving| (saving.state, saving.kind, saving.cases, saving.surely)).collect();
        found.sort_unstable();
        found
    };
    let found = savings(false);
    assert_eq!(found, savings(true));
    assert!(!found.is_empty(), "nothing is lost by the article");
}

/// Data that anybody may read are read: no request is needed, and none is refused (ETS 185, Art. 32(a)).
#[test]
fn what_needs_no_request_is_not_refused() {
    let scenario = read(
        "title: Public\nquestion: Who may read it?\nteaching: { time: none, goals: [], ask: [] }\nfrom: 2011-01-01\n\
         to: 2012-12-31\nseed: 1\ntreaties: [ets185]\nstates:\n  alba: { law: full, infrastructure: 1, market: 1 }\n  \
         brava: { law: full, infrastructure: 1, market: 1 }\nmembership: { ets185: { '*': 2005-03-10 } }\nnetworks:\n  count: 50\n  \
         lines: { intrude: { weight: 1, facts: [intrude, without-right, intent, computer, publicly-available] } }\n",
    );
    let mut nodes = Direct::of(&scenario.plan);
    let run = engine::run(&scenario.plan, &mut nodes, &mut (), &AtomicBool::new(false)).expect("it runs");
    let states = &run.tally.states;
    let decided = states.iter().flat_map(|state| &state.requests_out);
    let asked: u64 =
        decided.filter(|((_, measure, _), _)| *measure == Measure::StoredData).map(|(_, count)| count).sum();
    let refused = states.iter().flat_map(|state| state.refused_out.keys());
    assert!(asked > 20, "{asked}");
    assert_eq!(refused.filter(|(_, measure, _)| *measure == Measure::StoredData).count(), 0);
}

/// Brava's penal law is not entered, so that it is taken to punish what the pact obliges it to.
fn taken(membership: &str, rest: &str) -> Scenario {
    let dual = "      '3': { says: Dual criminality., for: [stored-data], when: { none: [punishable-here] }, \
                refuse: { ground: G.DUAL, force: must } }\n";
    let more =
        "    leaves: { days-after-deposit: 30 }\n    offences: { intrusion: { article: '2', all: [intrude] } }\n";
    let entered = "{ law: { offences: { intrusion: { cite: Act 1, all: [intrude], maximum-months: 36 } } }, \
                   infrastructure: 1, market: 1 }";
    let text = format!(
        "title: Taken\nquestion: Since when?\nteaching: {{ time: none, goals: [], ask: [] }}\nfrom: 2011-01-01\nto: 2016-12-31\n\
         seed: 1\ntreaties: []\npenal-law-not-entered: as-treaties-oblige\n{}states:\n  alba: {entered}\n  corvo: {entered}\n  \
         brava: {{ law: {{ penal-law: not-entered }}, infrastructure: 1, market: 1 }}\nmembership:\n  pact: {membership}\n{rest}\
         networks: {{ count: 20, lines: {{ intrude: {{ weight: 1, facts: [intrude] }} }} }}\n",
        treaty(more, dual)
    );
    read(&text)
}

/// What Alba is answered by Brava on a day.
fn answered(scenario: &Scenario, on: &str) -> Decision {
    let day: Day = on.parse().expect("a date");
    let law = scenario.plan.unfolded();
    let state = |code: &str| law.library.state_coded(code).expect("a state");
    let parties = (state("alba"), state("brava"));
    let question = Question::on(day, parties, Measure::StoredData, scenario.plan.world.lines[0].facts);
    law::decide(&law.library, &law.memberships_on(day), &question).decision
}

#[test]
fn penal_law_is_taken_from_a_consent_that_is_drawn_as_from_one_that_is_dated() {
    let both = "{ alba: 2000-01-01, corvo: 2000-01-01 }";
    let adoption = "adoption:\n  pact: { from: 2011-01-01, hazard: { constant: 20 } }\n";
    assert_eq!(answered(&taken(both, adoption), "2016-06-01"), Decision::Grant);
    assert_ne!(answered(&taken(both, ""), "2016-06-01"), Decision::Grant, "outside, nothing obliges it");
}

#[test]
fn penal_law_that_is_taken_stays_when_a_state_leaves_and_comes_back() {
    let acts = "timeline:\n  - { date: 2012-01-01, state: brava, does: denounce, treaty: pact }\n  - { date: 2014-01-01, \
                state: brava, does: accede, treaty: pact }\n";
    let scenario = taken("{ '*': 2000-01-01 }", acts);
    for (on, bound) in [("2011-06-01", true), ("2013-06-01", false), ("2014-06-01", true)] {
        assert_eq!(answered(&scenario, on) == Decision::Grant, bound, "on {on}");
    }
    // And the summary counts the first day by what had been done by then.
    let mut nodes = Direct::of(&scenario.plan);
    let run = engine::run(&scenario.plan, &mut nodes, &mut (), &AtomicBool::new(false)).expect("it runs");
    let pairs = report::summarise(&scenario, &run, String::new()).pairs;
    let data = pairs.iter().find(|row| row.measure == "stored-data").expect("a row");
    assert_eq!((data.open_on_the_first_day, data.open_on_the_last_day), (6, 6));
}
