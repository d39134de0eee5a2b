//! Instruments: the dated acts by which states bind and unbind themselves.

use serde::{Deserialize, Serialize};

use crate::base::{Canonical, CiteId, Day, StateId, TreatyId};

/// What a deposited instrument does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Signature subject to ratification: no right to ask, no duty to answer.
    Signature,
    /// Ratification, acceptance, approval or accession.
    Consent,
    /// A reservation to an article of the treaty, or a declaration under one that has an effect on its rules.
    Reservation(CiteId),
    /// Withdrawal of that reservation or declaration.
    ReservationWithdrawn(CiteId),
    /// Notice of denunciation.
    Denunciation,
    /// No act of the state's own: a rule of custom came to bind it, because practice became general and it had not
    /// objected while the rule formed (International Law Commission, Conclusions on Customary International Law, 2018,
    /// 8 and 15).
    Custom,
}

/// One act of one state towards one treaty. The order is the order in which acts of a day take effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Instrument {
    /// The day on which the depositary received it.
    pub day: Day,
    /// The treaty.
    pub treaty: TreatyId,
    /// The state.
    pub state: StateId,
    /// The act.
    pub act: Act,
}

impl Canonical for Act {
    fn encode(&self, into: &mut Vec<u8>) {
        let (tag, cite): (u8, Option<CiteId>) = match self {
            Self::Signature => (0, None),
            Self::Consent => (1, None),
            Self::Reservation(cite) => (2, Some(*cite)),
            Self::ReservationWithdrawn(cite) => (3, Some(*cite)),
            Self::Denunciation => (4, None),
            Self::Custom => (5, None),
        };
        tag.encode(into);
        cite.encode(into);
    }
}

impl Canonical for Instrument {
    fn encode(&self, into: &mut Vec<u8>) {
        self.day.encode(into);
        self.treaty.encode(into);
        self.state.encode(into);
        self.act.encode(into);
    }
}
