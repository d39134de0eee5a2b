//! Steps of a decision as small values. Whoever wants words renders them (`explain`); a run does not.

use super::fact::FactSet;
use super::ground::{Force, GroundCode};
use super::opinion::Decision;
use super::state::Jurisdiction;
use crate::base::{CiteId, Day, StateId, TreatyId};

/// What a step asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Is the treaty in force between the two states?
    InForce(TreatyId),
    /// Does the conduct meet an offence of this state?
    Offence(StateId),
    /// Did this state make it an offence only afterwards?
    OffenceLater(StateId),
    /// Does the request lie within the treaty's scope?
    Scope,
    /// Did this state take the offence out by reservation?
    ReservedBy(StateId),
    /// Did the requesting state state something under this article that the other may turn against it?
    Reciprocal(TreatyId, CiteId),
    /// Did the requested state make a declaration under this article?
    Declared(TreatyId, CiteId),
    /// Did either state reserve this article?
    EitherReserved(TreatyId, CiteId),
    /// Did either state make a declaration under this article?
    EitherDeclared(TreatyId, CiteId),
    /// Does the treaty apply to such a request at all?
    Applies(TreatyId),
    /// Does the second treaty take the place of the first between the two?
    Displaced(TreatyId, TreatyId),
    /// Did the treaty cease to bind both after the request had come?
    Ended(TreatyId),
    /// Until when is what was held earlier still held?
    Held,
    /// Did the follow-up come in time?
    FollowedUp,
    /// Does this state claim jurisdiction on this ground?
    Claim(StateId, Jurisdiction),
    /// Does this rule of the treaty apply? (Its index among the treaty's rules.)
    Rule(TreatyId, u16),
    /// Does this rule of the state's own law apply? (Its index among the state's rules.)
    DomesticRule(StateId, u16),
    /// Which ground follows?
    Ground(GroundCode),
    /// Is the ground barred?
    Barred(GroundCode),
    /// What follows under this treaty?
    ByTreaty(TreatyId),
    /// Does the state's own law allow it without a treaty?
    DomesticBasis(StateId),
    /// Which information is missing?
    Missing(FactSet),
    /// What is the answer?
    Decision,
}

/// What a step found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Yes, since this day.
    Since(Day),
    /// Through this day.
    Through(Day),
    /// No: signed only, by at least one of the two.
    SignedOnly,
    /// No: accepted, in force from this day (if known).
    NotYet(Option<Day>),
    /// Not known: the penal law is not entered.
    NotKnown,
    /// Yes, with this maximum penalty in months.
    Months(u16),
    /// A ground that binds so.
    Open(Force),
    /// This decision.
    Decided(Decision),
}

impl Finding {
    /// Yes or no.
    #[must_use]
    pub const fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Depth in the tree; 0 is the outermost.
    pub depth: u8,
    /// The question.
    pub asked: Asked,
    /// The article that carries it.
    pub cite: Option<CiteId>,
    /// The answer.
    pub finding: Finding,
}

/// Whoever listens to a decision.
pub trait Trace {
    /// Takes one step down.
    fn step(&mut self, depth: u8, asked: Asked, cite: Option<CiteId>, finding: Finding);

    /// Whether steps are kept: what only they need can be skipped otherwise.
    fn listens(&self) -> bool {
        true
    }
}

/// Nobody listens.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Trace for Silent {
    fn step(&mut self, _: u8, _: Asked, _: Option<CiteId>, _: Finding) {}
    fn listens(&self) -> bool {
        false
    }
}

/// Every step is kept.
#[derive(Clone, Debug, Default)]
pub struct Kept(pub Vec<Step>);

impl Trace for Kept {
    fn step(&mut self, depth: u8, asked: Asked, cite: Option<CiteId>, finding: Finding) {
        self.0.push(Step { depth, asked, cite, finding });
    }
}
