//! What of a file could not be read as it was written: what is found there follows from a guess, and is not told.
//!
//! A list that is in doubt knows too few names, so that names which stand elsewhere look unknown; dates and acts that are
//! in doubt make others look out of order.

use std::collections::BTreeSet;

use super::own_treaties;
use super::shelf::Shelf;
use crate::base::{Place, Problem, Problems, Spanned};
use crate::law::forms::TreatyForm;
use crate::reading::{Kind, Mended, Node};

/// Where the names of a kind are made known: paths from the top, the first of them where the names themselves are
/// looked up.
type Known = (&'static str, &'static [&'static [&'static str]]);

/// The kinds of names that a file makes known to itself.
const KNOWN: [Known; 4] = [
    ("treaty", &[&["treaties"], &["own-treaties"]]),
    ("state", &[&["states"]]),
    ("line", &[&["networks", "lines"]]),
    ("variant", &[&["variants"]]),
];

/// A file as it was written, and what of it was mended.
#[derive(Clone, Copy)]
pub(super) struct Doubts<'a> {
    tree: &'a Node,
    mended: &'a Mended,
}

impl<'a> Doubts<'a> {
    pub(super) const fn new(tree: &'a Node, mended: &'a Mended) -> Self {
        Self { tree, mended }
    }

    /// Whether anything is.
    pub(super) const fn any(self) -> bool {
        !self.mended.is_nothing()
    }

    /// Whether what stands at a place is a guess.
    pub(super) fn at(self, place: Place) -> bool {
        self.mended.touches(place)
    }

    /// Whether anything in or under a path is.
    pub(super) fn under(self, path: &[&str]) -> bool {
        self.whole(path) || self.at_path(path).is_some_and(|node| self.mended.reaches(node))
    }

    /// Whether what stands at a path is, as a whole. What is not there is where it has to be, or where its map has a key that
    /// nobody knows: it may have been written under that.
    pub(super) fn whole(self, path: &[&str]) -> bool {
        let is_guess = |length: usize| match self.at_path(&path[..length]) {
            Some(node) => self.mended.replaces(node),
            None => {
                self.at_path(&path[..length - 1]).is_some_and(|map| self.mended.stands_in_for(map, path[length - 1]))
            }
        };
        self.any() && (1..=path.len()).any(is_guess)
    }

    fn at_path(self, path: &[&str]) -> Option<&'a Node> {
        path.iter().try_fold(self.tree, |node, key| node.get(key))
    }

    /// Leaves out that names are unknown of which the list is in doubt, and offers none that is itself unknown.
    pub(super) fn without_unknown(self, problems: &mut Problems) {
        for (kind, paths) in KNOWN {
            // The names in a map are its keys, which stay when a value is wrong; a list may have lost one.
            let in_doubt = |path: &[&str]| match self.at_path(path).map(|node| &node.kind) {
                Some(Kind::List(_)) => self.under(path),
                // Most files have none.
                None if path == ["own-treaties"] => false,
                _ => self.whole(path),
            };
            if paths.iter().any(|path| in_doubt(path)) {
                let looked_up = self.at_path(paths[0]);
                let there = |place: Place| looked_up.is_some_and(|node| node.place.holds(place));
                problems.0.retain(|problem| !is_unknown(problem, kind) || there(problem.place));
            }
        }
        without_misspelt(problems);
    }
}

/// Says of treaties of the shelf that they are not among those of the file, and not that they are unknown. Where one that is
/// not known was named among those, nothing is said of them: each may have been meant. The nearest, which stands in for it,
/// may be another. That a protocol stands without its treaty is told where the protocol was named, and not in its own file.
pub(super) fn on_shelf(problems: &mut Problems, named: &[Spanned<String>], (shelf, file): (&mut Shelf, &str)) {
    let listed = |place: Place| named.iter().any(|name| name.place == place);
    let is_meant = problems.0.iter().any(|problem| is_unknown(problem, "treaty") && listed(problem.place));
    let known = shelf.all_names("treaties");
    problems.0.retain_mut(|problem| {
        let Some((_, name)) = problem.unknown.as_ref().filter(|_| is_unknown(problem, "treaty")) else { return true };
        let text = name.split('/').next().unwrap_or_default();
        if listed(problem.place) || known.iter().all(|known| known != text) {
            return true;
        }
        let mut names_it = |named: &&Spanned<String>| {
            let parent = shelf.treaty(named).ok().and_then(|protocol| protocol.protocol_to);
            parent.is_some_and(|parent| parent.place == problem.place)
        };
        let told = match named.iter().find(|named| names_it(named)) {
            Some(protocol) => {
                let message =
                    format!("`{}` is a protocol to `{name}`, which this {file} does not name", protocol.value);
                Problem::new(protocol.place, message).help(format!("name `{name}` under `treaties`, too"))
            }
            None => Problem::new(problem.place, format!("the treaty `{name}` is not among those of this {file}"))
                .help("name it under `treaties`"),
        };
        *problem = told;
        !is_meant
    });
}

/// Leaves out that treaties are unknown which the file writes out: they are, where something is wrong with them.
pub(super) fn without_own(problems: &mut Problems, own: &[TreatyForm]) {
    let is_own = |problem: &Problem| problem.unknown.as_ref().is_some_and(|(_, name)| own_treaties::has(own, name));
    problems.0.retain(|problem| !is_unknown(problem, "treaty") || !is_own(problem));
}

/// Leaves out of the names that are known those that are told to be unknown: something stands in for them, so that what
/// else is wrong can be found, and nobody means it.
fn without_misspelt(problems: &mut Problems) {
    let unknown: BTreeSet<(String, String)> = problems.0.iter().filter_map(|problem| problem.unknown.clone()).collect();
    for problem in &mut problems.0 {
        let (Some((kind, _)), Some(help)) = (&problem.unknown, &problem.help) else { continue };
        let Some(names) = help.strip_prefix("known: ") else { continue };
        let known = names.split(", ").filter(|name| !unknown.contains(&(kind.clone(), (*name).to_owned())));
        let known: Vec<&str> = known.collect();
        problem.help = (!known.is_empty()).then(|| format!("known: {}", known.join(", ")));
    }
}

fn is_unknown(problem: &Problem, kind: &str) -> bool {
    problem.unknown.as_ref().is_some_and(|(unknown, _)| unknown == kind)
}
