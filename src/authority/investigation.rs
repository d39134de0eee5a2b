//! Cases that this authority holds: what the investigator waits for, and what comes next.
//!
//! Pure bookkeeping over answers; the authority turns its moves into letters. In the order of `Move`, stopping
//! at the first dead end.

use super::letter::{Answer, Evidence, Ruling};
use super::report::{Conclusion, Incident, LossCause, Outcome};
use crate::base::{CaseNumber, Day, LetterId, StateId, Window};
use crate::law::{FactSet, Facts, Ground, GroundCode, Measure};

/// One case.
#[derive(Clone, Copy, Debug)]
pub struct Investigation {
    /// What opened it.
    pub incident: Incident,
    /// Whether it needs the data of the site.
    pub needs_data: bool,
    /// The day it was opened.
    pub opened: Day,
    /// The channel by which the data were last asked for.
    pub channel: Option<Channel>,
    /// The request that is out, with its measure and the day it was sent.
    pub pending: Option<Pending>,
    /// The ground on which surrender was refused, once it was.
    pub surrender_refused: Option<Ground>,
    /// How it will end when the proceedings are over.
    pub proceedings: Option<Conclusion>,
}

/// A way to data abroad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// Compelled disclosure at once, through the contact points.
    Emergency,
    /// An order to the provider, for all data that the case needs.
    Order,
    /// An order to the provider, for subscriber information alone.
    OrderForSubscriber,
    /// Disclosure by the provider's own choice.
    Disclosure,
    /// A request for assistance.
    Assistance,
}

impl Channel {
    /// Every channel, the fastest first.
    pub const ALL: [Self; 5] =
        [Self::Emergency, Self::Order, Self::OrderForSubscriber, Self::Disclosure, Self::Assistance];

    /// What an investigator states of the channel, beyond the conduct.
    #[must_use]
    pub fn circumstances(self, facts: &Facts) -> FactSet {
        let names: &[&str] = match self {
            Self::Emergency => &["emergency"],
            Self::Order => &["provider-established-there"],
            Self::OrderForSubscriber => &["provider-established-there", "subscriber-only"],
            Self::Disclosure => &["consent-to-disclosure"],
            Self::Assistance => &[],
        };
        names.iter().filter_map(|name| facts.named(name)).collect()
    }

    /// The measure that is asked for.
    #[must_use]
    pub const fn measure(self) -> Measure {
        match self {
            Self::Emergency => Measure::EmergencyDisclosure,
            Self::Order | Self::OrderForSubscriber => Measure::ProductionOrder,
            Self::Disclosure => Measure::VoluntaryDisclosure,
            Self::Assistance => Measure::StoredData,
        }
    }
}

/// A request that is out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The letter.
    pub request: LetterId,
    /// Its addressee.
    pub to: StateId,
    /// What was asked.
    pub measure: Measure,
    /// The day it was sent.
    pub sent: Day,
}

/// What an investigator does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Ask another state for a measure.
    Ask(StateId, Measure),
    /// Ask for the data by the next channel.
    AskForData,
    /// Nothing: wait for what was granted.
    Wait,
    /// The data are in hand: try to identify the suspect.
    Identify,
    /// The suspect is in hand.
    Try(Conclusion),
    /// The case ends.
    End(Outcome),
}

/// Open cases by number.
#[derive(Clone, Debug, Default)]
pub struct Investigations {
    open: Window<Investigation>,
    opened: u32,
}

impl Investigations {
    /// Opens a case and gives it a number.
    pub fn open(&mut self, incident: Incident, needs_data: bool, day: Day) -> CaseNumber {
        let number = CaseNumber(self.opened);
        self.opened += 1;
        let investigation = Investigation {
            incident,
            needs_data,
            opened: day,
            channel: None,
            pending: None,
            surrender_refused: None,
            proceedings: None,
        };
        self.open.insert(number.0, investigation);
        number
    }

    /// An open case.
    pub fn get_mut(&mut self, number: CaseNumber) -> Option<&mut Investigation> {
        self.open.get_mut(number.0)
    }

    /// Closes a case.
    pub fn close(&mut self, number: CaseNumber) -> Option<Investigation> {
        self.open.remove(number.0)
    }
}

impl Investigation {
    /// The first move: take what there is at home, or have the data preserved abroad where the law opens that, else ask for
    /// them.
    #[must_use]
    pub fn first_move(&self, home: StateId, preservation_is_open: bool) -> Move {
        match preservation_is_open {
            _ if !self.needs_data || self.incident.host == home => Move::Wait,
            true => Move::Ask(self.incident.host, Measure::Preservation),
            false => Move::AskForData,
        }
    }

    /// The move after an answer.
    pub fn answered(&mut self, answer: &Answer) -> Move {
        match (answer.measure, answer.ruling) {
            (Measure::Preservation, Ruling::DataGone) => Move::End(Outcome::Lost(LossCause::EvidenceLapsed)),
            // Without a freeze the data may still be there when the request is carried out.
            (Measure::Preservation, _) => Move::AskForData,
            (_, Ruling::Granted) => Move::Wait,
            (measure, Ruling::Refused(_)) if self.has_another_channel(measure) => Move::AskForData,
            (_, Ruling::DataGone) => Move::End(Outcome::Lost(LossCause::EvidenceLapsed)),
            (Measure::Extradition, Ruling::Refused(ground)) => self.surrender_was_refused(ground, answer),
            (measure, Ruling::Refused(ground)) => Move::End(Outcome::Lost(LossCause::Refused(measure, ground))),
        }
    }

    /// Whether a channel was tried: the fastest come first.
    #[must_use]
    pub fn tried(&self, channel: Channel) -> bool {
        self.channel.is_some_and(|last| channel <= last)
    }

    /// Whether the data were asked for by a channel that is not the last.
    fn has_another_channel(&self, measure: Measure) -> bool {
        self.channel.is_some_and(|last| last.measure() == measure && last != Channel::Assistance)
    }

    /// Surrender refused: ask for prosecution in lieu where a duty exists, or where nationality or own
    /// jurisdiction was the reason and the will may exist.
    fn surrender_was_refused(&mut self, ground: Option<Ground>, answer: &Answer) -> Move {
        let may_prosecute = answer.owes_prosecution
            || ground.is_some_and(|g| matches!(g.code, GroundCode::OwnNational | GroundCode::OwnJurisdiction));
        self.surrender_refused = ground;
        if may_prosecute {
            Move::Ask(self.incident.base, Measure::Prosecution)
        } else {
            Move::End(Outcome::Lost(LossCause::Refused(Measure::Extradition, ground)))
        }
    }

    /// The move after the evidence was read.
    #[must_use]
    pub fn identified(&self, named: bool, home: StateId) -> Move {
        if !named {
            Move::End(Outcome::Lost(LossCause::NotIdentified))
        } else if self.incident.base == home {
            Move::Try(Conclusion::ConvictedHere)
        } else {
            Move::Ask(self.incident.base, Measure::Extradition)
        }
    }
}

/// The move after something was supplied.
#[must_use]
pub fn supplied(evidence: &Evidence) -> Move {
    match evidence.measure {
        Measure::Extradition => Move::Try(Conclusion::Surrendered),
        Measure::Prosecution => Move::End(Outcome::Concluded(Conclusion::ProsecutedThere)),
        _ if evidence.found => Move::Identify,
        _ => Move::End(Outcome::Lost(LossCause::EvidenceLapsed)),
    }
}
