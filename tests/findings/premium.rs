//! The seed question: what the last one out gains.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use comity::reading;
use comity::scenario::{self, Options, Pair};
use comity::study::Standing;
use comity::study::compare::{Length, Variant};
use comity::study::outcome::OUTCOMES;
use comity::study::premium::{Premium, SHARES, premium};
use comity::study::{Outcome, PairPremium, Pool, compare};

fn study(seeds: u64, threads: usize, settings: &[&str]) -> Premium {
    told(seeds, threads, settings, &mut |_| {})
}

fn told(seeds: u64, threads: usize, settings: &[&str], standing: &mut dyn FnMut(Standing)) -> Premium {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/one-state-stays-out.yaml");
    let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let mut pair = Pair::read(&path, &Options { settings, ..Options::default() })
        .unwrap_or_else(|(problems, sources)| panic!("{}", reading::render(&sources, &problems, false)));
    let seeds: Vec<u64> = (1..=seeds).collect();
    let pool = Pool { threads, interrupt: &AtomicBool::new(false) };
    let found = premium(&mut pair, &seeds, &pool, standing);
    found.unwrap_or_else(|stopped| panic!("{stopped:?}"))
}

#[test]
fn the_premium_rises_with_the_share_of_the_others_and_is_largest_for_the_last_one_out() {
    let found = study(4, 2, &["to=2016-12-31", "networks.count=300"]);
    let means: Vec<f64> = found.steps.iter().map(|step| step.premium.expect("pairs")).collect();
    assert_eq!(found.steps.iter().map(|step| step.joined).collect::<Vec<_>>(), [0, 2, 4, 5, 6, 7]);
    let last = found.steps.last().expect("steps");
    assert!(last.above_zero >= 1.0, "{last:?}");
    // What is gained rises with every step; the last two ratios can be told apart only over a hundred seeds
    // (docs/studies.md), since who joins loses networks to whoever is still out, which lowers what it is a ratio of.
    let gains: Vec<f64> = found.steps.iter().map(|step| step.based.0 - step.based.1).collect();
    assert!(gains[1..].windows(2).all(|pair| pair[0] < pair[1]), "{gains:?}");
    assert!(means[..4].iter().all(|mean| *mean < means[5]), "the last ones out gain most: {means:?}");
    // The protocol binds nobody before five have consented: up to there the curve is flat, and rises from there on.
    assert!(means[5] > means[3] && means[3] > means[0], "{means:?}");
    let third = |range: std::ops::Range<usize>| means[range].iter().sum::<f64>() / 2.0;
    assert!(third(0..2) < third(2..4) && third(2..4) < third(4..6), "{means:?}");
}

/// While a study goes on it tells how wide the interval of the last step is, by the batches that are whole.
#[test]
fn the_width_that_is_told_is_that_of_the_last_step() {
    let settings = ["to=2011-12-31", "networks.count=40"];
    let mut standings = Vec::new();
    let eleven = told(11, 2, &settings, &mut |at| standings.push(at));
    let ten = study(10, 2, &settings);
    assert_ne!(eleven.digest, ten.digest, "of other runs");
    let runs = ten.steps.len() * 2;
    let known = ten.steps.last().and_then(|step| step.interval).map(|interval| interval.width());
    assert!(known.is_some(), "{ten:?}");
    assert_eq!(standings.len(), 11 * runs);
    assert!(standings[..10 * runs].iter().all(|at| at.width.is_none()), "before the first batch was whole");
    assert!(standings[10 * runs..].iter().all(|at| at.width == known), "{known:?}");
}

/// What a comparison calls the premium is the last step of the curve, where all the others have joined.
#[test]
fn a_comparison_of_the_two_variants_finds_the_same_premium() {
    let settings = ["to=2013-12-31", "networks.count=80"];
    let curve = study(3, 2, &settings);
    let variants = ["holds-out", "joins"].map(|name| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/one-state-stays-out.yaml");
        let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
        let options = Options { variant: Some(name.to_owned()), settings, ..Options::default() };
        let plan = scenario::read(&path, &options).unwrap_or_else(|(problems, _)| panic!("{problems:?}")).plan;
        Variant { name: name.to_owned(), state: plan.library.state_coded("hesper"), plan: Arc::new(plan) }
    });
    let pool = Pool { threads: 2, interrupt: &AtomicBool::new(false) };
    let networks = Outcome::named("state_networks").expect("one of the list");
    let found = compare(&variants, 1, Length::Runs(3), &pool, networks, &mut |_| {});
    let runs = found.unwrap_or_else(|error| panic!("{error}")).runs;
    let found = PairPremium::of(&runs[0], &runs[1], 1).expect("pairs");
    let last = curve.steps.last().expect("steps");
    assert_eq!(found.premiums, last.premiums);
    assert_eq!((found.based, found.pairs, Some(found.premium)), (last.based, 3, last.premium));
    assert_eq!(found.interval.map(|(interval, _)| interval), last.interval, "by Student's t, of so few");
    let no_state: Vec<_> = runs[0]
        .iter()
        .cloned()
        .map(|mut run| {
            run.values = [None; OUTCOMES];
            run
        })
        .collect();
    assert_eq!(PairPremium::of(&no_state, &runs[1], 1), None);
}

/// What is set from the command line stands over both variants, and over what the others take over from them.
#[test]
fn a_setting_is_laid_over_the_two_variants() {
    let membership = "membership.internet-trafficking-protocol/conduct";
    let both = [format!("{membership}.hesper=never"), "states.hesper.law=full".to_owned()];
    let settings = ["to=2012-12-31", "networks.count=40", &both[0], &both[1]];
    let found = study(1, 1, &settings);
    assert!(found.steps.iter().all(|step| step.premiums == [Some(0.0)]), "the state does the same in both: {found:?}");
    let alba = format!("{membership}.alba=never");
    let last = |settings: &[&str]| study(1, 1, settings).steps.pop().expect("steps").based;
    assert_ne!(last(&["to=2013-12-31", "networks.count=80"]), last(&["to=2013-12-31", "networks.count=80", &alba]));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let settings = ["to=2012-12-31", "networks.count=40"];
    let (one, three) = (study(2, 1, &settings), study(2, 3, &settings));
    assert_eq!(one, three);
    assert_eq!(one.steps.len(), SHARES.len());
}
