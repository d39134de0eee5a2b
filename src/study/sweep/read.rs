//! From a study file to a sweep: the scenario read, factors and design unfolded, every problem found.

use std::path::{Path, PathBuf};

use super::cases;
use super::form::{Seeds, StudyForm};
use super::plan::{Asked, Design, MOST_REPLICATES, MOST_RUNS, Sweep};
use super::points::names;
use super::trial::{Trial, paths, try_out};
use crate::base::{Place, Problem, Problems, Spanned};
use crate::reading::{self, Key, Kind, Mended, Node, Sources};
use crate::scenario::{self, Options, Template};

/// Reads a study. Settings and law of the options apply to its scenario.
///
/// # Errors
/// All problems found; the sources are for showing them.
pub fn read(path: &Path, options: &Options) -> Result<Sweep, (Problems, Sources)> {
    let mut sources = Sources::default();
    let read = reading::load(&mut sources, path, &|_| None);
    let sweep = reading::made_of(read, |node| {
        scenario::Kind::Study.expect(&node)?;
        let mut reading = Reading {
            path,
            folder: path.parent().map(Path::to_owned).unwrap_or_default(),
            node: &node,
            options,
            sources: std::mem::take(&mut sources),
            problems: Problems::default(),
            without_levels: Vec::new(),
        };
        let sweep = reading::decode_and(&node, |form: &mut StudyForm, mended| reading.sweep(form, mended));
        sources = reading.sources;
        sweep
    });
    sweep.map_err(|problems| (problems, sources))
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
    let cases::Table { factors, points, problems: of_rows } = match cases::read(&mut sources, of.table) {
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
    problems.add(seeds_are_its_own(options));
    if sweep.runs() > MOST_RUNS {
        problems.push(Problem::new(Place::NOWHERE, format!("{} runs: at most {MOST_RUNS} are made", sweep.runs())));
    }
    if problems.0.is_empty() {
        let state = of.state.map(nowhere);
        let whole = of_rows.0.is_empty();
        problems = try_out(&mut sweep, &mut template, Trial { state: state.as_ref(), whole });
    }
    let problems = Problems(of_rows.0.into_iter().chain(problems.0).collect());
    problems.or(sweep).map_err(|problems| (problems, template.sources().clone()))
}

/// A sweep has seeds of its own: a setting of the scenario's would be said to hold and change nothing.
fn seeds_are_its_own(options: &Options) -> Problems {
    let is_seed = |setting: &&String| setting.split_once('=').is_some_and(|(path, _)| path.trim() == "seed");
    let message =
        |setting: &String| format!("`--set {setting}` would change nothing: seeds follow from the study's own");
    let wrong = options.settings.iter().filter(is_seed);
    Problems(wrong.map(|setting| Problem::new(Place::NOWHERE, message(setting))).collect())
}

fn asked(study: &Path, options: &Options) -> Asked {
    let text = |path: &Path| path.display().to_string();
    Asked { study: text(study), settings: options.settings.clone(), law: options.law.as_deref().map(text) }
}

pub(super) struct Reading<'a> {
    path: &'a Path,
    pub(super) folder: PathBuf,
    pub(super) node: &'a Node,
    options: &'a Options,
    pub(super) sources: Sources,
    pub(super) problems: Problems,
    /// Factors in which something is wrong: their paths, each with nothing that stands there.
    pub(super) without_levels: Vec<(Key, Node)>,
}

impl Reading<'_> {
    fn sweep(&mut self, form: &StudyForm, mended: &Mended) -> Result<Sweep, Problems> {
        let (factors, points, design) = self.design(form, mended);
        self.counts(form);
        self.problems.add(seeds_are_its_own(self.options));
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
        // One that is not known stands for the scenario as written, so that what else is wrong can be found.
        if variants.is_empty() {
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
        let whole = self.problems.0.is_empty() && mended.is_nothing();
        let trial = Trial { state: form.state.as_ref(), whole };
        let tried = try_out(&mut sweep, &mut template, trial);
        self.problems.add(tried);
        self.problems.add(paths(&mut template, &self.without_levels));
        self.sources = template.sources().clone();
        std::mem::take(&mut self.problems).or(sweep)
    }

    fn counts(&mut self, form: &StudyForm) {
        if !(1..=MOST_REPLICATES).contains(&form.replicates.value) {
            let message = format!("{} replicates, where 1 to {MOST_REPLICATES} are allowed", form.replicates.value);
            self.problems.push(Problem::new(form.replicates.place, message));
        }
    }

    fn template(&mut self, form: &StudyForm) -> Option<Template> {
        let named = PathBuf::from(&form.scenario.value);
        let beside = self.folder.join(&named);
        // Where there is neither, the nearest name beside the study is more likely meant than one far from it.
        let is_beside = beside.is_file() || !named.is_file() && reading::nearest_beside(&beside).is_some();
        let path = if is_beside { beside } else { named };
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
}
