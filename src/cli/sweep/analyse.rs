//! `comity sweep analyse`.

use std::path::PathBuf;

use clap::Args;

use super::super::{Ending, print};
use super::{are_of_one, no_merge, no_plan, open, outcomes};
use crate::report;
use crate::study::sweep::Design;
use crate::study::sweep::indices::sensitivity;
use crate::study::sweep::merge::Merged;

/// Arguments of `comity sweep analyse`.
#[derive(Debug, Args)]
pub struct AnalyseArguments {
    /// The folder of a plan, or of results
    folder: PathBuf,
    /// An outcome to show, for example `impunity`; all, if left out; may be repeated
    #[arg(long, value_name = "NAME")]
    outcome: Vec<String>,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
    /// Also with parts of another build
    #[arg(long)]
    any_build: bool,
}

/// Prints elementary effects or Sobol indices.
pub fn analyse(arguments: &AnalyseArguments) -> anyhow::Result<Ending> {
    let (sweep, results) = match open(&arguments.folder, arguments.any_build) {
        Ok(opened) => opened,
        Err(error) => return no_plan(error),
    };
    let Some(asked) = outcomes(&arguments.outcome, &sweep) else { return Ok(Ending::Wrong) };
    let merged = match Merged::find(&sweep, &results) {
        Ok(merged) => merged,
        Err(error) => return no_merge(error),
    };
    if !are_of_one(&merged.results, arguments.any_build) {
        return Ok(Ending::Wrong);
    }
    if matches!(sweep.design, Design::Points(_)) {
        tell!("error: no indices belong to this design: plan with `design: {{ morris: ... }}` or `{{ sobol: ... }}`");
        return Ok(Ending::Wrong);
    }
    let done = merged.results.done();
    if done < sweep.runs() {
        tell!("error: {} of {} runs are missing: indices need the whole design", sweep.runs() - done, sweep.runs());
        return Ok(Ending::Incomplete);
    }
    if let Some(stopped) = merged.stopped()?.sentence(done) {
        tell!("{stopped}");
    }
    // Designs without indices were refused.
    let mut found = sensitivity(&sweep, &merged)?.unwrap_or_default();
    if !asked.is_empty() {
        found.retain(|found| asked.contains(&found.outcome));
    }
    let json = report::sensitivity::json(&sweep, &found);
    print(arguments.json, &json, || report::sensitivity::text(&sweep, &found))?;
    Ok(Ending::Done)
}
