//! Calls of those who have not proven a name: how much of a message they may send, in what time, and how many of them at
//! once.
//!
//! A message is read before any handler sees it, and room for all of it is made as soon as its length is announced. So
//! whoever may call at all could make every call that a connection carries hold four MiB, and have as many connections as a
//! server keeps. What strangers may ask is short, and those who send long messages are known.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http_body_util::{BodyStream, StreamBody};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Sleep, sleep};
use tokio_stream::Stream;
use tonic::Status;
use tonic::body::Body;
use tonic::server::NamedService;
use tower::Service;

use super::identity::Verifier;
use super::server::CALL_DEADLINE;

/// Most bytes of a message of a stranger. The longest question, with every fact that the law has in each of its lists,
/// takes a quarter of this.
pub const STRANGER_BYTES: usize = 64 * 1024;

/// Calls of strangers whose message is being read, in all servers of a run together. With what stands around a message
/// (headers, a window of the stream, buffers), each may hold three times [`STRANGER_BYTES`]: 48 MiB in all.
pub const STRANGERS: usize = 256;

/// Calls of reflection at once, in all servers of a run together, beside the [`STRANGERS`]: 12 MiB more. Such a call may ask
/// on and need not read the answers, so whoever keeps every place here must take none from those who ask the nodes.
pub const REFLECTIONS: usize = 64;

/// Checks of health at once, likewise: who asks whether a node is well must hear so when it is busy.
pub const HEALTH_CHECKS: usize = 64;

/// Room for strangers, shared by the servers of a run.
#[derive(Clone, Debug)]
pub struct Room {
    questions: Arc<Semaphore>,
    reflections: Arc<Semaphore>,
    health_checks: Arc<Semaphore>,
}

impl Default for Room {
    fn default() -> Self {
        let of = |places| Arc::new(Semaphore::new(places));
        Self { questions: of(STRANGERS), reflections: of(REFLECTIONS), health_checks: of(HEALTH_CHECKS) }
    }
}

/// A service with two doors: one for whoever has proven a name, one for all others.
#[derive(Clone, Debug)]
pub struct Doors<S> {
    /// With the limit of strangers.
    stranger: S,
    /// With that of peers and engine, where there is something for them.
    proven: Option<(S, Arc<Verifier>)>,
    /// The places of strangers.
    room: Arc<Semaphore>,
}

impl<S> Doors<S> {
    /// A service that is open to everybody, and asks nobody who they are.
    pub fn open(stranger: S, room: &Room) -> Self {
        Self { stranger, proven: None, room: room.questions.clone() }
    }

    /// Reflection: open to everybody, with places of its own.
    pub fn reflection(stranger: S, room: &Room) -> Self {
        Self { stranger, proven: None, room: room.reflections.clone() }
    }

    /// Checks of health: open to everybody, with places of their own.
    pub fn health(stranger: S, room: &Room) -> Self {
        Self { stranger, proven: None, room: room.health_checks.clone() }
    }

    /// A service that some call who have proven their name.
    pub fn new(stranger: S, proven: S, verifier: Verifier, room: &Room) -> Self {
        Self { stranger, proven: Some((proven, Arc::new(verifier))), room: room.questions.clone() }
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
        let Ok(place) = self.room.clone().try_acquire_owned() else {
            tracing::warn!("a call was shed: as many of strangers as there is room for are being read");
            let shed = Status::resource_exhausted("too many ask at once: ask again");
            return Box::pin(std::future::ready(Ok(shed.into_http())));
        };
        self.stranger.call(request.map(|message| Body::new(StreamBody::new(Coming::new(message, place)))))
    }
}

/// A message of a stranger as it comes. It has its place as long as anything of it may still come, and does not come for ever.
struct Coming {
    frames: BodyStream<Body>,
    late: Pin<Box<Sleep>>,
    _place: OwnedSemaphorePermit,
}

impl Coming {
    fn new(message: Body, place: OwnedSemaphorePermit) -> Self {
        Self { frames: BodyStream::new(message), late: Box::pin(sleep(CALL_DEADLINE)), _place: place }
    }
}

impl Stream for Coming {
    type Item = <BodyStream<Body> as Stream>::Item;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        // First of all: of a message that comes byte by byte there always is something.
        if self.late.as_mut().poll(context).is_ready() {
            let late = format!("the message has not come whole within {} s", CALL_DEADLINE.as_secs());
            return Poll::Ready(Some(Err(Status::deadline_exceeded(late))));
        }
        Pin::new(&mut self.frames).poll_next(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio_stream::StreamExt as _;
    use tonic::Code;

    use super::*;

    #[test]
    fn a_message_that_does_not_come_gives_up_its_place_in_time() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
        runtime.expect("a runtime").block_on(async {
            let room = Arc::new(Semaphore::new(1));
            let place = room.clone().try_acquire_owned().expect("a place");
            let silent = StreamBody::new(tokio_stream::pending::<<Coming as Stream>::Item>());
            let mut coming = Coming::new(Body::new(silent), place);
            let late = coming.next().await.expect("an end").expect_err("nothing came");
            assert_eq!(late.code(), Code::DeadlineExceeded);
            drop(coming);
            assert_eq!(room.available_permits(), 1);
        });
    }
}
