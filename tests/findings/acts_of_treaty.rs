//! Acts towards treaties that pivotal acts are made of: what is open to a state on the first day of the run, whatever it did
//! before and is dated to do.

use std::collections::BTreeSet;

use comity::base::StateId;
use comity::engine::Plan;
use comity::law::{Memberships, Standing};
use comity::scenario::{self, Options};
use comity::study::act::{self, Act};

/// Six states in the Convention and its protocol, but for what Hesper is said to have done.
fn plan(convention: &str, protocol: &str) -> Plan {
    let text = format!(
        "
title: Acts
question: What is open to Hesper?
teaching: {{ time: 1 minute, goals: [one], ask: [one] }}
from: 2012-01-01
to: 2013-12-31
seed: 1
treaties: [ets185, internet-trafficking-protocol/conduct]
states:
  alba: {{ law: full, infrastructure: 1, market: 1 }}
  brava: {{ law: full, infrastructure: 1, market: 1 }}
  corvo: {{ law: full, infrastructure: 1, market: 1 }}
  dunmar: {{ law: full, infrastructure: 1, market: 1 }}
  elona: {{ law: full, infrastructure: 1, market: 1 }}
  hesper: {{ law: full, infrastructure: 1, market: 1 }}
membership:
  ets185: {{ \"*\": 2005-03-10, hesper: {convention} }}
  internet-trafficking-protocol/conduct: {{ \"*\": 2010-01-01, hesper: {protocol} }}
networks: {{ count: 1, lines: {{ intrude: {{ weight: 1, facts: [intrude, without-right, computer, intent] }} }} }}
"
    );
    let read = scenario::read_text("acts", &text, &Options::default());
    read.unwrap_or_else(|(problems, _)| panic!("{problems:?}")).plan
}

fn hesper(plan: &Plan) -> StateId {
    plan.library.state_coded("hesper").expect("it is there")
}

/// What Hesper could do towards treaties, and of which treaties it is a Party on the last day when it has.
fn acts(plan: &Plan) -> Vec<(String, Vec<String>)> {
    let hesper = hesper(plan);
    let (acts, _) = act::candidates(plan, hesper, &BTreeSet::new());
    let own = acts.iter().filter(|act| act.actor() == hesper && matches!(act, Act::Ratifies(..) | Act::Stays(..)));
    let after = |act: &Act| {
        let after = act::with(plan, &[act]);
        let memberships = Memberships::of(&after.library, &after.instruments);
        let is_party = |treaty: &_| matches!(memberships.standing(*treaty, hesper, after.last_day), Standing::Party(_));
        let parties = after.library.treaty_ids().filter(is_party);
        parties.map(|treaty| after.library.treaty(treaty).name.clone()).collect()
    };
    own.map(|act| (act.says(plan), after(act))).collect()
}

const CONVENTION: &str = "the Convention on Cybercrime";
const PROTOCOL: &str = "the Model optional protocol on trafficking by computer system, wording on conduct";

#[track_caller]
fn check(plan: &Plan, expected: &[(&str, &[&str])]) {
    let expected: Vec<(String, Vec<String>)> = expected
        .iter()
        .map(|(says, names)| ((*says).to_owned(), names.iter().map(|name| (*name).to_owned()).collect()))
        .collect();
    assert_eq!(acts(plan), expected);
}

/// A protocol is open to Parties to its parent (ETS 189, Art. 9(2)): who is out of both joins both, and may join the first alone.
#[test]
fn who_is_out_of_the_parent_joins_the_protocol_with_it() {
    let both = format!("Hesper joins {CONVENTION} and {PROTOCOL}");
    let names: &[&str] = &["ets185", "internet-trafficking-protocol/conduct"];
    let alone = format!("Hesper joins {CONVENTION}");
    let expected: &[(&str, &[&str])] = &[(&alone, &names[..1]), (&both, names)];
    check(&plan("never", "never"), expected);
    // Who has left is out, however long it was in.
    check(&plan("{ consented: 2005-03-10, denounced: 2010-01-10 }", "never"), expected);
}

/// The consent to the parent is enough: the protocol waits for that to bind.
#[test]
fn who_has_consented_to_the_parent_joins_the_protocol_alone() {
    let joins = format!("Hesper joins {PROTOCOL}");
    check(&plan("2011-11-15", "never"), &[(&joins, &["ets185", "internet-trafficking-protocol/conduct"])]);
    check(&plan("2012-11-15", "never"), &[(&joins, &["ets185", "internet-trafficking-protocol/conduct"])]);
}

#[test]
fn who_comes_in_by_itself_is_not_tried() {
    check(&plan("2005-03-10", "2012-06-01"), &[]);
    check(&plan("2005-03-10", "2011-12-01"), &[]);
    check(&plan("2005-03-10", "2012-01-01"), &[]);
}

/// A notice may be taken back until it takes effect (VCLT 68), before the run begins or in it.
#[test]
fn who_is_leaving_may_stay() {
    let stays = format!("Hesper takes back its denunciation of {PROTOCOL}");
    let names: &[&str] = &["ets185", "internet-trafficking-protocol/conduct"];
    check(&plan("2005-03-10", "{ consented: 2010-01-01, denounced: 2011-11-10 }"), &[(&stays, names)]);
    check(&plan("2005-03-10", "{ consented: 2010-01-01, denounced: 2012-11-10 }"), &[(&stays, names)]);
    // What is back by itself needs nothing.
    let back = plan("2005-03-10", "{ consented: 2010-01-01 }");
    check(&back, &[]);
}

/// A state that joins is still free to make by example the law that a treaty asks for, as it is when it does not join.
#[test]
fn who_joins_may_still_follow_the_example_of_its_neighbours() {
    let path = std::path::Path::new("scenarios/gradual-adoption.yaml");
    let read = scenario::read(path, &Options::default());
    let plan = read.unwrap_or_else(|(problems, _)| panic!("{problems:?}")).plan;
    let treaty = plan.library.treaty_named("internet-trafficking-protocol/conduct").expect("a treaty");
    let free = |plan: &Plan, state| !plan.adoption.joined[&treaty].settled.contains(&state);
    let states: Vec<StateId> = plan.library.state_ids().filter(|state| free(&plan, *state)).collect();
    assert!(states.len() > 5, "{states:?}");
    for state in states {
        let after = act::with(&plan, &[&Act::Ratifies(state, vec![treaty])]);
        assert!(after.instruments.len() > plan.instruments.len() && free(&after, state), "{state:?}");
    }
}
