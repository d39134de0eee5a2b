//! Letters in words, for files and lists.

use super::letter::{Body, Ruling};
use crate::law::Library;

/// What a letter says, in one line.
#[must_use]
pub fn says(library: &Library, body: &Body) -> String {
    match body {
        Body::Request(request) => {
            let lane = if request.urgent { ", urgent" } else { "" };
            let facts = library.facts.names_of(request.facts).join(", ");
            format!("request: {}{lane} ({facts})", request.measure.name())
        }
        Body::Answer(answer) => {
            let choice = if answer.discretionary { ", a choice the law left open" } else { "" };
            let held = answer.held_until.map_or_else(String::new, |until| format!(", held until {until}"));
            format!(
                "answer to {}: {} ({}{choice}){held}",
                answer.measure.name(),
                ruling(library, answer.ruling),
                answer.decision.word()
            )
        }
        Body::Evidence(evidence) if evidence.found => format!("supplied: {}", evidence.measure.name()),
        Body::Evidence(evidence) => format!("{}: the data were gone", evidence.measure.name()),
        Body::Spontaneous(_) => "spontaneous information: a site in your territory".to_owned(),
        Body::Withdrawal => "request withdrawn".to_owned(),
    }
}

/// What was done, with the ground and its article.
#[must_use]
pub fn ruling(library: &Library, ruling: Ruling) -> String {
    match ruling {
        Ruling::Granted => "granted".to_owned(),
        Ruling::Refused(Some(ground)) => format!("refused, {} under {}", ground.code.code(), library.cite(ground.cite)),
        Ruling::Refused(None) => "refused".to_owned(),
        Ruling::DataGone => "the data were gone".to_owned(),
    }
}
