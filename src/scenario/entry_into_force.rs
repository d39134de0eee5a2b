//! What model texts need for their first entry into force: a scenario's own numbers in the place of the texts'.

use std::collections::{BTreeMap, BTreeSet};

use super::assemble::Assembling;
use super::record::RecordedState;
use crate::base::{Grade, Parameter, Problem, Problems, Spanned};
use crate::law::forms::TreatyForm;
use crate::law::{FirstInForce, StateSource};

/// What an `entry-into-force` sets.
pub type EntryIntoForceForm = BTreeMap<Spanned<String>, FirstInForce>;

/// Numbers in use, by where a scenario sets them.
pub type NumbersInUse = Vec<(String, Vec<Parameter>)>;

/// Puts a scenario's own numbers of consents in the place of those of model texts; the numbers in use.
pub(super) fn entry_into_force(assembling: &mut Assembling<'_>, treaties: &mut [TreatyForm]) -> NumbersInUse {
    let of_text =
        |text: &TreatyForm| text.first_in_force.as_ref().filter(|_| text.model).map(|first| first.value.clone());
    let own: Vec<Option<FirstInForce>> = treaties.iter().map(of_text).collect();
    for (name, rule) in &assembling.form.entry_into_force {
        let Some(text) = treaties.iter_mut().find(|text| text.treaty.value == name.value) else {
            let known: Vec<&str> = treaties.iter().map(|text| text.treaty.value.as_str()).collect();
            // A wording is under `treaties` and `membership` by its own name; consents are counted by the text's.
            let text = name.split_once('/').map(|(text, _)| text).filter(|text| known.contains(text));
            assembling.problems.push(match text {
                Some(text) => {
                    let message = format!("`{}` needs what its text needs, in every wording", name.value);
                    Problem::new(name.place, message).help(format!("write `{text}`"))
                }
                None => Problem::unknown("treaty", name, known),
            });
            continue;
        };
        if rule.asks_for_nobody() {
            assembling.problems.push(FirstInForce::without_anybody(&name.value, name.place));
            continue;
        }
        if text.model {
            text.first_in_force = Some(Spanned { value: rule.clone(), place: name.place });
        } else {
            let message = format!("`{}` is a real treaty: what it needs to enter into force is on record", name.value);
            assembling.problems.push(Problem::new(name.place, message));
        }
    }
    let in_use = treaties.iter().zip(own).filter_map(|(text, own)| {
        let rule = of_text(text)?;
        let own =
            own.unwrap_or(FirstInForce { consents: 0, all_parties: false, of_which: BTreeMap::new(), rule: None });
        Some((format!("entry-into-force.{}", text.treaty.value), parameters(&own, &rule)))
    });
    in_use.collect()
}

/// That a treaty counts consents of a group, or asks to be invited who is not in one, to which no state of the scenario or
/// of the record belongs: it could never come into force, or everybody would need the invitation.
pub(super) fn unknown_groups(treaties: &[TreatyForm], states: &[StateSource], recorded: &[RecordedState]) -> Problems {
    let of_record = recorded.iter().flat_map(|state| &state.groups);
    let known: BTreeSet<&str> =
        states.iter().flat_map(|state| &state.law.groups).chain(of_record).map(String::as_str).collect();
    let mut problems = Problems::default();
    for text in treaties {
        let counted =
            text.first_in_force.iter().flat_map(|first| first.of_which.keys().map(|group| (group, first.place)));
        let invited = text.on_invitation.iter().map(|rule| (&rule.unless_in, text.treaty.place));
        for (group, place) in counted.chain(invited).filter(|(group, _)| !known.contains(group.as_str())) {
            let name = Spanned { value: group.clone(), place };
            problems.push(Problem::unknown("group", &name, known.iter().copied()));
        }
    }
    problems
}

/// Its numbers. The rule of dates is law and no number of the model.
fn parameters(own: &FirstInForce, rule: &FirstInForce) -> Vec<Parameter> {
    let row = |name: String, meaning: &'static str, unit, most: f64, default: f64, value: f64| Parameter {
        name: name.into(),
        meaning: meaning.into(),
        unit,
        least: 0.0,
        most,
        default,
        value,
        highest: value,
        source: "the model text's own, which is a proposal; a small world has fewer states than the real one",
        grade: Grade::Assumption,
        sourced: false,
        follows_from: &[],
    };
    let most = f64::from(u16::MAX);
    let switch = |on: bool| f64::from(u8::from(on));
    let all = "Whether every state that has consented to the parent treaty has to consent; 1 or 0.";
    let mut parameters = vec![
        row(
            "consents".to_owned(),
            "Consents that the text needs to enter into force.",
            "states",
            most,
            own.consents.into(),
            rule.consents.into(),
        ),
        row("all-parties".to_owned(), all, "switch", 1.0, switch(own.all_parties), switch(rule.all_parties)),
    ];
    let groups: BTreeSet<&String> = own.of_which.keys().chain(rule.of_which.keys()).collect();
    parameters.extend(groups.into_iter().map(|group| {
        let of = |rule: &FirstInForce| rule.of_which.get(group).copied().unwrap_or(0).into();
        let meaning = "Of these, consents of members of the group.";
        row(format!("of-which.{group}"), meaning, "states", most, of(own), of(rule))
    }));
    parameters
}
