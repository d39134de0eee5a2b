//! The digest of a scenario and the law that it rests on: one canonical encoding of the trees that were read. The seed is
//! no part of it: runs that differ by their seed alone are runs of one scenario.

use std::collections::BTreeMap;

use crate::base::{Canonical, Digest};
use crate::reading::{Key, Kind, Node};

/// The digest of the scenario as it runs and of every law file and table of the record that it rests on, by path and name.
/// Comments, the order of keys, variants not chosen and expected findings are no part of it; of tables every byte is.
pub(super) fn digest(scenario: &Node, law: &BTreeMap<String, Node>, tables: &[(String, Digest)]) -> Digest {
    let mut bytes = Vec::new();
    for (key, value) in sorted(scenario.entries()) {
        if !matches!(key, "variants" | "findings" | "premium" | "teaching" | "seed") {
            key.encode(&mut bytes);
            canonical(value, &mut bytes);
        }
    }
    for (path, tree) in law {
        path.as_str().encode(&mut bytes);
        canonical(tree, &mut bytes);
    }
    for (name, table) in tables {
        name.as_str().encode(&mut bytes);
        table.encode(&mut bytes);
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
