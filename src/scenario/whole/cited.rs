//! What a case expects to be cited: each must be an article or an instrument of the law that the case names.

use crate::base::{Problem, Problems, Spanned};
use crate::law::Library;
use crate::law::forms::CaseForm;
use crate::law::wording::lies_in;

/// The expected bases that no law of the case has.
pub(in crate::scenario) fn check(library: &Library, form: &CaseForm) -> Problems {
    let mut problems = Problems::default();
    let expected = form.parts.values().filter_map(|part| part.expect.as_ref());
    for basis in expected.flat_map(|expect| &expect.basis) {
        // An article stands for its paragraphs, an instrument for its articles.
        if !library.cites().iter().any(|cite| lies_in(cite, basis)) {
            problems.push(unknown(library, basis));
        }
    }
    problems
}

fn unknown(library: &Library, basis: &Spanned<String>) -> Problem {
    let message = format!("no law of this case has `{}`", basis.value);
    Problem::new(basis.place, message).near(basis, library.cites().iter().map(String::as_str))
}
