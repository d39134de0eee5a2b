//! Variants of a sweep compared on the same seeds: each seed is averaged over the points of the design first, for its runs
//! share its chance.
//!
//! Deliberately absent: differences at single points; the table has them, and they are many.

use std::io;

use super::columns::IDENTITY;
use super::merge::Merged;
use super::plan::Sweep;
use crate::base::interval::float;
use crate::study::outcome::{ALL, OUTCOMES};
use crate::study::{Difference, Outcome};
use crate::tables::Cell;

/// Of one variant and seed, by outcome: sums of the baseline and of the variant over the points that both define.
type Sums = [(f64, f64, u32); OUTCOMES];

/// What each variant but the first changes against it, in the order of the variants; nothing where seeds are not shared.
///
/// # Errors
/// When parts cannot be read any more.
pub fn between(sweep: &Sweep, merged: &Merged) -> io::Result<Vec<Vec<Difference>>> {
    if !sweep.common_seeds {
        return Ok(Vec::new());
    }
    let others = sweep.variants.len().saturating_sub(1);
    let mut sums: Vec<Vec<Sums>> = vec![vec![[(0.0, 0.0, 0); OUTCOMES]; sweep.replicates as usize]; others];
    // The variants of a seed follow one another, the baseline first.
    let mut baseline: Vec<[Option<f64>; OUTCOMES]> = vec![[None; OUTCOMES]; sweep.points.len()];
    let mut of_replicate = None;
    let first = IDENTITY.len() + sweep.factors.len();
    merged.each(&mut |cells| {
        let Cell::Whole(number) = cells[0] else { return Ok(()) };
        let run = sweep.run(number.cast_unsigned());
        let value = |outcome: usize| match cells[first + outcome] {
            Cell::Number(value) => Some(value),
            _ => None,
        };
        let values: [Option<f64>; OUTCOMES] = std::array::from_fn(value);
        if of_replicate != Some(run.replicate) {
            baseline.fill([None; OUTCOMES]);
            of_replicate = Some(run.replicate);
        }
        let Some(other) = run.variant.checked_sub(1) else {
            baseline[run.point] = values;
            return Ok(());
        };
        let of_seed = &mut sums[other][run.replicate as usize];
        for (sum, pair) in of_seed.iter_mut().zip(baseline[run.point].into_iter().zip(values)) {
            if let (Some(one), Some(other)) = pair {
                *sum = (sum.0 + one, sum.1 + other, sum.2 + 1);
            }
        }
        Ok(())
    })?;
    Ok(sums.iter().map(|seeds| differences(seeds, sweep.seed)).collect())
}

fn differences(seeds: &[Sums], seed: u64) -> Vec<Difference> {
    let of = |(index, outcome): (usize, &'static Outcome)| {
        // A seed cut short is averaged over other points than the others.
        let most = seeds.iter().map(|sums: &Sums| sums[index].2).max().filter(|most| *most > 0)?;
        let pair = |sums: &Sums| {
            let (one, other, points) = sums[index];
            (points == most).then(|| (one / float(points as usize), other / float(points as usize)))
        };
        let pairs: Vec<Option<(f64, f64)>> = seeds.iter().map(pair).collect();
        Difference::of_pairs(outcome, &pairs, [outcome.possible(); 2], seed)
    };
    ALL.iter().enumerate().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::{ALL, OUTCOMES, differences};

    #[test]
    fn seeds_are_averaged_over_points_and_those_cut_short_left_out() {
        let of = |one: f64, other: f64, points: u32| {
            let mut sums = [(0.0, 0.0, 0); OUTCOMES];
            sums[0] = (one, other, points);
            sums
        };
        // Impunity over two points each; the last seed has one point alone.
        let found = differences(&[of(1.6, 1.0, 2), of(1.4, 1.0, 2), of(0.1, 0.9, 1)], 7);
        assert_eq!(found.len(), 1);
        let impunity = &found[0];
        assert_eq!((impunity.outcome.key, impunity.pairs, impunity.below_zero), (ALL[0].key, 2, 2));
        assert!((impunity.mean + 0.25).abs() < 1e-12, "{impunity:?}");
        assert!((impunity.means.0 - 0.75).abs() < 1e-12);
    }
}
