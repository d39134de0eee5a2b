//! Delays of preservation: of the cases whose data were gone when somebody got to the request to keep them, how many had
//! them there on the day on which it came.

use std::sync::atomic::AtomicBool;

use comity::authority::{AuthorityRecord, LossCause, LossKind, Outcome as CaseOutcome};
use comity::base::{Day, StateId};
use comity::engine::{self, attribution::Saving};
use comity::engine::{Attribution, Lost, Observer, Outcome, Record, attribute};
use comity::law::Measure;
use comity::scenario::Scenario;
use comity::transport::Direct;

use crate::attribution::read_of;

const SCENARIO: &str = "scenarios/moving-operators.yaml";

/// Cases whose data were gone, all those that states opened and those of them whose data another state, this one, had.
struct Lapsed {
    at: StateId,
    cases: u32,
    asked_of_it: u32,
}

impl Observer for Lapsed {
    fn record(&mut self, _: Day, record: Record<'_>) {
        if let Record::Authority(investigating, AuthorityRecord::CaseClosed { host, outcome, .. }) = record
            && *outcome == CaseOutcome::Lost(LossCause::EvidenceLapsed)
        {
            self.cases += 1;
            self.asked_of_it += u32::from(*host == self.at && investigating != self.at);
        }
    }
}

fn run(scenario: &Scenario) -> (Outcome, Attribution, Lapsed) {
    let plan = &scenario.plan;
    let elona = plan.library.state_coded("elona").expect("a state");
    let mut lapsed = Lapsed { at: elona, cases: 0, asked_of_it: 0 };
    let outcome = engine::run(plan, &mut Direct::of(plan), &mut lapsed, &AtomicBool::new(false)).expect("it runs");
    let found = attribute(plan, &outcome.tally);
    (outcome, found, lapsed)
}

/// The one saving of a state that secures data at once.
fn secured(found: &Attribution, state: StateId) -> &Saving {
    let of = |saving: &&Saving| saving.state == state && saving.kind == "secured-at-once";
    let mut savings = found.savings.iter().filter(of);
    let saving = savings.next().expect("data were gone at Elona while a request to keep them lay there");
    assert_eq!(savings.next(), None, "one change, one sum");
    assert_eq!(saving.says, "Elona secures data on the day on which it is asked for them");
    saving
}

/// A letter that takes one half-life, and a desk that takes another: of four cases one has its data still when they are
/// looked for, and of the three others one had them when the letter came.
#[test]
fn of_three_cases_one_had_its_data_when_the_letter_came() {
    let takes = [
        "authority.retention-half-life-days=5",
        "authority.urgent-travel-days=5",
        "authority.urgent-desk-days=5",
        "authority.urgent-desk-log-sd=0",
        "authority.desks=2000",
        "networks.count=150",
        "to=2012-12-31",
    ];
    let scenario = read_of(SCENARIO, "one-office-hours", &takes);
    let (outcome, found, lapsed) = run(&scenario);
    assert!(lapsed.asked_of_it > 30, "only {} cases would show it", lapsed.asked_of_it);
    let saving = secured(&found, lapsed.at);
    assert_eq!(saving.cases, u64::from(lapsed.asked_of_it), "each case once");
    assert_eq!(saving.surely, 0, "whose data were there still nobody knows");
    let by_hand = f64::from(lapsed.asked_of_it) / 3.0;
    assert!((saving.expected - by_hand).abs() < 1e-6, "{saving:?}, by hand {by_hand}");
    // Where a contact point answers, the day on which it is asked is the day on which it looks.
    let others = found.savings.iter().filter(|saving| saving.kind == "secured-at-once" && saving.state != lapsed.at);
    assert_eq!(others.count(), 0, "{:?}", found.savings);
    assert_eq!((found.lost, found.decided_again), (outcome.tally.losses.cases(), found.lost));
}

/// The act made by other means: the variant in which Elona's contact point answers at any hour, and nothing else differs.
/// The worlds differ then in more than the day of each answer, for sites go where cases fail: hence a tolerance, a tenth.
#[test]
fn what_is_put_down_to_elonas_delay_is_what_its_contact_point_saves() {
    const TOLERANCE: f64 = 0.1;
    for seed in ["seed=3", "seed=4", "seed=5"] {
        let settings = [seed, "to=2014-12-31"];
        let (outcome, found, lapsed) = run(&read_of(SCENARIO, "one-office-hours", &settings));
        let (_, _, on_call) = run(&read_of(SCENARIO, "all-on-call", &settings));
        let saving = secured(&found, lapsed.at);
        let fewer = f64::from(lapsed.cases) - f64::from(on_call.cases);
        assert!(fewer > 100.0, "{seed}: {} and {} would show nothing", lapsed.cases, on_call.cases);
        let apart = (saving.expected / fewer - 1.0).abs();
        assert!(apart <= TOLERANCE, "{seed}: {saving:?}, and on call there are {fewer} fewer");
        assert_eq!(found.savings.first(), Some(saving), "{seed}: nothing else saves as many");
        let row =
            found.lost_by.iter().find(|row| row.state == lapsed.at && row.cause == Some(LossKind::EvidenceLapsed));
        assert!(row.is_some_and(|row| row.cases >= saving.cases), "{seed}: {row:?} of {saving:?}");
        // One law, one line and five states: a question for each who asks and whom, however many cases there are.
        let asked =
            |lost: &&Lost| matches!(lost, Lost::Gone { question, .. } if question.measure == Measure::Preservation);
        let questions = outcome.tally.losses.lost.keys().filter(asked).count();
        assert!(questions <= 5 * 4, "{seed}: {questions} entries for {} cases", lapsed.cases);
    }
}
