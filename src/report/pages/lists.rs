//! The index, and the pages of states by name, grounds and facts.

use std::fmt::Write as _;

use super::{columns, escaped, head, row};
use crate::law::GroundCode;
use crate::report::law::facts::{self, GroundUses, KINDS, kind_words};
use crate::report::law::in_force::InForce;
use crate::report::law::list;
use crate::report::lines::capital;
use crate::report::marks::{self, Tone};
use crate::scenario::Corpus;

pub(super) fn index(corpus: &Corpus) -> String {
    let mut out = head("law/", "Reference");
    let _ = writeln!(
        out,
        "What the law files say, in words: written by a command, held current by a test. The record is current to {}.",
        corpus.as_of
    );
    out.push_str("\n■ must, □ may, ● complies, ◇ later or under a condition, · nothing binds.\n");
    let _ = writeln!(out, "\n- [Grounds](grounds.md): every ground and where it stands");
    let _ = writeln!(out, "- [Facts](facts.md): every fact that a condition may name, and where it is used");
    let _ = writeln!(out, "- [States](states/README.md): all of the record, those with a law file first");
    out.push_str("\n## Treaties\n\n");
    columns(&mut out, &["Treaty", "Cited as", "In force since", "Parties", "Offences", "Provisions", "Read"]);
    for treaty in list::treaties(corpus, corpus.as_of) {
        let model = if treaty.model { " (model text)" } else { "" };
        let title = format!("[{}](treaties/{}.md){model}", escaped(&treaty.title), treaty.name);
        let since = match treaty.in_force {
            InForce { since: Some(since), applies_from: None, applied_provisionally_from: None } => since.to_string(),
            _ => treaty.since(corpus.as_of),
        };
        let parties = treaty.parties.map_or_else(String::new, |count| count.to_string());
        let (offences, articles) = (treaty.offences.to_string(), treaty.articles.to_string());
        let cites_as = escaped(&treaty.cites_as);
        row(&mut out, &[&title, &cites_as, &since, &parties, &offences, &articles, treaty.read]);
    }
    out
}

pub(super) fn states(corpus: &Corpus) -> String {
    let mut out = head("law/states and law/status", "States");
    out.push_str("## With a law file\n\n");
    columns(&mut out, &["State", "Code", "Offences", "Provisions", "Treaties in force for it"]);
    let states = list::states(corpus, corpus.as_of);
    for state in states.iter().filter(|state| state.rules.is_some()) {
        let name = format!("[{}]({}.md)", escaped(&state.name), state.code.to_lowercase());
        let count = |count: Option<usize>| count.map_or_else(|| "not entered".to_owned(), |count| count.to_string());
        let treaties = state.treaties.to_string();
        row(&mut out, &[&name, &state.code, &count(state.offences), &count(state.rules), &treaties]);
    }
    out.push_str("\n## By name only\n\n");
    out.push_str("Of these the record knows what they signed, joined and reserved; their own law is not here.\n\n");
    columns(&mut out, &["State", "Code", "Treaties in force for it"]);
    for state in states.iter().filter(|state| state.rules.is_none()) {
        row(&mut out, &[&escaped(&state.name), &state.code, &state.treaties.to_string()]);
    }
    out
}

pub(super) fn grounds(corpus: &Corpus) -> String {
    let mut out = head("law/treaties and law/states", "Grounds");
    out.push_str(
        "The reasons for which a request may or must be refused or postponed, and every provision that uses\n",
    );
    out.push_str("them. ■ MUST refuse binds the requested State; □ may refuse and ◇ may postpone leave it a choice.\n");
    let mut uses = facts::grounds(corpus);
    for code in GroundCode::ALL {
        let _ = writeln!(out, "\n## {}\n\n{}.", code.code(), capital(&escaped(code.meaning())));
        let found = uses.remove(code).unwrap_or_default();
        if found.used.is_empty() {
            out.push_str("\nNo provision names it; the decision procedure itself may.\n");
        } else {
            out.push('\n');
            used(&mut out, &found);
        }
        if !found.barred.is_empty() {
            let _ = writeln!(
                out,
                "\nIt may not be used where one of these applies: {}.",
                escaped(&found.barred.join(", "))
            );
        }
    }
    out
}

fn used(out: &mut String, uses: &GroundUses) {
    columns(out, &["How", "Provision", "Of", "For", "Applies", "What it says"]);
    for ground in &uses.used {
        let how = format!("{} {}", Tone::of_force(ground.force).mark(), marks::force(ground.force));
        let of = format!("[{}]({})", escaped(&ground.of), ground.page);
        let (applies, says) = (escaped(&ground.applies), escaped(&ground.says));
        row(out, &[&how, &escaped(&ground.cite), &of, &ground.measures, &applies, &says]);
    }
}

pub(super) fn facts(corpus: &Corpus) -> String {
    let mut out = head("law/facts.yaml", "Facts");
    let all = facts::facts(corpus, None);
    let _ = writeln!(out, "The closed list: conditions of treaties, laws and cases name these {} facts.", all.len());
    for kind in KINDS {
        let (word, meaning) = kind_words(kind);
        let _ = writeln!(out, "\n## {}\n\n{meaning}.\n", capital(word));
        columns(&mut out, &["Fact", "Question", "Used in"]);
        for fact in all.iter().filter(|fact| fact.kind == kind) {
            let mut asks = escaped(&fact.asks);
            if let Some(judge) = fact.judged_by {
                let _ = write!(asks, " Judged by {judge}.");
            }
            if let Some(when) = &fact.when {
                let _ = write!(asks, " Holds if {}.", escaped(when));
            }
            row(&mut out, &[&format!("`{}`", fact.name), &asks, &escaped(&fact.used_in.join(", "))]);
        }
    }
    out
}
