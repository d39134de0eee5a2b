//! Who refused whom, as a matrix, and by which article, as a table.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::History;
use super::states::{between, none_refused};
use crate::base::{CiteId, StateId};
use crate::law::{GroundCode, Measure};
use crate::report::charts::Table;
use crate::report::charts::matrix::{Cell, Class, Matrix};
use crate::report::lines::counted;
use crate::report::numbers::grouped;

/// Steps by lightness alone, so that they survive grey print.
const CLASSES: [Class; 5] = [
    Class { name: "none refused", fill: "#f2f6f9", dark: false },
    Class { name: "under 25 %", fill: "#bdd8ea", dark: false },
    Class { name: "under 50 %", fill: "#78b0d8", dark: false },
    Class { name: "under 75 %", fill: "#0072B2", dark: true },
    Class { name: "75 % and more", fill: "#003a5c", dark: true },
];

/// Below so many decided requests a share says little: one request more or less moves it by ten in a hundred and more.
const FEW: u64 = 10;

/// Articles of a table that still can be read; the rest are summed up in its last row.
const MOST_ARTICLES: usize = 25;

/// Both.
pub(super) fn section(run: History, shown: &[StateId], of_all: Option<&str>) -> Markup {
    let of_all = of_all.map_or_else(String::new, |words| format!(" {words}"));
    let articles = by_article(run);
    html! {
        @match nothing_refused(run, shown) {
            Some(why) => p { (why) },
            None => (matrix(run, shown, &format!("{READING} {ORDER}{of_all}")).figure().markup()),
        }
        @if !articles.rows.is_empty() { h3 { "Refusals by article" } (articles.markup("Refusals by article")) }
    }
}

/// That a matrix would have nothing but noughts, where it would.
pub(super) fn nothing_refused(run: History, shown: &[StateId]) -> Option<String> {
    let pairs = shown.iter().flat_map(|from| shown.iter().map(|to| between(&run.outcome.tally, *from, *to)));
    let (refused, decided) = pairs.fold((0, 0), |sums, pair| (sums.0 + pair.0, sums.1 + pair.1));
    (refused == 0).then(|| none_refused(decided))
}

/// How the matrix is read.
pub(super) const READING: &str = "In each cell, how many in a hundred decided requests of one state to another were refused, \
                                  those to preserve data left out, which hand nothing over, and what providers disclose by choice. Darker is more, a small grey cell rests on too few to have a \
                                  shade; an empty cell had none to decide, and one with a line across is the state itself.";
/// The order of the states.
const ORDER: &str = "Havens come first, then whoever holds most networks beyond what is expected.";

/// Who refused whom.
pub(super) fn matrix(run: History, shown: &[StateId], description: &str) -> Matrix {
    let names: Vec<String> = shown.iter().map(|state| run.scenario.plan.library.state(*state).name.clone()).collect();
    let cell = |from: StateId, to: StateId| {
        let (refused, decided) = between(&run.outcome.tally, from, to);
        (decided > 0).then(|| of_share(refused, decided))
    };
    Matrix {
        name: "matrix".to_owned(),
        title: "Requests refused".to_owned(),
        description: description.to_owned(),
        rows_are: "asks".to_owned(),
        columns_are: "is asked".to_owned(),
        rows: names.clone(),
        columns: names,
        cells: shown.iter().map(|from| shown.iter().map(|to| cell(*from, *to)).collect()).collect(),
        classes: CLASSES.to_vec(),
        few_are: format!("small and grey: fewer than {FEW} decided, refused/decided"),
        own_are: "the state itself".to_owned(),
    }
}

fn of_share(refused: u64, decided: u64) -> Cell {
    let percent = short_percent(refused, decided);
    // By the number that is shown: 24.96 per cent stand there as 25.
    let class = match (refused, (refused * 100 + decided / 2) / decided) {
        (0, _) => 0,
        (_, ..25) => 1,
        (_, ..50) => 2,
        (_, ..75) => 3,
        _ => 4,
    };
    let few = decided < FEW;
    Cell {
        class,
        few,
        words: format!("{percent} % ({}\u{a0}of\u{a0}{})", grouped(refused), grouped(decided)),
        // One of one is no hundred in a hundred.
        short: if few { format!("{refused}/{decided}") } else { percent },
    }
}

/// A share in whole per cent; 0 and 100 stand for none and all alone, so that a number is never at odds with its shade.
fn short_percent(refused: u64, decided: u64) -> String {
    match (refused * 100 + decided / 2) / decided {
        0 if refused > 0 => "<1".to_owned(),
        100 if refused < decided => ">99".to_owned(),
        percent => percent.to_string(),
    }
}

/// Who refused, by which ground and article, and where by none, whether it was a provider.
type By = (StateId, Option<(GroundCode, CiteId)>, bool);

/// How many requests were refused by which article.
pub(super) fn by_article(run: History) -> Table {
    let library = &run.scenario.plan.library;
    let mut counts: BTreeMap<By, u64> = BTreeMap::new();
    for ((by, measure, ground), count) in run.outcome.tally.states.iter().flat_map(|state| &state.refused_out) {
        let by_provider = ground.is_none() && *measure == Measure::VoluntaryDisclosure;
        *counts.entry((*by, *ground, by_provider)).or_default() += count;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let rest = counts.split_off(counts.len().min(MOST_ARTICLES));
    let row = |((state, ground, by_provider), count): &(By, u64)| {
        let (article, code, meaning) = match ground {
            Some((code, cite)) => (library.cite(*cite), code.code(), code.meaning()),
            None if *by_provider => {
                ("-", "-", "a provider there chose not to disclose: no duty, and nobody asked the state")
            }
            None => ("-", "-", "no duty, and not granted by choice"),
        };
        let rests_on_it = ground.is_some_and(|(code, _)| code.rests_on_penal_law());
        let assumed = rests_on_it && library.state(*state).penal_law_is_taken;
        vec![
            library.state(*state).name.clone(),
            grouped(*count),
            article.to_owned(),
            code.to_owned(),
            format!("{meaning}{}", if assumed { ", by a penal law that is assumed" } else { "" }),
        ]
    };
    let mut rows: Vec<Vec<String>> = counts.iter().map(row).collect();
    if !rest.is_empty() {
        let requests: u64 = rest.iter().map(|(_, count)| count).sum();
        let words = counted(rest.len(), "more row", "more rows");
        rows.push(vec![words, grouped(requests), "-".to_owned(), "-".to_owned(), "-".to_owned()]);
    }
    Table {
        caption: String::new(),
        columns: ["Refused by", "requests", "article", "ground", "meaning"].map(str::to_owned).to_vec(),
        rows,
        choice: None,
    }
}

#[cfg(test)]
mod tests {
    use super::of_share;

    #[test]
    fn steps_begin_and_end_where_they_say() {
        let class = |refused, decided| of_share(refused, decided).class;
        assert_eq!(
            [class(0, 9), class(1, 1000), class(1, 4), class(1, 2), class(3, 4), class(4, 4)],
            [0, 1, 2, 3, 4, 4]
        );
        assert_eq!((class(244, 1000), class(249, 1000)), (1, 2), "by the number that is shown");
        assert_eq!(of_share(2, 3).words, "67 % (2\u{a0}of\u{a0}3)");
        assert!(of_share(2, 9).few && !of_share(2, 10).few);
    }

    #[test]
    fn only_none_is_0_and_only_all_is_100() {
        let short = [(0, 460), (2, 460), (3, 460), (457, 460), (458, 460), (460, 460)];
        assert_eq!(
            short.map(|(refused, decided)| of_share(refused, decided).short),
            ["0", "<1", "1", "99", ">99", "100"]
        );
        assert_eq!(of_share(2, 460).words, "<1 % (2\u{a0}of\u{a0}460)");
    }
}
