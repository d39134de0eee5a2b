//! The targets, one file a group that shares its worlds.

mod concentration;
mod treaty;
mod turnover;

use super::protocol::Target;

/// Every target, in order.
#[must_use]
pub fn all() -> Vec<&'static Target> {
    vec![&treaty::TARGET, &concentration::TARGET, &turnover::TARGET]
}
