//! T10: a few places hold most of it.

use crate::engine::Plan;
use crate::engine::spread::concentration;
use crate::validation::observed::observe;
use crate::validation::protocol::{BURN_IN, Band, Statistic, Target};
use crate::validation::regression::line;
use crate::validation::statistics::{float, shares};
use crate::validation::world::{World, codes, day};

pub(super) static TARGET: Target = Target {
    number: "T10",
    says: "A few places hold most of it: hub scores fall with rank by a power near -1.1, and the five largest hosts hold most.",
    source: "Bruce et al. 2024, PLOS ONE (slope -1.13); IWF annual reports 2016-2024 (top five, Herfindahl)",
    fitted_on: &[],
    statistics: &[
        Statistic {
            name: "T10 slope of log offenders on log rank, ranks 1 to 20",
            unit: "power",
            band: Some(Band::Meets(-1.4, -0.9)),
            sign: None,
        },
        Statistic {
            name: "T10 share of the five largest hosts",
            unit: "share",
            band: Some(Band::Meets(0.60, 0.95)),
            sign: None,
        },
        Statistic {
            name: "T10 Herfindahl index of hosts",
            unit: "index",
            band: Some(Band::Meets(0.10, 0.60)),
            sign: None,
        },
        BURN_IN,
    ],
    not_measured: &[],
    remarks: "Attraction is Pareto with exponent 0.9 over 60 states: what is tested is that choice, learning and \
              enforcement keep it heavy-tailed.",
    worlds,
    measure,
};

const STATES: usize = 60;
/// Exponent of the attraction's Pareto tail (Bruce et al. 2024).
const PARETO: f64 = 0.9;
/// Ranks over which the slope is taken.
const RANKS: usize = 20;
/// Months of the settled year.
const LAST_MONTHS: usize = 12;

/// The quantile of rank `rank` (from 0) of so many states, Pareto with minimum 1.
pub(super) fn pareto(rank: usize, states: usize) -> f64 {
    libm::pow((float(rank) + 0.5) / float(states), -1.0 / PARETO)
}

fn worlds(_seed: u64) -> Vec<World> {
    let codes = codes(STATES);
    let states = codes.iter().enumerate().map(|(rank, code)| {
        let weight = pareto(rank, STATES);
        (code.clone(), format!("infrastructure: {weight:.3}, market: {weight:.3}"))
    });
    // Every third state is in, from the largest down.
    let membership = codes.iter().step_by(3).map(|code| (code.clone(), "2005-01-15".to_owned()));
    vec![World {
        title: "T10: concentration".to_owned(),
        days: (day(2006, 1, 1), day(2012, 12, 31)),
        states: states.collect(),
        membership: membership.collect(),
        treaties: String::new(),
        networks: 2000,
        behaviour: String::new(),
        authority: "desks: 60".to_owned(),
        more: String::new(),
    }]
}

fn measure(plans: &[Plan], seed: u64) -> Vec<Option<f64>> {
    let observed = observe(&plans[0], seed);
    let from = observed.months[observed.months.len() - 1 - LAST_MONTHS].day;
    let mut by_base = vec![0.0_f64; STATES];
    let mut by_host = vec![0.0_f64; STATES];
    for recorded in observed.recorded.iter().filter(|recorded| recorded.day >= from) {
        by_base[recorded.place.base.index()] += 1.0;
        by_host[recorded.place.host.index()] += 1.0;
    }
    by_base.sort_by(|one, other| other.total_cmp(one));
    by_host.sort_by(|one, other| other.total_cmp(one));
    let logs = |values: &mut dyn Iterator<Item = f64>| values.map(libm::log).collect::<Vec<f64>>();
    let ranks = logs(&mut (1..=RANKS).map(float));
    let scores = logs(&mut by_base[..RANKS].iter().copied());
    let hosts = shares(&by_host);
    let slope = scores.iter().all(|score| score.is_finite()).then(|| line(&ranks, &scores)).flatten();
    vec![
        slope.map(|fit| fit.coefficients[1]),
        Some(hosts[..5].iter().sum()),
        concentration(&by_host),
        observed.yearly_change(from),
    ]
}
