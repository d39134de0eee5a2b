//! What people ask: opinions, dockets, files.

use super::{
    Malformed, any_facts_of, cite_to, facts_to, file_to, iso_day_of, letter_id_to, letters, optional_state_of,
    state_of, state_to, word_of,
};
use crate::authority::{DocketEntry, ExplainedStep, FileEntry, Standing};
use crate::base::Day;
use crate::grpc::wire;
use crate::law::{Dates, DayOf, Library, Opinion, Question};

/// Reads a question.
///
/// # Errors
/// When a field is missing, out of range or names what the library does not know, or a day contradicts another.
pub fn question_of(library: &Library, case: &wire::Case) -> Result<Question, Malformed> {
    let question = Question {
        requesting: state_of(library, "requesting", &case.requesting)?,
        requested: state_of(library, "requested", &case.requested)?,
        measure: letters::measure_of("measure", &case.measure)?,
        facts: any_facts_of(library, "facts", &case.facts)?,
        unknown: any_facts_of(library, "unknown", &case.unknown)?,
        conduct_day: iso_day_of("conduct_day", &case.conduct_day)?,
        day: iso_day_of("day", &case.day)?,
        request_day: iso_day_of("request_day", case.request_day.as_ref().unwrap_or(&case.day))?,
        held_since: case.held_since.as_ref().map(|day| iso_day_of("held_since", day)).transpose()?,
        follow_up_day: case.follow_up_day.as_ref().map(|day| iso_day_of("follow_up_day", day)).transpose()?,
        nationality: optional_state_of(library, "nationality", case.nationality.as_deref())?,
    };
    let dates = Dates {
        conduct: Some(question.conduct_day),
        request: question.request_day,
        held_since: question.held_since,
        follow_up: question.follow_up_day,
        answer: question.day,
    };
    if Question::asks_itself(question.measure, (question.requesting, question.requested)) {
        return Err(Malformed::new("requested", "no state asks itself"));
    }
    match dates.contradictions().next() {
        Some(found) => Err(Malformed::new(field_of(found.what), found.to_string())),
        None => Ok(question),
    }
}

/// The field of a case that carries a day.
const fn field_of(day: DayOf) -> &'static str {
    match day {
        DayOf::Conduct => "conduct_day",
        DayOf::Request => "request_day",
        DayOf::Hold => "held_since",
        DayOf::FollowUp => "follow_up_day",
        DayOf::Answer => "day",
    }
}

/// Writes an opinion and how it was reached.
#[must_use]
pub fn opinion_to(library: &Library, opinion: &Opinion, steps: Vec<ExplainedStep>) -> wire::Opinion {
    let duty = |duty: &crate::law::Duty| wire::Duty {
        kind: duty.kind.name().to_owned(),
        cite: cite_to(library, duty.cite),
        on_request: duty.on_request,
    };
    let condition = |condition: &crate::law::Condition| wire::Condition {
        says: library.condition(condition.words).to_owned(),
        otherwise: condition.otherwise.map(|ground| ground.code().to_owned()),
    };
    let time_limit = |limit: &crate::law::TimeLimit| wire::TimeLimit {
        timed: limit.timed.name().to_owned(),
        term: limit.term.to_string(),
        cite: cite_to(library, limit.cite),
    };
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    let whole = |turn: Option<crate::law::TreatyDay>| turn.map(|turn| cite_to(library, turn.treaty));
    let step = |step: ExplainedStep| wire::Step {
        depth: u32::from(step.depth),
        question: step.in_full(),
        finding: step.finding,
        cite: step.cite,
    };
    wire::Opinion {
        decision: opinion.decision.word().to_owned(),
        bases: opinion.bases.iter().map(|cite| cite_to(library, *cite)).collect(),
        limits: opinion.limits.iter().map(|cite| cite_to(library, *cite)).collect(),
        grounds: opinion.grounds.iter().map(|ground| letters::ground_to(library, *ground)).collect(),
        conditions: opinion.conditions.iter().map(condition).collect(),
        duties: opinion.duties.iter().map(duty).collect(),
        missing: facts_to(library, opinion.missing),
        in_force_from: day(opinion.in_force_from.map(|turn| turn.day)),
        in_force_of: whole(opinion.in_force_from),
        holds_days: opinion.holds_days.map(u32::from),
        time_limits: opinion.time_limits.iter().map(time_limit).collect(),
        kept_through: day(opinion.kept_through),
        kept_until_decision: opinion.kept_until_decision,
        out_of_force_from: day(opinion.out_of_force_from.map(|turn| turn.day)),
        out_of_force_of: whole(opinion.out_of_force_from),
        steps: steps.into_iter().map(step).collect(),
    }
}

/// Writes a request of the docket.
#[must_use]
pub fn docket_entry(library: &Library, entry: &DocketEntry) -> wire::DocketEntry {
    wire::DocketEntry {
        request: Some(letter_id_to(library, entry.request)),
        file: Some(file_to(library, entry.file)),
        measure: entry.measure.name().to_owned(),
        received: entry.received.to_string(),
        standing: entry.standing.name().to_owned(),
        decision: entry.decision.map(|decision| decision.word().to_owned()),
    }
}

/// Writes a letter of a file.
#[must_use]
pub fn file_entry(library: &Library, entry: FileEntry) -> wire::FileEntry {
    wire::FileEntry {
        sent: entry.sent.to_string(),
        from: state_to(library, entry.from),
        to: state_to(library, entry.to),
        says: entry.says,
    }
}

const STANDINGS: [Standing; 5] =
    [Standing::Waiting, Standing::OnDesk, Standing::Executing, Standing::Closed, Standing::Withdrawn];

/// Reads where requests are to stand; the empty word is any.
///
/// # Errors
/// When there is no such standing.
pub fn standing_of(field: &str, word: &str) -> Result<Option<Standing>, Malformed> {
    if word.is_empty() {
        return Ok(None);
    }
    let found = STANDINGS.into_iter().find(|standing| standing.name() == word);
    word_of(field, "standing", word, found, STANDINGS.map(Standing::name)).map(Some)
}
