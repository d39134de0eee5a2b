//! Every built-in file of the law reads and builds.

use comity::base::{Place, Problems, Spanned};
use comity::law::computed::Computed;
use comity::law::forms::FactsForm;
use comity::law::{FactKind, Library, StateSource};
use comity::reading;
use comity::scenario::Shelf;

fn named(name: &str) -> Spanned<String> {
    Spanned::nowhere(name.to_owned())
}

/// All built-in treaties, states and laws in one library; each law is a state of its own.
fn everything(shelf: &mut Shelf) -> Library {
    let built = shelf.facts().and_then(|facts| under(shelf, &facts));
    built.unwrap_or_else(|problems| panic!("{}", reading::render(&shelf.sources, &problems, false)))
}

/// The same under a list of facts.
fn under(shelf: &mut Shelf, facts: &FactsForm) -> Result<Library, Problems> {
    let treaties = Shelf::names("treaties").map(|name| shelf.treaty(&named(name))).collect::<Result<Vec<_>, _>>()?;
    let mut states = Vec::new();
    for code in Shelf::names("states") {
        let state = shelf.state(&named(&code.to_uppercase()))?;
        states.push(StateSource { code: state.state, name: state.name, law: state.law });
    }
    for name in Shelf::names("laws") {
        states.push(StateSource { code: named(name), name: name.to_owned(), law: shelf.law(&named(name))? });
    }
    Library::build(facts, &treaties, &states)
}

#[test]
fn all_files_build_into_one_library() {
    let library = everything(&mut Shelf::new(None));
    for name in ["ets185", "ets189", "internet-trafficking-protocol/conduct", "us-de-extradition"] {
        assert!(library.treaty_named(name).is_some(), "{name}");
    }
    assert!(library.state_coded("USA").is_some(), "a state file's name is its code in lower case");
}

#[test]
fn a_file_is_named_for_what_it_holds() {
    let mut shelf = Shelf::new(None);
    for name in Shelf::names("treaties") {
        assert_eq!(shelf.treaty(&named(name)).expect("it reads").treaty.value, name);
    }
    for name in Shelf::names("states") {
        assert_eq!(shelf.state(&named(&name.to_uppercase())).expect("it reads").state.to_lowercase(), name);
    }
}

#[test]
fn reservations_are_allowed_by_art_42_and_no_other_article() {
    let library = everything(&mut Shelf::new(None));
    let convention = library.treaty(library.treaty_named("ets185").expect("it is built in"));
    let allowed: Vec<&str> = convention.reservable.iter().map(|cite| library.cite(*cite)).collect();
    let article = |cite: &&str| cite.split(' ').nth(1).expect("an article").to_owned();
    let articles: std::collections::BTreeSet<String> = allowed.iter().map(article).collect();
    assert_eq!(articles.len(), 9, "{allowed:?}");
    // Extradition, nationality and preservation without dual criminality cannot be reserved as such.
    for article in ["24(1)", "24(5)", "29(3)", "22(3)"] {
        assert!(!allowed.contains(&format!("BUD {article}").as_str()));
    }
}

#[test]
fn every_fact_asks_a_question() {
    let library = everything(&mut Shelf::new(None));
    for name in library.facts.names() {
        let fact = library.facts.named(name).expect("it is listed");
        assert!(library.facts.question(fact).ends_with('?'), "{name}");
    }
    let computed = library
        .facts
        .names()
        .filter(|name| library.facts.named(name).is_some_and(|fact| library.facts.kind(fact) == FactKind::Computed));
    assert_eq!(computed.count(), Computed::ALL.len());
}

/// The last of the alphabet have no number, some derived and some that treaties ask for; the last written is another.
#[test]
fn facts_for_which_there_is_no_room_are_told_once_and_nothing_follows_from_it() {
    const FACTS: usize = 290;
    let mut shelf = Shelf::new(None);
    let mut facts = shelf.facts().expect("sound");
    let written = facts.facts.keys().map(|name| name.place).max_by_key(|place| place.start).expect("some");
    let (file, last, fact) = (written.file, written.start + 1_000, facts.facts["sell"].clone());
    for start in (written.end..=last).rev().take(FACTS - facts.facts.len()) {
        let name = Spanned { value: format!("a-{start}"), place: Place { file, start, end: start + 1 } };
        facts.facts.insert(name, fact.clone());
    }
    let problems = under(&mut shelf, &facts).expect_err("too many");
    let told: Vec<(&str, u32)> = problems.0.iter().map(|p| (p.message.as_str(), p.place.start)).collect();
    assert_eq!(told, [("290 facts, and there is room for 256", last)]);
}
