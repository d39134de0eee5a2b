//! The form of `law/facts.yaml`: the closed list of facts that conditions may name.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::rule::PatternForm;
use crate::base::Spanned;
use crate::law::fact::FactKind;

/// The closed list of facts.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FactsForm {
    /// Each fact by its name.
    pub facts: BTreeMap<Spanned<String>, FactForm>,
    /// Circumstances that hold, or cease to hold, by an act of one of the two States.
    #[serde(default)]
    pub acts: BTreeMap<Spanned<String>, ActForm>,
}

/// An act by which a circumstance holds or ceases to hold.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ActForm {
    /// The act by which it holds, in a sentence without a full stop.
    #[serde(default)]
    pub done: Option<String>,
    /// The act by which it holds no longer.
    #[serde(default)]
    pub undone: Option<String>,
}

/// One fact.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FactForm {
    /// The question that a human would be asked to establish it.
    pub asks: String,
    /// Where it comes from.
    pub kind: FactKind,
    /// Who judges it, where that is one of the two states (an open standard, for example what is political).
    #[serde(default)]
    pub judged_by: Option<JudgedBy>,
    /// For a derived fact: the condition over other facts under which it holds.
    #[serde(default)]
    pub when: Option<Spanned<PatternForm>>,
}

/// Who judges an open standard.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum JudgedBy {
    /// The state that is asked.
    Requested,
    /// The state that asks.
    Requesting,
}
