//! Lines to nodes: one type for a connection and for a service called without one.
//!
//! A line opens on first use, and all callers of a process share the line to an address: a full mesh of 195 nodes
//! would be 38,000 connections.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tonic::body::Body;
use tonic::service::Routes;
use tonic::transport::Endpoint;
use tonic::{Response, Status};
use tower::util::BoxCloneSyncService;
use tower::{BoxError, ServiceExt};

use super::parcels::MESSAGE_BYTES;
use super::server::is_loopback;
use super::status::{is_passing, with_reason, within};
use super::wire::central_authority_client::CentralAuthorityClient;
use super::wire::participant_client::ParticipantClient;

/// What generated clients are made on.
pub type Line = BoxCloneSyncService<http::Request<Body>, http::Response<Body>, LineFailed>;

/// A call that got no answer. A type of its own because the compiler cannot see that a future which holds a boxed
/// error converted into a boxed error may be sent between threads.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct LineFailed(#[source] BoxError);

impl LineFailed {
    /// The failure of a service below.
    pub fn new(error: impl Into<BoxError>) -> Self {
        Self(error.into())
    }
}

/// Calls in flight on one line. Below the server's 32 a connection, which sheds what is more; gains end at 16.
const IN_FLIGHT: usize = 16;

/// Time to establish a connection. On loopback it takes well under a millisecond; a process that does not accept
/// for so long is gone or stopped.
const CONNECT_SECONDS: Duration = Duration::from_secs(5);

/// How often a call is tried.
#[derive(Clone, Copy, Debug)]
pub struct Tries {
    /// Tries in all.
    pub most: u32,
    /// The pause before the second; doubled each time.
    pub pause: Duration,
    /// What each may take.
    pub deadline: Duration,
}

/// The line to one address.
#[derive(Clone, Debug)]
pub struct Peer {
    line: Line,
    permits: Arc<Semaphore>,
}

impl Peer {
    fn new(line: Line) -> Self {
        Self { line, permits: Arc::new(Semaphore::new(IN_FLIGHT)) }
    }

    /// Waits until a call may be made; the permit is kept until it is answered.
    ///
    /// # Panics
    /// Never: the semaphore is not closed.
    async fn turn(&self) -> OwnedSemaphorePermit {
        self.permits.clone().acquire_owned().await.expect("the semaphore is never closed")
    }

    /// Makes a call, and again where it failed in passing. `name`: whose line it is, for the log.
    ///
    /// # Errors
    /// The status of the last try.
    pub async fn persist<R, F>(&self, name: &str, tries: Tries, call: impl Fn(Self) -> F) -> Result<R, Status>
    where
        F: Future<Output = Result<Response<R>, Status>>,
    {
        let (mut pause, mut tried) = (tries.pause, 1);
        loop {
            let answer = {
                let _turn = self.turn().await;
                within(tries.deadline, call(self.clone())).await
            };
            match answer {
                Err(status) if is_passing(&status) && tried < tries.most => {
                    tracing::warn!(state = name, %status, "call failed, trying again");
                    tokio::time::sleep(pause).await;
                    pause *= 2;
                    tried += 1;
                }
                answer => return answer,
            }
        }
    }

    /// The service between authorities.
    #[must_use]
    pub fn authority(&self) -> CentralAuthorityClient<Line> {
        CentralAuthorityClient::new(self.line.clone())
            .max_decoding_message_size(MESSAGE_BYTES)
            .max_encoding_message_size(MESSAGE_BYTES)
    }

    /// The service for the engine.
    #[must_use]
    pub fn participant(&self) -> ParticipantClient<Line> {
        ParticipantClient::new(self.line.clone())
            .max_decoding_message_size(MESSAGE_BYTES)
            .max_encoding_message_size(MESSAGE_BYTES)
    }
}

/// The lines of a process, by address.
#[derive(Debug, Default)]
pub struct Switchboard {
    lines: Mutex<BTreeMap<String, Peer>>,
}

impl Switchboard {
    /// Connects an address with a line: a node without a connection, or in tests one with faults.
    pub fn connect(&self, address: &str, line: Line) {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).insert(address.to_owned(), Peer::new(line));
    }

    /// The line to an address. Called within a tokio runtime; nothing is dialled before the first call.
    ///
    /// # Errors
    /// When the address is none that may be dialled.
    pub fn peer(&self, address: &str) -> Result<Peer, String> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(peer) = lines.get(address) {
            return Ok(peer.clone());
        }
        let peer = Peer::new(dial(address)?);
        lines.insert(address.to_owned(), peer.clone());
        Ok(peer)
    }
}

/// A line that calls services directly: real encoding, framing and statuses, no connection.
#[must_use]
pub fn without_connection(routes: Routes) -> Line {
    let routes = routes.prepare();
    let called = tower::service_fn(move |request: http::Request<Body>| routes.clone().oneshot(request));
    BoxCloneSyncService::new(called.map_response(with_reason).map_err(LineFailed::new))
}

fn dial(address: &str) -> Result<Line, String> {
    check_address(address)?;
    let endpoint = Endpoint::from_shared(address.to_owned()).map_err(|error| format!("`{address}`: {error}"))?;
    // The no-delay flag is tonic's default, but a node without it answers 11 calls a second: better said.
    let channel = endpoint.tcp_nodelay(true).connect_timeout(CONNECT_SECONDS).connect_lazy();
    Ok(BoxCloneSyncService::new(channel.map_err(LineFailed::new)))
}

/// Whether calls, which carry tokens in the clear, may go to this address.
///
/// # Errors
/// What is wrong with it.
fn check_address(address: &str) -> Result<(), String> {
    let socket = address.strip_prefix("http://").and_then(|socket| socket.parse().ok());
    match socket {
        None => Err(format!("`{address}` is not of the form http://127.0.0.1:<port>")),
        Some(socket) if is_loopback(&socket) => Ok(()),
        Some(_) => Err(format!("`{address}` is not on this machine, and calls carry no certificates yet")),
    }
}
