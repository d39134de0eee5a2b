//! One factor of a study: a path in the scenario, and what stands there at a coordinate of the design.

use std::collections::BTreeSet;

use crate::base::interval::float;
use crate::base::{Day, DigestChain, Place, Problem, Spanned};
use crate::reading::{Key, Kind as Written, Node, written};
use crate::tables::{Cell, Kind};

use super::form::FactorForm;
use super::range::{Range, share_of};

/// Most levels of a factor.
pub const MOST_LEVELS: usize = 10_000;

/// A factor.
#[derive(Clone, Debug)]
pub struct Factor {
    /// Where in the scenario.
    pub path: Key,
    /// What stands there.
    pub levels: Levels,
    /// Whether it was written as a range of which equal ratios are equal steps.
    pub logarithmic: bool,
}

/// The values of a factor.
#[derive(Clone, Debug)]
pub enum Levels {
    /// Those listed, and what kind of column they make.
    Listed(Vec<Level>, Kind),
    /// A range, written at this place.
    Range(Range, Place),
}

/// A value: as it is set, and as it stands in tables.
#[derive(Clone, Debug)]
pub struct Level {
    /// As set.
    pub value: Node,
    /// As shown.
    pub cell: Cell,
}

/// Where a point lies on a factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Coordinate {
    /// The scenario's own value.
    AsWritten,
    /// A level of a list.
    Level(u32),
    /// A place in the unit interval.
    At(f64),
}

impl Factor {
    /// The kind of its column.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match &self.levels {
            Levels::Listed(_, kind) => *kind,
            Levels::Range(range, _) => range.kind(),
        }
    }

    /// What stands at the path; none: what the scenario has there.
    ///
    /// # Panics
    /// When the coordinate is a level of a range, or beyond the list.
    #[must_use]
    pub fn level(&self, coordinate: Coordinate) -> Option<Level> {
        match (&self.levels, coordinate) {
            (_, Coordinate::AsWritten) => None,
            (Levels::Listed(levels, _), Coordinate::Level(level)) => Some(levels[level as usize].clone()),
            (Levels::Listed(levels, _), Coordinate::At(unit)) => Some(levels[share_of(unit, levels.len())].clone()),
            (Levels::Range(range, place), Coordinate::At(unit)) => Some(range.at(unit, *place)),
            (Levels::Range(..), Coordinate::Level(_)) => unreachable!("ranges are listed where levels are wanted"),
        }
    }

    /// Where what stands there really lies on the way from the first value, 0, to the last, 1: of numbers that are whole,
    /// of days and of lists not quite at the coordinate.
    ///
    /// # Panics
    /// As [`Self::level`].
    #[must_use]
    pub fn realised(&self, coordinate: Coordinate) -> Option<f64> {
        match (&self.levels, coordinate) {
            (_, Coordinate::AsWritten) => None,
            // One value has no first and last: whatever is said of its step is said of a factor that changes nothing.
            (Levels::Listed(levels, _), Coordinate::At(unit)) if levels.len() < 2 => Some(unit),
            (Levels::Listed(levels, _), Coordinate::At(unit)) => {
                Some(float(share_of(unit, levels.len())) / float(levels.len() - 1))
            }
            (Levels::Listed(levels, _), Coordinate::Level(level)) => {
                Some(float(level as usize) / float((levels.len() - 1).max(1)))
            }
            (Levels::Range(range, place), Coordinate::At(unit)) => Some(range.part(unit, *place)),
            (Levels::Range(..), Coordinate::Level(_)) => unreachable!("ranges are listed where levels are wanted"),
        }
    }

    /// Tells the digest of a plan what this factor is.
    pub(super) fn fold(&self, chain: &mut DigestChain) {
        chain.fold(self.path.text.as_str());
        let texts: Vec<String> = match &self.levels {
            Levels::Listed(levels, _) => levels.iter().map(|level| written(&level.value)).collect(),
            Levels::Range(range, _) => vec![format!("{range:?}")],
        };
        for text in &texts {
            chain.fold(text.as_str());
        }
    }
}

/// The levels that a list of values makes: numbers or days where all are, else texts.
pub(super) fn listed(values: &[Node]) -> Levels {
    let number = |node: &Node| match &node.kind {
        Written::Scalar { text, plain: true }
            if text.starts_with(|c: char| c.is_ascii_digit() || "-+.".contains(c)) =>
        {
            text.parse::<f64>().ok().filter(|number| number.is_finite())
        }
        _ => None,
    };
    let day = |node: &Node| node.text().and_then(|text| text.parse::<Day>().ok());
    let with = |cells: Vec<Cell>, kind| {
        let levels = values.iter().zip(cells).map(|(value, cell)| Level { value: value.clone(), cell }).collect();
        Levels::Listed(levels, kind)
    };
    if let Some(numbers) = values.iter().map(number).collect::<Option<Vec<f64>>>() {
        return with(numbers.into_iter().map(Cell::Number).collect(), Kind::Number);
    }
    if let Some(days) = values.iter().map(day).collect::<Option<Vec<Day>>>() {
        return with(days.into_iter().map(Cell::Day).collect(), Kind::Day);
    }
    let text = |node: &Node| node.text().filter(|text| !text.is_empty()).map_or_else(|| written(node), str::to_owned);
    with(values.iter().map(|value| Cell::Text(text(value))).collect(), Kind::Text)
}

/// A value that stands before it already: as a level of its own it would be the same point again.
fn named_twice(levels: &[Level]) -> Option<&Level> {
    let mut known = BTreeSet::new();
    levels.iter().find(|level| !known.insert(level.cell.written()))
}

/// The levels of a factor as written. `listed_levels`: the design wants levels and not a range.
///
/// # Errors
/// What is wrong with it, at its place.
pub(super) fn levels(path: &Key, form: &FactorForm, node: &Node, listed_levels: bool) -> Result<Levels, Problem> {
    let wrong = |message: &str| Problem::new(path.place, format!("the factor `{}` {message}", path.text));
    let (values, from, to) = (node.get("values"), node.get("from"), node.get("to"));
    match (values, from, to) {
        (Some(values), None, None) => {
            if form.steps.is_some() || form.whole || form.logarithmic {
                let help = "`steps`, `whole` and `logarithmic` go with `from` and `to`";
                return Err(wrong("has values, and says how a range is cut").help(help));
            }
            let Written::List(items) = &values.kind else { return Err(wrong("has no list of values")) };
            if items.is_empty() || items.len() > MOST_LEVELS {
                let message =
                    format!("`{}` has {} values, where 1 to {MOST_LEVELS} are allowed", path.text, items.len());
                return Err(Problem::new(values.place, message));
            }
            let levels = listed(items);
            if let Levels::Listed(levels, _) = &levels
                && let Some(twice) = named_twice(levels)
            {
                let message = format!("`{}` has the value {} twice", path.text, written(&twice.value));
                return Err(Problem::new(twice.value.place, message));
            }
            Ok(levels)
        }
        (None, Some(from), Some(to)) => {
            let range = range(form, from, to)?;
            if !listed_levels {
                return Ok(Levels::Range(range, from.place));
            }
            let Some(steps) = &form.steps else {
                return Err(
                    wrong("is a range, and this design needs levels").help("add `steps: 5`, or list its values")
                );
            };
            if !(2..=MOST_LEVELS).contains(&(steps.value as usize)) {
                let of = if steps.value == 1 { "step" } else { "steps" };
                let message = format!("{} {of}, where 2 to {MOST_LEVELS} are allowed", steps.value);
                return Err(Problem::new(steps.place, message));
            }
            let levels = range.levels(steps.value as usize, from.place);
            if let Some(twice) = named_twice(&levels) {
                let message = format!("of {} steps two are {}", steps.value, written(&twice.value));
                return Err(Problem::new(steps.place, message).help("fewer steps, or a longer range"));
            }
            Ok(Levels::Listed(levels, range.kind()))
        }
        _ => {
            let help = "write `values: [...]`, or `from:` and `to:`";
            let message = match (values, from, to) {
                (Some(_), ..) => "says its values, and the ends of a range, too",
                (None, None, None) => "says neither its values nor the ends of a range",
                _ => "has one end of a range, and no other",
            };
            Err(wrong(message).help(help))
        }
    }
}

fn range(form: &FactorForm, from: &Node, to: &Node) -> Result<Range, Problem> {
    let end = |node: &Node| {
        let text = node.text().unwrap_or_default();
        text.parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .map(Ok)
            .or_else(|| text.parse::<Day>().ok().map(Err))
    };
    let wrong = |node: &Node| {
        let shown = Spanned { value: written(node), place: node.place };
        Problem::new(shown.place, format!("`{}` is neither a number nor a date", shown.value))
    };
    let upward = |holds: bool| {
        let message =
            || format!("the range ends at {}, which is not above its beginning, {}", written(to), written(from));
        if holds { Ok(()) } else { Err(Problem::new(to.place, message())) }
    };
    match (end(from).ok_or_else(|| wrong(from))?, end(to).ok_or_else(|| wrong(to))?) {
        (Ok(low), Ok(high)) => {
            upward(low < high)?;
            // Beyond 2^53 a number is no longer told from its neighbour.
            let whole = |number: f64| (number - libm::round(number)).abs() < f64::EPSILON && number.abs() < 9.0e15;
            if form.whole && !(whole(low) && whole(high)) {
                let end = if whole(low) { to } else { from };
                let message = format!("the range is one of whole numbers, and {} is none", written(end));
                return Err(Problem::new(end.place, message));
            }
            if form.logarithmic && low <= 0.0 {
                let message = format!("the range is logarithmic, and begins at {}, not above 0", written(from));
                return Err(Problem::new(from.place, message));
            }
            Ok(Range::Numbers { from: low, to: high, whole: form.whole, logarithmic: form.logarithmic })
        }
        (Err(low), Err(high)) if !form.whole && !form.logarithmic => {
            upward(low < high)?;
            Ok(Range::Days { from: low, to: high })
        }
        (Err(_), Err(_)) => {
            Err(Problem::new(from.place, "`whole` and `logarithmic` say how numbers are cut, not dates"))
        }
        _ => Err(Problem::new(to.place, "one end of the range is a number, and the other a date")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Coordinate, Factor, Key, Kind, Levels, Place, Range, listed};
    use crate::reading::{Kind as Written, parse};

    fn factor(range: Range) -> Factor {
        let path = Key { text: "x".into(), place: Place::NOWHERE };
        Factor { path, levels: Levels::Range(range, Place::NOWHERE), logarithmic: false }
    }

    #[test]
    fn whole_numbers_have_equal_parts_of_the_unit_interval() {
        let whole = factor(Range::Numbers { from: 3.0, to: 6.0, whole: true, logarithmic: false });
        let at = |unit| whole.level(Coordinate::At(unit)).expect("a level").cell;
        for (unit, number) in [(0.0, 3), (0.249, 3), (0.25, 4), (0.74, 5), (0.76, 6), (1.0, 6)] {
            assert_eq!(at(unit), Cell::Whole(number), "{unit}");
        }
        assert_eq!(whole.kind(), Kind::Whole);
    }

    #[test]
    fn whole_numbers_days_and_lists_lie_where_they_stand_and_not_where_the_coordinate_is() {
        let units = [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0];
        let lie = |factor: &Factor, known: [f64; 4]| {
            for (unit, known) in units.into_iter().zip(known) {
                let found = factor.realised(Coordinate::At(unit)).expect("a place");
                assert!((found - known).abs() < 1e-12, "{factor:?} at {unit}: {found}");
            }
        };
        // 2, 5, 9 and 12.
        let whole = factor(Range::Numbers { from: 2.0, to: 12.0, whole: true, logarithmic: false });
        lie(&whole, [0.0, 0.3, 0.7, 1.0]);
        // 1, 4, 16 and 64: equal ratios.
        let ratio = factor(Range::Numbers { from: 1.0, to: 64.0, whole: true, logarithmic: true });
        lie(&ratio, units);
        let days = factor(Range::Days { from: "2011-01-01".parse().unwrap(), to: "2011-01-05".parse().unwrap() });
        lie(&days, [0.0, 0.25, 0.75, 1.0]);
        let of = |text: &str| {
            let Written::List(items) = parse(0, text).expect("a list").kind else { panic!("a list") };
            let path = Key { text: "x".into(), place: Place::NOWHERE };
            Factor { path, levels: listed(&items), logarithmic: false }
        };
        lie(&of("[a, b, c]"), [0.0, 0.5, 1.0, 1.0]);
        lie(&of("[a]"), units);
        let numbers = factor(Range::Numbers { from: 0.5, to: 3.0, whole: false, logarithmic: false });
        lie(&numbers, units);
        assert_eq!(whole.realised(Coordinate::AsWritten), None);
    }

    #[test]
    fn a_list_makes_the_narrowest_column() {
        let kind = |text: &str| {
            let tree = parse(0, text).expect("a list");
            let Written::List(items) = tree.kind else { panic!("a list") };
            let Levels::Listed(levels, kind) = listed(&items) else { panic!("listed") };
            (kind, levels.iter().map(|level| level.cell.written().into_owned()).collect::<Vec<_>>().join("|"))
        };
        assert_eq!(kind("[1, 2.5]"), (Kind::Number, "1|2.5".to_owned()));
        assert_eq!(kind("[2011-01-01]"), (Kind::Day, "2011-01-01".to_owned()));
        assert_eq!(kind("[never, {signed: 2011-01-01}]"), (Kind::Text, "never|{signed: 2011-01-01}".to_owned()));
        assert_eq!(kind("[\"1\", 2]").0, Kind::Text);
    }
}
