//! Facts by name, sets of them as masks, and patterns over them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::Canonical;

/// Facts fit one mask of four words. A library with more is refused when it is built.
pub const MOST_FACTS: usize = 256;

/// A fact, by its place in the library's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub u8);

/// A set of facts: word `n` holds the facts 64 n to 64 n + 63, the lowest bit first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactSet(pub [u64; 4]);

impl FactSet {
    /// No facts.
    pub const NONE: Self = Self([0; 4]);

    /// Whether the set holds this fact.
    #[must_use]
    pub const fn has(self, fact: FactId) -> bool {
        self.0[(fact.0 >> 6) as usize] & (1 << (fact.0 & 63)) != 0
    }

    /// The set with this fact added.
    #[must_use]
    pub const fn and(self, fact: FactId) -> Self {
        self.and_if(fact, true)
    }

    /// The set with this fact added if `holds`.
    #[must_use]
    pub const fn and_if(self, fact: FactId, holds: bool) -> Self {
        let mut words = self.0;
        words[(fact.0 >> 6) as usize] |= (holds as u64) << (fact.0 & 63);
        Self(words)
    }

    /// The facts of both sets.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        let (a, b) = (self.0, other.0);
        Self([a[0] | b[0], a[1] | b[1], a[2] | b[2], a[3] | b[3]])
    }

    /// The facts of this set that are not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        let (a, b) = (self.0, other.0);
        Self([a[0] & !b[0], a[1] & !b[1], a[2] & !b[2], a[3] & !b[3]])
    }

    /// The facts that are in both sets.
    #[must_use]
    pub const fn common(self, other: Self) -> Self {
        let (a, b) = (self.0, other.0);
        Self([a[0] & b[0], a[1] & b[1], a[2] & b[2], a[3] & b[3]])
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0[0] | self.0[1] | self.0[2] | self.0[3] == 0
    }

    /// How many facts the set holds.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.0[0].count_ones() + self.0[1].count_ones() + self.0[2].count_ones() + self.0[3].count_ones()
    }

    /// The facts, in the order of their numbers.
    pub fn iter(self) -> impl Iterator<Item = FactId> {
        (0_u8..).zip(self.0).flat_map(|(word, mut left)| {
            std::iter::from_fn(move || {
                (left != 0).then(|| {
                    #[expect(clippy::cast_possible_truncation, reason = "at most 63")]
                    let bit = left.trailing_zeros() as u8;
                    left &= left - 1;
                    FactId(word * 64 + bit)
                })
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
        for word in self.0 {
            word.encode(into);
        }
    }
}

/// A condition: every fact of `all`, at least one of `any` unless it is empty, none of `none`.
/// No nesting, so that every finding can be said in a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern {
    /// Facts that must all be present.
    pub all: FactSet,
    /// Facts of which one must be present, unless there are none.
    pub any: FactSet,
    /// Facts that must be absent.
    pub none: FactSet,
}

impl Pattern {
    /// Whether the pattern holds for these facts. All words are tested together: what is missing of `all` and
    /// what is present of `none` is gathered, and only the end branches.
    #[must_use]
    pub const fn holds(&self, facts: FactSet) -> bool {
        let against = self.all.without(facts).with(facts.common(self.none));
        against.is_empty() && (self.any.is_empty() || !facts.common(self.any).is_empty())
    }

    /// Every fact that the pattern names.
    #[must_use]
    pub const fn names(&self) -> FactSet {
        self.all.with(self.any).with(self.none)
    }

    /// Whether no facts at all can satisfy the pattern.
    #[must_use]
    pub const fn is_contradictory(&self) -> bool {
        !self.all.common(self.none).is_empty() || (!self.any.is_empty() && self.any.without(self.none).is_empty())
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
    /// Derived facts with their patterns, in an order in which each needs only earlier ones; first those that follow
    /// from given facts alone.
    pub(super) derived: Vec<(FactId, Pattern)>,
    /// How many those are.
    pub(super) derived_from_given: usize,
    /// Facts that the law establishes: the computed ones, and what is derived from any of them.
    pub(super) by_law: FactSet,
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
        derive(&self.derived, facts)
    }

    /// The same where the set holds already what follows from given facts alone.
    pub(super) fn derive_by_law(&self, facts: FactSet) -> FactSet {
        derive(self.derived_by_law(), facts)
    }

    /// The condition of a derived fact.
    pub(super) fn derivation(&self, fact: FactId) -> Option<Pattern> {
        self.derived.iter().find(|(derived, _)| *derived == fact).map(|(_, pattern)| *pattern)
    }

    /// What a fact rests on: itself, or of a derived one every fact that its condition asks for.
    pub(super) fn rests_on(&self, fact: FactId) -> FactSet {
        let Some(when) = self.derivation(fact) else { return FactSet::NONE.and(fact) };
        when.all.with(when.any).iter().fold(FactSet::NONE, |facts, asked| facts.with(self.rests_on(asked)))
    }

    /// Facts that make out an offence: all that it requires, the first of those of which one is enough, and in the place
    /// of derived facts what they need.
    #[must_use]
    pub fn making_out(&self, offence: &Pattern) -> FactSet {
        let chosen = offence.all.iter().chain(offence.any.iter().take(1));
        chosen.fold(FactSet::NONE, |given, fact| match self.derivation(fact) {
            Some(condition) => given.with(self.making_out(&condition)),
            None => given.and(fact),
        })
    }

    /// Derived facts that need computed ones.
    pub(super) fn derived_by_law(&self) -> &[(FactId, Pattern)] {
        &self.derived[self.derived_from_given..]
    }

    /// The derived facts, following from given facts alone, that these conditions need; in order.
    pub(super) fn needed(&self, conditions: &[Pattern]) -> Vec<(FactId, Pattern)> {
        let mut names = conditions.iter().fold(FactSet::NONE, |names, condition| names.with(condition.names()));
        let mut needed = Vec::new();
        for (fact, when) in self.derived[..self.derived_from_given].iter().rev() {
            if names.has(*fact) {
                names = names.with(when.names());
                needed.push((*fact, *when));
            }
        }
        needed.reverse();
        needed
    }
}

/// The set with every one of these derived facts added that holds.
pub(super) fn derive(derived: &[(FactId, Pattern)], facts: FactSet) -> FactSet {
    derived.iter().fold(facts, |facts, (fact, when)| facts.and_if(*fact, when.holds(facts)))
}
