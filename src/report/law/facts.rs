//! The closed list of facts, and the grounds, each with where it is used.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::words;
use crate::law::forms::facts::JudgedBy;
use crate::law::forms::{FactForm, PatternForm, RuleForm};
use crate::law::{FactKind, Force, GroundCode};
use crate::report::lines::{capital, hang, width};
use crate::scenario::Corpus;

/// One fact in words.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FactWords {
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub kind: FactKind,
    /// The question that a human would be asked.
    pub asks: String,
    /// Who judges it, where that is one of the two states.
    pub judged_by: Option<&'static str>,
    /// For a derived fact: the condition.
    pub when: Option<String>,
    /// The provisions and derived facts whose conditions name it.
    pub used_in: Vec<String>,
}

/// Every fact, by name; of one kind, where one is named.
#[must_use]
pub fn facts(corpus: &Corpus, kind: Option<FactKind>) -> Vec<FactWords> {
    let mut uses = uses(corpus);
    let wanted = corpus.facts.facts.iter().filter(|(_, form)| kind.is_none_or(|kind| form.kind == kind));
    wanted
        .map(|(name, form)| FactWords {
            name: name.value.clone(),
            kind: form.kind,
            asks: form.asks.clone(),
            judged_by: judged_by(form),
            when: form.when.as_ref().and_then(|when| words::pattern(when)),
            used_in: uses.remove(name.as_str()).unwrap_or_default(),
        })
        .collect()
}

fn judged_by(form: &FactForm) -> Option<&'static str> {
    form.judged_by.map(|judge| match judge {
        JudgedBy::Requested => "the requested State",
        JudgedBy::Requesting => "the requesting State",
    })
}

/// Every place that names a fact, in the order of files and articles, each once.
fn uses(corpus: &Corpus) -> BTreeMap<&str, Vec<String>> {
    let mut uses: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut note = |form: &'_ PatternForm, place: &str| {
        for fact in form.all.iter().chain(&form.any).chain(&form.none) {
            let Some((known, _)) = corpus.facts.facts.get_key_value(fact) else { continue };
            let places = uses.entry(known.as_str()).or_default();
            if !places.iter().any(|known| known == place) {
                places.push(place.to_owned());
            }
        }
    };
    for (name, form) in &corpus.facts.facts {
        if let Some(when) = &form.when {
            note(when, &format!("the fact {}", name.value));
        }
    }
    for treaty in &corpus.treaties {
        for offence in treaty.offences.values() {
            note(&offence.pattern(), &format!("{} {}", treaty.cites_as, offence.article));
        }
        for (article, rules) in &treaty.articles {
            for rule in &rules.0 {
                conditions(rule).for_each(|form| note(form, &format!("{} {}", treaty.cites_as, article.value)));
            }
        }
    }
    for state in &corpus.states {
        for offence in state.law.offences.values() {
            note(&offence.pattern(), &offence.cite);
        }
        for (provision, rules) in &state.law.rules {
            for rule in &rules.0 {
                conditions(rule).for_each(|form| note(form, provision));
            }
        }
    }
    uses
}

/// The conditions of a rule.
fn conditions(rule: &RuleForm) -> impl Iterator<Item = &PatternForm> {
    std::iter::once(&rule.when).chain(&rule.covers).chain(&rule.applies)
}

/// The word for a kind, and what it means.
#[must_use]
pub const fn kind_words(kind: FactKind) -> (&'static str, &'static str) {
    match kind {
        FactKind::Conduct => ("conduct", "What was done: given with the conduct"),
        FactKind::Circumstance => ("circumstance", "What surrounds the request: given with it"),
        FactKind::Derived => ("derived", "A condition over other facts"),
        FactKind::Computed => ("computed", "Established by the program from laws, treaties and dates"),
    }
}

/// Every kind, in the order of the list.
pub const KINDS: [FactKind; 4] = [FactKind::Conduct, FactKind::Circumstance, FactKind::Derived, FactKind::Computed];

/// The facts as text, kind by kind.
#[must_use]
pub fn text(facts: &[FactWords]) -> String {
    /// Longer names stand alone in their line.
    const NAME: usize = 34;
    /// What the column of names leaves: the longest name in a condition fits.
    const BESIDE: usize = 44;
    let mut out = String::new();
    for kind in KINDS {
        let mine: Vec<&FactWords> = facts.iter().filter(|fact| fact.kind == kind).collect();
        if mine.is_empty() {
            continue;
        }
        let (word, meaning) = kind_words(kind);
        if !out.is_empty() {
            out.push('\n');
        }
        hang(&mut out, "", &format!("{}: {meaning} ({})", capital(word), mine.len()));
        let column = NAME.min(width() - BESIDE);
        for fact in mine {
            let name = &fact.name;
            let beside = format!("  {:column$}", "");
            if name.chars().count() >= column {
                let _ = writeln!(out, "  {name}");
                hang(&mut out, &beside, &fact.asks);
            } else {
                hang(&mut out, &format!("  {name:<column$}"), &fact.asks);
            }
            if let Some(judge) = fact.judged_by {
                hang(&mut out, &beside, &format!("Judged by {judge}."));
            }
            if let Some(when) = &fact.when {
                hang(&mut out, &beside, &format!("Holds if {when}."));
            }
        }
    }
    out
}

/// One use of a ground.
#[derive(Clone, Debug)]
pub struct GroundUse {
    /// The provision.
    pub cite: String,
    /// The page of its file.
    pub page: String,
    /// The name of the treaty or state.
    pub of: String,
    /// How it binds.
    pub force: Force,
    /// The measures.
    pub measures: String,
    /// When it applies.
    pub applies: String,
    /// What the provision says.
    pub says: String,
}

/// Where a ground is used, and where it is barred.
#[derive(Clone, Debug, Default)]
pub struct GroundUses {
    /// Provisions that give it.
    pub used: Vec<GroundUse>,
    /// Provisions that bar it.
    pub barred: Vec<String>,
}

/// Every ground with every provision of treaties and states that uses it, in the order of files and articles.
#[must_use]
pub fn grounds(corpus: &Corpus) -> BTreeMap<GroundCode, GroundUses> {
    let mut uses: BTreeMap<GroundCode, GroundUses> = BTreeMap::new();
    let mut note = |cite: &str, page: &str, of: &str, form: &RuleForm| {
        let rule = words::rule(form, None);
        if let Some(refuse) = form.refuse {
            uses.entry(refuse.ground).or_default().used.push(GroundUse {
                cite: cite.to_owned(),
                page: page.to_owned(),
                of: of.to_owned(),
                force: refuse.force,
                measures: rule.measures.join(", "),
                applies: rule.applies,
                says: rule.says,
            });
        }
        for code in &form.bars {
            let barred = &mut uses.entry(*code).or_default().barred;
            if !barred.iter().any(|known| known == cite) {
                barred.push(cite.to_owned());
            }
        }
    };
    for treaty in &corpus.treaties {
        let page = format!("treaties/{}.md", treaty.treaty.value);
        for (article, form) in words::in_order(&treaty.articles) {
            note(&format!("{} {article}", treaty.cites_as), &page, &treaty.title, form);
        }
    }
    for state in &corpus.states {
        let page = format!("states/{}.md", state.state.to_lowercase());
        for (provision, form) in words::in_order(&state.law.rules) {
            note(provision, &page, &state.name, form);
        }
    }
    for one in uses.values_mut() {
        one.used.sort_by_key(|ground| words::order(ground.force));
    }
    uses
}
