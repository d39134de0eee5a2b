//! Records as JSON: one object a line, names instead of numbers, for the log of a run and for whoever follows it.

use serde_json::{Value, json};

use super::summary::Summary;
use crate::authority::{AuthorityRecord, Body, Letter, LossCause, Outcome, Ruling, wording};
use crate::base::{Day, FileNumber, StateId};
use crate::depositary::DepositaryRecord;
use crate::engine::{Month, Record};
use crate::law::{Act, Ground, Instrument, Library};
use crate::world::{Aspect, HavenRecord, Reason, Turn, WorldRecord};

/// One record as JSON; the beginning of a day is no line of its own.
#[must_use]
pub fn json(library: &Library, day: Day, record: Record<'_>) -> Option<Value> {
    let (kind, value) = match record {
        Record::Day => return None,
        Record::Depositary(record) => ("depositary", depositary(library, record)),
        Record::World(record) => ("world", world(library, record)),
        Record::Haven(record) => ("haven", haven(library, record)),
        Record::Authority(state, record) => ("authority", authority(library, state, record)),
        Record::Letter(letter) => ("letter", self::letter(library, letter)),
        Record::Register(state, head) => ("register", json!({"state": code(library, state), "head": head})),
    };
    let mut object = json!({"day": day, "kind": kind});
    if let (Value::Object(object), Value::Object(value)) = (&mut object, value) {
        object.extend(value);
    }
    Some(object)
}

/// A month that is over, as one line; the same row stands in the summary.
#[must_use]
pub fn month(library: &Library, day: Day, month: &Month) -> Value {
    let row = super::findings::month(library, month);
    json!({"day": day, "kind": "month", "from": row.from, "base-concentration-permille": row.base_concentration_permille,
           "host-concentration-permille": row.host_concentration_permille, "states": row.states})
}

/// What a run as a whole came to, as the last lines: each holds what the summary holds under the same key. They are there
/// where there is nothing to tell, too, so that whoever reads knows.
#[must_use]
pub fn ending(summary: &Summary) -> [Value; 3] {
    let day = summary.to;
    [
        json!({"day": day, "kind": "reshuffle", "years": summary.years}),
        json!({"day": day, "kind": "leakage", "leakages": summary.leakages}),
        json!({"day": day, "kind": "attribution", "attribution": summary.attribution}),
    ]
}

fn code(library: &Library, state: StateId) -> &str {
    &library.state(state).code
}

fn file(library: &Library, file: FileNumber) -> String {
    format!("{}/{}", code(library, file.state), file.case.0)
}

fn depositary(library: &Library, record: &DepositaryRecord) -> Value {
    match record {
        DepositaryRecord::Deposited(Instrument { treaty, state, act, .. }) => {
            let (does, article) = match act {
                Act::Signature => ("signature", None),
                Act::Consent => ("consent", None),
                Act::Reservation(cite) => ("reservation", Some(*cite)),
                Act::ReservationWithdrawn(cite) => ("reservation withdrawn", Some(*cite)),
                Act::Denunciation => ("denunciation", None),
                Act::Custom => ("bound by custom", None),
            };
            let article = article.map(|cite| library.cite(cite));
            json!({"event": does, "state": code(library, *state), "treaty": library.treaty(*treaty).name, "article": article})
        }
        DepositaryRecord::CustomEmerged(treaty) => {
            json!({"event": "custom emerged", "treaty": library.treaty(*treaty).name})
        }
        DepositaryRecord::Enacted(state, cite) => {
            json!({"event": "enacted", "state": code(library, *state), "offence": library.cite(*cite)})
        }
        DepositaryRecord::EnteredIntoForce(treaty, state) => {
            json!({"event": "entered into force", "state": code(library, *state), "treaty": library.treaty(*treaty).name})
        }
        DepositaryRecord::CeasedToBind(treaty, state) => {
            json!({"event": "ceased to bind", "state": code(library, *state), "treaty": library.treaty(*treaty).name})
        }
    }
}

fn world(library: &Library, record: &WorldRecord) -> Value {
    let state = |state: &StateId| code(library, *state);
    match record {
        WorldRecord::NetworkFounded { network, base, host, market, line, size_thousandths } => json!({
            "event": "network founded", "network": network, "base": state(base), "host": state(host),
            "market": state(market), "line": line, "size-thousandths": size_thousandths,
        }),
        WorldRecord::NetworkMoved { network, aspect, from, to } => {
            let name = |number: u16| match aspect {
                Aspect::Line => json!(number),
                _ => json!(code(library, StateId(number))),
            };
            json!({"event": "network moved", "network": network, "aspect": aspect.word(), "from": name(*from), "to": name(*to)})
        }
        WorldRecord::SiteLost { network, host } => {
            json!({"event": "site lost", "network": network, "host": state(host)})
        }
        WorldRecord::SiteBack { network, host } => {
            json!({"event": "site back", "network": network, "host": state(host)})
        }
        WorldRecord::NetworkDismantled { network, base, investigating, replaced } => json!({
            "event": "network dismantled", "network": network, "base": state(base),
            "investigating": state(investigating), "replaced": replaced,
        }),
        WorldRecord::NetworkGaveUp { network, base, replaced } => {
            json!({"event": "network gave up", "network": network, "base": state(base), "replaced": replaced})
        }
        WorldRecord::Operation { networks, states, fell } => {
            let against = if *networks { "networks" } else { "sites" };
            json!({"event": "operation", "against": against, "states": states, "fell": fell})
        }
        WorldRecord::StateChanged { state: place, aspect, thousandths } => json!({
            "event": "state changed", "state": state(place), "number": aspect.word(), "thousandths": thousandths,
        }),
        WorldRecord::Month { state: place, based, hosted, incidents, recorded, harm_thousandths } => json!({
            "event": "month", "state": state(place), "based": based, "hosted": hosted,
            "incidents": incidents, "recorded": recorded, "harm-thousandths": harm_thousandths,
        }),
    }
}

fn haven(library: &Library, record: &HavenRecord) -> Value {
    let reasons = &record.reasons;
    let (event, day) = match record.turn {
        Turn::Began => ("haven began", "began"),
        Turn::Ended => ("haven ended", "ended"),
    };
    json!({
        "event": event, "state": code(library, record.state), "role": record.role.word(), day: record.day,
        "confirmed": record.confirmed, "quotient-permille": record.quotient_permille,
        "impunity-permille": record.impunity_permille,
        "compared-impunity-permille": record.compared_impunity_permille,
        "reasons": self::reasons(library, &reasons.listed),
        "cases": reasons.cases, "compared-cases": reasons.compared_cases,
        "cases-of-other-reasons": reasons.other_cases, "expected-of-other-reasons": reasons.other_expected,
    })
}

fn reasons(library: &Library, reasons: &[Reason]) -> Vec<Value> {
    let of = |reason: &Reason| {
        json!({
            "cause": reason.kind.word(),
            "ground": reason.ground.map(|(ground, _)| ground.code()),
            "article": reason.ground.map(|(_, cite)| library.cite(cite)),
            "cases": reason.cases,
            "expected-cases": reason.expected_cases,
        })
    };
    reasons.iter().map(of).collect()
}

fn ground(library: &Library, ground: Option<Ground>) -> Value {
    ground.map_or(
        Value::Null,
        |ground| json!({"code": ground.code.code(), "article": library.cite(ground.cite), "force": ground.force}),
    )
}

fn ruling(library: &Library, ruling: Ruling) -> Value {
    match ruling {
        Ruling::Granted => json!({"ruling": "granted"}),
        Ruling::Refused(why) => json!({"ruling": "refused", "ground": ground(library, why)}),
        Ruling::DataGone => json!({"ruling": "data gone"}),
    }
}

fn authority(library: &Library, state: StateId, record: &AuthorityRecord) -> Value {
    let mut value = match record {
        AuthorityRecord::CaseOpened { case, network, needs_data } => {
            json!({"event": "case opened", "case": case, "network": network, "needs-data": needs_data})
        }
        AuthorityRecord::Decided { request, file: of, measure, decision, ruling: done, discretionary, waited_days } => {
            let mut value = json!({
                "event": "request decided", "request": format!("{}/{}", code(library, request.from), request.number),
                "file": file(library, *of), "measure": measure, "decision": decision,
                "by-choice": discretionary, "waited-days": waited_days,
            });
            if let (Value::Object(value), Value::Object(done)) = (&mut value, ruling(library, *done)) {
                value.extend(done);
            }
            value
        }
        AuthorityRecord::PreservationLapsed { file: of } => {
            json!({"event": "preservation lapsed", "file": file(library, *of)})
        }
        AuthorityRecord::SiteRemoved { file: of } => json!({"event": "site removed", "file": file(library, *of)}),
        AuthorityRecord::Answered { request, measure, answer_days } => json!({
            "event": "request answered", "request": format!("{}/{}", code(library, request.from), request.number),
            "measure": measure, "answer-days": answer_days,
        }),
        AuthorityRecord::CaseClosed { case, network, base, host, opened, outcome } => json!({
            "event": "case closed", "case": case, "network": network, "base": code(library, *base),
            "host": code(library, *host), "opened": opened, "outcome": self::outcome(library, outcome),
        }),
        AuthorityRecord::SettingChanged { key, thousandths } => {
            json!({"event": "setting changed", "setting": key.name(), "thousandths": thousandths})
        }
    };
    if let Value::Object(value) = &mut value {
        value.insert("state".to_owned(), json!(code(library, state)));
    }
    value
}

fn outcome(library: &Library, outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Concluded(conclusion) => json!({"concluded": conclusion.name()}),
        Outcome::Lost(LossCause::Refused(measure, why)) => {
            json!({"lost": "refused", "measure": measure, "ground": ground(library, *why)})
        }
        Outcome::Lost(cause) => json!({"lost": cause.kind().word()}),
    }
}

fn letter(library: &Library, letter: &Letter) -> Value {
    let reply = letter.in_reply_to.map(|id| format!("{}/{}", code(library, id.from), id.number));
    let measure = match &letter.body {
        Body::Request(request) => Some(request.measure),
        Body::Answer(answer) => Some(answer.measure),
        Body::Evidence(evidence) => Some(evidence.measure),
        Body::Spontaneous(_) | Body::Withdrawal => None,
    };
    json!({
        "event": letter.body.kind(), "letter": format!("{}/{}", code(library, letter.id.from), letter.id.number),
        "from": code(library, letter.id.from), "to": code(library, letter.to), "arrives": letter.arrives,
        "file": file(library, letter.file), "in-reply-to": reply, "measure": measure,
        "says": wording::says(library, &letter.body),
    })
}
