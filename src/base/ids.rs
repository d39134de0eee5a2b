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
    /// An offender network, numbered in order of appearance.
    NetworkId(u32)
}
identifier! {
    /// A case, numbered by the authority that holds it.
    CaseNumber(u32)
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
