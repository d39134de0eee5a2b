//! The variants of a scenario: how one is laid over it, and all of them read or checked together.

use std::path::{Path, PathBuf};

use super::pair;
use super::read::{Options, Scenario, from_tree, made_of_scenario, tree};
use super::shelf::Shelf;
use crate::base::{Place, Problem, Problems, Spanned};
use crate::reading::{self, Key, Kind, Node, Sources};

/// Each variant is checked by itself; whoever wants more of them wants a study.
pub const MOST_VARIANTS: usize = 100;

/// Reads a scenario in several variants. `choose` says in which, from the names of those that it has; none stands for the
/// scenario as written.
///
/// # Errors
/// All problems found in any of them, each once; the sources are for showing them.
pub fn read_variants(
    path: &Path,
    options: &Options,
    choose: impl FnOnce(Vec<String>) -> Vec<Option<String>>,
) -> Result<Vec<Scenario>, (Problems, Sources)> {
    let mut shelf = Shelf::new(options.law.clone());
    let written = tree(&mut shelf, path);
    let read = made_of_scenario(written, |tree| {
        let (mut found, mut scenarios) = (Problems::default(), Vec::new());
        for variant in choose(variant_names(&tree)) {
            let options = Options { variant, ..options.clone() };
            match from_tree(&mut shelf, tree.clone(), &options) {
                Ok(scenario) => scenarios.push(scenario),
                Err(problems) => {
                    // Is it the variant that is wrong, or the scenario itself, which may not be among those asked for?
                    let written = Options { variant: None, ..options.clone() };
                    let written = from_tree(&mut shelf, tree.clone(), &written).err().unwrap_or_default();
                    gather(&tree, &options, problems, &written, &mut found);
                }
            }
        }
        found.or(scenarios)
    });
    read.map_err(|problems| (problems, shelf.sources))
}

/// Checks a scenario as written and in each of its variants.
///
/// # Errors
/// All problems found, each once; the sources are for showing them.
pub fn check(path: &Path, law: Option<PathBuf>) -> Result<(), (Problems, Sources)> {
    let mut shelf = Shelf::new(law);
    let written = tree(&mut shelf, path);
    let checked = reading::made_of(written, |tree| {
        let (mut found, mut written) = (Problems::default(), Problems::default());
        let mut names = variant_names(&tree);
        if names.len() > MOST_VARIANTS {
            let place = tree.get("variants").map_or(tree.place, |variants| variants.place);
            found.push(Problem::new(place, format!("more than {MOST_VARIANTS} variants")));
            names.clear();
        }
        for variant in std::iter::once(None).chain(names.into_iter().map(Some)) {
            let options = Options { variant, ..Options::default() };
            let Err(problems) = from_tree(&mut shelf, tree.clone(), &options) else { continue };
            gather(&tree, &options, problems, &written, &mut found);
            if options.variant.is_none() {
                written.clone_from(&found);
            }
        }
        // Variants under a misspelt name differ by more than what was meant.
        if found.0.iter().all(|problem| problem.unknown.is_none()) {
            found.add(pair::slips(&tree));
        }
        found.or(())
    });
    checked.map_err(|problems| (problems, shelf.sources))
}

/// Puts what is wrong in a variant to what was found in others, each problem once. One that shows in the lines of the
/// scenario, and is not wrong as `written`, is told with the variant that brings it about.
fn gather(tree: &Node, options: &Options, problems: Problems, written: &Problems, found: &mut Problems) {
    let among = |all: &Problems, one: &Problem| {
        all.0.iter().any(|known| (known.place, &known.message) == (one.place, &one.message))
    };
    let own = options.variant.as_ref().and_then(|name| Some((name, tree.get("variants")?.get(name)?.place)));
    for mut problem in problems.0 {
        if among(found, &problem) {
            continue;
        }
        let of_scenario =
            |own: &&(&String, Place)| problem.place.file == tree.place.file && !own.1.holds(problem.place);
        if let Some((name, _)) = own.as_ref().filter(of_scenario).filter(|_| !among(written, &problem)) {
            let help = problem.help.take().map_or_else(String::new, |help| format!("{help}; "));
            problem.help = Some(format!("{help}this is so in the variant `{name}`"));
        }
        found.push(problem);
    }
    found.0.truncate(reading::MAX_PROBLEMS);
}

/// The names of the variants that a file has.
pub(super) fn variant_names(tree: &Node) -> Vec<String> {
    tree.get("variants")
        .map(|variants| variants.entries().iter().map(|(key, _)| key.text.clone()).collect())
        .unwrap_or_default()
}

/// The variants that a run is, under the settings that it has: the one chosen, or those that change nothing.
pub(super) fn under_settings(tree: &Node, options: &Options) -> Vec<String> {
    if let Some(chosen) = &options.variant {
        return vec![chosen.clone()];
    }
    let variants = tree.get("variants").map(Node::entries).unwrap_or_default();
    let unchanged = variants.iter().filter(|(_, changes)| changes.entries().is_empty());
    unchanged.map(|(name, _)| name.text.clone()).collect()
}

/// The variants that a run is as the file has them: none once a setting changes something.
pub(super) fn also_known_as(tree: &Node, options: &Options) -> Vec<String> {
    if options.settings.is_empty() { under_settings(tree, options) } else { Vec::new() }
}

/// What a variant sets beyond the scenario as written: paths, and values as YAML in one line.
pub(super) fn sets(tree: &Node, name: &str) -> Vec<(String, String)> {
    let changes = tree.get("variants").and_then(|variants| variants.get(name)).map(Node::entries).unwrap_or_default();
    changes.iter().map(|(path, value)| (path.text.clone(), reading::written(value))).collect()
}

/// Lays a variant over a scenario.
pub(super) fn apply_variant(tree: &mut Node, name: &str, known: &[String]) -> Result<(), Problems> {
    let place = tree.get("variants").map_or(tree.place, |variants| variants.place);
    let chosen = tree.get("variants").and_then(|variants| variants.get(name)).cloned();
    let Some(chosen) = chosen else {
        let name = Spanned { value: name.to_owned(), place };
        return Err(Problems(vec![Problem::unknown("variant", &name, known.iter().map(String::as_str))]));
    };
    let mut problems = Problems::default();
    let written = codes(tree);
    for (path, value) in chosen.entries() {
        if let Err(problem) = reading::set(tree, path, value) {
            problems.push(problem);
        }
    }
    problems.add(slips(tree, &written));
    problems.or(())
}

fn codes(tree: &Node) -> Vec<String> {
    let states = tree.get("states").map(Node::entries).unwrap_or_default();
    states.iter().map(|(code, _)| code.text.clone()).collect()
}

/// A variant may begin a state. One that it does not finish, and that is called nearly what another is, is a slip: it is
/// said, and taken out again, for what it lacks would be said beside.
fn slips(tree: &mut Node, written: &[String]) -> Problems {
    let known = || written.iter().map(String::as_str);
    let Kind::Map(entries) = &mut tree.kind else { return Problems::default() };
    let states = entries.iter_mut().find(|(key, _)| key.text == "states").map(|(_, states)| &mut states.kind);
    let Some(Kind::Map(states)) = states else { return Problems::default() };
    let is_slip = |(code, state): &(Key, Node)| {
        let unfinished = ["infrastructure", "market"].iter().any(|key| state.get(key).is_none());
        known().all(|known| known != code.text) && unfinished && crate::base::nearest(&code.text, known()).is_some()
    };
    let slips = states.extract_if(.., |entry| is_slip(entry));
    let unknown =
        |(code, _): (Key, Node)| Problem::unknown("state", &Spanned { value: code.text, place: code.place }, known());
    Problems(slips.map(unknown).collect())
}
