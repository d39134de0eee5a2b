//! What acts would have saved, gathered case by case.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::attribution::Saving;
use crate::base::{Day, StateId};

/// The kind of a consent with the law that carries it out: listed where some case needs both.
pub(super) const JOINT: &str = "consent-and-law";

/// What makes two acts one: the kind, who acts, and towards what.
pub(super) type Key = (&'static str, StateId, u32);

/// An act, as some cases would have it.
#[derive(Clone, Debug)]
pub(super) struct Act {
    /// Which it is.
    pub key: Key,
    /// In words; of a consent with its law, the consent alone.
    pub says: String,
    /// The day of the cases.
    pub day: Day,
    /// By when it has to be done for them, where that is a day.
    pub by: Option<Day>,
    /// Of a consent with its law: by when the law has to be made for them, and whether they need the consent, too.
    pub with_law: Option<(Option<Day>, bool)>,
}

/// All acts so far.
#[derive(Debug, Default)]
pub(super) struct Savings(BTreeMap<Key, Made>);

/// An act, and what it would have saved so far.
#[derive(Debug)]
struct Made {
    /// The day of the first of its cases.
    since: Day,
    /// The day of the first of them that needs all of it, with by when it needs it; none yet, where others need the law alone.
    needed: Option<(Day, Option<Day>)>,
    /// By when the law that comes with it is needed.
    law_by: Option<Day>,
    saving: Saving,
}

impl Savings {
    /// Adds what an act would have saved of so many cases: surely, and expected.
    pub fn save(&mut self, act: Act, cases: u64, (surely, expected): (u64, f64)) {
        let Act { key, says, day, by, with_law } = act;
        let (kind, state, _) = key;
        let saving = Saving { state, kind, says: says.clone(), cases: 0, surely: 0, expected: 0.0 };
        let made = self.0.entry(key).or_insert(Made { since: day, needed: None, law_by: None, saving });
        made.since = made.since.min(day);
        made.law_by = made.law_by.into_iter().chain(with_law.and_then(|(law_by, _)| law_by)).min();
        let needs_all = with_law.is_none_or(|(_, needs_consent)| needs_consent);
        if needs_all && made.needed.is_none_or(|(first, _)| day < first) {
            made.needed = Some((day, by));
            made.saving.says = says;
        }
        made.saving.add(cases, (surely, expected));
    }

    /// Adds cases that a state could not begin before its law, where a consent of its with that law would be early enough.
    pub fn at_home(&mut self, state: StateId, treaty: u32, day: Day, (cases, expected): (u64, f64)) {
        if let Some(made) = self.0.get_mut(&(JOINT, state, treaty)).filter(|made| day >= made.since) {
            made.saving.add(cases, (cases, expected));
        }
    }

    /// All of them, the most effective first, for a run that begins on a day.
    pub fn sorted(self, first_day: Day) -> Vec<Saving> {
        let mut savings: Vec<Saving> = self.0.into_values().filter_map(|made| made.in_words(first_day)).collect();
        savings.sort_by(|one, other| other.expected.total_cmp(&one.expected).then(one.state.cmp(&other.state)));
        savings
    }
}

impl Made {
    /// Nothing, where no case needs all of it.
    fn in_words(mut self, first_day: Day) -> Option<Saving> {
        let (_, by) = self.needed?;
        if self.saving.kind == JOINT {
            let law_by = self.law_by.map_or_else(String::new, |day| format!(" by {day}"));
            let _ = write!(self.saving.says, " and makes the conduct an offence{law_by}, as that obliges it to");
        }
        if [by, self.law_by].into_iter().flatten().any(|by| by < first_day) {
            self.saving.says.push_str(" (before the run begins, for the first of these cases)");
        }
        Some(self.saving)
    }
}

impl Saving {
    fn add(&mut self, cases: u64, (surely, expected): (u64, f64)) {
        self.cases += cases;
        self.surely += surely;
        self.expected += expected;
    }
}
