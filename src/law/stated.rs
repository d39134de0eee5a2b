//! Rules that depend on a reservation or declaration: whether they stand between two states, and on whose.
//!
//! A reservation works both ways: the other state may do towards the one that made it what it lets that one do (VCLT, Art.
//! 21(1)(b)). A declaration does so where the treaty says it (ETS 30, Art. 5(2)).

use super::decide::Deciding;
use super::governing::Governing;
use super::rule::Rule;
use super::trace::{Asked, Finding, Trace};
use crate::base::{CiteId, TreatyId};

/// On what a rule stands between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    /// On itself, or on what the requested state stated.
    Itself,
    /// On what the requesting state alone stated, by this article.
    Reciprocity(CiteId),
}

impl Stands {
    /// The article that turns what the requesting state stated against it.
    pub(super) const fn by(self) -> Option<CiteId> {
        match self {
            Self::Itself => None,
            Self::Reciprocity(by) => Some(by),
        }
    }
}

/// Whether a rule stands between the two at all: reserved or declared as it asks for.
pub(super) fn stands(
    deciding: &Deciding,
    governing: &Governing,
    treaty: TreatyId,
    rule: &Rule,
    trace: &mut impl Trace,
) -> Option<Stands> {
    let memberships = deciding.memberships;
    if rule.unless_reserved && governing.either_reserves(memberships, treaty, rule.cite) {
        trace.step(1, Asked::EitherReserved(treaty, rule.cite), Some(rule.cite), Finding::Yes);
        return None;
    }
    let depends = rule.only_if_reserved || rule.only_if_declared;
    if !depends || governing.reserves(memberships, treaty, rule.cite) {
        return Some(Stands::Itself);
    }
    let both_ways =
        if rule.only_if_reserved { Some(deciding.library.fixed().reserved_against) } else { rule.reciprocal_by };
    if let Some(by) = both_ways.filter(|_| governing.other_reserves(memberships, treaty, rule.cite)) {
        trace.step(1, Asked::Reciprocal(treaty, rule.cite), Some(by), Finding::Yes);
        return Some(Stands::Reciprocity(by));
    }
    let asked = match both_ways {
        _ if rule.only_if_reserved => Asked::EitherReserved(treaty, rule.cite),
        Some(_) => Asked::EitherDeclared(treaty, rule.cite),
        None => Asked::Declared(treaty, rule.cite),
    };
    trace.step(1, asked, Some(rule.cite), Finding::No);
    None
}
