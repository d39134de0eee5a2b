//! A tree as text again: YAML in flow style that reads back to the same tree, places and remarks apart.

use std::fmt::Write as _;

use super::tree::{Kind, Node};

/// The tree as one line of YAML.
#[must_use]
pub fn written(node: &Node) -> String {
    let mut text = String::new();
    write(node, &mut text);
    text
}

fn write(node: &Node, into: &mut String) {
    match &node.kind {
        Kind::Nothing => into.push('~'),
        Kind::Scalar { text, plain } => scalar(text, *plain, into),
        Kind::List(items) => {
            into.push('[');
            for (index, item) in items.iter().enumerate() {
                into.push_str(if index == 0 { "" } else { ", " });
                write(item, into);
            }
            into.push(']');
        }
        Kind::Map(entries) => {
            into.push('{');
            for (index, (key, value)) in entries.iter().enumerate() {
                into.push_str(if index == 0 { "" } else { ", " });
                scalar(&key.text, true, into);
                into.push_str(": ");
                write(value, into);
            }
            into.push('}');
        }
    }
}

/// Bare only where nothing in it could be taken for anything else: numbers, dates and words.
fn scalar(text: &str, plain: bool, into: &mut String) {
    let bare = |character: char| character.is_ascii_alphanumeric() || "_.+-".contains(character);
    let word = text.starts_with(|first: char| first.is_ascii_alphanumeric())
        || text.trim_start_matches(['-', '+', '.']).starts_with(|first: char| first.is_ascii_digit());
    if plain && word && text.chars().all(bare) && !matches!(text.to_lowercase().as_str(), "null") {
        into.push_str(text);
        return;
    }
    into.push('"');
    for character in text.chars() {
        match character {
            '"' => into.push_str("\\\""),
            '\\' => into.push_str("\\\\"),
            '\n' => into.push_str("\\n"),
            '\t' => into.push_str("\\t"),
            '\r' => into.push_str("\\r"),
            // Line ends of Unicode, and what no editor writes.
            _ if character.is_control() || matches!(character, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(into, "\\u{:04x}", u32::from(character));
            }
            _ => into.push(character),
        }
    }
    into.push('"');
}

#[cfg(test)]
mod tests {
    use super::written;
    use crate::reading::parse;

    #[test]
    fn what_was_quoted_stays_a_text() {
        let text = "{a: \"5\", b: 5, c: -1.5e3, c2: -.5, d: \"null\", e: ~, f: \"two\\nlines \\\"x\\\" \\u2028\", g: [never, '']}";
        let tree = parse(0, text).expect("a tree");
        assert_eq!(written(&tree), text.replace("''", "\"\""));
    }
}
