//! The record of one treaty on a day, as text and as CSV.

use std::fmt::Write as _;
use std::io;

use comfy_table::Table;

use super::status::{Row, Standing, StatementWords, Status};
use crate::base::Day;
use crate::report::lines::{capital, hang};
use crate::report::tables;
use crate::scenario::record::StatementKind;
use crate::tables::{Cell, Column, Format, Kind, Writer};

/// The record as text.
#[must_use]
pub fn text(status: &Status) -> String {
    let mut out = String::new();
    hang(&mut out, "", &format!("{} ({}) on {}", status.title, status.treaty, status.on));
    let first = status.in_force.words(status.on).map_or_else(|| "Not in force".to_owned(), |words| capital(&words));
    hang(&mut out, "", &first);
    if !status.record.is_empty() {
        hang(&mut out, "Record: ", &status.record);
    }
    out.push('\n');
    if !status.rows.is_empty() {
        let _ = writeln!(out, "{}\n", tables::shown(&table(&status.rows)));
    }
    leaving_text(&mut out, &status.rows);
    statements_text(&mut out, &status.rows);
    if !status.out.is_empty() {
        hang(&mut out, if status.has_gaps() { "No act on record: " } else { "Out: " }, &status.out.join(", "));
        out.push('\n');
    }
    // Of one state alone there is nothing to count.
    if status.rows.len() + status.out.len() > 1 {
        hang(&mut out, "", &status.in_numbers());
    }
    out
}

fn table(rows: &[Row]) -> Table {
    let mut table = tables::left(&["State", "Signed", "Consent", "by", "In force", "Stands", "Reserved"]);
    for row in rows {
        let reservations = row.statements.iter().filter(|statement| statement.kind == StatementKind::Reservation);
        let mut articles: Vec<&str> = reservations.map(|statement| statement.article.as_str()).collect();
        articles.dedup();
        let consented = if row.consented.is_none() && !row.consent_kind.is_empty() {
            "not found".to_owned()
        } else {
            day_or_dash(row.consented)
        };
        tables::add(
            &mut table,
            [
                row.state.clone(),
                day_or_dash(row.signed),
                consented,
                row.consent_kind.clone(),
                day_or_dash(row.in_force),
                row.standing.word().to_owned(),
                articles.join(", "),
            ],
        );
    }
    table
}

/// Who left, or gave notice of it, and by which article where it is not an act towards this treaty.
fn leaving_text(out: &mut String, rows: &[Row]) {
    let leaving = |row: &Row| Some((row.state.clone(), row.out_of_force?, row.left_with_parent.clone()));
    let mut any = false;
    for (state, from, with_parent) in rows.iter().filter_map(leaving) {
        let how = with_parent.map_or_else(String::new, |article| format!(", by leaving the parent treaty ({article})"));
        hang(out, "  · ", &format!("{state}: out of force from {from}{how}"));
        any = true;
    }
    if any {
        out.push('\n');
    }
}

fn statements_text(out: &mut String, rows: &[Row]) {
    if rows.iter().all(|row| row.statements.is_empty()) {
        return;
    }
    hang(out, "", "Reservations and declarations on record (a sample: absence is no proof)");
    for row in rows {
        for statement in &row.statements {
            hang(out, "    ", &format!("{}. {}", row.state, statement.words()));
        }
    }
    out.push('\n');
}

/// The record as CSV: one row a state, those that are out at the end.
///
/// # Errors
/// None that the memory does not give.
pub fn csv(status: &Status) -> io::Result<String> {
    let columns = [
        ("treaty", Kind::Text),
        ("code", Kind::Text),
        ("state", Kind::Text),
        ("standing", Kind::Text),
        ("signed", Kind::Day),
        ("consent_kind", Kind::Text),
        ("consented", Kind::Day),
        ("in_force", Kind::Day),
        ("out_of_force", Kind::Day),
        ("reservations_and_declarations", Kind::Text),
        ("source", Kind::Text),
    ];
    let columns = columns.map(|(name, kind)| Column::new(name, kind, "", ""));
    let mut writer = Writer::new(Format::Csv, Vec::new(), columns.to_vec())?;
    for row in &status.rows {
        let statements: Vec<String> = row.statements.iter().map(StatementWords::words).collect();
        writer.row(&[
            status.treaty.as_str().into(),
            row.code.as_str().into(),
            row.state.as_str().into(),
            row.standing.word().into(),
            row.signed.into(),
            row.consent_kind.as_str().into(),
            row.consented.into(),
            row.in_force.into(),
            row.out_of_force.into(),
            statements.join(" | ").into(),
            row.source.as_str().into(),
        ])?;
    }
    for name in &status.out {
        let mut cells = columns.each_ref().map(|_| Cell::Nothing);
        cells[0] = status.treaty.as_str().into();
        cells[2] = name.as_str().into();
        cells[3] = Standing::Out.word().into();
        writer.row(&cells)?;
    }
    String::from_utf8(writer.finish()?).map_err(io::Error::other)
}

fn day_or_dash(day: Option<Day>) -> String {
    day.map_or_else(|| "-".to_owned(), |day| day.to_string())
}
