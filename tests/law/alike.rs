//! States that a request cannot tell apart are asked once: what comes of it is what asking every pair gives.

use std::collections::BTreeMap;
use std::path::Path;

use comity::base::Day;
use comity::law::pairs::{asked, over_all_pairs};
use comity::law::{self, Decision, FactSet, Library, Measure, Memberships};
use comity::scenario::{self, Corpus};

use crate::WITH_A_PACT;

/// Asks every pair; how many decisions they meet.
#[track_caller]
fn check(library: &Library, memberships: &Memberships, (measure, facts, day): (Measure, FactSet, Day)) -> usize {
    let mut one_by_one: BTreeMap<Decision, u64> = BTreeMap::new();
    for requesting in library.state_ids() {
        for requested in library.state_ids().filter(|requested| *requested != requesting) {
            let question = asked(requesting, requested, measure, facts, day);
            *one_by_one.entry(law::decide(library, memberships, &question).decision).or_default() += 1;
        }
    }
    assert_eq!(over_all_pairs(library, memberships, measure, facts, day), one_by_one, "{measure:?} on {day}");
    one_by_one.len()
}

/// The scenarios whose states differ most, in their own law, reservations, days and treaties between two.
#[test]
fn states_that_are_alike_meet_the_same_decisions_as_each_of_them() {
    let mut decisions = 0;
    for name in ["one-state-stays-out", "reservations", "worm-2000", "three-routes", "hate-speech-haven", "world-today"]
    {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{name}.yaml"));
        let read = scenario::read(&path, &scenario::Options::default());
        let plan = read.unwrap_or_else(|(problems, _)| panic!("{name}: {problems:?}")).plan;
        let memberships = Memberships::of(&plan.library, &plan.instruments);
        for measure in [Measure::Preservation, Measure::StoredData, Measure::Extradition] {
            for line in plan.world.lines.iter().take(1) {
                decisions += check(&plan.library, &memberships, (measure, line.facts, plan.first_day + 200));
            }
        }
    }
    assert!(decisions > 30, "hardly anything differs: {decisions}");
}

/// Over the whole record, where some treaties are between two states, and most states have a law and memberships of their own.
#[test]
fn states_on_record_meet_the_same_decisions_as_each_of_them() {
    let corpus = Corpus::read(None).expect("the law reads");
    let (library, memberships) = (&corpus.library, &corpus.memberships);
    assert!(
        library.treaties().iter().any(|treaty| treaty.between != law::Between::Any),
        "no treaty between two states"
    );
    let facts: FactSet = ["intrude", "computer", "without-right", "intent"]
        .into_iter()
        .map(|name| library.facts.named(name).expect("a fact"))
        .collect();
    for measure in [Measure::SearchAndSeizure, Measure::Extradition] {
        assert!(check(library, memberships, (measure, facts, corpus.as_of)) > 1, "nothing differs");
    }
}

/// Brava and Corvo stand alike towards both treaties, but for which came first: and by that one takes the other's place.
#[test]
fn states_for_which_another_treaty_is_the_earlier_are_not_alike() {
    let rest = "
    displaces-bilateral: true
    displaces-by: '9'
    articles:
      '1': { says: Data are given., for: [stored-data], carries: must }
      '2': { says: Dual criminality., for: [stored-data], when: { none: [punishable-here] }, refuse: { ground: G.DUAL, force: must } }
      '9': { says: Earlier treaties give way., for: [stored-data], not-expressed: It is said beside. }
  - treaty: agreement
    cites-as: AGR
    title: Agreement
    source: Invented.
    coverage: All.
    read: designed
    bilateral: true
    on-assistance: true
    joins: { days-after-deposit: 0 }
    first-in-force: { consents: 2 }
    articles:
      '1': { says: Data are given., for: [stored-data], carries: must }
states:
  alba: { law: { offences: { intrusion: { cite: Act 1, all: [intrude], maximum-months: 36 } } }, infrastructure: 1, market: 1 }
  brava: { law: {}, infrastructure: 1, market: 1 }
  corvo: { law: {}, infrastructure: 1, market: 1 }
membership:
  pact: { alba: 2000-01-01, brava: 2005-01-01, corvo: 2000-01-01 }
  agreement: { alba: 2000-01-01, brava: 2001-01-01, corvo: 2002-01-01 }
networks: { count: 1, lines: { intrude: { weight: 1, facts: [intrude] } } }
";
    let read = scenario::read_text("earlier", &[WITH_A_PACT, rest].concat(), &scenario::Options::default());
    let plan = read.unwrap_or_else(|(problems, _)| panic!("{problems:?}")).plan;
    let memberships = Memberships::of(&plan.library, &plan.instruments);
    let asked = (Measure::StoredData, plan.world.lines[0].facts, plan.first_day);
    assert_eq!(check(&plan.library, &memberships, asked), 2, "granted by the agreement, refused by the pact");
}
