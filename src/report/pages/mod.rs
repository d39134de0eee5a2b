//! The reference pages under `docs/reference`, written from the law files: one page a treaty, one a state, one of
//! grounds, one of facts. The same data give the same bytes, one line a thing, so that a change reads well.

mod law;
mod lists;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::scenario::Corpus;

/// How every page begins: by this the command knows its own pages.
pub const MARK: &str = "<!-- Written by `comity law pages docs/reference`";

/// Every page, by its path below the folder.
#[must_use]
pub fn all(corpus: &Corpus) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for form in &corpus.treaties {
        pages.insert(format!("treaties/{}.md", form.treaty.value), law::treaty(corpus, form));
    }
    for form in &corpus.states {
        pages.insert(format!("states/{}.md", form.state.to_lowercase()), law::state(corpus, form));
    }
    pages.insert("states/README.md".to_owned(), lists::states(corpus));
    pages.insert("grounds.md".to_owned(), lists::grounds(corpus));
    pages.insert("facts.md".to_owned(), lists::facts(corpus));
    pages.insert("README.md".to_owned(), lists::index(corpus));
    pages
}

/// The head of a page.
fn head(from: &str, title: &str) -> String {
    format!("{MARK} from {from}: change that, not this page. -->\n# {}\n\n", escaped(title))
}

/// Text that Markdown takes as it stands.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match character {
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(character),
        }
    }
    out
}

/// A row of a table.
fn row(out: &mut String, cells: &[&str]) {
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

/// The head of a table.
fn columns(out: &mut String, headings: &[&str]) {
    row(out, headings);
    let _ = writeln!(out, "|{}", "---|".repeat(headings.len()));
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn markdown_takes_text_as_it_stands() {
        assert_eq!(escaped("a | b_c *d* <script> [x](y)\n- e"), r"a \| b\_c \*d\* &lt;script&gt; \[x\](y) - e");
    }
}
