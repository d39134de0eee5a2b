//! What the lost cases were lost by, and which single change would have had most of them granted, or carried out in time.

use maud::{Markup, html};

use crate::report::charts::Table;
use crate::report::findings::AttributionSummary;
use crate::report::lines::capital;
use crate::report::numbers::{grouped, number_of};

/// The first few acts turn most.
const SHOWN: usize = 10;

/// The best change in a sentence, and two tables.
pub(super) fn section(found: &AttributionSummary) -> Markup {
    if found.lost == 0 {
        return html! { p { "No case was lost, so that no change could have turned one." } };
    }
    let best = found.savings.first().filter(|saving| saving.expected > 0);
    html! {
        @match best {
            Some(best) => p {
                "One change, " strong { (best.act) } ", would have had the step granted, or carried out in time, that ended "
                strong { (grouped(best.expected)) } " of the " (number_of(found.lost, "case", "cases"))
                " lost. Whether these cases would then have come to a good end is not said."
            },
            None => p { "None of the single changes that are looked at would have turned the step that ended any of the " (grouped(found.lost)) " cases lost." },
        }
        p.soft { (capital(found.caveat)) "." }
        @if best.is_some() {
            (savings(found).markup("What one change would have turned"))
            (and_more(found.savings.iter().filter(|saving| saving.expected > 0).count(), "change", "changes"))
        }
        @if !found.lost_by.is_empty() {
            h3 { "What the cases were lost by" }
            (lost_by(found).markup("What the cases were lost by"))
            (and_more(found.lost_by.len(), "row", "rows"))
        }
    }
}

/// That a table of the first few has not all of so many.
fn and_more(all: usize, one: &str, many: &str) -> Markup {
    let rest = all.saturating_sub(SHOWN);
    let what = if rest == 1 { one } else { many };
    html! { @if rest > 0 { p.soft { "And " (rest) " more " (what) "; " code { "--json" } " has all." } } }
}

fn savings(found: &AttributionSummary) -> Table {
    let saving = found.savings.iter().filter(|saving| saving.expected > 0).take(SHOWN);
    let row = |saving: &crate::report::findings::SavingSummary| {
        vec![saving.act.clone(), grouped(saving.cases), grouped(saving.expected), grouped(saving.surely)]
    };
    table(&["One change", "cases it bears on", "turned, expected", "of them surely"], saving.map(row).collect())
}

fn lost_by(found: &AttributionSummary) -> Table {
    let row = |lost: &crate::report::findings::LostBySummary| {
        let ground = match (lost.ground, &lost.article) {
            (Some(ground), Some(article)) => format!("{ground}, {article}"),
            _ => "-".to_owned(),
        };
        let how = match (lost.by_choice, lost.assumed) {
            (true, true) => ", by choice and by a penal law that is assumed",
            (true, false) => ", by choice",
            (false, true) => ", by a penal law that is assumed",
            (false, false) => "",
        };
        vec![lost.state.clone(), format!("{}{how}", lost.cause), ground, grouped(lost.cases)]
    };
    // Some causes lie with the state that investigates, others with the one that it asked.
    let columns = ["State that investigated or was asked", "cause", "ground and article", "cases"];
    table(&columns, found.lost_by.iter().take(SHOWN).map(row).collect())
}

fn table(columns: &[&str], rows: Vec<Vec<String>>) -> Table {
    let columns = columns.iter().map(|column| (*column).to_owned()).collect();
    Table { caption: String::new(), columns, rows, choice: None }
}
