//! A run that is interrupted leaves what a run leaves that was to end on the last day it completed.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use comity::base::Day;
use comity::engine::{self, Observer, Plan, Record, Stopped};
use comity::scenario::{self, Options};
use comity::transport::Direct;

/// Asks to stop on the first day from this one on.
struct StopsFrom<'a> {
    day: Day,
    interrupt: &'a AtomicBool,
}

impl Observer for StopsFrom<'_> {
    fn record(&mut self, day: Day, _: Record<'_>) {
        if day >= self.day {
            self.interrupt.store(true, Ordering::Relaxed);
        }
    }
}

#[test]
fn what_is_left_is_a_shorter_run() {
    // By record, by hazard and by custom: what states do later must not depend on how long a run was to be.
    for path in ["one-state-stays-out", "gradual-adoption", "three-routes", "world-today"] {
        let path = format!("scenarios/{path}.yaml");
        let scenario = scenario::read(Path::new(&path), &Options::default());
        let plan = scenario.map_err(|(problems, _)| problems).expect("sound").plan;
        for part in [1_000_000, 3, 2] {
            let middle = plan.first_day + plan.last_day.days_since(plan.first_day).unsigned_abs() / part;
            let interrupt = AtomicBool::new(false);
            let mut stops = StopsFrom { day: middle, interrupt: &interrupt };
            let far = engine::run_as_far(&plan, &mut Direct::of(&plan), &mut stops, &interrupt);
            let (left, day) = far.expect("some days were completed");
            assert!(day >= middle && day < plan.last_day, "{path}: {day}");
            let shorter = Plan { last_day: day, ..plan.clone() };
            let whole = engine::run(&shorter, &mut Direct::of(&shorter), &mut (), &AtomicBool::new(false));
            let whole = whole.expect("it runs");
            assert_eq!(left.digest, whole.digest, "{path} to {day}");
            assert_eq!(format!("{:?}", left.tally.panel), format!("{:?}", whole.tally.panel), "{path} to {day}");
            assert_eq!(format!("{:?}", left.tally.states), format!("{:?}", whole.tally.states), "{path} to {day}");
        }
    }
}

#[test]
fn before_the_first_day_nothing_is_left() {
    let scenario = scenario::read(Path::new("scenarios/one-state-stays-out.yaml"), &Options::default());
    let plan = scenario.map_err(|(problems, _)| problems).expect("sound").plan;
    let far = engine::run_as_far(&plan, &mut Direct::of(&plan), &mut (), &AtomicBool::new(true));
    assert!(matches!(far, Err(Stopped::Interrupted { day: None })));
}
