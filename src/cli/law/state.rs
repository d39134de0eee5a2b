//! `comity law state`.

use clap::Args;

use super::{Found, day, state_of};
use crate::base::Day;
use crate::report::law::state as words;
use crate::scenario::Corpus;

/// Arguments of `comity law state`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The state: its code (`DEU`) or name
    state: String,
    /// The day looked at; the last of any table of the record, if left out
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// One state on a day.
pub fn state(corpus: &Corpus, arguments: &Arguments) -> Found {
    let shown = words::state(corpus, state_of(corpus, &arguments.state)?, Some(day(corpus, arguments.on)));
    if arguments.json { super::json(&shown) } else { Ok(words::text(&shown).into()) }
}
