//! T8: a lost hub hurts for months, not for good.

use crate::base::Day;
use crate::engine::Plan;
use crate::validation::observed::{Observed, observe};
use crate::validation::protocol::{BURN_IN, Band, Sign, Statistic, Target};
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
        BURN_IN,
    ],
    not_measured: &[],
    remarks: "The hub is the state where most networks have their base, more than half; all of them there are dismantled on one \
              day. Half-life and days until 95 % are back are read off one line through the log of the gap: the first window in \
              which recorded incidents happen to reach 95 % comes weeks too early.",
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

/// Days over which a level is taken.
const WINDOW: i32 = 14;

/// The level of recorded incidents in the window that begins so many days after the strike, of that before it.
fn level(observed: &Observed, from: i32) -> f64 {
    rate(observed, from, from + WINDOW, None) / rate(observed, -180, 0, None)
}

/// How the gap closes: the intercept and slope of a line through its logarithm by days, from weekly windows, while it is
/// large enough to be told from chance. None where it does not close.
fn closing(observed: &Observed) -> Option<(f64, f64)> {
    let (days, logs): (Vec<f64>, Vec<f64>) = (1..365)
        .step_by(7)
        .map(|from| (f64::from(from) + f64::from(WINDOW) / 2.0, 1.0 - level(observed, from)))
        .take_while(|(_, gap)| *gap > 0.08)
        .map(|(days, gap)| (days, libm::log(gap)))
        .unzip();
    let fit = (days.len() > 2).then(|| line(&days, &logs)).flatten()?;
    let (intercept, slope) = (fit.coefficients[0], fit.coefficients[1]);
    (slope < 0.0).then_some((intercept, slope))
}

/// The day on which the line has come down to a gap.
fn days_until(gap: f64, (intercept, slope): (f64, f64)) -> f64 {
    (libm::log(gap) - intercept) / slope
}

fn measure(plans: &[Plan], seed: u64) -> Vec<Option<f64>> {
    let observed = observe(&plans[0], seed);
    let closing = closing(&observed);
    let runner_up = rate(&observed, 1, 31, Some(1)) / rate(&observed, -180, 0, Some(1)) - 1.0;
    vec![
        Some(1.0 - level(&observed, 1)),
        closing.map(|(_, slope)| -core::f64::consts::LN_2 / slope),
        closing.map(|closing| days_until(0.05, closing)),
        Some(runner_up),
        observed.yearly_change(strike()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validation::observed::{Place, Recorded};

    /// Fifty a day before, and a gap of 0.6 that halves in forty days: a twentieth is left after 143.
    #[test]
    fn days_until_most_is_back_are_those_of_the_line_and_not_of_the_first_good_window() {
        let state = super::super::id(0);
        let place = Place { base: state, host: state, market: state, size_thousandths: 1000 };
        let mut owed = 0.0;
        let mut recorded = Vec::new();
        for since in -200..600_i32 {
            let gap = if since < 1 { 0.0 } else { 0.6 * libm::exp2(-f64::from(since) / 40.0) };
            // Every third week brings a twentieth more than it should, and the next as much less.
            let luck = [1.05, 0.95, 1.0][usize::try_from((since + 210) / 7 % 3).expect("after the first")];
            owed += 50.0 * (1.0 - gap) * luck;
            while owed >= 1.0 {
                owed -= 1.0;
                let on = if since < 0 { strike() - since.unsigned_abs() } else { strike() + since.unsigned_abs() };
                recorded.push(Recorded { day: on, place });
            }
        }
        let mut observed = Observed::default();
        observed.recorded = recorded;
        let closing = closing(&observed).expect("it closes");
        assert!((-core::f64::consts::LN_2 / closing.1 - 40.0).abs() < 4.0, "{closing:?}");
        assert!((days_until(0.05, closing) - 143.4).abs() < 10.0, "{}", days_until(0.05, closing));
        assert!((days_until(0.25, (libm::log(0.5), -core::f64::consts::LN_2 / 30.0)) - 30.0).abs() < 1e-9);
    }
}
