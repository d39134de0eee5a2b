//! A sweep, planned: its runs in fixed order, each with its seed, and the digest that names the whole.

use serde::{Deserialize, Serialize};

use crate::base::{Digest, DigestChain, Purpose, Streams};
use crate::reading::{Key, Node};
use crate::scenario::Template;

use super::FORMAT;
use super::factor::{Coordinate, Factor, Level};

/// Runs of one sweep: a hundred million would take a year of a machine.
pub const MOST_RUNS: u64 = 100_000_000;
/// Points of one design: each is held in memory.
const MOST_POINTS: usize = 1_000_000;
/// Points times factors of one design: some hundreds of megabytes.
const MOST_COORDINATES: usize = 20_000_000;
/// Replicates of one point.
pub const MOST_REPLICATES: u32 = 1_000_000;
/// Factors of one study.
pub const MOST_FACTORS: usize = 200;

/// Points that a design of so many factors may have.
#[must_use]
pub(super) const fn most_points(factors: usize) -> usize {
    match MOST_COORDINATES.checked_div(factors) {
        Some(by_memory) if by_memory < MOST_POINTS => by_memory,
        _ => MOST_POINTS,
    }
}

/// What a design is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// Points by themselves: no indices belong to them.
    Points(&'static str),
    /// Trajectories: elementary effects.
    Morris,
    /// Saltelli's points: Sobol indices.
    Sobol,
}

impl Design {
    /// It in a word, as studies name it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Points(word) => word,
            Self::Morris => "morris",
            Self::Sobol => "sobol",
        }
    }
}

/// How a plan was asked for, so that it can be asked for again. Runs rest on the settings; the files that are named were
/// taken into the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The study file, as it was named.
    pub study: String,
    /// Values set in all runs, each `PATH=VALUE`.
    pub settings: Vec<String>,
    /// The folder of law files, as it was named.
    pub law: Option<String>,
}

/// A sweep, ready to run.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// Its title.
    pub title: String,
    /// The seed from which all seeds and points follow.
    pub seed: u64,
    /// Runs of each point in each variant.
    pub replicates: u32,
    /// One seed a replicate in every variant.
    pub common_seeds: bool,
    /// The variants; one `None` for the scenario as written.
    pub variants: Vec<Option<String>>,
    /// Code of the state that outcomes are about.
    pub state: Option<String>,
    /// Its name.
    pub state_name: Option<String>,
    /// What varies.
    pub factors: Vec<Factor>,
    /// The design.
    pub design: Design,
    /// By point, by factor.
    pub points: Vec<Vec<Coordinate>>,
    /// Digest of the scenario by variant, without any change.
    pub scenarios: Vec<Digest>,
    /// The scenario, to be put together at each point.
    pub template: Template,
    /// The study as written.
    pub study: Node,
    /// How the plan was asked for: no part of its digest, for plans that say the same are the same.
    pub asked: Asked,
}

/// One run of a sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its number, from 0.
    pub number: u64,
    /// Its replicate.
    pub replicate: u32,
    /// Index of its variant.
    pub variant: usize,
    /// Index of its point.
    pub point: usize,
}

impl Sweep {
    /// How many runs.
    #[must_use]
    pub fn runs(&self) -> u64 {
        u64::from(self.replicates) * self.variants.len() as u64 * self.points.len() as u64
    }

    /// The run of a number. The replicate is outermost: whatever is there of a sweep cut short, each point and variant
    /// has as many runs as any other, but for one.
    ///
    /// # Panics
    /// When there are no points or variants.
    #[must_use]
    pub fn run(&self, number: u64) -> Run {
        let (points, variants) = (self.points.len() as u64, self.variants.len() as u64);
        let place = |number: u64| usize::try_from(number).expect("an index of a list in memory");
        Run {
            number,
            replicate: u32::try_from(number / points / variants).unwrap_or(u32::MAX),
            variant: place(number / points % variants),
            point: place(number % points),
        }
    }

    /// The seed of a run: of the study's seed and the replicate, and of the variant if that has its own. 53 bits, so that
    /// every tool reads it exactly.
    #[must_use]
    pub fn seed_of(&self, run: Run) -> u64 {
        let actor = if self.common_seeds { 0 } else { 1 + run.variant as u64 };
        Streams::new(self.seed).stream(Purpose::StudySeed, actor, run.replicate.into()).whole() >> 11
    }

    /// The values set at a point, by path.
    #[must_use]
    pub fn values(&self, point: usize) -> Vec<(&Key, Option<Level>)> {
        let coordinates = self.factors.iter().zip(&self.points[point]);
        coordinates.map(|(factor, coordinate)| (&factor.path, factor.level(*coordinate))).collect()
    }

    /// Name the plan: equal digests, equal rows, whatever files it was read from. The build is no part of it.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut chain = DigestChain::default();
        chain.fold(&FORMAT);
        chain.fold(&self.seed);
        chain.fold(&self.replicates);
        chain.fold(&self.common_seeds);
        for (variant, scenario) in self.variants.iter().zip(&self.scenarios) {
            chain.fold(&variant.as_deref());
            chain.fold(scenario);
        }
        chain.fold(&self.state.as_deref());
        for factor in &self.factors {
            factor.fold(&mut chain);
        }
        for coordinate in self.points.iter().flatten() {
            match coordinate {
                Coordinate::AsWritten => chain.fold(&0_u8),
                Coordinate::Level(level) => {
                    chain.fold(&1_u8);
                    chain.fold(level);
                }
                Coordinate::At(unit) => {
                    chain.fold(&2_u8);
                    chain.fold(&unit.to_bits());
                }
            }
        }
        chain.digest()
    }
}

/// Values with their paths as a template takes them: what is as written is left out.
pub(super) fn set<'a>(values: &'a [(&'a Key, Option<Level>)]) -> Vec<(&'a Key, &'a Node)> {
    values.iter().filter_map(|(path, level)| level.as_ref().map(|level| (*path, &level.value))).collect()
}
