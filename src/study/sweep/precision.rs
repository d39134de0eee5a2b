//! How closely a sweep under way knows what its runs come to in the mean: for whoever watches it, and part of no result.
//!
//! Points differ, and the runs of one replicate share a seed: what varies by chance is the mean of a replicate over all
//! its runs, or over all that a shard has of them. Where a shard has other points of one replicate than of the next, that they
//! differ widens the interval. Replicates of which a run was there before are left out.

use std::collections::BTreeMap;

use super::columns::columns;
use super::plan::Sweep;
use super::shard::Shard;
use crate::base::interval::{float, t_quantile};
use crate::tables::Cell;

/// The outcome that is watched: the one of which every run is about.
const WATCHED: &str = "impunity";

/// Means of whole replicates, and the sums of those under way.
#[derive(Debug)]
pub struct Precision {
    /// Runs of a replicate, and whose of them are made.
    runs: u64,
    shard: Shard,
    column: Option<usize>,
    under_way: BTreeMap<u64, UnderWay>,
    replicates: usize,
    mean: f64,
    /// Squared distances from the mean, added up (Welford 1962).
    squares: f64,
}

/// A replicate under way.
#[derive(Debug, Default)]
struct UnderWay {
    runs: u64,
    sum: f64,
    defined: usize,
}

impl Precision {
    /// Before the first run of a shard of a sweep.
    #[must_use]
    pub fn new(sweep: &Sweep, shard: Shard) -> Self {
        let runs = (sweep.points.len() * sweep.variants.len()) as u64;
        let column = columns(sweep).iter().position(|column| column.name == WATCHED);
        Self { runs, shard, column, under_way: BTreeMap::new(), replicates: 0, mean: 0.0, squares: 0.0 }
    }

    /// Takes the row of a run, each once.
    pub fn look_at(&mut self, run: u64, cells: &[Cell]) {
        let replicate = run / self.runs;
        let under_way = self.under_way.entry(replicate).or_default();
        under_way.runs += 1;
        if let Some(Cell::Number(value)) = self.column.and_then(|column| cells.get(column)) {
            under_way.sum += value;
            under_way.defined += 1;
        }
        let first = replicate * self.runs;
        if under_way.runs == self.shard.count(first..first + self.runs)
            && let Some(whole) = self.under_way.remove(&replicate)
            && whole.defined > 0
        {
            self.add(whole.sum / float(whole.defined));
        }
    }

    fn add(&mut self, value: f64) {
        self.replicates += 1;
        let before = value - self.mean;
        self.mean += before / float(self.replicates);
        self.squares += before * (value - self.mean);
    }

    /// How wide the 95 % interval of mean impunity is by Student's t, as a share; none of fewer than two whole replicates.
    #[must_use]
    pub fn width(&self) -> Option<f64> {
        let degrees = self.replicates.checked_sub(1).filter(|degrees| *degrees > 0).map(float)?;
        let variance = self.squares / degrees;
        Some(2.0 * t_quantile(0.975, degrees) * libm::sqrt(variance / float(self.replicates)))
    }
}
