//! `comity sweep status`.

use std::path::PathBuf;

use clap::Args;

use super::super::{Ending, print_text};
use super::{no_merge, no_plan, open};
use crate::cli::slips::whole;
use crate::report;
use crate::study::sweep::merge::Merged;
use crate::study::sweep::shard::{self, MOST_SHARDS};

/// Arguments of `comity sweep status`.
#[derive(Debug, Args)]
pub struct StatusArguments {
    /// The folder of a plan, or of results
    folder: PathBuf,
    /// Into how many shards the plan is cut, for naming those that are open; as the parts say, if left out
    #[arg(long, value_name = "N",
          allow_negative_numbers = true, value_parser = whole::<u32>(1, u64::from(MOST_SHARDS)))]
    shards: Option<u32>,
    /// Print nothing but the open shards, as `--array` of job schedulers takes them
    #[arg(long)]
    array: bool,
}

/// Says what is done, missing and damaged.
pub fn status(arguments: &StatusArguments) -> anyhow::Result<Ending> {
    // Whatever build made the parts, they can be counted.
    let (sweep, results) = match open(&arguments.folder, true) {
        Ok(opened) => opened,
        Err(error) => return no_plan(error),
    };
    let merged = match Merged::find(&sweep, &results) {
        Ok(merged) => merged,
        Err(error) => return no_merge(error),
    };
    let found = &merged.results;
    let of = arguments.shards.unwrap_or_else(|| found.cut_into());
    let open = found.open_shards(of);
    let text = if arguments.array {
        shard::array(&open) + "\n"
    } else {
        report::sweep::status(&sweep, found, &merged.stopped()?, (&open, of))
    };
    print_text(&text)?;
    Ok(if open.is_empty() { Ending::Done } else { Ending::Incomplete })
}
