//! Conservation, recomputed apart from the actors: no letter, case or network is lost, counted twice or answered twice.
//!
//! With debug assertions, and so in every test, every run goes through it. Deliberately absent: what a node must
//! keep for a run to go on at all; see [`super::post`].

mod deliveries;
mod records;

use std::sync::atomic::AtomicBool;

pub use deliveries::Deliveries;
pub use records::Checker;

use super::nodes::{Nodes, Stopped};
use super::panel::Month;
use super::plan::Plan;
use super::record::{Observer, Record};
use super::run::{self, Outcome};
use crate::authority::{Due, Report};
use crate::base::{Day, StateId};

/// Runs a plan and holds every record against the others, and every letter that is delivered against those that were sent.
///
/// # Errors
/// As the run itself.
///
/// # Panics
/// When something was lost or counted twice: a fault of the program, and none of a scenario.
pub(super) fn checked(
    plan: &Plan,
    nodes: &mut dyn Nodes,
    also: &mut dyn Observer,
    interrupt: &AtomicBool,
) -> Result<(Outcome, Day), Stopped> {
    let mut told = Told { checker: Checker::new(plan.world.networks), also };
    let mut watched = Watched { nodes, deliveries: Deliveries::default() };
    let (outcome, day) = run::unchecked(plan, &mut watched, &mut told, interrupt)?;
    let mut wrong = told.checker.against(&outcome);
    wrong.extend(watched.deliveries.against(&outcome, day));
    assert!(wrong.is_empty(), "seed {}: {wrong:#?}", plan.seed);
    Ok((outcome, day))
}

/// Whoever watches a run, and the checker before them.
struct Told<'a> {
    checker: Checker,
    also: &'a mut dyn Observer,
}

impl Observer for Told<'_> {
    fn record(&mut self, day: Day, record: Record<'_>) {
        self.checker.record(day, record);
        self.also.record(day, record);
    }

    fn month(&mut self, day: Day, month: &Month) {
        self.also.month(day, month);
    }
}

/// The nodes, with an eye on what they are given and what they report.
struct Watched<'a> {
    nodes: &'a mut dyn Nodes,
    deliveries: Deliveries,
}

impl Nodes for Watched<'_> {
    fn day(&mut self, day: Day, due: Vec<(StateId, Due)>) -> Result<Vec<(StateId, Report)>, Stopped> {
        self.deliveries.delivered(day, &due);
        let reports = self.nodes.day(day, due)?;
        self.deliveries.reported(&reports);
        Ok(reports)
    }
}
