//! Whether any facts at all can meet a condition, or fail it, with derived facts unfolded to those that are given or
//! computed. A proof either way: facts are tried one by one, and a branch ends as soon as what is known decides it.

use super::computed::Computed;
use super::fact::{FactId, FactSet, Facts, Pattern};

/// Steps after which a search gives up and says nothing. The hardest condition of the library takes some hundreds.
const MOST_STEPS: u32 = 1 << 18;

/// Computed facts of which the first cannot hold without the second.
const IMPLIED: &[(Computed, Computed)] = &[
    (Computed::OneYearHere, Computed::PunishableHere),
    (Computed::OverOneYearHere, Computed::OneYearHere),
    (Computed::TwoYearsHere, Computed::OverOneYearHere),
    (Computed::ThreeYearsHere, Computed::TwoYearsHere),
    (Computed::FourYearsHere, Computed::ThreeYearsHere),
    (Computed::FiveYearsHere, Computed::FourYearsHere),
    (Computed::OneYearThere, Computed::PunishableThere),
    (Computed::OverOneYearThere, Computed::OneYearThere),
    (Computed::TwoYearsThere, Computed::OverOneYearThere),
    (Computed::ThreeYearsThere, Computed::TwoYearsThere),
    (Computed::FourYearsThere, Computed::ThreeYearsThere),
    (Computed::FiveYearsThere, Computed::FourYearsThere),
];

/// Computed facts that cannot hold together.
const APART: &[(Computed, Computed)] = &[
    (Computed::OwnNational, Computed::RequestingNational),
    (Computed::ListedOffence, Computed::ReservedOffence),
    (Computed::FollowUpInTime, Computed::HoldLapsed),
];

/// What a search found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// These given and computed facts do it, and no others are needed.
    Facts(FactSet),
    /// No facts do it.
    None,
    /// Given up.
    Unknown,
}

/// Facts that meet every one of some conditions at once.
#[must_use]
pub fn meeting(facts: &Facts, patterns: &[Pattern]) -> Found {
    Search { facts, patterns, wanted: true, steps: 0 }.run(FactSet::NONE, FactSet::NONE)
}

/// Facts that do not meet a condition.
#[must_use]
pub fn failing(facts: &Facts, pattern: &Pattern) -> Found {
    Search { facts, patterns: std::slice::from_ref(pattern), wanted: false, steps: 0 }.run(FactSet::NONE, FactSet::NONE)
}

struct Search<'a> {
    facts: &'a Facts,
    patterns: &'a [Pattern],
    /// Whether all patterns are to hold, or one of them not to.
    wanted: bool,
    steps: u32,
}

impl Search<'_> {
    /// Tries with these facts held to be present and those held to be absent.
    fn run(&mut self, present: FactSet, absent: FactSet) -> Found {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return Found::Unknown;
        }
        if self.impossible(present) || !present.common(absent).is_empty() {
            return Found::None;
        }
        match self.value(present, absent) {
            Some(value) if value == self.wanted => return Found::Facts(present),
            Some(_) => return Found::None,
            None => {}
        }
        let open = self.patterns.iter().find_map(|pattern| self.open(pattern, present, absent));
        let Some(open) = open else { return Found::None };
        // Absent first: the facts found are then few.
        match self.run(present, absent.and(open)) {
            Found::None => self.run(present.with(self.implied(open)), absent),
            found => found,
        }
    }

    /// A fact with all that it implies.
    fn implied(&self, fact: FactId) -> FactSet {
        let mut with = FactSet::NONE.and(fact);
        for _ in IMPLIED {
            for (one, other) in IMPLIED {
                with = with.and_if(self.facts.computed(*other), with.has(self.facts.computed(*one)));
            }
        }
        with
    }

    fn impossible(&self, present: FactSet) -> bool {
        let both = |(one, other): &(Computed, Computed)| {
            present.has(self.facts.computed(*one)) && present.has(self.facts.computed(*other))
        };
        APART.iter().any(both)
    }

    fn value(&self, present: FactSet, absent: FactSet) -> Option<bool> {
        all(self.patterns.iter().map(|pattern| self.of_pattern(pattern, present, absent)))
    }

    fn of_pattern(&self, pattern: &Pattern, present: FactSet, absent: FactSet) -> Option<bool> {
        let of = |fact| self.of_fact(fact, present, absent);
        let every = all(pattern.all.iter().map(of));
        let one =
            if pattern.any.is_empty() { Some(true) } else { not(all(pattern.any.iter().map(|fact| not(of(fact))))) };
        let none = all(pattern.none.iter().map(|fact| not(of(fact))));
        all([every, one, none].into_iter())
    }

    fn of_fact(&self, fact: FactId, present: FactSet, absent: FactSet) -> Option<bool> {
        match self.facts.derivation(fact) {
            Some(pattern) => self.of_pattern(&pattern, present, absent),
            None if present.has(fact) => Some(true),
            None => absent.has(fact).then_some(false),
        }
    }

    /// A fact, not derived, on which the pattern still depends.
    fn open(&self, pattern: &Pattern, present: FactSet, absent: FactSet) -> Option<FactId> {
        pattern.names().iter().find_map(|fact| match self.facts.derivation(fact) {
            Some(derivation) if self.of_fact(fact, present, absent).is_none() => {
                self.open(&derivation, present, absent)
            }
            None if !present.has(fact) && !absent.has(fact) => Some(fact),
            _ => None,
        })
    }
}

/// Whether all hold, as far as it is known.
fn all(values: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut known = true;
    for value in values {
        match value {
            Some(false) => return Some(false),
            Some(true) => {}
            None => known = false,
        }
    }
    known.then_some(true)
}

fn not(value: Option<bool>) -> Option<bool> {
    value.map(|value| !value)
}
