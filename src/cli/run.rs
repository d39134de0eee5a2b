//! `comity run`: the main job.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::outputs::{Output, are_apart, takes_files};
use super::paths::{has_folder, new_folder, page_in_new_folder};
use super::progress::Days;
use super::publish::write_text;
use super::slips::whole;
use super::tidy_files::TablesArguments;
use super::watchers::{Log, Publish, RECORDS, SUMMARY, Watchers};
use super::{Ending, ReadingArguments, interrupt, option, print, quoted_path, sound};
use crate::base::Day;
use crate::engine::{self, Nodes, Stopped};
use crate::grpc::Observatory;
use crate::report;
use crate::scenario::{self, Scenario};
use crate::study::sweep::unfinished::mark;
use crate::transport::sockets::PAGE_OF_CALLS;
use crate::transport::{self, Rung, Sockets};

/// Arguments of `comity run`.
#[derive(Debug, Args)]
pub struct RunArguments {
    /// The scenario file, or the path of a built-in one (`scenarios/one-state-stays-out.yaml`)
    scenario: PathBuf,
    /// How letters travel: the result is the same
    #[arg(long, value_enum, default_value_t = Rung::Sockets)]
    transport: Rung,
    /// The seed of all chance; the scenario's own, if left out
    #[arg(long, allow_negative_numbers = true, value_parser = super::slips::seed)]
    seed: Option<u64>,
    /// The variant to run; the scenario as written, if left out
    #[arg(long, value_name = "NAME")]
    variant: Option<String>,
    /// End after this day, whatever the scenario says: what an interrupted run comes to
    #[arg(long, value_name = "DATE", value_parser = super::slips::day)]
    until: Option<Day>,
    /// Write summary.json and records.jsonl into this folder
    #[arg(long, value_name = "DIR", value_parser = new_folder)]
    out: Option<PathBuf>,
    /// Write a report with figures into this file: one page that needs neither network nor script
    #[arg(long, value_name = "FILE", value_parser = page_in_new_folder)]
    report: Option<PathBuf>,
    #[command(flatten)]
    tables: TablesArguments,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
    /// Print neither progress nor result; the exit code says how it went
    #[arg(long, conflicts_with = "json")]
    quiet: bool,
    /// Keep the nodes answering after the run, until interrupted (sockets only)
    #[arg(long)]
    hold: bool,
    /// First port: the states take ports from here on in their order, the run's own server the next (sockets only)
    #[arg(long, value_name = "PORT", allow_negative_numbers = true, value_parser = whole::<u16>(1, 65_535))]
    port: Option<u16>,
    /// Threads that serve and call; the result is the same
    #[arg(long, value_name = "N", default_value_t = 1,
          allow_negative_numbers = true, value_parser = whole::<u8>(1, 64))]
    threads: u8,
    #[command(flatten)]
    reading: ReadingArguments,
}

impl ValueEnum for Rung {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Sockets, Self::Memory, Self::Direct]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Sockets => PossibleValue::new("sockets").help("Over TCP on this machine, every state a server"),
            Self::Memory => PossibleValue::new("memory").help("Through the same gRPC code without connections"),
            Self::Direct => PossibleValue::new("direct").help("By direct call"),
        })
    }
}

fn name_of(rung: Rung) -> String {
    rung.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// Runs a scenario and shows the result.
pub fn run(arguments: &RunArguments) -> anyhow::Result<Ending> {
    let of_sockets = [("--hold", arguments.hold), ("--port", arguments.port.is_some())];
    if let Some((name, _)) = of_sockets.iter().find(|(_, given)| *given && arguments.transport != Rung::Sockets) {
        tell!("error: {name} needs --transport sockets: nothing else answers from outside");
        return Ok(Ending::Wrong);
    }
    if !has_folder(arguments.report.as_deref(), &[arguments.out.as_deref(), arguments.tables.folder()]) {
        return Ok(Ending::Wrong);
    }
    if !are_apart(&outputs(arguments)) || !takes_files(arguments.report.as_deref()) {
        return Ok(Ending::Wrong);
    }
    let options = arguments.reading.options(arguments.variant.clone());
    let Some(mut scenario) = sound(scenario::read(&arguments.scenario, &options)) else { return Ok(Ending::Wrong) };
    scenario.plan.seed = arguments.seed.unwrap_or(scenario.plan.seed);
    if let Some(until) = arguments.until {
        let (first, last) = (scenario.plan.first_day, scenario.plan.last_day);
        if until < first || last < until {
            tell!("error: --until {until} lies outside the scenario, which goes from {first} to {last}");
            return Ok(Ending::Wrong);
        }
        scenario.plan.last_day = until;
    }
    let interrupt = interrupt::flag()?;
    Running { arguments, scenario, interrupt }.go()
}

/// The files that the command is to write.
fn outputs(arguments: &RunArguments) -> Vec<Output> {
    let mut outputs = arguments.tables.files_of_a_run();
    if let Some(folder) = &arguments.out {
        outputs.extend([SUMMARY, RECORDS].map(|name| ("--out", folder.join(name))));
    }
    outputs.extend(arguments.report.clone().map(|page| ("--report", page)));
    outputs
}

/// The first thing that went wrong, if anything did. What else did is told at once: a command ends with one error.
fn all_well<const N: usize>(ended: [anyhow::Result<()>; N]) -> anyhow::Result<()> {
    let mut errors = ended.into_iter().filter_map(Result::err);
    let Some(first) = errors.next() else { return Ok(()) };
    for further in errors {
        tell!("error: {further:#}");
    }
    Err(first)
}

/// One run of a scenario from the command line.
struct Running<'a> {
    arguments: &'a RunArguments,
    scenario: Scenario,
    interrupt: Arc<AtomicBool>,
}

impl Running<'_> {
    fn go(mut self) -> anyhow::Result<Ending> {
        let plan = &self.scenario.plan;
        let options = transport::Options {
            // The same scenario and seed may run twice at once: each run has a name of its own.
            run: format!("{}-{}-{}", self.scenario.digest.short(), plan.seed, mark()?),
            base_port: self.arguments.port,
            workers: usize::from(self.arguments.threads),
            interrupt: Arc::clone(&self.interrupt),
        };
        let library = Arc::clone(&plan.library);
        match self.arguments.transport {
            rung @ (Rung::Direct | Rung::Memory) => {
                let mut nodes = transport::open(rung, library, plan.offices(), &options)?;
                self.with(nodes.as_mut(), None)
            }
            Rung::Sockets => {
                let mut sockets = Sockets::open(library, plan.offices(), &options)?;
                let observatory = sockets.observatory();
                self.introduce(&sockets);
                let ending = self.with(&mut sockets, Some(observatory))?;
                if self.arguments.hold && ending == Ending::Done {
                    self.hold(&sockets);
                }
                sockets.stop();
                Ok(ending)
            }
        }
    }

    fn shows_progress(&self) -> bool {
        !self.arguments.quiet && !self.arguments.json
    }

    fn introduce(&self, sockets: &Sockets) {
        if !self.shows_progress() {
            return;
        }
        let run = sockets.addresses().last();
        let states = sockets.addresses().len().saturating_sub(1);
        if let Some((_, address)) = run {
            tell!(
                "{states} states are gRPC servers on this machine; watch the run over gRPC at {address} \
                 ({PAGE_OF_CALLS})"
            );
        }
    }

    fn hold(&self, sockets: &Sockets) {
        tell!("\nThe nodes go on answering. Interrupt (Ctrl-C) to end them.");
        for (name, address) in sockets.addresses() {
            tell!("    {address}  {name}");
        }
        sockets.hold(&self.interrupt);
    }

    fn with(&mut self, nodes: &mut dyn Nodes, observatory: Option<Observatory>) -> anyhow::Result<Ending> {
        let plan = &self.scenario.plan;
        let progress = self.shows_progress().then(|| Days::new(plan.first_day, plan.last_day));
        // Tables first: where they are refused, what another run left in the folder stays as it is.
        let tables = self.arguments.tables.create(&self.scenario)?;
        let log = self.arguments.out.as_deref().map(|folder| Log::create(folder, &plan.library)).transpose()?;
        let publish = observatory.map(|observatory| Publish { observatory, library: Arc::clone(&plan.library) });
        let mut watchers = Watchers { progress, log, publish, tables };
        tracing::debug!(from = %plan.first_day, to = %plan.last_day, "the run begins");
        let far = engine::run_as_far(plan, nodes, &mut watchers, &self.interrupt);
        if let Some(progress) = &watchers.progress {
            progress.clear();
        }
        let (outcome, day) = match far {
            Ok(far) => far,
            Err(stopped) => {
                let log = watchers.log.as_mut().map_or(Ok(()), Log::finish);
                return self.show_stop(&stopped, log);
            }
        };
        let is_interrupted = day < plan.last_day;
        if is_interrupted {
            let follows = if self.shows_progress() { " What follows is what a run to that day comes to." } else { "" };
            tell!("Interrupted after {day}.{follows}");
            self.scenario.plan.last_day = day;
        }
        let ending = self.end(watchers, &outcome, self.reproduce(is_interrupted.then_some(day)))?;
        Ok(if is_interrupted { Ending::Failed } else { ending })
    }

    /// Writes and shows what a run came to.
    fn end(&self, mut watchers: Watchers, outcome: &engine::Outcome, reproduce: String) -> anyhow::Result<Ending> {
        let scenario = &self.scenario;
        let summary = report::summarise(scenario, outcome, reproduce);
        watchers.end(&summary);
        // What cannot be written does not take with it what can be shown. The folder stays this run's until all is written.
        let log = watchers.log.as_mut().map_or(Ok(()), Log::finish);
        let tables = watchers.tables.map_or(Ok(()), |tables| tables.finish(scenario, outcome));
        let has_log = log.is_ok();
        let shown = self.show_result(report::html::Run { scenario, outcome, summary: &summary }, has_log);
        all_well([log, tables.map_err(anyhow::Error::from), shown]).map(|()| Ending::Done)
    }

    fn show_result(&self, run: report::html::Run<'_>, has_log: bool) -> anyhow::Result<()> {
        let written = self.write_files(run, has_log);
        let printed = if self.arguments.quiet {
            Ok(())
        } else {
            print(self.arguments.json, run.summary, || report::terminal::text(run.summary))
        };
        all_well([written, printed])
    }

    /// Writes what was asked for. What cannot be written does not take the other with it, but a log that is not whole has no
    /// summary beside it, which would speak of it as if it were.
    fn write_files(&self, run: report::html::Run<'_>, has_log: bool) -> anyhow::Result<()> {
        let summary = self.arguments.out.as_ref().filter(|_| has_log).map_or(Ok(()), |folder| {
            let json = serde_json::to_string_pretty(run.summary)?;
            write_text(&folder.join(SUMMARY), &(json + "\n"))
        });
        let report = self.arguments.report.as_ref().map_or(Ok(()), |path| write_text(path, &report::html::of_run(run)));
        all_well([summary, report])
    }

    /// Says why the run stopped, whatever became of its log.
    fn show_stop(&self, stopped: &Stopped, log: anyhow::Result<()>) -> anyhow::Result<Ending> {
        tell!("The run stopped: {stopped}.");
        if let (Some(folder), Ok(())) = (&self.arguments.out, &log) {
            tell!("What was written to {} until then is whole.", folder.display());
        }
        tell!("Again with: {}", self.reproduce(None));
        log.map(|()| Ending::Failed)
    }

    /// The command that gives this result again, with the day after which the run was interrupted, if it was.
    fn reproduce(&self, interrupted: Option<Day>) -> String {
        let arguments = self.arguments;
        let mut words = vec!["comity run".to_owned(), quoted_path(&arguments.scenario)];
        // A setting says it as well, unless the flag has said another.
        if arguments.seed.is_some() || !arguments.reading.sets("seed") {
            words.push(format!("--seed {}", self.scenario.plan.seed));
        }
        words.extend(arguments.variant.as_ref().map(|variant| option("variant", variant)));
        words.extend(arguments.reading.words());
        words.extend(interrupted.or(arguments.until).map(|day| format!("--until {day}")));
        if arguments.transport != Rung::Sockets {
            words.push(format!("--transport {}", name_of(arguments.transport)));
        }
        words.join(" ")
    }
}
