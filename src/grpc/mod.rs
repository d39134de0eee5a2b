//! The wire: `proto/comity/v1` served and called by tonic.
//!
//! Generated types live here and nowhere else. The modules from the inside out: `convert` and `refusal` speak to
//! the domain; `mailbox`, `parcels` and `identity` are what a node is made of; `node` is the shell around an
//! authority; `server`, `guard` and `strangers` put it on a port; `switchboard` reaches it; `conductor` drives all of a run.
//! Nothing that decides a result happens here.

pub mod conductor;
pub mod convert;
pub mod depositary;
pub mod guard;
pub mod identity;
pub mod mailbox;
pub mod node;
pub mod observatory;
pub mod parcels;
pub mod refusal;
pub mod server;
pub mod status;
pub mod strangers;
pub mod switchboard;
pub mod wire;

pub use conductor::Conductor;
pub use identity::RunKey;
pub use node::Node;
pub use observatory::Observatory;
pub use switchboard::Switchboard;
