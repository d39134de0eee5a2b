//! Whether practice has become general, looked at on the first of each month; when it has been for long enough, a
//! rule of custom binds every state that did not object before.
//!
//! What is counted stands for state practice; acceptance as law is not measured by it, so that what emerges here is a
//! candidate at best (International Law Commission, Conclusions on Customary International Law, 2018, 2 and 3). Of those alone
//! that object it is known that they do not accept it, and their practice does not count (8, 9 and 15). A rule of custom can ask
//! for an offence. It gives no surrender, no assistance and no time limits, and its text has none.

use super::{Adopter, Adoption, Custom, punishes};
use crate::base::{Day, StateId, TreatyId};
use crate::law::{Act, FactSet, Instrument, Library, Memberships, Standing};

/// The act by which the rule binds each state, if it emerges by the last day.
pub(super) fn emerge(
    adoption: &Adoption,
    rule: TreatyId,
    custom: &Custom,
    library: &Library,
    instruments: &[Instrument],
    last_day: Day,
) -> Vec<Instrument> {
    let Some(day) = emergence(&adoption.adopters, custom, library, instruments, last_day) else { return Vec::new() };
    let bound = library.state_ids().filter(|state| !custom.is_denied_by(*state, day));
    bound.map(|state| Instrument { day, treaty: rule, state, act: Act::Custom }).collect()
}

fn emergence(
    adopters: &[Adopter],
    custom: &Custom,
    library: &Library,
    instruments: &[Instrument],
    last_day: Day,
) -> Option<Day> {
    let mut sorted = instruments.to_vec();
    sorted.sort();
    let mut deposited = sorted.iter().peekable();
    let mut memberships = Memberships::new(library);
    let conduct: Vec<FactSet> = custom.conduct.iter().map(|facts| library.facts.derive(*facts)).collect();
    let months = libm::round(custom.practice.steady_years * 12.0);
    let mut steady = 0.0;
    // Practice is looked at on the first of each month, that on which it begins to count included.
    let (.., of_month) = custom.from.calendar();
    let mut day = if of_month == 1 { custom.from } else { custom.from.first_of_next_month() };
    while day <= last_day {
        // By what was done until then: one that left and came back was bound by its first consent before.
        while let Some(done) = deposited.next_if(|done| done.day <= day) {
            memberships.deposit(library, done);
        }
        let binds = |treaty: &TreatyId, state| matches!(memberships.standing(*treaty, state, day), Standing::Party(_));
        let weight = |state: StateId| {
            let practises = !custom.is_denied_by(state, day) && punishes(library, state, &conduct, day);
            let bound = || custom.under.iter().any(|treaty| binds(treaty, state));
            match (practises, practises && bound()) {
                (false, _) => 0.0,
                (true, false) => 1.0,
                (true, true) => custom.practice.weight_under_treaty,
            }
        };
        let weights: Vec<f64> = library.state_ids().map(weight).collect();
        if general(custom, adopters, &weights) {
            if steady >= months {
                return Some(day);
            }
            steady += 1.0;
        } else {
            steady = 0.0;
        }
        day = day.first_of_next_month();
    }
    None
}

/// Whether practice of these weights is widespread and representative, the specially affected included.
fn general(custom: &Custom, adopters: &[Adopter], weights: &[f64]) -> bool {
    let share = |counts: &dyn Fn(&Adopter) -> f64| {
        let all: f64 = adopters.iter().map(counts).sum();
        let practising: f64 = adopters.iter().zip(weights).map(|(adopter, weight)| counts(adopter) * weight).sum();
        // A group without anybody keeps nothing from being general.
        if all > 0.0 { practising / all } else { 1.0 }
    };
    let within = |belongs: &dyn Fn(&Adopter) -> bool| share(&|adopter| f64::from(u8::from(belongs(adopter))));
    let practice = &custom.practice;
    let mut regions: Vec<&Option<String>> = adopters.iter().map(|adopter| &adopter.region).collect();
    regions.sort();
    regions.dedup();
    within(&|_| true) >= practice.widespread
        && regions.iter().all(|region| within(&|adopter| &adopter.region == *region) >= practice.representative)
        && [true, false].iter().all(|club| within(&|adopter| adopter.club == *club) >= practice.representative)
        && share(&|adopter| adopter.hosting) >= practice.specially_affected
        && share(&|adopter| adopter.market) >= practice.specially_affected
}
