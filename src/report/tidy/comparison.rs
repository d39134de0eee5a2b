//! A comparison as tables: every run, every paired difference, the haven premium, and how variants go over time.

use std::io::{self, Write};

use crate::report::compare::CompareSummary;
use crate::report::over_time::{CourseSummary, DaySummary, PairPremiumSummary};
use crate::study::course::Spread;
use crate::study::sweep::columns::{HAVEN_PLACE, outcomes};
use crate::study::{Comparison, Difference};
use crate::tables::{Cell, Column, Description, Format, Kind, Writer};

const RUN: [Column; 4] = [
    Column::new("variant", Kind::Text, "", "variant of the scenario"),
    Column::new("seed", Kind::Seed, "", "seed of all chance in the run: the same in every variant"),
    Column::new("version", Kind::Text, "", "version of the program"),
    Column::new("digest", Kind::Text, "", "digest of everything that happened in the run"),
];

/// Comes after the outcomes and before [`HAVEN_PLACE`], in the order in which they came to be: people's scripts name some
/// columns by place.
const SCENARIO: Column =
    Column::new("scenario", Kind::Text, "", "digest of the scenario as it ran and of the law it rests on");

const DIFFERENCE: [Column; 17] = [
    Column::new("variant", Kind::Text, "", "variant that is compared"),
    Column::new("baseline", Kind::Text, "", "variant that it is compared with"),
    Column::new("outcome", Kind::Text, "", "the outcome, by its name in the table of runs"),
    Column::new("unit", Kind::Text, "", "unit of the outcome, and so of every number of the row but the counts"),
    Column::new("pairs", Kind::Whole, "pairs", "seeds whose runs define the outcome in both variants"),
    Column::new("baseline_mean", Kind::Number, "", "mean of the baseline over those pairs"),
    Column::new("variant_mean", Kind::Number, "", "mean of the variant over those pairs"),
    Column::new("difference", Kind::Number, "", "mean of the paired differences: variant minus baseline"),
    Column::new(
        "low",
        Kind::Number,
        "",
        "lower end of its 95 % interval; empty for one pair, where all pairs differ by the same, and where one side alone defines \
         the outcome in more than one of twenty pairs",
    ),
    Column::new("high", Kind::Number, "", "upper end"),
    Column::new("method", Kind::Text, "", "how the interval was computed: `t` or `bootstrap`"),
    Column::new("above_zero", Kind::Whole, "pairs", "pairs with a difference above zero"),
    Column::new("below_zero", Kind::Whole, "pairs", "pairs with a difference below zero"),
    Column::new(
        "stands_out",
        Kind::Truth,
        "",
        "whether the interval lies on one side of zero; empty where there is none",
    ),
    Column::new("pairs_run", Kind::Whole, "pairs", "seeds that were run, whether their runs define the outcome or not"),
    Column::new("baseline_alone", Kind::Whole, "pairs", "seeds whose runs define the outcome in the baseline alone"),
    Column::new("variant_alone", Kind::Whole, "pairs", "seeds whose runs define the outcome in the variant alone"),
];

const PREMIUM: [Column; 13] = [
    Column::new("state", Kind::Text, "", "name of the state"),
    Column::new("out", Kind::Text, "", "variant in which it stays out"),
    Column::new("in", Kind::Text, "", "variant in which it is in"),
    Column::new("pairs", Kind::Whole, "pairs", "seeds that give a premium"),
    Column::new(
        "based_out",
        Kind::Number,
        "networks",
        "networks based in the state in the last year when it stays out: mean over the pairs",
    ),
    Column::new(
        "based_in",
        Kind::Number,
        "networks",
        "networks based in the state in the last year when it is in: mean over the pairs",
    ),
    Column::new("premium", Kind::Number, "ratio", "mean over the pairs of the first over the second, minus 1"),
    Column::new(
        "low",
        Kind::Number,
        "ratio",
        "lower end of its 95 % interval; empty for one pair, and where all pairs give the same",
    ),
    Column::new("high", Kind::Number, "ratio", "upper end"),
    Column::new("method", Kind::Text, "", "how the interval was computed: `t` or `bootstrap`"),
    Column::new("above_zero", Kind::Whole, "pairs", "pairs with a premium above zero"),
    Column::new("pairs_run", Kind::Whole, "pairs", "seeds that were run, whether they give a premium or not"),
    Column::new(
        "endless",
        Kind::Whole,
        "pairs",
        "seeds that give none because networks are there when the state stays out and none when it is in: the premium is too \
         small by them",
    ),
];

const OVER_TIME: [Column; 9] = [
    Column::new("variant", Kind::Text, "", "variant of the scenario"),
    Column::new("day", Kind::Day, "", "first day of the run, then the day after each month, at last the last day"),
    Column::new("state", Kind::Text, "", "code of the state that is followed"),
    Column::new("based_mean", Kind::Number, "share", "part of the networks based in the state: mean over the runs"),
    Column::new("based_low", Kind::Number, "share", "10th percentile of the runs"),
    Column::new("based_high", Kind::Number, "share", "90th percentile of the runs"),
    Column::new(
        "impunity_mean",
        Kind::Number,
        "share",
        "part lost of the cases of the world closed within `window-days` before: mean over the runs; empty where fewer than \
         half of them closed any",
    ),
    Column::new("impunity_low", Kind::Number, "share", "10th percentile of the runs"),
    Column::new("impunity_high", Kind::Number, "share", "90th percentile of the runs"),
];

/// The tables of a comparison.
#[must_use]
pub fn descriptions() -> [Description; 4] {
    let runs = RUN.into_iter().chain(outcomes()).chain([SCENARIO, HAVEN_PLACE]).collect();
    [
        Description { name: "runs", row: "a run of a comparison", columns: runs },
        Description {
            name: "differences",
            row: "an outcome of a variant against the baseline",
            columns: DIFFERENCE.to_vec(),
        },
        Description {
            name: "premium",
            row: "the haven premium; there is none where its two variants are not both compared",
            columns: PREMIUM.to_vec(),
        },
        Description { name: "over_time", row: "a month of a variant, over all runs", columns: OVER_TIME.to_vec() },
    ]
}

/// Writes all of them; `open` is asked for a place by a table's name.
///
/// # Errors
/// When they cannot be written.
pub fn write<W: Write + Send>(
    comparison: &Comparison,
    summary: &CompareSummary,
    format: Format,
    open: &mut dyn FnMut(&'static str) -> io::Result<W>,
) -> io::Result<[W; 4]> {
    let mut begin = |description: Description| {
        let place = open(description.name)?;
        Writer::new(format, place, description.columns)
    };
    let [runs, differences, premium, over_time] = descriptions();
    let mut table = begin(runs)?;
    for (variant, measured) in summary.variants.iter().zip(&comparison.runs) {
        for (run, measured) in variant.runs.iter().zip(measured) {
            let mut cells = vec![
                Cell::from(variant.name.as_str()),
                Cell::Seed(run.seed),
                Cell::from(env!("CARGO_PKG_VERSION")),
                Cell::from(measured.digest.to_string()),
            ];
            cells.extend(measured.values.iter().map(|value| Cell::from(*value)));
            cells.push(Cell::from(variant.scenario.to_string()));
            cells.push(Cell::from(run.haven_place.clone()));
            table.row(&cells)?;
        }
    }
    let runs = table.finish()?;
    let mut table = begin(differences)?;
    for (variant, differences) in summary.variants.iter().skip(1).zip(&comparison.differences) {
        for difference in differences {
            table.row(&row(&variant.name, &summary.baseline, difference))?;
        }
    }
    let differences = table.finish()?;
    let mut table = begin(premium)?;
    if let Some(premium) = &summary.premium {
        table.row(&premium_row(premium))?;
    }
    let premium = table.finish()?;
    let mut table = begin(over_time)?;
    for course in &summary.over_time.variants {
        for day in &course.days {
            table.row(&day_row(course, &summary.over_time.code, day))?;
        }
    }
    Ok([runs, differences, premium, table.finish()?])
}

fn premium_row(premium: &PairPremiumSummary) -> [Cell; 13] {
    [
        Cell::from(premium.state.as_str()),
        Cell::from(premium.out.as_str()),
        Cell::from(premium.inside.as_str()),
        Cell::from(premium.pairs as u64),
        Cell::from(premium.based_out),
        Cell::from(premium.based_in),
        Cell::from(premium.premium),
        Cell::from(premium.low),
        Cell::from(premium.high),
        Cell::from(premium.interval_by),
        Cell::from(premium.above_zero as u64),
        Cell::from(premium.premiums.len() as u64),
        Cell::from(premium.endless as u64),
    ]
}

fn day_row(course: &CourseSummary, state: &str, day: &DaySummary) -> [Cell; 9] {
    let of = |spread: Option<Spread>| {
        [spread.map(|spread| spread.mean), spread.map(|spread| spread.low), spread.map(|spread| spread.high)]
            .map(Cell::from)
    };
    let ([mean, low, high], [lost, lost_low, lost_high]) = (of(day.based), of(day.impunity));
    let variant = Cell::from(course.variant.as_str());
    [variant, Cell::from(day.day), Cell::from(state), mean, low, high, lost, lost_low, lost_high]
}

fn row(variant: &str, baseline: &str, difference: &Difference) -> [Cell; 17] {
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
        Cell::from(difference.coverage.run as u64),
        Cell::from(difference.coverage.baseline_alone as u64),
        Cell::from(difference.coverage.variant_alone as u64),
    ]
}
