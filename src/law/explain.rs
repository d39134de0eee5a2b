//! An opinion in words: the steps as a tree, each a question with its answer and its article.

use super::decide::decide_traced;
use super::library::Library;
use super::membership::Memberships;
use super::opinion::{Opinion, Question};
use super::trace::{Asked, Finding, Kept, Step};

/// One step of the reasoning, in words.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ExplainedStep {
    /// How deep in the tree; 0 is the outermost.
    pub depth: u8,
    /// The question.
    pub question: String,
    /// The answer.
    pub finding: String,
    /// The article or statute, if one carries the step.
    pub cite: Option<String>,
}

/// The opinion and the steps that led to it, by the same code as [`super::decide::decide`].
#[must_use]
pub fn explain(library: &Library, memberships: &Memberships, question: &Question) -> (Opinion, Vec<ExplainedStep>) {
    let mut kept = Kept::default();
    let opinion = decide_traced(library, memberships, question, &mut kept);
    let steps = kept.0.iter().map(|step| in_words(library, question, step)).collect();
    (opinion, steps)
}

fn in_words(library: &Library, question: &Question, step: &Step) -> ExplainedStep {
    ExplainedStep {
        depth: step.depth,
        question: asked(library, question, step),
        finding: found(step.finding),
        cite: step.cite.map(|cite| library.cite(cite).to_owned()),
    }
}

fn asked(library: &Library, question: &Question, step: &Step) -> String {
    let name = |state| library.state(state).name.as_str();
    let (requesting, requested) = (name(question.requesting), name(question.requested));
    match step.asked {
        Asked::InForce(treaty) => {
            let treaty = library.treaty(treaty);
            let model = if treaty.is_model { " (model text)" } else { "" };
            format!("Is the {}{model} in force between {requesting} and {requested}?", treaty.title)
        }
        Asked::Offence(state) => format!("Is the conduct an offence in {}?", name(state)),
        Asked::OffenceLater(state) => format!("Did {} make it an offence only after it was done?", name(state)),
        Asked::Scope => "Does the request lie within the scope?".to_owned(),
        Asked::ReservedBy(state) => format!("Did {} take the offence out by a reservation?", name(state)),
        Asked::Reserved(_, cite) => format!("Did {requested} make a reservation under {}?", library.cite(cite)),
        Asked::Declared(_, cite) => format!("Did {requested} make a declaration under {}?", library.cite(cite)),
        Asked::EitherReserved(_, cite) => format!("Did either State reserve {}?", library.cite(cite)),
        Asked::Applies(treaty) => format!("Does the {} apply to such a request at all?", library.treaty(treaty).title),
        Asked::Displaced(treaty, by) => format!(
            "Does the {} take the place of the {} between the two?",
            library.treaty(by).title,
            library.treaty(treaty).title
        ),
        Asked::Ended(treaty) => {
            format!("Did the {} cease to bind both after the request had come?", library.treaty(treaty).title)
        }
        Asked::Held => "Until when is what is held since earlier to be held?".to_owned(),
        Asked::FollowedUp => "Did the follow-up come within that time?".to_owned(),
        Asked::Claim(state, claim) => format!("Does {} have jurisdiction by {}?", name(state), claim.words()),
        Asked::Rule(treaty, rule) => library.treaty(treaty).rules[usize::from(rule)].says.clone(),
        Asked::DomesticRule(state, rule) => {
            format!("Law of {}: {}", name(state), library.state(state).rules[usize::from(rule)].says)
        }
        Asked::Ground(code) => format!("{}: {}", code.code(), code.meaning()),
        Asked::Barred(code) => format!("{} may not be used here: {}", code.code(), code.meaning()),
        Asked::ByTreaty(treaty) => format!("Under the {}", library.treaty(treaty).title),
        Asked::DomesticBasis(state) => format!("Does the law of {} allow it without a treaty?", name(state)),
        Asked::Missing(facts) => {
            format!("Supplementary information is needed, namely: {}", library.facts.names_of(facts).join(", "))
        }
        Asked::Decision => "Answer".to_owned(),
    }
}

fn found(finding: Finding) -> String {
    match finding {
        Finding::Yes => "yes".to_owned(),
        Finding::No => "no".to_owned(),
        Finding::NotKnown => "not known: the penal law is not entered".to_owned(),
        Finding::Since(day) => format!("yes, since {day}"),
        Finding::Through(day) => format!("through {day}"),
        Finding::SignedOnly => "no, signed only".to_owned(),
        Finding::NotYet(None) => "no, accepted but not in force".to_owned(),
        Finding::NotYet(Some(day)) => format!("not yet, from {day}"),
        Finding::Months(months) => format!("yes, up to {}", term(months)),
        Finding::Open(force) => force.word().to_owned(),
        Finding::Decided(decision) => format!("{}: {}", decision.word(), decision.meaning()),
    }
}

/// A maximum penalty in words.
#[must_use]
pub fn term(months: u16) -> String {
    /// How files write imprisonment for life.
    const LIFE_MONTHS: u16 = 1_200;
    match months {
        LIFE_MONTHS.. => "life".to_owned(),
        12 => "1 year".to_owned(),
        months if months % 12 == 0 => format!("{} years", months / 12),
        months => format!("{months} months"),
    }
}
