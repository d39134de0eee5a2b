//! The record against what was published elsewhere: every count is met, or its difference is known with its reason.

use comity::base::Day;
use comity::report::law::{list, status};
use comity::scenario::participation::{Participation, participation};
use comity::scenario::record::{self, Measured};
use comity::scenario::{Corpus, Shelf};

fn of(treaty: &str) -> Participation {
    participation(&mut Shelf::new(None), treaty).expect("the record reads")
}

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

/// A difference that is not on the list fails, and so does one on the list that is no longer there.
#[test]
fn published_counts_are_met_or_their_difference_is_known() {
    let shelf = Shelf::new(None);
    let published = record::published_counts(&shelf).expect("the table reads");
    let known = record::known_differences(&shelf).expect("the table reads");
    let mut found = Vec::new();
    for count in &published {
        let ours = of(&count.treaty).count(count.measure, count.date);
        if ours != count.count {
            found.push((count.treaty.as_str(), count.date, count.measure, count.count, ours));
        }
    }
    println!("{} of {} published counts are met", published.len() - found.len(), published.len());
    let listed = known.iter().map(|d| (d.treaty.as_str(), d.date, d.measure, d.published, d.ours));
    assert_eq!(found, listed.collect::<Vec<_>>(), "found, and law/status/known_differences.csv");
    assert!(known.iter().all(|difference| !difference.reason.is_empty()));
    assert_eq!(published.len(), 29);
}

#[test]
fn those_who_only_signed_and_those_who_did_nothing_are_named() {
    let convention = of("ets185");
    let on = day("2026-04-25");
    let signed_only: Vec<&str> = convention
        .entries
        .iter()
        .filter(|entry| entry.had_signed(on) && !entry.had_consented(on))
        .filter(|entry| entry.out_of_force.is_none_or(|out| on < out))
        .map(|entry| entry.state.code.as_str())
        .collect();
    assert_eq!(signed_only, ["IRL", "ZAF"]);
    let outside = |code: &str| convention.outside.iter().any(|state| state.code == code);
    assert!(outside("IND") && outside("CHN") && !outside("IRL") && !outside("JPN"));
    assert!(!outside(record::EUROPEAN_UNION), "the Union is no state");
    assert_eq!(convention.entries.len() + convention.outside.len(), 197);
}

#[test]
fn what_a_state_did_is_shown_whole() {
    let protocol = of("opsc");
    let lao = protocol.entries.iter().find(|entry| entry.state.code == "LAO").expect("on record");
    let statement = lao.statements.iter().find(|statement| statement.article == "5(2)").expect("on record");
    assert!(statement.kind == record::StatementKind::Reservation && statement.withdrawn.is_none());
    let american = of("ets185");
    let american = american.entries.iter().find(|entry| entry.state.code == "USA").expect("on record");
    let kind = |article: &str| american.statements.iter().find(|s| s.article == article).map(|s| s.kind);
    assert_eq!(kind("9(4) as to 9(2)(b)"), Some(record::StatementKind::Reservation));
    assert_eq!(
        kind("2"),
        Some(record::StatementKind::Declaration),
        "Art. 40: no reservation, though a run computes with it"
    );
    assert_eq!(lao.consent.as_ref().map(|consent| consent.kind.as_str()), Some("accession"));
    assert!(lao.recorded_by_rule);

    let convention = of("untoc");
    let montenegro = convention.entries.iter().find(|entry| entry.state.code == "MNE").expect("on record");
    assert_eq!(montenegro.in_force, Some(day("2006-10-23")), "a successor steps in at once");
    assert_eq!(convention.count(Measured::InForce, day("2003-09-28")), 0);
    assert!(convention.count(Measured::InForce, day("2003-09-29")) >= 40);
}

/// A text that applies later than it is in force, one that was applied provisionally before (VCLT 25), and one to which many have
/// consented whom it does not bind yet.
#[test]
fn it_is_told_apart_what_is_in_force_what_applies_and_who_has_consented() {
    let corpus = Corpus::read(None).unwrap_or_else(|(problems, _)| panic!("{problems:?}"));
    let words = |treaty: &str, on: &str| {
        let status = status::status(&corpus, treaty, day(on), None).expect("on record");
        status.in_force.words(day(on)).unwrap_or_default()
    };
    assert_eq!(words("e-evidence", "2026-08-17"), "in force since 2023-08-18, applies from 2026-08-18");
    assert_eq!(words("e-evidence", "2026-08-18"), "in force since 2023-08-18, applies since 2026-08-18");
    assert_eq!(words("eio", "2014-05-20"), "applies from 2017-05-22");
    assert_eq!(words("eu-uk-surrender", "2021-04-30"), "applied provisionally from 2021-01-01");
    let since = "in force since 2021-05-01, applied provisionally from 2021-01-01";
    assert_eq!(words("eu-uk-surrender", "2021-05-01"), since);
    assert_eq!(words("ets185", "2004-06-30"), "");
    let listed = |on: &str| {
        let text = list::text(&list::treaties(&corpus, day(on)), day(on));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let before = listed("2026-08-17");
    assert!(before.contains("0 parties, 26 to which it will apply;"), "{before}");
    let first = listed("2004-06-30");
    assert!(first.contains("not in force; 0 parties, 6 consented, 32 signed only"), "{first}");
}
