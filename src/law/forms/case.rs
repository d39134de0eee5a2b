//! The form of a worked case: states, treaties, history, facts, one or more questions, the expected answers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::membership::MembershipsForm;
use super::state::LawChoice;
use super::treaty::TreatyForm;
use crate::base::{Day, Spanned};
use crate::law::GroundCode;
use crate::law::measure::Measure;
use crate::law::opinion::{Decision, DutyKind};
use crate::law::time_limit::TimeLimitsForm;

/// A case.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CaseForm {
    /// Its name, for example `WC-03`.
    pub case: Spanned<String>,
    /// A title.
    pub title: String,
    /// Where it comes from.
    pub source: String,
    /// What happened, for people.
    #[serde(default)]
    pub says: String,
    /// Invented states, or real ones with a law set for this case. Other states come from `law/states`.
    #[serde(default)]
    pub states: BTreeMap<Spanned<String>, CaseStateForm>,
    /// Treaties that this case needs: names from `law/treaties`.
    #[serde(default)]
    pub treaties: Vec<Spanned<String>>,
    /// Treaties written out for this case.
    #[serde(default)]
    pub own_treaties: Vec<TreatyForm>,
    /// Who is bound by what, since when.
    #[serde(default)]
    pub membership: MembershipsForm,
    /// The state that asks.
    pub requesting: Spanned<String>,
    /// The state that is asked.
    pub requested: Spanned<String>,
    /// The day of the answer, unless a part says otherwise.
    #[serde(default)]
    pub day: Option<Spanned<Day>>,
    /// The day of the conduct; the day of the answer, if left out.
    #[serde(default)]
    pub conduct_day: Option<Spanned<Day>>,
    /// The day on which the request was received; the day of the answer, if left out.
    #[serde(default)]
    pub request_day: Option<Spanned<Day>>,
    /// The day since when data or a person are held for the requesting state.
    #[serde(default)]
    pub held_since: Option<Spanned<Day>>,
    /// The day on which the follow-up to that hold was received.
    #[serde(default)]
    pub follow_up_day: Option<Spanned<Day>>,
    /// What was done and under which circumstances: names from `law/facts.yaml`.
    #[serde(default)]
    pub facts: Vec<Spanned<String>>,
    /// Facts that are not known.
    #[serde(default)]
    pub unknown: Vec<Spanned<String>>,
    /// Nationality of the person sought.
    #[serde(default)]
    pub nationality: Option<Spanned<String>>,
    /// The questions, each with its own name; `-` where there is only one.
    pub parts: BTreeMap<Spanned<String>, PartForm>,
}

/// A state of a case.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CaseStateForm {
    /// Its name, if it is not just its code with a capital letter.
    #[serde(default)]
    pub name: Option<String>,
    /// Its law: a name from `law/laws`, or written out. It stands in the place of a real state's own law.
    #[serde(default)]
    pub law: Option<Spanned<LawChoice>>,
    /// A state of `law/states` whose law it has; `law` is then added to that: its offences and rules stand beside
    /// those of the same state, or in the place of those of the same name.
    #[serde(default)]
    pub like: Option<Spanned<String>>,
}

/// One question of a case.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PartForm {
    /// What is asked.
    pub measure: Measure,
    /// The state that asks, if it differs.
    #[serde(default)]
    pub requesting: Option<Spanned<String>>,
    /// The state that is asked, if it differs.
    #[serde(default)]
    pub requested: Option<Spanned<String>>,
    /// The day of the answer, if it differs.
    #[serde(default)]
    pub day: Option<Spanned<Day>>,
    /// The day of the conduct, if it differs.
    #[serde(default)]
    pub conduct_day: Option<Spanned<Day>>,
    /// The day on which the request was received, if it differs.
    #[serde(default)]
    pub request_day: Option<Spanned<Day>>,
    /// The day since when data or a person are held for the requesting state, if it differs.
    #[serde(default)]
    pub held_since: Option<Spanned<Day>>,
    /// The day on which the follow-up to that hold was received, if it differs.
    #[serde(default)]
    pub follow_up_day: Option<Spanned<Day>>,
    /// Facts besides those of the case.
    #[serde(default)]
    pub facts: Vec<Spanned<String>>,
    /// Facts of the case that do not hold here.
    #[serde(default)]
    pub without: Vec<Spanned<String>>,
    /// Facts that are not known, besides those of the case.
    #[serde(default)]
    pub unknown: Vec<Spanned<String>>,
    /// Nationality of the person sought, if it differs.
    #[serde(default)]
    pub nationality: Option<Spanned<String>>,
    /// The answer that the case holds to be right.
    #[serde(default)]
    pub expect: Option<ExpectForm>,
}

/// An expected answer.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ExpectForm {
    /// The decision.
    pub decision: Decision,
    /// Other decisions that the case allows (a judgement call).
    #[serde(default)]
    pub or: Vec<Decision>,
    /// Grounds that must be shown.
    #[serde(default)]
    pub grounds: Vec<GroundCode>,
    /// Grounds that may be shown besides; any other is a disagreement.
    #[serde(default)]
    pub also: Vec<GroundCode>,
    /// What carries or limits the duty: each must occur among the bases, limits, duties or grounds. An article
    /// stands for its paragraphs (`BUD 24` is met by `BUD 24(1)`), an instrument for its articles.
    #[serde(default)]
    pub basis: Vec<Spanned<String>>,
    /// Duties that must be shown.
    #[serde(default)]
    pub duties: Vec<DutyKind>,
    /// The day from which a treaty not yet in force will be.
    #[serde(default)]
    pub in_force_from: Option<Day>,
    /// Days for which preserved data must be held at least.
    #[serde(default)]
    pub holds_days: Option<u16>,
    /// Whether a hold lasts until the decision on its follow-up.
    #[serde(default)]
    pub kept_until_decision: Option<bool>,
    /// The last day of a hold that began earlier.
    #[serde(default)]
    pub kept_through: Option<Day>,
    /// The day from which a denounced treaty no longer binds both.
    #[serde(default)]
    pub out_of_force_from: Option<Day>,
    /// Conditions that must be shown, in the words of the article's data.
    #[serde(default)]
    pub conditions: Vec<String>,
    /// Times that must be shown, for example `{ decide: 60 days }`.
    #[serde(default)]
    pub time_limits: TimeLimitsForm,
    /// Whether the answer is settled law; if not, another answer with the stated ground may be defended.
    #[serde(default = "yes")]
    pub settled: bool,
}

const fn yes() -> bool {
    true
}
