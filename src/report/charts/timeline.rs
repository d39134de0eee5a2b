//! A timeline: one lane a kind of event, a mark for each day, its words beside it where they have room.

use maud::{Markup, html};

use super::scale::{self, Linear};
use super::{Anchor, Figure, INK, LETTER, RULE, Table, WIDTH, distinct, float, n, short_text, text, width};
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
    /// How many states did it.
    pub states: usize,
}

/// One lane.
#[derive(Clone, Debug)]
pub struct Lane {
    /// What its events are.
    pub name: String,
    /// Its marks.
    pub mark: Mark,
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

/// Names of lanes have the room they need, and the time no less than the rest.
const MOST_LEFT: f64 = 540.0;
const RIGHT: f64 = WIDTH - 16.0;
const LANE: f64 = 28.0;
const TOP: f64 = 10.0;
/// From the middle of a mark to words beside it.
const BESIDE: f64 = 12.0;

impl Timeline {
    /// The figure.
    #[must_use]
    pub fn figure(&self) -> Figure {
        let longest = self.lanes.iter().map(|lane| width(&lane.name, LETTER)).fold(0.0, f64::max);
        let left = (longest + 18.0).min(MOST_LEFT);
        let x = Linear::of_days(self.days, (left + 8.0, RIGHT - 8.0));
        let bottom = TOP + float(self.lanes.len()) * LANE;
        let short = distinct(self.lanes.iter().map(|lane| (lane.name.as_str(), left - 16.0)), LETTER);
        let drawing = html! {
            @for (day, words) in scale::days(self.days, 8) {
                path d={ "M" (n(x.at_day(day))) " " (n(TOP)) "V" (n(bottom + 4.0)) } stroke=(RULE) fill="none" {}
                (text((x.at_day(day), bottom + 22.0), Anchor::Middle, "axis", &words))
            }
            @for (index, (lane, short)) in self.lanes.iter().zip(&short).enumerate() {
                (lane.draw(short, &x, left, TOP + (float(index) + 0.5) * LANE))
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
    fn draw(&self, short: &str, x: &Linear, left: f64, middle: f64) -> Markup {
        let marks: Vec<f64> = self.events.iter().map(|event| x.at_day(event.day)).collect();
        let labels = self.labels(&marks, left);
        html! {
            (short_text((left - 12.0, middle + 5.0), Anchor::End, "", short, &self.name))
            path d={ "M" (n(left)) " " (n(middle)) "H" (n(RIGHT)) } stroke=(RULE) fill="none" {}
            @for at in marks {
                path d=(self.mark.path(at, middle)) fill=(self.mark.fill()) stroke=(INK) stroke-width=(if self.mark.fill() == "#ffffff" { "1.8" } else { "0.7" }) {}
            }
            @for (at, anchor, words) in labels { (text((at, middle + 5.0), anchor, "", words)) }
        }
    }

    /// Words beside the marks for which there is room, to the right or else to the left: what most states did comes first.
    fn labels(&self, marks: &[f64], left: f64) -> Vec<(f64, Anchor, &str)> {
        let mut order: Vec<usize> = (0..marks.len()).collect();
        order.sort_by_key(|index| (std::cmp::Reverse(self.events[*index].states), *index));
        let (mut taken, mut labels) = (Vec::<(f64, f64)>::new(), Vec::new());
        for index in order {
            let (at, event) = (marks[index], &self.events[index]);
            let long = width(&event.short, LETTER);
            let sides =
                [(at + BESIDE, at + BESIDE + long, Anchor::Start), (at - BESIDE - long, at - BESIDE, Anchor::End)];
            let free = |(from, to, _): &(f64, f64, Anchor)| {
                let clear =
                    |mark: &f64| *mark + BESIDE <= *from || *mark - BESIDE >= *to || (*mark - at).abs() < BESIDE;
                let apart = |(begin, end): &(f64, f64)| *end + 4.0 <= *from || *begin - 4.0 >= *to;
                // A mark beside this one that is nearer to the words would seem to be what they are of.
                let nearest = |mark: &f64| (*mark - from).abs().min((*mark - to).abs()) >= BESIDE - 1.0;
                *from >= left
                    && *to <= WIDTH - 2.0
                    && marks.iter().all(|mark| clear(mark) && nearest(mark))
                    && taken.iter().all(apart)
            };
            if let Some((from, to, anchor)) = sides.into_iter().find(free) {
                taken.push((from, to));
                labels.push((if anchor == Anchor::Start { from } else { to }, anchor, event.short.as_str()));
            }
        }
        labels
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Event, Lane, Mark};
    use crate::report::charts::Anchor;

    #[test]
    fn what_most_states_did_has_words_first() {
        let event = |short: &str, states| Event {
            day: "2025-10-25".parse().expect("a day"),
            short: short.to_owned(),
            words: String::new(),
            states,
        };
        let events = vec![event("68 states", 68), event("3 states", 3), event("Mauritius", 1)];
        let lane = Lane { name: "signed".to_owned(), mark: Mark::Ring, events };
        let words = |marks: &[f64]| lane.labels(marks, 180.0);
        // To the left, where the next mark leaves no room to the right; the one in between is not named for another.
        let found = words(&[586.0, 588.0, 640.0]);
        assert_eq!(found.iter().map(|label| label.2).collect::<Vec<_>>(), ["68 states", "Mauritius"]);
        assert_eq!(found.iter().map(|label| label.1).collect::<Vec<_>>(), [Anchor::End, Anchor::Start]);
        // Where there is room, all of them, each to the right of its mark.
        assert_eq!(words(&[200.0, 400.0, 600.0]).len(), 3);
        assert!(words(&[182.0, 190.0, 200.0]).iter().all(|(at, anchor, _)| *anchor == Anchor::Start && *at > 200.0));
    }

    #[test]
    fn no_two_marks_look_alike() {
        let looks = Mark::ALL.map(|mark| (mark.path(0.0, 0.0), mark.fill()));
        assert_eq!(looks.iter().collect::<BTreeSet<_>>().len(), Mark::ALL.len());
    }
}
