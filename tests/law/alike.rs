//! States that a request cannot tell apart are asked once: what comes of it is what asking every pair gives.

use std::collections::BTreeMap;
use std::path::Path;

use comity::base::Day;
use comity::law::pairs::{asked, over_all_pairs};
use comity::law::{self, Decision, FactSet, Library, Measure, Memberships};
use comity::scenario::{self, Corpus};

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
