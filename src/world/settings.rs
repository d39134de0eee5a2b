//! Every setting of the world but how networks behave, with meaning, unit, range, default, source and grade; those of its
//! states are held in `state`.
//!
//! Sources are named by author and year, or by document, where there is one.

use super::behaviour::Behaviour;
use super::network::{Network, Role};
use super::state::{ROWS, StateAspect, StateRow, StateSettings};
use crate::authority::AuthoritySettings;
use crate::base::{Day, Grade, Parameter, StateId};
use crate::law::FactSet;

/// A world with more networks than this would spend its time on them alone; the record's largest markets count
/// hundreds.
pub const MOST_NETWORKS: u32 = crate::base::NetworkId::PLACES;
/// A line is a byte in every network, and nobody can tell more lines apart in a table.
pub const MOST_LINES: usize = 64;

/// The number for which what networks see of each other is stated.
pub const USUAL_NETWORKS: f64 = 400.0;

/// The settings of one world.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldSettings {
    /// How many networks there are: constant, because a dismantled one leaves its place to a newcomer.
    pub networks: u32,
    /// The kinds of conduct that networks engage in; at least one.
    pub lines: Vec<LineSettings>,
    /// One entry for each state of the run, in the order of their identifiers.
    pub states: Vec<StateSettings>,
    /// How networks behave.
    pub behaviour: Behaviour,
    /// What happens on given days, in the order of the days.
    pub events: Vec<WorldEvent>,
}

/// Something that happens to the world on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldEvent {
    /// The day.
    pub day: Day,
    /// What happens.
    pub happens: Happening,
}

/// What happens to the world.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// One number of a state changes.
    StateChanges(StateId, StateAspect, f64),
    /// A state attracts bases as it attracts hosts again, after it did otherwise for a time.
    BaseFollowsInfrastructure(StateId),
    /// States act against networks on their soil, at once and by their own law.
    Operation(Operation),
}

/// A one-off act of enforcement.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// What it takes.
    pub takes: Takes,
    /// The states that act together.
    pub states: Vec<StateId>,
    /// The line that it is directed at; none: every line.
    pub line: Option<u8>,
    /// Chance that a network within its aim falls to it, 0 to 1.
    pub share: f64,
    /// Whether the largest within its aim fall, as many as the share comes to, instead of each by chance.
    pub largest_first: bool,
}

impl Operation {
    /// Whether both take the same in some state.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.takes == other.takes && self.states.iter().any(|state| other.states.contains(state))
    }
}

/// What an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Sites hosted there.
    Sites,
    /// Networks based there.
    Networks,
}

impl Takes {
    /// What the state whose soil it is on is to a network.
    pub(super) const fn role(self) -> Role {
        match self {
            Self::Sites => Role::Host,
            Self::Networks => Role::Base,
        }
    }

    /// The state on whose soil it is.
    pub(super) const fn on_soil_of(self, network: &Network) -> StateId {
        match self {
            Self::Sites => network.host,
            Self::Networks => network.base,
        }
    }
}

/// A line: conduct that the law engine reads.
#[derive(Clone, Debug, PartialEq)]
pub struct LineSettings {
    /// Its name.
    pub name: String,
    /// Its weight among the lines when all are equally risky; above 0.
    pub weight: f64,
    /// The facts of the conduct.
    pub facts: FactSet,
}

impl LineSettings {
    /// Its parameter, for the summary of a run.
    #[must_use]
    pub fn parameter(&self) -> Parameter {
        Parameter {
            name: "weight".into(),
            meaning: "Weight of the line among the lines when all are equally risky.".into(),
            unit: "weight",
            least: 0.0,
            most: 1e6,
            default: 1.0,
            value: self.weight,
            highest: self.weight,
            source: "a relative measure: 1 counts all lines alike; no measured shares were found",
            grade: Grade::Assumption,
            sourced: false,
            follows_from: &[],
        }
    }
}

impl WorldSettings {
    /// Every parameter in use, for the summary of a run.
    #[must_use]
    pub fn parameters(&self) -> Vec<Parameter> {
        let mut table = vec![self.count()];
        table.extend(self.state_parameters());
        table.extend(self.behaviour.parameters());
        table
    }

    /// How many networks there are.
    #[must_use]
    pub fn count(&self) -> Parameter {
        Parameter {
            name: "networks".into(),
            meaning: "Number of networks.".into(),
            unit: "networks",
            least: 1.0,
            most: f64::from(MOST_NETWORKS),
            default: USUAL_NETWORKS,
            value: f64::from(self.networks),
            highest: f64::from(self.networks),
            source: "scale of the model, no effect on shares as long as authorities have desks in proportion",
            grade: Grade::Assumption,
            sourced: false,
            follows_from: &[],
        }
    }

    fn state_parameters(&self) -> Vec<Parameter> {
        let usual = StateSettings::default().with_authority(&AuthoritySettings::default());
        let states = self.states_ever();
        let of = |row: &StateRow| Parameter {
            name: row.name.into(),
            meaning: row.meaning.into(),
            unit: row.unit,
            least: 0.0,
            most: row.most,
            default: (row.of)(&usual),
            value: states.iter().map(row.of).fold(f64::INFINITY, f64::min),
            highest: states.iter().map(row.of).fold(0.0, f64::max),
            source: row.source,
            grade: Grade::Assumption,
            sourced: false,
            follows_from: row.follows_from,
        };
        ROWS.iter().map(of).collect()
    }

    /// The states as they begin, and as each of them is after each change.
    fn states_ever(&self) -> Vec<StateSettings> {
        let mut now = self.states.clone();
        let mut ever = now.clone();
        for event in &self.events {
            let state = match event.happens {
                Happening::StateChanges(state, aspect, value) => {
                    now[state.index()].set(aspect, value);
                    state
                }
                Happening::BaseFollowsInfrastructure(state) => {
                    now[state.index()].base = None;
                    state
                }
                Happening::Operation(_) => continue,
            };
            ever.push(now[state.index()]);
        }
        ever
    }

    /// How much one network stands for, beside one of the usual number. What others see of it weighs so much, so that a
    /// world of more networks shows the same in finer grain.
    #[must_use]
    pub fn grain(&self) -> f64 {
        USUAL_NETWORKS / f64::from(self.networks.max(1))
    }

    /// The weights of the aspects, in the order of [`super::Aspect`].
    #[must_use]
    pub fn consider_weights(&self) -> [f64; 5] {
        let behaviour = &self.behaviour;
        [
            behaviour.consider_base,
            behaviour.consider_host,
            behaviour.consider_market,
            behaviour.consider_line,
            behaviour.consider_principal,
        ]
    }

    /// How often the market is reconsidered in the place of this aspect, where it is one of the two.
    #[must_use]
    pub fn market_before(&self, aspect: super::Aspect) -> f64 {
        let weights = self.consider_weights();
        let (own, market) = (weights[aspect as usize], weights[super::Aspect::Market as usize]);
        if own + market > 0.0 { market / (own + market) } else { 0.0 }
    }
}
