//! Checking files of any kind: told apart by their first keys, read as what they are, and held against the law that
//! they speak of. Law files named together stand on one shelf, before the built-in ones, and are checked as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::doubt::Doubts;
use super::{Kind, case, misnamed, read, shelf::Shelf, variants, whole};
use crate::base::{Place, Problem, Problems, Spanned};
use crate::law::forms::{CaseForm, FactsForm, LawFile, LawForm, StateForm, TreatyForm};
use crate::law::{Facts, Library, StateSource};
use crate::reading::{Node, Sources, Unread, decode_and};

/// What came of a check.
#[derive(Debug, Default)]
pub struct Checked {
    /// How many files of each kind are sound.
    pub sound: BTreeMap<Kind, usize>,
    /// All problems, file by file in the order given, then those of files that were not named; with the sources for
    /// showing them.
    pub found: Vec<(Problems, Rc<Sources>)>,
    /// Studies, which are checked where they are read.
    pub studies: Vec<PathBuf>,
}

impl Checked {
    /// Leaves out what was told of another file before: a cause that many share is told with the first.
    pub fn each_once(&mut self) {
        let mut told = BTreeSet::new();
        for (problems, sources) in &mut self.found {
            problems.0.retain(|problem| {
                let file = sources.file(problem.place.file).map(|source| source.name.clone());
                told.insert((file, problem.place.start, problem.place.end, problem.message.clone()))
            });
        }
        self.found.retain(|(problems, _)| !problems.0.is_empty());
    }
}

/// A file that reads as a tree.
struct Read {
    kind: Kind,
    tree: Node,
}

/// Checks files whole. With a law folder, which stands in the place of the built-in law, its record is checked too.
#[must_use]
pub fn files(paths: &[PathBuf], law: Option<PathBuf>, record: bool) -> Checked {
    let mut checked = Checked::default();
    let mut shelf = Shelf::new(law.clone());
    let mut problems = Problems::default();
    let read: Vec<_> =
        paths.iter().map(|path| place_on_shelf(&mut shelf, path, law.as_deref(), &mut problems)).collect();
    check_each(&mut shelf, &read, &mut problems);
    if record {
        let (found, tables) = whole::record(&mut shelf);
        if found.0.is_empty() {
            checked.sound.insert(Kind::Table, tables);
        }
        problems.add(found);
    }
    let sources = Rc::new(shelf.sources);
    for (path, read) in paths.iter().zip(&read) {
        let found = match read {
            Some(Read { kind: Kind::Study, .. }) => {
                checked.studies.push(path.clone());
                continue;
            }
            Some(Read { kind: Kind::Scenario, .. }) => match variants::check(path, law.clone()) {
                Ok(()) => Ok(Kind::Scenario),
                Err((found, sources)) => Err((found, Rc::new(sources))),
            },
            Some(Read { kind, tree }) => take(&mut problems, |place| place.file == tree.place.file)
                .or(*kind)
                .map_err(|found| (found, Rc::clone(&sources))),
            None => {
                let name = path.display().to_string();
                let of_path = |place: Place| sources.file(place.file).is_none_or(|source| source.name == name);
                Err((take(&mut problems, of_path), Rc::clone(&sources)))
            }
        };
        match found {
            Ok(kind) => *checked.sound.entry(kind).or_default() += 1,
            Err((found, sources)) if !found.0.is_empty() => checked.found.push((found, sources)),
            Err(_) => {}
        }
    }
    if !problems.0.is_empty() {
        checked.found.push((problems, sources));
    }
    checked
}

/// Checks files by themselves, and those of the law by what they are to each other.
fn check_each(shelf: &mut Shelf, read: &[Option<Read>], problems: &mut Problems) {
    let is_law = |read: &Read| !matches!(read.kind, Kind::Scenario | Kind::Study | Kind::Case);
    let named = || read.iter().flatten();
    match facts(shelf) {
        Ok(facts) => {
            for Read { kind, tree } in named() {
                problems.add(check_one(shelf, *kind, tree).err().unwrap_or_default());
            }
            if named().any(is_law) {
                problems.add(whole::connections(shelf, &facts));
            }
        }
        // Whatever names a fact would be wrong for that alone.
        Err(found) if named().any(|read| !matches!(read.kind, Kind::Scenario | Kind::Study)) => {
            problems.add(found);
            for Read { kind, tree } in named() {
                problems.add(form_of(*kind, tree).err().unwrap_or_default());
            }
        }
        Err(_) => {}
    }
}

/// Takes the problems at some places out.
fn take(problems: &mut Problems, at: impl Fn(Place) -> bool) -> Problems {
    let (taken, left) = std::mem::take(&mut problems.0).into_iter().partition(|problem| at(problem.place));
    problems.0 = left;
    Problems(taken)
}

/// Reads a file, and puts it where others look for it: a treaty under its own name, whatever its file is called.
fn place_on_shelf(shelf: &mut Shelf, path: &Path, law: Option<&Path>, problems: &mut Problems) -> Option<Read> {
    let in_folder =
        law.and_then(|law| path.strip_prefix(law).ok()).map(|rest| rest.to_string_lossy().replace('\\', "/"));
    let (tree, of_writing) = match read::tree(shelf, path) {
        Ok(tree) => (tree, Problems::default()),
        Err(Unread { problems, tree: Some(tree) }) => (tree, problems),
        Err(Unread { problems: found, tree: None }) => {
            if let Some(rest) = in_folder {
                shelf.put_broken(rest, found.clone());
            }
            problems.0.extend(found.0);
            return None;
        }
    };
    let kind = in_folder.as_deref().and_then(Kind::in_folder).or_else(|| Kind::of(&tree)).unwrap_or(Kind::Scenario);
    // Scenarios and studies are read again, each with all that it rests on.
    if !matches!(kind, Kind::Scenario | Kind::Study) {
        problems.0.extend(of_writing.0);
    }
    let named = |key| tree.get(key).map(|name| (name.place, name.text().unwrap_or_default().to_owned()));
    let (place, on_shelf) = match kind {
        Kind::Treaty => named("treaty").map(|(place, name)| (place, format!("treaties/{name}.yaml"))),
        Kind::State => named("state").map(|(place, code)| (place, format!("states/{}.yaml", code.to_lowercase()))),
        Kind::Law => named("name").map(|(place, name)| (place, format!("laws/{name}.yaml"))),
        Kind::Facts => Some((tree.place, "facts.yaml".to_owned())),
        Kind::Scenario | Kind::Study | Kind::Case | Kind::Table => None,
    }
    .unzip();
    if let (Some(place), Some(on_shelf)) = (place, on_shelf) {
        if in_folder.or_else(|| misnamed::in_folder_of(path, &on_shelf)).is_some_and(|rest| rest != on_shelf) {
            problems.push(misnamed::problem(place, &on_shelf));
        }
        if let Some(other) = shelf.put(on_shelf, &tree) {
            let other = shelf.sources.file(other.file).map_or("another file", |source| source.name.as_str());
            problems.push(Problem::new(place, format!("`{other}` defines the same")));
        }
    }
    Some(Read { kind, tree })
}

fn check_one(shelf: &mut Shelf, kind: Kind, tree: &Node) -> Result<(), Problems> {
    match kind {
        Kind::Case => decode_and(tree, |form: &mut CaseForm, mended| {
            let case = case::assemble_in_doubt(shelf, form, Doubts::new(tree, mended))?;
            whole::cited(&case.library, form).or(())
        }),
        Kind::Treaty => decode_and(tree, |form: &mut TreatyForm, _| treaty(shelf, form)),
        Kind::State => decode_and(tree, |form: &mut StateForm, _| law_of(shelf, &form.state, &form.law)),
        Kind::Law => decode_and(tree, |form: &mut LawFile, _| law_of(shelf, &form.name, &form.law)),
        Kind::Facts => decode_and(tree, |form: &mut FactsForm, _| {
            Library::build(form, &[], &[]).map_err(|found| lacking_in(tree.place, found))?;
            whole::facts(form).or(())
        }),
        Kind::Scenario | Kind::Study | Kind::Table => Ok(()),
    }
}

/// The same without what a file means: whether it has the form of its kind.
fn form_of(kind: Kind, tree: &Node) -> Result<(), Problems> {
    match kind {
        Kind::Case => decode_and(tree, |_: &mut CaseForm, _| Ok(())),
        Kind::Treaty => decode_and(tree, |_: &mut TreatyForm, _| Ok(())),
        Kind::State => decode_and(tree, |_: &mut StateForm, _| Ok(())),
        Kind::Law => decode_and(tree, |_: &mut LawFile, _| Ok(())),
        Kind::Facts | Kind::Scenario | Kind::Study | Kind::Table => Ok(()),
    }
}

/// The compiled list of facts of a shelf.
fn facts(shelf: &mut Shelf) -> Result<Facts, Problems> {
    let form = shelf.facts()?;
    let library = Library::build(&form, &[], &[]).map_err(|found| lacking_in(shelf.list_of_facts(), found))?;
    Ok(library.facts)
}

/// What a list of facts lacks, it lacks as a whole.
fn lacking_in(list: Place, mut problems: Problems) -> Problems {
    for problem in &mut problems.0 {
        problem.place = if problem.place == Place::default() { list } else { problem.place };
    }
    problems
}

/// A treaty is checked together with the treaty to which it is a protocol, and that with its own.
fn treaty(shelf: &mut Shelf, form: &TreatyForm) -> Result<(), Problems> {
    let facts = shelf.facts()?;
    let mut problems = Problems::default();
    let mut treaties = vec![form.clone()];
    // The place of the name of a parent that cannot be had: why, is told.
    let mut lost = None;
    while let Some(named) = treaties.last().and_then(|last| last.protocol_to.clone()) {
        let place = named.place;
        // The nearest treaty stands in for one that is not known.
        let Some(parent) = shelf.treaties(&[named], &mut problems).pop() else {
            lost = Some(place);
            break;
        };
        if treaties.iter().any(|known| known.treaty == parent.treaty) {
            break;
        }
        treaties.push(parent);
    }
    if form.between.is_none() && form.joins.is_none() && !form.custom {
        let message = "the treaty says neither how states join it (`joins`) nor `between` which two it is";
        problems.push(Problem::new(form.treaty.place, message));
    }
    match Library::build(&facts, &treaties, &[]) {
        Ok(library) => problems.add(whole::treaty(&library.facts, form)),
        Err(mut found) => {
            found.0.retain(|problem| Some(problem.place) != lost);
            problems.add(found);
            let compiled = Library::build(&facts, &[], &[])?;
            problems.add(whole::treaty(&compiled.facts, form));
        }
    }
    problems.or(())
}

/// A state's law is checked by itself; the conventions that it accepts must be on the shelf.
fn law_of(shelf: &mut Shelf, code: &Spanned<String>, law: &LawForm) -> Result<(), Problems> {
    let form = shelf.facts()?;
    let facts = Library::build(&form, &[], &[])?.facts;
    let mut problems = Problems::default();
    for name in law.treaties_named() {
        problems.add(shelf.treaty(name).err().unwrap_or_default());
    }
    let state = StateSource { code: code.clone(), name: code.value.clone(), law: law.clone() };
    if let Err(found) = Library::build(&form, &[], &[state]) {
        problems.0.extend(found.0);
    }
    problems.add(whole::law(&facts, code, law));
    problems.or(())
}
