//! The tables of the record: names that are not known, rows that stand twice, and dates out of order.

use std::collections::BTreeSet;

use super::unknown;
use crate::base::{Day, Place, Problem, Problems};
use crate::law::forms::TreatyForm;
use crate::scenario::record::{self, KnownDifference, PublishedCount, StateRow, StatusRow, TreatyRow};
use crate::scenario::shelf::Shelf;
use crate::scenario::table::{Row, Table};

/// Tables that are not the status of one treaty.
const OTHERS: [&str; 6] =
    ["known_differences", "known_exceptions", "published_counts", "reservations", "states", "treaties"];

/// What is wrong with the table of states, that of treaties, the status of each treaty, and the counts.
pub(super) fn check(shelf: &mut Shelf, treaties: &[TreatyForm]) -> Problems {
    let (states, mut problems) = record::placed::<StateRow>(shelf, "states");
    twice(&states, "alpha3", |row| &row.alpha3, &mut problems);
    let codes: BTreeSet<String> = states.rows.into_iter().map(|row| row.value.alpha3).collect();
    let (listed, found) = record::placed::<TreatyRow>(shelf, "treaties");
    problems.add(found);
    twice(&listed, "treaty", |row| &row.treaty, &mut problems);
    let names = shelf.all_names("treaties");
    for row in &listed.rows {
        of_treaties(&listed, row, treaties, &names, &mut problems);
    }
    for table in shelf.all_tables().into_iter().filter(|table| !OTHERS.contains(&table.as_str())) {
        let (rows, found) = record::placed::<StatusRow>(shelf, &table);
        problems.add(found);
        twice(&rows, "state", |row| &row.state, &mut problems);
        let form = treaties.iter().find(|form| form.treaty.value == table);
        let opened = listed.rows.iter().find(|row| row.value.treaty == table);
        let opened = opened.and_then(|row| row.value.opened_for_signature);
        // A table is named for its treaty: no other treaty has its rows there.
        let of_a_treaty = names.contains(&table);
        for row in &rows.rows {
            let known = names.iter().map(String::as_str).filter(|name| !of_a_treaty || *name == table);
            named("treaty", &row.value.treaty, rows.place(row, "treaty"), known, &mut problems);
            let known = codes.iter().map(String::as_str);
            named("state", &row.value.state, rows.place(row, "state"), known, &mut problems);
            in_order(
                &rows,
                row,
                opened,
                form.and_then(|form| form.applied_provisionally_from.or(form.in_force)),
                &mut problems,
            );
        }
    }
    counts(shelf, &names, &mut problems);
    problems
}

/// A row of the table of treaties held against the treaty's file.
fn of_treaties(
    table: &Table<TreatyRow>,
    row: &Row<TreatyRow>,
    treaties: &[TreatyForm],
    names: &[String],
    problems: &mut Problems,
) {
    let known = || names.iter().map(String::as_str);
    let TreatyRow { treaty, opened_for_signature, entry_into_force, parent_treaty, .. } = &row.value;
    named("treaty", treaty, table.place(row, "treaty"), known(), problems);
    let at = table.place(row, "entry_into_force");
    later("entered into force", *entry_into_force, "opened for signature", *opened_for_signature, at, problems);
    let Some(form) = treaties.iter().find(|form| form.treaty.value == *treaty) else { return };
    // An instrument that applies from a day of its own, or was applied provisionally, is recorded with that day.
    let written = form.applicable_from.or(form.applied_provisionally_from).or(form.in_force);
    let in_force = ("entered into force", at, entry_into_force, written);
    let opened = (
        "opened",
        table.place(row, "opened_for_signature"),
        opened_for_signature,
        form.opened.as_ref().map(|day| day.value),
    );
    for (what, at, recorded, written) in [in_force, opened] {
        if let (Some(recorded), Some(written)) = (recorded, written)
            && *recorded != written
        {
            let message = format!("{what} on {recorded}, but on {written} by the treaty's own file");
            problems.push(Problem::new(at, message));
        }
    }
    if written.is_some() && entry_into_force.is_none() {
        problems.push(Problem::new(at, "in force by the treaty's own file, and no day is recorded here"));
    }
    let parent = form.protocol_to.as_ref().map_or("", |parent| parent.as_str());
    if parent != parent_treaty {
        let message = format!("its parent here is `{parent_treaty}`, by the treaty's own file `{parent}`");
        problems.push(Problem::new(table.place(row, "parent_treaty"), message));
    }
}

/// The dates of one row of a status table.
fn in_order(
    table: &Table<StatusRow>,
    row: &Row<StatusRow>,
    opened: Option<Day>,
    first: Option<Day>,
    problems: &mut Problems,
) {
    let StatusRow { signature, consent, entry_into_force, denunciation, status_as_of, .. } = &row.value;
    let [signed_at, consented_at, entered_at, denounced_at] =
        ["signature", "consent", "entry_into_force", "denunciation"].map(|column| table.place(row, column));
    let consented = row.value.consent_counts_from();
    later("signed", *signature, "opened for signature", opened, signed_at, problems);
    later("consented", *consent, "signed", *signature, consented_at, problems);
    later("in force", *entry_into_force, "consented", *consent, entered_at, problems);
    later("in force", *entry_into_force, "in force for anyone", first, entered_at, problems);
    later("denounced", *denunciation, "consented", consented, denounced_at, problems);
    for (what, day, at) in [("signed", signature, signed_at), ("consented", consent, consented_at)] {
        if let Some(day) = day.filter(|day| day > status_as_of) {
            let message =
                format!("{what} on {day}, after {status_as_of}, the day up to which the row is believed right");
            problems.add(one(at, &message));
        }
    }
    if consented.is_some() && row.value.consent_kind.is_empty() {
        problems.add(one(table.place(row, "consent_kind"), "a consent without its kind"));
    }
    if denunciation.is_some() && consented.is_none() {
        problems.add(one(denounced_at, "denounced without ever having consented"));
    }
    if signature.is_none() && consented.is_none() {
        problems.add(one(table.place(row, "state"), "a row of which nothing follows: neither signed nor consented"));
    }
}

fn counts(shelf: &mut Shelf, names: &[String], problems: &mut Problems) {
    let (counts, found) = record::placed::<PublishedCount>(shelf, "published_counts");
    problems.add(found);
    for row in &counts.rows {
        named("treaty", &row.value.treaty, counts.place(row, "treaty"), names.iter().map(String::as_str), problems);
    }
    let (differences, found) = record::placed::<KnownDifference>(shelf, "known_differences");
    problems.add(found);
    for row in &differences.rows {
        let of = &row.value;
        let published = counts.rows.iter().any(|count| {
            let count = &count.value;
            (&count.treaty, count.date, count.measure, count.count) == (&of.treaty, of.date, of.measure, of.published)
        });
        if !published {
            let message = "no such count stands in published_counts.csv, so nothing can differ from it";
            problems.push(Problem::new(differences.place(row, "treaty"), message));
        }
    }
}

/// Notes that what comes later stands before what comes first.
fn later(what: &str, day: Option<Day>, first: &str, than: Option<Day>, at: Place, problems: &mut Problems) {
    if let (Some(day), Some(than)) = (day, than)
        && day < than
    {
        problems.add(one(at, &format!("{what} on {day}, before it was {first} on {than}")));
    }
}

/// Notes a name that is not known.
pub(super) fn named<'a>(
    kind: &str,
    name: &str,
    place: Place,
    known: impl IntoIterator<Item = &'a str> + Clone,
    problems: &mut Problems,
) {
    if !known.clone().into_iter().any(|known| known == name) {
        problems.push(unknown(kind, name, place, known));
    }
}

fn twice<T>(table: &Table<T>, column: &str, name: impl Fn(&T) -> &String, problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for row in &table.rows {
        if !seen.insert(name(&row.value)) {
            let message = format!("`{}` stands here twice", name(&row.value));
            problems.push(Problem::new(table.place(row, column), message));
        }
    }
}

pub(super) fn one(place: Place, message: &str) -> Problems {
    Problems(vec![Problem::new(place, message)])
}
