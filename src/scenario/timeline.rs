//! Dated acts of states towards treaties during a run: names resolved, and held against what the state did before.

use std::collections::BTreeSet;

use super::event::{EventForm, EventKind};
use super::membership;
use crate::base::{CiteId, Day, Problem, Problems, StateId, TreatyId};
use crate::law::{Act, Instrument, Library};

/// The instruments of a timeline, in its order. `earlier` are those of the membership table.
///
/// # Errors
/// Unknown names, days outside the run, acts out of order.
pub fn instruments(
    library: &Library,
    events: &[EventForm],
    run: (Day, Day),
    earlier: &[Instrument],
) -> Result<Vec<Instrument>, Problems> {
    let mut problems = Problems::default();
    let mut resolved = Vec::new();
    for event in events.iter().filter(|event| event.does.is_treaty_act()) {
        match instrument(library, event, run) {
            Ok(instrument) => resolved.push((event, instrument)),
            Err(problem) => problems.push(problem),
        }
    }
    let all: Vec<&Instrument> = earlier.iter().chain(resolved.iter().map(|(_, instrument)| instrument)).collect();
    for (event, instrument) in &resolved {
        if let Some(message) = out_of_order(library, instrument, &all) {
            problems.push(Problem::new(event.date.place, message));
        }
    }
    problems.or(resolved.into_iter().map(|(_, instrument)| instrument).collect())
}

fn instrument(library: &Library, event: &EventForm, run: (Day, Day)) -> Result<Instrument, Problem> {
    event.check(run)?;
    let missing = |key| Problem::new(event.date.place, format!("`{}` names its `{key}`", event.does.word()));
    let states = library.states().iter().map(|state| state.code.as_str());
    let unknown_state = || Problem::unknown("state", &event.state, states);
    let state = library.state_coded(&event.state).ok_or_else(unknown_state)?;
    let treaties = library.treaties().iter().map(|treaty| treaty.name.as_str());
    let named = event.treaty.as_ref().ok_or_else(|| missing("treaty"))?;
    let unknown_treaty = || Problem::unknown("treaty", named, treaties);
    let treaty = membership::treaty_called(library, named).ok_or_else(unknown_treaty)?;
    let article = || {
        let article = event.article.as_ref().ok_or_else(|| missing("article"))?;
        membership::reservable(library, treaty, article)
    };
    let act = match event.does {
        EventKind::Sign => Act::Signature,
        EventKind::Ratify | EventKind::Accede => Act::Consent,
        EventKind::Reserve => Act::Reservation(article()?),
        EventKind::WithdrawReservation => Act::ReservationWithdrawn(article()?),
        EventKind::Denounce => Act::Denunciation,
        EventKind::Capacity
        | EventKind::ChangeAuthority
        | EventKind::ChangeState
        | EventKind::AnnounceSentences
        | EventKind::SeizeSites
        | EventKind::DismantleNetworks
        | EventKind::Enact => unreachable!("these are no acts towards a treaty"),
    };
    Ok(Instrument { day: *event.date, treaty, state, act })
}

/// Where a state stands towards a treaty on the eve of a day, by its own acts alone.
#[derive(Default)]
struct Standing {
    consented: Option<Day>,
    reserved: BTreeSet<CiteId>,
}

impl Standing {
    fn before(day: Day, state: StateId, treaty: TreatyId, all: &[&Instrument]) -> Self {
        let mut own: Vec<&&Instrument> =
            all.iter().filter(|i| i.state == state && i.treaty == treaty && i.day < day).collect();
        own.sort_by_key(|instrument| instrument.day);
        let mut standing = Self::default();
        for instrument in own {
            match instrument.act {
                Act::Signature | Act::Custom => {}
                Act::Consent => standing.consented = Some(instrument.day),
                Act::Denunciation => standing = Self::default(),
                Act::Reservation(cite) => {
                    standing.reserved.insert(cite);
                }
                Act::ReservationWithdrawn(cite) => {
                    standing.reserved.remove(&cite);
                }
            }
        }
        standing
    }
}

/// Why an act of the timeline cannot be, if it cannot. A second consent changes nothing and is let pass: a variant
/// may have a state join earlier than its timeline does.
fn out_of_order(library: &Library, instrument: &Instrument, all: &[&Instrument]) -> Option<String> {
    let Instrument { day, treaty, state, act } = *instrument;
    let standing = Standing::before(day, state, treaty, all);
    let name = &library.state(state).name;
    let joins_on_this_day = || {
        let same = all.iter().filter(|i| i.state == state && i.treaty == treaty && i.day == day);
        same.into_iter().any(|i| matches!(i.act, Act::Signature | Act::Consent))
    };
    match (act, standing.consented) {
        (Act::Denunciation, None) => {
            Some(format!("{name} has not consented before {day}, so it has nothing to denounce"))
        }
        (Act::Reservation(_), _) if !joins_on_this_day() => {
            Some(format!("a reservation is made when signing or consenting, and {name} does neither on {day}"))
        }
        (Act::ReservationWithdrawn(cite), _) if !standing.reserved.contains(&cite) => {
            Some(format!("{name} has not reserved {} before {day}, so it cannot withdraw that", library.cite(cite)))
        }
        _ => None,
    }
}
