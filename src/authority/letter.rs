//! Letters between authorities.
//!
//! Deliberately absent: acknowledgements (an answer says enough in a simulated registry) and supplements (the
//! facts of a simulated request are complete when it is sent).

use crate::base::{Canonical, Day, FileNumber, LetterId, NetworkId, StateId};
use crate::law::{Decision, FactSet, Ground, Measure};

/// One letter. Its identifier also orders it: inboxes are sorted by (sent, from, number).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Sender and running number.
    pub id: LetterId,
    /// The addressee.
    pub to: StateId,
    /// The day it was sent.
    pub sent: Day,
    /// The day it lies in the addressee's inbox; at least one day after it was sent.
    pub arrives: Day,
    /// The file of the investigating state.
    pub file: FileNumber,
    /// The request that this letter belongs to; for a request, none.
    pub in_reply_to: Option<LetterId>,
    /// What it says.
    pub body: Body,
}

/// What a letter says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// A measure is asked for.
    Request(Request),
    /// A request is answered.
    Answer(Answer),
    /// What was asked for is supplied: data, or notice of a surrender or a prosecution carried out.
    Evidence(Evidence),
    /// Information that nobody asked for (ETS 185, Art. 26): a site in the addressee's territory.
    Spontaneous(Spontaneous),
    /// A request is withdrawn: the investigator's patience has ended.
    Withdrawal,
}

impl Body {
    /// Every kind, by its number.
    pub const KINDS: [&'static str; 5] = ["request", "answer", "evidence", "spontaneous information", "withdrawal"];

    /// The number of the kind.
    #[must_use]
    pub const fn number(&self) -> usize {
        match self {
            Self::Request(_) => 0,
            Self::Answer(_) => 1,
            Self::Evidence(_) => 2,
            Self::Spontaneous(_) => 3,
            Self::Withdrawal => 4,
        }
    }

    /// The kind, for tables and the wire.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        Self::KINDS[self.number()]
    }
}

/// What a file is about: a network and a day on which it acted. Chance belongs to it, not to the number of a file
/// or letter, so that one case more or less changes no draw of another; and to the place of the network rather than to
/// the network, which in another variant may be the second that holds it instead of the third.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Matter {
    /// The network under investigation.
    pub network: NetworkId,
    /// The day of the conduct.
    pub conduct_day: Day,
}

impl Matter {
    /// The key of its draws.
    #[must_use]
    pub fn key(self) -> u64 {
        u64::from(self.network.place()) << 32 | u64::from(self.conduct_day.number().cast_unsigned())
    }
}

/// A request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// What is asked.
    pub measure: Measure,
    /// Conduct and circumstances.
    pub facts: FactSet,
    /// What it is about.
    pub matter: Matter,
    /// Nationality of the person sought, where one is.
    pub nationality: Option<StateId>,
    /// Whether it goes through the urgent lane (the 24/7 contact).
    pub urgent: bool,
}

/// What became of a request, in practice: law plus habit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// It is carried out.
    Granted,
    /// It is refused; the ground is none when no treaty carried a duty and comity was not shown.
    Refused(Option<Ground>),
    /// The data were gone when the request was carried out.
    DataGone,
}

/// The answer to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The measure that was asked.
    pub measure: Measure,
    /// What the law said.
    pub decision: Decision,
    /// What was done.
    pub ruling: Ruling,
    /// Whether the outcome was a choice that the law left open (*may*), not a duty.
    pub discretionary: bool,
    /// Whether the requested state owes submission to its own prosecutors if asked.
    pub owes_prosecution: bool,
    /// For preservation: the last day on which the data are held unless a follow-up request comes.
    pub held_until: Option<Day>,
}

/// What is supplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The measure carried out.
    pub measure: Measure,
    /// False when execution failed: the data were gone.
    pub found: bool,
}

/// Information given without request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spontaneous {
    /// The conduct.
    pub facts: FactSet,
    /// What it is about.
    pub matter: Matter,
}

impl Canonical for Matter {
    fn encode(&self, into: &mut Vec<u8>) {
        self.network.encode(into);
        self.conduct_day.encode(into);
    }
}

impl Canonical for Letter {
    fn encode(&self, into: &mut Vec<u8>) {
        self.id.encode(into);
        self.to.encode(into);
        self.sent.encode(into);
        self.arrives.encode(into);
        self.file.encode(into);
        self.in_reply_to.encode(into);
        self.body.encode(into);
    }
}

impl Canonical for Body {
    fn encode(&self, into: &mut Vec<u8>) {
        match self {
            Self::Request(request) => {
                into.push(0);
                request.measure.encode(into);
                request.facts.encode(into);
                request.matter.encode(into);
                request.nationality.encode(into);
                request.urgent.encode(into);
            }
            Self::Answer(answer) => {
                into.push(1);
                answer.measure.encode(into);
                answer.decision.encode(into);
                answer.ruling.encode(into);
                answer.discretionary.encode(into);
                answer.owes_prosecution.encode(into);
                answer.held_until.encode(into);
            }
            Self::Evidence(evidence) => {
                into.push(2);
                evidence.measure.encode(into);
                evidence.found.encode(into);
            }
            Self::Spontaneous(spontaneous) => {
                into.push(3);
                spontaneous.facts.encode(into);
                spontaneous.matter.encode(into);
            }
            Self::Withdrawal => into.push(4),
        }
    }
}

impl Canonical for Ruling {
    fn encode(&self, into: &mut Vec<u8>) {
        match self {
            Self::Granted => into.push(0),
            Self::Refused(ground) => {
                into.push(1);
                ground.encode(into);
            }
            Self::DataGone => into.push(2),
        }
    }
}
