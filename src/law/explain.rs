//! An opinion in words: the steps as a tree, each a question with its answer and its article.

use super::decide::decide_traced;
use super::ground::{Force, GroundCode};
use super::library::Library;
use super::measure::Measure;
use super::membership::{Memberships, Standing};
use super::opinion::Opinion;
use super::question::Question;
use super::rule::{Carries, Rule};
use super::trace::{Asked, Finding, Kept, Step};
use super::wording::{self, capital};
use crate::base::{CiteId, Day, StateId, in_prose};

/// One step of the reasoning, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ExplainedStep {
    /// How deep in the tree; 0 is the outermost.
    pub depth: u8,
    /// The question.
    pub question: String,
    /// What the provision says, where the question is whether it applies.
    pub says: Option<String>,
    /// The answer.
    pub finding: String,
    /// The article or statute, if one carries the step.
    pub cite: Option<String>,
    /// Who is bound, and since when.
    pub bound: Vec<Bound>,
    /// How a ground binds, where the step opens one.
    pub force: Option<Force>,
    /// What of the provision the data cannot express: it may change the answer.
    pub not_expressed: Option<String>,
}

impl ExplainedStep {
    /// The question and what the provision says, in one text.
    #[must_use]
    pub fn in_full(&self) -> String {
        self.says.as_ref().map_or_else(|| self.question.clone(), |says| format!("{} {says}", self.question))
    }
}

/// Where a state stands towards the treaty of a step.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Bound {
    /// The state.
    pub state: String,
    /// Where it stands.
    pub standing: &'static str,
    /// Since when, or from when.
    pub since: Option<Day>,
}

impl Bound {
    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        let since = self.since.map_or_else(String::new, |day| format!(" {day}"));
        format!("{} {}{since}", capital(&in_prose(&self.state)), self.standing)
    }
}

/// The opinion and the steps that led to it, by the same code as [`super::decide::decide`].
#[must_use]
pub fn explain(library: &Library, memberships: &Memberships, question: &Question) -> (Opinion, Vec<ExplainedStep>) {
    let mut kept = Kept::default();
    let opinion = decide_traced(library, memberships, question, &mut kept);
    let others = others(library, memberships, question, &kept.0);
    let mut steps = Vec::new();
    for (place, step) in kept.0.iter().enumerate() {
        if !others.contains(&place) {
            steps.push(in_words(library, memberships, question, step));
        } else if others.last() == Some(&place) {
            steps.push(gathered(library, question, step.depth, others.iter().map(|other| &kept.0[*other])));
        }
    }
    (opinion, steps)
}

/// The steps that ask for a treaty in which neither State has a part, or one of two States that are not these: they are told
/// in one. Where there is only one of the first kind, it may be the one that matters.
fn others(library: &Library, memberships: &Memberships, question: &Question, steps: &[Step]) -> Vec<usize> {
    let (one, other) = (question.requesting, question.requested);
    let is_outside = |treaty, state| memberships.standing(treaty, state, question.day) == Standing::Outside;
    let is_alone = |place: usize| steps.get(place + 1).is_none_or(|next| next.depth <= steps[place].depth);
    let (mut found, mut between_others) = (Vec::new(), false);
    for (place, step) in steps.iter().enumerate() {
        let (Asked::InForce(treaty), Finding::No) = (step.asked, step.finding) else { continue };
        let law = library.treaty(treaty);
        let of_others = !(law.is_open_to(one) && law.is_open_to(other));
        if is_alone(place) && (of_others || is_outside(treaty, one) && is_outside(treaty, other)) {
            between_others |= of_others;
            found.push(place);
        }
    }
    if found.len() > 1 || between_others { found } else { Vec::new() }
}

/// Such steps as one, at the last of them.
fn gathered<'a>(
    library: &Library,
    question: &Question,
    depth: u8,
    steps: impl Iterator<Item = &'a Step>,
) -> ExplainedStep {
    let treaties: Vec<&str> = steps
        .filter_map(|step| if let Asked::InForce(treaty) = step.asked { Some(treaty) } else { None })
        .map(|treaty| library.treaty(treaty).cites_as.as_str())
        .collect();
    let names = |state| library.state(state).in_prose();
    let between = format!("between {} and {}", names(question.requesting), names(question.requested));
    let asked = match treaties.len() {
        1 => "Is the one other treaty in force".to_owned(),
        several => format!("Of {several} other treaties, is any in force"),
    };
    ExplainedStep {
        depth,
        question: format!("{asked} {between}?"),
        finding: format!("no: {}", treaties.join(", ")),
        ..ExplainedStep::default()
    }
}

/// After an answer that rests on a penal law that nobody entered, and that a scenario takes to be something.
const TAKEN: &str = " (assumed: penal law not entered)";

fn in_words(library: &Library, memberships: &Memberships, question: &Question, step: &Step) -> ExplainedStep {
    let rule = rule_of(library, step);
    ExplainedStep {
        depth: step.depth,
        question: asked(library, question, step),
        says: rule.map(|rule| rule.says.clone()),
        finding: match (step.asked, step.finding, rule) {
            (Asked::Ground(code), Finding::Open(force), _) => opened(code, force, question.measure),
            (_, finding, Some(rule)) => applied(library, question, rule, finding),
            (Asked::Offence(state), Finding::NotKnown, None) => not_entered(library, state, question),
            (Asked::Offence(state) | Asked::OffenceLater(state), finding, None) => {
                found(finding, question.measure) + if library.state(state).penal_law_is_taken { TAKEN } else { "" }
            }
            (_, finding, None) => found(finding, question.measure),
        },
        cite: step.cite.or_else(|| implied(library, memberships, question, step)).map(|c| library.cite(c).to_owned()),
        bound: bound(library, memberships, question, step),
        force: if let Finding::Open(force) = step.finding { Some(force) } else { None },
        not_expressed: rule.and_then(|rule| rule.not_expressed.clone()),
    }
}

/// Why it is not known whether a conduct is an offence: what of it the penal law that is entered leaves out, or that none is.
fn not_entered(library: &Library, state: StateId, question: &Question) -> String {
    let left_out = library.state(state).penal_law_leaves_out.common(question.possible_facts());
    match library.facts.names_of(left_out)[..] {
        [] => "not known: the penal law is not entered".to_owned(),
        ref names => format!("not known: the penal law is entered, but not for {}", names.join(", ")),
    }
}

/// The article behind a step that needs none to be taken: by which a treaty takes another's place, or a protocol ended
/// for one of the two with its parent, or by which an amendment binds one that joined later.
fn implied(library: &Library, memberships: &Memberships, question: &Question, step: &Step) -> Option<CiteId> {
    match step.asked {
        Asked::Displaced(treaty, by) => library.displaced_by(treaty, by, question.measure),
        Asked::InForce(treaty) => {
            let ended = |state| {
                let leaving = memberships.leaving(treaty, state);
                leaving.is_some_and(|leaving| leaving.with_parent && leaving.takes_effect <= question.day)
            };
            let two = [question.requesting, question.requested];
            let as_amended = || {
                let joined = two.into_iter().any(|state| memberships.joined_as_amended(treaty, state));
                (joined && step.finding != Finding::No).then(|| library.fixed().as_amended)
            };
            library.treaty(treaty).ends_with_parent.filter(|_| two.into_iter().any(ended)).or_else(as_amended)
        }
        _ => None,
    }
}

/// A ground that a provision opens: the duty in capitals, so that nobody takes a right for one. A State that tries a case
/// itself is asked for nothing and refuses nothing.
fn opened(code: GroundCode, force: Force, measure: Measure) -> String {
    let how = match (measure, force) {
        (Measure::TrialAtHome, _) => "no trial",
        (_, Force::Must) => "MUST refuse",
        (_, force) => force.word(),
    };
    format!("{how}: {}, {}", code.code(), code.meaning_for(measure))
}

/// The rule that a step asks about.
fn rule_of<'a>(library: &'a Library, step: &Step) -> Option<&'a Rule> {
    match step.asked {
        Asked::Rule(treaty, rule) => library.treaty(treaty).rules.get(usize::from(rule)),
        Asked::DomesticRule(state, rule) => library.state(state).rules.get(usize::from(rule)),
        _ => None,
    }
}

/// Whether a rule applies, and what follows: whom a duty or power to comply meets, or what the rule would need.
fn applied(library: &Library, question: &Question, rule: &Rule, finding: Finding) -> String {
    let requested = library.state(question.requested).in_prose();
    match (finding, rule.carries) {
        (Finding::Yes, Some(Carries::Must)) => format!("yes: {requested} must comply"),
        (Finding::Yes, Some(Carries::May)) => format!("yes: {requested} may comply"),
        (Finding::Yes, Some(Carries::WithoutRequest)) => "yes: no request is needed".to_owned(),
        (Finding::No, _) => match wording::pattern(&library.facts, &rule.when) {
            Some(condition) => format!("no; it applies if the answer is {condition}"),
            None => "no".to_owned(),
        },
        (finding, _) => found(finding, question.measure),
    }
}

/// Who is bound, and since when: both states by a treaty, the requested state by its articles.
fn bound(library: &Library, memberships: &Memberships, question: &Question, step: &Step) -> Vec<Bound> {
    let towards = |treaty, state| {
        let (standing, since) = match memberships.standing(treaty, state, question.day) {
            Standing::Party(since) => ("has been bound since", Some(since)),
            Standing::Consented(from @ Some(_)) => ("consented and is bound from", from),
            Standing::Consented(None) => ("consented and is not bound yet", None),
            Standing::Signed => ("signed only", None),
            Standing::Former(since) => ("has no longer been bound since", Some(since)),
            Standing::Outside => ("is not a party", None),
        };
        Bound { state: library.state(state).name.clone(), standing, since }
    };
    match step.asked {
        Asked::InForce(treaty) => vec![towards(treaty, question.requesting), towards(treaty, question.requested)],
        Asked::Rule(treaty, _) => vec![towards(treaty, question.requested)],
        Asked::DomesticRule(state, _) => {
            let since = rule_of(library, step).and_then(|rule| rule.from);
            let standing = if since.is_some() { "is bound by its own law since" } else { "is bound by its own law" };
            vec![Bound { state: library.state(state).name.clone(), standing, since }]
        }
        Asked::Offence(state) => offence_since(library, state, step).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Since when the offence found has been one, where the law file says so.
fn offence_since(library: &Library, state: StateId, step: &Step) -> Option<Bound> {
    let law = library.state(state);
    let offence = law.offences.iter().find(|offence| Some(offence.cite) == step.cite)?;
    let standing = if law.penal_law_is_taken { "is taken to have this law since" } else { "has this law since" };
    Some(Bound { state: law.name.clone(), standing, since: Some(offence.from?) })
}

fn asked(library: &Library, question: &Question, step: &Step) -> String {
    let name = |state| library.state(state).in_prose();
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
        Asked::Reciprocal(_, cite) => {
            let cite = library.cite(cite);
            format!("Did {requesting} make a statement under {cite} that {requested} may turn against it?")
        }
        Asked::Declared(_, cite) => format!("Did {requested} make a declaration under {}?", library.cite(cite)),
        Asked::EitherDeclared(_, cite) => {
            format!("Did either State make a declaration under {}?", library.cite(cite))
        }
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
        Asked::Rule(treaty, rule) => {
            format!("Does {} apply?", library.cite(library.treaty(treaty).rules[usize::from(rule)].cite))
        }
        Asked::DomesticRule(state, rule) => {
            let cite = library.cite(library.state(state).rules[usize::from(rule)].cite);
            format!("Does {cite} apply, law of {}?", name(state))
        }
        Asked::Ground(_) => "Which ground follows?".to_owned(),
        Asked::Barred(code) => format!("Is {} barred here? ({})", code.code(), code.meaning()),
        Asked::ByTreaty(treaty) => format!("What follows under the {}?", library.treaty(treaty).title),
        Asked::DomesticBasis(state) => format!("Does the law of {} allow it without a treaty?", name(state)),
        Asked::Missing(facts) => {
            let asked: Vec<&str> = facts.iter().map(|fact| library.facts.question(fact)).collect();
            format!("Is supplementary information needed? It is not known: {}", asked.join(" "))
        }
        Asked::Decision => "What is the answer?".to_owned(),
    }
}

fn found(finding: Finding, measure: Measure) -> String {
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
        Finding::Decided(decision) => format!("{}: {}", decision.word(), decision.meaning_for(measure)),
    }
}

/// A maximum penalty in words.
#[must_use]
pub fn term(months: u16) -> String {
    /// How files write imprisonment for life.
    const LIFE_MONTHS: u16 = 1_200;
    match months {
        LIFE_MONTHS.. => "life".to_owned(),
        1 => "1 month".to_owned(),
        12 => "1 year".to_owned(),
        months if months % 12 == 0 => format!("{} years", months / 12),
        months => format!("{months} months"),
    }
}
