//! Which treaty governs between two States, and which gives way, without facts.

#![expect(clippy::disallowed_methods, reason = "writes tables of a record for the test")]

use comity::base::Day;
use comity::law::Measure;
use comity::report::law::between::{self, Asked, Between, MeasureBetween};
use comity::report::law::between_text;
use comity::scenario::Corpus;

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

fn between(corpus: &Corpus, requesting: &str, requested: &str, on: &str) -> Between {
    let state = |code: &str| corpus.state(code).expect("on record");
    let (requesting, requested) = (state(requesting), state(requested));
    let asked = Asked { requesting, requested, on: day(on), measures: Vec::new(), facts: None, in_order: false };
    between::between(corpus, &asked)
}

fn on(between: &Between, measure: Measure) -> &MeasureBetween {
    between.measures.iter().find(|found| found.measure == measure).expect("every measure is shown")
}

/// Whether a provision of ETS 185, Arts. 27 and 28, stands among the lines.
fn has_27_28(measure: &MeasureBetween) -> bool {
    measure.lines.iter().any(|line| line.cite.starts_with("BUD 27") || line.cite.starts_with("BUD 28"))
}

/// ETS 185, Art. 27(1): where a treaty on assistance is in force, its grounds replace Arts. 27 and 28.
#[test]
fn where_a_treaty_on_assistance_is_in_force_articles_27_and_28_give_way() {
    let corpus = Corpus::read(None).expect("the law reads");
    let with_treaty = between(&corpus, "USA", "DEU", "2026-01-01");
    let measure = on(&with_treaty, Measure::SearchAndSeizure);
    assert!(measure.governed_by.contains(&"us-de-assistance".to_owned()), "{measure:?}");
    assert!(measure.governed_by.contains(&"ets185".to_owned()), "{measure:?}");
    assert!(!has_27_28(measure), "{measure:?}");
    let gives = measure.gives_way.iter().find(|gives| gives.treaty == "ets185").expect("Arts. 27 and 28 give way");
    assert!(gives.provisions.contains(&"BUD 27(1)".to_owned()) && gives.to.contains(&"us-de-assistance".to_owned()));
    let without = between(&corpus, "USA", "JPN", "2026-01-01");
    let measure = on(&without, Measure::SearchAndSeizure);
    assert!(has_27_28(measure) && measure.gives_way.is_empty(), "{measure:?}");
}

/// Union instruments take the place of the European conventions between members, by their own articles, and of no
/// other treaty.
#[test]
fn between_members_the_instruments_of_the_union_take_the_place_of_the_european_conventions() {
    // The built-in record of ETS 30 is hardly begun.
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join("status")).expect("a folder");
    let head = "treaty,state,signature,consent,consent_kind,entry_into_force,denunciation,has_reservation,has_declaration,\
                source,status_as_of";
    let rows =
        ["DEU", "FRA", "CHE"].map(|state| format!("ets30,{state},,1980-01-01,ratification,,,,,trial,2026-01-01"));
    let table = format!("{head}\n{}\n", rows.join("\n"));
    std::fs::write(folder.path().join("status/ets30.csv"), table).expect("written");
    let corpus = Corpus::read(Some(folder.path().to_owned())).unwrap_or_else(|(problems, _)| panic!("{problems:?}"));
    let members = between(&corpus, "DEU", "FRA", "2026-04-01");
    for (measure, union, convention, article) in
        [(Measure::Extradition, "eaw", "ece57", "EAW 31(1)"), (Measure::SearchAndSeizure, "eio", "ets30", "EIO 34(1)")]
    {
        let found = on(&members, measure);
        assert!(found.governed_by.contains(&union.to_owned()), "{found:?}");
        assert!(!found.governed_by.contains(&convention.to_owned()), "{found:?}");
        let gives = found.gives_way.iter().find(|gives| gives.treaty == convention).expect("it gives way");
        assert_eq!((gives.to.as_slice(), gives.by.as_deref()), ([union.to_owned()].as_slice(), Some(article)));
        assert!(gives.provisions.is_empty(), "the whole of it");
    }
    let text = between_text::text(&corpus.library, &members);
    assert!(text.contains("ece57 gives way to eaw (EAW 31(1))"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100));
    // Switzerland is no member: the conventions govern.
    let other = between(&corpus, "DEU", "CHE", "2026-04-01");
    let found = on(&other, Measure::Extradition);
    assert!(found.governed_by.contains(&"ece57".to_owned()), "{found:?}");
    assert!(found.gives_way.iter().all(|gives| gives.treaty != "ece57"), "{found:?}");
}
