//! Texts by how they are cited: an article names its text by that alone.

use crate::base::{Problem, Problems};
use crate::law::forms::TreatyForm;

/// Texts whose citations nobody could tell apart.
#[must_use]
pub fn cited_alike(treaties: &[TreatyForm]) -> Problems {
    let mut problems = Problems::default();
    for (index, form) in treaties.iter().enumerate() {
        // A text stands in a run's list once for each of its wordings.
        let alike = |other: &&TreatyForm| other.cites_as == form.cites_as && other.treaty.value != form.treaty.value;
        if let Some(other) = treaties[..index].iter().find(alike) {
            let says = format!("`{}` is how `{}` is cited, too", form.cites_as, other.treaty.value);
            problems.push(Problem::new(form.treaty.place, says).help("give each text a `cites-as` of its own"));
        }
    }
    problems
}
