//! From a scenario file to a plan: variants laid over, law taken from the shelf, every name resolved, every
//! problem found.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::assemble::Assembling;
use super::doubt::Doubts;
use super::entry_into_force::NumbersInUse;
use super::event;
use super::everyone;
use super::findings::Finding;
use super::form::{ScenarioForm, TeachingForm};
use super::kind::Kind;
use super::membership::EVERYONE_ELSE;
use super::pair::PremiumOf;
use super::provenance::Provenance;
use super::shelf::Shelf;
use super::variants::{apply_variant, variant_names};
use crate::base::{Digest, Place, Problem, Problems, Spanned};
use crate::embedded;
use crate::engine::Plan;
use crate::reading::{self, Key, Kind as Written, Node, Sources, Unread};

/// A run of more years is a slip of the pen.
pub const MOST_YEARS: i32 = 200;
/// More states than the world has are a slip of the pen, too.
pub const MOST_STATES: usize = 400;

/// More facts of one conduct are a slip of the pen; the wire takes twice as many.
pub const MOST_FACTS_OF_A_LINE: usize = 128;

/// What the command line may change of a scenario.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The variant to run; none: the scenario as written.
    pub variant: Option<String>,
    /// `path=value` settings, in order.
    pub settings: Vec<String>,
    /// A folder of law files that come before the built-in ones.
    pub law: Option<PathBuf>,
}

/// A scenario, ready to run.
#[derive(Debug)]
pub struct Scenario {
    /// Its title.
    pub title: String,
    /// The question it asks.
    pub question: String,
    /// The teaching note.
    pub teaching: TeachingForm,
    /// The variants it has.
    pub variants: Vec<String>,
    /// The variant that was read.
    pub variant: Option<String>,
    /// What that variant sets beyond the scenario as written: paths, and values as YAML in one line.
    pub sets: Vec<(String, String)>,
    /// What the options set over it, each `path=value`.
    pub settings: Vec<String>,
    /// Every variant that this run is: the one chosen; without one, those that change nothing. None once a setting changes
    /// something.
    pub also_known_as: Vec<String>,
    /// Every variant that this run is with the same settings laid over it, whatever they change.
    pub under_settings: Vec<String>,
    /// What the run is expected to show.
    pub findings: Vec<Finding>,
    /// What is taken for granted because nobody entered it, in sentences.
    pub assumptions: Vec<String>,
    /// Numbers of the law that are the scenario's own, by where it sets them: what model texts need to enter into force,
    /// and the penalties of laws that are taken for granted.
    pub numbers_of_law: NumbersInUse,
    /// The attractions for which the Internet users of some state stand, by the names of their parameters.
    pub by_internet_users: BTreeSet<&'static str>,
    /// Where its states, texts and memberships are from.
    pub provenance: Provenance,
    /// Whose haven premium is asked for.
    pub premium: Option<PremiumOf>,
    /// Identifies the scenario with its law, whatever the files are called: equal digests, equal plans.
    pub digest: Digest,
    /// What to run.
    pub plan: Plan,
}

/// Reads a scenario from a file. A path that is not on disk is looked up among the built-in scenarios.
///
/// # Errors
/// All problems found; the sources are for showing them.
pub fn read(path: &Path, options: &Options) -> Result<Scenario, (Problems, Sources)> {
    let mut shelf = Shelf::new(options.law.clone());
    let read = tree(&mut shelf, path);
    made_of_scenario(read, |tree| from_tree(&mut shelf, tree, options))
        .map_err(|problems| (problems, std::mem::take(&mut shelf.sources)))
}

/// Reads a scenario from a text; `name` stands for the file in what is said of it.
///
/// # Errors
/// As [`read`].
pub fn read_text(name: &str, text: &str, options: &Options) -> Result<Scenario, (Problems, Sources)> {
    let mut shelf = Shelf::new(options.law.clone());
    let read = reading::load_text(&mut shelf.sources, name, text);
    reading::made_of(read, |tree| from_tree(&mut shelf, tree, options))
        .map_err(|problems| (problems, std::mem::take(&mut shelf.sources)))
}

/// Makes something of the tree of a file that has to be a scenario.
pub(super) fn made_of_scenario<T>(
    read: Result<Node, Unread>,
    make: impl FnOnce(Node) -> Result<T, Problems>,
) -> Result<T, Problems> {
    reading::made_of(read, |tree| Kind::Scenario.expect(&tree).and_then(|()| make(tree)))
}

pub(super) fn tree(shelf: &mut Shelf, path: &Path) -> Result<Node, Unread> {
    if path.exists() {
        return reading::load_among(&mut shelf.sources, path, &library, &built_in());
    }
    let name = path.to_string_lossy().replace('\\', "/");
    match embedded::file(&name) {
        Some(text) => reading::load_text(&mut shelf.sources, &name, text),
        None => Err(Unread::of(missing(&name, BUILT_IN))),
    }
}

/// The folder of the built-in scenarios, as commands and studies name them.
const BUILT_IN: &str = "scenarios/";

/// Included files that are not on disk are looked up among the built-in scenarios, with or without their folder.
fn library(name: &str) -> Option<&'static str> {
    embedded::file(&format!("{BUILT_IN}{}", name.strip_prefix(BUILT_IN).unwrap_or(name)))
}

/// Both names of each of them.
fn built_in() -> Vec<&'static str> {
    let names = embedded::FILES.iter().map(|(path, _)| *path).filter(|path| path.starts_with(BUILT_IN));
    names.flat_map(|path| [path, &path[BUILT_IN.len()..]]).collect()
}

/// That a file is neither on disk nor built in, with the nearest built-in one, else those of the kind.
pub(super) fn missing(name: &str, kind: &str) -> Problem {
    /// A longer list is not worth printing in an error.
    const LISTED: usize = 20;
    let known = || embedded::FILES.iter().map(|(path, _)| *path).filter(|path| path.strip_suffix(".yaml").is_some());
    let problem = Problem::new(Place::NOWHERE, format!("there is no file `{name}`"));
    let of_kind: Vec<&str> = known().filter(|path| path.starts_with(kind)).collect();
    let bare = |path: &&str| {
        path.strip_prefix(kind).is_some_and(|path| path == name || path.strip_suffix(".yaml") == Some(name))
    };
    if let Some(near) = known().find(bare).or_else(|| crate::base::nearest(name, known())) {
        return problem.help(format!("did you mean the built-in `{near}`?"));
    }
    match reading::nearest_beside(Path::new(name)) {
        Some(near) => problem.help(format!("did you mean `{}`?", near.display())),
        None if of_kind.len() <= LISTED => {
            let names = of_kind.iter().filter_map(|path| path.strip_prefix(kind)?.strip_suffix(".yaml"));
            problem.help(format!("built in, as {kind}NAME.yaml: {}", names.collect::<Vec<_>>().join(", ")))
        }
        None => problem.help(format!("built in: {}, and {} more", of_kind[0], of_kind.len() - 1)),
    }
}

/// Lays a variant and settings over the tree, and makes a scenario of it.
pub(super) fn from_tree(shelf: &mut Shelf, tree: Node, options: &Options) -> Result<Scenario, Problems> {
    let as_written = options.variant.is_none() && options.settings.is_empty();
    from_tree_as(shelf, tree, options, as_written)
}

/// Makes a scenario of a tree in which values were set already.
pub(super) fn from_changed(shelf: &mut Shelf, tree: Node) -> Result<Scenario, Problems> {
    from_tree_as(shelf, tree, &Options::default(), false)
}

fn from_tree_as(shelf: &mut Shelf, mut tree: Node, options: &Options, as_written: bool) -> Result<Scenario, Problems> {
    let variants = variant_names(&tree);
    let mut problems = Problems::default();
    if let Some(name) = &options.variant {
        problems.add(apply_variant(&mut tree, name, &variants).err().unwrap_or_default());
    }
    for setting in &options.settings {
        problems.add(apply_setting(shelf, &mut tree, setting).err().unwrap_or_default());
    }
    // An empty map takes back what a file has that this one is `like`, here as everywhere.
    if tree.get("premium").is_some_and(|premium| premium.kind == Written::Map(Vec::new())) {
        tree.remove("premium");
    }
    shelf.trees.clear();
    shelf.tables.clear();
    // A scenario is whole as it is written, so that what is wrong with it can be told beside what could not be laid.
    let made = reading::decode_and(&tree, |form: &mut ScenarioForm, mended| {
        everyone::name_the_rest(shelf, &mut form.states)?;
        let (doubts, problems) = (Doubts::new(&tree, mended), Problems::default());
        Assembling { shelf, form, problems, doubts, as_written, penal_laws_taken: 0 }.scenario(&tree, variants, options)
    });
    match made {
        Ok(scenario) => problems.or(scenario),
        Err(mut found) => {
            event::advise_on_objections(&mut found, &tree);
            problems.add(found);
            Err(problems)
        }
    }
}

/// Lays `path=value` over the tree.
fn apply_setting(shelf: &mut Shelf, tree: &mut Node, setting: &str) -> Result<(), Problems> {
    let (path, value) = read_setting(shelf, setting)?;
    lay(tree, &path, &value).map_err(|problem| Problems(vec![problem]))
}

/// The settings of the options, read once to be laid over many trees.
pub(super) fn read_settings(shelf: &mut Shelf, options: &Options) -> Result<Vec<(Key, Node)>, Problems> {
    options.settings.iter().map(|setting| read_setting(shelf, setting)).collect()
}

/// Lays values over a tree, each at its path; all that is wrong with any of them.
pub(super) fn lay_all<'a>(
    tree: &mut Node,
    values: impl IntoIterator<Item = (&'a Key, &'a Node)>,
) -> Result<(), Problems> {
    let problems = values.into_iter().filter_map(|(path, value)| lay(tree, path, value).err());
    Problems(problems.collect()).or(())
}

/// `path=value`, the value as YAML.
fn read_setting(shelf: &mut Shelf, setting: &str) -> Result<(Key, Node), Problems> {
    let Some((path, value)) = setting.split_once('=') else {
        let message = format!("`{setting}` is not of the form path=value");
        let help = "for example networks.count=200";
        return Err(Problems(vec![Problem::new(Place::NOWHERE, message).help(help)]));
    };
    // The same text twice, so that an error in the path and one in the value both point into what was written.
    let file = shelf.sources.add(format!("--set {setting}"), path);
    let end = u32::try_from(path.len()).unwrap_or(u32::MAX);
    let key = Key { text: path.trim().to_owned(), place: Place { file, start: 0, end } };
    if matches!(value.trim(), "" | "~" | "null" | "Null" | "NULL") {
        let help = "`{}` is an empty map, `[]` an empty list";
        return Err(Problems(vec![Problem::new(key.place, format!("`{setting}` sets no value")).help(help)]));
    }
    let value = reading::load_text(&mut shelf.sources, &format!("--set {setting}"), value)?;
    Ok((key, value))
}

/// Sets one value from outside the file, where a single number of a state that is not there is a slip: it would begin a
/// state without all others. A variant may begin one, number by number.
pub(super) fn lay(tree: &mut Node, path: &Key, value: &Node) -> Result<(), Problem> {
    let segments = reading::segments(path)?;
    if segments[0] == "variants" {
        let message = format!("`{}` would change nothing: variants are laid over the scenario before", path.text);
        return Err(Problem::new(path.place, message).help("choose a variant by its name, or set the path itself"));
    }
    if let [states, state, _, ..] = segments.as_slice()
        && states == "states"
    {
        let states = tree.get("states").map(Node::entries).unwrap_or_default();
        let known = || states.iter().map(|(code, _)| code.text.as_str());
        if known().all(|code| code != state && code != EVERYONE_ELSE) {
            let state = Spanned { value: state.clone(), place: path.place };
            return Err(Problem::unknown("state", &state, known()));
        }
    }
    // A list that is left out has no entries: said of the path, and not of a map that stands in its place.
    if let [list, _, ..] = segments.as_slice()
        && LISTS.contains(&list.as_str())
        && tree.get(list).is_none()
    {
        let key = Key { text: list.clone(), place: path.place };
        reading::set(tree, &key, &Node { id: 0, place: path.place, kind: Written::List(Vec::new()) })?;
    }
    reading::set(tree, path, value)
}

/// The keys of a scenario under which a list stands.
const LISTS: [&str; 3] = ["timeline", "findings", "treaties"];
