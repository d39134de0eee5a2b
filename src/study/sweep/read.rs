//! From a study file to a sweep: the scenario read, factors and design unfolded, every problem found.

use std::path::{Path, PathBuf};

use super::cases;
use super::columns;
use super::factor::{Coordinate, Factor, Levels, levels, listed};
use super::form::{DesignForm, Seeds, StudyForm};
use super::plan::{Asked, Design, MOST_FACTORS, MOST_POINTS, MOST_REPLICATES, MOST_RUNS, Sweep};
use super::trial::try_out;
use crate::base::{Place, Problem, Problems, Spanned};
use crate::reading::{self, Key, Kind, Node, Sources};
use crate::scenario::{Options, Template};
use crate::study::design;

/// Paths that a study may not set, and why.
const REFUSED: [(&str, &str); 3] = [
    ("seed", "seeds follow from the study's own: see `replicates`"),
    ("variants", "variants are laid over the scenario before factors are: name them under `variants` of the study"),
    ("premium", "the state that a study is about is named under `state` of the study"),
];

/// Reads a study. Settings and law of the options apply to its scenario.
///
/// # Errors
/// All problems found; the sources are for showing them.
pub fn read(path: &Path, options: &Options) -> Result<Sweep, (Problems, Sources)> {
    let mut sources = Sources::default();
    let node = match reading::load(&mut sources, path, &|_| None) {
        Ok(node) => node,
        Err(problems) => return Err((problems, sources)),
    };
    let mut reading = Reading {
        path,
        folder: path.parent().map(Path::to_owned).unwrap_or_default(),
        node: &node,
        options,
        sources,
        problems: Problems::default(),
    };
    let sweep = reading::decode_and(&node, |form: &mut StudyForm| reading.sweep(form));
    sweep.map_err(|problems| (problems, reading.sources))
}

/// A study without a file: a scenario and a table of cases.
#[derive(Clone, Copy, Debug)]
pub struct Cases<'a> {
    /// The scenario.
    pub scenario: &'a Path,
    /// The table.
    pub table: &'a Path,
    /// A variant to lay the cases over.
    pub variant: Option<&'a str>,
    /// Code of the state that outcomes are about.
    pub state: Option<&'a str>,
    /// Runs of each case.
    pub replicates: u32,
    /// The seed from which theirs follow.
    pub seed: u64,
}

/// Reads a table of cases for a scenario.
///
/// # Errors
/// As [`read`].
pub fn read_cases(of: Cases<'_>, options: &Options) -> Result<Sweep, (Problems, Sources)> {
    let mut sources = Sources::default();
    let (factors, points) = match cases::read(&mut sources, of.table) {
        Ok(found) => found,
        Err(problems) => return Err((problems, sources)),
    };
    let mut template = Template::read(sources, of.scenario, options)?;
    let nowhere = |text: &str| Spanned { value: text.to_owned(), place: Place::NOWHERE };
    let mut sweep = Sweep {
        title: String::new(),
        seed: of.seed,
        replicates: of.replicates,
        common_seeds: true,
        variants: vec![of.variant.map(str::to_owned)],
        state: of.state.map(str::to_owned),
        state_name: None,
        factors,
        design: Design::Points("cases"),
        points,
        scenarios: Vec::new(),
        template: template.clone(),
        study: Node { id: 0, place: Place::NOWHERE, kind: Kind::Nothing },
        asked: asked(of.table, options),
    };
    let mut problems = names(&sweep.factors);
    if sweep.runs() > MOST_RUNS {
        problems.push(Problem::new(Place::NOWHERE, format!("{} runs: at most {MOST_RUNS} are made", sweep.runs())));
    }
    if problems.0.is_empty() {
        problems = try_out(&mut sweep, &mut template, of.state.map(nowhere).as_ref());
    }
    problems.or(sweep).map_err(|problems| (problems, template.sources().clone()))
}

fn asked(study: &Path, options: &Options) -> Asked {
    let text = |path: &Path| path.display().to_string();
    Asked { study: text(study), settings: options.settings.clone(), law: options.law.as_deref().map(text) }
}

struct Reading<'a> {
    path: &'a Path,
    folder: PathBuf,
    node: &'a Node,
    options: &'a Options,
    sources: Sources,
    problems: Problems,
}

impl Reading<'_> {
    fn sweep(&mut self, form: &StudyForm) -> Result<Sweep, Problems> {
        let (factors, points, design) = self.design(form);
        self.counts(form);
        let Some(mut template) = self.template(form) else { return Err(std::mem::take(&mut self.problems)) };
        let mut variants: Vec<Option<String>> = Vec::new();
        for name in &form.variants {
            let known = template.variants();
            if !known.contains(&name.value) {
                self.problems.push(Problem::unknown("variant", name, known.iter().map(String::as_str)));
            } else if variants.iter().flatten().any(|given| *given == name.value) {
                self.problems.push(Problem::new(name.place, format!("the variant `{}` is named twice", name.value)));
            } else {
                variants.push(Some(name.value.clone()));
            }
        }
        if form.variants.is_empty() {
            variants.push(None);
        }
        let mut sweep = Sweep {
            title: form.title.clone(),
            seed: form.seed,
            replicates: form.replicates.value,
            common_seeds: form.seeds == Seeds::Common,
            variants,
            state: form.state.as_ref().map(|state| state.value.clone()),
            state_name: None,
            factors,
            design,
            points,
            scenarios: Vec::new(),
            template: template.clone(),
            study: self.node.clone(),
            asked: asked(self.path, self.options),
        };
        if sweep.runs() > MOST_RUNS {
            let message = format!("{} runs: at most {MOST_RUNS} are planned", sweep.runs());
            self.problems.push(Problem::new(form.replicates.place, message));
        }
        if self.problems.0.is_empty() {
            let state = form.state.as_ref();
            let tried = try_out(&mut sweep, &mut template, state);
            self.problems.add(tried);
        }
        self.sources = template.sources().clone();
        std::mem::take(&mut self.problems).or(sweep)
    }

    fn counts(&mut self, form: &StudyForm) {
        if !(1..=MOST_REPLICATES).contains(&form.replicates.value) {
            let message = format!("a study has between 1 and {MOST_REPLICATES} replicates");
            self.problems.push(Problem::new(form.replicates.place, message));
        }
    }

    fn template(&mut self, form: &StudyForm) -> Option<Template> {
        let beside = self.folder.join(&form.scenario.value);
        let path = if beside.is_file() { beside } else { PathBuf::from(&form.scenario.value) };
        match Template::read(std::mem::take(&mut self.sources), &path, self.options) {
            Ok(template) => Some(template),
            Err((problems, sources)) => {
                self.sources = sources;
                for mut problem in problems.0 {
                    if problem.place == Place::NOWHERE {
                        problem.place = form.scenario.place;
                    }
                    self.problems.push(problem);
                }
                None
            }
        }
    }

    /// Factors, points and what the design is good for.
    fn design(&mut self, form: &StudyForm) -> (Vec<Factor>, Vec<Vec<Coordinate>>, Design) {
        let place = form.design.place;
        if matches!(form.design.value, DesignForm::List(_) | DesignForm::Cases(_)) && !form.factors.is_empty() {
            self.problems.push(Problem::new(place, "a list of points says itself what varies: it has no `factors`"));
        }
        let (factors, points, design) = match &form.design.value {
            DesignForm::List(_) => self.list(),
            DesignForm::Cases(name) => self.cases(name),
            design => {
                let listed = matches!(design, DesignForm::Grid | DesignForm::OneAtATime);
                let factors = self.factors(form, listed);
                let (points, good_for) = self.points(form, &factors);
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

    fn factors(&mut self, form: &StudyForm, listed: bool) -> Vec<Factor> {
        let mut factors = Vec::new();
        for (path, node) in self.node.get("factors").map(Node::entries).unwrap_or_default() {
            let Some((_, factor)) = form.factors.iter().find(|(known, _)| known.value == path.text) else { continue };
            match levels(path, factor, node, listed) {
                Ok(levels) => factors.push(Factor { path: path.clone(), levels }),
                Err(problem) => self.problems.push(problem),
            }
        }
        factors
    }

    fn points(&mut self, form: &StudyForm, factors: &[Factor]) -> (Vec<Vec<Coordinate>>, Design) {
        let (seed, place) = (form.seed, form.design.place);
        let counts: Vec<usize> = factors
            .iter()
            .map(|factor| if let Levels::Listed(levels, _) = &factor.levels { levels.len() } else { 0 })
            .collect();
        let level = |level: usize| Coordinate::Level(u32::try_from(level).unwrap_or(u32::MAX));
        let units = |points: Vec<design::Point>| -> Vec<Vec<Coordinate>> {
            points.into_iter().map(|point| point.into_iter().map(Coordinate::At).collect()).collect()
        };
        let needed = factors.len().max(1);
        match &form.design.value {
            DesignForm::Grid => {
                let Some(points) = design::grid(&counts, MOST_POINTS) else {
                    let message = format!("more than {MOST_POINTS} combinations of levels");
                    self.problems.push(Problem::new(place, message).help("a latin-hypercube covers as much with less"));
                    return (Vec::new(), Design::Points("grid"));
                };
                let points = points.into_iter().map(|point| point.into_iter().map(level).collect());
                (points.collect(), Design::Points("grid"))
            }
            DesignForm::OneAtATime => {
                let points = design::one_at_a_time(&counts).into_iter();
                let coordinate = |at: Option<usize>| at.map_or(Coordinate::AsWritten, level);
                let points = points.map(|point| point.into_iter().map(coordinate).collect());
                (points.collect(), Design::Points("one-at-a-time"))
            }
            DesignForm::LatinHypercube { points } => {
                let count = self.count(points, "points", factors, 1);
                (units(design::latin_hypercube(seed, factors.len(), count)), Design::Points("latin-hypercube"))
            }
            DesignForm::Morris { trajectories, levels } => {
                let count = self.count(trajectories, "trajectories", factors, needed + 1);
                if levels.value < 2 || levels.value > 100 || !levels.value.is_multiple_of(2) {
                    let message = "Morris's design has an even number of levels, from 2 to 100";
                    self.problems.push(Problem::new(levels.place, message));
                    return (Vec::new(), Design::Morris);
                }
                (units(design::morris(seed, factors.len(), count, levels.value as usize)), Design::Morris)
            }
            DesignForm::Sobol { samples } => {
                let count = self.count(samples, "samples", factors, needed + 2);
                (units(design::saltelli(seed, factors.len(), count)), Design::Sobol)
            }
            DesignForm::List(_) | DesignForm::Cases(_) => unreachable!("lists of points are read by themselves"),
        }
    }

    /// A number of points, trajectories or samples, each so many points long; 0 after a problem.
    fn count(&mut self, count: &Spanned<u32>, of: &str, factors: &[Factor], each: usize) -> usize {
        let most = MOST_POINTS / each;
        let least = if each == 1 { 1 } else { 2 };
        if factors.is_empty() {
            self.problems.push(Problem::new(count.place, "this design needs factors"));
        } else if !(least..=most).contains(&(count.value as usize)) {
            self.problems.push(Problem::new(count.place, format!("this design has between {least} and {most} {of}")));
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
        let rows: Vec<Vec<(&Key, &Node)>> =
            items.iter().map(|item| item.entries().iter().map(|(path, value)| (path, value)).collect()).collect();
        if rows.is_empty() || rows.len() > MOST_POINTS {
            let place = list.map_or(self.node.place, |list| list.place);
            self.problems.push(Problem::new(place, format!("a list has between 1 and {MOST_POINTS} points")));
        }
        let (factors, points) = tabulated(&rows);
        (factors, points, Design::Points("list"))
    }

    fn cases(&mut self, name: &Spanned<String>) -> (Vec<Factor>, Vec<Vec<Coordinate>>, Design) {
        let path = self.folder.join(&name.value);
        let (factors, points) = match cases::read(&mut self.sources, &path) {
            Ok(found) => found,
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

/// Names of factors become names of columns, and may not hide others.
fn names(factors: &[Factor]) -> Problems {
    let mut problems = Problems::default();
    for factor in factors {
        let Key { text, place } = &factor.path;
        let first = match reading::segments(&factor.path) {
            Ok(segments) => segments[0].clone(),
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        if let Some((_, why)) = REFUSED.iter().find(|(refused, _)| *refused == first) {
            problems.push(Problem::new(*place, format!("`{text}` is no factor: {why}")));
        } else if columns::reserved(text) {
            let message = format!("a column of the results is named `{text}` already");
            problems.push(Problem::new(*place, message).help("set a path below it"));
        }
    }
    problems
}

/// Factors and points of rows of paths with their values: a factor a path, in the order in which paths first appear.
pub(super) fn tabulated(rows: &[Vec<(&Key, &Node)>]) -> (Vec<Factor>, Vec<Vec<Coordinate>>) {
    let mut paths: Vec<&Key> = Vec::new();
    // For each path the distinct values by their writing, and where each stands in the list.
    let mut values: Vec<(Vec<Node>, std::collections::BTreeMap<String, u32>)> = Vec::new();
    let mut points = Vec::with_capacity(rows.len());
    for row in rows {
        let mut point = vec![Coordinate::AsWritten; paths.len()];
        for (path, value) in row {
            let at = paths.iter().position(|known| known.text == path.text).unwrap_or_else(|| {
                paths.push(path);
                values.push(Default::default());
                point.push(Coordinate::AsWritten);
                paths.len() - 1
            });
            let (list, index) = &mut values[at];
            let next = u32::try_from(list.len()).unwrap_or(u32::MAX);
            let level = *index.entry(reading::written(value)).or_insert_with(|| {
                list.push((*value).clone());
                next
            });
            point[at] = Coordinate::Level(level);
        }
        points.push(point);
    }
    for point in &mut points {
        point.resize(paths.len(), Coordinate::AsWritten);
    }
    let factors = paths.into_iter().zip(values);
    (factors.map(|(path, (list, _))| Factor { path: path.clone(), levels: listed(&list) }).collect(), points)
}
