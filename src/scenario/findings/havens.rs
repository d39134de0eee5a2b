//! Havens that are expected, or not, held against those of a run.

use std::collections::BTreeMap;

use crate::base::StateId;
use crate::law::{GroundCode, Library};
use crate::world::{HavenRecord, HavenSpell, Reasons, Role, haven_spells};

/// A haven that is looked for: of which state, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sought {
    /// The state.
    pub state: StateId,
    /// For bases or for hosts; for either, if none.
    pub role: Option<Role>,
}

impl Sought {
    /// Whether it began, with this ground among the reasons if one is named.
    pub(super) fn begins(self, records: &[HavenRecord], ground: Option<GroundCode>) -> bool {
        records.iter().any(|record| {
            record.began_in(self.state)
                && self.role.is_none_or(|role| role == record.role)
                && ground.is_none_or(|code| makes_haven(&record.reasons, code))
        })
    }

    /// Whether it began, and is one no more at the end.
    pub(super) fn ends(self, records: &[HavenRecord]) -> bool {
        self.begins(records, None) && !self.stays(records)
    }

    /// Whether it is one at the end.
    pub(super) fn stays(self, records: &[HavenRecord]) -> bool {
        self.spells(records).iter().any(|spell| spell.ended.is_none())
    }

    /// What it is called.
    pub(super) fn what(self) -> String {
        self.role.map_or_else(|| "a haven".to_owned(), |role| format!("a haven for {}s", role.word()))
    }

    /// When the state was one, and for what reasons; or which states were, where it was none.
    pub(super) fn found(self, library: &Library, records: &[HavenRecord]) -> String {
        let own: Vec<String> = self.spells(records).iter().map(told).collect();
        if !own.is_empty() {
            return own.join("; ");
        }
        let mut others: Vec<&str> = Vec::new();
        for spell in haven_spells(records) {
            let name = library.state(spell.state).name.as_str();
            if self.is_of_role(&spell) && !others.contains(&name) {
                others.push(name);
            }
        }
        if others.is_empty() {
            "no state does".to_owned()
        } else {
            format!("it does not, and {} does", others.join(", "))
        }
    }

    fn is_of_role(self, spell: &HavenSpell<'_>) -> bool {
        self.role.is_none_or(|role| role == spell.role)
    }

    fn spells(self, records: &[HavenRecord]) -> Vec<HavenSpell<'_>> {
        let mut spells = haven_spells(records);
        spells.retain(|spell| spell.state == self.state && self.is_of_role(spell));
        spells
    }
}

/// A haven with its days, and its grounds with how many cases each ended and how many were expected.
fn told(spell: &HavenSpell<'_>) -> String {
    let end = spell.ended.map_or_else(|| "to the end".to_owned(), |day| format!("until {day}"));
    let grounds = by_ground(&spell.beginning.reasons);
    let grounds =
        grounds.iter().map(|(code, (cases, expected))| format!("{} {cases}, expected {expected}", code.code()));
    let grounds: Vec<String> = grounds.collect();
    let why = if grounds.is_empty() { String::new() } else { format!(" ({})", grounds.join("; ")) };
    format!("a haven for {}s from {} {end}{why}", spell.role.word(), spell.began)
}

/// What ends as many cases everywhere makes no haven.
fn makes_haven(reasons: &Reasons, code: GroundCode) -> bool {
    by_ground(reasons).get(&code).is_some_and(|(cases, expected)| cases > expected)
}

/// How many cases each ground ended, whatever the article, and how many were expected.
fn by_ground(reasons: &Reasons) -> BTreeMap<GroundCode, (u32, u32)> {
    let mut grounds = BTreeMap::new();
    for reason in &reasons.listed {
        let Some((code, _)) = reason.ground else { continue };
        let (cases, expected) = grounds.entry(code).or_insert((0, 0));
        *cases += reason.cases;
        *expected += reason.expected_cases;
    }
    grounds
}
