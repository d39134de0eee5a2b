//! Parameters as documented fields that can also be listed: each knows its unit, range, default, source and grade.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// How sure a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// Read from a record: a statute, a statistic, a treaty.
    Record,
    /// Derived from a record or from published work, with judgement.
    Estimate,
    /// Nobody has measured it: vary it in every study.
    Assumption,
}

impl Grade {
    /// The word for people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Estimate => "estimate",
            Self::Assumption => "assumption",
        }
    }
}

/// A number in figures; one that nobody could count the digits of, with an exponent.
#[must_use]
pub fn plainly(number: f64) -> String {
    if number.abs() < 1e15 { number.to_string() } else { format!("{number:e}") }
}

/// One parameter in use, for the summary of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// Its name; in files, with hyphens (see [`Self::key`]).
    #[serde(serialize_with = "with_hyphens")]
    pub name: Cow<'static, str>,
    /// What it means.
    pub meaning: Cow<'static, str>,
    /// Its unit.
    pub unit: &'static str,
    /// The least value that it can have. Files may allow less than all of the range: their schema says what.
    pub least: f64,
    /// The greatest value that it can have.
    pub most: f64,
    /// The value when nothing is said.
    pub default: f64,
    /// The value in use; for a parameter that each state has, or that changes in the course of a run, the lowest in use.
    pub value: f64,
    /// The highest in use; equal to `value` for a parameter of which there is one that stays what it is.
    pub highest: f64,
    /// Where the default comes from: an entry of the evidence tables, or the reasoning.
    pub source: &'static str,
    /// How sure the default is.
    pub grade: Grade,
    /// Whether source and grade are those of the value in use, though it is not the default.
    #[serde(skip)]
    pub sourced: bool,
    /// The keys of the numbers from which it follows, if it is no number of its own: whoever counts numbers counts those.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub follows_from: &'static [&'static str],
}

fn with_hyphens<S: serde::Serializer>(name: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&name.replace('_', "-"))
}

impl Parameter {
    /// What is wrong with the value in use, if anything, in one sentence.
    #[must_use]
    pub fn problem(&self) -> Option<String> {
        let allowed = self.least..=self.most;
        let outside = [self.value, self.highest].into_iter().find(|value| !allowed.contains(value))?;
        let (least, most, unit) = (self.least, self.most, self.unit);
        Some(format!("`{}` is {}, allowed are {least} to {most} {unit}", self.key(), plainly(outside)))
    }

    /// Its key in files that people write.
    #[must_use]
    pub fn key(&self) -> String {
        self.name.replace('_', "-")
    }

    /// It takes this value, too, in the course of a run.
    #[must_use]
    pub const fn or(mut self, value: f64) -> Self {
        self.value = self.value.min(value);
        self.highest = self.highest.max(value);
        self
    }

    /// How sure the value in use is. One that a scenario sets has no source that this program knows: until its author states
    /// one, it is an assumption, however well the default is known.
    #[must_use]
    pub fn grade_in_use(&self) -> Grade {
        if self.is_changed() && !self.sourced { Grade::Assumption } else { self.grade }
    }

    /// Whether the value in use differs from the default.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        [self.value, self.highest].iter().any(|value| value.to_bits() != self.default.to_bits())
    }
}

/// Writes a struct of numbers once, as fields, defaults and table.
macro_rules! parameters {
    ($(#[$meta:meta])* pub struct $name:ident { $(
        #[doc = $meaning:literal]
        $field:ident = $default:literal in $least:literal to $most:literal $unit:literal, $grade:ident: $source:literal;
    )* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $name { $(
            #[doc = $meaning]
            #[doc = concat!("\n\n", stringify!($default), " ", $unit, " (", stringify!($least), " to ", stringify!($most), "). ", $source)]
            pub $field: f64,
        )* }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }

        impl $name {
            /// Every parameter with its meaning, unit, range, default, value in use, source and grade.
            #[must_use]
            pub fn parameters(&self) -> Vec<$crate::base::Parameter> {
                vec![$($crate::base::Parameter {
                    name: stringify!($field).into(),
                    meaning: str::trim_ascii($meaning).into(),
                    unit: $unit,
                    least: $least,
                    most: $most,
                    default: $default,
                    value: self.$field,
                    highest: self.$field,
                    source: $source,
                    grade: $crate::base::Grade::$grade,
                    sourced: false,
                    follows_from: &[],
                },)*]
            }
        }
    };
}
pub(crate) use parameters;
