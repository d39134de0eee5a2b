//! Dots with intervals: one row an outcome, nothing in the middle of all. Each row has a scale of its own, because its
//! unit is its own; the numbers stand beside it.

use maud::{Markup, html};

use super::scale::{self, Linear};
use super::{Anchor, Figure, GREY, Hue, INK, LETTER, RULE, Table, WIDTH, fitted, float, n, text};

/// The difference of one outcome between variant and baseline, over pairs of runs on the same seeds.
#[derive(Clone, Debug, PartialEq)]
pub struct PairedDifference {
    /// The outcome, in words.
    pub outcome: String,
    /// Its unit; empty for a share or a plain number.
    pub unit: String,
    /// Mean of variant less baseline.
    pub mean: f64,
    /// Lower bound of its 95 % interval.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
    /// Share of pairs above 0, from 0 to 1.
    pub above_zero: f64,
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
    /// Pairs of runs.
    pub pairs: usize,
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
        let drawing = html! {
            (text((PLOT.0, 18.0), Anchor::Start, "axis", &format!("less than in {}", fitted(&self.baseline, 60.0, LETTER))))
            (text((PLOT.1, 18.0), Anchor::End, "axis", "more"))
            (text((PLOT.1 + 24.0, 18.0), Anchor::Start, "axis", "mean (95 % interval)"))
            path d={ "M" (n(zero)) " " (n(TOP - 12.0)) "V" (n(bottom)) } stroke=(INK) stroke-width="1.5" fill="none" {}
            @for (index, difference) in self.differences.iter().enumerate() {
                (row(difference, TOP + (float(index) + 0.5) * ROW))
            }
        };
        Figure {
            name: self.name.clone(),
            title: format!("{} against {}", self.variant, self.baseline),
            description: format!(
                "Mean differences over {} pairs of runs on the same seeds, each with its 95 % interval; the upright line \
                 is no difference. Each row has its own scale. A filled dot: the interval does not reach the line.",
                self.pairs
            ),
            height: bottom + 12.0,
            before: None,
            drawing,
            tables: vec![self.table()],
        }
    }

    fn table(&self) -> Table {
        let columns = ["Outcome", "unit", "mean difference", "interval from", "to", "pairs above 0, %"];
        let row = |difference: &PairedDifference| {
            let numbers = [difference.mean, difference.low, difference.high].map(scale::significant);
            let words = [difference.outcome.clone(), difference.unit.clone()];
            words.into_iter().chain(numbers).chain([scale::percent(difference.above_zero)]).collect()
        };
        Table {
            caption: format!("{} less {}, {} pairs", self.variant, self.baseline, self.pairs),
            columns: columns.map(str::to_owned).to_vec(),
            rows: self.differences.iter().map(row).collect(),
            choice: None,
        }
    }
}

fn row(difference: &PairedDifference, middle: f64) -> Markup {
    let most = [difference.low, difference.high, difference.mean].map(f64::abs).into_iter().fold(0.0, f64::max);
    let x = Linear::new((-most, most), (PLOT.0 + 8.0, PLOT.1 - 8.0));
    let apart = difference.low > 0.0 || difference.high < 0.0;
    let (low, high) = (x.at(difference.low), x.at(difference.high));
    let unit = if difference.unit.is_empty() { String::new() } else { format!(" {}", difference.unit) };
    let [mean, from, to] = [difference.mean, difference.low, difference.high].map(scale::significant);
    let words = format!("{mean} ({from} to {to}){unit}");
    let colour = if apart { Hue::Vermilion.code() } else { GREY };
    html! {
        path d={ "M" (n(PLOT.0)) " " (n(middle)) "H" (n(PLOT.1)) } stroke=(RULE) fill="none" {}
        (text((PLOT.0 - 12.0, middle + 5.0), Anchor::End, "", &fitted(&difference.outcome, PLOT.0 - 16.0, LETTER)))
        path d={ "M" (n(low)) " " (n(middle)) "H" (n(high)) "M" (n(low)) " " (n(middle - 6.0)) "v12M" (n(high)) " " (n(middle - 6.0)) "v12" }
            stroke=(colour) stroke-width="2.5" fill="none" {}
        path d=(Hue::Vermilion.marker(x.at(difference.mean), middle)) fill=(if apart { colour } else { "#ffffff" })
            stroke=(colour) stroke-width="2" {}
        (text((PLOT.1 + 24.0, middle + 5.0), Anchor::Start, "", &fitted(&words, WIDTH - PLOT.1 - 28.0, LETTER)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(low: f64, mean: f64, high: f64) -> PairedDifference {
        PairedDifference { outcome: "impunity".to_owned(), unit: String::new(), mean, low, high, above_zero: 0.9 }
    }

    #[test]
    fn a_dot_is_filled_when_its_interval_does_not_reach_zero() {
        let hollow = |low, mean, high| row(&difference(low, mean, high), 20.0).into_string().contains("#ffffff");
        assert!(!hollow(0.1, 0.2, 0.3) && !hollow(-0.3, -0.2, -0.1));
        assert!(hollow(-0.1, 0.1, 0.3) && hollow(0.0, 0.0, 0.0));
    }

    #[test]
    fn the_table_has_the_numbers_of_the_rows() {
        let chart = Differences {
            name: "d".to_owned(),
            baseline: "joins".to_owned(),
            variant: "holds-out".to_owned(),
            pairs: 20,
            differences: vec![difference(0.1, 0.234, 0.3)],
        };
        assert_eq!(chart.table().rows, [["impunity", "", "0.234", "0.100", "0.300", "90.0"].map(str::to_owned)]);
    }
}
