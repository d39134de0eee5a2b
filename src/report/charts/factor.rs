//! An outcome over a factor: means with intervals, one series a variant, told apart by colour, dash and marker. A line
//! joins them where the factor has a scale and nothing else changes along it.

use maud::{Markup, html};

pub use super::level::Axis;

use super::level::Level;
use super::scale::{self, Linear};
use super::{
    Anchor, Figure, GREY, Hue, LETTER, RULE, Table, WIDTH, apart, distinct, float, n, short_text, text, width,
};

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
    /// The series. The first eight have a look and a label of their own; the others are grey and share theirs.
    pub series: Vec<Series>,
}

const LEFT: f64 = 76.0;
const TOP: f64 = 36.0;
const BOTTOM: f64 = 338.0;
/// Room for labels: no more than leaves the figure its own.
const LEAST_ROOM: f64 = 110.0;
const MOST_ROOM: f64 = 340.0;

/// How a series is drawn: the first four in a colour each, filled, the next four grey, by the same dashes and markers,
/// empty; what comes after these has a stroke for a marker.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Filled(Hue),
    Empty(Hue),
    Stroke,
}

impl Look {
    fn of(index: usize) -> Self {
        let filled = Hue::ALL.map(Self::Filled).into_iter();
        filled.chain(Hue::ALL.map(Self::Empty)).nth(index).unwrap_or(Self::Stroke)
    }

    const fn colour(self) -> &'static str {
        if let Self::Filled(hue) = self { hue.code() } else { GREY }
    }

    const fn dash(self) -> &'static str {
        match self {
            Self::Filled(hue) | Self::Empty(hue) => hue.dash(),
            Self::Stroke => "none",
        }
    }

    fn marker(self, x: f64, y: f64) -> Markup {
        html! {
            @match self {
                Self::Filled(hue) => path d=(hue.marker(x, y)) fill=(hue.code()) {},
                Self::Empty(hue) => path d=(hue.marker(x, y)) fill="#ffffff" stroke=(GREY) stroke-width="2" {},
                Self::Stroke => path d={ "M" (n(x - 4.0)) " " (n(y)) "h8" } stroke=(GREY) stroke-width="2" {},
            }
        }
    }
}

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
        let low = low.min(0.0);
        let bounds = (low, low + scale::round_up(if high > low { high - low } else { 1.0 }, 5));
        let places: Vec<Option<f64>> = points().map(|point| point.at).collect();
        let right = WIDTH - self.room();
        let factor = with_unit(&with_unit(&self.factor, &self.factor_unit), self.axis.says());
        let x = Level::new(&self.axis, factor, &places, (LEFT, right));
        let y = Linear::new(bounds, (BOTTOM, TOP));
        let drawing = html! {
            (self.grid(&y, bounds, right))
            (x.draw(BOTTOM))
            @for (index, series) in self.series.iter().enumerate().rev() {
                (series.draw(Look::of(index), &x, &y, self.joined, self.aside(index)))
            }
            (self.labels(&y, right))
        };
        Figure {
            name: self.name.clone(),
            title: format!("{} by {}", self.outcome, self.factor),
            description: self.description(),
            height: BOTTOM + x.height(),
            before: None,
            drawing,
            tables: vec![self.table()],
        }
    }

    /// What the means are, and how the axis is to be read.
    fn description(&self) -> String {
        if self.axis != Axis::Ratios {
            return self.over.clone();
        }
        format!("{} The axis of the factor is logarithmic: equal ratios are equally far apart on it.", self.over)
    }

    /// Room for the labels at the ends of lines.
    fn room(&self) -> f64 {
        let named = self.named();
        let longest = named.iter().map(|(_, name, _)| width(name, LETTER)).fold(0.0, f64::max);
        (longest + 34.0).clamp(LEAST_ROOM, MOST_ROOM)
    }

    /// What is labelled, by how it looks, and the mean of its last point; one label for all that look alike.
    fn named(&self) -> Vec<(Look, String, f64)> {
        let last = |series: &Series| Some((series.name.clone(), series.points.last()?.mean));
        let all = self.series.iter().enumerate().filter_map(|(index, series)| Some((Look::of(index), last(series)?)));
        let (alike, own): (Vec<_>, Vec<_>) = all.partition(|(look, _)| *look == Look::Stroke);
        let mut named: Vec<_> = own.into_iter().map(|(look, (name, mean))| (look, name, mean)).collect();
        match &alike[..] {
            [] => {}
            [(look, (name, mean))] => named.push((*look, name.clone(), *mean)),
            [(look, (_, mean)), ..] => named.push((*look, format!("{} others, see the numbers", alike.len()), *mean)),
        }
        named
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
        let named = self.named();
        let short = distinct(named.iter().map(|(_, name, _)| (name.as_str(), WIDTH - right - 30.0)), LETTER);
        let mut heights: Vec<f64> = named.iter().map(|(.., mean)| y.at(*mean)).collect();
        apart(&mut heights, LETTER + 5.0, (TOP, BOTTOM));
        html! {
            @for (((look, name, _), short), height) in named.iter().zip(&short).zip(heights) {
                (look.marker(right + 18.0, height))
                (short_text((right + 28.0, height + 5.0), Anchor::Start, "", short, name))
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

fn with_unit(what: &str, unit: &str) -> String {
    if unit.is_empty() { what.to_owned() } else { format!("{what}, {unit}") }
}

impl Point {
    fn bounds(&self) -> (f64, f64) {
        self.interval.unwrap_or((self.mean, self.mean))
    }
}

impl Series {
    fn draw(&self, look: Look, x: &Level, y: &Linear, joined: bool, aside: f64) -> Markup {
        let (colour, dash) = (look.colour(), look.dash());
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
                (look.marker(at, y.at(point.mean)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(series: Vec<Series>) -> ByFactor {
        ByFactor {
            name: "f".to_owned(),
            factor: "share".to_owned(),
            factor_unit: String::new(),
            outcome: "impunity".to_owned(),
            outcome_unit: String::new(),
            over: String::new(),
            axis: Axis::Numbers,
            joined: true,
            series,
        }
    }

    #[test]
    fn every_point_is_drawn_and_stands_in_the_table() {
        let point =
            |at: f64| Point { at: Some(at), value: at.to_string(), mean: at * 2.0, interval: Some((at, at * 3.0)) };
        let series = |name: &str| Series { name: name.to_owned(), points: [0.0, 0.5, 1.0].map(point).to_vec() };
        let mut chart = chart(["a", "b", "c", "d", "e"].map(series).to_vec());
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

    #[test]
    fn a_logarithmic_axis_says_so() {
        let point = |at: f64| Point { at: Some(at), value: at.to_string(), mean: at, interval: None };
        let mut chart = chart(vec![Series { name: "a".to_owned(), points: [1.0, 10.0, 100.0].map(point).to_vec() }]);
        let says = |chart: &ByFactor| {
            let figure = chart.figure();
            let axis = figure.drawing.into_string().contains(">share, logarithmic axis</text>");
            (axis, figure.description.contains("The axis of the factor is logarithmic"))
        };
        assert_eq!(says(&chart), (false, false));
        chart.axis = Axis::Ratios;
        assert_eq!(says(&chart), (true, true));
    }

    #[test]
    fn every_series_has_a_label_with_the_marker_of_its_points() {
        let point = Point { at: Some(0.0), value: "0".to_owned(), mean: 1.0, interval: None };
        let all = ["a", "b", "c", "d", "e", "f", "g", "h", "ninth", "tenth"];
        let series = |name: &&str| Series { name: (*name).to_owned(), points: vec![point.clone()] };
        let of = |names: &[&str]| chart(names.iter().map(series).collect());
        let y = Linear::new((0.0, 1.0), (BOTTOM, TOP));
        for (names, shared) in [(&all[..9], "ninth"), (&all[..], "2 others, see the numbers")] {
            let labels = of(names).labels(&y, 700.0).into_string();
            for name in all[..8].iter().chain([&shared]) {
                assert_eq!(labels.matches(&format!(">{name}</text>")).count(), 1, "{name}: {labels}");
            }
            assert_eq!(labels.matches("<path").count(), 9);
        }
        let looks: Vec<String> = (0..9).map(|index| Look::of(index).marker(0.0, 0.0).into_string()).collect();
        assert_eq!(looks.iter().collect::<std::collections::BTreeSet<_>>().len(), looks.len());
    }
}
