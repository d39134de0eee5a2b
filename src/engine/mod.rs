//! One run: clock, day cycle, delivery, records, digest.
//!
//! Deliberately absent: any knowledge of how letters travel (see [`Nodes`]) or of who watches (see [`Observer`]).

pub mod attribution;
pub mod conservation;
mod dated;
mod enforced;
mod havens;
pub mod losses;
pub mod lost_by;
mod median_days;
pub mod nodes;
mod on_the_books;
pub mod panel;
pub mod plan;
pub mod post;
pub mod record;
pub mod redecided;
pub mod run;
mod savings;
pub mod spread;
pub mod tally;

pub use attribution::{Attribution, attribute, attribute_by_pieces};
pub use dated::Dated;
pub use losses::{Losses, Lost};
pub use median_days::median_days;
pub use nodes::{Nodes, Stopped};
pub use panel::{Month, Panel, StateMonth};
pub use plan::Plan;
pub use record::{Observer, Record};
pub use run::{Outcome, run, run_as_far};
pub use spread::{Leakage, Year};
pub use tally::{ExpectedShares, RefusedBy, StateTally, Tally};
