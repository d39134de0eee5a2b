//! The world that the law meets: offender networks, where they settle, what they learn, when they move.
//!
//! A plain state machine: days and outcomes in, records and recorded incidents out. Deliberately absent: any
//! decision of law (the networks read its answers, see [`Books`]), any letter, and the size of an incident: every incident
//! counts as one, because nothing that is measured here depends on size.

pub mod behaviour;
pub mod books;
pub mod choice;
mod enforcement;
mod events;
pub mod haven_record;
pub mod havens;
mod incidents;
pub mod learning;
mod moving;
pub mod network;
mod perception;
mod places;
pub mod record;
pub mod settings;
mod soundness;
pub mod state;
#[expect(clippy::module_inception, reason = "the ring and its actor share the field's own word")]
pub mod world;

#[cfg(test)]
mod tests;

pub use behaviour::Behaviour;
pub use books::{Answer, Books};
pub use haven_record::{ClosedCase, HavenRecord, HavenSpell, Reason, Reasons, Turn, haven_spells};
pub use havens::{HavenMonitor, HavenSettings, HavenStanding};
pub use network::{Aspect, CaseEnd, Census, Enforcement, Network, Placements, Removal, Role};
pub use record::WorldRecord;
pub use settings::{Happening, LineSettings, Operation, Takes, WorldEvent, WorldSettings};
pub use soundness::Part;
pub use state::{StateAspect, StateSettings};
pub use world::{RecordedIncident, World, WorldReport};
