//! What an authority can do in a day, how long things take, and what it does with rights it need not use.
//!
//! Sources are named by author, year or document; where none was found the number is an assumption and a
//! conclusion should be tried over a range of it.

use std::collections::BTreeMap;

use super::setting::{ROWS, Setting};
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

    /// So many times as long.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { median_days: self.median_days * factor, ..self }
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
    /// Share of the usual staff: times on a desk, in execution and of proceedings are divided by this; 1 is usual.
    pub capacity: f64,
    /// Stored and subscriber data.
    pub data: Handling,
    /// Surrender.
    pub surrender: Handling,
    /// Prosecution in lieu of surrender.
    pub prosecution: Handling,
    /// From decision to supply of data where an article sets a time for it.
    pub within_deadline: Duration,
    /// From an order or request to a provider here to its answer: no desk of the state is involved.
    pub provider: Duration,
    /// Preservation and other urgent measures, where there is no contact point.
    pub urgent: Handling,
    /// Days an ordinary letter travels; at least 1.
    pub travel_days: u32,
    /// Days an urgent letter travels; at least 1.
    pub urgent_travel_days: u32,
    /// Days after which an investigator gives a request up.
    pub patience_days: u32,
    /// Days that an authority postpones a request for its own proceedings.
    pub postponement_days: u32,
    /// Days for which data are preserved where no treaty fixes a time; at least 1.
    pub preservation_days: u32,
    /// Days until data held at home are produced.
    pub home_data: Duration,
    /// Days from the beginning of proceedings to a conviction.
    pub proceedings: Duration,
    /// Days until a site that is unlawful here is removed on word from abroad.
    pub removal: Duration,
    /// The same for the state's own investigators.
    pub home_removal: Duration,
    /// Removal on word from a state of the same region takes so many times as long.
    pub region_removal_pace: f64,
    /// Chance that evidence names a suspect; 0 to 1.
    pub identification: f64,
    /// Chance that a case needs the data of the site; 0 to 1. The others rest on what the state has itself.
    pub needs_data: f64,
    /// Half-life of data that nobody ordered to be kept, in days.
    pub retention_half_life_days: f64,
    /// Mean age of data on the day of the incident for which they are asked, in days.
    pub data_age_days: f64,
    /// Chance that a case is an emergency: danger to life or safety; 0 to 1.
    pub emergencies: f64,
    /// Whether investigators ask providers abroad to disclose by their own choice.
    pub asks_providers: bool,
    /// Chance that a provider here discloses by its own choice; 0 to 1.
    pub providers_disclose: f64,
    /// What the state does with rights it need not use.
    pub habits: Habits,
    /// Proceedings against suspects that can be held at a time; at least 1.
    pub trials: u16,
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

    /// The same as a parameter, for the summary of a run.
    #[must_use]
    pub fn parameter(&self, code: GroundCode) -> Parameter {
        let chance = self.refuses(code);
        Parameter {
            name: code.code().into(),
            meaning: format!("This ground is used where it is optional: {}.", code.meaning()).into(),
            unit: "chance",
            least: 0.0,
            most: 1.0,
            default: Self::default().refuses(code),
            value: chance,
            highest: chance,
            source: "as any ground that is not named; no measured figure was found",
            grade: Grade::Assumption,
            sourced: false,
            follows_from: &[],
        }
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
            capacity: 1.0,
            data: Handling { desk: Duration::new(3.0, 0.6), execution: Duration::new(300.0, 0.6) },
            surrender: Handling { desk: Duration::new(5.0, 0.6), execution: Duration::new(150.0, 0.5) },
            prosecution: Handling { desk: Duration::new(5.0, 0.6), execution: Duration::new(300.0, 0.5) },
            within_deadline: Duration::new(75.0, 0.6),
            provider: Duration::new(8.0, 0.5),
            urgent: Handling { desk: Duration::new(1.0, 0.3), execution: Duration::new(1.0, 0.3) },
            travel_days: 5,
            urgent_travel_days: 1,
            patience_days: 540,
            postponement_days: 90,
            preservation_days: 60,
            home_data: Duration::new(20.0, 0.6),
            proceedings: Duration::new(180.0, 0.5),
            removal: Duration::new(12.0, 0.8),
            home_removal: Duration::new(0.25, 0.8),
            region_removal_pace: 1.0,
            identification: 0.8,
            needs_data: 1.0,
            retention_half_life_days: 90.0,
            data_age_days: 80.0,
            emergencies: 0.0,
            asks_providers: false,
            providers_disclose: 0.66,
            habits: Habits::default(),
            trials: u16::MAX,
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
            Measure::ProductionOrder | Measure::VoluntaryDisclosure => {
                Handling { desk: self.urgent.desk, execution: self.provider }
            }
            _ => self.data,
        }
    }

    /// Whether a request is decided past the desks: a provider is asked itself, and a contact point works beside them.
    #[must_use]
    pub const fn is_past_desks(&self, measure: Measure, urgent: bool) -> bool {
        measure.is_put_to_provider() || urgent && self.contact_point
    }

    /// Part of data that is left after so many days if nobody preserves them.
    #[must_use]
    pub fn left_after(&self, days: f64) -> f64 {
        libm::exp2(-days / self.retention_half_life_days)
    }

    /// Chance that data are there on the day of the incident: the mean over their ages, which are drawn as whole days of
    /// which any is the last with the same chance.
    #[must_use]
    pub fn data_there(&self) -> f64 {
        let last = 1.0 / (1.0 + self.data_age_days);
        last / (1.0 - (1.0 - last) * self.left_after(1.0))
    }

    /// Chance that data which are there on the day of the incident, and which nobody preserves, are so still when what was
    /// asked for by this measure, in the usual time, is carried out.
    #[must_use]
    pub fn unpreserved(&self, measure: Measure) -> f64 {
        let Handling { desk, execution } = self.handling(measure);
        // A provider's time depends on no staff.
        if measure.is_put_to_provider() {
            return self.left_after(execution.median_days);
        }
        let is_past_desks = self.is_past_desks(measure, measure == Measure::EmergencyDisclosure);
        let desk_days = if is_past_desks { 0.0 } else { desk.median_days };
        self.left_after((desk_days + execution.median_days * self.pace) / self.capacity)
    }

    /// How long proceedings take here.
    #[must_use]
    pub fn trial(&self) -> Duration {
        self.proceedings.times(1.0 / self.capacity)
    }

    /// Sets one number. Whole numbers are rounded; a switch is on from one half.
    pub fn set(&mut self, setting: Setting) {
        (ROWS[usize::from(setting.key.0)].write)(self, setting.value);
    }

    /// Every parameter of this authority but the chances of single grounds, for the summary of a run.
    #[must_use]
    pub fn parameters(&self) -> Vec<Parameter> {
        let usual = Self::default();
        let of = |row: &super::setting::Row| Parameter {
            name: row.name.into(),
            meaning: row.meaning.into(),
            unit: row.unit,
            least: row.least,
            most: row.most,
            default: (row.read)(&usual),
            value: (row.read)(self),
            highest: (row.read)(self),
            source: row.source,
            grade: row.grade,
            sourced: false,
            follows_from: &[],
        };
        ROWS.iter().map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where no request meets a desk, its days are none that data have to last.
    #[test]
    fn who_is_asked_past_the_desks_is_reckoned_with_without_them() {
        let mut settings = AuthoritySettings::default();
        let unpreserved = |settings: &AuthoritySettings| {
            [Measure::ProductionOrder, Measure::EmergencyDisclosure].map(|measure| settings.unpreserved(measure))
        };
        let usual = unpreserved(&settings);
        settings.urgent.desk = Duration::new(300.0, 0.3);
        let is_usual = |chance: f64, usual: f64| (chance - usual).abs() < 1e-12;
        let [by_provider, in_emergency] = unpreserved(&settings);
        assert!(is_usual(by_provider, usual[0]) && is_usual(in_emergency, usual[1]), "{by_provider} {in_emergency}");
        settings.contact_point = false;
        let [by_provider, in_emergency] = unpreserved(&settings);
        assert!(is_usual(by_provider, usual[0]) && in_emergency < 0.2, "{by_provider} {in_emergency}");
    }
}
