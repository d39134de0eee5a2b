//! What was done on days of a run, by treaty (or law, number or target) and kind, on a timeline.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Run;
use crate::report::charts::timeline::{Event, Lane, Mark, Timeline};
use crate::report::dated::{DatedSummary, Done, dated};
use crate::report::numbers::number_of;

/// More lanes do not fit a page.
const MOST_LANES: usize = 20;

/// The timeline, or that nothing happened.
pub(super) fn section(run: Run) -> Markup {
    let plan = &run.scenario.plan;
    let before = plan.instruments.iter().filter(|instrument| instrument.day < plan.first_day).count();
    let lanes = lanes(run);
    let left_out = lanes.len().saturating_sub(MOST_LANES);
    let shown: Vec<Lane> = lanes.into_iter().take(MOST_LANES).collect();
    html! {
        @if before > 0 { p {
            (number_of(before as u64, "instrument of an earlier day is", "instruments of earlier days are")) " in force or on record when the run begins."
        } }
        @if left_out > 0 { p { (left_out) " more kinds of events are in the log of records (" code { "--out" } ")." } }
        @if shown.is_empty() {
            p { "On no day of the run was a text signed, joined, reserved to or left, a number changed, or an offence enacted that a line of its networks meets." }
        } @else {
            (Timeline {
                name: "treaties".to_owned() + "-timeline",
                title: "Acts of states, and what followed".to_owned(),
                description: "One row a kind of event and treaty, law or number; a mark for each day on which it happened. Days that lie too near to one \
                              another for names of their own are joined by a line and counted together.".to_owned(),
                days: (plan.first_day, plan.last_day),
                lanes: shown,
            }.figure().markup())
        }
    }
}

fn lanes(run: Run) -> Vec<Lane> {
    let mut lanes: BTreeMap<(String, Done), Lane> = BTreeMap::new();
    let library = &run.scenario.plan.library;
    for one in dated(&run.scenario.plan, run.outcome) {
        // A treaty goes by its title, and not by its name in files.
        let title = library.treaty_named(&one.of).map(|treaty| library.treaty(treaty).title.clone());
        let one = DatedSummary { of: title.unwrap_or(one.of), ..one };
        let event = Event { day: one.day, short: one.short(), words: one.all(), who: one.who.clone() };
        let (name, mark, counts) = (one.what(), mark(one.done), counts(one.done));
        lanes
            .entry((one.of, one.done))
            .or_insert_with(|| Lane { name, mark, counts, events: Vec::new() })
            .events
            .push(event);
    }
    lanes.into_values().collect()
}

/// What a lane counts where it is not states, each once.
const fn counts(done: Done) -> Option<&'static str> {
    match done {
        Done::Enacted => Some("enactments"),
        Done::Changed => Some("changes"),
        Done::Operation => Some("operations"),
        _ => None,
    }
}

const fn mark(done: Done) -> Mark {
    match done {
        Done::Signed => Mark::Ring,
        Done::Consented => Mark::Square,
        Done::InForce | Done::Binds => Mark::Disc,
        Done::Enacted => Mark::Diamond,
        Done::Reserved => Mark::Triangle,
        Done::Withdrawn => Mark::Frame,
        Done::Denounced => Mark::Wedge,
        Done::Ceased => Mark::Cross,
        Done::Custom => Mark::Star,
        Done::Changed => Mark::Plus,
        Done::Operation => Mark::Bar,
    }
}
