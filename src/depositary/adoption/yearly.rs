//! What all that states do by a yearly chance has in common: the part of a year that is open to it, the share of a
//! region that has done it already, and the logit.

use std::collections::BTreeMap;

use super::Adopter;
use crate::base::{Day, StateId, TreatyId, key_of};
use crate::law::Library;

/// The part of a year in which a treaty is open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    pub first: Day,
    pub days: u32,
    /// Share of the year.
    share: f64,
}

impl Window {
    /// None before the treaty opens.
    pub fn of(year: i32, opens: Day) -> Option<Self> {
        let january = Day::from_calendar(year, 1, 1)?;
        let next = Day::from_calendar(year + 1, 1, 1)?;
        let first = january.max(opens);
        let days = |from: Day| u32::try_from(next.number() - from.number()).unwrap_or(0);
        (first < next).then(|| Self {
            first,
            days: days(first),
            share: f64::from(days(first)) / f64::from(days(january)),
        })
    }

    /// The chance within it, of these yearly log-odds.
    pub fn chance(&self, log_odds: f64) -> f64 {
        1.0 - libm::pow(1.0 - logistic(log_odds), self.share)
    }

    /// One of its days, by a draw from [0, 1).
    pub fn day(&self, unit: f64) -> Day {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to the days of a year")]
        let day = libm::floor(unit * f64::from(self.days)) as u32;
        self.first + day.min(self.days - 1)
    }
}

/// Who draws towards a treaty, for the key of a stream: the same whatever other states and treaties there are, and for all
/// wordings of one text.
pub(super) fn actor(library: &Library, treaty: TreatyId, state: StateId) -> u64 {
    let name = &library.treaty(treaty).name;
    let text = name.split_once('/').map_or(name.as_str(), |(text, _)| text);
    key_of(&format!("{} {text}", library.state(state).code))
}

pub(super) fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-log_odds))
}

/// States by region, and how many of them have taken a step.
pub(super) struct Regions<'a>(BTreeMap<Option<&'a str>, (u32, u32)>);

impl<'a> Regions<'a> {
    /// By whether each state has taken it, in the order of the states.
    pub fn of(adopters: &'a [Adopter], taken: impl Iterator<Item = bool>) -> Self {
        let mut regions: BTreeMap<Option<&'a str>, (u32, u32)> = BTreeMap::new();
        for (adopter, taken) in adopters.iter().zip(taken) {
            let (states, number) = regions.entry(adopter.region.as_deref()).or_default();
            *states += 1;
            *number += u32::from(taken);
        }
        Self(regions)
    }

    /// The share of the other states of the region of one that has not taken it.
    pub fn share_of_others(&self, adopter: &Adopter) -> f64 {
        let (states, number) = self.0.get(&adopter.region.as_deref()).copied().unwrap_or_default();
        if states < 2 { 0.0 } else { f64::from(number) / f64::from(states - 1) }
    }
}
