//! A timeline: one lane a kind of event, a mark for each day, its words beside it where they have room.

use maud::{Markup, html};

use super::scale::{self, Linear};
use super::{Anchor, Figure, Hue, INK, LETTER, RULE, Table, WIDTH, fitted, float, n, text, width};
use crate::base::Day;

/// What happened on a day in a lane.
#[derive(Clone, Debug)]
pub struct Event {
    /// The day.
    pub day: Day,
    /// A few words to stand beside the mark.
    pub short: String,
    /// All of it, for the table.
    pub words: String,
}

/// One lane.
#[derive(Clone, Debug)]
pub struct Lane {
    /// What its events are.
    pub name: String,
    /// Colour and shape of its marks.
    pub hue: Hue,
    /// Rising by day.
    pub events: Vec<Event>,
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

const LEFT: f64 = 424.0;
const RIGHT: f64 = WIDTH - 16.0;
const LANE: f64 = 28.0;
const TOP: f64 = 10.0;

impl Timeline {
    /// The figure.
    #[must_use]
    pub fn figure(&self) -> Figure {
        let x = Linear::of_days(self.days, (LEFT + 8.0, RIGHT - 8.0));
        let bottom = TOP + float(self.lanes.len()) * LANE;
        let drawing = html! {
            @for (day, words) in scale::days(self.days, 8) {
                path d={ "M" (n(x.at_day(day))) " " (n(TOP)) "V" (n(bottom + 4.0)) } stroke=(RULE) fill="none" {}
                (text((x.at_day(day), bottom + 22.0), Anchor::Middle, "axis", &words))
            }
            @for (index, lane) in self.lanes.iter().enumerate() { (lane.draw(&x, TOP + (float(index) + 0.5) * LANE)) }
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
    fn draw(&self, x: &Linear, middle: f64) -> Markup {
        let mut free_from = LEFT;
        let mut marks: Vec<(f64, Option<&str>)> = Vec::new();
        for (index, event) in self.events.iter().enumerate() {
            let at = x.at_day(event.day);
            let next = self.events.get(index + 1).map_or(RIGHT, |next| x.at_day(next.day) - 12.0);
            let end = at + 12.0 + width(&event.short, LETTER);
            let room = at >= free_from && end <= next.min(WIDTH - 2.0);
            if room {
                free_from = end;
            }
            marks.push((at, room.then_some(event.short.as_str())));
        }
        html! {
            (text((LEFT - 12.0, middle + 5.0), Anchor::End, "", &fitted(&self.name, LEFT - 16.0, LETTER)))
            path d={ "M" (n(LEFT)) " " (n(middle)) "H" (n(RIGHT)) } stroke=(RULE) fill="none" {}
            @for (at, words) in marks {
                path d=(self.hue.marker(at, middle)) fill=(self.hue.code()) stroke=(INK) stroke-width="0.7" {}
                @if let Some(words) = words { (text((at + 12.0, middle + 5.0), Anchor::Start, "", words)) }
            }
        }
    }
}
