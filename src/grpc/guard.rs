//! The listener's own limits: how many connections, and how long one may stay silent before it speaks HTTP/2.
//! hyper's keepalive begins only after that.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep_until};
use tokio_stream::Stream;
use tonic::transport::server::{Connected, TcpConnectInfo, TcpIncoming};

/// Most connections that a server keeps of others. A process shares one connection to a node, so this is room for hundreds
/// of processes. Where open files are few, a server keeps fewer, so that its guests leave the run its own.
pub const MOST_GUESTS: usize = 512;

/// Time to send the first bytes of HTTP/2. A client sends them at once.
pub const PREFACE_DEADLINE: Duration = Duration::from_secs(5);

/// Length of what every HTTP/2 client sends first (RFC 9113, section 3.4).
const PREFACE_BYTES: usize = 24;

/// The pause after a failed accept. It fails for want of file descriptors, and would fail again at once.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// The connections of a listener, within the limits: so many guests, and the line of this process.
#[must_use]
pub fn guarded(listener: TcpListener, guests: usize) -> Guarded {
    let connections = guests.min(MOST_GUESTS) + 1;
    Guarded {
        // `serve_with_incoming` does not set the flag itself; without it a call takes 90 ms.
        incoming: TcpIncoming::from(listener).with_nodelay(Some(true)),
        connections,
        room: Arc::new(Semaphore::new(connections)),
        pause: None,
    }
}

/// See [`guarded`].
#[derive(Debug)]
pub struct Guarded {
    incoming: TcpIncoming,
    connections: usize,
    room: Arc<Semaphore>,
    pause: Option<Pin<Box<Sleep>>>,
}

impl Stream for Guarded {
    type Item = io::Result<Guest>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(pause) = self.pause.as_mut() {
                std::task::ready!(pause.as_mut().poll(context));
                self.pause = None;
            }
            match std::task::ready!(Pin::new(&mut self.incoming).poll_next(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    self.pause = Some(Box::pin(sleep_until(Instant::now() + ACCEPT_PAUSE)));
                }
                // Without room the connection is closed, not kept waiting: its owner can tell and try again.
                Some(Ok(stream)) => {
                    if let Ok(place) = self.room.clone().try_acquire_owned() {
                        return Poll::Ready(Some(Ok(Guest::new(stream, place))));
                    }
                    tracing::warn!("connection refused: {} are open", self.connections);
                }
            }
        }
    }
}

/// A connection that holds its place until it is dropped.
#[derive(Debug)]
pub struct Guest {
    stream: TcpStream,
    /// Runs until the preface has come.
    silence: Option<Pin<Box<Sleep>>>,
    preface_left: usize,
    _place: OwnedSemaphorePermit,
}

impl Guest {
    fn new(stream: TcpStream, place: OwnedSemaphorePermit) -> Self {
        let silence = Some(Box::pin(sleep_until(Instant::now() + PREFACE_DEADLINE)));
        Self { stream, silence, preface_left: PREFACE_BYTES, _place: place }
    }
}

impl Connected for Guest {
    type ConnectInfo = TcpConnectInfo;

    fn connect_info(&self) -> TcpConnectInfo {
        self.stream.connect_info()
    }
}

impl AsyncRead for Guest {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        let Some(silence) = self.silence.as_mut() else { return polled };
        match polled {
            Poll::Ready(read) => {
                self.preface_left = self.preface_left.saturating_sub(buffer.filled().len() - before);
                if self.preface_left == 0 {
                    self.silence = None;
                }
                Poll::Ready(read)
            }
            Poll::Pending => silence.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into())),
        }
    }
}

impl AsyncWrite for Guest {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
