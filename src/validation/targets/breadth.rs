//! T6: many treaties at once do more than one by one.

use std::fmt::Write as _;

use super::id;
use crate::base::{Day, Purpose, Streams};
use crate::engine::Plan;
use crate::validation::observed::{Month, Observed, observe};
use crate::validation::protocol::{BURN_IN, Band, Sign, Statistic, Target};
use crate::validation::regression::{Effects, Panel};
use crate::validation::world::{World, codes, day};

pub(super) static TARGET: Target = Target {
    number: "T6",
    says: "Treaties of many states on one day lower what pairs hold by about twice what treaties pair by pair do: -22 % against -10 %.",
    source: "O'Reilly, Parra Ramirez and Stemmer 2019, OECD Taxation Working Papers 46",
    fitted_on: &[],
    statistics: &[
        Statistic {
            name: "T6 many at once, pairs with a treaty against pairs without",
            unit: "change",
            band: Some(Band::Meets(-0.22, -0.22)),
            sign: Some(Sign::Below),
        },
        Statistic {
            name: "T6 pair by pair, pairs with a treaty against pairs without",
            unit: "change",
            band: Some(Band::Meets(-0.1, -0.1)),
            sign: Some(Sign::Below),
        },
        Statistic { name: "T6 many at once less pair by pair", unit: "ln points", band: None, sign: Some(Sign::Below) },
        Statistic { name: "T6 ratio of the two", unit: "ratio", band: Some(Band::Meets(1.5, 3.0)), sign: None },
        Statistic { name: "T6 many at once, what these pairs lose themselves", unit: "change", band: None, sign: None },
        Statistic { name: "T6 pair by pair, what these pairs lose themselves", unit: "change", band: None, sign: None },
        BURN_IN,
    ],
    not_measured: &[],
    remarks: "The levels lie far from those of the study, whose deposits mostly stay: here most networks that can move leave a pair \
              that has a treaty. The coefficients are of two-way fixed effects, as the target asks: relative to pairs without \
              a treaty, which gain what the others lose. One by one, a pair that has had its treaty for long is among those that \
              the next is compared with, and since the effect grows for years, that coefficient comes out too small and part of the \
              ratio is the estimator's. What pairs lose themselves is their stock in the last year against that before any \
              treaty.",
    worlds,
    measure,
};

const STATES: usize = 10;
/// Every second pair has a treaty in the end, in both runs.
const PAIRS: usize = STATES * (STATES - 1) / 2;
const FIRST_YEAR: i32 = 2000;
/// The years in which pairs agree one by one, and the day on which they do so together.
const AGREEING: (i32, i32) = (2004, 2013);

fn together() -> Day {
    day(2008, 1, 1)
}

/// The pairs that agree, each with its day when they agree one by one.
fn agreed() -> Vec<(usize, usize, Day)> {
    let mut stream = Streams::new(6).stream(Purpose::Placebo, 6, 0);
    let pairs = (0..STATES).flat_map(|one| (one + 1..STATES).map(move |other| (one, other)));
    let mut agreed: Vec<(usize, usize, Day)> = Vec::with_capacity(PAIRS);
    for (one, other) in pairs {
        let agrees = stream.chance(0.5);
        #[expect(clippy::cast_possible_truncation, reason = "months of ten years")]
        let month = (stream.unit() * f64::from((AGREEING.1 - AGREEING.0 + 1) * 12)) as i32;
        let on = day(AGREEING.0 + month / 12, u32::try_from(month % 12).expect("0 to 11") + 1, 1);
        if agrees {
            agreed.push((one, other, on));
        }
    }
    agreed
}

fn world(title: &str, on: impl Fn(Day) -> Day) -> World {
    let codes = codes(STATES);
    let mut treaties = String::new();
    for (one, other, day) in agreed() {
        let (one, other) = (&codes[one], &codes[other]);
        let _ = write!(
            treaties,
            "  - treaty: {one}-{other}\n    cites-as: {one}-{other}\n    title: Treaty of two target states\n    \
             source: Designed.\n    coverage: As the convention.\n    read: designed\n    model: true\n    \
             between: [{one}, {other}]\n    in-force: {}\n    articles:\n      \
             \"1\": {{ says: Data are preserved., for: [preservation], carries: must, holds-days: 60 }}\n      \
             \"2\": {{ says: Stored data are supplied., for: [stored-data], carries: must }}\n      \
             \"3\": {{ says: Persons are extradited., for: [extradition], carries: must }}\n",
            on(day)
        );
    }
    World {
        title: title.to_owned(),
        days: (day(FIRST_YEAR, 1, 1), day(AGREEING.1 + 2, 12, 31)),
        states: codes.into_iter().map(|code| (code, "infrastructure: 1, market: 1".to_owned())).collect(),
        membership: Vec::new(),
        treaties,
        networks: 2000,
        behaviour: "consider-market: 0".to_owned(),
        authority: "desks: 200".to_owned(),
        more: String::new(),
    }
}

fn worlds(_seed: u64) -> Vec<World> {
    vec![world("T6: treaties pair by pair", |day| day), world("T6: the same treaties on one day", |_| together())]
}

/// The coefficient of a treaty in force in the log of the networks based in one state that serve another.
fn coefficient(observed: &Observed, on: impl Fn(Day) -> Day) -> Option<f64> {
    let months = &observed.months[12..];
    let agreed = agreed();
    let mut outcome = Vec::new();
    let mut in_force = Vec::new();
    for base in 0..STATES {
        for market in (0..STATES).filter(|market| *market != base) {
            let treaty = agreed.iter().find(|(one, other, _)| (*one, *other) == (base.min(market), base.max(market)));
            for month in months {
                let key = (id(base), id(market));
                outcome.push(libm::log1p(month.stock.get(&key).copied().unwrap_or_default()));
                in_force.push(f64::from(u8::from(treaty.is_some_and(|(_, _, day)| on(*day) < month.day))));
            }
        }
    }
    let panel = Panel { units: STATES * (STATES - 1), periods: months.len() };
    panel.fixed_effects(&outcome, &[in_force], Effects::UnitsAndPeriods).map(|fit| fit.coefficients[0])
}

/// How the networks of the pairs that agree have changed, from the year before any does to the last.
fn own_change(observed: &Observed) -> Option<f64> {
    let pairs = agreed();
    let of_month = |month: &Month| -> f64 {
        let both = pairs.iter().flat_map(|(one, other, _)| [(id(*one), id(*other)), (id(*other), id(*one))]);
        both.filter_map(|pair| month.stock.get(&pair)).sum()
    };
    let year = |until: usize| -> f64 { observed.months[..until].iter().rev().take(12).map(of_month).sum() };
    let before = year(observed.months.iter().take_while(|month| month.day <= day(AGREEING.0, 1, 1)).count());
    (before > 0.0).then(|| year(observed.months.len()) / before - 1.0)
}

fn measure(plans: &[Plan], seed: u64) -> Vec<Option<f64>> {
    let [one_by_one, at_once] = [0, 1].map(|world| observe(&plans[world], seed));
    let own = [own_change(&at_once), own_change(&one_by_one)];
    let settled = at_once.yearly_change(day(AGREEING.0, 1, 1));
    let one_by_one = coefficient(&one_by_one, |day| day);
    let at_once = coefficient(&at_once, |_| together());
    let both = one_by_one.zip(at_once);
    let change = |coefficient: Option<f64>| coefficient.map(libm::expm1);
    vec![
        change(at_once),
        change(one_by_one),
        both.map(|(one, many)| many - one),
        both.map(|(one, many)| many / one),
        own[0],
        own[1],
        settled,
    ]
}
