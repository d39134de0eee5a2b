//! Law without consent: year by year, each state that lacks the law of an open treaty draws whether it makes it by the
//! example of its neighbours and under pressure, bound or not.
//!
//! Each draw has a key of its own, (treaty, state, year), as those of joining have. Only states that are free to join
//! by hazard draw: one that a scenario keeps outside, or lets in on a day, is to be seen without the treaty until then.

use super::enactment::carrying;
use super::yearly::{Regions, Window, actor};
use super::{Adopter, Adoption, Joined, punishes};
use crate::base::streams::Purpose;
use crate::base::{Day, StateId, Streams, TreatyId};
use crate::law::{FactSet, Library};

/// Dates every offence that is enacted by example. What follows from consents has been dated before.
pub(super) fn enact(adoption: &Adoption, library: &mut Library, last_day: Day, streams: &Streams) {
    let Some(first_year) = adoption.joined.values().map(|joined| joined.opens.calendar().0).min() else { return };
    for year in first_year..=last_day.calendar().0 {
        for (treaty, joined) in &adoption.joined {
            let window = Window::of(year, joined.opens).filter(|window| window.first <= last_day);
            let Some(window) = window else { continue };
            for (state, day) in within(adoption, library, *treaty, joined, (year, window), streams) {
                for offence in carrying(library, state, *treaty) {
                    library.enact(state, offence, day);
                }
            }
        }
    }
}

/// Who makes the law of a treaty within a year, and when.
fn within(
    adoption: &Adoption,
    library: &Library,
    treaty: TreatyId,
    joined: &Joined,
    (year, window): (i32, Window),
    streams: &Streams,
) -> Vec<(StateId, Day)> {
    let conduct: Vec<FactSet> = joined.conduct.iter().map(|facts| library.facts.derive(*facts)).collect();
    let has_it: Vec<bool> = library.state_ids().map(|state| punishes(library, state, &conduct, window.first)).collect();
    let regions = Regions::of(&adoption.adopters, has_it.iter().copied());
    let draws = |state: StateId| {
        let adopter = &adoption.adopters[state.index()];
        let mut stream =
            streams.stream(Purpose::Example, actor(library, treaty, state), u64::from(year.unsigned_abs()));
        let (makes, day) = (stream.unit(), stream.unit());
        let chance = window.chance(log_odds(joined, adopter, &regions, library.treaty(treaty).content_based));
        (makes < chance).then(|| (state, window.day(day)))
    };
    let free = library.state_ids().filter(|state| !joined.settled.contains(state) && !has_it[state.index()]);
    free.filter_map(draws).collect()
}

fn log_odds(joined: &Joined, adopter: &Adopter, regions: &Regions<'_>, content: f64) -> f64 {
    let example = &joined.example;
    example.constant + example.region * regions.share_of_others(adopter) + example.pressure * adopter.pressure
        - joined.offence(adopter, content)
}
