//! Which questions of lost cases are decided again, and in what pieces.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use super::losses::{Lost, Weight};
use crate::law::Question;

/// Questions decided again, the most frequent first: each takes some hundred decisions, a few milliseconds together. What
/// takes none is no part of them.
pub const MOST_REDECIDED: usize = 1_000;

/// The lost cases that count, the most frequent first.
pub(super) fn redecided(lost: &BTreeMap<Lost, Weight>) -> Vec<(&Lost, &Weight)> {
    let mut frequent: Vec<(&Lost, &Weight)> = lost.iter().collect();
    frequent.sort_by_key(|(_, weight)| std::cmp::Reverse(weight.cases));
    let mut decided = 0;
    frequent.retain(|(lost, _)| {
        decided += usize::from(is_redecided(lost));
        !is_redecided(lost) || decided <= MOST_REDECIDED
    });
    frequent
}

/// Questions that are decided again one after another, by day, with the cases that hang on each.
#[derive(Debug)]
pub struct Piece(pub(super) Vec<(Question, Case)>);

/// So many pieces of one size, at most.
pub(super) fn pieces(lost: &[(&Lost, &Weight)], most: NonZeroUsize) -> Vec<Piece> {
    let mut asked: Vec<_> = lost.iter().flat_map(|(lost, weight)| of_law(lost, weight)).collect();
    asked.sort_by_key(|(question, _)| question.day);
    let size = asked.len().div_ceil(most.get()).max(1);
    asked.chunks(size).map(|some| Piece(some.to_vec())).collect()
}

/// Cases that hang on one question.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case {
    pub cases: u64,
    /// How many of them a grant would save.
    pub saved_by_grant: f64,
}

/// Whether it takes a decision to say what would have saved them: not where a claim of jurisdiction would, speed, or nothing.
fn is_redecided(lost: &Lost) -> bool {
    matches!(
        lost,
        Lost::NoOffence(..) | Lost::Refused { .. } | Lost::Unanswered(..) | Lost::Gone { unpreserved: Some(_), .. }
    )
}

/// The questions on which lost cases hang.
fn of_law(lost: &Lost, weight: &Weight) -> Vec<(Question, Case)> {
    let cases = weight.cases;
    match *lost {
        Lost::Refused { question, .. } => vec![(question, Case { cases, saved_by_grant: whole(cases) })],
        Lost::Gone { unpreserved: Some(question), .. } => {
            vec![(question, Case { cases, saved_by_grant: weight.there_when_unpreserved })]
        }
        _ => Vec::new(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "far fewer cases than a double counts exactly")]
pub(super) fn whole(cases: u64) -> f64 {
    cases as f64
}
