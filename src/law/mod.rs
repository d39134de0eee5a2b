//! The law: facts, offences, treaties and memberships in, opinions out.
//!
//! Everything that decides a request is here and nowhere else. Deliberately absent: habit. Whether a state
//! uses a ground that it *may* use is drawn in `authority`.

pub mod alike;
mod bearing;
mod best;
pub mod build;
pub mod but_for;
pub mod casebook;
pub mod computed;
mod conclude;
pub mod consolidated;
pub mod decide;
mod domestic;
mod establish;
pub mod explain;
pub mod fact;
pub mod forms;
pub mod governing;
pub mod ground;
mod hold;
pub mod instrument;
pub mod joining;
pub mod library;
mod list;
pub mod measure;
pub mod membership;
mod not_entered;
mod obliged;
mod of_names;
pub mod opinion;
pub mod pairs;
mod places;
pub mod question;
pub mod rule;
pub mod satisfy;
pub mod state;
mod stated;
pub mod time_limit;
pub mod trace;
pub mod treaty;
pub mod waiting;
mod weigh;
pub mod wording;

pub use build::StateSource;
pub use but_for::{ActsThatTurn, ButFor, Change, Turn, but_for};
pub use casebook::Casebook;
pub use consolidated::Consolidated;
pub use decide::decide;
pub use establish::punishable;
pub use explain::{Bound, ExplainedStep, explain};
pub use fact::{FactId, FactKind, FactSet, Facts, Pattern};
pub use ground::{Force, GroundCode, GroundSet};
pub use instrument::{Act, Instrument};
pub use joining::{DateRule, FirstInForce};
pub use library::Library;
pub use list::List;
pub use measure::{Measure, MeasureSet};
pub use membership::{Memberships, Standing};
pub use obliged::USUAL_MONTHS_TAKEN;
pub use opinion::{Condition, Decision, Duty, DutyKind, Ground, Opinion};
pub use question::Question;
pub use rule::{Carries, Rule, Rules};
pub use state::{Jurisdiction, PenalLaw, State};
pub use time_limit::{Term, TimeLimit, Timed, Unit};
pub use treaty::{Between, Treaty};
