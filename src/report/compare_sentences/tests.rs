//! What is said of differences made up by hand.

use super::{Tells, headlines, of};
use crate::base::Interval;
use crate::study::bootstrap::Method;
use crate::study::difference::Coverage;
use crate::study::{Difference, Outcome};

/// Differences of these pairs, with an interval of so much to both sides of the mean.
fn difference(key: &str, pairs: &[f64], half: Option<f64>) -> Difference {
    let mean = crate::base::interval::mean(pairs).expect("pairs");
    Difference {
        outcome: Outcome::named(key).expect("one of the list"),
        means: (0.0, mean),
        differences: pairs.iter().copied().map(Some).collect(),
        pairs: pairs.len(),
        coverage: Coverage { run: pairs.len(), both: pairs.len(), ..Coverage::default() },
        is_withheld: false,
        mean,
        interval: half.map(|half| (Interval { mean, low: mean - half, high: mean + half }, Method::StudentsT)),
        above_zero: pairs.iter().filter(|pair| **pair > 0.0).count(),
        below_zero: pairs.iter().filter(|pair| **pair < 0.0).count(),
    }
}

#[test]
fn what_incidents_did_comes_before_their_number() {
    let differences = [difference("incidents", &[12.0], None), difference("harm", &[-30.0], None)];
    check(
        &differences,
        &[
            "With joins, there are 30.0 fewer incidents weighed by size and there are 12.0 more incidents in the world: of \
             one pair there is no interval, and chance may be all of it.",
        ],
    );
}

#[track_caller]
fn check(differences: &[Difference], said: &[&str]) {
    let told = of(None, "joins", differences);
    assert_eq!(told.iter().map(|(_, sentence)| sentence.as_str()).collect::<Vec<_>>(), said);
}

#[test]
fn equal_pairs_are_told_from_those_on_the_other_side() {
    let days = |pairs: &[f64]| [difference("answer_days", pairs, Some(1.0))];
    let start = "With joins, median days to answer are lower by";
    check(
        &days(&[-4.0, -4.0, 0.0, 0.0]),
        &[&format!("{start} 2.0 days (95 % interval 1.0 to 3.0), in 2 of 4 pairs; 2 are equal.")],
    );
    check(
        &days(&[-4.0, -4.0, 0.0, 2.0]),
        &[&format!("{start} 1.5 days (95 % interval 0.5 to 2.5), in 2 of 4 pairs; 1 is equal.")],
    );
    check(&days(&[-4.0, -4.0]), &[&format!("{start} 4.0 days (95 % interval 3.0 to 5.0), in 2 of 2 pairs.")]);
}

#[test]
fn pairs_that_do_not_define_an_outcome_are_told() {
    let half = |is_withheld: bool| {
        let mut found = difference("answer_days", &[-4.0, -4.0, 2.0], (!is_withheld).then_some(1.0));
        found.coverage.run = 6;
        found.differences.extend([None; 3]);
        Difference { is_withheld, ..found }
    };
    let start = "With joins, median days to answer are lower by 2.0 days";
    let told = of(None, "joins", &[half(false)]);
    let said = format!("{start} (95 % interval 1.0 to 3.0), in 2 of the 3 pairs, of 6, that define it.");
    assert_eq!((told.len(), told[0].1.as_str()), (2, said.as_str()));
    assert!(told[1].1.starts_with("With joins, not every pair of runs defines median days to answer (3 of 6): "));
    let told = of(None, "joins", &[half(true)]);
    let said = format!("{start} in the 3 of 6 pairs that define it, without interval.");
    assert_eq!((told.len(), &told[0]), (2, &(Tells::Perhaps, said)));
}

#[test]
fn a_difference_of_one_pair_is_told_with_the_digits_it_has() {
    let of_chance = "of one pair there is no interval, and chance may be all of it.";
    check(
        &[difference("impunity", &[0.0002], None)],
        &[&format!("With joins, impunity is higher by 0.02 points: {of_chance}")],
    );
    let even = Difference { is_withheld: true, ..difference("answer_days", &[-4.0, 4.0], None) };
    let told = of(None, "joins", &[even]);
    assert!(
        told[0].1.starts_with("With joins, median days to answer are the same in the mean in the 2 of 2"),
        "{told:?}"
    );
}

#[test]
fn other_outcomes_that_stand_out_are_named() {
    let all = [
        difference("impunity", &[-0.4, -0.4], Some(0.1)),
        difference("havens", &[-1.0, -2.0], Some(0.5)),
        difference("letters", &[30.0, 50.0], Some(1.0)),
        difference("requests_refused", &[-30.0, -50.0], Some(1.0)),
        difference("host_concentration", &[0.1, -0.1], Some(0.5)),
    ];
    let main = "With joins, impunity is lower by 40.0 points (95 % interval 30.0 to 50.0), in 2 of 2 pairs.";
    let others =
        "With joins, of the other outcomes these stand out: havens and requests refused (lower); letters (higher).";
    check(&all, &[main, others]);
    check(&all[..1], &[main]);
}

#[test]
fn pairs_that_all_differ_by_the_same_have_no_interval() {
    let tied = [difference("incidents", &[44.0, 44.0], None), difference("havens", &[-1.0, -1.0], None)];
    let main = "With joins, there are 44.0 more incidents in the world, the same in all 2 pairs: there is no interval.";
    let others = "With joins, of the other outcomes these differ by the same amount in all pairs: havens (lower).";
    check(&tied, &[main, others]);
    assert!(!tied[0].stands_out());
}

#[test]
fn one_pair_is_not_told_from_chance_and_shows_its_difference() {
    let one = [
        difference("impunity", &[-0.496], None),
        difference("incidents", &[12.0], None),
        difference("answer_days", &[0.0], None),
    ];
    let said = "With joins, impunity is lower by 49.6 points and there are 12.0 more incidents in the world: of one pair \
                there is no interval, and chance may be all of it.";
    check(&one, &[said]);
}

#[test]
fn the_headline_tells_a_difference_where_a_variant_has_one() {
    let of_variants = |variants: &[&[Difference]]| {
        let names = ["first", "second", "third"];
        let all: Vec<_> = variants.iter().zip(names).map(|(differences, name)| of(None, name, differences)).collect();
        headlines(&all)
    };
    let unclear = [difference("impunity", &[0.1, -0.2], Some(0.5))];
    let clear = [difference("impunity", &[-0.4, -0.4], Some(0.1))];
    let tied = [difference("incidents", &[44.0, 44.0], None)];
    let others = [unclear[0].clone(), difference("letters", &[30.0, 50.0], Some(1.0))];
    let (once, same) = ([difference("impunity", &[-0.4], None)], [difference("impunity", &[0.0], None)]);
    for (found, start) in [
        (of_variants(&[&unclear, &clear, &clear]), "With second, impunity is lower by 40.0 points"),
        (of_variants(&[&others, &unclear, &tied]), "With third, there are 44.0 more incidents in the world"),
        (of_variants(&[&unclear, &others]), "With second, of the other outcomes these stand out: letters"),
        (
            of_variants(&[&same, &once]),
            "With second, impunity is lower by 40.0 points: of one pair there is no interval",
        ),
        (of_variants(&[&unclear, &same]), "With first, no difference can be told from chance in impunity."),
    ] {
        assert!(found.len() == 1 || start.contains("second, impunity"), "{found:?}");
        assert!(found[0].starts_with(start), "{found:?}");
    }
    let found = of_variants(&[&clear, &unclear, &tied]);
    let starts = ["With first, impunity is lower by 40.0 points", "With third, there are 44.0 more incidents"];
    assert!(found.len() == 2 && starts.iter().zip(&found).all(|(start, said)| said.starts_with(start)), "{found:?}");
}

#[test]
fn where_nothing_differs_it_says_so() {
    let same = difference("impunity", &[0.0, 0.0], Some(0.0));
    check(std::slice::from_ref(&same), &["With joins, no outcome differs in any run."]);
    let other = difference("letters", &[3.0, 5.0], Some(1.0));
    let said = "With joins, none of the main outcomes differs in any run; the table has what does.";
    check(&[same, other], &[said, "With joins, of the other outcomes these stand out: letters (higher)."]);
    let unclear = difference("impunity", &[0.1, -0.2], Some(0.5));
    check(&[unclear], &["With joins, no difference can be told from chance in impunity."]);
}
