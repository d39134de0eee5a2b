//! Which outcomes not every pair of runs defines, in sentences: what is said of them is of the pairs that do.

use super::lines::joined;
use crate::study::Difference;
use crate::study::difference::Coverage;

/// Of how many pairs the outcomes of a variant are, where some are missing; those whose interval is withheld for it apart.
pub(super) fn sentences(state: Option<&str>, variant: &str, differences: &[Difference]) -> Vec<String> {
    let of = |class: Class| {
        let such = |difference: &&Difference| Class::of(difference) == Some(class);
        let name = |difference: &Difference| {
            let Coverage { run, both, baseline_alone, variant_alone, .. } = difference.coverage;
            let alone = [(baseline_alone, "the baseline"), (variant_alone, variant)];
            let alone = alone.iter().filter(|(pairs, _)| *pairs > 0);
            let alone: String = alone.map(|(pairs, side)| format!(", in {pairs} more {side} alone")).collect();
            format!("{} ({both} of {run}{alone})", difference.outcome.says(state.unwrap_or_default()))
        };
        differences.iter().filter(such).map(name).collect::<Vec<String>>()
    };
    let said = |names: Vec<String>, end: &str| {
        let start = format!("With {variant}, not every pair of runs defines {}", joined(&names, "and"));
        (!names.is_empty()).then(|| format!("{start}: {end}"))
    };
    let selected = "what is said of it is of those that do, and holds for all seeds only if it does not hang on the outcome which \
                    these are.";
    let one_sided = format!(
        "one side alone does in more than one of {} pairs, so that which pairs there are hangs on what they come to, and no \
         interval is given.",
        Coverage::ONE_SIDED
    );
    let sparse = "of so few no interval is given.";
    let classes = [(Class::Kept, selected), (Class::OneSided, &one_sided), (Class::Sparse, sparse)];
    classes.into_iter().filter_map(|(class, end)| said(of(class), end)).collect()
}

/// What comes of it that pairs are missing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// There is an interval all the same.
    Kept,
    /// One side alone defines too many.
    OneSided,
    /// Too many are missing.
    Sparse,
}

impl Class {
    fn of(difference: &Difference) -> Option<Self> {
        let coverage = difference.coverage;
        let withheld = if coverage.is_one_sided() { Self::OneSided } else { Self::Sparse };
        (coverage.missing() > 0).then_some(if difference.is_withheld { withheld } else { Self::Kept })
    }
}

#[cfg(test)]
mod tests {
    use super::sentences;
    use crate::study::difference::Coverage;
    use crate::study::{Difference, Outcome};

    fn said(coverage: Coverage, is_withheld: bool) -> Vec<String> {
        let outcome = Outcome::named("answer_days").expect("one of the list");
        let pairs = vec![Some((1.0, 2.0)); coverage.both];
        let ends = [outcome.possible(); 2];
        let found = Difference::of_pairs(outcome, &pairs, (coverage, is_withheld), ends, 1).expect("pairs");
        sentences(None, "slower", &[found])
    }

    #[test]
    fn pairs_that_are_missing_are_told() {
        let coverage = |baseline_alone| Coverage { run: 40, both: 20, baseline_alone, ..Coverage::default() };
        assert_eq!(said(Coverage { run: 20, ..coverage(0) }, false), Vec::<String>::new());
        let start = "With slower, not every pair of runs defines median days to answer";
        assert_eq!(
            said(coverage(18), true),
            [format!(
                "{start} (20 of 40, in 18 more the baseline alone): one side alone does in more than one of 20 pairs, so that \
                 which pairs there are hangs on what they come to, and no interval is given."
            )]
        );
        assert!(
            said(coverage(0), false)[0].starts_with(&format!("{start} (20 of 40): what is said of it is of those"))
        );
        assert_eq!(said(coverage(0), true), [format!("{start} (20 of 40): of so few no interval is given.")]);
    }
}
