//! Dated acts of states towards treaties during a run: names resolved, and held against what the state did before.

use std::collections::BTreeSet;

use super::doubt::Doubts;
use super::event::{EventForm, EventKind, Run};
use super::membership::{self, Unsure};
use crate::base::{CiteId, Day, Problem, Problems, Spanned, StateId, TreatyId};
use crate::law::{Act, Instrument, Library, Memberships};

/// What the acts of a timeline follow on.
pub(super) struct Before<'a> {
    /// The instruments of the membership table.
    pub(super) earlier: &'a [Instrument],
    /// Whose acts are not known.
    pub(super) unsure: Unsure,
    /// Whether the table is as it was written: a variant or a setting may have a state join earlier than its timeline does.
    pub(super) as_written: bool,
}

/// The instruments of a timeline, in its order.
///
/// # Errors
/// Unknown names, days outside the run, acts out of order.
pub(super) fn instruments(
    library: &Library,
    events: &[Spanned<EventForm>],
    run: Run,
    mut before: Before<'_>,
    doubts: Doubts<'_>,
) -> Result<Vec<Instrument>, Problems> {
    let mut problems = Problems::default();
    let mut resolved = Vec::new();
    before.unsure.all |= doubts.under(&["membership"]) || doubts.under(&["timeline"]);
    // What could not be read of an act may be what it lacks.
    let known = |event: &Spanned<EventForm>| event.is_whole() || !doubts.at(event.place);
    for event in events.iter().filter(|event| event.does.is_treaty_act() && known(event)) {
        let mut found = EventForm::check(event, run, doubts);
        let state = membership::state_called(library, &event.state).map_err(|problem| found.push(problem)).ok();
        let treaty = event.treaty.as_ref();
        let treaty = treaty.and_then(|named| membership::treaty_of(library, named).map_err(|p| found.push(p)).ok());
        let place = event.treaty.as_ref().map_or(event.place, |named| named.place);
        let of_custom = treaty.and_then(|rule| membership::joined_by_nobody(library, rule, place));
        let made = of_custom.is_none().then(|| instrument(library, event, (treaty, state), &mut found)).flatten();
        // What is done may be a guess.
        found.0.extend(of_custom.filter(|_| !doubts.at(event.place)));
        if let Some(instrument) = made.filter(|_| found.0.is_empty()) {
            resolved.push((event, instrument));
        } else {
            problems.0.extend(found.0);
            before.unsure.note(treaty, state);
        }
    }
    let own: Vec<Instrument> = resolved.iter().map(|(_, instrument)| *instrument).collect();
    // In the order of their days: what cannot be did not happen, and later acts do not follow on it.
    resolved.sort_by_key(|(_, instrument)| instrument.day);
    let mut happened = Vec::new();
    for (event, instrument) in resolved {
        let sure = !before.unsure.holds(instrument.treaty, instrument.state);
        match out_of_order(library, &instrument, &before, Own { all: &own, happened: &happened }).filter(|_| sure) {
            Some(message) => problems.push(Problem::new(event.date.place, message)),
            None => happened.push(instrument),
        }
    }
    problems.or(own)
}

/// The acts of a timeline.
struct Own<'a> {
    /// All.
    all: &'a [Instrument],
    /// Those that could be, up to the day that is looked at.
    happened: &'a [Instrument],
}

/// What an event is as an act; none where its names are wrong, or a key is missing.
fn instrument(
    library: &Library,
    event: &EventForm,
    (treaty, state): (Option<TreatyId>, Option<StateId>),
    problems: &mut Problems,
) -> Option<Instrument> {
    if let (Some(treaty), Some(state)) = (treaty, state) {
        problems.0.extend(membership::closed(library, treaty, state, event.state.place));
        let joins = matches!(event.does, EventKind::Sign | EventKind::Ratify | EventKind::Accede);
        let binds_from = library.treaty(treaty).binds_from(state).filter(|_| joins);
        problems.0.extend(binds_from.map(|from| membership::by_itself(from, event.date.place)));
        let leaves = event.does == EventKind::Denounce;
        let alone = leaves.then(|| membership::part_of_another(library, treaty, event.date.place));
        problems.0.extend(alone.flatten());
    }
    let mut article = |among: fn(&Library, TreatyId, &Spanned<String>) -> Result<CiteId, Problem>| {
        let (treaty, article) = (treaty?, event.article.as_ref()?);
        among(library, treaty, article).map_err(|problem| problems.push(problem)).ok()
    };
    let act = match event.does {
        EventKind::Sign => Some(Act::Signature),
        EventKind::Ratify | EventKind::Accede => Some(Act::Consent),
        EventKind::Reserve => article(membership::reservable).map(Act::Reservation),
        EventKind::WithdrawReservation => article(membership::withdrawable).map(Act::ReservationWithdrawn),
        EventKind::Denounce => Some(Act::Denunciation),
        EventKind::Capacity
        | EventKind::ChangeAuthority
        | EventKind::ChangeState
        | EventKind::AnnounceSentences
        | EventKind::SeizeSites
        | EventKind::DismantleNetworks
        | EventKind::Enact => unreachable!("these are no acts towards a treaty"),
    };
    Some(Instrument { day: *event.date, treaty: treaty?, state: state?, act: act? })
}

/// Where a state stands towards a treaty on the eve of a day, by its own acts alone.
#[derive(Default)]
struct Standing {
    signed: Option<Day>,
    consented: Option<Day>,
    reserved: BTreeSet<CiteId>,
}

impl Standing {
    fn before<'a>(library: &Library, instrument: &Instrument, all: impl Iterator<Item = &'a Instrument>) -> Self {
        let Instrument { day, treaty, state, .. } = *instrument;
        let mut own: Vec<&Instrument> = all.filter(|i| i.state == state && i.treaty == treaty && i.day < day).collect();
        own.sort_by_key(|instrument| instrument.day);
        let by_itself = library.treaty(treaty).binds_from(state).filter(|from| *from < day);
        let mut standing = Self { consented: by_itself, ..Self::default() };
        for instrument in own {
            match instrument.act {
                Act::Custom => {}
                Act::Signature => standing.signed = Some(instrument.day),
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

/// Why an act of the timeline cannot be, if it cannot.
fn out_of_order(library: &Library, instrument: &Instrument, before: &Before<'_>, own: Own<'_>) -> Option<String> {
    let Instrument { day, treaty, state, act } = *instrument;
    let standing = Standing::before(library, instrument, before.earlier.iter().chain(own.happened));
    let name = &library.state(state).name;
    if own.happened.contains(instrument) {
        return Some(format!("{name} does the same twice on {day}"));
    }
    let joins_on_this_day = || {
        before.earlier.iter().chain(own.all).any(|i| {
            i.state == state && i.treaty == treaty && i.day == day && matches!(i.act, Act::Signature | Act::Consent)
        })
    };
    match (act, standing.consented) {
        (Act::Denunciation, None) => {
            Some(format!("{name} has not consented before {day}, so it has nothing to denounce"))
        }
        (Act::Reservation(_), _) if !joins_on_this_day() => {
            Some(format!("a reservation is made when signing or consenting, and {name} does neither on {day}"))
        }
        (Act::Reservation(_), _) => still_bound(library, instrument, before, &own).map(|until| {
            format!(
                "a reservation is made when becoming bound (VCLT 19), and {name}, bound until {until}, only takes back its \
                 denunciation on {day} (VCLT 68)"
            )
        }),
        (Act::ReservationWithdrawn(cite), _) if !standing.reserved.contains(&cite) => {
            let declares = membership::is_declaration(library, treaty, cite);
            let did = if declares { "declared anything under" } else { "reserved" };
            Some(format!("{name} has not {did} {} before {day}, so it cannot withdraw that", library.cite(cite)))
        }
        (Act::Signature | Act::Consent, _) => {
            let known =
                if before.as_written { standing } else { Standing::before(library, instrument, own.happened.iter()) };
            joined_already(name, instrument, &known)
        }
        _ => None,
    }
}

/// The day until which a state is bound that has given notice of denunciation: a consent on a day before takes the notice back,
/// and is not one with which it becomes bound.
fn still_bound(library: &Library, instrument: &Instrument, before: &Before<'_>, own: &Own<'_>) -> Option<Day> {
    let Instrument { day, treaty, state, .. } = *instrument;
    let gone_before = before.earlier.iter().chain(own.happened).filter(|earlier| earlier.day < day);
    // Whether the treaty was in force at all when notice was given, depends on the acts of all.
    let acts: Vec<Instrument> = gone_before.copied().collect();
    let has_left = |act: &Instrument| act.state == state && act.act == Act::Denunciation;
    let leaving = acts.iter().any(has_left).then(|| Memberships::of(library, &acts).leaving(treaty, state))?;
    leaving.map(|leaving| leaving.takes_effect).filter(|takes_effect| *takes_effect > day)
}

/// That a state signs or consents anew although it is bound, or signs a second time. Who has given notice may take it back,
/// and who has left may come back: a denunciation ends what stood before it.
fn joined_already(name: &str, instrument: &Instrument, standing: &Standing) -> Option<String> {
    match (instrument.act, standing.consented, standing.signed) {
        (Act::Consent, Some(since), _) => Some(format!("{name} has consented already, on {since}")),
        (Act::Signature, Some(since), _) => {
            Some(format!("{name} has consented already, on {since}, so it has nothing to sign"))
        }
        (Act::Signature, None, Some(since)) => Some(format!("{name} has signed already, on {since}")),
        _ => None,
    }
}
