//! A timeline: one lane a kind of event, a mark for each day, its words beside it where they have room.

use maud::{Markup, html};

use super::scale::{self, Linear};
use super::{Anchor, Figure, INK, LETTER, RULE, Table, WIDTH, distinct, float, n, short_text, text, width};
use crate::base::Day;
use crate::report::lines::wrapped;

/// What happened on a day in a lane.
#[derive(Clone, Debug)]
pub struct Event {
    /// The day.
    pub day: Day,
    /// A few words to stand beside the mark.
    pub short: String,
    /// All of it, for the table.
    pub words: String,
    /// Who did it, by name.
    pub who: Vec<String>,
}

/// One lane.
#[derive(Clone, Debug)]
pub struct Lane {
    /// What its events are.
    pub name: String,
    /// Its marks.
    pub mark: Mark,
    /// What is counted where names have no room: acts of this name, or states, each once.
    pub counts: Option<&'static str>,
    /// Rising by day.
    pub events: Vec<Event>,
}

/// A mark: each has a shape of its own, so that none is told from another by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Empty: what binds nobody yet.
    Ring,
    /// The same, filled.
    Disc,
    /// A square.
    Square,
    /// A square on its corner.
    Diamond,
    /// Its point above.
    Triangle,
    /// Its point below.
    Wedge,
    /// Two strokes across one another.
    Cross,
    /// An empty square.
    Frame,
    /// A square on its corner, drawn in at the sides.
    Star,
    /// Two upright strokes across one another.
    Plus,
    /// Wider than high.
    Bar,
}

impl Mark {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Ring,
        Self::Disc,
        Self::Square,
        Self::Diamond,
        Self::Triangle,
        Self::Wedge,
        Self::Cross,
        Self::Frame,
        Self::Star,
        Self::Plus,
        Self::Bar,
    ];

    /// Its outline round a point.
    fn path(self, x: f64, y: f64) -> String {
        let from = |x_off: f64, y_off: f64| format!("M{} {}", n(x + x_off), n(y + y_off));
        match self {
            Self::Ring | Self::Disc => from(-5.0, 0.0) + "a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
            Self::Square | Self::Frame => from(-4.5, -4.5) + "h9v9h-9z",
            Self::Diamond => from(0.0, -6.0) + "l6 6l-6 6l-6-6z",
            Self::Triangle => from(0.0, -6.0) + "l6 10h-12z",
            Self::Wedge => from(0.0, 6.0) + "l6-10h-12z",
            Self::Cross => from(-5.0, -3.0) + "l2-2l3 3l3-3l2 2l-3 3l3 3l-2 2l-3-3l-3 3l-2-2l3-3z",
            Self::Star => from(0.0, -7.0) + "l2 5l5 2l-5 2l-2 5l-2-5l-5-2l5-2z",
            Self::Plus => from(-2.0, -6.0) + "h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
            Self::Bar => from(-7.0, -2.5) + "h14v5h-14z",
        }
    }

    const fn fill(self) -> &'static str {
        match self {
            Self::Ring | Self::Frame => "#ffffff",
            Self::Disc | Self::Star | Self::Bar => "#D55E00",
            Self::Square | Self::Wedge | Self::Plus => "#0072B2",
            Self::Diamond => "#009E73",
            Self::Triangle | Self::Cross => "#CC79A7",
        }
    }
}

/// The timeline.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// Unique on its page.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What it shows.
    pub description: String,
    /// First and last day.
    pub days: (Day, Day),
    /// The lanes, from the top.
    pub lanes: Vec<Lane>,
}

/// Names of lanes have the room they need in two lines, and the time no less than the rest.
const MOST_LEFT: f64 = 420.0;
const RIGHT: f64 = WIDTH - 16.0;
const LANE: f64 = 48.0;
const LINE: f64 = LETTER + 3.0;
const TOP: f64 = 10.0;

impl Timeline {
    /// The figure.
    #[must_use]
    pub fn figure(&self) -> Figure {
        let names = self.names();
        let longest = names.iter().flatten().map(|line| width(line, LETTER)).fold(0.0, f64::max);
        let left = (longest + 18.0).min(MOST_LEFT);
        let x = Linear::of_days(self.days, (left + 8.0, RIGHT - 8.0));
        let bottom = TOP + float(self.lanes.len()) * LANE;
        let drawing = html! {
            @for (day, words) in scale::days(self.days, scale::most_days(RIGHT - left).min(8)) {
                @let at = x.at_day(day);
                path d={ "M" (n(at)) " " (n(TOP)) "V" (n(bottom + 4.0)) } stroke=(RULE) fill="none" {}
                @let middle = scale::within(at, width(&words, LETTER), (0.0, WIDTH));
                (text((middle, bottom + 22.0), Anchor::Middle, "axis", &words))
            }
            @for (index, (lane, lines)) in self.lanes.iter().zip(&names).enumerate() {
                (lane.draw(lines, &x, left, TOP + (float(index) + 0.5) * LANE))
            }
        };
        Figure {
            name: self.name.clone(),
            title: self.title.clone(),
            description: self.description.clone(),
            height: bottom + 30.0,
            before: None,
            drawing,
            tables: vec![self.table()],
        }
    }

    /// The names of the lanes, each in as many lines as there is room for, or cut.
    fn names(&self) -> Vec<Vec<String>> {
        const MOST_LINES: usize = 2;
        let room = MOST_LEFT - 18.0;
        let fits =
            |lines: &Vec<String>| lines.len() <= MOST_LINES && lines.iter().all(|line| width(line, LETTER) <= room);
        let in_lines = |name: &str| (16..=70).rev().map(|letters| wrapped(name, letters)).find(fits);
        let cut = distinct(self.lanes.iter().map(|lane| (lane.name.as_str(), room)), LETTER);
        self.lanes.iter().zip(cut).map(|(lane, cut)| in_lines(&lane.name).unwrap_or_else(|| vec![cut])).collect()
    }

    fn table(&self) -> Table {
        let mut rows: Vec<Vec<String>> = Vec::new();
        for lane in &self.lanes {
            for event in &lane.events {
                rows.push(vec![event.day.to_string(), lane.name.clone(), event.words.clone()]);
            }
        }
        // ISO days sort as texts do; the order of the lanes stays within a day.
        rows.sort_by(|one, other| one[0].cmp(&other[0]));
        Table {
            caption: String::new(),
            columns: ["Day", "event", "who"].map(str::to_owned).to_vec(),
            rows,
            choice: None,
        }
    }
}

impl Lane {
    fn draw(&self, lines: &[String], x: &Linear, left: f64, middle: f64) -> Markup {
        let marks: Vec<f64> = self.events.iter().map(|event| x.at_day(event.day)).collect();
        let first_line = middle + 5.0 - float(lines.len() - 1) * LINE / 2.0;
        html! {
            @for (number, line) in lines.iter().enumerate() {
                (short_text((left - 12.0, first_line + float(number) * LINE), Anchor::End, "", line, if lines.len() == 1 { &self.name } else { line }))
            }
            path d={ "M" (n(left)) " " (n(middle)) "H" (n(RIGHT)) } stroke=(RULE) fill="none" {}
            @let groups = self.groups(&marks, left);
            @for (group, _) in groups.iter().filter(|(group, _)| group.len() > 1) {
                path d={ "M" (n(marks[group.start])) " " (n(middle)) "H" (n(marks[group.end - 1])) } stroke=(INK) stroke-width="2" fill="none" {}
            }
            @for at in &marks {
                path d=(self.mark.path(*at, middle)) fill=(self.mark.fill()) stroke=(INK) stroke-width=(if self.mark.fill() == "#ffffff" { "1.8" } else { "0.7" }) {}
            }
            @for ((at, below, anchor), words) in groups.iter().filter_map(|(_, placed)| placed.as_ref()) {
                (text((*at, middle + below), *anchor, "", words))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Mark;

    #[test]
    fn no_two_marks_look_alike() {
        let looks = Mark::ALL.map(|mark| (mark.path(0.0, 0.0), mark.fill()));
        assert_eq!(looks.iter().collect::<BTreeSet<_>>().len(), Mark::ALL.len());
    }
}
