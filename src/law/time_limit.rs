//! Times that an article sets: how long a state or a provider has for each step.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::CiteId;

/// Times by what is to be done in them, as written in files.
pub type TimeLimitsForm = BTreeMap<Timed, Term>;

/// What is to be done within a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Timed {
    /// Confirm receipt.
    Acknowledge,
    /// Decide.
    Decide,
    /// By how much the time for the decision may be extended.
    Extension,
    /// Carry out.
    Execute,
    /// Hand the person over after the decision.
    Surrender,
    /// Answer, or hand over the data.
    Answer,
}

impl Timed {
    /// Every step.
    pub const ALL: [Self; 6] =
        [Self::Acknowledge, Self::Decide, Self::Extension, Self::Execute, Self::Surrender, Self::Answer];

    /// The name as written in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Acknowledge => "acknowledge",
            Self::Decide => "decide",
            Self::Extension => "extension",
            Self::Execute => "execute",
            Self::Surrender => "surrender",
            Self::Answer => "answer",
        }
    }
}

/// A length of time in whole days or hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// How many.
    pub count: u16,
    /// Of which unit.
    pub unit: Unit,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Hours.
    Hours,
    /// Days.
    Days,
}

impl fmt::Display for Term {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match (self.unit, self.count) {
            (Unit::Hours, 1) => "hour",
            (Unit::Hours, _) => "hours",
            (Unit::Days, 1) => "day",
            (Unit::Days, _) => "days",
        };
        write!(formatter, "{} {unit}", self.count)
    }
}

impl FromStr for Term {
    type Err = String;

    fn from_str(words: &str) -> Result<Self, String> {
        let wrong = || format!("`{words}` is no length of time such as `60 days` or `8 hours`");
        let (count, unit) = words.split_once(' ').ok_or_else(wrong)?;
        let unit = match unit {
            "hour" | "hours" => Unit::Hours,
            "day" | "days" => Unit::Days,
            _ => return Err(wrong()),
        };
        Ok(Self { count: count.parse().map_err(|_| wrong())?, unit })
    }
}

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let words = String::deserialize(deserializer)?;
        words.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Term {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Term {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Term".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A length of time, for example `60 days` or `8 hours`",
            "type": "string",
            "pattern": "^[0-9]+ (days?|hours?)$"
        })
    }
}

/// A time that an article sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLimit {
    /// For what.
    pub timed: Timed,
    /// How long.
    pub term: Term,
    /// The article.
    pub cite: CiteId,
}
