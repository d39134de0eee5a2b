//! The form of one rule: an article of a treaty, or of a state's own law on co-operation. One shape for both.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};

use crate::base::{Day, OneOrMany, Spanned};
use crate::law::ground::{Force, GroundCode};
use crate::law::measure::Measure;
use crate::law::opinion::DutyKind;
use crate::law::rule::Carries;
use crate::law::time_limit::TimeLimitsForm;

/// A condition: every fact of `all`, at least one of `any` if given, none of `none`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PatternForm {
    /// Facts that must all hold.
    #[serde(default)]
    pub all: Vec<Spanned<String>>,
    /// Facts of which at least one must hold.
    #[serde(default)]
    pub any: Vec<Spanned<String>>,
    /// Facts that must not hold.
    #[serde(default)]
    pub none: Vec<Spanned<String>>,
}

/// Where the knowledge of a provision comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Read {
    /// Its text was read.
    Text,
    /// A secondary source.
    Secondary,
    /// Recalled, not checked.
    Recalled,
    /// Designed for a model text or an invented state.
    Designed,
}

/// One rule. It applies to requests for the measures in `for` whose facts meet `when`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is one key that a file may carry")]
pub struct RuleForm {
    /// What the article says, in one sentence of our own.
    pub says: String,
    /// Where that is known from; the file's own mark if left out.
    #[serde(default)]
    pub read: Option<Read>,
    /// The measures it speaks of.
    #[serde(rename = "for")]
    pub measures: OneOrMany<Measure>,
    /// When it applies; always, if left out.
    #[serde(default)]
    pub when: PatternForm,
    /// In force from this day; before every date of a scenario, if left out. An article of a treaty has the days of the
    /// treaty, and days of its own only where a change of the text bound everybody at once.
    #[serde(default)]
    pub from: Option<Spanned<Day>>,
    /// No longer in force from this day.
    #[serde(default)]
    pub until: Option<Spanned<Day>>,
    /// These days are held against the one on which the request was received, not against that of the answer: a change of the
    /// text that leaves pending requests as they were.
    #[serde(default)]
    pub by_receipt: Option<Spanned<bool>>,
    /// The treaty applies to such a request at all only if this holds; otherwise it is passed over.
    #[serde(default)]
    pub applies: Option<PatternForm>,
    /// The treaty applies to acts from this day on alone; a request over what was done before is passed over.
    #[serde(default)]
    pub acts_from: Option<Spanned<Day>>,
    /// The treaty applies to requests received from this day on alone; one that was received before is passed over.
    #[serde(default)]
    pub requests_from: Option<Spanned<Day>>,
    /// The treaty applies to requests alone that were received when it was in force between the two; one that was received
    /// before is passed over.
    #[serde(default)]
    pub requests_in_force: bool,
    /// It applies only where either state made a reservation under this very article: a reservation works both ways
    /// (VCLT, Art. 21(1)).
    #[serde(default)]
    pub only_if_reserved: bool,
    /// It applies only where the requested state made a declaration under this very article.
    #[serde(default)]
    pub only_if_declared: bool,
    /// The article by which a declaration works both ways: where the requesting state made it, the requested state may
    /// apply the same.
    #[serde(default)]
    pub reciprocal_by: Option<Spanned<String>>,
    /// It does not apply where either state reserved this very article.
    #[serde(default)]
    pub unless_reserved: bool,
    /// The scope of the treaty for these measures.
    #[serde(default)]
    pub covers: Option<PatternForm>,
    /// It carries the duty (`must`) or power (`may`) to comply, is part of that basis (`in-part`), or
    /// needs no co-operation (`without-request`).
    #[serde(default)]
    pub carries: Option<Carries>,
    /// A ground to refuse or postpone.
    #[serde(default)]
    pub refuse: Option<RefuseForm>,
    /// Grounds that may not be used for these measures.
    #[serde(default)]
    pub bars: Vec<GroundCode>,
    /// It lets the requested state's own law on co-operation in.
    #[serde(default)]
    pub imports: bool,
    /// It lets those provisions of that law in which ask for one of these facts, and no others.
    #[serde(default)]
    pub imports_on: Vec<Spanned<String>>,
    /// It holds under every treaty, too, also under one that does not let the requested state's law in. Only in a state's
    /// own law.
    #[serde(default)]
    pub also_under_treaties: Option<Spanned<bool>>,
    /// A condition under which the request is met.
    #[serde(default)]
    pub condition: Option<ConditionForm>,
    /// Times within which something is to be done: `decide: 60 days`, `answer: 8 hours`.
    #[serde(default)]
    pub time_limits: TimeLimitsForm,
    /// A duty after a refusal, or in any case.
    #[serde(default)]
    pub duty: Option<DutyForm>,
    /// Days for which preserved data, or a person arrested, are held unless the follow-up comes.
    #[serde(default)]
    pub holds_days: Option<u16>,
    /// Days after which they are released without fail; between the two, they may be.
    #[serde(default)]
    pub holds_days_at_most: Option<Spanned<u16>>,
    /// What of the article these data cannot express.
    #[serde(default)]
    pub not_expressed: Option<String>,
}

/// A ground and how it binds.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RefuseForm {
    /// The code.
    pub ground: GroundCode,
    /// Whether the requested state may or must refuse, or may postpone.
    pub force: Force,
}

/// A condition: words alone, or words with the ground that refuses if the assurance asked for is refused.
#[derive(Clone, Debug)]
pub struct ConditionForm {
    /// The condition in words.
    pub says: String,
    /// The ground of a refusal where it is not met.
    pub otherwise: Option<GroundCode>,
}

/// [`ConditionForm`] written out.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenCondition {
    /// The condition in words.
    says: String,
    /// The ground of a refusal where the assurance is refused.
    #[serde(default)]
    otherwise: Option<GroundCode>,
}

// By hand, not untagged: an untagged enum loses the places of what it holds.
impl<'de> Deserialize<'de> for ConditionForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Condition;
        impl<'de> Visitor<'de> for Condition {
            type Value = ConditionForm;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a condition in words, or `says` with `otherwise`")
            }
            fn visit_str<E: serde::de::Error>(self, says: &str) -> Result<ConditionForm, E> {
                Ok(ConditionForm { says: says.to_owned(), otherwise: None })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ConditionForm, A::Error> {
                WrittenCondition::deserialize(MapAccessDeserializer::new(map))
                    .map(|WrittenCondition { says, otherwise }| ConditionForm { says, otherwise })
            }
        }
        deserializer.deserialize_any(Condition)
    }
}

impl JsonSchema for ConditionForm {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Condition".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let written = generator.subschema_for::<WrittenCondition>();
        schemars::json_schema!({
            "description": "A condition in words, or with the ground that refuses if the assurance is refused",
            "anyOf": [{"type": "string"}, written]
        })
    }
}

/// A duty that a refusal leaves over, or that is owed in any case.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DutyForm {
    /// What is owed.
    pub does: Spanned<DutyKind>,
    /// Owed only when every ground on which the refusal rests is one of these: those that bind, where some do. After any
    /// refusal or postponement, if left out.
    #[serde(default)]
    pub after: Vec<GroundCode>,
    /// Owed only if the requesting state asks for it.
    #[serde(default)]
    pub on_request: bool,
    /// Owed also when the request is granted.
    #[serde(default)]
    pub always: bool,
}
