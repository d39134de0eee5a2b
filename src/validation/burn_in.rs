//! Whether a world has settled before anything is measured in it.

use super::observed::{Month, Observed};
use crate::base::Day;

impl Observed {
    /// How far the incidents of the whole world in the year until a day, the first of a month, differ from those of the
    /// year before, as a share of these; none where two years are not observed.
    #[must_use]
    pub fn yearly_change(&self, until: Day) -> Option<f64> {
        let end = self.months.iter().position(|month| month.day == until)?;
        // The first of them tells how the run began, and nothing of a month.
        let from = end.checked_sub(2 * 12).map(|before| before + 1)?;
        let of_year = |months: &[Month]| -> f64 { months.iter().flat_map(|month| &month.incidents).sum() };
        let (before, last) = self.months[from..=end].split_at(12);
        (of_year(before) > 0.0).then(|| of_year(last) / of_year(before) - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_compared_with_the_one_before() {
        let first = Day::from_calendar(2001, 1, 1).expect("a day");
        let month = |number: u32| {
            // Nothing of the day on which the run begins, ten a month in the first year, eleven after it.
            let incidents = vec![if number == 0 { 1000.0 } else { f64::from(10 + (number - 1) / 12) }];
            Month { day: first.plus_months(number), incidents, ..Month::default() }
        };
        let mut observed = Observed::default();
        observed.months.extend((0..30).map(month));
        let change = observed.yearly_change(first.plus_months(24)).expect("two years");
        assert!((change - 0.1).abs() < 1e-12, "{change}");
        assert_eq!(observed.yearly_change(first.plus_months(12)), None);
    }
}
