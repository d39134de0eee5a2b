//! What networks see of a state, and the numbers of it that dated events change.

use crate::authority::{AuthoritySettings, Channel};

/// Chance that an incident is recorded where a scenario says nothing else: that for which the weight of risks and deterrence
/// are fitted.
const USUAL_REPORTING: f64 = 0.3;

/// What makes one state attractive, and how it uses its discretion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StateSettings {
    /// What stands for its name in draws (see [`key_of`](crate::base::key_of)); no two states have the same.
    pub key: u64,
    /// Attraction for hosts: its share of hosting, in any unit; at least 0.
    pub infrastructure: f64,
    /// Attraction for bases, in any unit; `None`: as for hosts.
    pub base: Option<f64>,
    /// Its share of demand, in any unit; at least 0.
    pub market: f64,
    /// Its region, by a number of its own; none: it has no neighbours.
    pub region: Option<u16>,
    /// Chance that an incident in its market is recorded, 0 to 1.
    pub reporting: f64,
    /// Share of what its authorities decide that it publishes, 0 to 1: of the rest no network learns but the one concerned.
    pub publishes_decisions: f64,
    /// Its sentences, as a multiple of usual ones; above 0.
    pub severity: f64,
    /// Chance that it uses a ground that it may use, 0 to 1: what networks think of its habit.
    pub optional_ground_use: f64,
    /// Chance that it complies without a treaty duty, 0 to 1: what networks think of its habit.
    pub comity: f64,
    /// Chance that a case of its authority needs the data of the site, 0 to 1: what networks expect of it, as it is on the first
    /// day.
    pub needs_data: f64,
    /// Chance that data are there on the day of the incident for which they are asked, 0 to 1: what networks expect of its
    /// hosts, as they are on the first day.
    pub data_there: f64,
    /// Chance that these, if nobody preserves them, are still there when a request for them is carried out, 0 to 1: what
    /// networks expect of its hosts and of its authority's pace, as both are on the first day.
    pub unpreserved: f64,
    /// The same when its providers are asked themselves, and answer as fast as they do.
    pub unpreserved_by_provider: f64,
    /// The same in an emergency.
    pub unpreserved_in_emergency: f64,
    /// Chance that a case of its authority is an emergency, 0 to 1: what networks expect of it.
    pub emergencies: f64,
    /// Share of its cases in which it asks providers elsewhere to disclose by their own choice, 0 to 1: what networks
    /// expect of it.
    pub asks_providers: f64,
    /// Chance that a provider here discloses by its own choice, 0 to 1: what networks expect of it.
    pub providers_disclose: f64,
}

impl Default for StateSettings {
    fn default() -> Self {
        Self {
            key: 0,
            infrastructure: 1.0,
            base: None,
            market: 1.0,
            region: None,
            reporting: USUAL_REPORTING,
            publishes_decisions: 1.0,
            severity: 1.0,
            optional_ground_use: 0.5,
            comity: 0.1,
            needs_data: 1.0,
            data_there: 0.6,
            unpreserved: 0.1,
            unpreserved_by_provider: 0.9,
            unpreserved_in_emergency: 1.0,
            emergencies: 0.0,
            asks_providers: 0.0,
            providers_disclose: 0.66,
        }
    }
}

impl StateSettings {
    /// Attraction for bases.
    #[must_use]
    pub fn base_attraction(&self) -> f64 {
        self.base.unwrap_or(self.infrastructure)
    }

    /// How often its authority comes to open a case over what happens in its market, beside one that records as much as usual:
    /// 1 at the usual reporting, 0 where nothing is recorded, 1.5 where everything is. The law, and what came of cases,
    /// tell how certain punishment is once there is one.
    #[must_use]
    pub fn attention(&self) -> f64 {
        2.0 * self.reporting / (self.reporting + USUAL_REPORTING)
    }

    /// With what networks know of its authority, as it is on the first day.
    #[must_use]
    pub fn with_authority(self, authority: &AuthoritySettings) -> Self {
        Self {
            optional_ground_use: authority.habits.refuses_otherwise,
            comity: authority.habits.comity,
            needs_data: authority.needs_data,
            data_there: authority.data_there(),
            unpreserved: authority.unpreserved(Channel::Assistance.measure()),
            unpreserved_by_provider: authority.unpreserved(Channel::Order.measure()),
            unpreserved_in_emergency: authority.unpreserved(Channel::Emergency.measure()),
            emergencies: authority.emergencies,
            asks_providers: f64::from(u8::from(authority.asks_providers)),
            providers_disclose: authority.providers_disclose,
            ..self
        }
    }

    /// Sets one number.
    pub const fn set(&mut self, aspect: StateAspect, value: f64) {
        match aspect {
            StateAspect::Infrastructure => self.infrastructure = value,
            StateAspect::Base => self.base = Some(value),
            StateAspect::Market => self.market = value,
            StateAspect::Reporting => self.reporting = value,
            StateAspect::PublishesDecisions => self.publishes_decisions = value,
            StateAspect::Severity => self.severity = value,
        }
    }

    /// One of its numbers.
    #[must_use]
    pub fn get(&self, aspect: StateAspect) -> f64 {
        match aspect {
            StateAspect::Infrastructure => self.infrastructure,
            StateAspect::Base => self.base_attraction(),
            StateAspect::Market => self.market,
            StateAspect::Reporting => self.reporting,
            StateAspect::PublishesDecisions => self.publishes_decisions,
            StateAspect::Severity => self.severity,
        }
    }
}

/// A number of a state that an event may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StateAspect {
    /// Attraction for hosts.
    Infrastructure,
    /// Attraction for bases.
    Base,
    /// Share of demand.
    Market,
    /// Chance that an incident is recorded.
    Reporting,
    /// Sentences.
    Severity,
    /// Share of decisions that are published.
    PublishesDecisions,
}

impl StateAspect {
    /// Whether it says how attractive the state is.
    #[must_use]
    pub const fn attracts(self) -> bool {
        matches!(self, Self::Infrastructure | Self::Base | Self::Market)
    }

    /// The word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Infrastructure => "infrastructure",
            Self::Base => "base",
            Self::Market => "market",
            Self::Reporting => "reporting",
            Self::Severity => "severity",
            Self::PublishesDecisions => "publishes-decisions",
        }
    }
}

/// More than a scenario may write: where it says nothing of a state on record, its Internet users in thousands stand in.
const LARGEST_ATTRACTION: f64 = 1e9;
/// The largest multiple of what is usual, sentences among others.
pub const MOST_FACTOR: f64 = 100.0;

/// A number of a state as the summary lists it, at least 0: an assumption, or as sure as what it follows from.
pub(super) struct StateRow {
    pub name: &'static str,
    pub meaning: &'static str,
    pub unit: &'static str,
    pub most: f64,
    pub of: fn(&StateSettings) -> f64,
    pub source: &'static str,
    /// The keys of the authority's settings from which it follows.
    pub follows_from: &'static [&'static str],
}

const PARETO: &str = "heavy-tailed in reality (Bruce et al. 2024, PLOS ONE); equal when nothing is said";

/// Every number of a state.
pub(super) const ROWS: [StateRow; 16] = [
    StateRow {
        name: "infrastructure",
        meaning: "Attraction for hosts.",
        unit: "weight",
        most: LARGEST_ATTRACTION,
        of: |state| state.infrastructure,
        source: PARETO,
        follows_from: &[],
    },
    StateRow {
        name: "base",
        meaning: "Attraction for bases.",
        unit: "weight",
        most: LARGEST_ATTRACTION,
        of: StateSettings::base_attraction,
        source: "as for hosts",
        follows_from: &[],
    },
    StateRow {
        name: "market",
        meaning: "Share of demand.",
        unit: "weight",
        most: LARGEST_ATTRACTION,
        of: |state| state.market,
        source: PARETO,
        follows_from: &[],
    },
    StateRow {
        name: "reporting",
        meaning: "Chance that an incident is recorded.",
        unit: "chance",
        most: 1.0,
        of: |state| state.reporting,
        source: "real shares are far lower (of estimated victims of trafficking 0.004 are identified, TIP Report 2010); 0.3 keeps a run's cases countable",
        follows_from: &[],
    },
    StateRow {
        name: "publishes_decisions",
        meaning: "Share of its decisions that a state publishes: of the rest no network learns but the one concerned.",
        unit: "chance",
        most: 1.0,
        of: |state| state.publishes_decisions,
        source: "1: what authorities do gets about; no measured share was found",
        follows_from: &[],
    },
    StateRow {
        name: "severity",
        meaning: "Sentences, as a multiple of usual ones.",
        unit: "factor",
        most: MOST_FACTOR,
        of: |state| state.severity,
        source: "a relative measure: usual is 1",
        follows_from: &[],
    },
    StateRow {
        name: "optional_ground_use",
        meaning: "Chance that an optional ground is used, as networks see it.",
        unit: "chance",
        most: 1.0,
        of: |state| state.optional_ground_use,
        source: "follows from `refuses-otherwise`",
        follows_from: &["refuses-otherwise"],
    },
    StateRow {
        name: "comity",
        meaning: "Chance of complying without a treaty duty, as networks see it.",
        unit: "chance",
        most: 1.0,
        of: |state| state.comity,
        source: "follows from `comity`",
        follows_from: &["comity"],
    },
    StateRow {
        name: "needs_data",
        meaning: "Chance that a case of this state needs the data of the site, as networks see it.",
        unit: "chance",
        most: 1.0,
        of: |state| state.needs_data,
        source: "follows from `needs-data`",
        follows_from: &["needs-data"],
    },
    StateRow {
        name: "data_there",
        meaning: "Chance that data are there on the day of the incident, as networks see it.",
        unit: "chance",
        most: 1.0,
        of: |state| state.data_there,
        source: "follows from `data-age-days` and `retention-half-life-days`",
        follows_from: &["data-age-days", "retention-half-life-days"],
    },
    StateRow {
        name: "unpreserved",
        meaning: "Chance that such data which nobody preserved outlast a request, as networks see it.",
        unit: "chance",
        most: 1.0,
        of: |state| state.unpreserved,
        source: "follows from `retention-half-life-days` and the usual days of a request for data",
        follows_from: &["retention-half-life-days", "data-desk-days", "data-execution-days", "pace", "capacity"],
    },
    StateRow {
        name: "unpreserved_by_provider",
        meaning: "The same when a provider is asked itself.",
        unit: "chance",
        most: 1.0,
        of: |state| state.unpreserved_by_provider,
        source: "follows from `retention-half-life-days` and the usual days of a provider",
        follows_from: &["retention-half-life-days", "provider-days"],
    },
    StateRow {
        name: "unpreserved_in_emergency",
        meaning: "The same in an emergency.",
        unit: "chance",
        most: 1.0,
        of: |state| state.unpreserved_in_emergency,
        source: "follows from `retention-half-life-days` and the usual days of urgent requests",
        follows_from: &[
            "retention-half-life-days",
            "emergency-days",
            "contact-point",
            "urgent-desk-days",
            "pace",
            "capacity",
        ],
    },
    StateRow {
        name: "emergencies",
        meaning: "Chance that a case of this state is an emergency, as networks see it.",
        unit: "chance",
        most: 1.0,
        of: |state| state.emergencies,
        source: "follows from `emergencies`",
        follows_from: &["emergencies"],
    },
    StateRow {
        name: "asks_providers",
        meaning: "Whether this state asks providers elsewhere to disclose by their own choice, as networks see it.",
        unit: "chance",
        most: 1.0,
        of: |state| state.asks_providers,
        source: "follows from `asks-providers`",
        follows_from: &["asks-providers"],
    },
    StateRow {
        name: "providers_disclose",
        meaning: "Chance that a provider here discloses by its own choice, as networks see it.",
        unit: "chance",
        most: 1.0,
        of: |state| state.providers_disclose,
        source: "follows from `providers-disclose`",
        follows_from: &["providers-disclose"],
    },
];
