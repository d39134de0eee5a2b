//! One treaty's record as a whole: who signed, who consented and how, for whom it is or was in force, who reserved
//! what, and who did nothing. Entry into force is computed by the treaty's own rule; the recorded day stands beside it.
//!
//! Deliberately absent: any repair of the record. Where the two days differ, both are shown.

use super::record::{self, EUROPEAN_UNION, Measured, RecordedState, ReservationRow, StatementKind, StatusRow};
use super::shelf::Shelf;
use crate::base::{Day, Problems, Spanned};
use crate::law::forms::{LawForm, TreatyForm};
use crate::law::{Library, Memberships, StateSource};

/// The record of one treaty.
#[derive(Clone, Debug)]
pub struct Participation {
    /// The treaty's name in files.
    pub treaty: String,
    /// Its title.
    pub title: String,
    /// Its first entry into force, once certain.
    pub first_in_force: Option<Day>,
    /// How far the record goes, and what it lacks.
    pub complete: String,
    /// Everyone who did something about it, by code.
    pub entries: Vec<Entry>,
    /// The states of the record that did nothing about it, by code.
    pub outside: Vec<RecordedState>,
}

/// What one state did about a treaty.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The state.
    pub state: RecordedState,
    /// Signature.
    pub signature: Option<Day>,
    /// Consent to be bound.
    pub consent: Option<Consent>,
    /// In force for it from this day, by the treaty's own rule.
    pub in_force: Option<Day>,
    /// In force for it from this day, as recorded.
    pub recorded_in_force: Option<Day>,
    /// Whether the recorded day was itself computed by the rule, so that agreement shows nothing.
    pub recorded_by_rule: bool,
    /// Receipt of a notice of denunciation: its own, or that of the parent with which a protocol ends.
    pub denunciation: Option<Day>,
    /// No longer in force for it from this day.
    pub out_of_force: Option<Day>,
    /// The article by which it left a protocol with the parent, if it did.
    pub left_with_parent: Option<String>,
    /// Its reservations and declarations on record, which is a sample.
    pub statements: Vec<Statement>,
    /// Where the row is known from.
    pub source: String,
    /// The day up to which it is believed right.
    pub as_of: Day,
}

/// A consent to be bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Ratification, accession, acceptance, approval or succession.
    pub kind: String,
    /// The deposit, if it was found.
    pub deposited: Option<Day>,
    /// The day from which it counts where the deposit was not found: entry into force, or the day of the row.
    pub counts_from: Day,
}

/// A reservation or declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The article that it speaks of; empty for one on the treaty as a whole.
    pub article: String,
    /// What it does, paraphrased.
    pub effect: String,
    /// What kind of act it is.
    pub kind: StatementKind,
    /// Withdrawn with effect from this day.
    pub withdrawn: Option<Day>,
    /// Where it is known from.
    pub source: String,
}

/// The record of a treaty.
///
/// # Errors
/// That there is no such treaty or no record of it; rows that cannot be read.
pub fn participation(shelf: &mut Shelf, treaty: &str) -> Result<Participation, Problems> {
    let form = shelf.treaty(&Spanned::nowhere(treaty.to_owned()))?;
    participation_by(shelf, &form)
}

/// The record of a treaty, by rules handed in: those of its file, or others to be tried.
///
/// # Errors
/// As [`participation`].
///
/// # Panics
/// Never: the library is built with the treaty.
pub fn participation_by(shelf: &mut Shelf, form: &TreatyForm) -> Result<Participation, Problems> {
    let (library, memberships) = bound(shelf, form)?;
    participation_under(shelf, form, &library, &memberships)
}

/// The record of a treaty in a library that holds it and every state on record, with the memberships of the record.
pub(super) fn participation_under(
    shelf: &Shelf,
    form: &TreatyForm,
    library: &Library,
    memberships: &Memberships,
) -> Result<Participation, Problems> {
    let treaty = form.treaty.value.as_str();
    let id = library.treaty_named(treaty).expect("the library was built with it");
    let states = record::states(shelf)?;
    let reservations = record::reservations(shelf)?;
    let rows = record::status(shelf, treaty)?;
    let mut entries: Vec<Entry> = Vec::new();
    for row in &rows {
        let Some(state) = states.iter().find(|state| state.code == row.state) else { continue };
        let of_state = library.state_coded(&row.state).expect("every state on record is in the library");
        let statements = reservations.iter().filter(|r| r.treaty == treaty && r.state == row.state);
        let statements = statements.map(statement).collect();
        // A successor steps into a treaty in force: its rule for new consents does not apply to it.
        let by_rule = memberships.in_force_from(id, of_state);
        let in_force = if row.consent_kind == "succession" { row.consent } else { by_rule };
        let leaving = memberships.leaving(id, of_state);
        let with_parent = form.ends_with_parent.as_ref().filter(|_| leaving.is_some_and(|leaving| leaving.with_parent));
        entries.push(Entry {
            in_force,
            denunciation: leaving.map(|leaving| leaving.received),
            out_of_force: leaving.map(|leaving| leaving.takes_effect),
            left_with_parent: with_parent.map(|article| article.value.clone()),
            statements,
            ..entry(row, state.clone())
        });
    }
    entries.sort_by(|one, other| one.state.code.cmp(&other.state.code));
    let mut outside = states;
    outside.retain(|state| state.code != EUROPEAN_UNION && rows.iter().all(|row| row.state != state.code));
    outside.sort_by(|one, other| one.code.cmp(&other.code));
    Ok(Participation {
        treaty: treaty.to_owned(),
        title: form.title.clone(),
        first_in_force: memberships.first_in_force(id),
        complete: record::complete(shelf, treaty)?,
        entries,
        outside,
    })
}

/// The treaty, with the one to which it is a protocol, between all states on record.
fn bound(shelf: &mut Shelf, form: &TreatyForm) -> Result<(Library, Memberships), Problems> {
    let facts = shelf.facts()?;
    let mut treaties = vec![form.clone()];
    if let Some(parent) = &form.protocol_to {
        treaties.push(shelf.treaty(parent)?);
    }
    let source = |state: RecordedState| StateSource {
        code: Spanned::nowhere(state.code),
        name: state.name,
        law: LawForm { groups: state.groups, ..LawForm::default() },
    };
    let states: Vec<StateSource> = record::states(shelf)?.into_iter().map(source).collect();
    let library = Library::build(&facts, &treaties, &states)?;
    let mut instruments = Vec::new();
    for treaty in &treaties {
        instruments.extend(record::instruments(shelf, &library, &treaty.treaty)?);
    }
    let memberships = Memberships::of(&library, &instruments);
    Ok((library, memberships))
}

/// What a row says by itself.
fn entry(row: &StatusRow, state: RecordedState) -> Entry {
    let consent = row.consent_counts_from().map(|counts_from| Consent {
        kind: row.consent_kind.clone(),
        deposited: row.consent,
        counts_from,
    });
    Entry {
        state,
        signature: row.signature,
        consent,
        in_force: None,
        recorded_in_force: row.entry_into_force,
        recorded_by_rule: row.entry_is_by_rule(),
        denunciation: None,
        out_of_force: None,
        left_with_parent: None,
        statements: Vec::new(),
        source: row.source.clone(),
        as_of: row.status_as_of,
    }
}

fn statement(row: &ReservationRow) -> Statement {
    Statement {
        article: row.article.clone(),
        effect: row.effect.clone(),
        kind: row.kind,
        withdrawn: row.withdrawn,
        source: row.source.clone(),
    }
}

impl Entry {
    /// Whether its deposit, or its entry into force, was found.
    #[must_use]
    pub fn is_dated(&self) -> bool {
        self.recorded_in_force.is_some() || self.consent.as_ref().is_some_and(|consent| consent.deposited.is_some())
    }

    /// Whether it signed by a day.
    #[must_use]
    pub fn had_signed(&self, day: Day) -> bool {
        self.signature.is_some_and(|signed| signed <= day)
    }

    /// Whether its consent counted on a day and no denunciation had taken effect.
    #[must_use]
    pub fn had_consented(&self, day: Day) -> bool {
        self.consent.as_ref().is_some_and(|consent| consent.counts_from <= day) && !self.had_left(day)
    }

    /// Whether the treaty was in force for it on a day.
    #[must_use]
    pub fn was_bound(&self, day: Day) -> bool {
        self.in_force.is_some_and(|from| from <= day) && !self.had_left(day)
    }

    fn had_left(&self, day: Day) -> bool {
        self.out_of_force.is_some_and(|out| out <= day)
    }
}

impl Participation {
    /// How many of a kind there were on a day.
    #[must_use]
    pub fn count(&self, measured: Measured, day: Day) -> usize {
        let counts = |entry: &&Entry| match measured {
            Measured::Signatures => entry.had_signed(day),
            Measured::Consents => entry.had_consented(day),
            Measured::InForce => entry.was_bound(day),
        };
        self.entries.iter().filter(counts).count()
    }
}
