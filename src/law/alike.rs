//! States that the law cannot tell apart on a day: with the same law in force, standing alike towards every treaty. A request
//! in which everything happens on one day, the conduct, the request and the answer, meets the same decision among them.

use super::library::Library;
use super::membership::{Memberships, Position};
use super::rule::Rule;
use super::state::{DomesticOffence, State};
use super::treaty::Between;
use crate::base::{Day, StateId, TreatyId};

/// The states of a library, by what such a request can see of them.
#[derive(Clone, Debug)]
pub struct Alike {
    /// What there is to see, each once.
    seen: Vec<Seen>,
    /// By state: which of these it shows.
    class: Vec<u16>,
}

impl Alike {
    /// All states, as they are on a day.
    #[must_use]
    pub fn on(library: &Library, memberships: &Memberships, day: Day) -> Self {
        let mut alike = Self { seen: Vec::new(), class: vec![0; library.states().len()] };
        let states: Vec<StateId> = library.state_ids().collect();
        alike.changed(library, memberships, day, &states);
        alike
    }

    /// Looks again at states whose law changed, or what binds them.
    ///
    /// # Panics
    /// Never: what there is to see is bounded by the changes of a run, far fewer than 65,536.
    pub fn changed(&mut self, library: &Library, memberships: &Memberships, day: Day, states: &[StateId]) {
        for state in states {
            let this = Seen::of(library, memberships, *state, day);
            let known = self.seen.iter().position(|other| *other == this).unwrap_or_else(|| {
                self.seen.push(this);
                self.seen.len() - 1
            });
            self.class[state.index()] = u16::try_from(known).expect("far fewer");
        }
    }

    /// Which class a state is of: the same number, the same decisions, on whatever day it was looked at, as long as no text of a
    /// treaty changes.
    #[must_use]
    pub fn class(&self, state: StateId) -> u16 {
        self.class[state.index()]
    }

    /// How many classes there are and were.
    #[must_use]
    pub fn kinds(&self) -> usize {
        self.seen.len()
    }

    /// The states of each class.
    #[must_use]
    pub fn states(&self) -> Vec<Vec<StateId>> {
        let mut states = vec![Vec::new(); self.seen.len()];
        for (state, class) in (0..).map(StateId).zip(&self.class) {
            states[usize::from(*class)].push(state);
        }
        states.retain(|alike| !alike.is_empty());
        states
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Seen {
    positions: Vec<Position>,
    /// Its law, without its name and without what is dated.
    law: State,
    offences: Vec<DomesticOffence>,
    rules: Vec<Rule>,
    /// The state itself, where a treaty is one between it and another.
    itself: Option<StateId>,
    /// By treaty, since when it binds, where it gives way to an earlier one or a later.
    since: Vec<Option<Day>>,
}

impl Seen {
    fn of(library: &Library, memberships: &Memberships, state: StateId, day: Day) -> Self {
        let law = library.state(state);
        let in_force = law.offences.iter().filter(|offence| offence.in_force(day));
        let undated = |offence: &DomesticOffence| DomesticOffence {
            name: String::new(),
            from: None,
            until: None,
            awaits_treaty: false,
            is_taken: false,
            ..offence.clone()
        };
        let rules = law.rules.iter().filter(|rule| rule.in_force(day));
        let own_treaty = library.treaties().iter().any(|treaty| treaty.is_of_two_with(state));
        Self {
            positions: library.treaty_ids().map(|treaty| memberships.position(treaty, state, day)).collect(),
            law: law.undated(),
            offences: in_force.map(undated).collect(),
            rules: rules.map(|rule| Rule { from: None, until: None, ..rule.clone() }).collect(),
            itself: own_treaty.then_some(state),
            since: days_that_count(library).map(|treaty| memberships.in_force_from(treaty, state)).collect(),
        }
    }
}

/// The treaties between which the earlier or the later takes precedence. Of those between two named states the states
/// themselves tell the day; one that any two may have between them is the only other that gives way by its day.
fn days_that_count(library: &Library) -> impl Iterator<Item = TreatyId> {
    let giving_way = library.treaties().iter().filter(|law| law.is_bilateral && law.between == Between::Any);
    // Most libraries have none, and then no day counts.
    let any = giving_way.clone().next().is_some();
    let counts = move |treaty: &TreatyId| {
        let law = library.treaty(*treaty);
        any && (law.is_bilateral
            || law.displaces_bilateral
            || giving_way.clone().any(|protocol| protocol.parent == Some(*treaty)))
    };
    library.treaty_ids().filter(counts)
}
