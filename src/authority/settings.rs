//! What an authority can do in a day, how long things take, and what it does with rights it need not use.
//!
//! Sources are named by author, year or document; where none was found the number is an assumption and a
//! conclusion should be tried over a range of it.

use std::collections::BTreeMap;

use crate::base::{Grade, Parameter};
use crate::law::{GroundCode, Measure};

/// A log-normal duration in days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Duration {
    /// The median, in days; above 0.
    pub median_days: f64,
    /// Standard deviation of the logarithm; 0 or more.
    pub log_sd: f64,
}

impl Duration {
    const fn new(median_days: f64, log_sd: f64) -> Self {
        Self { median_days, log_sd }
    }
}

/// How long one measure takes: on a desk, and then in execution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handling {
    /// Time on a desk, which nobody else can use meanwhile.
    pub desk: Duration,
    /// Time from the decision to the supply (courts, providers, police), which holds no desk.
    pub execution: Duration,
}

/// One authority's capacity and habits.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthoritySettings {
    /// Requests that can be worked on at a time; at least 1.
    pub desks: u16,
    /// Whether a contact point answers urgent requests at any hour (ETS 185, Art. 35).
    pub contact_point: bool,
    /// All durations of execution are multiplied by this; 1 is usual.
    pub pace: f64,
    /// Stored and subscriber data.
    pub data: Handling,
    /// Surrender.
    pub surrender: Handling,
    /// Prosecution in lieu of surrender.
    pub prosecution: Handling,
    /// Preservation and other urgent measures, where there is no contact point.
    pub urgent: Handling,
    /// Days an ordinary letter travels; at least 1. Urgent letters take one day.
    pub travel_days: u32,
    /// Days after which an investigator gives a request up.
    pub patience_days: u32,
    /// Days that an authority postpones a request for its own proceedings.
    pub postponement_days: u32,
    /// Days until data held at home are produced.
    pub home_data: Duration,
    /// Days from having the suspect to a conviction.
    pub proceedings: Duration,
    /// Days until a site that is unlawful at home is removed there.
    pub removal: Duration,
    /// Chance that evidence names a suspect; 0 to 1.
    pub identification: f64,
    /// Half-life of data that nobody ordered to be kept, in days.
    pub retention_half_life_days: f64,
    /// What the state does with rights it need not use.
    pub habits: Habits,
}

/// How a state uses what the law leaves open.
#[derive(Clone, Debug, PartialEq)]
pub struct Habits {
    /// Chance that an optional ground is used, by ground; 0 to 1.
    pub refuses: BTreeMap<GroundCode, f64>,
    /// The same for grounds not named.
    pub refuses_otherwise: f64,
    /// Chance that a request is met without any duty, by comity; 0 to 1.
    pub comity: f64,
}

impl Habits {
    /// Chance that an optional ground is used.
    #[must_use]
    pub fn refuses(&self, code: GroundCode) -> f64 {
        self.refuses.get(&code).copied().unwrap_or(self.refuses_otherwise)
    }
}

impl Default for Habits {
    fn default() -> Self {
        Self { refuses: BTreeMap::new(), refuses_otherwise: 0.5, comity: 0.1 }
    }
}

impl Default for AuthoritySettings {
    fn default() -> Self {
        Self {
            desks: 6,
            contact_point: true,
            pace: 1.0,
            data: Handling { desk: Duration::new(3.0, 0.6), execution: Duration::new(120.0, 0.6) },
            surrender: Handling { desk: Duration::new(5.0, 0.6), execution: Duration::new(150.0, 0.5) },
            prosecution: Handling { desk: Duration::new(5.0, 0.6), execution: Duration::new(300.0, 0.5) },
            urgent: Handling { desk: Duration::new(1.0, 0.3), execution: Duration::new(1.0, 0.3) },
            travel_days: 5,
            patience_days: 540,
            postponement_days: 90,
            home_data: Duration::new(20.0, 0.6),
            proceedings: Duration::new(180.0, 0.5),
            removal: Duration::new(12.0, 0.8),
            identification: 0.8,
            retention_half_life_days: 90.0,
            habits: Habits::default(),
        }
    }
}

impl AuthoritySettings {
    /// How long a measure takes here.
    #[must_use]
    pub const fn handling(&self, measure: Measure) -> Handling {
        match measure {
            measure if measure.is_surrender() => self.surrender,
            Measure::Prosecution | Measure::TrialAtHome => self.prosecution,
            Measure::Preservation
            | Measure::TrafficPath
            | Measure::ContinuedPreservation
            | Measure::EmergencyDisclosure => self.urgent,
            _ => self.data,
        }
    }

    /// Every parameter of this authority, for the summary of a run.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a table, one row a parameter")]
    pub fn parameters(&self) -> Vec<Parameter> {
        let usual = Self::default();
        let row = |name, meaning, unit, read: fn(&Self) -> f64, grade, source| Parameter {
            name,
            meaning,
            unit,
            least: 0.0,
            most: 36_525.0,
            default: read(&usual),
            value: read(self),
            highest: read(self),
            source,
            grade,
        };
        let none = "no measured figure was found";
        let at_a_time = "requests at a time";
        let median = "days (median)";
        use Grade::{Assumption, Estimate};
        vec![
            row("desks", "Requests that can be worked on at a time.", at_a_time, |s| s.desks.into(), Assumption, none),
            row("pace", "Factor on all durations of execution.", "factor", |s| s.pace, Assumption, none),
            row(
                "data-desk-days",
                "A request for data on a desk.",
                median,
                |s| s.data.desk.median_days,
                Assumption,
                none,
            ),
            row(
                "data-execution-days",
                "From decision to supply of data.",
                median,
                |s| s.data.execution.median_days,
                Estimate,
                "the European Investigation Order's limit of 120 days (Directive 2014/41, Art. 12); assistance by \
                 treaty usually takes 6 to 24 months (T-CY assessment, December 2014)",
            ),
            row(
                "surrender-desk-days",
                "A request for surrender on a desk.",
                median,
                |s| s.surrender.desk.median_days,
                Assumption,
                none,
            ),
            row(
                "surrender-execution-days",
                "From decision to surrender.",
                median,
                |s| s.surrender.execution.median_days,
                Estimate,
                "between European arrest warrants without consent (40 to 57 days, Commission 2017 and later) and \
                 contested extradition (10 months, Home Office review 2001)",
            ),
            row(
                "prosecution-days",
                "A prosecution in lieu of surrender.",
                median,
                |s| s.prosecution.execution.median_days,
                Assumption,
                none,
            ),
            row("travel-days", "An ordinary letter on its way.", "days", |s| s.travel_days.into(), Assumption, none),
            row("patience-days", "Until a request is given up.", "days", |s| s.patience_days.into(), Assumption, none),
            row(
                "postponement-days",
                "Postponement for own proceedings.",
                "days",
                |s| s.postponement_days.into(),
                Assumption,
                none,
            ),
            row("home-data-days", "Data held at home.", median, |s| s.home_data.median_days, Assumption, none),
            row(
                "proceedings-days",
                "Proceedings against a suspect who is here.",
                median,
                |s| s.proceedings.median_days,
                Assumption,
                none,
            ),
            row(
                "removal-days",
                "Until an unlawful site is removed.",
                median,
                |s| s.removal.median_days,
                Estimate,
                "median of 12 days for removal abroad (Moore and Clayton 2008)",
            ),
            row("identification", "Evidence names a suspect.", "chance", |s| s.identification, Assumption, none),
            row(
                "retention-half-life-days",
                "Half-life of data that nobody ordered to be kept.",
                "days",
                |s| s.retention_half_life_days,
                Assumption,
                "30 to 180 days without a retention law, from provider practice",
            ),
            row("comity", "A request is met without any duty.", "chance", |s| s.habits.comity, Assumption, none),
            row(
                "refuses-otherwise",
                "An optional ground is used, where no other chance is given for it.",
                "chance",
                |s| s.habits.refuses_otherwise,
                Assumption,
                none,
            ),
        ]
    }
}
