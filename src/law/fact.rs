//! Facts by name, sets of them as masks, and patterns over them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::Canonical;

/// Facts fit one 128-bit mask. A library with more is refused when it is built.
pub const MOST_FACTS: usize = 128;

/// A fact, by its place in the library's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub u8);

/// A set of facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactSet(pub u128);

impl FactSet {
    /// No facts.
    pub const NONE: Self = Self(0);

    /// Whether the set holds this fact.
    #[must_use]
    pub const fn has(self, fact: FactId) -> bool {
        self.0 & (1 << fact.0) != 0
    }

    /// The set with this fact added.
    #[must_use]
    pub const fn and(self, fact: FactId) -> Self {
        Self(self.0 | (1 << fact.0))
    }

    /// The set with this fact added if `holds`.
    #[must_use]
    pub const fn and_if(self, fact: FactId, holds: bool) -> Self {
        Self(self.0 | ((holds as u128) << fact.0))
    }

    /// The facts of both sets.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The facts of this set that are not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The facts, in the order of their numbers.
    pub fn iter(self) -> impl Iterator<Item = FactId> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            (left != 0).then(|| {
                #[expect(clippy::cast_possible_truncation, reason = "at most 127")]
                let fact = FactId(left.trailing_zeros() as u8);
                left &= left - 1;
                fact
            })
        })
    }
}

impl FromIterator<FactId> for FactSet {
    fn from_iter<I: IntoIterator<Item = FactId>>(facts: I) -> Self {
        facts.into_iter().fold(Self::NONE, Self::and)
    }
}

impl Canonical for FactSet {
    fn encode(&self, into: &mut Vec<u8>) {
        self.0.encode(into);
    }
}

/// A condition: every fact of `all`, at least one of `any` unless it is empty, none of `none`.
/// No nesting, so that every finding can be said in a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    /// Facts that must all be present.
    pub all: FactSet,
    /// Facts of which one must be present, unless there are none.
    pub any: FactSet,
    /// Facts that must be absent.
    pub none: FactSet,
}

impl Pattern {
    /// Whether the pattern holds for these facts.
    #[must_use]
    pub const fn holds(&self, facts: FactSet) -> bool {
        facts.0 & self.all.0 == self.all.0
            && (self.any.0 == 0 || facts.0 & self.any.0 != 0)
            && facts.0 & self.none.0 == 0
    }

    /// Every fact that the pattern names.
    #[must_use]
    pub const fn names(&self) -> FactSet {
        self.all.with(self.any).with(self.none)
    }

    /// Whether no facts at all can satisfy the pattern.
    #[must_use]
    pub const fn is_contradictory(&self) -> bool {
        self.all.0 & self.none.0 != 0 || (self.any.0 != 0 && self.any.0 & !self.none.0 == 0)
    }
}

/// Where a fact comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FactKind {
    /// What was done: given with the conduct.
    Conduct,
    /// A circumstance of the request, judged by the requested or the requesting state; given with the request.
    Circumstance,
    /// A pattern over other facts.
    Derived,
    /// Computed by the engine from laws, treaties and dates.
    Computed,
}

/// The table of facts.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub(super) names: Vec<String>,
    pub(super) asks: Vec<String>,
    /// For facts that are a party's own act: what it does, and what it does to undo it.
    pub(super) acts: Vec<[Option<String>; 2]>,
    pub(super) kinds: Vec<FactKind>,
    pub(super) by_name: BTreeMap<String, FactId>,
    /// Derived facts with their patterns, in an order in which each needs only earlier ones.
    pub(super) derived: Vec<(FactId, Pattern)>,
    /// The facts named by [`super::computed::Computed`], by its discriminant.
    pub(super) computed: Vec<FactId>,
}

impl Facts {
    /// The fact of this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<FactId> {
        self.by_name.get(name).copied()
    }

    /// The name of a fact.
    #[must_use]
    pub fn name(&self, fact: FactId) -> &str {
        &self.names[fact.0 as usize]
    }

    /// The question that a human would be asked to establish the fact.
    #[must_use]
    pub fn question(&self, fact: FactId) -> &str {
        &self.asks[fact.0 as usize]
    }

    /// Every fact, in the order of their numbers.
    pub fn ids(&self) -> impl Iterator<Item = FactId> + use<> {
        (0..=u8::MAX).take(self.names.len()).map(FactId)
    }

    /// Whether a party's own act makes the fact hold (or, if `holds` is false, makes it hold no longer).
    #[must_use]
    pub fn is_act(&self, fact: FactId, holds: bool) -> bool {
        self.acts[fact.0 as usize][usize::from(!holds)].is_some()
    }

    /// That act in words; for a fact that is nobody's act, the question with its answer.
    #[must_use]
    pub fn supplied(&self, fact: FactId, holds: bool) -> String {
        self.acts[fact.0 as usize][usize::from(!holds)].clone().unwrap_or_else(|| {
            format!("It is established: {} {}", self.question(fact), if holds { "Yes" } else { "No" })
        })
    }

    /// Where the fact comes from.
    #[must_use]
    pub fn kind(&self, fact: FactId) -> FactKind {
        self.kinds[fact.0 as usize]
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.names.iter().map(String::as_str)
    }

    /// The names of the facts in a set.
    #[must_use]
    pub fn names_of(&self, facts: FactSet) -> Vec<&str> {
        facts.iter().map(|fact| self.name(fact)).collect()
    }

    /// The set with every derived fact added that holds.
    #[must_use]
    pub fn derive(&self, facts: FactSet) -> FactSet {
        self.derived.iter().fold(facts, |facts, (fact, pattern)| facts.and_if(*fact, pattern.holds(facts)))
    }
}
