//! The law in words, for the commands under `comity law` and the reference pages: treaties, states, the record,
//! what holds between two states, facts, grounds.
//!
//! Every view is a value first (which is also its JSON) and then text or Markdown, so that the three agree.

pub mod answers;
pub mod between;
pub mod between_text;
pub mod ends;
pub mod facts;
pub mod in_force;
pub mod list;
mod order;
pub mod state;
pub mod status;
pub mod status_text;
pub mod treaty;
pub mod words;
