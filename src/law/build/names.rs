//! Names and citations: none twice, and none too long to travel.

use std::collections::BTreeSet;

use super::Building;
use crate::base::{CiteId, Place, Problem};

/// Bytes of a name or of a citation in full. Letters carry them, and are cut into messages on the understanding that one
/// letter is far below what a message holds.
pub const MOST_NAME_BYTES: usize = 200;

impl Building {
    /// A citation that stands at this place.
    pub(super) fn cite_at(&mut self, place: Place, words: &str) -> CiteId {
        let begins = std::mem::replace(&mut self.reading, place);
        let cite = self.cite(words);
        self.reading = begins;
        cite
    }

    pub(super) fn cite(&mut self, words: &str) -> CiteId {
        if let Some(cite) = self.cite_by_name.get(words) {
            return *cite;
        }
        let Ok(number) = u16::try_from(self.cites.len()) else {
            self.problems.push(Problem::new(self.reading, "more than 65,535 citations"));
            return CiteId(0);
        };
        self.length("citation", words);
        self.cites.push(words.to_owned());
        self.cite_by_name.insert(words.to_owned(), CiteId(number));
        CiteId(number)
    }

    /// That a name can travel.
    pub(super) fn length(&mut self, kind: &str, name: &str) {
        if name.len() > MOST_NAME_BYTES {
            let start: String = name.chars().take(40).collect();
            let says = format!("the {kind} `{start}...` has {} bytes, more than {MOST_NAME_BYTES}", name.len());
            self.problems.push(Problem::new(self.reading, says));
        }
    }

    pub(super) fn repeated<'a>(&mut self, names: impl Iterator<Item = (&'a String, Place)>, kind: &str) {
        let mut seen = BTreeSet::new();
        for (name, place) in names {
            if !seen.insert(name) {
                self.problems.push(Problem::new(place, format!("the {kind} `{name}` is defined twice")));
            }
        }
    }
}
