//! A state's central authority and 24/7 contact point: docket, desks, letters, cases, register.
//!
//! Each authority is a plain state machine: it takes a day and what is due, and gives letters and records.
//! Deliberately absent: any call to another authority, and any decision of law (see `law`).

mod actor;
mod agenda;
mod answering;
mod asking;
mod court;
mod docket;
mod investigation;
pub mod letter;
pub mod office;
mod register;
pub mod report;
mod setting;
pub mod settings;
pub mod wording;

pub use crate::law::ExplainedStep;
pub use actor::Authority;
pub use investigation::Channel;
pub use letter::{Answer, Body, Evidence, Letter, Matter, Request, Ruling, Spontaneous};
pub use office::{DocketEntry, FileEntry, Office, Standing};
pub use report::{AuthorityRecord, Conclusion, Due, Incident, LossCause, LossKind, Outcome, Report};
pub use setting::{Setting, SettingKey};
pub use settings::{AuthoritySettings, Duration, Habits, Handling};
