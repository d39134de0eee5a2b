//! What networks see of a state, and the numbers of it that dated events change.

/// What makes one state attractive, and how it uses its discretion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StateSettings {
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
}

impl Default for StateSettings {
    fn default() -> Self {
        Self {
            infrastructure: 1.0,
            base: None,
            market: 1.0,
            region: None,
            reporting: 0.3,
            severity: 1.0,
            optional_ground_use: 0.5,
            comity: 0.1,
            needs_data: 1.0,
            data_there: 0.6,
            unpreserved: 0.1,
        }
    }
}

impl StateSettings {
    /// Attraction for bases.
    #[must_use]
    pub fn base_attraction(&self) -> f64 {
        self.base.unwrap_or(self.infrastructure)
    }

    /// Sets one number.
    pub const fn set(&mut self, aspect: StateAspect, value: f64) {
        match aspect {
            StateAspect::Infrastructure => self.infrastructure = value,
            StateAspect::Base => self.base = Some(value),
            StateAspect::Market => self.market = value,
            StateAspect::Reporting => self.reporting = value,
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
}

impl StateAspect {
    /// The word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Infrastructure => "infrastructure",
            Self::Base => "base",
            Self::Market => "market",
            Self::Reporting => "reporting",
            Self::Severity => "severity",
        }
    }
}
