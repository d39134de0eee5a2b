//! T11: havens are lost and replaced.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::base::{Purpose, Streams};
use crate::engine::spread::reshuffle;
use crate::engine::{Plan, median_days};
use crate::validation::observed::{Month, Observed, observe};
use crate::validation::protocol::{Band, Statistic, Target};
use crate::validation::statistics::{mean, shares};
use crate::validation::world::{World, codes, day};

pub(super) static TARGET: Target = Target {
    number: "T11",
    says: "The leading host changes every few years, a sixth to half of all moves in a year of new pressure, and a state \
           that turns strict early empties for good while the world does not.",
    source: "IWF annual reports 1996-2024; reshuffle computed from their shares",
    fitted_on: &["T11"],
    statistics: &[
        Statistic { name: "T11 median spell at rank 1", unit: "years", band: Some(Band::Meets(3.0, 12.0)), sign: None },
        Statistic {
            name: "T11 reshuffle in years of new pressure",
            unit: "share a year",
            band: Some(Band::Meets(0.15, 0.45)),
            sign: None,
        },
        Statistic {
            name: "placebo: reshuffle where no state turns strict",
            unit: "share a year",
            band: Some(Band::Holds(0.0, 0.15)),
            sign: None,
        },
        Statistic {
            name: "T11 share of the early strict state after seven years",
            unit: "share",
            band: Some(Band::Meets(0.0, 0.01)),
            sign: None,
        },
        Statistic { name: "T11 the same at the end", unit: "share", band: Some(Band::Meets(0.0, 0.01)), sign: None },
        Statistic {
            name: "T11 world incidents ten years on, of those before",
            unit: "ratio",
            band: Some(Band::Meets(1.0, 10.0)),
            sign: None,
        },
    ],
    not_measured: &[],
    remarks: "To be strict is to have sites removed within days; a third of the states never are. Sites are seen often, as \
              what a hotline lists is. A year of new pressure is one in which a state turns strict that hosted a hundredth \
              of the sites at least: on an empty state nobody feels any. The placebo is the same world without these \
              turns: networks that move without one follow a mistake of their own.",
    worlds,
    measure,
};

const STATES: usize = 20;
/// The state that turns strict first, and the year in which it does.
const STRICT: usize = 1;
const FIRST_YEAR: i32 = 1990;
const STRICT_YEAR: i32 = 1997;
const LAST_YEAR: i32 = 2026;

/// Below this share of the sites nobody is under pressure when a state turns strict.
const FELT: f64 = 0.01;

/// The years in which states turn strict; a third never do.
fn turns() -> Vec<Option<i32>> {
    let mut stream = Streams::new(11).stream(Purpose::Placebo, 1, 0);
    let span = u32::try_from(LAST_YEAR - STRICT_YEAR).expect("a span of years");
    let turn = |state: usize| {
        #[expect(clippy::cast_possible_truncation, reason = "years of a span")]
        let later = (stream.unit() * f64::from(span)) as i32;
        let year = if state == STRICT { STRICT_YEAR } else { STRICT_YEAR + later };
        (state % 3 != 2).then_some(year)
    };
    (0..STATES).map(turn).collect()
}

/// The world, and the same one in which no state turns strict.
fn worlds(_seed: u64) -> Vec<World> {
    // The law is everywhere from the beginning. A state that turns strict has sites removed within days instead of ten
    // years, and joins the others.
    let (mut states, mut membership, mut timeline) = (Vec::new(), Vec::new(), "timeline:\n".to_owned());
    for ((rank, code), turn) in codes(STATES).into_iter().enumerate().zip(turns()) {
        let weight = super::concentration::pareto(rank, STATES);
        states.push((code.clone(), format!("infrastructure: {weight:.3}, market: 1")));
        if let Some(day) = turn.map(|year| day(year, 1, 15)) {
            let _ = writeln!(
                timeline,
                "  - {{ date: {day}, state: {code}, does: change-authority, authority: {{ removal-days: 12, home-removal-days: 0.25 }} }}"
            );
            membership.push((code, day.to_string()));
        }
    }
    let world = |title: &str, membership: Vec<(String, String)>, more: String| World {
        title: title.to_owned(),
        days: (day(FIRST_YEAR, 1, 1), day(LAST_YEAR, 12, 31)),
        states: states.clone(),
        membership,
        treaties: String::new(),
        networks: 300,
        behaviour: "incidents-per-year: 40".to_owned(),
        authority: "desks: 60, removal-days: 3650, home-removal-days: 3650".to_owned(),
        more,
    };
    vec![
        world("T11: turnover of havens", membership, timeline),
        world("T11: the same without turns", Vec::new(), String::new()),
    ]
}

/// Networks by host in each year, summed over its twelve months: annual reports count a year and not its last day.
fn yearly(observed: &Observed) -> Vec<Vec<f64>> {
    let hosted = |year: &[Month], state: usize| -> f64 { year.iter().map(|month| month.hosted[state]).sum() };
    let of_year = |year| (0..STATES).map(|state| hosted(year, state)).collect();
    observed.months[1..].chunks_exact(12).map(of_year).collect()
}

/// The median length in years of a spell at rank 1. The last one goes on when the run ends, and counts as one that would
/// have been longer: of those that ended alone, the median would leave out the longest.
fn median_spell(years: &[Vec<f64>]) -> Option<f64> {
    let leader = |shares: &Vec<f64>| {
        (0..shares.len()).max_by(|one, other| shares[*one].total_cmp(&shares[*other])).unwrap_or_default()
    };
    let mut ended: BTreeMap<u32, u64> = BTreeMap::new();
    let mut length = 0;
    for pair in years.windows(2) {
        length += 1;
        if leader(&pair[0]) != leader(&pair[1]) {
            *ended.entry(std::mem::take(&mut length)).or_default() += 1;
        }
    }
    median_days(&ended, &BTreeMap::from([(length, 1)])).map(f64::from)
}

fn measure(plans: &[Plan], seed: u64) -> Vec<Option<f64>> {
    let observed = observe(&plans[0], seed);
    let hosted = yearly(&observed);
    let years: Vec<Vec<f64>> = hosted.iter().map(|year| shares(year)).collect();
    let at = |year: i32| usize::try_from(year - FIRST_YEAR).expect("after the first year");
    let moved = |hosted: &[Vec<f64>], year: i32| reshuffle(&hosted[at(year) - 1], &hosted[at(year)]);
    let felt = |year: &i32| {
        let mut turning = turns().into_iter().enumerate().filter(|(_, turn)| *turn == Some(*year));
        turning.any(|(state, _)| years[at(*year) - 1][state] >= FELT)
    };
    let pressed: Vec<f64> = (STRICT_YEAR..=LAST_YEAR).filter(felt).filter_map(|year| moved(&hosted, year)).collect();
    let calm = yearly(&observe(&plans[1], seed));
    let placebo: Vec<f64> = (STRICT_YEAR..=LAST_YEAR).filter_map(|year| moved(&calm, year)).collect();
    let incidents = |year: i32| -> f64 {
        observed.months[1 + 12 * at(year)..][..12].iter().flat_map(|month| &month.incidents).sum()
    };
    vec![
        median_spell(&years[at(STRICT_YEAR) - 1..]),
        mean(&pressed),
        mean(&placebo),
        Some(years[at(STRICT_YEAR + 7)][STRICT]),
        years.last().map(|shares| shares[STRICT]),
        Some(incidents(STRICT_YEAR + 10) / incidents(STRICT_YEAR - 1)),
    ]
}
