//! Texts of a scenario that people have to read or to type: titles, names of states and of variants.

use std::collections::BTreeMap;

use crate::base::{Problem, Problems};
use crate::reading::Node;

/// What the scenario without a variant is called where variants are compared.
pub const AS_WRITTEN: &str = "as written";
/// The same, when a setting changes something.
pub const AS_CHANGED: &str = "as changed by --set";

/// What is wrong with them.
pub(super) fn problems(tree: &Node) -> Problems {
    let mut problems = Problems::default();
    for key in ["title", "question"] {
        if let Some(text) = tree.get(key).filter(|text| text.text().is_some_and(|text| text.trim().is_empty())) {
            problems.push(Problem::new(text.place, format!("the `{key}` is empty")));
        }
    }
    names_of_states(tree, &mut problems);
    names_of_variants(tree, &mut problems);
    problems
}

/// Names stand alone in figures and tables.
fn names_of_states(tree: &Node, problems: &mut Problems) {
    let mut named: BTreeMap<String, &str> = BTreeMap::new();
    for (code, state) in tree.get("states").map(Node::entries).unwrap_or_default() {
        let written = state.get("name").and_then(|name| Some((name.place, name.text()?.trim())));
        let (place, name) = written.unwrap_or((code.place, &code.text));
        if name.is_empty() {
            problems.push(Problem::new(place, format!("the name of `{}` is empty", code.text)));
        } else if let Some(other) = named.insert(name.to_lowercase(), &code.text) {
            problems.push(Problem::new(place, format!("`{}` goes by the name of `{other}`", code.text)));
        }
    }
}

/// Variants are named in lists, and head columns beside the scenario as it is.
fn names_of_variants(tree: &Node, problems: &mut Problems) {
    let mut named: BTreeMap<String, &str> = BTreeMap::new();
    for (name, _) in tree.get("variants").map(Node::entries).unwrap_or_default() {
        if name.text.contains(',') || name.text.trim() != name.text {
            let message = format!("the variant `{}` could not be named in a list", name.text);
            problems.push(Problem::new(name.place, message).help("leave commas and outer blanks out of its name"));
        }
        if [AS_WRITTEN, AS_CHANGED].contains(&name.text.as_str()) {
            let message = format!("`{}` stands for the scenario without a variant", name.text);
            problems.push(Problem::new(name.place, message).help("give the variant another name"));
        }
        if let Some(other) = named.insert(name.text.to_lowercase(), &name.text) {
            let message = format!("`{}` and the variant `{other}` differ by capitals alone", name.text);
            problems.push(Problem::new(name.place, message));
        }
    }
}
