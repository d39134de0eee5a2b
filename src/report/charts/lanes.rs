//! Labels of a lane of a timeline: each mark is named, or counted with those beside it.
//!
//! Deliberately absent: what is drawn; see [`super::timeline`].

use std::collections::BTreeSet;
use std::ops::Range;

use super::timeline::Lane;
use super::{Anchor, LETTER, WIDTH, scale, width};

/// Marks of a lane with one label, from the first to the last.
pub(super) type Group = Range<usize>;

/// Where a label stands: how far along, how far below the middle of its lane, and by which of its ends.
pub(super) type Place = (f64, f64, Anchor);

/// A label with its place.
pub(super) type Placed = (Place, String);

/// From the middle of a mark to words beside it.
const BESIDE: f64 = 12.0;

impl Lane {
    /// The marks in groups, each with its label: what has no room for one goes with its neighbour, until all have.
    pub(super) fn groups(&self, marks: &[f64], left: f64) -> Vec<(Group, Option<Placed>)> {
        let mut groups: Vec<Group> = Vec::new();
        for (place, at) in marks.iter().enumerate() {
            match groups.last_mut() {
                Some(group) if at - marks[group.end - 1] < BESIDE => group.end = place + 1,
                _ => groups.push(place..place + 1),
            }
        }
        loop {
            let labels = self.labels(&groups, marks, left);
            let Some(without) = labels.iter().position(Option::is_none).filter(|_| groups.len() > 1) else {
                return groups.into_iter().zip(labels).collect();
            };
            // With the nearer of its neighbours.
            let to_next = groups
                .get(without + 1)
                .map_or(f64::INFINITY, |next| marks[next.start] - marks[groups[without].end - 1]);
            let to_last = without
                .checked_sub(1)
                .map_or(f64::INFINITY, |last| marks[groups[without].start] - marks[groups[last].end - 1]);
            let first = if to_last < to_next { without - 1 } else { without };
            groups[first].end = groups[first + 1].end;
            groups.remove(first + 1);
        }
    }

    /// What stands beside a group: its one event, a few names, or how many on how many days.
    fn words(&self, group: &Group) -> String {
        const FEW: usize = 3;
        const ROOM: f64 = 190.0;
        let events = &self.events[group.clone()];
        if let [one] = events {
            return one.short.clone();
        }
        let who = || events.iter().flat_map(|event| &event.who);
        let names = events.iter().map(|event| event.words.as_str()).collect::<Vec<_>>().join(", ");
        if who().count() <= FEW && width(&names, LETTER) <= ROOM {
            return names;
        }
        let days = events.len();
        match self.counts {
            Some(acts) => format!("{} {acts} on {days} days", who().count()),
            None => match who().collect::<BTreeSet<_>>().len() {
                1 => format!("1 state on {days} days"),
                states => format!("{states} states on {days} days"),
            },
        }
    }

    /// Words beside the groups for which there is room, to the right or else to the left, above or below: what most states did
    /// comes first.
    fn labels(&self, groups: &[Group], marks: &[f64], left: f64) -> Vec<Option<Placed>> {
        let states = |group: &Group| self.events[group.clone()].iter().map(|event| event.who.len()).sum::<usize>();
        let mut order: Vec<usize> = (0..groups.len()).collect();
        order.sort_by_key(|index| (std::cmp::Reverse(states(&groups[*index])), *index));
        let mut taken: Vec<(f64, f64, f64)> = Vec::new();
        let mut labels = vec![None; groups.len()];
        for index in order {
            let group = &groups[index];
            let words = self.words(group);
            let others = || marks[..group.start].iter().chain(&marks[group.end..]);
            let free = |(from, to, (_, below, _)): &(f64, f64, Place)| {
                // A mark that is nearer to the words than their own would seem to be what they are of.
                let clear = |mark: &f64| *mark + 2.0 * BESIDE <= *from || *mark - 2.0 * BESIDE >= *to;
                let apart = |(begin, end, row): &(f64, f64, f64)| {
                    (row - below).abs() > 1.0 || *end + 4.0 <= *from || *begin - 4.0 >= *to
                };
                let is_beside = (*below - BASELINE).abs() < 1.0;
                *from >= left && *to <= WIDTH - 2.0 && (!is_beside || others().all(clear)) && taken.iter().all(apart)
            };
            let places = places(marks[group.start], marks[group.end - 1], width(&words, LETTER), left);
            if let Some((from, to, place)) = places.into_iter().find(free) {
                taken.push((from, to, place.1));
                labels[index] = Some((place, words));
            }
        }
        labels
    }
}

/// From the middle of a lane down to the baseline of words in it, and of those above and below its marks.
const BASELINE: f64 = 5.0;
const ABOVE: f64 = -10.0;
const BELOW: f64 = 20.0;

/// Where words so long may stand by marks from one point to another: from where to where each time.
fn places(first: f64, last: f64, long: f64, left: f64) -> [(f64, f64, Place); 4] {
    let middle = scale::within(f64::midpoint(first, last), long, (left, WIDTH - 2.0));
    let row = |below| (middle - long / 2.0, middle + long / 2.0, (middle, below, Anchor::Middle));
    let (right, left) = (last + BESIDE, first - BESIDE);
    [
        (right, right + long, (right, BASELINE, Anchor::Start)),
        (left - long, left, (left, BASELINE, Anchor::End)),
        row(ABOVE),
        row(BELOW),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::timeline::{Event, Mark};

    #[test]
    fn what_most_states_did_has_words_first() {
        let event = |short: &str, states| Event {
            day: "2025-10-25".parse().expect("a day"),
            short: short.to_owned(),
            words: String::new(),
            who: (0..states).map(|state| format!("{short} {state}")).collect(),
        };
        let events = vec![event("68 states", 68), event("3 states", 3), event("Mauritius", 1)];
        let lane = Lane { name: "signed".to_owned(), mark: Mark::Ring, counts: None, events };
        let words = |marks: &[f64]| {
            let groups = lane.groups(marks, 180.0).into_iter();
            groups.map(|(group, placed)| (group.len(), placed.expect("a label"))).collect::<Vec<_>>()
        };
        // Days that touch are counted together, to the left, where the next mark leaves no room to the right.
        let found = words(&[586.0, 588.0, 640.0]);
        assert_eq!(
            found.iter().map(|(_, label)| label.1.as_str()).collect::<Vec<_>>(),
            ["71 states on 2 days", "Mauritius"]
        );
        assert_eq!(found.iter().map(|(_, label)| label.0.2).collect::<Vec<_>>(), [Anchor::End, Anchor::Start]);
        // Where there is room, all of them, each to the right of its mark.
        assert!(words(&[200.0, 400.0, 600.0]).iter().all(|(_, label)| label.0.2 == Anchor::Start));
        // Where there is none beside the marks, above and below them.
        let rows: Vec<f64> = words(&[200.0, 240.0, 280.0]).iter().map(|(_, label)| label.0.1).collect();
        assert_eq!(rows.len(), 3, "{rows:?}");
        assert!(rows.contains(&ABOVE) && rows.contains(&BELOW), "{rows:?}");
    }

    #[test]
    fn few_states_are_named_and_many_counted() {
        let event = |words: &str| Event {
            day: "2025-10-25".parse().expect("a day"),
            short: words.to_owned(),
            words: words.to_owned(),
            who: words.split(", ").map(str::to_owned).collect(),
        };
        let lane = |events: &[&str]| Lane {
            name: "signed".to_owned(),
            mark: Mark::Ring,
            counts: None,
            events: events.iter().map(|words| event(words)).collect(),
        };
        assert_eq!(lane(&["Alba", "Brava"]).words(&(0..2)), "Alba, Brava");
        assert_eq!(lane(&["Alba, Corvo", "Brava", "Falk"]).words(&(0..3)), "4 states on 3 days");
        let changes = Lane { counts: Some("changes"), ..lane(&["Alba to 1, Alba to 2", "Alba to 1", "Alba to 2"]) };
        assert_eq!(changes.words(&(0..3)), "4 changes on 3 days");
        let again = lane(&["Alba, Brava", "Brava, Alba", "Alba"]).words(&(0..3));
        assert_eq!(again, "2 states on 3 days", "a state that acts again is one state");
        assert_eq!(lane(&["Alba", "Brava"]).words(&(1..2)), "Brava");
    }
}
