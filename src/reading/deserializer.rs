//! Serde's view of a tree: each scalar becomes what the form asks for, or a fault that says what was asked.
//!
//! Values that were neutralised after a fault are made up here (see [`Guesses`]), so that a pass over the form
//! can get beyond them.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Expected, Visitor};

use super::access::{Choice, Entries, Items, WithPlace};
use super::fault::Fault;
use super::scalars::{decimal, finite};
use super::tree::{Key, Kind, Node};
use crate::base::one_or_many::ONE_OR_MANY;
use crate::base::place::SPANNED;

/// Nodes whose content is made up, and how many guesses their form has turned down already.
pub(super) type Guesses = BTreeMap<u32, u8>;

/// Guesses before a value is given up: enough for one of each shape below.
pub(super) const MAX_GUESSES: u8 = 6;

/// A name, a date, a number and the empty text satisfy nearly every check of a single value.
const GUESSED_TEXTS: [&str; 4] = ["a", "2000-01-01", "1", ""];
const GUESSED_NUMBERS: [&str; 3] = ["1", "0", "2"];

/// A value of the tree.
#[derive(Clone, Copy)]
pub(super) struct Value<'t> {
    pub(super) node: &'t Node,
    pub(super) guesses: &'t Guesses,
}

impl<'t> Value<'t> {
    /// Runs a seed over this value and puts the place to what it complains about.
    pub(super) fn read<'de, S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Fault> {
        seed.deserialize(self).map_err(|fault| fault.at(self.node.id, None))
    }

    pub(super) fn child(self, node: &'t Node) -> Self {
        Self { node, ..self }
    }

    pub(super) fn guess(self) -> Option<usize> {
        self.guesses.get(&self.node.id).copied().map(usize::from)
    }

    fn text(self) -> Result<&'t str, Fault> {
        if let Some(guess) = self.guess() {
            return Ok(GUESSED_TEXTS[guess % GUESSED_TEXTS.len()]);
        }
        self.node.text().ok_or_else(|| Fault::expected("text", self.node))
    }

    /// The text of an unquoted scalar that the form wants as something other than text.
    fn plain(self, expected: &str) -> Result<&'t str, Fault> {
        if let Some(guess) = self.guess() {
            return Ok(GUESSED_NUMBERS[guess % GUESSED_NUMBERS.len()]);
        }
        match &self.node.kind {
            Kind::Scalar { text, plain: true } => Ok(text),
            Kind::Scalar { .. } => Err(Fault::expected(expected, self.node).help("write it without quotes")),
            _ => Err(Fault::expected(expected, self.node)),
        }
    }

    fn integer<T: FromStr>(self, expected: &str) -> Result<T, Fault> {
        let text = self.plain(expected)?;
        decimal(text).ok_or_else(|| {
            let fault = Fault::expected(expected, self.node);
            let digits = text.strip_prefix('-').unwrap_or(text);
            if digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return fault.help("write it without leading zeros");
            }
            fault
        })
    }

    fn number(self) -> Result<f64, Fault> {
        let text = self.plain("a number")?;
        finite(text).ok_or_else(|| Fault::expected("a number", self.node))
    }

    fn list<'de, V: Visitor<'de>>(self, items: &'t [Node], visitor: V) -> Result<V::Value, Fault> {
        let mut left = Items { value: self, items: items.iter() };
        let read = visitor.visit_seq(&mut left)?;
        match left.items.len() {
            0 => Ok(read),
            more => {
                let taken = items.len() - more;
                Err(Fault::wrong(format!("expected a list of {taken}, found one of {}", items.len())))
            }
        }
    }

    fn map<'de, V: Visitor<'de>>(self, entries: &'t [(Key, Node)], visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(Entries { value: self, all: entries, next: 0 })
    }

    /// Guesses where the form would take several shapes.
    fn guess_any<'de, V: Visitor<'de>>(guess: usize, visitor: V) -> Result<V::Value, Fault> {
        match guess {
            0 => visitor.visit_unit(),
            1 | 2 => visitor.visit_str(GUESSED_TEXTS[guess - 1]),
            3 => visitor.visit_u64(1),
            4 => visitor.visit_seq(SeqDeserializer::<_, Fault>::new(std::iter::empty::<u32>())),
            _ => visitor.visit_map(MapDeserializer::<_, Fault>::new(std::iter::empty::<(u32, u32)>())),
        }
    }
}

macro_rules! integers {
    ($($method:ident $visit:ident $integer:ty),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            let expected = (&visitor as &dyn Expected).to_string();
            // Serde's own words for `NonZero`.
            let least = if expected.starts_with("a nonzero ") { 1 } else { <$integer>::MIN };
            let limits = || format!("a whole number from {least} to {}", <$integer>::MAX);
            // Of a form that knows limits of its own, those.
            let expected = if expected.starts_with("a whole number") { expected } else { limits() };
            visitor.$visit(self.integer(&expected)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Value<'_> {
    type Error = Fault;

    integers! {
        deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16, deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64, deserialize_u128 visit_u128 u128,
        deserialize_i8 visit_i8 i8, deserialize_i16 visit_i16 i16, deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64, deserialize_i128 visit_i128 i128
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if let Some(guess) = self.guess() {
            return Self::guess_any(guess, visitor);
        }
        match &self.node.kind {
            Kind::Nothing => visitor.visit_unit(),
            Kind::Scalar { text, plain: false } => visitor.visit_str(text),
            Kind::Scalar { text, .. } => match text.as_str() {
                "true" => visitor.visit_bool(true),
                "false" => visitor.visit_bool(false),
                text => {
                    if let Some(number) = decimal::<u64>(text) {
                        visitor.visit_u64(number)
                    } else if let Some(number) = decimal::<i64>(text) {
                        visitor.visit_i64(number)
                    } else if let Some(number) = finite(text) {
                        visitor.visit_f64(number)
                    } else {
                        visitor.visit_str(text)
                    }
                }
            },
            Kind::List(items) => self.list(items, visitor),
            Kind::Map(entries) => self.map(entries, visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.guess().is_some() {
            return visitor.visit_bool(false);
        }
        match self.plain("`true` or `false`")? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Fault::expected("`true` or `false`", self.node)),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        #[expect(clippy::cast_possible_truncation, reason = "checked to be finite below")]
        let narrow = self.number()? as f32;
        if narrow.is_finite() { visitor.visit_f32(narrow) } else { Err(Fault::expected("a number", self.node)) }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_f64(self.number()?)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.guess().is_some() || self.node.kind == Kind::Nothing {
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.guess().is_some() || self.node.kind == Kind::Nothing {
            return visitor.visit_unit();
        }
        Err(Fault::expected("nothing", self.node))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.guess().is_some() {
            return self.list(&[], visitor);
        }
        match &self.node.kind {
            Kind::List(items) => self.list(items, visitor),
            _ => Err(Fault::expected("a list", self.node)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let bare = self.guess().is_none() && !matches!(self.node.kind, Kind::List(_));
        if name == ONE_OR_MANY && bare {
            return self.list(std::slice::from_ref(self.node), visitor);
        }
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.guess().is_some() {
            return self.map(&[], visitor);
        }
        match &self.node.kind {
            Kind::Map(entries) => self.map(entries, visitor),
            _ => Err(Fault::expected("a map (`key: value`)", self.node)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name == SPANNED {
            return visitor.visit_map(WithPlace { place: self.node.place, value: self, next: 0 });
        }
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if let Some(guess) = self.guess() {
            let name = variants.get(guess % variants.len().max(1)).copied().unwrap_or_default();
            // Whatever a guessed variant lacks, the next guess is another variant.
            return visitor
                .visit_enum(Choice { name, entry: None, value: self, content: None })
                .map_err(|_| Fault::wrong("no guess fits"));
        }
        match &self.node.kind {
            Kind::Scalar { text, .. } => {
                visitor.visit_enum(Choice { name: text, entry: None, value: self, content: None })
            }
            Kind::Map(entries) if entries.len() == 1 => {
                let (key, content) = &entries[0];
                let content = Some(self.child(content));
                visitor.visit_enum(Choice { name: &key.text, entry: Some(0), value: self, content })
            }
            _ => {
                let fault = Fault::expected("one name, or one name with a value", self.node);
                Err(fault.help(&format!("known: {}", variants.join(", "))))
            }
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }
}
