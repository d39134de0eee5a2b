//! Hostile input for as long as is wished; see `benches/README.md`. What panics is kept in `tests/fuzz/corpus`, where
//! every test tries it again.

#![expect(clippy::disallowed_methods, reason = "takes the time, reads the corpus, writes what failed")]

#[path = "../../tests/fuzz/campaign.rs"]
mod campaign;
#[path = "../../tests/fuzz/chance.rs"]
mod chance;
#[path = "../../tests/fuzz/mutate.rs"]
mod mutate;
#[path = "../../tests/fuzz/questions.rs"]
mod questions;
#[path = "../../tests/fuzz/targets.rs"]
mod targets;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use campaign::{Campaign, corpus, kept};
use targets::Kind;

const USAGE: &str = "cargo bench --bench fuzz -- [--minutes N] [--seed N] [--run NUMBER]";
/// A report so often.
const REPORT_EVERY: Duration = Duration::from_mins(1);
/// So many failures have one cause or a few: more of them tell nothing.
const MOST_FAILURES: usize = 20;

struct Settings {
    minutes: u64,
    seed: u64,
    /// One run alone, to have a failure again.
    run: Option<u64>,
}

fn settings() -> Result<Settings, String> {
    let mut settings = Settings { minutes: 1, seed: 1, run: None };
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    while let Some(argument) = arguments.next() {
        let value = arguments.next().and_then(|value| value.parse().ok()).ok_or(USAGE)?;
        match argument.as_str() {
            "--minutes" => settings.minutes = value,
            "--seed" => settings.seed = value,
            "--run" => settings.run = Some(value),
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok(settings)
}

/// Keeps an input that failed in the corpus; where.
fn keep(kind: Kind, number: u64, input: &[u8]) -> PathBuf {
    let ending = if kind == Kind::Table { "csv" } else { "yaml" };
    let path = corpus().join(format!("{}-{number}.{ending}", kind.name()));
    fs::write(&path, input).expect("written");
    path
}

fn main() -> ExitCode {
    let settings = match settings() {
        Ok(settings) => settings,
        Err(usage) => {
            eprintln!("{usage}");
            return ExitCode::from(2);
        }
    };
    let mut campaign = Campaign::new(settings.seed);
    let mut failures = 0;
    for (name, kind, input) in kept() {
        if let Err(message) = campaign.try_input(kind, &input) {
            eprintln!("corpus {name}: {message}");
            failures += 1;
        }
    }
    let start = Instant::now();
    let end = Duration::from_secs(60 * settings.minutes);
    let (mut reported, mut slowest, mut runs) = (start, (Duration::ZERO, 0), 0);
    let numbers = settings.run.map_or(0..u64::MAX, |run| run..run + 1);
    for number in numbers {
        let began = Instant::now();
        if began - start >= end || failures >= MOST_FAILURES {
            break;
        }
        if let Err(failure) = campaign.run(number) {
            failures += 1;
            let kept = failure.input.map(|(kind, input)| keep(kind, number, &input).display().to_string());
            eprintln!(
                "run {}: {}\n    {}",
                failure.number,
                failure.message,
                kept.unwrap_or_else(|| "questions".to_owned())
            );
        }
        runs += 1;
        slowest = slowest.max((began.elapsed(), number));
        if reported.elapsed() >= REPORT_EVERY {
            reported = Instant::now();
            println!("{} s: {runs} runs, {failures} failures", start.elapsed().as_secs());
        }
    }
    println!("seed {}: {runs} runs in {} s, {failures} failures", settings.seed, start.elapsed().as_secs());
    for (kind, (tried, used, took)) in &campaign.tried {
        println!("    {kind}: {tried} tried, {used} of them sound, {} s", took.as_secs());
    }
    println!("    questions to the whole law: {}", campaign.questions);
    println!("    slowest: run {}, {} ms", slowest.1, slowest.0.as_millis());
    if failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
