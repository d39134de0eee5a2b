//! `comity sweep cases`: one command, one table in, one table out.

use std::path::PathBuf;

use clap::Args;

use super::super::overwriting;
use super::super::paths::same;
use super::super::publish::publish_some;
use super::super::{Ending, ReadingArguments, SideBySide, interrupt, print_text, sound};
use crate::cli::progress::{Progress, how_wide_is_impunity};
use crate::cli::slips::whole;
use crate::report::numbers::number_of;
use crate::study::sweep::Shard;
use crate::study::sweep::columns::{IDENTITY, Stopped, columns};
use crate::study::sweep::execute::in_order;
use crate::study::sweep::precision::Precision;
use crate::study::sweep::read::{Cases, read_cases};
use crate::tables::{Format, Writer};

/// Arguments of `comity sweep cases`.
#[derive(Debug, Args)]
pub struct CasesArguments {
    /// The scenario file, or the path of a built-in one
    scenario: PathBuf,
    /// The cases: CSV, one row a case, columns are paths of the scenario, an empty cell is as written
    #[arg(long, value_name = "CASES.csv")]
    cases: PathBuf,
    /// The table to write: a name that ends in `.parquet` or `.csv`
    #[arg(short, long, value_name = "FILE", value_parser = crate::cli::paths::table)]
    out: (PathBuf, Format),
    /// A variant of the scenario to lay the cases over; as written, if left out
    #[arg(long, value_name = "NAME")]
    variant: Option<String>,
    /// Code of the state that outcomes of a state are about; that of the scenario's `premium`, if left out
    #[arg(long, value_name = "CODE")]
    state: Option<String>,
    /// Runs of each case, each with a seed of its own and the same seeds in every case
    #[arg(long, value_name = "N", default_value_t = 1,
          allow_negative_numbers = true, value_parser = whole::<u32>(1, 1_000_000))]
    replicates: u32,
    /// The seed from which those of the runs follow
    #[arg(long, default_value_t = 1, allow_negative_numbers = true, value_parser = super::super::slips::seed)]
    seed: u64,
    #[command(flatten)]
    side_by_side: SideBySide,
    #[command(flatten)]
    reading: ReadingArguments,
}

/// Runs the cases and writes their table.
pub fn cases(arguments: &CasesArguments) -> anyhow::Result<Ending> {
    let (out, format) = (&arguments.out.0, arguments.out.1);
    if same(out, &arguments.cases) {
        tell!("error: {} holds the cases: choose another name for the table", out.display());
        return Ok(Ending::Wrong);
    }
    overwriting::table(out, format, &IDENTITY)?;
    let options = arguments.reading.options(None);
    let cases = Cases {
        scenario: &arguments.scenario,
        table: &arguments.cases,
        variant: arguments.variant.as_deref(),
        state: arguments.state.as_deref(),
        replicates: arguments.replicates,
        seed: arguments.seed,
    };
    let Some(sweep) = sound(read_cases(cases, &options)) else { return Ok(Ending::Wrong) };
    let interrupt = interrupt::flag()?;
    let (mut progress, mut precision) = (Progress::of("runs"), Precision::new(&sweep, Shard::WHOLE));
    let mut stopped = Stopped::default();
    // A part of a table is better than none, but not than one that was there.
    let was_there = out.exists();
    let (complete, rows) = publish_some(out, |file| {
        let mut writer = Writer::new(format, file, columns(&sweep))?;
        writer.note("comity.plan", sweep.digest().to_string());
        let mut rows = 0_u64;
        let complete = in_order(&sweep, arguments.side_by_side.threads(), &interrupt, &mut |cells| {
            precision.look_at(rows, cells);
            rows += 1;
            progress.show(rows, sweep.runs(), how_wide_is_impunity(precision.width()).as_deref());
            stopped.look_at(cells);
            writer.row(cells)
        })?;
        let file = writer.finish()?;
        Ok(((complete || !was_there).then_some(file), (complete, rows)))
    })?;
    progress.clear();
    if !complete && was_there {
        tell!("Interrupted after {rows} of {} runs: the table that was there is as it was.", sweep.runs());
        return Ok(Ending::Incomplete);
    }
    print_text(&format!("{} in {}\n", number_of(rows, "row", "rows"), out.display()))?;
    if let Some(stopped) = stopped.sentence(rows) {
        tell!("{stopped}");
    }
    if !complete {
        tell!("Interrupted: {rows} of {} runs are in the table.", sweep.runs());
        return Ok(Ending::Incomplete);
    }
    Ok(Ending::Done)
}
