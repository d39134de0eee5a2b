//! Texts of a scenario that people have to read or to type: titles, names of states and of variants.

use crate::base::{Problem, Problems};
use crate::reading::Node;

/// What is wrong with them.
pub(super) fn problems(tree: &Node) -> Problems {
    let mut problems = Problems::default();
    for key in ["title", "question"] {
        if let Some(text) = tree.get(key).filter(|text| text.text().is_some_and(|text| text.trim().is_empty())) {
            problems.push(Problem::new(text.place, format!("the `{key}` is empty")));
        }
    }
    for (code, state) in tree.get("states").map(Node::entries).unwrap_or_default() {
        if let Some(name) = state.get("name").filter(|name| name.text().is_some_and(|text| text.trim().is_empty())) {
            problems.push(Problem::new(name.place, format!("the name of `{}` is empty", code.text)));
        }
    }
    for (name, _) in tree.get("variants").map(Node::entries).unwrap_or_default() {
        if name.text.contains(',') || name.text.trim() != name.text {
            let message = format!("the variant `{}` could not be named in a list", name.text);
            problems.push(Problem::new(name.place, message).help("leave commas and outer blanks out of its name"));
        }
    }
    problems
}
