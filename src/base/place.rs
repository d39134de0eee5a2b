//! Places in files that people wrote, values that remember theirs, and the problems found there.
//!
//! A form (the serde type of a scenario, a treaty, a state or a case) wraps what a later check may complain
//! about in [`Spanned`]. The reader in `reading` fills the place in; other deserializers leave it unknown.

use std::fmt;
use std::ops::Deref;

use schemars::JsonSchema;
use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// Where something stands: a file of the reader's list and a range of bytes in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Index into the reader's list of files.
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Place {
    /// In no file at all.
    pub const NOWHERE: Self = Self { file: u32::MAX, start: 0, end: 0 };

    /// Whether another place lies within this one.
    #[must_use]
    pub const fn holds(self, part: Self) -> bool {
        self.file == part.file && self.start <= part.start && part.end <= self.end
    }
}

/// One thing wrong in what people wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What would mend it, if that can be said (for example the nearest known name).
    pub help: Option<String>,
    /// The kind and the name that is not known here, if that is what is wrong: nothing is known of a kind of which the list
    /// could not be read, so that such a problem follows from another.
    pub unknown: Option<(String, String)>,
}

impl Problem {
    /// A problem without advice.
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into(), help: None, unknown: None }
    }

    /// The same problem with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem with the known name nearest to what is written as its advice, where one is near.
    #[must_use]
    pub fn near<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match crate::base::nearest(written, known) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }

    /// "unknown `kind` `name`", with the nearest known name as advice.
    pub fn unknown<'a>(kind: &str, name: &Spanned<String>, known: impl IntoIterator<Item = &'a str> + Clone) -> Self {
        let mut problem = Self::new(name.place, format!("unknown {kind} `{}`", name.value)).near(name, known.clone());
        problem.unknown = Some((kind.to_owned(), name.value.clone()));
        if problem.help.is_some() {
            return problem;
        }
        /// Characters of the longest list that is worth printing in an error: four lines.
        const LISTED: usize = 350;
        let names: Vec<&str> = known.into_iter().collect();
        if names.is_empty() {
            return problem.help(format!("no {kind} is known here"));
        }
        let names = names.join(", ");
        if names.len() <= LISTED { problem.help(format!("known: {names}")) } else { problem }
    }
}

/// All problems of one reading, in the order found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Adds all of another finding, but nothing at a place where something was found already: it would follow
    /// from that.
    pub fn add(&mut self, others: Self) {
        let before = self.0.len();
        for problem in others.0 {
            let known = |known: &Problem| known.place == problem.place && problem.place != Place::NOWHERE;
            if !self.0[..before].iter().any(known) && !self.0.contains(&problem) {
                self.0.push(problem);
            }
        }
    }

    /// `Ok(value)` when nothing was found.
    ///
    /// # Errors
    /// All problems, if there are any.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            writeln!(formatter, "{}", problem.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// A value and the place where it was written.
#[derive(Clone, Debug, Default)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// Name of the pretended struct by which [`Spanned`] asks a deserializer for places.
pub const SPANNED: &str = "$comity::Spanned";
/// Its fields: the place (three numbers), then the value.
pub const SPANNED_FIELDS: &[&str] = &["file", "start", "end", "value"];

impl<T> Spanned<T> {
    /// A value that no file holds.
    pub fn nowhere(value: T) -> Self {
        Self { value, place: Place::NOWHERE }
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

// Two equal values are equal wherever they stand: maps keyed by spanned names depend on it.
impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}
impl<T: Eq> Eq for Spanned<T> {}
impl<T: PartialOrd> PartialOrd for Spanned<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.value.partial_cmp(&other.value)
    }
}
impl<T: Ord> Ord for Spanned<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.value.cmp(&other.value)
    }
}

impl std::borrow::Borrow<str> for Spanned<String> {
    fn borrow(&self) -> &str {
        &self.value
    }
}

impl<T: Serialize> Serialize for Spanned<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }
    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
            type Value = Spanned<T>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a value with its place")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Spanned<T>, A::Error> {
                let mut number = || -> Result<u32, A::Error> {
                    map.next_entry::<IgnoredAny, u32>()?
                        .map(|(_, n)| n)
                        .ok_or_else(|| de::Error::custom("place missing"))
                };
                let place = Place { file: number()?, start: number()?, end: number()? };
                let (_, value) =
                    map.next_entry::<IgnoredAny, T>()?.ok_or_else(|| de::Error::custom("value missing"))?;
                Ok(Spanned { value, place })
            }
        }
        deserializer.deserialize_struct(SPANNED, SPANNED_FIELDS, Reader(std::marker::PhantomData))
    }
}
