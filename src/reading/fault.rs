//! What a form found wrong, before it is put into words for people.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

use super::tree::{Kind, Node};
use crate::base::plainly;

/// The first thing wrong in one pass over a tree.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) what: What,
    pub(super) at: Option<At>,
}

/// Kinds of fault, as far as the way to go on differs.
#[derive(Debug)]
pub(super) enum What {
    UnknownKey { name: String, known: &'static [&'static str] },
    UnknownVariant { name: String, known: &'static [&'static str] },
    MissingKey(&'static str),
    Wrong { message: String, help: Option<String> },
}

/// A node of the tree by its number, or the key of one of its entries.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub(super) node: u32,
    pub(super) entry: Option<usize>,
}

impl Fault {
    pub(super) fn wrong(message: impl Into<String>) -> Self {
        What::Wrong { message: message.into(), help: None }.into()
    }

    pub(super) fn expected(expected: impl fmt::Display, found: &Node) -> Self {
        Self::wrong(format!("expected {expected}, found {}", describe(found)))
    }

    pub(super) fn help(mut self, advice: &str) -> Self {
        if let What::Wrong { help, .. } = &mut self.what {
            *help = Some(advice.to_owned());
        }
        self
    }

    /// Adds the place unless a more precise one, from further inside, is known.
    pub(super) fn at(mut self, node: u32, entry: Option<usize>) -> Self {
        self.at.get_or_insert(At { node, entry });
        self
    }
}

impl From<What> for Fault {
    fn from(what: What) -> Self {
        Self { what, at: None }
    }
}

/// What stands there, for "expected …, found …".
fn describe(node: &Node) -> String {
    match &node.kind {
        Kind::Nothing => "nothing".into(),
        Kind::Scalar { text, plain: true } => quoted(text),
        Kind::Scalar { text, plain: false } => format!("the text {}", quoted(text)),
        Kind::List(_) => "a list".into(),
        Kind::Map(_) => "a map".into(),
    }
}

/// A text in backticks, cut where a message would become unreadable.
fn quoted(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("`{}…`", &text[..cut]),
        None => format!("`{text}`"),
    }
}

fn unexpected(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => format!("`{value}`"),
        Unexpected::Unsigned(value) => format!("`{value}`"),
        Unexpected::Signed(value) => format!("`{value}`"),
        Unexpected::Float(value) => format!("`{}`", plainly(value)),
        Unexpected::Str(text) => quoted(text),
        Unexpected::Unit | Unexpected::Option => "nothing".into(),
        Unexpected::Seq => "a list".into(),
        Unexpected::Map => "a map".into(),
        Unexpected::UnitVariant => "a name without a value".into(),
        Unexpected::NewtypeVariant | Unexpected::TupleVariant | Unexpected::StructVariant => {
            "a name with a value".into()
        }
        other => other.to_string(),
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            What::UnknownKey { name, .. } => write!(formatter, "unknown key `{name}`"),
            What::UnknownVariant { name, .. } => write!(formatter, "unknown value `{name}`"),
            What::MissingKey(name) => write!(formatter, "the key `{name}` is missing"),
            What::Wrong { message, .. } => formatter.write_str(message),
        }
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::wrong(message.to_string())
    }
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        // Serde's own words for `NonZero` name a type of Rust.
        let expected = if expected.starts_with("a nonzero ") { "a whole number from 1" } else { &expected };
        Self::wrong(format!("expected {expected}, found {}", unexpected(found)))
    }
    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }
    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::wrong(format!("expected {expected}, found {length}"))
    }
    fn unknown_variant(name: &str, known: &'static [&'static str]) -> Self {
        What::UnknownVariant { name: name.to_owned(), known }.into()
    }
    fn unknown_field(name: &str, known: &'static [&'static str]) -> Self {
        What::UnknownKey { name: name.to_owned(), known }.into()
    }
    fn missing_field(name: &'static str) -> Self {
        What::MissingKey(name).into()
    }
    fn duplicate_field(name: &'static str) -> Self {
        Self::wrong(format!("the key `{name}` is written twice, once under another name"))
    }
}
