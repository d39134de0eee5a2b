//! The shell around one authority: identity, run, mailbox, office.
//!
//! The parts have locks of their own, so that letters are accepted while a day is being worked. No lock of the
//! standard library is held across an await. Deliberately absent: disk. Letters of the day that a node is working can be
//! replayed to it (see `participant.proto`); a node that is lost is lost with what it knew, for its peers would not
//! recognise a repetition of letters of days long past.

mod advance;
mod ask;
mod deliver;
mod parts;
mod service;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tonic_health::server::HealthReporter;

use self::advance::Worked;
use self::parts::Parts;
use super::convert;
use super::identity::{Caller, EngineIdentity, RunKey, Verifier};
use super::mailbox::Mailbox;
use super::refusal::Refusal;
use super::switchboard::Switchboard;
use super::wire;
use super::wire::participant_server::ParticipantServer;
use crate::authority::Office;
use crate::base::{Digest, LetterId, StateId};
use crate::law::Library;

/// Most bytes of a run's name: it stands in every call.
const RUN_NAME_BYTES: usize = 100;

/// Most nodes that a run may name: fifty times the states of the world.
const PEERS: usize = 10_000;

/// A node: the shell around the authority of one state.
pub struct Node {
    library: Arc<Library>,
    state: StateId,
    law: Digest,
    verifier: Verifier,
    caller: Caller,
    switchboard: Arc<Switchboard>,
    run: Mutex<Option<Run>>,
    mailbox: Mutex<Mailbox>,
    parts: Mutex<Parts>,
    /// The last day worked. Held for the whole of an `Advance`, so that there is one at a time.
    worked: tokio::sync::Mutex<Option<Worked>>,
    /// None once it has failed: what it would do next means nothing.
    office: tokio::sync::Mutex<Option<Box<dyn Office>>>,
    /// What is told to whoever asks whether the node serves.
    health: HealthReporter,
}

/// The run that is open at a node.
#[derive(Clone, Debug)]
struct Run {
    name: String,
    epoch: u32,
    peers: Arc<BTreeMap<StateId, String>>,
    closed: bool,
}

impl Node {
    /// The shell around the office of a state; `None` when the state's code cannot stand in metadata.
    #[must_use]
    pub fn new(
        library: Arc<Library>,
        state: StateId,
        office: Box<dyn Office>,
        key: RunKey,
        switchboard: Arc<Switchboard>,
    ) -> Option<Self> {
        let code = library.state(state).code.clone();
        Some(Self {
            law: law_digest(&library),
            caller: Caller::new(&code, key.clone())?,
            verifier: Verifier::new(key, code, library.clone()),
            library,
            state,
            switchboard,
            run: Mutex::default(),
            mailbox: Mutex::default(),
            parts: Mutex::default(),
            worked: tokio::sync::Mutex::default(),
            office: tokio::sync::Mutex::new(Some(office)),
            health: HealthReporter::new(),
        })
    }

    /// Where the health of its services is told.
    pub(super) const fn health(&self) -> &HealthReporter {
        &self.health
    }

    /// Who reads who speaks to it.
    pub(super) const fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    fn code(&self) -> &str {
        &self.library.state(self.state).code
    }

    fn letter_name(&self, id: LetterId) -> String {
        format!("{}/{}", self.library.state(id.from).code, id.number)
    }

    fn mailbox(&self) -> MutexGuard<'_, Mailbox> {
        // A panic cannot leave the mailbox half changed: it checks first and changes afterwards.
        self.mailbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn parts(&self) -> MutexGuard<'_, Parts> {
        // The same holds here.
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The open run, if it is this one and has not ended.
    fn open_run(&self, name: &str) -> Result<Run, Refusal> {
        let run = self.run.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or(Refusal::NotOpen)?;
        if run.name != name {
            let named = name.chars().take(RUN_NAME_BYTES).collect();
            return Err(Refusal::RunOther { open: run.name, named });
        }
        if run.closed {
            return Err(Refusal::RunClosed(run.name));
        }
        Ok(run)
    }

    fn run_of_epoch(&self, name: &str, epoch: u32) -> Result<Run, Refusal> {
        let run = self.open_run(name)?;
        match epoch.cmp(&run.epoch) {
            std::cmp::Ordering::Less => Err(Refusal::EpochPast { named: epoch, current: run.epoch }),
            std::cmp::Ordering::Equal => Ok(run),
            std::cmp::Ordering::Greater => Err(Refusal::EpochUnknown { named: epoch, current: run.epoch }),
        }
    }

    /// Opens a run or a new epoch of it.
    async fn open(&self, _engine: EngineIdentity, request: wire::OpenRequest) -> Result<wire::Opened, Refusal> {
        let opened = self.run_to_open(&request)?;
        let worked = self.worked.lock().await;
        let mut run = self.run.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(run) = run.as_ref() {
            // Also after it has closed: mailbox and office are that run's.
            if run.name != opened.name {
                return Err(Refusal::RunOther { open: run.name.clone(), named: opened.name });
            }
            if opened.epoch < run.epoch {
                return Err(Refusal::EpochPast { named: opened.epoch, current: run.epoch });
            }
            if run.closed {
                return Err(Refusal::RunClosed(opened.name));
            }
        }
        // Another engine cuts a day as it likes.
        if run.as_ref().is_none_or(|run| run.epoch != opened.epoch) {
            *self.parts() = Parts::default();
        }
        *run = Some(opened);
        Ok(wire::Opened { last_day: worked.as_ref().map(|worked| worked.day.number()) })
    }

    fn run_to_open(&self, request: &wire::OpenRequest) -> Result<Run, Refusal> {
        let malformed = |field: &str, problem: String| Refusal::from(convert::Malformed::new(field, problem));
        let name = &request.run;
        if name.is_empty() || name.len() > RUN_NAME_BYTES || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(malformed("run", format!("not 1 to {RUN_NAME_BYTES} printable ASCII characters")));
        }
        if request.epoch == 0 {
            return Err(malformed("epoch", "epochs count from 1".to_owned()));
        }
        if request.peers.len() > PEERS {
            return Err(malformed("peers", format!("{} nodes: at most {PEERS}", request.peers.len())));
        }
        if !request.law.is_empty() && request.law != self.law.0 {
            let there = <[u8; 32]>::try_from(request.law.as_slice()).map(|law| Digest(law).to_string());
            let there = there.unwrap_or_else(|_| format!("{} bytes", request.law.len()));
            return Err(Refusal::LawOther { here: self.law.to_string(), there });
        }
        let mut peers = BTreeMap::new();
        for (index, peer) in request.peers.iter().enumerate() {
            let within = |error: convert::Malformed| error.within(format_args!("peers[{index}]"));
            let state = convert::state_of(&self.library, "state", &peer.state).map_err(within)?;
            // In-memory nodes are known to the switchboard under names that nobody could dial.
            let refused = |problem| within(convert::Malformed::new("address", problem));
            self.switchboard.peer(&peer.address).map_err(refused)?;
            if peers.insert(state, peer.address.clone()).is_some() {
                return Err(within(convert::Malformed::new("state", format!("{} is named before", peer.state))).into());
            }
        }
        Ok(Run { name: name.clone(), epoch: request.epoch, peers: Arc::new(peers), closed: false })
    }

    /// Ends the run. What people ask is answered still, and days are not.
    async fn close(&self, _engine: EngineIdentity, request: &wire::CloseRequest) -> Result<wire::Closed, Refusal> {
        match self.run_of_epoch(&request.run, request.epoch) {
            // Closing twice is closing.
            Ok(_) | Err(Refusal::RunClosed(_)) => {}
            Err(refusal) => return Err(refusal),
        }
        if let Some(run) = self.run.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            run.closed = true;
        }
        self.health.set_not_serving::<ParticipantServer<Self>>().await;
        Ok(wire::Closed {})
    }
}

/// The digest over the names of a law, as `OpenRequest.law` defines it.
#[must_use]
pub fn law_digest(library: &Library) -> Digest {
    use crate::base::Canonical;
    let states: Vec<&str> = library.states().iter().map(|state| state.code.as_str()).collect();
    let facts: Vec<&str> = library.facts.names().collect();
    let treaties: Vec<&str> = library.treaties().iter().map(|treaty| treaty.name.as_str()).collect();
    let cites: Vec<&str> = library.cites().iter().map(String::as_str).collect();
    let conditions: Vec<&str> = library.conditions().iter().map(String::as_str).collect();
    let mut bytes = Vec::new();
    for names in [states, facts, treaties, cites, conditions] {
        names.encode(&mut bytes);
    }
    Digest::of(&bytes)
}
