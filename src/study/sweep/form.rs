//! The form of a study file.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::base::Spanned;
use crate::scenario::form::Anything;

/// A study: one scenario at many points of its factors, each with several seeds.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StudyForm {
    /// Its title.
    pub title: String,
    /// The scenario: a file beside this one, or a built-in one.
    pub scenario: Spanned<String>,
    /// Seed of the study, from which the seeds of its runs and the points of its design follow.
    pub seed: u64,
    /// Runs of each point in each variant, every one with a seed of its own.
    pub replicates: Spanned<u32>,
    /// The state that outcomes of a state are about; that of the scenario's `premium`, if left out.
    #[serde(default)]
    pub state: Option<Spanned<String>>,
    /// Variants of the scenario; as written, if left out.
    #[serde(default)]
    pub variants: Vec<Spanned<String>>,
    /// Whether the same replicate has the same seed in every variant (common random numbers) or one of its own.
    #[serde(default)]
    pub seeds: Seeds,
    /// At which points the factors are looked at.
    #[serde(default)]
    pub design: Spanned<DesignForm>,
    /// What varies: paths of the scenario with the values that they take.
    #[serde(default)]
    pub factors: BTreeMap<Spanned<String>, FactorForm>,
}

/// How seeds are shared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Seeds {
    /// One seed a replicate, whatever the variant and the point: differences are paired.
    #[default]
    Common,
    /// One seed a variant and replicate.
    ByVariant,
}

/// A design.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum DesignForm {
    /// Every combination of the levels of all factors.
    #[default]
    Grid,
    /// The scenario as written, then every level of every factor by itself.
    OneAtATime,
    /// Points spread so that each factor's range is covered evenly.
    LatinHypercube {
        /// How many points.
        points: Spanned<u32>,
    },
    /// Trajectories for elementary effects.
    Morris {
        /// How many trajectories; each is one point more than there are factors.
        trajectories: Spanned<u32>,
        /// Levels of each factor: an even number.
        #[serde(default = "four")]
        levels: Spanned<u32>,
    },
    /// Saltelli's points for Sobol indices.
    Sobol {
        /// How many samples; each is two points more than there are factors.
        samples: Spanned<u32>,
    },
    /// The points written here: paths with their values, what a point leaves out is as in the scenario.
    #[expect(clippy::zero_sized_map_values, reason = "values are read from the tree, where they keep their writing")]
    List(Vec<BTreeMap<Spanned<String>, Anything>>),
    /// The points of a table beside this file: CSV, one row a point, columns are paths.
    Cases(Spanned<String>),
}

/// What Morris recommends.
fn four() -> Spanned<u32> {
    Spanned::nowhere(4)
}

/// What values a factor takes: `values`, or a range by `from` and `to`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FactorForm {
    /// The values, anything that may stand at the path.
    #[serde(default)]
    pub values: Option<Vec<Anything>>,
    /// Lower end: a number or a day.
    #[serde(default)]
    pub from: Option<Anything>,
    /// Upper end.
    #[serde(default)]
    pub to: Option<Anything>,
    /// Levels of a range in a grid or one at a time, both ends counted.
    #[serde(default)]
    pub steps: Option<Spanned<u32>>,
    /// Whether the range holds whole numbers alone.
    #[serde(default)]
    pub whole: bool,
    /// Whether equal ratios are equal steps.
    #[serde(default)]
    pub logarithmic: bool,
}
