//! Articles that are cited and not defined, and rules that do nothing.
//!
//! An article is defined by a rule or an offence of it, or by a clause that the file names for what it does (entry
//! into force, reading the offences into the parent). A rule of which nothing can be expressed says so.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{OneOrMany, Problem, Problems, Spanned, nearest};
use crate::law::forms::{RuleForm, TreatyForm};
use crate::law::wording::lies_in;

/// What is wrong with the articles of a treaty.
pub(super) fn check(form: &TreatyForm) -> Problems {
    let mut problems = effects(&form.articles);
    let mut defined: BTreeSet<&str> = form.articles.keys().map(|article| article.value.as_str()).collect();
    defined.extend(form.offences.values().map(|offence| offence.article.as_str()));
    defined.extend(form.first_in_force_article.as_deref());
    defined.extend(form.in_force_article.as_deref());
    defined.extend(form.accession_article.as_deref());
    defined.extend(form.extends_by.as_deref());
    // What a reservation does is said where it takes an offence out.
    let taking_out: BTreeSet<&str> =
        form.offences.values().flat_map(|o| o.reservable_by.iter()).map(String::as_str).collect();
    let open = |listed: &Spanned<String>, also: &BTreeSet<&str>| {
        !defined.iter().chain(also).any(|known| lies_in(known, listed))
    };
    for listed in form.reservable.iter().filter(|listed| open(listed, &taking_out)) {
        problems.push(undefined(form, listed, "may be reserved", &defined));
    }
    for listed in form.declarable.iter().filter(|listed| open(listed, &BTreeSet::new())) {
        problems.push(undefined(form, listed, "may be declared upon", &defined));
    }
    for (article, rules) in &form.articles {
        let listed = |list: &[Spanned<String>]| list.iter().any(|listed| lies_in(article, listed));
        let reserves = rules.0.iter().any(|rule| rule.only_if_reserved || rule.unless_reserved);
        if reserves && !listed(&form.reservable) {
            problems.push(unlisted(article, "a reservation", "reservable"));
        }
        for by in rules.0.iter().filter(|rule| !rule.only_if_declared).filter_map(|rule| rule.reciprocal_by.as_ref()) {
            let problem = Problem::new(by.place, "only what depends on a declaration is `reciprocal-by` an article");
            problems.push(problem.help("a reservation works both ways by itself (VCLT 21(1))"));
        }
        if rules.0.iter().any(|rule| rule.only_if_declared) && !listed(&form.declarable) {
            problems.push(unlisted(article, "a declaration", "declarable"));
        }
    }
    problems
}

/// Rules that do nothing at all and do not say why, or speak of no measure.
pub(super) fn effects(rules: &BTreeMap<Spanned<String>, OneOrMany<RuleForm>>) -> Problems {
    let mut problems = Problems::default();
    for (article, rules) in rules {
        for rule in &rules.0 {
            if rule.measures.is_empty() {
                problems.push(Problem::new(article.place, "this rule is for no measure, so it never applies"));
            } else if !does_anything(rule) && rule.not_expressed.is_none() {
                let problem = Problem::new(article.place, "this rule does nothing");
                problems.push(problem.help("what the data cannot express goes into `not-expressed`"));
            }
        }
    }
    problems
}

fn does_anything(rule: &RuleForm) -> bool {
    let by_day = rule.acts_from.is_some() || rule.requests_from.is_some() || rule.requests_in_force;
    let passes_over = rule.applies.is_some() || by_day;
    let scope = passes_over || rule.covers.is_some() || rule.carries.is_some();
    let lets_in = rule.imports || !rule.imports_on.is_empty();
    let refuses = rule.refuse.is_some() || !rule.bars.is_empty() || rule.condition.is_some() || rule.duty.is_some();
    scope
        || lets_in
        || refuses
        || !rule.time_limits.is_empty()
        || rule.holds_days.is_some()
        || rule.holds_days_at_most.is_some()
}

fn undefined(form: &TreatyForm, listed: &Spanned<String>, how: &str, defined: &BTreeSet<&str>) -> Problem {
    let message = format!("`{}` {how}, but {} has no rule and no offence of it", listed.value, form.cites_as);
    let problem = Problem::new(listed.place, message);
    match nearest(listed, defined.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`? If not, write it under `articles`")),
        None => problem.help("write it under `articles`; what the data cannot express goes into `not-expressed`"),
    }
}

fn unlisted(article: &Spanned<String>, act: &str, list: &str) -> Problem {
    let message = format!("`{}` depends on {act}, but it is not among the `{list}` articles", article.value);
    Problem::new(article.place, message)
}
