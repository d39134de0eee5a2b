//! Between the generated types and the domain's, once each way.
//!
//! Towards the wire nothing can fail: every identifier of the domain has a name. Towards the domain everything
//! can: the error says which field, what is wrong with it, and the nearest name where there is one. Nothing here
//! allocates more than the message that it reads, whose size the server limits.

mod days;
mod letters;
mod opinions;
mod records;

pub(super) use days::each;
pub use days::{
    advance_due, due_to, instrument_of, instrument_to, manifest_of, manifest_to, part_due, report_of, report_to,
    setting_of, setting_to,
};
pub use letters::{letter_of, letter_to};
pub use opinions::{docket_entry, file_entry, opinion_to, question_of, standing_of};
pub use records::{record_of, record_to};

use std::fmt::Display;

use super::wire;
use crate::base::day::{FIRST_YEAR, LAST_YEAR};
use crate::base::{CaseNumber, CiteId, Day, FileNumber, LetterId, StateId, TreatyId, nearest};
use crate::law::fact::MOST_FACTS;
use crate::law::{FactSet, Library};

/// A field that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct Malformed {
    /// The path to the field, for example `letters[3].body.request.facts`.
    pub field: String,
    /// What is wrong with it.
    pub problem: String,
}

impl Malformed {
    /// This field has this problem.
    pub fn new(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { field: field.into(), problem: problem.into() }
    }

    /// The same, seen from the message that holds the field's message as `field`.
    #[must_use]
    pub fn within(mut self, field: impl Display) -> Self {
        self.field = format!("{field}.{}", self.field);
        self
    }
}

/// 1800-01-01: the first day that anything written may carry.
const FIRST_DAY: i32 = -62_091;

/// 9999-12-31. Later than what people may write, since a drawn duration of centuries, added to a day of a run,
/// must travel here as it does in a direct run; early enough that no calendar overflows.
const LAST_DAY: i32 = 2_932_896;

type Read<T> = Result<T, Malformed>;

/// Longest part of an unknown name that an error repeats: a message must not be an amplifier.
const QUOTED: usize = 60;

fn quoted(name: &str) -> String {
    name.chars().take(QUOTED).flat_map(char::escape_debug).collect()
}

fn unknown<'a>(field: &str, kind: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> Malformed {
    // The search for the nearest name costs time in proportion to both lengths: not for monsters.
    let near = (name.len() <= QUOTED).then(|| nearest(name, known)).flatten();
    let near = near.map(|near| format!(", nearest `{near}`")).unwrap_or_default();
    Malformed::new(field, format!("unknown {kind} `{}`{near}", quoted(name)))
}

pub(super) fn state_of(library: &Library, field: &str, code: &str) -> Read<StateId> {
    library
        .state_coded(code)
        .ok_or_else(|| unknown(field, "state", code, library.states().iter().map(|state| state.code.as_str())))
}

pub(super) fn state_to(library: &Library, state: StateId) -> String {
    library.state(state).code.clone()
}

fn optional_state_of(library: &Library, field: &str, code: Option<&str>) -> Read<Option<StateId>> {
    code.map(|code| state_of(library, field, code)).transpose()
}

pub(super) fn treaty_of(library: &Library, field: &str, name: &str) -> Read<TreatyId> {
    library
        .treaty_named(name)
        .ok_or_else(|| unknown(field, "treaty", name, library.treaties().iter().map(|treaty| treaty.name.as_str())))
}

fn cite_of(library: &Library, field: &str, words: &str) -> Read<CiteId> {
    library
        .cite_named(words)
        .ok_or_else(|| unknown(field, "citation", words, library.cites().iter().map(String::as_str)))
}

fn cite_to(library: &Library, cite: CiteId) -> String {
    library.cite(cite).to_owned()
}

/// Reads a word of a closed list.
fn word_of<T>(
    field: &str,
    kind: &str,
    word: &str,
    found: Option<T>,
    known: impl IntoIterator<Item = &'static str>,
) -> Read<T> {
    found.ok_or_else(|| unknown(field, kind, word, known))
}

pub(super) fn day_of(field: &str, number: i32) -> Read<Day> {
    (FIRST_DAY..=LAST_DAY).contains(&number).then(|| Day::from_number(number)).ok_or_else(|| {
        Malformed::new(field, format!("day {number} lies outside 1800-01-01 ({FIRST_DAY}) to 9999-12-31 ({LAST_DAY})"))
    })
}

pub(super) fn iso_day_of(field: &str, text: &str) -> Read<Day> {
    text.parse().map_err(|_| {
        Malformed::new(
            field,
            format!("`{}` is not a date of the form 2012-06-01 from {FIRST_YEAR} to {LAST_YEAR}", quoted(text)),
        )
    })
}

/// Facts by name, in rising byte order and each once: one set has one form, so letters can be compared by digest.
fn facts_of(library: &Library, field: &str, names: &[String]) -> Read<FactSet> {
    let facts = any_facts_of(library, field, names)?;
    if !names.is_sorted_by(|one, next| one < next) {
        return Err(Malformed::new(field, "the names must stand in rising byte order, each once"));
    }
    Ok(facts)
}

/// Facts by name in any order, as people write them.
fn any_facts_of(library: &Library, field: &str, names: &[String]) -> Read<FactSet> {
    if names.len() > MOST_FACTS {
        return Err(Malformed::new(field, format!("{} facts: at most {MOST_FACTS} are known", names.len())));
    }
    let fact =
        |name: &String| library.facts.named(name).ok_or_else(|| unknown(field, "fact", name, library.facts.names()));
    names.iter().map(fact).collect()
}

fn facts_to(library: &Library, facts: FactSet) -> Vec<String> {
    let mut names: Vec<String> = facts.iter().map(|fact| library.facts.name(fact).to_owned()).collect();
    names.sort_unstable();
    names
}

fn present<'a, T>(field: &str, message: Option<&'a T>) -> Read<&'a T> {
    message.ok_or_else(|| Malformed::new(field, "missing"))
}

fn letter_id_of(library: &Library, id: &wire::LetterId) -> Read<LetterId> {
    Ok(LetterId { from: state_of(library, "from", &id.from)?, number: id.number })
}

fn letter_id_to(library: &Library, id: LetterId) -> wire::LetterId {
    wire::LetterId { from: state_to(library, id.from), number: id.number }
}

/// Reads a file's number.
///
/// # Errors
/// When its state is not known.
pub fn file_of(library: &Library, file: &wire::FileReference) -> Result<FileNumber, Malformed> {
    Ok(FileNumber { state: state_of(library, "state", &file.state)?, case: CaseNumber(file.case) })
}

/// Writes a file's number.
#[must_use]
pub fn file_to(library: &Library, file: FileNumber) -> wire::FileReference {
    wire::FileReference { state: state_to(library, file.state), case: file.case.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_of_days_are_the_days_they_are_said_to_be() {
        assert_eq!(Day::from_number(FIRST_DAY).to_string(), format!("{FIRST_YEAR}-01-01"));
        assert_eq!(Day::from_number(LAST_DAY).to_string(), "9999-12-31");
        assert!(day_of("day", FIRST_DAY).is_ok() && day_of("day", LAST_DAY).is_ok());
        assert!(day_of("day", FIRST_DAY - 1).is_err() && day_of("day", LAST_DAY + 1).is_err());
    }
}
