//! Treaties that do not govern a request, and why.

use super::library::Library;
use super::list::List;
use super::membership::{Memberships, Standing};
use super::question::Question;
use super::trace::Finding;
use crate::base::{CiteId, Day, StateId, TreatyId};

/// Why a treaty does not govern.
#[derive(Clone, Copy, Debug)]
pub struct NotGoverning {
    treaty: TreatyId,
    kind: Missing,
    clause: Clause,
}

/// Which clause says when the consents that are waited for take effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Clause {
    /// That on the first entry into force: the consents are among those by which the treaty enters into force at all.
    First,
    /// That on later ones.
    Later,
    /// That on accession: whoever it is waited for did not sign.
    Accession,
}

#[derive(Clone, Copy, Debug)]
enum Missing {
    /// One of the two has no act.
    Outside,
    /// One of the two is no longer bound, since this day.
    Left(Day),
    /// Signed by one that has not consented.
    SignedOnly,
    /// Consented by both, in force between them later.
    NotYet(Option<Day>),
    /// Another treaty in force between the two takes its place.
    Displaced(TreatyId),
}

impl NotGoverning {
    pub(super) const fn displaced(treaty: TreatyId, by: TreatyId) -> Self {
        Self { treaty, kind: Missing::Displaced(by), clause: Clause::Later }
    }

    /// The treaty that takes its place, where one does.
    #[must_use]
    pub const fn displaced_by(self) -> Option<TreatyId> {
        match self.kind {
            Missing::Displaced(by) => Some(by),
            _ => None,
        }
    }

    /// Why a treaty does not govern a question, as far as is known on its day.
    pub(super) fn of(library: &Library, memberships: &Memberships, question: &Question, treaty: TreatyId) -> Self {
        let standing = |state| memberships.standing(treaty, state, question.day);
        let states = [question.requesting, question.requested];
        let both = states.map(standing);
        let any = |test: fn(&Standing) -> bool| both.iter().any(test);
        let left = both.iter().filter_map(|standing| match standing {
            Standing::Former(out) => Some(*out),
            _ => None,
        });
        let kind = if any(|standing| matches!(standing, Standing::Outside)) {
            Missing::Outside
        } else if let Some(out) = left.min() {
            Missing::Left(out)
        } else if any(|standing| matches!(standing, Standing::Signed)) {
            Missing::SignedOnly
        } else {
            let [one, other] = both.map(Standing::bound_from);
            Missing::NotYet(one.zip(other).map(|(one, other)| one.max(other)))
        };
        let waits = |state: &StateId| !matches!(standing(*state), Standing::Party(_) | Standing::Former(_));
        let is_first = |state| memberships.is_among_first(library, treaty, state, question.day);
        let mut waited_for = states.into_iter().filter(waits);
        let clause = if waited_for.clone().all(is_first) {
            Clause::First
        } else if matches!(kind, Missing::NotYet(_)) && waited_for.all(|state| !memberships.has_signed(treaty, state)) {
            Clause::Accession
        } else {
            Clause::Later
        };
        Self { treaty, kind, clause }
    }

    /// The day from which it will be in force between the two, if that is certain, and the treaty.
    #[must_use]
    pub fn from(self) -> Option<(Day, TreatyId)> {
        match self.kind {
            Missing::NotYet(from) => from.map(|from| (from, self.treaty)),
            _ => None,
        }
    }

    /// A day on which it binds both, or bound both, if one is known: the first, or the last.
    pub(super) fn in_force_on(self) -> Option<Day> {
        match self.kind {
            Missing::NotYet(from) => from,
            Missing::Left(out) => Some(out - 1),
            Missing::Outside | Missing::SignedOnly | Missing::Displaced(_) => None,
        }
    }

    /// Whether both have approached it, or it has bound both.
    pub(super) const fn is_told_of(self) -> bool {
        !matches!(self.kind, Missing::Outside | Missing::Displaced(_))
    }

    /// Whether both have accepted it.
    pub(super) const fn is_on_its_way(self) -> bool {
        matches!(self.kind, Missing::NotYet(_))
    }

    /// The finding for the steps.
    #[must_use]
    pub const fn finding(self) -> Finding {
        match self.kind {
            Missing::Outside | Missing::Left(_) | Missing::Displaced(_) => Finding::No,
            Missing::SignedOnly => Finding::SignedOnly,
            Missing::NotYet(from) => Finding::NotYet(from),
        }
    }
}

/// The treaties that both states have approached without being bound by them yet, and those that bound both.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    approached: List<NotGoverning>,
    left: List<(Day, TreatyId)>,
}

impl Waiting {
    /// Notes one treaty that does not govern.
    pub fn add(&mut self, standing: NotGoverning) {
        match standing.kind {
            Missing::Outside | Missing::Displaced(_) => {}
            Missing::Left(out) => self.left.push((out, standing.treaty)),
            Missing::SignedOnly | Missing::NotYet(_) => self.approached.push(standing),
        }
    }

    /// Those that both have accepted and that would carry the request, once in force.
    pub(super) fn on_their_way(&self, would_carry: impl Fn(TreatyId) -> bool) -> Self {
        let on_its_way = |standing: &&NotGoverning| standing.is_on_its_way() && would_carry(standing.treaty);
        Self { approached: self.approached.iter().filter(on_its_way).copied().collect(), left: List::new() }
    }

    /// Those that would carry the request, if they were in force between the two.
    pub(super) fn reaching(&self, would_carry: impl Fn(TreatyId) -> bool) -> Self {
        Self {
            approached: self.approached.iter().filter(|standing| would_carry(standing.treaty)).copied().collect(),
            left: self.left.iter().filter(|(_, treaty)| would_carry(*treaty)).copied().collect(),
        }
    }

    /// The earliest day on which one of them will be in force between the two, with that one.
    #[must_use]
    pub fn from(&self) -> Option<(Day, TreatyId)> {
        self.approached.iter().filter_map(|standing| standing.from()).min()
    }

    /// The latest day from which one that bound both no longer does, with that one.
    #[must_use]
    pub fn left(&self) -> Option<(Day, TreatyId)> {
        self.left.iter().copied().max()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.approached.is_empty()
    }

    /// What a refusal for want of a treaty in force cites: the treaty's own article on entry into force, or
    /// the rule that a treaty binds no third state. Of several, that of the one which is in force first, or is nearest to it.
    #[must_use]
    pub fn cite(&self, library: &Library) -> CiteId {
        let distance = |standing: &&NotGoverning| {
            let from = standing.from();
            (from.is_none(), !standing.is_on_its_way(), from)
        };
        let own = self.approached.iter().min_by_key(distance).and_then(|standing| {
            let law = library.treaty(standing.treaty);
            let by_clause = match standing.clause {
                Clause::First => law.first_in_force_article,
                Clause::Later => None,
                Clause::Accession => law.accession_article,
            };
            by_clause.or(law.in_force_article)
        });
        own.unwrap_or_else(|| library.fixed().third_states)
    }
}
