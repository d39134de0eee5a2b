//! T5: covering one haven moves the stock fast, and not home.

use std::collections::BTreeSet;
use std::ops::Range;

use super::id;
use crate::base::{Day, NetworkId};
use crate::engine::Plan;
use crate::validation::observed::{Observed, Place, observe};
use crate::validation::protocol::{BURN_IN, Band, Sign, Statistic, Target};
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
        Statistic {
            name: "T5 leavers of covered origins who gave up",
            unit: "share",
            band: Some(Band::Meets(0.0, 0.25)),
            sign: None,
        },
        Statistic { name: "T5 leavers found in another place", unit: "share", band: None, sign: None },
        Statistic { name: "T5 leavers found there under another identity", unit: "share", band: None, sign: None },
        Statistic {
            name: "T5 who gave up, of the leavers that other origins have not",
            unit: "share",
            band: None,
            sign: None,
        },
        BURN_IN,
    ],
    not_measured: &[],
    remarks: "Networks stand for deposits, bases for accounts, markets for the states where their owners are. Leavers are those \
              whose origin is covered, each by what it did first in the two quarters from the start; as many leave anyway as \
              among the same number of other origins, and the last share is of those beyond these.",
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

/// The quarter, from the start, of the month that a record tells of: it is taken on the first day of the next, or on the
/// last of the run.
fn quarter(taken: Day) -> i32 {
    let months = |day: Day| {
        let (year, month, _) = day.calendar();
        year * 12 + i32::try_from(month).expect("1 to 12")
    };
    (months(taken - 1) - months(start())).div_euclid(3)
}

/// Mean log of the stock that some havens hold of some origins, over the month ends of a span of quarters around the
/// start.
fn log_stock(observed: &Observed, havens: &[usize], origins: &[usize], quarters: (i32, i32)) -> f64 {
    let logs: Vec<f64> = observed
        .months
        .iter()
        .filter(|month| (quarters.0..=quarters.1).contains(&quarter(month.day)))
        .map(|month| {
            let pairs = havens.iter().flat_map(|haven| origins.iter().map(move |origin| (id(*haven), id(*origin))));
            libm::log(pairs.filter_map(|pair| month.stock.get(&pair)).sum::<f64>().max(0.5))
        })
        .collect();
    logs.iter().sum::<f64>() / float(logs.len())
}

/// Origins that are covered, and as many that are not.
const COVERED_ORIGINS: Range<usize> = HAVENS..HAVENS + COVERED;
const OTHER_ORIGINS: Range<usize> = HAVENS + COVERED..HAVENS + ORIGINS;

/// The difference in differences of covered against other origins.
fn difference(observed: &Observed, havens: &[usize]) -> f64 {
    let change = |origins: Range<usize>| {
        let origins: Vec<usize> = origins.collect();
        log_stock(observed, havens, &origins, (1, 2)) - log_stock(observed, havens, &origins, (-4, -2))
    };
    change(COVERED_ORIGINS) - change(OTHER_ORIGINS)
}

/// How many networks of some origins left the first haven in the two quarters from the start, by what they did first:
/// went to another place, took another identity, gave up.
fn leavers(observed: &Observed, origins: &Range<usize>) -> [i32; 3] {
    let until = start().plus_months(6);
    let counts = |day: Day, place: &Place| {
        day >= start() && day < until && place.base == id(0) && origins.contains(&place.market.index())
    };
    let moved = observed.moved.iter().filter(|moved| counts(moved.day, &moved.place)).filter_map(|moved| {
        let kind = match moved.aspect {
            Aspect::Base => 0,
            Aspect::Principal => 1,
            Aspect::Host | Aspect::Market | Aspect::Line => return None,
        };
        Some((moved.day, moved.network, kind))
    });
    let gave_up = observed.gave_up.iter().filter(|gone| counts(gone.day, &gone.place));
    let mut steps: Vec<(Day, NetworkId, usize)> =
        moved.chain(gave_up.map(|gone| (gone.day, gone.network, 2))).collect();
    steps.sort_by_key(|(day, ..)| *day);
    let mut seen: BTreeSet<NetworkId> = BTreeSet::new();
    let mut first = [0; 3];
    for (_, network, kind) in steps {
        first[kind] += i32::from(seen.insert(network));
    }
    first
}

/// Numbers as shares of their sum; none where that is nobody.
fn parts(numbers: [i32; 3]) -> Option<[f64; 3]> {
    let all: i32 = numbers.iter().sum();
    (all > 0).then(|| numbers.map(|number| f64::from(number) / f64::from(all)))
}

fn measure(plans: &[Plan], seed: u64) -> Vec<Option<f64>> {
    let observed = observe(&plans[0], seed);
    let (covered, others) = (leavers(&observed, &COVERED_ORIGINS), leavers(&observed, &OTHER_ORIGINS));
    let shares = parts(covered);
    let beyond = parts(std::array::from_fn(|kind| covered[kind] - others[kind]));
    vec![
        Some(libm::expm1(difference(&observed, &[0]))),
        Some(difference(&observed, &[1, 2, 3])),
        shares.map(|shares| shares[2]),
        shares.map(|shares| shares[0]),
        shares.map(|shares| shares[1]),
        beyond.map(|shares| shares[2]),
        observed.yearly_change(day(2003, 1, 1)),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::validation::observed::{GaveUp, Month, Moved};

    fn at(base: usize, market: usize) -> Place {
        Place { base: id(base), host: id(0), market: id(market), size_thousandths: 1000 }
    }

    #[test]
    fn a_month_counts_in_the_quarter_in_which_it_lies_and_not_in_that_of_its_record() {
        for (taken, expected) in [
            (day(2004, 1, 1), -1),
            (day(2004, 2, 1), 0),
            (day(2004, 4, 1), 0),
            (day(2004, 5, 1), 1),
            (day(2004, 10, 1), 2),
            (day(2003, 1, 1), -5),
            (day(2005, 12, 31), 7),
        ] {
            assert_eq!(quarter(taken), expected, "{taken}");
        }
        // Month ends of April to September hold e networks each, all others one.
        let month = |number: u32| {
            let taken = day(2003, 6, 1).plus_months(number);
            let ended = (taken - 1).calendar();
            let inside = ended.0 == 2004 && (4..=9).contains(&ended.1);
            let stock = BTreeMap::from([((id(0), id(4)), if inside { core::f64::consts::E } else { 1.0 })]);
            Month { day: taken, stock, ..Month::default() }
        };
        let mut observed = Observed::default();
        observed.months = (0..24).map(month).collect();
        assert!((log_stock(&observed, &[0], &[4], (1, 2)) - 1.0).abs() < 1e-12);
        assert!(log_stock(&observed, &[0], &[4], (-1, 0)).abs() < 1e-12);
    }

    #[test]
    fn leavers_are_those_of_the_origins_by_what_they_did_first_and_where_they_were_then() {
        let on = day(2004, 2, 1);
        let moved = |number: u32, aspect, place, day| Moved { day, network: NetworkId(number), aspect, place };
        let gave_up = |number: u32, place, day| GaveUp { day, network: NetworkId(number), place };
        let mut observed = Observed::default();
        observed.moved = vec![
            moved(1, Aspect::Base, at(0, 4), on),
            // It is elsewhere by the end of the run.
            moved(2, Aspect::Principal, at(0, 4), on),
            moved(2, Aspect::Base, at(0, 4), on + 40),
            // Another haven, an origin that is not covered, a site alone, a day too late.
            moved(3, Aspect::Base, at(1, 4), on),
            moved(4, Aspect::Base, at(0, 8), on),
            moved(5, Aspect::Host, at(0, 4), on),
            moved(6, Aspect::Base, at(0, 4), day(2004, 7, 1)),
        ];
        // The second had taken another identity before.
        observed.gave_up = vec![gave_up(7, at(0, 5), on), gave_up(8, at(0, 9), on), gave_up(2, at(0, 4), on + 60)];
        assert_eq!(leavers(&observed, &COVERED_ORIGINS), [1, 1, 1]);
        assert_eq!(leavers(&observed, &OTHER_ORIGINS), [1, 0, 1]);
        assert_eq!(parts([1, 1, 2]), Some([0.25, 0.25, 0.5]));
        assert_eq!(parts([0; 3]), None);
    }
}
