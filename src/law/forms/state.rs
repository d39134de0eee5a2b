//! The form of a state: its name and its own law.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::rule::{PatternForm, Read, RuleForm};
use crate::base::{Day, OneOrMany, Spanned};
use crate::law::state::{DualCriminalityAt, Jurisdiction, PenalLaw};

/// A state file: `law/states/CODE.yaml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StateForm {
    /// Its code: ISO 3166-1 alpha-3.
    pub state: Spanned<String>,
    /// Its name.
    pub name: String,
    /// Where the law below is known from.
    pub source: String,
    /// What is in the file and what is not.
    pub coverage: String,
    /// Its law.
    pub law: LawForm,
}

/// A law file, `law/laws/NAME.yaml`: a body of law that several invented states may share.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LawFile {
    /// Its name.
    pub name: Spanned<String>,
    /// Where it comes from: for invented law, what it is modelled on.
    pub source: String,
    /// What is in the file and what is not.
    pub coverage: String,
    /// The law.
    pub law: LawForm,
}

/// A state's own law, as far as co-operation needs it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LawForm {
    /// Whether its law requires a treaty for extradition. Left out: not known.
    #[serde(default)]
    pub needs_treaty: Option<bool>,
    /// Conventions that it accepts as the legal basis for extradition.
    #[serde(default)]
    pub accepts_as_basis: Vec<Spanned<String>>,
    /// Whether it surrenders without a treaty on an assurance of reciprocity alone. It does, if left out.
    #[serde(default)]
    pub asks_reciprocity: Option<bool>,
    /// The day at which its dual criminality looks.
    #[serde(default)]
    pub dual_criminality_at: Option<DualCriminalityAt>,
    /// Whether its penal law is in the file. Where it is not, it is not known whether conduct is an offence there.
    #[serde(default)]
    pub penal_law: Option<PenalLaw>,
    /// Facts of conduct on which nothing of its penal law is in the file, although the rest is.
    #[serde(default)]
    pub penal_law_leaves_out: Option<Vec<Spanned<String>>>,
    /// Its claims of jurisdiction; if left out, territory and effects, and whether over nationals abroad is not known.
    #[serde(default)]
    pub jurisdiction: Option<Vec<Jurisdiction>>,
    /// Groups that conditions of entry into force count, for example `council-of-europe`.
    #[serde(default)]
    pub groups: BTreeSet<String>,
    /// Its offences by name.
    #[serde(default)]
    pub offences: BTreeMap<Spanned<String>, DomesticOffenceForm>,
    /// Its rules on co-operation by provision.
    #[serde(default)]
    pub rules: BTreeMap<Spanned<String>, OneOrMany<RuleForm>>,
}

impl LawForm {
    /// This law with another added: its offences and rules beside these, or in the place of those of the same name, and all
    /// else that it says in the place of what this one says. A penal law to which offences are added counts as entered.
    #[must_use]
    pub fn with(mut self, added: Self) -> Self {
        let entered = (!added.offences.is_empty()).then_some(PenalLaw::Entered);
        let nothing = entered.map(|_| Vec::new());
        self.penal_law = added.penal_law.or(entered).or(self.penal_law);
        self.penal_law_leaves_out = added.penal_law_leaves_out.or(nothing).or(self.penal_law_leaves_out);
        self.dual_criminality_at = added.dual_criminality_at.or(self.dual_criminality_at);
        self.asks_reciprocity = added.asks_reciprocity.or(self.asks_reciprocity);
        self.jurisdiction = added.jurisdiction.or(self.jurisdiction);
        self.needs_treaty = added.needs_treaty.or(self.needs_treaty);
        self.accepts_as_basis.extend(added.accepts_as_basis);
        self.groups.extend(added.groups);
        self.offences.extend(added.offences);
        self.rules.extend(added.rules);
        self
    }

    /// The treaties that it names, of which a run may have any or none.
    pub fn treaties_named(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.offences.values().flat_map(|offence| &offence.carries_out).chain(&self.accepts_as_basis)
    }

    /// The law of a state of which no more than the name is known.
    #[must_use]
    pub fn not_entered() -> Self {
        Self { penal_law: Some(PenalLaw::NotEntered), ..Self::default() }
    }

    /// Whether its penal law is in the file; it is, if nothing is said.
    #[must_use]
    pub fn is_penal_law_entered(&self) -> bool {
        self.penal_law.unwrap_or_default() == PenalLaw::Entered
    }

    /// Its claims of jurisdiction; territory and effects, if nothing is said.
    #[must_use]
    pub fn claims(&self) -> Vec<Jurisdiction> {
        self.jurisdiction.clone().unwrap_or_else(|| vec![Jurisdiction::Territory, Jurisdiction::Effects])
    }
}

/// An offence of a state's own law.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DomesticOffenceForm {
    /// The provision.
    pub cite: String,
    /// Facts that must all hold.
    #[serde(default)]
    pub all: Vec<Spanned<String>>,
    /// Facts of which at least one must hold.
    #[serde(default)]
    pub any: Vec<Spanned<String>>,
    /// Facts that must not hold.
    #[serde(default)]
    pub none: Vec<Spanned<String>>,
    /// The maximum penalty in months; 1,200 stands for life.
    pub maximum_months: u16,
    /// In force from this day; before every date of a scenario, if left out.
    #[serde(default)]
    pub from: Option<Day>,
    /// No longer in force from this day.
    #[serde(default)]
    pub until: Option<Day>,
    /// Treaties, or rules of custom, that it carries out. Such an offence is enacted only after the state has consented
    /// to one of them, or custom binds it; until then it is no offence, unless it is in force `from` a day of its own.
    #[serde(default)]
    pub carries_out: Vec<Spanned<String>>,
    /// Where it is known from; the file's own mark if left out.
    #[serde(default)]
    pub read: Option<Read>,
}

impl DomesticOffenceForm {
    /// The conduct.
    #[must_use]
    pub fn pattern(&self) -> PatternForm {
        PatternForm { all: self.all.clone(), any: self.any.clone(), none: self.none.clone() }
    }
}

/// A law named (a file under `law/laws`) or written out on the spot.
#[derive(Clone, Debug)]
pub enum LawChoice {
    /// The name of a law file.
    Named(String),
    /// The law itself.
    Written(Box<LawForm>),
}

// By hand, not untagged: an untagged enum loses the places of what it holds.
impl<'de> Deserialize<'de> for LawChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Choice;
        impl<'de> Visitor<'de> for Choice {
            type Value = LawChoice;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("the name of a law or a law written out")
            }
            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<LawChoice, E> {
                Ok(LawChoice::Named(name.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<LawChoice, A::Error> {
                LawForm::deserialize(MapAccessDeserializer::new(map)).map(|law| LawChoice::Written(Box::new(law)))
            }
        }
        deserializer.deserialize_any(Choice)
    }
}

impl JsonSchema for LawChoice {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "LawChoice".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let written = generator.subschema_for::<LawForm>();
        schemars::json_schema!({
            "description": "The name of a law under law/laws, or a law written out",
            "anyOf": [{"type": "string"}, written]
        })
    }
}
