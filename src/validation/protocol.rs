//! The common protocol: every target over the same number of seeds, an interval over them, a band, a sign, a verdict.

use std::ops::ControlFlow;
use std::sync::atomic::Ordering;

use super::statistics::float;
use super::world::World;
use crate::base::{Canonical as _, Digest, Interval};
use crate::engine::Plan;
use crate::reading;
use crate::study::runs::Pool;

/// Seeds of a target, unless told otherwise.
pub const USUAL_SEEDS: u64 = 30;
/// A sign is right when it is in at least this share of the seeds.
pub const SIGN_SHARE: f64 = 0.9;

/// What the sign of a statistic has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Below zero.
    Below,
    /// Above zero.
    Above,
}

/// Where the interval over seeds has to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Band {
    /// It has a value in common with the band: an effect may be as large as measured.
    Meets(f64, f64),
    /// It lies within the band: nothing larger is left. Of what has to vanish, a wide interval would meet any band.
    Holds(f64, f64),
    /// In at least this share of the seeds the value, 1 or 0, is 1: counted, as signs are, and not judged by an interval, which
    /// with 19 of 30 still reaches up to four fifths.
    OfSeeds(f64),
}

impl Band {
    /// Its ends.
    #[must_use]
    pub const fn ends(self) -> (f64, f64) {
        match self {
            Self::Meets(low, high) | Self::Holds(low, high) => (low, high),
            Self::OfSeeds(least) => (least, 1.0),
        }
    }

    fn admits(self, interval: &Interval) -> bool {
        match self {
            Self::Meets(low, high) => interval.meets((low, high)),
            Self::Holds(low, high) => low <= interval.low && interval.high <= high,
            Self::OfSeeds(least) => interval.mean >= least,
        }
    }
}

/// One statistic of a target.
#[derive(Clone, Copy, Debug)]
pub struct Statistic {
    /// What it is.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// The band of its mean over the seeds.
    pub band: Option<Band>,
    /// The sign that it has to have in nearly every seed.
    pub sign: Option<Sign>,
}

/// Whether a world has settled: what the common protocol asks for before anything is measured.
pub const BURN_IN: Statistic = Statistic {
    name: "burn-in: change of all incidents in the year before",
    unit: "change a year",
    band: Some(Band::Holds(-0.01, 0.01)),
    sign: None,
};

/// What a target asks for and nothing here measures.
#[derive(Clone, Copy, Debug)]
pub struct NotMeasured {
    /// The statistic.
    pub name: &'static str,
    /// Why not.
    pub because: &'static str,
}

/// One target, or several that are measured in the same worlds.
pub struct Target {
    /// Its number, for example `T5` or `T1-T3`.
    pub number: &'static str,
    /// What reality showed, in a sentence.
    pub says: &'static str,
    /// Where it was measured.
    pub source: &'static str,
    /// The numbers among its own on which the model's defaults were fitted: agreement then shows less.
    pub fitted_on: &'static [&'static str],
    /// What is measured.
    pub statistics: &'static [Statistic],
    /// What it asks for beside.
    pub not_measured: &'static [NotMeasured],
    /// How the run departs from the target's description, and what the model leaves out; empty if in nothing.
    pub remarks: &'static str,
    /// The worlds in which it is measured with a seed: the same with every seed unless something of them is drawn.
    pub worlds: fn(u64) -> Vec<World>,
    /// The statistics in one seed, in their order; none where one is not defined.
    pub measure: fn(&[Plan], u64) -> Vec<Option<f64>>,
}

/// Whether a statistic is as reality had it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Met.
    Met,
    /// Not met.
    NotMet,
    /// Reported only.
    Reported,
    /// Not defined in so many seeds that nothing can be said.
    Undefined,
}

impl Verdict {
    /// The words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "NOT MET",
            Self::Reported => "reported",
            Self::Undefined => "NOT DEFINED",
        }
    }
}

/// A statistic over the seeds.
#[derive(Clone, Debug)]
pub struct Found {
    /// The statistic.
    pub statistic: Statistic,
    /// Its values, by seed.
    pub values: Vec<Option<f64>>,
    /// Mean and 95 % interval over the seeds in which it is defined; of a share of the seeds, over all of them.
    pub interval: Option<Interval>,
    /// Share of the seeds with the sign asked for.
    pub sign_share: Option<f64>,
    /// The verdict.
    pub verdict: Verdict,
}

/// A target over the seeds.
pub struct Measured {
    /// The target.
    pub target: &'static Target,
    /// Its statistics.
    pub found: Vec<Found>,
}

impl Measured {
    /// Seeds that it was measured over.
    #[must_use]
    pub fn seeds(&self) -> usize {
        self.found.iter().map(|found| found.values.len()).max().unwrap_or(0)
    }

    /// Identifies the values: equal digests, equal measurements.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut bytes = Vec::new();
        for value in self.found.iter().flat_map(|found| &found.values) {
            value.map_or(u64::MAX, f64::to_bits).encode(&mut bytes);
        }
        Digest::of(&bytes)
    }

    /// How wide the widest of its intervals is beside the band that it is held against, 1 being as wide; none without a band.
    #[must_use]
    pub fn width_in_bands(&self) -> Option<f64> {
        let of = |found: &Found| {
            let (low, high) = found.statistic.band?.ends();
            let width = found.interval?.width() / (high - low);
            (width > 0.0 && width.is_finite()).then_some(width)
        };
        self.found.iter().filter_map(of).max_by(f64::total_cmp)
    }
}

impl Target {
    /// Whether the model's defaults were fitted on this statistic.
    #[must_use]
    pub fn is_fitted_on(&self, statistic: &Statistic) -> bool {
        self.fitted_on.contains(&statistic.number())
    }
}

impl Statistic {
    /// The number of its target, which its name begins with.
    #[must_use]
    pub fn number(&self) -> &'static str {
        self.name.split(' ').next().unwrap_or_default()
    }

    /// What the values of all seeds come to, by band and sign. Where a share of the seeds is asked for, the value of each is
    /// 1 or 0, and one that is not defined counts as 0.
    #[must_use]
    pub fn judge(self, values: Vec<Option<f64>>) -> Found {
        let defined: Vec<f64> = values.iter().copied().flatten().collect();
        let interval = if matches!(self.band, Some(Band::OfSeeds(_))) {
            let right = defined.iter().filter(|value| **value > 0.0).count();
            Interval::of_share(right, values.len()).filter(|_| !defined.is_empty())
        } else {
            Interval::of(&defined)
        };
        let right = |sign: Sign| {
            let right = defined.iter().filter(|value| match sign {
                Sign::Below => **value < 0.0,
                Sign::Above => **value > 0.0,
            });
            float(right.count()) / float(values.len().max(1))
        };
        let sign_share = self.sign.map(right);
        let verdict = match interval {
            // A statistic that is not there in every second seed is not one of the model.
            None => Verdict::Undefined,
            _ if defined.len() * 2 < values.len() => Verdict::Undefined,
            _ if self.band.is_none() && self.sign.is_none() => Verdict::Reported,
            Some(interval) => {
                let in_band = self.band.is_none_or(|band| band.admits(&interval));
                let signed = sign_share.is_none_or(|share| share >= SIGN_SHARE);
                if in_band && signed { Verdict::Met } else { Verdict::NotMet }
            }
        };
        Found { statistic: self, values, interval, sign_share, verdict }
    }
}

/// Measures targets over seeds 1 to `seeds`, with values set in each world (none: the defaults); the result does not depend
/// on the number of threads. `done` is told after each run of a target, with that target as it stands, once it has two
/// seeds. When interrupted, each target has the seeds that were finished without a gap, and one with fewer than two, of which
/// no interval is made, is left out.
///
/// # Panics
/// When a world cannot be read or run: a fault of its target, or of the settings ([`World::scenario`] tells which).
#[must_use]
pub fn measure(
    targets: &[&'static Target],
    seeds: u64,
    settings: &[String],
    pool: Pool<'_>,
    done: &mut dyn FnMut(Option<&Measured>),
) -> Vec<Measured> {
    struct Interrupted;
    let tasks: Vec<(usize, u64)> =
        (0..targets.len()).flat_map(|target| (1..=seeds).map(move |seed| (target, seed))).collect();
    let mut finished: Vec<Vec<Vec<Option<f64>>>> = vec![Vec::new(); targets.len()];
    let one = |(target, seed): &(usize, u64)| {
        let go_on = !pool.interrupt.load(Ordering::Relaxed);
        go_on.then(|| measured_once(targets[*target], *seed, settings)).ok_or(Interrupted)
    };
    let whole = pool.work(&tasks, &one, &mut |index, values| {
        let (target, _) = tasks[index];
        finished[target].push(values);
        let measured = (finished[target].len() > 1).then(|| judged(targets[target], &finished[target]));
        done(measured.as_ref());
        ControlFlow::Continue(())
    });
    // What was finished until then is the beginning of the whole.
    let (Ok(()) | Err(Interrupted)) = whole;
    let enough = targets.iter().zip(&finished).filter(|(_, of_seeds)| of_seeds.len() > 1);
    enough.map(|(target, of_seeds)| judged(target, of_seeds)).collect()
}

fn measured_once(target: &Target, seed: u64, settings: &[String]) -> Vec<Option<f64>> {
    let read = |world: &World| match world.scenario(settings) {
        Ok(scenario) => scenario.plan,
        Err((problems, sources)) => panic!("{}", reading::render(&sources, &problems, false)),
    };
    let plans: Vec<Plan> = (target.worlds)(seed).iter().map(read).collect();
    (target.measure)(&plans, seed)
}

fn judged(target: &'static Target, of_seeds: &[Vec<Option<f64>>]) -> Measured {
    let found = target
        .statistics
        .iter()
        .enumerate()
        .map(|(index, statistic)| statistic.judge(of_seeds.iter().map(|values| values[index]).collect()))
        .collect();
    Measured { target, found }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(band: Band, values: [f64; 3], expected: Verdict) {
        let statistic = Statistic { name: "T0 of nothing", unit: "share", band: Some(band), sign: None };
        assert_eq!(statistic.judge(values.map(Some).to_vec()).verdict, expected, "{band:?}, {values:?}");
    }

    #[test]
    fn how_wide_a_target_is_known_is_told_beside_its_bands() {
        let of = |band, values: [f64; 3]| {
            let statistic = Statistic { name: "T0 of nothing", unit: "share", band, sign: Some(Sign::Above) };
            statistic.judge(values.map(Some).to_vec())
        };
        let measured = |found| Measured { target: crate::validation::all()[0], found };
        let [narrow, wide] = [[0.1, 0.2, 0.3], [0.0, 0.2, 0.4]].map(|values| of(Some(Band::Meets(0.0, 0.5)), values));
        let width = wide.interval.expect("three values").width();
        let unbounded = of(None, [-5.0, 0.0, 5.0]);
        let one_sided = of(Some(Band::Meets(0.0, f64::INFINITY)), [-5.0, 0.0, 5.0]);
        assert_eq!(measured(vec![narrow, unbounded.clone(), wide]).width_in_bands(), Some(width / 0.5));
        assert_eq!(measured(vec![unbounded]).width_in_bands(), None);
        // No interval is wide beside a band without an end.
        assert_eq!(measured(vec![one_sided]).width_in_bands(), None);
    }

    #[test]
    fn a_share_of_the_seeds_is_counted() {
        let of = |right: usize, undefined: usize| {
            let name = "T0 seeds in which all is well";
            let statistic = Statistic { name, unit: "share", band: Some(Band::OfSeeds(0.8)), sign: None };
            let value =
                |seed: usize| if seed < undefined { None } else { Some(float(usize::from(seed < undefined + right))) };
            statistic.judge((0..30).map(value).collect())
        };
        assert_eq!(
            [19, 23, 24, 30].map(|right| of(right, 0).verdict),
            [Verdict::NotMet, Verdict::NotMet, Verdict::Met, Verdict::Met]
        );
        assert_eq!(of(23, 7).verdict, Verdict::NotMet, "23 of 30, and not of 23");
        let all = of(30, 0).interval.expect("thirty seeds");
        assert!((all.low - 0.8843).abs() < 1e-4 && all.high >= 1.0, "{all:?}");
    }

    #[test]
    fn a_wide_interval_meets_a_band_and_does_not_lie_within_it() {
        check(Band::Meets(-0.02, 0.02), [-0.3, 0.0, 0.3], Verdict::Met);
        check(Band::Holds(-0.02, 0.02), [-0.3, 0.0, 0.3], Verdict::NotMet);
        check(Band::Holds(-0.02, 0.02), [-0.001, 0.0, 0.001], Verdict::Met);
        check(Band::Meets(-0.02, 0.02), [0.299, 0.3, 0.301], Verdict::NotMet);
    }
}
