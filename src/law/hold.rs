//! How long data or a person held since an earlier day are still to be held.

use super::decide::Deciding;
use super::governing::Governing;
use super::measure::Measure;
use crate::base::{CiteId, Day};

/// A hold that began earlier, as one treaty limits it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hold {
    /// The article that sets the time.
    pub(super) cite: CiteId,
    /// The last day on which the hold is owed without a follow-up.
    pub(super) through: Day,
    /// The last day on which it is allowed without a follow-up.
    pub(super) at_most: Day,
    /// Whether the follow-up came in time.
    pub(super) followed_up: bool,
}

impl Hold {
    /// The hold of a question, if there is one and an article of the treaty limits it. A request that asks for
    /// more than the hold itself is its follow-up.
    pub(super) fn of(deciding: &Deciding, governing: &Governing) -> Option<Self> {
        let question = deciding.question;
        let since = question.held_since?;
        let reserved = |treaty, cite| governing.either_reserves(deciding.memberships, treaty, cite);
        let limits = governing.rules(deciding.library, question.measure).filter_map(|(treaty, rule)| {
            let stands = !(rule.unless_reserved && reserved(treaty, rule.cite));
            Some((rule.holds_days.filter(|_| stands)?, rule))
        });
        let (days, rule) = limits.max_by_key(|(days, _)| *days)?;
        let through = since + u32::from(days);
        let at_most = since + u32::from(rule.holds_days_at_most.unwrap_or(days));
        let follow_up = question.follow_up_day.or((!is_hold(question.measure)).then_some(question.request_day));
        let followed_up = follow_up.is_some_and(|day| day <= at_most);
        Some(Self { cite: rule.cite, through, at_most, followed_up })
    }

    /// Whether it ended by time.
    pub(super) fn lapsed(&self, day: Day) -> bool {
        !self.followed_up && day > self.at_most
    }

    /// Whether it may be ended: the first time is over, the last one is not.
    pub(super) fn may_end(&self, day: Day) -> bool {
        !self.followed_up && day > self.through && day <= self.at_most
    }
}

/// Whether a measure is itself the hold, and no follow-up to one.
pub(super) const fn is_hold(measure: Measure) -> bool {
    matches!(measure, Measure::Preservation | Measure::ContinuedPreservation | Measure::ProvisionalArrest)
}
