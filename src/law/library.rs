//! The compiled law of a run: facts, treaties, states and the table of citations. What a treaty and a state's own law hold
//! stands in `treaty` and `state`.

use std::collections::BTreeMap;

use super::bearing::Bearing;
use super::computed::Computed;
use super::fact::{FactId, Facts};
use super::ground::{Force, GroundCode};
use super::measure::Measure;
use super::opinion::TreatyDay;
use super::state::State;
use super::treaty::Treaty;
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
    /// Whether a state of which nobody entered whether it needs a treaty for extradition is taken to need none. Where it is
    /// not, both are tried.
    pub treaty_need_is_taken: bool,
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
    /// A later treaty between the same two on the same matter takes an earlier one's place.
    pub later_treaty: CiteId,
    /// Who becomes a Party to a treaty that was amended is one to the treaty as amended.
    pub as_amended: CiteId,
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

    /// Whether the rules that have this ground in this article leave a choice: the force that all of them have. None where no
    /// rule has it, as for the scope of a treaty, or where rules of one name differ.
    #[must_use]
    pub fn force_of(&self, ground: GroundCode, cite: CiteId) -> Option<Force> {
        let treaties = self.treaties.iter().flat_map(|treaty| treaty.rules.iter());
        let rules = treaties.chain(self.states.iter().flat_map(|state| state.rules.iter()));
        let mut forces = rules.filter(|rule| rule.cite == cite).filter_map(|rule| rule.refuse);
        let (_, force) = forces.find(|(code, _)| *code == ground)?;
        forces.all(|(code, other)| code != ground || other == force).then_some(force)
    }

    /// Whether an article counts only where no other treaty on surrender, or on assistance, is in force between the two (ETS 185,
    /// Art. 27(1)), in all that is said by it.
    #[must_use]
    pub fn counts_alone(&self, cite: CiteId) -> bool {
        let others = [Computed::ExtraditionTreaty, Computed::AssistanceTreaty].map(|other| self.facts.computed(other));
        let rules = self.treaties.iter().flat_map(|treaty| treaty.rules.iter()).filter(|rule| rule.cite == cite);
        let mut none = rules.map(|rule| rule.when.none).peekable();
        none.peek().is_some() && none.all(|none| others.iter().any(|other| none.has(*other)))
    }

    /// The article by which a treaty takes another's place on a measure: its own, or between special treaties of the same two
    /// states, of which the later one need not say so, that of the law of treaties.
    #[must_use]
    pub fn displaced_by(&self, treaty: TreatyId, by: TreatyId, measure: Measure) -> Option<CiteId> {
        let by = self.treaty(by);
        let later = by.supersedes_earlier_on(measure) && self.treaty(treaty).is_bilateral;
        by.displaces_by.or_else(|| later.then_some(self.fixed.later_treaty))
    }

    /// The days on which the text of a treaty changes, or from which acts or requests count under one that passes over what
    /// was done or received before; in order.
    pub fn days_of_texts(&self) -> impl Iterator<Item = Day> + '_ {
        self.bearing.days_of_texts().iter().copied()
    }

    /// A day on which a treaty begins or ceases to bind both states of a request.
    pub(super) fn treaty_day(&self, (day, treaty): (Day, TreatyId)) -> TreatyDay {
        TreatyDay { day, treaty: self.treaty(treaty).whole }
    }

    /// Brings an offence of a state into force from a day, or from the earlier day that it has already.
    pub fn enact(&mut self, state: StateId, offence: usize, day: Day) {
        let from = &mut self.states[state.index()].offences[offence].from;
        *from = Some(from.map_or(day, |known| known.min(day)));
    }

    /// Takes it that a treaty between two states, which would bind them by its own dates, was never concluded.
    pub fn take_as_never_concluded(&mut self, treaty: TreatyId) {
        self.treaties[treaty.index()].in_force = None;
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
