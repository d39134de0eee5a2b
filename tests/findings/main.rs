//! What the scenarios are expected to show, over several seeds; and the worked cases, by name.

#![expect(clippy::disallowed_methods, reason = "lists what is shipped")]

mod acts_of_treaty;
mod cases;
mod compare;
mod enacting;
mod havens;
mod pivotal;
mod premium;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::atomic::{AtomicUsize, Ordering};

use comity::base::Day;
use comity::engine::{self, Plan, Tally};
use comity::law::{Act, GroundCode};
use comity::reading;
use comity::scenario::{self, Expects, Finding, Scenario};
use comity::transport::Direct;

/// Seeds tried beside each other. One that fails is a finding that hangs by chance.
const SEEDS: u64 = 8;

/// The YAML files of a folder of the repository, by name.
fn files(folder: &str) -> Vec<PathBuf> {
    let listed = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("part of the repository");
    let mut paths: Vec<PathBuf> = listed.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    paths
}

fn read(path: &Path, variant: Option<&str>) -> Scenario {
    let options = scenario::Options { variant: variant.map(str::to_owned), ..scenario::Options::default() };
    scenario::read(path, &options)
        .unwrap_or_else(|(problems, sources)| panic!("{}", reading::render(&sources, &problems, false)))
}

fn run(scenario: &Scenario) -> Tally {
    let plan = &scenario.plan;
    let mut nodes = Direct::of(plan);
    engine::run(plan, &mut nodes, &mut (), &AtomicBool::new(false)).expect("it runs").tally
}

#[test]
fn every_expected_finding_is_met_with_every_seed() {
    let paths = files("scenarios");
    let next = AtomicUsize::new(0);
    let work = || {
        let mut offenders = Vec::new();
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            offenders.extend(offenders_of(path));
        }
        offenders
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let mut offenders: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a scenario that runs")).collect()
    });
    offenders.sort();
    assert!(offenders.is_empty(), "\n{}", offenders.join("\n"));
}

/// Whether it is a question to the law alone, with the same answer whatever the seed: where nobody joins, and no law is
/// made, by a hazard.
fn is_of_law(finding: &Finding, plan: &Plan) -> bool {
    let is_dated = plan.adoption.joined.is_empty() && plan.adoption.enactments.is_empty();
    is_dated && matches!(finding.expects, Expects::Participation(..) | Expects::Opinion(..) | Expects::OpenPairs(..))
}

/// Findings of a scenario that are not met with some seed, or were never tried.
fn offenders_of(path: &Path) -> Vec<String> {
    let mut offenders = Vec::new();
    let whole = read(path, None);
    assert!(!whole.findings.is_empty(), "{} expects nothing", path.display());
    let variants = std::iter::once(None).chain(whole.variants.iter().map(|variant| Some(variant.as_str())));
    let mut tried = vec![false; whole.findings.len()];
    for variant in variants {
        let mut scenario = read(path, variant);
        let expected: Vec<usize> = (0..scenario.findings.len())
            .filter(|index| scenario.findings[*index].expected_of(&scenario.also_known_as))
            .collect();
        if expected.is_empty() {
            continue;
        }
        let first_seed = scenario.plan.seed;
        let (of_law, of_runs): (Vec<usize>, Vec<usize>) =
            expected.into_iter().partition(|index| is_of_law(&scenario.findings[*index], &scenario.plan));
        let seeds = if of_runs.is_empty() { 1 } else { SEEDS };
        for seed in first_seed..first_seed + seeds {
            scenario.plan.seed = seed;
            let tally = run(&scenario);
            let of_law: &[usize] = if seed == first_seed { &of_law } else { &[] };
            for index in of_law.iter().chain(&of_runs) {
                let finding = &scenario.findings[*index];
                tried[*index] = true;
                if !finding.holds(&tally) {
                    offenders.push(format!(
                        "{}, {}, seed {seed}: not met: {}",
                        path.display(),
                        variant.unwrap_or("as written"),
                        finding.says(&scenario.plan.library)
                    ));
                }
            }
        }
    }
    for (finding, _) in whole.findings.iter().zip(tried).filter(|(_, tried)| !tried) {
        offenders.push(format!("{}: never tried: {}", path.display(), finding.says(&whole.plan.library)));
    }
    offenders
}

/// The grounds among the reasons of a state's first haven; none, when it is no haven.
fn reasons(scenario: &Scenario, tally: &Tally, state: &str) -> Option<Vec<GroundCode>> {
    let wanted = scenario.plan.library.state_coded(state).expect("a state of the scenario");
    let first = tally.havens.iter().find(|record| record.began_in(wanted))?;
    Some(first.reasons.listed.iter().filter_map(|reason| reason.ground.map(|(code, _)| code)).collect())
}

/// The day on which the rule of custom emerges in a variant of `gradual-adoption`, if it does.
fn emerges(variant: &str, seed: u64) -> Option<Day> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/gradual-adoption.yaml");
    let mut scenario = read(&path, Some(variant));
    scenario.plan.seed = seed;
    let unfolded = scenario.plan.unfolded();
    unfolded.instruments.iter().filter(|done| done.act == Act::Custom).map(|done| done.day).min()
}

/// A rule emerges as it falls, too: that less is practice enough brings it earlier, and does not bring it about.
#[test]
fn custom_emerges_earlier_where_less_is_practice_enough() {
    for seed in 5..5 + SEEDS {
        let days = ["lenient", "as-it-falls"].map(|variant| emerges(variant, seed).expect("it emerges"));
        assert!(days[0] < days[1], "seed {seed}: {days:?}");
    }
}

/// The flagship's claim, said here once more, so that it cannot be edited away with its file.
#[test]
fn hesper_is_a_haven_exactly_while_it_stays_out() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/one-state-stays-out.yaml");
    let mut offenders = Vec::new();
    for (variant, stays_out) in [("holds-out", true), ("joins", false)] {
        let mut scenario = read(&path, Some(variant));
        for seed in 101..101 + SEEDS {
            scenario.plan.seed = seed;
            let reasons = reasons(&scenario, &run(&scenario), "hesper");
            let as_claimed = match &reasons {
                Some(grounds) => stays_out && grounds.contains(&GroundCode::Scope),
                None => !stays_out,
            };
            if !as_claimed {
                offenders.push(format!("{variant}, seed {seed}: reasons {reasons:?}"));
            }
        }
    }
    assert!(offenders.is_empty(), "\n{}", offenders.join("\n"));
}
