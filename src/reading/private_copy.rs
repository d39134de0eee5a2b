//! The copy of a tree in which faults are neutralised, so that reading can go on behind them.
//!
//! A wrong value becomes a guess; a guess that no form takes is taken out; a misspelt key is put right when it
//! is clear what was meant. Faults that follow from what was done here are not reported, and all that one map lacks is one
//! problem.

use std::collections::{BTreeMap, BTreeSet};

use super::deserializer::{Guesses, MAX_GUESSES};
use super::fault::{At, Fault, What};
use super::tree::{Key, Kind, Node};
use crate::base::{Place, Problem, Spanned, nearest};

/// A tree under repair.
pub(super) struct PrivateCopy {
    pub(super) root: Node,
    pub(super) guesses: Guesses,
    next_id: u32,
    /// Maps that were made up whole: what they lack is nobody's mistake.
    forged: BTreeSet<u32>,
    /// Entries taken out, by map and key.
    taken: BTreeSet<(u32, String)>,
    /// Lists and maps from which something was taken.
    touched: BTreeSet<u32>,
    /// What maps lack, and where to say so.
    lacking: BTreeMap<u32, (Place, Vec<&'static str>)>,
}

/// What became of a fault.
pub(super) struct Mended {
    /// What to tell people, unless it followed from an earlier repair.
    pub(super) problem: Option<Problem>,
    /// Whether another pass can find more.
    pub(super) again: bool,
}

impl PrivateCopy {
    pub(super) fn new(node: &Node) -> Self {
        let mut root = node.clone();
        let mut next_id = 0;
        renumber(&mut root, &mut next_id);
        Self {
            root,
            guesses: Guesses::new(),
            next_id,
            forged: BTreeSet::new(),
            taken: BTreeSet::new(),
            touched: BTreeSet::new(),
            lacking: BTreeMap::new(),
        }
    }

    /// Neutralises what caused the fault.
    pub(super) fn mend(&mut self, fault: Fault) -> Mended {
        let at = fault.at.unwrap_or(At { node: self.root.id, entry: None });
        match fault.what {
            What::UnknownKey { name, known } => self.unknown_key(at, name, known),
            What::UnknownVariant { name, known } => self.unknown_variant(at, name, known),
            What::MissingKey(name) => self.missing_key(at, name),
            What::Wrong { message, help } => self.wrong(at, message, help),
        }
    }

    fn unknown_key(&mut self, at: At, name: String, known: &'static [&'static str]) -> Mended {
        let node = self.node(at.node);
        let entry = at.entry.or_else(|| node.entries().iter().position(|(key, _)| key.text == name));
        let Some(index) = entry else {
            return self.wrong(at, format!("unknown key `{name}`"), None);
        };
        let place = node.entries()[index].0.place;
        let absent = known.iter().copied().filter(|known| node.get(known).is_none()).collect::<Vec<_>>();
        let meant = nearest(&name, known.iter().copied()).filter(|near| absent.contains(near));
        let name = Spanned { value: name, place };
        let problem = Problem::unknown("key", &name, known.iter().copied());
        match meant {
            Some(meant) => self.rename(at.node, index, meant),
            None => self.take(at.node, index),
        }
        Mended { problem: Some(problem), again: true }
    }

    fn unknown_variant(&mut self, at: At, name: String, known: &'static [&'static str]) -> Mended {
        if self.guesses.contains_key(&at.node) {
            return self.wrong(at, String::new(), None);
        }
        let node = self.node(at.node);
        let place = at.entry.map_or(node.place, |index| node.entries()[index].0.place);
        let kind = if at.entry.is_some() { "key" } else { "value" };
        let meant = nearest(&name, known.iter().copied());
        let problem = Problem::unknown(kind, &Spanned { value: name, place }, known.iter().copied());
        let is_map = matches!(node.kind, Kind::Map(_));
        match (at.entry, meant) {
            (Some(index), Some(meant)) => self.rename(at.node, index, meant),
            // The key of an ordinary map, when the value of an enum has been ruled out.
            (Some(index), None) if is_map && node.entries().len() > 1 => self.take(at.node, index),
            _ => self.guess(at.node),
        }
        Mended { problem: Some(problem), again: true }
    }

    fn missing_key(&mut self, at: At, name: &'static str) -> Mended {
        let ours = self.taken.contains(&(at.node, name.to_owned()));
        let known = self.node(at.node).get(name).is_some();
        let guessed = self.guesses.remove(&at.node).is_some();
        if guessed {
            self.forged.insert(at.node);
        }
        if !ours && !self.forged.contains(&at.node) {
            let place = self.heading(at.node);
            self.lacking.entry(at.node).or_insert((place, Vec::new())).1.push(name);
        }
        if ours || known {
            return Mended { problem: None, again: self.give_up(at.node) };
        }
        // Where the fault was told: what is said of a guess follows from that.
        let made_up = self.forged.contains(&at.node);
        let place = if made_up { self.node(at.node).place } else { self.heading(at.node) };
        let id = self.next_id;
        self.next_id += 1;
        self.guesses.insert(id, 0);
        let entry = (Key { text: name.to_owned(), place }, Node { id, place, kind: Kind::Nothing });
        match &mut self.node_mut(at.node).kind {
            Kind::Map(entries) => entries.push(entry),
            kind => *kind = Kind::Map(vec![entry]),
        }
        Mended { problem: None, again: true }
    }

    /// Of how many maps it is known that they lack something.
    pub(super) fn incomplete(&self) -> usize {
        self.lacking.len()
    }

    /// The names of all that maps lack.
    pub(super) fn lacking_names(&self) -> BTreeSet<&'static str> {
        self.lacking.values().flat_map(|(_, names)| names.iter().copied()).collect()
    }

    /// What these lack, one problem each.
    pub(super) fn lacks(&self) -> impl Iterator<Item = Problem> {
        self.lacking.values().map(|(place, names)| {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let message = match names.split_last() {
                Some((last, rest)) if !rest.is_empty() => {
                    format!("the keys {} and {last} are missing", rest.join(", "))
                }
                _ => format!("the key {} is missing", names.concat()),
            };
            Problem::new(*place, message)
        })
    }

    fn wrong(&mut self, at: At, message: String, help: Option<String>) -> Mended {
        if let Some(index) = at.entry {
            let place = self.node(at.node).entries()[index].0.place;
            self.take(at.node, index);
            return Mended { problem: Some(wrong_at(place, message, help)), again: true };
        }
        if let Some(guesses) = self.guesses.get_mut(&at.node) {
            *guesses += 1;
            let spent = *guesses == MAX_GUESSES;
            return Mended { problem: None, again: !spent || self.give_up(at.node) };
        }
        let node = self.node(at.node);
        let follows = self.forged.contains(&at.node) || self.disturbed(node);
        // Nothing was written there: the key has to stand in for it.
        let place = if node.place.start == node.place.end { self.heading(at.node) } else { node.place };
        let problem = (!follows).then(|| wrong_at(place, message, help));
        // A map that was made up once, and is wrong as a whole, would be made up for ever.
        if self.forged.contains(&at.node) {
            return Mended { problem, again: self.give_up(at.node) };
        }
        self.guess(at.node);
        Mended { problem, again: true }
    }

    /// Whether a repair lies in or under a node.
    fn disturbed(&self, node: &Node) -> bool {
        let below = |node: &Node| self.disturbed(node);
        self.touched.contains(&node.id)
            || self.guesses.contains_key(&node.id)
            || match &node.kind {
                Kind::List(items) => items.iter().any(below),
                Kind::Map(entries) => entries.iter().any(|(_, value)| below(value)),
                Kind::Nothing | Kind::Scalar { .. } => false,
            }
    }

    fn guess(&mut self, id: u32) {
        self.node_mut(id).kind = Kind::Nothing;
        self.guesses.insert(id, 0);
    }

    fn rename(&mut self, id: u32, index: usize, name: &str) {
        if let Kind::Map(entries) = &mut self.node_mut(id).kind {
            name.clone_into(&mut entries[index].0.text);
        }
    }

    fn take(&mut self, id: u32, index: usize) {
        self.touched.insert(id);
        match &mut self.node_mut(id).kind {
            Kind::Map(entries) => {
                let (key, _) = entries.remove(index);
                self.taken.insert((id, key.text));
            }
            Kind::List(items) => drop(items.remove(index)),
            Kind::Nothing | Kind::Scalar { .. } => {}
        }
    }

    /// Takes a node out of its list or map; `false` for the root, behind which there is nothing to find.
    fn give_up(&mut self, id: u32) -> bool {
        self.guesses.remove(&id);
        let path = self.path(id);
        let Some((index, above)) = path.split_last() else { return false };
        let parent = above.iter().fold(&self.root, |node, index| child(node, *index)).id;
        self.take(parent, *index);
        true
    }

    /// Where to point for what a map lacks: its key, or else its beginning, of a whole file the first key. The whole of a
    /// file would hold all else that is wrong there.
    fn heading(&self, id: u32) -> Place {
        let path = self.path(id);
        let first = || self.root.entries().first().map_or(self.root.place, |(key, _)| key.place);
        let Some((index, above)) = path.split_last() else { return first() };
        let parent = above.iter().fold(&self.root, |node, index| child(node, *index));
        match &parent.kind {
            Kind::Map(entries) => entries[*index].0.place,
            _ => child(parent, *index).place,
        }
    }

    fn path(&self, id: u32) -> Vec<usize> {
        let mut path = Vec::new();
        assert!(find(&self.root, id, &mut path), "a fault names a node of the tree that was read");
        path
    }

    fn node(&self, id: u32) -> &Node {
        self.path(id).into_iter().fold(&self.root, child)
    }

    fn node_mut(&mut self, id: u32) -> &mut Node {
        self.path(id).into_iter().fold(&mut self.root, |node, index| match &mut node.kind {
            Kind::List(items) => &mut items[index],
            Kind::Map(entries) => &mut entries[index].1,
            Kind::Nothing | Kind::Scalar { .. } => unreachable!("paths lead through lists and maps"),
        })
    }
}

fn wrong_at(place: Place, message: String, help: Option<String>) -> Problem {
    Problem { help, ..Problem::new(place, message) }
}

fn child(node: &Node, index: usize) -> &Node {
    match &node.kind {
        Kind::List(items) => &items[index],
        Kind::Map(entries) => &entries[index].1,
        Kind::Nothing | Kind::Scalar { .. } => unreachable!("paths lead through lists and maps"),
    }
}

fn find(node: &Node, id: u32, path: &mut Vec<usize>) -> bool {
    if node.id == id {
        return true;
    }
    let children: Vec<&Node> = match &node.kind {
        Kind::List(items) => items.iter().collect(),
        Kind::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
        Kind::Nothing | Kind::Scalar { .. } => return false,
    };
    for (index, below) in children.into_iter().enumerate() {
        path.push(index);
        if find(below, id, path) {
            return true;
        }
        path.pop();
    }
    false
}

/// Numbers are unique within a file only; here the files are already laid over one another.
fn renumber(node: &mut Node, next: &mut u32) {
    node.id = *next;
    *next += 1;
    match &mut node.kind {
        Kind::List(items) => items.iter_mut().for_each(|item| renumber(item, next)),
        Kind::Map(entries) => entries.iter_mut().for_each(|(_, value)| renumber(value, next)),
        Kind::Nothing | Kind::Scalar { .. } => {}
    }
}
