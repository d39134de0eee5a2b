//! The commands that people type. Each reads, calls the inner rings, and shows; none decides anything.

/// Says a line beside the result, like `eprintln!`, but without a panic where nobody listens.
macro_rules! tell {
    ($($text:tt)*) => { $crate::cli::tell(format_args!($($text)*)) };
}

mod check;
mod compare;
mod interrupt;
mod law;
mod locks;
mod opine;
mod outputs;
mod overwriting;
mod paths;
mod pivotal;
mod premium;
mod progress;
mod publish;
mod run;
mod schema;
mod slips;
mod sweep;
mod tidy_files;
mod unknown_command;
mod validate;
mod watchers;

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use slips::whole;

use crate::base::{Problems, StateId};
use crate::reading::{self, Sources};
use crate::scenario::{self, Options, Scenario};
use crate::study::threads_of_the_machine;
use crate::transport::NotOpened;

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "comity", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run a scenario: every state a gRPC node, letters between them, havens and their reasons at the end
    Run(run::RunArguments),
    /// Compare variants of a scenario on the same seeds: what each changes, with intervals
    Compare(compare::CompareArguments),
    /// Compute what staying out draws to a state, by how many others have joined: many runs, one table
    Premium(premium::PremiumArguments),
    /// Rank single acts of states by what they would change of a haven, and find the fewest that end it
    Pivotal(pivotal::PivotalArguments),
    /// Run a scenario at many points of its factors: planned, in shards, interrupted and gone on with, put together
    Sweep(sweep::SweepCommand),
    /// Check scenarios, studies, law files and cases: every problem with its place, all at once
    Check(check::CheckArguments),
    /// Answer a hypothetical case: decision, bases, grounds, conditions, duties, and the steps with their articles
    Opine(opine::OpineArguments),
    /// Look the law up: treaties, states, who is bound, what holds between two states, facts
    Law(law::LawCommand),
    /// Print the JSON Schema of a kind of file, for editors
    Schema(schema::SchemaArguments),
    /// Print the data dictionary: every table for other tools, with the unit and meaning of every column
    Tables,
    /// Hold the model against what was measured in reality: each target met or not, over many seeds
    Validate(validate::ValidateArguments),
    /// What is none of these
    #[command(external_subcommand)]
    Other(Vec<String>),
}

/// Where law files are taken from.
#[derive(Clone, Debug, clap::Args)]
struct LawArguments {
    /// A folder laid out like `law/`; files found there come before the built-in ones
    #[arg(long, global = true, value_name = "DIR", value_parser = paths::law_folder)]
    law: Option<PathBuf>,
}

/// How many runs go on at once.
#[derive(Clone, Debug, clap::Args)]
struct SideBySide {
    /// Threads that run; as many as the machine has, if left out. The result is the same
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u16>(1, 1024))]
    jobs: Option<u16>,
}

impl SideBySide {
    fn threads(&self) -> usize {
        self.jobs.map_or_else(|| threads_of_the_machine().get(), usize::from)
    }
}

/// How a scenario is read.
#[derive(Clone, Debug, clap::Args)]
struct ReadingArguments {
    /// Set a value of the scenario, for example `networks.count=200`, in all that is run; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    settings: Vec<String>,
    #[command(flatten)]
    law: LawArguments,
}

impl ReadingArguments {
    fn options(&self, variant: Option<String>) -> Options {
        Options { variant, settings: self.settings.clone(), law: self.law.law.clone() }
    }

    /// Whether a setting gives this key of the scenario its value.
    fn sets(&self, key: &str) -> bool {
        self.settings.iter().any(|setting| setting.split_once('=').is_some_and(|(path, _)| path.trim() == key))
    }

    /// The arguments as they may be typed again.
    fn words(&self) -> impl Iterator<Item = String> {
        words(&self.settings, self.law.law.as_deref())
    }
}

/// Settings and law as they may be typed again.
fn words(settings: &[String], law: Option<&Path>) -> impl Iterator<Item = String> {
    let settings = settings.iter().map(|setting| format!("--set {}", quoted(setting)));
    settings.chain(law.map(|law| format!("--law {}", quoted_path(law))))
}

/// An option with its value as they may be typed again; one that begins with a dash is no option itself.
fn option(name: &str, value: &str) -> String {
    format!("--{name}{}{}", if value.starts_with('-') { '=' } else { ' ' }, quoted(value))
}

/// A path as a shell reads it back, and no command takes for an option.
fn quoted_path(path: &Path) -> String {
    let text = path.display().to_string();
    if text.starts_with('-') { quoted(&format!("./{text}")) } else { quoted(&text) }
}

/// A word as a POSIX shell reads it back.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Everything done.
    Done,
    /// A run stopped, or a check failed.
    Failed,
    /// The command line or a file was wrong.
    Wrong,
    /// Something is missing still, and the same command, or another, makes it.
    Incomplete,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Done => Self::SUCCESS,
            Ending::Failed => Self::from(1),
            Ending::Wrong => Self::from(2),
            Ending::Incomplete => Self::from(3),
        }
    }
}

/// How a command ended that an error stopped: what it was told to use may be in use, or not enough.
#[must_use]
pub fn stopped_by(error: &anyhow::Error) -> Ending {
    let in_use = |error: &io::Error| matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::AddrInUse);
    let too_few = |error: &NotOpened| matches!(error, NotOpened::Ports { .. } | NotOpened::Descriptors { .. });
    let wrong = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref().is_some_and(in_use) || cause.downcast_ref().is_some_and(too_few)
    };
    if error.chain().any(wrong) { Ending::Wrong } else { Ending::Failed }
}

/// Carries a command out.
///
/// # Errors
/// What no command handles itself: the terminal, the disk, the system.
pub fn carry_out(cli: Cli) -> anyhow::Result<Ending> {
    if io::stdout().is_terminal()
        && let Some((_, columns)) = console::Term::stdout().size_checked()
    {
        crate::report::lines::fit(usize::from(columns));
    }
    match cli.command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Premium(arguments) => premium::run(&arguments),
        Command::Pivotal(arguments) => pivotal::run(&arguments),
        Command::Sweep(command) => sweep::sweep(&command),
        Command::Check(arguments) => check::check(&arguments),
        Command::Opine(arguments) => opine::opine(&arguments),
        Command::Law(arguments) => law::law(&arguments),
        Command::Schema(arguments) => schema::schema(&arguments),
        Command::Tables => tidy_files::dictionary(),
        Command::Validate(arguments) => validate::validate(&arguments),
        Command::Other(words) => Ok(unknown_command::unknown_command(&words)),
    }
}

/// The state that a study is about: as asked for, else as the scenario says under `premium`.
fn whose(asked: Option<&str>, scenario: &Scenario) -> Result<Option<StateId>, (Problems, Sources)> {
    let library = &scenario.plan.library;
    let Some(code) = asked else { return Ok(scenario.premium.as_ref().map(|of| of.state)) };
    library.state_coded(code).map(Some).ok_or_else(|| {
        let known: Vec<&str> = library.states().iter().map(|state| state.code.as_str()).collect();
        // Of a world there are too many to list them all.
        let some =
            || format!("there are {} states, for example {}", known.len(), known[..known.len().min(6)].join(", "));
        let called = library.states().iter().find(|state| state.name.eq_ignore_ascii_case(code));
        let problem = match called {
            Some(state) => {
                slips::unplaced(format!("`{code}` is no code")).help(format!("its code is `{}`", state.code))
            }
            None => slips::unknown_or("state", code, known.iter().copied(), some),
        };
        (Problems(vec![problem]), Sources::default())
    })
}

/// A scenario in several variants, and the state that a study of them is about: what is wrong with either is found at once.
fn read_about(
    path: &Path,
    options: &Options,
    state: Option<&str>,
    choose: impl FnOnce(Vec<String>) -> Vec<Option<String>>,
) -> Result<(Vec<Scenario>, Option<StateId>), (Problems, Sources)> {
    match scenario::read_variants(path, options, choose) {
        Ok(scenarios) => whose(state, &scenarios[0]).map(|state| (scenarios, state)),
        Err((mut problems, sources)) => {
            // Which states there are, the scenario may tell as it is written.
            let written = scenario::read(path, &Options { law: options.law.clone(), ..Options::default() }).ok();
            if let Some(Err((unknown, _))) = written.map(|written| whose(state, &written)) {
                problems.0.extend(unknown.0);
            }
            Err((problems, sources))
        }
    }
}

/// What was read. Where it was refused, its problems are shown, and there is none.
fn sound<T>(read: Result<T, (Problems, Sources)>) -> Option<T> {
    read.map_err(|(problems, sources)| show(&sources, &problems)).ok()
}

/// Says a line on the error stream. Where that is closed or full, the exit code still says how the command ended.
pub fn tell(line: std::fmt::Arguments<'_>) {
    drop(writeln!(io::stderr().lock(), "{line}"));
}

/// Shows problems on the error stream, with colour where there is a terminal that knows it, and no `NO_COLOR`.
fn show(sources: &Sources, problems: &Problems) {
    let colour = console::Term::stderr().features().colors_supported();
    let shown = reading::render(sources, problems, colour);
    let count = problems.0.len();
    let more = if count >= reading::MAX_PROBLEMS { " or more" } else { "" };
    tell!("{shown}\n{count}{more} {} found", if count == 1 { "problem" } else { "problems" });
}

/// Prints a result as JSON, or as text.
fn print(json: bool, summary: &impl serde::Serialize, text: impl FnOnce() -> String) -> anyhow::Result<()> {
    if json { print_json(summary) } else { print_text(&text()) }
}

/// Prints a result for programs.
fn print_json(result: &impl serde::Serialize) -> anyhow::Result<()> {
    print_exactly(&(serde_json::to_string_pretty(result)? + "\n"))
}

/// Prints a result as a terminal may show it: names that people wrote do not steer it.
fn print_text(text: &str) -> anyhow::Result<()> {
    print_exactly(&text.split('\n').map(reading::printable).collect::<Vec<_>>().join("\n"))
}

/// Prints a text that programs read, as it is. Whoever reads it may have read enough: that is no failure, and the command
/// ends as it would have.
fn print_exactly(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}
