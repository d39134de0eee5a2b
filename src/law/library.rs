//! The compiled law of a run: facts, treaties, states and the table of citations.

use std::collections::{BTreeMap, BTreeSet};

use super::bearing::Bearing;
use super::fact::{FactId, Facts, Pattern};
use super::joining::{DateRule, FirstInForce};
use super::measure::Measure;
use super::rule::{Carries, Rules};
use crate::base::{CiteId, Day, StateId, TreatyId};

/// Facts, treaties and states, compiled from what people wrote (see `build`).
#[derive(Clone, Debug)]
pub struct Library {
    /// The table of facts.
    pub facts: Facts,
    pub(super) treaties: Vec<Treaty>,
    pub(super) states: Vec<State>,
    pub(super) cites: Vec<String>,
    pub(super) cite_by_name: BTreeMap<String, CiteId>,
    pub(super) conditions: Vec<String>,
    pub(super) fixed: Fixed,
    pub(super) bearing: Bearing,
    /// The maximum penalty in months that is taken for offences nobody looked up: of penal laws that are taken for
    /// granted, and of offences that a study tries.
    pub months_taken: u16,
}

/// Citations, conditions and facts that the decision procedure itself needs.
#[derive(Clone, Copy, Debug)]
pub struct Fixed {
    /// The requested state's own law, as a basis.
    pub domestic_law: CiteId,
    /// A reservation modifies the treaty both ways, to its extent.
    pub effect_of_reservations: CiteId,
    /// The other state may do towards the one that made a reservation what the reservation lets that one do.
    pub reserved_against: CiteId,
    /// A treaty gives third states neither duties nor rights.
    pub third_states: CiteId,
    /// Assurance of reciprocity, as a condition.
    pub reciprocity: u16,
    /// Disclosure by a provider's own choice, as a basis.
    pub providers_law: CiteId,
    /// What a treaty's end releases from, and what it leaves untouched.
    pub release: CiteId,
    /// See `release`.
    pub acquired: CiteId,
    /// Jurisdiction over acts in the territory, as a basis.
    pub territorial: CiteId,
    /// Jurisdiction over effects in the territory, as a basis.
    pub effects: CiteId,
    /// Jurisdiction over nationals, as a basis.
    pub active_nationality: CiteId,
    /// The treaty by which states are members of the European Union, if the library holds it.
    pub union: Option<TreatyId>,
    /// The circumstances that the decision procedure itself asks for.
    pub asked: AskedFacts,
}

macro_rules! asked_facts {
    ($($field:ident = $name:literal, $meaning:literal;)*) => {
        /// Circumstances that the decision procedure itself asks for.
        #[derive(Clone, Copy, Debug)]
        pub struct AskedFacts {
            $(#[doc = $meaning] pub $field: FactId,)*
        }

        impl AskedFacts {
            /// Their names in files.
            pub(super) const NAMES: &'static [&'static str] = &[$($name,)*];

            /// All of them.
            pub(super) fn all(&self) -> [FactId; Self::NAMES.len()] {
                [$(self.$field,)*]
            }

            /// The facts by these names; those that are missing, as the first fact of the list.
            pub(super) fn of(facts: &Facts) -> Self {
                Self { $($field: facts.named($name).unwrap_or(FactId(0)),)* }
            }
        }
    };
}

asked_facts! {
    prosecution_asked = "prosecution-asked", "The requesting state asks for prosecution in lieu of surrender.";
    refused_for_nationality = "refused-for-nationality", "Surrender was refused for nationality alone.";
    refused_for_jurisdiction = "refused-for-jurisdiction", "Surrender was refused for the requested state's own jurisdiction.";
    electronic = "evidence-in-electronic-form", "The evidence sought is in electronic form.";
    assurance_refused = "assurance-refused", "An assurance that the requested state asks for is refused.";
    committed_in_requesting = "committed-in-requesting-state", "The act was done in the requesting state.";
    effects_in_requesting = "effects-in-requesting-state", "Its effects were felt in the requesting state.";
}

impl Library {
    /// All treaties, by name.
    #[must_use]
    pub fn treaties(&self) -> &[Treaty] {
        &self.treaties
    }

    /// All states, by code.
    #[must_use]
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// Every state's identifier, in order.
    ///
    /// # Panics
    /// Never: a library with more states is not built.
    pub fn state_ids(&self) -> impl Iterator<Item = StateId> + use<> {
        (0..u16::try_from(self.states.len()).expect("a library has at most 65,535 states")).map(StateId)
    }

    /// Every treaty's identifier, in order.
    ///
    /// # Panics
    /// Never: a library with more treaties is not built.
    pub fn treaty_ids(&self) -> impl Iterator<Item = TreatyId> + use<> {
        (0..u16::try_from(self.treaties.len()).expect("a library has at most 65,535 treaties")).map(TreatyId)
    }

    /// One treaty.
    #[must_use]
    pub fn treaty(&self, treaty: TreatyId) -> &Treaty {
        &self.treaties[treaty.index()]
    }

    /// One state.
    #[must_use]
    pub fn state(&self, state: StateId) -> &State {
        &self.states[state.index()]
    }

    /// The state of this code.
    #[must_use]
    pub fn state_coded(&self, code: &str) -> Option<StateId> {
        let index = self.states.binary_search_by(|state| state.code.as_str().cmp(code)).ok()?;
        u16::try_from(index).ok().map(StateId)
    }

    /// The treaty of this name.
    #[must_use]
    pub fn treaty_named(&self, name: &str) -> Option<TreatyId> {
        let index = self.treaties.binary_search_by(|treaty| treaty.name.as_str().cmp(name)).ok()?;
        u16::try_from(index).ok().map(TreatyId)
    }

    /// A citation in words, for example `BUD 24(1)(a)`.
    #[must_use]
    pub fn cite(&self, cite: CiteId) -> &str {
        &self.cites[cite.index()]
    }

    /// The citation of these words.
    #[must_use]
    pub fn cite_named(&self, words: &str) -> Option<CiteId> {
        self.cite_by_name.get(words).copied()
    }

    /// All citations, in the order of their identifiers.
    #[must_use]
    pub fn cites(&self) -> &[String] {
        &self.cites
    }

    /// A condition in words.
    #[must_use]
    pub fn condition(&self, condition: u16) -> &str {
        &self.conditions[usize::from(condition)]
    }

    /// Brings an offence of a state into force from a day, or from the earlier day that it has already.
    pub fn enact(&mut self, state: StateId, offence: usize, day: Day) {
        let from = &mut self.states[state.index()].offences[offence].from;
        *from = Some(from.map_or(day, |known| known.min(day)));
    }

    /// What the decision procedure itself cites and asks.
    #[must_use]
    pub const fn fixed(&self) -> &Fixed {
        &self.fixed
    }

    /// All conditions, in the order of their numbers.
    #[must_use]
    pub fn conditions(&self) -> &[String] {
        &self.conditions
    }
}

/// A treaty or protocol, or one variant of a model text.
#[derive(Clone, Debug)]
pub struct Treaty {
    /// Its name in files, for example `ets185` or `internet-trafficking-protocol/conduct`.
    pub name: String,
    /// How opinions cite it, for example `BUD`.
    pub cites_as: String,
    /// The treaty as a whole, as a citation.
    pub whole: CiteId,
    /// Its title.
    pub title: String,
    /// Whether it is a hypothetical text.
    pub is_model: bool,
    /// Whether it is a rule of custom: nobody consents to it.
    pub is_custom: bool,
    /// How content-based the text is, 0 to 1.
    pub content_based: f64,
    /// Whether its Parties have to punish its offences, or it lists them for a procedure alone.
    pub obliges_to_punish: bool,
    /// When a consent takes effect; for a treaty between two states, none.
    pub joins: Option<DateRule>,
    /// When a denunciation takes effect.
    pub leaves: Option<DateRule>,
    /// The article by which a party that left still owes what the treaty asks over offences committed before.
    pub owed_after_leaving: Option<CiteId>,
    /// What the first entry into force needs.
    pub first_in_force: Option<FirstInForce>,
    /// The recorded day of first entry into force.
    pub in_force: Option<Day>,
    /// The article on its entry into force for a state.
    pub in_force_article: Option<CiteId>,
    /// The treaty to which this one is a protocol.
    pub parent: Option<TreatyId>,
    /// By which article whoever leaves the parent leaves this protocol with it.
    pub ends_with_parent: Option<CiteId>,
    /// The two states of a bilateral treaty.
    pub between: Option<(StateId, StateId)>,
    /// Whether it is a treaty of two states, or a text of which each pair of states has a treaty of its own.
    pub is_bilateral: bool,
    /// The day on which the two signed it.
    pub signed: Option<Day>,
    /// Whether it is a special treaty on extradition.
    pub on_extradition: bool,
    /// Whether it is a special treaty on mutual assistance.
    pub on_assistance: bool,
    /// The penalty threshold for extradition.
    pub threshold: Option<Threshold>,
    /// Articles to which reservations are allowed.
    pub reservable: BTreeSet<CiteId>,
    /// Articles under which a declaration has an effect here.
    pub declarable: BTreeSet<CiteId>,
    /// Treaties that do not govern what this one carries between the same two states.
    pub displaces: Vec<TreatyId>,
    /// Whether no earlier bilateral treaty governs what it carries between the same two states.
    pub displaces_bilateral: bool,
    /// By which of its articles.
    pub displaces_by: Option<CiteId>,
    /// The day from which an instrument applies, whatever the days of the consents.
    pub applicable_from: Option<Day>,
    /// The offences it lists.
    pub offences: Vec<ListedOffence>,
    /// The clause by which its offences are read into its parent.
    pub extends: Option<CiteId>,
    /// Its co-operation rules.
    pub rules: Rules,
}

impl Treaty {
    /// Whether one of its articles carries a measure. A protocol whose articles are no more than part of a basis adds to
    /// that of its parent and carries nothing by itself.
    #[must_use]
    pub fn carries(&self, measure: Measure) -> bool {
        let alone = |carries| self.parent.is_none() || carries != Carries::InPart;
        self.rules.on(measure).any(|rule| rule.carries.is_some_and(alone))
    }

    /// Whether it governs the matter to which a measure belongs: it carries the measure, or is special on the matter.
    #[must_use]
    pub fn governs_matter_of(&self, measure: Measure) -> bool {
        let special =
            (self.on_extradition && measure.is_surrender()) || (self.on_assistance && measure.is_assistance());
        special || self.carries(measure)
    }
}

/// The penalty that both laws must reach for surrender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// Months of the maximum penalty.
    pub months: u16,
    /// Whether exactly that many months are too few.
    pub more_than: bool,
    /// Whether the threshold of a special extradition treaty between the two replaces it.
    pub yields: bool,
}

impl Threshold {
    /// Whether this maximum penalty reaches the threshold.
    #[must_use]
    pub const fn reached(self, maximum_months: u16) -> bool {
        if self.more_than { maximum_months > self.months } else { maximum_months >= self.months }
    }
}

/// An offence that a treaty obliges its parties to create.
#[derive(Clone, Debug)]
pub struct ListedOffence {
    /// Its name.
    pub name: String,
    /// The article.
    pub cite: CiteId,
    /// The conduct.
    pub pattern: Pattern,
    /// The articles by any of which a party may reserve the whole offence.
    pub reservable: Vec<CiteId>,
}

/// A state's own law.
#[derive(Clone, Debug)]
pub struct State {
    /// Its code: ISO alpha-3, or the name of an invented state.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Groups that conditions of entry into force count, for example `council-of-europe`.
    pub groups: BTreeSet<String>,
    /// Whether its law requires a treaty for extradition; `None` when that is not known.
    pub needs_treaty: Option<bool>,
    /// Conventions that it accepts as a legal basis for extradition.
    pub accepts_as_basis: Vec<TreatyId>,
    /// The day at which its dual criminality looks.
    pub dual_criminality_at: DualCriminalityAt,
    /// Whether its penal law is entered.
    pub penal_law: PenalLaw,
    /// Whether what stands as its offences was taken for granted, since nobody entered them.
    pub penal_law_is_taken: bool,
    /// Its claims of jurisdiction.
    pub jurisdiction: Vec<Jurisdiction>,
    /// Its offences.
    pub offences: Vec<DomesticOffence>,
    /// Its rules on co-operation.
    pub rules: Rules,
}

impl State {
    /// Every day on which an offence or a rule of its own law enters or leaves force; not sorted.
    pub fn changes(&self) -> impl Iterator<Item = Day> + '_ {
        let offences = self.offences.iter().flat_map(|offence| [offence.from, offence.until]);
        let rules = self.rules.iter().flat_map(|rule| [rule.from, rule.until]);
        offences.chain(rules).flatten()
    }
}

/// The day at which dual criminality looks (a switch of each state's law).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DualCriminalityAt {
    /// The day of the conduct.
    #[default]
    Conduct,
    /// The day on which the request is decided.
    Request,
}

/// Whether a state's penal law is entered (a switch of each state's law). A state whose offences nobody wrote down
/// has offences all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PenalLaw {
    /// What meets no offence of its list is no offence there.
    #[default]
    Entered,
    /// What meets no offence of its list may still be one: it is not known.
    NotEntered,
}

/// A claim of jurisdiction over conduct (ETS 185, Art. 22).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Jurisdiction {
    /// Over acts in its territory.
    Territory,
    /// Over acts elsewhere whose effects are felt in its territory.
    Effects,
    /// Over acts of its nationals abroad.
    Nationals,
}

impl Jurisdiction {
    /// What the claim rests on, for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Territory => "acts in its territory",
            Self::Effects => "effects in its territory",
            Self::Nationals => "the person's nationality",
        }
    }
}

/// An offence of a state's own law.
#[derive(Clone, Debug)]
pub struct DomesticOffence {
    /// Its name.
    pub name: String,
    /// The statute.
    pub cite: CiteId,
    /// The conduct.
    pub pattern: Pattern,
    /// The maximum penalty.
    pub maximum_months: u16,
    /// In force from this day; `None`: before every date that a scenario may carry, or not yet enacted.
    pub from: Option<Day>,
    /// No longer in force from this day.
    pub until: Option<Day>,
    /// Treaties that it carries out, as far as this library holds them.
    pub carries_out: Vec<TreatyId>,
    /// Whether it waits for one of those treaties, so that it is no offence while `from` is not known.
    pub awaits_treaty: bool,
}

impl DomesticOffence {
    /// Whether it is in force on a day.
    #[must_use]
    pub fn in_force(&self, day: Day) -> bool {
        let begun = self.from.map_or(!self.awaits_treaty, |from| from <= day);
        begun && self.until.is_none_or(|until| day < until)
    }
}
