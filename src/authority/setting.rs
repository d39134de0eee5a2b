//! Every number of an authority by its name: for the summary, for changes on a date, and for the wire.

use super::settings::AuthoritySettings;
use crate::base::{Canonical, Grade};
use Grade::{Assumption, Estimate};

/// One number of an authority's settings, as a row of the table.
#[derive(Debug)]
pub(super) struct Row {
    pub name: &'static str,
    pub meaning: &'static str,
    pub unit: &'static str,
    pub least: f64,
    pub most: f64,
    pub read: fn(&AuthoritySettings) -> f64,
    pub write: fn(&mut AuthoritySettings, f64),
    pub grade: Grade,
    pub source: &'static str,
}

/// Which number, as an index into the table. The order is part of the digest: add at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SettingKey(pub(super) u8);

/// One number with its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// Which.
    pub key: SettingKey,
    /// Its value, in the unit of the table.
    pub value: f64,
}

impl SettingKey {
    /// Every key, in order.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        (0_u8..).take(ROWS.len()).map(Self)
    }

    /// The name as written in files and on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        ROWS[usize::from(self.0)].name
    }

    /// The key of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|key| key.name() == name)
    }

    /// Its value in these settings.
    #[must_use]
    pub fn of(self, settings: &AuthoritySettings) -> f64 {
        (ROWS[usize::from(self.0)].read)(settings)
    }

    /// Whether it says what a state does with rights it need not use, and not what its authority can do.
    #[must_use]
    pub fn is_habit(self) -> bool {
        matches!(self.name(), "comity" | "refuses-otherwise")
    }

    /// Whether the value is one that it may have.
    #[must_use]
    pub fn allows(self, value: f64) -> bool {
        let Row { least, most, .. } = ROWS[usize::from(self.0)];
        (least..=most).contains(&value)
    }
}

impl Canonical for SettingKey {
    fn encode(&self, into: &mut Vec<u8>) {
        into.push(self.0);
    }
}

fn whole(value: f64) -> u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the table bounds it")]
    let rounded = libm::round(value) as u16;
    rounded
}

fn switch(on: bool) -> f64 {
    f64::from(u8::from(on))
}

const NONE: &str = "no measured figure was found";
const MEDIAN: &str = "days (median)";
const CENTURY: f64 = 36_525.0;
const LOG_DAYS: &str = "log days";
/// One in twenty is then 3,700 times the median and more.
const WIDEST: f64 = 5.0;

/// The table.
#[rustfmt::skip]
pub(super) static ROWS: [Row; 48] = [
    Row {
        name: "desks", meaning: "Requests that can be worked on at a time.", unit: "requests at a time", least: 1.0, most: 65_535.0,
        read: |s| f64::from(s.desks), write: |s, value| s.desks = whole(value),
        grade: Assumption, source: NONE,
    },
    Row {
        name: "contact-point", meaning: "Whether a contact point answers urgent requests at any hour (ETS 185, Art. 35); 1 or 0.", unit: "switch", least: 0.0, most: 1.0,
        read: |s| switch(s.contact_point), write: |s, value| s.contact_point = value >= 0.5,
        grade: Assumption, source: "every Party to ETS 185 designates one (Art. 35); that others have one is assumed, and that it decides on the day on which it is asked",
    },
    Row {
        name: "pace", meaning: "Factor on all durations of execution.", unit: "factor", least: 0.01, most: 100.0,
        read: |s| s.pace, write: |s, value| s.pace = value,
        grade: Assumption, source: NONE,
    },
    Row {
        name: "capacity", meaning: "Share of the usual staff: what takes time takes so much less of it.", unit: "factor", least: 0.01, most: 100.0,
        read: |s| s.capacity, write: |s, value| s.capacity = value,
        grade: Assumption, source: "staff falls led to growing delay (US Department of Justice, OIG audit 21-097, 2021, which gives no share); 10 to 30 % for years are assumed",
    },
    Row {
        name: "data-desk-days", meaning: "A request for data on a desk.", unit: MEDIAN, least: 0.01, most: CENTURY,
        read: |s| s.data.desk.median_days, write: |s, value| s.data.desk.median_days = value,
        grade: Assumption, source: NONE,
    },
    Row {
        name: "data-execution-days", meaning: "From decision to supply of data.", unit: MEDIAN, least: 0.01, most: CENTURY,
        read: |s| s.data.execution.median_days, write: |s, value| s.data.execution.median_days = value,
        grade: Estimate, source: "assistance by treaty usually takes 6 to 24 months (T-CY assessment, December 2014); about 300 days (Commission factsheet with COM(2018) 225, recalled)",
    },
    Row {
        name: "deadline-execution-days", meaning: "The same where an article sets a time for it.", unit: MEDIAN, least: 0.01, most: CENTURY,
        read: |s| s.within_deadline.median_days, write: |s, value| s.within_deadline.median_days = value,
        grade: Estimate, source: "the European Investigation Order's limits of 30 and 90 days (Directive 2014/41, Art. 12)",
    },
    Row {
        name: "provider-days", meaning: "From an order or request to a provider here to its answer.", unit: MEDIAN, least: 0.01, most: CENTURY,
        read: |s| s.provider.median_days, write: |s, value| s.provider.median_days = value,
        grade: Estimate, source: "ten days allowed (Regulation 2023/1543, Art. 10), thirty by CETS 224, Art. 7(7)",
    },
    Row {
        name: "surrender-desk-days", meaning: "A request for surrender on a desk.", unit: MEDIAN, least: 0.01, most: CENTURY,
        read: |s| s.surrender.desk.median_days, write: |s, value| s.surrender.desk.median_days = value,
        grade: Assumption, source: NONE,
    },
    Row {
        name: "surrender-execution-days", meaning: "From decision to surrender.", unit: MEDIAN, least: 0.01, most: CENTURY,
        read: |s| s.surrender.execution.median_days, write: |s, value| s.surrender.execution.median_days = value,
        grade: Estimate, source: "between European arrest warrants without consent (40 to 57 days, Commission 2017 and later) and contested extradition (10 months, Home Office review 2001)",
    },
    Row {
        name: "prosecution-days", meaning: "A prosecution in lieu of surrender.", unit: MEDIAN, least: 0.01, most: CENTURY,
        read: |s| s.prosecution.execution.median_days, write: |s, value| s.prosecution.execution.median_days = value,
        grade: Assumption, source: NONE,
    },
    Row {
        name: "urgent-desk-days", meaning: "An urgent request on a desk, where there is no contact point.", unit: MEDIAN, least: 0.01, most: CENTURY,
        read: |s| s.urgent.desk.median_days, write: |s, value| s.urgent.desk.median_days = value,
        grade: Assumption, source: NONE,
    },
    Row {
        name: "emergency-days", meaning: "From decision to supply of data in an emergency.", unit: MEDIAN, least: 0.01, most: CENTURY,
        read: |s| s.urgent.execution.median_days, write: |s, value| s.urgent.execution.median_days = value,
        grade: Estimate, source: "eight hours allowed (Regulation 2023/1543, Art. 10(4)); a day is the least here",
    },
    Row {
        name: "travel-days", meaning: "An ordinary letter on its way.", unit: "days", least: 1.0, most: 65_535.0,
        read: |s| f64::from(s.travel_days), write: |s, value| s.travel_days = u32::from(whole(value)),
        grade: Assumption, source: NONE,
    },
    Row {
        name: "patience-days", meaning: "Until a request is given up.", unit: "days", least: 1.0, most: 65_535.0,
        read: |s| f64::from(s.patience_days), write: |s, value| s.patience_days = u32::from(whole(value)),
        grade: Assumption, source: NONE,
    },
    Row {
        name: "postponement-days", meaning: "Postponement for own proceedings.", unit: "days", least: 0.0, most: 65_535.0,
        read: |s| f64::from(s.postponement_days), write: |s, value| s.postponement_days = u32::from(whole(value)),
        grade: Assumption, source: NONE,
    },
    Row {
        name: "home-data-days", meaning: "Data held at home, or what else the state has itself.", unit: MEDIAN, least: 0.01, most: CENTURY,
        read: |s| s.home_data.median_days, write: |s, value| s.home_data.median_days = value,
        grade: Assumption, source: NONE,
    },
    Row {
        name: "proceedings-days", meaning: "Proceedings against a suspect who is here.", unit: MEDIAN, least: 0.01, most: CENTURY,
        read: |s| s.proceedings.median_days, write: |s, value| s.proceedings.median_days = value,
        grade: Assumption, source: NONE,
    },
    Row {
        name: "removal-days", meaning: "Until an unlawful site is removed on word from abroad.", unit: MEDIAN, least: 0.01, most: CENTURY,
        read: |s| s.removal.median_days, write: |s, value| s.removal.median_days = value,
        grade: Estimate, source: "median of 12 days for removal abroad (Moore and Clayton 2008)",
    },
    Row {
        name: "identification", meaning: "Evidence names a suspect.", unit: "chance", least: 0.0, most: 1.0,
        read: |s| s.identification, write: |s, value| s.identification = value,
        grade: Assumption, source: "far above what is on record (0.05 to 0.14 convictions an identified victim, TIP Reports 2010 to 2022; 0.003 arrests a cyber incident, Third Way 2018): shows what law can do once somebody is named",
    },
    Row {
        name: "needs-data", meaning: "A case needs the data of the site; the others rest on what the state has itself.", unit: "chance", least: 0.0, most: 1.0,
        read: |s| s.needs_data, write: |s, value| s.needs_data = value,
        grade: Assumption, source: "1: here the site is the evidence; of all investigations 0.85 need electronic evidence, and about two thirds of these must ask another state for it (SWD(2018) 118; COM(2019) 70)",
    },
    Row {
        name: "retention-half-life-days", meaning: "Half-life of data that nobody ordered to be kept.", unit: "days", least: 0.01, most: CENTURY,
        read: |s| s.retention_half_life_days, write: |s, value| s.retention_half_life_days = value,
        grade: Assumption, source: "30 to 180 days without a retention law, from provider practice; one half-life for all data of a host, where spread ones (lognormal, 0.7) would leave more after long waits: 0.15 instead of 0.10 after 303 days",
    },
    Row {
        name: "emergencies", meaning: "A case is an emergency.", unit: "chance", least: 0.0, most: 1.0,
        read: |s| s.emergencies, write: |s, value| s.emergencies = value,
        grade: Assumption, source: "0 when nothing is said; 119 requests in half a year at Google in 2013, half as many again each year later (provider's report; SIRIUS 2020)",
    },
    Row {
        name: "asks-providers", meaning: "Whether investigators ask providers abroad to disclose by their own choice; 1 or 0.", unit: "switch", least: 0.0, most: 1.0,
        read: |s| switch(s.asks_providers), write: |s, value| s.asks_providers = value >= 0.5,
        grade: Assumption, source: "the hosts that offenders choose are not those whose record is known",
    },
    Row {
        name: "providers-disclose", meaning: "A provider here discloses by its own choice.", unit: "chance", least: 0.0, most: 1.0,
        read: |s| s.providers_disclose, write: |s, value| s.providers_disclose = value,
        grade: Estimate, source: "0.66 of direct requests of European authorities in 2018, 0.68 in 2019 (SIRIUS reports)",
    },
    Row {
        name: "comity", meaning: "A request is met without any duty.", unit: "chance", least: 0.0, most: 1.0,
        read: |s| s.habits.comity, write: |s, value| s.habits.comity = value,
        grade: Assumption, source: NONE,
    },
    Row {
        name: "refuses-otherwise", meaning: "An optional ground is used, where no other chance is given for it.", unit: "chance", least: 0.0, most: 1.0,
        read: |s| s.habits.refuses_otherwise, write: |s, value| s.habits.refuses_otherwise = value,
        grade: Assumption, source: NONE,
    },
    Row {
        name: "home-removal-days", meaning: "Until an unlawful site is removed for the state's own investigators.", unit: MEDIAN, least: 0.01, most: CENTURY,
        read: |s| s.home_removal.median_days, write: |s, value| s.home_removal.median_days = value,
        grade: Estimate, source: "some 3 removals a site and day at home in 2014 (Internet Watch Foundation); a border costs a factor of 12 to 40",
    },
    Row {
        name: "trials", meaning: "Proceedings against suspects that can be held at a time.", unit: "proceedings at a time", least: 1.0, most: 65_535.0,
        read: |s| f64::from(s.trials), write: |s, value| s.trials = whole(value),
        grade: Assumption, source: "as many as come when nothing is said; no measured figure was found",
    },
    Row {
        name: "prosecution-desk-days", meaning: "A request for prosecution in lieu of surrender on a desk.", unit: MEDIAN, least: 0.01, most: CENTURY,
        read: |s| s.prosecution.desk.median_days, write: |s, value| s.prosecution.desk.median_days = value,
        grade: Assumption, source: "as one for surrender; no measured figure was found",
    },
    Row {
        name: "preservation-days", meaning: "Days for which data are preserved where no treaty fixes a time.", unit: "days", least: 1.0, most: 65_535.0,
        read: |s| f64::from(s.preservation_days), write: |s, value| s.preservation_days = u32::from(whole(value)),
        grade: Estimate, source: "at least 60 for a Party abroad (ETS 185, Art. 29(7)); by national law 60 (Regulation 2023/1543) to 90 (18 USC 2703(f); the most by ETS 185, Art. 16(2))",
    },
    Row {
        name: "urgent-travel-days", meaning: "An urgent letter on its way.", unit: "days", least: 1.0, most: 65_535.0,
        read: |s| f64::from(s.urgent_travel_days), write: |s, value| s.urgent_travel_days = u32::from(whole(value)),
        grade: Assumption, source: "the day that every letter takes here at least; no measured figure was found",
    },
    Row {
        name: "data-desk-log-sd", meaning: "Standard deviation of the logarithm of `data-desk-days`.", unit: LOG_DAYS, least: 0.0, most: WIDEST,
        read: |s| s.data.desk.log_sd, write: |s, value| s.data.desk.log_sd = value,
        grade: Assumption, source: NONE,
    },
    Row {
        name: "data-execution-log-sd", meaning: "Standard deviation of the logarithm of `data-execution-days`.", unit: LOG_DAYS, least: 0.0, most: WIDEST,
        read: |s| s.data.execution.log_sd, write: |s, value| s.data.execution.log_sd = value,
        grade: Estimate, source: "nine in ten then take 0.37 to 2.7 times the median, 3.7 to 27 months of ten: about the usual 6 to 24 months (T-CY assessment, December 2014)",
    },
    Row {
        name: "deadline-execution-log-sd", meaning: "Standard deviation of the logarithm of `deadline-execution-days`.", unit: LOG_DAYS, least: 0.0, most: WIDEST,
        read: |s| s.within_deadline.log_sd, write: |s, value| s.within_deadline.log_sd = value,
        grade: Assumption, source: "no measured spread was found; a fifth then come after the 120 days of Directive 2014/41, Art. 12",
    },
    Row {
        name: "provider-log-sd", meaning: "Standard deviation of the logarithm of `provider-days`.", unit: LOG_DAYS, least: 0.0, most: WIDEST,
        read: |s| s.provider.log_sd, write: |s, value| s.provider.log_sd = value,
        grade: Assumption, source: "no measured spread was found; a third then come after the ten days of Regulation 2023/1543, Art. 10, hardly any after the thirty of CETS 224, Art. 7(7)",
    },
    Row {
        name: "surrender-desk-log-sd", meaning: "Standard deviation of the logarithm of `surrender-desk-days`.", unit: LOG_DAYS, least: 0.0, most: WIDEST,
        read: |s| s.surrender.desk.log_sd, write: |s, value| s.surrender.desk.log_sd = value,
        grade: Assumption, source: NONE,
    },
    Row {
        name: "surrender-execution-log-sd", meaning: "Standard deviation of the logarithm of `surrender-execution-days`.", unit: LOG_DAYS, least: 0.0, most: WIDEST,
        read: |s| s.surrender.execution.log_sd, write: |s, value| s.surrender.execution.log_sd = value,
        grade: Assumption, source: "no measured spread was found; nine in ten then take 0.44 to 2.3 times the median",
    },
    Row {
        name: "prosecution-desk-log-sd", meaning: "Standard deviation of the logarithm of `prosecution-desk-days`.", unit: LOG_DAYS, least: 0.0, most: WIDEST,
        read: |s| s.prosecution.desk.log_sd, write: |s, value| s.prosecution.desk.log_sd = value,
        grade: Assumption, source: NONE,
    },
    Row {
        name: "prosecution-log-sd", meaning: "Standard deviation of the logarithm of `prosecution-days`.", unit: LOG_DAYS, least: 0.0, most: WIDEST,
        read: |s| s.prosecution.execution.log_sd, write: |s, value| s.prosecution.execution.log_sd = value,
        grade: Assumption, source: NONE,
    },
    Row {
        name: "urgent-desk-log-sd", meaning: "Standard deviation of the logarithm of `urgent-desk-days`.", unit: LOG_DAYS, least: 0.0, most: WIDEST,
        read: |s| s.urgent.desk.log_sd, write: |s, value| s.urgent.desk.log_sd = value,
        grade: Assumption, source: NONE,
    },
    Row {
        name: "emergency-log-sd", meaning: "Standard deviation of the logarithm of `emergency-days`.", unit: LOG_DAYS, least: 0.0, most: WIDEST,
        read: |s| s.urgent.execution.log_sd, write: |s, value| s.urgent.execution.log_sd = value,
        grade: Assumption, source: "no measured spread was found; at a median of a day most of it is lost in whole days",
    },
    Row {
        name: "home-data-log-sd", meaning: "Standard deviation of the logarithm of `home-data-days`.", unit: LOG_DAYS, least: 0.0, most: WIDEST,
        read: |s| s.home_data.log_sd, write: |s, value| s.home_data.log_sd = value,
        grade: Assumption, source: NONE,
    },
    Row {
        name: "proceedings-log-sd", meaning: "Standard deviation of the logarithm of `proceedings-days`.", unit: LOG_DAYS, least: 0.0, most: WIDEST,
        read: |s| s.proceedings.log_sd, write: |s, value| s.proceedings.log_sd = value,
        grade: Assumption, source: NONE,
    },
    Row {
        name: "removal-log-sd", meaning: "Standard deviation of the logarithm of `removal-days`.", unit: LOG_DAYS, least: 0.0, most: WIDEST,
        read: |s| s.removal.log_sd, write: |s, value| s.removal.log_sd = value,
        grade: Assumption, source: "gives a mean of 16.5 days; on record is one of about 30 beside the median of 12 (Moore and Clayton 2008), as 1.35 would give",
    },
    Row {
        name: "home-removal-log-sd", meaning: "Standard deviation of the logarithm of `home-removal-days`.", unit: LOG_DAYS, least: 0.0, most: WIDEST,
        read: |s| s.home_removal.log_sd, write: |s, value| s.home_removal.log_sd = value,
        grade: Assumption, source: "as on word from abroad; no measured spread was found",
    },
    Row {
        name: "data-age-days", meaning: "Age of data here on the day of the incident for which they are asked.", unit: "days (mean)", least: 0.0, most: CENTURY,
        read: |s| s.data_age_days, write: |s, value| s.data_age_days = value,
        grade: Estimate, source: "0.67 of the data that police asked for were under three months old, 0.89 under six (COM(2011) 225): as exponential ages of this mean, 0.675 and 0.895",
    },
    Row {
        name: "region-removal-pace", meaning: "Factor on `removal-days` on word from a state of the same region.", unit: "factor", least: 0.01, most: 100.0,
        read: |s| s.region_removal_pace, write: |s, value| s.region_removal_pace = value,
        grade: Assumption, source: "1 keeps a region like any other place; where contact points of a region work together 0.3 is on record: 0.24 of the sites a day in Europe in 2014, 0.07 elsewhere (Internet Watch Foundation)",
    },
];
