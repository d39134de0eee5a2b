//! What is tried: every form that people write, from bytes to a decision, and the decision function by itself.
//!
//! An input is a file of a kind. It is read as the program reads it; if it can be read, the law that it makes is asked
//! questions, and whatever is wrong with it is shown as people would see it. Nothing may panic.

use std::fs;
use std::path::Path;

use comity::base::{Problems, Spanned};
use comity::embedded;
use comity::law::forms::{CaseForm, FactsForm, LawFile, LawForm, StateForm, TreatyForm};
use comity::law::{Library, StateSource};
use comity::reading::{self, Sources};
use comity::scenario::{Corpus, Shelf, case, check, participation, record};
use serde::de::DeserializeOwned;

use super::chance::Chance;
use super::questions::ask;

/// The kinds of input, by the beginning of a corpus file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Treaty,
    State,
    Law,
    Facts,
    Case,
    Table,
    Scenario,
    /// Any of them, read from disk by the command's own check, beside all other law.
    File,
}

impl Kind {
    pub const ALL: [Self; 8] =
        [Self::Treaty, Self::State, Self::Law, Self::Facts, Self::Case, Self::Table, Self::Scenario, Self::File];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Treaty => "treaty",
            Self::State => "state",
            Self::Law => "law",
            Self::Facts => "facts",
            Self::Case => "case",
            Self::Table => "table",
            Self::Scenario => "scenario",
            Self::File => "file",
        }
    }

    /// Whether a built-in file is of this kind.
    pub fn is_of(self, path: &str) -> bool {
        match self {
            Self::Treaty => path.starts_with("law/treaties/"),
            Self::State => path.starts_with("law/states/"),
            Self::Law => path.starts_with("law/laws/"),
            Self::Facts => path == "law/facts.yaml",
            Self::Case => path.starts_with("law/cases/"),
            Self::Table => path.strip_suffix(".csv").is_some(),
            Self::Scenario => path.starts_with("scenarios/"),
            Self::File => path.strip_suffix(".yaml").is_some(),
        }
    }
}

/// Questions asked of a law that an input made.
const QUESTIONS: usize = 4;

/// The built-in law, ready for one form of it to be changed.
pub struct Law {
    facts: FactsForm,
    treaties: Vec<TreatyForm>,
    states: Vec<StateSource>,
    /// All of it, compiled.
    pub whole: Library,
}

impl Law {
    pub fn read() -> Self {
        let corpus = Corpus::read(None).unwrap_or_else(|(problems, _)| panic!("{problems}"));
        let states = corpus.states.iter().map(|form| source(&form.state, &form.law));
        let laws = corpus.laws.iter().map(|form| source(&form.name, &form.law));
        let states: Vec<StateSource> = states.chain(laws).collect();
        let whole = Library::build(&corpus.facts, &corpus.treaties, &states).expect("the built-in law builds");
        Self { facts: corpus.facts, treaties: corpus.treaties, states, whole }
    }

    /// Some treaties and states beside the one that is tried: all of them would take most of the time.
    fn beside(&self, treaties: &[&str], states: &[&str]) -> (Vec<TreatyForm>, Vec<StateSource>) {
        let treaties = self.treaties.iter().filter(|form| treaties.contains(&form.treaty.value.as_str()));
        let states = self.states.iter().filter(|state| states.contains(&state.code.value.as_str()));
        (treaties.cloned().collect(), states.cloned().collect())
    }
}

fn source(name: &Spanned<String>, law: &LawForm) -> StateSource {
    StateSource { code: name.clone(), name: name.value.clone(), law: law.clone() }
}

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was refused, with problems.
    Refused,
    /// It was read, and used.
    Used,
}

/// Tries one input. `folder` is where inputs are written that are read from disk.
pub fn try_input(kind: Kind, bytes: &[u8], law: &Law, folder: &Path) -> Outcome {
    let mut chance = Chance::of_bytes(bytes);
    match kind {
        Kind::Table => table(bytes, folder, &mut chance),
        Kind::Scenario | Kind::File => on_disk(bytes, folder),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => form(kind, text, law, &mut chance),
            Err(_) => on_disk(bytes, folder),
        },
    }
}

fn form(kind: Kind, text: &str, law: &Law, chance: &mut Chance) -> Outcome {
    let mut shelf = Shelf::new(None);
    let used = match kind {
        Kind::Treaty => decoded(&mut shelf, text, |form: &TreatyForm, _| {
            let (mut treaties, states) = law.beside(&["ets185", "ece57", "us-de-extradition"], &["USA", "DEU", "full"]);
            treaties.retain(|known| known.treaty != form.treaty);
            treaties.push(form.clone());
            Library::build(&law.facts, &treaties, &states)
        }),
        Kind::State => decoded(&mut shelf, text, |form: &StateForm, _| beside_law(law, &form.state, &form.law)),
        Kind::Law => decoded(&mut shelf, text, |form: &LawFile, _| beside_law(law, &form.name, &form.law)),
        Kind::Facts => decoded(&mut shelf, text, |form: &FactsForm, _| {
            let (treaties, states) = law.beside(&["ets185"], &["USA", "DEU"]);
            Library::build(form, &treaties, &states)
        }),
        _ => decoded(&mut shelf, text, |form: &CaseForm, shelf| {
            let case = case::assemble(shelf, form)?;
            for part in &case.parts {
                let (opinion, steps) = case.answer(part);
                let _ = case.disagreements(part, &opinion);
                let _ = comity::report::opinion::text(&case.library, &part.question, &opinion, &steps);
            }
            Ok(case.library)
        }),
    };
    match used {
        Ok(library) => {
            ask(&library, QUESTIONS, chance);
            Outcome::Used
        }
        Err(problems) => refused(&shelf.sources, &problems),
    }
}

fn beside_law(law: &Law, name: &Spanned<String>, form: &LawForm) -> Result<Library, Problems> {
    let (treaties, mut states) = law.beside(&["ets185", "ets189", "ece57"], &["USA", "FRA"]);
    states.retain(|known| known.code != *name);
    states.push(source(name, form));
    Library::build(&law.facts, &treaties, &states)
}

fn decoded<T: DeserializeOwned>(
    shelf: &mut Shelf,
    text: &str,
    make: impl FnOnce(&T, &mut Shelf) -> Result<Library, Problems>,
) -> Result<Library, Problems> {
    let read = reading::load_text(&mut shelf.sources, "fuzz.yaml", text);
    reading::made_of(read, |tree| reading::decode_and(&tree, |form: &mut T, _| make(form, shelf)))
}

/// A refusal shows at least one problem, and can be shown.
fn refused(sources: &Sources, problems: &Problems) -> Outcome {
    assert!(!problems.0.is_empty(), "refused without a problem");
    assert!(!reading::render(sources, problems, false).is_empty());
    assert!(!reading::to_json(sources, problems).is_empty());
    Outcome::Refused
}

/// The file as a treaty's status and as every other table of a law folder of its own.
fn table(bytes: &[u8], folder: &Path, chance: &mut Chance) -> Outcome {
    let status = folder.join("status");
    fs::create_dir_all(&status).expect("a folder");
    let name = *chance.pick(&["ets185", "ets189", "untoc", "reservations", "states", "treaties", "known_exceptions"]);
    let path = status.join(format!("{name}.csv"));
    fs::write(&path, bytes).expect("written");
    let mut shelf = Shelf::new(Some(folder.to_owned()));
    let of = if name == "ets189" || name == "untoc" { name } else { "ets185" };
    let read = participation::participation(&mut shelf, of);
    let _ = (record::status(&shelf, of), record::reservations(&shelf), record::states(&shelf));
    let _ = (record::published_counts(&shelf), record::known_differences(&shelf));
    let checked = check::files(&[], Some(folder.to_owned()), true);
    for (problems, sources) in &checked.found {
        refused(sources, problems);
    }
    fs::remove_file(path).expect("it was there");
    if read.is_ok() && checked.found.is_empty() { Outcome::Used } else { Outcome::Refused }
}

fn on_disk(bytes: &[u8], folder: &Path) -> Outcome {
    let path = folder.join("fuzz.yaml");
    fs::write(&path, bytes).expect("written");
    let checked = check::files(&[path], None, false);
    for (problems, sources) in &checked.found {
        refused(sources, problems);
    }
    if checked.found.is_empty() { Outcome::Used } else { Outcome::Refused }
}

/// The built-in files of a kind.
pub fn sound(kind: Kind) -> Vec<&'static [u8]> {
    embedded::FILES.iter().filter(|(path, _)| kind.is_of(path)).map(|(_, text)| text.as_bytes()).collect()
}
