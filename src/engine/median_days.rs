//! How long half of the requests wait, with those that nobody answered counted in.

use std::collections::BTreeMap;

/// The days by which half of the requests have their final reply, counting those that were withdrawn without one or
/// still waited at the end: these would have waited longer. The median of Kaplan and Meier's estimate; none where
/// fewer than half are answered by any day, or there are no requests.
///
/// Of the answered alone, the median falls when an authority is too slow: what it leaves unanswered no longer counts.
#[must_use]
pub fn median_days(answered: &BTreeMap<u32, u64>, waited: &BTreeMap<u32, u64>) -> Option<u32> {
    let total = |counts: &BTreeMap<u32, u64>| counts.values().sum::<u64>();
    let mut waiting = total(answered) + total(waited);
    let mut left = waited.iter().peekable();
    let mut unanswered = 1.0;
    for (days, count) in answered {
        while let Some((_, gone)) = left.next_if(|(waited, _)| *waited < days) {
            waiting -= gone;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of a run lie far below 2^52")]
        let share = (waiting - count) as f64 / waiting as f64;
        unanswered *= share;
        waiting -= count;
        // Half of an even number is half; a product of fractions may miss it by a rounding.
        if unanswered <= 0.5 + 1e-9 {
            return Some(*days);
        }
    }
    None
}
