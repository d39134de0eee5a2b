//! Studies: many runs compared, on the direct transport, in any number of threads with one result.
//!
//! Deliberately absent: what one run shows (`engine`), and tables (`report`).

pub mod design;
pub mod interval;
pub mod premium;
pub mod sensitivity;

pub use interval::Interval;
pub use premium::{Premium, Step};
