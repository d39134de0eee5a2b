//! `comity compare`: variants of a scenario on the same seeds, and what each changes.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::outputs::{are_apart, takes_files};
use super::progress::{Progress, how_wide};
use super::publish::write_text;
use super::slips::{outcome, unplaced, whole};
use super::tidy_files::TablesArguments;
use super::{Ending, ReadingArguments, interrupt, option, quoted_path, sound};
use crate::base::{Problems, StateId};
use crate::reading::Sources;
use crate::report;
use crate::report::compare::CompareSummary;
use crate::report::html::History;
use crate::scenario::{AS_CHANGED, AS_WRITTEN, Scenario};
use crate::study::compare::{Length, MOST_RUNS, Variant};
use crate::study::{Comparison, Ended, Followed, Outcome, PairPremium, Pool, Unit, follow};

/// The outcome that an interval is watched of, unless told otherwise.
const USUAL_OUTCOME: &str = "impunity";

/// Arguments of `comity compare`.
#[derive(Debug, Args)]
pub struct CompareArguments {
    /// The scenario file, or the path of a built-in one (`scenarios/one-state-stays-out.yaml`)
    scenario: PathBuf,
    /// The variants, the first of them the baseline; one alone is compared with the scenario as written, and so are all
    /// that change anything if none is named
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    variants: Vec<String>,
    /// The state that the study is about, by code; the state of the scenario's `premium`, if left out
    #[arg(long, value_name = "CODE")]
    state: Option<String>,
    /// How many runs of each variant, on the same seeds, from the scenario's own on
    #[arg(long, alias = "seeds", value_name = "N", default_value_t = 30, conflicts_with = "until_width",
          allow_negative_numbers = true, value_parser = whole::<u64>(1, MOST_RUNS as u64))]
    runs: u64,
    /// Run until the interval of the outcome is at most so wide in every difference: in points for shares, else in the
    /// outcome's own unit
    #[arg(long, value_name = "WIDTH", allow_negative_numbers = true, value_parser = positive)]
    until_width: Option<f64>,
    /// The outcome whose interval is watched, by its key; with --until-width alone
    #[arg(long, value_name = "KEY", default_value = USUAL_OUTCOME, requires = "until_width",
          conflicts_with = "runs")]
    outcome: String,
    /// Write a report with figures into this file: one page that needs neither network nor script
    #[arg(long, value_name = "FILE", value_parser = super::paths::page_in_new_folder)]
    report: Option<PathBuf>,
    #[command(flatten)]
    tables: TablesArguments,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    side_by_side: super::SideBySide,
    #[command(flatten)]
    reading: ReadingArguments,
}

fn positive(text: &str) -> Result<f64, String> {
    let width: f64 = text.parse().map_err(|_| "a number is needed".to_owned())?;
    if width > 0.0 && width.is_finite() { Ok(width) } else { Err("a width is above 0".to_owned()) }
}

/// Runs the study and shows it.
pub fn run(arguments: &CompareArguments) -> anyhow::Result<Ending> {
    if !super::paths::has_folder(arguments.report.as_deref(), &[arguments.tables.folder()]) {
        return Ok(Ending::Wrong);
    }
    let mut outputs = arguments.tables.files_of_a_comparison();
    outputs.extend(arguments.report.clone().map(|page| ("--report", page)));
    if !are_apart(&outputs) || !takes_files(arguments.report.as_deref()) {
        return Ok(Ending::Wrong);
    }
    let Some((scenarios, state, outcome)) = sound(asked(arguments)) else { return Ok(Ending::Wrong) };
    let _taken = arguments.tables.take_for_comparison()?;
    let first = &scenarios[0].1;
    let state = state.map(|state| first.plan.library.state(state));
    let variant = |(name, scenario): &(String, Scenario)| Variant {
        name: name.clone(),
        plan: Arc::new(scenario.plan.clone()),
        state: state.and_then(|state| scenario.plan.library.state_coded(&state.code)),
    };
    let variants: Vec<Variant> = scenarios.iter().map(variant).collect();
    // Shares are asked for and shown in points.
    let unit = if outcome.unit == Unit::Share { 100.0 } else { 1.0 };
    let length = match arguments.until_width {
        Some(width) => Length::UntilWidth(outcome, width / unit),
        None => Length::Runs(usize::try_from(arguments.runs)?),
    };
    let interrupt = interrupt::flag()?;
    let pool = Pool { threads: arguments.side_by_side.threads(), interrupt: &interrupt };
    let mut progress = Progress::of("runs");
    let found = follow(&variants, first.plan.seed, length, &pool, outcome, &mut |standing| {
        tracing::debug!(runs = standing.runs, of = standing.of, "runs of the study");
        progress.standing(standing, how_wide(outcome, standing.width).as_deref());
    });
    progress.clear();
    match found {
        Ok((found, followed)) => {
            let state = state.map(|state| (state.code.as_str(), state.name.as_str()));
            let watched = arguments.until_width.map(|_| outcome);
            Shown { arguments, scenarios: &scenarios, state, watched, found: &found, followed: &followed }.show()
        }
        Err(stopped) => {
            tell!("The study stopped: {stopped}.");
            Ok(Ending::Failed)
        }
    }
}

/// What was found, and of what.
struct Shown<'a> {
    arguments: &'a CompareArguments,
    scenarios: &'a [(String, Scenario)],
    /// The state that the study is about: code and name.
    state: Option<(&'a str, &'a str)>,
    /// The outcome whose interval was watched, where one was.
    watched: Option<&'static Outcome>,
    found: &'a Comparison,
    followed: &'a Followed,
}

impl Shown<'_> {
    fn show(&self) -> anyhow::Result<Ending> {
        let Self { arguments, scenarios, found, followed, .. } = *self;
        let first = &scenarios[0].1;
        let premium = self.premium();
        let named: Vec<(&str, &Scenario)> =
            scenarios.iter().map(|(name, scenario)| (name.as_str(), scenario)).collect();
        let caveat = report::caveats::of_study(&named);
        let question = report::compare::Question {
            title: &first.title,
            question: &first.question,
            caveat: caveat.as_deref(),
            state: self.state.map(|(_, name)| name),
            watched: self.watched,
            variants: &named,
            followed,
            premium: premium.as_ref().map(|(pair, found)| (*pair, found)),
        };
        let summary = report::compare::summarise(&question, found, reproduce(arguments, found));
        // What cannot be written does not take with it what can be shown.
        let written = self.write_files(&summary);
        super::print(arguments.json, &summary, || report::compare_text::text(&summary))?;
        written.map(|()| if found.ended == Ended::Interrupted { Ending::Failed } else { Ending::Done })
    }

    /// Writes what was asked for. What cannot be written does not take the other with it.
    fn write_files(&self, summary: &CompareSummary) -> anyhow::Result<()> {
        let tables = self.arguments.tables.comparison(self.found, summary);
        let report = self.write_report(summary);
        tables.and(report)
    }

    fn write_report(&self, summary: &CompareSummary) -> anyhow::Result<()> {
        let Some(path) = &self.arguments.report else { return Ok(()) };
        let firsts = self.scenarios.iter().zip(&self.followed.firsts);
        let firsts: Vec<History> = firsts.map(|((_, scenario), outcome)| History { scenario, outcome }).collect();
        write_text(path, &report::html::compare::of_comparison(&firsts, summary))
    }

    /// The places of the two variants of the haven premium, staying out and in, with what it is; none where one of them
    /// is not compared, or the study is about another state than the scenario's.
    fn premium(&self) -> Option<((usize, usize), PairPremium)> {
        let first = &self.scenarios[0].1;
        let of = first.premium.as_ref()?;
        self.state.filter(|(code, _)| first.plan.library.state(of.state).code == *code)?;
        let place = |wanted: &String| {
            let is = |(name, scenario): &(String, Scenario)| name == wanted || scenario.under_settings.contains(wanted);
            self.scenarios.iter().position(is)
        };
        let (out, inside) = (place(&of.out)?, place(&of.inside)?);
        let runs = &self.found.runs;
        Some(((out, inside), PairPremium::of(&runs[out], &runs[inside], self.found.seeds[0])?))
    }
}

/// The scenario in each variant, the baseline first; the state that the study is about; the outcome that is watched.
type Asked = (Vec<Named>, Option<StateId>, &'static Outcome);

/// A scenario by the name of its variant.
type Named = (String, Scenario);

/// What is asked for, checked whole: whatever is wrong with it is told at once.
fn asked(arguments: &CompareArguments) -> Result<Asked, (Problems, Sources)> {
    let mut problems = named_well(&arguments.variants);
    let read = read(arguments);
    let about_a_state = read.as_ref().map_or(true, |(_, state)| state.is_some());
    let named_by = "name it with --state, for the scenario names none under `premium`";
    let outcome = outcome(&arguments.outcome, about_a_state, named_by).map_err(|problem| problems.push(problem)).ok();
    match (read, outcome) {
        (Ok((mut scenarios, state)), Some(outcome)) if problems.0.is_empty() => {
            // All variants run on the baseline's seeds, whatever seed they name.
            let seed = scenarios[0].1.plan.seed;
            for (_, scenario) in &mut scenarios {
                scenario.plan.seed = seed;
            }
            if scenarios.len() < 2 {
                problems.push(unplaced("the scenario has no variant that changes anything: nothing to compare"));
            }
            problems.or((scenarios, state, outcome)).map_err(|problems| (problems, Sources::default()))
        }
        (Ok(_), _) => Err((problems, Sources::default())),
        (Err((mut found, sources)), _) => {
            found.0.extend(problems.0);
            Err((found, sources))
        }
    }
}

/// What is wrong with the list of variants, whatever the scenario.
fn named_well(named: &[String]) -> Problems {
    let mut problems = Problems::default();
    if named.iter().any(String::is_empty) {
        problems.push(unplaced("--variants names a variant without a name: see its commas"));
    }
    let twice = |(index, name): &(usize, &String)| !name.is_empty() && named[..*index].contains(name);
    for (_, name) in named.iter().enumerate().filter(twice) {
        problems.push(unplaced(format!("the variant `{name}` is named twice")));
    }
    problems
}

/// The scenario in each variant, the baseline first, and the state that the study is about.
fn read(arguments: &CompareArguments) -> Result<(Vec<Named>, Option<StateId>), (Problems, Sources)> {
    let named = &arguments.variants;
    let choose = |all: Vec<String>| {
        let names = if named.is_empty() { all } else { named.iter().filter(|n| !n.is_empty()).cloned().collect() };
        // Also where a list has commas alone: something has to be read, so that what is wrong besides is told.
        let written = (named.len() < 2 || names.is_empty()).then_some(None);
        written.into_iter().chain(names.into_iter().map(Some)).collect()
    };
    let options = arguments.reading.options(None);
    let (scenarios, state) = super::read_about(&arguments.scenario, &options, arguments.state.as_deref(), choose)?;
    let is_written = arguments.reading.settings.is_empty();
    let baseline = if is_written { AS_WRITTEN } else { AS_CHANGED };
    let name = |scenario: &Scenario| scenario.variant.clone().unwrap_or_else(|| baseline.to_owned());
    let digest = scenarios[0].digest;
    // Unless it was asked for, one that changes nothing is the scenario as written under another name.
    let differs = |scenario: &Scenario| scenario.variant.is_none() || !named.is_empty() || scenario.digest != digest;
    let scenarios = scenarios.into_iter().filter(differs).map(|scenario| (name(&scenario), scenario)).collect();
    Ok((scenarios, state))
}

/// The command that gives this result again: with the number of runs that were made, should they have been interrupted.
fn reproduce(arguments: &CompareArguments, found: &Comparison) -> String {
    let mut words = vec!["comity compare".to_owned(), quoted_path(&arguments.scenario)];
    if !arguments.variants.is_empty() {
        words.push(option("variants", &arguments.variants.join(",")));
    }
    words.extend(arguments.state.as_ref().map(|state| option("state", state)));
    match arguments.until_width {
        Some(width) if found.ended != Ended::Interrupted => {
            words.push(format!("--until-width {width}"));
            if arguments.outcome != USUAL_OUTCOME {
                words.push(format!("--outcome {}", arguments.outcome));
            }
        }
        _ => words.push(format!("--runs {}", found.seeds.len())),
    }
    words.extend(arguments.reading.words());
    words.join(" ")
}
