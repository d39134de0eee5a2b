//! Labels at the ends of lines over time: a name and a last value each, and before the name of a line that has a dash of
//! its own a sample of it.

use maud::{Markup, html};

use super::labels::{BOLD, distinct, width};
use super::strokes::{Look, Series};
use super::{Anchor, LETTER, n, scale, short_text};

/// What stands at the end of a line.
pub(super) struct Label {
    /// As much as has room, and all of it.
    pub(super) words: [String; 2],
    pub(super) class: &'static str,
    /// Where among the days of the chart the line ends, and how high.
    pub(super) place: usize,
    pub(super) height: f64,
    /// Of which line it has a sample, if any.
    pub(super) look: Option<Look>,
}

/// How long a sample is, and how far from the name.
const SAMPLE: f64 = 26.0;
const BEFORE_NAME: f64 = 6.0;

impl Label {
    /// From this point on.
    pub(super) fn draw(&self, x: f64, y: f64) -> Markup {
        let [short, whole] = &self.words;
        let before = before(self.look);
        html! {
            @if let Some((colour, width, dash)) = self.look.map(Look::stroke) {
                path d={ "M" (n(x)) " " (n(y)) "h" (n(SAMPLE)) } fill="none" stroke=(colour) stroke-width=(width)
                    stroke-dasharray=(dash) {}
            }
            (short_text((x + before, y + 5.0), Anchor::Start, self.class, short, whole))
        }
    }
}

/// Room before the words.
const fn before(look: Option<Look>) -> f64 {
    if look.is_some() { SAMPLE + BEFORE_NAME } else { 0.0 }
}

/// Lines of which there are several of one kind have samples.
fn sampled(series: &Series) -> Option<Look> {
    Some(series.look).filter(|look| matches!(look, Look::Named(_)))
}

/// Names and last values, of which the values are never cut; at the height of these values, as they are.
pub(super) fn of(series: &[&Series], room: f64) -> Vec<Label> {
    let ended: Vec<(&Series, usize, f64)> =
        series.iter().filter_map(|series| series.end().map(|(place, last)| (*series, place, last))).collect();
    let names = ended.iter().map(|(series, _, last)| {
        let class = series.class();
        let room = room - before(sampled(series));
        (series.name.as_str(), (room - width_of(&number(*last), class)) * LETTER / letter(class))
    });
    let short = distinct(names, LETTER);
    let label = |((series, place, last), short): (&(&Series, usize, f64), String)| {
        let words = [short, series.name.clone()].map(|name| format!("{name}{}", number(*last)));
        Label { words, class: series.class(), place: *place, height: *last, look: sampled(series) }
    };
    ended.iter().zip(short).map(label).collect()
}

/// How wide a label is that is not cut; none of a line without a value.
pub(super) fn wide(series: &Series) -> Option<f64> {
    let (_, last) = series.end()?;
    let words = width_of(&series.name, series.class()) + width_of(&number(last), series.class());
    Some(before(sampled(series)) + words)
}

/// A last value, after a name.
fn number(value: f64) -> String {
    format!(" {} %", scale::tick(value, 0.1))
}

/// Bold letters are wider.
fn letter(class: &str) -> f64 {
    if class == "strong" { LETTER * BOLD } else { LETTER }
}

fn width_of(words: &str, class: &str) -> f64 {
    width(words, letter(class))
}

#[cfg(test)]
mod tests {
    use super::super::Hue;
    use super::*;

    #[test]
    fn a_label_has_the_room_that_there_is() {
        let room = 220.0;
        let line = |name: &str, look| Series {
            name: name.to_owned(),
            values: vec![Some(12.3)],
            band: Vec::new(),
            look,
            thicker: Vec::new(),
        };
        let lines = [
            line("treaty-is-no-practice", Look::Baseline),
            line("a-variant-with-a-name-of-more-words-than-there-is-room-for-first", Look::Bright(Hue::Vermilion)),
            line("a-variant-with-a-name-of-more-words-than-there-is-room-for-second", Look::Grey),
        ];
        let labels = of(&lines.iter().collect::<Vec<_>>(), room);
        assert_eq!(labels[0].words, ["treaty-is-no-practice 12.3 %"; 2].map(str::to_owned));
        for (label, (end, class)) in labels[1..].iter().zip([("…first 12.3 %", "strong"), ("…second 12.3 %", "soft")])
        {
            let [short, whole] = &label.words;
            assert!(short.ends_with(end) && width_of(short, class) <= room, "{short}");
            assert!(whole.contains("than-there-is-room-for"), "{whole}");
        }
    }
}
