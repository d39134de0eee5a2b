//! What a scenario is expected to show, resolved and held against a run.

mod found;
mod havens;
mod resolve;
mod words;

pub use havens::Sought;
pub use resolve::resolve;

use std::collections::BTreeSet;

use crate::authority::LossKind;
use crate::base::{Day, StateId, TreatyId};
use crate::depositary::Unfolded;
use crate::engine::Tally;
use crate::law::pairs::{open, over_all_pairs};
use crate::law::{Act, Decision, FactSet, GroundCode, Measure, Question, Standing, decide};

/// One expected finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The variants in which it is expected; everywhere, if empty.
    pub variants: Vec<String>,
    /// What is expected.
    pub expects: Expects,
}

/// What is expected.
#[derive(Clone, Debug, PartialEq)]
pub enum Expects {
    /// The state becomes a haven, with this ground among the reasons if one is named.
    Haven(Sought, Option<GroundCode>),
    /// The state does not become a haven.
    NoHaven(Sought),
    /// It becomes one, and is none when the run ends.
    HavenEnds(Sought),
    /// It becomes one, and is one still when the run ends.
    HavenStays(Sought),
    /// Every request of this kind is decided so, and there is at least one.
    Letters(StateId, StateId, Measure, Decision),
    /// The treaty begins to bind at least so many states, of all or of this one.
    InForce(TreatyId, Option<StateId>, usize),
    /// It binds none of all, or not this one.
    NotInForce(TreatyId, Option<StateId>),
    /// There is no request of this kind.
    NoLetters(StateId, StateId, Measure),
    /// The share of closed cases that were lost, of one state or all, for one cause or any.
    Lost(Option<StateId>, Option<LossKind>, Bounds<f64>),
    /// The sites that a state removed.
    Removed(StateId, Bounds<u64>),
    /// Signatures, consents and entries into force of a treaty by a day, as far as each is expected.
    Participation(TreatyId, Day, [Option<usize>; 3]),
    /// What the law says to a request over a line, by its name, with this ground among the grounds if one is named.
    Opinion(Box<Question>, String, Decision, Option<GroundCode>),
    /// The share of ordered pairs of states between which the law opens a measure for a line.
    OpenPairs(Measure, (String, FactSet), Day, Bounds<f64>),
}

/// Limits, both included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds<T> {
    /// At least this.
    pub least: Option<T>,
    /// At most this.
    pub most: Option<T>,
}

impl<T: PartialOrd> Bounds<T> {
    fn hold(&self, value: &T) -> bool {
        self.least.as_ref().is_none_or(|least| least <= value) && self.most.as_ref().is_none_or(|most| value <= most)
    }
}

impl Finding {
    /// Whether it is expected of a run that is one of these variants.
    #[must_use]
    pub fn expected_of(&self, variants: &[String]) -> bool {
        self.variants.is_empty() || self.variants.iter().any(|known| variants.contains(known))
    }

    /// Whether a run shows it.
    #[must_use]
    pub fn holds(&self, tally: &Tally) -> bool {
        match &self.expects {
            Expects::Haven(sought, ground) => sought.begins(&tally.havens, *ground),
            Expects::NoHaven(sought) => !sought.begins(&tally.havens, None),
            Expects::HavenEnds(sought) => sought.ends(&tally.havens),
            Expects::HavenStays(sought) => sought.stays(&tally.havens),
            Expects::Letters(from, to, measure, decision) => {
                let mut of_kind = decisions(tally, *from, *to, *measure).peekable();
                of_kind.peek().is_some() && of_kind.all(|said| said == *decision)
            }
            Expects::NoLetters(from, to, measure) => decisions(tally, *from, *to, *measure).next().is_none(),
            Expects::Lost(state, cause, bounds) => {
                tally.lost_share(*state, *cause).is_some_and(|share| bounds.hold(&share))
            }
            Expects::Removed(state, bounds) => bounds.hold(&tally.states[state.index()].sites_removed),
            Expects::Participation(treaty, day, wanted) => {
                let counted = participation(&tally.law, *treaty, *day);
                wanted.iter().zip(counted).all(|(wanted, counted)| wanted.is_none_or(|wanted| wanted == counted))
            }
            Expects::Opinion(question, _, decision, ground) => {
                let opinion = decide(&tally.law.library, &tally.law.memberships_on(question.day), question);
                opinion.decision == *decision
                    && ground.is_none_or(|code| opinion.grounds.iter().any(|ground| ground.code == code))
            }
            Expects::OpenPairs(measure, (_, facts), day, bounds) => {
                let pairs = over_all_pairs(&tally.law.library, &tally.law.memberships_on(*day), *measure, *facts, *day);
                share(open(&pairs, *measure), pairs.values().sum()).is_some_and(|share| bounds.hold(&share))
            }
            Expects::InForce(treaty, state, least) => tally.bound(*treaty, *state) >= *least,
            Expects::NotInForce(treaty, state) => tally.bound(*treaty, *state) == 0,
        }
    }
}

/// What the law said to requests of one kind.
fn decisions(tally: &Tally, from: StateId, to: StateId, measure: Measure) -> impl Iterator<Item = Decision> + '_ {
    let sent = &tally.states[from.index()].requests_out;
    let of_kind = sent.keys().filter(move |(by, asked, _)| (*by, *asked) == (to, measure));
    of_kind.map(|(.., said)| *said)
}

#[expect(clippy::cast_precision_loss, reason = "counts of a run lie far below 2^52")]
fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// States that have signed by a day, that have consented and not left by it, and that are bound on it.
fn participation(law: &Unfolded, treaty: TreatyId, day: Day) -> [usize; 3] {
    let signed =
        law.instruments.iter().filter(|done| done.treaty == treaty && done.day <= day && done.act == Act::Signature);
    let signed: BTreeSet<StateId> = signed.map(|done| done.state).collect();
    let memberships = law.memberships_on(day);
    let standing: Vec<Standing> =
        law.library.state_ids().map(|state| memberships.standing(treaty, state, day)).collect();
    let count = |of: fn(&Standing) -> bool| standing.iter().filter(|standing| of(standing)).count();
    let consented = count(|standing| matches!(standing, Standing::Consented(_) | Standing::Party(_)));
    [signed.len(), consented, count(|standing| matches!(standing, Standing::Party(_)))]
}
