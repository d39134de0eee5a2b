//! T4: whether the number of incidents and what each of them does can part, in the world of T1 to T3 with networks of different
//! sizes.

use super::{Joining, MONTHS, STATES, months, record, victims};
use crate::base::{Day, of_thousandths};
use crate::engine::Plan;
use crate::validation::observed::{Observed, observe};
use crate::validation::protocol::{BURN_IN, Statistic, Target};
use crate::validation::regression::{Effects, Panel};
use crate::validation::world::{World, day};

pub(in crate::validation::targets) static TARGET: Target = Target {
    number: "T4",
    says: "Where the Convention on Cybercrime is enforced there are fewer incidents; whether each of them does more, or the \
           chance of being hit at all falls, is contested. An earlier version of the study has 43 to 52 % more in each, and the \
           chance unchanged.",
    source: "Hui, Kim and Wang 2013, BCSI, beside 2017, MIS Quarterly 41(2), 497-523",
    fitted_on: &[],
    statistics: &[
        Statistic { name: "T4 recorded incidents, full co-operation", unit: "ln points", band: None, sign: None },
        Statistic {
            name: "T4 mean size of a recorded incident, full co-operation",
            unit: "ln points",
            band: None,
            sign: None,
        },
        Statistic { name: "T4 all that was recorded, full co-operation", unit: "ln points", band: None, sign: None },
        Statistic {
            name: "T4 chance of a month with any victim, full co-operation",
            unit: "share",
            band: None,
            sign: None,
        },
        BURN_IN,
    ],
    not_measured: &[],
    remarks: "Reported only, as the target asks. Sizes spread by 1 in their logarithm, an assumption: none were found. Means are \
              those of a quarter, since a mean of few heavy-tailed numbers says little; with a fifth fewer of them it is \
              lower by 0.01 for that alone. The mean size moves by who is left, and by nothing else: no network chooses \
              larger incidents, as those of the study may have.",
    worlds,
    measure,
};

fn worlds(seed: u64) -> Vec<World> {
    let with = super::worlds(seed).swap_remove(0);
    let title = "The Convention on Cybercrime, 2004 to 2008, with networks of different sizes".to_owned();
    vec![World { title, behaviour: format!("size-spread: 1, {}", with.behaviour), ..with }]
}

fn measure(plans: &[Plan], seed: u64) -> Vec<Option<f64>> {
    let observed = observe(&plans[0], seed);
    let record = record();
    let joining = Joining::of(&record.iter().collect::<Vec<_>>(), &months(&observed));
    let by_kind = [joining.full, joining.reserved];
    let of_months = |outcome: &[f64]| {
        let panel = Panel { units: STATES, periods: MONTHS };
        panel.fixed_effects(outcome, &by_kind, Effects::UnitsAndPeriods).map(|fit| fit.coefficients[0])
    };
    let by_quarter = by_kind.clone().map(|series| quarterly(&series));
    let of_quarters = |outcome: Option<Vec<f64>>| {
        let panel = Panel { units: STATES, periods: QUARTERS };
        panel.fixed_effects(&outcome?, &by_quarter, Effects::UnitsAndPeriods).map(|fit| fit.coefficients[0])
    };
    let outcome = victims(&observed);
    let hit: Vec<f64> = outcome.iter().map(|victims| f64::from(u8::from(*victims > 0.0))).collect();
    let recorded = Recorded::by_quarter(&observed);
    vec![
        of_months(&outcome),
        of_quarters(recorded.logarithms(|(count, harm)| harm / count)),
        of_quarters(recorded.logarithms(|(_, harm)| harm)),
        of_months(&hit),
        observed.yearly_change(day(2004, 1, 1)),
    ]
}

const QUARTERS: usize = MONTHS / 3;

/// The means of three months each.
fn quarterly(months: &[f64]) -> Vec<f64> {
    months.chunks(3).map(|quarter| quarter.iter().sum::<f64>() / 3.0).collect()
}

/// Number and harm of the recorded incidents by state and quarter.
struct Recorded(Vec<(f64, f64)>);

impl Recorded {
    fn by_quarter(observed: &Observed) -> Self {
        // A month's record is made on the first day of the next.
        let ends: Vec<Day> = months(observed).chunks(3).map(|quarter| quarter[2]).collect();
        let from = observed.months[super::FIRST_MONTH].day;
        let mut cells = vec![(0.0, 0.0); STATES * QUARTERS];
        for recorded in observed.recorded.iter().filter(|recorded| recorded.day >= from) {
            let quarter = ends.partition_point(|end| *end <= recorded.day);
            if quarter < QUARTERS {
                let cell = &mut cells[recorded.place.market.index() * QUARTERS + quarter];
                cell.0 += 1.0;
                cell.1 += of_thousandths(recorded.place.size_thousandths);
            }
        }
        Self(cells)
    }

    /// The logarithm of a number of each; none if there is a quarter in which nothing was recorded somewhere.
    fn logarithms(&self, of: impl Fn((f64, f64)) -> f64) -> Option<Vec<f64>> {
        self.0.iter().map(|cell| (cell.0 > 0.0).then(|| libm::log(of(*cell)))).collect()
    }
}
