//! `comity validate`: the targets of validation over seeds, as a table.

use std::path::PathBuf;
use std::sync::atomic::Ordering;

use clap::Args;

use super::progress::Progress;
use super::publish::write_text;
use super::slips::{unknown_of_all, whole};
use super::{Ending, interrupt, overwriting, print, print_text, sound};
use crate::base::Problems;
use crate::reading::Sources;
use crate::report;
use crate::study::runs::Pool;
use crate::validation::protocol::Measured;
use crate::validation::{self, Target};

/// Arguments of `comity validate`.
#[derive(Debug, Args)]
pub struct ValidateArguments {
    /// Targets, by number; all of them if none is named
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
    /// Seeds of each target
    #[arg(long, default_value_t = validation::protocol::USUAL_SEEDS,
          allow_negative_numbers = true, value_parser = whole::<u64>(2, 10_000))]
    seeds: u64,
    /// Set a value in every world, for example `networks.behaviour.removal-weight=8`: what a target hangs on. May be repeated
    #[arg(long = "set", value_name = "PATH=VALUE", conflicts_with = "worlds")]
    settings: Vec<String>,
    #[command(flatten)]
    side_by_side: super::SideBySide,
    /// Print the table as Markdown, as `docs/validation.md` has it
    #[arg(long)]
    markdown: bool,
    /// Print every statistic with its values by seed, as JSON
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Write the worlds of the targets, as seed 1 has them, into this folder as scenario files, and run nothing
    #[arg(long, value_name = "DIR", value_parser = super::paths::new_folder)]
    worlds: Option<PathBuf>,
}

/// Measures targets and prints how they fell. A target that is not met is a finding, not a failure.
pub fn validate(arguments: &ValidateArguments) -> anyhow::Result<Ending> {
    let named = chosen(&arguments.targets).map_err(|problems| (problems, Sources::default()));
    let Some(targets) = sound(named) else { return Ok(Ending::Wrong) };
    if let Some(folder) = &arguments.worlds {
        return write_worlds(&targets, folder);
    }
    let settings = &arguments.settings;
    let worlds = || targets.iter().flat_map(|target| (target.worlds)(1));
    if !settings.is_empty() && worlds().any(|world| sound(world.scenario(settings)).is_none()) {
        return Ok(Ending::Wrong);
    }
    let runs = arguments.seeds * targets.len() as u64;
    let (mut progress, mut done) = (Progress::of("seeds of targets"), 0);
    let interrupt = interrupt::flag()?;
    let pool = Pool { threads: arguments.side_by_side.threads(), interrupt: &interrupt };
    let measured = validation::protocol::measure(&targets, arguments.seeds, settings, pool, &mut |measured| {
        done += 1;
        progress.show(done, runs, measured.and_then(how_wide).as_deref());
    });
    progress.clear();
    let interrupted = interrupt.load(Ordering::Relaxed);
    if interrupted {
        let of = |measured: &Measured| format!("{} {}", measured.target.number, measured.seeds());
        let each: Vec<String> = measured.iter().map(of).collect();
        let each = if each.is_empty() { "none".to_owned() } else { each.join(", ") };
        tell!("Interrupted. Targets with the seeds that were finished, two at least: {each}.");
        if measured.is_empty() {
            return Ok(Ending::Failed);
        }
    }
    print(arguments.json, &report::validation::json(&measured, settings), || {
        let shown = if arguments.markdown { report::validation::markdown } else { report::validation::text };
        shown(&measured, settings)
    })?;
    Ok(if interrupted { Ending::Failed } else { Ending::Done })
}

/// How wide the intervals of a target are, beside their bands.
fn how_wide(measured: &Measured) -> Option<String> {
    let width = measured.width_in_bands()?;
    Some(format!("{}: intervals up to {width:.2} of their bands", measured.target.number))
}

/// The targets named: by their own number, or by that of one of their statistics.
fn chosen(names: &[String]) -> Result<Vec<&'static Target>, Problems> {
    let all = validation::all();
    // `9` is `T9`.
    let is = |number: &str, name: &str| {
        number.eq_ignore_ascii_case(name) || number.strip_prefix('T').is_some_and(|number| number == name)
    };
    let is_named = |target: &Target, name: &str| {
        is(target.number, name) || target.statistics.iter().any(|statistic| is(statistic.number(), name))
    };
    let is_unknown = |name: &&String| !all.iter().any(|target| is_named(target, name));
    let known = || all.iter().map(|target| target.number);
    let unknown = names.iter().filter(is_unknown).map(|name| unknown_of_all("target", name, known()));
    let wanted = |target: &&'static Target| names.is_empty() || names.iter().any(|name| is_named(target, name));
    Problems(unknown.collect()).or(all.iter().copied().filter(wanted).collect())
}

fn write_worlds(targets: &[&'static Target], folder: &std::path::Path) -> anyhow::Result<Ending> {
    let mut worlds = Vec::new();
    for target in targets {
        for (index, world) in (target.worlds)(1).into_iter().enumerate() {
            worlds.push((folder.join(format!("{}-{}.yaml", target.number.to_lowercase(), index + 1)), world));
        }
    }
    for (path, world) in &worlds {
        overwriting::exactly(path, "world", &world.text())?;
    }
    fs_err::create_dir_all(folder)?;
    for (path, world) in &worlds {
        write_text(path, &world.text())?;
        print_text(&format!("{}: {}\n", path.display(), world.title))?;
    }
    Ok(Ending::Done)
}
