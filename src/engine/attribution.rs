//! Attribution: every lost case decided again with one thing changed. Which act of which state would have saved how
//! many?
//!
//! An act counts for a case only where deciding the very request that ended it again, with that act and nothing else
//! changed, gives an answer under which it would be granted: surely, or as often as the requested state's habits say. That
//! data are secured on the day of the request, to keep or to hand over, counts for as many cases as had them there then.
//! Acts overlap, so that savings must not be added up. Deliberately absent: what comes after the step that ended the
//! case. A request for data saved may lead to a surrender refused.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use super::losses::{Lost, Weight};
use super::lost_by::{LostBy, lost_by};
use super::plan::Plan;
use super::redecided::{Case, Piece, pieces, redecided, whole};
use super::savings::{Act, JOINT, Key, Savings};
use super::tally::Tally;
use crate::authority::Habits;
use crate::base::{Day, StateId, TreatyId};
use crate::law::wording::capital;
use crate::law::{
    self, ActsThatTurn, Change, Decision, FactSet, GroundCode, Library, Measure, Memberships, Opinion, Question, Turn,
};

/// One act of one state, and what it would have saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Saving {
    /// Who acts.
    pub state: StateId,
    /// What kind of act: `consent`, `offence`, `answer-in-time` and so on.
    pub kind: &'static str,
    /// The act in a sentence, without a full stop; by the day on which the first case needs it.
    pub says: String,
    /// Cases that it bears on.
    pub cases: u64,
    /// Cases saved surely: the law then leaves no choice.
    pub surely: u64,
    /// Cases saved, those included that depend on a chance: the expected number.
    pub expected: f64,
}

/// What the lost cases of a run were lost by, and what would have saved them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// Cases lost.
    pub lost: u64,
    /// Those whose question was decided again, or takes no decision; the others lie beyond [`super::redecided::MOST_REDECIDED`].
    pub decided_again: u64,
    /// By state and rule, most frequent first.
    pub lost_by: Vec<LostBy>,
    /// By act, the most effective first.
    pub savings: Vec<Saving>,
}

/// Decides the lost cases of a run again, one after another.
#[must_use]
pub fn attribute(plan: &Plan, tally: &Tally) -> Attribution {
    attribute_by_pieces(plan, tally, NonZeroUsize::MIN, |pieces, one| pieces.iter().map(one).collect())
}

/// The same in so many pieces at most. `each` does something with every piece and gives what came of them in the order of the
/// pieces: side by side, where it knows of threads. A piece begins with a copy of the law, which takes as long as some dozens
/// of decisions: more of them than threads gain nothing.
#[must_use]
pub fn attribute_by_pieces(
    plan: &Plan,
    tally: &Tally,
    most: NonZeroUsize,
    each: impl FnOnce(&[Piece], &(dyn Fn(&Piece) -> Vec<Saved> + Sync)) -> Vec<Vec<Saved>>,
) -> Attribution {
    let frequent = redecided(&tally.losses.lost);
    let mut deciding = Deciding { plan, tally, savings: Savings::default(), at_home: Vec::new() };
    for (lost, weight) in &frequent {
        deciding.without_request(lost, weight);
    }
    let saved = each(&pieces(&frequent, most), &|piece| deciding.piece(piece));
    saved.into_iter().flatten().for_each(|Saved { act, cases, saved }| deciding.savings.save(act, cases, saved));
    deciding.at_home_with_consent();
    Attribution {
        lost: tally.losses.cases(),
        decided_again: frequent.iter().map(|(_, weight)| weight.cases).sum(),
        lost_by: lost_by(&tally.losses.lost),
        savings: deciding.savings.sorted(plan.first_day),
    }
}

/// The chance that a request is granted under an opinion, by the law and, where that leaves a choice, by habit.
#[must_use]
pub fn chance_granted(opinion: &Opinion, measure: Measure, habits: &Habits) -> f64 {
    match opinion.decision {
        decision if decision.carries_out(measure) => 1.0,
        Decision::NoRequest if measure == Measure::VoluntaryDisclosure => 0.0,
        Decision::NoRequest | Decision::Grant | Decision::GrantCond | Decision::Partial | Decision::Postpone => 1.0,
        Decision::MayRefuse => opinion.optional_grounds().map(|ground| 1.0 - habits.refuses(ground.code)).product(),
        Decision::NoTreatyDuty => habits.comity,
        Decision::Refuse | Decision::ProsecuteInstead | Decision::Lapsed | Decision::NeedsInformation => 0.0,
    }
}

/// An act, and what it would have saved of the cases that hang on one question.
#[derive(Debug)]
pub struct Saved {
    act: Act,
    cases: u64,
    /// Surely, and expected.
    saved: (u64, f64),
}

struct Deciding<'a> {
    plan: &'a Plan,
    tally: &'a Tally,
    savings: Savings,
    /// Cases that a state could not begin for want of an offence of its own: who, for what conduct, when, how many.
    at_home: Vec<(StateId, FactSet, Day, u64)>,
}

impl Deciding<'_> {
    fn library(&self) -> &Library {
        &self.tally.law.library
    }

    fn habits(&self, state: StateId) -> &Habits {
        &self.plan.authorities[state.index()].habits
    }

    /// What is changed by no request: the law of the state that investigates, choices and delays.
    fn without_request(&mut self, lost: &Lost, weight: &Weight) {
        let library = &self.tally.law.library;
        let name = |state: StateId| capital(&library.state(state).in_prose());
        let cases = weight.cases;
        match *lost {
            Lost::NoOffence(state, line, day) => self.enacted_at_home(state, line, day, cases),
            Lost::NoJurisdiction(state, of_national) => {
                // Where it claimed its nationals, none of them would be among these.
                let over_nationals = of_national.then_some("over its nationals abroad");
                for (claim, over) in (0..).zip(["by effects"].into_iter().chain(over_nationals)) {
                    let says = format!("{} claims jurisdiction {over}", name(state));
                    self.save(("jurisdiction", state, claim), Day::default(), says, cases, (cases, whole(cases)));
                }
            }
            Lost::Refused { question, ground, by_choice: true } => {
                // Where no treaty carries a request there is no right to refuse it either: only no duty.
                let right = ground.filter(|(code, _)| {
                    !matches!(code, GroundCode::NoTreaty | GroundCode::NotInForce | GroundCode::Scope)
                });
                let of = right.map_or_else(
                    || "although no treaty obliges it".to_owned(),
                    |(_, cite)| format!("although it may refuse by {}", self.library().cite(cite)),
                );
                let towards = right.map_or(u32::MAX, |(code, cite)| (code as u32) << 16 | u32::from(cite.0));
                let says = format!("{} grants {of}", name(question.requested));
                self.save(("choice", question.requested, towards), Day::default(), says, cases, (cases, whole(cases)));
            }
            Lost::Gone { question, .. } if weight.there_on_receipt > 0.0 => {
                let says =
                    format!("{} secures data on the day on which it is asked for them", name(question.requested));
                let saved = (0, weight.there_on_receipt);
                self.save(("secured-at-once", question.requested, 0), Day::default(), says, cases, saved);
            }
            Lost::Unanswered(question, decided) => {
                let by_law_and_habit = || {
                    let memberships = self.tally.law.memberships_on(question.day);
                    let opinion = law::decide(self.library(), &memberships, &question);
                    chance_granted(&opinion, question.measure, self.habits(question.requested))
                };
                let chance = decided.map_or_else(by_law_and_habit, |granted| if granted { 1.0 } else { 0.0 });
                if chance > 0.0 {
                    let says = format!("{} answers within the investigator's patience", name(question.requested));
                    let surely = if chance >= 1.0 { cases } else { 0 };
                    let saved = (surely, chance * whole(cases));
                    self.save(("answer-in-time", question.requested, 0), Day::default(), says, cases, saved);
                }
            }
            Lost::Refused { .. }
            | Lost::Gone { .. }
            | Lost::GoneAtOnce(_)
            | Lost::NotIdentified(_)
            | Lost::WithoutRequest(_) => {}
        }
    }

    /// The investigating state makes the conduct an offence after the pattern of a treaty or of another state, if that
    /// is what was missing.
    fn enacted_at_home(&mut self, state: StateId, line: u8, day: Day, cases: u64) {
        let Some(facts) = self.tally.losses.lines.get(usize::from(line)) else { return };
        let library = self.library();
        let facts = library.facts.derive(*facts);
        // What it punishes in reality nobody looked up.
        if library.state(state).penal_law_is_taken {
            return;
        }
        let listed = library.treaties().iter().find_map(|treaty| treaty.has_punished(facts));
        let listed = listed.map(|offence| (offence.cite, library.cite(offence.cite).to_owned()));
        let elsewhere = || {
            library.state_ids().find_map(|other| {
                let (cite, _) = law::punishable(library, other, facts, day)?;
                Some((cite, format!("{} of {}", library.cite(cite), library.state(other).name)))
            })
        };
        let Some((after, pattern)) = listed.or_else(elsewhere) else { return };
        // A case that was lost for another reason than the law as it stands is not put down to it.
        if law::punishable(library, state, facts, day).is_none() {
            let name = capital(&library.state(state).in_prose());
            let says = format!("{name} makes the conduct an offence by {day}, after the pattern of {pattern}");
            self.save(("offence", state, u32::from(after.0)), day, says, cases, (cases, whole(cases)));
            self.at_home.push((state, facts, day, cases));
        }
    }

    /// A consent with the law that carries it out saves at home, too, what that law alone would save there from that day.
    fn at_home_with_consent(&mut self) {
        let library = &self.tally.law.library;
        for (state, facts, day, cases) in std::mem::take(&mut self.at_home) {
            let obliges = |treaty: &TreatyId| library.treaty(*treaty).has_punished(facts).is_some();
            for treaty in library.treaty_ids().filter(obliges) {
                self.savings.at_home(state, u32::from(treaty.0), day, (cases, whole(cases)));
            }
        }
    }

    /// Decides the questions of a piece again.
    fn piece(&self, Piece(questions): &Piece) -> Vec<Saved> {
        let mut acts = ActsThatTurn::under(self.library());
        let mut saved = Vec::new();
        for of_one_day in questions.chunk_by(|(one, _), (other, _)| one.day == other.day) {
            let mut memberships = self.tally.law.memberships_on(of_one_day[0].0.day);
            for (question, case) in of_one_day {
                saved.extend(self.again(&mut memberships, &mut acts, (question, *case)));
            }
        }
        saved
    }

    /// Decides a question again, with every single act.
    fn again(
        &self,
        memberships: &mut Memberships,
        acts: &mut ActsThatTurn,
        (question, case): (&Question, Case),
    ) -> Vec<Saved> {
        let (refused, mut turns) = acts.of(memberships, question);
        turns.retain(|turn| !turn.changes.iter().any(|change| self.is_of_taken_law(change)));
        let before = chance_granted(&refused, question.measure, self.habits(question.requested));
        let mut best: BTreeMap<Key, (f64, &Turn)> = BTreeMap::new();
        for turn in &turns {
            let after = chance_granted(&turn.opinion, question.measure, self.habits(question.requested));
            // Of cases refused under one chance so many are granted under a greater one, where the draw is the same:
            // of the grounds that may be used, or of comity. Where the choice is another, its draw is one of its own.
            let saved = match before {
                1.0.. => 0.0,
                _ if turn.opinion.decision == refused.decision => (after - before) / (1.0 - before),
                _ => after,
            };
            let known = best.entry(key(&turn.changes)).or_insert((saved, turn));
            if saved > known.0 {
                *known = (saved, turn);
            }
        }
        let in_words = |(key, (saved, turn)): (&Key, &(f64, &Turn))| {
            // Where the law alone would do, the consent may be as late as it likes.
            let part = |other: &(&Key, &(f64, &Turn))| other.0.1 == key.1 && other.1.1.changes.len() == 1;
            let parts = || best.iter().filter(part).map(|(_, (saved, _))| *saved).fold(0.0, f64::max);
            let with_law = turn.changes.get(1).map(|law| (law.by(), *saved > parts()));
            let first = &turn.changes[0];
            let says = first.says(self.library(), memberships, question);
            let surely = if *saved >= 1.0 && case.saved_by_grant >= whole(case.cases) { case.cases } else { 0 };
            let act = Act { key: *key, says, day: question.day, by: first.by(), with_law };
            Saved { act, cases: case.cases, saved: (surely, saved * case.saved_by_grant) }
        };
        best.iter().filter(|(_, (saved, _))| *saved > 0.0).map(in_words).collect()
    }

    /// Whether it is an offence of a state whose penal law nobody looked up.
    fn is_of_taken_law(&self, change: &Change) -> bool {
        matches!(change, Change::Offence { state, .. } if self.library().state(*state).penal_law_is_taken)
    }

    fn save(&mut self, key: Key, day: Day, says: String, cases: u64, saved: (u64, f64)) {
        let by = (key.0 == "offence").then_some(day);
        self.savings.save(Act { key, says, day, by, with_law: None }, cases, saved);
    }
}

/// Acts that differ by their day or by the maximum penalty alone are one; so are a consent and whatever offences carry
/// it out.
fn key(changes: &[Change]) -> Key {
    let towards = match changes[0] {
        Change::Consent { treaty, .. }
        | Change::DenunciationTakenBack { treaty, .. }
        | Change::AcceptedAsBasis { treaty, .. } => u32::from(treaty.0),
        Change::Withdrawal { treaty, article, .. } => u32::from(treaty.0) << 16 | u32::from(article.0),
        Change::Offence { after, .. } => u32::from(after.0),
        Change::Repeal { rule, .. } => u32::from(rule),
        _ => 0,
    };
    let kind = if changes.len() > 1 { JOINT } else { changes[0].kind() };
    (kind, changes[0].actor().unwrap_or_default(), towards)
}
