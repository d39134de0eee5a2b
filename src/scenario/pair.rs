//! Two variants of a scenario that differ by what one state does, and what the others do in its place: for studies
//! of what staying out draws to a state.
//!
//! `premium: { state:, out:, in: }` names the state and the two variants. What these set for that state, under paths
//! that name it, is taken over for another state by putting its code into the path.

use std::path::Path;

use super::membership::state_called;
use super::read::{Options, Scenario, from_changed, lay_all, made_of_scenario, read_settings, tree};
use super::shelf::Shelf;
use super::variants::apply_variant;
use crate::base::{Problem, Problems, Spanned, StateId};
use crate::engine::Plan;
use crate::reading::{self, Key, Kind, Node, Sources};

/// A scenario, the state that stays out or joins, and what it does then.
pub struct Pair {
    shelf: Shelf,
    tree: Node,
    /// Laid over it once more after all else: what the variants set, too, is set by them last.
    settings: Vec<(Key, Node)>,
    /// The scenario as written, without variant.
    pub scenario: Scenario,
    state: StateId,
    others: Vec<StateId>,
    /// Paths that name the state, with the value under `out` and under `in`.
    parts: Vec<Part>,
    /// The trees of the two variants.
    trees: [Node; 2],
}

struct Part {
    path: Vec<String>,
    values: [Node; 2],
}

impl Pair {
    /// Reads a scenario that has `premium`. Settings of the options apply to both; a variant does not.
    ///
    /// # Errors
    /// All problems found; the sources are for showing them.
    pub fn read(path: &Path, options: &Options) -> Result<Self, (Problems, Sources)> {
        let mut shelf = Shelf::new(options.law.clone());
        match Self::of(&mut shelf, path, options) {
            Ok(mut pair) => {
                pair.shelf = shelf;
                Ok(pair)
            }
            Err(problems) => Err((problems, std::mem::take(&mut shelf.sources))),
        }
    }

    fn of(shelf: &mut Shelf, path: &Path, options: &Options) -> Result<Self, Problems> {
        let written = tree(shelf, path);
        made_of_scenario(written, |tree| Self::of_tree(shelf, tree, options))
    }

    fn of_tree(shelf: &mut Shelf, mut written: Node, options: &Options) -> Result<Self, Problems> {
        let settings = read_settings(shelf, options)?;
        lay_all(&mut written, settings.iter().map(|(path, value)| (path, value)))?;
        let scenario = from_changed(shelf, written.clone())?;
        let Some(premium) = &scenario.premium else {
            let problem = Problem::new(written.place, "the scenario does not say whose premium is asked for");
            let help = "for example `premium: { state: hesper, out: holds-out, in: joins }`";
            return Err(Problems(vec![problem.help(help)]));
        };
        let code = scenario.plan.library.state(premium.state).code.clone();
        let (trees, parts) = parts(&written, &code, [&premium.out, &premium.inside])?;
        let others = scenario.plan.library.state_ids().filter(|state| *state != premium.state).collect();
        let state = premium.state;
        Ok(Self { shelf: Shelf::new(None), tree: written, settings, state, others, parts, trees, scenario })
    }

    /// Whose premium.
    #[must_use]
    pub const fn state(&self) -> StateId {
        self.state
    }

    /// The sources, for showing problems.
    #[must_use]
    pub const fn sources(&self) -> &Sources {
        &self.shelf.sources
    }

    /// The code of a state.
    #[must_use]
    pub fn code(&self, state: StateId) -> &str {
        &self.scenario.plan.library.state(state).code
    }

    /// All states but that one.
    #[must_use]
    pub fn others(&self) -> &[StateId] {
        &self.others
    }

    /// The plans in which these of the others have joined and the rest have not: the state staying out, and joining.
    ///
    /// # Errors
    /// When the scenario does not hold together so.
    pub fn plans(&mut self, members: &[StateId]) -> Result<[Plan; 2], Problems> {
        let mut plans = Vec::with_capacity(2);
        for own in 0..2 {
            let mut tree = self.trees[own].clone();
            for other in &self.others {
                let theirs = usize::from(members.contains(other));
                self.put(&mut tree, *other, theirs)?;
            }
            lay_all(&mut tree, self.settings.iter().map(|(path, value)| (path, value)))?;
            let scenario = from_changed(&mut self.shelf, tree)?;
            plans.push(scenario.plan);
        }
        Ok(plans.try_into().unwrap_or_else(|_| unreachable!("two were put together")))
    }

    /// Has a state do what the state of the premium does under `out` (0) or `in` (1).
    fn put(&self, tree: &mut Node, other: StateId, which: usize) -> Result<(), Problems> {
        let (code, theirs) = (self.code(self.state), self.code(other));
        for part in &self.parts {
            let path: Vec<&str> =
                part.path.iter().map(|segment| if segment == code { theirs } else { segment.as_str() }).collect();
            // What was written for that state is taken out first: a map would be laid over it, key by key.
            let (last, above) = path.split_last().map_or(("", &path[..]), |(last, above)| (*last, above));
            match at_mut(tree, above) {
                // An entry of a list keeps its place, and so its number.
                Some(list) if matches!(list.kind, Kind::List(_)) => {
                    if let Some(entry) = list.step_mut(last) {
                        entry.kind = Kind::Nothing;
                    }
                }
                Some(map) => drop(map.remove(last)),
                None => {}
            }
            let text = path.iter().map(|segment| format!("\"{segment}\"")).collect::<Vec<_>>().join(".");
            let key = Key { text, place: self.tree.place };
            reading::set(tree, &key, &part.values[which]).map_err(|problem| Problems(vec![problem]))?;
        }
        Ok(())
    }
}

/// What is wrong with the two variants of the `premium` of a scenario, if it has one. Names that are not known are told
/// where names are resolved.
pub(super) fn slips(written: &Node) -> Problems {
    let text = |key: &str| written.get("premium").and_then(|premium| premium.get(key)).and_then(Node::text);
    let known = |name: &&str| written.get("variants").is_some_and(|variants| variants.get(name).is_some());
    let known_state = |code: &&str| written.get("states").is_some_and(|states| states.get(code).is_some());
    match (text("state").filter(known_state), text("out").filter(known), text("in").filter(known)) {
        (Some(code), Some(out), Some(inside)) => match parts(written, code, [out, inside]) {
            Ok((_, parts)) => swapped(written, &parts),
            Err(problems) => problems,
        },
        _ => Problems::default(),
    }
}

/// That the state stays out under `in` and joins under `out`, wherever the two differ by a membership.
fn swapped(written: &Node, parts: &[Part]) -> Problems {
    let stays_out = |node: &Node| node.text() == Some("never");
    let memberships = || parts.iter().filter(|part| part.path.first().is_some_and(|key| key == "membership"));
    let is_swapped = |part: &Part| !stays_out(&part.values[0]) && stays_out(&part.values[1]);
    let premium = written.get("premium").filter(|_| memberships().next().is_some() && memberships().all(is_swapped));
    let problem = |premium: &Node| {
        let message = "the state stays out in the variant under `in`, and joins in the one under `out`";
        Problem::new(premium.place, message).help("exchange the two")
    };
    Problems(premium.into_iter().map(problem).collect())
}

/// The trees of the two variants, and the paths that name the state, with the value under each.
fn parts(written: &Node, code: &str, names: [&str; 2]) -> Result<([Node; 2], Vec<Part>), Problems> {
    let mut trees = [written.clone(), written.clone()];
    let known: Vec<String> = names.map(str::to_owned).to_vec();
    for (tree, variant) in trees.iter_mut().zip(names) {
        apply_variant(tree, variant, &known)?;
    }
    let variants = written.get("variants");
    let changes =
        names.into_iter().filter_map(|name| variants.and_then(|variants| variants.get(name))).flat_map(Node::entries);
    let mut parts: Vec<Part> = Vec::new();
    let mut problems = Problems::default();
    for (key, _) in changes {
        let path = reading::segments(key).map_err(|problem| Problems(vec![problem]))?;
        let named = path.iter().any(|segment| segment == code);
        let values = trees.each_ref().map(|tree| at(tree, &path).cloned());
        match values {
            [Some(out), Some(inside)] if named => {
                if parts.iter().all(|part| part.path != path) {
                    parts.push(Part { path, values: [out, inside] });
                }
            }
            _ if !named => {
                let message = format!("`{}` changes more than what `{code}` does", key.text);
                let help = "the two variants of `premium` set paths that name its state, and no others";
                problems.push(Problem::new(key.place, message).help(help));
            }
            _ => {
                let message = format!("`{}` is written in one of the two variants alone", key.text);
                let help = "write the value out where the state is named, so that the other variant has one too";
                problems.push(Problem::new(key.place, message).help(help));
            }
        }
    }
    problems.or((trees, parts))
}

fn at<'a>(tree: &'a Node, path: &[String]) -> Option<&'a Node> {
    path.iter().try_fold(tree, |node, segment| node.step(segment))
}

fn at_mut<'a>(tree: &'a mut Node, path: &[&str]) -> Option<&'a mut Node> {
    path.iter().try_fold(tree, |node, segment| node.step_mut(segment))
}

/// The `premium` of a scenario, names resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PremiumOf {
    /// Whose.
    pub state: StateId,
    /// The variant in which it stays out.
    pub out: String,
    /// The variant in which it joins.
    pub inside: String,
}

/// Resolves the names.
///
/// # Errors
/// Unknown states and variants.
pub(super) fn resolve(
    library: &crate::law::Library,
    variants: &[String],
    form: &super::form::PremiumForm,
) -> Result<Option<PremiumOf>, Problems> {
    let mut problems = Problems::default();
    let state = state_called(library, &form.state).map_err(|unknown| problems.push(unknown)).ok();
    let unknown = |name: &&Spanned<String>| !variants.contains(&name.value);
    for name in [&form.out, &form.inside].into_iter().filter(unknown) {
        let mut problem = Problem::unknown("variant", name, variants.iter().map(String::as_str));
        if variants.is_empty() {
            problem = problem.help("no variant is known here; `premium: {}` takes back what the file is `like`");
        }
        problems.push(problem);
    }
    if form.out.value == form.inside.value {
        let message = format!("`{}` is compared with itself", form.out.value);
        problems.push(Problem::new(form.inside.place, message).help("`in` is the variant in which the state joins"));
    }
    problems.or(state.map(|state| PremiumOf { state, out: form.out.value.clone(), inside: form.inside.value.clone() }))
}
