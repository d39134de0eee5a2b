//! The innermost ring: identifiers, days, random streams, the digest, intervals, whole numbers, numbers as people read them,
//! what a simulation keeps things in, and places in written files.
//!
//! Deliberately absent: files, environment, wall clock, threads. Everything here is values in, values out.

pub mod calendar;
pub mod canonical;
pub mod day;
pub mod hidden;
pub mod ids;
pub mod interval;
pub mod nearest;
pub mod numbers;
pub mod one_or_many;
pub mod parameter;
pub mod place;
mod prose;
pub mod rounding;
pub mod streams;
pub mod window;

pub use calendar::Calendar;
pub use canonical::{Canonical, Digest, DigestChain};
pub use day::Day;
pub use hidden::is_hidden;
pub use ids::{CaseNumber, CiteId, FileNumber, LetterId, NetworkId, StateId, TreatyId};
pub use interval::Interval;
pub use nearest::{nearest, nearly};
pub use one_or_many::OneOrMany;
pub(crate) use parameter::parameters;
pub use parameter::{Grade, Parameter, plainly};
pub use place::{Place, Problem, Problems, Spanned};
pub use prose::in_prose;
pub use rounding::{of_thousandths, rounded, thousandths};
pub use streams::{Purpose, Stream, Streams, Tastes, key_of};
pub use window::Window;
