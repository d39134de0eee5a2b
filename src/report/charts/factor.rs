//! An outcome over a factor: means with intervals, one line a series, told apart by colour, dash and marker.

use maud::{Markup, html};

use super::scale::{self, Linear};
use super::{Anchor, Figure, GREY, Hue, INK, LETTER, RULE, Table, WIDTH, apart, fitted, n, text};

/// One mean with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Value of the factor.
    pub factor: f64,
    /// Mean of the outcome.
    pub mean: f64,
    /// Lower and upper bound of its 95 % interval; none of a single seed.
    pub interval: Option<(f64, f64)>,
}

/// Points that belong together.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// By factor, rising.
    pub points: Vec<Point>,
}

/// An outcome over a factor.
#[derive(Clone, Debug)]
pub struct ByFactor {
    /// Unique on its page.
    pub name: String,
    /// The factor, as the study names it.
    pub factor: String,
    /// Its unit; may be empty.
    pub factor_unit: String,
    /// The outcome.
    pub outcome: String,
    /// Its unit; may be empty.
    pub outcome_unit: String,
    /// What the means are taken over, and what their intervals say, in sentences.
    pub over: String,
    /// The series. The first four have a colour, a dash and a label of their own; the others are grey.
    pub series: Vec<Series>,
}

const HEIGHT: f64 = 400.0;
const LEFT: f64 = 76.0;
const RIGHT: f64 = WIDTH - 200.0;
const TOP: f64 = 36.0;
const BOTTOM: f64 = HEIGHT - 62.0;

impl ByFactor {
    /// The figure.
    #[must_use]
    pub fn figure(&self) -> Figure {
        let points = || self.series.iter().flat_map(|series| &series.points);
        let reach = |values: &mut dyn Iterator<Item = f64>| {
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
        };
        let factors = reach(&mut points().map(|point| point.factor));
        let (low, high) = reach(&mut points().flat_map(|point| {
            let (low, high) = point.bounds();
            [low, high, point.mean]
        }));
        // Of what is never negative, nothing is part of the picture.
        let bounds = (low.min(0.0), if high > low.min(0.0) { high } else { low.min(0.0) + 1.0 });
        let inset = 14.0;
        let x = Linear::new(factors, (LEFT + inset, RIGHT - inset));
        let y = Linear::new(bounds, (BOTTOM, TOP));
        let drawing = html! {
            (self.grid(&x, &y, factors, bounds))
            @for (index, series) in self.series.iter().enumerate().rev() { (series.draw(hue(index), &x, &y)) }
            (self.labels(&y))
        };
        Figure {
            name: self.name.clone(),
            title: format!("{} by {}", self.outcome, self.factor),
            description: self.over.clone(),
            height: HEIGHT,
            before: None,
            drawing,
            tables: vec![self.table()],
        }
    }

    fn grid(&self, x: &Linear, y: &Linear, factors: (f64, f64), bounds: (f64, f64)) -> Markup {
        let ((upright, upright_step), (level, level_step)) = (scale::ticks(bounds, 5), scale::ticks(factors, 8));
        html! {
            (text((4.0, 18.0), Anchor::Start, "axis", &with_unit(&self.outcome, &self.outcome_unit)))
            @for tick in &upright {
                path d={ "M" (n(LEFT)) " " (n(y.at(*tick))) "H" (n(RIGHT)) } stroke=(RULE) fill="none" {}
                (text((LEFT - 8.0, y.at(*tick) + 5.0), Anchor::End, "axis", &scale::tick(*tick, upright_step)))
            }
            path d={ "M" (n(LEFT)) " " (n(BOTTOM)) "H" (n(RIGHT)) } stroke=(INK) fill="none" {}
            @for tick in &level {
                path d={ "M" (n(x.at(*tick))) " " (n(BOTTOM)) "v5" } stroke=(INK) fill="none" {}
                (text((x.at(*tick), BOTTOM + 22.0), Anchor::Middle, "axis", &scale::tick(*tick, level_step)))
            }
            (text((f64::midpoint(LEFT, RIGHT), HEIGHT - 8.0), Anchor::Middle, "axis",
                &fitted(&with_unit(&self.factor, &self.factor_unit), RIGHT - LEFT, LETTER)))
        }
    }

    fn labels(&self, y: &Linear) -> Markup {
        let named = self.series.iter().enumerate().filter_map(|(index, series)| {
            Some((fitted(&series.name, WIDTH - RIGHT - 16.0, LETTER), hue(index)?, y.at(series.points.last()?.mean)))
        });
        let named: Vec<(String, Hue, f64)> = named.collect();
        let mut heights: Vec<f64> = named.iter().map(|(.., height)| *height).collect();
        apart(&mut heights, LETTER + 5.0, (TOP, BOTTOM));
        html! {
            @for ((name, hue, _), height) in named.iter().zip(heights) {
                path d=(hue.marker(RIGHT + 4.0, height)) fill=(hue.code()) {}
                (text((RIGHT + 14.0, height + 5.0), Anchor::Start, "", name))
            }
        }
    }

    fn table(&self) -> Table {
        let outcome = with_unit(&self.outcome, &self.outcome_unit);
        let columns = ["Series".to_owned(), with_unit(&self.factor, &self.factor_unit), outcome];
        let bounds = ["interval from".to_owned(), "to".to_owned()];
        let rows = self.series.iter().flat_map(|series| {
            series.points.iter().map(|point| {
                let bound = |bound: Option<f64>| bound.map_or_else(|| "-".to_owned(), scale::significant);
                let bounds = [point.interval.map(|(low, _)| low), point.interval.map(|(_, high)| high)].map(bound);
                let numbers = [point.factor, point.mean].map(scale::significant);
                std::iter::once(series.name.clone()).chain(numbers).chain(bounds).collect()
            })
        });
        Table {
            caption: String::new(),
            columns: columns.into_iter().chain(bounds).collect(),
            rows: rows.collect(),
            choice: None,
        }
    }
}

fn hue(index: usize) -> Option<Hue> {
    Hue::ALL.get(index).copied()
}

fn with_unit(what: &str, unit: &str) -> String {
    if unit.is_empty() { what.to_owned() } else { format!("{what}, {unit}") }
}

impl Point {
    fn bounds(&self) -> (f64, f64) {
        self.interval.unwrap_or((self.mean, self.mean))
    }
}

impl Series {
    fn draw(&self, hue: Option<Hue>, x: &Linear, y: &Linear) -> Markup {
        let (colour, dash) = hue.map_or((GREY, "none"), |hue| (hue.code(), hue.dash()));
        let points = self.points.iter().map(|point| format!("{} {}", n(x.at(point.factor)), n(y.at(point.mean))));
        let line = points.collect::<Vec<_>>().join("L");
        html! {
            @if !line.is_empty() {
                path d={ "M" (line) } fill="none" stroke=(colour) stroke-width="2" stroke-dasharray=(dash) {}
            }
            @for point in &self.points {
                @let at = x.at(point.factor);
                @let (low, high) = point.bounds();
                path d={ "M" (n(at)) " " (n(y.at(low))) "V" (n(y.at(high))) } stroke=(colour) stroke-width="2" fill="none" {}
                @if let Some(hue) = hue { path d=(hue.marker(at, y.at(point.mean))) fill=(colour) {} }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_is_drawn_and_stands_in_the_table() {
        let point = |factor: f64| Point { factor, mean: factor * 2.0, interval: Some((factor, factor * 3.0)) };
        let series = |name: &str| Series { name: name.to_owned(), points: [0.0, 0.5, 1.0].map(point).to_vec() };
        let chart = ByFactor {
            name: "f".to_owned(),
            factor: "share".to_owned(),
            factor_unit: String::new(),
            outcome: "impunity".to_owned(),
            outcome_unit: String::new(),
            over: String::new(),
            series: ["a", "b", "c", "d", "e"].map(series).to_vec(),
        };
        let figure = chart.figure();
        assert_eq!(figure.tables[0].rows.len(), 15);
        let drawing = figure.drawing.into_string();
        assert_eq!(Hue::ALL.map(|hue| drawing.matches(&format!("fill=\"{}\"", hue.code())).count()), [4; 4]);
        assert!(!drawing.contains("NaN") && !drawing.contains("inf"), "{drawing}");
    }
}
