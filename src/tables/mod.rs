//! Tables for other people's tools: columns with kind, unit and meaning, written as Parquet or CSV.
//!
//! Tidy: one row an observation, one column a variable, every table with the same columns each time. Deliberately
//! absent: what the tables of Comity are (`report::tidy`, `study::sweep`), and tables for the terminal (`report`).

mod csv;
mod parquet;
mod writer;

pub use writer::{Format, MEANINGS, Writer};

use std::borrow::Cow;

use crate::base::Day;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number of 64 bits with sign.
    Whole,
    /// A seed: a whole number of 64 bits without sign.
    Seed,
    /// A number.
    Number,
    /// A text.
    Text,
    /// True or false.
    Truth,
    /// A day of the calendar.
    Day,
}

impl Kind {
    /// The word for it in a data dictionary.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Whole | Self::Seed => "whole number",
            Self::Number => "number",
            Self::Text => "text",
            Self::Truth => "true or false",
            Self::Day => "date",
        }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: Cow<'static, str>,
    /// What it holds.
    pub kind: Kind,
    /// In what its numbers are counted; empty where there is nothing to count.
    pub unit: &'static str,
    /// What it means, in a sentence without full stop.
    pub means: Cow<'static, str>,
}

impl Column {
    /// A column that code names.
    #[must_use]
    pub const fn new(name: &'static str, kind: Kind, unit: &'static str, means: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), kind, unit, means: Cow::Borrowed(means) }
    }
}

/// One cell. What does not apply is [`Cell::Nothing`], never a zero or an empty text.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Not defined here.
    Nothing,
    /// A whole number.
    Whole(i64),
    /// A seed.
    Seed(u64),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// True or false.
    Truth(bool),
    /// A day.
    Day(Day),
}

macro_rules! cells {
    ($($of:ty => $cell:ident),*) => {$(
        impl From<$of> for Cell {
            fn from(value: $of) -> Self {
                Self::$cell(value.into())
            }
        }
    )*};
}
cells!(u8 => Whole, u16 => Whole, u32 => Whole, i64 => Whole, f64 => Number, &str => Text, String => Text, bool => Truth, Day => Day);

impl From<u64> for Cell {
    /// A count. Counts of a run lie far below 2^63; seeds are [`Cell::Seed`].
    fn from(count: u64) -> Self {
        Self::Whole(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

impl Cell {
    /// Whether it may stand in a column of this kind.
    #[must_use]
    pub const fn fits(&self, kind: Kind) -> bool {
        matches!(
            (self, kind),
            (Self::Nothing, _)
                | (Self::Whole(_), Kind::Whole)
                | (Self::Seed(_), Kind::Seed)
                | (Self::Number(_), Kind::Number)
                | (Self::Text(_), Kind::Text)
                | (Self::Truth(_), Kind::Truth)
                | (Self::Day(_), Kind::Day)
        )
    }

    /// As text that [`Cell::read`] reads back to the same cell, to the last bit.
    #[must_use]
    pub fn written(&self) -> Cow<'_, str> {
        match self {
            Self::Nothing => Cow::Borrowed(""),
            Self::Whole(number) => Cow::Owned(number.to_string()),
            Self::Seed(seed) => Cow::Owned(seed.to_string()),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Truth(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
            Self::Day(day) => Cow::Owned(day.to_string()),
        }
    }

    /// The cell of a kind that a text stands for; an empty text for nothing. None when it stands for none.
    #[must_use]
    pub fn read(kind: Kind, text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::Nothing);
        }
        match kind {
            Kind::Whole => text.parse().ok().map(Self::Whole),
            Kind::Seed => text.parse().ok().map(Self::Seed),
            Kind::Number => text.parse().ok().map(Self::Number),
            Kind::Text => Some(Self::Text(text.to_owned())),
            Kind::Truth => text.parse().ok().map(Self::Truth),
            Kind::Day => text.parse().ok().map(Self::Day),
        }
    }
}

/// What a table is, for the data dictionary and for the file itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// Its name, which is that of its file.
    pub name: &'static str,
    /// What one row is, in a sentence without full stop.
    pub row: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
}

#[cfg(test)]
mod tests {
    use super::{Cell, Kind};
    use crate::base::Day;

    #[test]
    fn what_is_written_is_read_back() {
        let day: Day = "2012-02-29".parse().expect("a day");
        let cells = [
            (Kind::Whole, Cell::Whole(-7)),
            (Kind::Seed, Cell::Seed(u64::MAX)),
            (Kind::Number, Cell::Number(0.1 + 0.2)),
            (Kind::Number, Cell::Number(-1e300)),
            (Kind::Number, Cell::Number(5e-324)),
            (Kind::Text, Cell::Text("=1+1, \"x\"".to_owned())),
            (Kind::Truth, Cell::Truth(true)),
            (Kind::Day, Cell::Day(day)),
            (Kind::Day, Cell::Nothing),
        ];
        for (kind, cell) in cells {
            assert!(cell.fits(kind));
            assert_eq!(Cell::read(kind, &cell.written()), Some(cell));
        }
        assert_eq!(Cell::read(Kind::Whole, "1.5"), None);
        assert!(!Cell::Whole(1).fits(Kind::Number));
    }
}
