//! How far a study is, and why one ended.

/// How far a study is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Runs that ended.
    pub runs: usize,
    /// Of how many.
    pub of: usize,
    /// Whether that is the most there may be, and the study may end before.
    pub at_most: bool,
    /// How wide an interval is that is watched, by the runs that were looked at last.
    pub width: Option<f64>,
}

/// Why a study ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All runs that were asked for are there.
    Complete,
    /// The interval was narrow enough.
    NarrowEnough,
    /// It was not, after as many runs as there may be.
    NotNarrowEnough,
    /// It was interrupted; what had been finished is there.
    Interrupted,
}

impl Ended {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::NarrowEnough => "narrow enough",
            Self::NotNarrowEnough => "not narrow enough",
            Self::Interrupted => "interrupted",
        }
    }
}
