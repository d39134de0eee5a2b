//! Reading and checking what people write: YAML with places, includes, overlays, and errors that point.
//!
//! Text becomes a tree ([`tree`]), files are laid over one another ([`source`], [`overlay()`]), the tree becomes
//! a form by way of serde ([`decode()`]), and what was wrong is shown as a compiler would show it ([`render()`]).
//! Deliberately absent: what a scenario or a treaty is. This ring knows `base` and nothing else of Comity.

mod access;
pub mod decode;
mod deserializer;
mod fault;
mod offsets;
pub mod overlay;
mod private_copy;
pub mod render;
mod scalars;
pub mod source;
pub mod sources;
mod syntax;
pub mod tree;
mod unread;
mod written;

#[cfg(test)]
mod tests;

pub use decode::{Mended, decode, decode_and};
pub use overlay::{overlay, segments, set};
pub use render::{printable, render, to_json};
pub use source::{check_file_name, folder_of, load, load_among, load_text, nearest_beside};
pub use sources::{Sources, add_bytes, read_file, read_text};
pub use tree::{Key, Kind, Node, parse};
pub use unread::{Unread, made_of};
pub use written::written;

/// Problems reported of one reading. Whoever has more than fifty has one cause many times over, and each
/// problem of a form costs another pass over it.
pub const MAX_PROBLEMS: usize = 50;
