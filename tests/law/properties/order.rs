//! The order of files, and of keys within them, changes nothing.

use std::path::Path;

use comity::embedded;
use comity::law::forms::{FactsForm, LawFile, StateForm, TreatyForm};
use comity::law::{self, Library, Memberships, StateSource};
use comity::reading::{self, Kind, Node, Sources};
use proptest::prelude::*;
use serde::de::DeserializeOwned;

use super::config;
use super::given::{
    Forms, asked, histories, instruments, question, translated, translated_instruments, with_whole, words,
};

/// A tree with the keys of every map in reverse.
fn reversed(mut node: Node) -> Node {
    node.kind = match node.kind {
        Kind::Map(entries) => Kind::Map(entries.into_iter().rev().map(|(key, value)| (key, reversed(value))).collect()),
        Kind::List(items) => Kind::List(items.into_iter().map(reversed).collect()),
        other => other,
    };
    node
}

fn backwards<T: DeserializeOwned>(path: &str) -> T {
    let text = embedded::file(path).expect("it is built in");
    let tree = reading::load_text(&mut Sources::default(), path, text).expect("it reads");
    reading::decode(&reversed(tree)).expect("it decodes backwards too")
}

/// All files of the law read backwards, the last first.
fn forms_backwards() -> Forms {
    let paths = |folder: &'static str| {
        let all = embedded::FILES.iter().rev().map(|(path, _)| *path);
        all.filter(move |path| {
            path.starts_with(folder) && Path::new(path).extension().is_some_and(|ending| ending == "yaml")
        })
    };
    let mut states: Vec<StateSource> = paths("law/laws/")
        .map(backwards::<LawFile>)
        .map(|file| StateSource { name: file.name.value.clone(), code: file.name, law: file.law })
        .collect();
    states.extend(paths("law/states/").map(|path| {
        let file = backwards::<StateForm>(path);
        StateSource { code: file.state, name: file.name, law: file.law }
    }));
    Forms {
        facts: backwards::<FactsForm>("law/facts.yaml"),
        treaties: paths("law/treaties/").map(backwards::<TreatyForm>).collect(),
        states,
    }
}

thread_local! {
    static BACKWARDS: Library = {
        let forms = forms_backwards();
        Library::build(&forms.facts, &forms.treaties, &forms.states).expect("it builds backwards too")
    };
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn the_order_of_files_and_keys_changes_nothing(history in histories(), asked in asked()) {
        with_whole(|whole| BACKWARDS.with(|backwards| {
            let library = &whole.library;
            let question = question(whole, &asked);
            let instruments = instruments(whole, &history, &question);
            let opinion = law::decide(library, &Memberships::of(library, &instruments), &question);
            let same = translated(&question, library, backwards);
            let theirs = Memberships::of(backwards, &translated_instruments(&instruments, library, backwards));
            let again = law::decide(backwards, &theirs, &same);
            prop_assert_eq!(words(library, &question, &opinion), words(backwards, &same, &again));
            Ok(())
        }))?;
    }
}
