//! What a scenario is expected to show, resolved and held against a run.

use super::form::{FindingForm, InForceFindingForm};
use super::membership::treaty_called;
use crate::base::{Problem, Problems, Spanned, StateId, TreatyId};
use crate::engine::Tally;
use crate::law::{Decision, GroundCode, Library, Measure};
use crate::world::HavenRecord;

/// One expected finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The variants in which it is expected; everywhere, if empty.
    pub variants: Vec<String>,
    /// What is expected.
    pub expects: Expects,
}

/// What is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expects {
    /// The state becomes a haven, with this ground among the reasons if one is named.
    Haven(StateId, Option<GroundCode>),
    /// The state does not become a haven.
    NoHaven(StateId),
    /// Every request of this kind is decided so, and there is at least one.
    Letters(StateId, StateId, Measure, Decision),
    /// The treaty begins to bind at least so many states, of all or of this one.
    InForce(TreatyId, Option<StateId>, usize),
    /// It binds none of all, or not this one.
    NotInForce(TreatyId, Option<StateId>),
}

impl Finding {
    /// Whether it is expected of a run that is one of these variants.
    #[must_use]
    pub fn expected_of(&self, variants: &[String]) -> bool {
        self.variants.is_empty() || self.variants.iter().any(|known| variants.contains(known))
    }

    /// The expectation in words.
    #[must_use]
    pub fn says(&self, library: &Library) -> String {
        let name = |state: StateId| library.state(state).name.as_str();
        match self.expects {
            Expects::Haven(state, None) => format!("{} becomes a haven", name(state)),
            Expects::Haven(state, Some(ground)) => {
                format!("{} becomes a haven, {} ({}) among the reasons", name(state), ground.code(), ground.meaning())
            }
            Expects::NoHaven(state) => format!("{} does not become a haven", name(state)),
            Expects::Letters(from, to, measure, decision) => {
                format!("{} asks {} for {}: {}", name(from), name(to), measure.name(), decision.word())
            }
            Expects::InForce(treaty, Some(state), _) => {
                format!("{} enters into force for {}", library.treaty(treaty).name, name(state))
            }
            Expects::InForce(treaty, None, least) => {
                format!("{} enters into force for at least {least}", library.treaty(treaty).name)
            }
            Expects::NotInForce(treaty, state) => {
                format!(
                    "{} does not enter into force for {}",
                    library.treaty(treaty).name,
                    state.map_or("anybody", name)
                )
            }
        }
    }

    /// Whether a run shows it.
    #[must_use]
    pub fn holds(&self, tally: &Tally) -> bool {
        match self.expects {
            Expects::Haven(wanted, ground) => tally.havens.iter().any(|record| match record {
                HavenRecord::HavenBegan { state, reasons, .. } => {
                    let named = |code| reasons.iter().any(|reason| reason.ground.is_some_and(|(g, _)| g == code));
                    *state == wanted && ground.is_none_or(named)
                }
                HavenRecord::HavenEnded { .. } => false,
            }),
            Expects::NoHaven(wanted) => !tally
                .havens
                .iter()
                .any(|record| matches!(record, HavenRecord::HavenBegan { state, .. } if *state == wanted)),
            Expects::Letters(from, to, measure, decision) => {
                let mut of_kind = tally
                    .decisions
                    .keys()
                    .filter(|(asking, asked, what, _)| (*asking, *asked, *what) == (from, to, measure))
                    .peekable();
                of_kind.peek().is_some() && of_kind.all(|(.., said)| *said == decision)
            }
            Expects::InForce(treaty, state, least) => tally.bound(treaty, state) >= least,
            Expects::NotInForce(treaty, state) => tally.bound(treaty, state) == 0,
        }
    }
}

/// Resolves the names in expected findings.
///
/// # Errors
/// Unknown states and variants; findings that expect nothing.
pub fn resolve(
    library: &Library,
    variants: &[String],
    forms: &[Spanned<FindingForm>],
) -> Result<Vec<Finding>, Problems> {
    let mut problems = Problems::default();
    let mut findings = Vec::new();
    for form in forms {
        for variant in form.variants.iter().filter(|variant| !variants.contains(&variant.value)) {
            problems.push(Problem::unknown("variant", variant, variants.iter().map(String::as_str)));
        }
        match expects(library, form) {
            Ok(expects) => {
                let variants = form.variants.iter().map(|variant| variant.value.clone()).collect();
                findings.push(Finding { variants, expects });
            }
            Err(problem) => problems.push(problem),
        }
    }
    problems.or(findings)
}

fn expects(library: &Library, form: &Spanned<FindingForm>) -> Result<Expects, Problem> {
    let state = |code: &Spanned<String>| {
        let known = library.states().iter().map(|state| state.code.as_str());
        library.state_coded(code).ok_or_else(|| Problem::unknown("state", code, known))
    };
    let bound = |form: &InForceFindingForm| {
        let known = library.treaties().iter().map(|treaty| treaty.name.as_str());
        let unknown = || Problem::unknown("treaty", &form.treaty, known);
        let treaty = treaty_called(library, &form.treaty).ok_or_else(unknown)?;
        Ok((treaty, form.state.as_ref().map(state).transpose()?))
    };
    let mut expected = Vec::new();
    if let Some(code) = &form.haven {
        expected.push(Expects::Haven(state(code)?, form.ground));
    }
    if let Some(code) = &form.no_haven {
        expected.push(Expects::NoHaven(state(code)?));
    }
    if let Some(letters) = &form.letters {
        let (from, to) = (state(&letters.from)?, state(&letters.to)?);
        expected.push(Expects::Letters(from, to, letters.measure, letters.decision));
    }
    if let Some(form) = &form.in_force {
        let (treaty, state) = bound(form)?;
        expected.push(Expects::InForce(treaty, state, form.at_least.unwrap_or(1).into()));
    }
    if let Some(form) = &form.not_in_force {
        let (treaty, state) = bound(form)?;
        expected.push(Expects::NotInForce(treaty, state));
    }
    match expected[..] {
        [one] => Ok(one),
        _ => {
            let message = "a finding expects one of `haven`, `no-haven`, `letters`, `in-force` or `not-in-force`";
            Err(Problem::new(form.place, message))
        }
    }
}
