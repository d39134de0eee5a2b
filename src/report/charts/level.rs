//! The level axis of a figure by factor: numbers and days on a scale, numbers by their ratios where the
//! factor is, words side by side, each in a slot of its own.

use maud::{Markup, html};

use super::scale::{self, Linear};
use super::{Anchor, INK, LETTER, WIDTH, fitted, float, n, ratios, text, width};
use crate::base::Day;
use crate::report::lines::wrapped;

/// What the places of points on the axis are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Numbers.
    Numbers,
    /// Numbers above 0, equal ratios equally far apart.
    Ratios,
    /// Numbers of days.
    Days,
    /// Words: these, at 0, 1 and so on.
    Words(Vec<String>),
}

impl Axis {
    /// How far along the axis a value lies, in a unit of its own.
    fn along(&self, value: f64) -> f64 {
        if *self == Self::Ratios { libm::log(value) } else { value }
    }

    /// What must be known to read it, in words.
    pub(super) const fn says(&self) -> &'static str {
        if matches!(self, Self::Ratios) { "logarithmic axis" } else { "" }
    }
}

/// Room on both sides of the outermost points.
const INSET: f64 = 14.0;
/// How far marks may stand beside their place, so that those of the outermost points, too, stay off the words of the
/// vertical axis.
pub(super) const ASIDE: f64 = INSET - 4.0;
/// Room for the value that nobody wrote down, beside the scale.
const BESIDE: f64 = 132.0;
/// Lines of a word under its slot; one that needs more has a number there, and stands below.
const MOST_LINES: usize = 3;
/// Words that stand below; the table has all.
const MOST_WORDS: usize = 24;
const LINE: f64 = LETTER + 3.0;

/// The axis of one figure.
pub(super) struct Level<'a> {
    axis: &'a Axis,
    /// What the axis is: the factor with its unit.
    name: String,
    scale: Linear,
    /// Lowest and highest value.
    bounds: (f64, f64),
    /// Whether all values are whole numbers.
    whole: bool,
    /// Where the value without a place stands, if there is one.
    beside: Option<f64>,
    /// From where to where.
    ends: (f64, f64),
    /// Where the scale ends, and what stands beside it begins.
    end: f64,
}

impl<'a> Level<'a> {
    /// Of points at these places; one without a place stands beside the scale.
    pub(super) fn new(axis: &'a Axis, name: String, places: &[Option<f64>], ends: (f64, f64)) -> Self {
        let known = || places.iter().flatten().copied();
        let bounds = match axis {
            Axis::Words(words) => (-0.5, float(words.len()) - 0.5),
            Axis::Numbers | Axis::Ratios | Axis::Days => {
                (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max))
            }
        };
        let whole = known().all(|value| (value - libm::round(value)).abs() < f64::EPSILON);
        let beside = places.contains(&None).then_some(ends.1 - BESIDE / 2.0);
        let end = if beside.is_some() { ends.1 - BESIDE } else { ends.1 };
        let inset = if matches!(axis, Axis::Words(_)) { 0.0 } else { INSET };
        let along = (axis.along(bounds.0), axis.along(bounds.1));
        Self { axis, name, scale: Linear::new(along, (ends.0 + inset, end - inset)), bounds, whole, beside, ends, end }
    }

    /// Where a point stands.
    pub(super) fn at(&self, place: Option<f64>) -> f64 {
        place.map_or_else(|| self.beside.unwrap_or(self.ends.1), |place| self.scale.at(self.axis.along(place)))
    }

    /// Ticks and words under the line at this height.
    pub(super) fn draw(&self, bottom: f64) -> Markup {
        let ticks = self.ticks();
        let lines = ticks.iter().map(|(_, lines)| lines.len()).max().unwrap_or(1);
        let middle = f64::midpoint(self.ends.0, self.ends.1);
        let below = bottom + 22.0 + float(lines.max(1) - 1) * LINE + 26.0;
        html! {
            path d={ "M" (n(self.ends.0)) " " (n(bottom)) "H" (n(self.end)) } stroke=(INK) fill="none" {}
            @if self.beside.is_some() {
                path d={ "M" (n(self.end + INSET)) " " (n(bottom)) "H" (n(self.ends.1)) } stroke=(INK) fill="none" {}
            }
            @for (at, lines) in &ticks {
                path d={ "M" (n(*at)) " " (n(bottom)) "v5" } stroke=(INK) fill="none" {}
                @for (number, line) in lines.iter().enumerate() {
                    @let at = scale::within(*at, width(line, LETTER), (0.0, WIDTH));
                    (text((at, bottom + 22.0 + float(number) * LINE), Anchor::Middle, "axis", line))
                }
            }
            (text((middle, below), Anchor::Middle, "axis", &fitted(&self.name, WIDTH - 8.0, LETTER)))
            @for (number, line) in self.key().iter().enumerate() {
                (text((self.ends.0, below + 8.0 + float(number + 1) * LINE), Anchor::Start, "axis", line))
            }
        }
    }

    /// How much room that takes.
    pub(super) fn height(&self) -> f64 {
        let lines = self.ticks().iter().map(|(_, lines)| lines.len()).max().unwrap_or(1);
        let key = self.key().len();
        22.0 + float(lines.max(1) - 1) * LINE + 26.0 + if key == 0 { 0.0 } else { 8.0 + float(key) * LINE } + 8.0
    }

    /// Every tick with its words, in lines.
    fn ticks(&self) -> Vec<(f64, Vec<String>)> {
        let mut ticks: Vec<(f64, Vec<String>)> = match self.axis {
            Axis::Numbers | Axis::Ratios => {
                self.numbers().into_iter().map(|(tick, word)| (self.at(Some(tick)), vec![word])).collect()
            }
            #[expect(clippy::cast_possible_truncation, reason = "numbers of days")]
            Axis::Days => {
                let [first, last] = [self.bounds.0, self.bounds.1].map(|day| Day::from_number(day as i32));
                scale::days((first, last), scale::most_days(self.end - self.ends.0).min(8))
                    .into_iter()
                    .map(|(day, word)| (self.scale.at_day(day), vec![word]))
                    .collect()
            }
            Axis::Words(words) => self.slots(words),
        };
        ticks.extend(self.beside.map(|at| (at, vec!["as written".to_owned()])));
        ticks
    }

    /// Round numbers along the scale, with their words; between whole ones, whole ones.
    fn numbers(&self) -> Vec<(f64, String)> {
        if let (Axis::Ratios, Some(ticks)) = (self.axis, ratios::ticks(self.bounds)) {
            return ticks;
        }
        let (ticks, step) = match scale::ticks(self.bounds, 8) {
            (_, step) if self.whole && step < 1.0 => whole_numbers(self.bounds),
            found => found,
        };
        ticks.into_iter().map(|tick| (tick, scale::tick(tick, step))).collect()
    }

    /// A word under each slot, or its number where the words have no room.
    fn slots(&self, words: &[String]) -> Vec<(f64, Vec<String>)> {
        let at = |number: usize| self.scale.at(float(number));
        if let Some(lines) = self.in_slots(words) {
            return lines.into_iter().enumerate().map(|(number, lines)| (at(number), lines)).collect();
        }
        // Of very many, not every number has room.
        let every = words.len().div_ceil(MOST_WORDS);
        let numbers = (0..words.len()).step_by(every.max(1));
        numbers.map(|number| (at(number), vec![(number + 1).to_string()])).collect()
    }

    /// The words in lines that fit their slots; none where some do not.
    fn in_slots(&self, words: &[String]) -> Option<Vec<Vec<String>>> {
        let room = self.scale.at(1.0) - self.scale.at(0.0) - 8.0;
        let fits =
            |lines: &Vec<String>| lines.len() <= MOST_LINES && lines.iter().all(|line| width(line, LETTER) <= room);
        let in_lines = |word: &String| {
            let lines = (1..=word.chars().count().max(1)).rev().map(|letters| wrapped(word, letters));
            lines.into_iter().find(|lines| lines.iter().all(|line| width(line, LETTER) <= room)).filter(fits)
        };
        words.iter().map(in_lines).collect()
    }

    /// What the numbers of slots stand for, a line each.
    fn key(&self) -> Vec<String> {
        let Axis::Words(words) = self.axis else { return Vec::new() };
        if self.in_slots(words).is_some() {
            return Vec::new();
        }
        let line = |(number, word): (usize, &String)| {
            fitted(&format!("{}: {word}", number + 1), WIDTH - self.ends.0 - 8.0, LETTER)
        };
        let mut key: Vec<String> = words.iter().enumerate().take(MOST_WORDS).map(line).collect();
        if words.len() > MOST_WORDS {
            key.push("The table has all of them.".to_owned());
        }
        key
    }
}

/// All whole numbers from one to another.
fn whole_numbers((low, high): (f64, f64)) -> (Vec<f64>, f64) {
    let numbers = std::iter::successors(Some(low), |number| Some(number + 1.0));
    (numbers.take_while(|number| *number <= high).collect(), 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Axis {
        Axis::Words(words.iter().map(|word| (*word).to_owned()).collect())
    }

    #[track_caller]
    fn check(axis: &Axis, places: &[Option<f64>], ticks: &[&str]) {
        let level = Level::new(axis, "factor".to_owned(), places, (76.0, 760.0));
        let found: Vec<String> = level.ticks().iter().map(|(_, lines)| lines.join(" ")).collect();
        assert_eq!(found, ticks);
        assert!(level.height() > 40.0);
    }

    #[test]
    fn numbers_and_days_have_round_ticks_and_words_one_each() {
        check(&Axis::Numbers, &[Some(100.0), Some(400.0)], &["100", "150", "200", "250", "300", "350", "400"]);
        check(&Axis::Numbers, &[Some(1.0), Some(2.0), Some(4.0), None], &["1", "2", "3", "4", "as written"]);
        check(&Axis::Numbers, &[Some(0.5), Some(1.5)], &["0.6", "0.8", "1.0", "1.2", "1.4"]);
        let day = |text: &str| Some(f64::from(text.parse::<Day>().expect("a day").number()));
        check(&Axis::Days, &[day("2011-09-15"), day("2014-09-15")], &["2012", "2013", "2014"]);
        check(&words(&["as written", "never"]), &[Some(0.0), Some(1.0)], &["as written", "never"]);
    }

    #[test]
    fn equal_ratios_are_equally_far_apart() {
        let places = [Some(90.0), Some(1460.0), None];
        check(&Axis::Ratios, &places, &["100", "200", "500", "1,000", "as written"]);
        let level = Level::new(&Axis::Ratios, String::new(), &places, (76.0, 760.0));
        let [first, second, third] = [100.0, 300.0, 900.0].map(|value| level.at(Some(value)));
        assert!((second - first - (third - second)).abs() < 1e-9, "{first} {second} {third}");
        let ticks = level.ticks();
        assert!((ticks[0].0 - first).abs() < 1e-9, "a tick stands elsewhere than its value");
        // Where no two such numbers lie within, round ones of the ordinary kind do.
        check(&Axis::Ratios, &[Some(300.0), Some(450.0)], &["300", "320", "340", "360", "380", "400", "420", "440"]);
        check(&Axis::Ratios, &[Some(3.0), Some(4.0)], &["3", "4"]);
        check(&Axis::Ratios, &[Some(400.0)], &["400"]);
    }

    #[test]
    fn words_that_fit_no_slot_stand_below() {
        let long = "{consented: 2011-09-15, signed: 2011-01-01, declarations: [art-24-7], reservations: [art-9-4]}";
        let axis = words(&["never", long, "as written", "a", "b", "c", "d", "e"]);
        let level = Level::new(&axis, String::new(), &[Some(0.0)], (76.0, 760.0));
        assert_eq!(level.ticks().len(), 8);
        assert_eq!(level.ticks()[1].1, ["2"]);
        assert_eq!(level.key()[0], "1: never");
        assert!(level.key()[1].starts_with("2: {consented: 2011-09-15"), "{:?}", level.key());
    }
}
