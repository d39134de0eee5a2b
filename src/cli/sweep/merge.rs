//! `comity sweep merge`.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use clap::Args;

use super::super::outputs::{Output, are_apart, takes_files};
use super::super::overwriting;
use super::super::paths::same;
use super::super::publish::{publish, write_text};
use super::super::{Ending, SideBySide, print_text, quoted_path, words};
use super::{are_of_one, no_merge, no_plan, open, outcomes};
use crate::base::Digest;
use crate::report;
use crate::report::html::sweep::Swept;
use crate::report::numbers::number_of;
use crate::study::sweep::columns::IDENTITY;
use crate::study::sweep::merge::Merged;
use crate::study::sweep::own_point::OwnPoint;
use crate::study::sweep::{Sweep, folder};
use crate::study::{Outcome, Pool};
use crate::tables::Format;

/// Arguments of `comity sweep merge`.
#[derive(Debug, Args)]
pub struct MergeArguments {
    /// The folder of a plan, or of results
    folder: PathBuf,
    /// The table to write: a name that ends in `.parquet` or `.csv`
    #[arg(short, long, value_name = "FILE", value_parser = crate::cli::paths::table)]
    out: (PathBuf, Format),
    /// Write a report with figures into this file, too: one page that needs neither network nor script
    #[arg(long, value_name = "FILE", value_parser = crate::cli::paths::page)]
    report: Option<PathBuf>,
    /// An outcome that the report shows, for example `cases_concluded`; the main ones, if left out; may be repeated
    #[arg(long, value_name = "NAME", requires = "report")]
    outcome: Vec<String>,
    /// Put together what is there, although runs are missing
    #[arg(long)]
    partial: bool,
    /// Put together what several builds of the program ran
    #[arg(long)]
    any_build: bool,
}

/// Puts parts together.
pub fn merge(arguments: &MergeArguments) -> anyhow::Result<Ending> {
    let (out, format) = (&arguments.out.0, arguments.out.1);
    let (sweep, results) = match open(&arguments.folder, arguments.any_build) {
        Ok(opened) => opened,
        Err(error) => return no_plan(error),
    };
    let Some(asked) = outcomes(&arguments.outcome, &sweep) else { return Ok(Ending::Wrong) };
    let plan = folder::places(&arguments.folder).map(|(plan, _)| plan);
    if plan.is_ok_and(|plan| same(out, &plan.join(folder::CASES))) {
        tell!("error: {} holds the cases of the plan: choose another name for the table", out.display());
        return Ok(Ending::Wrong);
    }
    let outputs: Vec<Output> = [Some(("--out", out.clone())), arguments.report.clone().map(|page| ("--report", page))]
        .into_iter()
        .flatten()
        .collect();
    if !are_apart(&outputs) || !takes_files(arguments.report.as_deref()) {
        return Ok(Ending::Wrong);
    }
    overwriting::table(out, format, &IDENTITY)?;
    let merged = match Merged::find(&sweep, &results) {
        Ok(merged) => merged,
        Err(error) => return no_merge(error),
    };
    let found = &merged.results;
    if !are_of_one(found, arguments.any_build) {
        return Ok(Ending::Wrong);
    }
    let (done, of) = (found.done(), sweep.runs());
    if done < of && !arguments.partial {
        tell!("error: {} of {of} runs are missing: `comity sweep run` makes them, --partial does without", of - done);
        return Ok(Ending::Incomplete);
    }
    let digest = publish(out, |file| merged.write(&sweep, format, file))?;
    if let Some(stopped) = merged.stopped()?.sentence(done) {
        tell!("{stopped}");
    }
    if let Some(path) = &arguments.report {
        write_report(arguments, path, (&sweep, &merged, digest), asked)?;
    }
    let rows = number_of(done, "row", "rows");
    print_text(&format!("{rows} in {}; digest of their content {}\n", out.display(), digest.short()))?;
    Ok(Ending::Done)
}

fn write_report(
    arguments: &MergeArguments,
    path: &Path,
    (sweep, merged, digest): (&Sweep, &Merged, Digest),
    asked: Vec<&'static Outcome>,
) -> anyhow::Result<()> {
    // The table is written by now: whoever does not wait for these runs ends the program, and loses the page alone.
    let pool = Pool { threads: SideBySide { jobs: None }.threads(), interrupt: &AtomicBool::new(false) };
    let own = OwnPoint::run(sweep, &pool);
    let own = own.map_err(|problems| anyhow::anyhow!("the scenario of the plan: {problems}"))?;
    let reproduce = reproduce(arguments, path, sweep)?;
    let outcomes = if asked.is_empty() { report::html::sweep::usual_outcomes(sweep) } else { asked };
    let swept = Swept { sweep, merged, digest, own: &own };
    let page = report::html::sweep::of_sweep(swept, &outcomes, reproduce)?;
    write_text(path, &page)
}

/// The commands that give plan, runs, table and report again.
fn reproduce(arguments: &MergeArguments, report: &Path, sweep: &Sweep) -> anyhow::Result<String> {
    let (plan, results) = folder::places(&arguments.folder).map_err(|_| anyhow::anyhow!("the plan is gone"))?;
    let asked = &sweep.asked;
    let words: String =
        words(&asked.settings, asked.law.as_deref().map(Path::new)).map(|word| format!(" {word}")).collect();
    let elsewhere =
        if results == plan.join(folder::RESULTS) { String::new() } else { format!(" --out {}", quoted_path(&results)) };
    Ok(format!(
        "comity sweep plan {} -o {plan}{words} && comity sweep run {plan}{elsewhere} && comity sweep merge {} -o {} \
         --report {}{shown}",
        quoted_path(Path::new(&asked.study)),
        quoted_path(&arguments.folder),
        quoted_path(&arguments.out.0),
        quoted_path(report),
        plan = quoted_path(&plan),
        shown = arguments.outcome.iter().map(|name| format!(" --outcome {name}")).collect::<String>(),
    ))
}
