//! Joining by hazard: year by year, each state that is still outside draws whether it consents, and on which day.
//!
//! Each draw has a key of its own, (treaty, state, year). Changing one state changes the others' chances through
//! their regions, never their draws.

use std::collections::BTreeMap;

use super::yearly::{Regions, Window, actor, logistic};
use super::{Adopter, Adoption, Hazard, Joined, first_bound};
use crate::base::streams::{Purpose, Stream};
use crate::base::{Day, StateId, Streams, TreatyId};
use crate::law::{Act, Instrument, Library};

type Bound = BTreeMap<(TreatyId, StateId), Day>;

/// Consents, and the signatures before them, that follow from the hazards.
pub(super) fn by_hazard(
    adoption: &Adoption,
    library: &Library,
    dated: &[Instrument],
    last_day: Day,
    streams: &Streams,
) -> Vec<Instrument> {
    let Some(first_year) = adoption.joined.values().map(|joined| joined.opens.calendar().0).min() else {
        return Vec::new();
    };
    // A protocol after its parent, so that who joins that in a year may join both; likewise what is related to another.
    let mut order: Vec<(usize, TreatyId, &Joined)> = adoption
        .joined
        .iter()
        .map(|(treaty, joined)| (depth(adoption, library, *treaty, LONGEST_CHAIN), *treaty, joined))
        .collect();
    order.sort_by_key(|(depth, treaty, _)| (*depth, *treaty));
    let mut unfolding = Unfolding {
        library,
        adopters: &adoption.adopters,
        bound: first_bound(dated),
        left: left(dated),
        streams,
        made: Vec::new(),
        last_day,
    };
    for year in first_year..=last_day.calendar().0 {
        for (_, treaty, joined) in &order {
            unfolding.year(*treaty, joined, year);
        }
    }
    let signed_already = |made: &Instrument| {
        made.act == Act::Signature
            && dated.iter().any(|done| (done.act, done.treaty, done.state) == (Act::Signature, made.treaty, made.state))
    };
    unfolding.made.retain(|made| made.day <= last_day && !signed_already(made));
    unfolding.made
}

/// No text hangs from so many others, one from the other; should texts be written as each related to the other, it ends
/// here.
const LONGEST_CHAIN: usize = 8;

/// How many texts a text hangs from, as a protocol or as one that is related, by the longest way.
fn depth(adoption: &Adoption, library: &Library, treaty: TreatyId, longest: usize) -> usize {
    let parent = library.treaty(treaty).parent;
    let related =
        adoption.joined.get(&treaty).and_then(|joined| joined.related).filter(|related| parent != Some(*related));
    let below = longest.checked_sub(1);
    let hangs_from = |other| below.map_or(0, |below| 1 + depth(adoption, library, other, below));
    parent.into_iter().chain(related).map(hangs_from).max().unwrap_or(0)
}

/// Notices of denunciation with no consent after them.
fn left(dated: &[Instrument]) -> Bound {
    let mut acts: Vec<&Instrument> =
        dated.iter().filter(|done| matches!(done.act, Act::Consent | Act::Denunciation)).collect();
    acts.sort_by_key(|done| done.day);
    let mut left = Bound::new();
    for done in acts {
        let key = (done.treaty, done.state);
        match done.act {
            Act::Denunciation => left.insert(key, done.day),
            _ => left.remove(&key),
        };
    }
    left
}

/// The hazards as they unfold.
struct Unfolding<'a> {
    library: &'a Library,
    adopters: &'a [Adopter],
    /// Consents so far; those of the present year are in it, and count from their days.
    bound: Bound,
    /// Who gave notice that it leaves and has not come back since, with the day of the notice.
    left: Bound,
    streams: &'a Streams,
    made: Vec<Instrument>,
    last_day: Day,
}

impl<'a> Unfolding<'a> {
    fn year(&mut self, treaty: TreatyId, joined: &Joined, year: i32) {
        let Some(window) = Window::of(year, joined.opens).filter(|window| window.first <= self.last_day) else {
            return;
        };
        let regions = self.regions(treaty, window.first);
        let parent = self.library.treaty(treaty).parent;
        let eligible = self.library.state_ids().filter(|state| !joined.settled.contains(state));
        for state in eligible.collect::<Vec<_>>() {
            if self.bound.contains_key(&(treaty, state)) {
                continue;
            }
            let draws = Draws::of(self.streams, actor(self.library, treaty, state), year);
            let content = self.library.treaty(treaty).content_based;
            let offence = joined.offence(&self.adopters[state.index()], content);
            let parent_left = parent.and_then(|parent| self.left.get(&(parent, state)).copied());
            if parent_left.is_some_and(|left| left <= window.first) {
                continue;
            }
            let day = match parent.map(|parent| self.bound.get(&(parent, state)).copied()) {
                // Whoever is outside the parent stays outside its protocol, and whoever enters it may take both.
                Some(None) => None,
                Some(Some(entered)) if entered >= window.first + window.days => None,
                Some(Some(entered)) if entered >= window.first => {
                    let at_once = libm::log(joined.hazard.at_once / (1.0 - joined.hazard.at_once));
                    (draws.at_once < logistic(at_once - offence)).then_some(entered)
                }
                _ => {
                    let log_odds = self.log_odds(treaty, joined, state, &regions, window.first) - offence;
                    (draws.joins < window.chance(log_odds)).then(|| window.day(draws.day))
                }
            };
            // Nobody knows of a notice before its day.
            if let Some(day) = day.filter(|day| parent_left.is_none_or(|left| *day < left)) {
                self.join(treaty, joined, state, day, draws);
            }
        }
    }

    fn join(&mut self, treaty: TreatyId, joined: &Joined, state: StateId, day: Day, mut draws: Draws) {
        self.bound.insert((treaty, state), day);
        self.made.push(Instrument { day, treaty, state, act: Act::Consent });
        let Hazard { signature_days, signature_log_sd, .. } = joined.hazard;
        // An amendment is put before the Parties for acceptance, and signed by nobody (ETS 185, Art. 44).
        if self.adopters[state.index()].club && !self.library.treaty(treaty).is_amendment() {
            let lag = draws.rest.lognormal_days(signature_days, signature_log_sd);
            let signed = joined.opens.max(day - lag);
            if signed < day {
                self.made.push(Instrument { day: signed, treaty, state, act: Act::Signature });
            }
        }
    }

    /// The logit without what the text's content takes away.
    fn log_odds(&self, treaty: TreatyId, joined: &Joined, state: StateId, regions: &Regions<'_>, on: Day) -> f64 {
        let adopter = &self.adopters[state.index()];
        let hazard = &joined.hazard;
        let related = joined.related.or(self.library.treaty(treaty).parent);
        let member = related.is_some_and(|other| self.is_in(other, state, on));
        hazard.constant
            + if adopter.club { hazard.club } else { 0.0 }
            + if member { hazard.parent } else { 0.0 }
            + hazard.region * regions.share_of_others(adopter)
            + hazard.pressure * adopter.pressure
    }

    /// Each region's states, and how many of them are in before a day.
    fn regions(&self, treaty: TreatyId, on: Day) -> Regions<'a> {
        Regions::of(self.adopters, self.library.state_ids().map(|state| self.is_in(treaty, state, on)))
    }

    /// Whether a state consented before a day, and has not left by then.
    fn is_in(&self, treaty: TreatyId, state: StateId, on: Day) -> bool {
        let key = (treaty, state);
        self.bound.get(&key).is_some_and(|day| *day < on) && self.left.get(&key).is_none_or(|left| on <= *left)
    }
}

/// What a state draws towards a treaty in a year. All of it is drawn whatever is used, so that no draw depends on
/// whether an earlier one mattered.
struct Draws {
    joins: f64,
    day: f64,
    at_once: f64,
    rest: Stream,
}

impl Draws {
    fn of(streams: &Streams, actor: u64, year: i32) -> Self {
        let mut stream = streams.stream(Purpose::Joining, actor, u64::from(year.unsigned_abs()));
        Self { joins: stream.unit(), day: stream.unit(), at_once: stream.unit(), rest: stream }
    }
}
