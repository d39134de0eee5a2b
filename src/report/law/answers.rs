//! What facts come to between two states: whether the conduct is an offence in each, and the answer to each measure.
//!
//! Deliberately absent, unless they are asked for by name: measures of which the facts say nothing. What follows upon an
//! earlier request needs to know of that request, and a trial at home needs a place.

use serde::Serialize;

use super::between::{Asked, TreatyBetween};
use super::order;
use super::words;
use crate::base::CiteId;
use crate::law::rule::Carries;
use crate::law::state::DomesticOffence;
use crate::law::{self, Decision, FactKind, FactSet, Library, Measure, Opinion};
use crate::report::lines::joined;
use crate::scenario::Corpus;

/// Whether the conduct is an offence in a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OffenceIn {
    /// The state.
    pub state: String,
    /// Whether its penal law is entered; if not, it is not known what is an offence there.
    pub known: bool,
    /// The offence with the highest maximum penalty that the conduct meets.
    pub offence: Option<OffenceThere>,
    /// Where it meets none: the nearest that the same conduct would meet with some facts more.
    pub nearest: Option<Nearest>,
}

/// An offence of a state's own law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OffenceThere {
    /// The statute.
    pub cite: String,
    /// The maximum penalty; 0 where none is stated.
    pub maximum_months: u16,
}

/// An offence, and what the facts lack of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Nearest {
    /// The offence.
    #[serde(flatten)]
    pub offence: OffenceThere,
    /// The facts of conduct that are missing.
    pub lacks: Vec<String>,
}

impl OffenceThere {
    fn of(library: &Library, cite: CiteId, maximum_months: u16) -> Self {
        Self { cite: library.cite(cite).to_owned(), maximum_months }
    }

    fn words(&self) -> String {
        let maximum = match self.maximum_months {
            0 => "no maximum stated".to_owned(),
            months => words::maximum(months),
        };
        format!("{}, {maximum}", self.cite)
    }
}

impl OffenceIn {
    /// Whether it is one, in words.
    #[must_use]
    pub fn words(&self) -> String {
        match (&self.offence, &self.nearest) {
            (Some(offence), _) => offence.words(),
            (None, _) if !self.known => "not known, since its penal law is not entered".to_owned(),
            (None, Some(Nearest { offence, lacks })) => {
                format!("no; with {} it would be one: {}", joined(lacks, "and"), offence.words())
            }
            (None, None) => "no".to_owned(),
        }
    }
}

/// The answer to a measure.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// The measure.
    pub measure: Measure,
    /// Circumstances taken as given because no article would carry the measure without them.
    pub assumed: Vec<String>,
    /// The answer.
    pub opinion: serde_json::Value,
    #[serde(skip)]
    given: Opinion,
}

impl Answer {
    /// The answer itself.
    #[must_use]
    pub const fn opinion(&self) -> &Opinion {
        &self.given
    }

    /// Whether no treaty carries the measure here.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.given.decision == Decision::NoTreatyDuty
    }
}

/// Whether the conduct is an offence in the state that would ask, and in the one that would be asked.
pub(super) fn offences(library: &Library, asked: &Asked, facts: FactSet) -> Vec<OffenceIn> {
    let facts = library.facts.derive(facts);
    let one = |id| {
        let state = library.state(id);
        let met = law::punishable(library, id, facts, asked.on);
        let nearest = || {
            let in_force = state.offences.iter().filter(|offence| offence.in_force(asked.on));
            let all = in_force.filter_map(|offence| Some((offence, lacking(library, offence, facts)?)));
            let (offence, lacks) = all.min_by_key(|(_, lacks)| lacks.count())?;
            let lacks = library.facts.names_of(lacks).into_iter().map(str::to_owned).collect();
            Some(Nearest { offence: OffenceThere::of(library, offence.cite, offence.maximum_months), lacks })
        };
        OffenceIn {
            state: state.name.clone(),
            known: state.punishes_as_entered(facts),
            offence: met.map(|(cite, maximum_months)| OffenceThere::of(library, cite, maximum_months)),
            nearest: if met.is_none() { nearest() } else { None },
        }
    };
    vec![one(asked.requesting), one(asked.requested)]
}

/// The facts of conduct with which an offence would be met, where it is the same conduct and more: every fact of conduct
/// that is given is one of its own.
fn lacking(library: &Library, offence: &DomesticOffence, facts: FactSet) -> Option<FactSet> {
    let is_conduct = |fact: &law::FactId| library.facts.kind(*fact) == FactKind::Conduct;
    let made_out = library.facts.making_out(&offence.pattern);
    let given: FactSet = facts.iter().filter(is_conduct).collect();
    let lacks = made_out.without(facts);
    let is_same = !given.is_empty() && given.without(made_out).is_empty() && lacks.iter().all(|fact| is_conduct(&fact));
    (is_same && offence.pattern.holds(library.facts.derive(facts.with(lacks)))).then_some(lacks)
}

/// Whether anything that is given bears on a measure: all but those that follow upon an earlier request, of which nothing
/// may be said, and a trial at home, which asks where it was done.
pub(super) fn bears(library: &Library, asked: &Asked, in_force: &[&TreatyBetween], m: Measure, facts: FactSet) -> bool {
    match m {
        Measure::TrialAtHome => {
            let places = library.fixed().asked;
            facts.has(places.committed_in_requesting) || facts.has(places.effects_in_requesting)
        }
        Measure::ContinuedPreservation
        | Measure::UseOfEvidence
        | Measure::TrialForOtherOffence
        | Measure::OnwardExtradition => {
            let own = library.state(asked.requested).rules.on(m);
            let mut rules = in_force.iter().flat_map(|treaty| library.treaty(treaty.id).rules.on(m)).chain(own);
            let is_given = |fact| library.facts.kind(fact) == FactKind::Circumstance && facts.has(fact);
            rules.any(|rule| rule.when.names().iter().any(is_given))
        }
        _ => true,
    }
}

/// The answer to a measure.
pub(super) fn answer(
    corpus: &Corpus,
    asked: &Asked,
    in_force: &[&TreatyBetween],
    measure: Measure,
    facts: FactSet,
) -> Answer {
    let library = &corpus.library;
    let assumed = if asked.in_order { required(corpus, in_force, measure, facts) } else { FactSet::NONE };
    let question = order::question(asked, measure, facts.with(assumed));
    let given = law::decide(library, &corpus.memberships, &question);
    Answer {
        measure,
        assumed: library.facts.names_of(assumed).into_iter().map(str::to_owned).collect(),
        opinion: crate::report::opinion::json(library, &question, &given, &[]),
        given,
    }
}

/// The fewest circumstances without which no article of a treaty in force carries a measure: none, where one
/// carries it anyhow.
fn required(corpus: &Corpus, in_force: &[&TreatyBetween], measure: Measure, facts: FactSet) -> FactSet {
    let library = &corpus.library;
    let circumstance = |fact: &law::FactId| library.facts.kind(*fact) == FactKind::Circumstance;
    in_force
        .iter()
        .flat_map(|treaty| library.treaty(treaty.id).rules.on(measure))
        .filter(|rule| matches!(rule.carries, Some(Carries::Must | Carries::May)))
        .map(|rule| rule.when.all.without(facts).iter().filter(circumstance).collect::<FactSet>())
        .min_by_key(|missing| missing.iter().count())
        .unwrap_or(FactSet::NONE)
}
