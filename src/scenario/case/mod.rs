//! Worked cases: a file read into law, history and questions; and the answers.

mod agreement;
mod days;
mod facts;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use self::days::Days;
use super::doubt::{Doubts, on_shelf};
use super::kind::Kind;
use super::membership;
use super::own_treaties;
use super::record;
use super::shelf::Shelf;
use crate::base::{Problem, Problems, Spanned, StateId};
use crate::embedded;
use crate::law::forms::{CaseForm, CaseStateForm, ExpectForm, LawForm, PartForm, TreatyMembershipForm};
use crate::law::{self, ExplainedStep, Library, Memberships, Opinion, Question, StateSource, wording};
use crate::reading::{self, Sources};

/// A case, ready to be answered.
#[derive(Debug)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What happened.
    pub says: String,
    /// The law of the states and treaties that it needs.
    pub library: Library,
    /// Who is bound by what.
    pub memberships: Memberships,
    /// Its questions.
    pub parts: Vec<Part>,
}

/// One question of a case.
#[derive(Debug)]
pub struct Part {
    /// Its name; `-` where it is the only one.
    pub name: String,
    /// The question.
    pub question: Question,
    /// The answer that the case holds to be right.
    pub expect: Option<ExpectForm>,
}

/// Reads a case. A path that is not on disk is looked up among the built-in cases.
///
/// # Errors
/// All problems found; the sources are for showing them.
pub fn read(path: &Path, law: Option<PathBuf>) -> Result<Case, (Problems, Sources)> {
    let mut shelf = Shelf::new(law);
    read_into(&mut shelf, path).map_err(|problems| (problems, shelf.sources))
}

fn read_into(shelf: &mut Shelf, path: &Path) -> Result<Case, Problems> {
    let name = path.to_string_lossy().replace('\\', "/");
    let read = match embedded::file(&name) {
        Some(text) if !path.exists() => reading::load_text(&mut shelf.sources, &name, text),
        None if !path.exists() => return Err(Problems(vec![super::read::missing(&name, "law/cases/")])),
        _ => reading::load(&mut shelf.sources, path, &|_| None),
    };
    reading::made_of(read, |tree| {
        Kind::Case.expect(&tree)?;
        reading::decode_and(&tree, |form, mended| assemble_in_doubt(shelf, form, Doubts::new(&tree, mended)))
    })
}

/// A case asks what the law says on a day.
const NO_DAY: &str = "neither this part nor the case says on which `day` the answer is given";

/// The same where part of the form is a guess.
///
/// # Errors
/// All problems found that do not follow from that.
pub(super) fn assemble_in_doubt(shelf: &mut Shelf, form: &CaseForm, doubts: Doubts<'_>) -> Result<Case, Problems> {
    assemble(shelf, form).map_err(|mut problems| {
        doubts.without_unknown(&mut problems);
        on_shelf(&mut problems, &form.treaties, (shelf, "case"));
        // A day that is written, and is none, was told of.
        let in_part = |name: &Spanned<String>| doubts.whole(&["parts", name.as_str(), "day"]);
        let is_told = |place| {
            let of_part = form.parts.keys().find(|name| name.place == place);
            doubts.whole(&["day"]) || of_part.map_or_else(|| form.parts.keys().any(in_part), in_part)
        };
        problems.0.retain(|problem| problem.message != NO_DAY || !is_told(problem.place));
        problems
    })
}

/// Puts a case together: law from the shelf where the case does not bring its own.
///
/// # Errors
/// All problems found.
pub fn assemble(shelf: &mut Shelf, form: &CaseForm) -> Result<Case, Problems> {
    let mut problems = Problems::default();
    let facts = shelf.facts()?;
    let mut treaties = own_treaties::of_shelf(shelf, &form.treaties, &form.own_treaties, &mut problems);
    let states = states(shelf, form, &mut problems)?;
    let codes: Vec<&str> = states.iter().map(|state| state.code.value.as_str()).collect();
    own_treaties::add(&mut treaties, &form.own_treaties, &codes, &record::states(shelf)?, &mut problems);
    let mut library = match Library::build(&facts, &treaties, &states) {
        Ok(library) => library,
        Err(found) => {
            problems.add(found);
            return Err(problems);
        }
    };
    let written = membership::instruments(shelf, &library, &form.membership);
    written.take_out(&mut library);
    let memberships = Memberships::of(&library, &written.instruments);
    problems.add(written.problems);
    let mut parts = Vec::new();
    // People read the answers in the order in which they asked.
    let mut asked: Vec<_> = form.parts.iter().collect();
    asked.sort_by_key(|(name, _)| name.place);
    for (name, part) in asked {
        match question(&library, form, name, part) {
            Ok(question) => parts.push(Part { name: name.value.clone(), question, expect: part.expect.clone() }),
            Err(found) => {
                problems.add(found);
            }
        }
    }
    if parts.is_empty() && problems.0.is_empty() {
        problems.push(Problem::new(form.case.place, "a case asks at least one question, under `parts`"));
    }
    problems.or(Case {
        name: form.case.value.clone(),
        title: form.title.clone(),
        says: form.says.clone(),
        library,
        memberships,
        parts,
    })
}

/// The states that the case speaks of: its own, and those of the shelf that it names anywhere.
fn states(shelf: &mut Shelf, form: &CaseForm, problems: &mut Problems) -> Result<Vec<StateSource>, Problems> {
    let recorded = record::states(shelf)?;
    let groups = |code: &str| recorded.iter().find(|state| state.code == code).map(|state| state.groups.clone());
    let mut states = Vec::new();
    for (code, entry) in &form.states {
        // A law that cannot be had is reported, and an empty one stands in: what else is wrong can then be found.
        let mut law = law_of(shelf, code, entry).unwrap_or_else(|found| {
            problems.add(found);
            LawForm::default()
        });
        problems.add(shelf.unknown_treaties(&law, &form.own_treaties));
        law.groups.extend(groups(code).unwrap_or_default());
        let known = recorded.iter().find(|state| state.code == code.value).map(|state| state.name.clone());
        let name = entry.name.clone().or(known).unwrap_or_else(|| wording::capital(code));
        states.push(StateSource { code: code.clone(), name, law });
    }
    let mut named: BTreeMap<&str, &Spanned<String>> = BTreeMap::new();
    let of_parts = form.parts.values().flat_map(|part| [&part.requesting, &part.requested, &part.nationality]);
    for code in [&form.requesting, &form.requested].into_iter().chain(&form.nationality).chain(of_parts.flatten()) {
        if !form.states.contains_key(code) {
            named.entry(code.as_str()).or_insert(code);
        }
    }
    let members = form.membership.values().filter_map(|treaty| match treaty {
        TreatyMembershipForm::States(states) => Some(states.keys()),
        TreatyMembershipForm::Record => None,
    });
    // States of the record whose consents a first entry into force counts.
    for code in members.flatten().filter(|code| recorded.iter().any(|state| state.code == code.value)) {
        if !form.states.contains_key(code) {
            named.entry(code.as_str()).or_insert(code);
        }
    }
    for code in named.into_values() {
        match shelf.state_or_name(code, &recorded) {
            Ok(state) => {
                let mut law = state.law;
                law.groups.extend(groups(code).unwrap_or_default());
                states.push(StateSource { code: code.clone(), name: state.name, law });
            }
            Err(found) => {
                if let Some(own) = crate::base::nearest(code, form.states.keys().map(|own| own.value.as_str())) {
                    let unknown = Problem::new(code.place, format!("unknown state `{}`", code.value));
                    problems.push(unknown.help(format!("did you mean `{own}`?")));
                    continue;
                }
                // Its slips are told where they are; an empty law stands in, as above.
                problems.add(found);
                let (name, law) = (code.value.clone(), LawForm::default());
                states.push(StateSource { code: code.clone(), name, law });
            }
        }
    }
    Ok(states)
}

/// The law that a case gives a state: written or named, that of another state, or that with something added.
fn law_of(shelf: &mut Shelf, code: &Spanned<String>, entry: &CaseStateForm) -> Result<LawForm, Problems> {
    let own = entry.law.as_ref().map(|law| shelf.law_chosen(law)).transpose()?;
    let like = entry.like.as_ref().map(|like| shelf.state(like)).transpose()?;
    match (like, own) {
        (None, Some(law)) => Ok(law),
        (Some(state), None) => Ok(state.law),
        (Some(state), Some(added)) => Ok(state.law.with(added)),
        (None, None) => {
            let message = format!("the state `{}` has neither a `law` nor a state that its law is `like`", code.value);
            Err(Problems(vec![Problem::new(code.place, message)]))
        }
    }
}

fn question(library: &Library, form: &CaseForm, name: &Spanned<String>, part: &PartForm) -> Result<Question, Problems> {
    let mut problems = Problems::default();
    let (facts, unknown) = facts::of_part(library, form, part).unwrap_or_else(|found| {
        problems.add(found);
        Default::default()
    });
    let day = part.day.as_ref().or(form.day.as_ref());
    if day.is_none() {
        // Where no part has one, it is missing in the case, and that is said once.
        let has_any = form.parts.values().any(|part| part.day.is_some());
        problems.push(Problem::new(if has_any { name.place } else { form.case.place }, NO_DAY));
    }
    let mut state = |code: &Spanned<String>| -> Option<StateId> {
        let found = library.state_coded(code);
        if found.is_none() {
            problems.push(Problem::unknown("state", code, library.states().iter().map(|state| state.code.as_str())));
        }
        found
    };
    let requesting = state(part.requesting.as_ref().unwrap_or(&form.requesting));
    let asked = part.requested.as_ref().unwrap_or(&form.requested);
    let requested = state(asked);
    let nationality = part.nationality.as_ref().or(form.nationality.as_ref()).and_then(state);
    let (Some(day), Some(requesting), Some(requested)) = (day, requesting, requested) else { return Err(problems) };
    if Question::asks_itself(part.measure, (requesting, requested)) {
        problems.push(Problem::new(asked.place, "no state asks itself"));
    }
    let days = Days::of(form, part, day);
    problems.add(days.contradictions(name.place));
    problems.or(Question {
        requesting,
        requested,
        measure: part.measure,
        facts,
        unknown,
        conduct_day: days.stated.conduct.unwrap_or(days.stated.answer),
        day: days.stated.answer,
        request_day: days.stated.request,
        held_since: days.stated.held_since,
        follow_up_day: days.stated.follow_up,
        nationality,
    })
}

impl Case {
    /// What the law says to one question, with the steps.
    #[must_use]
    pub fn answer(&self, part: &Part) -> (Opinion, Vec<ExplainedStep>) {
        law::explain(&self.library, &self.memberships, &part.question)
    }
}
