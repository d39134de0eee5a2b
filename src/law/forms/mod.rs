//! The forms of what people write about the law: facts, treaties, states, memberships, cases. Serde types
//! only; the JSON Schemas that `comity schema` prints are derived from them, and so is what the reader accepts.

pub mod case;
pub mod facts;
pub mod membership;
pub mod rule;
pub mod state;
pub mod treaty;

pub use case::{CaseForm, CaseStateForm, ExpectForm, PartForm};
pub use facts::{FactForm, FactsForm};
pub use membership::{ActsForm, DatedActsForm, MembershipsForm, TreatyMembershipForm};
pub use rule::{ConditionForm, DutyForm, PatternForm, Read, RefuseForm, RuleForm};
pub use state::{DomesticOffenceForm, LawChoice, LawFile, LawForm, StateForm};
pub use treaty::{ListedOffenceForm, ThresholdForm, TreatyForm, VariantForm};
