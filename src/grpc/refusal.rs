//! Why a node refuses a call: each with the constant by which a program tells it apart. What status a refusal
//! becomes stands in `status`.

use super::convert::Malformed;
use crate::base::Day;

/// A call that was refused. It changed nothing, with these exceptions, all in working a day: letters of a replay are kept where
/// the inbox is incomplete or differs after it, or parts of the day are missing; an office that fails or breaks a rule has
/// ended; and after a parcel that could not be delivered the day is worked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Who speaks is not proven.
    #[error("the caller is not proven: {0}")]
    SenderUnproven(&'static str),
    /// A letter of somebody else.
    #[error("{speaker} may not deliver a letter of {claimed}")]
    SenderForged {
        /// Who speaks.
        speaker: String,
        /// Whose letter it is said to be.
        claimed: String,
    },
    /// A call that only the engine may make.
    #[error("{0} is not the engine of this run")]
    EngineOnly(String),
    /// No run is open here.
    #[error("no run is open at this node")]
    NotOpen,
    /// Another run is open here, or was: a node serves one.
    #[error("the run open here is `{open}`, not `{named}`")]
    RunOther {
        /// The open one.
        open: String,
        /// The one named in the call.
        named: String,
    },
    /// The run has ended.
    #[error("the run `{0}` is closed")]
    RunClosed(String),
    /// The law of the node has other names than the run's. What stands under a name is not compared.
    #[error("the digest of the names in this node's law is {here}, the run's {there}")]
    LawOther {
        /// Digest of the node's.
        here: String,
        /// Digest of the run's.
        there: String,
    },
    /// A call of an engine that has been succeeded.
    #[error("epoch {named} is past: {current} is current")]
    EpochPast {
        /// In the call.
        named: u32,
        /// At the node.
        current: u32,
    },
    /// A call of an epoch that was never opened.
    #[error("epoch {named} was not opened: {current} is current")]
    EpochUnknown {
        /// In the call.
        named: u32,
        /// At the node.
        current: u32,
    },
    /// A letter or question for another state.
    #[error("this node speaks for {here}, not for {named}")]
    AddresseeForeign {
        /// The state of this node.
        here: String,
        /// The one named in the call.
        named: String,
    },
    /// A letter for a day that has been worked.
    #[error("letter {letter} arrives on {arrives}, but {closed} has been worked")]
    DayClosed {
        /// The letter.
        letter: String,
        /// Its day.
        arrives: Day,
        /// The last day worked.
        closed: Day,
    },
    /// A letter faster than any letter.
    #[error("letter {letter} of {sent} arrives on {arrives}: the earliest is the next day")]
    ArrivesTooEarly {
        /// The letter.
        letter: String,
        /// The day it was sent.
        sent: Day,
        /// The day it arrives.
        arrives: Day,
    },
    /// Too much at once.
    #[error("the parcel holds {found} {unit}: the limit is {limit}")]
    ParcelTooLarge {
        /// How much.
        found: usize,
        /// Of what.
        unit: &'static str,
        /// The most allowed.
        limit: usize,
    },
    /// Too much waits already.
    #[error("{0} letters wait already: the limit")]
    MailboxFull(usize),
    /// The same letter with other content.
    #[error("letter {0} is held with other content")]
    LetterChanged(String),
    /// A field that cannot be read.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// A day before the one last worked.
    #[error("{day} is past: {worked} has been worked")]
    DayPast {
        /// In the call.
        day: Day,
        /// The last day worked.
        worked: Day,
    },
    /// A worked day with other content.
    #[error("{0} was worked with other content")]
    DayChanged(Day),
    /// A day after one that is not finished.
    #[error("{0} is not finished: some of its letters are not delivered yet")]
    DayUnfinished(Day),
    /// Parts of a day are missing.
    #[error("{day} is not there whole: {held} of its parts are")]
    DayIncomplete {
        /// The day.
        day: Day,
        /// How many parts are there.
        held: usize,
    },
    /// Letters of the manifest are missing.
    #[error("{missing} letters of {from} are missing")]
    InboxIncomplete {
        /// The first sender whose letters are missing.
        from: String,
        /// How many of that sender.
        missing: usize,
    },
    /// Other letters than the manifest says.
    #[error("the letters held from {0} are not those of the manifest")]
    InboxDiffers(String),
    /// A part of a report that does not exist.
    #[error("there is no part {part} of a report on {day}")]
    PartUnknown {
        /// The day.
        day: Day,
        /// The part.
        part: u32,
    },
    /// The authority broke a rule of the day cycle.
    #[error("{0}")]
    RuleBroken(String),
    /// The authority failed: a fault of the program.
    #[error("the authority failed: {0}")]
    OfficeFailed(String),
    /// A peer does not answer.
    #[error("{peer} does not answer: {reason}")]
    PeerUnreachable {
        /// The peer.
        peer: String,
        /// What is known.
        reason: String,
    },
    /// A peer refuses our letters.
    #[error("{peer} refuses the letters: {reason}")]
    PeerRefused {
        /// The peer.
        peer: String,
        /// What it said.
        reason: String,
    },
    /// A file without letters.
    #[error("no letter of file {0} is kept here")]
    FileUnknown(String),
    /// A name that no treaty has.
    #[error("{0}")]
    TreatyUnknown(String),
    /// Records that are no longer kept.
    #[error("record {wanted} is no longer kept: the oldest is {oldest}")]
    RecordForgotten {
        /// Wanted.
        wanted: u64,
        /// Kept.
        oldest: u64,
    },
    /// Too many watch already.
    #[error("{0} follow already: the limit")]
    FollowersFull(usize),
}

impl Refusal {
    /// The constant by which a program tells this refusal apart.
    #[must_use]
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::SenderUnproven(_) => "SENDER_UNPROVEN",
            Self::SenderForged { .. } => "SENDER_FORGED",
            Self::EngineOnly(_) => "ENGINE_ONLY",
            Self::NotOpen => "NOT_OPEN",
            Self::RunOther { .. } => "RUN_OTHER",
            Self::RunClosed(_) => "RUN_CLOSED",
            Self::LawOther { .. } => "LAW_OTHER",
            Self::EpochPast { .. } => "EPOCH_PAST",
            Self::EpochUnknown { .. } => "EPOCH_UNKNOWN",
            Self::AddresseeForeign { .. } => "ADDRESSEE_FOREIGN",
            Self::DayClosed { .. } => "DAY_CLOSED",
            Self::ArrivesTooEarly { .. } => "ARRIVES_TOO_EARLY",
            Self::ParcelTooLarge { .. } => "PARCEL_TOO_LARGE",
            Self::MailboxFull(_) => "MAILBOX_FULL",
            Self::LetterChanged(_) => "LETTER_CHANGED",
            Self::Malformed(_) => "FIELD_MALFORMED",
            Self::DayPast { .. } => "DAY_PAST",
            Self::DayChanged(_) => "DAY_CHANGED",
            Self::DayUnfinished(_) => "DAY_UNFINISHED",
            Self::DayIncomplete { .. } => "DAY_INCOMPLETE",
            Self::InboxIncomplete { .. } => INBOX_INCOMPLETE,
            Self::InboxDiffers(_) => "INBOX_DIFFERS",
            Self::PartUnknown { .. } => "PART_UNKNOWN",
            Self::RuleBroken(_) => RULE_BROKEN,
            Self::OfficeFailed(_) => "OFFICE_FAILED",
            Self::PeerUnreachable { .. } => "PEER_UNREACHABLE",
            Self::PeerRefused { .. } => "PEER_REFUSED",
            Self::FileUnknown(_) => "FILE_UNKNOWN",
            Self::TreatyUnknown(_) => "TREATY_UNKNOWN",
            Self::RecordForgotten { .. } => "RECORD_FORGOTTEN",
            Self::FollowersFull(_) => "FOLLOWERS_FULL",
        }
    }
}

/// The engine answers this one by replaying the letters.
pub const INBOX_INCOMPLETE: &str = "INBOX_INCOMPLETE";
/// The engine stops the run with the rule.
pub const RULE_BROKEN: &str = "RULE_BROKEN";
