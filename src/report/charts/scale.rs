//! Scales and their ticks: round numbers, and the first days of years or months.

use crate::base::Day;

/// From values to coordinates, in a straight line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Linear {
    low: f64,
    span: f64,
    start: f64,
    length: f64,
}

impl Linear {
    /// `low` lies at `start`, `high` at `end`. Where both are one, everything lies in the middle.
    #[must_use]
    pub fn new((low, high): (f64, f64), (start, end): (f64, f64)) -> Self {
        if high > low {
            Self { low, span: high - low, start, length: end - start }
        } else {
            Self { low, span: 1.0, start: f64::midpoint(start, end), length: 0.0 }
        }
    }

    /// From days to coordinates.
    #[must_use]
    pub fn of_days((first, last): (Day, Day), ends: (f64, f64)) -> Self {
        Self::new((f64::from(first.number()), f64::from(last.number())), ends)
    }

    /// Where a value lies.
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        self.start + (value - self.low) / self.span * self.length
    }

    /// Where a day lies.
    #[must_use]
    pub fn at_day(&self, day: Day) -> f64 {
        self.at(f64::from(day.number()))
    }
}

/// Round numbers between two, at most about so many, and the distance between them.
#[must_use]
pub fn ticks((low, high): (f64, f64), most: u32) -> (Vec<f64>, f64) {
    let step = step((high - low) / f64::from(most.max(1)));
    // Half a millionth of a step: a bound that lies on a tick is not lost to rounding.
    let slack = 5e-7;
    let (first, last) = (libm::ceil(low / step - slack), libm::floor(high / step + slack));
    let mut ticks = Vec::new();
    let mut index = first;
    while index <= last {
        ticks.push(index * step);
        index += 1.0;
    }
    (ticks, step)
}

/// The least of 1, 2, 5, 10 times a power of ten that is no less.
fn step(least: f64) -> f64 {
    if least <= 0.0 || !least.is_finite() {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(least)));
    let times = [1.0, 2.0, 5.0].into_iter().find(|times| times * power >= least * (1.0 - 1e-9));
    times.unwrap_or(10.0) * power
}

/// A bound no less than `value` that is a tick of the scale from 0.
#[must_use]
pub fn round_up(value: f64, most: u32) -> f64 {
    let step = step(value / f64::from(most.max(1)));
    libm::ceil(value / step - 5e-7) * step
}

/// A tick with as many decimals as its step has.
#[must_use]
pub fn tick(value: f64, step: f64) -> String {
    let decimals = libm::ceil(-libm::log10(step) - 1e-9).clamp(0.0, 9.0);
    with_decimals(value, decimals)
}

/// A number with three significant digits.
#[must_use]
pub fn significant(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return if value == 0.0 { "0".to_owned() } else { "-".to_owned() };
    }
    let decimals = (2.0 - libm::floor(libm::log10(value.abs()))).clamp(0.0, 9.0);
    with_decimals(value, decimals)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 9")]
fn with_decimals(value: f64, decimals: f64) -> String {
    crate::report::numbers::decimals(value, decimals as usize)
}

/// A share of 0 to 1 in per cent, with one decimal.
#[must_use]
pub fn percent(share: f64) -> String {
    with_decimals(share * 100.0, 1.0)
}

/// How many days have room for their words along so much of an axis.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few, and no fewer than three")]
pub fn most_days(room: f64) -> u32 {
    /// An ISO date in letters of a figure, and what must lie between two.
    const A_DAY: f64 = 110.0;
    (room / A_DAY).clamp(3.0, 10.0) as u32
}

/// First days of years; of months in less than three years, with the last day where it is less than one; single days, the
/// last among them, in less than three months: at most about so many, with their words, all written in one way. The first
/// day is among them; not where years have no room beside it, or it is not the first of a year itself.
#[must_use]
pub fn days((first, last): (Day, Day), most: u32) -> Vec<(Day, String)> {
    const YEAR_DAYS: i32 = 360;
    const THREE_MONTHS_DAYS: i32 = 92;
    let (year, ..) = first.calendar();
    let years = last.calendar().0 - year;
    let within = |(day, _): &(Day, String)| (first..=last).contains(day);
    if years >= 3 {
        // A year is not half as wide as a day.
        let room = 2 * most.cast_signed();
        let every = [1, 2, 5, 10, 20, 50, 100].into_iter().find(|every| years / every < room).unwrap_or(200);
        let of = |year: i32| Day::from_calendar(year, 1, 1).map(|day| (day, year.to_string()));
        let mut days: Vec<(Day, String)> =
            (year..=year + years).filter(|year| year % every == 0).filter_map(of).filter(within).collect();
        let has_room = |next: &(Day, String)| next.0.days_since(first) >= last.days_since(first) / room;
        if first.calendar() == (year, 1, 1) && days.first().is_some_and(|next| next.0 > first && has_room(next)) {
            days.insert(0, (first, year.to_string()));
        }
        return days;
    }
    let length = last.days_since(first);
    if length <= THREE_MONTHS_DAYS {
        return single_days(first, length, most.cast_signed());
    }
    let months = length / 30 + 1;
    let every = [1, 2, 3, 6].into_iter().find(|every| months / every < most.cast_signed()).unwrap_or(12);
    // Where an end is no first day of a month, it takes a whole date, and so do all others.
    let is_short = length < YEAR_DAYS;
    let words = |day: Day| match day.calendar() {
        (year, month, 1) if !is_short && first.calendar().2 == 1 => (day, format!("{year}-{month:02}")),
        _ => (day, day.to_string()),
    };
    let of = |(year, month): (i32, u32)| Day::from_calendar(year, month, 1).map(words);
    let all = (year..=year + years).flat_map(|year| (1..=12).map(move |month| (year, month)));
    let months =
        all.filter(|(_, month): &(i32, u32)| (month.cast_signed() - 1) % every == 0).filter_map(of).filter(within);
    // A month beside an end gives way to it: its words would run into those of the day.
    let apart = length / most.max(1).cast_signed();
    let is_apart = |day: Day| day.days_since(first) > apart && (!is_short || last.days_since(day) > apart);
    let inner = months.filter(|(day, _)| is_apart(*day));
    std::iter::once(words(first)).chain(inner).chain(is_short.then(|| words(last))).collect()
}

/// Days that are equally far apart, from the first to the last, so many days on.
fn single_days(first: Day, length: i32, most: i32) -> Vec<(Day, String)> {
    let steps = length.min(most.clamp(2, 6) - 1).max(1);
    let mut days: Vec<Day> = (0..=steps).map(|step| first + (length * step / steps).unsigned_abs()).collect();
    days.dedup();
    days.into_iter().map(|day| (day, day.to_string())).collect()
}

/// The middle of a word this wide, at a place or beside it, so that the word does not leave these bounds.
#[must_use]
pub fn within(x: f64, wide: f64, (left, right): (f64, f64)) -> f64 {
    x.min(right - wide / 2.0).max(left + wide / 2.0)
}

#[cfg(test)]
mod tests {
    use super::super::n;
    use super::*;

    #[track_caller]
    fn check(bounds: (f64, f64), most: u32, expected: &[&str]) {
        let (ticks, step) = ticks(bounds, most);
        assert_eq!(ticks.iter().map(|value| tick(*value, step)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn ticks_are_round_numbers_within() {
        check((0.0, 100.0), 5, &["0", "20", "40", "60", "80", "100"]);
        check((0.0, 0.3), 3, &["0.0", "0.1", "0.2", "0.3"]);
        check((-1.0, 1.0), 4, &["\u{2212}1.0", "\u{2212}0.5", "0.0", "0.5", "1.0"]);
        check((3.0, 17.0), 4, &["5", "10", "15"]);
        check((0.0, 0.0), 4, &["0"]);
        check((12_000.0, 38_000.0), 3, &["20,000", "30,000"]);
    }

    #[test]
    fn bounds_reach_the_next_tick() {
        let close = |one: f64, other: f64| assert!((one - other).abs() < 1e-9, "{one} {other}");
        close(round_up(64.5, 5), 80.0);
        close(round_up(80.0, 5), 80.0);
        close(round_up(0.27, 5), 0.3);
    }

    #[test]
    fn scales_are_straight_and_bear_a_single_value() {
        let scale = Linear::new((10.0, 20.0), (100.0, 0.0));
        assert_eq!([scale.at(10.0), scale.at(15.0), scale.at(20.0)].map(n), ["100", "50", "0"]);
        assert_eq!(n(Linear::new((3.0, 3.0), (0.0, 100.0)).at(3.0)), "50");
    }

    #[test]
    fn significant_digits() {
        assert_eq!(
            [0.0, 0.123_456, 12.345, 1234.5, -0.5, -0.000_000_000_1, 0.02].map(significant),
            ["0", "0.123", "12.3", "1,235", "\u{2212}0.500", "0.000000000", "0.0200"]
        );
        assert_eq!([0.645, 1.0, 0.0, 0.0625, 0.0615].map(percent), ["64.5", "100.0", "0.0", "6.3", "6.2"]);
    }

    #[test]
    fn days_are_the_first_of_years_or_months() {
        let day = |text: &str| text.parse::<Day>().expect("a date");
        let words = |first, last, most| -> Vec<String> {
            days((day(first), day(last)), most).into_iter().map(|(_, words)| words).collect()
        };
        assert_eq!(words("2011-01-01", "2020-12-31", 3), ["2012", "2014", "2016", "2018", "2020"]);
        assert_eq!(words("2010-05-16", "2011-05-15", 6), ["2010-05-16", "2010-10-01", "2011-01-01", "2011-04-01"]);
        assert_eq!(words("2011-01-01", "2035-12-31", 4), ["2011", "2015", "2020", "2025", "2030", "2035"]);
        assert_eq!(words("2010-05-16", "2020-12-31", 8)[0], "2011", "a year would not say which day it is");
        assert_eq!(words("1998-01-01", "2000-06-13", 8)[..2], ["1998-01", "1998-07"]);
        // Short times have both their ends.
        assert_eq!(
            words("2010-05-16", "2011-02-15", 6),
            ["2010-05-16", "2010-07-01", "2010-09-01", "2010-11-01", "2011-02-15"]
        );
        assert_eq!(words("2011-01-01", "2011-01-31", 4), ["2011-01-01", "2011-01-11", "2011-01-21", "2011-01-31"]);
        assert_eq!(words("2011-01-01", "2011-01-02", 9), ["2011-01-01", "2011-01-02"]);
        assert_eq!(words("2011-01-01", "2011-01-01", 9), ["2011-01-01"]);
    }
}
