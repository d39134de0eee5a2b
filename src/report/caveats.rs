//! What has to be said before a result is read: what of it is by the record, what is given and what is invented, and of a haven
//! that is measured otherwise than usual.

use super::law::words::first_in_force;
use super::numbers::{grouped, number_of};
use crate::base::{Day, StateId, in_prose};
use crate::engine::{Outcome, StateTally};
use crate::law::Standing;
use crate::law::wording::joined;
use crate::scenario::{Provenance, Scenario};
use crate::world::{HavenRecord, HavenSpell, Role, haven_spells};

/// What is said of the law of real States, and of all that is not by the record.
fn origins(scenario: &Scenario) -> Vec<String> {
    let found = &scenario.provenance;
    let given = match &found.given_laws[..] {
        [] => String::new(),
        names => {
            let names: Vec<String> = names.iter().map(|name| in_prose(name).into_owned()).collect();
            format!(", but for that of {}, which the scenario gives or changes", listed(&names))
        }
    };
    let real = found.has_real_states.then(|| {
        format!(
            "States of this run are real. Their law is that of the law files{given}; these say of each provision whether its text \
             was read or is recalled. Networks, habits and capacities are the model's. Nothing here says what a State does, \
             or would do."
        )
    });
    let recorded = recorded(found).into_iter().chain(beyond(found, scenario.plan.last_day));
    real.into_iter().chain(recorded).chain(given_memberships(found)).chain(invented(found)).collect()
}

/// That a run goes on after the tables end on which it rests.
fn beyond(found: &Provenance, last_day: Day) -> Option<String> {
    let mut ended: Vec<&(String, Day)> = found.ends.iter().filter(|(_, end)| *end < last_day).collect();
    ended.sort_by_key(|(_, end)| *end);
    let ((first, from), (last, to)) = (ended.first()?, ended.last()?);
    let ends = if ended.len() <= MOST_TABLES {
        let table = |(treaty, end): &&(String, Day)| format!("the table of {treaty} ends on {end}");
        joined(&ended.iter().map(table).collect::<Vec<_>>(), "and")
    } else {
        let number = ended.len();
        format!("{number} of these tables end before, the first on {from} ({first}), the last on {to} ({last})")
    };
    Some(format!("The run goes on to {last_day}, and the record does not: {ends}. What was done since is not in it."))
}

/// Of more tables it is not told here what each of them lacks: a head is to be read.
const MOST_TABLES: usize = 3;

/// Which memberships are those of the record, and how far its tables go.
fn recorded(found: &Provenance) -> Option<String> {
    let gaps: Vec<String> = found.gaps.iter().map(|(treaty, lacks)| format!("{treaty}: {lacks}")).collect();
    let gaps = match &gaps[..] {
        [] => String::new(),
        gaps if gaps.len() <= MOST_TABLES => {
            format!(" Of their tables these are not complete, or recalled: {}.", gaps.join("; "))
        }
        _ => {
            let names: Vec<String> = found.gaps.iter().map(|(treaty, _)| treaty.clone()).collect();
            let names = joined(&names, "and");
            format!(
                " Not complete, or recalled, are the tables of {names}: comity law status and the name of one says how far \
                 it goes."
            )
        }
    };
    let by_record = &found.by_record;
    (!by_record.is_empty()).then(|| {
        format!("Who is bound by {}, and since when, is taken from the record.{gaps}", joined(by_record, "and"))
    })
}

/// Which memberships of real States the scenario gives, and which are drawn.
fn given_memberships(found: &Provenance) -> Option<String> {
    if !found.has_real_states {
        return None;
    }
    let said: Vec<String> =
        found.given.iter().map(|(treaty, states)| format!("{treaty} ({})", listed(states))).collect();
    let given = (!said.is_empty()).then(|| {
        let who = "Against the record or besides it, the scenario itself says who did what, and when";
        format!("{who}: {}.", said.join("; "))
    });
    let drawn = (!found.drawn.is_empty())
        .then(|| format!("Who joins {} in the course of the run is drawn by the model.", listed(&found.drawn)));
    let said: Vec<String> = given.into_iter().chain(drawn).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// What nobody could find in reality.
fn invented(found: &Provenance) -> Option<String> {
    let texts = match &found.invented_texts[..] {
        [] => None,
        [one] => Some(format!("the text {one}")),
        many => Some(format!("the texts {}", listed(many))),
    };
    let states = match &found.invented_states[..] {
        [] => None,
        _ if !found.has_real_states => Some("all states of this run, their law, and who is bound by what".to_owned()),
        names => Some(format!("{}, the law there, and what binds it", listed(names))),
    };
    let said: Vec<String> = states.into_iter().chain(texts).collect();
    (!said.is_empty()).then(|| format!("Invented: {}.", said.join("; ")))
}

/// More names than this are told by their number.
const MOST_NAMES: usize = 6;

/// Names in a row, of many the first.
fn listed(names: &[String]) -> String {
    let (named, rest) = names.split_at(names.len().min(MOST_NAMES));
    let mut named = named.to_vec();
    named.extend((!rest.is_empty()).then(|| format!("{} more", rest.len())));
    joined(&named, "and")
}

/// What of the rule by which havens are found is set otherwise than by default; nothing, if nothing is.
fn changed_rule(scenario: &Scenario) -> String {
    let parameters = scenario.plan.havens.parameters();
    let changed = parameters.iter().filter(|parameter| parameter.is_changed());
    let said = changed.map(|parameter| {
        // A switch is told by what it does, and not by a number.
        if parameter.key() == "against-elsewhere" {
            return format!(
                "a state's impunity is compared with that of the cases in which it has no part, and not with the world's \
                 (against-elsewhere is {})",
                parameter.value
            );
        }
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
    let mut said = origins(first);
    for (name, scenario) in &variants[1..] {
        let other: Vec<String> = origins(scenario).into_iter().filter(|sentence| !said.contains(sentence)).collect();
        said.extend((!other.is_empty()).then(|| format!("Under “{name}”: {}", other.join(" "))));
    }
    said.extend(haven);
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
    let bare = [never_in_force(scenario.plan.last_day, outcome), nothing_concluded(outcome)];
    origins(scenario).into_iter().chain(haven).chain(bare.into_iter().flatten()).collect()
}

/// Treaties to which states consented and that were not in force for anybody when the run ended, with what they need: one
/// that counts more states than there are, or a group that has too few, would fail in silence.
fn never_in_force(last_day: Day, outcome: &Outcome) -> Option<String> {
    let law = &outcome.tally.law;
    let memberships = law.memberships_on(last_day);
    let waiting = law.library.treaty_ids().filter_map(|id| {
        let treaty = law.library.treaty(id);
        let needs = treaty.first_in_force.as_ref().filter(|_| memberships.first_in_force(id).is_none())?;
        let has_consented =
            |state: &StateId| matches!(memberships.standing(id, *state, last_day), Standing::Consented(_));
        let consented = law.library.state_ids().filter(has_consented).count();
        let states = number_of(consented as u64, "state has", "states have");
        (consented > 0).then(|| format!("{} ({states} consented; it needs {})", treaty.title, first_in_force(needs)))
    });
    let waiting: Vec<String> = waiting.collect();
    (!waiting.is_empty()).then(|| format!("Not in force on the last day: {}.", joined(&waiting, "and")))
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
        few if few.len() <= MOST => {
            format!("these would be found: {}", few.iter().map(said).collect::<Vec<_>>().join("; "))
        }
        many => {
            let days = |spell: &&HavenSpell<'_>| spell.ended.unwrap_or(scenario.plan.last_day).days_since(spell.began);
            let longest = many.iter().max_by_key(days).map(said).unwrap_or_default();
            format!("{} times would be found, the longest of them {longest}", many.len())
        }
    }
}
