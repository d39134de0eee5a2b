//! A range that a factor may have: what stands at a place in the unit interval, where that lies on the way from one end to
//! the other, and how the range is cut into levels.

use super::factor::Level;
use crate::base::interval::float;
use crate::base::{Day, Place};
use crate::reading::{Kind as Written, Node};
use crate::tables::{Cell, Kind};

/// A range, ends included.
#[derive(Clone, Copy, Debug)]
pub enum Range {
    /// Numbers.
    Numbers {
        /// Lower end.
        from: f64,
        /// Upper end.
        to: f64,
        /// Whole ones alone.
        whole: bool,
        /// Equal ratios are equal steps.
        logarithmic: bool,
    },
    /// Days.
    Days {
        /// First.
        from: Day,
        /// Last.
        to: Day,
    },
}

impl Range {
    /// The kind of its column.
    pub(super) const fn kind(self) -> Kind {
        match self {
            Self::Numbers { whole: true, .. } => Kind::Whole,
            Self::Numbers { .. } => Kind::Number,
            Self::Days { .. } => Kind::Day,
        }
    }

    /// What stands at a place in the unit interval. Whole numbers and days have equal parts of it each.
    pub(super) fn at(self, unit: f64, place: Place) -> Level {
        match self {
            Self::Numbers { from, to, whole, logarithmic } => {
                let upper = if whole { to + 1.0 } else { to };
                let number = between(from, upper, unit, logarithmic);
                // The exponential of a logarithm may lie a rounding below what it was of.
                number_level(if whole { libm::floor(number) } else { number }.clamp(from, to), whole, place)
            }
            Self::Days { from, to } => {
                let days = usize::try_from(to.days_since(from)).unwrap_or(0) + 1;
                day_level(from + u32::try_from(share_of(unit, days)).unwrap_or(0), place)
            }
        }
    }

    /// How far along the range that is: the inverse of [`Self::at`], but for the rounding.
    pub(super) fn part(self, unit: f64, place: Place) -> f64 {
        match (self, self.at(unit, place).cell) {
            (Self::Numbers { from, to, whole: true, logarithmic }, Cell::Whole(value)) => {
                #[expect(clippy::cast_precision_loss, reason = "a range was checked to lie below 2^53")]
                let value = value as f64;
                let scale = |number: f64| if logarithmic { libm::log(number) } else { number };
                (scale(value) - scale(from)) / (scale(to) - scale(from))
            }
            (Self::Days { from, to }, Cell::Day(day)) => {
                f64::from(day.days_since(from)) / f64::from(to.days_since(from))
            }
            _ => unit,
        }
    }

    /// So many levels, evenly spaced, both ends among them.
    pub(super) fn levels(self, steps: usize, place: Place) -> Vec<Level> {
        let part = |step: usize| if steps < 2 { 0.0 } else { float(step) / float(steps - 1) };
        let level = |step: usize| match self {
            Self::Numbers { from, to, whole, logarithmic } => {
                let number = between(from, to, part(step), logarithmic).clamp(from, to);
                number_level(if whole { libm::round(number) } else { number }, whole, place)
            }
            Self::Days { from, to } => {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "days of a range of dates")]
                let days = libm::round(f64::from(to.days_since(from)) * part(step)) as u32;
                day_level(from + days, place)
            }
        };
        (0..steps).map(level).collect()
    }
}

fn between(from: f64, to: f64, part: f64, logarithmic: bool) -> f64 {
    if logarithmic {
        return libm::exp(libm::log(from) + part * (libm::log(to) - libm::log(from)));
    }
    from + part * (to - from)
}

fn plain(text: String, place: Place) -> Node {
    Node { id: 0, place, kind: Written::Scalar { text, plain: true } }
}

#[expect(clippy::cast_possible_truncation, reason = "whole numbers of a range that was checked")]
fn number_level(number: f64, whole: bool, place: Place) -> Level {
    let cell = if whole { Cell::Whole(number as i64) } else { Cell::Number(number) };
    Level { value: plain(number.to_string(), place), cell }
}

fn day_level(day: Day, place: Place) -> Level {
    Level { value: plain(day.to_string(), place), cell: Cell::Day(day) }
}

/// Which of so many equal parts of the unit interval.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the count")]
pub(super) fn share_of(unit: f64, count: usize) -> usize {
    ((unit * float(count)) as usize).min(count.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::{Place, Range};

    #[test]
    fn steps_of_a_range_hold_both_ends() {
        let ratio = Range::Numbers { from: 1.0, to: 100.0, whole: false, logarithmic: true };
        let cells: Vec<String> =
            ratio.levels(3, Place::NOWHERE).iter().map(|l| l.cell.written().into_owned()).collect();
        assert_eq!(cells.len(), 3);
        assert!(cells[1].starts_with("10") || cells[1].starts_with("9.999"), "{cells:?}");
        let days = Range::Days { from: "2011-01-01".parse().unwrap(), to: "2011-01-31".parse().unwrap() };
        let cells: Vec<String> = days.levels(3, Place::NOWHERE).iter().map(|l| l.cell.written().into_owned()).collect();
        assert_eq!(cells, ["2011-01-01", "2011-01-16", "2011-01-31"]);
    }

    /// The exponential of a logarithm may be a rounding too little, and a whole number too low.
    #[test]
    fn a_whole_logarithmic_range_begins_and_ends_where_it_says() {
        for from in 1..=100_u32 {
            let range = Range::Numbers { from: from.into(), to: 200.0, whole: true, logarithmic: true };
            let ends = [0.0, 1.0 - f64::EPSILON].map(|unit| range.at(unit, Place::NOWHERE).cell.written().into_owned());
            assert_eq!(ends, [from.to_string(), "200".to_owned()]);
            assert!(range.part(0.0, Place::NOWHERE).abs() < 1e-12);
        }
    }
}
