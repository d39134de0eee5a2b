//! The form of one rule: an article of a treaty, or of a state's own law on co-operation. One shape for both.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::base::Spanned;
use crate::law::ground::{Force, GroundCode};
use crate::law::library::Carries;
use crate::law::measure::Measure;
use crate::law::opinion::DutyKind;

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
pub struct RuleForm {
    /// What the article says, in one sentence of our own.
    pub says: String,
    /// Where that is known from; the file's own mark if left out.
    #[serde(default)]
    pub read: Option<Read>,
    /// The measures it speaks of.
    #[serde(rename = "for")]
    pub measures: Vec<Measure>,
    /// When it applies; always, if left out.
    #[serde(default)]
    pub when: PatternForm,
    /// It applies only where the requested state made a reservation under this very article.
    #[serde(default)]
    pub only_if_reserved: bool,
    /// The scope of the treaty for these measures.
    #[serde(default)]
    pub covers: Option<PatternForm>,
    /// It carries the duty (`must`) or power (`may`) to comply, or is part of that basis (`in-part`).
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
    /// A condition under which the request is met.
    #[serde(default)]
    pub condition: Option<String>,
    /// A duty after a refusal.
    #[serde(default)]
    pub duty: Option<DutyForm>,
    /// Days for which preserved data are held at least.
    #[serde(default)]
    pub holds_days: Option<u16>,
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

/// A duty that a refusal leaves over.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DutyForm {
    /// What is owed.
    pub does: Spanned<DutyKind>,
    /// Owed only when every ground of the refusal is one of these; after any refusal or postponement, if left out.
    #[serde(default)]
    pub after: Vec<GroundCode>,
    /// Owed only if the requesting state asks for it.
    #[serde(default)]
    pub on_request: bool,
}
