//! The real record of signatures, consents and reservations, from the tables under `law/status`.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::shelf::Shelf;
use crate::base::{Day, Place, Problem, Problems};
use crate::law::{Act, Instrument, Library};

/// One row of a status table: what one state did towards one treaty.
#[derive(Clone, Debug, Deserialize)]
pub struct StatusRow {
    /// The treaty.
    pub treaty: String,
    /// The state, ISO alpha-3.
    pub state: String,
    /// Signature.
    pub signature: Option<Day>,
    /// Deposit.
    pub consent: Option<Day>,
    /// Ratification, accession, ...; filled even where the day of deposit is not known.
    pub consent_kind: String,
    /// Recorded entry into force for this state.
    pub entry_into_force: Option<Day>,
    /// Receipt of the notice of denunciation.
    pub denunciation: Option<Day>,
    /// Where each of these is known from.
    pub source: String,
}

/// One row of the table of reservations and declarations.
#[derive(Clone, Debug, Deserialize)]
pub struct ReservationRow {
    /// The treaty.
    pub treaty: String,
    /// The state.
    pub state: String,
    /// The article.
    pub article: String,
    /// What it does, paraphrased.
    pub effect: String,
    /// Withdrawn with effect from this day.
    pub withdrawn: Option<Day>,
    /// Where it is known from.
    pub source: String,
}

#[derive(Debug, Deserialize)]
struct StateRow {
    alpha3: String,
    name: String,
    coe_member: bool,
}

/// A state of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedState {
    /// ISO alpha-3.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The groups it belongs to.
    pub groups: BTreeSet<String>,
}

/// The group of the Council of Europe's member states.
pub const COUNCIL_OF_EUROPE: &str = "council-of-europe";

fn rows<T: for<'a> Deserialize<'a>>(shelf: &Shelf, table: &str) -> Result<Vec<T>, Problems> {
    let text = shelf.table(table).map_err(|problem| Problems(vec![problem]))?;
    let mut problems = Problems::default();
    let mut rows = Vec::new();
    for row in csv::Reader::from_reader(text.as_bytes()).deserialize() {
        match row {
            Ok(row) => rows.push(row),
            Err(error) => {
                problems.push(Problem::new(Place::default(), format!("law/status/{table}.csv: {error}")));
            }
        }
    }
    problems.or(rows)
}

/// The status table of a treaty.
///
/// # Errors
/// That there is none, or rows that cannot be read.
pub fn status(shelf: &Shelf, treaty: &str) -> Result<Vec<StatusRow>, Problems> {
    rows(shelf, treaty)
}

/// The reservations and declarations on record.
///
/// # Errors
/// Rows that cannot be read.
pub fn reservations(shelf: &Shelf) -> Result<Vec<ReservationRow>, Problems> {
    rows(shelf, "reservations")
}

/// The states on record.
///
/// # Errors
/// Rows that cannot be read.
pub fn states(shelf: &Shelf) -> Result<Vec<RecordedState>, Problems> {
    let rows: Vec<StateRow> = rows(shelf, "states")?;
    let recorded = |row: StateRow| RecordedState {
        code: row.alpha3,
        name: row.name,
        groups: row.coe_member.then(|| COUNCIL_OF_EUROPE.to_owned()).into_iter().collect(),
    };
    Ok(rows.into_iter().map(recorded).collect())
}

/// The recorded instruments of a treaty, as far as its states are in the library. Only articles to which the
/// treaty allows reservations count as reservations; declarations and designations of authorities do not. A
/// reservation is dated with the consent, when the treaty wants it made.
///
/// # Errors
/// That there is no record, or rows that cannot be read.
pub fn instruments(shelf: &Shelf, library: &Library, treaty: &str) -> Result<Vec<Instrument>, Problems> {
    let Some(id) = library.treaty_named(treaty) else { return Ok(Vec::new()) };
    let law = library.treaty(id);
    let reservations = reservations(shelf)?;
    let mut instruments = Vec::new();
    for row in status(shelf, treaty)? {
        let Some(state) = library.state_coded(&row.state) else { continue };
        let mut add = |day: Option<Day>, act: Act| {
            instruments.extend(day.map(|day| Instrument { day, treaty: id, state, act }));
        };
        add(row.signature, Act::Signature);
        add(row.consent, Act::Consent);
        add(row.denunciation, Act::Denunciation);
        for reservation in reservations.iter().filter(|r| r.treaty == treaty && r.state == row.state) {
            for article in paragraphs(&reservation.article) {
                let cite = library.cite_named(&format!("{} {article}", law.cites_as));
                if let Some(cite) = cite.filter(|cite| law.reservable.contains(cite) || law.declarable.contains(cite)) {
                    add(row.consent, Act::Reservation(cite));
                    add(reservation.withdrawn, Act::ReservationWithdrawn(cite));
                }
            }
        }
    }
    Ok(instruments)
}

/// The paragraphs that an entry names: `3(2)-(3)` stands for 3(2) and 3(3), anything else for itself.
fn paragraphs(entry: &str) -> Vec<String> {
    let range = entry.split_once(")-(").and_then(|(first, last)| {
        let (article, from) = first.rsplit_once('(')?;
        let (from, to): (u16, u16) = (from.parse().ok()?, last.strip_suffix(')')?.parse().ok()?);
        Some((from..=to).map(|paragraph| format!("{article}({paragraph})")).collect())
    });
    range.unwrap_or_else(|| vec![entry.to_owned()])
}
