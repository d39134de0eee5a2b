//! How long data or a person held since an earlier day are still to be held.

use super::computed::Computed;
use super::decide::Deciding;
use super::governing::Governing;
use super::measure::Measure;
use super::rule::Rule;
use super::stated::stands;
use super::trace::Silent;
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
    /// The hold of a question, if there is one and an article of the treaty limits it: of those that stand and apply, the one
    /// with the longest time. A request that asks for more than the hold itself is its follow-up.
    pub(super) fn of(deciding: &Deciding, governing: &Governing) -> Option<Self> {
        let question = deciding.question;
        let since = question.held_since?;
        let applies = may_apply(deciding, governing);
        let limits = governing.rules(deciding.library, question.measure).filter_map(|(treaty, rule)| {
            let days = rule.holds_days?;
            let stands = stands(deciding, governing, treaty, rule, &mut Silent).is_some();
            (stands && applies(rule)).then_some((days, rule))
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

/// Whether a rule applies, whatever became of the hold: that its follow-up came in time, or that it lapsed, is only known once
/// its time is, and an article on the hold may ask for either (ETS 185, Art. 29(7)).
fn may_apply(deciding: &Deciding, governing: &Governing) -> impl Fn(&Rule) -> bool + use<> {
    let facts = &deciding.library.facts;
    let waiting = deciding.facts_under(governing, None);
    let once = |became| facts.derive_by_law(waiting.and(facts.computed(became)));
    let any = [waiting, once(Computed::FollowUpInTime), once(Computed::HoldLapsed)];
    move |rule| any.iter().any(|facts| rule.when.holds(*facts))
}

/// Whether a measure is itself the hold, and no follow-up to one.
pub(super) const fn is_hold(measure: Measure) -> bool {
    matches!(measure, Measure::Preservation | Measure::ContinuedPreservation | Measure::ProvisionalArrest)
}
