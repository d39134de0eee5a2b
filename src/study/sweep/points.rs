//! The design of a study unfolded: which factors there are, and at which points of them the scenario is run.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use super::cases;
use super::columns;
use super::factor::{Coordinate, Factor, Levels, levels, listed};
use super::form::{DesignForm, StudyForm};
use super::plan::{Design, MOST_FACTORS, most_points};
use super::read::Reading;
use crate::base::{Place, Problem, Problems, Spanned};
use crate::reading::{self, Key, Kind, Mended, Node};
use crate::study::design;

/// Paths that a study may not set, and why.
const REFUSED: [(&str, &str); 3] = [
    ("seed", "seeds follow from the study's own: see `replicates`"),
    ("variants", "variants are laid over the scenario before factors are: name them under `variants` of the study"),
    ("premium", "the state that a study is about is named under `state` of the study"),
];

impl Reading<'_> {
    /// Factors, points and what the design is good for.
    pub(super) fn design(&mut self, form: &StudyForm, mended: &Mended) -> (Vec<Factor>, Vec<Vec<Coordinate>>, Design) {
        let place = form.design.place;
        if matches!(form.design.value, DesignForm::List(_) | DesignForm::Cases(_)) && !form.factors.is_empty() {
            self.problems.push(Problem::new(place, "a list of points says itself what varies: it has no `factors`"));
        }
        let (factors, points, design) = match &form.design.value {
            DesignForm::List(_) => self.list(),
            DesignForm::Cases(name) => self.cases(name),
            design => {
                // What a design that is a guess wants of factors is nothing that they lack.
                let is_guess = self.node.get("design").is_some_and(|design| mended.replaces(design));
                let listed = !is_guess && matches!(design, DesignForm::Grid | DesignForm::OneAtATime);
                let factors = self.factors(form, listed, mended);
                // Points of too many factors are not worth their memory.
                let few = &factors[..factors.len().min(MOST_FACTORS)];
                let (points, good_for) = self.points(form, few);
                (factors, points, good_for)
            }
        };
        if factors.len() > MOST_FACTORS {
            self.problems.push(Problem::new(place, format!("more than {MOST_FACTORS} factors")));
        }
        let wrong = names(&factors);
        self.problems.0.extend(wrong.0);
        (factors, points, design)
    }

    /// Those of which something is wrong are kept apart: their paths are tried all the same.
    fn factors(&mut self, form: &StudyForm, listed: bool, mended: &Mended) -> Vec<Factor> {
        let mut factors = Vec::new();
        for (path, node) in self.node.get("factors").map(Node::entries).unwrap_or_default() {
            let Some((_, factor)) = form.factors.iter().find(|(known, _)| known.value == path.text) else { continue };
            match levels(path, factor, node, listed) {
                Ok(levels) if !mended.reaches(node) => {
                    factors.push(Factor { path: path.clone(), levels, logarithmic: factor.logarithmic });
                    continue;
                }
                Err(problem) if !follows(&problem, (path, node), mended) => self.problems.push(problem),
                Ok(_) | Err(_) => {}
            }
            self.without_levels.push((path.clone(), nothing_at(node)));
        }
        factors
    }

    fn points(&mut self, form: &StudyForm, factors: &[Factor]) -> (Vec<Vec<Coordinate>>, Design) {
        let (seed, place, most) = (form.seed, form.design.place, most_points(factors.len()));
        let counts: Vec<usize> = factors
            .iter()
            .map(|factor| if let Levels::Listed(levels, _) = &factor.levels { levels.len() } else { 0 })
            .collect();
        let level = |level: usize| Coordinate::Level(u32::try_from(level).unwrap_or(u32::MAX));
        let units = |points: Vec<design::Point>| -> Vec<Vec<Coordinate>> {
            points.into_iter().map(|point| point.into_iter().map(Coordinate::At).collect()).collect()
        };
        // Of factors in which something is wrong it is known that they are there.
        let needed = (factors.len() + self.without_levels.len()).max(1);
        match &form.design.value {
            DesignForm::Grid => {
                let Some(points) = design::grid(&counts, most) else {
                    let message = format!("more than {most} combinations of levels");
                    self.problems.push(Problem::new(place, message).help("a latin-hypercube covers as much with less"));
                    return (Vec::new(), Design::Points("grid"));
                };
                let points = points.into_iter().map(|point| point.into_iter().map(level).collect());
                (points.collect(), Design::Points("grid"))
            }
            DesignForm::OneAtATime => {
                let Some(points) = design::one_at_a_time(&counts, most) else {
                    let message = format!("more than {most} levels of all factors together");
                    self.problems.push(Problem::new(place, message).help("give ranges fewer `steps`"));
                    return (Vec::new(), Design::Points("one-at-a-time"));
                };
                let coordinate = |at: Option<usize>| at.map_or(Coordinate::AsWritten, level);
                let points = points.into_iter().map(|point| point.into_iter().map(coordinate).collect());
                (points.collect(), Design::Points("one-at-a-time"))
            }
            DesignForm::LatinHypercube { points } => {
                let count = self.count(points, ["point", "points"], factors, 1);
                (units(design::latin_hypercube(seed, factors.len(), count)), Design::Points("latin-hypercube"))
            }
            DesignForm::Morris { trajectories, levels } => {
                let count = self.count(trajectories, ["trajectory", "trajectories"], factors, needed + 1);
                if levels.value < 2 || levels.value > 100 || !levels.value.is_multiple_of(2) {
                    let message =
                        format!("{} levels, where Morris's design has an even number from 2 to 100", levels.value);
                    self.problems.push(Problem::new(levels.place, message));
                    return (Vec::new(), Design::Morris);
                }
                (units(design::morris(seed, factors.len(), count, levels.value as usize)), Design::Morris)
            }
            DesignForm::Sobol { samples } => {
                let count = self.count(samples, ["sample", "samples"], factors, needed + 2);
                (units(design::saltelli(seed, factors.len(), count)), Design::Sobol)
            }
            DesignForm::List(_) | DesignForm::Cases(_) => unreachable!("lists of points are read by themselves"),
        }
    }

    /// A number of points, trajectories or samples, each so many points long; 0 after a problem.
    fn count(&mut self, count: &Spanned<u32>, [one, many]: [&str; 2], factors: &[Factor], each: usize) -> usize {
        let most = most_points(factors.len()) / each;
        let least = if each == 1 { 1 } else { 2 };
        if factors.is_empty() && self.without_levels.is_empty() {
            self.problems.push(Problem::new(count.place, "this design needs factors, and there are none"));
        } else if !(least..=most).contains(&(count.value as usize)) {
            let of = if count.value == 1 { one } else { many };
            let message = format!("{} {of}, where {least} to {most} are allowed", count.value);
            self.problems.push(Problem::new(count.place, message));
        } else {
            return count.value as usize;
        }
        0
    }

    fn list(&mut self) -> (Vec<Factor>, Vec<Vec<Coordinate>>, Design) {
        let list = self.node.get("design").and_then(|design| design.get("list"));
        let items = match list.map(|list| &list.kind) {
            Some(Kind::List(items)) => items.as_slice(),
            _ => &[],
        };
        let mut paths: Vec<&Key> = Vec::new();
        let mut rows: Vec<Vec<(usize, &Node)>> = Vec::with_capacity(items.len());
        for item in items {
            let mut row = Vec::new();
            for (path, value) in item.entries() {
                let known = paths.iter().position(|known| known.text == path.text);
                if known.is_none() {
                    paths.push(path);
                }
                row.push((known.unwrap_or(paths.len() - 1), value));
            }
            rows.push(row);
        }
        let most = most_points(paths.len());
        let wrong = if paths.len() > MOST_FACTORS {
            Some(format!("more than {MOST_FACTORS} factors"))
        } else if rows.is_empty() || rows.len() > most {
            Some(format!("the list has {} points, where 1 to {most} are allowed", rows.len()))
        } else {
            None
        };
        if let Some(message) = wrong {
            let place = list.map_or(self.node.place, |list| list.place);
            self.problems.push(Problem::new(place, message));
            return (Vec::new(), Vec::new(), Design::Points("list"));
        }
        let (factors, points) = tabulated(&paths, &rows);
        (factors, points, Design::Points("list"))
    }

    fn cases(&mut self, name: &Spanned<String>) -> (Vec<Factor>, Vec<Vec<Coordinate>>, Design) {
        let path = self.folder.join(&name.value);
        let (factors, points) = match cases::read(&mut self.sources, &path) {
            Ok(table) => {
                self.problems.0.extend(table.problems.0);
                (table.factors, table.points)
            }
            Err(problems) => {
                for mut problem in problems.0 {
                    if problem.place == Place::NOWHERE {
                        problem.place = name.place;
                    }
                    self.problems.push(problem);
                }
                (Vec::new(), Vec::new())
            }
        };
        (factors, points, Design::Points("cases"))
    }
}

/// Whether what is said of a factor as a whole follows from a slip that was told: of what it is, of a key, or of its levels.
fn follows(problem: &Problem, (path, node): (&Key, &Node), mended: &Mended) -> bool {
    let is_guess = |(key, value): &(Key, Node)| {
        mended.touches(key.place) || (["values", "steps"].contains(&key.text.as_str()) && mended.replaces(value))
    };
    problem.place == path.place && (mended.replaces(node) || node.entries().iter().any(is_guess))
}

/// Nothing, where a factor stands: what is said of it is said of what was written there.
fn nothing_at(node: &Node) -> Node {
    Node { id: 0, place: node.place, kind: Kind::Nothing }
}

/// Names of factors become names of columns, and may not hide others; nor may one set what another sets.
pub(super) fn names(factors: &[Factor]) -> Problems {
    let mut problems = Problems::default();
    let mut paths = Vec::new();
    for factor in factors {
        let Key { text, place } = &factor.path;
        let path = match reading::segments(&factor.path) {
            Ok(segments) => segments,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        paths.push((path.clone(), &factor.path));
        if let Some((_, why)) = REFUSED.iter().find(|(refused, _)| *refused == path[0]) {
            problems.push(Problem::new(*place, format!("`{text}` is no factor: {why}")));
        } else if columns::reserved(text) {
            let message = format!("a column of the results is named `{text}` already");
            problems.push(Problem::new(*place, message).help("set a path below it"));
        }
    }
    // In this order whatever lies below a path follows it.
    paths.sort_by(|(one, _), (other, _)| one.cmp(other));
    for pair in paths.windows(2) {
        let [(above, outer), (below, inner)] = pair else { continue };
        if below.starts_with(above) {
            let message =
                format!("`{}` lies within `{}`: the table could not say what was run", inner.text, outer.text);
            problems.push(Problem::new(inner.place, message).help("set the outer one whole, or paths below it alone"));
        }
    }
    problems
}

/// Factors and points of rows of values, each under the place of its path in the list.
pub(super) fn tabulated<N: Borrow<Node>>(
    paths: &[&Key],
    rows: &[Vec<(usize, N)>],
) -> (Vec<Factor>, Vec<Vec<Coordinate>>) {
    // For each path the distinct values by their writing, and where each stands in the list.
    let mut values: Vec<(Vec<Node>, BTreeMap<String, u32>)> = vec![Default::default(); paths.len()];
    let mut points = Vec::with_capacity(rows.len());
    for row in rows {
        let mut point = vec![Coordinate::AsWritten; paths.len()];
        for (at, value) in row {
            let (list, index) = &mut values[*at];
            let next = u32::try_from(list.len()).unwrap_or(u32::MAX);
            let level = *index.entry(reading::written(value.borrow())).or_insert_with(|| {
                list.push(value.borrow().clone());
                next
            });
            point[*at] = Coordinate::Level(level);
        }
        points.push(point);
    }
    let factor = |(path, (list, _)): (&&Key, (Vec<Node>, _))| Factor {
        path: (*path).clone(),
        levels: listed(&list),
        logarithmic: false,
    };
    (paths.iter().zip(values).map(factor).collect(), points)
}
