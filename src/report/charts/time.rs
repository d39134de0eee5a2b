//! Lines over time with their bands: one bright state over grey others, spells shaded, labels at the ends of lines.

use maud::{Markup, html};

use super::line_ends::{self, Label};
use super::scale::{self, Linear};
use super::{Anchor, Figure, Hue, INK, LETTER, RULE, Table, WIDTH, apart, fitted, float, n, text, width};
use crate::base::Day;

pub use super::strokes::{Look, Series};

/// A time that is shaded.
#[derive(Clone, Debug)]
pub struct Spell {
    /// What it is.
    pub name: String,
    /// Its first day.
    pub from: Day,
    /// Its last day.
    pub to: Day,
}

/// The chart.
#[derive(Clone, Debug)]
pub struct TimeChart {
    /// Unique on its page.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What it shows.
    pub description: String,
    /// What is measured, with its unit.
    pub axis: String,
    /// The days of the values; at least one, rising.
    pub days: Vec<Day>,
    /// The lines; later ones stand in front.
    pub series: Vec<Series>,
    /// Shaded times.
    pub spells: Vec<Spell>,
    /// The label that all grey lines share; each has its own, if it is empty.
    pub others: String,
    /// What bands are, as a heading of the table.
    pub band: String,
    /// The days that stand in the table; all of them, if it is empty.
    pub tabled: Vec<Day>,
}

const HEIGHT: f64 = 400.0;
const LEFT: f64 = 52.0;
/// Room for the labels at the ends of lines, as much as they need: no more than leaves the figure its own.
const LEAST_ROOM: f64 = 120.0;
const MOST_ROOM: f64 = 340.0;
/// Between a line and its label.
const GAP: f64 = 14.0;
const TOP: f64 = 52.0;
const BOTTOM: f64 = HEIGHT - 34.0;

impl TimeChart {
    /// The figure.
    #[must_use]
    pub fn figure(&self) -> Figure {
        let days = (self.days.first().copied().unwrap_or_default(), self.days.last().copied().unwrap_or_default());
        let right = WIDTH - GAP - self.room();
        let x = Linear::of_days(days, (LEFT, right));
        let most = self.series.iter().flat_map(Series::most).fold(1.0, f64::max);
        let y = Linear::new((0.0, scale::round_up(most, 5)), (BOTTOM, TOP));
        let drawing = html! {
            (self.grid(&x, &y, days, (scale::round_up(most, 5), right)))
            (self.shading(&x, days))
            @for series in &self.series { (series.draw(&self.days, &x, &y)) }
            (self.labels(&x, &y, right))
        };
        Figure {
            name: self.name.clone(),
            title: self.title.clone(),
            description: self.description.clone(),
            height: HEIGHT,
            before: None,
            drawing,
            tables: vec![self.table()],
        }
    }

    fn grid(&self, x: &Linear, y: &Linear, days: (Day, Day), (most, right): (f64, f64)) -> Markup {
        let (ticks, step) = scale::ticks((0.0, most), 5);
        html! {
            (text((4.0, 18.0), Anchor::Start, "axis", &self.axis))
            @for tick in &ticks {
                path d={ "M" (n(LEFT)) " " (n(y.at(*tick))) "H" (n(right)) } stroke=(RULE) fill="none" {}
                (text((LEFT - 8.0, y.at(*tick) + 5.0), Anchor::End, "axis", &scale::tick(*tick, step)))
            }
            @for (day, words) in scale::days(days, scale::most_days(right - LEFT)) {
                path d={ "M" (n(x.at_day(day))) " " (n(BOTTOM)) "v5" } stroke=(INK) fill="none" {}
                (text((x.at_day(day), BOTTOM + 22.0), Anchor::Middle, "axis", &words))
            }
        }
    }

    /// Shaded spells, each with its two bounds, and named above where its name has room.
    fn shading(&self, x: &Linear, (first, last): (Day, Day)) -> Markup {
        let mut named_until = LEFT;
        let spells = self.spells.iter().filter(|spell| spell.from <= last && spell.to >= first);
        let spells: Vec<(f64, f64, Option<&str>)> = spells
            .map(|spell| {
                let (from, to) = (x.at_day(spell.from.max(first)), x.at_day(spell.to.min(last)));
                let room = from >= named_until && from + width(&spell.name, LETTER) <= WIDTH;
                if room {
                    named_until = from + width(&spell.name, LETTER) + 8.0;
                }
                (from, to, room.then_some(spell.name.as_str()))
            })
            .collect();
        html! {
            @for (from, to, name) in spells {
                path d={ "M" (n(from)) " " (n(TOP)) "H" (n(to)) "V" (n(BOTTOM)) "H" (n(from)) "z" }
                    fill=(Hue::Vermilion.code()) fill-opacity="0.13" {}
                path d={ "M" (n(from)) " " (n(TOP - 6.0)) "V" (n(BOTTOM)) "M" (n(to)) " " (n(TOP - 6.0)) "V" (n(BOTTOM)) }
                    stroke=(Hue::Vermilion.code()) fill="none" {}
                @if let Some(name) = name { (text((from, TOP - 11.0), Anchor::Start, "", name)) }
            }
        }
    }

    /// Whether a line shares its label with the other grey ones.
    fn shares(&self, series: &Series) -> bool {
        series.look == Look::Grey && !self.others.is_empty()
    }

    /// How wide the labels are, within reason.
    fn room(&self) -> f64 {
        let own = self.series.iter().filter(|series| !self.shares(series));
        let own = own.filter_map(line_ends::wide);
        // What is as wide as its room must not be cut for the rounding of a sum.
        (own.chain([width(&self.others, LETTER)]).fold(0.0, f64::max) + 1.0).clamp(LEAST_ROOM, MOST_ROOM)
    }

    /// A label at the end of every line, which may come before the last day; the grey lines may share theirs, where the
    /// longest of them end.
    fn labels(&self, x: &Linear, y: &Linear, right: f64) -> Markup {
        let room = self.room();
        let grey: Vec<(usize, f64)> =
            self.series.iter().filter(|series| self.shares(series)).filter_map(Series::end).collect();
        let own: Vec<&Series> = self.series.iter().filter(|series| !self.shares(series)).collect();
        let mut labels: Vec<Label> = line_ends::of(&own, room);
        for label in &mut labels {
            label.height = y.at(label.height);
        }
        if let Some(place) = grey.iter().map(|(place, _)| *place).max() {
            let longest: Vec<f64> = grey.iter().filter(|(end, _)| *end == place).map(|(_, value)| *value).collect();
            let middle = longest.iter().sum::<f64>() / float(longest.len());
            let words = [fitted(&self.others, room, LETTER), self.others.clone()];
            labels.push(Label { words, class: "soft", place, height: y.at(middle), look: None });
        }
        let end = |place: usize| self.days.get(place).map_or(right, |day| x.at_day(*day));
        let mut heights: Vec<f64> = labels.iter().map(|label| label.height).collect();
        apart(&mut heights, LETTER + 5.0, (TOP, BOTTOM));
        html! {
            @for (label, height) in labels.iter().zip(heights) { (label.draw(end(label.place) + 12.0, height)) }
        }
    }

    fn table(&self) -> Table {
        let banded = |series: &Series| !series.band.is_empty();
        let columns = self.series.iter().rev().flat_map(|series| {
            let band = banded(series).then(|| format!("{}, {}", series.name, self.band));
            std::iter::once(series.name.clone()).chain(band)
        });
        let tabled = |day: &Day| self.tabled.is_empty() || self.tabled.contains(day);
        let row = |(index, day): (usize, &Day)| {
            let cells = self.series.iter().rev().flat_map(|series| {
                let value = series.values.get(index).copied().flatten();
                let bounds = |(low, high)| format!("{} to {}", scale::tick(low, 0.1), scale::tick(high, 0.1));
                let band = series.band.get(index).map(|band| band.map_or_else(|| "-".to_owned(), bounds));
                std::iter::once(value.map_or_else(|| "-".to_owned(), |value| scale::tick(value, 0.1))).chain(band)
            });
            std::iter::once(day.to_string()).chain(cells).collect()
        };
        Table {
            caption: self.axis.clone(),
            columns: std::iter::once("Day".to_owned()).chain(columns).collect(),
            rows: self.days.iter().enumerate().filter(|(_, day)| tabled(day)).map(row).collect(),
            choice: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months() -> Vec<Day> {
        (1..=4).map(|month| Day::from_calendar(2011, month, 1).expect("a day")).collect()
    }

    fn chart(series: Vec<Series>, others: &str) -> TimeChart {
        TimeChart {
            name: "t".to_owned(),
            title: "T".to_owned(),
            description: "D".to_owned(),
            axis: "share, %".to_owned(),
            days: months(),
            series,
            spells: Vec::new(),
            others: others.to_owned(),
            band: "10th to 90th percentile".to_owned(),
            tabled: Vec::new(),
        }
    }

    #[test]
    fn a_band_is_drawn_where_there_is_one_and_tabled_on_the_days_asked_for() {
        let days = months();
        let bright = Series {
            name: "joins".to_owned(),
            values: vec![None, Some(20.0), Some(30.0), Some(25.0)],
            band: vec![None, Some((10.0, 40.0)), Some((20.0, 50.0)), Some((25.0, 25.0))],
            look: Look::Bright(Hue::Vermilion),
            thicker: Vec::new(),
        };
        let baseline = Series { name: "holds-out".to_owned(), look: Look::Baseline, ..bright.clone() };
        let chart = TimeChart { tabled: vec![days[0], days[2]], ..chart(vec![baseline, bright.clone()], "") };
        for name in ["Dunmar", "United States", "content-reserved"] {
            let bright = Series { name: name.to_owned(), ..bright.clone() };
            let chart = TimeChart { series: vec![bright.clone()], ..chart.clone() };
            let labels = line_ends::of(&[&bright], chart.room());
            assert_eq!(labels[0].words[0], labels[0].words[1], "as wide as its room");
        }
        let (x, y) = (Linear::new((0.0, 1.0), (0.0, 1.0)), Linear::new((0.0, 100.0), (0.0, 100.0)));
        assert_eq!(bright.band_path(&days, &x, &y).matches('L').count(), 5, "three days, above and below");
        let table = chart.table();
        assert_eq!(table.columns[1..3], ["joins", "joins, 10th to 90th percentile"]);
        let row = ["2011-03-01", "30.0", "20.0 to 50.0", "30.0", "20.0 to 50.0"];
        assert_eq!(table.rows.len(), 2);
        assert_eq!((table.rows[0][1].as_str(), table.rows[0][2].as_str()), ("-", "-"));
        assert_eq!(table.rows[1], row);
    }

    #[test]
    fn a_line_that_ends_before_the_others_has_its_label_where_it_ends() {
        let days = months();
        let line = |name: &str, values: [Option<f64>; 4]| {
            let (name, values) = (name.to_owned(), values.to_vec());
            Series { name, values, band: Vec::new(), look: Look::Grey, thicker: Vec::new() }
        };
        let (short, whole) = (
            line("ends", [Some(10.0), Some(20.0), None, None]),
            line("goes-on", [Some(10.0), Some(12.0), Some(13.0), Some(14.0)]),
        );
        let x = Linear::new((f64::from(days[0].number()), f64::from(days[3].number())), (0.0, 100.0));
        let y = Linear::new((0.0, 100.0), (0.0, 100.0));
        let labels = |chart: &TimeChart| chart.labels(&x, &y, 100.0).into_string();
        let own = labels(&chart(vec![short.clone(), whole.clone()], ""));
        let at = |day: Day| format!("<text x=\"{}\"", n(x.at_day(day) + 12.0));
        for (day, words) in [(days[1], "ends 20.0 %"), (days[3], "goes-on 14.0 %")] {
            let label = own.split("</text>").find(|label| label.ends_with(words)).expect("a label");
            assert!(label.contains(&at(day)), "{own}");
        }
        // A label that is shared stands where the longest line ends, and else with the one that there is.
        let shared = labels(&chart(vec![short.clone(), whole], "others"));
        assert!(shared.contains(&at(days[3])) && !shared.contains(&at(days[1])), "{shared}");
        assert!(labels(&chart(vec![short], "others")).contains(&at(days[1])));
    }
}
