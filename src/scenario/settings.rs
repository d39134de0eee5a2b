//! What a scenario sets of authorities and of what networks see in a state: a state's own value, else the
//! scenario's, else the default.

use std::collections::{BTreeMap, BTreeSet};

use super::form::{AttractionForm, DiscretionForm, ScenarioForm, StateEntryForm};
use super::record::RecordedState;
use crate::authority::{AuthoritySettings, Habits};
use crate::base::{Spanned, key_of};
use crate::world::StateSettings;

/// A state's own value, else the scenario's.
pub(super) fn authority(form: &ScenarioForm, state: &StateEntryForm) -> AuthoritySettings {
    let mut settings = AuthoritySettings::default();
    for layer in [&form.authority, &state.authority] {
        layer.lay_over(&mut settings);
    }
    settings.habits = habits(form, state);
    settings
}

fn habits(form: &ScenarioForm, state: &StateEntryForm) -> Habits {
    let mut habits = Habits::default();
    for DiscretionForm { refuses, refuses_otherwise, comity } in [&form.discretion, &state.discretion] {
        habits.refuses.extend(refuses.iter().map(|(code, share)| (*code, share.0)));
        habits.refuses_otherwise = refuses_otherwise.map_or(habits.refuses_otherwise, |share| share.0);
        habits.comity = comity.map_or(habits.comity, |share| share.0);
    }
    habits
}

/// What networks see of a state: its weights, and its habits as far as they are known.
pub(super) fn attraction(
    form: &ScenarioForm,
    (code, state): (&str, &StateEntryForm),
    region: Option<u16>,
) -> StateSettings {
    let usual = StateSettings::default();
    let authority = authority(form, state);
    StateSettings {
        key: key_of(code),
        infrastructure: state.infrastructure.weight(),
        base: state.base.map(AttractionForm::weight),
        market: state.market.weight(),
        region,
        reporting: state.reporting.map_or(usual.reporting, |share| share.0),
        publishes_decisions: state.publishes_decisions.map_or(usual.publishes_decisions, |share| share.0),
        severity: state.severity.map_or(usual.severity, |factor| factor.0),
        ..usual
    }
    .with_authority(&authority)
}

/// The region of each state: as written, else that of a real one by record.
pub(super) fn regions(form: &ScenarioForm, recorded: &[RecordedState]) -> Vec<Option<String>> {
    let of = |(code, entry): (&Spanned<String>, &StateEntryForm)| {
        let on_record = || recorded.iter().find(|known| known.code == code.value).map(|known| known.region.clone());
        entry.region.clone().or_else(on_record)
    };
    form.states.iter().map(of).collect()
}

/// Regions by number, which tells them apart and no more.
pub(super) fn numbered(regions: &[Option<String>]) -> Vec<Option<u16>> {
    let names: BTreeSet<&String> = regions.iter().flatten().collect();
    let numbers: BTreeMap<&String, u16> = names.into_iter().zip(0..).collect();
    regions.iter().map(|region| region.as_ref().map(|name| numbers[name])).collect()
}
