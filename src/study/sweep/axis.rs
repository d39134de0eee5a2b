//! How the values of a factor lie on the axis of a figure: numbers and days by size, numbers of a logarithmic
//! range by their ratios, words side by side, and the value that the scenario itself has among them.

use std::cmp::Ordering;

use super::Sweep;
use super::factor::{Levels, listed};
use crate::base::Day;
use crate::base::interval::float;
use crate::reading::{Key, segments};
use crate::scenario::Scenario;
use crate::tables::Cell;

/// Values of a factor that stand one by one; more are put together in classes of equal width, or of equal ratio.
const MOST_VALUES: usize = 24;
const CLASSES: usize = 12;

/// How the values of a factor lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scale {
    /// By size.
    Numbers,
    /// By size, equal ratios equally far apart; all are above 0.
    Ratios,
    /// By time: days, as their numbers.
    Days,
    /// Side by side: these words, at 0, 1 and so on.
    Words(Vec<String>),
}

/// How the values of a factor lie on the axis.
pub(super) struct Axis {
    pub scale: Scale,
    /// Places that have a point, in their order, each with its value in words; that without a place comes last.
    pub places: Vec<(Option<f64>, String)>,
    /// Where the classes begin and how wide they are, as [`Scale::along`] has it, if there are any.
    classes: Option<(f64, f64)>,
    /// By variant: what the scenario has there.
    written: Vec<Cell>,
}

impl Axis {
    /// Of the factor at this place, by what its column has in each run of a variant; `scenarios` are those of the variants.
    pub(super) fn of<'a>(
        (sweep, scenarios): (&Sweep, &[Option<Scenario>]),
        column: impl Iterator<Item = (usize, &'a Cell)>,
        place: usize,
    ) -> Self {
        let path = &sweep.factors[place].path;
        let variants = sweep.variants.iter().zip(scenarios);
        let written =
            variants.map(|(name, scenario)| written(sweep, (name.as_deref(), scenario.as_ref()), path)).collect();
        let mut axis = Self { scale: Scale::Numbers, places: Vec::new(), classes: None, written };
        let cells: Vec<Cell> = column.map(|(variant, cell)| axis.cell(variant, cell).clone()).collect();
        axis.scale = Scale::of(&cells, sweep.factors[place].logarithmic);
        let mut found: Vec<(Option<f64>, &Cell)> = cells.iter().map(|cell| (axis.scale.at(cell), cell)).collect();
        found.sort_by(|one, other| by_place(one.0, other.0));
        found.dedup_by(|one, other| by_place(one.0, other.0).is_eq());
        let words = told_apart(|further| found.iter().map(|(_, cell)| word(cell, further)).collect());
        axis.places = found.iter().map(|(at, _)| *at).zip(words).collect();
        axis.put_together();
        axis.mark_as_written();
        axis
    }

    /// Makes classes of more values than can be told apart.
    fn put_together(&mut self) {
        let known: Vec<f64> = self.places.iter().filter_map(|(at, _)| *at).collect();
        if known.len() <= MOST_VALUES || matches!(self.scale, Scale::Words(_)) {
            return;
        }
        let [low, high] = [known[0], known[known.len() - 1]].map(|value| self.scale.along(value));
        let width = (high - low) / float(CLASSES);
        let at = |classes: f64| self.scale.value(low + width * classes);
        let end = |class: usize, further| self.scale.word(at(float(class)), further);
        let ends = told_apart(|further| (0..=CLASSES).map(|class| end(class, further)).collect());
        let class = |class| (Some(at(float(class) + 0.5)), format!("{} to {}", ends[class], ends[class + 1]));
        let beside = self.places.iter().filter(|(at, _)| at.is_none()).cloned();
        self.places = (0..CLASSES).map(class).chain(beside).collect();
        self.classes = Some((low, width));
    }

    /// Says of a value that it is the scenario's own, where it is that in every variant. One that is not known has no
    /// other name than that.
    fn mark_as_written(&mut self) {
        let is_own = |own: &&Cell| **own != Cell::Nothing && self.written.iter().all(|other| other == *own);
        let Some(own) = self.written.first().filter(is_own) else { return };
        let own = self.scale.at(own);
        if own.is_some() && self.classes.is_none() {
            let marked = self.places.iter_mut().filter(|(at, _)| by_place(*at, own).is_eq());
            marked.for_each(|(_, value)| value.push_str(" (as written)"));
        }
    }

    /// What stands there in a run: what the design says, or else the scenario.
    pub(super) fn cell<'a>(&'a self, variant: usize, cell: &'a Cell) -> &'a Cell {
        if *cell == Cell::Nothing { &self.written[variant] } else { cell }
    }

    /// Whether values were put together in classes.
    pub(super) const fn in_classes(&self) -> bool {
        self.classes.is_some()
    }

    /// The index of its place.
    pub(super) fn place(&self, cell: &Cell) -> usize {
        let value = self.scale.at(cell);
        match (self.classes, value) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "from 0 to the number of classes"
            )]
            (Some((low, width)), Some(value)) => (((self.scale.along(value) - low) / width) as usize).min(CLASSES - 1),
            _ => self.places.iter().position(|(known, _)| by_place(*known, value).is_eq()).unwrap_or_default(),
        }
    }
}

/// What a scenario has at a path; nothing where it leaves it to a default that is no number.
fn written(sweep: &Sweep, (variant, scenario): (Option<&str>, Option<&Scenario>), path: &Key) -> Cell {
    let Some(value) = sweep.template.value(variant, path) else {
        let default = || scenario?.number(&segments(path).ok()?);
        return default().map_or(Cell::Nothing, Cell::Number);
    };
    let Levels::Listed(levels, _) = listed(&[value]) else { return Cell::Nothing };
    levels.into_iter().next().map_or(Cell::Nothing, |level| level.cell)
}

/// By place, that without one last.
fn by_place(one: Option<f64>, other: Option<f64>) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        (one, other) => one.is_none().cmp(&other.is_none()),
    }
}

impl Scale {
    /// `logarithmic` holds of numbers that have a logarithm.
    fn of(cells: &[Cell], logarithmic: bool) -> Self {
        let known = || cells.iter().filter(|cell| !matches!(cell, Cell::Nothing));
        if known().next().is_some() && known().all(|cell| number(cell).is_some()) {
            let has_ratios = || known().all(|cell| number(cell).is_some_and(|number| number > 0.0));
            let are_days = known().any(|cell| matches!(cell, Cell::Day(_)));
            return if are_days {
                Self::Days
            } else if logarithmic && has_ratios() {
                Self::Ratios
            } else {
                Self::Numbers
            };
        }
        let mut words: Vec<String> = Vec::new();
        for word in cells.iter().map(|cell| word(cell, 0)) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        Self::Words(words)
    }

    /// Where a value lies on it; none for one that is not known.
    fn at(&self, cell: &Cell) -> Option<f64> {
        match self {
            Self::Words(words) => words.iter().position(|known| *known == word(cell, 0)).map(float),
            Self::Numbers | Self::Ratios | Self::Days => number(cell),
        }
    }

    /// How far along the axis a value lies.
    fn along(&self, value: f64) -> f64 {
        if *self == Self::Ratios { libm::log(value) } else { value }
    }

    /// The value that lies so far along it.
    fn value(&self, along: f64) -> f64 {
        if *self == Self::Ratios { libm::exp(along) } else { along }
    }

    /// A value on it in words, with so many digits more than usual.
    fn word(&self, value: f64, further: usize) -> String {
        match self {
            #[expect(clippy::cast_possible_truncation, reason = "between two days")]
            Self::Days => Day::from_number(libm::round(value) as i32).to_string(),
            Self::Numbers | Self::Ratios | Self::Words(_) => rounded(value, further),
        }
    }
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        #[expect(clippy::cast_precision_loss, reason = "a place on an axis")]
        Cell::Whole(value) => Some(*value as f64),
        Cell::Number(value) => Some(*value),
        Cell::Day(day) => Some(f64::from(day.number())),
        _ => None,
    }
}

/// Words of neighbouring places, with as many digits more than usual as it takes to tell them apart.
fn told_apart(words: impl Fn(usize) -> Vec<String>) -> Vec<String> {
    /// Values that differ by less are one for whoever reads them.
    const MOST_FURTHER: usize = 9;
    let apart = |words: &Vec<String>| words.windows(2).all(|pair| pair[0] != pair[1]);
    (0..=MOST_FURTHER).map(&words).find(apart).unwrap_or_else(|| words(0))
}

/// What stands there, numbers with so many digits more than usual.
fn word(cell: &Cell, further: usize) -> String {
    match cell {
        Cell::Nothing => "as written".to_owned(),
        Cell::Whole(_) | Cell::Number(_) => number(cell).map_or_else(String::new, |value| rounded(value, further)),
        Cell::Seed(value) => value.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Truth(value) => if *value { "yes" } else { "no" }.to_owned(),
        Cell::Day(day) => day.to_string(),
    }
}

/// A value as people write it: whole numbers whole, others with four digits that matter. A step of a logarithmic range has
/// sixteen. `further`: so many digits more.
fn rounded(value: f64, further: usize) -> String {
    let size = value.abs();
    if size >= 1e9 || (size > 0.0 && size < 1e-6) {
        return format!("{value:e}");
    }
    let decimals = if size >= 1000.0 { 0.0 } else { 3.0 - libm::floor(libm::log10(size.max(1e-6))) };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 9")]
    let shown = format!("{value:.*}", decimals.max(0.0) as usize + further);
    if shown.contains('.') { shown.trim_end_matches('0').trim_end_matches('.').to_owned() } else { shown }
}

#[cfg(test)]
mod tests {
    use super::{Axis, CLASSES, Cell, Scale, rounded, told_apart, word};

    #[test]
    fn classes_of_a_logarithmic_range_have_equal_ratios() {
        let cells: Vec<Cell> = (0..=24).map(|step| Cell::Number(libm::exp2(f64::from(step) / 2.0))).collect();
        let of = |scale: Scale| {
            let places = cells.iter().map(|cell| (scale.at(cell), String::new())).collect();
            let mut axis = Axis { scale, places, classes: None, written: Vec::new() };
            axis.put_together();
            axis
        };
        let axis = of(Scale::of(&cells, true));
        assert_eq!(axis.places.len(), CLASSES);
        assert_eq!([&axis.places[0].1, &axis.places[11].1], ["1 to 2", "2048 to 4096"]);
        let middle = axis.places[0].0.expect("a place");
        assert!((middle * middle - 2.0).abs() < 1e-9, "{middle} is not the middle by ratio");
        // Between the ends of classes, where nothing hangs on rounding.
        assert_eq!([1, 3, 23].map(|step: usize| axis.place(&cells[step])), [0, 1, 11]);
        // On a straight axis nearly all of them lie in the first.
        assert_eq!([1, 3, 23].map(|step: usize| of(Scale::Numbers).place(&cells[step])), [0, 0, 8]);
    }

    #[test]
    fn what_has_no_logarithm_lies_on_a_straight_axis() {
        let of = |value: f64| Scale::of(&[Cell::Number(value), Cell::Number(10.0)], true);
        assert_eq!([of(1.0), of(0.0), of(-1.0)], [Scale::Ratios, Scale::Numbers, Scale::Numbers]);
        assert_eq!(Scale::of(&[Cell::Number(1.0)], false), Scale::Numbers);
    }

    #[test]
    fn the_value_of_the_scenario_is_named_once() {
        let of = |written: Cell| {
            let cells = [written.clone(), Cell::Text("never".to_owned())];
            let scale = Scale::of(&cells, false);
            let places = cells.iter().map(|cell| (scale.at(cell), word(cell, 0))).collect();
            let mut axis = Axis { scale, places, classes: None, written: vec![written] };
            axis.mark_as_written();
            axis.places.into_iter().map(|(_, value)| value).collect::<Vec<_>>()
        };
        assert_eq!(of(Cell::Nothing), ["as written", "never"]);
        assert_eq!(of(Cell::Text("2011-09-15".to_owned())), ["2011-09-15 (as written)", "never"]);
    }

    #[test]
    fn values_are_written_as_people_write_them() {
        let all = [362.491_379_207_837_3, 400.0, 1460.4, 0.5, 2.0 / 3.0, 0.0, -1.25, 0.001_234_56, 12_345_678.0];
        let known = ["362.5", "400", "1460", "0.5", "0.6667", "0", "-1.25", "0.001235", "12345678"];
        assert_eq!(all.map(|value| rounded(value, 0)), known);
    }

    #[test]
    fn values_that_lie_close_together_are_told_apart() {
        let words =
            |values: &[f64]| told_apart(|further| values.iter().map(|value| rounded(*value, further)).collect());
        assert_eq!(words(&[10_000.1, 10_000.2, 10_000.3]), ["10000.1", "10000.2", "10000.3"]);
        assert_eq!(words(&[0.100_01, 0.100_02, 5.0]), ["0.10001", "0.10002", "5"]);
        assert_eq!(words(&[1.0, 2.0]), ["1", "2"]);
        let cells: Vec<Cell> = (0..=24).map(|step| Cell::Number(1000.0 + f64::from(step) / 16.0)).collect();
        let scale = Scale::of(&cells, false);
        let places = cells.iter().map(|cell| (scale.at(cell), String::new())).collect();
        let mut axis = Axis { scale, places, classes: None, written: Vec::new() };
        axis.put_together();
        assert_eq!([&axis.places[0].1, &axis.places[1].1], ["1000 to 1000.1", "1000.1 to 1000.2"]);
    }
}
