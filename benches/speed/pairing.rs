//! By what factor pairing on the same seeds shrinks the variance of a difference, against seeds of their own.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use comity::base::interval::variance;
use comity::study::compare::{Length, Variant};
use comity::study::{Measured, Outcome, Pool, compare};

use crate::flagship::read;
use crate::measure::{figure, heading, line};
use crate::settings::Settings;

/// The flagship as it is, against it with one thing changed: all of it, then less and less.
const COMPARED: [[&str; 2]; 2] = [["holds-out", "joins"], ["holds-out", "all-out"]];

/// Outcomes that are compared by people.
const OUTCOMES: [&str; 6] =
    ["impunity", "incidents", "state_networks", "state_haven_days", "cases_concluded", "base_concentration"];

/// See the module.
pub fn bench(settings: &Settings) {
    heading("pairing: variance of the flagship's differences with seeds of their own, of that with the same seeds");
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let pool = Pool { threads, interrupt: &AtomicBool::new(false) };
    let runs = usize::try_from(settings.seeds).expect("some hundred");
    for names in COMPARED {
        let variants = names.map(|name| {
            let plan = Arc::new(read(name).plan);
            Variant { name: name.to_owned(), state: plan.library.state_coded("hesper"), plan }
        });
        let watched = Outcome::named(OUTCOMES[0]).expect("an outcome");
        let found = compare(&variants, 1, Length::Runs(runs), &pool, watched, &mut |_| {});
        let found = found.unwrap_or_else(|stopped| panic!("{stopped}"));
        for key in OUTCOMES {
            let outcome = Outcome::named(key).expect("an outcome");
            let label = format!("{} less {}, {key}", names[1], names[0]);
            match factor(&found.runs[0], &found.runs[1], outcome) {
                Some(factor) => line(&label, format_args!("{}   goal 10", figure(factor))),
                None => line(&label, "no variance"),
            }
        }
    }
}

/// Variance of a difference of independent runs (the sum of both variances) over that of the paired differences.
fn factor(one: &[Measured], other: &[Measured], outcome: &Outcome) -> Option<f64> {
    let (one, other) = (values(one, outcome)?, values(other, outcome)?);
    let paired: Vec<f64> = one.iter().zip(&other).map(|(one, other)| other - one).collect();
    let paired = variance(&paired).filter(|variance| *variance > 0.0)?;
    Some((variance(&one)? + variance(&other)?) / paired)
}

fn values(runs: &[Measured], outcome: &Outcome) -> Option<Vec<f64>> {
    runs.iter().map(|run| run.value(outcome)).collect()
}
