//! How law binds, told apart by word, by shape and (in pages) by colour: what *must* be is filled, what *may* be
//! is hollow. Nobody needs the colour to read it.

use crate::law::{Decision, Force, Ground, GroundCode, Measure};

/// How a line binds: first what lets a request through, last what binds nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// The requested state complies, or must.
    Comply,
    /// A duty that stands against the request, or what may not be done.
    Must,
    /// A right: one or the other is lawful.
    May,
    /// Later, or under conditions.
    Later,
    /// Nothing binds.
    Free,
}

impl Tone {
    /// The shape.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Comply => "●",
            Self::Must => "■",
            Self::May => "□",
            Self::Later => "◇",
            Self::Free => "·",
        }
    }

    /// The name in style sheets.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Comply => "comply",
            Self::Must => "must",
            Self::May => "may",
            Self::Later => "later",
            Self::Free => "free",
        }
    }

    /// How a ground binds.
    #[must_use]
    pub const fn of_force(force: Force) -> Self {
        match force {
            Force::Must => Self::Must,
            Force::May => Self::May,
            Force::Postpone => Self::Later,
        }
    }

    /// How an answer binds.
    #[must_use]
    pub const fn of_decision(decision: Decision) -> Self {
        match decision {
            Decision::Grant => Self::Comply,
            Decision::Refuse | Decision::ProsecuteInstead => Self::Must,
            Decision::MayRefuse => Self::May,
            Decision::GrantCond | Decision::Partial | Decision::Postpone | Decision::NeedsInformation => Self::Later,
            Decision::NoTreatyDuty | Decision::Lapsed | Decision::NoRequest => Self::Free,
        }
    }
}

/// A ground's force in words in which *may* and *must* cannot be mistaken for one another.
#[must_use]
pub const fn force(force: Force) -> &'static str {
    match force {
        Force::Must => "MUST refuse",
        Force::May => "may refuse",
        Force::Postpone => "may postpone",
    }
}

/// How a ground stands in an answer: a shape, and words. A treaty that does not carry the request forbids nothing: treaties
/// bind nobody beyond those who made them, and leave a State free to help (VCLT 34). Where its law needs a treaty, it lacks
/// the basis. And a State that tries a case itself is asked for nothing, so that it can refuse nothing.
#[must_use]
pub const fn stands(ground: &Ground, measure: Measure, decision: Decision) -> (Tone, &'static str) {
    let of_treaties = matches!(ground.code, GroundCode::NoTreaty | GroundCode::NotInForce | GroundCode::Scope);
    match (decision, measure) {
        (Decision::NoTreatyDuty, _) if of_treaties => (Tone::Free, "no duty"),
        (Decision::Refuse, _) if of_treaties => (Tone::Must, "no basis"),
        _ if of_treaties => (Tone::Free, "no basis"),
        (_, Measure::TrialAtHome) => (Tone::of_force(ground.force), "no trial"),
        _ => (Tone::of_force(ground.force), force(ground.force)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::CiteId;

    #[test]
    fn no_duty_is_no_duty_to_refuse_and_nobody_is_asked_at_home() {
        let ground = |code| Ground::must(code, CiteId::default());
        let words = |code, measure, decision| stands(&ground(code), measure, decision).1;
        let evidence = Measure::StoredData;
        assert_eq!(words(GroundCode::NoTreaty, evidence, Decision::NoTreatyDuty), "no duty");
        assert_eq!(words(GroundCode::Scope, evidence, Decision::NoTreatyDuty), "no duty");
        let surrender = Measure::Extradition;
        for code in [GroundCode::NoTreaty, GroundCode::NotInForce, GroundCode::Scope] {
            assert_eq!(stands(&ground(code), surrender, Decision::Refuse), (Tone::Must, "no basis"));
            assert_eq!(stands(&ground(code), surrender, Decision::GrantCond), (Tone::Free, "no basis"));
        }
        assert_eq!(words(GroundCode::DualCriminalityMissing, evidence, Decision::Refuse), "MUST refuse");
        assert_eq!(words(GroundCode::OwnJurisdiction, Measure::TrialAtHome, Decision::Refuse), "no trial");
        let at_home = GroundCode::OwnJurisdiction.meaning_for(Measure::TrialAtHome);
        assert!(at_home.contains("claims no jurisdiction"), "{at_home}");
        assert_eq!(Decision::Refuse.meaning_for(Measure::TrialAtHome), "it may not");
        assert_eq!(Decision::Refuse.meaning_for(evidence), Decision::Refuse.meaning());
    }
}
