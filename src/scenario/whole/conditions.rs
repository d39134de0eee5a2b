//! Conditions that no facts can meet, or that none can fail: offences that nobody can commit, grounds that never
//! hold, and grounds said to depend on something that always holds. Each is proved by [`satisfy`].
//!
//! Deliberately absent: conditions too hard for the proof, about which nothing is said.

use std::collections::BTreeMap;

use crate::base::{OneOrMany, Place, Problem, Problems, Spanned};
use crate::law::forms::{FactsForm, LawForm, PatternForm, RuleForm, TreatyForm};
use crate::law::satisfy::{self, Found};
use crate::law::{FactSet, Facts, Pattern};

/// Conditions of a treaty's offences, in each of its variants, and of its articles.
pub(super) fn of_treaty(facts: &Facts, form: &TreatyForm) -> Problems {
    let mut problems = Problems::default();
    let variants = form.variants.values().map(|variant| (&variant.offences[..], &variant.also_requires[..]));
    let variants: Vec<_> = variants.collect();
    for (name, offence) in &form.offences {
        offence_at(facts, name, &offence.pattern(), &mut problems);
        for (_, also) in variants.iter().filter(|(offences, also)| offences.contains(name) && !also.is_empty()) {
            let mut conduct = offence.pattern();
            conduct.all.extend(also.iter().cloned());
            offence_at(facts, name, &conduct, &mut problems);
        }
    }
    problems.add(of_rules(facts, &form.articles));
    problems
}

/// Conditions of a law's offences and of its rules.
pub(super) fn of_law(facts: &Facts, law: &LawForm) -> Problems {
    let mut problems = Problems::default();
    for (name, offence) in &law.offences {
        offence_at(facts, name, &offence.pattern(), &mut problems);
    }
    problems.add(of_rules(facts, &law.rules));
    problems
}

/// Conditions of derived facts.
pub(super) fn of_facts(facts: &Facts, form: &FactsForm) -> Problems {
    let mut problems = Problems::default();
    for (name, fact) in &form.facts {
        if let Some(when) = &fact.when {
            let what = format!("`{}` can never hold: no facts meet its condition", name.value);
            condition(facts, &when.value, when.place, &what, &mut problems);
        }
    }
    problems
}

fn offence_at(facts: &Facts, name: &Spanned<String>, conduct: &PatternForm, problems: &mut Problems) {
    let Some(pattern) = pattern(facts, conduct) else { return };
    if satisfy::meeting(facts, &[pattern]) == Found::None {
        let message = format!("nobody can commit `{}`: no facts meet its pattern", name.value);
        add(problems, Problem::new(name.place, message));
    }
}

fn of_rules(facts: &Facts, rules: &BTreeMap<Spanned<String>, OneOrMany<RuleForm>>) -> Problems {
    let mut problems = Problems::default();
    for (article, rules) in rules {
        for rule in &rules.0 {
            let what = match rule.refuse {
                Some(refuse) => format!("{} under `{}` can never hold", refuse.ground.code(), article.value),
                None => format!("`{}` can never apply", article.value),
            };
            let what = format!("{what}: no facts meet this condition");
            for form in [Some(&rule.when), rule.applies.as_ref(), rule.covers.as_ref()].into_iter().flatten() {
                let place = form.all.iter().chain(&form.any).chain(&form.none).next().map(|fact| fact.place);
                condition(facts, form, place.unwrap_or(article.place), &what, &mut problems);
            }
        }
    }
    problems
}

fn condition(facts: &Facts, form: &PatternForm, place: Place, never: &str, problems: &mut Problems) {
    let Some(pattern) = pattern(facts, form).filter(|pattern| !pattern.names().is_empty()) else { return };
    if satisfy::meeting(facts, &[pattern]) == Found::None {
        add(problems, Problem::new(place, never));
    } else if satisfy::failing(facts, &pattern) == Found::None {
        let problem = Problem::new(place, "this condition always holds, so it says nothing");
        add(problems, problem.help("leave it out, if that is meant"));
    }
}

fn add(problems: &mut Problems, problem: Problem) {
    problems.add(Problems(vec![problem]));
}

/// The pattern of a form; none where it names a fact that is not known, which is found elsewhere.
pub(super) fn pattern(facts: &Facts, form: &PatternForm) -> Option<Pattern> {
    let set = |names: &[Spanned<String>]| names.iter().map(|name| facts.named(name)).collect::<Option<FactSet>>();
    Some(Pattern { all: set(&form.all)?, any: set(&form.any)?, none: set(&form.none)? })
}
