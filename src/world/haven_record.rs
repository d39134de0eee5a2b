//! What the haven monitor reports. Whole numbers only: shares and quotients in thousandths.

use std::collections::BTreeMap;

use super::network::Role;
use crate::authority::{LossCause, LossKind};
use crate::base::{Canonical, CiteId, Day, StateId, rounded};
use crate::law::GroundCode;

/// Why a case was lost: the kind, and the ground with the article it stands in, where a request was refused on one.
pub(super) type Loss = (LossKind, Option<(GroundCode, CiteId)>);

/// What ended the lost cases of the window against networks in a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reasons {
    /// Cases of the window against networks there, lost or not.
    pub cases: u32,
    /// Cases that they are compared with.
    pub compared_cases: u32,
    /// What ended most of them beyond what was expected, in this order; at most eight. What ends as many cases everywhere makes
    /// no haven.
    pub listed: Vec<Reason>,
    /// How many ended for another reason.
    pub other_cases: u32,
    /// How many would be expected to.
    pub other_expected: u32,
}

/// A reason of a haven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The kind of loss.
    pub kind: LossKind,
    /// The ground and the article it stands in, where a request was refused on one.
    pub ground: Option<(GroundCode, CiteId)>,
    /// How many cases of the window.
    pub cases: u32,
    /// How many it would have been, had it ended as large a share of them as of the cases compared with; rounded.
    pub expected_cases: u32,
}

/// A closed case as the monitor sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosedCase {
    /// Whose case it was.
    pub investigating: StateId,
    /// Where the network's people were when it was opened.
    pub base: StateId,
    /// Where its site was then.
    pub host: StateId,
    /// Why it was lost; none if it had a result.
    pub lost: Option<Loss>,
}

/// The beginning or end of a haven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HavenRecord {
    /// Which of the two.
    pub turn: Turn,
    /// The state.
    pub state: StateId,
    /// For bases or for hosts.
    pub role: Role,
    /// The first day of the time after which it was confirmed: when the haven began, or was one no longer.
    pub day: Day,
    /// The day of confirmation.
    pub confirmed: Day,
    /// Location quotient on that day, in thousandths; of an end: at most the threshold, or impunity says why.
    pub quotient_permille: u32,
    /// Impunity there, in thousandths; none without closed cases. A haven that begins has some.
    pub impunity_permille: Option<u32>,
    /// Impunity of the cases compared with, in thousandths: the world's, or those that the state has no part in. A haven that
    /// begins has some.
    pub compared_impunity_permille: Option<u32>,
    /// What ended the lost cases of the window.
    pub reasons: Reasons,
}

/// How a record turns the standing of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// A haven has been confirmed.
    Began,
    /// A haven is one no longer.
    Ended,
}

impl HavenRecord {
    /// Whether a haven began in this state.
    #[must_use]
    pub fn began_in(&self, state: StateId) -> bool {
        self.turn == Turn::Began && self.state == state
    }
}

/// A haven from its beginning to its end.
#[derive(Clone, Copy, Debug)]
pub struct HavenSpell<'a> {
    /// The state.
    pub state: StateId,
    /// For bases or for hosts.
    pub role: Role,
    /// The first day.
    pub began: Day,
    /// The first day on which it was none; none if it still is one.
    pub ended: Option<Day>,
    /// The record of its beginning.
    pub beginning: &'a HavenRecord,
    /// The record of its end.
    pub end: Option<&'a HavenRecord>,
}

/// The havens of a run, in order of confirmation.
#[must_use]
pub fn haven_spells(records: &[HavenRecord]) -> Vec<HavenSpell<'_>> {
    let mut spells: Vec<HavenSpell<'_>> = Vec::new();
    for record in records {
        let HavenRecord { turn, state, role, day, .. } = *record;
        match turn {
            Turn::Began => {
                spells.push(HavenSpell { state, role, began: day, ended: None, beginning: record, end: None });
            }
            Turn::Ended => {
                let open = spells.iter_mut().rev().find(|spell| (spell.state, spell.role) == (state, role));
                if let Some(spell) = open {
                    (spell.ended, spell.end) = (Some(day), Some(record));
                }
            }
        }
    }
    spells
}

impl Reasons {
    /// Reasons listed: six kinds of loss, and two grounds more. A reader looks at no more.
    const MOST: usize = 8;

    /// From what was lost for each of some reasons: how many of the cases there, and how many of those compared with.
    pub(super) fn of(cases: u32, compared_cases: u32, losses: BTreeMap<Loss, (u32, u32)>) -> Self {
        let weight = ratio(cases, compared_cases);
        let (mut found, mut other_cases, mut other_expected) = (Vec::new(), 0, 0.0);
        for ((kind, ground), (lost, compared)) in losses {
            let expected = weight * f64::from(compared);
            found.push((Reason { kind, ground, cases: lost, expected_cases: rounded(expected) }, expected));
        }
        found.sort_by_key(|(reason, _)| std::cmp::Reverse((reason.excess(), reason.cases)));
        let mut listed = Vec::new();
        for (reason, expected) in found {
            if reason.cases > 0 && listed.len() < Self::MOST {
                listed.push(reason);
            } else {
                other_cases += reason.cases;
                other_expected += expected;
            }
        }
        Self { cases, compared_cases, listed, other_cases, other_expected: rounded(other_expected) }
    }
}

impl Reason {
    /// Cases beyond those expected; below 0 where it ended fewer.
    fn excess(&self) -> i64 {
        i64::from(self.cases) - i64::from(self.expected_cases)
    }
}

impl ClosedCase {
    /// Where it counts.
    #[must_use]
    pub const fn place(&self, role: Role) -> StateId {
        if matches!(role, Role::Base) { self.base } else { self.host }
    }
}

/// The kind of a loss, and the ground where a request was refused on one.
pub(super) fn reason_of(cause: &LossCause) -> Loss {
    let ground = if let LossCause::Refused(_, ground) = cause { *ground } else { None };
    (cause.kind(), ground.map(|ground| (ground.code, ground.cite)))
}

/// One number over another; 0 over none.
pub(super) fn ratio(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

impl Canonical for Reason {
    fn encode(&self, into: &mut Vec<u8>) {
        into.push(self.kind as u8);
        self.ground.is_some().encode(into);
        if let Some((code, cite)) = self.ground {
            code.encode(into);
            cite.encode(into);
        }
        self.cases.encode(into);
    }
}

/// Without what was expected and the cases of other reasons: they follow from the outcomes of cases, which are in the digest
/// themselves.
impl Canonical for HavenRecord {
    fn encode(&self, into: &mut Vec<u8>) {
        into.push(self.turn as u8);
        self.state.encode(into);
        self.role.encode(into);
        self.day.encode(into);
        self.confirmed.encode(into);
        self.quotient_permille.encode(into);
        for impunity in [self.impunity_permille, self.compared_impunity_permille] {
            match self.turn {
                Turn::Began => impunity.unwrap_or_default().encode(into),
                Turn::Ended => impunity.encode(into),
            }
        }
        self.reasons.listed.encode(into);
    }
}
