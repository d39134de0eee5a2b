//! Who speaks.
//!
//! On one machine every run has a random key that only its own processes know; a caller proves its name by a token
//! made with it. Off this machine certificates must take its place, so `server` refuses to listen there. Handlers
//! cannot be called without an identity, and only verification makes one.

use std::sync::Arc;
use std::time::Duration;

use tonic::metadata::{AsciiMetadataValue, MetadataMap};

use super::refusal::Refusal;
use crate::base::StateId;
use crate::law::Library;

/// Metadata: who calls.
pub const STATE: &str = "comity-state";
/// Metadata: its token.
pub const TOKEN: &str = "comity-token";
/// The engine's name as a caller. No state is called so: codes hold no `@`.
pub const ENGINE: &str = "@engine";

/// The key of a run.
#[derive(Clone)]
pub struct RunKey([u8; 32]);

impl RunKey {
    /// A new random key.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut key = [0; 32];
        #[expect(clippy::disallowed_methods, reason = "a key that nobody may guess; it is no part of a result")]
        getrandom::fill(&mut key)?;
        Ok(Self(key))
    }

    /// A known key. As yet runs draw theirs, and keep it in one process; a node in another will be handed one.
    #[must_use]
    pub const fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// The token by which a sender proves its name to a receiver.
    #[must_use]
    pub fn token(&self, sender: &str, receiver: &str) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(sender.as_bytes()).update(&[0]).update(receiver.as_bytes());
        hasher.finalize()
    }
}

// A key is never printed.
impl std::fmt::Debug for RunKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("RunKey(..)")
    }
}

/// A caller as one of its calls shows it.
#[derive(Clone, Debug)]
pub struct Caller {
    code: String,
    shown: AsciiMetadataValue,
    key: RunKey,
}

impl Caller {
    /// The caller of this code; `None` when the code cannot stand in metadata (printable ASCII can).
    #[must_use]
    pub fn new(code: &str, key: RunKey) -> Option<Self> {
        Some(Self { code: code.to_owned(), shown: code.parse().ok()?, key })
    }

    /// The request to a receiver, with the caller's name, its token and a deadline.
    ///
    /// # Panics
    /// Never: a token is hexadecimal.
    pub fn request<T>(&self, receiver: &str, deadline: Duration, message: T) -> tonic::Request<T> {
        let mut request = tonic::Request::new(message);
        request.set_timeout(deadline);
        let token = self.key.token(&self.code, receiver).to_hex();
        let token = token.parse().expect("hexadecimal digits can stand in metadata");
        request.metadata_mut().insert(STATE, self.shown.clone());
        request.metadata_mut().insert(TOKEN, token);
        request
    }
}

/// Proof that a peer of this run speaks.
#[derive(Clone, Copy, Debug)]
pub struct PeerIdentity {
    state: StateId,
}

impl PeerIdentity {
    /// Which.
    #[must_use]
    pub const fn state(self) -> StateId {
        self.state
    }
}

/// Proof that the engine of this run speaks.
#[derive(Clone, Copy, Debug)]
pub struct EngineIdentity {
    _made_here_only: (),
}

/// Reads who speaks to one node.
#[derive(Clone, Debug)]
pub struct Verifier {
    key: RunKey,
    receiver: String,
    library: Arc<Library>,
}

impl Verifier {
    /// The verifier of the node that speaks for this state.
    #[must_use]
    pub const fn new(key: RunKey, receiver: String, library: Arc<Library>) -> Self {
        Self { key, receiver, library }
    }

    /// The state that speaks.
    ///
    /// # Errors
    /// When its name or token is missing or wrong.
    pub fn peer(&self, metadata: &MetadataMap) -> Result<PeerIdentity, Refusal> {
        let code = self.proven(metadata.as_ref())?;
        let state = self.library.state_coded(code).ok_or(Refusal::SenderUnproven("no state has this code"))?;
        Ok(PeerIdentity { state })
    }

    /// The engine.
    ///
    /// # Errors
    /// When the token is missing or wrong, or somebody else speaks.
    pub fn engine(&self, metadata: &MetadataMap) -> Result<EngineIdentity, Refusal> {
        let code = self.proven(metadata.as_ref())?;
        if code != ENGINE {
            return Err(Refusal::EngineOnly(code.to_owned()));
        }
        Ok(EngineIdentity { _made_here_only: () })
    }

    /// Whether somebody of this run speaks, before the message is read.
    pub(super) fn is_proven(&self, headers: &http::HeaderMap) -> bool {
        self.proven(headers).is_ok()
    }

    fn proven<'a>(&self, headers: &'a http::HeaderMap) -> Result<&'a str, Refusal> {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let code = text(STATE).ok_or(Refusal::SenderUnproven("metadata `comity-state` is missing"))?;
        let token = text(TOKEN).ok_or(Refusal::SenderUnproven("metadata `comity-token` is missing"))?;
        let token = blake3::Hash::from_hex(token)
            .map_err(|_| Refusal::SenderUnproven("metadata `comity-token` is not 64 hexadecimal digits"))?;
        // `Hash` compares in constant time.
        if token == self.key.token(code, &self.receiver) {
            Ok(code)
        } else {
            Err(Refusal::SenderUnproven("the token is wrong"))
        }
    }
}
