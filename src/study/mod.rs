//! Studies: many runs compared, on the direct transport, in any number of threads with one result.
//!
//! Deliberately absent: what one run shows (`engine`), and tables (`report`).

pub mod interval;
pub mod premium;

pub use interval::Interval;
pub use premium::{Premium, Step};
