//! Reading and checking what people write about a run: scenarios, the shelf of law files, the real record, cases.

pub mod adoption;
mod assemble;
mod authority_form;
pub mod case;
pub mod check;
pub mod corpus;
mod digest;
mod entry_into_force;
mod event;
mod everyone;
pub mod finding_form;
pub mod findings;
pub mod form;
mod happenings;
pub mod membership;
mod not_entered;
mod numbers;
mod pair;
pub mod participation;
mod read;
pub mod record;
mod settings;
pub mod shelf;
mod stated;
mod table;
mod template;
mod timeline;
mod whole;

pub use case::{Case, Part};
pub use corpus::Corpus;
pub use findings::{Expects, Finding};
pub use form::ScenarioForm;
pub use pair::{Pair, PremiumOf};
pub use read::{MOST_STATES, MOST_YEARS, Options, Scenario, read, read_text};
pub use shelf::{LAW_FOLDERS, Shelf};
pub use template::Template;
