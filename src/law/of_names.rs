//! A library that holds names and no law: for tests of what only carries names, such as the wire.

use std::collections::BTreeSet;

use super::bearing::Bearing;
use super::fact::{FactId, FactKind, FactSet, Facts};
use super::joining::DateRule;
use super::library::{AskedFacts, Fixed, Library};
use super::participation::Participation;
use super::rule::Rules;
use super::state::{DualCriminalityAt, PenalLaw, State};
use super::treaty::{Between, Treaty};
use crate::base::CiteId;

impl Library {
    /// A library of these states, facts, treaties, citations and conditions, without any rule. States and
    /// treaties are put in order; facts, citations and conditions are numbered as given.
    ///
    /// # Panics
    /// When there are more names than identifiers.
    #[doc(hidden)]
    #[must_use]
    pub fn of_names(states: &[&str], facts: &[&str], treaties: &[&str], cites: &[&str], conditions: &[&str]) -> Self {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let sorted = |names: &[&str]| owned(names).into_iter().collect::<BTreeSet<_>>().into_iter();
        let fact_id = |index| FactId(u8::try_from(index).expect("at most 256 facts"));
        let cite_id = |index| CiteId(u16::try_from(index).expect("at most 65,536 citations"));
        Self {
            facts: Facts {
                names: owned(facts),
                asks: owned(facts),
                kinds: vec![FactKind::Conduct; facts.len()],
                by_name: owned(facts).into_iter().enumerate().map(|(i, name)| (name, fact_id(i))).collect(),
                ..Facts::default()
            },
            treaties: sorted(treaties).map(treaty).collect(),
            states: sorted(states).map(state).collect(),
            cites: owned(cites),
            cite_by_name: owned(cites).into_iter().enumerate().map(|(i, name)| (name, cite_id(i))).collect(),
            conditions: owned(conditions),
            // Nothing decides by such a library, so nothing reads these.
            fixed: Fixed {
                domestic_law: CiteId(0),
                effect_of_reservations: CiteId(0),
                reserved_against: CiteId(0),
                third_states: CiteId(0),
                later_treaty: CiteId(0),
                as_amended: CiteId(0),
                reciprocity: 0,
                providers_law: CiteId(0),
                release: CiteId(0),
                acquired: CiteId(0),
                territorial: CiteId(0),
                effects: CiteId(0),
                active_nationality: CiteId(0),
                union: None,
                asked: AskedFacts::of(&Facts::default()),
            },
            bearing: Bearing::default(),
            months_taken: 0,
            treaty_need_is_taken: false,
        }
    }
}

fn state(code: String) -> State {
    State {
        name: code.clone(),
        code,
        groups: BTreeSet::new(),
        needs_treaty: None,
        accepts_as_basis: Vec::new(),
        asks_reciprocity: true,
        dual_criminality_at: DualCriminalityAt::default(),
        penal_law: PenalLaw::Entered,
        penal_law_leaves_out: FactSet::NONE,
        penal_law_is_taken: false,
        jurisdiction: Vec::new(),
        jurisdiction_is_entered: true,
        offences: Vec::new(),
        rules: Rules::default(),
    }
}

fn treaty(name: String) -> Treaty {
    Treaty {
        cites_as: name.clone(),
        whole: CiteId(0),
        title: name.clone(),
        name,
        is_model: true,
        is_custom: false,
        obliges_to_punish: true,
        content_based: 0.0,
        joins: None,
        leaves: DateRule::WITHOUT_CLAUSE,
        owed_after_leaving: None,
        owed_where_held: None,
        owed_where_received: None,
        first_in_force: None,
        in_force: None,
        first_in_force_article: None,
        in_force_article: None,
        accession_article: None,
        parent: None,
        ends_with_parent: None,
        participation: Participation::default(),
        between: Between::Any,
        is_bilateral: false,
        signed: None,
        on_extradition: false,
        on_assistance: false,
        threshold: None,
        reservable: BTreeSet::new(),
        other_reservations: false,
        declarable: BTreeSet::new(),
        displaces: Vec::new(),
        displaces_bilateral: false,
        supplements_bilateral: false,
        displaces_by: None,
        applicable_from: None,
        offences: Vec::new(),
        extends: None,
        rules: Rules::default(),
    }
}
