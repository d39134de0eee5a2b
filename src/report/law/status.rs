//! The record of one treaty on a day: who signed, consented, is bound, reserved what, left, and who is out.

use serde::Serialize;

use super::in_force::InForce;
use crate::base::{Day, StateId, TreatyId};
use crate::law::membership;
use crate::report::lines::counted;
use crate::scenario::Corpus;
use crate::scenario::participation::{Entry, Statement};
use crate::scenario::record::{NOT_COMPLETE, StatementKind};

/// Where a state stands towards a treaty on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case", tag = "standing", content = "day")]
pub enum Standing {
    /// Bound, since this day.
    Party(Day),
    /// Bound, at the latest since this day: its deposit was not found.
    PartyBy(Day),
    /// Consented; in force for it from this day, if that is certain.
    Consented(Option<Day>),
    /// Signed on this day, and no more.
    Signed(Option<Day>),
    /// No longer bound, since this day.
    Left(Day),
    /// It did nothing, or nothing yet.
    Out,
}

impl Standing {
    /// Whether it is bound.
    #[must_use]
    pub const fn is_party(self) -> bool {
        matches!(self, Self::Party(_) | Self::PartyBy(_))
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Party(day) => format!("bound since {day}"),
            Self::PartyBy(day) => format!("bound at the latest since {day}"),
            Self::Consented(Some(day)) => format!("consented, in force from {day}"),
            Self::Consented(None) => "consented, not in force".to_owned(),
            Self::Signed(Some(day)) => format!("signed only, on {day}"),
            Self::Signed(None) => "signed only".to_owned(),
            Self::Left(day) => format!("left, out of force since {day}"),
            Self::Out => "out".to_owned(),
        }
    }

    /// In one word, for tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Party(_) | Self::PartyBy(_) => "party",
            Self::Consented(_) => "consented",
            Self::Signed(_) => "signed",
            Self::Left(_) => "left",
            Self::Out => "out",
        }
    }

    /// The shape: filled where the treaty binds.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Party(_) | Self::PartyBy(_) => "■",
            Self::Consented(_) => "◇",
            Self::Signed(_) => "□",
            Self::Left(_) | Self::Out => "·",
        }
    }
}

/// Where a state stands: by the record, or for a treaty between two states by its own dates.
#[must_use]
pub fn standing(corpus: &Corpus, treaty: TreatyId, state: StateId, day: Day) -> Standing {
    let name = corpus.library.treaty(treaty).name.as_str();
    if corpus.record.contains_key(name) {
        let entry = corpus.entry(name, &corpus.library.state(state).code);
        return entry.map_or(Standing::Out, |entry| of_entry(entry, day));
    }
    match corpus.memberships.standing(treaty, state, day) {
        membership::Standing::Party(since) => Standing::Party(since),
        membership::Standing::Consented(from) => Standing::Consented(from),
        membership::Standing::Signed => Standing::Signed(None),
        membership::Standing::Former(since) => Standing::Left(since),
        membership::Standing::Outside => Standing::Out,
    }
}

fn of_entry(entry: &Entry, day: Day) -> Standing {
    if entry.was_bound(day) {
        let party = if entry.is_dated() { Standing::Party } else { Standing::PartyBy };
        return entry.in_force.map_or(Standing::Out, party);
    }
    if let Some(out) = entry.out_of_force.filter(|out| *out <= day) {
        return Standing::Left(out);
    }
    if entry.had_consented(day) {
        return Standing::Consented(entry.in_force);
    }
    if entry.had_signed(day) { Standing::Signed(entry.signature) } else { Standing::Out }
}

/// A reservation or declaration on record.
#[derive(Clone, Debug, Serialize)]
pub struct StatementWords {
    /// The article; empty for one on the treaty as a whole.
    pub article: String,
    /// What kind of act it is.
    pub kind: StatementKind,
    /// What it does, paraphrased.
    pub effect: String,
    /// Withdrawn with effect from this day.
    pub withdrawn: Option<Day>,
}

impl StatementWords {
    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        let kind = match self.kind {
            StatementKind::Reservation => "Reservation",
            StatementKind::Declaration => "Declaration",
            StatementKind::Authority => "Authority named",
            StatementKind::Territory => "Territories",
            StatementKind::Unseen => "On record",
        };
        let article = if self.article.is_empty() { String::new() } else { format!(", Art. {}", self.article) };
        let withdrawn = self.withdrawn.map_or_else(String::new, |day| format!(" (withdrawn from {day})"));
        format!("{kind}{article}: {}{withdrawn}", self.effect)
    }
}

/// What a state reserved or declared towards a treaty, as it stood on a day.
#[must_use]
pub fn statements(corpus: &Corpus, treaty: &str, code: &str, day: Day) -> Vec<StatementWords> {
    corpus.entry(treaty, code).map(|entry| of_entry_statements(entry, day)).unwrap_or_default()
}

fn of_entry_statements(entry: &Entry, day: Day) -> Vec<StatementWords> {
    // A statement is made on signing or consenting; the record does not date it otherwise.
    if !entry.had_signed(day) && !entry.had_consented(day) {
        return Vec::new();
    }
    let statement = |statement: &Statement| StatementWords {
        article: statement.article.clone(),
        kind: statement.kind,
        effect: statement.effect.clone(),
        withdrawn: statement.withdrawn.filter(|withdrawn| *withdrawn <= day),
    };
    entry.statements.iter().map(statement).collect()
}

/// The record of a treaty on a day.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Status {
    /// Its name.
    pub treaty: String,
    /// Its title.
    pub title: String,
    /// The day.
    pub on: Day,
    /// Since when it is in force and applies.
    #[serde(flatten)]
    pub in_force: InForce,
    /// How far the record goes, and what it lacks.
    pub record: String,
    /// How many stand how.
    pub counts: Counts,
    /// One row for each state that did something by that day.
    pub rows: Vec<Row>,
    /// The names of the states of the record that did nothing by that day.
    pub out: Vec<String>,
}

/// How many stand how.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    /// Bound.
    pub parties: usize,
    /// Consented, not yet in force.
    pub consented: usize,
    /// Signed only.
    pub signatories: usize,
    /// Left.
    pub left: usize,
    /// Did nothing.
    pub out: usize,
}

/// What one state did.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    /// Its code.
    pub code: String,
    /// Its name.
    pub state: String,
    /// Where it stands.
    #[serde(flatten)]
    pub standing: Standing,
    /// Signature.
    pub signed: Option<Day>,
    /// Ratification, accession, ...
    pub consent_kind: String,
    /// Deposit, if it was found.
    pub consented: Option<Day>,
    /// In force for it from.
    pub in_force: Option<Day>,
    /// No longer in force for it from.
    pub out_of_force: Option<Day>,
    /// The article by which it left, or leaves, with the parent treaty.
    pub left_with_parent: Option<String>,
    /// Reservations and declarations.
    pub statements: Vec<StatementWords>,
    /// Where the row is known from.
    pub source: String,
}

/// The record of a treaty on a day; of one state alone, where one is named. `None` where there is no record.
#[must_use]
pub fn status(corpus: &Corpus, treaty: &str, day: Day, only: Option<StateId>) -> Option<Status> {
    let record = corpus.record.get(treaty)?;
    let code = only.map(|id| corpus.library.state(id).code.as_str());
    let wanted = |known: &str| code.is_none_or(|code| code == known);
    let mut counts = Counts::default();
    let mut rows = Vec::new();
    let mut out: Vec<String> = record.outside.iter().filter(|s| wanted(&s.code)).map(|s| s.name.clone()).collect();
    for entry in record.entries.iter().filter(|entry| wanted(&entry.state.code)) {
        let standing = of_entry(entry, day);
        match standing {
            Standing::Party(_) | Standing::PartyBy(_) => counts.parties += 1,
            Standing::Consented(_) => counts.consented += 1,
            Standing::Signed(_) => counts.signatories += 1,
            Standing::Left(_) => counts.left += 1,
            Standing::Out => {
                out.push(entry.state.name.clone());
                continue;
            }
        }
        rows.push(row(entry, standing, day));
    }
    rows.sort_by(|one, other| one.state.cmp(&other.state));
    out.sort();
    counts.out = out.len();
    Some(Status {
        treaty: record.treaty.clone(),
        title: record.title.clone(),
        on: day,
        in_force: InForce::of(corpus.treaty(treaty)?, record.first_in_force, day),
        record: record.complete.clone(),
        counts,
        rows,
        out,
    })
}

fn row(entry: &Entry, standing: Standing, day: Day) -> Row {
    let by_then = |found: Option<Day>| found.filter(|found| *found <= day);
    let consent = entry.consent.as_ref().filter(|consent| consent.counts_from <= day);
    let noticed = entry.denunciation.is_some_and(|notice| notice <= day);
    Row {
        code: entry.state.code.clone(),
        state: entry.state.name.clone(),
        standing,
        signed: by_then(entry.signature),
        consent_kind: consent.map_or_else(String::new, |consent| consent.kind.clone()),
        consented: consent.and_then(|consent| consent.deposited),
        in_force: entry.in_force.filter(|_| consent.is_some() && entry.is_dated()),
        out_of_force: entry.out_of_force.filter(|_| noticed),
        left_with_parent: entry.left_with_parent.clone().filter(|_| noticed),
        statements: of_entry_statements(entry, day),
        source: entry.source.clone(),
    }
}

impl Status {
    /// Whether the record has gaps, so that who is missing from it need not be out.
    #[must_use]
    pub fn has_gaps(&self) -> bool {
        self.record.starts_with(NOT_COMPLETE)
    }

    /// How many stand how, in words.
    #[must_use]
    pub fn in_numbers(&self) -> String {
        let Counts { parties, consented, signatories, left, out } = self.counts;
        let mut parts = vec![counted(parties, "party", "parties")];
        if consented > 0 {
            parts.push(format!("{consented} consented, not in force for them"));
        }
        if signatories > 0 {
            let (one, many) = ("signatory that has not consented", "signatories that have not consented");
            parts.push(counted(signatories, one, many));
        }
        if left > 0 {
            parts.push(format!("{left} left"));
        }
        parts.push(format!("{out} {}", if self.has_gaps() { "without an act on record" } else { "out" }));
        parts.join("; ")
    }
}
