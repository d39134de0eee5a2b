//! Calls of those who have not proven a name: how much of a message they may send, and how many of them at once.
//!
//! A message is read before any handler sees it, and room for all of it is made as soon as its length is announced. So
//! whoever may call at all could make every call that a connection carries hold four MiB, and have as many connections as a
//! server keeps. What strangers may ask is short, and those who send long messages are known.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http_body_util::BodyExt as _;
use tokio::sync::Semaphore;
use tonic::Status;
use tonic::body::Body;
use tonic::server::NamedService;
use tower::Service;

use super::identity::Verifier;

/// Most bytes of a message of a stranger. The longest question, with every fact that the law has in each of its lists,
/// takes a quarter of this.
pub const STRANGER_BYTES: usize = 64 * 1024;

/// Calls of strangers whose message is being read, in all servers of a run together. With what stands around a message
/// (headers, a window of the stream, buffers), each may hold three times [`STRANGER_BYTES`]: 48 MiB in all.
pub const STRANGERS: usize = 256;

/// Room for strangers, shared by the servers of a run.
#[derive(Clone, Debug)]
pub struct Room(Arc<Semaphore>);

impl Default for Room {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(STRANGERS)))
    }
}

/// A service with two doors: one for whoever has proven a name, one for all others.
#[derive(Clone, Debug)]
pub struct Doors<S> {
    /// With the limit of strangers.
    stranger: S,
    /// With that of peers and engine, where there is something for them.
    proven: Option<(S, Arc<Verifier>)>,
    room: Room,
}

impl<S> Doors<S> {
    /// A service that is open to everybody, and asks nobody who they are.
    pub const fn open(stranger: S, room: Room) -> Self {
        Self { stranger, proven: None, room }
    }

    /// A service that some call who have proven their name.
    pub fn new(stranger: S, proven: S, verifier: Verifier, room: Room) -> Self {
        Self { stranger, proven: Some((proven, Arc::new(verifier))), room }
    }
}

impl<S: NamedService> NamedService for Doors<S> {
    const NAME: &'static str = S::NAME;
}

/// As the generated services answer.
type Answer = Pin<Box<dyn Future<Output = Result<http::Response<Body>, Infallible>> + Send>>;

impl<S> Service<http::Request<Body>> for Doors<S>
where
    S: Service<http::Request<Body>, Response = http::Response<Body>, Error = Infallible, Future = Answer>,
{
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Answer;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // Generated services always are.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Answer {
        if let Some((proven, verifier)) = &mut self.proven
            && verifier.is_proven(request.headers())
        {
            return proven.call(request);
        }
        let Ok(place) = self.room.0.clone().try_acquire_owned() else {
            tracing::warn!("a call was shed: {STRANGERS} of strangers are being read");
            let shed = Status::resource_exhausted("too many ask at once: ask again");
            return Box::pin(std::future::ready(Ok(shed.into_http())));
        };
        // The place is held as long as anything of the message may still come.
        self.stranger.call(request.map(|body| {
            Body::new(body.map_frame(move |frame| {
                let _held = &place;
                frame
            }))
        }))
    }
}
