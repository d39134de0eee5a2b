//! Mistakes of writing, which do not hide what else is wrong with a file.

use super::MAX_PROBLEMS;
use super::tree::Node;
use crate::base::{Place, Problem, Problems};

/// What is wrong with the writing of a file. A key written twice and marks that are refused leave every other value clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// All of it.
    pub problems: Problems,
    /// The tree, where it is clear all the same.
    pub tree: Option<Node>,
}

impl Unread {
    /// Where nothing is clear for one problem.
    pub(crate) fn of(problem: Problem) -> Self {
        Self { problems: Problems(vec![problem]), tree: None }
    }
}

impl From<Unread> for Problems {
    fn from(unread: Unread) -> Self {
        unread.problems
    }
}

/// Makes something of a tree that was read. Of one with mistakes of writing nothing is made, but what else is wrong with it is
/// told beside them, as far as it does not follow from them.
///
/// # Errors
/// All of these problems, in order of place.
pub fn made_of<T>(read: Result<Node, Unread>, make: impl FnOnce(Node) -> Result<T, Problems>) -> Result<T, Problems> {
    let Unread { mut problems, tree } = match read {
        Ok(tree) => return make(tree),
        Err(unread) => unread,
    };
    let Some(tree) = tree else { return Err(problems) };
    let told: Vec<Place> = problems.0.iter().map(|problem| problem.place).collect();
    let in_doubt: Vec<String> = told.iter().filter_map(|place| key_above(&tree, *place)).map(str::to_owned).collect();
    let follows = |problem: &Problem| {
        let here = |place: &Place| place.file == problem.place.file && place.start == problem.place.start;
        // A name that is written twice may have been meant for the one that is not there: `states` make each state known.
        let of_list = |(kind, _): &(String, String)| in_doubt.iter().any(|key| key.strip_suffix('s') == Some(kind));
        told.iter().any(|place| here(place) || place.holds(problem.place))
            || problem.unknown.as_ref().is_some_and(of_list)
    };
    let further = make(tree).err().unwrap_or_default();
    problems.0.extend(further.0.into_iter().filter(|problem| !follows(problem)));
    problems.0.sort_by_key(|problem| problem.place);
    problems.0.truncate(MAX_PROBLEMS);
    Err(problems)
}

/// The key of the map in which a key stands.
fn key_above(tree: &Node, place: Place) -> Option<&str> {
    let (mut node, mut above) = (tree, None);
    while let Some((key, value)) = node.entries().iter().find(|(_, value)| value.place.holds(place)) {
        (node, above) = (value, Some(key.text.as_str()));
    }
    above
}
