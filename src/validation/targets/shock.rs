//! T8: a lost hub hurts for months, not for good.

use crate::base::Day;
use crate::engine::Plan;
use crate::validation::observed::{Observed, observe};
use crate::validation::protocol::{Band, Sign, Statistic, Target};
use crate::validation::regression::line;
use crate::validation::statistics::float;
use crate::validation::world::{World, codes, day};

pub(super) static TARGET: Target = Target {
    number: "T8",
    says: "When the largest hub falls, half to nine tenths of the market are gone at once; half of the gap closes in 20 to 60 \
           days, and the old level is back in 90 to 180.",
    source: "McColo 2008 (Virus Bulletin 2009), Craigslist 2010 (AIM Group), Backpage 2018 (press)",
    fitted_on: &["T8"],
    statistics: &[
        Statistic {
            name: "T8 drop in the first two weeks",
            unit: "share",
            band: Some(Band::Meets(0.5, 0.9)),
            sign: None,
        },
        Statistic { name: "T8 half-life of the gap", unit: "days", band: Some(Band::Meets(20.0, 60.0)), sign: None },
        Statistic {
            name: "T8 days until 95 % are back",
            unit: "days",
            band: Some(Band::Meets(90.0, 180.0)),
            sign: None,
        },
        Statistic {
            name: "T8 gain of the runner-up in the first month, of its own level",
            unit: "change",
            band: Some(Band::Meets(0.10, 0.30)),
            sign: Some(Sign::Above),
        },
    ],
    not_measured: &[],
    remarks: "The hub is the state where most networks have their base, more than half; all of them there are dismantled on one day.",
    worlds,
    measure,
};

const STATES: usize = 8;

fn strike() -> Day {
    day(2004, 6, 1)
}

fn worlds(_seed: u64) -> Vec<World> {
    let codes = codes(STATES);
    let weight = |state: usize| match state {
        0 => 18,
        1 => 3,
        _ => 1,
    };
    let states = codes
        .iter()
        .enumerate()
        .map(|(state, code)| (code.clone(), format!("infrastructure: {}, market: 1", weight(state))));
    vec![World {
        title: "T8: the largest hub falls".to_owned(),
        days: (day(2002, 1, 1), day(2005, 12, 31)),
        states: states.collect(),
        membership: Vec::new(),
        treaties: String::new(),
        networks: 4500,
        behaviour: "incidents-per-year: 12".to_owned(),
        authority: "desks: 400".to_owned(),
        more: format!("timeline:\n  - {{ date: {}, state: s001, does: dismantle-networks, share: 1 }}\n", strike()),
    }]
}

/// Recorded incidents a day between two days after the strike, of networks based in one state or in all.
fn rate(observed: &Observed, from: i32, until: i32, base: Option<usize>) -> f64 {
    let counts = |day: Day, of: usize| {
        let since = day.days_since(strike());
        since >= from && since < until && base.is_none_or(|base| of == base)
    };
    let found = observed.recorded.iter().filter(|one| counts(one.day, one.place.base.index())).count();
    float(found) / f64::from(until - from)
}

fn measure(plans: &[Plan], seed: u64) -> Vec<Option<f64>> {
    /// Days over which a level is taken.
    const WINDOW: i32 = 14;
    let observed = observe(&plans[0], seed);
    let before = rate(&observed, -180, 0, None);
    let level = |from: i32| rate(&observed, from, from + WINDOW, None) / before;
    // The gap while it is large enough to be told from chance.
    let gaps: Vec<(f64, f64)> = (1..)
        .step_by(7)
        .map(|from| (f64::from(from) + f64::from(WINDOW) / 2.0, 1.0 - level(from)))
        .take_while(|(days, gap)| *gap > 0.08 && *days < 365.0)
        .collect();
    let (days, logs): (Vec<f64>, Vec<f64>) = gaps.iter().map(|(days, gap)| (*days, libm::log(*gap))).unzip();
    let slope = (gaps.len() > 2).then(|| line(&days, &logs)).flatten().map(|fit| fit.coefficients[1]);
    let back = (1..540).find(|from| level(*from) >= 0.95).map(|from| f64::from(from + WINDOW / 2));
    let runner_up = rate(&observed, 1, 31, Some(1)) / rate(&observed, -180, 0, Some(1)) - 1.0;
    vec![
        Some(1.0 - level(1)),
        slope.filter(|slope| *slope < 0.0).map(|slope| -core::f64::consts::LN_2 / slope),
        back,
        Some(runner_up),
    ]
}
