//! Which treaty comes before which between two states for one measure, without facts: treaties that give way whole, and
//! provisions that apply only where there is, or is not, a special treaty.
//!
//! The treaties in force are found as a decision finds them (`law::governing`).

use super::between::{Asked, GivesWay, TreatyBetween};
use crate::base::TreatyId;
use crate::law::computed::Computed;
use crate::law::forms::RuleForm;
use crate::law::governing;
use crate::law::special::{Special, special_treaties};
use crate::law::{FactSet, List, Measure, Question};
use crate::scenario::Corpus;

/// The order among the treaties in force between two states.
pub(super) struct Order {
    displaced: List<(TreatyId, TreatyId)>,
    special: Special,
    measure: Measure,
}

impl Order {
    pub(super) fn between(corpus: &Corpus, asked: &Asked, measure: Measure) -> Self {
        let question = question(asked, measure, FactSet::NONE);
        let (library, memberships) = (&corpus.library, &corpus.memberships);
        let displaced = governing::displaced(library, memberships, &question, FactSet::NONE);
        let special = special_treaties(library, memberships, &question, &displaced);
        Self { displaced, special, measure }
    }

    /// The treaty that takes the place of one, and its article.
    pub(super) fn displaced(&self, corpus: &Corpus, treaty: &TreatyBetween) -> Option<GivesWay> {
        let (_, by) = self.displaced.iter().find(|(other, _)| *other == treaty.id)?;
        let article = corpus.library.displaced_by(treaty.id, *by, self.measure);
        let by = corpus.library.treaty(*by);
        Some(GivesWay {
            treaty: treaty.name.clone(),
            provisions: Vec::new(),
            to: vec![by.name.clone()],
            by: article.map(|article| corpus.library.cite(article).to_owned()),
        })
    }

    /// Whether a rule applies only where there is no special treaty, and there is one.
    pub(super) fn off_by_special(&self, rule: &RuleForm) -> bool {
        rule.when.none.iter().any(|fact| self.holds(fact))
    }

    /// Whether a rule does not wait for a special treaty that there is not.
    pub(super) fn lets_in(&self, rule: &RuleForm) -> bool {
        rule.when.all.iter().all(|fact| !is_special(fact) || self.holds(fact))
    }

    /// The provisions of a treaty that give way to the special treaties; none, if there are no such provisions. Which
    /// article says so is the provisions' own.
    pub(super) fn given_way(
        &self,
        corpus: &Corpus,
        treaty: &TreatyBetween,
        mut provisions: Vec<String>,
    ) -> Option<GivesWay> {
        provisions.dedup();
        let by = provisions.first().cloned()?;
        let special = if self.measure.is_surrender() { &self.special.extradition } else { &self.special.assistance };
        let to = special.iter().map(|special| corpus.library.treaty(*special).name.clone()).collect();
        Some(GivesWay { treaty: treaty.name.clone(), provisions, to, by: Some(by) })
    }

    fn holds(&self, fact: &str) -> bool {
        (fact == Computed::ExtraditionTreaty.name() && !self.special.extradition.is_empty())
            || (fact == Computed::AssistanceTreaty.name() && !self.special.assistance.is_empty())
    }
}

fn is_special(fact: &str) -> bool {
    [Computed::ExtraditionTreaty, Computed::AssistanceTreaty].into_iter().any(|computed| fact == computed.name())
}

/// The question that is asked between the two.
pub(super) const fn question(asked: &Asked, measure: Measure, facts: FactSet) -> Question {
    Question::on(asked.on, (asked.requesting, asked.requested), measure, facts)
}
