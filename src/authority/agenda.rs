//! What an authority has set itself to do on later days, in one fixed order.

use super::docket::DocketNumber;
use crate::base::{Calendar, CaseNumber, FileNumber, LetterId};

/// Something due on a later day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// A desk is done with this request.
    DeskDone(DocketNumber),
    /// A granted request has been carried out.
    Executed(DocketNumber),
    /// Preserved data are released unless a follow-up request came.
    Release(FileNumber),
    /// A site in this state is removed.
    RemoveSite(FileNumber),
    /// The investigator gives up on this request unless it was answered.
    GiveUp(CaseNumber, LetterId),
    /// Data held at home, or what else the state has itself, are in hand.
    HomeEvidence(CaseNumber),
    /// Proceedings against a suspect who is here end.
    Proceedings(CaseNumber),
}

/// Tasks by day; within a day, in the order in which they were set.
pub type Agenda = Calendar<Task>;
