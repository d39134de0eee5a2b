//! A scenario file read once and put together many times: in its variants, and with values set at paths.
//!
//! For studies. Each thread has a copy of its own, which costs the trees of the law read so far.

use std::path::Path;

use super::read::{Options, Scenario, apply_setting, apply_variant, from_tree, tree};
use super::shelf::Shelf;
use crate::base::Problems;
use crate::reading::{self, Key, Node, Sources};

/// A scenario as written, ready to be varied.
#[derive(Clone, Debug)]
pub struct Template {
    shelf: Shelf,
    tree: Node,
}

impl Template {
    /// Reads a file, or a built-in scenario, and lays the settings of the options over it. `sources` holds the files
    /// read before, so that the places of values set later are known here. The variant of the options is not used.
    ///
    /// # Errors
    /// All problems found; the sources are for showing them.
    pub fn read(sources: Sources, path: &Path, options: &Options) -> Result<Self, (Problems, Sources)> {
        let mut shelf = Shelf::new(options.law.clone());
        shelf.sources = sources;
        let settings = |shelf: &mut Shelf, mut tree: Node| {
            for setting in &options.settings {
                apply_setting(shelf, &mut tree, setting)?;
            }
            Ok(tree)
        };
        match tree(&mut shelf, path).and_then(|tree| settings(&mut shelf, tree)) {
            Ok(tree) => Ok(Self { shelf, tree }),
            Err(problems) => Err((problems, shelf.sources)),
        }
    }

    /// The files read, for showing problems.
    #[must_use]
    pub const fn sources(&self) -> &Sources {
        &self.shelf.sources
    }

    /// What was read, with its settings.
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

    /// The scenario in a variant (none: as written), with values set at paths over it.
    ///
    /// # Errors
    /// An unknown variant, a malformed path, and whatever does not hold together with the values: at their places.
    pub fn with(&mut self, variant: Option<&str>, values: &[(&Key, &Node)]) -> Result<Scenario, Problems> {
        let mut tree = self.tree.clone();
        if let Some(name) = variant {
            apply_variant(&mut tree, name, &self.variants())?;
        }
        let mut problems = Problems::default();
        for (path, value) in values {
            if let Err(problem) = reading::set(&mut tree, path, value) {
                problems.push(problem);
            }
        }
        problems.or(())?;
        let mut scenario = from_tree(&mut self.shelf, tree, &Options::default())?;
        scenario.variant = variant.map(str::to_owned);
        Ok(scenario)
    }
}
