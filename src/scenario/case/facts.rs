//! The facts of a question: those of the case with what its part adds, takes out or leaves open.

use super::super::stated::stated_fact;
use crate::base::{Problem, Problems, Spanned};
use crate::law::forms::{CaseForm, PartForm};
use crate::law::{FactSet, Library};

/// The facts that hold, and those that are not known. What a case leaves open one of its parts may state, or take out.
///
/// # Errors
/// That a name is no fact to be stated; that a fact holds and is left open, or is taken out where it does not hold.
pub(super) fn of_part(library: &Library, form: &CaseForm, part: &PartForm) -> Result<(FactSet, FactSet), Problems> {
    let mut problems = Problems::default();
    let mut set = |names: &[Spanned<String>]| -> FactSet {
        let known = |name: &Spanned<String>| stated_fact(library, name).map_err(|problem| problems.push(problem)).ok();
        names.iter().filter_map(known).collect()
    };
    let (of_case, of_part, without) = (set(&form.facts), set(&part.facts), set(&part.without));
    let (open_in_case, open_in_part) = (set(&form.unknown), set(&part.unknown));
    let facts = of_case.with(of_part).without(without);
    let mut refuse = |names: &[Spanned<String>], which: FactSet, says: &str, help: &str| {
        let is_one = |name: &&Spanned<String>| library.facts.named(name).is_some_and(|fact| which.has(fact));
        for name in names.iter().filter(is_one) {
            problems.push(Problem::new(name.place, format!("the fact `{}` {says}", name.value)).help(help));
        }
    };
    let twice = "is stated, and said to be unknown";
    refuse(&form.unknown, of_case.common(open_in_case), twice, "leave it out of one of the two");
    refuse(&part.unknown, facts.common(open_in_part), twice, "a part takes a fact of its case out under `without`");
    refuse(&part.without, without.common(of_part), "is stated here, and taken out", "leave it out of one of the two");
    let nowhere = without.without(of_case.with(of_part).with(open_in_case));
    refuse(&part.without, nowhere, "is taken out, and the case does not state it", "leave it out");
    problems.or((facts, open_in_case.without(without).with(open_in_part).without(facts)))
}
