//! The smallest changes that would turn an opinion: as lines under it, on its page, and as JSON.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::lines::{counted, hang};
use super::marks::Tone;
use crate::law::but_for::MOST_PAIRS;
use crate::law::{ButFor, Change, Library, Memberships, Question};

/// Indented lines, under the steps of the opinion: each turn with its changes and the answer they bring. Nothing
/// where there was nothing to search, because the request is granted.
///
/// # Panics
/// Never: every turn found has at least one change.
#[must_use]
pub fn text(library: &Library, memberships: &Memberships, question: &Question, found: &ButFor) -> String {
    if found.singles == 0 {
        return String::new();
    }
    let mut out = String::from("  But for\n");
    let mut item = |indent: usize, mark: &str, words: &str| hang(&mut out, &format!("{:indent$}{mark} ", ""), words);
    for turn in &found.turns {
        let said: Vec<String> = turn.changes.iter().map(|change| change.says(library, memberships, question)).collect();
        let (last, before) = said.split_last().expect("a turn has a change");
        for change in before {
            item(4, "-", &format!("{change}, and"));
        }
        item(if before.is_empty() { 4 } else { 6 }, if before.is_empty() { "-" } else { " " }, last);
        let decision = turn.opinion.decision;
        item(7, "=", &format!("{}: {}", decision.word(), decision.meaning_for(question.measure)));
    }
    item(4, if found.turns.is_empty() { "-" } else { " " }, &searched(found));
    out
}

/// How far the search went.
fn searched(found: &ButFor) -> String {
    let nothing = if found.turns.is_empty() { "Nothing found that would turn the answer. " } else { "" };
    let pairs =
        if found.pairs == 0 { String::new() } else { format!(" and {}", counted(found.pairs, "pair", "pairs")) };
    let bound = match found.untried {
        0 => String::new(),
        1 => format!("; 1 larger pair was left out, beyond the {MOST_PAIRS} that are tried at most"),
        left => format!("; {left} larger pairs were left out, beyond the {MOST_PAIRS} that are tried at most"),
    };
    let singles = counted(found.singles, "single change", "single changes");
    format!("{nothing}(Tried: {singles}{pairs}{bound}. Whether a State's constitution allows a law is not looked at.)")
}

/// The same for a page, without its heading. Nothing where there was nothing to search.
#[must_use]
pub fn html(library: &Library, memberships: &Memberships, question: &Question, found: &ButFor) -> Markup {
    html! {
        @if found.singles > 0 {
            ul.turns {
                @for turn in &found.turns {
                    @let tone = Tone::of_decision(turn.opinion.decision);
                    li class=(tone.name()) {
                        @for (index, change) in turn.changes.iter().enumerate() {
                            p.change {
                                @if index > 0 { strong { "and " } }
                                (change.says(library, memberships, question))
                            }
                        }
                        p.turned {
                            span.mark aria-hidden="true" { (tone.mark()) } " "
                            strong { (turn.opinion.decision.word().replace('_', " ")) } ": "
                            (turn.opinion.decision.meaning_for(question.measure))
                        }
                    }
                }
            }
            p.bound { (searched(found)) }
        }
    }
}

/// The same as JSON.
#[must_use]
pub fn json(library: &Library, memberships: &Memberships, question: &Question, found: &ButFor) -> Value {
    let change = |change: &Change| {
        json!({
            "kind": change.kind(),
            "state": change.actor().map(|state| library.state(state).code.as_str()),
            "says": change.says(library, memberships, question),
        })
    };
    let turns: Vec<Value> = found
        .turns
        .iter()
        .map(|turn| {
            json!({
                "changes": turn.changes.iter().map(change).collect::<Vec<_>>(),
                "decision": turn.opinion.decision,
                "meaning": turn.opinion.decision.meaning_for(question.measure),
            })
        })
        .collect();
    json!({"turns": turns, "singles": found.singles, "pairs": found.pairs, "untried": found.untried})
}
