//! The shelf of law files: those built into the program, or a folder that stands in their place.

mod called;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::de::DeserializeOwned;

pub use called::called;

use super::misnamed;
use super::noted::Noted;
use crate::base::{Place, Problem, Problems, Spanned};
use crate::embedded;
use crate::law::forms::{FactsForm, LawChoice, LawFile, LawForm, StateForm, TreatyForm};
use crate::reading::{self, Node, Sources};

/// The folders of a law, beside its list of facts.
pub const LAW_FOLDERS: [&str; 4] = ["laws", "states", "status", "treaties"];

/// Where law files are taken from, and what was read of them so far.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// All files read, for messages.
    pub sources: Sources,
    /// A folder with the layout of `law/`; a file found there is taken before the built-in one.
    folder: Option<PathBuf>,
    /// The trees in use, by path: they are part of what identifies a run.
    pub(super) trees: BTreeMap<String, Node>,
    /// The tables in use, by name, with the digest of each: they are part of it, too.
    pub(super) tables: Noted,
    /// Every tree read so far: hundreds of states may share a law, and variants all of it.
    read: BTreeMap<String, Node>,
    /// What was wrong with those that could not be read: it is said once, however many ask for them.
    broken: BTreeMap<String, Problems>,
}

impl Shelf {
    /// The built-in law; files in `folder` come first, if one is given.
    #[must_use]
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, ..Self::default() }
    }

    /// Names of the built-in files of a kind (`treaties`, `states`, `laws`), without ending.
    pub fn names(kind: &str) -> impl Iterator<Item = &'static str> + Clone {
        let prefix = format!("law/{kind}/");
        embedded::FILES.iter().filter_map(move |(path, _)| path.strip_prefix(&prefix)?.strip_suffix(".yaml"))
    }

    /// Puts a file in its place on the shelf. One that was put there before keeps it; where that one stands.
    pub(super) fn put(&mut self, path: String, tree: &Node) -> Option<Place> {
        let before = self.read.get(&path).map(|before| before.place);
        if before.is_none() {
            self.read.insert(path, tree.clone());
        }
        before
    }

    /// Whether what stands at a place is built in, letter for letter.
    pub(super) fn is_built_in(&self, place: Place) -> bool {
        let source = self.sources.file(place.file);
        source.is_some_and(|source| embedded::file(&source.name) == Some(source.text.as_str()))
    }

    /// Notes that a file is on the shelf and cannot be read.
    pub(super) fn put_broken(&mut self, path: String, problems: Problems) {
        self.broken.insert(path, problems);
    }

    /// Names of all files of a kind, those of the folder beside the built-in ones, in order.
    #[must_use]
    pub fn all_names(&self, kind: &str) -> Vec<String> {
        let mut names: BTreeSet<String> = Self::names(kind).map(str::to_owned).collect();
        let put = self.read.keys().filter_map(|path| path.strip_prefix(kind)?.strip_prefix('/')?.strip_suffix(".yaml"));
        names.extend(put.map(str::to_owned));
        if let Some(folder) = &self.folder {
            #[expect(clippy::disallowed_methods, reason = "the set sorts what comes of it")]
            let entries = std::fs::read_dir(folder.join(kind)).into_iter().flatten().flatten();
            let own = entries.filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".yaml").map(str::to_owned));
            names.extend(own.filter(|name| !name.starts_with('.')));
        }
        names.into_iter().collect()
    }

    fn form<T: DeserializeOwned>(&mut self, path: &str) -> Option<Result<T, Problems>> {
        if let Some(problems) = self.broken.get(path) {
            return Some(Err(problems.clone()));
        }
        if let Some(tree) = self.read.get(path) {
            if !self.trees.contains_key(path) {
                self.trees.insert(path.to_owned(), tree.clone());
            }
            return Some(reading::decode(tree));
        }
        let on_disk = self.folder.as_ref().map(|folder| folder.join(path)).filter(|file| file.is_file());
        let tree = match (on_disk, embedded::file(&format!("law/{path}"))) {
            (Some(file), _) => reading::load(&mut self.sources, &file, &embedded::file),
            (None, Some(text)) => reading::load_text(&mut self.sources, &format!("law/{path}"), text),
            (None, None) => return None,
        };
        let read = reading::made_of(tree, |tree| {
            let form = reading::decode(&tree)?;
            self.read.insert(path.to_owned(), tree.clone());
            self.trees.insert(path.to_owned(), tree);
            Ok(form)
        });
        if let Err(problems) = &read {
            self.broken.insert(path.to_owned(), problems.clone());
        }
        Some(read)
    }

    /// The closed list of facts.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn facts(&mut self) -> Result<FactsForm, Problems> {
        self.form("facts.yaml").unwrap_or_else(|| {
            Err(Problems(vec![Problem::new(Place::default(), "the list of facts, law/facts.yaml, is missing")]))
        })
    }

    /// Where the list of facts that is in use stands; nowhere, if it was not read.
    pub(super) fn list_of_facts(&self) -> Place {
        self.read.get("facts.yaml").map_or(Place::NOWHERE, |tree| tree.place)
    }

    /// A treaty by name. A variant of a model text, `NAME/VARIANT`, is the text with that variant alone.
    ///
    /// # Errors
    /// That there is none, with the nearest known name; what is wrong with its file.
    pub fn treaty(&mut self, name: &Spanned<String>) -> Result<TreatyForm, Problems> {
        let (text, variant) = name.split_once('/').map_or((name.as_str(), None), |(text, v)| (text, Some(v)));
        let read = self.form::<TreatyForm>(&path_of("treaties", text).map_err(|why| no_name("treaty", name, why))?);
        let mut form = read.unwrap_or_else(|| Err(self.unknown("treaty", name, "treaties")))?;
        if form.treaty.value != text {
            let on_shelf = format!("treaties/{}.yaml", form.treaty.value);
            return Err(Problems(vec![misnamed::problem(form.treaty.place, &on_shelf)]));
        }
        if let Some(variant) = variant {
            let known: Vec<String> = form.variants.keys().map(|known| format!("{text}/{}", known.value)).collect();
            form.variants.retain(|known, _| known.value == variant);
            if form.variants.is_empty() {
                return Err(unknown("variant", name, known.iter().map(String::as_str)));
            }
        }
        Ok(form)
    }

    /// Several treaties by name. Where a name is not known, the nearest known one stands in, so that what else
    /// is wrong can be found in the same run; the problem is noted all the same. A protocol whose treaty is not among
    /// them stands in for nothing: that nobody named it would be said beside. Nor does one that is named itself.
    pub fn treaties(&mut self, names: &[Spanned<String>], problems: &mut Problems) -> Vec<TreatyForm> {
        let mut treaties: Vec<TreatyForm> = Vec::new();
        for name in names {
            let found = self.treaty(name).or_else(|found| {
                problems.add(found);
                let text = |name: &str| name.split('/').next().map(str::to_owned);
                let others = || names.iter().filter(|other| other.place != name.place);
                let is_named = |near: &str| others().any(|other| text(other) == text(near));
                let near = self.nearest_treaty(name).filter(|near| !is_named(near));
                let near = near.ok_or_else(Problems::default)?;
                let form = self.treaty(&Spanned { value: near, place: name.place })?;
                let named = |parent: &Spanned<String>| names.iter().any(|name| name.value == parent.value);
                if form.protocol_to.as_ref().is_none_or(named) { Ok(form) } else { Err(Problems::default()) }
            });
            let Ok(form) = found else { continue };
            let twice =
                full_names(&form).find(|name| treaties.iter().any(|known| full_names(known).any(|n| n == *name)));
            match twice {
                Some(twice) => {
                    problems.push(Problem::new(name.place, format!("the treaty `{twice}` is named twice")));
                }
                None => treaties.push(form),
            }
        }
        treaties
    }

    /// The known name nearest to one that is not known, the variant of a text apart from the text.
    fn nearest_treaty(&mut self, name: &str) -> Option<String> {
        let (text, variant) = name.split_once('/').map_or((name, None), |(text, variant)| (text, Some(variant)));
        let known = self.all_names("treaties");
        let text = crate::base::nearest(text, known.iter().map(String::as_str))?.to_owned();
        let Some(variant) = variant else { return Some(text) };
        let form = self.treaty(&Spanned::nowhere(text.clone())).ok()?;
        let variant = crate::base::nearest(variant, form.variants.keys().map(|known| known.value.as_str()))?;
        Some(format!("{text}/{variant}"))
    }

    /// A real state by its code.
    ///
    /// # Errors
    /// That there is none, with the nearest known name; what is wrong with its file.
    pub fn state(&mut self, code: &Spanned<String>) -> Result<StateForm, Problems> {
        let path = path_of("states", &code.to_lowercase()).map_err(|why| no_name("state", code, why))?;
        match self.form::<StateForm>(&path) {
            Some(Ok(form)) if form.state.value == code.value => Ok(form),
            Some(Err(problems)) => Err(problems),
            _ => Err(self.unknown("state", code, "states")),
        }
    }

    /// A real state by its code: from its file, or, where it has none, by its name in the record. Of such a
    /// state nothing but the name is known, its penal law least of all.
    ///
    /// # Errors
    /// That it is neither on the shelf nor in the record; what is wrong with its file.
    pub fn state_or_name(
        &mut self,
        code: &Spanned<String>,
        recorded: &[super::record::RecordedState],
    ) -> Result<StateForm, Problems> {
        let on_shelf = Self::names("states").any(|name| name.to_uppercase() == code.value);
        match recorded.iter().find(|state| state.code == code.value) {
            Some(state) if !on_shelf && !self.has_file(&code.value) => Ok(StateForm {
                state: code.clone(),
                name: state.name.clone(),
                source: "the record of states".to_owned(),
                coverage: "The name alone: no law is entered.".to_owned(),
                law: LawForm::not_entered(),
            }),
            _ => self.state(code),
        }
    }

    fn has_file(&self, code: &str) -> bool {
        path_of("states", &code.to_lowercase()).is_ok_and(|path| self.has_own(&path))
    }

    /// Whether a file was put on the shelf, or lies in the folder that stands before the built-in law.
    fn has_own(&self, path: &str) -> bool {
        self.read.contains_key(path) || self.folder.as_ref().is_some_and(|folder| folder.join(path).is_file())
    }

    /// A law by name.
    ///
    /// # Errors
    /// That there is none, with the nearest known name; what is wrong with its file.
    pub fn law(&mut self, name: &Spanned<String>) -> Result<LawForm, Problems> {
        self.law_file(name).map(|file| file.law)
    }

    /// A law by name, with its source and coverage.
    ///
    /// # Errors
    /// That there is none, with the nearest known name; what is wrong with its file.
    pub fn law_file(&mut self, name: &Spanned<String>) -> Result<LawFile, Problems> {
        let read = self.form::<LawFile>(&path_of("laws", name).map_err(|why| no_name("law", name, why))?);
        let file = read.unwrap_or_else(|| Err(self.unknown("law", name, "laws")))?;
        if file.name.value != name.value {
            let on_shelf = format!("laws/{}.yaml", file.name.value);
            return Err(Problems(vec![misnamed::problem(file.name.place, &on_shelf)]));
        }
        Ok(file)
    }

    fn unknown(&self, what: &str, name: &Spanned<String>, kind: &str) -> Problems {
        let mut known = self.all_names(kind);
        if kind == "states" {
            // Files carry the code in lower case; people and the record write it in capitals.
            for known in &mut known {
                known.make_ascii_uppercase();
            }
        }
        let mut problem = Problem::unknown(what, name, known.iter().map(String::as_str));
        let text = name.split('/').next().unwrap_or_default();
        if let Some(file) = self.folder.as_ref().and_then(|law| misnamed::holder(law, kind, text)) {
            let found = file.display();
            problem.help = Some(format!("`{found}` holds it: a law folder holds it as `{kind}/{text}.yaml`"));
        }
        if kind == "treaties" {
            problem.help = problem.help.or_else(|| called(text));
        }
        // Whoever checks files of a law has brought them in.
        let brought_in = |path: &String| embedded::file(&format!("law/{path}")).is_none();
        let has_own = self.folder.is_some() || self.read.keys().chain(self.broken.keys()).any(brought_in);
        if !has_own && matches!(kind, "laws" | "treaties") {
            problem.help.get_or_insert_with(|| "one of your own is brought in with --law DIR".to_owned());
        }
        Problems(vec![problem])
    }

    /// That a law names treaties which are neither on the shelf nor among a file's own. Building the law passes over those
    /// that a run does not have, and an offence that carries out one of them would wait for it without end.
    pub(super) fn unknown_treaties(&self, law: &LawForm, own: &[TreatyForm]) -> Problems {
        let is_unknown = |name: &&Spanned<String>| {
            let text = name.split('/').next().unwrap_or_default();
            !own.iter().any(|own| own.treaty.value == text) && !self.holds_treaty(text)
        };
        Problems(
            law.treaties_named()
                .filter(is_unknown)
                .flat_map(|name| self.unknown("treaty", name, "treaties").0)
                .collect(),
        )
    }

    fn holds_treaty(&self, text: &str) -> bool {
        path_of("treaties", text).is_ok_and(|path| {
            self.has_own(&path) || self.broken.contains_key(&path) || embedded::file(&format!("law/{path}")).is_some()
        })
    }

    /// A law named or written out.
    ///
    /// # Errors
    /// That there is none of this name; what is wrong with its file.
    pub fn law_chosen(&mut self, choice: &Spanned<LawChoice>) -> Result<LawForm, Problems> {
        match &choice.value {
            LawChoice::Written(law) => Ok((**law).clone()),
            LawChoice::Named(name) => self.law(&Spanned { value: name.clone(), place: choice.place }),
        }
    }
}

/// The path on the shelf of what people name. A name that leads elsewhere is none.
fn path_of(kind: &str, name: &str) -> Result<String, &'static str> {
    reading::check_file_name(name).map(|()| format!("{kind}/{name}.yaml"))
}

fn no_name(what: &str, name: &Spanned<String>, why: &str) -> Problems {
    Problems(vec![Problem::new(name.place, format!("`{}` cannot be the name of a {what}: {why}", name.value))])
}

/// The names under which a text is among the treaties of a run: its own, or those of its variants.
fn full_names(form: &TreatyForm) -> impl Iterator<Item = String> {
    let text = form.treaty.value.as_str();
    let own = form.variants.is_empty().then(|| text.to_owned());
    own.into_iter().chain(form.variants.keys().map(move |variant| format!("{text}/{}", variant.value)))
}

fn unknown<'a>(kind: &str, name: &Spanned<String>, known: impl Iterator<Item = &'a str> + Clone) -> Problems {
    Problems(vec![Problem::unknown(kind, name, known)])
}
