//! What was done by choice, held against a count of the records made here.

use std::path::Path;

use comity::authority::{AuthorityRecord, Ruling};
use comity::base::Day;
use comity::engine::{Observer, Record};
use comity::scenario::{self, Options};

use crate::panel::run;

/// Decisions by choice: granted, refused, and granted where the data were gone.
#[derive(Default)]
struct ByChoice([u64; 3]);

impl Observer for ByChoice {
    fn record(&mut self, _: Day, record: Record<'_>) {
        if let Record::Authority(_, AuthorityRecord::Decided { ruling, discretionary: true, .. }) = record {
            self.0[match ruling {
                Ruling::Granted => 0,
                Ruling::Refused(_) => 1,
                Ruling::DataGone => 2,
            }] += 1;
        }
    }
}

/// What could not be supplied was neither granted nor refused.
#[test]
fn a_choice_whose_data_were_gone_counts_neither_way() {
    let options = Options { settings: vec!["seed=2".to_owned()], ..Options::default() };
    let scenario = scenario::read(Path::new("scenarios/reservations.yaml"), &options)
        .map_err(|(problems, _)| problems)
        .expect("sound");
    let mut counted = ByChoice::default();
    let outcome = run(&scenario, &mut counted);
    let sum = |of: fn(&(u64, u64)) -> u64| outcome.tally.states.iter().map(|state| of(&state.discretion)).sum::<u64>();
    let [granted, refused, gone] = counted.0;
    assert!(granted > 0 && refused > 0 && gone > 0, "{:?}", counted.0);
    assert_eq!((sum(|choice| choice.0), sum(|choice| choice.1)), (granted, refused));
}
