//! What has to be said before a result is read: of real States, and of a haven that is measured otherwise than usual.

use super::numbers::{grouped, number_of};
use crate::base::in_prose;
use crate::engine::{Outcome, StateTally};
use crate::law::wording::joined;
use crate::scenario::Scenario;
use crate::world::{HavenRecord, HavenSpell, Role, haven_spells};

/// What is said of any result of real States; none where all are invented.
#[must_use]
fn real_states(scenario: &Scenario) -> Option<String> {
    let given = &scenario.real_states_with_given_law;
    let given = match &given[..] {
        [] => String::new(),
        names => format!(", but for that of {}, which the scenario gives or changes", joined(names, "and")),
    };
    scenario.has_real_states.then(|| {
        format!(
            "States of this run are real. Their law is that of the law files{given}; these say of each provision whether its text \
             was read or is recalled. Networks, habits and capacities are the model's. Nothing here says what a State does, \
             or would do."
        )
    })
}

/// What of the rule by which havens are found is set otherwise than by default; nothing, if nothing is.
fn changed_rule(scenario: &Scenario) -> String {
    let parameters = scenario.plan.havens.parameters();
    let changed = parameters.iter().filter(|parameter| parameter.is_changed());
    let said = changed.map(|parameter| {
        let meaning = parameter.meaning.trim_end_matches('.');
        format!("{} is {} instead of {} ({})", parameter.key(), parameter.value, parameter.default, small(meaning))
    });
    said.collect::<Vec<_>>().join(", ")
}

/// The same words, the first letter small.
fn small(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// What is said of a study of these scenarios, each with its name; nothing, where there is nothing to say.
#[must_use]
pub fn of_study(variants: &[(&str, &Scenario)]) -> Option<String> {
    let (_, first) = variants.first()?;
    let rules: Vec<String> = variants.iter().map(|(_, scenario)| changed_rule(scenario)).collect();
    let haven = if rules.iter().any(|rule| *rule != rules[0]) {
        let as_usual = |rule: &String| if rule.is_empty() { "as by default".to_owned() } else { rule.clone() };
        let each = variants.iter().zip(&rules).map(|((name, _), rule)| format!("{name}: {}", as_usual(rule)));
        Some(format!(
            "What counts as a haven is not set alike ({}): how many states are havens, and for how long, cannot be compared \
             between these.",
            each.collect::<Vec<_>>().join("; ")
        ))
    } else {
        (!rules[0].is_empty())
            .then(|| format!("What counts as a haven is set otherwise than by default here: {}.", rules[0]))
    };
    let said: Vec<String> = real_states(first).into_iter().chain(haven).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// What is said at the head of a run, in sentences.
pub(super) fn caveats(scenario: &Scenario, outcome: &Outcome) -> Vec<String> {
    let haven = outcome.havens_by_default.as_ref().map(|records| {
        let changed = changed_rule(scenario);
        let by_default = by_default(scenario, records);
        format!(
            "What counts as a haven is set otherwise than by default here: {changed}. By the default rule {by_default}."
        )
    });
    real_states(scenario).into_iter().chain(haven).chain(nothing_concluded(outcome)).collect()
}

/// With fewer open cases than one for so many lost ones, a run was long enough to tell.
const OPEN_TO_LOST: u64 = 20;

/// That a run was too short for any case to succeed, where all that closed were lost: an impunity of 100 % says no more.
fn nothing_concluded(outcome: &Outcome) -> Option<String> {
    let count = |of: fn(&StateTally) -> u64| -> u64 { outcome.tally.states.iter().map(of).sum() };
    let (concluded, lost) = (count(|state| state.concluded.values().sum()), count(|state| state.lost.values().sum()));
    let opened: u64 = outcome.tally.states.iter().map(|state| state.cases_opened).sum();
    let open = opened.saturating_sub(lost);
    // Of a long run few are open on its last day beside those that are lost: then it is the law, and not the time.
    (concluded == 0 && lost > 0 && open * OPEN_TO_LOST >= lost).then(|| {
        let lost = match lost {
            1 => "The one case that closed within the run was lost".to_owned(),
            lost => format!("All {} cases that closed within the run were lost", grouped(lost)),
        };
        let open = number_of(open, "was", "were");
        format!(
            "{lost}, and {open} open on its last day. A case that succeeds takes longer than one that does not: an impunity of \
             100 % says nothing of what the open ones would have come to."
        )
    })
}

/// Which states are havens by the default rule, and when; of many, the one that was for the longest time.
fn by_default(scenario: &Scenario, records: &[HavenRecord]) -> String {
    const MOST: usize = 3;
    let said = |spell: &HavenSpell<'_>| {
        let name = &scenario.plan.library.state(spell.state).name;
        let what = if spell.role == Role::Base { "bases" } else { "hosts" };
        let until = spell.ended.map_or_else(|| "on".to_owned(), |ended| format!("until {ended}"));
        format!("{} for {what} from {} {until}", in_prose(name), spell.began)
    };
    let spells = haven_spells(records);
    match &spells[..] {
        [] => "no state would be one".to_owned(),
        [one] => format!("one would be found: {}", said(one)),
        few if few.len() <= MOST => {
            format!("{} would be found: {}", few.len(), few.iter().map(said).collect::<Vec<_>>().join("; "))
        }
        many => {
            let days = |spell: &&HavenSpell<'_>| spell.ended.unwrap_or(scenario.plan.last_day).days_since(spell.began);
            let longest = many.iter().max_by_key(days).map(said).unwrap_or_default();
            format!("{} would be found, for the longest time {longest}", many.len())
        }
    }
}
