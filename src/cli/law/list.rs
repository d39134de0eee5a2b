//! `comity law list`.

use clap::Args;
use serde_json::json;

use super::{Found, day};
use crate::base::Day;
use crate::report::law::ends::TablesEnded;
use crate::report::law::list;
use crate::scenario::Corpus;

/// Arguments of `comity law list`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The day looked at; the last of any table of the record, if left out
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
    /// List states and laws too
    #[arg(long)]
    states: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Treaties, and states if asked.
pub fn list(corpus: &Corpus, arguments: &Arguments) -> Found {
    let on = day(corpus, arguments.on);
    let record = TablesEnded::before(corpus, on);
    let treaties = list::treaties(corpus, on);
    let states = if arguments.states { list::states(corpus, on) } else { Vec::new() };
    if arguments.json {
        let laws: Vec<&str> = corpus.laws.iter().map(|law| law.name.as_str()).collect();
        return super::json(&if arguments.states {
            json!({"on": on, "record": record, "treaties": treaties, "states": states, "laws": laws})
        } else {
            json!({"on": on, "record": record, "treaties": treaties})
        });
    }
    let mut out = list::text(&treaties, on);
    if arguments.states {
        out.push_str(&list::states_text(corpus, &states));
    }
    record.text(&mut out);
    Ok(out.into())
}
