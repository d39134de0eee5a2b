//! `comity premium`: what staying out draws to a state, by how many others have joined.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;

use super::progress::{Progress, points};
use super::slips::whole;
use super::{Ending, ReadingArguments, interrupt, quoted_path, show, sound};
use crate::report;
use crate::scenario::Pair;
use crate::study::premium::{MOST_SEEDS, NoPremium, premium};
use crate::study::{Ended, Pool, Premium, seeds_from};

/// Arguments of `comity premium`.
#[derive(Debug, Args)]
pub struct PremiumArguments {
    /// The scenario file, or the path of a built-in one; it names a state and two variants under `premium`
    scenario: PathBuf,
    /// How many seeds, from the scenario's own on
    #[arg(long, alias = "runs", value_name = "N", default_value_t = 10,
          allow_negative_numbers = true, value_parser = whole::<u64>(1, MOST_SEEDS as u64))]
    seeds: u64,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    side_by_side: super::SideBySide,
    #[command(flatten)]
    reading: ReadingArguments,
}

/// Runs the study and shows it.
pub fn run(arguments: &PremiumArguments) -> anyhow::Result<Ending> {
    let options = arguments.reading.options(None);
    let Some(mut pair) = sound(Pair::read(&arguments.scenario, &options)) else { return Ok(Ending::Wrong) };
    let interrupt = interrupt::flag()?;
    let seeds = seeds_from(pair.scenario.plan.seed, usize::try_from(arguments.seeds)?);
    let threads = arguments.side_by_side.threads();
    let mut progress = Progress::of("runs");
    let pool = Pool { threads, interrupt: &interrupt };
    let found = premium(&mut pair, &seeds, &pool, &mut |at| {
        let wide = at.width.map(|width| format!("premium: interval {}", points(width)));
        progress.standing(at, wide.as_deref());
    });
    progress.clear();
    let found = match found {
        Ok(found) => found,
        Err(NoPremium::Problems(problems)) => {
            show(pair.sources(), &problems);
            return Ok(Ending::Wrong);
        }
        Err(NoPremium::Stopped(stopped)) => {
            tell!("The study stopped: {stopped}.");
            return Ok(Ending::Failed);
        }
    };
    let Some(of) = &pair.scenario.premium else { bail!("a pair has its premium") };
    let reproduce = reproduce(arguments, &found);
    let summary = report::premium::summarise(&pair.scenario, (&of.out, &of.inside), &found, reproduce);
    super::print(arguments.json, &summary, || report::premium::text(&summary))?;
    Ok(if found.ended == Ended::Interrupted { Ending::Failed } else { Ending::Done })
}

fn reproduce(arguments: &PremiumArguments, found: &Premium) -> String {
    let mut words = vec!["comity premium".to_owned(), quoted_path(&arguments.scenario)];
    words.push(format!("--seeds {}", found.seeds.len()));
    words.extend(arguments.reading.words());
    words.join(" ")
}
