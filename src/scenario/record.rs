//! The real record of signatures, consents and reservations: the tables under `law/status`, row by row, and the
//! instruments that a run takes from them. What a table says as a whole stands in [`super::participation`].

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::shelf::Shelf;
use super::table::{Table, Whence};
use crate::base::{CiteId, Day, Problems};
use crate::law::{Act, Instrument, Library, Treaty};

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
    /// Whether it made any reservation, where the table's source says so.
    pub has_reservation: Option<bool>,
    /// Where each of these is known from.
    pub source: String,
    /// The day up to which the row is believed right.
    pub status_as_of: Day,
}

impl StatusRow {
    /// The day from which the consent counts: the deposit. Where a state is bound but its deposit was not found, it
    /// counts from entry into force, and failing that from the day of the row.
    #[must_use]
    pub fn consent_counts_from(&self) -> Option<Day> {
        let undated = || (!self.consent_kind.is_empty()).then_some(self.status_as_of);
        self.consent.or(self.entry_into_force).or_else(undated)
    }

    /// Whether the recorded entry into force was computed by the treaty's own rule when the table was compiled: that
    /// the rule gives it again then shows nothing.
    #[must_use]
    pub fn entry_is_by_rule(&self) -> bool {
        covering(&self.source, "entry_into_force").any(|tag| tag.starts_with("rule-"))
    }
}

/// The tags of a source that cover a field: those that name it in brackets, or, if none does, those without any.
fn covering<'a>(source: &'a str, field: &str) -> impl Iterator<Item = &'a str> {
    let tags = source.split(';').map(|tag| match tag.split_once('[') {
        Some((tag, fields)) => (tag, Some(fields.trim_end_matches(']'))),
        None => (tag, None),
    });
    let names_it = move |fields: Option<&str>| fields.is_some_and(|fields| fields.split(',').any(|one| one == field));
    let named = tags.clone().any(|(_, fields)| names_it(fields));
    tags.filter(move |(_, fields)| if named { names_it(*fields) } else { fields.is_none() }).map(|(tag, _)| tag)
}

/// The name of the European Union in the record: it joins treaties, and is no state.
pub const EUROPEAN_UNION: &str = "EUE";

/// One row of the table of reservations and declarations.
#[derive(Clone, Debug, Deserialize)]
pub struct ReservationRow {
    /// The treaty.
    pub treaty: String,
    /// The state.
    pub state: String,
    /// The article.
    pub article: String,
    /// What kind of act it is.
    pub kind: StatementKind,
    /// What it does, paraphrased.
    pub effect: String,
    /// Withdrawn with effect from this day.
    pub withdrawn: Option<Day>,
    /// Where it is known from.
    pub source: String,
}

/// What a State did by an entry of that table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatementKind {
    /// It excluded or changed the effect of a provision for itself (VCLT 2(1)(d)).
    Reservation,
    /// It said how it understands or applies a provision, or used an option that the text leaves to a declaration.
    Declaration,
    /// It named an authority or a channel.
    Authority,
    /// It said to which of its territories the treaty applies.
    Territory,
    /// Something is on record; its content, or its kind, was not seen.
    Unseen,
}

/// A reservation on record to a provision that the treaty does not open to reservations, and why it stands there.
#[derive(Clone, Debug, Deserialize)]
pub struct ExceptionRow {
    /// The treaty.
    pub treaty: String,
    /// The state.
    pub state: String,
    /// The article.
    pub article: String,
    /// Why.
    pub reason: String,
}

/// One row of the table of treaties.
#[derive(Clone, Debug, Deserialize)]
pub struct TreatyRow {
    /// The treaty.
    pub treaty: String,
    /// The day on which it was opened for signature.
    pub opened_for_signature: Option<Day>,
    /// Its first entry into force.
    pub entry_into_force: Option<Day>,
    /// The treaty to which it is a protocol, or nothing.
    pub parent_treaty: String,
    /// How far its record goes, and what it lacks.
    pub complete: String,
}

/// What is counted of a treaty on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured {
    /// Signatures, of later parties too.
    Signatures,
    /// Consents deposited and not denounced.
    Consents,
    /// States for which it is in force.
    InForce,
}

/// A count published elsewhere.
#[derive(Clone, Debug, Deserialize)]
pub struct PublishedCount {
    /// The treaty.
    pub treaty: String,
    /// The day that the count speaks of.
    pub date: Day,
    /// What was counted.
    pub measure: Measured,
    /// How many.
    pub count: usize,
    /// Where it was published.
    pub source: String,
}

/// A published count that the tables do not reach, and why that is so.
#[derive(Clone, Debug, Deserialize)]
pub struct KnownDifference {
    /// The treaty.
    pub treaty: String,
    /// The day that the count speaks of.
    pub date: Day,
    /// What was counted.
    pub measure: Measured,
    /// How many were published.
    pub published: usize,
    /// How many the tables hold.
    pub ours: usize,
    /// Why.
    pub reason: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct StateRow {
    pub(super) alpha3: String,
    name: String,
    region: String,
    coe_member: bool,
    population_millions: Option<f64>,
    internet_users_pct: Option<f64>,
}

/// A state of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedState {
    /// ISO alpha-3.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its region of the world.
    pub region: String,
    /// The groups it belongs to.
    pub groups: BTreeSet<String>,
    /// Its Internet users in thousands, about: population times share, both rounded and of the years in the table.
    pub internet_users_thousands: Option<u32>,
}

/// The group of the Council of Europe's member states.
pub const COUNCIL_OF_EUROPE: &str = "council-of-europe";

fn rows<T: DeserializeOwned>(shelf: &Shelf, table: &str) -> Result<Vec<T>, Problems> {
    let text = shelf.table(table).map_err(|problem| Problems(vec![problem]))?;
    let (table, problems) = Table::read(&text, Whence::Named(&shelf.table_path(table)));
    problems.or(table.rows.into_iter().map(|row| row.value).collect())
}

/// The rows of a table with their places, and what is wrong with it.
pub(super) fn placed<T: DeserializeOwned>(shelf: &mut Shelf, table: &str) -> (Table<T>, Problems) {
    match shelf.placed_table(table) {
        Ok((file, text)) => Table::read(&text, Whence::Listed(file)),
        Err(problem) => (Table::read("", Whence::Named(table)).0, Problems(vec![problem])),
    }
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

/// How a statement on a record with gaps begins.
pub const NOT_COMPLETE: &str = "not complete";

/// How far the record of a treaty goes, and what it lacks; empty where the table of treaties does not say.
///
/// # Errors
/// Rows that cannot be read.
pub fn complete(shelf: &Shelf, treaty: &str) -> Result<String, Problems> {
    let rows: Vec<TreatyRow> = rows(shelf, "treaties")?;
    Ok(rows.into_iter().find(|row| row.treaty == treaty).map(|row| row.complete).unwrap_or_default())
}

/// The counts published elsewhere.
///
/// # Errors
/// Rows that cannot be read.
pub fn published_counts(shelf: &Shelf) -> Result<Vec<PublishedCount>, Problems> {
    rows(shelf, "published_counts")
}

/// The differences from published counts that are known, with their reasons.
///
/// # Errors
/// Rows that cannot be read.
pub fn known_differences(shelf: &Shelf) -> Result<Vec<KnownDifference>, Problems> {
    rows(shelf, "known_differences")
}

/// The states on record.
///
/// # Errors
/// Rows that cannot be read.
pub fn states(shelf: &Shelf) -> Result<Vec<RecordedState>, Problems> {
    let rows: Vec<StateRow> = rows(shelf, "states")?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "no state has four billion users")]
    let thousands = |millions: f64, percent: f64| (millions * percent * 10.0).max(0.0) as u32;
    let recorded = |row: StateRow| RecordedState {
        internet_users_thousands: row
            .population_millions
            .zip(row.internet_users_pct)
            .map(|(millions, percent)| thousands(millions, percent)),
        code: row.alpha3,
        name: row.name,
        region: row.region,
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
        let consent = row.consent_counts_from();
        add(consent, Act::Consent);
        add(row.denunciation, Act::Denunciation);
        for reservation in reservations.iter().filter(|r| r.treaty == treaty && r.state == row.state) {
            for cite in reserved_articles(library, law, &reservation.article) {
                add(consent, Act::Reservation(cite));
                add(reservation.withdrawn, Act::ReservationWithdrawn(cite));
            }
        }
    }
    Ok(instruments)
}

/// The articles of an entry to which the treaty allows reservations.
pub(super) fn reserved_articles(library: &Library, treaty: &Treaty, entry: &str) -> Vec<CiteId> {
    let cited = |article: String| library.cite_named(&format!("{} {article}", treaty.cites_as));
    let open_to = |cite: &CiteId| treaty.reservable.contains(cite) || treaty.declarable.contains(cite);
    paragraphs(entry).into_iter().filter_map(cited).filter(open_to).collect()
}

/// The paragraphs that an entry names: `3(2)-(3)` stands for 3(2) and 3(3), anything else for itself.
pub(super) fn paragraphs(entry: &str) -> Vec<String> {
    let range = entry.split_once(")-(").and_then(|(first, last)| {
        let (article, from) = first.rsplit_once('(')?;
        let (from, to): (u16, u16) = (from.parse().ok()?, last.strip_suffix(')')?.parse().ok()?);
        Some((from..=to).map(|paragraph| format!("{article}({paragraph})")).collect())
    });
    range.unwrap_or_else(|| vec![entry.to_owned()])
}
