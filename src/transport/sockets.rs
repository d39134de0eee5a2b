//! TCP on this machine: one server a state, and one for the run (depositary and observatory).

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tonic::service::Routes;

use super::descriptors::room_for;
use super::{NotOpened, Options, nodes};
use crate::authority::{Due, Office, Report};
use crate::base::{Day, StateId};
use crate::engine::{Nodes, Stopped};
use crate::grpc::depositary::DepositaryDesk;
use crate::grpc::server::{ServerError, listen, node_routes, run_routes, serve};
use crate::grpc::strangers::Room;
use crate::grpc::{Conductor, Observatory, RunKey, Switchboard};
use crate::law::Library;

/// Time for servers to end; each gives its open calls two seconds.
const STOP_DEADLINE: Duration = Duration::from_secs(4);

/// Time for all nodes to open: 195 take a second, and a machine that does other things as well a few.
const OPENING_DEADLINE: Duration = Duration::from_mins(1);

/// How often it is looked whether to go on.
const GLANCE: Duration = Duration::from_millis(50);

/// How the run's own server is named beside the states'. No state is called so: codes hold no `@`.
pub const RUN_SERVER: &str = "@run";

/// The page that says how the servers are called.
pub const PAGE_OF_CALLS: &str = "docs/wire.md";

/// See the module. Servers answer from `open` until this is dropped, between days too.
pub struct Sockets {
    conductor: Arc<Conductor>,
    observatory: Observatory,
    addresses: Vec<(String, SocketAddr)>,
    stop: watch::Sender<bool>,
    servers: JoinSet<Result<(), ServerError>>,
    /// None once stopped.
    runtime: Option<Runtime>,
}

impl Sockets {
    /// Servers around these offices: `offices[i]` is that of the state numbered `i`.
    ///
    /// # Errors
    /// When the offices do not fit the library, or a port cannot be had.
    ///
    /// # Panics
    /// When called, as all of this type's functions, within a tokio runtime: it brings its own.
    pub fn open(library: Arc<Library>, offices: Vec<Box<dyn Office>>, options: &Options) -> Result<Self, NotOpened> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(options.workers.max(1))
            .thread_name("comity-node")
            .enable_all()
            .build()
            .map_err(NotOpened::Runtime)?;
        let key = RunKey::random()?;
        let switchboard = Arc::new(Switchboard::default());
        let nodes = nodes(&library, offices, &key, &switchboard)?;
        let ports = Ports::new(options.base_port, nodes.len() + 1)?;
        let connections = room_for(nodes.len() + 1)?;
        let (stop, stopped) = watch::channel(false);
        let mut starting = Starting { ports, connections, stopped, servers: JoinSet::new(), addresses: Vec::new() };
        let observatory = Observatory::new(&options.run);
        let opening = async {
            let (mut reached, room) = (BTreeMap::new(), Room::default());
            for (state, node) in &nodes {
                let address =
                    starting.start(&library.state(*state).code, node_routes(node.clone(), &room).await).await?;
                reached.insert(*state, format!("http://{address}"));
            }
            let desk = DepositaryDesk::new(library.clone(), nodes.into_values().collect());
            starting.start(RUN_SERVER, run_routes(desk, observatory.clone(), &room).await).await?;
            let conductor = Conductor::new(library, key, switchboard, options.run.clone(), reached);
            conductor.open().await?;
            Ok::<_, NotOpened>(conductor)
        };
        let conductor = Arc::new(runtime.block_on(in_time(opening, &options.interrupt))?);
        let Starting { servers, addresses, .. } = starting;
        Ok(Self { conductor, observatory, addresses, stop, servers, runtime: Some(runtime) })
    }

    /// Where the servers answer, by state in order, the run's own last (named [`RUN_SERVER`]).
    #[must_use]
    pub fn addresses(&self) -> &[(String, SocketAddr)] {
        &self.addresses
    }

    /// What those who watch see: publish the run's records here.
    #[must_use]
    pub fn observatory(&self) -> Observatory {
        self.observatory.clone()
    }

    /// Ends the run at every node, but keeps the servers answering what people ask until told otherwise.
    pub fn hold(&self, enough: &AtomicBool) {
        self.observatory.end();
        if let Some(runtime) = &self.runtime {
            runtime.block_on(self.conductor.close());
        }
        while !enough.load(Ordering::Relaxed) {
            #[expect(
                clippy::disallowed_methods,
                reason = "after the run: waiting for a signal handler, which can only set a flag"
            )]
            std::thread::sleep(GLANCE);
        }
    }

    /// Ends the servers: no new calls, and a moment for open ones.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let Some(runtime) = self.runtime.take() else { return };
        self.observatory.end();
        // Nobody listens any more when every server has ended by itself.
        let _ = self.stop.send(true);
        let ended = async {
            while let Some(ended) = self.servers.join_next().await {
                match ended {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => tracing::warn!(%error, "a server failed"),
                    Err(error) => tracing::warn!(%error, "a server ended before its time"),
                }
            }
        };
        // What has not ended by then ends with the runtime.
        let _ = runtime.block_on(async { tokio::time::timeout(STOP_DEADLINE, ended).await });
        runtime.shutdown_background();
    }
}

impl Drop for Sockets {
    fn drop(&mut self) {
        self.end();
    }
}

impl Nodes for Sockets {
    fn day(&mut self, day: Day, due: Vec<(StateId, Due)>) -> Result<Vec<(StateId, Report)>, Stopped> {
        let Some(runtime) = &self.runtime else {
            return Err(Stopped::Node {
                state: RUN_SERVER.to_owned(),
                day,
                reason: "the servers are stopped".to_owned(),
            });
        };
        let conductor = self.conductor.clone();
        // On the workers, not on this thread: calls and servers on one thread cost half of what they cost on two.
        match runtime.block_on(runtime.spawn(async move { conductor.day(day, due).await })) {
            Ok(reports) => reports,
            Err(failed) => std::panic::resume_unwind(failed.into_panic()),
        }
    }
}

/// Opens nodes, unless somebody asks to stop, or it takes too long.
async fn in_time<T>(
    opening: impl Future<Output = Result<T, NotOpened>>,
    interrupt: &AtomicBool,
) -> Result<T, NotOpened> {
    let interrupted = async {
        while !interrupt.load(Ordering::Relaxed) {
            tokio::time::sleep(GLANCE).await;
        }
    };
    tokio::select! {
        biased;
        () = interrupted => Err(NotOpened::Interrupted),
        opened = opening => opened,
        () = tokio::time::sleep(OPENING_DEADLINE) => Err(NotOpened::Late(OPENING_DEADLINE)),
    }
}

/// Servers being started.
struct Starting {
    ports: Ports,
    /// That others may have to each.
    connections: usize,
    stopped: watch::Receiver<bool>,
    servers: JoinSet<Result<(), ServerError>>,
    addresses: Vec<(String, SocketAddr)>,
}

impl Starting {
    async fn start(&mut self, name: &str, routes: Result<Routes, ServerError>) -> Result<SocketAddr, NotOpened> {
        let started = async {
            let listener = listen(self.ports.next()).await?;
            Ok((listener.local_addr()?, listener, routes?))
        };
        let (address, listener, routes) =
            started.await.map_err(|error| NotOpened::Server { name: name.to_owned(), error })?;
        let mut stopped = self.stopped.clone();
        let stop = async move {
            // An error means that the run is gone, which is a stop too.
            let _ = stopped.wait_for(|stop| *stop).await;
        };
        self.servers.spawn(serve(listener, routes, self.connections, stop));
        self.addresses.push((name.to_owned(), address));
        Ok(address)
    }
}

/// The ports to take: from a number on, or any.
struct Ports {
    next: u16,
}

impl Ports {
    fn new(base_port: Option<u16>, servers: usize) -> Result<Self, NotOpened> {
        let Some(base_port) = base_port.filter(|port| *port != 0) else { return Ok(Self { next: 0 }) };
        if usize::from(u16::MAX - base_port) + 1 < servers {
            return Err(NotOpened::Ports { nodes: servers, base_port });
        }
        Ok(Self { next: base_port })
    }

    fn next(&mut self) -> SocketAddr {
        let port = self.next;
        if port != 0 {
            // The last port may be the highest there is; nothing asks for one beyond it.
            self.next = port.saturating_add(1);
        }
        SocketAddr::from((Ipv4Addr::LOCALHOST, port))
    }
}
