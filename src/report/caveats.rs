//! What has to be said before a result is read: of real States, and of a haven that is measured otherwise than usual.

use crate::engine::Outcome;
use crate::law::wording::joined;
use crate::scenario::Scenario;
use crate::world::{HavenRecord, HavenSpell, Role, haven_spells};

/// What is said of any result of real States; none where all are invented.
#[must_use]
pub fn real_states(scenario: &Scenario) -> Option<String> {
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

/// What is said at the head of a run, in sentences.
pub(super) fn caveats(scenario: &Scenario, outcome: &Outcome) -> Vec<String> {
    let changed: Vec<String> = (scenario.plan.havens.parameters().iter())
        .filter(|parameter| parameter.is_changed())
        .map(|parameter| format!("{} is {} instead of {}", parameter.key(), parameter.value, parameter.default))
        .collect();
    let haven = outcome.havens_by_default.as_ref().map(|records| {
        let changed = changed.join(", ");
        let by_default = by_default(scenario, records);
        format!(
            "What counts as a haven is set otherwise than by default here: {changed}. By the default rule {by_default}."
        )
    });
    real_states(scenario).into_iter().chain(haven).collect()
}

/// Which states are havens by the default rule, and when; of many, the one that was for the longest time.
fn by_default(scenario: &Scenario, records: &[HavenRecord]) -> String {
    const MOST: usize = 3;
    let said = |spell: &HavenSpell<'_>| {
        let name = &scenario.plan.library.state(spell.state).name;
        let what = if spell.role == Role::Base { "bases" } else { "hosts" };
        let until = spell.ended.map_or_else(|| "on".to_owned(), |ended| format!("until {ended}"));
        format!("{name} for {what} from {} {until}", spell.began)
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
