//! `comity sweep analyse`.

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;

use super::super::Ending;
use super::{no_merge, no_plan, open};
use crate::report;
use crate::study::outcome::{self, Outcome};
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
    if let Some(name) = arguments.outcome.iter().find(|name| Outcome::named(name).is_none()) {
        let known: Vec<&str> = outcome::ALL.iter().map(|outcome| outcome.key).collect();
        let near = crate::base::nearest(name, known.iter().copied());
        let help =
            near.map_or_else(|| format!("known: {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
        tell!("error: unknown outcome `{name}`; {help}");
        return Ok(Ending::Wrong);
    }
    let (sweep, results) = match open(&arguments.folder, arguments.any_build) {
        Ok(opened) => opened,
        Err(error) => return no_plan(error),
    };
    let merged = match Merged::find(&sweep, &results) {
        Ok(merged) => merged,
        Err(error) => return no_merge(error),
    };
    let done = merged.results.done();
    if done < sweep.runs() {
        tell!("error: {} of {} runs are missing: indices need the whole design", sweep.runs() - done, sweep.runs());
        return Ok(Ending::Incomplete);
    }
    let Some(mut found) = sensitivity(&sweep, &merged)? else {
        tell!("error: no indices belong to this design: plan with `design: {{ morris: ... }}` or `{{ sobol: ... }}`");
        return Ok(Ending::Wrong);
    };
    if !arguments.outcome.is_empty() {
        found.retain(|found| arguments.outcome.iter().any(|name| name == found.outcome.key));
    }
    let mut out = io::stdout().lock();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &report::sensitivity::json(&sweep, &found))?;
        writeln!(out)?;
    } else {
        write!(out, "{}", report::sensitivity::text(&sweep, &found))?;
    }
    Ok(Ending::Done)
}
