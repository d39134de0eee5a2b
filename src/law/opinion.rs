//! Opinions: what the law says to a request, complete with bases, grounds, conditions and duties.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fact::FactSet;
use super::ground::{Force, GroundCode};
use super::list::List;
use super::measure::Measure;
use super::time_limit::TimeLimit;
use crate::base::{Canonical, CiteId, Day};

/// The answer that the law gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Decision {
    /// The requested state must (or, with no ground open to it, does) comply.
    Grant,
    /// It complies under conditions.
    GrantCond,
    /// Part is granted, part refused.
    Partial,
    /// It may delay for its own proceedings.
    Postpone,
    /// An optional ground is open: grant and refusal are both lawful, with reasons.
    MayRefuse,
    /// It must refuse, or there is no basis on which to grant.
    Refuse,
    /// It refuses surrender and submits the case to its own authorities.
    ProsecuteInstead,
    /// No treaty in force between the two covers it; domestic law or comity decides.
    NoTreatyDuty,
    /// The effect of an earlier measure ended by time.
    Lapsed,
    /// Solved without co-operation.
    NoRequest,
    /// Facts that are not known would decide: supplementary information is needed.
    NeedsInformation,
}

impl Decision {
    /// Every decision.
    pub const ALL: [Self; 11] = [
        Self::Grant,
        Self::GrantCond,
        Self::Partial,
        Self::Postpone,
        Self::MayRefuse,
        Self::Refuse,
        Self::ProsecuteInstead,
        Self::NoTreatyDuty,
        Self::Lapsed,
        Self::NoRequest,
        Self::NeedsInformation,
    ];

    /// The word as written in files and on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Grant => "GRANT",
            Self::GrantCond => "GRANT_COND",
            Self::Partial => "PARTIAL",
            Self::Postpone => "POSTPONE",
            Self::MayRefuse => "MAY_REFUSE",
            Self::Refuse => "REFUSE",
            Self::ProsecuteInstead => "PROSECUTE_INSTEAD",
            Self::NoTreatyDuty => "NO_TREATY_DUTY",
            Self::Lapsed => "LAPSED",
            Self::NoRequest => "NO_REQUEST",
            Self::NeedsInformation => "NEEDS_INFORMATION",
        }
    }

    /// The decision of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.word() == word)
    }

    /// Whether it answers a request for prosecution by prosecuting: what the same word refuses to a request for
    /// surrender, it grants to this one.
    #[must_use]
    pub fn carries_out(self, measure: Measure) -> bool {
        self == Self::ProsecuteInstead && measure == Measure::Prosecution
    }

    /// Whether a request is, or may be, met by law. To help without a duty is no such law.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::Grant | Self::GrantCond | Self::Partial | Self::MayRefuse | Self::NoRequest => true,
            Self::Postpone
            | Self::Refuse
            | Self::ProsecuteInstead
            | Self::NoTreatyDuty
            | Self::Lapsed
            | Self::NeedsInformation => false,
        }
    }

    /// What it means, for people.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Grant => "the requested State complies",
            Self::GrantCond => "the requested State complies under conditions",
            Self::Partial => "granted in part, refused in part",
            Self::Postpone => "the requested State may put it off",
            Self::MayRefuse => "grant and refusal are both lawful",
            Self::Refuse => "must be refused, or there is no basis on which to grant",
            Self::ProsecuteInstead => "surrender refused, the case goes to the requested State's own prosecutors",
            Self::NoTreatyDuty => "no treaty in force covers it: domestic law or comity decides",
            Self::Lapsed => "ended by time",
            Self::NoRequest => "solved without co-operation",
            Self::NeedsInformation => "supplementary information is needed",
        }
    }

    /// What it means for a measure: at home nobody is asked, and so nothing refused.
    #[must_use]
    pub const fn meaning_for(self, measure: Measure) -> &'static str {
        match (measure, self) {
            (Measure::TrialAtHome, Self::Refuse) => "it may not",
            (Measure::TrialAtHome, Self::NoRequest) => "it may, and needs to ask nobody",
            _ => self.meaning(),
        }
    }
}

impl Canonical for Decision {
    fn encode(&self, into: &mut Vec<u8>) {
        into.push(*self as u8);
    }
}

/// A ground that is open against a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// Which.
    pub code: GroundCode,
    /// The article it stands in.
    pub cite: CiteId,
    /// How it binds.
    pub force: Force,
    /// The treaty article that lets the requested state's own law in, where the ground comes from there.
    pub through: Option<CiteId>,
}

impl Ground {
    /// A ground that binds, by an article that needs no other to let it in.
    #[must_use]
    pub const fn must(code: GroundCode, cite: CiteId) -> Self {
        Self { code, cite, force: Force::Must, through: None }
    }
}

impl Canonical for Ground {
    fn encode(&self, into: &mut Vec<u8>) {
        self.code.encode(into);
        self.cite.encode(into);
        self.force.encode(into);
        self.through.encode(into);
    }
}

/// What one of the two states owes, after a refusal or in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DutyKind {
    /// Submit the case to its own prosecutors.
    SubmitToProsecution,
    /// Have jurisdiction over the offence.
    EstablishJurisdiction,
    /// Give reasons for refusal or postponement.
    GiveReasons,
    /// Consult, and consider partial or conditional execution.
    Consult,
    /// Report the final outcome.
    ReportOutcome,
    /// Ask for the consent of the state that surrendered or supplied (owed by the requesting state).
    AskConsent,
    /// Give that consent.
    GiveConsent,
    /// Enforce the sentence itself.
    EnforceSentence,
    /// Inform the other state without delay.
    InformWithoutDelay,
    /// Consider prosecution; no submission is owed.
    ConsiderProsecution,
    /// Consider enforcing the sentence; enforcement is not owed.
    ConsiderEnforcement,
}

impl DutyKind {
    /// Every duty.
    pub const ALL: [Self; 11] = [
        Self::SubmitToProsecution,
        Self::EstablishJurisdiction,
        Self::GiveReasons,
        Self::Consult,
        Self::ReportOutcome,
        Self::AskConsent,
        Self::GiveConsent,
        Self::EnforceSentence,
        Self::InformWithoutDelay,
        Self::ConsiderProsecution,
        Self::ConsiderEnforcement,
    ];

    /// The name as written in files and on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SubmitToProsecution => "submit-to-prosecution",
            Self::EstablishJurisdiction => "establish-jurisdiction",
            Self::GiveReasons => "give-reasons",
            Self::Consult => "consult",
            Self::ReportOutcome => "report-outcome",
            Self::AskConsent => "ask-consent",
            Self::GiveConsent => "give-consent",
            Self::EnforceSentence => "enforce-sentence",
            Self::InformWithoutDelay => "inform-without-delay",
            Self::ConsiderProsecution => "consider-prosecution",
            Self::ConsiderEnforcement => "consider-enforcement",
        }
    }

    /// The duty of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duty| duty.name() == name)
    }
}

/// A duty left over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duty {
    /// What is owed.
    pub kind: DutyKind,
    /// The article.
    pub cite: CiteId,
    /// Whether it is owed only if the requesting state asks for it.
    pub on_request: bool,
}

/// A condition under which a request is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Its words, as an index into the library's table of conditions.
    pub words: u16,
    /// The ground of a refusal where it is not met.
    pub otherwise: Option<GroundCode>,
}

/// What the law says to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// The answer.
    pub decision: Decision,
    /// The articles that carry the duty or power to comply; of a refusal, those that would carry it but for the
    /// law that they let in.
    pub bases: List<CiteId>,
    /// The articles that limit it: what lets a ground of domestic law in, what a reservation took out.
    pub limits: List<CiteId>,
    /// The grounds open against the request, those that bind first.
    pub grounds: List<Ground>,
    /// Conditions.
    pub conditions: List<Condition>,
    /// Times that the articles set.
    pub time_limits: List<TimeLimit>,
    /// Duties.
    pub duties: List<Duty>,
    /// Facts that are not known and would decide.
    pub missing: FactSet,
    /// For a treaty accepted but not yet in force between the two, which would carry the request: the day it will be.
    pub in_force_from: Option<TreatyDay>,
    /// Days for which preserved data are to be held, at least.
    pub holds_days: Option<u16>,
    /// The last day of a hold that began earlier, unless the follow-up came in time.
    pub kept_through: Option<Day>,
    /// Whether the hold lasts until the decision on a follow-up that came in time.
    pub kept_until_decision: bool,
    /// Once a denunciation is received of a treaty that carries the request: the day from which it no longer binds both.
    pub out_of_force_from: Option<TreatyDay>,
}

/// A day on which a treaty begins or ceases to bind both states of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreatyDay {
    /// The day.
    pub day: Day,
    /// The treaty as a whole.
    pub treaty: CiteId,
}

impl Opinion {
    /// An opinion with this decision and nothing else yet.
    #[must_use]
    pub fn bare(decision: Decision) -> Self {
        Self {
            decision,
            bases: List::new(),
            limits: List::new(),
            grounds: List::new(),
            conditions: List::new(),
            time_limits: List::new(),
            duties: List::new(),
            missing: FactSet::NONE,
            in_force_from: None,
            holds_days: None,
            kept_through: None,
            kept_until_decision: false,
            out_of_force_from: None,
        }
    }

    /// The ground that decides: the first that binds, else the first.
    #[must_use]
    pub fn leading_ground(&self) -> Option<Ground> {
        self.grounds.first().copied()
    }

    /// The grounds that may be used, each with its article once: a provision of a state's law that two treaties let in is one
    /// choice.
    pub fn optional_grounds(&self) -> impl Iterator<Item = Ground> + '_ {
        let may = |ground: &&Ground| ground.force == Force::May;
        let is_first = move |place: usize, ground: &Ground| {
            let same = |known: &Ground| (known.code, known.cite) == (ground.code, ground.cite);
            !self.grounds[..place].iter().filter(may).any(same)
        };
        let numbered = self.grounds.iter().enumerate().filter(move |(_, ground)| may(ground));
        numbered.filter(move |(place, ground)| is_first(*place, ground)).map(|(_, ground)| *ground)
    }

    /// Whether the requested state would have to submit the case to its own prosecutors if it refused.
    #[must_use]
    pub fn owes_prosecution(&self) -> bool {
        self.duties.iter().any(|duty| duty.kind == DutyKind::SubmitToProsecution)
    }
}
