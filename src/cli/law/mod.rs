//! `comity law`: looking the law up. Each command finds what is named, has it put into words, and prints it.

mod between;
mod facts;
mod list;
mod pages;
mod show;
mod state;
mod status;

use std::io::Write as _;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::{Ending, LawArguments, sound};
use crate::base::{Day, Place, Problem, Problems, Spanned, StateId};
use crate::law::forms::TreatyForm;
use crate::reading::Sources;
use crate::scenario::Corpus;

/// Arguments of `comity law`.
#[derive(Debug, Args)]
pub struct LawCommand {
    #[command(subcommand)]
    command: Looking,
    #[command(flatten)]
    law: LawArguments,
}

#[derive(Debug, Subcommand)]
enum Looking {
    /// List the treaties: in force since when, how many parties, where known from
    List(list::Arguments),
    /// Show a treaty: how it binds, its offences, every article
    Show(show::Arguments),
    /// Show a state: its own law, what binds it, what it reserved
    State(state::Arguments),
    /// Show who signed, joined, reserved and left a treaty, and who is out
    Status(status::Arguments),
    /// Show what holds between two states: treaties, measures, limits, reservations
    Between(between::Arguments),
    /// List the facts that conditions may name, with their questions
    Facts(facts::Arguments),
    /// Write the reference pages
    Pages(pages::Arguments),
}

/// Looks something up. What the law files get wrong is shown whole.
pub fn law(arguments: &LawCommand) -> anyhow::Result<Ending> {
    let Some(corpus) = sound(Corpus::read(arguments.law.law.clone())) else { return Ok(Ending::Wrong) };
    let found = match &arguments.command {
        Looking::List(arguments) => list::list(&corpus, arguments),
        Looking::Show(arguments) => show::show(&corpus, arguments),
        Looking::State(arguments) => state::state(&corpus, arguments),
        Looking::Status(arguments) => status::status(&corpus, arguments),
        Looking::Between(arguments) => between::between(&corpus, arguments),
        Looking::Facts(arguments) => facts::facts(&corpus, arguments),
        Looking::Pages(arguments) => pages::pages(&corpus, arguments),
    };
    match found {
        Ok(text) => {
            let mut stdout = std::io::stdout().lock();
            stdout.write_all(text.as_bytes())?;
            stdout.flush()?;
            Ok(Ending::Done)
        }
        Err(NotFound::Named(problem)) => {
            super::show(&Sources::default(), &Problems(vec![problem]));
            Ok(Ending::Wrong)
        }
        Err(NotFound::Other(error)) => Err(error),
    }
}

/// Why a command has nothing to print.
enum NotFound {
    /// A name that is not known.
    Named(Problem),
    /// The disk, the system.
    Other(anyhow::Error),
}

impl From<anyhow::Error> for NotFound {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

impl From<std::io::Error> for NotFound {
    fn from(error: std::io::Error) -> Self {
        Self::Other(error.into())
    }
}

impl From<serde_json::Error> for NotFound {
    fn from(error: serde_json::Error) -> Self {
        Self::Other(error.into())
    }
}

type Found = Result<String, NotFound>;

fn json(value: &impl Serialize) -> Found {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

fn unknown<'a>(kind: &str, name: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> NotFound {
    NotFound::Named(Problem::unknown(kind, &Spanned::nowhere(name.to_owned()), known))
}

fn without(message: impl Into<String>) -> NotFound {
    NotFound::Named(Problem::new(Place::NOWHERE, message))
}

/// The treaty of a name, as people write it.
fn treaty<'a>(corpus: &'a Corpus, name: &str) -> Result<&'a TreatyForm, NotFound> {
    let known = corpus.treaties.iter().flat_map(|form| [form.treaty.as_str(), form.cites_as.as_str()]);
    corpus.treaty(name).ok_or_else(|| unknown("treaty", name, known))
}

/// The state of a code or name, as people write it.
fn state_of(corpus: &Corpus, name: &str) -> Result<StateId, NotFound> {
    let known = corpus.library.states().iter().flat_map(|state| [state.code.as_str(), state.name.as_str()]);
    corpus.state(name).ok_or_else(|| unknown("state", name, known))
}

/// The day asked for, or the last of the record.
fn day(corpus: &Corpus, on: Option<Day>) -> Day {
    on.unwrap_or(corpus.as_of)
}
