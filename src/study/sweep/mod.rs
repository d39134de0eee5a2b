//! Sweeps: one scenario at many points of its factors, in shards and parts, so that what was killed goes on.
//!
//! What carries it are three habits. A part appears by renaming and is whole; what a row says depends on its number
//! alone; what is there is not run again. Seeds come of the study's seed and the replicate, never of a shard, a thread or
//! a part. Deliberately absent: engines that spread shards over machines; they need no code of ours.

pub mod apart;
mod axis;
mod balanced;
pub mod between;
pub mod by_factor;
pub mod cases;
pub mod columns;
pub mod execute;
pub mod factor;
pub mod folder;
pub mod form;
pub mod indices;
pub mod merge;
pub mod own_point;
pub mod part;
pub mod plan;
mod points;
pub mod precision;
pub mod range;
pub mod read;
pub mod results;
pub mod shard;
mod trial;
pub mod unfinished;
pub mod work;

pub use columns::columns;
pub use factor::{Coordinate, Factor, Levels};
pub use plan::{Design, Sweep};
pub use shard::Shard;

/// The build of this program, by its sources.
pub const BUILD: &str = env!("COMITY_BUILD");
/// Version of the files of a plan and of its parts; another one when the columns of a row change.
pub const FORMAT: u32 = 2;
