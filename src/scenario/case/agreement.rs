//! How an answer agrees with what a case holds to be right.

use std::collections::BTreeSet;

use super::{Case, Part};
use crate::law::forms::ExpectForm;
use crate::law::{self, GroundCode, Opinion, wording};

impl Case {
    /// In what an answer differs from the expected one; nothing, when they agree.
    #[must_use]
    pub fn disagreements(&self, part: &Part, opinion: &Opinion) -> Vec<String> {
        let Some(expect) = &part.expect else { return Vec::new() };
        let mut found = Vec::new();
        let allowed = std::iter::once(expect.decision).chain(expect.or.iter().copied());
        if !allowed.clone().any(|decision| decision == opinion.decision) {
            let allowed: Vec<&str> = allowed.map(law::Decision::word).collect();
            found.push(format!("decision {} where {} is right", opinion.decision.word(), allowed.join(" or ")));
        }
        self.compare_grounds(expect, opinion, &mut found);
        let shown = self.cites(opinion);
        for basis in expect.basis.iter().filter(|basis| !shown.iter().any(|cite| wording::lies_in(cite, basis))) {
            found.push(format!("{} is not among what carries or limits the duty ({})", basis.value, shown.join(", ")));
        }
        for duty in expect.duties.iter().filter(|duty| !opinion.duties.iter().any(|d| d.kind == **duty)) {
            found.push(format!("the duty {} is not shown", duty.name()));
        }
        compare_dates(expect, opinion, &mut found);
        let conditions: Vec<&str> = opinion.conditions.iter().map(|c| self.library.condition(c.words)).collect();
        for condition in expect.conditions.iter().filter(|words| !conditions.contains(&words.as_str())) {
            found.push(format!("the condition `{condition}` is not shown ({})", conditions.join(", ")));
        }
        for (timed, term) in &expect.time_limits {
            if !opinion.time_limits.iter().any(|limit| limit.timed == *timed && limit.term == *term) {
                found.push(format!("{term} to {} are not shown", timed.name()));
            }
        }
        if let Some(days) = expect.holds_days.filter(|days| opinion.holds_days.is_none_or(|shown| shown < *days)) {
            let shown = opinion.holds_days.map_or_else(|| "no number of".to_owned(), |shown| shown.to_string());
            found.push(format!("held for {shown} days where at least {days} is right"));
        }
        found
    }

    fn compare_grounds(&self, expect: &ExpectForm, opinion: &Opinion, found: &mut Vec<String>) {
        let shown: BTreeSet<GroundCode> = opinion.grounds.iter().map(|ground| ground.code).collect();
        for code in expect.grounds.iter().filter(|code| !shown.contains(code)) {
            found.push(format!("the ground {} is not shown", code.code()));
        }
        let expected: BTreeSet<GroundCode> = expect.grounds.iter().chain(&expect.also).copied().collect();
        for ground in opinion.grounds.iter().filter(|ground| !expected.contains(&ground.code)) {
            found.push(format!("the ground {} ({}) is shown", ground.code.code(), self.library.cite(ground.cite)));
        }
    }

    fn cites(&self, opinion: &Opinion) -> Vec<&str> {
        let grounds = opinion.grounds.iter().flat_map(|ground| [Some(ground.cite), ground.through]).flatten();
        let duties =
            opinion.duties.iter().map(|duty| duty.cite).chain(opinion.time_limits.iter().map(|limit| limit.cite));
        let mut cites: Vec<&str> = Vec::new();
        for cite in opinion.bases.iter().chain(&opinion.limits).copied().chain(grounds).chain(duties) {
            let words = self.library.cite(cite);
            if !cites.contains(&words) {
                cites.push(words);
            }
        }
        cites
    }
}

fn compare_dates(expect: &ExpectForm, opinion: &Opinion, found: &mut Vec<String>) {
    let days = [
        ("in force from", expect.in_force_from, opinion.in_force_from.map(|turn| turn.day)),
        ("out of force from", expect.out_of_force_from, opinion.out_of_force_from.map(|turn| turn.day)),
        ("held through", expect.kept_through, opinion.kept_through),
    ];
    for (what, right, shown) in days {
        if let Some(day) = right.filter(|day| shown != Some(*day)) {
            let shown = shown.map_or_else(|| "no day".to_owned(), |day| day.to_string());
            found.push(format!("{what} {shown} where {day} is right"));
        }
    }
    if let Some(kept) = expect.kept_until_decision.filter(|kept| *kept != opinion.kept_until_decision) {
        let shown = if kept { "not held" } else { "held" };
        found.push(format!("{shown} until the decision on the follow-up"));
    }
}
