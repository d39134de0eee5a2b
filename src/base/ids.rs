//! Identifiers. Numbers inside a run, names at its edges: a library or a scenario holds the table of names.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! identifier {
    ($(#[$meta:meta])* $name:ident($inner:ty)) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl $name {
            /// The identifier as an index into the table that it was drawn from.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

identifier! {
    /// A state, by its place in the alphabetical list of the states of a library or run.
    StateId(u16)
}
identifier! {
    /// A treaty, by its place in the alphabetical list of the treaties of a library.
    TreatyId(u16)
}
identifier! {
    /// A citation, by its place in a library's table of citations.
    CiteId(u16)
}
identifier! {
    /// An offender network: its place, plus [`NetworkId::PLACES`] for each network that held this place before.
    NetworkId(u32)
}
identifier! {
    /// A case, numbered by the authority that holds it.
    CaseNumber(u32)
}

impl NetworkId {
    /// The places that there can be.
    pub const PLACES: u32 = 100_000;

    /// The place that it holds. Chance belongs to the place: whoever holds it, and whatever happened to its networks
    /// before, the draws of a day are the same in every variant of a scenario.
    #[must_use]
    pub const fn place(self) -> u32 {
        self.0 % Self::PLACES
    }

    /// The network that takes its place when it is gone.
    #[must_use]
    pub const fn successor(self) -> Self {
        Self(self.0 + Self::PLACES)
    }
}

/// One letter between authorities: who sent it and its number among all letters of that sender, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LetterId {
    /// The sender.
    pub from: StateId,
    /// The sender's running number.
    pub number: u32,
}

/// The file that letters of one case share: the state that holds the case, and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileNumber {
    /// The state that investigates.
    pub state: StateId,
    /// Its case.
    pub case: CaseNumber,
}

impl fmt::Display for LetterId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.from.0, self.number)
    }
}
