//! The reservations on record: made by States that consented, to provisions that the treaty opens to reservations.
//! What stands there all the same is named, with its reason, in a table of its own.

use super::tables::{named, one};
use crate::base::{Problem, Problems};
use crate::law::forms::TreatyForm;
use crate::scenario::record::{self, ExceptionRow, ReservationRow, StateRow, StatementKind};
use crate::scenario::shelf::Shelf;
use crate::scenario::table::{Row, Table};

/// What is wrong with the table of reservations, and with that of known exceptions.
pub(super) fn check(shelf: &mut Shelf, treaties: &[TreatyForm]) -> Problems {
    let (reservations, mut problems) = record::placed::<ReservationRow>(shelf, "reservations");
    let (exceptions, found) = record::placed::<ExceptionRow>(shelf, "known_exceptions");
    problems.add(found);
    let names = shelf.all_names("treaties");
    let states = record::placed::<StateRow>(shelf, "states").0;
    for row in &reservations.rows {
        let at = |column| reservations.place(row, column);
        let ReservationRow { treaty, state, .. } = &row.value;
        named("treaty", treaty, at("treaty"), names.iter().map(String::as_str), &mut problems);
        named("state", state, at("state"), states.rows.iter().map(|row| row.value.alpha3.as_str()), &mut problems);
        if let Some(problem) = not_allowed(&reservations, row, treaties)
            && !exceptions.rows.iter().any(|exception| excepts(&exception.value, &row.value))
        {
            problems.push(problem);
        }
        made_by_a_party(shelf, &reservations, row, &mut problems);
    }
    for exception in &exceptions.rows {
        let mut excepted = reservations.rows.iter().filter(|row| excepts(&exception.value, &row.value));
        if !excepted.any(|row| not_allowed(&reservations, row, treaties).is_some()) {
            let message = "nothing on record needs this exception";
            problems.push(Problem::new(exceptions.place(exception, "treaty"), message));
        }
        if exception.value.reason.trim().is_empty() {
            problems.push(Problem::new(exceptions.place(exception, "reason"), "an exception gives its reason"));
        }
    }
    problems
}

fn excepts(exception: &ExceptionRow, row: &ReservationRow) -> bool {
    (&exception.treaty, &exception.state, &exception.article) == (&row.treaty, &row.state, &row.article)
}

/// A reservation to what the treaty does not open to any.
fn not_allowed(table: &Table<ReservationRow>, row: &Row<ReservationRow>, treaties: &[TreatyForm]) -> Option<Problem> {
    let form = treaties.iter().find(|form| form.treaty.value == row.value.treaty)?;
    if row.value.kind != StatementKind::Reservation || form.other_reservations {
        return None;
    }
    let allowed: Vec<&str> = form.reservable.iter().map(|article| article.value.as_str()).collect();
    let articles = record::paragraphs(&row.value.article);
    let wrong = articles.iter().find(|article| !allowed.contains(&article.as_str()))?;
    let what = if wrong.is_empty() { "itself as a whole".to_owned() } else { format!("`{wrong}`") };
    let message = format!("{} allows no reservation to {what}", form.cites_as);
    let help = "if it was made all the same, known_exceptions.csv says so, with the reason";
    Some(Problem::new(table.place(row, "article"), message).help(help).near(wrong, allowed))
}

/// A reservation is made when signing or consenting, and withdrawn afterwards.
fn made_by_a_party(shelf: &Shelf, table: &Table<ReservationRow>, row: &Row<ReservationRow>, problems: &mut Problems) {
    let ReservationRow { treaty, state, withdrawn, .. } = &row.value;
    let Ok(status) = record::status(shelf, treaty) else { return };
    let Some(of_state) = status.iter().find(|known| known.state == *state) else {
        let message = "this state neither signed nor consented, by the status of the treaty";
        problems.add(one(table.place(row, "state"), message));
        return;
    };
    let made = of_state.consent_counts_from().or(of_state.signature);
    if let (Some(withdrawn), Some(made)) = (withdrawn, made)
        && *withdrawn < made
    {
        let message = format!("withdrawn on {withdrawn}, before it was made on {made}");
        problems.add(one(table.place(row, "withdrawn"), &message));
    }
}
