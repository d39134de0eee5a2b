//! The page round the sections.

use std::fmt::Write as _;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::report::charts::tiles;
use crate::report::opinion_html;

/// The look, beside that of opinions.
const STYLE: &str = include_str!("report.css");

/// A page of sections. Its content policy lets a browser load nothing and run no script, whatever the page says.
pub(super) fn page(title: &str, sections: &[Markup]) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(opinion_html::STYLE)) (PreEscaped(STYLE)) (PreEscaped(tiles::style())) }
            }
            body {
                main { @for section in sections { (section) } }
                footer {
                    p { "Results are about models, not accusations. Comity " (env!("CARGO_PKG_VERSION")) "." }
                }
            }
        }
    };
    seen(&page.into_string())
}

/// The text with characters shown that a reader would not see: controls, and marks that turn the direction in which
/// the text round them is read. The page itself needs none of them.
fn seen(text: &str) -> String {
    let unseen = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
    };
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if unseen(character) {
            let _ = write!(out, "\u{FFFD}U+{:04X}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_the_reading_direction_is_shown() {
        assert_eq!(seen("a\u{202E}b\u{7}c\nd"), "a\u{FFFD}U+202Eb\u{FFFD}U+0007c\nd");
    }

    #[test]
    fn titles_are_escaped() {
        let page = page("</title><script>x</script>", &[html! { p { "<img src=x onerror=y>" } }]);
        assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
    }
}
