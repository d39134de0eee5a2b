//! The report of a run or a study as one page: it asks nothing of the network, runs no script, reads without colour
//! and prints on A4. Every text that people wrote is escaped by maud; see `page` for what is not seen.

mod acts;
mod assumed;
mod between_values;
mod by_state;
pub mod compare;
mod first_runs;
mod head;
mod network_words;
mod networks;
mod over_time;
mod page;
mod reasoning;
mod refusals;
mod states;
pub mod study;
pub mod sweep;
mod sweep_runs;
mod treaties;

use maud::{Markup, html};
pub use page::BEGINNING;
pub(super) use page::shell;

use super::by_state::are_many;
use super::charts::Table;
use super::summary::Summary;
use crate::base::StateId;
use crate::engine::Outcome;
use crate::scenario::Scenario;

/// What a report of one run is made of.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// What was run.
    pub scenario: &'a Scenario,
    /// What came of it.
    pub outcome: &'a Outcome,
    /// The same, summed up.
    pub summary: &'a Summary,
}

/// A run as it was, before it is summed up.
#[derive(Clone, Copy, Debug)]
pub struct History<'a> {
    /// What was run.
    pub scenario: &'a Scenario,
    /// What came of it.
    pub outcome: &'a Outcome,
}

impl<'a> Run<'a> {
    const fn history(self) -> History<'a> {
        History { scenario: self.scenario, outcome: self.outcome }
    }
}

/// The report of one run.
#[must_use]
pub fn of_run(run: Run) -> String {
    let summary = run.summary;
    let order = states::by_haven(run.outcome);
    let shown = states::shown(&[run.outcome], &order);
    let of_all = (shown.len() < order.len()).then(|| {
        format!("Shown are the {} of {} states between which most requests were refused.", shown.len(), order.len())
    });
    let variant = summary.variant.as_ref().map_or_else(String::new, |variant| format!(", variant {variant}"));
    let sections = [
        head::run(summary),
        pairs(summary),
        section("networks", "Where the networks went", networks::figures(run, &order)),
        head::happened(summary),
        section("by-state", "State by state", by_state::section(summary)),
        section(
            "refusals",
            "Who refused whom, and by which article",
            refusals::section(run.history(), &shown, of_all.as_deref()),
        ),
        one_and_the_others(run, &shown, of_all.as_deref()),
        section("treaties", "What came into force when", treaties::section(run)),
        section("reasoning", "How the law decides typical refusals", reasoning::section(run.history())),
        section("acts", "What one change would have turned", acts::section(&summary.attribution)),
        section("assumed", "What was assumed", assumed::section(None, &summary.parameters)),
        section("teaching", "For teaching", head::teaching(run.scenario)),
        section("again", "To get this again", head::again(summary)),
    ];
    page::page(&format!("{}{variant}", summary.title), &sections)
}

/// In a world of many states the map of the law comes first.
fn pairs(summary: &Summary) -> Markup {
    let (columns, rows) = super::pairs::in_words(summary);
    let table = Table { columns, rows, ..Table::default() };
    let shown = html! { p { (super::pairs::note(summary)) } (table.markup(super::pairs::HEADING)) };
    html! { @if are_many(summary) { (section("pairs", super::pairs::HEADING, shown)) } }
}

/// The tiles; where no refusal is there to draw, the section before has said so.
fn one_and_the_others(run: Run, shown: &[StateId], of_all: Option<&str>) -> Markup {
    let drawn = refusals::nothing_refused(run.history(), shown).is_none();
    let tiles = || section("states", "One state and the others", states::section(run, shown, of_all));
    html! { @if drawn { (tiles()) } }
}

/// The text, what it marks by grave accents as code.
fn with_code(text: &str) -> Markup {
    // A mark that is not closed is a letter like others.
    let closed = text.matches('`').count().is_multiple_of(2);
    html! {
        @if closed {
            @for (number, part) in text.split('`').enumerate() {
                @if number % 2 == 1 { code { (part) } } @else { (part) }
            }
        } @else { (text) }
    }
}

/// A section with its heading.
fn section(id: &str, heading: &str, content: Markup) -> Markup {
    html! { section id=(id) { h2 { (heading) } (content) } }
}

#[cfg(test)]
mod tests {
    use super::with_code;

    #[test]
    fn what_is_marked_as_code_is_shown_as_code() {
        let shown = with_code("Compare `reserves` & `outside`.").into_string();
        assert_eq!(shown, "Compare <code>reserves</code> &amp; <code>outside</code>.");
        assert_eq!(with_code("one ` alone").into_string(), "one ` alone");
    }
}
