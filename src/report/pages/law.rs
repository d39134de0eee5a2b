//! Pages of treaties and states.

use std::fmt::Write as _;

use super::{columns, escaped, head, row};
use crate::law::forms::{StateForm, TreatyForm};
use crate::report::law::state::{self as states, DomesticWords};
use crate::report::law::status::{self, Standing};
use crate::report::law::treaty as treaties;
use crate::report::law::words::{self, ArticleWords, spaced};
use crate::scenario::Corpus;

pub(super) fn treaty(corpus: &Corpus, form: &TreatyForm) -> String {
    let words = treaties::treaty(corpus, form, None);
    let mut out = head(&format!("law/treaties/{}.yaml", words.name), &words.title);
    if words.model {
        out.push_str("**A model text: no State is bound by it.**\n\n");
    }
    let _ = writeln!(out, "- Name: `{}`, cited as {}", words.name, escaped(&words.cites_as));
    let _ = writeln!(out, "- Source: {}", escaped(&words.source));
    let _ = writeln!(out, "- Coverage: {}", escaped(&words.coverage));
    let _ = writeln!(out, "- Read: {}", words.read);
    out.push_str("\n## How it binds\n\n");
    for sentence in &words.dates {
        let _ = writeln!(out, "- {}", escaped(sentence));
    }
    let list = |articles: &[String]| escaped(&articles.join(", "));
    if words.reservable.is_empty() {
        out.push_str("- It allows no reservation that has an effect here\n");
    } else {
        let _ = writeln!(out, "- Reservations are allowed to {}", list(&words.reservable));
    }
    if !words.declarable.is_empty() {
        let _ = writeln!(out, "- Declarations have an effect under {}", list(&words.declarable));
    }
    if let Some(status) =
        status::status(corpus, &words.name, corpus.table_ends(&words.name).unwrap_or(corpus.as_of), None)
    {
        let _ = writeln!(out, "- On {}: {} (`comity law status {}`)", status.on, status.in_numbers(), words.name);
    }
    if !words.variants.is_empty() {
        out.push_str("\n## Variants\n\n");
        columns(&mut out, &["Variant", "Title", "Offences"]);
        for variant in &words.variants {
            row(&mut out, &[&format!("`{}`", variant.name), &escaped(&variant.title), &escaped(&variant.words)]);
        }
    }
    if !words.offences.is_empty() {
        out.push_str("\n## Offences that its parties create\n\n");
        columns(&mut out, &["Article", "Offence", "Conduct", "May be reserved by"]);
        for offence in &words.offences {
            let by = offence.reservable_by.join(", ");
            let conduct = escaped(&offence.conduct);
            row(&mut out, &[&escaped(&offence.cite), &spaced(&offence.name), &conduct, &escaped(&by)]);
        }
    }
    provisions(&mut out, "Articles on co-operation", &words.articles);
    out
}

/// Provisions, each under its own heading.
fn provisions(out: &mut String, heading: &str, articles: &[ArticleWords]) {
    if articles.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n## {heading}");
    for article in articles {
        let _ = writeln!(out, "\n### {}", escaped(&article.cite));
        if article.reservable {
            out.push_str("\nMay be reserved.\n");
        }
        for rule in &article.rules {
            let _ = writeln!(out, "\n{}\n", escaped(&rule.says));
            let _ = writeln!(out, "- For: {}", rule.measures.join(", "));
            let _ = writeln!(out, "- Applies: {}", escaped(&rule.applies));
            for effect in &rule.effects {
                let _ = writeln!(out, "- {} {}", effect.binds.mark(), escaped(&effect.words));
            }
            let _ = writeln!(out, "- Read: {}", rule.read);
            if let Some(remark) = &rule.not_expressed {
                let _ = writeln!(out, "- Not expressed: {}", escaped(remark));
            }
        }
    }
}

pub(super) fn state(corpus: &Corpus, form: &StateForm) -> String {
    let code = form.state.as_str();
    let mut out = head(&format!("law/states/{}.yaml", code.to_lowercase()), &form.name);
    let law = states::law(&form.source, &form.coverage, &form.law, None);
    let _ = writeln!(out, "- Code: {code}");
    let _ = writeln!(out, "- Source: {}", escaped(&law.source));
    let _ = writeln!(out, "- Coverage: {}", escaped(&law.coverage));
    for sentence in &law.extradition {
        let _ = writeln!(out, "- {}", escaped(sentence));
    }
    out.push_str("\n## Offences\n\n");
    if law.penal_law_entered {
        offences(&mut out, &law.offences);
    } else {
        let _ = writeln!(out, "{}", states::NOT_ENTERED);
    }
    provisions(&mut out, "Rules on co-operation", &law.rules);
    memberships(&mut out, corpus, code);
    out
}

fn offences(out: &mut String, all: &[DomesticWords]) {
    columns(out, &["Statute", "Offence", "Conduct", "Maximum", "In force", "Read"]);
    for offence in all {
        let days = words::days(offence.from, offence.until).unwrap_or_default();
        let (cite, conduct) = (escaped(&offence.cite), escaped(&offence.conduct));
        row(out, &[&cite, &spaced(&offence.name), &conduct, &offence.maximum, &days, offence.read]);
    }
}

fn memberships(out: &mut String, corpus: &Corpus, code: &str) {
    let Some(id) = corpus.library.state_coded(code) else { return };
    let words = states::state(corpus, id, None);
    let _ = writeln!(out, "\n## Treaties, on {}\n", corpus.as_of);
    if words.memberships.is_empty() {
        out.push_str("None here.\n");
        return;
    }
    columns(out, &["Treaty", "Stands", "Reservations and declarations on record"]);
    for membership in &words.memberships {
        let statements: Vec<String> = membership.statements.iter().map(|made| escaped(&made.words())).collect();
        let treaty = format!("[{}](../treaties/{}.md)", escaped(&membership.title), membership.treaty);
        let standing = match membership.standing {
            Standing::Party(day) => format!("■ bound since {day}"),
            other => format!("{} {}", other.mark(), other.words()),
        };
        row(out, &[&treaty, &standing, &statements.join("<br>")]);
    }
}
