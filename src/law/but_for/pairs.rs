//! Which pairs of changes a search tries, and in which order: those that can work together, the smallest first.
//!
//! A request is answered by its best basis, and a basis is one treaty with its protocols, or the law of a State. So two
//! changes work together if both touch one family of treaties (a parent, its protocols, the reservations to them), or
//! if one of them is a change of a State's law, of a fact or of a day. Deliberately absent: acts towards two treaties
//! that have nothing to do with one another, two days at once, and three changes or more.

use super::{Change, Choice};
use crate::base::TreatyId;
use crate::law::library::Library;
use crate::law::question::Question;

/// At most so many pairs are tried, the smallest: all of them for any request over the whole built-in law, with some
/// room, and still about a second, since each pair is decided again.
pub const MOST_PAIRS: usize = 8_192;

/// The pairs that can work together, by their places among the choices, the smallest first: without a day before with
/// one, of one State before of two, then in the order of the choices.
pub(super) fn ordered(library: &Library, question: &Question, choices: &[Choice]) -> Vec<[usize; 2]> {
    let mut pairs = Vec::new();
    for one in 0..choices.len() {
        for other in one + 1..choices.len() {
            let both = [choices[one].least(), choices[other].least()];
            if work_together(library, question, both) {
                pairs.push((size(question, both), [one, other]));
            }
        }
    }
    pairs.sort_unstable();
    pairs.into_iter().map(|(_, pair)| pair).collect()
}

fn work_together(library: &Library, question: &Question, both: [Change; 2]) -> bool {
    let family = |change: Change| change.treaty().map(|treaty| root(library, treaty));
    let of_days = both.iter().filter(|change| change.kind_of_day(question).is_some()).count();
    match both.map(family) {
        [Some(one), Some(other)] => one == other,
        _ => of_days < 2,
    }
}

/// The treaty to which a protocol belongs; of any other treaty, itself.
fn root(library: &Library, treaty: TreatyId) -> TreatyId {
    library.treaty(treaty).parent.unwrap_or(treaty)
}

/// Whether a day is among the two, and how many States act.
fn size(question: &Question, both: [Change; 2]) -> (bool, usize) {
    let with_day = both.iter().any(|change| change.kind_of_day(question).is_some());
    let states = match both.map(|change| change.actor()) {
        [Some(one), Some(other)] => 1 + usize::from(one != other),
        [None, None] => 0,
        _ => 1,
    };
    (with_day, states)
}
