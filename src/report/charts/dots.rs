//! Dots with intervals: one row an outcome, nothing in the middle of all. Each row has a scale of its own, because its
//! unit is its own; the numbers stand beside it.

use maud::{Markup, html};

use super::scale::{self, Linear};
use super::{Anchor, Figure, GREY, Hue, INK, LETTER, RULE, Table, WIDTH, distinct, fitted, float, n, short_text, text};
use crate::report::measured::Shown;

/// The difference of one outcome between variant and baseline, over pairs of runs on the same seeds.
#[derive(Clone, Debug, PartialEq)]
pub struct PairedDifference {
    /// The outcome, in words.
    pub outcome: String,
    /// Its unit; empty for a share or a plain number.
    pub unit: String,
    /// Mean of variant less baseline.
    pub mean: f64,
    /// Lower and upper bound of its 95 % interval; none of a single pair, and where all pairs differ by the same amount, or in nothing.
    pub interval: Option<(f64, f64)>,
    /// Mean and bounds as they are written.
    pub shown: Shown,
    /// Pairs of runs that define it.
    pub pairs: usize,
    /// Pairs of runs that do not: on neither side, and on one alone.
    pub undefined: (usize, usize),
    /// Whether there is no interval because these are too many.
    pub is_withheld: bool,
    /// Share of pairs above 0, from 0 to 1.
    pub above_zero: f64,
    /// Pairs in which both sides are equal.
    pub equal: usize,
}

/// The differences of one variant.
#[derive(Clone, Debug)]
pub struct Differences {
    /// Unique on its page.
    pub name: String,
    /// What is compared with.
    pub baseline: String,
    /// What is compared.
    pub variant: String,
    /// By outcome.
    pub differences: Vec<PairedDifference>,
}

const TOP: f64 = 40.0;
const ROW: f64 = 38.0;
const PLOT: (f64, f64) = (270.0, 610.0);

impl Differences {
    /// The figure.
    #[must_use]
    pub fn figure(&self) -> Figure {
        let bottom = TOP + float(self.differences.len()) * ROW;
        let zero = f64::midpoint(PLOT.0, PLOT.1);
        let outcomes = self.differences.iter().map(|difference| (difference.outcome.as_str(), PLOT.0 - 16.0));
        let short = distinct(outcomes, LETTER);
        let drawing = html! {
            (text((PLOT.0, 18.0), Anchor::Start, "axis", "less"))
            (text((PLOT.1, 18.0), Anchor::End, "axis", "more"))
            (text((PLOT.1 + 24.0, 18.0), Anchor::Start, "axis", "mean (95 % interval)"))
            path d={ "M" (n(zero)) " " (n(TOP - 12.0)) "V" (n(bottom)) } stroke=(INK) stroke-width="1.5" fill="none" {}
            @for (index, (difference, short)) in self.differences.iter().zip(&short).enumerate() {
                (row(difference, short, TOP + (float(index) + 0.5) * ROW))
            }
        };
        Figure {
            name: self.name.clone(),
            title: format!("{} against {}", self.variant, self.baseline),
            description: self.description(),
            height: bottom + 12.0,
            before: None,
            drawing,
            tables: vec![self.table()],
        }
    }

    fn description(&self) -> String {
        if self.differences.iter().all(|difference| difference.pairs < 2) {
            return "Differences of one pair of runs on the same seed, which has no interval; the vertical line is no \
                    difference. Each row has its own scale."
                .to_owned();
        }
        let tied = if self.differences.iter().any(is_tied) {
            " One without an interval: all pairs differ by the same amount."
        } else {
            ""
        };
        let withheld = if self.differences.iter().any(|difference| difference.is_withheld) {
            " An empty dot without an interval: too many pairs do not define the outcome."
        } else {
            ""
        };
        format!(
            "Mean differences over pairs of runs on the same seeds, each with its 95 % interval; the vertical line is no \
             difference. Each row has its own scale. A filled dot: the interval does not reach the line.{tied}{withheld}"
        )
    }

    fn table(&self) -> Table {
        let columns = [
            "Outcome",
            "unit",
            "mean difference",
            "interval from",
            "to",
            "pairs",
            "of them above 0, %",
            "of them equal",
        ];
        let is_undefined = |difference: &PairedDifference| difference.undefined != (0, 0);
        let lacking = if self.differences.iter().any(is_undefined) {
            vec!["undefined on both sides", "on one side alone"]
        } else {
            Vec::new()
        };
        let row = |difference: &PairedDifference| {
            let (mean, ends) = difference.shown.clone();
            let none = || ("-".to_owned(), "-".to_owned());
            let (low, high) = ends.unwrap_or_else(none);
            let cells = vec![
                difference.outcome.clone(),
                difference.unit.clone(),
                mean,
                low,
                high,
                difference.pairs.to_string(),
                scale::percent(difference.above_zero),
                difference.equal.to_string(),
            ];
            let undefined = [difference.undefined.0, difference.undefined.1].map(|pairs| pairs.to_string());
            cells.into_iter().chain(undefined.into_iter().take(lacking.len())).collect()
        };
        Table {
            caption: format!("{} less {}", self.variant, self.baseline),
            columns: columns.into_iter().chain(lacking.iter().copied()).map(str::to_owned).collect(),
            rows: self.differences.iter().map(row).collect(),
            choice: None,
        }
    }
}

/// Whether several pairs differ, and all by the same.
fn is_tied(difference: &PairedDifference) -> bool {
    difference.pairs > 1 && !difference.is_withheld && difference.interval.is_none() && difference.mean.abs() > 0.0
}

fn row(difference: &PairedDifference, short: &str, middle: f64) -> Markup {
    let (from, to) = difference.interval.unwrap_or((difference.mean, difference.mean));
    let most = [from, to, difference.mean].map(f64::abs).into_iter().fold(0.0, f64::max);
    let x = Linear::new((-most, most), (PLOT.0 + 8.0, PLOT.1 - 8.0));
    let apart = is_tied(difference) || difference.interval.is_some_and(|(low, high)| low > 0.0 || high < 0.0);
    let (low, high) = (x.at(from), x.at(to));
    let unit = if difference.unit.is_empty() { String::new() } else { format!(" {}", difference.unit) };
    let (mean, ends) = &difference.shown;
    let interval = ends.as_ref().map_or_else(String::new, |(least, most)| format!(" ({least} to {most})"));
    let words = format!("{mean}{interval}{unit}");
    let colour = if apart { Hue::Vermilion.code() } else { GREY };
    let ends = format!("M{} {}v12M{} {}v12", n(low), n(middle - 6.0), n(high), n(middle - 6.0));
    html! {
        path d={ "M" (n(PLOT.0)) " " (n(middle)) "H" (n(PLOT.1)) } stroke=(RULE) fill="none" {}
        (short_text((PLOT.0 - 12.0, middle + 5.0), Anchor::End, "", short, &difference.outcome))
        @if difference.interval.is_some() {
            path d={ "M" (n(low)) " " (n(middle)) "H" (n(high)) (ends) } stroke=(colour) stroke-width="2.5" fill="none" {}
        }
        path d=(Hue::Vermilion.marker(x.at(difference.mean), middle)) fill=(if apart { colour } else { "#ffffff" })
            stroke=(colour) stroke-width="2" {}
        (text((PLOT.1 + 24.0, middle + 5.0), Anchor::Start, "", &fitted(&words, WIDTH - PLOT.1 - 28.0, LETTER)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(low: f64, mean: f64, high: f64) -> PairedDifference {
        PairedDifference {
            outcome: "impunity".to_owned(),
            unit: String::new(),
            mean,
            interval: Some((low, high)),
            shown: (scale::significant(mean), Some((scale::significant(low), scale::significant(high)))),
            pairs: 20,
            undefined: (0, 0),
            is_withheld: false,
            above_zero: 0.9,
            equal: 1,
        }
    }

    #[test]
    fn a_dot_is_filled_when_its_interval_does_not_reach_zero() {
        let hollow =
            |low, mean, high| row(&difference(low, mean, high), "impunity", 20.0).into_string().contains("#ffffff");
        assert!(!hollow(0.1, 0.2, 0.3) && !hollow(-0.3, -0.2, -0.1));
        assert!(hollow(-0.1, 0.1, 0.3) && hollow(0.0, 0.0, 0.0));
    }

    #[test]
    fn a_difference_without_an_interval_is_a_dot_without_a_bar() {
        let tied = PairedDifference { interval: None, ..difference(0.0, 44.0, 0.0) };
        let drawn = row(&tied, "impunity", 20.0).into_string();
        assert!(!drawn.contains("#ffffff") && !drawn.contains("stroke-width=\"2.5\""), "{drawn}");
        let said = |differences: Vec<PairedDifference>| {
            let (name, baseline, variant) = (String::new(), String::new(), String::new());
            Differences { name, baseline, variant, differences }.description()
        };
        assert!(said(vec![tied.clone(), difference(0.1, 0.2, 0.3)]).ends_with("all pairs differ by the same amount."));
        assert!(!said(vec![difference(0.1, 0.2, 0.3)]).contains("without an interval"));
        assert!(said(vec![PairedDifference { pairs: 1, ..tied }]).starts_with("Differences of one pair of runs"));
    }

    #[test]
    fn the_table_has_the_numbers_of_the_rows() {
        let chart = Differences {
            name: "d".to_owned(),
            baseline: "joins".to_owned(),
            variant: "holds-out".to_owned(),
            differences: vec![difference(0.1, 0.234, 0.3)],
        };
        let row = ["impunity", "", "0.234", "0.100", "0.300", "20", "90.0", "1"];
        assert_eq!(chart.table().rows, [row.map(str::to_owned)]);
    }
}
