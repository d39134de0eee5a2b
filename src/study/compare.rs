//! Variants of a scenario on the same seeds (*common random numbers*): what each changes, pair by pair.
//!
//! Runs are made in blocks, one seed in all variants, so that an interrupted study is balanced: whole blocks count,
//! in the order of the seeds. Deliberately absent: factors that vary at once; see the sweep.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::course::{Followed, Following};
use super::difference::Difference;
use super::measured::Measured;
use super::outcome::Outcome;
use super::runs::{Job, Pool, seeds_from};
use super::standing::{Ended, Standing};
use crate::base::StateId;
use crate::engine::{Plan, Stopped};

/// Blocks between two looks at the width of an interval. Fixed, so that where a study ends hangs on no thread.
pub const BATCH: usize = 10;
/// Blocks before the first look: an interval of fewer is itself too uncertain to stop by.
pub const FIRST_LOOK: usize = 20;
/// Blocks of one study: at a tenth of a second a run, a quarter of an hour for each variant, and an interval that is
/// not narrow by then will hardly become so.
pub const MOST_RUNS: usize = 10_000;

/// A variant that is compared.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// What it runs.
    pub plan: Arc<Plan>,
    /// The state that the study is about, in its numbering.
    pub state: Option<StateId>,
}

/// When a study ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Length {
    /// After so many seeds.
    Runs(usize),
    /// When the interval of this outcome is at most so wide in every difference, or after [`MOST_RUNS`].
    UntilWidth(&'static Outcome, f64),
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Seeds, in order.
    pub seeds: Vec<u64>,
    /// By variant, then seed.
    pub runs: Vec<Vec<Measured>>,
    /// By variant but the first, which is the baseline; then by outcome.
    pub differences: Vec<Vec<Difference>>,
    /// Why it ended.
    pub ended: Ended,
}

impl Comparison {
    /// What these runs come to, by variant, then seed.
    pub(super) fn of(seeds: Vec<u64>, runs: Vec<Vec<Measured>>, ended: Ended) -> Self {
        let (baseline, others) = runs.split_first().expect("at least one variant");
        let seed = seeds[0];
        let differences = others.iter().map(|runs| Difference::all(baseline, runs, seed));
        Self { differences: differences.collect(), seeds, runs, ended }
    }
}

/// As [`compare`], and keeps how the variants go month by month.
///
/// # Errors
/// As [`compare`].
///
/// # Panics
/// Without variants.
pub fn follow(
    variants: &[Variant],
    first_seed: u64,
    length: Length,
    pool: &Pool<'_>,
    watched: &'static Outcome,
    standing: &mut dyn FnMut(Standing),
) -> Result<(Comparison, Followed), Stopped> {
    let following = Following::new(variants, first_seed);
    let (comparison, following) =
        Study::new(variants, first_seed, length, watched, Some(following)).run(pool, standing)?;
    Ok((comparison, following.expect("it was followed").found(variants)))
}

/// Runs all variants on the seeds from `first_seed` on. `watched` is the outcome whose interval `standing` is told of;
/// with [`Length::UntilWidth`] it is that one.
///
/// # Errors
/// When a run stops for another reason than interruption, or is interrupted before one block is whole.
///
/// # Panics
/// Without variants.
pub fn compare(
    variants: &[Variant],
    first_seed: u64,
    length: Length,
    pool: &Pool<'_>,
    watched: &'static Outcome,
    standing: &mut dyn FnMut(Standing),
) -> Result<Comparison, Stopped> {
    Study::new(variants, first_seed, length, watched, None).run(pool, standing).map(|(comparison, _)| comparison)
}

struct Study<'a> {
    variants: &'a [Variant],
    seeds: Vec<u64>,
    /// By variant, then seed: of whole blocks.
    runs: Vec<Vec<Measured>>,
    length: Length,
    watched: &'static Outcome,
    standing: Standing,
    following: Option<Following>,
}

impl<'a> Study<'a> {
    fn new(
        variants: &'a [Variant],
        first_seed: u64,
        length: Length,
        watched: &'static Outcome,
        following: Option<Following>,
    ) -> Self {
        let (most, watched) = match length {
            Length::Runs(runs) => (runs.min(MOST_RUNS), watched),
            Length::UntilWidth(outcome, _) => (MOST_RUNS, outcome),
        };
        Self {
            variants,
            seeds: seeds_from(first_seed, most),
            runs: vec![Vec::new(); variants.len()],
            length,
            watched,
            standing: Standing {
                runs: 0,
                of: most * variants.len(),
                at_most: matches!(length, Length::UntilWidth(..)),
                width: None,
            },
            following,
        }
    }

    /// How many are whole.
    fn blocks(&self) -> usize {
        self.runs[0].len()
    }

    fn run(
        mut self,
        pool: &Pool<'_>,
        standing: &mut dyn FnMut(Standing),
    ) -> Result<(Comparison, Option<Following>), Stopped> {
        let mut ended = Ended::Complete;
        while self.blocks() < self.seeds.len() {
            let batch = self.batch(pool, standing);
            if let Some(following) = &mut self.following {
                following.choose(self.variants, &self.runs);
            }
            if let Err(stopped) = batch {
                match stopped {
                    Stopped::Interrupted { .. } if self.blocks() > 0 => ended = Ended::Interrupted,
                    stopped => return Err(stopped),
                }
                break;
            }
            if let Length::UntilWidth(_, width) = self.length
                && self.blocks() >= FIRST_LOOK
            {
                ended = Ended::NotNarrowEnough;
                match self.standing.width {
                    Some(widest) if widest > width => {}
                    Some(_) => {
                        ended = Ended::NarrowEnough;
                        break;
                    }
                    // An outcome that no run defines will have no interval, however many runs there are; nor, in all
                    // likelihood, one that one side alone defines in many, or that differed by the same in every pair so far.
                    None => break,
                }
            }
        }
        Ok(self.found(ended))
    }

    /// The next blocks. Those that are whole are kept, whatever comes after.
    fn batch(&mut self, pool: &Pool<'_>, standing: &mut dyn FnMut(Standing)) -> Result<(), Stopped> {
        let done = self.blocks();
        let seeds = &self.seeds[done..self.seeds.len().min(done + BATCH)];
        let of_seed = |seed: &u64| {
            let seed = *seed;
            self.variants.iter().map(move |variant| Job { plan: Arc::clone(&variant.plan), seed })
        };
        let jobs: Vec<Job> = seeds.iter().flat_map(of_seed).collect();
        let variants = self.variants;
        // All runs of a variant have one plan but for the seed, and its law is the same in all of them.
        let kept = self.following.take();
        let measure = |plan: &Plan, outcome| {
            let own = variants.iter().position(|variant| Arc::ptr_eq(&variant.plan.library, &plan.library));
            let measured = Measured::of(plan, own.and_then(|own| variants[own].state), &outcome);
            (measured, kept.as_ref().zip(own).map(|(kept, own)| kept.row(own, plan, outcome)))
        };
        let mut block = Vec::with_capacity(variants.len());
        let mut rows = Vec::new();
        let (runs, at) = (&mut self.runs, &mut self.standing);
        let ended = pool.each(&jobs, &measure, &mut |_, run| {
            block.push(run);
            if block.len() == variants.len() {
                let (measured, of_block): (Vec<Measured>, Vec<_>) = block.drain(..).unzip();
                for (runs, measured) in runs.iter_mut().zip(measured) {
                    runs.push(measured);
                }
                rows.push(of_block.into_iter().flatten().collect());
            }
            at.runs += 1;
            standing(*at);
            ControlFlow::Continue(())
        });
        self.following = kept.map(|mut kept| {
            for rows in rows {
                kept.block(rows);
            }
            kept
        });
        ended?;
        self.standing.width = self.widest();
        Ok(())
    }

    /// The widest interval of the outcome watched; none where no pair defines it, one side alone does in too many, or all differ
    /// by the same, endless where fewer pairs define it than are looked at first.
    fn widest(&self) -> Option<f64> {
        let (baseline, others) = self.runs.split_first()?;
        let width = |runs: &Vec<Measured>| {
            let difference = Difference::of(self.watched, baseline, runs, self.seeds[0])?;
            let width = difference.interval.map(|(interval, _)| interval.width());
            let looked_at = FIRST_LOOK.min(self.blocks());
            match difference.coverage.both + difference.coverage.one_sided() {
                few if few < looked_at => Some(f64::INFINITY),
                // More seeds do not mend that one side alone defines it in many.
                _ if difference.is_withheld => None,
                _ if difference.pairs < looked_at => Some(f64::INFINITY),
                _ => width,
            }
        };
        others.iter().filter_map(width).max_by(f64::total_cmp)
    }

    fn found(mut self, ended: Ended) -> (Comparison, Option<Following>) {
        self.seeds.truncate(self.blocks());
        (Comparison::of(self.seeds, self.runs, ended), self.following)
    }
}
