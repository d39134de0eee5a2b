//! What a run or an opinion looks like to people and programs: summaries, tables, records as lines, trees.
//!
//! Nothing here decides or counts; it shows what the inner rings found.

pub mod adoption;
pub mod alike;
pub mod between_variants;
pub mod but_for;
mod by_state;
pub mod caveats;
pub mod charts;
pub mod compare;
mod compare_ended;
mod compare_missing;
mod compare_sentences;
pub mod compare_text;
pub mod dated;
mod direction;
pub mod findings;
mod findings_text;
pub mod havens;
pub mod html;
mod largest;
pub mod law;
pub mod lines;
pub mod log;
pub mod marks;
pub mod measured;
mod no_haven;
pub mod numbers;
pub mod opinion;
pub mod opinion_html;
pub mod over_time;
pub mod pages;
pub mod pairs;
pub mod parameters;
pub mod periods;
pub mod pivotal;
mod pivotal_sets;
pub mod pivotal_text;
pub mod premium;
pub mod sensitivity;
pub mod summary;
pub mod sweep;
pub mod tables;
pub mod terminal;
pub mod tidy;
pub mod validation;
pub mod variants;

pub use summary::{Summary, summarise};
