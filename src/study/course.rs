//! How the variants of a comparison go, month by month: what the runs come to in the mean, and how far they lie apart.
//!
//! Two things are followed: the part of the networks that is based in one state, and impunity in the world over the
//! months before. Impunity of the state's own cases is deliberately absent: where a state is no haven, few cases are
//! about it, and their share jumps from month to month.
//!
//! Memory: two numbers of two bytes for each run and month, and one whole run of each variant. Ten years of ten thousand
//! runs are five megabytes a variant. Where no state was named, the first batch alone keeps a number for each state.

use std::collections::BTreeMap;

use serde::Serialize;

use super::compare::Variant;
use super::measured::Measured;
use crate::base::interval::{float, mean};
use crate::base::{Day, StateId};
use crate::engine::{Month, Outcome, Plan};
use crate::world::Role;

/// How the state that is followed came to be the one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// It was named.
    Named,
    /// It was a haven for the longest time, over all variants and the seeds of the first batch.
    LongestHaven,
    /// There was no haven in these: it holds most networks beyond those expected, in the first run of the baseline.
    MostBeyondExpected,
}

/// Values of many runs at the end of a month, as shares from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// Their mean.
    pub mean: f64,
    /// Their 10th percentile.
    pub low: f64,
    /// Their 90th.
    pub high: f64,
}

/// How one variant goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The first day of the run, then the day after each month, the last day for the last of them.
    pub days: Vec<Day>,
    /// By day: the part of the networks that is based in the state.
    pub based: Vec<Option<Spread>>,
    /// By day: of the cases closed in the window before, the part that was lost, in the whole world.
    pub impunity: Vec<Option<Spread>>,
}

/// How all variants go.
#[derive(Debug)]
pub struct Followed {
    /// The state, by code.
    pub state: String,
    /// Why it is that one.
    pub chosen: Chosen,
    /// Impunity is that of the cases closed in so many days before, as the baseline has it.
    pub window_days: f64,
    /// By variant.
    pub courses: Vec<Course>,
    /// By variant: the run of the first seed.
    pub firsts: Vec<Outcome>,
}

/// A share in ten-thousandths, or none: a chart shows no more.
#[derive(Clone, Copy, Debug)]
struct Part(u16);

const NONE: Part = Part(u16::MAX);
const PARTS: f64 = 10_000.0;

/// What is kept of one run.
pub(super) struct Row {
    /// By state followed, one or all; then by day.
    based: Vec<Vec<Part>>,
    /// By day.
    impunity: Vec<Part>,
    /// The run itself, of the first seed; apart, for it is large, and the others have room for none.
    whole: Option<Box<Outcome>>,
}

/// What is kept of all runs so far.
pub(super) struct Following {
    /// By variant: the state, once it is known. A variant that has no such state has none of its numbers.
    states: Option<Vec<Option<StateId>>>,
    state: String,
    chosen: Chosen,
    first_seed: u64,
    /// By variant, then seed.
    rows: Vec<Vec<Row>>,
}

impl Part {
    fn of(part: u64, whole: u64) -> Self {
        let rounded = (part * 10_000 + whole / 2).checked_div(whole);
        rounded.and_then(|parts| u16::try_from(parts).ok()).map_or(NONE, Self)
    }

    fn share(self) -> Option<f64> {
        (self.0 != NONE.0).then(|| f64::from(self.0) / PARTS)
    }
}

impl Following {
    pub(super) fn new(variants: &[Variant], first_seed: u64) -> Self {
        let named = variants.iter().find_map(|variant| Some(&variant.plan.library.state(variant.state?).code));
        Self {
            states: named.map(|_| variants.iter().map(|variant| variant.state).collect()),
            state: named.cloned().unwrap_or_default(),
            chosen: Chosen::Named,
            first_seed,
            rows: variants.iter().map(|_| Vec::new()).collect(),
        }
    }

    /// Takes what is kept of a run of this variant, on the thread that made it.
    pub(super) fn row(&self, variant: usize, plan: &Plan, outcome: Outcome) -> Row {
        let panel = &outcome.tally.panel;
        let of_state = |state: StateId| {
            let opening: Vec<u32> = panel.opening.iter().map(|(based, _)| *based).collect();
            let ends = panel.months.iter().map(|month| based(&month.placed(Role::Base), state));
            std::iter::once(based(&opening, state)).chain(ends).collect()
        };
        let based = match &self.states {
            Some(states) => states[variant].into_iter().map(of_state).collect(),
            None => plan.library.state_ids().map(of_state).collect(),
        };
        let impunity = std::iter::once(NONE).chain(panel.months.iter().map(impunity)).collect();
        let whole = (plan.seed == self.first_seed).then(|| Box::new(outcome));
        Row { based, impunity, whole }
    }

    /// The runs of one seed, in all variants.
    pub(super) fn block(&mut self, rows: Vec<Row>) {
        for (all, row) in self.rows.iter_mut().zip(rows) {
            all.push(row);
        }
    }

    /// Chooses the state, where that is still to be done, by the runs made so far; from then on one is kept.
    pub(super) fn choose(&mut self, variants: &[Variant], runs: &[Vec<Measured>]) {
        if self.states.is_some() || runs[0].is_empty() {
            return;
        }
        let code = |variant: usize, state: StateId| &variants[variant].plan.library.state(state).code;
        let mut days: BTreeMap<&str, u64> = BTreeMap::new();
        for (variant, runs) in runs.iter().enumerate() {
            for (state, of_run) in runs.iter().flat_map(|run| &run.havens) {
                *days.entry(code(variant, *state)).or_default() += u64::from(*of_run);
            }
        }
        // The first by code of those that tie.
        let longest = days.into_iter().min_by_key(|(_, days)| std::cmp::Reverse(*days));
        (self.state, self.chosen) = match longest {
            Some((state, _)) => (state.to_owned(), Chosen::LongestHaven),
            None => (code(0, self.fullest()).clone(), Chosen::MostBeyondExpected),
        };
        let states: Vec<Option<StateId>> =
            variants.iter().map(|variant| variant.plan.library.state_coded(&self.state)).collect();
        for (rows, state) in self.rows.iter_mut().zip(&states) {
            for row in rows {
                let kept = state.and_then(|state| row.based.get(state.index()).cloned());
                row.based = kept.into_iter().collect();
            }
        }
        self.states = Some(states);
    }

    /// The state with most networks beyond those expected on the last day of the first run of the baseline.
    fn fullest(&self) -> StateId {
        let Some(run) = self.rows[0].first().and_then(|row| row.whole.as_ref()) else { return StateId::default() };
        let beyond = |state: &StateId| {
            let standing = run.havens.standing(Role::Base, *state);
            i64::from(standing.share_permille) - i64::from(standing.expected_permille)
        };
        let states = (0_u16..).map(StateId).take(run.tally.states.len());
        states.min_by_key(|state| std::cmp::Reverse(beyond(state))).unwrap_or_default()
    }

    /// What all of it comes to.
    pub(super) fn found(mut self, variants: &[Variant]) -> Followed {
        let whole = |rows: &mut Vec<Row>| Some(*rows.first_mut()?.whole.take()?);
        let firsts = self.rows.iter_mut().filter_map(whole).collect::<Vec<_>>();
        let courses = variants.iter().zip(&self.rows).zip(&firsts);
        let courses = courses.map(|((variant, rows), first)| Course::of(&variant.plan, rows, first)).collect();
        let window_days = variants[0].plan.havens.window_days;
        Followed { state: self.state, chosen: self.chosen, window_days, courses, firsts }
    }
}

impl Course {
    fn of(plan: &Plan, rows: &[Row], first: &Outcome) -> Self {
        let ends = first.tally.panel.months.iter().map(|month| month.from.first_of_next_month().min(plan.last_day));
        let all: Vec<Day> = std::iter::once(plan.first_day).chain(ends).collect();
        // A run that ends on the first of a month has the end of the month before on that day, too; the last one counts.
        let places: Vec<usize> = (0..all.len()).filter(|place| all.get(place + 1) != Some(&all[*place])).collect();
        let spreads = |of: &dyn Fn(&Row, usize) -> Option<Part>| {
            let on = |day| Spread::of(rows.iter().map(|row| of(row, day).and_then(Part::share)));
            places.iter().copied().map(on).collect()
        };
        Self {
            based: spreads(&|row, day| row.based.first()?.get(day).copied()),
            impunity: spreads(&|row, day| row.impunity.get(day).copied()),
            days: places.iter().map(|place| all[*place]).collect(),
        }
    }
}

impl Spread {
    /// None where fewer than half of the runs have a value: the others would pass for all.
    fn of(values: impl ExactSizeIterator<Item = Option<f64>>) -> Option<Self> {
        let runs = values.len();
        let mut defined: Vec<f64> = values.flatten().collect();
        if defined.len() * 2 < runs {
            return None;
        }
        let mean = mean(&defined)?;
        defined.sort_by(f64::total_cmp);
        Some(Self { mean, low: quantile(&defined, 0.1)?, high: quantile(&defined, 0.9)? })
    }
}

/// A quantile of sorted values, in a straight line between the two next to it (Hyndman and Fan 1996, definition 7: what
/// R and `NumPy` give unless told otherwise); none of no values.
fn quantile(sorted: &[f64], part: f64) -> Option<f64> {
    let at = part * float(sorted.len().checked_sub(1)?);
    let below = libm::floor(at);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the list")]
    let place = below as usize;
    let (low, high) = (sorted[place], sorted[(place + 1).min(sorted.len() - 1)]);
    Some(low + (high - low) * (at - below))
}

/// The part of the networks that is in a state.
fn based(by_state: &[u32], state: StateId) -> Part {
    let own = by_state.get(state.index()).copied().unwrap_or(0);
    Part::of(u64::from(own), by_state.iter().map(|number| u64::from(*number)).sum())
}

/// Lost over closed in the window before the end of a month: each case counts once, where its network was based.
fn impunity(month: &Month) -> Part {
    let sum = |of: fn(&crate::world::HavenStanding) -> u32| -> u64 {
        month.states.iter().map(|state| u64::from(of(&state.standing[Role::Base as usize]))).sum()
    };
    Part::of(sum(|standing| standing.lost), sum(|standing| standing.closed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_r_and_numpy() {
        let of = |values: &[f64]| Spread::of(values.iter().copied().map(Some)).map(|s| (s.low, s.high));
        assert_eq!(of(&[3.0]), Some((3.0, 3.0)));
        let (low, high) = of(&[4.0, 1.0, 2.0, 3.0]).expect("values");
        assert!((low - 1.3).abs() < 1e-12 && (high - 3.7).abs() < 1e-12, "{low} {high}");
    }

    #[test]
    fn what_most_runs_do_not_define_is_not_shown() {
        assert_eq!(Spread::of([Some(0.5), None, None].into_iter()), None);
        assert!(Spread::of([Some(0.5), None].into_iter()).is_some());
    }

    #[test]
    fn shares_go_round_to_ten_thousandths() {
        assert_eq!(Part::of(1, 3).share(), Some(0.3333));
        assert_eq!(
            (Part::of(3, 3).share(), Part::of(0, 3).share(), Part::of(0, 0).share()),
            (Some(1.0), Some(0.0), None)
        );
    }
}
