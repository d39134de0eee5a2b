//! The targets, one file a group that shares its worlds.

mod breadth;
mod channels;
mod concentration;
mod haven;
mod justice;
mod operations;
mod removal;
mod routes;
mod shock;
mod spread;
mod treaty;
mod turnover;

use super::protocol::Target;
use crate::base::StateId;

/// Every target, in order.
#[must_use]
pub fn all() -> Vec<&'static Target> {
    vec![
        &treaty::TARGET,
        &haven::TARGET,
        &breadth::TARGET,
        &routes::TARGET,
        &shock::TARGET,
        &operations::TARGET,
        &concentration::TARGET,
        &turnover::TARGET,
        &removal::TARGET,
        &spread::TARGET,
        &channels::TARGET,
        &justice::TARGET,
    ]
}

/// The state at this place in the order of the codes.
fn id(index: usize) -> StateId {
    StateId(u16::try_from(index).expect("a target has a few hundred states at most"))
}
