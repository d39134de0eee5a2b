//! Offences that a state enacts on a day of the run, laid into its law before the library is built.

use crate::base::{Day, Place, Problem, Problems, Spanned};
use crate::law::forms::{DomesticOffenceForm, LawForm};
use crate::scenario::event::{EventForm, EventKind};
use crate::scenario::shelf::Shelf;

/// Lays the offences that a state enacts during the run into its law, each in force from its day.
///
/// # Errors
/// A law or offence that is not known, or that the state has on the day already.
pub fn enact(
    shelf: &mut Shelf,
    events: &[Spanned<EventForm>],
    code: &Spanned<String>,
    law: &mut LawForm,
) -> Result<(), Problems> {
    let mut problems = Problems::default();
    for event in events.iter().filter(|event| event.does == EventKind::Enact && event.state.value == code.value) {
        let Some(name) = &event.law else { continue };
        match shelf.law(name) {
            Ok(model) => problems.0.extend(take_over(&model, event, name.place, law)),
            Err(found) => problems.add(found),
        }
    }
    problems.or(())
}

/// Takes over the offences that an event names; that there are none to take over, is a problem.
fn take_over(model: &LawForm, event: &EventForm, place: Place, law: &mut LawForm) -> Option<Problem> {
    let day = *event.date;
    if let Some(unknown) = event.offence.as_ref().filter(|offence| !model.offences.contains_key(offence.value.as_str()))
    {
        let known = model.offences.keys().map(|known| known.value.as_str());
        return Some(Problem::unknown("offence", unknown, known));
    }
    let wanted = |name: &str| event.offence.as_ref().is_none_or(|wanted| wanted.value == name);
    let mut enacted = false;
    for (offence, form) in model.offences.iter().filter(|(offence, _)| wanted(&offence.value)) {
        let of_name = law.offences.iter().filter(|(own, _)| is_called(&own.value, &offence.value));
        let mut of_name = of_name.map(|(_, own)| own).peekable();
        let is_free = of_name.peek().is_none();
        let mut until = form.until;
        let mut stands = false;
        for own in of_name {
            stands |= in_force(own, day);
            until = [until, own.from.filter(|from| *from > day)].into_iter().flatten().min();
        }
        if stands {
            continue;
        }
        enacted = true;
        let key =
            if is_free { offence.clone() } else { Spanned { value: beside(&offence.value, day), ..offence.clone() } };
        law.offences.insert(key, DomesticOffenceForm { from: Some(day), until, ..form.clone() });
    }
    let these = if event.offence.is_some() { "this offence" } else { "these offences" };
    (!enacted).then(|| Problem::new(place, format!("`{}` has {these} on {day} already", event.state.value)))
}

/// Whether an offence is in force on a day. One that carries out a treaty waits for the state's legislature, unless it has a day
/// of its own.
fn in_force(own: &DomesticOffenceForm, day: Day) -> bool {
    let waits = own.from.is_none() && !own.carries_out.is_empty();
    !waits && own.from.is_none_or(|from| from <= day) && own.until.is_none_or(|until| until > day)
}

/// What an offence is called beside one of its name that is in force at another time: no law has one name twice.
fn beside(name: &str, day: Day) -> String {
    format!("{name}{BESIDE}{day}")
}

const BESIDE: &str = "-since-";

fn is_called(own: &str, name: &str) -> bool {
    own.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(BESIDE))
}
