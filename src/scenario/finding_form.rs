//! The form of what a run is expected to show.

use schemars::JsonSchema;
use serde::Deserialize;

use super::numbers::Share;
use crate::authority::LossKind;
use crate::base::{Day, Spanned};
use crate::law::{Decision, GroundCode, Measure};

/// What a run is expected to show: exactly one thing.
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
    /// This state becomes a haven, and is none any more when the run ends.
    #[serde(default)]
    pub haven_ends: Option<Spanned<String>>,
    /// This state becomes a haven, and is one still when the run ends.
    #[serde(default)]
    pub haven_stays: Option<Spanned<String>>,
    /// With a haven, or none: for what; for either, if left out.
    #[serde(default, rename = "for")]
    pub role: Option<HavenFor>,
    /// With `haven`: this ground ended more cases there than expected. With `opinion`: it is among the grounds.
    #[serde(default)]
    pub ground: Option<GroundCode>,
    /// Letters between two states are decided so.
    #[serde(default)]
    pub letters: Option<LettersFindingForm>,
    /// Letters that nobody has to write.
    #[serde(default)]
    pub no_letters: Option<NoLettersFindingForm>,
    /// The share of closed cases that were lost.
    #[serde(default)]
    pub lost: Option<LostFindingForm>,
    /// How many sites a state removed by its own law.
    #[serde(default)]
    pub removed: Option<RemovedFindingForm>,
    /// Who takes part in a treaty on a day.
    #[serde(default)]
    pub participation: Option<ParticipationFindingForm>,
    /// What the law says to one request on a day.
    #[serde(default)]
    pub opinion: Option<OpinionFindingForm>,
    /// The share of ordered pairs of states between which the law opens a measure on a day.
    #[serde(default)]
    pub open_pairs: Option<OpenPairsFindingForm>,
    /// A treaty or rule of custom begins to bind during the run.
    #[serde(default)]
    pub in_force: Option<InForceFindingForm>,
    /// It does not.
    #[serde(default)]
    pub not_in_force: Option<InForceFindingForm>,
}

/// What a state may be a haven for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HavenFor {
    /// For the people of networks.
    Bases,
    /// For their sites and data.
    Hosts,
}

/// What a treaty is expected to come to.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct InForceFindingForm {
    /// The treaty, or rule of custom.
    pub treaty: Spanned<String>,
    /// For this state; for any, if left out.
    #[serde(default)]
    pub state: Option<Spanned<String>>,
    /// For at least so many states; one, if left out.
    #[serde(default)]
    pub at_least: Option<u16>,
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

/// Requests that are expected not to be made.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NoLettersFindingForm {
    /// Who does not ask.
    pub from: Spanned<String>,
    /// Who is not asked.
    pub to: Spanned<String>,
    /// For what.
    pub measure: Measure,
}

/// A share of the closed cases.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LostFindingForm {
    /// Cases of this state; of all, if left out.
    #[serde(default)]
    pub investigating: Option<Spanned<String>>,
    /// Lost for this; for whatever reason, if left out.
    #[serde(default)]
    pub cause: Option<LossKind>,
    /// The least share of the closed cases.
    #[serde(default)]
    pub at_least: Option<Share>,
    /// The greatest share of the closed cases.
    #[serde(default)]
    pub at_most: Option<Share>,
}

/// Sites removed by a state.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RemovedFindingForm {
    /// The state.
    pub by: Spanned<String>,
    /// The least number.
    #[serde(default)]
    pub at_least: Option<u64>,
    /// The greatest number.
    #[serde(default)]
    pub at_most: Option<u64>,
}

/// Counts of a treaty on a day. What is left out is not looked at.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ParticipationFindingForm {
    /// The treaty.
    pub treaty: Spanned<String>,
    /// The day.
    pub at: Day,
    /// Signatures, of later parties too.
    #[serde(default)]
    pub signatures: Option<usize>,
    /// Consents deposited and not denounced.
    #[serde(default)]
    pub consents: Option<usize>,
    /// States for which it is in force.
    #[serde(default)]
    pub in_force: Option<usize>,
}

/// What the law is expected to say to one request, on that day, over conduct of that day unless it says otherwise.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OpinionFindingForm {
    /// Who asks.
    pub from: Spanned<String>,
    /// Who is asked.
    pub to: Spanned<String>,
    /// For what.
    pub measure: Measure,
    /// The line whose conduct it is.
    pub line: Spanned<String>,
    /// The day.
    pub at: Day,
    /// The day of the conduct.
    #[serde(default)]
    pub conduct_day: Option<Day>,
    /// Whose national the person is; of the state that asks, if left out.
    #[serde(default)]
    pub national_of: Option<Spanned<String>>,
    /// What the law says.
    pub decision: Decision,
}

/// A share of all ordered pairs of states.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OpenPairsFindingForm {
    /// The measure.
    pub measure: Measure,
    /// The line whose conduct is asked about.
    pub line: Spanned<String>,
    /// The day.
    pub at: Day,
    /// The least share of the pairs.
    #[serde(default)]
    pub at_least: Option<Share>,
    /// The greatest share of the pairs.
    #[serde(default)]
    pub at_most: Option<Share>,
}
