//! Records of authorities.

use super::days::setting_key_of;
use super::letters::{decision_of, ground_to, ground_where, measure_of, ruling_of, ruling_to};
use super::{
    Malformed, Read, day_of, file_of, file_to, letter_id_of, letter_id_to, present, state_of, state_to, word_of,
};
use crate::authority::{AuthorityRecord, Conclusion, LossCause, Outcome};
use crate::base::{CaseNumber, FileNumber, LetterId, NetworkId};
use crate::grpc::wire;
use crate::grpc::wire::authority_record::What;
use crate::law::Library;

/// Writes a record.
#[must_use]
pub fn record_to(library: &Library, record: &AuthorityRecord) -> wire::AuthorityRecord {
    let what = match record {
        AuthorityRecord::CaseOpened { case, network, needs_data } => {
            What::CaseOpened(wire::CaseOpened { case: case.0, network: network.0, needs_data: *needs_data })
        }
        AuthorityRecord::Decided { request, file, measure, decision, ruling, discretionary, waited_days } => {
            What::Decided(wire::Decided {
                request: Some(letter_id_to(library, *request)),
                file: Some(file_to(library, *file)),
                measure: measure.name().to_owned(),
                decision: decision.word().to_owned(),
                ruling: Some(ruling_to(library, *ruling)),
                discretionary: *discretionary,
                waited_days: *waited_days,
            })
        }
        AuthorityRecord::PreservationLapsed { file } => {
            What::PreservationLapsed(wire::PreservationLapsed { file: Some(file_to(library, *file)) })
        }
        AuthorityRecord::SiteRemoved { file } => {
            What::SiteRemoved(wire::SiteRemoved { file: Some(file_to(library, *file)) })
        }
        AuthorityRecord::Answered { request, measure, answer_days } => What::Answered(wire::Answered {
            request: Some(letter_id_to(library, *request)),
            measure: measure.name().to_owned(),
            answer_days: *answer_days,
        }),
        AuthorityRecord::CaseClosed { case, network, base, host, opened, outcome } => {
            What::CaseClosed(wire::CaseClosed {
                case: case.0,
                network: network.0,
                base: state_to(library, *base),
                host: state_to(library, *host),
                opened: opened.number(),
                outcome: Some(outcome_to(library, *outcome)),
            })
        }
        AuthorityRecord::SettingChanged { key, thousandths } => {
            What::SettingChanged(wire::SettingChanged { name: key.name().to_owned(), thousandths: *thousandths })
        }
    };
    wire::AuthorityRecord { what: Some(what) }
}

/// Reads a record.
///
/// # Errors
/// When a field is missing, out of range or names what the library does not know.
pub fn record_of(library: &Library, record: &wire::AuthorityRecord) -> Result<AuthorityRecord, Malformed> {
    match present("what", record.what.as_ref())? {
        What::CaseOpened(opened) => {
            let (case, network) = (CaseNumber(opened.case), NetworkId(opened.network));
            Ok(AuthorityRecord::CaseOpened { case, network, needs_data: opened.needs_data })
        }
        What::Decided(decided) => decided_of(library, decided).map_err(|error| error.within("decided")),
        What::PreservationLapsed(lapsed) => held_file(library, lapsed.file.as_ref())
            .map(|file| AuthorityRecord::PreservationLapsed { file })
            .map_err(|error| error.within("preservation_lapsed")),
        What::SiteRemoved(removed) => held_file(library, removed.file.as_ref())
            .map(|file| AuthorityRecord::SiteRemoved { file })
            .map_err(|error| error.within("site_removed")),
        What::Answered(answered) => answered_of(library, answered).map_err(|error| error.within("answered")),
        What::SettingChanged(changed) => setting_key_of("name", &changed.name)
            .map(|key| AuthorityRecord::SettingChanged { key, thousandths: changed.thousandths })
            .map_err(|error| error.within("setting_changed")),
        What::CaseClosed(closed) => closed_of(library, closed).map_err(|error| error.within("case_closed")),
    }
}

fn held_file(library: &Library, file: Option<&wire::FileReference>) -> Read<FileNumber> {
    file_of(library, present("file", file)?).map_err(|error| error.within("file"))
}

fn held_request(library: &Library, request: Option<&wire::LetterId>) -> Read<LetterId> {
    letter_id_of(library, present("request", request)?).map_err(|error| error.within("request"))
}

fn decided_of(library: &Library, decided: &wire::Decided) -> Read<AuthorityRecord> {
    let ruling = present("ruling", decided.ruling.as_ref())?;
    Ok(AuthorityRecord::Decided {
        request: held_request(library, decided.request.as_ref())?,
        file: held_file(library, decided.file.as_ref())?,
        measure: measure_of("measure", &decided.measure)?,
        decision: decision_of("decision", &decided.decision)?,
        ruling: ruling_of(library, ruling).map_err(|error| error.within("ruling"))?,
        discretionary: decided.discretionary,
        waited_days: decided.waited_days,
    })
}

fn answered_of(library: &Library, answered: &wire::Answered) -> Read<AuthorityRecord> {
    Ok(AuthorityRecord::Answered {
        request: held_request(library, answered.request.as_ref())?,
        measure: measure_of("measure", &answered.measure)?,
        answer_days: answered.answer_days,
    })
}

fn closed_of(library: &Library, closed: &wire::CaseClosed) -> Read<AuthorityRecord> {
    let outcome = present("outcome", closed.outcome.as_ref())?;
    Ok(AuthorityRecord::CaseClosed {
        case: CaseNumber(closed.case),
        network: NetworkId(closed.network),
        base: state_of(library, "base", &closed.base)?,
        host: state_of(library, "host", &closed.host)?,
        opened: day_of("opened", closed.opened)?,
        outcome: outcome_of(library, outcome).map_err(|error| error.within("outcome"))?,
    })
}

const CONVICTED_HERE: &str = "convicted-here";
const SURRENDERED: &str = "surrendered";
const PROSECUTED_THERE: &str = "prosecuted-there";
const NO_OFFENCE: &str = "no-offence";
const NO_JURISDICTION: &str = "no-jurisdiction";
const REFUSED: &str = "refused";
const EVIDENCE_LAPSED: &str = "evidence-lapsed";
const NOT_IDENTIFIED: &str = "not-identified";
const ABANDONED: &str = "abandoned";
const OUTCOMES: [&str; 9] = [
    CONVICTED_HERE,
    SURRENDERED,
    PROSECUTED_THERE,
    NO_OFFENCE,
    NO_JURISDICTION,
    REFUSED,
    EVIDENCE_LAPSED,
    NOT_IDENTIFIED,
    ABANDONED,
];

const fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Concluded(Conclusion::ConvictedHere) => CONVICTED_HERE,
        Outcome::Concluded(Conclusion::Surrendered) => SURRENDERED,
        Outcome::Concluded(Conclusion::ProsecutedThere) => PROSECUTED_THERE,
        Outcome::Lost(LossCause::NoOffence) => NO_OFFENCE,
        Outcome::Lost(LossCause::NoJurisdiction) => NO_JURISDICTION,
        Outcome::Lost(LossCause::Refused(..)) => REFUSED,
        Outcome::Lost(LossCause::EvidenceLapsed) => EVIDENCE_LAPSED,
        Outcome::Lost(LossCause::NotIdentified) => NOT_IDENTIFIED,
        Outcome::Lost(LossCause::Abandoned(_)) => ABANDONED,
    }
}

fn outcome_to(library: &Library, outcome: Outcome) -> wire::Outcome {
    let (measure, ground) = match outcome {
        Outcome::Lost(LossCause::Refused(measure, ground)) => (Some(measure), ground),
        Outcome::Lost(LossCause::Abandoned(measure)) => (Some(measure), None),
        _ => (None, None),
    };
    wire::Outcome {
        word: outcome_word(outcome).to_owned(),
        measure: measure.map(|measure| measure.name().to_owned()).unwrap_or_default(),
        ground: ground.map(|ground| ground_to(library, ground)),
    }
}

fn outcome_of(library: &Library, outcome: &wire::Outcome) -> Read<Outcome> {
    let ground = ground_where(library, outcome.ground.as_ref(), outcome.word == REFUSED)?;
    let measure = || measure_of("measure", &outcome.measure);
    let found = match outcome.word.as_str() {
        REFUSED => return Ok(Outcome::Lost(LossCause::Refused(measure()?, ground))),
        ABANDONED => return Ok(Outcome::Lost(LossCause::Abandoned(measure()?))),
        CONVICTED_HERE => Some(Outcome::Concluded(Conclusion::ConvictedHere)),
        SURRENDERED => Some(Outcome::Concluded(Conclusion::Surrendered)),
        PROSECUTED_THERE => Some(Outcome::Concluded(Conclusion::ProsecutedThere)),
        NO_OFFENCE => Some(Outcome::Lost(LossCause::NoOffence)),
        NO_JURISDICTION => Some(Outcome::Lost(LossCause::NoJurisdiction)),
        EVIDENCE_LAPSED => Some(Outcome::Lost(LossCause::EvidenceLapsed)),
        NOT_IDENTIFIED => Some(Outcome::Lost(LossCause::NotIdentified)),
        _ => None,
    };
    if !outcome.measure.is_empty() {
        return Err(Malformed::new("measure", "only `refused` and `abandoned` have a measure"));
    }
    word_of("word", "outcome", &outcome.word, found, OUTCOMES)
}
