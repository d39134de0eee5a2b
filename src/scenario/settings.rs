//! What a scenario sets of authorities and of what networks see in a state: a state's own value, else the
//! scenario's, else the default.

use std::collections::{BTreeMap, BTreeSet};

use super::form::{AttractionForm, AuthorityForm, DiscretionForm, ScenarioForm, StateEntryForm};
use super::record::RecordedState;
use crate::authority::{AuthoritySettings, Habits};
use crate::base::Spanned;
use crate::world::StateSettings;

/// A state's own value, else the scenario's.
pub(super) fn authority(form: &ScenarioForm, state: &StateEntryForm) -> AuthoritySettings {
    let mut settings = AuthoritySettings::default();
    for layer in [&form.authority, &state.authority] {
        lay(&mut settings, layer);
    }
    settings.habits = habits(form, state);
    settings
}

pub(super) fn lay(settings: &mut AuthoritySettings, form: &AuthorityForm) {
    fn put<T, U>(place: &mut T, value: Option<U>, make: impl FnOnce(U) -> T) {
        if let Some(value) = value {
            *place = make(value);
        }
    }
    put(&mut settings.desks, form.desks, std::num::NonZeroU16::get);
    put(&mut settings.trials, form.trials, std::num::NonZeroU16::get);
    put(&mut settings.contact_point, form.contact_point, |value| value);
    put(&mut settings.pace, form.pace, |value| value.0);
    put(&mut settings.capacity, form.capacity, |value| value.0);
    put(&mut settings.data.desk.median_days, form.data_desk_days, |days| days.0);
    put(&mut settings.data.execution.median_days, form.data_execution_days, |days| days.0);
    put(&mut settings.within_deadline.median_days, form.deadline_execution_days, |days| days.0);
    put(&mut settings.provider.median_days, form.provider_days, |days| days.0);
    put(&mut settings.urgent.desk.median_days, form.urgent_desk_days, |days| days.0);
    put(&mut settings.urgent.execution.median_days, form.emergency_days, |days| days.0);
    put(&mut settings.surrender.desk.median_days, form.surrender_desk_days, |days| days.0);
    put(&mut settings.surrender.execution.median_days, form.surrender_execution_days, |days| days.0);
    put(&mut settings.prosecution.execution.median_days, form.prosecution_days, |days| days.0);
    put(&mut settings.travel_days, form.travel_days, |days| days.get().into());
    put(&mut settings.patience_days, form.patience_days, |days| days.get().into());
    put(&mut settings.postponement_days, form.postponement_days, Into::into);
    put(&mut settings.home_data.median_days, form.home_data_days, |days| days.0);
    put(&mut settings.proceedings.median_days, form.proceedings_days, |days| days.0);
    put(&mut settings.removal.median_days, form.removal_days, |days| days.0);
    put(&mut settings.home_removal.median_days, form.home_removal_days, |days| days.0);
    put(&mut settings.identification, form.identification, |share| share.0);
    put(&mut settings.retention_half_life_days, form.retention_half_life_days, |days| days.0);
    put(&mut settings.emergencies, form.emergencies, |share| share.0);
    put(&mut settings.asks_providers, form.asks_providers, |value| value);
    put(&mut settings.providers_disclose, form.providers_disclose, |share| share.0);
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
pub(super) fn attraction(form: &ScenarioForm, state: &StateEntryForm, region: Option<u16>) -> StateSettings {
    let usual = StateSettings::default();
    let habits = habits(form, state);
    StateSettings {
        infrastructure: state.infrastructure.weight(),
        base: state.base.map(AttractionForm::weight),
        market: state.market.weight(),
        region,
        reporting: state.reporting.map_or(usual.reporting, |share| share.0),
        severity: state.severity.map_or(usual.severity, |factor| factor.0),
        optional_ground_use: habits.refuses_otherwise,
        comity: habits.comity,
    }
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
