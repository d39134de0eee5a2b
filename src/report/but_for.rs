//! The smallest changes that would turn an opinion, as lines under it and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::lines::wrapped;
use crate::law::but_for::MOST_PAIRED;
use crate::law::{ButFor, Change, Library, Memberships, Question};

/// Columns that fit a terminal.
const WIDTH: usize = 100;

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
    let mut item = |indent: usize, mark: &str, words: &str| {
        for (index, line) in wrapped(words, WIDTH - indent - 2).iter().enumerate() {
            let mark = if index == 0 { mark } else { " " };
            let _ = writeln!(out, "{:indent$}{mark} {line}", "");
        }
    };
    for turn in &found.turns {
        let said: Vec<String> = turn.changes.iter().map(|change| change.says(library, memberships, question)).collect();
        let (last, before) = said.split_last().expect("a turn has a change");
        for change in before {
            item(4, "-", &format!("{change}, and"));
        }
        item(if before.is_empty() { 4 } else { 6 }, if before.is_empty() { "-" } else { " " }, last);
        let decision = turn.opinion.decision;
        item(7, "=", &format!("{}: {}", decision.word(), decision.meaning()));
    }
    item(4, if found.turns.is_empty() { "-" } else { " " }, &searched(found));
    out
}

/// How far the search went.
fn searched(found: &ButFor) -> String {
    let nothing = if found.turns.is_empty() { "Nothing found that would turn the answer. " } else { "" };
    let pairs = if found.pairs == 0 { String::new() } else { format!(" and {} pairs", found.pairs) };
    let bound = match found.unpaired {
        0 => String::new(),
        left => format!("; pairs were formed of the first {MOST_PAIRED} alone, {left} were left out"),
    };
    format!("{nothing}(Tried: {} single changes{pairs}{bound}.)", found.singles)
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
                "meaning": turn.opinion.decision.meaning(),
            })
        })
        .collect();
    json!({"turns": turns, "singles": found.singles, "pairs": found.pairs, "unpaired": found.unpaired})
}
