//! An outcome over a factor: means with intervals, one series a variant, told apart by colour, dash and marker. A line
//! joins them where the factor has a scale and nothing else changes along it.

use maud::{Markup, html};

pub use super::level::Axis;

use super::level::Level;
use super::scale::{self, Linear};
use super::{Anchor, Figure, GREY, Hue, LETTER, RULE, Table, WIDTH, apart, fitted, float, n, text, width};

/// One mean with its interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Place of the factor's value on the axis; none for one that nobody wrote down, which stands beside it.
    pub at: Option<f64>,
    /// The value in words.
    pub value: String,
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
    /// In the order of the axis.
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
    /// What lies along the axis.
    pub axis: Axis,
    /// Whether a line joins the points of a series; never where the axis has words.
    pub joined: bool,
    /// The series. The first four have a colour, a dash and a label of their own; the others are grey.
    pub series: Vec<Series>,
}

const LEFT: f64 = 76.0;
const TOP: f64 = 36.0;
const BOTTOM: f64 = 338.0;
/// Room for labels: no more than leaves the figure its own.
const LEAST_ROOM: f64 = 110.0;
const MOST_ROOM: f64 = 340.0;

impl ByFactor {
    /// The figure.
    #[must_use]
    pub fn figure(&self) -> Figure {
        let points = || self.series.iter().flat_map(|series| &series.points);
        let reach = |values: &mut dyn Iterator<Item = f64>| {
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
        };
        let (low, high) = reach(&mut points().flat_map(|point| {
            let (low, high) = point.bounds();
            [low, high, point.mean]
        }));
        // Of what is never negative, nothing is part of the picture.
        let bounds = (low.min(0.0), if high > low.min(0.0) { high } else { low.min(0.0) + 1.0 });
        let places: Vec<Option<f64>> = points().map(|point| point.at).collect();
        let right = WIDTH - self.room();
        let x = Level::new(&self.axis, with_unit(&self.factor, &self.factor_unit), &places, (LEFT, right));
        let y = Linear::new(bounds, (BOTTOM, TOP));
        let drawing = html! {
            (self.grid(&y, bounds, right))
            (x.draw(BOTTOM))
            @for (index, series) in self.series.iter().enumerate().rev() {
                (series.draw(hue(index), &x, &y, self.joined, self.aside(index)))
            }
            (self.labels(&y, right))
        };
        Figure {
            name: self.name.clone(),
            title: format!("{} by {}", self.outcome, self.factor),
            description: self.over.clone(),
            height: BOTTOM + x.height(),
            before: None,
            drawing,
            tables: vec![self.table()],
        }
    }

    /// Room for the labels at the ends of lines.
    fn room(&self) -> f64 {
        let named = self.series.iter().take(Hue::ALL.len());
        let longest = named.map(|series| width(&series.name, LETTER)).fold(0.0, f64::max);
        (longest + 34.0).clamp(LEAST_ROOM, MOST_ROOM)
    }

    /// How far the points of a series stand beside their place: words have few places, and points would lie on points.
    fn aside(&self, index: usize) -> f64 {
        let middle = float(self.series.len().saturating_sub(1)) / 2.0;
        if matches!(self.axis, Axis::Words(_)) { (float(index) - middle) * 12.0 } else { 0.0 }
    }

    fn grid(&self, y: &Linear, bounds: (f64, f64), right: f64) -> Markup {
        let (ticks, step) = scale::ticks(bounds, 5);
        html! {
            (text((4.0, 18.0), Anchor::Start, "axis", &with_unit(&self.outcome, &self.outcome_unit)))
            @for tick in &ticks {
                path d={ "M" (n(LEFT)) " " (n(y.at(*tick))) "H" (n(right)) } stroke=(RULE) fill="none" {}
                (text((LEFT - 8.0, y.at(*tick) + 5.0), Anchor::End, "axis", &scale::tick(*tick, step)))
            }
        }
    }

    fn labels(&self, y: &Linear, right: f64) -> Markup {
        let named = self.series.iter().enumerate().filter_map(|(index, series)| {
            Some((fitted(&series.name, WIDTH - right - 30.0, LETTER), hue(index)?, y.at(series.points.last()?.mean)))
        });
        let named: Vec<(String, Hue, f64)> = named.collect();
        let mut heights: Vec<f64> = named.iter().map(|(.., height)| *height).collect();
        apart(&mut heights, LETTER + 5.0, (TOP, BOTTOM));
        html! {
            @for ((name, hue, _), height) in named.iter().zip(heights) {
                path d=(hue.marker(right + 18.0, height)) fill=(hue.code()) {}
                (text((right + 28.0, height + 5.0), Anchor::Start, "", name))
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
                let mean = scale::significant(point.mean);
                [series.name.clone(), point.value.clone(), mean].into_iter().chain(bounds).collect()
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
    fn draw(&self, hue: Option<Hue>, x: &Level, y: &Linear, joined: bool, aside: f64) -> Markup {
        let (colour, dash) = hue.map_or((GREY, "none"), |hue| (hue.code(), hue.dash()));
        let on_scale = self.points.iter().filter(|point| joined && point.at.is_some());
        let line = on_scale.map(|point| format!("{} {}", n(x.at(point.at)), n(y.at(point.mean))));
        let line = line.collect::<Vec<_>>().join("L");
        html! {
            @if !line.is_empty() {
                path d={ "M" (line) } fill="none" stroke=(colour) stroke-width="2" stroke-dasharray=(dash) {}
            }
            @for point in &self.points {
                @let at = x.at(point.at) + aside;
                @let (low, high) = point.bounds();
                path d={ "M" (n(at)) " " (n(y.at(low))) "V" (n(y.at(high))) } stroke=(colour) stroke-width="2" fill="none" {}
                @match hue {
                    Some(hue) => path d=(hue.marker(at, y.at(point.mean))) fill=(colour) {},
                    None => path d={ "M" (n(at - 4.0)) " " (n(y.at(point.mean))) "h8" } stroke=(colour) stroke-width="2" {},
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_is_drawn_and_stands_in_the_table() {
        let point =
            |at: f64| Point { at: Some(at), value: at.to_string(), mean: at * 2.0, interval: Some((at, at * 3.0)) };
        let series = |name: &str| Series { name: name.to_owned(), points: [0.0, 0.5, 1.0].map(point).to_vec() };
        let mut chart = ByFactor {
            name: "f".to_owned(),
            factor: "share".to_owned(),
            factor_unit: String::new(),
            outcome: "impunity".to_owned(),
            outcome_unit: String::new(),
            over: String::new(),
            axis: Axis::Numbers,
            joined: true,
            series: ["a", "b", "c", "d", "e"].map(series).to_vec(),
        };
        let figure = chart.figure();
        assert_eq!(figure.tables[0].rows.len(), 15);
        let drawing = figure.drawing.into_string();
        assert_eq!(Hue::ALL.map(|hue| drawing.matches(&format!("fill=\"{}\"", hue.code())).count()), [4; 4]);
        assert!(!drawing.contains("NaN") && !drawing.contains("inf"), "{drawing}");
        let lines = |chart: &ByFactor| chart.figure().drawing.into_string().matches(Hue::Blue.dash()).count();
        assert_eq!(lines(&chart), 1);
        (chart.axis, chart.joined) = (Axis::Words(["x", "y"].map(str::to_owned).to_vec()), false);
        assert_eq!(lines(&chart), 0, "no line from word to word");
    }
}
