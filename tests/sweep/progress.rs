//! What a sweep under way tells of itself: runs done, of how many, and how closely mean impunity is known.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use comity::base::Interval;
use comity::study::Standing;
use comity::study::sweep::work::{How, work};
use comity::study::sweep::{Shard, folder};

use super::{Place, STUDY};

/// Works a shard of a plan off, and keeps what is told.
fn told(plan: &str, shard: Shard, interrupt_after: Option<usize>) -> Vec<Standing> {
    let (plan, results) = folder::places(plan.as_ref()).unwrap_or_else(|_| panic!("a plan"));
    let sweep = folder::load(&plan, false).unwrap_or_else(|_| panic!("a plan"));
    folder::accompany(&plan, &results).unwrap_or_else(|_| panic!("a folder"));
    let interrupt = AtomicBool::new(false);
    let how = How { shard, threads: 1, part_runs: 5, any_build: false, interrupt: &interrupt };
    let mut all = Vec::new();
    let done = work(&sweep, &results, how, &mut |at| {
        all.push(at);
        if Some(all.len()) == interrupt_after {
            interrupt.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    });
    done.unwrap_or_else(|_| panic!("it runs"));
    all
}

/// Means of impunity by replicate over the runs of a shard, from the table that the parts come to.
fn by_replicate(place: &Place, plan: &str, shard: Shard) -> Vec<f64> {
    let table = place.merged(plan);
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let names = lines.next().expect("columns");
    let column = |name: &str| names.iter().position(|known| *known == name).expect("a column");
    let (replicate, impunity) = (column("replicate"), column("impunity"));
    let mut values: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (_, line) in (0..).zip(lines).filter(|(run, _)| shard.holds(*run)) {
        values.entry(line[replicate]).or_default().push(line[impunity].parse().expect("a number"));
    }
    #[expect(clippy::cast_precision_loss, reason = "a few runs")]
    values.into_values().map(|values| values.iter().sum::<f64>() / values.len() as f64).collect()
}

#[test]
fn the_interval_is_that_of_the_means_of_whole_replicates() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    let told = told(&plan, Shard::WHOLE, None);
    assert_eq!(told.iter().map(|at| at.runs).collect::<Vec<_>>(), (0..=24).collect::<Vec<_>>());
    assert!(told.iter().all(|at| at.of == 24), "{told:?}");
    let means = by_replicate(&place, &plan, Shard::WHOLE);
    assert_eq!(means.len(), 3);
    // One replicate of two variants at four points tells nothing of chance.
    for (runs, replicates) in [(15, None), (16, Some(2)), (23, Some(2)), (24, Some(3))] {
        let known = replicates.and_then(|number| Interval::of(&means[..number])).map(|interval| interval.width());
        let width = told[runs].width;
        let same = width.zip(known).map_or(width == known, |(one, other)| (one - other).abs() < 1e-9);
        assert!(same, "after {runs} runs: {width:?} told, {known:?} found");
    }
}

#[test]
fn what_was_there_counts_as_done_and_not_towards_the_interval() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    let before = told(&plan, Shard::WHOLE, Some(6)).len() - 1;
    assert!((5..16).contains(&before), "{before}");
    let after = told(&plan, Shard::WHOLE, None);
    assert_eq!(after.first().map(|at| (at.runs, at.width)), Some((before, None)));
    let last = after.last().expect("the end");
    assert_eq!((last.runs, last.of), (24, 24));
    // Of the replicate that was begun before only some points are run now.
    let whole = if before > 8 { 1 } else { 2 };
    assert_eq!(last.width.is_some(), whole == 2, "{before} runs before, {last:?}");
}

/// Eight runs a replicate: two shards have four of each, the same points; of three shards each has two or three, and others in
/// each replicate.
#[test]
fn a_shard_tells_of_the_part_that_it_has_of_each_replicate() {
    for of in [2, 3] {
        let place = Place::new();
        let plan = place.plan(STUDY, "plan");
        let last = (1..=of).map(|number| {
            let shard = Shard { number, of };
            (shard, *told(&plan, shard, None).last().expect("the end"))
        });
        for (shard, last) in last.collect::<Vec<_>>() {
            let means = by_replicate(&place, &plan, shard);
            let known = Interval::of(&means).expect("three replicates").width();
            let width = last.width.unwrap_or_else(|| panic!("no width of shard {shard}"));
            assert!((width - known).abs() < 1e-9, "shard {shard}: {width} told, {known} found");
        }
    }
}
