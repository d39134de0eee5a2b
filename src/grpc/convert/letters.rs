//! Letters.

use super::{
    Malformed, Read, cite_of, cite_to, day_of, facts_of, facts_to, file_of, file_to, letter_id_of, letter_id_to,
    optional_state_of, present, state_of, state_to, word_of,
};
use crate::authority::{Answer, Body, Evidence, Letter, Matter, Request, Ruling, Spontaneous};
use crate::base::NetworkId;
use crate::grpc::wire;
use crate::law::{Decision, Force, Ground, GroundCode, Library, Measure};

/// Writes a letter.
#[must_use]
pub fn letter_to(library: &Library, letter: &Letter) -> wire::Letter {
    wire::Letter {
        id: Some(letter_id_to(library, letter.id)),
        to: state_to(library, letter.to),
        sent: letter.sent.number(),
        arrives: letter.arrives.number(),
        file: Some(file_to(library, letter.file)),
        in_reply_to: letter.in_reply_to.map(|id| letter_id_to(library, id)),
        body: Some(body_to(library, &letter.body)),
    }
}

/// Reads a letter.
///
/// # Errors
/// When a field is missing, out of range or names what the library does not know.
pub fn letter_of(library: &Library, letter: &wire::Letter) -> Result<Letter, Malformed> {
    let id = present("id", letter.id.as_ref())?;
    let file = present("file", letter.file.as_ref())?;
    let reply = letter.in_reply_to.as_ref();
    let body = present("body", letter.body.as_ref())?;
    Ok(Letter {
        id: letter_id_of(library, id).map_err(|error| error.within("id"))?,
        to: state_of(library, "to", &letter.to)?,
        sent: day_of("sent", letter.sent)?,
        arrives: day_of("arrives", letter.arrives)?,
        file: file_of(library, file).map_err(|error| error.within("file"))?,
        in_reply_to: reply
            .map(|id| letter_id_of(library, id).map_err(|error| error.within("in_reply_to")))
            .transpose()?,
        body: body_of(library, body).map_err(|error| error.within("body"))?,
    })
}

fn matter_of(network: u32, conduct_day: i32) -> Read<Matter> {
    Ok(Matter { network: NetworkId(network), conduct_day: day_of("conduct_day", conduct_day)? })
}

fn body_to(library: &Library, body: &Body) -> wire::letter::Body {
    match body {
        Body::Request(request) => wire::letter::Body::Request(wire::Request {
            measure: request.measure.name().to_owned(),
            facts: facts_to(library, request.facts),
            conduct_day: request.matter.conduct_day.number(),
            network: request.matter.network.0,
            nationality: request.nationality.map(|state| state_to(library, state)),
            urgent: request.urgent,
        }),
        Body::Answer(answer) => wire::letter::Body::Answer(wire::Answer {
            measure: answer.measure.name().to_owned(),
            decision: answer.decision.word().to_owned(),
            ruling: Some(ruling_to(library, answer.ruling)),
            discretionary: answer.discretionary,
            owes_prosecution: answer.owes_prosecution,
            held_until: answer.held_until.map(crate::base::Day::number),
        }),
        Body::Evidence(evidence) => wire::letter::Body::Evidence(wire::Evidence {
            measure: evidence.measure.name().to_owned(),
            found: evidence.found,
        }),
        Body::Spontaneous(spontaneous) => wire::letter::Body::Spontaneous(wire::Spontaneous {
            facts: facts_to(library, spontaneous.facts),
            conduct_day: spontaneous.matter.conduct_day.number(),
            network: spontaneous.matter.network.0,
        }),
        Body::Withdrawal => wire::letter::Body::Withdrawal(wire::Withdrawal {}),
    }
}

fn body_of(library: &Library, body: &wire::letter::Body) -> Read<Body> {
    match body {
        wire::letter::Body::Request(request) => {
            request_of(library, request).map(Body::Request).map_err(|error| error.within("request"))
        }
        wire::letter::Body::Answer(answer) => {
            answer_of(library, answer).map(Body::Answer).map_err(|error| error.within("answer"))
        }
        wire::letter::Body::Evidence(evidence) => {
            let measure = measure_of("measure", &evidence.measure).map_err(|error| error.within("evidence"))?;
            Ok(Body::Evidence(Evidence { measure, found: evidence.found }))
        }
        wire::letter::Body::Spontaneous(spontaneous) => {
            spontaneous_of(library, spontaneous).map(Body::Spontaneous).map_err(|error| error.within("spontaneous"))
        }
        wire::letter::Body::Withdrawal(_) => Ok(Body::Withdrawal),
    }
}

fn request_of(library: &Library, request: &wire::Request) -> Read<Request> {
    Ok(Request {
        measure: measure_of("measure", &request.measure)?,
        facts: facts_of(library, "facts", &request.facts)?,
        matter: matter_of(request.network, request.conduct_day)?,
        nationality: optional_state_of(library, "nationality", request.nationality.as_deref())?,
        urgent: request.urgent,
    })
}

fn answer_of(library: &Library, answer: &wire::Answer) -> Read<Answer> {
    let ruling = present("ruling", answer.ruling.as_ref())?;
    Ok(Answer {
        measure: measure_of("measure", &answer.measure)?,
        decision: decision_of("decision", &answer.decision)?,
        ruling: ruling_of(library, ruling).map_err(|error| error.within("ruling"))?,
        discretionary: answer.discretionary,
        owes_prosecution: answer.owes_prosecution,
        held_until: answer.held_until.map(|day| day_of("held_until", day)).transpose()?,
    })
}

fn spontaneous_of(library: &Library, spontaneous: &wire::Spontaneous) -> Read<Spontaneous> {
    Ok(Spontaneous {
        facts: facts_of(library, "facts", &spontaneous.facts)?,
        matter: matter_of(spontaneous.network, spontaneous.conduct_day)?,
    })
}

pub(super) fn measure_of(field: &str, name: &str) -> Read<Measure> {
    word_of(field, "measure", name, Measure::named(name), Measure::ALL.map(Measure::name))
}

pub(super) fn decision_of(field: &str, word: &str) -> Read<Decision> {
    word_of(field, "decision", word, Decision::named(word), Decision::ALL.map(Decision::word))
}

const GRANTED: &str = "granted";
const REFUSED: &str = "refused";
const DATA_GONE: &str = "data-gone";
const RULINGS: [&str; 3] = [GRANTED, REFUSED, DATA_GONE];

pub(super) fn ruling_to(library: &Library, ruling: Ruling) -> wire::Ruling {
    let (word, ground) = match ruling {
        Ruling::Granted => (GRANTED, None),
        Ruling::Refused(ground) => (REFUSED, ground),
        Ruling::DataGone => (DATA_GONE, None),
    };
    wire::Ruling { word: word.to_owned(), ground: ground.map(|ground| ground_to(library, ground)) }
}

pub(super) fn ruling_of(library: &Library, ruling: &wire::Ruling) -> Read<Ruling> {
    let ground = ground_where(library, ruling.ground.as_ref(), ruling.word == REFUSED)?;
    let found = match ruling.word.as_str() {
        GRANTED => Some(Ruling::Granted),
        REFUSED => Some(Ruling::Refused(ground)),
        DATA_GONE => Some(Ruling::DataGone),
        _ => None,
    };
    word_of("word", "ruling", &ruling.word, found, RULINGS)
}

/// Reads a ground that may stand only where something was refused.
pub(super) fn ground_where(library: &Library, ground: Option<&wire::Ground>, refused: bool) -> Read<Option<Ground>> {
    match ground {
        Some(_) if !refused => Err(Malformed::new("ground", "only a refusal has a ground")),
        Some(ground) => ground_of(library, ground).map(Some).map_err(|error| error.within("ground")),
        None => Ok(None),
    }
}

const FORCES: [(&str, Force); 3] = [("may", Force::May), ("must", Force::Must), ("postpone", Force::Postpone)];

pub(super) fn ground_to(library: &Library, ground: Ground) -> wire::Ground {
    let (force, _) = FORCES[ground.force as usize];
    wire::Ground {
        code: ground.code.code().to_owned(),
        cite: cite_to(library, ground.cite),
        force: force.to_owned(),
        through: ground.through.map(|cite| cite_to(library, cite)),
    }
}

fn ground_of(library: &Library, ground: &wire::Ground) -> Read<Ground> {
    let codes = GroundCode::ALL.iter().map(|code| code.code());
    let force = FORCES.iter().find(|(name, _)| *name == ground.force).map(|(_, force)| *force);
    Ok(Ground {
        code: word_of("code", "ground", &ground.code, GroundCode::named(&ground.code), codes)?,
        cite: cite_of(library, "cite", &ground.cite)?,
        force: word_of("force", "force", &ground.force, force, FORCES.map(|(name, _)| name))?,
        through: ground.through.as_deref().map(|cite| cite_of(library, "through", cite)).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_force_stands_at_its_own_number() {
        for (index, (_, force)) in FORCES.iter().enumerate() {
            assert_eq!(*force as usize, index);
        }
    }
}
