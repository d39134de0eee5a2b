//! How a run reaches its authorities: by call, over gRPC without connections, over gRPC on sockets.
//!
//! All three implement [`Nodes`], open alike, and give the same reports for the same days.

mod descriptors;
pub mod direct;
pub mod memory;
pub mod sockets;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

pub use direct::Direct;
pub use memory::Memory;
pub use sockets::Sockets;

use crate::authority::Office;
use crate::base::StateId;
use crate::engine::Nodes;
use crate::grpc::conductor::NodeRefused;
use crate::grpc::server::ServerError;
use crate::grpc::{Node, RunKey, Switchboard};
use crate::law::Library;

/// Which way letters and days travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rung {
    /// A call of the authority itself: for studies.
    #[default]
    Direct,
    /// The generated client on the generated server without a connection: for proof that the wire changes nothing.
    Memory,
    /// TCP on this machine, one server a state.
    Sockets,
}

/// What the rungs may be told. `direct` needs none of it, `memory` only the run's name.
#[derive(Clone, Debug)]
pub struct Options {
    /// The run's name, printable ASCII of at most 100 bytes.
    pub run: String,
    /// The first port: the states take ports from here on in their order, the run itself the next. None: any
    /// free ports.
    pub base_port: Option<u16>,
    /// Threads that serve and call; at least 1. More than one pays only with many nodes and a machine to spare.
    pub workers: usize,
    /// Set when whoever waits for the nodes waits no longer.
    pub interrupt: Arc<AtomicBool>,
}

impl Default for Options {
    fn default() -> Self {
        Self { run: "run".to_owned(), base_port: None, workers: 1, interrupt: Arc::default() }
    }
}

/// Nodes that could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum NotOpened {
    /// There are more offices than states.
    #[error("{offices} offices for {states} states")]
    TooManyOffices {
        /// Offices.
        offices: usize,
        /// States of the library.
        states: usize,
    },
    /// A code that cannot travel in the metadata of a call.
    #[error("the code of state `{0}` is not printable ASCII: over gRPC it has to be")]
    Code(String),
    /// Ports do not suffice.
    #[error("{nodes} servers do not fit above port {base_port}")]
    Ports {
        /// Servers.
        nodes: usize,
        /// The first port.
        base_port: u16,
    },
    /// The system allows too few open files.
    #[error(
        "{servers} servers need {needed} open files, and the system allows {allowed}: raise the limit (`ulimit -n`), or \
         run with --transport direct"
    )]
    Descriptors {
        /// Servers.
        servers: usize,
        /// Files that they need, with what a run needs besides.
        needed: u64,
        /// Files allowed.
        allowed: u64,
    },
    /// Somebody asked to stop before all nodes were open.
    #[error("interrupted while the nodes were opened")]
    Interrupted,
    /// Nodes did not open in time.
    #[error("the nodes were not open after {} seconds", .0.as_secs())]
    Late(std::time::Duration),
    /// No randomness for the run's key.
    #[error("no random key for the run")]
    Key(#[from] getrandom::Error),
    /// tokio's runtime did not start.
    #[error("cannot start the runtime")]
    Runtime(#[source] std::io::Error),
    /// A server did not start.
    #[error("the server of {name} did not start")]
    Server {
        /// The state, or the run.
        name: String,
        /// Why.
        #[source]
        error: ServerError,
    },
    /// A node refused the run.
    #[error(transparent)]
    Node(#[from] NodeRefused),
}

/// Opens the nodes of a run on a rung: `offices[i]` is that of the state numbered `i`.
///
/// # Errors
/// When the offices do not fit the library, or servers cannot be started.
pub fn open(
    rung: Rung,
    library: Arc<Library>,
    offices: Vec<Box<dyn Office>>,
    options: &Options,
) -> Result<Box<dyn Nodes>, NotOpened> {
    Ok(match rung {
        Rung::Direct => Box::new(Direct::open(library, offices)?),
        Rung::Memory => Box::new(Memory::open(library, offices, options)?),
        Rung::Sockets => Box::new(Sockets::open(library, offices, options)?),
    })
}

fn check_offices(library: &Library, offices: &[Box<dyn Office>]) -> Result<(), NotOpened> {
    let states = library.states().len();
    if offices.len() > states {
        return Err(NotOpened::TooManyOffices { offices: offices.len(), states });
    }
    Ok(())
}

/// A node around every office.
fn nodes(
    library: &Arc<Library>,
    offices: Vec<Box<dyn Office>>,
    key: &RunKey,
    switchboard: &Arc<Switchboard>,
) -> Result<BTreeMap<StateId, Arc<Node>>, NotOpened> {
    check_offices(library, &offices)?;
    let shell = |(state, office)| {
        let node = Node::new(library.clone(), state, office, key.clone(), switchboard.clone());
        let node = node.ok_or_else(|| NotOpened::Code(library.state(state).code.clone()))?;
        Ok((state, Arc::new(node)))
    };
    library.state_ids().zip(offices).map(shell).collect()
}
