//! Studies: many runs compared, on the direct transport, in any number of threads with one result.
//!
//! Deliberately absent: what one run shows (`engine`), and tables (`report`).

pub mod act;
pub mod bootstrap;
mod combinations;
pub mod compare;
pub mod course;
pub mod design;
pub mod difference;
mod measured;
pub mod outcome;
pub mod pivotal;
pub mod premium;
mod quotient;
pub mod runs;
pub mod sensitivity;
pub mod sets;
pub mod standing;
pub mod sweep;

pub use act::Act;
pub use bootstrap::Method;
pub use compare::{Comparison, compare, follow};
pub use course::Followed;
pub use difference::Difference;
pub use measured::{Measured, digest_of};
pub use outcome::{Better, Outcome, Unit};
pub use pivotal::{Pivotal, pivotal};
pub use premium::{PairPremium, Premium, Step};
pub use runs::{Job, Pool, seeds_from, side_by_side, threads_of_the_machine};
pub use standing::{Ended, Standing};
