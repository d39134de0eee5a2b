//! The outcomes by which studies compare: what one run comes to, as numbers. Deliberately absent: means over seeds, and
//! tables.

use crate::base::in_prose;

/// In what an outcome is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A part of a whole, 0 to 1; shown as per cent, and differences in percentage points.
    Share,
    /// Things counted, by their name in the plural.
    Count(&'static str),
    /// Days.
    Days,
    /// A number without unit: a ratio or an index.
    Ratio,
}

impl Unit {
    /// The word for tables and data dictionaries.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Count(things) => things,
            Self::Days => "days",
            Self::Ratio => "ratio",
        }
    }
}

/// Which way is better for those whom the treaties are to protect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Less of it.
    Lower,
    /// More of it.
    Higher,
    /// Neither: it describes.
    Neutral,
}

/// One outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its name in files and on the command line; it stays what it is.
    pub key: &'static str,
    /// Its name in words; `the state` stands for the name of the state that a study is about.
    pub name: &'static str,
    /// Whether that name is a plural.
    pub plural: bool,
    /// What it is, in a sentence without full stop.
    pub means: &'static str,
    /// In what it is counted.
    pub unit: Unit,
    /// Which way is better.
    pub better: Better,
    /// Whether it is about one state: none where a study is about no state.
    pub of_state: bool,
}

/// How many outcomes there are.
pub const OUTCOMES: usize = 17;

const fn outcome(
    key: &'static str,
    (name, plural): (&'static str, bool),
    unit: Unit,
    better: Better,
    means: &'static str,
) -> Outcome {
    Outcome { key, name, plural, means, unit, better, of_state: false }
}

const fn of_state(outcome: Outcome) -> Outcome {
    Outcome { of_state: true, ..outcome }
}

use Better::{Higher, Lower, Neutral};
use Unit::{Count, Days, Ratio, Share};

/// Every outcome, in the order of [`Measured::values`](super::Measured::values). New ones come last.
pub const ALL: [Outcome; OUTCOMES] = [
    outcome("impunity", ("impunity", false), Share, Lower, "of all cases closed in the run, the part that was lost"),
    of_state(outcome(
        "state_impunity",
        ("impunity in the state at the end", false),
        Share,
        Lower,
        "of the cases against networks based in the state that closed within `window-days` (as of havens) before the end of the run, the part that was lost",
    )),
    outcome(
        "incidents",
        ("incidents in the world", true),
        Count("incidents"),
        Lower,
        "incidents that networks committed in the run",
    ),
    of_state(outcome(
        "state_networks",
        ("networks in the state", true),
        Count("networks"),
        Lower,
        "networks based in the state, mean over the month-ends of the last year",
    )),
    of_state(outcome(
        "state_quotient",
        ("location quotient of the state", false),
        Ratio,
        Lower,
        "share of the networks based in the state in the last year over the share expected when all risks are equal",
    )),
    outcome(
        "havens",
        ("havens", true),
        Count("states"),
        Lower,
        "states that were a haven, for bases or hosts, on any day",
    ),
    outcome(
        "haven_days",
        ("haven days", true),
        Count("days"),
        Lower,
        "days on which a state was a haven, for bases or hosts, added up over the states",
    ),
    of_state(outcome(
        "state_haven_days",
        ("haven days of the state", true),
        Count("days"),
        Lower,
        "days on which the state was a haven, for bases or hosts",
    )),
    outcome("cases_concluded", ("cases concluded", true), Count("cases"), Higher, "cases that ended with a result"),
    outcome(
        "answer_days",
        ("median days to answer", true),
        Days,
        // Refusals are quick and grants take time: where more is granted, it rises, and nobody has become slower.
        Neutral,
        "median days to the final reply to requests other than for preservation, granted or refused, by the estimate of Kaplan and Meier: requests withdrawn without one, or still waiting at the end, count up to then; none where it does not fall to a half",
    ),
    outcome(
        "evidence_lapsed",
        ("cases lost to lapsed evidence", true),
        Count("cases"),
        Lower,
        "cases lost because the data were gone",
    ),
    outcome(
        "requests_refused",
        ("requests refused", true),
        Count("requests"),
        Lower,
        "requests refused on some ground of law; a provider that does not disclose by its own choice needs none, and is not counted",
    ),
    outcome(
        "base_concentration",
        ("concentration of bases", false),
        Ratio,
        Neutral,
        "Herfindahl index of the bases of networks at the end of the last month",
    ),
    outcome(
        "host_concentration",
        ("concentration of hosts", false),
        Ratio,
        Neutral,
        "Herfindahl index of the hosts of networks at the end of the last month",
    ),
    outcome(
        "entries_into_force",
        ("entries into force", true),
        Count("entries"),
        Neutral,
        "states that treaties began to bind during the run, each treaty counted by itself",
    ),
    outcome("letters", ("letters", true), Count("letters"), Neutral, "letters sent between authorities"),
    outcome(
        "harm",
        ("incidents weighed by size", true),
        Count("incidents"),
        Lower,
        "incidents in the run, each as much as what it did, in usual ones; none where networks are all of a size",
    ),
];

impl Outcome {
    /// The outcome with a key.
    #[must_use]
    pub fn named(key: &str) -> Option<&'static Self> {
        ALL.iter().find(|outcome| outcome.key == key)
    }

    /// Its place in [`ALL`] and in [`Measured::values`](super::Measured::values).
    ///
    /// # Panics
    /// When it is none of [`ALL`].
    #[must_use]
    pub fn index(&self) -> usize {
        ALL.iter().position(|known| known.key == self.key).expect("one of the list")
    }

    /// Whether it grows with the length of a run: runs of different length cannot be compared by it.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        // The networks of a state are a mean over the last year, whenever that is.
        matches!(self.unit, Unit::Count(_)) && self.key != "state_networks"
    }

    /// The least and the most that it can be, whatever the run: no interval goes beyond.
    #[must_use]
    pub fn possible(&self) -> (f64, f64) {
        match (self.unit, self.key) {
            // The concentrations have no unit, and are sums of squares of shares.
            (Unit::Share, _) | (_, "base_concentration" | "host_concentration") => (0.0, 1.0),
            (Unit::Count(_) | Unit::Days | Unit::Ratio, _) => (0.0, f64::INFINITY),
        }
    }

    /// Its name, with that of the state.
    #[must_use]
    pub fn says(&self, state: &str) -> String {
        self.name.replace("the state", &in_prose(state))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{ALL, Outcome};

    #[test]
    fn keys_are_fit_for_columns_and_stand_once() {
        let keys: BTreeSet<&str> = ALL.iter().map(|outcome| outcome.key).collect();
        assert_eq!(keys.len(), ALL.len());
        for (index, outcome) in ALL.iter().enumerate() {
            assert!(outcome.key.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{}", outcome.key);
            assert_eq!(outcome.of_state, outcome.name.contains("the state"), "{}", outcome.key);
            assert_eq!((outcome.index(), Outcome::named(outcome.key)), (index, Some(outcome)));
        }
    }
}
