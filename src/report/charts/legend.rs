//! The legend of a figure by factor: how each series looks, in rows of their own above the plot, where nothing can be taken
//! for a value.

use maud::{Markup, html};

use super::{Anchor, GREY, Hue, LETTER, distinct, n, short_text, width};

/// How a series is drawn: the first four in a colour each, filled, the next four grey, by the same dashes and markers,
/// empty; what comes after these has a stroke for a marker.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Filled(Hue),
    Empty(Hue),
    Stroke,
}

impl Look {
    pub(super) fn of(index: usize) -> Self {
        let filled = Hue::ALL.map(Self::Filled).into_iter();
        filled.chain(Hue::ALL.map(Self::Empty)).nth(index).unwrap_or(Self::Stroke)
    }

    pub(super) const fn colour(self) -> &'static str {
        if let Self::Filled(hue) = self { hue.code() } else { GREY }
    }

    pub(super) const fn dash(self) -> &'static str {
        match self {
            Self::Filled(hue) | Self::Empty(hue) => hue.dash(),
            Self::Stroke => "none",
        }
    }

    pub(super) fn marker(self, x: f64, y: f64) -> Markup {
        html! {
            @match self {
                Self::Filled(hue) => path d=(hue.marker(x, y)) fill=(hue.code()) {},
                Self::Empty(hue) => path d=(hue.marker(x, y)) fill="#ffffff" stroke=(GREY) stroke-width="2" {},
                Self::Stroke => path d={ "M" (n(x - 4.0)) " " (n(y)) "h8" } stroke=(GREY) stroke-width="2" {},
            }
        }
    }
}

/// Between the middles of two rows.
const ROW: f64 = LETTER + 8.0;
/// A piece of line with its marker, and what lies between it and the name.
const SAMPLE: f64 = 34.0;
const BEFORE_NAME: f64 = 8.0;
/// Between a name and the next sample.
const APART: f64 = 26.0;

/// Where each name stands, from left to right and then below.
pub(super) struct Legend {
    entries: Vec<Entry>,
    rows: u32,
}

struct Entry {
    look: Look,
    /// As much as has room, and all of it.
    words: [String; 2],
    x: f64,
    row: u32,
}

impl Legend {
    /// Of these names, between two edges; one label for all that look alike.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>, (left, right): (f64, f64)) -> Self {
        let looks = names.enumerate().map(|(index, name)| (Look::of(index), name.to_owned()));
        let (alike, mut named): (Vec<_>, Vec<_>) = looks.partition(|(look, _)| *look == Look::Stroke);
        if alike.len() > 1 {
            named.push((Look::Stroke, format!("{} others, see the numbers", alike.len())));
        } else {
            named.extend(alike);
        }
        let room = right - left - SAMPLE - BEFORE_NAME;
        let short = distinct(named.iter().map(|(_, name)| (name.as_str(), room)), LETTER);
        let (mut x, mut row) = (left, 0);
        let entry = |((look, name), short): ((Look, String), String)| {
            let wide = SAMPLE + BEFORE_NAME + width(&short, LETTER);
            if x > left && x + wide > right {
                (x, row) = (left, row + 1);
            }
            let entry = Entry { look, words: [short, name], x, row };
            x += wide + APART;
            entry
        };
        let entries: Vec<Entry> = named.into_iter().zip(short).map(entry).collect();
        let rows = entries.last().map_or(0, |entry| entry.row + 1);
        Self { entries, rows }
    }

    /// How much room it takes.
    pub(super) fn height(&self) -> f64 {
        f64::from(self.rows) * ROW
    }

    /// From this height down. `joined`: the points of a series are, by a line as that of the sample.
    pub(super) fn draw(&self, top: f64, joined: bool) -> Markup {
        html! {
            @for Entry { look, words: [short, name], x, row } in &self.entries {
                @let y = top + (f64::from(*row) + 0.5) * ROW;
                @if joined {
                    path d={ "M" (n(*x)) " " (n(y)) "h" (n(SAMPLE)) } fill="none" stroke=(look.colour()) stroke-width="2"
                        stroke-dasharray=(look.dash()) {}
                }
                (look.marker(x + SAMPLE / 2.0, y))
                (short_text((x + SAMPLE + BEFORE_NAME, y + 5.0), Anchor::Start, "", short, name))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [&str; 10] = ["a", "b", "c", "d", "e", "f", "g", "h", "ninth", "tenth"];

    #[test]
    fn every_series_has_a_label_with_the_marker_of_its_points() {
        for (count, shared) in [(9, "ninth"), (10, "2 others, see the numbers")] {
            let legend = Legend::of(ALL[..count].iter().copied(), (76.0, 936.0));
            let labels = legend.draw(0.0, false).into_string();
            for name in ALL[..8].iter().chain([&shared]) {
                assert_eq!(labels.matches(&format!(">{name}</text>")).count(), 1, "{name}: {labels}");
            }
            assert_eq!(labels.matches("<path").count(), 9);
            assert_eq!(legend.draw(0.0, true).into_string().matches("<path").count(), 18, "a line each");
        }
        let looks: Vec<String> = (0..9).map(|index| Look::of(index).marker(0.0, 0.0).into_string()).collect();
        assert_eq!(looks.iter().collect::<std::collections::BTreeSet<_>>().len(), looks.len());
    }

    #[test]
    fn names_that_have_no_room_beside_others_stand_in_the_next_row() {
        let long = "a-variant-with-a-name-of-more-words-than-most";
        let legend = Legend::of([long, "b", long, &long.repeat(9)].into_iter(), (76.0, 936.0));
        assert_eq!(legend.entries.iter().map(|entry| entry.row).collect::<Vec<_>>(), [0, 0, 1, 2]);
        assert!((legend.height() - 3.0 * ROW).abs() < 1e-9);
        for Entry { words: [short, _], x, .. } in &legend.entries {
            assert!(x + SAMPLE + BEFORE_NAME + width(short, LETTER) <= 936.0, "{short}");
        }
    }
}
