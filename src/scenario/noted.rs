//! Which tables of the record a scenario rests on: they are part of what identifies it.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::base::Digest;

/// Tables that were looked at, which whoever only reads the shelf notes as well. A copy notes for itself.
#[derive(Debug, Default)]
pub(super) struct Noted(Mutex<BTreeMap<String, Digest>>);

impl Noted {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Digest>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a table by its name and what it says.
    pub(super) fn note(&self, name: &str, text: &str) {
        self.lock().insert(name.to_owned(), Digest::of(text.as_bytes()));
    }

    /// Forgets all.
    pub(super) fn clear(&self) {
        self.lock().clear();
    }

    /// The tables in order. Where no state is on record, the table of those that are says nothing.
    pub(super) fn in_use(&self, has_real_states: bool) -> Vec<(String, Digest)> {
        let noted = self.lock();
        let wanted = noted.iter().filter(|(name, _)| has_real_states || *name != "states");
        wanted.map(|(name, digest)| (name.clone(), *digest)).collect()
    }
}

impl Clone for Noted {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.lock().clone()))
    }
}
