//! One tonic server: which services answer on a port, and the limits around them.
//!
//! The limits are those of `Server` below and of the listener in `guard`. Each was tried by attack on tonic 0.14.9,
//! whose own defaults leave two of hyper's protections off (see the constants).

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tonic::Status;
use tonic::body::Body;
use tonic::server::NamedService;
use tonic::service::Routes;
use tonic::transport::Server;
use tonic_health::ServingStatus;
use tonic_health::pb::health_server::HealthServer;
use tonic_health::server::{HealthReporter, HealthService};
use tower::util::{MapFutureLayer, MapResponseLayer};

use super::depositary::DepositaryDesk;
use super::guard::guarded;
use super::node::Node;
use super::observatory::Observatory;
use super::parcels::MESSAGE_BYTES;
use super::status::with_reason;
use super::strangers::{Doors, Room, STRANGER_BYTES};
use super::wire;
use super::wire::central_authority_server::CentralAuthorityServer;
use super::wire::depositary_server::DepositaryServer;
use super::wire::observatory_server::ObservatoryServer;
use super::wire::participant_server::ParticipantServer;

/// Streams that a client may have open on a connection; tonic announces no limit by default, and 5,000 half-open
/// calls then cost 46 MB.
const CONCURRENT_STREAMS: u32 = 64;

/// Bytes that a client may send of a message before somebody has read what came. hyper's default is a MiB, which each
/// connection could fill.
const STREAM_WINDOW: u32 = 64 * 1024;
/// The same of all messages on a connection: our own clients have at most 16 in flight.
const CONNECTION_WINDOW: u32 = 16 * STREAM_WINDOW;

/// Streams that may fail by the client's fault before the connection is closed. hyper's default is 1,024, but
/// tonic hands on "none": 184,850 malformed requests were taken in 13 s.
const LOCAL_ERROR_RESETS: usize = 1_024;

/// Streams that a client may open and cancel before the server has looked at them (rapid reset, CVE-2023-44487):
/// hyper's own default, said because tonic hands on "none".
const PENDING_RESETS: usize = 20;

/// Bytes of a call's headers. Ours take under 300.
const HEADER_BYTES: u32 = 16 * 1024;

/// A connection that is silent so long is asked whether it lives...
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(5);
/// ...and closed when it does not answer within this.
const KEEPALIVE_TIMEOUT: Duration = Duration::from_secs(5);

/// Longest time for one call to be answered (streams: to begin). A day's work of the largest scenario takes well
/// under a second; a call that was cut off may be made again, so nothing is lost by it.
pub const CALL_DEADLINE: Duration = Duration::from_secs(30);

/// Calls worked at once on a connection; what is more is shed. Our own clients have at most 16 in flight.
const CONCURRENT_CALLS: usize = 32;

/// Time for open calls to end once a server was told to stop. What is open then is watching, not working.
const STOP_GRACE: Duration = Duration::from_secs(2);

/// A server that cannot be started, or failed.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// An address that others can reach.
    #[error("{0} is not a loopback address: nodes have no certificates yet, so they listen on this machine only")]
    NotLoopback(SocketAddr),
    /// The port could not be had: taken, for example.
    #[error("cannot listen on {address}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        #[source]
        error: std::io::Error,
    },
    /// The listener failed.
    #[error("the listener failed")]
    Listener(#[from] std::io::Error),
    /// The descriptors of our services could not be served.
    #[error("cannot set up reflection")]
    Reflection(#[from] tonic_reflection::server::Error),
    /// tonic failed.
    #[error("the server failed")]
    Server(#[from] tonic::transport::Error),
}

/// Whether only this machine reaches the address.
#[must_use]
pub const fn is_loopback(address: &SocketAddr) -> bool {
    match address {
        SocketAddr::V4(address) => address.ip().is_loopback(),
        SocketAddr::V6(address) => address.ip().is_loopback(),
    }
}

/// Opens a port for a server.
///
/// # Errors
/// When others could reach it, or it is taken.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, ServerError> {
    if !is_loopback(&address) {
        return Err(ServerError::NotLoopback(address));
    }
    TcpListener::bind(address).await.map_err(|error| ServerError::Listen { address, error })
}

/// Serves until told to stop; then lets open calls end for a moment. `guests`: connections that there is room for beside
/// this process's own.
///
/// # Errors
/// When the listener is one that others could reach, or tonic fails.
pub async fn serve(
    listener: TcpListener,
    routes: Routes,
    guests: usize,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServerError> {
    let address = listener.local_addr()?;
    if !is_loopback(&address) {
        return Err(ServerError::NotLoopback(address));
    }
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let signal = async move {
        stop.await;
        // Nobody listens any more once the server has ended by itself.
        let _ = stopping.send(());
    };
    let serving = Server::builder()
        .max_concurrent_streams(CONCURRENT_STREAMS)
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .http2_max_local_error_reset_streams(Some(LOCAL_ERROR_RESETS))
        .http2_max_pending_accept_reset_streams(Some(PENDING_RESETS))
        .http2_max_header_list_size(HEADER_BYTES)
        .http2_keepalive_interval(Some(KEEPALIVE_INTERVAL))
        .http2_keepalive_timeout(Some(KEEPALIVE_TIMEOUT))
        .concurrency_limit_per_connection(CONCURRENT_CALLS)
        .load_shed(true)
        .layer(MapResponseLayer::new(with_reason))
        .layer(MapFutureLayer::new(in_time))
        .add_routes(routes)
        .serve_with_incoming_shutdown(guarded(listener, guests), signal);
    let grace = async move {
        // An error means that the server has ended, and `serving` wins below.
        let _ = stopped.await;
        tokio::time::sleep(STOP_GRACE).await;
    };
    tokio::select! {
        ended = serving => Ok(ended?),
        () = grace => Ok(()),
    }
}

/// The answer, or that there is none in time. tonic's own deadline stands outside all layers of ours, and calls one that
/// passed *Cancelled*, as if the caller had gone.
async fn in_time<F>(answer: F) -> Result<http::Response<Body>, Infallible>
where
    F: Future<Output = Result<http::Response<Body>, Infallible>>,
{
    tokio::time::timeout(CALL_DEADLINE, answer).await.unwrap_or_else(|_| {
        let late = format!("no answer within {} s", CALL_DEADLINE.as_secs());
        Ok(Status::deadline_exceeded(late).into_http())
    })
}

/// The services of a node.
pub(super) const NODE_SERVICES: [&str; 2] = [CentralAuthorityServer::<Node>::NAME, ParticipantServer::<Node>::NAME];

/// What answers at a node. `room`: for strangers, in all servers of the run.
///
/// # Errors
/// When the descriptors cannot be served.
pub async fn node_routes(node: Arc<Node>, room: &Room) -> Result<Routes, ServerError> {
    let (verifier, health) = (node.verifier().clone(), node.health().clone());
    let authority = |most: usize| {
        CentralAuthorityServer::from_arc(node.clone())
            .max_decoding_message_size(most)
            .max_encoding_message_size(MESSAGE_BYTES)
    };
    let participant = |most: usize| {
        ParticipantServer::from_arc(node.clone())
            .max_decoding_message_size(most)
            .max_encoding_message_size(MESSAGE_BYTES)
    };
    let authority = Doors::new(authority(STRANGER_BYTES), authority(MESSAGE_BYTES), verifier.clone(), room);
    let participant = Doors::new(participant(STRANGER_BYTES), participant(MESSAGE_BYTES), verifier, room);
    with_standard_services(Routes::new(authority).add_service(participant), health, &NODE_SERVICES, room).await
}

/// What answers for a run as a whole. `room`: for strangers, in all servers of the run.
///
/// # Errors
/// When the descriptors cannot be served.
pub async fn run_routes(desk: DepositaryDesk, observatory: Observatory, room: &Room) -> Result<Routes, ServerError> {
    let depositary =
        DepositaryServer::new(desk).max_decoding_message_size(STRANGER_BYTES).max_encoding_message_size(MESSAGE_BYTES);
    let observatory = ObservatoryServer::new(observatory)
        .max_decoding_message_size(STRANGER_BYTES)
        .max_encoding_message_size(MESSAGE_BYTES);
    let names = [DepositaryServer::<DepositaryDesk>::NAME, ObservatoryServer::<Observatory>::NAME];
    let routes = Routes::new(Doors::open(depositary, room)).add_service(Doors::open(observatory, room));
    with_standard_services(routes, HealthReporter::new(), &names, room).await
}

/// Adds health and reflection. Both versions of reflection: Python's client speaks v1alpha, others v1.
async fn with_standard_services(
    routes: Routes,
    reporter: HealthReporter,
    ours: &[&str],
    room: &Room,
) -> Result<Routes, ServerError> {
    for name in ours {
        reporter.set_service_status(*name, ServingStatus::Serving).await;
    }
    let health = HealthServer::new(HealthService::from_health_reporter(reporter));
    let health = health.max_decoding_message_size(STRANGER_BYTES).max_encoding_message_size(MESSAGE_BYTES);
    let reflection = || {
        let builder = tonic_reflection::server::Builder::configure()
            .include_reflection_service(false)
            .register_encoded_file_descriptor_set(wire::DESCRIPTORS)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_reflection::pb::v1::FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_reflection::pb::v1alpha::FILE_DESCRIPTOR_SET);
        // Only what answers on this port is listed, though the whole contract can be read on each.
        let standard = [
            "grpc.health.v1.Health",
            "grpc.reflection.v1.ServerReflection",
            "grpc.reflection.v1alpha.ServerReflection",
        ];
        ours.iter().copied().chain(standard).fold(builder, tonic_reflection::server::Builder::with_service_name)
    };
    let (now, old) = (reflection().build_v1()?, reflection().build_v1alpha()?);
    Ok(routes
        .add_service(Doors::health(health, room))
        .add_service(Doors::reflection(now.max_decoding_message_size(STRANGER_BYTES), room))
        .add_service(Doors::reflection(old.max_decoding_message_size(STRANGER_BYTES), room)))
}
