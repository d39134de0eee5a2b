//! How lines over time are drawn: each look with its width and dash, stretches of a line that are thicker, bands.

use maud::{Markup, html};

use super::scale::Linear;
use super::{GREY, Hue, INK, n};
use crate::base::Day;

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// In front, by colour and dash, with dark edges: it is the darkest without colour, too.
    Bright(Hue),
    /// Grey, dashed and with a label: what the bright one is compared with.
    Baseline,
    /// Thin and dashed in ink, and in steps: what is compared with, and changes on single days.
    Expected,
    /// Behind, in ink, with a label of its own, and the dash of this number.
    Named(usize),
    /// Behind, thin.
    Grey,
}

/// Dashes of named lines. None is that of what is expected.
const DASHES: [&str; 6] = ["none", "2 3", "14 3 2 3", "4 2", "14 3 2 3 2 3", "20 4"];

impl Look {
    /// Colour, width and dash.
    pub(super) const fn stroke(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Bright(hue) => (hue.code(), "3.5", hue.dash()),
            Self::Expected => (INK, "2", "7 4"),
            Self::Baseline => (GREY, "3", "10 5"),
            Self::Named(number) => (INK, "1.4", DASHES[number % DASHES.len()]),
            Self::Grey => (GREY, "1.2", "none"),
        }
    }
}

/// One line.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Per cent, one for each day of the chart; none where there is no value.
    pub values: Vec<Option<f64>>,
    /// Lower and upper bound of a band for each day, none where there is no value; empty without a band.
    pub band: Vec<Option<(f64, f64)>>,
    /// How it is drawn.
    pub look: Look,
    /// Times in which it is thicker, each with its first and last day.
    pub thicker: Vec<(Day, Day)>,
}

impl Series {
    /// All that is drawn of it.
    pub(super) fn most(&self) -> impl Iterator<Item = f64> {
        self.values.iter().flatten().copied().chain(self.band.iter().flatten().map(|(_, high)| *high))
    }

    /// How its label is written.
    pub(super) const fn class(&self) -> &'static str {
        match self.look {
            Look::Bright(_) => "strong",
            Look::Grey => "soft",
            Look::Baseline | Look::Expected | Look::Named(_) => "",
        }
    }

    /// Its last value, and at which of the days it has it: a line may end before others do.
    pub(super) fn end(&self) -> Option<(usize, f64)> {
        self.values.iter().enumerate().rev().find_map(|(place, value)| Some((place, (*value)?)))
    }

    pub(super) fn draw(&self, days: &[Day], x: &Linear, y: &Linear) -> Markup {
        let (colour, stroke, dash) = self.look.stroke();
        let points = |kept: &dyn Fn(usize) -> bool| -> Vec<Option<(f64, f64)>> {
            let on = |(place, (day, value)): (usize, (&Day, &Option<f64>))| {
                value.filter(|_| kept(place)).map(|value| (x.at_day(*day), y.at(value)))
            };
            days.iter().zip(&self.values).enumerate().map(on).collect()
        };
        let is_thick = |place: usize| {
            days.get(place).is_some_and(|day| self.thicker.iter().any(|(from, to)| from <= day && day <= to))
        };
        // The ends of a thicker stretch are those of the thin ones beside it.
        let is_thin = |place: usize| (place.saturating_sub(1)..=place + 1).any(|near| !is_thick(near));
        let line = path(&points(&is_thin), self.look == Look::Expected);
        let thick = if self.thicker.is_empty() { String::new() } else { path(&points(&is_thick), false) };
        let end = self.end().map(|(place, value)| (x.at_day(days[place]), y.at(value)));
        html! {
            @if !self.band.is_empty() {
                // Two bands over one another are told apart by their edges.
                path d=(self.band_path(days, x, y)) fill=(colour) fill-opacity="0.2" stroke=(colour) stroke-width="0.8" {}
            }
            @if let Look::Bright(_) = self.look {
                path d=(line) fill="none" stroke=(INK) stroke-width="5.5" stroke-dasharray=(dash) stroke-linejoin="round" {}
            }
            path d=(line) fill="none" stroke=(colour) stroke-width=(stroke) stroke-dasharray=(dash) stroke-linejoin="round" {}
            @if !thick.is_empty() {
                path d=(thick) fill="none" stroke=(colour) stroke-width="3.2" stroke-dasharray=(dash) {}
            }
            @if let (Look::Bright(hue), Some((x, y))) = (self.look, end) { path d=(hue.marker(x, y)) fill=(colour) stroke=(INK) {} }
        }
    }

    /// One closed shape for each time without a gap.
    pub(super) fn band_path(&self, days: &[Day], x: &Linear, y: &Linear) -> String {
        let mut path = String::new();
        let banded: Vec<(&Day, Option<(f64, f64)>)> = days.iter().zip(self.band.iter().copied()).collect();
        for part in banded.split(|(_, band)| band.is_none()).filter(|part| !part.is_empty()) {
            let high = part.iter().filter_map(|(day, band)| Some((x.at_day(**day), y.at((*band)?.1))));
            let low = part.iter().rev().filter_map(|(day, band)| Some((x.at_day(**day), y.at((*band)?.0))));
            let points: Vec<String> = high.chain(low).map(|(x, y)| format!("{} {}", n(x), n(y))).collect();
            path.extend(["M", &points.join("L"), "z"]);
        }
        path
    }
}

/// A line through these points, broken where there is none; from point to point, each counted from the one before, which
/// takes the fewest letters. In steps it stays at a value until the next.
fn path(points: &[Option<(f64, f64)>], in_steps: bool) -> String {
    let mut path = String::new();
    let mut pen: Option<(f64, f64)> = None;
    for point in points {
        // In tenths, so that roundings do not add up.
        let point = point.map(|(x, y)| (libm::round(x * 10.0), libm::round(y * 10.0)));
        match (pen, point) {
            (None, Some((x, y))) => path.extend(["M", &n(x / 10.0), " ", &n(y / 10.0)]),
            (Some(from), Some((x, y))) if in_steps => {
                path.extend(["h", &n((x - from.0) / 10.0)]);
                if (y - from.1).abs() > 0.5 {
                    path.extend(["v", &n((y - from.1) / 10.0)]);
                }
            }
            (Some(from), Some((x, y))) => path.extend(["l", &n((x - from.0) / 10.0), " ", &n((y - from.1) / 10.0)]),
            (_, None) => {}
        }
        pen = point;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_on_a_day_stays_as_it_was_until_then() {
        let points = [Some((0.0, 10.0)), Some((5.0, 10.0)), Some((10.0, 40.0)), None, Some((20.0, 40.04))];
        assert_eq!(path(&points, true), "M0 10h5h5v30M20 40");
        assert_eq!(path(&points, false), "M0 10l5 0l5 30M20 40");
    }

    #[test]
    fn roundings_do_not_add_up() {
        let points: Vec<Option<(f64, f64)>> = (0..400).map(|month| Some((f64::from(month) * 1.234, 1.0))).collect();
        let ended: f64 = path(&points, false)
            .split('l')
            .skip(1)
            .map(|step| step.split(' ').next().map_or(0.0, |step| step.parse().expect("a number")))
            .sum();
        assert!((ended - 399.0 * 1.234).abs() < 0.06, "{ended}");
    }

    #[test]
    fn a_stretch_is_thicker_and_nothing_of_the_line_is_left_out() {
        let days: Vec<Day> = (0..6).map(|number| Day::from_number(number * 30)).collect();
        let series = Series {
            name: "a".to_owned(),
            values: vec![Some(1.0); 6],
            band: Vec::new(),
            look: Look::Named(1),
            thicker: vec![(days[2], days[4])],
        };
        let scale = Linear::new((0.0, 150.0), (0.0, 150.0));
        let drawn = series.draw(&days, &scale, &scale).into_string();
        assert!(
            drawn.contains("d=\"M0 1l30 0l30 0M120 1l30 0\" fill=\"none\" stroke=\"#1b1b1b\" stroke-width=\"1.4\""),
            "{drawn}"
        );
        assert!(
            drawn.contains("d=\"M60 1l30 0l30 0\" fill=\"none\" stroke=\"#1b1b1b\" stroke-width=\"3.2\""),
            "{drawn}"
        );
    }

    #[test]
    fn no_two_named_lines_are_dashed_alike() {
        let all: std::collections::BTreeSet<&str> = DASHES.into_iter().chain([Look::Expected.stroke().2]).collect();
        assert_eq!(all.len(), DASHES.len() + 1);
    }
}
