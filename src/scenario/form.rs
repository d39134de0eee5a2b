//! The form of a scenario: serde types from which the JSON Schema is derived, and nothing else is accepted.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::numbers::{DayCount, Factor, Share, Weight};
use crate::base::{Day, Spanned};
use crate::law::forms::{LawChoice, MembershipsForm, TreatyForm};
use crate::law::{Decision, GroundCode, Measure};
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
    /// The states, by code: ISO alpha-3 for real ones, their own names for invented ones.
    pub states: BTreeMap<Spanned<String>, StateEntryForm>,
    /// Who is bound by what, since when.
    pub membership: MembershipsForm,
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
    /// Dated acts of states during the run.
    #[serde(default)]
    pub timeline: Vec<EventForm>,
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
    pub infrastructure: Weight,
    /// Attraction for bases, in any unit; as for hosts, if left out.
    #[serde(default)]
    pub base: Option<Weight>,
    /// Its share of demand, in any unit.
    pub market: Weight,
    /// Chance that an incident in its market is recorded.
    #[serde(default)]
    pub reporting: Option<Share>,
    /// What its authority can do, where that differs.
    #[serde(default)]
    pub authority: AuthorityForm,
    /// What it does with rights it need not use, where that differs.
    #[serde(default)]
    pub discretion: DiscretionForm,
}

/// What an authority can do; what is left out keeps its default.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct AuthorityForm {
    /// Requests that can be worked on at a time.
    pub desks: Option<std::num::NonZeroU16>,
    /// Whether a contact point answers urgent requests at any hour.
    pub contact_point: Option<bool>,
    /// Factor on all durations of execution; 1 is usual.
    pub pace: Option<Factor>,
    /// Median days that a request for data is on a desk.
    pub data_desk_days: Option<DayCount>,
    /// Median days from decision to supply of data.
    pub data_execution_days: Option<DayCount>,
    /// Median days that a request for surrender is on a desk.
    pub surrender_desk_days: Option<DayCount>,
    /// Median days from decision to surrender.
    pub surrender_execution_days: Option<DayCount>,
    /// Median days of a prosecution in lieu of surrender.
    pub prosecution_days: Option<DayCount>,
    /// Days that an ordinary letter travels.
    pub travel_days: Option<std::num::NonZeroU16>,
    /// Days after which an investigator gives a request up.
    pub patience_days: Option<std::num::NonZeroU16>,
    /// Days by which a request is postponed for own proceedings.
    pub postponement_days: Option<u16>,
    /// Median days until data held at home are produced.
    pub home_data_days: Option<DayCount>,
    /// Median days of proceedings against a suspect who is here.
    pub proceedings_days: Option<DayCount>,
    /// Median days until an unlawful site is removed.
    pub removal_days: Option<DayCount>,
    /// Chance that evidence names a suspect.
    pub identification: Option<Share>,
    /// Half-life of data that nobody ordered to be kept.
    pub retention_half_life_days: Option<DayCount>,
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
    pub count: Spanned<u32>,
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

/// A dated act of a state.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EventForm {
    /// The day.
    pub date: Spanned<Day>,
    /// The state.
    pub state: Spanned<String>,
    /// What it does.
    pub does: EventKind,
    /// Towards which treaty.
    pub treaty: Spanned<String>,
    /// For a reservation or its withdrawal: the article.
    #[serde(default)]
    pub article: Option<Spanned<String>>,
}

/// What a state does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// Signs, subject to ratification.
    Sign,
    /// Deposits its ratification, acceptance or approval.
    Ratify,
    /// Deposits its accession.
    Accede,
    /// Makes a reservation; only on the day of its signature or consent.
    Reserve,
    /// Withdraws a reservation.
    WithdrawReservation,
    /// Gives notice of denunciation.
    Denounce,
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

/// What a run is expected to show.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FindingForm {
    /// The variants in which it is expected; all, and the scenario as written, if left out.
    #[serde(default)]
    pub variants: Vec<Spanned<String>>,
    /// This state becomes a haven.
    #[serde(default)]
    pub haven: Option<Spanned<String>>,
    /// This state does not.
    #[serde(default)]
    pub no_haven: Option<Spanned<String>>,
    /// This ground is among the reasons of the haven.
    #[serde(default)]
    pub ground: Option<GroundCode>,
    /// Letters between two states are decided so.
    #[serde(default)]
    pub letters: Option<LettersFindingForm>,
}

/// What letters between two states are expected to meet.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LettersFindingForm {
    /// Who asks.
    pub from: Spanned<String>,
    /// Who is asked.
    pub to: Spanned<String>,
    /// For what.
    pub measure: Measure,
    /// What the law says to every one of them.
    pub decision: Decision,
}
