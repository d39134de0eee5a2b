//! Which treaties bear on a measure at all, listed once when a library is built: a decision looks at no others.

use std::collections::BTreeSet;

use super::measure::Measure;
use super::treaty::Treaty;
use crate::base::{Day, TreatyId};

/// Treaties by what they can do to a decision, each list in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Bearing {
    /// By measure, those that could carry it. A protocol that is read into its parent carries nothing by itself.
    carrying: [Vec<TreatyId>; Measure::ALL.len()],
    /// By measure, those that take another's place.
    displacing: [Vec<TreatyId>; Measure::ALL.len()],
    /// Bilateral treaties.
    bilateral: Vec<TreatyId>,
    /// By measure, those that do not know it: first those that carry another on the same matter, then those that carry
    /// others alone. A protocol says no more than its parent.
    silent: [[Vec<TreatyId>; 2]; Measure::ALL.len()],
    /// Special treaties on extradition or on mutual assistance.
    special: Vec<TreatyId>,
    /// By treaty, the protocols to it.
    protocols: Vec<Vec<TreatyId>>,
    /// The days on which a text changes, or from which acts or requests count under it.
    days_of_texts: BTreeSet<Day>,
}

impl Bearing {
    /// The lists of these treaties, which are in the order of their identifiers.
    pub(super) fn of(treaties: &[Treaty]) -> Self {
        let named = || (0..=u16::MAX).map(TreatyId).zip(treaties);
        let of = |wanted: &dyn Fn(&Treaty) -> bool| -> Vec<TreatyId> {
            named().filter(|(_, treaty)| wanted(treaty)).map(|(id, _)| id).collect()
        };
        let displaces = |treaty: &Treaty, measure| {
            let earlier = treaty.displaces_bilateral || treaty.supersedes_earlier_on(measure);
            treaty.displaces_named_on(measure) || earlier && treaty.carries(measure)
        };
        Self {
            carrying: Measure::ALL.map(|measure| of(&|treaty| treaty.extends.is_none() && treaty.carries(measure))),
            displacing: Measure::ALL.map(|measure| of(&|treaty| displaces(treaty, measure))),
            bilateral: of(&|treaty| treaty.is_bilateral),
            silent: Measure::ALL.map(|measure| {
                let knows = |treaty: &Treaty, on_matter: bool| {
                    let other = |other: &Measure| !on_matter || other.is_on_matter_of(measure);
                    Measure::ALL.iter().filter(|known| other(known)).any(|known| treaty.carries(*known))
                };
                let silent = |treaty: &Treaty| treaty.parent.is_none() && !treaty.carries(measure);
                [
                    of(&|treaty| silent(treaty) && knows(treaty, true)),
                    of(&|treaty| silent(treaty) && !knows(treaty, true) && knows(treaty, false)),
                ]
            }),
            special: of(&|treaty| treaty.on_extradition || treaty.on_assistance),
            protocols: named().map(|(id, _)| of(&|treaty| treaty.parent == Some(id))).collect(),
            days_of_texts: treaties
                .iter()
                .flat_map(|treaty| treaty.rules.iter())
                .flat_map(|rule| [rule.acts_from, rule.requests_from, rule.from, rule.until])
                .flatten()
                .collect(),
        }
    }

    pub(super) const fn days_of_texts(&self) -> &BTreeSet<Day> {
        &self.days_of_texts
    }

    pub(super) fn carrying(&self, measure: Measure) -> &[TreatyId] {
        &self.carrying[measure as usize]
    }

    pub(super) fn displacing(&self, measure: Measure) -> &[TreatyId] {
        &self.displacing[measure as usize]
    }

    pub(super) fn bilateral(&self) -> &[TreatyId] {
        &self.bilateral
    }

    /// Those that do not know a measure: on the same matter, and on others alone.
    pub(super) const fn silent(&self, measure: Measure) -> &[Vec<TreatyId>; 2] {
        &self.silent[measure as usize]
    }

    pub(super) fn special(&self) -> &[TreatyId] {
        &self.special
    }

    pub(super) fn protocols(&self, treaty: TreatyId) -> &[TreatyId] {
        &self.protocols[treaty.index()]
    }
}
