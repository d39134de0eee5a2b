//! Rules: the articles of a treaty and the provisions of a state's law, their patterns turned to masks.

use std::collections::BTreeMap;

use super::Building;
use crate::base::{CiteId, Day, OneOrMany, Place, Problem, Spanned};
use crate::law::fact::{FactSet, Pattern};
use crate::law::forms::{PatternForm, RuleForm};
use crate::law::opinion::Condition;
use crate::law::rule::{DutyRule, Import, Rule};
use crate::law::time_limit::TimeLimit;

impl Building {
    pub(super) fn rules(
        &mut self,
        articles: &BTreeMap<Spanned<String>, OneOrMany<RuleForm>>,
        cites_as: Option<&str>,
    ) -> Vec<Rule> {
        let mut ordered: Vec<_> = articles.iter().collect();
        ordered.sort_by_key(|(article, _)| natural(article));
        let mut rules = Vec::new();
        let of_treaty = cites_as.is_some();
        for (article, forms) in ordered {
            let words =
                |article: &str| cites_as.map_or_else(|| article.to_owned(), |prefix| format!("{prefix} {article}"));
            let cite = self.cite_at(article.place, &words(article));
            for form in &forms.0 {
                self.days(form);
                self.holds(form);
                self.belongs(form, of_treaty);
                let index = u16::try_from(rules.len()).unwrap_or(u16::MAX);
                let reciprocal_by = form.reciprocal_by.as_ref().map(|by| self.cite(&words(by)));
                rules.push(Rule { reciprocal_by, ..self.rule(index, cite, article.place, form) });
            }
        }
        rules
    }

    fn rule(&mut self, index: u16, cite: CiteId, place: Place, form: &RuleForm) -> Rule {
        Rule {
            index,
            cite,
            says: form.says.clone(),
            measures: form.measures.iter().copied().collect(),
            when: self.pattern(&form.when, place),
            from: form.from.as_deref().copied(),
            until: form.until.as_deref().copied(),
            by_receipt: form.by_receipt.as_deref().copied().unwrap_or_default(),
            applies: form.applies.as_ref().map(|applies| self.pattern(applies, place)),
            acts_from: form.acts_from.as_deref().copied(),
            requests_from: form.requests_from.as_deref().copied(),
            requests_in_force: form.requests_in_force,
            only_if_reserved: form.only_if_reserved,
            only_if_declared: form.only_if_declared,
            reciprocal_by: None,
            unless_reserved: form.unless_reserved,
            covers: form.covers.as_ref().map(|covers| self.pattern(covers, place)),
            carries: form.carries,
            refuse: form.refuse.map(|refuse| (refuse.ground, refuse.force)),
            bars: form.bars.iter().copied().collect(),
            imports: self.import(form),
            also_under_treaties: form.also_under_treaties.as_deref().copied().unwrap_or_default(),
            condition: form
                .condition
                .as_ref()
                .map(|condition| Condition { words: self.condition(&condition.says), otherwise: condition.otherwise }),
            time_limits: form
                .time_limits
                .iter()
                .map(|(timed, term)| TimeLimit { timed: *timed, term: *term, cite })
                .collect(),
            duty: form.duty.as_ref().map(|duty| DutyRule {
                kind: duty.does.value,
                after: duty.after.iter().copied().collect(),
                after_any: duty.after.is_empty(),
                on_request: duty.on_request,
                always: duty.always,
            }),
            holds_days: form.holds_days,
            holds_days_at_most: form.holds_days_at_most.as_deref().copied(),
            not_expressed: form.not_expressed.clone(),
        }
    }

    fn import(&mut self, form: &RuleForm) -> Option<Import> {
        let on = self.fact_set(&form.imports_on);
        match form.imports_on.first() {
            Some(first) if form.imports => {
                let problem = Problem::new(first.place, "`imports` lets all of that law in already");
                self.problems.push(problem.help("`imports-on` is for the provisions that ask for these facts alone"));
                None
            }
            Some(_) => Some(Import::On(on)),
            None => form.imports.then_some(Import::Whole),
        }
    }

    /// That the days of a rule are in order, and that there are some where they are held against the receipt.
    fn days(&mut self, form: &RuleForm) {
        if let Some(by_receipt) = form.by_receipt.as_ref().filter(|_| form.from.is_none() && form.until.is_none()) {
            let problem = Problem::new(by_receipt.place, "there is no day that the receipt could be held against");
            self.problems.push(problem.help("`by-receipt` is for a rule with `from` or `until`"));
        }
        if let (Some(from), Some(until)) = (&form.from, &form.until) {
            self.problems.0.extend(never_in_force(until.place, **from, **until));
        }
    }

    /// That what is held is released without fail no sooner than it may be.
    fn holds(&mut self, form: &RuleForm) {
        let Some(most) = &form.holds_days_at_most else { return };
        match form.holds_days {
            None => {
                let problem = Problem::new(most.place, "nothing is held that could be released after these days");
                self.problems.push(problem.help("`holds-days-at-most` is for a rule with `holds-days`"));
            }
            Some(least) if **most < least => {
                let message = format!("released without fail after {} days, and held for {least} at least", **most);
                self.problems.push(Problem::new(most.place, message));
            }
            Some(_) => {}
        }
    }

    /// That a key of laws alone stands in no treaty, and one of treaties alone in no law.
    fn belongs(&mut self, form: &RuleForm, of_treaty: bool) {
        if let Some(also) = form.also_under_treaties.as_ref().filter(|_| of_treaty) {
            let problem = Problem::new(also.place, "an article of a treaty holds under that treaty");
            self.problems.push(problem.help("`also-under-treaties` is for a provision of a State's own law"));
        }
        let keys = [("acts-from", &form.acts_from), ("requests-from", &form.requests_from)];
        let in_law = keys.into_iter().filter(|_| !of_treaty);
        for (key, from) in in_law.filter_map(|(key, from)| Some((key, from.as_ref()?))) {
            let problem = Problem::new(from.place, "a State's own law passes no request over");
            self.problems.push(problem.help(format!("`{key}` is for an article of a treaty")));
        }
        if let Some(by_receipt) = form.by_receipt.as_ref().filter(|_| !of_treaty) {
            let problem = Problem::new(by_receipt.place, "a State's own law is that of the day of the answer");
            self.problems.push(problem.help("`by-receipt` is for an article of a treaty"));
        }
    }

    pub(super) fn pattern(&mut self, form: &PatternForm, place: Place) -> Pattern {
        let pattern =
            Pattern { all: self.fact_set(&form.all), any: self.fact_set(&form.any), none: self.fact_set(&form.none) };
        if pattern.is_contradictory() && self.has_room() {
            self.problems.push(Problem::new(place, "no facts at all can meet this condition"));
        }
        pattern
    }

    pub(super) fn fact_set(&mut self, names: &[Spanned<String>]) -> FactSet {
        let Self { facts, problems, .. } = self;
        names
            .iter()
            .filter_map(|name| {
                let fact = facts.named(name);
                if fact.is_none() {
                    problems.push(Problem::unknown("fact", name, facts.names()));
                }
                fact
            })
            .collect()
    }

    pub(super) fn condition(&mut self, words: &str) -> u16 {
        let known = self.conditions.iter().position(|known| known == words);
        let index = known.unwrap_or_else(|| {
            self.conditions.push(words.to_owned());
            self.conditions.len() - 1
        });
        u16::try_from(index).unwrap_or(u16::MAX)
    }
}

/// What is wrong where law ends before it begins, or on that day.
pub(super) fn never_in_force(place: Place, from: Day, until: Day) -> Option<Problem> {
    let message = || format!("out of force on {until}, before it enters into force on {from}");
    (until <= from).then(|| Problem::new(place, message()))
}

/// A key that sorts articles as lawyers do: 2 before 24(1) before 24(1)(a) before 24(10) before 25.
#[must_use]
pub fn natural(article: &str) -> Vec<ArticlePart> {
    let mut parts = Vec::new();
    let mut rest = article;
    while let Some(first) = rest.chars().next() {
        let numeric = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != numeric).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        parts.push(match part.parse() {
            Ok(number) if numeric => ArticlePart::Number(number),
            _ => ArticlePart::Words(part.to_owned()),
        });
        rest = after;
    }
    parts
}

/// A piece of the name of an article; numbers come before words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArticlePart {
    /// Digits.
    Number(u32),
    /// What stands between them.
    Words(String),
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn paragraphs_are_in_the_order_of_their_numbers() {
        let right =
            ["2", "16(1)", "16(2)", "16(10)", "24(1)", "24(1)(a)", "24(10)", "25", "Penal Code 9", "Penal Code 119a"];
        let mut sorted = right.to_vec();
        sorted.reverse();
        sorted.sort_by_key(|article| natural(article));
        assert_eq!(sorted, right);
    }
}
