//! `comity law`: looking the law up. Each command finds what is named, has it put into words, and prints it.

mod between;
mod facts;
mod list;
mod pages;
mod show;
mod state;
mod status;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::slips::{unknown, unknown_or};
use super::{Ending, LawArguments, sound};
use crate::base::{Day, Problem, Problems, StateId};
use crate::law::forms::TreatyForm;
use crate::reading::Sources;
use crate::scenario::{Corpus, called};

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
        Ok(Text::ForPeople(text)) => super::print_text(&text).map(|()| Ending::Done),
        Ok(Text::ForPrograms(text)) => super::print_exactly(&text).map(|()| Ending::Done),
        Err(NotFound::Named(problems)) => {
            super::show(&Sources::default(), &problems);
            Ok(Ending::Wrong)
        }
        Err(NotFound::Other(error)) => Err(error),
    }
}

/// Why a command has nothing to print.
enum NotFound {
    /// Names that are not known.
    Named(Problems),
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

impl From<Problems> for NotFound {
    fn from(problems: Problems) -> Self {
        Self::Named(problems)
    }
}

impl From<Problem> for NotFound {
    fn from(problem: Problem) -> Self {
        Self::Named(Problems(vec![problem]))
    }
}

/// What a command prints.
enum Text {
    /// On a terminal, which names that people wrote must not steer.
    ForPeople(String),
    /// As it is: JSON or CSV.
    ForPrograms(String),
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::ForPeople(text)
    }
}

type Found = Result<Text, NotFound>;

fn json(value: &impl Serialize) -> Found {
    Ok(Text::ForPrograms(serde_json::to_string_pretty(value)? + "\n"))
}

/// What was found, or none with the problem kept, so that what else was asked for can be looked up, too.
fn keep<T>(problems: &mut Problems, found: Result<T, Problem>) -> Option<T> {
    found.map_err(|problem| problems.push(problem)).ok()
}

/// The treaty of a name, as people write it.
fn treaty<'a>(corpus: &'a Corpus, name: &str) -> Result<&'a TreatyForm, Problem> {
    let known = corpus.treaties.iter().flat_map(|form| [form.treaty.as_str(), form.cites_as.as_str()]);
    let list = || "`comity law list` lists the treaties, for example `ets185`, cited as `BUD`".to_owned();
    let advice = || called(name).unwrap_or_else(list);
    let form = corpus.treaty(name).ok_or_else(|| unknown_or("treaty", name, known, advice))?;
    // A wording is none of a text that has others.
    if let Some((_, variant)) = name.split_once('/').filter(|(_, variant)| !form.variants.contains_key(*variant)) {
        let known = form.variants.keys().map(|known| known.value.as_str());
        return Err(unknown(&format!("variant of {}", form.treaty.value), variant, known));
    }
    Ok(form)
}

/// The state of a code or name, as people write it.
fn state_of(corpus: &Corpus, name: &str) -> Result<StateId, Problem> {
    let known = corpus.library.states().iter().flat_map(|state| [state.code.as_str(), state.name.as_str()]);
    let advice = "a state of the record goes by its ISO code of three letters, or its English name: `DEU`, `Germany`";
    corpus.state(name).ok_or_else(|| unknown_or("state", name, known, || advice.to_owned()))
}

/// The day asked for, or the last of the record.
fn day(corpus: &Corpus, on: Option<Day>) -> Day {
    on.unwrap_or(corpus.as_of)
}
