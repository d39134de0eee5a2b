//! What a case expects to be cited: each must be an article or an instrument of the law that the case names.

use crate::base::{Problem, Problems, Spanned, nearest};
use crate::law::Library;
use crate::law::forms::CaseForm;

/// The expected bases that no law of the case has.
pub(in crate::scenario) fn check(library: &Library, form: &CaseForm) -> Problems {
    let mut problems = Problems::default();
    let expected = form.parts.values().filter_map(|part| part.expect.as_ref());
    for basis in expected.flat_map(|expect| &expect.basis) {
        if !library.cites().iter().any(|cite| stands_for(basis, cite)) {
            problems.push(unknown(library, basis));
        }
    }
    problems
}

/// An article stands for its paragraphs, an instrument for its articles.
fn stands_for(expected: &str, cite: &str) -> bool {
    cite.strip_prefix(expected).is_some_and(|rest| rest.is_empty() || rest.starts_with('(') || rest.starts_with(' '))
}

fn unknown(library: &Library, basis: &Spanned<String>) -> Problem {
    let message = format!("no law of this case has `{}`", basis.value);
    let problem = Problem::new(basis.place, message);
    match nearest(basis, library.cites().iter().map(String::as_str)) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem,
    }
}
