//! Variants of a sweep compared on the same seeds: each seed is averaged over the points of the design first, for its runs
//! share its chance (see `balanced`).
//!
//! Deliberately absent: differences at single points; the table has them, and they are many.

use std::collections::BTreeSet;
use std::io;

use super::balanced::{Points, Seed, is_sparse};
use super::columns::IDENTITY;
use super::merge::Merged;
use super::plan::{Run, Sweep};
use crate::study::difference::Coverage;
use crate::study::outcome::{ALL, OUTCOMES};
use crate::study::{Difference, Outcome};
use crate::tables::Cell;

/// Of one variant and seed, by outcome: what the baseline and the variant have at the points that both define.
type OfSeed = [[Seed; 2]; OUTCOMES];

/// Of one variant, by outcome: what the baseline and the variant come to at each point, of the runs that both define.
type AtPoints = Vec<[Points; 2]>;

/// The values of one outcome in the first variant and in another.
type Values = (Option<f64>, Option<f64>);

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
    let mut coverages = vec![[Coverage::default(); OUTCOMES]; others];
    let mut replicates = vec![BTreeSet::new(); others];
    pairs(sweep, merged, &mut |run, other, outcome, values| {
        replicates[other].insert(run.replicate);
        coverages[other][outcome].add(values);
        for (points, value) in points[other][outcome].iter_mut().zip(both(values)) {
            points.add(run.point, value);
        }
    })?;
    for (coverages, replicates) in coverages.iter_mut().zip(&replicates) {
        for coverage in coverages.iter_mut() {
            coverage.not_run = replicates.len() * sweep.points.len() - coverage.run;
        }
    }
    let mut seeds: Vec<Vec<OfSeed>> = vec![vec![OfSeed::default(); sweep.replicates as usize]; others];
    pairs(sweep, merged, &mut |run, other, outcome, values| {
        let sides = seeds[other][run.replicate as usize][outcome].iter_mut().zip(&points[other][outcome]);
        sides.zip(both(values)).for_each(|((seed, points), value)| seed.add(points, run.point, value));
    })?;
    let found = seeds.iter().zip(&points).zip(&coverages);
    Ok(found.map(|((seeds, points), coverages)| differences(seeds, points, coverages, sweep.seed)).collect())
}

/// Both values, where there are both.
fn both((one, other): Values) -> impl Iterator<Item = f64> {
    one.zip(other).map(|(one, other)| [one, other]).into_iter().flatten()
}

/// Goes through the pairs: which run, which variant after the first, which outcome, and its values in the first and in this.
fn pairs(sweep: &Sweep, merged: &Merged, take: &mut dyn FnMut(Run, usize, usize, Values)) -> io::Result<()> {
    // The variants of a seed follow one another, the baseline first.
    let mut baseline: Vec<Option<[Option<f64>; OUTCOMES]>> = vec![None; sweep.points.len()];
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
            baseline.fill(None);
            of_replicate = Some(run.replicate);
        }
        let Some(other) = run.variant.checked_sub(1) else {
            baseline[run.point] = Some(values);
            return Ok(());
        };
        for (outcome, pair) in baseline[run.point].into_iter().flatten().zip(values).enumerate() {
            take(run, other, outcome, pair);
        }
        Ok(())
    })?;
    Ok(())
}

fn differences(seeds: &[OfSeed], points: &AtPoints, coverages: &[Coverage; OUTCOMES], seed: u64) -> Vec<Difference> {
    let of = |(index, outcome): (usize, &'static Outcome)| {
        let [one, other] = &points[index];
        let pair = |seed: &OfSeed| Some((seed[index][0].mean(one)?, seed[index][1].mean(other)?));
        let pairs: Vec<Option<(f64, f64)>> = seeds.iter().map(pair).collect();
        let coverage = coverages[index];
        let is_withheld = coverage.is_one_sided() || is_sparse(coverage.both, coverage.run + coverage.not_run);
        Difference::of_pairs(outcome, &pairs, (coverage, is_withheld), [outcome.possible(); 2], seed)
    };
    ALL.iter().enumerate().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::{ALL, AtPoints, Coverage, OUTCOMES, OfSeed, Points, differences};

    /// Impunity over two points: 0.9 and 0.5 at the one, 0.5 and 0.3 at the other, for seeds alike.
    #[test]
    fn a_seed_cut_short_stays_and_is_held_against_its_own_points() {
        let mut points: AtPoints = vec![[Points::default(), Points::default()]; OUTCOMES];
        let runs = [(0, 0, 0.9, 0.5), (0, 1, 0.5, 0.3), (1, 0, 0.8, 0.5), (1, 1, 0.6, 0.3), (2, 1, 0.55, 0.3)];
        for (_, point, one, other) in runs {
            points[0][0].add(point, one);
            points[0][1].add(point, other);
        }
        let mut seeds = vec![OfSeed::default(); 3];
        for (seed, point, one, other) in runs {
            for (side, value) in [one, other].into_iter().enumerate() {
                seeds[seed][0][side].add(&points[0][side], point, value);
            }
        }
        let coverages = |run: usize| [Coverage { run, both: 5, ..Coverage::default() }; OUTCOMES];
        let found = differences(&seeds, &points, &coverages(6), 7);
        assert_eq!(found.len(), 1);
        let impunity = &found[0];
        assert_eq!((impunity.outcome.key, impunity.pairs, impunity.below_zero), (ALL[0].key, 3, 3));
        assert!(!impunity.is_withheld, "one of six is missing");
        // By itself the last seed would differ by 0.25.
        assert!((impunity.mean + 0.3).abs() < 1e-9, "{impunity:?}");
        assert!((impunity.means.0 - 0.7).abs() < 1e-9 && (impunity.means.1 - 0.4).abs() < 1e-9, "{impunity:?}");
        let sparse = differences(&seeds, &points, &coverages(8), 7);
        assert!(
            sparse[0].interval.is_none() && sparse[0].is_withheld && !sparse[0].is_tied(),
            "three of eight are missing"
        );
    }
}
