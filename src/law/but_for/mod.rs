//! But for what? The smallest changes that would turn an answer for the State that asks: one consent, one
//! reservation withdrawn, one offence enacted, one rule of domestic law repealed, one day, one fact supplied; pairs of
//! these (see `pairs`) where no single one does. Nothing is guessed: each change is made on a copy and the request decided again.
//!
//! A consent is named where the text is open to the State on that day, as far as its file says to whom it is
//! (`participation`). Deliberately absent: what is likely, or what a constitution allows. A consent or a repeal is named
//! because the answer depends on it, not because it is advised.

mod candidates;
mod change;
mod pairs;

pub use change::Change;
pub use pairs::MOST_PAIRS;

use std::collections::BTreeSet;

use super::best::rank;
use super::decide::decide;
use super::library::Library;
use super::membership::Memberships;
use super::opinion::{Decision, Opinion};
use super::question::Question;
use crate::base::StateId;
use change::KINDS_OF_DAY;

/// Changes that together turn the answer, and the answer that they bring.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// One change, or two of which neither is enough alone.
    pub changes: Vec<Change>,
    /// The opinion after them.
    pub opinion: Opinion,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ButFor {
    /// Every smallest turn, the smallest first.
    pub turns: Vec<Turn>,
    /// Single changes tried.
    pub singles: usize,
    /// Pairs tried; none where a single change turns the answer.
    pub pairs: usize,
    /// Pairs left out by [`MOST_PAIRS`].
    pub untried: usize,
}

/// The smallest changes that would turn an answer: to a better one for the State that asks, or to `target` if one is
/// named. An answer that is granted already, with or without conditions, is searched only for a target.
#[must_use]
pub fn but_for(
    library: &Library,
    memberships: &Memberships,
    question: &Question,
    opinion: &Opinion,
    target: Option<Decision>,
) -> ButFor {
    let granted = matches!(opinion.decision, Decision::Grant | Decision::GrantCond | Decision::NoRequest);
    if target == Some(opinion.decision) || (target.is_none() && granted) {
        return ButFor::default();
    }
    let before = opinion.decision;
    let turned =
        |after: &Opinion| target.map_or(rank(after.decision) < rank(before), |wanted| after.decision == wanted);
    let choices = candidates::all(library, memberships, question, opinion);
    let mut copy = library.clone();
    let trial = Trial { original: library, question, library: &mut copy };
    Search { choices: &choices, memberships, trial }.run(&turned)
}

/// What single States could do that would turn answers for the better, looked for in one law.
#[derive(Clone, Debug)]
pub struct ActsThatTurn<'a> {
    library: &'a Library,
    /// For the laws that an act changes.
    copy: Library,
}

impl<'a> ActsThatTurn<'a> {
    /// Under this law.
    #[must_use]
    pub fn under(library: &'a Library) -> Self {
        Self { library, copy: library.clone() }
    }

    /// The answer to a question, and each act of one State that turns it alone, and each consent with the law that carries
    /// it out (the conduct made an offence). Memberships are supposed otherwise for a while, and end as they are.
    pub fn of(&mut self, memberships: &mut Memberships, question: &Question) -> (Opinion, Vec<Turn>) {
        let opinion = decide(self.library, memberships, question);
        let candidates = candidates::acts(self.library, memberships, question);
        let mut trial = Trial { original: self.library, question, library: &mut self.copy };
        let turns = trial.acts(memberships, &candidates, rank(opinion.decision));
        (opinion, turns)
    }
}

impl Library {
    /// Makes a change in the law of its State; one that is no change of law changes nothing.
    pub fn amend(&mut self, change: &Change) {
        if let Some(state) = change.law_of() {
            change.amend(&mut self.states[state.index()]);
        }
    }
}

/// One change, or the same change in several degrees (an offence with one maximum penalty or another), the least
/// first.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    changes: Vec<Change>,
}

impl Choice {
    fn least(&self) -> Change {
        self.changes[0]
    }

    fn greatest(&self) -> Change {
        self.changes[self.changes.len() - 1]
    }
}

/// A search over all choices.
struct Search<'a> {
    choices: &'a [Choice],
    memberships: &'a Memberships,
    trial: Trial<'a>,
}

impl Search<'_> {
    fn run(mut self, turned: &impl Fn(&Opinion) -> bool) -> ButFor {
        let mut found = ButFor { singles: self.choices.len(), ..ButFor::default() };
        let after: Vec<Option<Memberships>> =
            self.choices.iter().map(|choice| self.memberships_after(&[choice.least()])).collect();
        self.singles(&after, turned, &mut found);
        if found.turns.is_empty() {
            self.pairs(&after, turned, &mut found);
        }
        found
    }

    /// The memberships after changes; `None` where these do not touch them.
    fn memberships_after(&self, changes: &[Change]) -> Option<Memberships> {
        let further: Vec<_> = changes.iter().filter_map(Change::instrument).collect();
        (!further.is_empty()).then(|| self.memberships.with(self.trial.original, &further))
    }

    fn singles(&mut self, after: &[Option<Memberships>], turned: &impl Fn(&Opinion) -> bool, found: &mut ButFor) {
        let mut days_turn = [false; KINDS_OF_DAY];
        for (choice, memberships) in self.choices.iter().zip(after) {
            // Of several days of one kind only the first that turns the answer is a smallest change.
            let kind = choice.least().kind_of_day(self.trial.question);
            if kind.is_some_and(|kind| days_turn[kind]) {
                continue;
            }
            let memberships = memberships.as_ref().unwrap_or(self.memberships);
            let turn = self.trial.first(&[choice], memberships, turned);
            if let (Some(kind), Some(_)) = (kind, &turn) {
                days_turn[kind] = true;
            }
            found.turns.extend(turn);
        }
    }

    fn pairs(&mut self, after: &[Option<Memberships>], turned: &impl Fn(&Opinion) -> bool, found: &mut ButFor) {
        let pairs = pairs::ordered(self.trial.original, self.trial.question, self.choices);
        found.untried = pairs.len().saturating_sub(MOST_PAIRS);
        let mut days_turn = BTreeSet::new();
        for [one, other] in pairs.into_iter().take(MOST_PAIRS) {
            let both = [&self.choices[one], &self.choices[other]];
            // Days stand last among the choices; beside one and the same change the first that turns is the smallest.
            let kind = both[1].least().kind_of_day(self.trial.question);
            if kind.is_some_and(|kind| days_turn.contains(&(one, kind))) {
                continue;
            }
            found.pairs += 1;
            let joint;
            let memberships = match [&after[one], &after[other]] {
                [Some(_), Some(_)] => {
                    joint = self.memberships_after(&both.map(Choice::least));
                    joint.as_ref()
                }
                [of_one, of_other] => of_one.as_ref().or(of_other.as_ref()),
            };
            let turn = self.trial.first(&both, memberships.unwrap_or(self.memberships), turned);
            if let (Some(kind), Some(_)) = (kind, &turn) {
                days_turn.insert((one, kind));
            }
            found.turns.extend(turn);
        }
    }
}

/// A library on which changes are made and undone.
struct Trial<'a> {
    original: &'a Library,
    question: &'a Question,
    library: &'a mut Library,
}

impl Trial<'_> {
    /// Which candidates turn the answer by themselves, and then which consents do together with the law that they oblige to.
    fn acts(&mut self, memberships: &mut Memberships, candidates: &[Choice], before: u8) -> Vec<Turn> {
        let turned = |after: &Opinion| rank(after.decision) < before;
        let facts = self.original.facts.derive(self.question.facts);
        let obliges = |choice: &Choice| match choice.least() {
            Change::Consent { treaty, .. } => self.original.treaty(treaty).has_punished(facts).is_some(),
            _ => false,
        };
        let enacted_by = |choice: &Choice, actor: Option<StateId>| matches!(choice.least(), Change::Offence { state, .. } if Some(state) == actor);
        let (mut alone, mut joint) = (Vec::new(), Vec::new());
        for choice in candidates {
            let actor = choice.least().actor();
            let carrying_out = obliges(choice).then(|| candidates.iter().filter(|other| enacted_by(other, actor)));
            // What the choice makes of the memberships is the same beside any law.
            memberships.supposing(self.original, choice.least().instrument(), |memberships| {
                alone.extend(self.better(&[choice], memberships, &turned));
                for law in carrying_out.into_iter().flatten() {
                    joint.extend(self.better(&[choice, law], memberships, &turned));
                }
            });
        }
        alone.extend(joint);
        alone
    }

    /// [`Trial::first`], for answers that are to be better.
    fn better(
        &mut self,
        choices: &[&Choice],
        memberships: &Memberships,
        turned: &impl Fn(&Opinion) -> bool,
    ) -> Option<Turn> {
        let may_turn = self.may_turn(choices, memberships, turned);
        let tries = may_turn || cfg!(debug_assertions);
        let turn = if tries { self.first(choices, memberships, turned) } else { None };
        debug_assert!(may_turn || turn.is_none(), "a lesser degree turns the answer: {turn:?}");
        turn
    }

    /// Whether the greatest degrees turn the answer. Where they do not, no lesser ones do: a higher maximum penalty makes no
    /// answer worse.
    fn may_turn(&mut self, choices: &[&Choice], memberships: &Memberships, turned: &impl Fn(&Opinion) -> bool) -> bool {
        if choices.iter().all(|choice| choice.changes.len() == 1) {
            return true;
        }
        let greatest: Vec<Change> = choices.iter().map(|choice| choice.greatest()).collect();
        turned(&self.decide(&greatest, memberships))
    }

    /// The first degrees of one or two choices that turn the answer together.
    fn first(
        &mut self,
        choices: &[&Choice],
        memberships: &Memberships,
        turned: &impl Fn(&Opinion) -> bool,
    ) -> Option<Turn> {
        let (first, others) = choices.split_first()?;
        let second: Vec<Option<Change>> =
            others.first().map_or_else(|| vec![None], |other| other.changes.iter().copied().map(Some).collect());
        for one in &first.changes {
            for other in &second {
                let changes: Vec<Change> = [*one].into_iter().chain(*other).collect();
                let opinion = self.decide(&changes, memberships);
                if turned(&opinion) {
                    return Some(Turn { changes, opinion });
                }
            }
        }
        None
    }

    /// The answer after changes to laws, dates and facts, under given memberships.
    fn decide(&mut self, changes: &[Change], memberships: &Memberships) -> Opinion {
        let mut question = *self.question;
        for change in changes {
            change.apply_to(&mut question);
            self.library.amend(change);
        }
        let opinion = decide(self.library, memberships, &question);
        for change in changes.iter().rev() {
            if let Some(state) = change.law_of() {
                change.undo(&mut self.library.states[state.index()], &self.original.states[state.index()]);
            }
        }
        opinion
    }
}
