//! A comparison as tables: every run, and every paired difference.

use std::io::{self, Write};

use crate::study::sweep::columns::outcomes;
use crate::study::{Comparison, Difference};
use crate::tables::{Cell, Column, Description, Format, Kind, Writer};

const RUN: [Column; 4] = [
    Column::new("variant", Kind::Text, "", "variant of the scenario"),
    Column::new("seed", Kind::Seed, "", "seed of all chance in the run: the same in every variant"),
    Column::new("version", Kind::Text, "", "version of the program"),
    Column::new("digest", Kind::Text, "", "digest of everything that happened in the run"),
];

const DIFFERENCE: [Column; 14] = [
    Column::new("variant", Kind::Text, "", "variant that is compared"),
    Column::new("baseline", Kind::Text, "", "variant that it is compared with"),
    Column::new("outcome", Kind::Text, "", "the outcome, by its name in the table of runs"),
    Column::new("unit", Kind::Text, "", "unit of the outcome, and so of every number of the row but the counts"),
    Column::new("pairs", Kind::Whole, "pairs", "seeds whose runs define the outcome in both variants"),
    Column::new("baseline_mean", Kind::Number, "", "mean of the baseline over those pairs"),
    Column::new("variant_mean", Kind::Number, "", "mean of the variant over those pairs"),
    Column::new("difference", Kind::Number, "", "mean of the paired differences: variant minus baseline"),
    Column::new("low", Kind::Number, "", "lower end of its 95 % interval; empty for one pair"),
    Column::new("high", Kind::Number, "", "upper end"),
    Column::new("method", Kind::Text, "", "how the interval was computed: `t` or `bootstrap`"),
    Column::new("above_zero", Kind::Whole, "pairs", "pairs with a difference above zero"),
    Column::new("below_zero", Kind::Whole, "pairs", "pairs with a difference below zero"),
    Column::new("stands_out", Kind::Truth, "", "whether the interval lies on one side of zero"),
];

/// The tables of a comparison.
#[must_use]
pub fn descriptions() -> [Description; 2] {
    let runs = RUN.into_iter().chain(outcomes()).collect();
    [
        Description { name: "runs", row: "a run of a comparison", columns: runs },
        Description {
            name: "differences",
            row: "an outcome of a variant against the baseline",
            columns: DIFFERENCE.to_vec(),
        },
    ]
}

/// Writes both tables; `variants` are the names, the baseline first, and `open` is asked for a place by a table's name.
///
/// # Errors
/// When they cannot be written.
pub fn write<W: Write + Send>(
    variants: &[String],
    comparison: &Comparison,
    format: Format,
    open: &mut dyn FnMut(&'static str) -> io::Result<W>,
) -> io::Result<[W; 2]> {
    let [runs, differences] = descriptions();
    let mut table = Writer::new(format, open(runs.name)?, runs.columns, &[])?;
    for (variant, measured) in variants.iter().zip(&comparison.runs) {
        for (seed, measured) in comparison.seeds.iter().zip(measured) {
            let mut cells = vec![
                Cell::from(variant.as_str()),
                Cell::Seed(*seed),
                Cell::from(env!("CARGO_PKG_VERSION")),
                Cell::from(measured.digest.to_string()),
            ];
            cells.extend(measured.values.iter().map(|value| Cell::from(*value)));
            table.row(&cells)?;
        }
    }
    let runs = table.finish()?;
    let mut table = Writer::new(format, open(differences.name)?, differences.columns, &[])?;
    let baseline = variants.first().map_or("", String::as_str);
    for (variant, differences) in variants.iter().skip(1).zip(&comparison.differences) {
        for difference in differences {
            table.row(&row(variant, baseline, difference))?;
        }
    }
    Ok([runs, table.finish()?])
}

fn row(variant: &str, baseline: &str, difference: &Difference) -> [Cell; 14] {
    let interval = difference.interval.as_ref();
    [
        Cell::from(variant),
        Cell::from(baseline),
        Cell::from(difference.outcome.key),
        Cell::from(difference.outcome.unit.word()),
        Cell::from(difference.pairs as u64),
        Cell::from(difference.means.0),
        Cell::from(difference.means.1),
        Cell::from(difference.mean),
        Cell::from(interval.map(|(interval, _)| interval.low)),
        Cell::from(interval.map(|(interval, _)| interval.high)),
        Cell::from(interval.map(|(_, method)| method.word())),
        Cell::from(difference.above_zero as u64),
        Cell::from(difference.below_zero as u64),
        Cell::from(interval.map(|_| difference.stands_out())),
    ]
}
