//! `comity sweep plan`.

use std::path::PathBuf;

use clap::Args;

use super::super::{Ending, ReadingArguments, print_text, quoted_path, sound};
use super::no_plan;
use crate::report;
use crate::study::sweep::{folder, read};

/// Arguments of `comity sweep plan`.
#[derive(Debug, Args)]
pub struct PlanArguments {
    /// The study file
    study: PathBuf,
    /// The folder to write the plan into; it must not hold another
    #[arg(short, long, value_name = "DIR", value_parser = crate::cli::paths::new_folder)]
    out: PathBuf,
    #[command(flatten)]
    reading: ReadingArguments,
}

/// Plans a study and says what it will be.
pub fn plan(arguments: &PlanArguments) -> anyhow::Result<Ending> {
    let options = arguments.reading.options(None);
    let Some(sweep) = sound(read::read(&arguments.study, &options)) else { return Ok(Ending::Wrong) };
    match folder::write(&sweep, &arguments.study, options.law.as_deref(), &arguments.out) {
        Err(error) => no_plan(error),
        Ok(named) => {
            let out = quoted_path(&arguments.out);
            print_text(&report::sweep::planned(&sweep, &named, &out))?;
            Ok(Ending::Done)
        }
    }
}
