//! What a node hosts, as its shell sees it.

use super::report::{Due, Report};
use crate::base::{Day, FileNumber, LetterId, StateId};
use crate::law::{Decision, ExplainedStep, Measure, Opinion, Question};

/// An authority as the shell around it sees it. The simulated authority is `Authority`; tests of the shells
/// use simpler ones.
pub trait Office: Send {
    /// Acts on a day. Days come in rising order, each at most once.
    fn step(&mut self, day: Day, due: Due) -> Report;

    /// What this state would answer: nothing is lodged, nothing changes. The steps are in words.
    fn opine(&self, question: &Question) -> (Opinion, Vec<ExplainedStep>);

    /// The requests received that are kept, oldest first: all open ones, and the latest of the others.
    fn docket(&self) -> Vec<DocketEntry>;

    /// The letters of one file that are kept, oldest first, one line each.
    fn file(&self, file: FileNumber) -> Vec<FileEntry>;

    /// The treaties that bind this state on a day, with the day each began to.
    fn treaties(&self, day: Day) -> Vec<(String, Day)>;
}

/// Where a received request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Waiting for a desk.
    Waiting,
    /// On a desk.
    OnDesk,
    /// Granted, being carried out.
    Executing,
    /// Finished.
    Closed,
    /// Withdrawn by the requesting state.
    Withdrawn,
}

impl Standing {
    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::OnDesk => "on desk",
            Self::Executing => "executing",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// One request in the docket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocketEntry {
    /// The request.
    pub request: LetterId,
    /// Its file.
    pub file: FileNumber,
    /// Who asks.
    pub from: StateId,
    /// What is asked.
    pub measure: Measure,
    /// The day it was received.
    pub received: Day,
    /// Where it stands.
    pub standing: Standing,
    /// What the law said, once decided.
    pub decision: Option<Decision>,
}

/// One letter of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// The day it was sent.
    pub sent: Day,
    /// Sender.
    pub from: StateId,
    /// Addressee.
    pub to: StateId,
    /// What it says, in words.
    pub says: String,
}
