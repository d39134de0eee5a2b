//! Every built-in file of the law reads and builds.

use comity::base::Spanned;
use comity::law::computed::Computed;
use comity::law::{FactKind, Library, StateSource};
use comity::reading;
use comity::scenario::Shelf;

fn named(name: &str) -> Spanned<String> {
    Spanned::nowhere(name.to_owned())
}

/// All built-in treaties, states and laws in one library; each law is a state of its own.
fn everything(shelf: &mut Shelf) -> Library {
    let built = shelf.facts().and_then(|facts| {
        let treaties =
            Shelf::names("treaties").map(|name| shelf.treaty(&named(name))).collect::<Result<Vec<_>, _>>()?;
        let mut states = Vec::new();
        for code in Shelf::names("states") {
            let state = shelf.state(&named(&code.to_uppercase()))?;
            states.push(StateSource { code: state.state, name: state.name, law: state.law });
        }
        for name in Shelf::names("laws") {
            states.push(StateSource { code: named(name), name: name.to_owned(), law: shelf.law(&named(name))? });
        }
        Library::build(&facts, &treaties, &states)
    });
    built.unwrap_or_else(|problems| panic!("{}", reading::render(&shelf.sources, &problems, false)))
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
