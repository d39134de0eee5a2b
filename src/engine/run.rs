//! The day cycle. A letter sent on day *d* arrives on day *d* + 1 at the earliest: with one day of lookahead all
//! authorities may act on a day in any order, in any process, and the result cannot depend on it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::conservation;
use super::enforced::Enforced;
use super::havens::Havens;
use super::nodes::{Nodes, Stopped};
use super::on_the_books::Read;
use super::plan::Plan;
use super::post::Post;
use super::record::{Observer, Record};
use super::tally::{ExpectedShares, Tally};
use crate::authority::{Due, Report, Setting};
use crate::base::{Day, Digest, DigestChain, StateId, Streams};
use crate::depositary::{Depositary, Deposits, Unfolded};
use crate::law::Library;
use crate::world::{HavenMonitor, HavenRecord, RecordedIncident, Role, World};

/// Letters of one run: a hundred million would take gigabytes of log, and no scenario is meant to come near.
pub const MOST_LETTERS: u64 = 100_000_000;

/// What a run leaves.
#[derive(Debug)]
pub struct Outcome {
    /// The digest of everything that happened.
    pub digest: Digest,
    /// What was counted on the way.
    pub tally: Tally,
    /// The world on the last day.
    pub world: World,
    /// The monitor of havens on the last day.
    pub havens: HavenMonitor,
    /// Beginnings and ends of havens by the default rule, where the scenario states another.
    pub havens_by_default: Option<Vec<HavenRecord>>,
}

/// Runs a plan to its end.
///
/// # Errors
/// When a node fails or breaks a rule, when a limit is passed, when `interrupt` is set. What observers were told
/// until then is whole: days are told when they are complete, and an interrupted run as one that ends.
pub fn run(
    plan: &Plan,
    nodes: &mut dyn Nodes,
    observer: &mut dyn Observer,
    interrupt: &AtomicBool,
) -> Result<Outcome, Stopped> {
    match run_as_far(plan, nodes, observer, interrupt)? {
        (outcome, day) if day == plan.last_day => Ok(outcome),
        (_, day) => Err(Stopped::Interrupted { day: Some(day) }),
    }
}

/// The same, where an interrupted run leaves what there is: that of a plan which ends on the day that is given back, the
/// last one that was completed.
///
/// # Errors
/// As [`run`]; for interruption only before the first day.
pub fn run_as_far(
    plan: &Plan,
    nodes: &mut dyn Nodes,
    observer: &mut dyn Observer,
    interrupt: &AtomicBool,
) -> Result<(Outcome, Day), Stopped> {
    if cfg!(debug_assertions) {
        conservation::checked(plan, nodes, observer, interrupt)
    } else {
        unchecked(plan, nodes, observer, interrupt)
    }
}

/// The day cycle itself.
pub(super) fn unchecked(
    plan: &Plan,
    nodes: &mut dyn Nodes,
    observer: &mut dyn Observer,
    interrupt: &AtomicBool,
) -> Result<(Outcome, Day), Stopped> {
    let mut running = Running::new(plan);
    running.note_expected(plan.first_day);
    let mut day = plan.first_day;
    let mut completed = None;
    while day <= plan.last_day {
        if interrupt.load(Ordering::Relaxed) {
            let day = completed.ok_or(Stopped::Interrupted { day: None })?;
            return Ok((running.finish(day, observer), day));
        }
        running.day(day, nodes, observer)?;
        completed = Some(day);
        day = running.next_day(day);
    }
    Ok((running.finish(plan.last_day, observer), plan.last_day))
}

/// A run under way.
struct Running {
    library: Arc<Library>,
    depositary: Depositary,
    world: World,
    /// What the networks have read of the law.
    read: Read,
    havens: Havens,
    post: Post,
    /// Each authority's next own event, by state.
    own_events: Vec<Option<Day>>,
    /// What the authorities did that the world sees on the next day.
    enforced: Enforced,
    /// Numbers of authorities that are still to change.
    settings: BTreeMap<Day, Vec<(StateId, Setting)>>,
    /// By state: what is due on the day under way. Empty between days.
    due: Vec<Option<Due>>,
    /// Each authority's register as last told, by state.
    registers: Vec<Option<Digest>>,
    next_assessment: Day,
    digest: DigestChain,
    tally: Tally,
}

impl Running {
    fn new(plan: &Plan) -> Self {
        let Unfolded { library, instruments } = plan.unfolded();
        let world = World::new(plan.world.clone(), Streams::new(plan.seed), plan.first_day);
        let havens = Havens::new(plan, &world);
        let states = library.states().len();
        let depositary = Depositary::new(&library, &instruments, plan.first_day);
        Self {
            read: Read::nothing(&library, depositary.memberships(), plan.first_day),
            depositary,
            library: Arc::new(library),
            world,
            havens,
            post: Post::new(states),
            own_events: vec![None; states],
            enforced: Enforced::new(states),
            settings: plan.settings.clone(),
            due: vec![None; states],
            registers: vec![None; states],
            next_assessment: plan.first_day.first_of_next_month(),
            digest: DigestChain::default(),
            tally: Tally::new(plan),
        }
    }

    /// Notes the shares that attraction explains from this day on.
    fn note_expected(&mut self, day: Day) {
        let of = |role| self.world.expected_shares(role).to_vec();
        let shares = ExpectedShares { bases: of(Role::Base), hosts: of(Role::Host) };
        self.tally.expected_shares.push((day, shares));
    }

    /// The next day on which anything is due.
    fn next_day(&self, today: Day) -> Day {
        let tomorrow = (!self.enforced.acts().is_empty()).then_some(today + 1);
        let own = self.own_events.iter().copied().flatten().min();
        let setting = self.settings.keys().next().copied();
        [setting, self.depositary.next_due(), self.world.next_due(), self.post.next_due(), own, tomorrow]
            .into_iter()
            .flatten()
            .chain([self.next_assessment])
            .min()
            .map_or(today + 1, |next| next.max(today + 1))
    }

    fn day(&mut self, day: Day, nodes: &mut dyn Nodes, observer: &mut dyn Observer) -> Result<(), Stopped> {
        let deposits = self.depositary.day(&self.library, day);
        let enforcement = self.enforced.take();
        // A month is assessed as it ended, before anything happens in the next.
        let assessed = day >= self.next_assessment;
        let havens = if assessed { self.havens.assess(day, &self.world.placements()) } else { Vec::new() };
        if assessed {
            self.next_assessment = day.first_of_next_month();
        }
        let memberships = self.depositary.memberships();
        let books = self.read.on(&self.library, memberships, day, &deposits.law_changed);
        let world = self.world.day(day, &books, &deposits.law_changed, &enforcement);
        self.enforced.committed(&world.incidents);
        let due = self.due(day, &deposits, world.incidents);
        let reports = nodes.day(day, due)?;
        // A day is told when all of it is found in order.
        for (state, report) in &reports {
            self.post.check(&self.library.state(*state).name, *state, day, report)?;
        }
        self.enforced.day(day, &reports);
        self.tell(day, Record::Day, observer);
        for record in &deposits.records {
            self.tell(day, Record::Depositary(record), observer);
        }
        for record in &world.records {
            self.tell(day, Record::World(record), observer);
        }
        for record in &havens {
            self.tell(day, Record::Haven(record), observer);
        }
        for (state, report) in reports {
            self.report(day, state, report, observer);
        }
        if self.tally.letters > MOST_LETTERS {
            return Err(Stopped::Limit { what: "letters of the run".to_owned(), limit: MOST_LETTERS });
        }
        if assessed {
            self.tally.panel.stand(self.havens.stated());
        }
        self.havens.note(day, self.enforced.acts());
        // What the month before is compared with is what held then.
        if world.attraction_changed {
            self.havens.expect(&self.world);
            self.note_expected(day);
        }
        for month in self.tally.panel.news() {
            observer.month(day, month);
        }
        Ok(())
    }

    /// What is due for whom. Every state is told of every instrument.
    fn due(&mut self, day: Day, deposits: &Deposits, incidents: Vec<RecordedIncident>) -> Vec<(StateId, Due)> {
        let mut due = std::mem::take(&mut self.due);
        if !deposits.instruments.is_empty() {
            for due in &mut due {
                due.get_or_insert_default().instruments.clone_from(&deposits.instruments);
            }
        }
        let later = self.settings.split_off(&(day + 1));
        for (state, setting) in std::mem::replace(&mut self.settings, later).into_values().flatten() {
            due[state.index()].get_or_insert_default().settings.push(setting);
        }
        for RecordedIncident { market, incident, .. } in incidents {
            due[market.index()].get_or_insert_default().incidents.push(incident);
        }
        self.post.deliver(day, &mut due);
        for (due, own) in due.iter_mut().zip(&self.own_events) {
            if own.is_some_and(|next| next <= day) {
                due.get_or_insert_default();
            }
        }
        let taken =
            self.library.state_ids().zip(&mut due).filter_map(|(state, due)| Some((state, due.take()?))).collect();
        self.due = due;
        taken
    }

    fn report(&mut self, day: Day, state: StateId, report: Report, observer: &mut dyn Observer) {
        self.own_events[state.index()] = report.next_due;
        for letter in &report.letters {
            self.tell(day, Record::Letter(letter), observer);
        }
        for record in &report.records {
            self.tell(day, Record::Authority(state, record), observer);
        }
        if self.registers[state.index()].replace(report.register) != Some(report.register) {
            self.tell(day, Record::Register(state, report.register), observer);
        }
        self.post.collect(report.letters);
    }

    fn tell(&mut self, day: Day, record: Record<'_>, observer: &mut dyn Observer) {
        if matches!(record, Record::Day) {
            self.digest.fold(&day);
        }
        self.digest.fold(&record);
        self.tally.record(day, record);
        observer.record(day, record);
    }

    fn finish(mut self, last_day: Day, observer: &mut dyn Observer) -> Outcome {
        for record in self.world.close() {
            self.tell(last_day, Record::World(&record), observer);
        }
        self.tally.panel.close();
        self.tally.close(last_day);
        self.havens.measure(last_day + 1, &self.world.placements());
        self.tally.panel.stand(self.havens.stated());
        for month in self.tally.panel.news() {
            observer.month(last_day, month);
        }
        self.tally.on_the_way = self.post.on_the_way() as u64;
        let (havens, havens_by_default) = self.havens.into_parts();
        Outcome { digest: self.digest.digest(), tally: self.tally, world: self.world, havens, havens_by_default }
    }
}
