//! What the depositary noted during a run, by treaty and kind, on a timeline.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Run;
use crate::base::{Day, StateId};
use crate::depositary::DepositaryRecord;
use crate::law::{Act, Library};
use crate::report::charts::timeline::{Event, Lane, Mark, Timeline};

/// More lanes do not fit a page.
const MOST_LANES: usize = 20;

/// A kind of event: its place in the life of a treaty, its word and its mark.
type Kind = (u8, &'static str, Mark);

const SIGNED: Kind = (0, "signed", Mark::Ring);
const CONSENTED: Kind = (1, "consented", Mark::Square);
const IN_FORCE: Kind = (2, "in force", Mark::Disc);
const ENACTED: Kind = (3, "enacted", Mark::Diamond);
const RESERVED: Kind = (4, "reserved", Mark::Triangle);
const WITHDRAWN: Kind = (5, "reservation withdrawn", Mark::Frame);
const DENOUNCED: Kind = (6, "denounced", Mark::Wedge);
const CEASED: Kind = (7, "binds no longer", Mark::Cross);
const CUSTOM: Kind = (8, "custom", Mark::Star);

/// Kind of event, treaty or article, and who acts, if anybody does.
type Noted = (Kind, String, Option<StateId>);

/// Who acted on which day, under the kind and the mark of a lane.
type Noting = (&'static str, Mark, BTreeMap<Day, Vec<StateId>>);

/// The timeline, or that nothing happened.
pub(super) fn section(run: Run) -> Markup {
    let plan = &run.scenario.plan;
    let before = plan.instruments.iter().filter(|instrument| instrument.day < plan.first_day).count();
    let lanes = lanes(run);
    let left_out = lanes.len().saturating_sub(MOST_LANES);
    let shown: Vec<Lane> = lanes.into_iter().take(MOST_LANES).collect();
    html! {
        @if before > 0 { p { (before) " instruments of earlier days are in force or on record when the run begins." } }
        @if left_out > 0 { p { (left_out) " more kinds of events are in the log of records (" code { "--out" } ")." } }
        @if shown.is_empty() {
            p { "Nothing was signed, joined, reserved or left during the run." }
        } @else {
            (Timeline {
                name: "treaties".to_owned() + "-timeline",
                title: "Instruments and entries into force".to_owned(),
                description: "One row a kind of event and treaty; a mark for each day on which it happened.".to_owned(),
                days: (plan.first_day, plan.last_day),
                lanes: shown,
            }.figure().markup())
        }
    }
}

fn lanes(run: Run) -> Vec<Lane> {
    let library = &run.scenario.plan.library;
    let mut lanes: BTreeMap<(String, u8), Noting> = BTreeMap::new();
    for (day, record) in &run.outcome.tally.treaty_events {
        let ((order, kind, mark), of, state) = noted(library, record);
        let lane = lanes.entry((of, order)).or_insert_with(|| (kind, mark, BTreeMap::new()));
        lane.2.entry(*day).or_default().extend(state);
    }
    let lane = |((of, _), (kind, mark, days)): ((String, u8), Noting)| Lane {
        name: format!("{kind}: {of}"),
        mark,
        events: days.into_iter().map(|(day, states)| event(library, day, &states)).collect(),
    };
    lanes.into_iter().map(lane).collect()
}

fn noted(library: &Library, record: &DepositaryRecord) -> Noted {
    let name = |treaty| library.treaty(treaty).name.clone();
    match *record {
        DepositaryRecord::Deposited(instrument) => {
            let kind = match instrument.act {
                Act::Signature => SIGNED,
                Act::Consent => CONSENTED,
                Act::Reservation(_) => RESERVED,
                Act::ReservationWithdrawn(_) => WITHDRAWN,
                Act::Denunciation => DENOUNCED,
                Act::Custom => CUSTOM,
            };
            (kind, name(instrument.treaty), Some(instrument.state))
        }
        DepositaryRecord::EnteredIntoForce(treaty, state) => (IN_FORCE, name(treaty), Some(state)),
        DepositaryRecord::CeasedToBind(treaty, state) => (CEASED, name(treaty), Some(state)),
        DepositaryRecord::CustomEmerged(treaty) => (CUSTOM, name(treaty), None),
        DepositaryRecord::Enacted(state, _) => (ENACTED, "offences that carry treaties out".to_owned(), Some(state)),
    }
}

fn event(library: &Library, day: Day, states: &[StateId]) -> Event {
    let mut states = states.to_vec();
    states.sort_unstable();
    states.dedup();
    let names: Vec<&str> = states.iter().map(|state| library.state(*state).name.as_str()).collect();
    let short = match names[..] {
        [] => "emerged".to_owned(),
        [one] => one.to_owned(),
        _ => format!("{} states", names.len()),
    };
    let words = if names.is_empty() { short.clone() } else { names.join(", ") };
    Event { day, short, words }
}
