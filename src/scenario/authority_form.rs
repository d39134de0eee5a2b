//! What a scenario may say of an authority: a key for each row of the authority's own table but the habits, which stand
//! under `discretion`.

use std::num::NonZeroU16;

use schemars::JsonSchema;
use serde::Deserialize;

use super::numbers::{AgeDays, DayCount, Factor, LogDays, Share};
use crate::authority::{AuthoritySettings, Setting, SettingKey};

/// Writes the keys once, as fields and as what they set.
macro_rules! keys {
    ($(#[doc = $meaning:literal] $key:ident: $kind:ty;)*) => {
        /// The keys, as fields.
        #[cfg(test)]
        const KEYS: &[&str] = &[$(stringify!($key),)*];

        /// What an authority can do; what is left out keeps its default.
        #[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
        pub struct AuthorityForm {
            $(#[doc = $meaning] pub $key: Option<$kind>,)*
        }

        impl AuthorityForm {
            /// Lays what is written over settings.
            pub(super) fn lay_over(&self, settings: &mut AuthoritySettings) {
                for setting in self.written() {
                    settings.set(setting);
                }
            }

            /// What is written, and nothing else.
            pub(super) fn written(&self) -> Vec<Setting> {
                let mut written = Vec::new();
                $(written.extend(self.$key.map(|value| Setting { key: key(stringify!($key)), value: value.value() }));)*
                written
            }
        }
    };
}

keys! {
    /// Requests that can be worked on at a time.
    desks: NonZeroU16;
    /// Proceedings against suspects that can be held at a time.
    trials: NonZeroU16;
    /// Whether a contact point answers urgent requests at any hour.
    contact_point: bool;
    /// Factor on all durations of execution; 1 is usual.
    pace: Factor;
    /// Share of the usual staff: what takes time takes so much less of it; 1 is usual.
    capacity: Factor;
    /// Median days that a request for data is on a desk.
    data_desk_days: DayCount;
    /// Standard deviation of the logarithm of `data-desk-days`.
    data_desk_log_sd: LogDays;
    /// Median days from decision to supply of data.
    data_execution_days: DayCount;
    /// Standard deviation of the logarithm of `data-execution-days`.
    data_execution_log_sd: LogDays;
    /// Median days from decision to supply of data where an article sets a time for it.
    deadline_execution_days: DayCount;
    /// Standard deviation of the logarithm of `deadline-execution-days`.
    deadline_execution_log_sd: LogDays;
    /// Median days from an order or request to a provider here to its answer.
    provider_days: DayCount;
    /// Standard deviation of the logarithm of `provider-days`.
    provider_log_sd: LogDays;
    /// Median days that an urgent request is on a desk, where there is no contact point.
    urgent_desk_days: DayCount;
    /// Standard deviation of the logarithm of `urgent-desk-days`.
    urgent_desk_log_sd: LogDays;
    /// Median days from decision to supply of data in an emergency.
    emergency_days: DayCount;
    /// Standard deviation of the logarithm of `emergency-days`.
    emergency_log_sd: LogDays;
    /// Median days that a request for surrender is on a desk.
    surrender_desk_days: DayCount;
    /// Standard deviation of the logarithm of `surrender-desk-days`.
    surrender_desk_log_sd: LogDays;
    /// Median days from decision to surrender.
    surrender_execution_days: DayCount;
    /// Standard deviation of the logarithm of `surrender-execution-days`.
    surrender_execution_log_sd: LogDays;
    /// Median days that a request for prosecution in lieu of surrender is on a desk.
    prosecution_desk_days: DayCount;
    /// Standard deviation of the logarithm of `prosecution-desk-days`.
    prosecution_desk_log_sd: LogDays;
    /// Median days of a prosecution in lieu of surrender.
    prosecution_days: DayCount;
    /// Standard deviation of the logarithm of `prosecution-days`.
    prosecution_log_sd: LogDays;
    /// Days that an ordinary letter travels.
    travel_days: NonZeroU16;
    /// Days that an urgent letter travels.
    urgent_travel_days: NonZeroU16;
    /// Days after which an investigator gives a request up.
    patience_days: NonZeroU16;
    /// Days by which a request is postponed for own proceedings.
    postponement_days: u16;
    /// Days for which data are preserved where no treaty fixes a time.
    preservation_days: NonZeroU16;
    /// Median days until data held at home, or what else the state has itself, are produced.
    home_data_days: DayCount;
    /// Standard deviation of the logarithm of `home-data-days`.
    home_data_log_sd: LogDays;
    /// Median days of proceedings against a suspect who is here.
    proceedings_days: DayCount;
    /// Standard deviation of the logarithm of `proceedings-days`.
    proceedings_log_sd: LogDays;
    /// Median days until an unlawful site is removed on word from abroad.
    removal_days: DayCount;
    /// Standard deviation of the logarithm of `removal-days`.
    removal_log_sd: LogDays;
    /// Median days until a site is removed for the state's own investigators.
    home_removal_days: DayCount;
    /// Standard deviation of the logarithm of `home-removal-days`.
    home_removal_log_sd: LogDays;
    /// Factor on `removal-days` on word from a state of the same region.
    region_removal_pace: Factor;
    /// Chance that evidence names a suspect.
    identification: Share;
    /// Chance that a case needs the data of the site; the others rest on what the state has itself.
    needs_data: Share;
    /// Half-life of data that nobody ordered to be kept.
    retention_half_life_days: DayCount;
    /// Mean age of data on the day of the incident for which they are asked.
    data_age_days: AgeDays;
    /// Chance that a case is an emergency: danger to life or safety.
    emergencies: Share;
    /// Whether investigators ask providers abroad to disclose by their own choice.
    asks_providers: bool;
    /// Chance that a provider here discloses by its own choice.
    providers_disclose: Share;
}

/// # Panics
/// Never: `tests::every_key_is_a_row_of_the_authoritys_table` tries each of them.
fn key(name: &str) -> SettingKey {
    SettingKey::named(&name.replace('_', "-")).expect("a row of the table")
}

/// What is written, as the number that the table holds.
trait Written {
    fn value(self) -> f64;
}

impl Written for NonZeroU16 {
    fn value(self) -> f64 {
        self.get().into()
    }
}

impl Written for u16 {
    fn value(self) -> f64 {
        self.into()
    }
}

impl Written for bool {
    fn value(self) -> f64 {
        u8::from(self).into()
    }
}

macro_rules! bounded {
    ($($kind:ident)*) => {
        $(impl Written for $kind {
            fn value(self) -> f64 {
                self.0
            }
        })*
    };
}
bounded! { AgeDays DayCount Factor LogDays Share }

#[cfg(test)]
mod tests {
    use super::{KEYS, SettingKey, key};

    #[test]
    fn every_key_is_a_row_of_the_authoritys_table() {
        let mut keys: Vec<SettingKey> = KEYS.iter().map(|name| key(name)).collect();
        keys.sort_unstable();
        let rows: Vec<SettingKey> = SettingKey::all().filter(|key| !key.is_habit()).collect();
        assert_eq!(keys, rows, "and every row but the habits has a key");
    }
}
