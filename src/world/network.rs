//! Offender networks: what one is, what it may change, and what others do to it.

use crate::authority::Outcome;
use crate::base::{Canonical, Day, NetworkId, StateId, of_thousandths};

/// An offender network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// Its identifier, which names its place.
    pub id: NetworkId,
    /// Where its people are.
    pub base: StateId,
    /// Where its site and data are.
    pub host: StateId,
    /// Where harm is reported.
    pub market: StateId,
    /// Nationality of its principal.
    pub nationality: StateId,
    /// Its line, as an index into the settings.
    pub line: u8,
    /// How large it is: what each of its incidents does, in thousandths of what one of a usual network does.
    pub size_thousandths: u32,
}

impl Network {
    /// The size of a usual one.
    pub const USUAL_SIZE_THOUSANDTHS: u32 = 1000;

    /// Its size; 1 is usual.
    #[must_use]
    pub fn size(&self) -> f64 {
        of_thousandths(self.size_thousandths)
    }
}

/// What a state is to a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Its people are there.
    Base,
    /// Its site and data are there.
    Host,
    /// Harm is reported there.
    Market,
}

impl Role {
    /// How many there are.
    pub const COUNT: usize = 3;
    /// Every role, in the order of their numbers.
    pub const ALL: [Self; Self::COUNT] = [Self::Base, Self::Host, Self::Market];

    /// The word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Host => "host",
            Self::Market => "market",
        }
    }
}

/// What a network may change. Line and principal are the second escape: to change not the place but what is
/// done, or who answers for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// Where its people are.
    Base,
    /// Where its site is.
    Host,
    /// Whom it harms.
    Market,
    /// What it does.
    Line,
    /// Who answers for it: another identity, with a national of the base in front, whom that state may not surrender.
    Principal,
}

impl Aspect {
    /// Every aspect, in the order of their numbers.
    pub const ALL: [Self; 5] = [Self::Base, Self::Host, Self::Market, Self::Line, Self::Principal];

    /// The word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Host => "host",
            Self::Market => "market",
            Self::Line => "line",
            Self::Principal => "principal",
        }
    }
}

/// What the authorities did the day before, as far as it concerns networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enforcement {
    /// A case ended.
    CaseClosed(CaseEnd),
    /// A site was removed.
    SiteRemoved(Removal),
}

/// The end of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseEnd {
    /// Against this network.
    pub network: NetworkId,
    /// In this state, whose market it harmed.
    pub investigating: StateId,
    /// Where its people were when the case was opened.
    pub base: StateId,
    /// Where its site was then.
    pub host: StateId,
    /// The line that it had when the case was opened.
    pub line: u8,
    /// The day on which the case was opened.
    pub opened: Day,
    /// How it ended.
    pub outcome: Outcome,
    /// Whether a removal of the site had been tried by then.
    pub site_tried: bool,
    /// Whether it needed the data of the site.
    pub needed_data: bool,
}

/// The removal of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removal {
    /// The network's.
    pub network: NetworkId,
    /// For a case of this state.
    pub investigating: StateId,
    /// In this state; without effect when the site has left.
    pub host: StateId,
    /// The line that it had when the case was opened.
    pub line: u8,
    /// The day on which the case was opened.
    pub opened: Day,
    /// Whether it was over by then.
    pub late: bool,
}

/// Active networks by place, one number for each state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placements {
    /// By base.
    pub based: Vec<u32>,
    /// By host; a network whose site was removed counts nowhere until it is back.
    pub hosted: Vec<u32>,
}

/// The books of the networks: founded = active + awaiting + replaced, and active + awaiting = places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// All that ever appeared.
    pub founded: u32,
    /// Active now, with or without a site.
    pub active: u32,
    /// Dismantled or given up, the replacement still to come.
    pub awaiting: u32,
    /// Dismantled or given up, and replaced.
    pub replaced: u32,
}

impl Canonical for Aspect {
    fn encode(&self, into: &mut Vec<u8>) {
        into.push(*self as u8);
    }
}

impl Canonical for Role {
    fn encode(&self, into: &mut Vec<u8>) {
        into.push(*self as u8);
    }
}
