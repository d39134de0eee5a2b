//! Everything that one run needs to know, and nothing else: no files, no names of variants, no terminal.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::authority::{Authority, AuthoritySettings, Office, Setting, SettingKey};
use crate::base::{Day, StateId, Streams};
use crate::depositary::{self, Adoption, Depositary, Unfolded};
use crate::law::{Instrument, Library};
use crate::world::{HavenSettings, WorldSettings};

/// One run, before it begins.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The law.
    pub library: Arc<Library>,
    /// First day.
    pub first_day: Day,
    /// Last day.
    pub last_day: Day,
    /// The day up to which adoption unfolds, however early the run ends: that a state signs may follow from its consent years
    /// later.
    pub unfolds_until: Day,
    /// The seed of all chance.
    pub seed: u64,
    /// All instruments that are dated, history and schedule.
    pub instruments: Vec<Instrument>,
    /// What follows of adoption with the seed.
    pub adoption: Adoption,
    /// Each state's authority, in the order of the states.
    pub authorities: Vec<AuthoritySettings>,
    /// Numbers of authorities that change, by day.
    pub settings: BTreeMap<Day, Vec<(StateId, Setting)>>,
    /// The world.
    pub world: WorldSettings,
    /// What makes a haven.
    pub havens: HavenSettings,
}

impl Plan {
    /// Changes a number of an authority, by its name in the table: what it begins with, what dated events make of it, and what
    /// networks know of it. What would leave its range stays.
    ///
    /// # Panics
    /// When the table has no number of this name.
    pub fn change_authority(&mut self, state: StateId, name: &str, change: impl Fn(f64) -> f64) {
        let key = SettingKey::named(name).expect("a row of the table");
        let changed = |value: f64| if key.allows(change(value)) { change(value) } else { value };
        let authority = &mut self.authorities[state.index()];
        authority.set(Setting { key, value: changed(key.of(authority)) });
        let seen = &mut self.world.states[state.index()];
        *seen = seen.with_authority(authority);
        for (of, setting) in self.settings.values_mut().flatten() {
            if *of == state && setting.key == key {
                setting.value = changed(setting.value);
            }
        }
    }

    /// The law and the instruments of this run: adoption unfolded with its seed. The same whoever asks.
    #[must_use]
    pub fn unfolded(&self) -> Unfolded {
        let streams = Streams::new(self.seed);
        depositary::unfold(&self.adoption, &self.library, &self.instruments, self.unfolds_until, &streams)
    }

    /// The depositary on the eve of the first day.
    #[must_use]
    pub fn depositary(&self) -> Depositary {
        let Unfolded { library, instruments } = self.unfolded();
        Depositary::new(&library, &instruments, self.first_day)
    }

    /// The authorities, in the order of the states. Any transport may host them.
    #[must_use]
    pub fn offices(&self) -> Vec<Box<dyn Office>> {
        let Unfolded { library, instruments } = self.unfolded();
        let memberships = Depositary::new(&library, &instruments, self.first_day).memberships().clone();
        let library = Arc::new(library);
        let office = |(state, settings): (_, &AuthoritySettings)| -> Box<dyn Office> {
            let library = Arc::clone(&library);
            let streams = Streams::new(self.seed);
            let authority = Authority::new(state, library, memberships.clone(), settings.clone(), streams);
            Box::new(authority.among(self.neighbours(state)))
        };
        self.library.state_ids().zip(&self.authorities).map(office).collect()
    }

    /// The other states of a state's region; none where it has no region.
    fn neighbours(&self, state: StateId) -> BTreeSet<StateId> {
        let region = |other: StateId| self.world.states.get(other.index()).and_then(|settings| settings.region);
        let near = |other: &StateId| *other != state && region(*other).is_some() && region(*other) == region(state);
        self.library.state_ids().filter(near).collect()
    }
}
