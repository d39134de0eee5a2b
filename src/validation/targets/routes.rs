//! T7: squeezed routes reappear where the map says.

use std::fmt::Write as _;

use crate::base::{Day, Purpose, Streams};
use crate::engine::Plan;
use crate::validation::observed::observe;
use crate::validation::protocol::{BURN_IN, Band, Sign, Statistic, Target};
use crate::validation::regression::{Effects, Panel};
use crate::validation::world::{HOME_SHARE, REGION_SHARE, World, codes, day};

pub(super) static TARGET: Target = Target {
    number: "T7",
    says: "Where a crackdown closes nodes of a route, traffic reappears on the detours that the map predicts, by 10 to 30 %.",
    source: "Dell 2015, American Economic Review 105(6), by its press summary",
    fitted_on: &[],
    statistics: &[
        Statistic {
            name: "T7 traffic of predicted detours, against other nodes",
            unit: "change",
            band: Some(Band::Meets(0.10, 0.30)),
            sign: Some(Sign::Above),
        },
        BURN_IN,
    ],
    not_measured: &[],
    remarks: "The model has places, not roads: a route leads from a base to a market, and its map is which states are \
              neighbours. A detour is predicted where a state of the same region closes. Markets are given, as ends of a \
              route are. The shares at home (0.27) and in the region (0.5) are those of the record (UNODC 2012). \
              Nobody is rooted: a route is no home.",
    worlds,
    measure,
};

const REGIONS: usize = 12;
/// States of a region.
const REGION: usize = 5;
const STATES: usize = REGIONS * REGION;
const FIRST_YEAR: i32 = 2001;
const QUARTERS: usize = 24;
/// The first quarter of the crackdown, which goes on to the end.
const CRACKDOWN: usize = 16;

/// The first day of a quarter.
fn first_day(quarter: usize) -> Day {
    day(FIRST_YEAR, 1, 1).plus_months(3 * u32::try_from(quarter).expect("a few years"))
}

/// The states that close: one of each region in one half of the regions, drawn once.
fn closed() -> Vec<usize> {
    let mut stream = Streams::new(7).stream(Purpose::Placebo, 7, 0);
    let mut regions: Vec<usize> = (0..REGIONS).collect();
    let mut closed = Vec::new();
    for _ in 0..REGIONS / 2 {
        let region = regions.swap_remove(stream.weighted(&vec![1.0; regions.len()]));
        closed.push(region * REGION + stream.weighted(&[1.0; REGION]));
    }
    closed
}

fn worlds(_seed: u64) -> Vec<World> {
    let codes = codes(STATES);
    let states = codes.iter().enumerate().map(|(state, code)| {
        (code.clone(), format!("infrastructure: 1, market: 1, region: region-{}", state / REGION + 1))
    });
    let mut timeline = "timeline:\n".to_owned();
    for state in closed() {
        let (on, code) = (first_day(CRACKDOWN), &codes[state]);
        let _ =
            writeln!(timeline, "  - {{ date: {on}, state: {code}, does: change-state, numbers: {{ base: 0.01 }} }}");
    }
    vec![World {
        title: "T7: a crackdown, and the detours around it".to_owned(),
        days: (first_day(0), first_day(QUARTERS) - 1),
        states: states.collect(),
        membership: Vec::new(),
        treaties: String::new(),
        networks: 4000,
        behaviour: format!(
            "incidents-per-year: 12, review-days: 30, home-share: {HOME_SHARE}, region-share: {REGION_SHARE}, \
             consider-market: 0, rooted-share: 0"
        ),
        authority: "desks: 200".to_owned(),
        more: timeline,
    }]
}

/// The coefficient of being a predicted detour in the log of the traffic recorded from a node, by node and quarter.
fn measure(plans: &[Plan], seed: u64) -> Vec<Option<f64>> {
    let observed = observe(&plans[0], seed);
    let closed = closed();
    let mut traffic = vec![[0.0_f64; QUARTERS]; STATES];
    for recorded in &observed.recorded {
        let (year, month, _) = recorded.day.calendar();
        let months = usize::try_from(year - FIRST_YEAR).expect("within the run") * 12 + month as usize - 1;
        traffic[recorded.place.base.index()][months / 3] += 1.0;
    }
    let open: Vec<usize> = (0..STATES).filter(|state| !closed.contains(state)).collect();
    let is_detour = |state: usize| closed.iter().any(|shut| shut / REGION == state / REGION);
    let detour = open.iter().flat_map(|state| {
        (0..QUARTERS).map(move |quarter| f64::from(u8::from(quarter >= CRACKDOWN && is_detour(*state))))
    });
    let detour: Vec<f64> = detour.collect();
    let logs: Vec<f64> = open.iter().flat_map(|state| traffic[*state].map(libm::log1p)).collect();
    let panel = Panel { units: open.len(), periods: QUARTERS };
    let fit = panel.fixed_effects(&logs, &[detour], Effects::UnitsAndPeriods);
    vec![fit.map(|fit| libm::exp(fit.coefficients[0]) - 1.0), observed.yearly_change(first_day(CRACKDOWN))]
}
