//! What holds between two states on a day: which treaties govern, which measures each carries with what limits,
//! and which reservations bite; with facts, the answer to each measure.

use serde::Serialize;

use super::answers::{self, Answer, OffenceIn};
use super::ends::TablesEnded;
use super::order::{self, Order};
use super::status::{self, Standing, StatementWords};
use super::words::{self, EffectWords};
use crate::base::{CiteId, Day, StateId, TreatyId};
use crate::law::forms::{RuleForm, TreatyForm};
use crate::law::{self, FactSet, Measure};
use crate::scenario::Corpus;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The state that would ask.
    pub requesting: StateId,
    /// The state that would be asked.
    pub requested: StateId,
    /// The day.
    pub on: Day,
    /// These measures only; all, if empty.
    pub measures: Vec<Measure>,
    /// Facts that hold; without them, the general picture is given.
    pub facts: Option<FactSet>,
    /// Whether circumstances without which no article carries a measure are taken as given.
    pub in_order: bool,
}

/// What holds between two states.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Between {
    /// The state that would ask.
    pub requesting: String,
    /// The state that would be asked.
    pub requested: String,
    /// The day.
    pub on: Day,
    /// Which of the record reaches it.
    pub record: TablesEnded,
    /// The facts taken as given.
    pub facts: Option<Vec<String>>,
    /// Treaties that at least one of the two approached, those in force between them first.
    pub treaties: Vec<TreatyBetween>,
    /// In general: measure by measure, what the treaties in force provide.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<MeasureBetween>,
    /// With facts: measure by measure, the answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    /// With facts: whether the conduct is an offence in the one state, and in the other.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offences: Vec<OffenceIn>,
    /// With facts: measures of which these say nothing, and which nobody named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<Measure>,
    /// Offences that a reservation took out between the two.
    pub taken_out: Vec<TakenOut>,
    /// What each side reserved or declared towards the treaties in force between the two.
    pub statements: Vec<Side>,
}

/// A treaty and where the two stand.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TreatyBetween {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// In force between the two since.
    pub in_force_since: Option<Day>,
    /// Where the state that would ask stands.
    pub requesting: Standing,
    /// Where the state that would be asked stands.
    pub requested: Standing,
    #[serde(skip)]
    pub(super) id: TreatyId,
}

/// A measure and what provides for it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MeasureBetween {
    /// The measure.
    pub measure: Measure,
    /// The treaties in force that govern it: those of which an article carries it, and that do not give way.
    pub governed_by: Vec<String>,
    /// What gives way to another treaty in force between the two.
    pub gives_way: Vec<GivesWay>,
    /// What the provisions do.
    pub lines: Vec<Line>,
}

impl MeasureBetween {
    /// Whether an article of a treaty in force carries it.
    #[must_use]
    pub const fn is_carried(&self) -> bool {
        !self.governed_by.is_empty()
    }
}

/// A treaty, or some of its provisions, that gives way to others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GivesWay {
    /// The treaty.
    pub treaty: String,
    /// The provisions that do not apply; empty, if none of it does.
    pub provisions: Vec<String>,
    /// The treaties that take its place.
    pub to: Vec<String>,
    /// The article that says so.
    pub by: Option<String>,
}

/// One effect of one provision.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// The provision.
    pub cite: String,
    /// What it does.
    #[serde(flatten)]
    pub effect: EffectWords,
    /// When.
    pub applies: String,
}

/// Offences taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TakenOut {
    /// The treaty.
    pub treaty: String,
    /// Whose reservation.
    pub by: String,
    /// The article reserved.
    pub article: String,
    /// The offences.
    pub offences: Vec<String>,
}

/// A statement of one side.
#[derive(Clone, Debug, Serialize)]
pub struct Side {
    /// Whose.
    pub state: String,
    /// The treaty.
    pub treaty: String,
    /// What it says.
    #[serde(flatten)]
    pub statement: StatementWords,
}

/// What holds between two states.
#[must_use]
pub fn between(corpus: &Corpus, asked: &Asked) -> Between {
    let name = |id| corpus.library.state(id).name.clone();
    let treaties = treaties(corpus, asked);
    let measures = Measure::ALL.into_iter().filter(|m| asked.measures.is_empty() || asked.measures.contains(m));
    let in_force: Vec<&TreatyBetween> = treaties.iter().filter(|treaty| treaty.in_force_since.is_some()).collect();
    let facts = asked.facts;
    let (mut general, mut answers, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    match facts {
        Some(facts) => {
            let bears = |m: &Measure| answers::bears(&corpus.library, asked, &in_force, *m, facts);
            let (answered, others) = measures.partition::<Vec<_>, _>(|m| !asked.measures.is_empty() || bears(m));
            left_out = others;
            answers.extend(answered.into_iter().map(|m| answers::answer(corpus, asked, &in_force, m, facts)));
        }
        None => general.extend(measures.map(|measure| provided(corpus, asked, &in_force, measure))),
    }
    Between {
        requesting: name(asked.requesting),
        requested: name(asked.requested),
        on: asked.on,
        record: TablesEnded::before(corpus, asked.on),
        facts: facts.map(|facts| corpus.library.facts.names_of(facts).into_iter().map(str::to_owned).collect()),
        taken_out: in_force.iter().flat_map(|treaty| taken_out(corpus, asked, treaty)).collect(),
        statements: statements(corpus, asked, &in_force),
        measures: general,
        offences: facts.map_or_else(Vec::new, |facts| answers::offences(&corpus.library, asked, facts)),
        answers,
        left_out,
        treaties,
    }
}

fn treaties(corpus: &Corpus, asked: &Asked) -> Vec<TreatyBetween> {
    let mut treaties = Vec::new();
    // What a treaty applies to depends on no measure here.
    let question = order::question(asked, Measure::Extradition, FactSet::NONE);
    for id in corpus.treaties.iter().flat_map(|form| corpus.ids(form)) {
        let standing = |state| status::standing(corpus, id, state, asked.on);
        let (requesting, requested) = (standing(asked.requesting), standing(asked.requested));
        let law = corpus.library.treaty(id);
        let is_bilateral = corpus.treaty(&law.name).is_some_and(|form| form.between.is_some());
        let out = [requesting, requested].iter().filter(|standing| **standing == Standing::Out).count();
        // A treaty of two other states, or of one of these with another, says nothing here; nor does one of the members of
        // the Union with a third state, between two of them.
        let of_others = law::applies_to_nothing(&corpus.library, &corpus.memberships, &question, id);
        if out == 2 || (is_bilateral && out > 0) || of_others {
            continue;
        }
        treaties.push(TreatyBetween {
            name: law.name.clone(),
            title: law.title.clone(),
            in_force_since: corpus.memberships.in_force_between(id, asked.requesting, asked.requested, asked.on),
            requesting,
            requested,
            id,
        });
    }
    treaties.sort_by_key(|treaty| treaty.in_force_since.is_none());
    treaties
}

/// What the treaties in force between the two provide for a measure.
fn provided(corpus: &Corpus, asked: &Asked, in_force: &[&TreatyBetween], measure: Measure) -> MeasureBetween {
    let order = Order::between(corpus, asked, measure);
    let mut provided = MeasureBetween { measure, governed_by: Vec::new(), gives_way: Vec::new(), lines: Vec::new() };
    for treaty in in_force {
        let Some(form) = corpus.treaty(&treaty.name) else { continue };
        let speaks = |(_, rule): &(&str, &RuleForm)| rule.measures.contains(&measure);
        let rules: Vec<_> = words::in_order(&form.articles).into_iter().filter(speaks).collect();
        if let Some(gives_way) = order.displaced(corpus, treaty) {
            provided.gives_way.extend(Some(gives_way).filter(|_| !rules.is_empty()));
            continue;
        }
        let mut carries = false;
        let mut off = Vec::new();
        for (article, rule) in rules {
            let cite = format!("{} {article}", form.cites_as);
            if order.off_by_special(rule) {
                off.push(cite);
                continue;
            }
            if !order.lets_in(rule) || !applies(corpus, asked, treaty.id, form, article, rule) {
                continue;
            }
            carries |= rule.carries.is_some();
            let words = words::rule(rule, None);
            provided.lines.extend(words.effects.into_iter().map(|effect| Line {
                cite: cite.clone(),
                effect,
                applies: words.applies.clone(),
            }));
        }
        // An article of several rules may give way in one of them and hold in the others.
        let holds = |cite: &String| provided.lines.iter().any(|line| line.cite == *cite);
        let off = off.into_iter().map(|cite| if holds(&cite) { format!("{cite} in part") } else { cite }).collect();
        provided.gives_way.extend(order.given_way(corpus, treaty, off));
        provided.governed_by.extend(Some(treaty.name.clone()).filter(|_| carries));
    }
    if !provided.is_carried() {
        provided.lines.clear();
    }
    // What carries first, then what binds, then what may be used; the rest last.
    provided.lines.sort_by_key(|line| line.effect.binds);
    provided
}

/// Whether the reservations and declarations of the two let a rule apply between them.
fn applies(
    corpus: &Corpus,
    asked: &Asked,
    treaty: TreatyId,
    form: &TreatyForm,
    article: &str,
    rule: &RuleForm,
) -> bool {
    let cite = corpus.library.cite_named(&format!("{} {article}", form.cites_as));
    // A declaration is kept beside the reservations, under the article that allows it.
    let made = |state| cite.is_some_and(|cite| corpus.memberships.reserved(treaty, state, cite, asked.on));
    let both_ways = rule.only_if_reserved || rule.reciprocal_by.is_some();
    let stated = made(asked.requested) || (both_ways && made(asked.requesting));
    let switched_on = !(rule.only_if_reserved || rule.only_if_declared) || stated;
    let switched_off = rule.unless_reserved && (made(asked.requested) || made(asked.requesting));
    switched_on && !switched_off
}

fn taken_out(corpus: &Corpus, asked: &Asked, treaty: &TreatyBetween) -> Vec<TakenOut> {
    let mut found: Vec<TakenOut> = Vec::new();
    for offence in &corpus.library.treaty(treaty.id).offences {
        let both = |article: &CiteId| [asked.requested, asked.requesting].map(|state| (*article, state));
        for (article, state) in offence.reservable.iter().flat_map(both) {
            if !corpus.memberships.reserved(treaty.id, state, article, asked.on) {
                continue;
            }
            let (by, article) = (corpus.library.state(state).name.clone(), corpus.library.cite(article).to_owned());
            if let Some(known) = found.iter_mut().find(|known| known.by == by && known.article == article) {
                known.offences.push(offence.name.clone());
            } else {
                let offences = vec![offence.name.clone()];
                found.push(TakenOut { treaty: treaty.name.clone(), by, article, offences });
            }
        }
    }
    found
}

fn statements(corpus: &Corpus, asked: &Asked, in_force: &[&TreatyBetween]) -> Vec<Side> {
    let mut sides = Vec::new();
    for treaty in in_force {
        for id in [asked.requesting, asked.requested] {
            let state = corpus.library.state(id);
            let made = status::statements(corpus, &treaty.name, &state.code, asked.on);
            let standing = made.into_iter().filter(|made| made.withdrawn.is_none());
            sides.extend(standing.map(|statement| Side {
                state: state.name.clone(),
                treaty: treaty.name.clone(),
                statement,
            }));
        }
    }
    sides
}
