//! A list that may be written without its brackets when it holds one thing.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use schemars::JsonSchema;
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// One value, or a list of them: `treaties: ets185` and `treaties: [ets185]` mean the same.
///
/// The bare form is known to the reader in `reading` alone; other deserializers, and everything that is
/// written out, use the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOrMany<T>(pub Vec<T>);

/// Name of the pretended tuple struct by which [`OneOrMany`] tells a deserializer that a bare value will do.
/// Asking for "any" value instead would lose the places inside it.
pub const ONE_OR_MANY: &str = "$comity::OneOrMany";

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Deref for OneOrMany<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Serialize> Serialize for OneOrMany<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("OneOrMany_{}", T::schema_name()).into()
    }
    fn schema_id() -> std::borrow::Cow<'static, str> {
        format!("OneOrMany<{}>", T::schema_id()).into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let one = generator.subschema_for::<T>();
        schemars::json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
            type Value = OneOrMany<T>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("one value or a list of them")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<OneOrMany<T>, A::Error> {
                // The announced length is a hint from outside: nothing is reserved on its word.
                let mut values = Vec::new();
                while let Some(value) = items.next_element()? {
                    values.push(value);
                }
                Ok(OneOrMany(values))
            }
        }
        deserializer.deserialize_tuple_struct(ONE_OR_MANY, 1, Reader(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::OneOrMany;

    #[test]
    fn the_schema_allows_both_and_lists_read_back() {
        let schema = schemars::schema_for!(OneOrMany<String>);
        let any_of = serde_json::json!([{ "type": "string" }, { "type": "array", "items": { "type": "string" } }]);
        assert_eq!(schema.get("anyOf"), Some(&any_of));
        let read: OneOrMany<u8> = serde_json::from_str("[1, 2]").expect("a list");
        assert_eq!(read, OneOrMany(vec![1, 2]));
        assert_eq!(serde_json::to_string(&read).expect("written"), "[1,2]");
    }
}
