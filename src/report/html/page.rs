//! The page round the sections.

use std::fmt::Write as _;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::base::is_hidden;
use crate::report::charts::{self, tiles};
use crate::report::{direction, lines, opinion_html};

/// How every page of this program begins, and others do not.
pub const BEGINNING: &str =
    r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="generator" content="comity">"#;

/// The look, beside that of opinions.
const STYLE: &str = include_str!("report.css");

/// A report of sections.
pub(super) fn page(title: &str, sections: &[Markup]) -> String {
    let footer = html! { p { "Results are about models, not accusations. Comity " (env!("CARGO_PKG_VERSION")) "." } };
    shell(title, &[STYLE, &charts::style(), &tiles::style()], sections, &footer)
}

/// A page with this look beside that of opinions. Its content policy lets a browser load nothing and run no script, whatever
/// the page says.
pub(in crate::report) fn shell(title: &str, styles: &[&str], sections: &[Markup], footer: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="generator" content="comity";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(opinion_html::STYLE)) @for style in styles { (PreEscaped(style)) } }
            }
            body {
                main { @for section in sections { (section) } }
                footer { (footer) }
            }
        }
    };
    direction::isolated(&unbroken(&seen(&page.into_string())))
}

/// The page with dates and bracketed intervals that no line breaks. Figures have lines of their own; commands and digests
/// may be broken anywhere.
fn unbroken(page: &str) -> String {
    const AS_THEY_ARE: [&str; 5] = ["style", "title", "svg", "pre", "code"];
    let mut out = String::with_capacity(page.len() + page.len() / 16);
    let mut rest = page;
    // Text, then a tag, until there is none.
    while let Some(begin) = rest.find('<') {
        out.push_str(&with_days(&lines::unbroken(&rest[..begin])));
        let name = rest[begin + 1..].split([' ', '>']).next().unwrap_or_default();
        let end = if AS_THEY_ARE.contains(&name) { format!("</{name}>") } else { ">".to_owned() };
        let length = rest[begin..].find(&end).map_or(rest.len() - begin, |length| length + end.len());
        out.push_str(&rest[begin..begin + length]);
        rest = &rest[begin + length..];
    }
    out + &with_days(&lines::unbroken(rest))
}

/// Days of a text as elements that no line breaks: it would at their hyphens.
fn with_days(text: &str) -> String {
    const DAY: &str = "0000-00-00";
    let is_day = |at: usize| {
        let like = |(one, shape): (&u8, u8)| if shape == b'-' { *one == b'-' } else { one.is_ascii_digit() };
        let beside = |place: usize| text.as_bytes().get(place).is_some_and(u8::is_ascii_digit);
        let day = text.as_bytes().get(at..at + DAY.len());
        let after_digit = at.checked_sub(1).is_some_and(beside);
        day.is_some_and(|day| day.iter().zip(DAY.bytes()).all(like)) && !after_digit && !beside(at + DAY.len())
    };
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for (hyphen, _) in text.match_indices('-') {
        let Some(at) = hyphen.checked_sub(4).filter(|at| *at >= from && is_day(*at)) else { continue };
        let end = at + DAY.len();
        out.extend([&text[from..at], "<time>", &text[at..end], "</time>"]);
        from = end;
    }
    out + &text[from..]
}

/// The text with characters shown that a reader would not see. The page itself needs none of them.
fn seen(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
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
        // Persian is spelt with joiners.
        assert_eq!(seen("\u{200C}"), "\u{200C}");
    }

    #[test]
    fn days_and_intervals_are_kept_on_one_line() {
        let section = html! {
            p title="2011-02-01" { "On 2011-02-01 (95 % interval 1.0 to 2.0): 12011-02-01, é-2011-02-03-04." }
            svg { text { "2011-02-01" } } pre { code { "--set to=2011-02-01" } }
        };
        let page = page("On 2011-02-01", &[section]);
        let shown = "<p title=\"2011-02-01\">On <time>2011-02-01</time> (95\u{a0}%\u{a0}interval\u{a0}1.0\u{a0}to\u{a0}2.0): \
                     12011-02-01, é-<time>2011-02-03</time>-04.</p><svg><text>2011-02-01</text></svg>\
                     <pre><code>--set to=2011-02-01</code></pre>";
        assert!(page.contains(shown) && page.contains("<title>On 2011-02-01</title>"), "{page}");
    }

    #[test]
    fn titles_are_escaped() {
        let page = page("</title><script>x</script>", &[html! { p { "<img src=x onerror=y>" } }]);
        assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
    }
}
