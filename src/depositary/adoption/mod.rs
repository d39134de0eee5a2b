//! Adoption: who joins which treaty when, who makes law of it when, and when custom has emerged.
//!
//! None of this depends on what offenders do, so it is unfolded before a run begins: a pure function from settings
//! and seed to instruments and dates of offences, the same for every transport and node.
//!
//! Deliberately absent: bargaining over a text, withdrawal by hazard, reservations by hazard.

mod custom;
mod enactment;
mod example;
mod joining;
pub mod settings;
mod yearly;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Day, StateId, Streams, TreatyId};
use crate::law::{self, Act, FactSet, Instrument, Library, Memberships};

pub use settings::{Adopter, Enactment, Example, Hazard, Practice};

/// How a run's treaties are adopted, beyond the instruments that are dated already.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Adoption {
    /// One entry for each state, in the order of their identifiers; none when nothing below needs them.
    pub adopters: Vec<Adopter>,
    /// Treaties that states join by hazard.
    pub joined: BTreeMap<TreatyId, Joined>,
    /// How states carry treaties out; the defaults for those not named.
    pub enactments: BTreeMap<TreatyId, Enactment>,
    /// Rules of custom that may emerge.
    pub customs: BTreeMap<TreatyId, Custom>,
}

/// A treaty that states join by hazard.
#[derive(Clone, Debug, PartialEq)]
pub struct Joined {
    /// The day from which it is open.
    pub opens: Day,
    /// The yearly chance.
    pub hazard: Hazard,
    /// The yearly chance that a state makes its law without being bound to.
    pub example: Example,
    /// Conduct that a state with its law punishes: all of these.
    pub conduct: Vec<FactSet>,
    /// A treaty whose members join more readily, where that is not the parent.
    pub related: Option<TreatyId>,
    /// States whose acts towards it are settled otherwise: by the record, by date, or by staying out.
    pub settled: BTreeSet<StateId>,
}

/// A rule of custom that may emerge.
#[derive(Clone, Debug, PartialEq)]
pub struct Custom {
    /// The day from which practice is looked at.
    pub from: Day,
    /// When practice counts as general.
    pub practice: Practice,
    /// Conduct that a state with the practice punishes: all of these.
    pub conduct: Vec<FactSet>,
    /// Treaties to the same end, under which practice may be mere performance.
    pub under: BTreeSet<TreatyId>,
    /// States that object, with the day since which they do. Who objects while the rule forms stays outside it.
    pub objections: BTreeMap<StateId, Day>,
}

/// What adoption comes to, from the first day of a run to its last.
#[derive(Clone, Debug)]
pub struct Unfolded {
    /// The law, with the dates of the offences that carry treaties out.
    pub library: Library,
    /// All instruments, those given and those that follow.
    pub instruments: Vec<Instrument>,
}

impl Unfolded {
    /// Who was bound by what on a day, by what had been done by then: a state that left and came back was bound by its first
    /// consent before.
    #[must_use]
    pub fn memberships_on(&self, day: Day) -> Memberships {
        let done: Vec<Instrument> = self.instruments.iter().filter(|done| done.day <= day).copied().collect();
        Memberships::of(&self.library, &done)
    }
}

/// Unfolds adoption over all instruments that are dated already.
#[must_use]
pub fn unfold(
    adoption: &Adoption,
    library: &Library,
    dated: &[Instrument],
    last_day: Day,
    streams: &Streams,
) -> Unfolded {
    let mut instruments = dated.to_vec();
    instruments.extend(joining::by_hazard(adoption, library, dated, last_day, streams));
    let mut enacted = library.clone();
    // What treaties oblige to hangs on who is bound, by hazard, too, and by acts that are only supposed.
    if library.takes_penal_law() {
        enacted.take_as_enacted(&Memberships::of(library, &instruments));
    }
    enactment::enact(adoption, &mut enacted, &instruments, streams);
    example::enact(adoption, &mut enacted, last_day, streams);
    let customs: Vec<Instrument> = adoption
        .customs
        .iter()
        .flat_map(|(rule, custom)| custom::emerge(adoption, *rule, custom, &enacted, &instruments, last_day))
        .collect();
    enactment::enact(adoption, &mut enacted, &customs, streams);
    instruments.extend(customs);
    Unfolded { library: enacted, instruments }
}

impl Custom {
    /// Whether a state had objected before a day: then the rule does not come to bind it on that day, and its practice is none
    /// that is accepted as law.
    fn is_denied_by(&self, state: StateId, day: Day) -> bool {
        self.objections.get(&state).is_some_and(|since| *since < day)
    }
}

impl Joined {
    /// What a text that is content-based to this share takes away from the log-odds of a state.
    fn offence(&self, adopter: &Adopter, content_based: f64) -> f64 {
        self.hazard.expression * adopter.expression * content_based
    }
}

/// Whether the law of a state meets all of this conduct, which is derived already; never where there is none.
#[must_use]
pub fn punishes(library: &Library, state: StateId, conduct: &[FactSet], on: Day) -> bool {
    !conduct.is_empty() && conduct.iter().all(|facts| law::punishable(library, state, *facts, on).is_some())
}

/// The first day on which each state consented to a treaty, or was bound by custom.
fn first_bound(instruments: &[Instrument]) -> BTreeMap<(TreatyId, StateId), Day> {
    let mut first: BTreeMap<(TreatyId, StateId), Day> = BTreeMap::new();
    for instrument in instruments.iter().filter(|done| matches!(done.act, Act::Consent | Act::Custom)) {
        let day = first.entry((instrument.treaty, instrument.state)).or_insert(instrument.day);
        *day = instrument.day.min(*day);
    }
    first
}
