//! From when to when the variants of a comparison run, and what cannot be compared where some run longer than others.

use super::alike::in_a_sentence;
use super::lines::joined;
use super::over_time::{CourseSummary, OverTimeSummary};
use crate::base::Day;

/// The periods in sentences: one, or each with the variants that have it.
#[must_use]
pub fn sentences(over_time: &OverTimeSummary) -> Vec<String> {
    let of = |course: &CourseSummary| Some((course.days.first()?.day, course.days.last()?.day));
    let mut periods: Vec<((Day, Day), Vec<String>)> = Vec::new();
    for (period, course) in over_time.variants.iter().filter_map(|course| Some((of(course)?, course))) {
        let name = in_a_sentence(&course.variant);
        match periods.iter_mut().find(|(known, _)| *known == period) {
            Some((_, names)) => names.push(name),
            None => periods.push((period, vec![name])),
        }
    }
    if let [((first, last), _)] = periods.as_slice() {
        return vec![format!("From {first} to {last}.")];
    }
    let said = periods.iter().map(|((first, last), names)| format!("{} from {first} to {last}", joined(names, "and")));
    let said = said.collect::<Vec<_>>().join("; ");
    let mut sentences = vec![format!("The variants do not run in the same period: {said}.")];
    let mut lengths = periods.iter().map(|((first, last), _)| last.days_since(*first));
    if lengths.next().is_some_and(|length| lengths.any(|other| other != length)) {
        sentences.push(
            "They are not equally long: outcomes that add up over time, such as incidents, cases and days as a haven, cannot \
             be compared between them."
                .to_owned(),
        );
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::over_time::DaySummary;

    fn check(variants: &[(&str, i32, i32)], said: &[&str]) {
        let course = |(name, first, last): &(&str, i32, i32)| CourseSummary {
            variant: (*name).to_owned(),
            days: [*first, *last]
                .map(|day| DaySummary { day: Day::from_number(day), based: None, impunity: None })
                .to_vec(),
        };
        let over_time = OverTimeSummary {
            state: String::new(),
            code: String::new(),
            chosen: None,
            window_days: 365.0,
            band: "",
            variants: variants.iter().map(course).collect(),
        };
        assert_eq!(sentences(&over_time), said);
    }

    #[test]
    fn one_period_is_told_once_and_several_each_with_its_variants() {
        let day = |number: i32| Day::from_number(number).to_string();
        check(&[("a", 0, 9), ("b", 0, 9)], &[&format!("From {} to {}.", day(0), day(9))]);
        let two = format!(
            "The variants do not run in the same period: the scenario as written and “c” from {} to {}; “b” from {} to {}.",
            day(0),
            day(9),
            day(100),
            day(109)
        );
        check(&[("as written", 0, 9), ("b", 100, 109), ("c", 0, 9)], &[&two]);
        let unequal = "They are not equally long: outcomes that add up over time, such as incidents, cases and days as a \
                       haven, cannot be compared between them.";
        let said = format!(
            "The variants do not run in the same period: “a” from {} to {}; “b” from {} to {}.",
            day(0),
            day(9),
            day(0),
            day(19)
        );
        check(&[("a", 0, 9), ("b", 0, 19)], &[&said, unequal]);
    }
}
