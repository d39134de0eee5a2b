//! The parts of a tree as serde asks for them: items, entries, keys, variants, and places.

use serde::de::value::{StrDeserializer, U32Deserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::deserializer::Value;
use super::fault::Fault;
use super::scalars::decimal;
use super::tree::{Key, Kind, Node};
use crate::base::Place;
use crate::base::place::{SPANNED, SPANNED_FIELDS};

/// The items of a list.
pub(super) struct Items<'t> {
    pub(super) value: Value<'t>,
    pub(super) items: std::slice::Iter<'t, Node>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Fault;
    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        self.items.next().map(|node| self.value.child(node).read(seed)).transpose()
    }
}

/// The entries of a map.
pub(super) struct Entries<'t> {
    pub(super) value: Value<'t>,
    pub(super) all: &'t [(Key, Node)],
    pub(super) next: usize,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;
    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let Some((key, _)) = self.all.get(self.next) else { return Ok(None) };
        seed.deserialize(KeyText(key)).map(Some).map_err(|fault| fault.at(self.value.node.id, Some(self.next)))
    }
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let (_, node) = self.all.get(self.next).ok_or_else(|| Fault::wrong("a value without its key"))?;
        self.next += 1;
        self.value.child(node).read(seed)
    }
}

/// The place of something, then the thing: the map that [`crate::base::Spanned`] reads.
pub(super) struct WithPlace<D> {
    pub(super) place: Place,
    pub(super) value: D,
    pub(super) next: usize,
}

impl<'de, D: Deserializer<'de, Error = Fault> + Copy> MapAccess<'de> for WithPlace<D> {
    type Error = Fault;
    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let Some(name) = SPANNED_FIELDS.get(self.next) else { return Ok(None) };
        let name: StrDeserializer<'_, Fault> = name.into_deserializer();
        seed.deserialize(name).map(Some)
    }
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        self.next += 1;
        let number = match self.next {
            1 => self.place.file,
            2 => self.place.start,
            3 => self.place.end,
            _ => return seed.deserialize(self.value),
        };
        let number: U32Deserializer<Fault> = number.into_deserializer();
        seed.deserialize(number)
    }
}

/// The name of a variant and, where it is written as a map of one entry, its content.
pub(super) struct Choice<'t> {
    pub(super) name: &'t str,
    pub(super) entry: Option<usize>,
    pub(super) value: Value<'t>,
    pub(super) content: Option<Value<'t>>,
}

impl<'de> EnumAccess<'de> for Choice<'_> {
    type Error = Fault;
    type Variant = Self;
    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Fault> {
        let name: StrDeserializer<'_, Fault> = self.name.into_deserializer();
        let variant = seed.deserialize(name).map_err(|fault| fault.at(self.value.node.id, self.entry))?;
        Ok((variant, self))
    }
}

impl Choice<'_> {
    fn content(&self) -> Result<Value<'_>, Fault> {
        self.content.ok_or_else(|| {
            let fault = Fault::wrong(format!("`{}` needs a value", self.name));
            fault.help(&format!("write `{{ {}: … }}`", self.name))
        })
    }
}

/// Runs a visitor's method by way of [`Value::read`], so that faults get their place.
macro_rules! placed {
    ($content:expr, $method:ident($($argument:expr),*)) => {{
        let content = $content;
        content.$method($($argument),*).map_err(|fault| fault.at(content.node.id, None))
    }};
}

impl<'de> VariantAccess<'de> for Choice<'_> {
    type Error = Fault;
    fn unit_variant(self) -> Result<(), Fault> {
        match self.content {
            Some(content) if content.guess().is_none() && content.node.kind != Kind::Nothing => {
                Err(Fault::wrong(format!("`{}` takes no value", self.name)).at(content.node.id, None))
            }
            _ => Ok(()),
        }
    }
    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Fault> {
        self.content()?.read(seed)
    }
    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Fault> {
        placed!(self.content()?, deserialize_tuple(length, visitor))
    }
    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        placed!(self.content()?, deserialize_map(visitor))
    }
}

/// The key of an entry.
#[derive(Clone, Copy)]
struct KeyText<'t>(&'t Key);

macro_rules! key_integers {
    ($($method:ident $visit:ident $integer:ty),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            let (least, most) = (<$integer>::MIN, <$integer>::MAX);
            let wrong = || Fault::wrong(format!("expected a whole number from {least} to {most}, found `{}`", self.0.text));
            visitor.$visit(decimal(&self.0.text).ok_or_else(wrong)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for KeyText<'_> {
    type Error = Fault;

    key_integers! {
        deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16, deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64, deserialize_i8 visit_i8 i8, deserialize_i16 visit_i16 i16,
        deserialize_i32 visit_i32 i32, deserialize_i64 visit_i64 i64
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(&self.0.text)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name == SPANNED {
            return visitor.visit_map(WithPlace { place: self.0.place, value: self, next: 0 });
        }
        Err(Fault::wrong(format!("the key `{}` cannot stand here", self.0.text)))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let name: StrDeserializer<'_, Fault> = self.0.text.as_str().into_deserializer();
        visitor.visit_enum(name)
    }

    forward_to_deserialize_any! {
        bool i128 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map identifier
        ignored_any
    }
}
