//! One run: clock, day cycle, delivery, records, digest.
//!
//! Deliberately absent: any knowledge of how letters travel (see [`Nodes`]) or of who watches (see [`Observer`]).

pub mod nodes;
pub mod plan;
pub mod post;
pub mod record;
pub mod run;
pub mod tally;

pub use nodes::{Nodes, Stopped};
pub use plan::Plan;
pub use record::{Observer, Record};
pub use run::{Outcome, run};
pub use tally::{StateTally, Tally, median_days};
