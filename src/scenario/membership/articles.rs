//! Articles to which states make reservations, and under which they make declarations.

use std::collections::BTreeSet;

use crate::base::{CiteId, Problem, Spanned, TreatyId};
use crate::law::Library;

/// The citation of an article that a treaty allows to be reserved.
///
/// # Errors
/// That it does not, with the articles that it does.
pub fn reservable(library: &Library, treaty: TreatyId, article: &Spanned<String>) -> Result<CiteId, Problem> {
    among(library, treaty, &library.treaty(treaty).reservable, article, RESERVATION)
}

/// The citation of an article under which a declaration has an effect on the data.
///
/// # Errors
/// That it has none, with the articles under which one does.
pub fn declarable(library: &Library, treaty: TreatyId, article: &Spanned<String>) -> Result<CiteId, Problem> {
    among(library, treaty, &library.treaty(treaty).declarable, article, "declaration under")
}

/// The citation of an article under which a statement may stand that can be withdrawn: a reservation (VCLT 22(1)), or a
/// declaration.
///
/// # Errors
/// That none may, with the articles under which one may.
pub fn withdrawable(library: &Library, treaty: TreatyId, article: &Spanned<String>) -> Result<CiteId, Problem> {
    let law = library.treaty(treaty);
    if law.reservable.is_empty() && !law.declarable.is_empty() {
        return declarable(library, treaty, article);
    }
    declarable(library, treaty, article).or_else(|_| reservable(library, treaty, article))
}

/// Whether a statement under an article is a declaration, and no reservation.
pub(in crate::scenario) fn is_declaration(library: &Library, treaty: TreatyId, article: CiteId) -> bool {
    let law = library.treaty(treaty);
    law.declarable.contains(&article) && !law.reservable.contains(&article)
}

const RESERVATION: &str = "reservation to";

fn among(
    library: &Library,
    treaty: TreatyId,
    articles: &BTreeSet<CiteId>,
    article: &Spanned<String>,
    act: &str,
) -> Result<CiteId, Problem> {
    let prefix = &library.treaty(treaty).cites_as;
    let cite = library.cite_named(&format!("{prefix} {}", article.value));
    cite.filter(|cite| articles.contains(cite)).ok_or_else(|| {
        let open = library.treaty(treaty).other_reservations && act == RESERVATION;
        let allowed: Vec<&str> = articles.iter().map(|cite| &library.cite(*cite)[prefix.len() + 1..]).collect();
        let help = if allowed.is_empty() {
            "it allows none at all".to_owned()
        } else {
            format!("{}: {}", if open { "a rule answers to" } else { "it allows" }, allowed.join(", "))
        };
        let message = if open {
            format!("no rule of {prefix} answers to a {act} `{}`, though its text may allow one", article.value)
        } else {
            format!("{prefix} allows no {act} `{}`", article.value)
        };
        Problem::new(article.place, message).help(help).near(article, allowed)
    })
}
