//! What an authority is given for a day, and what it gives back.

use schemars::JsonSchema;
use serde::Deserialize;

use super::letter::{Letter, Matter, Ruling};
use super::setting::{Setting, SettingKey};
use crate::base::{Canonical, CaseNumber, Day, Digest, FileNumber, LetterId, NetworkId, StateId};
use crate::law::{Decision, FactSet, Ground, Instrument, Measure};

/// An incident recorded in the state where harm is reported: it opens a case there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incident {
    /// The network.
    pub network: NetworkId,
    /// The day of the conduct.
    pub day: Day,
    /// Where its people are.
    pub base: StateId,
    /// Where its site and data are.
    pub host: StateId,
    /// Nationality of its principal.
    pub nationality: StateId,
    /// Its conduct.
    pub facts: FactSet,
}

impl Incident {
    /// What a file on it is about.
    #[must_use]
    pub const fn matter(&self) -> Matter {
        Matter { network: self.network, conduct_day: self.day }
    }
}

/// Everything due for one authority on one day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Due {
    /// Instruments that the depositary received, of any state, in their order.
    pub instruments: Vec<Instrument>,
    /// Numbers of this authority that change today, in order.
    pub settings: Vec<Setting>,
    /// Incidents recorded in this state, by network.
    pub incidents: Vec<Incident>,
    /// The inbox, sorted by (sent, from, number).
    pub letters: Vec<Letter>,
}

/// What an authority did on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Letters sent, in order of their numbers.
    pub letters: Vec<Letter>,
    /// What happened, in order.
    pub records: Vec<AuthorityRecord>,
    /// The next day on which this authority has something to do even if nothing arrives.
    pub next_due: Option<Day>,
    /// Head of the register's hash chain after this day.
    pub register: Digest,
}

/// How a case ended well, for the investigating state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conclusion {
    /// The suspect was within reach and convicted at home.
    ConvictedHere,
    /// Surrendered and convicted.
    Surrendered,
    /// Prosecuted by the state that would not surrender.
    ProsecutedThere,
}

impl Conclusion {
    /// Every conclusion.
    pub const ALL: [Self; 3] = [Self::ConvictedHere, Self::Surrendered, Self::ProsecutedThere];

    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ConvictedHere => "convicted here",
            Self::Surrendered => "surrendered and convicted",
            Self::ProsecutedThere => "prosecuted there",
        }
    }
}

/// The rule or delay at which a case ended without result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossCause {
    /// The conduct is no offence in the investigating state.
    NoOffence,
    /// That state has no jurisdiction over it.
    NoJurisdiction,
    /// A request was refused: the measure, and the ground (none: no treaty duty, and no comity shown).
    Refused(Measure, Option<Ground>),
    /// The data were gone before they could be secured.
    EvidenceLapsed,
    /// The evidence named no suspect.
    NotIdentified,
    /// No answer came within the investigator's patience.
    Abandoned(Measure),
}

impl LossCause {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> LossKind {
        match self {
            Self::NoOffence => LossKind::NoOffence,
            Self::NoJurisdiction => LossKind::NoJurisdiction,
            Self::Refused(..) => LossKind::Refused,
            Self::EvidenceLapsed => LossKind::EvidenceLapsed,
            Self::NotIdentified => LossKind::NotIdentified,
            Self::Abandoned(_) => LossKind::Abandoned,
        }
    }
}

/// Why a case was lost, without the details.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LossKind {
    /// The conduct is no offence in the state that investigates.
    NoOffence,
    /// The state that investigates claims no jurisdiction.
    NoJurisdiction,
    /// A request was refused.
    Refused,
    /// The data were gone.
    EvidenceLapsed,
    /// The data named nobody.
    NotIdentified,
    /// No answer came in time.
    Abandoned,
}

impl LossKind {
    /// Every kind, in the order of a case.
    pub const ALL: [Self; 6] = [
        Self::NoOffence,
        Self::NoJurisdiction,
        Self::Refused,
        Self::EvidenceLapsed,
        Self::NotIdentified,
        Self::Abandoned,
    ];

    /// The word for people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoOffence => "no offence",
            Self::NoJurisdiction => "no jurisdiction",
            Self::Refused => "refused",
            Self::EvidenceLapsed => "evidence lapsed",
            Self::NotIdentified => "not identified",
            Self::Abandoned => "abandoned",
        }
    }
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With a result.
    Concluded(Conclusion),
    /// Without.
    Lost(LossCause),
}

/// One thing that an authority did or noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthorityRecord {
    /// A recorded incident opened a case.
    CaseOpened {
        /// The investigating state's number.
        case: CaseNumber,
        /// The network.
        network: NetworkId,
        /// Whether it needs the data of the site.
        needs_data: bool,
    },
    /// A request was decided.
    Decided {
        /// The request.
        request: LetterId,
        /// Its file.
        file: FileNumber,
        /// The measure.
        measure: Measure,
        /// What the law said.
        decision: Decision,
        /// What was done.
        ruling: Ruling,
        /// Whether that was a choice the law left open.
        discretionary: bool,
        /// Days from receipt to decision.
        waited_days: u32,
    },
    /// Preserved data were released: no follow-up request came in time.
    PreservationLapsed {
        /// The file.
        file: FileNumber,
    },
    /// The host state removed a site by its own law.
    SiteRemoved {
        /// The file of the state that told it.
        file: FileNumber,
    },
    /// An answer or evidence came back: days since the request was sent.
    Answered {
        /// The request.
        request: LetterId,
        /// The measure.
        measure: Measure,
        /// Days from sending the request to the final reply.
        answer_days: u32,
    },
    /// A case ended.
    CaseClosed {
        /// The case.
        case: CaseNumber,
        /// The network.
        network: NetworkId,
        /// Where its people were when the case was opened.
        base: StateId,
        /// Where its site was then.
        host: StateId,
        /// The day it was opened.
        opened: Day,
        /// How it ended.
        outcome: Outcome,
    },
    /// One of its numbers changed, by a dated event.
    SettingChanged {
        /// Which.
        key: SettingKey,
        /// Its value from today on, in thousandths.
        thousandths: u32,
    },
}

impl Canonical for AuthorityRecord {
    fn encode(&self, into: &mut Vec<u8>) {
        match self {
            Self::CaseOpened { case, network, needs_data } => {
                into.push(0);
                case.encode(into);
                network.encode(into);
                needs_data.encode(into);
            }
            Self::Decided { request, file, measure, decision, ruling, discretionary, waited_days } => {
                into.push(1);
                request.encode(into);
                file.encode(into);
                measure.encode(into);
                decision.encode(into);
                ruling.encode(into);
                discretionary.encode(into);
                waited_days.encode(into);
            }
            Self::PreservationLapsed { file } => {
                into.push(2);
                file.encode(into);
            }
            Self::SiteRemoved { file } => {
                into.push(3);
                file.encode(into);
            }
            Self::Answered { request, measure, answer_days } => {
                into.push(4);
                request.encode(into);
                measure.encode(into);
                answer_days.encode(into);
            }
            Self::CaseClosed { case, network, base, host, opened, outcome } => {
                into.push(5);
                case.encode(into);
                network.encode(into);
                base.encode(into);
                host.encode(into);
                opened.encode(into);
                outcome.encode(into);
            }
            Self::SettingChanged { key, thousandths } => {
                into.push(6);
                key.encode(into);
                thousandths.encode(into);
            }
        }
    }
}

impl Canonical for Outcome {
    fn encode(&self, into: &mut Vec<u8>) {
        match self {
            Self::Concluded(conclusion) => {
                into.push(0);
                into.push(*conclusion as u8);
            }
            Self::Lost(cause) => {
                into.push(1);
                match cause {
                    LossCause::NoOffence => into.push(0),
                    LossCause::NoJurisdiction => into.push(1),
                    LossCause::Refused(measure, ground) => {
                        into.push(2);
                        measure.encode(into);
                        ground.encode(into);
                    }
                    LossCause::EvidenceLapsed => into.push(3),
                    LossCause::NotIdentified => into.push(4),
                    LossCause::Abandoned(measure) => {
                        into.push(5);
                        measure.encode(into);
                    }
                }
            }
        }
    }
}
