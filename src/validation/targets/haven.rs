//! T5: covering one haven moves the stock fast, and not home.

use std::collections::BTreeSet;

use super::id;
use crate::base::{Day, NetworkId};
use crate::engine::Plan;
use crate::validation::observed::{Observed, observe};
use crate::validation::protocol::{Band, Sign, Statistic, Target};
use crate::validation::statistics::float;
use crate::validation::world::{World, day};
use crate::world::Aspect;

pub(super) static TARGET: Target = Target {
    number: "T5",
    says: "When one haven is covered for half of the origin states, what they keep there falls by a quarter to half within \
           two quarters, other havens gain, and little returns to lawful places.",
    source: "Johannesen 2014, Journal of Public Economics 111",
    fitted_on: &["T5"],
    statistics: &[
        Statistic {
            name: "T5 stock in the covered haven, covered against other origins",
            unit: "change",
            band: Some(Band::Meets(-0.45, -0.25)),
            sign: Some(Sign::Below),
        },
        Statistic {
            name: "T5 stock of covered origins in other havens, against other origins",
            unit: "ln points",
            band: None,
            sign: Some(Sign::Above),
        },
        Statistic { name: "T5 leavers who gave up", unit: "share", band: Some(Band::Meets(0.0, 0.25)), sign: None },
        Statistic { name: "T5 leavers found in another place", unit: "share", band: None, sign: None },
        Statistic { name: "T5 leavers found there under another identity", unit: "share", band: None, sign: None },
    ],
    not_measured: &[],
    remarks: "Networks stand for deposits, bases for accounts, markets for the states where their owners are.",
    worlds,
    measure,
};

/// Havens, which come first in the order of the codes, and origins.
const HAVENS: usize = 4;
const ORIGINS: usize = 8;
/// Origins that the haven's consent covers.
const COVERED: usize = 4;

/// The first day on which the first haven is bound.
fn start() -> Day {
    day(2004, 1, 1)
}

fn worlds(_seed: u64) -> Vec<World> {
    let havens = (1..=HAVENS).map(|number| (format!("h{number}"), "infrastructure: 1, market: 0".to_owned()));
    let origins = (1..=ORIGINS).map(|number| (format!("o{number}"), "infrastructure: 0.05, market: 1".to_owned()));
    let members = (1..=COVERED).map(|number| (format!("o{number}"), "1995-01-15".to_owned()));
    // Consent in the September before: bound from the first of January (see the convention's rule).
    let covered = std::iter::once(("h1".to_owned(), "2003-09-15".to_owned()));
    vec![World {
        title: "T5: one of four havens joins".to_owned(),
        days: (day(2000, 1, 1), day(2005, 12, 31)),
        states: havens.chain(origins).collect(),
        membership: members.chain(covered).collect(),
        treaties: String::new(),
        networks: 3000,
        behaviour: "consider-market: 0".to_owned(),
        authority: "desks: 200".to_owned(),
        more: String::new(),
    }]
}

/// Mean log of the stock that some havens hold of some origins, over the month ends of a span of quarters around the
/// start.
fn log_stock(observed: &Observed, havens: &[usize], origins: &[usize], quarters: (i32, i32)) -> f64 {
    let (year, month, _) = start().calendar();
    let first = year * 12 + i32::try_from(month).expect("1 to 12");
    let logs: Vec<f64> = observed
        .months
        .iter()
        .filter(|taken| {
            let (year, month, _) = taken.day.calendar();
            let quarter = (year * 12 + i32::try_from(month).expect("1 to 12") - first).div_euclid(3);
            (quarters.0..=quarters.1).contains(&quarter)
        })
        .map(|month| {
            let pairs = havens.iter().flat_map(|haven| origins.iter().map(move |origin| (id(*haven), id(*origin))));
            libm::log(pairs.filter_map(|pair| month.stock.get(&pair)).sum::<f64>().max(0.5))
        })
        .collect();
    logs.iter().sum::<f64>() / float(logs.len())
}

/// The difference in differences of covered against other origins.
fn difference(observed: &Observed, havens: &[usize]) -> f64 {
    let covered: Vec<usize> = (HAVENS..HAVENS + COVERED).collect();
    let others: Vec<usize> = (HAVENS + COVERED..HAVENS + ORIGINS).collect();
    let change = |origins: &[usize]| {
        log_stock(observed, havens, origins, (1, 2)) - log_stock(observed, havens, origins, (-4, -2))
    };
    change(&covered) - change(&others)
}

/// Of the moves out of the covered haven in the two quarters from the start: to another place, to another identity,
/// to a lawful life.
fn leavers(observed: &Observed) -> Option<[f64; 3]> {
    let until = start().plus_months(6);
    let at_once = |day: Day| day >= start() && day < until;
    let mut seen: BTreeSet<NetworkId> = BTreeSet::new();
    let mut counts = [0.0; 3];
    for moved in observed.moved.iter().filter(|moved| at_once(moved.day)) {
        let kind = match moved.aspect {
            Aspect::Base if moved.from == 0 => 0,
            Aspect::Principal if observed.places.get(&moved.network).is_some_and(|place| place.base == id(0)) => 1,
            _ => continue,
        };
        if seen.insert(moved.network) {
            counts[kind] += 1.0;
        }
    }
    counts[2] = float(observed.gave_up.iter().filter(|(day, _, base)| at_once(*day) && *base == id(0)).count());
    let all: f64 = counts.iter().sum();
    (all > 0.0).then(|| counts.map(|count| count / all))
}

fn measure(plans: &[Plan], seed: u64) -> Vec<Option<f64>> {
    let observed = observe(&plans[0], seed);
    let leavers = leavers(&observed);
    vec![
        Some(libm::expm1(difference(&observed, &[0]))),
        Some(difference(&observed, &[1, 2, 3])),
        leavers.map(|shares| shares[2]),
        leavers.map(|shares| shares[0]),
        leavers.map(|shares| shares[1]),
    ]
}
