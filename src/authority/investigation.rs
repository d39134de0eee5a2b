//! Cases that this authority holds: what the investigator waits for, and what comes next.
//!
//! Pure bookkeeping over answers; the authority turns its moves into letters. In the order of `Move`, stopping
//! at the first dead end.

use std::collections::BTreeMap;

use super::letter::{Answer, Evidence, Ruling};
use super::report::{Conclusion, Incident, LossCause, Outcome};
use crate::base::{CaseNumber, Day, LetterId, StateId};
use crate::law::{Ground, GroundCode, Measure};

/// One case.
#[derive(Clone, Copy, Debug)]
pub struct Investigation {
    /// What opened it.
    pub incident: Incident,
    /// The day it was opened.
    pub opened: Day,
    /// The request that is out, with its measure and the day it was sent.
    pub pending: Option<Pending>,
    /// The ground on which surrender was refused, once it was.
    pub surrender_refused: Option<Ground>,
    /// How it will end when the proceedings are over.
    pub proceedings: Option<Conclusion>,
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
    open: BTreeMap<CaseNumber, Investigation>,
    opened: u32,
}

impl Investigations {
    /// Opens a case and gives it a number.
    pub fn open(&mut self, incident: Incident, day: Day) -> CaseNumber {
        let number = CaseNumber(self.opened);
        self.opened += 1;
        self.open.insert(
            number,
            Investigation { incident, opened: day, pending: None, surrender_refused: None, proceedings: None },
        );
        number
    }

    /// An open case.
    pub fn get_mut(&mut self, number: CaseNumber) -> Option<&mut Investigation> {
        self.open.get_mut(&number)
    }

    /// Closes a case.
    pub fn close(&mut self, number: CaseNumber) -> Option<Investigation> {
        self.open.remove(&number)
    }
}

impl Investigation {
    /// The first move: preserve the data abroad, or take them at home.
    #[must_use]
    pub fn first_move(&self, home: StateId) -> Move {
        if self.incident.host == home { Move::Wait } else { Move::Ask(self.incident.host, Measure::Preservation) }
    }

    /// The move after an answer.
    pub fn answered(&mut self, answer: &Answer) -> Move {
        match (answer.measure, answer.ruling) {
            (Measure::Preservation, Ruling::DataGone) => Move::End(Outcome::Lost(LossCause::EvidenceLapsed)),
            // Without a freeze the data may still be there when the request is carried out.
            (Measure::Preservation, _) => Move::Ask(self.incident.host, Measure::StoredData),
            (_, Ruling::Granted) => Move::Wait,
            (_, Ruling::DataGone) => Move::End(Outcome::Lost(LossCause::EvidenceLapsed)),
            (Measure::Extradition, Ruling::Refused(ground)) => self.surrender_was_refused(ground, answer),
            (measure, Ruling::Refused(ground)) => Move::End(Outcome::Lost(LossCause::Refused(measure, ground))),
        }
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

    /// The move after something was supplied.
    #[must_use]
    #[expect(clippy::unused_self, reason = "the moves of an investigation are asked of it, whatever they need to know")]
    pub fn supplied(&self, evidence: &Evidence) -> Move {
        match evidence.measure {
            Measure::Extradition => Move::Try(Conclusion::Surrendered),
            Measure::Prosecution => Move::End(Outcome::Concluded(Conclusion::ProsecutedThere)),
            _ if evidence.found => Move::Identify,
            _ => Move::End(Outcome::Lost(LossCause::EvidenceLapsed)),
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
