//! `comity pivotal`: which single act would change a haven most, and which few would end it.

use std::path::PathBuf;

use clap::Args;

use super::progress::{Progress, how_wide};
use super::slips::whole;
use super::{Ending, ReadingArguments, interrupt, option, quoted_path, sound};
use crate::report;
use crate::scenario::Scenario;
use crate::study::pivotal::{self, Asked, NoPivotal, pivotal};
use crate::study::{Ended, Pivotal, Pool};

/// Runs of each act: more take hours with many acts, and the intervals are narrow long before.
const MOST_RUNS: u64 = 1_000;
/// Runs that the search for sets takes at most, unless told otherwise: some minutes on two threads.
const USUAL_SEARCH: u64 = 2_000;

/// Arguments of `comity pivotal`.
#[derive(Debug, Args)]
pub struct PivotalArguments {
    /// The scenario file, or the path of a built-in one (`scenarios/one-state-stays-out.yaml`)
    scenario: PathBuf,
    /// The variant in which the acts are tried; the scenario as written, if left out
    #[arg(long, value_name = "NAME")]
    variant: Option<String>,
    /// Whose haven, by code; the state of the scenario's `premium`, else the one that is a haven in most runs
    #[arg(long, value_name = "CODE")]
    state: Option<String>,
    /// How many runs of each act, on the same seeds, from the scenario's own on
    #[arg(long, alias = "seeds", value_name = "N", default_value_t = 20,
          allow_negative_numbers = true, value_parser = whole::<u64>(1, MOST_RUNS))]
    runs: u64,
    /// Runs that the search for sets of acts takes at most; 0 for no search
    #[arg(long, value_name = "N", default_value_t = USUAL_SEARCH,
          allow_negative_numbers = true, value_parser = whole::<u64>(0, 1_000_000))]
    search_runs: u64,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    side_by_side: super::SideBySide,
    #[command(flatten)]
    reading: ReadingArguments,
}

/// Runs the study and shows it.
pub fn run(arguments: &PivotalArguments) -> anyhow::Result<Ending> {
    let options = arguments.reading.options(None);
    let variant = |_| vec![arguments.variant.clone()];
    let read = super::read_about(&arguments.scenario, &options, arguments.state.as_deref(), variant);
    let Some((scenarios, state)) = sound(read) else { return Ok(Ending::Wrong) };
    let scenario = &scenarios[0];
    let interrupt = interrupt::flag()?;
    let pool = Pool { threads: arguments.side_by_side.threads(), interrupt: &interrupt };
    let asked = Asked {
        plan: &scenario.plan,
        state,
        runs: usize::try_from(arguments.runs)?,
        search_runs: usize::try_from(arguments.search_runs)?,
    };
    let mut progress = Progress::of("runs");
    // While sets are searched, what single acts change is known no better than before.
    let mut width = None;
    let found = pivotal(&asked, &pool, &mut |part, at| {
        width = at.width.or(width);
        let wide = how_wide(pivotal::watched(), width);
        progress.standing(at, Some(&wide.map_or_else(|| part.to_owned(), |wide| format!("{part}; {wide}"))));
    });
    progress.clear();
    let found = match found {
        Ok(found) => found,
        Err(NoPivotal::NoHaven) => {
            let runs = match arguments.runs {
                1 => "the one run".to_owned(),
                runs => format!("any of the {runs} runs"),
            };
            tell!("No state was a haven in {runs}: there is no haven to end.");
            return Ok(Ending::Failed);
        }
        Err(NoPivotal::Stopped(stopped)) => {
            tell!("The study stopped: {stopped}.");
            return Ok(Ending::Failed);
        }
    };
    let reproduce = reproduce(arguments, scenario, &found);
    let summary = report::pivotal::summarise(scenario, &found, reproduce);
    super::print(arguments.json, &summary, || report::pivotal_text::text(&summary))?;
    Ok(if found.ended == Ended::Interrupted { Ending::Failed } else { Ending::Done })
}

/// The command that gives this result again: should it have been interrupted, with the seeds that were finished, the
/// state that all runs had shown, and as much of a search as there was.
fn reproduce(arguments: &PivotalArguments, scenario: &Scenario, found: &Pivotal) -> String {
    let (state, search_runs) = match found.ended {
        Ended::Interrupted => {
            let code = &scenario.plan.library.state(found.state).code;
            (Some(code), found.sets.as_ref().map_or(0, |sets| sets.runs as u64))
        }
        _ => (arguments.state.as_ref(), arguments.search_runs),
    };
    let mut words = vec!["comity pivotal".to_owned(), quoted_path(&arguments.scenario)];
    words.extend(arguments.variant.as_ref().map(|variant| option("variant", variant)));
    words.extend(state.map(|state| option("state", state)));
    words.push(format!("--runs {}", found.seeds.len()));
    if search_runs != USUAL_SEARCH {
        words.push(format!("--search-runs {search_runs}"));
    }
    words.extend(arguments.reading.words());
    words.join(" ")
}
