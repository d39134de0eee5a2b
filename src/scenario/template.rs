//! A scenario file read once and put together many times: in its variants, and with values set at paths.
//!
//! For studies. Each thread has a copy of its own, which costs the trees of the law read so far.

use std::path::Path;

use super::membership::EVERYONE_ELSE;
use super::read::{Options, Scenario, from_changed, lay_all, made_of_scenario, read_settings, tree};
use super::shelf::Shelf;
use super::variants::{apply_variant, sets};
use crate::base::Problems;
use crate::reading::{Key, Node, Sources, segments};

/// A scenario as written, ready to be varied.
#[derive(Clone, Debug)]
pub struct Template {
    shelf: Shelf,
    tree: Node,
    /// Laid over it after the variant, which may set the same paths.
    settings: Vec<(Key, Node)>,
}

impl Template {
    /// Reads a file, or a built-in scenario, and the settings of the options, which are laid over it in every variant.
    /// `sources` holds the files read before, so that the places of values set later are known here. The variant of the
    /// options is not used.
    ///
    /// # Errors
    /// All problems found; the sources are for showing them.
    pub fn read(sources: Sources, path: &Path, options: &Options) -> Result<Self, (Problems, Sources)> {
        let mut shelf = Shelf::new(options.law.clone());
        shelf.sources = sources;
        let written = tree(&mut shelf, path);
        let read =
            made_of_scenario(written, |tree| read_settings(&mut shelf, options).map(|settings| (tree, settings)));
        match read {
            Ok((tree, settings)) => Ok(Self { shelf, tree, settings }),
            Err(problems) => Err((problems, shelf.sources)),
        }
    }

    /// The files read, for showing problems.
    #[must_use]
    pub const fn sources(&self) -> &Sources {
        &self.shelf.sources
    }

    /// What was read, without the settings.
    #[must_use]
    pub const fn tree(&self) -> &Node {
        &self.tree
    }

    /// The names of the variants.
    #[must_use]
    pub fn variants(&self) -> Vec<String> {
        let entries = self.tree.get("variants").map(Node::entries).unwrap_or_default();
        entries.iter().map(|(name, _)| name.text.clone()).collect()
    }

    /// What stands at a path in a variant (none: as written), of a membership for everyone else where its state is not
    /// named; none where it is left to a default, or written in another way.
    #[must_use]
    pub fn value(&self, variant: Option<&str>, path: &Key) -> Option<Node> {
        let tree = self.laid(variant, &[]).ok()?;
        let segments = segments(path).ok()?;
        let is_member = |place: usize| place == 2 && segments[0] == "membership";
        let found = segments.iter().enumerate().try_fold(&tree, |node, (place, segment)| {
            node.step(segment).or_else(|| is_member(place).then(|| node.get(EVERYONE_ELSE)).flatten())
        })?;
        Some(found.clone())
    }

    /// The scenario in a variant (none: as written), with its settings and then values set at paths over it.
    ///
    /// # Errors
    /// An unknown variant, a malformed path, and whatever does not hold together with the values: at their places.
    pub fn with(&mut self, variant: Option<&str>, values: &[(&Key, &Node)]) -> Result<Scenario, Problems> {
        let tree = self.laid(variant, values)?;
        let mut scenario = from_changed(&mut self.shelf, tree)?;
        scenario.variant = variant.map(str::to_owned);
        scenario.sets = variant.map_or_else(Vec::new, |name| sets(&self.tree, name));
        Ok(scenario)
    }

    fn laid(&self, variant: Option<&str>, values: &[(&Key, &Node)]) -> Result<Node, Problems> {
        let mut tree = self.tree.clone();
        if let Some(name) = variant {
            apply_variant(&mut tree, name, &self.variants())?;
        }
        let settings = self.settings.iter().map(|(path, value)| (path, value));
        lay_all(&mut tree, settings.chain(values.iter().copied()))?;
        Ok(tree)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Template;
    use crate::base::Place;
    use crate::reading::{Key, Kind, Node, Sources, parse, written};
    use crate::scenario::Options;

    /// The same values, wherever they stand.
    fn same(one: &Node, other: &Node) -> bool {
        match (&one.kind, &other.kind) {
            (Kind::List(one), Kind::List(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
            }
            (Kind::Map(one), Kind::Map(other)) => {
                one.len() == other.len()
                    && one.iter().zip(other).all(|(one, other)| one.0.text == other.0.text && same(&one.1, &other.1))
            }
            // A plain text that is no number and no truth value may be quoted when it is written: a text it stays.
            (Kind::Scalar { text: one, plain }, Kind::Scalar { text: other, plain: again }) => {
                let text = one.parse::<f64>().is_err() && !matches!(one.as_str(), "true" | "false");
                one == other && (plain == again || (*plain && text))
            }
            (one, other) => one == other,
        }
    }

    #[test]
    fn a_member_that_is_not_named_has_what_stands_for_everyone_else() {
        let scenario = Path::new("scenarios/one-state-stays-out.yaml");
        let template = Template::read(Sources::default(), scenario, &Options::default()).expect("a scenario");
        let of = |path: &str| {
            let path = Key { text: path.to_owned(), place: Place::NOWHERE };
            template.value(None, &path).map(|value| written(&value).trim_end().to_owned())
        };
        let protocol = "membership.internet-trafficking-protocol/conduct";
        assert_eq!(of(&format!("{protocol}.hesper")).as_deref(), Some("never"));
        assert_eq!(of(&format!("{protocol}.brava")), of(&format!("{protocol}.*")));
        assert_eq!(of(&format!("{protocol}.brava.consented")).as_deref(), Some("2011-09-15"));
        assert_eq!(of(&format!("{protocol}.hesper.consented")), None);
        assert_eq!(of("membership.ets189.brava"), None);
    }

    #[test]
    fn every_built_in_file_reads_back_to_itself() {
        let yaml = |path: &str| path.strip_suffix(".yaml").is_some();
        for (path, text) in crate::embedded::FILES.iter().filter(|(path, _)| yaml(path)) {
            let tree = parse(0, text).expect("a tree");
            let again = parse(0, &written(&tree)).unwrap_or_else(|unread| panic!("{path}: {}", unread.problems));
            assert!(same(&tree, &again), "{path}");
        }
    }
}
