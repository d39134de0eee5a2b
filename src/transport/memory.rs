//! The generated client on the generated server, without a connection, on one thread: real encoding, framing,
//! metadata and statuses at a twentieth of a socket's cost. What it shows, sockets show.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::runtime::Runtime;

use super::{NotOpened, Options, nodes};
use crate::authority::{Due, Office, Report};
use crate::base::{Day, StateId};
use crate::engine::{Nodes, Stopped};
use crate::grpc::server::node_routes;
use crate::grpc::strangers::Room;
use crate::grpc::switchboard::without_connection;
use crate::grpc::{Conductor, RunKey, Switchboard};
use crate::law::Library;

/// See the module.
pub struct Memory {
    conductor: Arc<Conductor>,
    runtime: Runtime,
}

impl Memory {
    /// Nodes around these offices: `offices[i]` is that of the state numbered `i`.
    ///
    /// # Errors
    /// When the offices do not fit the library.
    ///
    /// # Panics
    /// When called, as all of this type's functions, within a tokio runtime: it brings its own.
    pub fn open(library: Arc<Library>, offices: Vec<Box<dyn Office>>, options: &Options) -> Result<Self, NotOpened> {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().build().map_err(NotOpened::Runtime)?;
        let key = RunKey::random()?;
        let switchboard = Arc::new(Switchboard::default());
        let nodes = nodes(&library, offices, &key, &switchboard)?;
        let (mut addresses, room) = (BTreeMap::new(), Room::default());
        for (state, node) in nodes {
            let name = library.state(state).code.clone();
            let address = format!("memory:{name}");
            let routes =
                runtime.block_on(node_routes(node, &room)).map_err(|error| NotOpened::Server { name, error })?;
            switchboard.connect(&address, without_connection(routes));
            addresses.insert(state, address);
        }
        let conductor = Arc::new(Conductor::new(library, key, switchboard, options.run.clone(), addresses));
        runtime.block_on(conductor.open())?;
        Ok(Self { conductor, runtime })
    }
}

impl Nodes for Memory {
    fn day(&mut self, day: Day, due: Vec<(StateId, Due)>) -> Result<Vec<(StateId, Report)>, Stopped> {
        self.runtime.block_on(self.conductor.day(day, due))
    }
}
