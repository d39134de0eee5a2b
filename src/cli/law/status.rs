//! `comity law status`.

use clap::{Args, ValueEnum};

use super::super::slips::unplaced;
use super::{Found, day, keep, state_of, treaty};
use crate::base::{Day, Problems};
use crate::report::law::{status as words, status_text};
use crate::scenario::Corpus;

/// Arguments of `comity law status`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The treaty: its name (`ets185`) or how it is cited (`BUD`)
    treaty: String,
    /// The day looked at; the last of the treaty's table, if left out
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
    /// One state: its code (`DEU`) or name
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A table for people
    Table,
    /// One row a state, for spreadsheets
    Csv,
    /// Everything, for programs
    Json,
}

/// The record of one treaty.
pub fn status(corpus: &Corpus, arguments: &Arguments) -> Found {
    let mut problems = Problems::default();
    let form = keep(&mut problems, treaty(corpus, &arguments.treaty));
    let only = arguments.state.as_ref().and_then(|state| keep(&mut problems, state_of(corpus, state)));
    let Some(form) = form.filter(|_| problems.0.is_empty()) else { return Err(problems.into()) };
    let name = &form.treaty.value;
    let on = day(corpus, arguments.on.or_else(|| corpus.table_ends(name)));
    let shown = words::status(corpus, name, on, only).ok_or_else(|| {
        let reason = if form.model {
            "it is a model text"
        } else if form.between.is_some() {
            "it binds two States by its own dates, which `comity law show` gives"
        } else {
            "no table under law/status carries it"
        };
        unplaced(format!("there is no record of who joined `{name}`: {reason}"))
    })?;
    match arguments.format {
        Format::Table => Ok(status_text::text(&shown).into()),
        Format::Csv => Ok(super::Text::ForPrograms(status_text::csv(&shown)?)),
        Format::Json => super::json(&shown),
    }
}
