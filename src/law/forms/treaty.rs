//! The form of a treaty or protocol: `law/treaties/NAME.yaml`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::rule::{PatternForm, Read, RuleForm};
use crate::base::{Day, OneOrMany, Spanned};
use crate::law::joining::{DateRule, FirstInForce};

/// A treaty or protocol.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TreatyForm {
    /// Its name in files.
    pub treaty: Spanned<String>,
    /// How opinions cite it, for example `BUD`.
    pub cites_as: String,
    /// Its title.
    pub title: String,
    /// Where the rules below are known from.
    pub source: String,
    /// What is in the file and what is not.
    pub coverage: String,
    /// Where its provisions are known from, unless a provision says otherwise.
    pub read: Read,
    /// A hypothetical text, to be marked as such wherever it is cited.
    #[serde(default)]
    pub model: bool,
    /// A rule of custom: nobody joins it, general practice accepted as law makes it, and it binds whoever did not object
    /// while it formed.
    #[serde(default)]
    pub custom: bool,
    /// How content-based the text is: 0 when it speaks of conduct alone, 1 when it punishes what is said. It weighs
    /// with states that guard free expression when they think of joining, and decides nothing else.
    #[serde(default)]
    pub content_based: Option<f64>,
    /// Whether its Parties have to punish its offences; false where it lists offences for a procedure alone.
    #[serde(default = "yes")]
    pub obliges_to_punish: bool,
    /// The day on which it was opened for signature, or adopted: nobody consents to it before.
    #[serde(default)]
    pub opened: Option<Spanned<Day>>,
    /// Those for whom alone it is; any State where nothing is said.
    #[serde(default)]
    pub open_to: Option<OpenToForm>,
    /// Those who join it only when they are invited.
    #[serde(default)]
    pub on_invitation: Option<OnInvitationForm>,
    /// When a consent takes effect.
    #[serde(default)]
    pub joins: Option<DateRule>,
    /// When a denunciation takes effect; twelve months after notice where the treaty has no clause on it (VCLT 56(2)).
    #[serde(default)]
    pub leaves: Option<DateRule>,
    /// The article by which a party that left still owes what the treaty asks over offences committed before.
    #[serde(default)]
    pub owed_after_leaving: Option<String>,
    /// The article, cited in full (`WA 62(1)(b)`), by which a party that left still owes what was begun: where the person
    /// or the data were held while it was bound.
    #[serde(default)]
    pub owed_where_held: Option<String>,
    /// The article, cited in full (`WA 62(1)(l)`), by which a party that left still owes what was asked of it while it was
    /// bound.
    #[serde(default)]
    pub owed_where_received: Option<String>,
    /// What the first entry into force needs.
    #[serde(default)]
    pub first_in_force: Option<Spanned<FirstInForce>>,
    /// The recorded day of first entry into force.
    #[serde(default)]
    pub in_force: Option<Day>,
    /// The day from which it was applied provisionally, before it entered into force (VCLT 25): it binds from then on here.
    #[serde(default)]
    pub applied_provisionally_from: Option<Day>,
    /// The article on its first entry into force, for those by whose consents it enters into force at all.
    #[serde(default)]
    pub first_in_force_article: Option<String>,
    /// The article on entry into force for a later state.
    #[serde(default)]
    pub in_force_article: Option<String>,
    /// The same for a state that accedes, where another article says it.
    #[serde(default)]
    pub accession_article: Option<String>,
    /// The treaty to which this is a protocol: joined only together with it.
    #[serde(default)]
    pub protocol_to: Option<Spanned<String>>,
    /// The article, cited in full (`UNTOC 40(3)`), by which whoever leaves that treaty leaves the protocol with it.
    /// Without one, a protocol is left by a notice of its own.
    #[serde(default)]
    pub ends_with_parent: Option<Spanned<String>>,
    /// The article by which its offences are read into that treaty.
    #[serde(default)]
    pub extends_by: Option<String>,
    /// The two states of a bilateral treaty.
    #[serde(default)]
    pub between: Option<(Spanned<String>, Spanned<String>)>,
    /// A text of which each pair of states that take it has a bilateral treaty of its own.
    #[serde(default)]
    pub bilateral: bool,
    /// The day on which the two signed it.
    #[serde(default)]
    pub signed: Option<Day>,
    /// A special treaty on extradition: others yield to its threshold.
    #[serde(default)]
    pub on_extradition: bool,
    /// A special treaty on mutual assistance: it displaces rules that apply only where there is none.
    #[serde(default)]
    pub on_assistance: bool,
    /// The penalty threshold for extradition.
    #[serde(default)]
    pub threshold: Option<ThresholdForm>,
    /// The articles to which reservations are allowed: a closed list, unless there may be `other-reservations`.
    #[serde(default)]
    pub reservable: Vec<Spanned<String>>,
    /// Reservations to other provisions are allowed too: the text says so, or is silent (VCLT 19). No rule here
    /// answers to them.
    #[serde(default)]
    pub other_reservations: bool,
    /// The articles under which a declaration has an effect on a rule here.
    #[serde(default)]
    pub declarable: Vec<Spanned<String>>,
    /// Treaties whose place this one takes, where it is in force between the same two states: in what it carries, and if it
    /// is `on-extradition`, in all that belongs to surrender.
    #[serde(default)]
    pub displaces: Vec<Spanned<String>>,
    /// It takes the place of every bilateral treaty on what it carries, too, that was in force between the same two states
    /// by the day on which it bound both. One concluded later supplements it.
    #[serde(default)]
    pub displaces_bilateral: bool,
    /// A bilateral treaty that only supplements earlier ones on its matter between the same two states. Any other that is
    /// special on the matter takes their place (VCLT 30(3), 59(1)).
    #[serde(default)]
    pub supplements_bilateral: bool,
    /// Its article that says so.
    #[serde(default)]
    pub displaces_by: Option<String>,
    /// An instrument that applies from a day, whatever the days of the consents.
    #[serde(default)]
    pub applicable_from: Option<Day>,
    /// The offences that it obliges its parties to create.
    #[serde(default)]
    pub offences: BTreeMap<Spanned<String>, ListedOffenceForm>,
    /// Its provisions on co-operation.
    #[serde(default)]
    pub articles: BTreeMap<Spanned<String>, OneOrMany<RuleForm>>,
    /// Variants of a model text. Each becomes a treaty of its own, `NAME/VARIANT`.
    #[serde(default)]
    pub variants: BTreeMap<Spanned<String>, VariantForm>,
}

impl TreatyForm {
    /// Whether it changes another treaty for all its Parties at once, or for nobody.
    #[must_use]
    pub fn is_amendment(&self) -> bool {
        self.protocol_to.is_some() && self.first_in_force.as_ref().is_some_and(|first| first.value.all_parties)
    }
}

const fn yes() -> bool {
    true
}

/// Those for whom alone a treaty is.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OpenToForm {
    /// The treaty to which they are Parties, for example `european-union`.
    pub parties_to: Spanned<String>,
    /// The codes of those who may join besides.
    #[serde(default)]
    pub and: Vec<Spanned<String>>,
    /// The codes of those among its Parties who may not.
    #[serde(default)]
    pub but_not: Vec<Spanned<String>>,
}

/// Those who join a treaty only when they are invited.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OnInvitationForm {
    /// The article.
    pub by: String,
    /// The group whose members need none, for example `council-of-europe`.
    pub unless_in: String,
    /// The codes of others that need none, because they took part in drafting it.
    #[serde(default)]
    pub took_part: Vec<Spanned<String>>,
}

/// The penalty that both laws must reach for surrender.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ThresholdForm {
    /// Months of the maximum penalty.
    pub months: u16,
    /// Exactly that many months are too few.
    #[serde(default)]
    pub more_than: bool,
    /// The threshold of a special extradition treaty between the two replaces it.
    #[serde(default)]
    pub yields: bool,
}

/// An offence listed by a treaty.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ListedOffenceForm {
    /// The article.
    pub article: String,
    /// Facts that must all hold.
    #[serde(default)]
    pub all: Vec<Spanned<String>>,
    /// Facts of which at least one must hold.
    #[serde(default)]
    pub any: Vec<Spanned<String>>,
    /// Facts that must not hold.
    #[serde(default)]
    pub none: Vec<Spanned<String>>,
    /// The article, or articles, by which a party may reserve the whole offence.
    #[serde(default)]
    pub reservable_by: OneOrMany<String>,
    /// Where it is known from; the file's own mark if left out.
    #[serde(default)]
    pub read: Option<Read>,
}

impl ListedOffenceForm {
    /// The conduct.
    #[must_use]
    pub fn pattern(&self) -> PatternForm {
        PatternForm { all: self.all.clone(), any: self.any.clone(), none: self.none.clone() }
    }
}

/// A variant of a model text.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct VariantForm {
    /// Its title.
    pub title: String,
    /// The offences of the text that it has.
    pub offences: Vec<Spanned<String>>,
    /// Facts that every offence requires besides its own.
    #[serde(default)]
    pub also_requires: Vec<Spanned<String>>,
    /// How content-based it is, where that differs from the text.
    #[serde(default)]
    pub content_based: Option<f64>,
}
