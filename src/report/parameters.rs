//! The numbers that a run rests on, by where a scenario sets them: each with its unit, default, source and grade.
//!
//! Deliberately absent: what stands for no number (law, names, dates) and what is done on a day by an operation.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::authority::{AuthoritySettings, Setting, SettingKey};
use crate::base::{Grade, Parameter};
use crate::engine::Plan;
use crate::law::GroundCode;
use crate::scenario::Scenario;

/// Parameters of one kind.
#[derive(Debug, Serialize)]
pub struct ParameterGroup {
    /// Where a scenario sets them.
    pub path: String,
    /// The states that have these values; none: whatever state has them, from the lowest to the highest.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<String>,
    /// The numbers.
    #[serde(serialize_with = "with_grade_in_use")]
    pub parameters: Vec<Parameter>,
}

/// Beside the grade of the default stands that of the value in use.
fn with_grade_in_use<S: serde::Serializer>(parameters: &[Parameter], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct InUse<'a> {
        #[serde(flatten)]
        parameter: &'a Parameter,
        grade_in_use: Grade,
    }
    serializer
        .collect_seq(parameters.iter().map(|parameter| InUse { parameter, grade_in_use: parameter.grade_in_use() }))
}

/// What the word `internet-users` stands for in a scenario.
const INTERNET_USERS: &str = "Internet users in thousands, where the scenario says so: population of 2023 times share of 2022, both \
                              rounded (table of states under law/status); other weights are the scenario's";

/// Every number in use.
pub(super) fn parameters(scenario: &Scenario) -> Vec<ParameterGroup> {
    let plan = &scenario.plan;
    let group = |(path, parameters)| ParameterGroup { path, states: Vec::new(), parameters };
    let mut groups = vec![
        group(("networks".to_owned(), of_world(scenario))),
        group(("havens".to_owned(), plan.havens.parameters())),
    ];
    let lines = plan.world.lines.iter();
    groups.extend(lines.map(|line| group((format!("networks.lines.{}", line.name), vec![line.parameter()]))));
    groups.extend(scenario.numbers_of_law.iter().cloned().map(group));
    groups.extend(crate::scenario::adoption::parameters(&plan.library, &plan.adoption).into_iter().map(group));
    groups.extend(authorities(plan));
    groups
}

fn of_world(scenario: &Scenario) -> Vec<Parameter> {
    let mut parameters = scenario.plan.world.parameters();
    // What networks see of an authority is as sure as the least sure of the numbers from which it follows.
    let mut different: Vec<&AuthoritySettings> = Vec::new();
    for settings in &scenario.plan.authorities {
        if !different.contains(&settings) {
            different.push(settings);
        }
    }
    let settings: Vec<Parameter> = different.into_iter().flat_map(AuthoritySettings::parameters).collect();
    for parameter in parameters.iter_mut().filter(|parameter| !parameter.follows_from.is_empty()) {
        let from = settings.iter().filter(|setting| parameter.follows_from.contains(&&*setting.key()));
        parameter.grade = from.map(Parameter::grade_in_use).max().unwrap_or(parameter.grade);
        parameter.sourced = true;
    }
    for parameter in parameters.iter_mut().filter(|parameter| scenario.by_internet_users.contains(&*parameter.name)) {
        *parameter = Parameter { source: INTERNET_USERS, grade: Grade::Estimate, sourced: true, ..parameter.clone() };
    }
    parameters
}

/// States that share their settings, and how these change, share their groups; most scenarios have one or two.
fn authorities(plan: &Plan) -> Vec<ParameterGroup> {
    let mut shared: Vec<(&AuthoritySettings, Vec<Setting>, Vec<String>)> = Vec::new();
    for (id, settings) in plan.library.state_ids().zip(&plan.authorities) {
        let dated = plan.settings.values().flatten().filter(|(state, _)| *state == id);
        let changes: Vec<Setting> = dated.map(|(_, setting)| *setting).collect();
        let code = plan.library.state(id).code.clone();
        match shared.iter_mut().find(|(known, known_changes, _)| *known == settings && *known_changes == changes) {
            Some((.., codes)) => codes.push(code),
            None => shared.push((settings, changes, vec![code])),
        }
    }
    // A ground that one state names is listed for all: the others use their chance of grounds that are not named.
    let grounds: BTreeSet<GroundCode> =
        plan.authorities.iter().flat_map(|settings| settings.habits.refuses.keys().copied()).collect();
    let mut groups = Vec::new();
    for (settings, changes, states) in shared {
        let changed = |key: SettingKey, parameter: Parameter| {
            let to = changes.iter().filter(|change| change.key == key).map(|change| change.value);
            to.fold(parameter, Parameter::or)
        };
        let of_key =
            SettingKey::all().zip(settings.parameters()).map(|(key, parameter)| (key, changed(key, parameter)));
        let (habits, numbers): (Vec<_>, Vec<_>) = of_key.partition(|(key, _)| key.is_habit());
        let by_ground = grounds.iter().map(|code| settings.habits.parameter(*code)).collect();
        let parameters = |of: Vec<(SettingKey, Parameter)>| of.into_iter().map(|(_, parameter)| parameter).collect();
        for (path, parameters) in
            [("authority", parameters(numbers)), ("discretion", parameters(habits)), ("discretion.refuses", by_ground)]
        {
            groups.push(ParameterGroup { path: path.to_owned(), states: states.clone(), parameters });
        }
    }
    groups.retain(|group| !group.parameters.is_empty());
    groups
}
