//! The form of a scenario: serde types from which the JSON Schema is derived, and nothing else is accepted.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::adoption::{AdoptionForm, CustomForm};
use super::authority_form::AuthorityForm;
use super::entry_into_force::EntryIntoForceForm;
use super::event::EventForm;
use super::finding_form::FindingForm;
use super::not_entered::{PenalLawNumbers, PenalLawTaken};
use super::numbers::{Factor, NetworkCount, Share, Steps, Weight};
use crate::base::{Day, Spanned, nearly};
use crate::law::GroundCode;
use crate::law::forms::{LawChoice, MembershipsForm, TreatyForm};
use crate::world::{Behaviour, HavenSettings};

/// A scenario.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScenarioForm {
    /// Its title.
    pub title: String,
    /// The question that it asks, in one or two sentences.
    pub question: String,
    /// For whoever teaches with it.
    pub teaching: TeachingForm,
    /// First day.
    pub from: Spanned<Day>,
    /// Last day.
    pub to: Spanned<Day>,
    /// Seed of all chance, unless the command line gives another.
    pub seed: u64,
    /// Treaties by name, from `law/treaties`; a variant of a model text as `NAME/VARIANT`.
    pub treaties: Vec<Spanned<String>>,
    /// Treaties written out for this scenario.
    #[serde(default)]
    pub own_treaties: Vec<TreatyForm>,
    /// The states, by code: ISO alpha-3 for real ones, their own names for invented ones; `*` for every state of the
    /// record that is not named.
    pub states: BTreeMap<Spanned<String>, StateEntryForm>,
    /// Who is bound by what, since when.
    pub membership: MembershipsForm,
    /// Who joins what in the course of time, and when law follows, by treaty.
    #[serde(default)]
    pub adoption: BTreeMap<Spanned<String>, AdoptionForm>,
    /// Rules of custom that may emerge, by name.
    #[serde(default)]
    pub custom: BTreeMap<Spanned<String>, CustomForm>,
    /// What model texts need for their first entry into force, in the place of their own numbers: a small world has
    /// fewer states than the real one.
    #[serde(default)]
    pub entry_into_force: EntryIntoForceForm,
    /// What is taken to be the penal law of states whose penal law is not entered. Left out: such a state is an error.
    #[serde(default)]
    pub penal_law_not_entered: Option<PenalLawTaken>,
    /// The numbers of offences that nobody entered.
    #[serde(default)]
    pub penal_law_taken: PenalLawNumbers,
    /// What authorities can do, unless a state says otherwise.
    #[serde(default)]
    pub authority: AuthorityForm,
    /// What states do with rights they need not use, unless a state says otherwise.
    #[serde(default)]
    pub discretion: DiscretionForm,
    /// The networks.
    pub networks: NetworksForm,
    /// What makes a haven.
    #[serde(default)]
    pub havens: Spanned<HavenSettings>,
    /// What states do, and what happens to them, on given days.
    #[serde(default)]
    pub timeline: Vec<Spanned<EventForm>>,
    /// Variants by name: paths in this file with the values they take instead.
    #[serde(default)]
    #[expect(clippy::zero_sized_map_values, reason = "the value is read again from the tree, at its new place")]
    pub variants: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Anything>>,
    /// What the run is expected to show; the tests hold it to that over several seeds.
    #[serde(default)]
    pub findings: Vec<Spanned<FindingForm>>,
    /// Whose haven premium `comity premium` computes.
    #[serde(default)]
    pub premium: Option<PremiumForm>,
}

/// A value that is read again once it stands in its place.
#[derive(Debug)]
pub struct Anything;

impl<'de> Deserialize<'de> for Anything {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

impl JsonSchema for Anything {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Anything".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        true.into()
    }
}

/// A teaching note.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TeachingForm {
    /// How long a class needs.
    pub time: String,
    /// What it should take away.
    pub goals: Vec<String>,
    /// Questions to ask.
    pub ask: Vec<String>,
    /// What happened in reality, with source, where it is known.
    #[serde(default)]
    pub reality: Option<String>,
}

/// A state of a scenario.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StateEntryForm {
    /// Its name; for a real state it may be left out.
    #[serde(default)]
    pub name: Option<String>,
    /// Its law: a name from `law/laws`, a law written out, or left out for a real state (`law/states`).
    #[serde(default)]
    pub law: Option<Spanned<LawChoice>>,
    /// Attraction for hosts: its share of hosting, in any unit.
    pub infrastructure: AttractionForm,
    /// Attraction for bases, in any unit; as for hosts, if left out.
    #[serde(default)]
    pub base: Option<AttractionForm>,
    /// Its share of demand, in any unit.
    pub market: AttractionForm,
    /// Its region, for adoption and `region-share`; for a real state the record's, if left out.
    #[serde(default)]
    pub region: Option<String>,
    /// Whether it belongs to the club that made the texts; for a real state, whether it is a member of the Council of
    /// Europe, if left out.
    #[serde(default)]
    pub club: Option<bool>,
    /// Steps of outside pressure to join; none, if left out.
    #[serde(default)]
    pub pressure: Option<Steps>,
    /// How much a content-based text offends its constitution; not at all, if left out.
    #[serde(default)]
    pub expression: Option<Share>,
    /// Chance that an incident in its market is recorded.
    #[serde(default)]
    pub reporting: Option<Share>,
    /// Share of what its authorities decide that it publishes: of the rest no network learns but the one concerned.
    #[serde(default)]
    pub publishes_decisions: Option<Share>,
    /// Its sentences, as a multiple of usual ones.
    #[serde(default)]
    pub severity: Option<Factor>,
    /// What its authority can do, where that differs.
    #[serde(default)]
    pub authority: AuthorityForm,
    /// What it does with rights it need not use, where that differs.
    #[serde(default)]
    pub discretion: DiscretionForm,
}

/// A weight, or a figure of the record that stands for one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AttractionForm {
    /// A weight in any unit.
    Weight(Weight),
    /// Its Internet users by the table of states, in thousands, which are still to be looked up.
    InternetUsers,
    /// The same, looked up.
    CountedUsers(Weight),
}

impl AttractionForm {
    /// The word that stands for the figure of the record.
    pub const INTERNET_USERS: &'static str = "internet-users";

    /// The weight.
    ///
    /// # Panics
    /// Never: figures of the record are put in their place before a form is assembled.
    #[must_use]
    pub fn weight(self) -> f64 {
        match self {
            Self::Weight(weight) | Self::CountedUsers(weight) => weight.0,
            Self::InternetUsers => unreachable!("figures of the record are put in their place first"),
        }
    }
}

impl<'de> Deserialize<'de> for AttractionForm {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Attraction;
        impl serde::de::Visitor<'_> for Attraction {
            type Value = AttractionForm;
            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "a weight, or `{}`", AttractionForm::INTERNET_USERS)
            }
            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<AttractionForm, E> {
                if word == AttractionForm::INTERNET_USERS {
                    return Ok(AttractionForm::InternetUsers);
                }
                let wrong = || E::invalid_value(serde::de::Unexpected::Str(word), &self);
                Err(nearly(word, &[AttractionForm::INTERNET_USERS]).unwrap_or_else(wrong))
            }
            fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<AttractionForm, E> {
                let weight = Weight::deserialize(serde::de::value::F64Deserializer::<E>::new(number))?;
                Ok(AttractionForm::Weight(weight))
            }
            #[expect(clippy::cast_precision_loss, reason = "a weight is at most a million")]
            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<AttractionForm, E> {
                self.visit_f64(number as f64)
            }
            #[expect(clippy::cast_precision_loss, reason = "a weight is at most a million")]
            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<AttractionForm, E> {
                self.visit_f64(number as f64)
            }
        }
        deserializer.deserialize_any(Attraction)
    }
}

impl JsonSchema for AttractionForm {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Attraction".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let weight = generator.subschema_for::<Weight>();
        schemars::json_schema!({
            "description": "a weight, or the state's Internet users by the record",
            "anyOf": [weight, {"const": Self::INTERNET_USERS}]
        })
    }
}

/// What a state does with rights it need not use; what is left out keeps its default.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct DiscretionForm {
    /// Chance that an optional ground is used, by ground.
    pub refuses: BTreeMap<GroundCode, Share>,
    /// The same for grounds not named.
    pub refuses_otherwise: Option<Share>,
    /// Chance that a request is met without any duty, by comity.
    pub comity: Option<Share>,
}

/// The networks.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NetworksForm {
    /// How many.
    pub count: Spanned<NetworkCount>,
    /// Their lines by name.
    pub lines: BTreeMap<Spanned<String>, LineForm>,
    /// How they behave; what is left out keeps its default.
    #[serde(default)]
    pub behaviour: Spanned<Behaviour>,
}

/// A line: conduct that the law engine reads.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LineForm {
    /// Its weight among the lines when all are equally risky.
    pub weight: Weight,
    /// The facts of the conduct, from `law/facts.yaml`.
    pub facts: Vec<Spanned<String>>,
}

/// A state that stays out or joins, by two variants that differ by what it does alone.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PremiumForm {
    /// The state.
    pub state: Spanned<String>,
    /// The variant in which it stays out.
    pub out: Spanned<String>,
    /// The variant in which it joins.
    #[serde(rename = "in")]
    pub inside: Spanned<String>,
}
