//! Since when a treaty is in force, and from when on it applies where that is another day.

use serde::Serialize;

use crate::base::Day;
use crate::law::forms::TreatyForm;

/// The days of a treaty as they look on one day.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct InForce {
    /// In force since this day, if it is on the day looked at.
    #[serde(rename = "in-force-since")]
    pub since: Option<Day>,
    /// The day from which it applies, where that is not the one on which it is in force.
    pub applies_from: Option<Day>,
    /// The day from which it was applied provisionally, if that has come (VCLT 25).
    pub applied_provisionally_from: Option<Day>,
}

impl InForce {
    /// By what a treaty says of itself, and the first day on which the record has it in force.
    #[must_use]
    pub fn of(form: &TreatyForm, recorded: Option<Day>, day: Day) -> Self {
        let has_other_days = form.applicable_from.or(form.applied_provisionally_from).is_some();
        let first = if has_other_days { form.in_force } else { recorded.or(form.in_force) };
        Self {
            since: first.filter(|first| *first <= day),
            applies_from: form.applicable_from,
            applied_provisionally_from: form.applied_provisionally_from.filter(|from| *from <= day),
        }
    }

    /// In words; none where it is not in force, and neither applies nor will.
    #[must_use]
    pub fn words(self, day: Day) -> Option<String> {
        let applies = |from: Day| format!("applies {} {from}", if from <= day { "since" } else { "from" });
        let said = [
            self.since.map(|since| format!("in force since {since}")),
            self.applies_from.map(applies),
            self.applied_provisionally_from.map(|from| format!("applied provisionally from {from}")),
        ];
        let said: Vec<String> = said.into_iter().flatten().collect();
        (!said.is_empty()).then(|| said.join(", "))
    }
}
