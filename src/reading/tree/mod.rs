//! The tree of a YAML file: every value and key with its place, nothing interpreted.
//!
//! Deliberately absent: anchors, aliases, tags and merge keys (a file must read the same from top to bottom,
//! and a few bytes must not stand for many), and any guess at types: `no`, `010` and `1.0` are texts until a
//! form asks for something else.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use super::MAX_PROBLEMS;
use super::offsets::{Offsets, short};
use super::syntax;
use super::unread::Unread;
use crate::base::{Place, Problem, Problems};

/// Longest file, in bytes: the largest of the library is a hundredth of this, and places fit 32 bits.
pub const MAX_FILE_BYTES: usize = 1024 * 1024;
/// Deepest nesting of lists and maps. Scenarios need six; every later walk over a tree recurses this deep.
pub const MAX_DEPTH: usize = 32;
/// Most values of one reading, included files counted: bounds the memory at a few megabytes.
pub const MAX_NODES: u32 = 50_000;

/// One value of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Number within its file, in order of writing. Not unique once files are laid over one another.
    pub id: u32,
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub kind: Kind,
}

/// What a value is, as far as the writing shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing written, `~` or `null`.
    Nothing,
    /// A text; `plain` when it is not in quotes and no block.
    Scalar {
        /// The text, escapes and folding resolved.
        text: String,
        /// Written without quotes.
        plain: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A map, in order of writing, without duplicate keys.
    Map(Vec<(Key, Node)>),
}

/// The key of a map's entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl Node {
    /// The value under a key, if this is a map that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(known, _)| known.text == key).map(|(_, value)| value)
    }

    /// Takes an entry out of a map, if it is there.
    pub fn remove(&mut self, key: &str) -> Option<(Key, Self)> {
        let Kind::Map(entries) = &mut self.kind else { return None };
        let index = entries.iter().position(|(known, _)| known.text == key)?;
        Some(entries.remove(index))
    }

    /// The entries of a map; none of anything else.
    #[must_use]
    pub fn entries(&self) -> &[(Key, Self)] {
        if let Kind::Map(entries) = &self.kind { entries } else { &[] }
    }

    /// The text, if this is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Kind::Scalar { text, .. } = &self.kind { Some(text) } else { None }
    }
}

/// The tree of a text.
///
/// # Errors
/// All mistakes of writing up to the first one after which the rest cannot be understood.
pub fn parse(file: u32, text: &str) -> Result<Node, Unread> {
    parse_within(file, text, &mut { MAX_NODES })
}

/// [`parse`], with the number of values that all files of this reading may still hold.
///
/// # Errors
/// As [`parse`].
pub(super) fn parse_within(file: u32, text: &str, nodes_left: &mut u32) -> Result<Node, Unread> {
    check_characters(file, text).map_err(Unread::of)?;
    let mut builder = Builder {
        offsets: Offsets::new(file, text),
        text,
        open: Vec::new(),
        root: None,
        next_id: 0,
        nodes_left,
        problems: Problems::default(),
        is_clear: true,
    };
    if let Err(fatal) = builder.run() {
        builder.problems.push(fatal);
        return Err(Unread { problems: builder.problems, tree: None });
    }
    let whole = Place { file, start: 0, end: 0 };
    match (builder.root, builder.problems) {
        (Some(root), problems) if problems.0.is_empty() && root.kind != Kind::Nothing => Ok(root),
        (_, problems) if problems.0.is_empty() => Err(Unread::of(Problem::new(whole, "the file is empty"))),
        (tree, problems) => Err(Unread { problems, tree: tree.filter(|_| builder.is_clear) }),
    }
}

/// Refuses what no text editor writes. The parser takes a NUL for the end of the file, so what follows one
/// would be ignored in silence.
fn check_characters(file: u32, text: &str) -> Result<(), Problem> {
    if text.len() > MAX_FILE_BYTES {
        return Err(too_large(file));
    }
    let refused = |character: char| match character {
        '\t' | '\n' | '\r' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        _ => character.is_control(),
    };
    // A byte order mark is an editor's habit at the very start, and an invisible trap anywhere else.
    let mark = |start: usize, character: char| character == '\u{feff}' && start != 0;
    match text.char_indices().find(|(start, character)| refused(*character) || mark(*start, *character)) {
        None => Ok(()),
        Some((start, character)) => {
            let place = Place { file, start: short(start), end: short(start + character.len_utf8()) };
            let message = format!("the file holds the control character U+{:04X}", u32::from(character));
            Err(Problem::new(place, message).help("only plain UTF-8 text is read"))
        }
    }
}

fn too_deep(place: Place) -> Problem {
    Problem::new(place, format!("lists and maps are nested deeper than {MAX_DEPTH}"))
}

/// The problem of a file beyond [`MAX_FILE_BYTES`].
pub(super) fn too_large(file: u32) -> Problem {
    Problem::new(Place { file, start: 0, end: 0 }, format!("the file is larger than {MAX_FILE_BYTES} bytes"))
}

/// A list or map whose end has not come yet.
struct Open {
    start: Place,
    content: OpenContent,
}

enum OpenContent {
    List(Vec<Node>),
    /// What was written last, which is no entry where its key was written before.
    Map {
        entries: Vec<(Key, Node)>,
        seen: BTreeMap<String, u32>,
        key: Option<Key>,
        last: Option<Place>,
    },
}

struct Builder<'t> {
    text: &'t str,
    offsets: Offsets,
    open: Vec<Open>,
    root: Option<Node>,
    next_id: u32,
    nodes_left: &'t mut u32,
    problems: Problems,
    /// Whether it is known which value every key has.
    is_clear: bool,
}

impl Builder<'_> {
    fn run(&mut self) -> Result<(), Problem> {
        // Events are pulled one by one: the parser's own loader recurses, and could not be stopped.
        let mut parser = Parser::new_from_str(self.text);
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| self.syntax(&error))?;
            let place = self.offsets.place(span);
            match event {
                Event::DocumentStart(_) if self.root.is_some() => {
                    return Err(Problem::new(place, "a second document begins here; a file holds one"));
                }
                // Its anchor, without which the parser stops, has been refused already.
                Event::Alias(_) => self.value(place, Kind::Nothing)?,
                Event::Scalar(text, style, anchor, tag) => {
                    self.refuse_marks(place, anchor, tag.is_some());
                    self.scalar(place, &text, style)?;
                }
                Event::SequenceStart(anchor, tag) => {
                    self.refuse_marks(place, anchor, tag.is_some());
                    self.open(place, OpenContent::List(Vec::new()))?;
                }
                Event::MappingStart(anchor, tag) => {
                    self.refuse_marks(place, anchor, tag.is_some());
                    let content =
                        OpenContent::Map { entries: Vec::new(), seen: BTreeMap::new(), key: None, last: None };
                    self.open(place, content)?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(place)?,
                Event::DocumentStart(_) => self.refuse_directives(place),
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            }
        }
        Ok(())
    }

    fn syntax(&self, error: &ScanError) -> Problem {
        let place = self.offsets.point(error);
        if error.info().contains("unknown anchor") {
            return Problem::new(place, "aliases (`*name`) are refused").help("write the value out");
        }
        // The parser looks ahead for a `:` behind a bracket, and meets its own limit of 255 before ours.
        if error.info().contains("recursion limit") {
            return too_deep(place);
        }
        syntax::problem(self.text, place, error.info())
    }

    fn report(&mut self, problem: Problem) {
        if self.problems.0.len() < MAX_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// The parser passes over directives that it does not know, and nothing is to be ignored in silence.
    fn refuse_directives(&mut self, document: Place) {
        let mut start = 0;
        for line in self.text[..document.start as usize].split_inclusive('\n') {
            if line.starts_with('%') && line.trim_end() != "%YAML 1.2" {
                let place = Place { start: short(start), end: short(start + line.trim_end().len()), ..document };
                self.report(Problem::new(place, "directives (`%NAME`) are refused").help("leave the line out"));
            }
            start += line.len();
        }
    }

    fn refuse_marks(&mut self, place: Place, anchor: usize, tagged: bool) {
        if anchor > 0 {
            self.report(
                Problem::new(place, "anchors (`&name`) are refused").help("write the value out where it is used"),
            );
        }
        if tagged {
            self.report(Problem::new(place, "tags (`!name`) are refused").help("leave the tag out"));
        }
    }

    fn scalar(&mut self, place: Place, text: &str, style: ScalarStyle) -> Result<(), Problem> {
        let plain = style == ScalarStyle::Plain;
        if let Some(OpenContent::Map { key: key @ None, .. }) = self.open.last_mut().map(|open| &mut open.content) {
            *key = Some(Key { text: text.to_owned(), place });
            if plain && text == "<<" {
                self.report(Problem::new(place, "merge keys (`<<`) are refused").help("write the entries out"));
            }
            if text.is_empty() {
                self.is_clear = false;
                self.report(Problem::new(place, "a key is missing here"));
            }
            return Ok(());
        }
        let kind = match text {
            "" | "~" | "null" | "Null" | "NULL" if plain => Kind::Nothing,
            _ => Kind::Scalar { text: text.to_owned(), plain },
        };
        self.value(place, kind)
    }

    fn open(&mut self, start: Place, content: OpenContent) -> Result<(), Problem> {
        if let Some(OpenContent::Map { key: None, .. }) = self.open.last().map(|open| &open.content) {
            return Err(Problem::new(start, "a key must be a text, not a list or a map"));
        }
        if self.open.len() == MAX_DEPTH {
            return Err(too_deep(start));
        }
        self.open.push(Open { start, content });
        Ok(())
    }

    fn close(&mut self, end: Place) -> Result<(), Problem> {
        let Some(Open { start, content }) = self.open.pop() else { return Ok(()) };
        let (kind, last) = match content {
            OpenContent::List(items) => {
                let last = items.last().map(|item| item.place);
                (Kind::List(items), last)
            }
            OpenContent::Map { entries, last, .. } => (Kind::Map(entries), last),
        };
        // The end of a block is noticed only at what follows it; a bracket is itself the end.
        let bracketed = self.text[..end.end as usize].ends_with([']', '}']) && end.end > end.start;
        let last = if bracketed { end.end } else { last.map_or(start.end, |last| last.end) };
        self.value(Place { end: last.max(start.end), ..start }, kind)
    }

    fn value(&mut self, place: Place, kind: Kind) -> Result<(), Problem> {
        let Some(left) = self.nodes_left.checked_sub(1) else {
            return Err(Problem::new(place, format!("more than {MAX_NODES} values, included files counted")));
        };
        *self.nodes_left = left;
        let node = Node { id: self.next_id, place, kind };
        self.next_id += 1;
        let mut duplicate = None;
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(OpenContent::List(items)) => items.push(node),
            Some(OpenContent::Map { entries, seen, key, last }) => {
                let Some(key) = key.take() else {
                    return Err(Problem::new(place, "a key must be a text"));
                };
                *last = Some(node.place.max(key.place));
                if let Some(first) = seen.get(&key.text) {
                    duplicate = Some((key, *first));
                } else {
                    seen.insert(key.text.clone(), key.place.start);
                    entries.push((key, node));
                }
            }
        }
        if let Some((key, first)) = duplicate {
            let line = self.text[..first as usize].matches('\n').count() + 1;
            let message = format!("the key `{}` is written twice in this map", key.text);
            self.report(
                Problem::new(key.place, message).help(format!("`{}` was first written on line {line}", key.text)),
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
