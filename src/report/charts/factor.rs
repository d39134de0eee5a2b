//! An outcome over a factor: means with intervals, one series a variant, told apart by colour, dash and marker. A line
//! joins them where the factor has a scale and nothing else changes along it.

use maud::{Markup, html};

pub use super::level::Axis;

use super::legend::{Legend, Look};
use super::level::{ASIDE, Level};
use super::scale::{self, Linear};
use super::{Anchor, Figure, INK, RULE, Table, WIDTH, float, n, text};

/// One mean with its interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Place of the factor's value on the axis; none for one that nobody wrote down, which stands beside it.
    pub at: Option<f64>,
    /// The value in words.
    pub value: String,
    /// Mean of the outcome.
    pub mean: f64,
    /// Lower and upper bound of its 95 % interval; none of a single seed, and where many runs do not define the outcome.
    pub interval: Option<(f64, f64)>,
    /// The part of the runs made there that do not define the outcome, from 0 to 1.
    pub undefined: f64,
    /// The part of the runs there that nobody has made yet, from 0 to 1.
    pub not_made: f64,
}

/// Why a run has no value, and what the column is called that has it.
type Lacks = (fn(&Point) -> f64, &'static str);
const LACKING: [Lacks; 2] =
    [(|point| point.undefined, "runs that do not define it, %"), (|point| point.not_made, "runs not made yet, %")];

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
/// Leaves room for half of the last word under the axis.
const RIGHT: f64 = WIDTH - 24.0;
/// Where the legend begins, what lies between it and the plot, and how high that is.
const LEGEND: f64 = 28.0;
const BELOW_LEGEND: f64 = 16.0;
const HIGH: f64 = 302.0;

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
        let bounds = bounds(low, high);
        let places: Vec<Option<f64>> = points().map(|point| point.at).collect();
        let factor = with_unit(&with_unit(&self.factor, &self.factor_unit), self.axis.says());
        let x = Level::new(&self.axis, factor, &places, (LEFT, RIGHT));
        let legend = self.legend();
        let top = LEGEND + legend.height() + BELOW_LEGEND;
        let bottom = top + HIGH;
        let y = Linear::new(bounds, (bottom, top));
        let drawing = html! {
            (legend.draw(LEGEND, self.joined))
            (self.grid(&y, bounds))
            @if bounds.0 > 0.0 {
                // The usual sign of an axis that is cut: it does not begin at nothing.
                path d={ "M" (n(LEFT)) " " (n(bottom)) "v-5l-6-4l12-6l-6-4v-8" } fill="none" stroke=(INK) stroke-width="1.4" {}
            }
            (x.draw(bottom))
            @for (index, series) in self.series.iter().enumerate().rev() {
                (series.draw(Look::of(index), &x, &y, self.joined, self.aside(index)))
            }
        };
        Figure {
            name: self.name.clone(),
            title: format!("{} by {}", self.outcome, self.factor),
            description: self.description(bounds.0 > 0.0),
            height: bottom + x.height(),
            before: None,
            drawing,
            tables: vec![self.table()],
        }
    }

    /// What the means are, and how the axis is to be read.
    fn description(&self, is_cut: bool) -> String {
        let cut = if is_cut { " The vertical axis does not begin at 0." } else { "" };
        let side_by_side = match self.series.len() {
            0 | 1 => "",
            _ => " Marks of several series at one value stand side by side round it.",
        };
        let logarithmic = match self.axis {
            Axis::Ratios => " The axis of the factor is logarithmic: equal ratios are equally far apart on it.",
            Axis::Numbers | Axis::Days | Axis::Words(_) => "",
        };
        format!("{}{cut}{logarithmic}{side_by_side}", self.over)
    }

    /// A label for each series.
    fn legend(&self) -> Legend {
        Legend::of(self.series.iter().map(|series| series.name.as_str()), (LEFT, RIGHT))
    }

    /// How far a series stands beside its place: points and intervals of several would lie on one another.
    fn aside(&self, index: usize) -> f64 {
        /// Words have room for whole markers side by side; on a scale, intervals must be told apart and no more.
        const IN_SLOTS: f64 = 12.0;
        const ON_SCALE: f64 = 6.0;
        let others = float(self.series.len().saturating_sub(1));
        let step = match self.axis {
            Axis::Words(_) => IN_SLOTS,
            // The outermost series stay within what the axis leaves free at its ends.
            Axis::Numbers | Axis::Ratios | Axis::Days => ON_SCALE.min(2.0 * ASIDE / others.max(1.0)),
        };
        (float(index) - others / 2.0) * step
    }

    fn grid(&self, y: &Linear, bounds: (f64, f64)) -> Markup {
        let (ticks, step) = scale::ticks(bounds, 5);
        html! {
            (text((4.0, 18.0), Anchor::Start, "axis", &with_unit(&self.outcome, &self.outcome_unit)))
            @for tick in &ticks {
                path d={ "M" (n(LEFT)) " " (n(y.at(*tick))) "H" (n(RIGHT)) } stroke=(RULE) fill="none" {}
                (text((LEFT - 8.0, y.at(*tick) + 5.0), Anchor::End, "axis", &scale::tick(*tick, step)))
            }
        }
    }

    fn table(&self) -> Table {
        let outcome = with_unit(&self.outcome, &self.outcome_unit);
        let columns = ["Series".to_owned(), with_unit(&self.factor, &self.factor_unit), outcome];
        let bounds = ["interval from".to_owned(), "to".to_owned()];
        let mut lacking = LACKING.to_vec();
        lacking.retain(|(part, _)| self.series.iter().flat_map(|series| &series.points).any(|point| part(point) > 0.0));
        let rows = self.series.iter().flat_map(|series| {
            series.points.iter().map(|point| {
                let bound = |bound: Option<f64>| bound.map_or_else(|| "-".to_owned(), scale::significant);
                let bounds = [point.interval.map(|(low, _)| low), point.interval.map(|(_, high)| high)].map(bound);
                let mean = scale::significant(point.mean);
                let lacks = lacking.iter().map(|(part, _)| scale::percent(part(point)));
                [series.name.clone(), point.value.clone(), mean].into_iter().chain(bounds).chain(lacks).collect()
            })
        });
        let heads = lacking.iter().map(|(_, head)| (*head).to_owned());
        Table {
            caption: String::new(),
            rows: rows.collect(),
            columns: columns.into_iter().chain(bounds).chain(heads).collect(),
            choice: None,
        }
    }
}

/// From where to where the vertical axis goes: from 0, unless all values lie so far from it that little of the height would be
/// theirs.
fn bounds(low: f64, high: f64) -> (f64, f64) {
    /// Of the height from 0, what the values take at least.
    const LEAST: f64 = 0.3;
    const TICKS: u32 = 5;
    if low > 0.0 && high > low && high - low < LEAST * high {
        let (_, step) = scale::ticks((low, high), TICKS);
        return (libm::floor(low / step) * step, libm::ceil(high / step) * step);
    }
    let low = low.min(0.0);
    (low, low + scale::round_up(if high > low { high - low } else { 1.0 }, TICKS))
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
        let line = on_scale.map(|point| format!("{} {}", n(x.at(point.at) + aside), n(y.at(point.mean))));
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
    use super::super::Hue;
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

    /// A mean at a value that is itself.
    fn bare(mean: f64) -> Point {
        Point { at: Some(mean), value: mean.to_string(), mean, interval: None, undefined: 0.0, not_made: 0.0 }
    }

    #[test]
    fn every_point_is_drawn_and_stands_in_the_table() {
        let point = |at: f64| Point { mean: at * 2.0, interval: Some((at, at * 3.0)), ..bare(at) };
        let series = |name: &str| Series { name: name.to_owned(), points: [0.0, 0.5, 1.0].map(point).to_vec() };
        let mut chart = chart(["a", "b", "c", "d", "e"].map(series).to_vec());
        let figure = chart.figure();
        assert_eq!(figure.tables[0].rows.len(), 15);
        let drawing = figure.drawing.into_string();
        assert_eq!(Hue::ALL.map(|hue| drawing.matches(&format!("fill=\"{}\"", hue.code())).count()), [4; 4]);
        assert!(!drawing.contains("NaN") && !drawing.contains("inf"), "{drawing}");
        let lines = |chart: &ByFactor| chart.figure().drawing.into_string().matches(Hue::Blue.dash()).count();
        assert_eq!(lines(&chart), 2, "its own, and that of the legend");
        (chart.axis, chart.joined) = (Axis::Words(["x", "y"].map(str::to_owned).to_vec()), false);
        assert_eq!(lines(&chart), 0, "no line from word to word");
    }

    #[test]
    fn series_stand_side_by_side_and_stay_within_the_figure() {
        let point = |at: f64| Point {
            at: Some(at),
            value: at.to_string(),
            mean: 1.0,
            interval: Some((0.5, 1.5)),
            undefined: 0.0,
            not_made: 0.0,
        };
        let series = |name: &str| Series { name: name.to_owned(), points: [0.0, 0.5, 1.0].map(point).to_vec() };
        let asides = |names: &[&str]| {
            let chart = chart(names.iter().map(|name| series(name)).collect());
            (0..names.len()).map(|index| chart.aside(index)).collect::<Vec<_>>()
        };
        assert_eq!(asides(&["a"]), [0.0]);
        assert_eq!(asides(&["a", "b", "c"]), [-6.0, 0.0, 6.0]);
        let many = asides(&["a", "b", "c", "d", "e", "f", "g", "h", "i"]);
        assert!(many.windows(2).all(|pair| pair[1] - pair[0] > 2.0) && many[8] <= ASIDE, "{many:?}");
        // Three intervals at one place, and lines that go through their own marks.
        let drawing = chart(["a", "b", "c"].map(series).to_vec()).figure().drawing.into_string();
        let from = |at: f64| {
            let start = format!("\"M{} ", n(at));
            let paths = drawing.split(&start).skip(1).filter_map(|path| path.split('"').next());
            let (lines, others): (Vec<&str>, Vec<&str>) = paths.partition(|path| path.contains('L'));
            (lines.len(), others.iter().filter(|path| path.contains('V')).count())
        };
        let first = LEFT + 14.0;
        assert_eq!([first - 6.0, first, first + 6.0].map(from), [(1, 1); 3], "a line and an interval each: {drawing}");
    }

    #[test]
    fn an_axis_that_does_not_begin_at_nothing_says_so() {
        let reaches = |low, high, expected: (f64, f64)| {
            let found = bounds(low, high);
            assert!((found.0 - expected.0).abs() + (found.1 - expected.1).abs() < 1e-9, "{found:?}");
        };
        reaches(43.2, 43.9, (43.2, 44.0));
        reaches(3.0, 43.0, (0.0, 50.0));
        reaches(5.0, 5.0, (0.0, 5.0));
        let figure = chart(vec![Series { name: "a".to_owned(), points: [90.0, 95.0].map(bare).to_vec() }]).figure();
        assert!(figure.description.contains("The vertical axis does not begin at 0."));
        let figure = chart(vec![Series { name: "a".to_owned(), points: [5.0, 95.0].map(bare).to_vec() }]).figure();
        assert!(!figure.description.contains("does not begin"));
    }

    #[test]
    fn a_logarithmic_axis_says_so() {
        let mut chart = chart(vec![Series { name: "a".to_owned(), points: [1.0, 10.0, 100.0].map(bare).to_vec() }]);
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
    fn the_legend_stands_above_all_that_is_drawn() {
        let series = |name: &str| Series { name: name.to_owned(), points: [0.0, 100.0].map(bare).to_vec() };
        let names: Vec<String> = (0..8).map(|number| format!("a-variant-with-the-number-{number}")).collect();
        for count in [1, 8] {
            let chart = chart(names[..count].iter().map(|name| series(name)).collect());
            let (legend, drawing) = (chart.legend(), chart.figure().drawing.into_string());
            let above = drawing.find(&legend.draw(LEGEND, true).into_string()).expect("the legend is drawn");
            assert!(drawing[above..].contains(&format!("V{}", n(LEGEND + legend.height() + BELOW_LEGEND))));
        }
    }
}
