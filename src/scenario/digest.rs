//! What identifies a scenario: its digest, with that of the law that it rests on.

use std::collections::BTreeMap;

use crate::base::{Canonical, Digest};
use crate::reading::{Key, Kind, Node};

/// The digest of a scenario as it runs and of every law file it rests on, by path. Comments, the order of keys, variants
/// not chosen and expected findings are no part of it.
pub(super) fn digest(tree: &Node, law: &BTreeMap<String, Node>) -> Digest {
    let mut bytes = Vec::new();
    for (key, value) in sorted(tree.entries()) {
        if !matches!(key, "variants" | "findings" | "premium" | "teaching" | "seed") {
            key.encode(&mut bytes);
            canonical(value, &mut bytes);
        }
    }
    for (path, tree) in law {
        path.as_str().encode(&mut bytes);
        canonical(tree, &mut bytes);
    }
    Digest::of(&bytes)
}

fn sorted(entries: &[(Key, Node)]) -> Vec<(&str, &Node)> {
    let mut sorted: Vec<(&str, &Node)> = entries.iter().map(|(key, value)| (key.text.as_str(), value)).collect();
    sorted.sort_by_key(|(key, _)| *key);
    sorted
}

fn canonical(node: &Node, into: &mut Vec<u8>) {
    match &node.kind {
        Kind::Nothing => into.push(0),
        Kind::Scalar { text, .. } => {
            into.push(1);
            text.as_str().encode(into);
        }
        Kind::List(items) => {
            into.push(2);
            (items.len() as u64).encode(into);
            for item in items {
                canonical(item, into);
            }
        }
        Kind::Map(entries) => {
            into.push(3);
            (entries.len() as u64).encode(into);
            for (key, value) in sorted(entries) {
                key.encode(into);
                canonical(value, into);
            }
        }
    }
}
