//! The placebos of T1 to T3: the same regressions with the records given to other states.

use super::{Joining, Record, T_AT_10_PERCENT, crossed, exposure};
use crate::base::{Day, Purpose, Streams};
use crate::validation::protocol::{Band, Statistic};
use crate::validation::regression::{Effects, Panel};
use crate::validation::statistics::mean;

/// What has to lie in a band, its whole interval with it.
pub(super) const fn statistic(name: &'static str, unit: &'static str, band: (f64, f64)) -> Statistic {
    Statistic { name, unit, band: Some(Band::Holds(band.0, band.1)), sign: None }
}

/// Shuffles of one seed. One alone moves by chance as much as what is to vanish may; the mean of twenty, a quarter of that.
const SHUFFLES: usize = 20;

/// The same regressions with the records given to other states, in the mean over shuffles that each seed draws anew: b1, b2,
/// the crossed term at the share that enforces in the last month, exposure, and the share in which b1 differs from 0.
pub(super) fn shuffled(
    record: &[Record],
    months: &[Day],
    outcome: &[f64],
    panel: Panel,
    seed: u64,
) -> [Option<f64>; 5] {
    let mut stream = Streams::new(seed).stream(Purpose::Placebo, 0, 0);
    let mut order: Vec<&Record> = record.iter().collect();
    let each: Vec<[Option<f64>; 5]> = (0..SHUFFLES)
        .map(|_| {
            for place in (1..order.len()).rev() {
                let other = stream.weighted(&vec![1.0; place + 1]);
                order.swap(place, other);
            }
            shuffle(Joining::of(&order, months), outcome, panel)
        })
        .collect();
    [0, 1, 2, 3, 4].map(|place| mean(&each.iter().filter_map(|found| found[place]).collect::<Vec<_>>()))
}

fn shuffle(joining: Joining, outcome: &[f64], panel: Panel) -> [Option<f64>; 5] {
    let regress = |regressors: &[Vec<f64>]| panel.fixed_effects(outcome, regressors, Effects::UnitsAndPeriods);
    let (crossed, exposure) = (crossed(&joining), exposure(&joining, outcome));
    let last_share = joining.enforcing.last().copied().unwrap_or_default();
    let by_kind = [joining.full, joining.reserved];
    let main = regress(&by_kind);
    let [full, reserved] = by_kind;
    let network = regress(&[full, reserved, crossed]);
    let of_main = |place: usize| main.as_ref().map(|fit| fit.coefficients[place]);
    let differs = main.as_ref().map(|fit| f64::from(u8::from(fit.t(0).abs() >= T_AT_10_PERCENT)));
    [of_main(0), of_main(1), network.map(|fit| fit.coefficients[2] * last_share), exposure, differs]
}
