//! `comity sweep plan`.

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;

use super::super::run::quoted;
use super::super::{Ending, LawArguments, show};
use super::no_plan;
use crate::report;
use crate::scenario::Options;
use crate::study::sweep::{folder, read};

/// Arguments of `comity sweep plan`.
#[derive(Debug, Args)]
pub struct PlanArguments {
    /// The study file
    study: PathBuf,
    /// The folder to write the plan into; it must not hold another
    #[arg(short, long, value_name = "DIR")]
    out: PathBuf,
    /// Set a value of the scenario for all runs, for example `networks.count=200`; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    settings: Vec<String>,
    #[command(flatten)]
    law: LawArguments,
}

/// Plans a study and says what it will be.
pub fn plan(arguments: &PlanArguments) -> anyhow::Result<Ending> {
    let law = arguments.law.law.clone();
    let options = Options { variant: None, settings: arguments.settings.clone(), law: law.clone() };
    let sweep = match read::read(&arguments.study, &options) {
        Ok(sweep) => sweep,
        Err((problems, sources)) => {
            show(&sources, &problems);
            return Ok(Ending::Wrong);
        }
    };
    match folder::write(&sweep, &arguments.study, law.as_deref(), &arguments.out) {
        Err(error) => no_plan(error),
        Ok(named) => {
            let out = quoted(&arguments.out.display().to_string());
            write!(io::stdout(), "{}", report::sweep::planned(&sweep, &named, &out))?;
            Ok(Ending::Done)
        }
    }
}
