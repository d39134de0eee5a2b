//! `comity sweep`: studies of many runs, planned, run in shards, put together.

mod analyse;
mod cases;
mod merge;
mod plan;
mod run;
mod status;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::slips::outcome;
use super::{Ending, show};
use crate::base::Problems;
use crate::reading::Sources;
use crate::study::outcome::Outcome;
use crate::study::sweep::folder::{self, NoPlan};
use crate::study::sweep::results::Results;
use crate::study::sweep::{Sweep, merge::NoMerge};

/// Arguments of `comity sweep`.
#[derive(Debug, Args)]
pub struct SweepCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Plan a study: check it whole, and write a folder that holds all its runs rest on
    Plan(plan::PlanArguments),
    /// Run a plan, or a shard of it; what is there already is not run again
    Run(run::RunArguments),
    /// Say what is done, missing and damaged (exit code 0: complete, 3: not)
    Status(status::StatusArguments),
    /// Put the parts together into one table, Parquet or CSV
    Merge(merge::MergeArguments),
    /// Print elementary effects or Sobol indices, where the design is one for them
    Analyse(analyse::AnalyseArguments),
    /// Run a table of cases, and write one table of results: for programs that choose the cases
    Cases(cases::CasesArguments),
}

/// Carries the command out.
pub fn sweep(command: &SweepCommand) -> anyhow::Result<Ending> {
    match &command.command {
        Command::Plan(arguments) => plan::plan(arguments),
        Command::Run(arguments) => run::run(arguments),
        Command::Status(arguments) => status::status(arguments),
        Command::Merge(arguments) => merge::merge(arguments),
        Command::Analyse(arguments) => analyse::analyse(arguments),
        Command::Cases(arguments) => cases::cases(arguments),
    }
}

/// The outcomes with these names, for this sweep; what is wrong with a name is said.
fn outcomes(names: &[String], sweep: &Sweep) -> Option<Vec<&'static Outcome>> {
    let named_by = "the study names none (`state: CODE`)";
    let mut problems = Problems::default();
    let of_key = |key: &String| outcome(key, sweep.state.is_some(), named_by);
    let found: Vec<_> =
        names.iter().filter_map(|key| of_key(key).map_err(|problem| problems.push(problem)).ok()).collect();
    if !problems.0.is_empty() {
        show(&Sources::default(), &problems);
    }
    (found.len() == names.len()).then_some(found)
}

/// Says why a plan cannot be used.
fn no_plan(error: NoPlan) -> anyhow::Result<Ending> {
    match error {
        NoPlan::Wrong(message) => tell!("error: {message}"),
        NoPlan::Problems(problems, sources) => show(&sources, &problems),
        NoPlan::Disk(error) => return Err(error.into()),
    }
    Ok(Ending::Wrong)
}

/// The plan of a folder, and the folder of its results.
fn open(folder: &Path, any_build: bool) -> Result<(Sweep, PathBuf), NoPlan> {
    let (plan, results) = folder::places(folder)?;
    Ok((folder::load(&plan, any_build)?, results))
}

/// Whether the parts of a folder are all of this plan and build; if not, and what is damaged, is said. `any_build`: parts of
/// other builds will do.
fn are_of_one(found: &Results, any_build: bool) -> bool {
    if let Some((part, plan)) = found.strange.first() {
        tell!("error: {} is a part of another plan ({})", part.display(), plan.get(..12).unwrap_or(plan));
        return false;
    }
    if let Some((part, build)) = found.other_builds.first().filter(|_| !any_build) {
        tell!("error: {} was run by build {build}: remove such parts, or say --any-build", part.display());
        return false;
    }
    for (part, why) in &found.damaged {
        tell!("damaged: {}: {why}", part.display());
    }
    true
}

/// Says why parts cannot be put together.
fn no_merge(error: NoMerge) -> anyhow::Result<Ending> {
    match error {
        NoMerge::Disk(error) => Err(error.into()),
        NoMerge::Disagree(disagreement) => {
            let [(one, build), (other, other_build)] = &disagreement.parts;
            tell!("error: two parts disagree about run {}:", disagreement.run);
            tell!("    {} (build {build})", one.display());
            tell!("    {} (build {other_build})", other.display());
            tell!("Remove the one that is wrong; its runs are made again.");
            Ok(Ending::Failed)
        }
    }
}
