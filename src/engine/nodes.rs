//! The engine's one opening towards the authorities, wherever they run.

use crate::authority::{Due, Report};
use crate::base::{Day, StateId};

/// Why a run cannot go on. Transport trouble never becomes part of the simulated world: it stops the run.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// A node could not be reached or answered with an error.
    #[error("{state} did not complete {day}: {reason}")]
    Node {
        /// The state, by name.
        state: String,
        /// The day.
        day: Day,
        /// What it said.
        reason: String,
    },
    /// A node broke a rule of the day cycle.
    #[error("{state} broke the rules of the day cycle on {day}: {rule}")]
    Rule {
        /// The state, by name.
        state: String,
        /// The day.
        day: Day,
        /// The rule.
        rule: String,
    },
    /// A limit of the engine was passed.
    #[error("{what}: the limit is {limit}")]
    Limit {
        /// What there is too much of.
        what: String,
        /// The most allowed.
        limit: u64,
    },
    /// The user asked to stop.
    #[error("interrupted {}", day.map_or_else(|| "before the first day".to_owned(), |day| format!("after {day}")))]
    Interrupted {
        /// The last day that was completed, if any was.
        day: Option<Day>,
    },
}

/// The authorities of a run. An implementation may be a table of actors, in-memory gRPC or sockets;
/// the engine cannot tell.
pub trait Nodes {
    /// Lets every named authority act on a day with what is due for it, and gives back all reports in the
    /// order of the states. `due` is sorted by state and names each at most once.
    ///
    /// # Errors
    /// When a node cannot complete the day.
    fn day(&mut self, day: Day, due: Vec<(StateId, Due)>) -> Result<Vec<(StateId, Report)>, Stopped>;
}
