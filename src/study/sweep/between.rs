//! Variants of a sweep compared on the same seeds: each seed is averaged over the points of the design first, for its runs
//! share its chance (see `balanced`).
//!
//! Deliberately absent: differences at single points; the table has them, and they are many.

use std::io;

use super::balanced::Points;
use super::columns::IDENTITY;
use super::merge::Merged;
use super::plan::{Run, Sweep};
use crate::base::interval::float;
use crate::study::outcome::{ALL, OUTCOMES};
use crate::study::{Difference, Outcome};
use crate::tables::Cell;

/// Of one variant, by seed and outcome: sums over the points that the baseline and the variant both define, less what is
/// common to all seeds there.
type Sums = [(f64, f64, usize); OUTCOMES];

/// Of one variant, by outcome: what the baseline and the variant come to at each point, of the runs that both define.
type AtPoints = Vec<[Points; 2]>;

/// What each variant but the first changes against it, in the order of the variants; nothing where seeds are not shared.
///
/// # Errors
/// When parts cannot be read any more.
pub fn between(sweep: &Sweep, merged: &Merged) -> io::Result<Vec<Vec<Difference>>> {
    if !sweep.common_seeds {
        return Ok(Vec::new());
    }
    let others = sweep.variants.len().saturating_sub(1);
    let mut points: Vec<AtPoints> = vec![vec![[Points::default(), Points::default()]; OUTCOMES]; others];
    pairs(sweep, merged, &mut |run, other, outcome, values| {
        for (points, value) in points[other][outcome].iter_mut().zip(values) {
            points.add(run.point, value);
        }
    })?;
    let mut sums: Vec<Vec<Sums>> = vec![vec![[(0.0, 0.0, 0); OUTCOMES]; sweep.replicates as usize]; others];
    pairs(sweep, merged, &mut |run, other, outcome, [one, changed]| {
        let common = [0, 1].map(|side: usize| points[other][outcome][side].at(run.point));
        let (base, varied, count) = &mut sums[other][run.replicate as usize][outcome];
        *base += one - common[0];
        *varied += changed - common[1];
        *count += 1;
    })?;
    Ok(sums.iter().zip(&points).map(|(seeds, points)| differences(seeds, points, sweep.seed)).collect())
}

/// Goes through the pairs: which run, which variant after the first, which outcome, and its values in the first and in this.
fn pairs(sweep: &Sweep, merged: &Merged, take: &mut dyn FnMut(Run, usize, usize, [f64; 2])) -> io::Result<()> {
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
        for (outcome, pair) in baseline[run.point].into_iter().zip(values).enumerate() {
            if let (Some(one), Some(changed)) = pair {
                take(run, other, outcome, [one, changed]);
            }
        }
        Ok(())
    })?;
    Ok(())
}

fn differences(seeds: &[Sums], points: &AtPoints, seed: u64) -> Vec<Difference> {
    let of = |(index, outcome): (usize, &'static Outcome)| {
        let common = [0, 1].map(|side: usize| points[index][side].mean());
        let pair = |sums: &Sums| {
            let (one, other, count) = sums[index];
            (count > 0).then(|| (common[0] + one / float(count), common[1] + other / float(count)))
        };
        let pairs: Vec<Option<(f64, f64)>> = seeds.iter().map(pair).collect();
        pairs
            .iter()
            .any(Option::is_some)
            .then(|| Difference::of_pairs(outcome, &pairs, [outcome.possible(); 2], seed))?
    };
    ALL.iter().enumerate().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::{ALL, AtPoints, OUTCOMES, Points, Sums, differences};

    /// Impunity over two points: 0.9 and 0.5 at the one, 0.5 and 0.3 at the other, for seeds alike.
    #[test]
    fn a_seed_cut_short_stays_and_is_held_against_its_own_points() {
        let mut points: AtPoints = vec![[Points::default(), Points::default()]; OUTCOMES];
        let runs = [(0, 0, 0.9, 0.5), (0, 1, 0.5, 0.3), (1, 0, 0.8, 0.5), (1, 1, 0.6, 0.3), (2, 1, 0.55, 0.3)];
        for (_, point, one, other) in runs {
            points[0][0].add(point, one);
            points[0][1].add(point, other);
        }
        let mut seeds: Vec<Sums> = vec![[(0.0, 0.0, 0); OUTCOMES]; 3];
        for (seed, point, one, other) in runs {
            let sums = &mut seeds[seed][0];
            *sums = (sums.0 + one - points[0][0].at(point), sums.1 + other - points[0][1].at(point), sums.2 + 1);
        }
        let found = differences(&seeds, &points, 7);
        assert_eq!(found.len(), 1);
        let impunity = &found[0];
        assert_eq!((impunity.outcome.key, impunity.pairs, impunity.below_zero), (ALL[0].key, 3, 3));
        // By itself the last seed would differ by 0.25.
        assert!((impunity.mean + 0.3).abs() < 1e-9, "{impunity:?}");
        assert!((impunity.means.0 - 0.7).abs() < 1e-9 && (impunity.means.1 - 0.4).abs() < 1e-9, "{impunity:?}");
    }
}
