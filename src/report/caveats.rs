//! What has to be said before a result is read: of real States, and of a haven that is measured otherwise than usual.

use crate::scenario::Scenario;

/// What is said at the head of a result, in sentences.
pub(super) fn caveats(scenario: &Scenario) -> Vec<String> {
    let real = scenario.has_real_states.then(|| {
        "States of this run are real, and their law is read from its sources; networks, habits and capacities are the \
         model's. Nothing here says what a State does, or would do."
            .to_owned()
    });
    let changed: Vec<String> = (scenario.plan.havens.parameters().iter())
        .filter(|parameter| parameter.is_changed())
        .map(|parameter| format!("{} is {} instead of {}", parameter.key(), parameter.value, parameter.default))
        .collect();
    let haven = (!changed.is_empty())
        .then(|| format!("What counts as a haven is set otherwise than by default here: {}.", changed.join(", ")));
    real.into_iter().chain(haven).collect()
}
