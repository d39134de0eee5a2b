//! `comity law between`.

use clap::Args;

use super::super::slips::{unknown, unknown_of_all, unknown_or, unplaced};
use super::{Found, day, keep, state_of};
use crate::base::{Day, Problem, Problems, Spanned, StateId};
use crate::law::{FactKind, FactSet, Measure};
use crate::report::law::between::{self as words, Asked};
use crate::report::law::between_text;
use crate::scenario::{Corpus, stated_fact};

/// Arguments of `comity law between`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The state that would ask: its code (`DEU`) or name
    requesting: String,
    /// The state that would be asked
    requested: String,
    /// The day looked at; the last of any table of the record, if left out
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
    /// Facts that hold, separated by commas: each measure is then answered
    #[arg(long, value_name = "FACTS", value_delimiter = ',')]
    facts: Option<Vec<String>>,
    /// An offence of a treaty that the conduct makes out, for example `ets185/illegal-access`
    #[arg(long, value_name = "NAME", conflicts_with = "facts")]
    conduct: Option<String>,
    /// One measure only; may be repeated
    #[arg(long = "measure", value_name = "MEASURE")]
    measures: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What holds between two states.
pub fn between(corpus: &Corpus, arguments: &Arguments) -> Found {
    let shown = words::between(corpus, &asked(corpus, arguments)?);
    if arguments.json { super::json(&shown) } else { Ok(between_text::text(&corpus.library, &shown).into()) }
}

/// What is asked for: whatever of it is not known is told at once.
fn asked(corpus: &Corpus, arguments: &Arguments) -> Result<Asked, Problems> {
    let mut problems = Problems::default();
    let one = keep(&mut problems, state_of(corpus, &arguments.requesting));
    let other = keep(&mut problems, state_of(corpus, &arguments.requested));
    if one.is_some() && one == other {
        problems.push(unplaced("a State asks another, not itself"));
    }
    let on = day(corpus, arguments.on);
    let facts = match (&arguments.facts, &arguments.conduct) {
        (Some(names), _) => Some(stated(corpus, names, &mut problems)),
        (None, Some(name)) => keep(&mut problems, conduct(corpus, name, one.zip(other), on)),
        (None, None) => None,
    };
    let measures = arguments.measures.iter().filter_map(|name| keep(&mut problems, measure(name))).collect();
    match (one, other) {
        (Some(requesting), Some(requested)) if problems.0.is_empty() => {
            Ok(Asked { requesting, requested, on, measures, facts, in_order: arguments.conduct.is_some() })
        }
        _ => Err(problems),
    }
}

fn measure(name: &str) -> Result<Measure, Problem> {
    let known = || Measure::ALL.iter().map(|measure| measure.name());
    Measure::named(name).ok_or_else(|| unknown_of_all("measure", name, known()))
}

/// Facts that people may state: what was done and under which circumstances.
fn stated(corpus: &Corpus, names: &[String], problems: &mut Problems) -> FactSet {
    let facts = &corpus.library.facts;
    let is_given = |fact| matches!(facts.kind(fact), FactKind::Conduct | FactKind::Circumstance);
    let given = || facts.names().filter(|name| facts.named(name).is_some_and(is_given));
    let one = |name: &String| match facts.named(name.trim()) {
        Some(fact) if is_given(fact) => Ok(fact),
        Some(_) => stated_fact(&corpus.library, &Spanned::nowhere(name.trim().to_owned())),
        None => Err(unknown("fact", name.trim(), given().collect::<Vec<_>>())),
    };
    names.iter().filter(|name| !name.trim().is_empty()).filter_map(|name| keep(problems, one(name))).collect()
}

/// The facts that make out an offence: of the treaty named, else of one in force between the two, else of any.
fn conduct(corpus: &Corpus, name: &str, between: Option<(StateId, StateId)>, on: Day) -> Result<FactSet, Problem> {
    let mut found = None;
    let mut known = Vec::new();
    for treaty in corpus.treaties.iter().flat_map(|form| corpus.ids(form)) {
        let law = corpus.library.treaty(treaty);
        let in_force =
            between.is_some_and(|(one, other)| corpus.memberships.in_force_between(treaty, one, other, on).is_some());
        for offence in &law.offences {
            let full = format!("{}/{}", law.name, offence.name);
            if full == name || (offence.name == name && (found.is_none() || in_force)) {
                found = Some(corpus.library.facts.making_out(&offence.pattern));
            }
            known.push(full);
            known.push(offence.name.clone());
        }
    }
    found.ok_or_else(|| {
        let listed = "`comity law show TREATY` lists the offences of a treaty, for example `ets185/illegal-access`";
        unknown_or("offence", name, known.iter().map(String::as_str), || listed.to_owned())
    })
}
