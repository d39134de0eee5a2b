//! The finding of the flagship over many seeds: Hesper a haven when it stays out, and not when it joins.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use comity::engine::Plan;
use comity::scenario::{Expects, Scenario};
use comity::transport::Rung;

use crate::flagship::{read, timed};
use crate::measure::{cost, figure, float, heading, line};
use crate::settings::Settings;

/// Of a hundred seeds.
const MUST_HOLD: u64 = 95;

/// The two variants that the flagship compares.
const VARIANTS: [&str; 2] = ["holds-out", "joins"];

/// See the module. False when the finding does not hold and ought to.
pub fn bench(settings: &Settings) -> bool {
    heading("seeds: Hesper a haven when it stays out and not when it joins, direct transport");
    let scenarios = VARIANTS.map(read);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let next = AtomicU64::new(1);
    let against: Mutex<Vec<(u64, [bool; 2])>> = Mutex::default();
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed > settings.seeds {
                break;
            }
            let held = [0, 1].map(|variant| holds(&scenarios[variant], seed));
            if held != [true, true] {
                against.lock().expect("no thread failed").push((seed, held));
            }
        }
    };
    let (cost, ()) = cost(|| std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work)))));
    let mut against = against.into_inner().expect("no thread failed");
    against.sort_unstable();
    for (variant, name) in VARIANTS.iter().enumerate() {
        let held = settings.seeds - against.iter().filter(|(_, held)| !held[variant]).count() as u64;
        line(name, format_args!("{held} of {}", settings.seeds));
    }
    let both = settings.seeds - against.len() as u64;
    line("both", format_args!("{both} of {}   must be at least {MUST_HOLD} of 100", settings.seeds));
    if !against.is_empty() {
        let seeds: Vec<String> = against.iter().map(|(seed, _)| seed.to_string()).collect();
        line("not with the seeds", seeds.join(", "));
    }
    let runs = settings.seeds * 2;
    let rate = figure(float(runs) / cost.wall);
    line(&format!("{runs} runs on {threads} threads"), format_args!("{} s, {rate} runs a second", figure(cost.wall)));
    !settings.strict || both * 100 >= MUST_HOLD * settings.seeds
}

/// Whether a run shows what the scenario expects of its variant about havens.
fn holds(scenario: &Scenario, seed: u64) -> bool {
    let plan = Plan { seed, ..scenario.plan.clone() };
    let outcome = timed(&plan, Rung::Direct, 1).1;
    scenario
        .findings
        .iter()
        .filter(|finding| finding.expected_of(&scenario.also_known_as))
        .filter(|finding| matches!(finding.expects, Expects::Haven(..) | Expects::NoHaven(_)))
        .all(|finding| finding.holds(&outcome.tally))
}
