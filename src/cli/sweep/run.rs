//! `comity sweep run`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::{Ending, SideBySide, interrupt};
use super::no_plan;
use crate::cli::progress::{Progress, how_wide_is_impunity};
use crate::cli::slips::whole;
use crate::study::sweep::folder::{self, NoPlan};
use crate::study::sweep::work::{Done, How, NoWork, PART_RUNS, work};
use crate::study::sweep::{Shard, Sweep};

/// Arguments of `comity sweep run`.
#[derive(Debug, Args)]
pub struct RunArguments {
    /// The folder of a plan
    plan: PathBuf,
    #[command(flatten)]
    side_by_side: SideBySide,
    /// Run one shard alone: 3/7 is the third of seven. The result is the same
    #[arg(long, value_name = "I/N", default_value_t = Shard::WHOLE)]
    shard: Shard,
    /// The folder of the results; `results` in the plan's folder, if left out
    #[arg(long, value_name = "RESULTS", value_parser = crate::cli::paths::new_folder)]
    out: Option<PathBuf>,
    /// Runs of a part. A minute after the last part, the next run that ends is written with those before it
    #[arg(long, value_name = "N", default_value_t = PART_RUNS,
          allow_negative_numbers = true, value_parser = whole::<u32>(1, 100_000))]
    part_runs: u32,
    /// Go on although another build of the program made the plan or some of the parts
    #[arg(long)]
    any_build: bool,
    /// Print neither progress nor result; the exit code says how it went
    #[arg(long)]
    quiet: bool,
}

/// Runs what is missing.
pub fn run(arguments: &RunArguments) -> anyhow::Result<Ending> {
    let (sweep, results) = match opened(arguments) {
        Ok(opened) => opened,
        Err(error) => return no_plan(error),
    };
    let interrupt = interrupt::flag()?;
    let mut progress = Progress::of("runs").silent_if(arguments.quiet);
    let how = How {
        shard: arguments.shard,
        threads: arguments.side_by_side.threads(),
        part_runs: arguments.part_runs,
        any_build: arguments.any_build,
        interrupt: &interrupt,
    };
    let done = work(&sweep, &results, how, &mut |at| {
        progress.standing(at, how_wide_is_impunity(at.width).as_deref());
    });
    progress.clear();
    match done {
        Ok(done) => {
            if !arguments.quiet {
                show(&done, how.shard, &results);
            }
            Ok(if done.missing == 0 { Ending::Done } else { Ending::Incomplete })
        }
        Err(reason) => no_work(reason, how.shard, &results),
    }
}

/// The plan, and the folder of its results, which says whose they are.
fn opened(arguments: &RunArguments) -> Result<(Sweep, PathBuf), NoPlan> {
    let (plan, results) = folder::places(&arguments.plan)?;
    let sweep = folder::load(&plan, arguments.any_build)?;
    let results = arguments.out.clone().unwrap_or(results);
    folder::accompany(&plan, &results)?;
    Ok((sweep, results))
}

/// Says why nothing was run.
fn no_work(reason: NoWork, shard: Shard, results: &Path) -> anyhow::Result<Ending> {
    match reason {
        NoWork::Taken => {
            tell!("error: another process runs shard {shard} into {}", results.display());
            return Ok(Ending::Failed);
        }
        NoWork::Strange(part) => {
            tell!("error: {} is a part of another plan: choose another folder, or remove it", part.display());
        }
        NoWork::OtherBuild(part, build) => {
            tell!("error: {} was run by build {build}: remove such parts, or say --any-build", part.display());
        }
        NoWork::Disk(error) => return Err(error.into()),
    }
    Ok(Ending::Wrong)
}

fn show(done: &Done, shard: Shard, results: &Path) {
    let of_shard = if shard == Shard::WHOLE { String::new() } else { format!(" of shard {shard}") };
    let Done { made, found, missing, damaged, .. } = *done;
    tell!("{made} runs{of_shard} made, {found} were there, {missing} missing; results in {}", results.display());
    if let Some(stopped) = done.stopped.sentence(made) {
        tell!("{stopped}");
    }
    if damaged > 0 {
        tell!("Damaged parts put out of the way: {damaged} (see *.damaged); their runs were made again.");
    }
    if missing > 0 {
        tell!("Interrupted: the same command goes on where this one stopped.");
    }
}
