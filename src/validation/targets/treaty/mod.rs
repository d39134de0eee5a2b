//! T1 to T3: what joining the Convention on Cybercrime did to the number of victims, with and without a reservation on
//! co-operation, and what others' joining did. T4, beside them: whether what an incident does moves as their number does.
//!
//! The states, their days of entry into force and who reserved are those of the record; what a reservation does here is
//! to leave its maker without the three articles on co-operation, which is what the study means by one.

pub(super) mod intensity;
mod placebo;

use crate::base::Day;
use crate::engine::Plan;
use crate::scenario::{Shelf, record};
use crate::validation::observed::{Observed, observe};
use crate::validation::protocol::{BURN_IN, Band, Sign, Statistic, Target};
use crate::validation::regression::{Effects, Panel};
use crate::validation::statistics::float;
use crate::validation::world::{DATA_OF_THE_DAY, HOME_SHARE, REGION_SHARE, World, day};

pub(super) static TARGET: Target = Target {
    number: "T1-T3",
    says: "Enforcing the Convention on Cybercrime without a reservation on co-operation lowers victim counts by at least \
           11.8 %; with one it does not; the effect grows with the number that enforce, and others gain what they lose.",
    source: "Hui, Kim and Wang 2017, MIS Quarterly 41(2), 497-523: 106 states, 2004-2008",
    fitted_on: &["T1"],
    statistics: &[
        Statistic {
            name: "T1 exp(b1) - 1, full co-operation",
            unit: "change",
            band: Some(Band::Meets(-0.25, -0.08)),
            sign: Some(Sign::Below),
        },
        Statistic {
            name: "T2 b2, with a reservation",
            unit: "ln points",
            band: Some(Band::Meets(-0.05, 0.05)),
            sign: None,
        },
        Statistic {
            name: "T2 seeds in which b2 differs from 0 at 10 % in none",
            unit: "share",
            band: Some(Band::OfSeeds(0.8)),
            sign: None,
        },
        Statistic { name: "T2 b1 - b2", unit: "ln points", band: None, sign: Some(Sign::Below) },
        Statistic {
            name: "T3 full co-operation x share that enforces",
            unit: "ln points",
            band: None,
            sign: Some(Sign::Below),
        },
        Statistic { name: "T3 exposure of those outside", unit: "ln points", band: None, sign: Some(Sign::Above) },
        Statistic {
            name: "T3 incidents of those outside, against the world without it",
            unit: "change",
            band: None,
            sign: Some(Sign::Above),
        },
        Statistic { name: "T3 leakage", unit: "share", band: Some(Band::Meets(0.2, 0.9)), sign: None },
        placebo::statistic("placebo: b1 with the days of joining shuffled", "ln points", (-0.02, 0.02)),
        placebo::statistic("placebo: b2, shuffled alike", "ln points", (-0.02, 0.02)),
        placebo::statistic(
            "placebo: full co-operation x share that enforces, at the last month's share, shuffled alike",
            "ln points",
            (-0.02, 0.02),
        ),
        placebo::statistic("placebo: exposure of those outside, shuffled alike", "ln points", (-0.02, 0.02)),
        placebo::statistic("placebo: shuffles in which b1 differs from 0 at 10 %", "share", (0.05, 0.15)),
        placebo::statistic(
            "placebo: b1 of the days of joining in a world without the convention",
            "ln points",
            (-0.02, 0.02),
        ),
        BURN_IN,
    ],
    not_measured: &[],
    remarks: "Months instead of 177 days drawn: a month of a simulated state holds what a day of a real one does. What \
              those outside gain comes a year or two after exposure has grown, and a linear trend takes it up; so it \
              is also measured against the same world without the convention. Networks are tied to home and region as \
              the record has it (UNODC 2012), and exposure weighs partners by that. A placebo is the mean of twenty shuffles of a seed, and its interval has to lie within its band; that of \
              b1 and of b2 is nothing by construction, whatever the outcome, and how often a shuffle differs from \
              nothing is not. The crossed term is taken at the share that enforces in the last month, where it is a \
              change of victims as the other two are. Attacks are seen while they happen: their data are of the day. \
              Whatever article a reservation on record was made to, it leaves a Party of these worlds without the \
              duties to co-operate: that b2 vanishes is put in, and that b1 lies below it says what T1 says.",
    worlds,
    measure,
};

/// States of the study.
const STATES: usize = 106;
/// The first month of the study, after the years in which the world settles.
const FIRST_MONTH: usize = 72;
/// Months of the study: 2004 to 2008.
const MONTHS: usize = 60;

/// One state's record.
struct Record {
    code: String,
    in_force: Option<Day>,
    reserved: bool,
    region: String,
}

/// The states of the table, then others by code; in the order of their codes, as a library has them.
fn record() -> Vec<Record> {
    let shelf = Shelf::new(None);
    let rows = record::status(&shelf, "ets185").expect("the record is part of the program");
    let states = record::states(&shelf).expect("the record is part of the program");
    let region = |code: &str| states.iter().find(|state| state.code == code).map(|state| state.region.clone());
    let of_table = rows.iter().map(|row| Record {
        region: region(&row.state).unwrap_or_default(),
        code: row.state.clone(),
        in_force: row.entry_into_force,
        reserved: row.has_reservation == Some(true),
    });
    let others = states
        .iter()
        .filter(|state| state.code != record::EUROPEAN_UNION && rows.iter().all(|row| row.state != state.code))
        .map(|state| Record {
            code: state.code.clone(),
            in_force: None,
            reserved: false,
            region: state.region.clone(),
        });
    let mut record: Vec<Record> = of_table.chain(others).take(STATES).collect();
    record.sort_by(|one, other| one.code.cmp(&other.code));
    record
}

fn worlds(_seed: u64) -> Vec<World> {
    let record = record();
    let with = World {
        title: "The Convention on Cybercrime, 2004 to 2008".to_owned(),
        days: (day(1998, 1, 1), day(2008, 12, 31)),
        states: record.iter().map(|state| (state.code.clone(), "infrastructure: 1, market: 1".to_owned())).collect(),
        membership: record.iter().filter_map(|state| Some((state.code.clone(), acts(state)?))).collect(),
        treaties: String::new(),
        networks: 8480,
        behaviour: format!("home-share: {HOME_SHARE}, region-share: {REGION_SHARE}"),
        authority: format!("desks: 200, {DATA_OF_THE_DAY}"),
        more: String::new(),
    };
    let without = World { membership: Vec::new(), ..with.clone() };
    vec![with, without]
}

fn acts(state: &Record) -> Option<String> {
    // Three months before entry into force, by the rule of the convention of these worlds.
    let in_force = state.in_force.filter(|in_force| *in_force <= day(2008, 12, 31))?;
    let (year, month, _) = in_force.calendar();
    let months = year * 12 + i32::try_from(month).expect("1 to 12") - 1 - 4;
    let consented = day(months.div_euclid(12), u32::try_from(months.rem_euclid(12)).expect("0 to 11") + 1, 15);
    let reserved = if state.reserved { "[\"1\", \"2\", \"3\"]" } else { "[]" };
    Some(format!("{{ consented: {consented}, reserved: {reserved} }}"))
}

/// The regressors of one assignment of records to states.
struct Joining {
    full: Vec<f64>,
    reserved: Vec<f64>,
    /// Share of the states that enforce in full, by month.
    enforcing: Vec<f64>,
    /// Units that never enforce in the months of the study.
    outside: Vec<usize>,
    /// How far the partners of each unit enforce, by unit and month: neighbours weigh as much as networks of their base
    /// serve the region, the others as much as the rest.
    exposure: Vec<f64>,
}

impl Joining {
    fn of(record: &[&Record], months: &[Day]) -> Self {
        let holds = |state: &&Record, on: Day, reserved: bool| {
            f64::from(u8::from(state.reserved == reserved && state.in_force.is_some_and(|from| from < on)))
        };
        let series = |reserved: bool| -> Vec<f64> {
            record.iter().flat_map(|state| months.iter().map(move |on| holds(state, *on, reserved))).collect()
        };
        let full = series(false);
        let enforcing = (0..months.len())
            .map(|month| full.iter().skip(month).step_by(months.len()).sum::<f64>() / float(record.len()))
            .collect();
        let last = *months.last().expect("months");
        let outside = (0..record.len())
            .filter(|unit| holds(&record[*unit], last, false) + holds(&record[*unit], last, true) == 0.0)
            .collect();
        let exposure = (0..record.len()).flat_map(|unit| exposure_of(record, &full, unit, months.len())).collect();
        Self { full, reserved: series(true), enforcing, outside, exposure }
    }
}

/// The share of one unit's partners that enforces, by month.
fn exposure_of(record: &[&Record], full: &[f64], unit: usize, months: usize) -> Vec<f64> {
    let near = |other: &usize| record[*other].region == record[unit].region;
    let mean = |units: &[usize], month: usize| {
        units.iter().map(|other| full[other * months + month]).sum::<f64>() / float(units.len().max(1))
    };
    let (neighbours, others): (Vec<usize>, Vec<usize>) =
        (0..record.len()).filter(|other| *other != unit).partition(near);
    let abroad = 1.0 - HOME_SHARE;
    (0..months)
        .map(|month| {
            (REGION_SHARE * mean(&neighbours, month) + (abroad - REGION_SHARE) * mean(&others, month)) / abroad
        })
        .collect()
}

fn measure(plans: &[Plan], seed: u64) -> Vec<Option<f64>> {
    let record = record();
    let with = observe(&plans[0], seed);
    let without = observe(&plans[1], seed);
    let months = months(&with);
    let outcome = victims(&with);
    let joining = Joining::of(&record.iter().collect::<Vec<_>>(), &months);
    let panel = Panel { units: STATES, periods: MONTHS };
    let regress = |y: &[f64], regressors: &[Vec<f64>]| panel.fixed_effects(y, regressors, Effects::UnitsAndPeriods);
    let by_kind = [joining.full.clone(), joining.reserved.clone()];
    let main = regress(&outcome, &by_kind);
    let crossed = crossed(&joining);
    let network = regress(&outcome, &[joining.full.clone(), joining.reserved.clone(), crossed]);
    let coefficient = |place: usize| main.as_ref().map(|fit| fit.coefficients[place]);
    let [of_effect, of_reservation, of_crossed, of_exposure, differs] =
        placebo::shuffled(&record, &months, &outcome, panel, seed);
    vec![
        coefficient(0).map(|b| libm::exp(b) - 1.0),
        coefficient(1),
        main.as_ref().map(|fit| f64::from(u8::from(fit.t(1).abs() < T_AT_10_PERCENT))),
        main.as_ref().map(|fit| fit.coefficients[0] - fit.coefficients[1]),
        network.map(|fit| fit.coefficients[2]),
        exposure(&joining, &outcome),
        gain_outside(&with, &without, &joining),
        leakage(&with, &without, &joining),
        of_effect,
        of_reservation,
        of_crossed,
        of_exposure,
        differs,
        regress(&victims(&without), &by_kind).map(|fit| fit.coefficients[0]),
        with.yearly_change(day(2004, 1, 1)),
    ]
}

/// Two-sided, at the degrees of freedom of 106 clusters.
const T_AT_10_PERCENT: f64 = 1.659;

/// The months of the study.
fn months(observed: &Observed) -> Vec<Day> {
    observed.months[FIRST_MONTH + 1..][..MONTHS].iter().map(|month| month.day).collect()
}

/// ln(1 + recorded incidents), by state and month of the study.
fn victims(observed: &Observed) -> Vec<f64> {
    let months = &observed.months[FIRST_MONTH + 1..][..MONTHS];
    (0..STATES).flat_map(|state| months.iter().map(move |month| libm::log1p(month.recorded[state]))).collect()
}

fn crossed(joining: &Joining) -> Vec<f64> {
    joining.full.iter().enumerate().map(|(row, full)| full * joining.enforcing[row % MONTHS]).collect()
}

/// Among those who never enforce: own mean, trend, and how far their partners enforce.
fn exposure(joining: &Joining, outcome: &[f64]) -> Option<f64> {
    let of_outside = |series: &dyn Fn(usize, usize) -> f64| -> Vec<f64> {
        joining.outside.iter().flat_map(|unit| (0..MONTHS).map(move |month| series(*unit, month))).collect()
    };
    let y = of_outside(&|unit, month| outcome[unit * MONTHS + month]);
    let trend = of_outside(&|_, month| float(month));
    let exposure = of_outside(&|unit, month| joining.exposure[unit * MONTHS + month]);
    let panel = Panel { units: joining.outside.len(), periods: MONTHS };
    panel.fixed_effects(&y, &[exposure, trend], Effects::Units).map(|fit| fit.coefficients[0])
}

/// 1 less the fall of true incidents in the world over that in the states that enforce in full, in the last year,
/// against the same world without the convention.
fn leakage(with: &Observed, without: &Observed, joining: &Joining) -> Option<f64> {
    let enforces = |state: usize| joining.full[state * MONTHS + MONTHS - 12] > 0.0;
    // Falls are compared in incidents, not in shares: what members lose, the world loses or others gain.
    let fall = |counts: &dyn Fn(usize) -> bool| last_year(without, counts) - last_year(with, counts);
    let (of_world, of_members) = (fall(&|_| true), fall(&enforces));
    (of_members > 0.0).then(|| 1.0 - of_world / of_members)
}

/// What those who never enforce gain in true incidents of the last year, against the same world without the convention.
fn gain_outside(with: &Observed, without: &Observed, joining: &Joining) -> Option<f64> {
    let outside = |state: usize| joining.outside.contains(&state);
    let before = last_year(without, &outside);
    (before > 0.0).then(|| last_year(with, &outside) / before - 1.0)
}

/// True incidents of the last year of the study in the states that count.
fn last_year(observed: &Observed, counts: &dyn Fn(usize) -> bool) -> f64 {
    let months = &observed.months[FIRST_MONTH + 1 + MONTHS - 12..][..12];
    months
        .iter()
        .flat_map(|month| month.incidents.iter().enumerate())
        .filter(|(state, _)| counts(*state))
        .map(|(_, incidents)| incidents)
        .sum()
}
