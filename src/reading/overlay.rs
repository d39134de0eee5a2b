//! One tree laid over another: how a file builds on the one it is `like`, and a variant on its scenario.

use super::tree::{Key, Kind, MAX_DEPTH, Node};
use crate::base::Problem;

/// Lays `over` over `base`: maps merge key by key, anything else replaces what was there. So does an empty map below the
/// top: whoever writes one wants nothing to be there, and entries could not be taken out otherwise.
///
/// Places follow the later writing, so that errors point at what a reader would change.
pub fn overlay(base: &mut Node, over: &Node) {
    let (Kind::Map(entries), Kind::Map(news)) = (&mut base.kind, &over.kind) else {
        over.clone_into(base);
        return;
    };
    base.place = over.place;
    let mut index: std::collections::BTreeMap<String, usize> =
        entries.iter().enumerate().map(|(at, (key, _))| (key.text.clone(), at)).collect();
    for (key, value) in news {
        if let Some(at) = index.get(&key.text) {
            entries[*at].0.place = key.place;
            lay(&mut entries[*at].1, value);
        } else {
            index.insert(key.text.clone(), entries.len());
            entries.push((key.clone(), value.clone()));
        }
    }
}

fn lay(base: &mut Node, over: &Node) {
    if matches!(&over.kind, Kind::Map(entries) if entries.is_empty()) {
        over.clone_into(base);
    } else {
        overlay(base, over);
    }
}

/// Lays a value over what stands at a dotted path, for example
/// `membership.internet-trafficking-protocol.hesper`, or `timeline.0.date`: an entry of a list goes by its number from 0. Keys
/// that hold dots stand in double quotes. Missing maps on the way are made; entries of lists are not.
///
/// # Errors
/// A malformed path, one that leads through a text, and one to an entry that a list does not have; at the place of the path.
pub fn set(root: &mut Node, path: &Key, value: &Node) -> Result<(), Problem> {
    let segments = segments(path)?;
    let made = |key: &str| {
        let node = Node { id: value.id, place: value.place, kind: Kind::Map(Vec::new()) };
        (Key { text: key.to_owned(), place: path.place }, node)
    };
    let mut node = root;
    for (index, segment) in segments.iter().enumerate() {
        if node.kind == Kind::Nothing {
            node.kind = Kind::Map(Vec::new());
        }
        let walked = &segments[..index];
        node = match &mut node.kind {
            Kind::Map(entries) => {
                let at = entries.iter().position(|(key, _)| key.text == *segment).unwrap_or_else(|| {
                    entries.push(made(segment));
                    entries.len() - 1
                });
                entries[at].0.place = path.place;
                &mut entries[at].1
            }
            Kind::List(items) => {
                let at = entry(path, walked, segment, items.len())?;
                &mut items[at]
            }
            Kind::Nothing | Kind::Scalar { .. } => {
                let message = format!("`{}` leads through `{}`, which is no map", path.text, walked.join("."));
                return Err(Problem::new(path.place, message));
            }
        };
    }
    lay(node, value);
    Ok(())
}

/// The entry of a list of this length, reached by these steps, to which the next step of a path leads.
fn entry(path: &Key, walked: &[String], step: &str, length: usize) -> Result<usize, Problem> {
    let list = walked.join(".");
    let entries = match length {
        0 => "no entries".to_owned(),
        1 => "1 entry".to_owned(),
        _ => format!("{length} entries"),
    };
    let problem = match entry_number(step) {
        Some(number) if number < length => return Ok(number),
        Some(number) => format!("`{}` leads to entry {number} of `{list}`, which has {entries}", path.text),
        None => format!("`{}` leads through `{list}`, a list of {entries}, by `{step}`, which is no number", path.text),
    };
    let help = match length {
        0 => format!("set the list whole, `{list}`"),
        1 => format!("entries are counted from 0: write `{list}.0`"),
        _ => format!("entries are counted from 0: write `{list}.0` to `{list}.{}`", length - 1),
    };
    Err(Problem::new(path.place, problem).help(help))
}

impl Node {
    /// What one step of a path leads to: the value under a key of a map, the entry of a list by its number.
    #[must_use]
    pub fn step(&self, step: &str) -> Option<&Self> {
        match &self.kind {
            Kind::List(items) => items.get(entry_number(step)?),
            _ => self.get(step),
        }
    }

    /// The same, to be changed.
    pub fn step_mut(&mut self, step: &str) -> Option<&mut Self> {
        match &mut self.kind {
            Kind::List(items) => items.get_mut(entry_number(step)?),
            Kind::Map(entries) => entries.iter_mut().find(|(key, _)| key.text == step).map(|(_, value)| value),
            Kind::Nothing | Kind::Scalar { .. } => None,
        }
    }
}

/// The number of an entry of a list, as a step of a path. One writing alone stands for it, so that two paths never lead to the
/// same entry.
fn entry_number(step: &str) -> Option<usize> {
    let number = step.parse::<usize>().ok()?;
    (number.to_string() == step).then_some(number)
}

/// The keys of a dotted path.
///
/// # Errors
/// A malformed path, at its place.
pub fn segments(path: &Key) -> Result<Vec<String>, Problem> {
    let malformed = |what: &str| Problem::new(path.place, format!("the path `{}` {what}", path.text));
    let mut segments = Vec::new();
    let mut rest = path.text.as_str();
    loop {
        let (segment, after) = if let Some(quoted) = rest.strip_prefix('"') {
            quoted.split_once('"').ok_or_else(|| malformed("has no closing quote"))?
        } else {
            rest.split_at(rest.find('.').unwrap_or(rest.len()))
        };
        if segment.is_empty() {
            return Err(malformed("has an empty part"));
        }
        if segments.len() == MAX_DEPTH {
            return Err(malformed("is too long"));
        }
        segments.push(segment.to_owned());
        match after.strip_prefix('.') {
            Some(next) => rest = next,
            None if after.is_empty() => return Ok(segments),
            None => return Err(malformed("goes on after a closing quote")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::tree::parse;

    fn tree(text: &str) -> Node {
        parse(0, text).expect("a tree")
    }

    /// A tree in flow style, keys and texts bare.
    fn show(node: &Node) -> String {
        match &node.kind {
            Kind::Nothing => "~".into(),
            Kind::Scalar { text, .. } => text.clone(),
            Kind::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", ")),
            Kind::Map(entries) => {
                let shown = entries.iter().map(|(key, value)| format!("{}: {}", key.text, show(value)));
                format!("{{{}}}", shown.collect::<Vec<_>>().join(", "))
            }
        }
    }

    #[test]
    fn maps_merge_and_everything_else_replaces() {
        let check = |base: &str, over: &str, expected: &str| {
            let mut base = tree(base);
            overlay(&mut base, &tree(over));
            assert_eq!(show(&base), expected);
        };
        check("{a: 1, b: 2}", "{b: 3, c: 4}", "{a: 1, b: 3, c: 4}");
        check("{a: {x: 1, y: 2}}", "{a: {y: 3}}", "{a: {x: 1, y: 3}}");
        check("{a: [1, 2]}", "{a: [3]}", "{a: [3]}");
        check("{a: {x: 1}}", "{a: never}", "{a: never}");
        check("{a: never}", "{a: {x: 1}}", "{a: {x: 1}}");
        check("{a: 1}", "{a: }", "{a: ~}");
        check("{a: {x: 1, y: {z: 2}}}", "{a: {y: {}}}", "{a: {x: 1, y: {}}}");
        check("{a: 1}", "{}", "{a: 1}");
    }

    #[test]
    fn paths_lead_to_keys_and_make_what_is_missing() {
        let check = |path: &str, expected: Result<&str, &str>| {
            let mut root = tree("{a: {b: 1}, c: text, d: [1, {y: 1}], 'e.f': 2, n: }");
            let path = Key { text: path.into(), place: crate::base::Place { file: 0, start: 3, end: 9 } };
            let outcome = set(&mut root, &path, &tree("{x: 9}"));
            match (outcome, expected) {
                (Ok(()), Ok(expected)) => assert_eq!(show(&root), expected),
                (Err(problem), Err(expected)) => {
                    assert_eq!(problem.place, path.place);
                    assert!(problem.message.contains(expected), "{}", problem.message);
                }
                (outcome, expected) => panic!("{}: {outcome:?}, not {expected:?}", path.text),
            }
        };
        check("a.b", Ok("{a: {b: {x: 9}}, c: text, d: [1, {y: 1}], e.f: 2, n: ~}"));
        check("a", Ok("{a: {b: 1, x: 9}, c: text, d: [1, {y: 1}], e.f: 2, n: ~}"));
        check("\"e.f\"", Ok("{a: {b: 1}, c: text, d: [1, {y: 1}], e.f: {x: 9}, n: ~}"));
        check("a.\"p.q\".r", Ok("{a: {b: 1, p.q: {r: {x: 9}}}, c: text, d: [1, {y: 1}], e.f: 2, n: ~}"));
        check("n.m", Ok("{a: {b: 1}, c: text, d: [1, {y: 1}], e.f: 2, n: {m: {x: 9}}}"));
        check("c.z", Err("leads through `c`, which is no map"));
        check("d.0", Ok("{a: {b: 1}, c: text, d: [{x: 9}, {y: 1}], e.f: 2, n: ~}"));
        check("d.1", Ok("{a: {b: 1}, c: text, d: [1, {y: 1, x: 9}], e.f: 2, n: ~}"));
        check("d.1.z", Ok("{a: {b: 1}, c: text, d: [1, {y: 1, z: {x: 9}}], e.f: 2, n: ~}"));
        check("d.2.z", Err("`d.2.z` leads to entry 2 of `d`, which has 2 entries"));
        check("d.z", Err("`d.z` leads through `d`, a list of 2 entries, by `z`, which is no number"));
        // One entry has one path.
        check("d.01", Err("by `01`, which is no number"));
        check("d.-1", Err("by `-1`, which is no number"));
        check("d.0.z", Err("leads through `d.0`, which is no map"));
        check("", Err("empty part"));
        check("a..b", Err("empty part"));
        check("a.", Err("empty part"));
        check("a.\"b", Err("no closing quote"));
        check("\"a\"b", Err("goes on after"));
        check(&["k"; 40].join("."), Err("too long"));
    }
}
