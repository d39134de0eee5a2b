//! One treaty in words: where it is known from, how it is joined, its offences, every article.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Serialize;

use super::words::{self, ArticleWords, RuleWords};
use crate::base::Spanned;
use crate::law::DateRule;
use crate::law::forms::{ListedOffenceForm, TreatyForm, VariantForm};
use crate::law::wording::lies_in;
use crate::report::lines::{counted, hang, joined, labelled};
use crate::scenario::Corpus;

/// A treaty in words.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TreatyWords {
    /// Its name in files.
    pub name: String,
    /// How opinions cite it.
    pub cites_as: String,
    /// Its title.
    pub title: String,
    /// Whether it is a hypothetical text.
    pub model: bool,
    /// Where it is known from.
    pub source: String,
    /// What is in the file and what is not.
    pub coverage: String,
    /// The mark of the file.
    pub read: &'static str,
    /// How it is joined, left and in force, and towards which other treaties: one sentence each.
    pub dates: Vec<String>,
    /// Variants of a model text.
    pub variants: Vec<VariantWords>,
    /// The offences that it obliges its parties to create.
    pub offences: Vec<OffenceWords>,
    /// Its articles on co-operation.
    pub articles: Vec<ArticleWords>,
    /// The articles to which it allows reservations.
    pub reservable: Vec<String>,
    /// The articles under which a declaration has an effect.
    pub declarable: Vec<String>,
}

/// A variant in words.
#[derive(Clone, Debug, Serialize)]
pub struct VariantWords {
    /// Its full name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it has.
    pub words: String,
}

/// An offence in words.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OffenceWords {
    /// Its name.
    pub name: String,
    /// The article.
    pub cite: String,
    /// The conduct.
    pub conduct: String,
    /// The article by which a party may take it out.
    pub reservable_by: Vec<String>,
    /// Where it is known from.
    pub read: &'static str,
}

/// A treaty in words; with an article, that article alone.
#[must_use]
pub fn treaty(corpus: &Corpus, form: &TreatyForm, article: Option<&str>) -> TreatyWords {
    worded(corpus, form, None, article)
}

/// The same as one of its variants words it, where one is named.
#[must_use]
pub fn worded(corpus: &Corpus, form: &TreatyForm, variant: Option<&str>, article: Option<&str>) -> TreatyWords {
    let cite = |article: &str| format!("{} {article}", form.cites_as);
    let kept = |known: &str| article.is_none_or(|wanted| lies_in(known, wanted));
    let variant = variant.and_then(|name| form.variants.get_key_value(name));
    let variants = form.variants.iter().map(|(name, variant)| {
        let offences: Vec<&str> = variant.offences.iter().map(|offence| offence.value.as_str()).collect();
        let also: Vec<&str> = variant.also_requires.iter().map(|fact| fact.value.as_str()).collect();
        let also = if also.is_empty() { String::new() } else { format!("; each requires {} besides", also.join(", ")) };
        VariantWords {
            name: format!("{}/{}", form.treaty.value, name.value),
            title: variant.title.clone(),
            words: format!("{}{also}", offences.join(", ")),
        }
    });
    let text = &form.treaty.value;
    TreatyWords {
        name: variant.map_or_else(|| text.clone(), |(name, _)| format!("{text}/{}", name.value)),
        cites_as: form.cites_as.clone(),
        title: variant.map_or(&form.title, |(_, variant)| &variant.title).clone(),
        model: form.model,
        source: form.source.clone(),
        coverage: form.coverage.clone(),
        read: words::read_words(Some(form.read)),
        dates: dates(corpus, form),
        variants: if variant.is_some() { Vec::new() } else { variants.collect() },
        offences: offences(form, variant.map(|(_, variant)| variant), kept),
        articles: words::articles(&form.articles, Some(&form.cites_as), &form.reservable, Some(form.read), None)
            .into_iter()
            .filter(|words| kept(&words.article))
            .collect(),
        reservable: form.reservable.iter().map(|article| cite(article)).collect(),
        declarable: form.declarable.iter().map(|article| cite(article)).collect(),
    }
}

/// The offences of a text, or of one of its variants, of which the articles are looked at.
fn offences(form: &TreatyForm, variant: Option<&VariantForm>, kept: impl Fn(&str) -> bool) -> Vec<OffenceWords> {
    let cite = |article: &str| format!("{} {article}", form.cites_as);
    let has = |name: &Spanned<String>| variant.is_none_or(|variant| variant.offences.contains(name));
    let mut offences: Vec<_> =
        form.offences.iter().filter(|(name, offence)| kept(&offence.article) && has(name)).collect();
    offences.sort_by_key(|(name, offence)| (crate::law::build::natural(&offence.article), name.value.clone()));
    let words = |(name, offence): (&Spanned<String>, &ListedOffenceForm)| {
        let mut pattern = offence.pattern();
        let also = variant.map_or(&[][..], |variant| &variant.also_requires);
        let also: Vec<_> = also.iter().filter(|fact| !pattern.all.contains(fact)).cloned().collect();
        pattern.all.extend(also);
        OffenceWords {
            name: name.value.clone(),
            cite: cite(&offence.article),
            conduct: words::pattern(&pattern).unwrap_or_else(|| "any conduct".to_owned()),
            reservable_by: offence.reservable_by.iter().map(|article| cite(article)).collect(),
            read: words::read_words(offence.read.or(Some(form.read))),
        }
    };
    offences.into_iter().map(words).collect()
}

/// How it is left: nobody leaves custom, and an amendment in force is part of what it amends.
fn leaving(form: &TreatyForm) -> Vec<String> {
    let with_parent = form.protocol_to.as_ref().filter(|_| form.is_amendment());
    if let Some(parent) = with_parent {
        return vec![format!("In force it is part of {}, and left with that alone (VCLT 44(1))", parent.value)];
    }
    let rule = form.leaves.map(words::date_rule);
    let without_clause = || {
        let rule = words::date_rule(DateRule::WITHOUT_CLAUSE);
        (!form.custom).then(|| format!("{rule}, as of any treaty of which no clause on it is known (VCLT 56(2))"))
    };
    let own = rule.or_else(without_clause).map(|rule| format!("A denunciation takes effect {rule}"));
    let with_parent = form.protocol_to.as_ref().zip(form.ends_with_parent.as_ref()).map(|(parent, article)| {
        format!("Whoever denounces {} leaves the Protocol with it ({})", parent.value, article.value)
    });
    own.into_iter().chain(with_parent).collect()
}

/// Its dates, and what decides whom it binds, and beside what: in the order of a treaty's life.
fn dates(corpus: &Corpus, form: &TreatyForm) -> Vec<String> {
    let parts =
        [who_may_join(corpus, form), beside_others(corpus, form), entry_into_force(form), leaving(form), owed(form)];
    parts.into_iter().flatten().chain(on_one_matter(form)).collect()
}

fn who_may_join(corpus: &Corpus, form: &TreatyForm) -> Vec<String> {
    let mut dates = Vec::new();
    if let Some((one, other)) = &form.between {
        dates.push(format!("Between {} and {}", name_of(corpus, one), name_of(corpus, other)));
    }
    dates.extend(form.opened.iter().map(|day| format!("Opened on {}", day.value)));
    if let Some(open_to) = &form.open_to {
        let title =
            corpus.treaty(&open_to.parties_to).map_or(open_to.parties_to.as_str(), |other| other.title.as_str());
        let named = |words: &str, codes: &[Spanned<String>]| {
            let names: Vec<Cow<str>> = codes.iter().map(|code| name_of(corpus, code)).collect();
            if names.is_empty() { String::new() } else { format!("; {words} {}", joined(&names, "and")) }
        };
        let (besides, but_not) = (named("also to", &open_to.and), named("not to", &open_to.but_not));
        let by = &open_to.parties_to.value;
        dates.push(format!("Open only to those bound by {by} ({title}){besides}{but_not}"));
    }
    if let Some(rule) = &form.on_invitation {
        let group = words::of_group(&rule.unless_in);
        let took_part: Vec<Cow<str>> = rule.took_part.iter().map(|code| name_of(corpus, code)).collect();
        let beside = match &took_part[..] {
            [] => String::new(),
            names => format!(", and than {}, which took part in drafting it,", joined(names, "and")),
        };
        dates.push(format!("Others than {group}{beside} join once they are invited ({} {})", form.cites_as, rule.by));
    }
    dates
}

/// To what it is a protocol, and which treaties give way to it.
fn beside_others(corpus: &Corpus, form: &TreatyForm) -> Vec<String> {
    let mut dates = Vec::new();
    if let Some(parent) = &form.protocol_to {
        let title = corpus.treaty(parent).map_or(parent.value.as_str(), |parent| parent.title.as_str());
        let by = form.extends_by.as_ref().map_or_else(String::new, |clause| {
            let article = if clause.starts_with(|c: char| c.is_ascii_digit()) { "Article " } else { "" };
            format!("; its offences are read into that treaty by its {article}{clause}")
        });
        let kind = if form.is_amendment() { "Amendment" } else { "Protocol" };
        dates.push(format!("{kind} to the {title} ({}){by}", parent.value));
    }
    if !form.displaces.is_empty() || form.displaces_bilateral {
        let mut names: Vec<&str> = form.displaces.iter().map(|name| name.value.as_str()).collect();
        names.extend(form.displaces_bilateral.then_some("every earlier bilateral treaty on the matter"));
        let names = joined(&names, "and");
        let by = form.displaces_by.as_ref().map_or_else(String::new, |a| format!(" ({} {a})", form.cites_as));
        dates.push(format!("Between the same two States it displaces {names}{by}"));
    }
    if form.supplements_bilateral {
        dates.push("It supplements earlier bilateral treaties on the matter and takes the place of none".to_owned());
    }
    dates
}

fn entry_into_force(form: &TreatyForm) -> Vec<String> {
    let mut dates = Vec::new();
    dates.extend(form.applicable_from.map(|day| format!("Applies from {day}, whatever the days of the consents")));
    dates.extend(
        form.applied_provisionally_from
            .map(|day| format!("Applied provisionally from {day} (VCLT 25): it binds from then on here")),
    );
    dates.extend(form.in_force.map(|day| format!("First in force on {day}")));
    if let Some(first) = &form.first_in_force {
        let article = form.first_in_force_article.as_ref();
        let article = article.map_or_else(String::new, |article| format!(" ({} {article})", form.cites_as));
        dates.push(format!("First entry into force needs {}{article}", words::first_in_force(first)));
    }
    let articles: Vec<&str> =
        [&form.in_force_article, &form.accession_article].into_iter().flatten().map(String::as_str).collect();
    let article =
        if articles.is_empty() { String::new() } else { format!(" ({} {})", form.cites_as, articles.join(", ")) };
    dates.extend(form.joins.map(|rule| format!("A later consent takes effect {}{article}", words::date_rule(rule))));
    dates
}

/// What is owed after it was left.
fn owed(form: &TreatyForm) -> Vec<String> {
    let held = form.owed_where_held.as_ref().map(|article| {
        format!("Who left still owes what was begun: where the person or the data were held before ({article})")
    });
    let received = form.owed_where_received.as_ref();
    let received = received.map(|article| format!("Who left still owes what was asked of it before ({article})"));
    held.into_iter().chain(received).collect()
}

/// What it asks of offences, and that it is on surrender or on assistance alone.
fn on_one_matter(form: &TreatyForm) -> Vec<String> {
    let mut dates = Vec::new();
    if let Some(threshold) = form.threshold {
        let least = if threshold.more_than { "more than" } else { "at least" };
        let yields =
            if threshold.yields { ", unless a treaty on extradition between the two sets another" } else { "" };
        dates.push(format!(
            "Surrender needs a maximum penalty of {least} {} in both States{yields}",
            crate::law::explain::term(threshold.months)
        ));
    }
    if form.on_extradition {
        dates.push("A special treaty on extradition".to_owned());
    }
    if form.on_assistance {
        dates.push("A special treaty on mutual assistance".to_owned());
    }
    dates
}

/// A state's name in a sentence, by its code; the code where the record does not know it.
fn name_of<'a>(corpus: &'a Corpus, code: &'a str) -> Cow<'a, str> {
    corpus.library.state_coded(code).map_or(Cow::Borrowed(code), |id| corpus.library.state(id).in_prose())
}

/// The treaty as text.
#[must_use]
pub fn text(treaty: &TreatyWords) -> String {
    let mut out = String::new();
    let model = if treaty.model { ", MODEL TEXT" } else { "" };
    hang(&mut out, "", &format!("{} ({}, cited as {}{model})", treaty.title, treaty.name, treaty.cites_as));
    labelled(&mut out, 2, "Source", &treaty.source);
    labelled(&mut out, 2, "Coverage", &treaty.coverage);
    labelled(&mut out, 2, "Read", treaty.read);
    for (index, sentence) in treaty.dates.iter().enumerate() {
        labelled(&mut out, 2, if index == 0 { "Binding" } else { "" }, sentence);
    }
    let none = if treaty.articles.is_empty() { "" } else { "none" };
    labelled(&mut out, 2, "Reservable", if treaty.reservable.is_empty() { none } else { "" });
    labelled(&mut out, 2, "Reservable", &treaty.reservable.join(", "));
    labelled(&mut out, 2, "Declarable", &treaty.declarable.join(", "));
    for variant in &treaty.variants {
        let words = format!("{}: {}. Offences: {}", variant.name, variant.title, variant.words);
        labelled(&mut out, 2, "Variant", &words);
    }
    if !treaty.offences.is_empty() {
        let _ = writeln!(out, "\nOffences that its parties create ({})", treaty.offences.len());
    }
    for offence in &treaty.offences {
        hang(&mut out, "  ", &format!("{}, {}", offence.cite, words::spaced(&offence.name)));
        hang(&mut out, "      Conduct: ", &offence.conduct);
        if !offence.reservable_by.is_empty() {
            let by = offence.reservable_by.join(" or ");
            hang(&mut out, "      □ ", &format!("may be taken out by a reservation under {by}"));
        }
        if offence.read != treaty.read {
            hang(&mut out, "      Read: ", offence.read);
        }
    }
    provisions(&mut out, "Articles on co-operation", &treaty.articles, treaty.read);
    out
}

/// Provisions as text: each with what it says, when it applies, and what it does.
pub fn provisions(out: &mut String, heading: &str, articles: &[ArticleWords], file_read: &str) {
    if articles.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{heading} ({})", counted(articles.len(), "provision", "provisions"));
    for article in articles {
        let reservable = if article.reservable { " (may be reserved)" } else { "" };
        let _ = writeln!(out, "\n  {}{reservable}", article.cite);
        for rule in &article.rules {
            provision(out, rule, file_read);
        }
    }
}

fn provision(out: &mut String, rule: &RuleWords, file_read: &str) {
    hang(out, "    ", &rule.says);
    hang(out, "      For: ", &rule.measures.join(", "));
    hang(out, "      Applies: ", &rule.applies);
    for effect in &rule.effects {
        hang(out, &format!("      {} ", effect.binds.mark()), &effect.words);
    }
    if rule.read != file_read {
        hang(out, "      Read: ", rule.read);
    }
    if let Some(remark) = &rule.not_expressed {
        hang(out, "      Not expressed: ", remark);
    }
}
