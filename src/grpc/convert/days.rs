//! What is due for a node on a day, and its report.

use super::{
    Malformed, Read, cite_of, cite_to, day_of, facts_of, facts_to, letter_of, letter_to, record_of, record_to,
    state_of, state_to, treaty_of, word_of,
};
use crate::authority::{Due, Incident, Report, Setting, SettingKey};
use std::collections::BTreeMap;

use crate::base::{Digest, NetworkId, StateId};
use crate::grpc::parcels::Tally;
use crate::grpc::wire;
use crate::law::{Act, Instrument, Library};

const SIGNATURE: &str = "signature";
const CONSENT: &str = "consent";
const RESERVATION: &str = "reservation";
const RESERVATION_WITHDRAWN: &str = "reservation-withdrawn";
const DENUNCIATION: &str = "denunciation";
const CUSTOM: &str = "custom";
const ACTS: [&str; 6] = [SIGNATURE, CONSENT, RESERVATION, RESERVATION_WITHDRAWN, DENUNCIATION, CUSTOM];

/// Writes an instrument.
#[must_use]
pub fn instrument_to(library: &Library, instrument: &Instrument) -> wire::Instrument {
    let (act, cite) = match instrument.act {
        Act::Signature => (SIGNATURE, None),
        Act::Consent => (CONSENT, None),
        Act::Reservation(cite) => (RESERVATION, Some(cite)),
        Act::ReservationWithdrawn(cite) => (RESERVATION_WITHDRAWN, Some(cite)),
        Act::Denunciation => (DENUNCIATION, None),
        Act::Custom => (CUSTOM, None),
    };
    wire::Instrument {
        day: instrument.day.number(),
        treaty: library.treaty(instrument.treaty).name.clone(),
        state: state_to(library, instrument.state),
        act: act.to_owned(),
        cite: cite.map(|cite| cite_to(library, cite)),
    }
}

/// Reads an instrument.
///
/// # Errors
/// When a field is missing, out of range or names what the library does not know.
pub fn instrument_of(library: &Library, instrument: &wire::Instrument) -> Result<Instrument, Malformed> {
    let cite = instrument.cite.as_deref().map(|words| cite_of(library, "cite", words)).transpose()?;
    let act = match (instrument.act.as_str(), cite) {
        (RESERVATION, Some(cite)) => Some(Act::Reservation(cite)),
        (RESERVATION_WITHDRAWN, Some(cite)) => Some(Act::ReservationWithdrawn(cite)),
        (RESERVATION | RESERVATION_WITHDRAWN, None) => {
            return Err(Malformed::new("cite", "missing: a reservation names its article"));
        }
        (_, Some(_)) => return Err(Malformed::new("cite", "only a reservation names an article")),
        (SIGNATURE, None) => Some(Act::Signature),
        (CONSENT, None) => Some(Act::Consent),
        (DENUNCIATION, None) => Some(Act::Denunciation),
        (CUSTOM, None) => Some(Act::Custom),
        _ => None,
    };
    Ok(Instrument {
        day: day_of("day", instrument.day)?,
        treaty: treaty_of(library, "treaty", &instrument.treaty)?,
        state: state_of(library, "state", &instrument.state)?,
        act: word_of("act", "act", &instrument.act, act, ACTS)?,
    })
}

fn incident_to(library: &Library, incident: &Incident) -> wire::Incident {
    wire::Incident {
        network: incident.network.0,
        day: incident.day.number(),
        base: state_to(library, incident.base),
        host: state_to(library, incident.host),
        nationality: state_to(library, incident.nationality),
        facts: facts_to(library, incident.facts),
    }
}

fn incident_of(library: &Library, incident: &wire::Incident) -> Read<Incident> {
    Ok(Incident {
        network: NetworkId(incident.network),
        day: day_of("day", incident.day)?,
        base: state_of(library, "base", &incident.base)?,
        host: state_of(library, "host", &incident.host)?,
        nationality: state_of(library, "nationality", &incident.nationality)?,
        facts: facts_of(library, "facts", &incident.facts)?,
    })
}

/// Writes a changed number of an authority.
#[must_use]
pub fn setting_to(setting: &Setting) -> wire::Setting {
    wire::Setting { name: setting.key.name().to_owned(), value: setting.value }
}

/// Reads a changed number of an authority.
///
/// # Errors
/// When its name is not known, or the value is none that it may have.
pub fn setting_of(setting: &wire::Setting) -> Result<Setting, Malformed> {
    let key = setting_key_of("name", &setting.name)?;
    if !key.allows(setting.value) {
        return Err(Malformed::new("value", format!("{} is out of the range of `{}`", setting.value, key.name())));
    }
    Ok(Setting { key, value: setting.value })
}

pub(super) fn setting_key_of(field: &str, name: &str) -> Read<SettingKey> {
    word_of(field, "setting", name, SettingKey::named(name), SettingKey::all().map(SettingKey::name))
}

/// Puts into a call what is due besides letters, which go by manifest.
pub fn due_to(library: &Library, due: &Due, into: &mut wire::AdvanceRequest) {
    into.instruments = due.instruments.iter().map(|instrument| instrument_to(library, instrument)).collect();
    into.settings = due.settings.iter().map(setting_to).collect();
    into.incidents = due.incidents.iter().map(|incident| incident_to(library, incident)).collect();
}

/// Reads what is due besides letters, which are in the node's mailbox.
///
/// # Errors
/// When a field is missing, out of range or names what the library does not know.
pub fn advance_due(library: &Library, request: &wire::AdvanceRequest) -> Result<Due, Malformed> {
    Ok(Due {
        instruments: each("instruments", &request.instruments, |one| instrument_of(library, one))?,
        settings: each("settings", &request.settings, setting_of)?,
        incidents: each("incidents", &request.incidents, |one| incident_of(library, one))?,
        letters: Vec::new(),
    })
}

/// Reads a part of what is due.
///
/// # Errors
/// When a field is missing, out of range or names what the library does not know.
pub fn part_due(library: &Library, part: &wire::DayPart) -> Result<Due, Malformed> {
    Ok(Due {
        instruments: each("instruments", &part.instruments, |one| instrument_of(library, one))?,
        incidents: each("incidents", &part.incidents, |one| incident_of(library, one))?,
        ..Due::default()
    })
}

/// Writes a manifest.
#[must_use]
pub fn manifest_to(library: &Library, manifest: &BTreeMap<StateId, Tally>) -> Vec<wire::ManifestEntry> {
    let entry = |(state, tally): (&StateId, &Tally)| wire::ManifestEntry {
        from: state_to(library, *state),
        count: tally.count,
        digest: tally.digest.0.to_vec(),
    };
    manifest.iter().map(entry).collect()
}

/// Reads a manifest.
///
/// # Errors
/// When a sender is not known or named twice, a count is 0 or a digest has not 32 bytes.
pub fn manifest_of(library: &Library, manifest: &[wire::ManifestEntry]) -> Result<BTreeMap<StateId, Tally>, Malformed> {
    let entries = each("manifest", manifest, |entry| {
        let digest = digest_of("digest", &entry.digest)?;
        let count = (entry.count > 0).then_some(entry.count);
        let count = count.ok_or_else(|| Malformed::new("count", "0: such a sender is left out"))?;
        Ok((state_of(library, "from", &entry.from)?, Tally { count, digest }))
    })?;
    let by_state: BTreeMap<StateId, Tally> = entries.into_iter().collect();
    if by_state.len() < manifest.len() {
        return Err(Malformed::new("manifest", "a sender stands in it twice"));
    }
    Ok(by_state)
}

fn digest_of(field: &str, bytes: &[u8]) -> Read<Digest> {
    let wrong = |_| Malformed::new(field, format!("{} bytes instead of 32", bytes.len()));
    <[u8; 32]>::try_from(bytes).map(Digest).map_err(wrong)
}

/// Writes a report's letters and records.
#[must_use]
pub fn report_to(library: &Library, report: &Report) -> (Vec<wire::Letter>, Vec<wire::AuthorityRecord>) {
    let letters = report.letters.iter().map(|letter| letter_to(library, letter)).collect();
    (letters, report.records.iter().map(|record| record_to(library, record)).collect())
}

/// Reads a report, or a part of one.
///
/// # Errors
/// When a field is missing, out of range or names what the library does not know.
pub fn report_of(library: &Library, report: &wire::Report) -> Result<Report, Malformed> {
    Ok(Report {
        letters: each("letters", &report.letters, |one| letter_of(library, one))?,
        records: each("records", &report.records, |one| record_of(library, one))?,
        next_due: report.next_due.map(|day| day_of("next_due", day)).transpose()?,
        register: digest_of("register", &report.register)?,
    })
}

/// Reads a list, naming the element that fails.
pub(in crate::grpc) fn each<W, T>(field: &str, list: &[W], read: impl Fn(&W) -> Read<T>) -> Read<Vec<T>> {
    let named = |(index, one)| read(one).map_err(|error| error.within(format_args!("{field}[{index}]")));
    list.iter().enumerate().map(named).collect()
}
