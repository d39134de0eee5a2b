//! The flagship scenario as a piece of work, and its run time on every rung.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use comity::authority::{Body, Due, Report};
use comity::base::{Day, StateId};
use comity::engine::{self, Nodes, Observer, Outcome, Plan, Stopped};
use comity::scenario::{self, Scenario};
use comity::study::compare::{Length, MOST_RUNS, Variant};
use comity::study::{Outcome as Measure, Pool, follow};
use comity::transport::{self, Rung};

use crate::measure::{Contestant, Cost, Spread, cost, figure, float, goal, heading, interleaved, line, mebibytes};
use crate::settings::Settings;

/// The flagship.
pub const SCENARIO: &str = "scenarios/one-state-stays-out.yaml";

/// Reads a variant of the flagship.
pub fn read(variant: &str) -> Scenario {
    let options = scenario::Options { variant: Some(variant.to_owned()), ..scenario::Options::default() };
    scenario::read(Path::new(SCENARIO), &options).unwrap_or_else(|(problems, _)| panic!("{SCENARIO}: {problems:?}"))
}

/// Runs a plan on nodes that are open.
pub fn run(plan: &Plan, nodes: &mut dyn Nodes) -> Outcome {
    watched(plan, nodes, &mut ())
}

/// Runs it under somebody's eyes.
pub fn watched(plan: &Plan, nodes: &mut dyn Nodes, observer: &mut dyn Observer) -> Outcome {
    engine::run(plan, nodes, observer, &AtomicBool::new(false)).unwrap_or_else(|stopped| panic!("{stopped}"))
}

/// Opens nodes, with so many workers where there are any.
pub fn open(plan: &Plan, rung: Rung, workers: usize) -> Box<dyn Nodes> {
    let options = transport::Options { workers, ..transport::Options::default() };
    let opened = transport::open(rung, Arc::clone(&plan.library), plan.offices(), &options);
    opened.unwrap_or_else(|error| panic!("{rung:?}: {error}"))
}

/// Opens nodes and runs; what the run cost, without the opening of sockets.
pub fn timed(plan: &Plan, rung: Rung, workers: usize) -> (Cost, Outcome) {
    let mut nodes = open(plan, rung, workers);
    cost(|| run(plan, nodes.as_mut()))
}

/// Request and answer pairs of a run: a request that was taken, decided and answered.
pub fn pairs(outcome: &Outcome) -> u64 {
    let answers = Body::KINDS.iter().position(|kind| *kind == "answer").expect("a kind of letter");
    outcome.tally.states.iter().map(|state| state.letters_out[answers]).sum()
}

/// Nodes whose own CPU time is kept apart from that of the engine around them.
pub struct Stopwatch {
    nodes: Box<dyn Nodes>,
    /// CPU seconds so far.
    pub cpu: f64,
}

impl Stopwatch {
    /// Around these nodes.
    pub fn new(nodes: Box<dyn Nodes>) -> Self {
        Self { nodes, cpu: 0.0 }
    }
}

impl Nodes for Stopwatch {
    fn day(&mut self, day: Day, due: Vec<(StateId, Due)>) -> Result<Vec<(StateId, Report)>, Stopped> {
        let (cost, reports) = cost(|| self.nodes.day(day, due));
        self.cpu += cost.cpu;
        reports
    }
}

/// Every way of running it: name, rung, worker threads.
const WAYS: [(&str, Rung, usize); 4] = [
    ("direct, one thread", Rung::Direct, 1),
    ("memory, one thread", Rung::Memory, 1),
    ("sockets, 1 worker", Rung::Sockets, 1),
    ("sockets, 2 workers", Rung::Sockets, 2),
];

/// Run time of the flagship on every rung, beside the direct one.
pub fn bench(settings: &Settings) {
    heading("flagship: one run of one-state-stays-out, holds-out, seed 7");
    let plan = read("holds-out").plan;
    let digest = run(&plan, open(&plan, Rung::Direct, 1).as_mut()).digest;
    let way = |(_, rung, workers): (&str, Rung, usize)| -> Contestant<'_> {
        let plan = &plan;
        Box::new(move || {
            let (cost, outcome) = timed(plan, rung, workers);
            assert_eq!(outcome.digest, digest, "{rung:?} gives another history");
            cost
        })
    };
    let mut ways = WAYS.map(way);
    let rounds = interleaved(settings.rounds.min(5), &mut ways);
    for (place, (name, ..)) in WAYS.iter().enumerate() {
        let (wall, cpu) = (rounds.wall(place), rounds.cpu(place));
        line(name, format_args!("{} s, CPU {} s", wall.words(), figure(cpu.median)));
    }
    for (place, (name, ..)) in WAYS.iter().enumerate().skip(1) {
        line(&format!("{name}, of direct (CPU)"), rounds.ratio(place, 0).words());
    }
    aim("direct under 1 s", rounds.wall(0), 1.0);
    aim("sockets under 10 s", rounds.wall(2), 10.0);
    side_by_side(settings, &plan);
    memory(settings);
}

fn aim(words: &str, wall: Spread, seconds: f64) {
    let met = if wall.median < seconds { "met" } else { "not met" };
    line(&format!("first aim: {words}"), format_args!("{met} ({} s)", figure(wall.median)));
}

/// Runs of one thread, on one thread and on two: goal 5.
fn side_by_side(settings: &Settings, plan: &Plan) {
    let runs = settings.runs_side_by_side;
    let on = |threads: u64| -> Contestant<'_> {
        Box::new(move || {
            let work = |_| {
                for _ in 0..runs {
                    timed(plan, Rung::Direct, 1);
                }
            };
            let all =
                || std::thread::scope(|scope| (0..threads).for_each(|thread| drop(scope.spawn(move || work(thread)))));
            cost(all).0.per(float(threads * runs))
        })
    };
    let rounds = interleaved(settings.rounds.min(5), &mut [on(1), on(2)]);
    let rate = |wall: f64| figure(1.0 / wall);
    line("runs a second, one thread", rate(rounds.wall(0).median));
    line("runs a second, two threads", rate(rounds.wall(1).median));
    goal("gain of the second thread", rounds.wall_ratio(0, 1), "nearly 2");
    // Told by CPU time too: on a machine that others use, the second core may not be free.
    line("CPU of a run beside another, of one alone", rounds.ratio(1, 0).words());
    let minutes = rounds.wall(1).median * 10_000.0 / 60.0;
    line("10,000 runs on two threads", format_args!("{} minutes   goal under 1", figure(minutes)));
}

/// Memory of a study by its runs, as `comity compare` makes it: of each run its outcomes are kept and two shares a month. The
/// world has few networks, so that ten thousand runs of it are soon made; what is kept of one is as much.
fn memory(settings: &Settings) {
    let mut plan = read("holds-out").plan;
    plan.world.networks = 4;
    let plan = Arc::new(plan);
    let variants =
        ["holds-out", "again"].map(|name| Variant { name: name.to_owned(), state: None, plan: Arc::clone(&plan) });
    let pool = Pool { threads: 2, interrupt: &AtomicBool::new(false) };
    let watched = Measure::named("impunity").expect("an outcome");
    let many = if settings.strict { MOST_RUNS } else { MOST_RUNS / 10 };
    for runs in [many / 100, many] {
        let found = follow(&variants, 1, Length::Runs(runs), &pool, watched, &mut |_| {});
        let found = found.unwrap_or_else(|stopped| panic!("{stopped}"));
        let held = mebibytes("VmRSS:").map_or("not told by this system".to_owned(), |held| format!("{held} MiB"));
        line(&format!("memory held with a study of {} runs", 2 * runs), held);
        drop(found);
    }
}
