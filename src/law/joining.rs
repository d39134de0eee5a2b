//! Dates of treaty law: when a consent, a denunciation or a first set of consents takes effect.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::{Day, Place, Problem};

/// How long after a deposit an act takes effect. Named rules with parameters, not code per treaty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DateRule {
    /// The first day of the month that follows so many months after deposit (Council of Europe formula;
    /// ETS 185, Art. 36(4)).
    FirstOfMonthAfterMonths(u16),
    /// So many days after deposit (Palermo Convention, Art. 38(2)).
    DaysAfterDeposit(u16),
    /// So many months after deposit (OPSC, Art. 14(2)).
    MonthsAfterDeposit(u16),
}

impl DateRule {
    /// The notice of one's intention to denounce a treaty that has no clause on it, where it may be denounced at all: twelve
    /// months at least (VCLT 56(2)).
    pub const WITHOUT_CLAUSE: Self = Self::MonthsAfterDeposit(12);

    /// The day on which an act received on `deposit` takes effect.
    #[must_use]
    pub fn takes_effect(self, deposit: Day) -> Day {
        match self {
            Self::FirstOfMonthAfterMonths(months) => deposit.plus_months(u32::from(months)).first_of_next_month(),
            Self::DaysAfterDeposit(days) => deposit + u32::from(days),
            Self::MonthsAfterDeposit(months) => deposit.plus_months(u32::from(months)),
        }
    }

    /// The last day of deposit that takes effect by a day. Who deposits later is never bound earlier.
    #[must_use]
    pub fn latest_deposit(self, day: Day) -> Day {
        match self {
            Self::FirstOfMonthAfterMonths(months) => (day.first_of_month() - 1).minus_months(u32::from(months)),
            Self::DaysAfterDeposit(days) => day - u32::from(days),
            Self::MonthsAfterDeposit(months) => day.minus_months(u32::from(months)),
        }
    }
}

/// The consents that a treaty needs to enter into force at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FirstInForce {
    /// How many.
    #[serde(default)]
    pub consents: u16,
    /// Every state that has consented to the parent treaty and not left it: an amendment that any one party can
    /// block (ETS 185, Art. 44(5)).
    #[serde(default)]
    pub all_parties: bool,
    /// How many of them by members of a group, for example `council-of-europe: 3`.
    #[serde(default)]
    pub of_which: BTreeMap<String, u16>,
    /// The rule for this first date, where it differs from that for later states.
    #[serde(default)]
    pub rule: Option<DateRule>,
}

impl FirstInForce {
    /// Whether no consent would be enough.
    #[must_use]
    pub fn asks_for_nobody(&self) -> bool {
        self.consents == 0 && !self.all_parties && self.of_which.values().all(|consents| *consents == 0)
    }

    /// That such a rule is none: a treaty binds those who consent to it (VCLT 2(1)(g), 24, 34). One that applies from a fixed
    /// day (VCLT 24(1)) says `applicable-from`.
    #[must_use]
    pub fn without_anybody(treaty: &str, place: Place) -> Problem {
        let message = format!("`{treaty}` would enter into force without any consent");
        Problem::new(place, message).help("with the first one: `consents: 1`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_deposit_is_the_last_one_that_takes_effect_in_time() {
        let rules = [
            DateRule::FirstOfMonthAfterMonths(0),
            DateRule::FirstOfMonthAfterMonths(3),
            DateRule::DaysAfterDeposit(0),
            DateRule::DaysAfterDeposit(30),
            DateRule::MonthsAfterDeposit(0),
            DateRule::MonthsAfterDeposit(1),
            DateRule::MonthsAfterDeposit(12),
            DateRule::MonthsAfterDeposit(35),
        ];
        // Two leap years, and 1900, which is none.
        for start in [Day::from_calendar(1899, 12, 1), Day::from_calendar(2019, 12, 1)] {
            for day in (0..1_600_u32).map(|days| start.expect("a day") + days) {
                for rule in rules {
                    let last = rule.latest_deposit(day);
                    assert!(rule.takes_effect(last) <= day, "{rule:?} {day}");
                    assert!(rule.takes_effect(last + 1) > day, "{rule:?} {day}");
                }
            }
        }
    }
}
