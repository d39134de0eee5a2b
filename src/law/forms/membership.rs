//! The form of memberships: who signed, consented, reserved and left, and when.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use crate::base::day::NotADay;
use crate::base::{Day, Spanned, nearly};

/// Memberships, treaty by treaty.
pub type MembershipsForm = BTreeMap<Spanned<String>, TreatyMembershipForm>;

/// The memberships of one treaty: the real record, or states with their acts.
#[derive(Clone, Debug)]
pub enum TreatyMembershipForm {
    /// The record under `law/status`.
    Record,
    /// Each state's acts; `*` stands for every state not named.
    States(BTreeMap<Spanned<String>, Spanned<ActsForm>>),
}

/// What one state did: nothing, what the record says, consented on a day, or several dated acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActsForm {
    /// It stays out.
    Never,
    /// What the record under `law/status` holds of it, beside states that are invented or do otherwise here.
    Record,
    /// It did this.
    Acts(DatedActsForm),
}

/// Dated acts of one state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DatedActsForm {
    /// Signature subject to ratification.
    #[serde(default)]
    pub signed: Option<Day>,
    /// Deposit of ratification, acceptance, approval or accession.
    #[serde(default)]
    pub consented: Option<Day>,
    /// Articles reserved when consenting.
    #[serde(default)]
    pub reserved: Vec<Spanned<String>>,
    /// Articles under which it made a declaration when consenting.
    #[serde(default)]
    pub declared: Vec<Spanned<String>>,
    /// Articles whose reservation or declaration was withdrawn, with the day.
    #[serde(default)]
    pub withdrawn: BTreeMap<Spanned<String>, Day>,
    /// Receipt of the notice of denunciation.
    #[serde(default)]
    pub denounced: Option<Day>,
}

fn invalid<E: de::Error>(word: &str, expected: &dyn de::Expected) -> E {
    E::invalid_value(de::Unexpected::Str(word), expected)
}

impl<'de> Deserialize<'de> for TreatyMembershipForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Membership;
        impl<'de> Visitor<'de> for Membership {
            type Value = TreatyMembershipForm;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("`record` or a list of states with their acts")
            }
            fn visit_str<E: de::Error>(self, word: &str) -> Result<TreatyMembershipForm, E> {
                match word {
                    "record" => Ok(TreatyMembershipForm::Record),
                    other => Err(nearly(other, &["record"]).unwrap_or_else(|| invalid(other, &self))),
                }
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<TreatyMembershipForm, A::Error> {
                BTreeMap::deserialize(MapAccessDeserializer::new(map)).map(TreatyMembershipForm::States)
            }
        }
        deserializer.deserialize_any(Membership)
    }
}

impl<'de> Deserialize<'de> for ActsForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Acts;
        impl<'de> Visitor<'de> for Acts {
            type Value = ActsForm;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("`never`, `record`, the day of consent, or acts with their days")
            }
            fn visit_str<E: de::Error>(self, word: &str) -> Result<ActsForm, E> {
                match word {
                    "never" => return Ok(ActsForm::Never),
                    "record" => return Ok(ActsForm::Record),
                    _ => {}
                }
                // What has digits was meant as a day.
                let wrong = |error: NotADay| match nearly(word, &["never", "record"]) {
                    None if word.contains(|letter: char| letter.is_ascii_digit()) => E::custom(error),
                    nearly => nearly.unwrap_or_else(|| invalid(word, &self)),
                };
                let consented = Some(word.parse().map_err(wrong)?);
                Ok(ActsForm::Acts(DatedActsForm { consented, ..DatedActsForm::default() }))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ActsForm, A::Error> {
                DatedActsForm::deserialize(MapAccessDeserializer::new(map)).map(ActsForm::Acts)
            }
        }
        deserializer.deserialize_any(Acts)
    }
}

impl JsonSchema for TreatyMembershipForm {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TreatyMembership".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let acts = generator.subschema_for::<ActsForm>();
        schemars::json_schema!({
            "description": "`record`, or each state's acts; `*` stands for every state not named",
            "anyOf": [{"const": "record"}, {"type": "object", "additionalProperties": acts}]
        })
    }
}

impl JsonSchema for ActsForm {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Acts".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let acts = generator.subschema_for::<DatedActsForm>();
        let day = generator.subschema_for::<Day>();
        schemars::json_schema!({
            "description": "`never`, `record`, the day of consent, or acts with their days",
            "anyOf": [{"const": "never"}, {"const": "record"}, day, acts]
        })
    }
}
