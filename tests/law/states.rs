//! The law of the deep states against a comparison of what each punishes: one row an act by computer, one column a
//! state. A cell that the comparison marks as doubtful is listed as left out, with its reason.

use comity::base::{Day, Spanned};
use comity::law::{FactKind, Library, StateSource, punishable};
use comity::reading;
use comity::scenario::Shelf;

/// What a cell says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Cell {
    /// An offence.
    Yes,
    /// None.
    No,
    /// An offence if these facts are added, none without them.
    If(&'static [&'static str]),
    /// Doubtful in the comparison itself: not judged here, for this reason.
    LeftOut(&'static str),
}
use Cell::{If, LeftOut, No, Yes};

const STATES: [&str; 5] = ["USA", "AUS", "CAN", "DEU", "PHL"];

/// Facts common to every row: done by computer, with intent and full knowledge.
const COMMON: [&str; 4] = ["computer", "intent", "knew", "without-right"];
const DECEIVED: &[&str] = &["deception"];
const PREDICAMENT: &[&str] = &["abuse-of-vulnerability"];
const EXPLOITED: &[&str] = &["exploitation-intended"];

/// An act with its facts, and what each state of [`STATES`] says to it in 2026.
type Row = (&'static str, &'static [&'static str], [Cell; 5]);

const ROWS: [Row; 11] = [
    (
        "recruit an adult, no means",
        &["recruit", "commercial"],
        [No, If(DECEIVED), Yes, If(PREDICAMENT), LeftOut("recalled that means are needed")],
    ),
    (
        "recruit an adult, by deception",
        &["recruit", "commercial", "deception", "exploitation-intended"],
        [Yes, Yes, Yes, Yes, LeftOut("recalled")],
    ),
    ("recruit a minor", &["recruit", "commercial", "minor", "exploitation-intended"], [Yes, Yes, Yes, Yes, Yes]),
    (
        "advertise an adult, no means",
        &["advertise", "commercial"],
        [No, No, Yes, No, LeftOut("unclear in the comparison")],
    ),
    (
        "advertise a minor",
        &["advertise", "commercial", "minor"],
        [Yes, LeftOut("facilitation: a judgement"), Yes, Yes, Yes],
    ),
    ("sell or arrange a minor", &["sell", "arrange", "commercial", "minor"], [Yes, Yes, Yes, Yes, Yes]),
    ("purchase from an adult, no means", &["purchase", "commercial"], [No, No, Yes, No, No]),
    (
        "purchase from an adult, knowing of means",
        &["purchase", "commercial", "deception"],
        [Yes, LeftOut("slavery or servitude doubtful"), Yes, Yes, LeftOut("recalled")],
    ),
    (
        "purchase from a minor",
        &["purchase", "commercial", "minor"],
        [Yes, LeftOut("offences against children: a judgement"), Yes, Yes, LeftOut("recalled")],
    ),
    ("share experiences", &["share-experiences", "content-only", "make-public"], [No, No, If(&["obscene"]), No, No]),
    (
        "hate speech",
        &["publish-opinion", "content-only", "make-public", "racist-or-xenophobic", "incites-hatred"],
        [No, LeftOut("recalled; law of the constituent States"), Yes, Yes, No],
    ),
];

fn library() -> Library {
    let mut shelf = Shelf::new(None);
    let built = shelf.facts().and_then(|facts| {
        let mut states = Vec::new();
        for code in Shelf::names("states") {
            let state = shelf.state(&Spanned::nowhere(code.to_uppercase()))?;
            states.push(StateSource { code: state.state, name: state.name, law: state.law });
        }
        Library::build(&facts, &[], &states)
    });
    built.unwrap_or_else(|problems| panic!("{}", reading::render(&shelf.sources, &problems, false)))
}

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

/// Whether these facts meet an offence of a state on a day.
fn punishes(library: &Library, code: &str, facts: &[&str], day: Day) -> bool {
    let named = |name: &&str| library.facts.named(name).unwrap_or_else(|| panic!("no fact {name}"));
    let conduct = library.facts.derive(facts.iter().chain(&COMMON).map(named).collect());
    let state = library.state_coded(code).unwrap_or_else(|| panic!("no state {code}"));
    punishable(library, state, conduct, day).is_some()
}

#[test]
fn each_act_is_punished_where_the_comparison_says_so() {
    let library = library();
    let today = day("2026-03-01");
    let mut differences = Vec::new();
    let mut left_out = 0;
    for (act, facts, cells) in ROWS {
        for (code, cell) in STATES.into_iter().zip(cells) {
            let plain = punishes(&library, code, facts, today);
            let agrees = match cell {
                Yes => plain,
                No => !plain,
                If(more) => !plain && punishes(&library, code, &[facts, more].concat(), today),
                LeftOut(reason) => {
                    println!("left out: {act}, {code}: {reason}");
                    left_out += 1;
                    true
                }
            };
            if !agrees {
                differences.push(format!("{act}, {code}: {cell:?}, but alone it is punished: {plain}"));
            }
        }
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
    assert_eq!(left_out, 9, "cells left out are counted, so that none is lost unseen");
}

#[track_caller]
fn changes(code: &str, facts: &[&str], from: &str) {
    let library = library();
    let from = day(from);
    assert!(!punishes(&library, code, facts, from - 1), "{code}: {facts:?} the day before {from}");
    assert!(punishes(&library, code, facts, from), "{code}: {facts:?} on {from}");
}

#[test]
fn canada_punishes_advertising_and_purchase_since_december_2014() {
    changes("CAN", &["advertise", "commercial"], "2014-12-06");
    changes("CAN", &["purchase", "commercial"], "2014-12-06");
}

#[test]
fn canada_punished_procuring_before_and_since() {
    let library = library();
    for day in ["2014-12-05", "2014-12-06"].map(day) {
        assert!(punishes(&library, "CAN", &["recruit", "commercial"], day));
    }
}

#[test]
fn the_united_states_added_verbs_in_2015_and_operators_in_2018() {
    changes("USA", &["advertise", "commercial", "minor"], "2015-05-29");
    changes("USA", &["purchase", "commercial", "deception"], "2015-05-29");
    changes("USA", &["operate-service", "facilitation-intended", "commercial"], "2018-04-11");
}

#[test]
fn the_philippines_had_no_statute_on_malicious_code_before_june_2000() {
    changes("PHL", &["damage-data"], "2000-06-19");
}

#[test]
fn a_canadian_trafficker_needs_the_purpose_or_a_means() {
    let library = library();
    let transport = ["transport", "commercial"];
    let on = day("2012-01-01");
    assert!(!punishes(&library, "CAN", &transport, on));
    assert!(punishes(&library, "CAN", &[&transport, EXPLOITED].concat(), on));
    assert!(punishes(&library, "CAN", &[&transport, DECEIVED].concat(), on));
}

/// Facts of conduct that say how an act was done, by whom or on which side of it: no penal law has to name them.
const MANNER: [&str; 13] = [
    "adult-offender",
    "aid-or-abet",
    "attempt",
    "content-only",
    "data-wanted",
    "discrimination-only",
    "distribution-intended",
    "exposes-to-contempt",
    "host",
    "incitement-intended",
    "notice",
    "organise-or-direct",
    "provider",
];

#[test]
fn every_act_is_in_the_offences_of_some_state_or_among_what_it_leaves_out() {
    let mut shelf = Shelf::new(None);
    let facts = shelf.facts().expect("sound").facts;
    let mut named: Vec<String> = Vec::new();
    for code in Shelf::names("states") {
        let law = shelf.state(&Spanned::nowhere(code.to_uppercase())).expect("sound").law;
        let offences = law.offences.values().flat_map(|offence| [&offence.all, &offence.any, &offence.none]);
        let left_out = law.penal_law_leaves_out.iter();
        named.extend(offences.chain(left_out).flatten().map(|fact| fact.value.clone()));
    }
    named.sort();
    named.dedup();
    let mut looked_at = 0;
    while let Some(name) = named.get(looked_at).cloned() {
        looked_at += 1;
        let when = facts.iter().find(|(fact, _)| fact.value == name).and_then(|(_, fact)| fact.when.as_ref());
        let asked =
            when.into_iter().flat_map(|when| when.value.all.iter().chain(&when.value.any).chain(&when.value.none));
        let more: Vec<String> = asked.map(|fact| fact.value.clone()).filter(|fact| !named.contains(fact)).collect();
        named.extend(more);
    }
    let conduct = facts.iter().filter(|(_, fact)| fact.kind == FactKind::Conduct).map(|(name, _)| name.as_str());
    let mut unnamed: Vec<&str> = conduct.filter(|name| !named.iter().any(|known| known == name)).collect();
    unnamed.sort_unstable();
    assert_eq!(unnamed, MANNER, "an act that nobody entered or left out would be told to be no offence anywhere");
}
