//! Problems as people see them: as rustc shows its errors, or as JSON for other programs.
//!
//! Everything quoted from a file passes [`printable`] first: a file must not be able to write to a terminal.

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::sources::Sources;
use crate::base::{Place, Problem, Problems, is_hidden};

/// Longest piece of a line that is quoted, in characters.
const QUOTED: usize = 100;
/// How much of it stands before the place.
const QUOTED_BEFORE: usize = 40;
/// Longest message or advice, in characters: they can quote what somebody wrote.
const MESSAGE: usize = 400;

/// The text with control characters, invisible characters and those that turn the direction of writing shown
/// as escapes such as `\u{202e}`. Tabs become spaces; joiners stay, for Persian and others are spelt with them.
#[must_use]
pub fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    text.chars().for_each(|character| push_printable(&mut shown, character));
    shown
}

fn push_printable(shown: &mut String, character: char) {
    if character == '\t' {
        shown.push(' ');
    } else if character == '\n' || is_hidden(character) {
        shown.extend(character.escape_unicode());
    } else {
        shown.push(character);
    }
}

fn sentence(text: &str) -> String {
    match text.char_indices().nth(MESSAGE) {
        Some((cut, _)) => printable(&text[..cut]) + "…",
        None => printable(text),
    }
}

/// A sentence of advice in lines: a list of names is longer than a terminal is wide.
fn in_lines(text: &str) -> String {
    /// Beside what stands before it, that of a terminal of a hundred columns.
    const WIDEST: usize = 88;
    let mut lines: Vec<String> = Vec::new();
    let mut is_command = false;
    // What stands between grave accents is copied, and so is one word.
    let ends_word = |character: char| {
        is_command ^= character == '`';
        character == ' ' && !is_command
    };
    for word in text.split(ends_word) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDEST => line.extend([" ", word]),
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

/// A piece of one line, made printable, and the range of the place in it.
struct Quote {
    line: usize,
    column: usize,
    text: String,
    marked: std::ops::Range<usize>,
}

/// Quotes the first line of a place; `None` when it stands for a whole file, or for none.
fn quote(sources: &Sources, place: Place) -> Option<Quote> {
    if (place.start, place.end) == (0, 0) {
        return None;
    }
    let source = sources.file(place.file)?;
    let position = sources.line_column(place)?;
    let (_, line_start) = source.line_at(place.start);
    let line = source.text.get(line_start..)?;
    let line = &line[..line.find('\n').unwrap_or(line.len())];
    let line = line.trim_end_matches('\r');
    let from = (place.start as usize - line_start).min(line.len());
    let to = (place.end as usize).saturating_sub(line_start).clamp(from, line.len());
    let long = line.char_indices().nth(QUOTED).is_some();
    let before = if long { QUOTED_BEFORE } else { QUOTED };
    let first = line[..from].char_indices().rev().nth(before - 1).map_or(0, |(at, _)| at);
    let last = line[first..].char_indices().nth(QUOTED).map_or(line.len(), |(at, _)| first + at);
    let mut text = String::from(if first > 0 { "…" } else { "" });
    let mut marked = 0..0;
    for (at, character) in line[first..last].char_indices().map(|(at, character)| (first + at, character)) {
        if at <= from {
            marked.start = text.len();
        }
        push_printable(&mut text, character);
        if at < to {
            marked.end = text.len();
        }
    }
    if from >= last {
        marked.start = text.len();
    }
    if last < line.len() {
        text.push('…');
    }
    marked.end = marked.end.max(marked.start);
    Some(Quote { line: position.line, column: position.column, text, marked })
}

/// All problems in order of place, one block each.
#[must_use]
pub fn render(sources: &Sources, problems: &Problems, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let blocks: Vec<String> = in_order(problems).map(|problem| block(&renderer, sources, problem)).collect();
    blocks.join("\n\n") + if blocks.is_empty() { "" } else { "\n" }
}

fn in_order(problems: &Problems) -> impl Iterator<Item = &Problem> {
    let mut ordered: Vec<&Problem> = problems.0.iter().collect();
    ordered.sort_by_key(|problem| problem.place);
    ordered.into_iter()
}

fn block(renderer: &Renderer, sources: &Sources, problem: &Problem) -> String {
    let mut elements: Vec<Element<'_>> = Vec::new();
    let name = sources.file(problem.place.file).map(|source| sentence(&source.name));
    match (name, quote(sources, problem.place)) {
        (Some(name), Some(quote)) => {
            let shown_column = quote.text[..quote.marked.start].chars().count() + 1;
            let snippet = Snippet::source(quote.text).line_start(quote.line);
            let snippet = snippet.annotation(AnnotationKind::Primary.span(quote.marked));
            if shown_column == quote.column {
                elements.push(snippet.path(name).into());
            } else {
                // The renderer would count columns in the shortened piece, so they are given apart from it.
                elements.push(Origin::path(name).line(quote.line).char_column(quote.column).into());
                elements.push(snippet.into());
            }
        }
        (Some(name), None) => elements.push(Origin::path(name).into()),
        (None, _) => {}
    }
    if let Some(help) = &problem.help {
        elements.push(Level::HELP.message(in_lines(&sentence(help))).into());
    }
    let group = Level::ERROR.primary_title(sentence(&problem.message)).elements(elements);
    renderer.render(&[group])
}

/// All problems in order of place: `file`, `line` and `column` (from 1; null when no file holds it), `text`
/// (what stands there, shortened), `message` and `help` (or null).
#[must_use]
pub fn to_json(sources: &Sources, problems: &Problems) -> Vec<serde_json::Value> {
    let object = |problem: &Problem| {
        let quote = quote(sources, problem.place);
        serde_json::json!({
            "file": sources.file(problem.place.file).map(|source| sentence(&source.name)),
            "line": quote.as_ref().map(|quote| quote.line),
            "column": quote.as_ref().map(|quote| quote.column),
            "text": quote.as_ref().map(|quote| &quote.text[quote.marked.clone()]),
            "message": sentence(&problem.message),
            "help": problem.help.as_deref().map(sentence),
        })
    };
    in_order(problems).map(object).collect()
}

#[cfg(test)]
mod tests;
