//! A sweep tried out before anything runs: the scenario put together at its points, so that a mistake is found now.

use super::factor::{Coordinate, Factor, Level, Levels};
use super::plan::{Sweep, set};
use crate::base::{Problem, Problems, Spanned};
use crate::reading::{Key, Kind as Written, MAX_PROBLEMS, Node};
use crate::scenario::{Scenario, Template};

/// Points that are put together before anything runs, so that a mistake is found now: half a minute of the largest
/// scenarios. Of larger designs each level is tried by itself.
const TRIED: usize = 400;

/// How a sweep is tried.
#[derive(Clone, Copy)]
pub(super) struct Trial<'a> {
    /// The state that it names.
    pub(super) state: Option<&'a Spanned<String>>,
    /// Whether nothing was found wrong so far. Otherwise the design may be without points, and each level is tried by
    /// itself.
    pub(super) whole: bool,
}

/// Puts the scenario together in every variant, as written and at the points or, of many points, at each level by itself.
pub(super) fn try_out(sweep: &mut Sweep, template: &mut Template, Trial { state, whole }: Trial<'_>) -> Problems {
    let mut problems = Problems::default();
    let mut note = |found: Problems| {
        for problem in found.0 {
            if problems.0.len() < MAX_PROBLEMS && !problems.0.contains(&problem) {
                problems.push(problem);
            }
        }
    };
    // Of a range one value is enough.
    let mut ranges = Problems::default();
    // A column of cases without a value is tried by its path alone.
    let is_empty = |factor: &&Factor| matches!(&factor.levels, Levels::Listed(levels, _) if levels.is_empty());
    let without = sweep.factors.iter().filter(is_empty).map(|factor| &factor.path);
    let nothing = |path: &Key| Node { id: 0, place: path.place, kind: Written::Nothing };
    let without: Vec<(Key, Node)> = without.map(|path| (path.clone(), nothing(path))).collect();
    note(paths(template, &without));
    let variants = sweep.variants.clone();
    let every = whole && sweep.points.len() * variants.len() <= TRIED;
    for variant in &variants {
        match template.with(variant.as_deref(), &[]) {
            Err(found) => note(found),
            Ok(scenario) => {
                sweep.scenarios.push(scenario.digest);
                if let Err(problem) = about(sweep, &scenario, state) {
                    note(Problems(vec![problem]));
                }
            }
        }
        let tries: Vec<Vec<Coordinate>> = if every { sweep.points.clone() } else { each_level(sweep, variants.len()) };
        for coordinates in tries {
            let values: Vec<_> = sweep
                .factors
                .iter()
                .zip(coordinates)
                .map(|(factor, coordinate)| (&factor.path, factor.level(coordinate)))
                .collect();
            if let Err(found) = template.with(variant.as_deref(), &set(&values)) {
                let (said, of_ranges) = said_of_ranges(found, &values, sweep, template, variant.as_deref());
                note(said);
                ranges.add(of_ranges);
            }
        }
    }
    problems.add(ranges);
    problems
}

/// What is said of values between the ends of a range, which stand in no file, is said of the range: the problems apart from
/// these, and these.
fn said_of_ranges(
    found: Problems,
    values: &[(&Key, Option<Level>)],
    sweep: &Sweep,
    template: &mut Template,
    variant: Option<&str>,
) -> (Problems, Problems) {
    let (mut said, mut of_ranges) = (Problems::default(), Problems::default());
    for mut problem in found.0 {
        let between = values.iter().find_map(|(path, level)| {
            let value = &level.as_ref()?.value;
            let text = value.text().filter(|_| value.place == problem.place)?;
            let written = template.sources().text(value.place).map(|written| written.trim_matches(['"', '\'']));
            (written != Some(text)).then_some((*path, value, text))
        });
        let Some((path, value, text)) = between else {
            said.push(problem);
            continue;
        };
        if holds_if_whole(path, value, template, variant) {
            let message = format!("`{}` is a whole number, and this range holds others, such as {text}", path.text);
            of_ranges.push(Problem::new(problem.place, message).help("add `whole: true`"));
            continue;
        }
        let ends = wrong_ends(path, sweep, template, variant);
        if ends.0.is_empty() {
            problem.message =
                format!("{text}, a value of this range, cannot stand at `{}`: {}", path.text, problem.message);
            of_ranges.push(problem);
        }
        of_ranges.0.extend(ends.0);
    }
    (said, of_ranges)
}

/// What is wrong with the ends of the range of a factor, each where it is written.
fn wrong_ends(path: &Key, sweep: &Sweep, template: &mut Template, variant: Option<&str>) -> Problems {
    let mut problems = Problems::default();
    let Some(factor) = sweep.factors.iter().find(|factor| factor.path.text == path.text) else { return problems };
    let ends = match &factor.levels {
        Levels::Range(..) => [factor.level(Coordinate::At(0.0)), factor.level(Coordinate::At(1.0))],
        Levels::Listed(levels, _) => [levels.first().cloned(), levels.last().cloned()],
    };
    let written = sweep.study.get("factors").and_then(|factors| factors.get(&path.text));
    for ((key, lies), end) in [("from", "begins"), ("to", "ends")].into_iter().zip(ends) {
        let Some(Level { value, .. }) = end else { continue };
        let found = template.with(variant, &[(path, &value)]).err().unwrap_or_default();
        let Some(found) = found.0.into_iter().find(|problem| problem.place == value.place) else { continue };
        let place = written.and_then(|range| range.get(key)).map_or(value.place, |end| end.place);
        let text = value.text().unwrap_or_default();
        let message = format!("the range {lies} at {text}, which cannot stand at `{}`: {}", path.text, found.message);
        problems.push(Problem { place, message, ..found });
    }
    problems
}

/// Whether it is nothing but its fraction that is wrong with a value.
fn holds_if_whole(path: &Key, value: &Node, template: &mut Template, variant: Option<&str>) -> bool {
    let number = value.text().and_then(|text| text.parse::<f64>().ok());
    let Some(number) = number.filter(|number| libm::round(*number).to_bits() != number.to_bits()) else { return false };
    let kind = Written::Scalar { text: libm::round(number).to_string(), plain: true };
    let rounded = Node { kind, ..value.clone() };
    let found = template.with(variant, &[(path, &rounded)]).err().unwrap_or_default();
    found.0.iter().all(|problem| problem.place != value.place)
}

/// Tries paths of which no value is known: what is said of the path itself holds whatever stands there.
pub(super) fn paths(template: &mut Template, factors: &[(Key, Node)]) -> Problems {
    let mut problems = Problems::default();
    for (path, nothing) in factors {
        let found = template.with(None, &[(path, nothing)]).err().unwrap_or_default();
        problems.add(Problems(found.0.into_iter().filter(|problem| problem.place == path.place).collect()));
    }
    problems
}

/// Each level of each factor by itself; the ends alone where there are too many.
fn each_level(sweep: &Sweep, variants: usize) -> Vec<Vec<Coordinate>> {
    let most = (TRIED / variants / sweep.factors.len().max(1)).max(2);
    let mut tries = Vec::new();
    for (at, factor) in sweep.factors.iter().enumerate() {
        let ends = match &factor.levels {
            Levels::Range(..) => vec![Coordinate::At(0.0), Coordinate::At(1.0)],
            Levels::Listed(levels, _) => {
                let count = u32::try_from(levels.len()).unwrap_or(u32::MAX);
                let is_end = |level: &u32| *level == 0 || level + 1 == count;
                (0..count).filter(|level| levels.len() <= most || is_end(level)).map(Coordinate::Level).collect()
            }
        };
        for end in ends {
            let mut coordinates = vec![Coordinate::AsWritten; sweep.factors.len()];
            coordinates[at] = end;
            tries.push(coordinates);
        }
    }
    tries
}

/// The state that outcomes are about: the one named, or that of the scenario's premium.
fn about(sweep: &mut Sweep, scenario: &Scenario, named: Option<&Spanned<String>>) -> Result<(), Problem> {
    let library = &scenario.plan.library;
    match named {
        Some(state) if library.state_coded(state).is_none() => {
            let known: Vec<&str> = library.states().iter().map(|state| state.code.as_str()).collect();
            Err(Problem::unknown("state", state, known))
        }
        Some(state) => {
            sweep.state_name = library.state_coded(state).map(|state| library.state(state).name.clone());
            Ok(())
        }
        None => {
            if let (None, Some(premium)) = (&sweep.state, &scenario.premium) {
                let state = library.state(premium.state);
                sweep.state = Some(state.code.clone());
                sweep.state_name = Some(state.name.clone());
            }
            Ok(())
        }
    }
}
