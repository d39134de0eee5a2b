//! The engine's side of a day: all nodes advanced at once, manifests, replays, reports put together.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tonic::{Response, Status};

use super::identity::{Caller, ENGINE, RunKey};
use super::node::law_digest;
use super::parcels::{REPORT_PARTS, cut, letter_digest, parts_of, tally};
use super::refusal::{INBOX_INCOMPLETE, RULE_BROKEN};
use super::server::CALL_DEADLINE;
use super::status::{reason_of, said};
use super::switchboard::{Peer, Switchboard, Tries};
use super::{convert, wire};
use crate::authority::{Due, Report};
use crate::base::{Day, StateId};
use crate::engine::Stopped;
use crate::engine::post::within_limits;
use crate::law::Library;

/// How the engine calls.
const TRIES: Tries = Tries { most: 5, pause: Duration::from_millis(100), deadline: CALL_DEADLINE };

/// A node that would not open a run.
#[derive(Debug, thiserror::Error)]
#[error("{state} does not open the run: {reason}")]
pub struct NodeRefused {
    /// Its state.
    pub state: String,
    /// What it said.
    pub reason: String,
}

/// Drives the nodes of a run. Calls need a tokio runtime.
#[derive(Debug)]
pub struct Conductor {
    library: Arc<Library>,
    caller: Caller,
    switchboard: Arc<Switchboard>,
    run: String,
    epoch: u32,
    /// Where the nodes answer.
    addresses: BTreeMap<StateId, String>,
}

impl Conductor {
    /// The conductor of a run, in its first epoch.
    ///
    /// # Panics
    /// Never: the engine's own name can stand in metadata.
    #[must_use]
    pub fn new(
        library: Arc<Library>,
        key: RunKey,
        switchboard: Arc<Switchboard>,
        run: String,
        addresses: BTreeMap<StateId, String>,
    ) -> Self {
        let caller = Caller::new(ENGINE, key).expect("the engine's name is printable ASCII");
        Self { library, caller, switchboard, run, epoch: 1, addresses }
    }

    /// Opens the run at every node.
    ///
    /// # Errors
    /// When a node is not reached or refuses.
    pub async fn open(&self) -> Result<(), NodeRefused> {
        let peer = |(state, address): (&StateId, &String)| wire::Peer {
            state: self.code(*state).to_owned(),
            address: address.clone(),
        };
        let request = wire::OpenRequest {
            run: self.run.clone(),
            epoch: self.epoch,
            law: law_digest(&self.library).0.to_vec(),
            peers: self.addresses.iter().map(peer).collect(),
        };
        for state in self.addresses.keys() {
            let call = |peer: Peer, request| async move { peer.participant().open(request).await };
            let opened = self.call(*state, &request, call).await;
            opened.map_err(|status| NodeRefused { state: self.code(*state).to_owned(), reason: said(&status) })?;
        }
        Ok(())
    }

    /// Ends the run at every node. A node that is gone needs no telling.
    pub async fn close(&self) {
        let request = wire::CloseRequest { run: self.run.clone(), epoch: self.epoch };
        for state in self.addresses.keys() {
            let call = |peer: Peer, request| async move { peer.participant().close(request).await };
            if let Err(status) = self.call(*state, &request, call).await {
                tracing::debug!(state = self.code(*state), %status, "not closed");
            }
        }
    }

    /// Advances a day at all these nodes at once; the reports come in the order asked.
    ///
    /// # Errors
    /// When a node cannot complete the day.
    pub async fn day(self: &Arc<Self>, day: Day, due: Vec<(StateId, Due)>) -> Result<Vec<(StateId, Report)>, Stopped> {
        let mut working = JoinSet::new();
        for (place, (state, due)) in due.into_iter().enumerate() {
            let conductor = Arc::clone(self);
            working.spawn(async move { (place, state, conductor.advance(state, day, due).await) });
        }
        // Results are put in order before any is looked at, so that the failure reported is always the same.
        let mut answers = BTreeMap::new();
        while let Some(joined) = working.join_next().await {
            match joined {
                Ok((place, state, answer)) => {
                    answers.insert(place, (state, answer));
                }
                Err(failed) => std::panic::resume_unwind(failed.into_panic()),
            }
        }
        answers.into_values().map(|(state, answer)| answer.map(|report| (state, report))).collect()
    }

    async fn advance(&self, state: StateId, day: Day, due: Due) -> Result<Report, Stopped> {
        let letters: Vec<wire::Letter> =
            due.letters.iter().map(|letter| convert::letter_to(&self.library, letter)).collect();
        let manifest =
            tally(due.letters.iter().zip(&letters).map(|(own, written)| (own.id.from, letter_digest(written))));
        let mut request = wire::AdvanceRequest {
            run: self.run.clone(),
            epoch: self.epoch,
            day: day.number(),
            manifest: convert::manifest_to(&self.library, &manifest),
            ..wire::AdvanceRequest::default()
        };
        convert::due_to(&self.library, &due, &mut request);
        let stopped = |status: Status| self.stopped(state, day, &status);
        for part in parts_of(&mut request) {
            let give = |peer: Peer, part| async move { peer.participant().give(part).await };
            self.call(state, &part, give).await.map_err(stopped)?;
        }
        let first = match self.advance_call(state, &request).await {
            Err(status) if reason_of(&status) == INBOX_INCOMPLETE => {
                tracing::info!(state = self.code(state), %day, "replaying {} letters", letters.len());
                self.replay(state, request, letters).await.map_err(stopped)?
            }
            answer => answer.map_err(stopped)?,
        };
        self.whole_report(state, day, first).await
    }

    async fn advance_call(&self, state: StateId, request: &wire::AdvanceRequest) -> Result<wire::Report, Status> {
        self.call(state, request, |peer, request| async move { peer.participant().advance(request).await }).await
    }

    /// Advances with all letters of the day, in as many calls as they need: the last finds the inbox complete.
    async fn replay(
        &self,
        state: StateId,
        mut request: wire::AdvanceRequest,
        letters: Vec<wire::Letter>,
    ) -> Result<wire::Report, Status> {
        let mut incomplete = Status::internal("nothing to replay");
        for part in cut(letters) {
            request.replay = part;
            match self.advance_call(state, &request).await {
                Err(status) if reason_of(&status) == INBOX_INCOMPLETE => incomplete = status,
                answer => return answer,
            }
        }
        Err(incomplete)
    }

    async fn whole_report(&self, state: StateId, day: Day, first: wire::Report) -> Result<Report, Stopped> {
        let rule = |rule: String| Stopped::Rule { state: self.code(state).to_owned(), day, rule };
        let read =
            |part: &wire::Report| convert::report_of(&self.library, part).map_err(|error| rule(error.to_string()));
        let parts = first.parts;
        if !(1..=REPORT_PARTS).contains(&parts) {
            return Err(rule(format!("a report in {parts} parts: there are 1 to {REPORT_PARTS}")));
        }
        // What is of another day, epoch or report would pass for something of this one.
        let asked_for = |report: &wire::Report, part: u32| {
            let told = (report.part, report.parts, report.day, report.epoch);
            if told == (part, parts, day.number(), self.epoch) {
                return Ok(());
            }
            let (of, count, number, epoch) = told;
            let other = format!("part {of} of {count}, of day {number} in epoch {epoch}");
            Err(rule(format!("asked for part {part} of {parts} of its report, it gave {other}")))
        };
        asked_for(&first, 0)?;
        let name = &self.library.state(state).name;
        let mut whole = read(&first)?;
        for part in 1..parts {
            let request = wire::ReportPart { run: self.run.clone(), epoch: self.epoch, day: day.number(), part };
            let call = |peer: Peer, request| async move { peer.participant().get_report(request).await };
            let further = self.call(state, &request, call).await;
            let further = further.map_err(|status| self.stopped(state, day, &status))?;
            asked_for(&further, part)?;
            let further = read(&further)?;
            whole.letters.extend(further.letters);
            whole.records.extend(further.records);
            // Before the next part is asked for: what is too much is not taken in first.
            within_limits(name, day, whole.letters.len(), whole.records.len())?;
        }
        Ok(whole)
    }

    /// Makes a call, and again when it failed in passing. Every call of the engine may be repeated.
    async fn call<M: Clone, R, F>(
        &self,
        state: StateId,
        message: &M,
        call: impl Fn(Peer, tonic::Request<M>) -> F,
    ) -> Result<R, Status>
    where
        F: Future<Output = Result<Response<R>, Status>>,
    {
        let code = self.code(state);
        let address = self.addresses.get(&state).ok_or_else(|| Status::internal("the run has no node for it"))?;
        let peer = self.switchboard.peer(address).map_err(Status::internal)?;
        let request = |peer| call(peer, self.caller.request(code, CALL_DEADLINE, message.clone()));
        peer.persist(code, TRIES, request).await
    }

    fn stopped(&self, state: StateId, day: Day, status: &Status) -> Stopped {
        let state = self.code(state).to_owned();
        if reason_of(status) == RULE_BROKEN {
            return Stopped::Rule { state, day, rule: status.message().to_owned() };
        }
        Stopped::Node { state, day, reason: said(status) }
    }

    fn code(&self, state: StateId) -> &str {
        &self.library.state(state).code
    }
}
