//! How law binds, told apart by word, by shape and (in pages) by colour: what *must* be is filled, what *may* be
//! is hollow. Nobody needs the colour to read it.

use crate::law::{Decision, Force};

/// How a line binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// The requested state complies, or must.
    Comply,
    /// A duty that stands against the request, or what may not be done.
    Must,
    /// A right: one or the other is lawful.
    May,
    /// Later, or under conditions.
    Later,
    /// Nothing binds.
    Free,
}

impl Tone {
    /// The shape.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Comply => "●",
            Self::Must => "■",
            Self::May => "□",
            Self::Later => "◇",
            Self::Free => "·",
        }
    }

    /// The name in style sheets.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Comply => "comply",
            Self::Must => "must",
            Self::May => "may",
            Self::Later => "later",
            Self::Free => "free",
        }
    }

    /// How a ground binds.
    #[must_use]
    pub const fn of_force(force: Force) -> Self {
        match force {
            Force::Must => Self::Must,
            Force::May => Self::May,
            Force::Postpone => Self::Later,
        }
    }

    /// How an answer binds.
    #[must_use]
    pub const fn of_decision(decision: Decision) -> Self {
        match decision {
            Decision::Grant => Self::Comply,
            Decision::Refuse | Decision::ProsecuteInstead => Self::Must,
            Decision::MayRefuse => Self::May,
            Decision::GrantCond | Decision::Partial | Decision::Postpone | Decision::NeedsInformation => Self::Later,
            Decision::NoTreatyDuty | Decision::Lapsed | Decision::NoRequest => Self::Free,
        }
    }
}

/// A ground's force in words in which *may* and *must* cannot be mistaken for one another.
#[must_use]
pub const fn force(force: Force) -> &'static str {
    match force {
        Force::Must => "MUST refuse",
        Force::May => "may refuse",
        Force::Postpone => "may postpone",
    }
}
