//! Whole days on the proleptic Gregorian calendar, the only time the simulated world knows.
//!
//! Deliberately absent: hours, time zones, the wall clock.

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// First and last year that a written date may carry. Treaties of this field and their statutes lie well
/// inside, and day numbers stay far from overflow whatever is added to them.
pub const FIRST_YEAR: i32 = 1800;
/// See [`FIRST_YEAR`].
pub const LAST_YEAR: i32 = 2200;

/// A day, counted from 1970-01-01 (day 0). Written as ISO 8601, for example `2012-06-01`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// The day with this number, counted from 1970-01-01.
    #[must_use]
    pub const fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// The number of this day, counted from 1970-01-01.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The day of a calendar date; `None` when there is no such date or its year is out of range.
    #[must_use]
    pub fn from_calendar(year: i32, month: u32, day: u32) -> Option<Self> {
        let known = (FIRST_YEAR..=LAST_YEAR).contains(&year) && (1..=12).contains(&month);
        (known && day >= 1 && day <= days_in_month(year, month)).then(|| Self(days_from_calendar(year, month, day)))
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    #[must_use]
    pub fn calendar(self) -> (i32, u32, u32) {
        // Counting from 1 March of year 0 puts the leap day at the end of each 400-year era.
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1).unsigned_abs();
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month.unsigned_abs(), day)
    }

    /// The same day of the month, `months` later; the last day of the month where that month is shorter
    /// (30 November + 3 months = 28 February).
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        let (year, month, day) = self.calendar();
        let counted = month - 1 + months;
        let year = year + (counted / 12).cast_signed();
        let month = counted % 12 + 1;
        Self(days_from_calendar(year, month, day.min(days_in_month(year, month))))
    }

    /// The last day that [`Day::plus_months`] takes to this day or to one before it: the day after it is too late
    /// (28 February - 3 months = 30 November; - 1 month = 31 January).
    #[must_use]
    pub fn minus_months(self, months: u32) -> Self {
        let (year, month, day) = self.calendar();
        let counted = year * 12 + month.cast_signed() - 1 - months.cast_signed();
        let (year_then, month_then) = (counted.div_euclid(12), counted.rem_euclid(12).unsigned_abs() + 1);
        let ends = days_in_month(year_then, month_then);
        let day = if day == days_in_month(year, month) { ends } else { day.min(ends) };
        Self(days_from_calendar(year_then, month_then, day))
    }

    /// The first day of this day's month.
    #[must_use]
    pub fn first_of_month(self) -> Self {
        let (_, _, day) = self.calendar();
        self - (day - 1)
    }

    /// The first day of the month that follows this day's month.
    #[must_use]
    pub fn first_of_next_month(self) -> Self {
        let (year, month, day) = self.calendar();
        self + (days_in_month(year, month) + 1 - day)
    }

    /// Whole days from `earlier` to this day; negative when `earlier` is later.
    #[must_use]
    pub const fn days_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn days_from_calendar(year: i32, month: u32, day: u32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted_month = (month.cast_signed() + 9) % 12;
    let day_of_year = (153 * shifted_month + 2) / 5 + day.cast_signed() - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

impl Add<u32> for Day {
    type Output = Self;
    fn add(self, days: u32) -> Self {
        Self(self.0.saturating_add_unsigned(days))
    }
}

impl Sub<u32> for Day {
    type Output = Self;
    fn sub(self, days: u32) -> Self {
        Self(self.0.saturating_sub_unsigned(days))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.calendar();
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

/// A text that is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotADay {
    /// It is written otherwise, or lies in another year.
    #[error("`{0}` is not a date of the form 2012-06-01 between {FIRST_YEAR} and {LAST_YEAR}")]
    Form(String),
    /// It is written so, and no calendar has it.
    #[error("there is no day `{0}`")]
    Calendar(String),
}

impl FromStr for Day {
    type Err = NotADay;
    fn from_str(text: &str) -> Result<Self, NotADay> {
        let refuse = || NotADay::Form(text.to_owned());
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
        if !shaped {
            return Err(refuse());
        }
        let part = |range: std::ops::Range<usize>| text[range].parse::<u32>().map_err(|_| refuse());
        let year = part(0..4)?.cast_signed();
        let none =
            || if (FIRST_YEAR..=LAST_YEAR).contains(&year) { NotADay::Calendar(text.to_owned()) } else { refuse() };
        Self::from_calendar(year, part(5..7)?, part(8..10)?).ok_or_else(none)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "format": "date",
            "pattern": "^\\d{4}-\\d{2}-\\d{2}$",
            "description": "A calendar day, ISO 8601"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a date")
    }

    #[test]
    fn the_epoch_is_day_zero_and_leap_days_exist() {
        assert_eq!(day("1970-01-01").number(), 0);
        assert_eq!(day("2000-02-29").number(), 11_016);
        assert!("1900-02-29".parse::<Day>().is_err());
        assert!("2011-02-30".parse::<Day>().is_err());
        assert!("2011-2-3".parse::<Day>().is_err());
    }

    #[test]
    fn every_day_of_three_centuries_reads_back() {
        for number in day("1900-01-01").number()..day("2200-12-31").number() {
            let one = Day::from_number(number);
            assert_eq!(day(&one.to_string()), one);
        }
    }

    #[test]
    fn months_clamp_to_the_end_of_a_shorter_month() {
        assert_eq!(day("2022-11-30").plus_months(3), day("2023-02-28"));
        assert_eq!(day("2023-11-30").plus_months(3), day("2024-02-29"));
        assert_eq!(day("2022-11-30").plus_months(3).first_of_next_month(), day("2023-03-01"));
        assert_eq!(day("2025-12-31").first_of_next_month(), day("2026-01-01"));
    }
}
