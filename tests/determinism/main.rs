//! One history, any transport: every shipped scenario and variant ends with the same digest however its letters
//! travel, and with another when anything that matters differs.

#![expect(clippy::disallowed_methods, reason = "lays out folders of law files")]

mod identity;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use comity::base::Day;
use comity::engine;
use comity::reading;
use comity::scenario::{self, Scenario};
use comity::transport::{self, Rung};

/// Shortened, so that all scenarios on all transports take seconds; long enough for treaties to enter into force
/// and for refusals.
const YEARS: i32 = 3;
const MOST_NETWORKS: u32 = 120;

/// Beside direct calls.
const WAYS: [(&str, Rung, usize); 7] = [
    ("memory", Rung::Memory, 1),
    ("sockets, two threads", Rung::Sockets, 2),
    ("direct again", Rung::Direct, 1),
    ("memory again", Rung::Memory, 1),
    ("sockets, one thread", Rung::Sockets, 1),
    ("sockets, one thread again", Rung::Sockets, 1),
    ("sockets, two threads again", Rung::Sockets, 2),
];

/// The shipped scenarios.
fn scenarios() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let listed = std::fs::read_dir(folder).expect("part of the repository");
    let mut paths: Vec<PathBuf> = listed.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    paths
}

fn read(path: &Path, options: &scenario::Options) -> Scenario {
    scenario::read(path, options)
        .unwrap_or_else(|(problems, sources)| panic!("{}", reading::render(&sources, &problems, false)))
}

/// The digest of a run and the letters in it.
fn run(scenario: &Scenario, rung: Rung, workers: usize) -> (String, u64) {
    let plan = &scenario.plan;
    let options = transport::Options { workers, ..transport::Options::default() };
    let mut nodes = transport::open(rung, plan.library.clone(), plan.offices(), &options)
        .unwrap_or_else(|error| panic!("{}: {error}", scenario.title));
    let outcome = engine::run(plan, nodes.as_mut(), &mut (), &AtomicBool::new(false)).expect("it runs");
    (outcome.digest.to_string(), outcome.tally.letters)
}

/// A scenario as written and each variant, shortened.
fn shortened(path: &Path) -> Vec<Scenario> {
    let whole = read(path, &scenario::Options::default());
    let first = whole.plan.first_day;
    let (year, month, day) = first.calendar();
    let last = Day::from_calendar(year + YEARS, month, day).unwrap_or(whole.plan.last_day).min(whole.plan.last_day);
    let networks = whole.plan.world.networks.min(MOST_NETWORKS);
    let settings = vec![format!("to={last}"), format!("networks.count={networks}")];
    let variants = std::iter::once(None).chain(whole.variants.into_iter().map(Some));
    let cut = |variant: Option<String>| {
        let options = scenario::Options { variant, settings: settings.clone(), law: None };
        // Where something is dated after the cut, the scenario keeps its length.
        scenario::read(path, &options)
            .unwrap_or_else(|_| read(path, &scenario::Options { settings: settings[1..].to_vec(), ..options }))
    };
    variants.map(cut).collect()
}

#[test]
fn every_transport_gives_the_same_history() {
    let mut offenders = Vec::new();
    let mut runs = 0;
    for path in scenarios() {
        let mut letters_of_scenario = 0;
        for mut scenario in shortened(&path) {
            let name = format!("{}, {}", path.display(), scenario.variant.as_deref().unwrap_or("as written"));
            let (expected, letters) = run(&scenario, Rung::Direct, 1);
            letters_of_scenario += letters;
            // Variants differ in law and numbers alone, so that each way is tried once.
            let ways = if scenario.variant.is_none() { &WAYS[..] } else { &WAYS[..2] };
            for (way, rung, workers) in ways {
                runs += 1;
                let (digest, _) = run(&scenario, *rung, *workers);
                if digest != expected {
                    offenders.push(format!("{name}, seed {}, {way}: {digest}, not {expected}", scenario.plan.seed));
                }
            }
            scenario.plan.seed += 1;
            if run(&scenario, Rung::Direct, 1).0 == expected {
                offenders.push(format!("{name}: another seed, the same digest"));
            }
        }
        // A variant may have none: where nobody has the law, there is nothing to ask for.
        if letters_of_scenario == 0 {
            offenders.push(format!("{}: no letters, so nothing was tried", path.display()));
        }
    }
    assert!(offenders.is_empty(), "\n{}", offenders.join("\n"));
    assert!(runs >= 14 * 7, "scenarios or variants are missing: {runs} runs");
}
