//! Variants of a comparison that are one world under several names: their scenarios have one digest, and so every run of
//! one is that of the other. They are shown once.
//!
//! Deliberately absent: variants that differ and come to the same. That is a result.

use super::compare::VariantSummary;
use super::lines::joined;
use crate::base::Digest;
use crate::scenario::{AS_CHANGED, AS_WRITTEN};

/// A variant in a sentence: marked as a name, for many a name is a word that could mean something else there.
#[must_use]
pub fn in_a_sentence(variant: &str) -> String {
    if [AS_WRITTEN, AS_CHANGED].contains(&variant) {
        format!("the scenario {variant}")
    } else {
        format!("\u{201c}{variant}\u{201d}")
    }
}

/// For each of these scenarios, the place of the first that is the same; its own, where it is the first.
#[must_use]
pub fn firsts(digests: &[Digest]) -> Vec<usize> {
    let first = |(place, digest)| digests.iter().position(|other| other == digest).unwrap_or(place);
    digests.iter().enumerate().map(first).collect()
}

/// That a variant is the same as another that was told of before it.
#[must_use]
pub fn sentence(variant: &str, other: &str) -> String {
    let [variant, other] = [variant, other].map(in_a_sentence);
    format!("With {variant}, everything is as with {other}: the two are one world under two names.")
}

/// A world, and all its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    /// Its names, as in "one and other".
    pub name: String,
    /// The same in a sentence.
    pub said: String,
    /// The place of the first variant that is it.
    pub place: usize,
}

/// The worlds that are compared, the baseline first. It stands by itself, even where a variant is the same.
#[must_use]
pub fn worlds(variants: &[VariantSummary]) -> Vec<World> {
    worlds_of(&variants.iter().map(|variant| (variant.name.as_str(), variant.scenario)).collect::<Vec<_>>())
}

/// The same of names and digests.
#[must_use]
pub fn worlds_of(variants: &[(&str, Digest)]) -> Vec<World> {
    let Some((baseline, others)) = variants.split_first() else { return Vec::new() };
    let firsts = firsts(&others.iter().map(|(_, scenario)| *scenario).collect::<Vec<_>>());
    let world = |place: usize| {
        let same = others.iter().zip(&firsts).filter(|(_, first)| **first == place);
        let names: Vec<String> = same.map(|((name, _), _)| (*name).to_owned()).collect();
        let said: Vec<String> = names.iter().map(|name| in_a_sentence(name)).collect();
        World { name: joined(&names, "and"), said: joined(&said, "and"), place: place + 1 }
    };
    let baseline = World { name: baseline.0.to_owned(), said: in_a_sentence(baseline.0), place: 0 };
    let places = (0..others.len()).filter(|place| firsts[*place] == *place);
    std::iter::once(baseline).chain(places.map(world)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variant(name: &str, of: &[u8]) -> VariantSummary {
        VariantSummary {
            name: name.to_owned(),
            scenario: Digest::of(of),
            sets: Vec::new(),
            assumptions: Vec::new(),
            haven_places: Vec::new(),
            runs: Vec::new(),
        }
    }

    #[test]
    fn one_scenario_is_one_world_whatever_it_is_called() {
        let variants =
            [("a", "1"), ("b", "2"), ("c", "3"), ("d", "2"), ("e", "1")].map(|(name, of)| variant(name, of.as_bytes()));
        let worlds = worlds(&variants);
        assert_eq!(worlds[1].said, "\u{201c}b\u{201d} and \u{201c}d\u{201d}");
        let worlds: Vec<(String, usize)> = worlds.into_iter().map(|world| (world.name, world.place)).collect();
        assert_eq!(worlds, [("a", 0), ("b and d", 1), ("c", 2), ("e", 4)].map(|(name, at)| (name.to_owned(), at)));
        assert_eq!(firsts(&variants.map(|variant| variant.scenario)), [0, 1, 2, 1, 0]);
    }

    #[test]
    fn the_baseline_is_named_for_what_it_is() {
        assert_eq!(in_a_sentence(AS_WRITTEN), "the scenario as written");
        assert_eq!(in_a_sentence("joins"), "\u{201c}joins\u{201d}");
        let said = sentence("joins", AS_CHANGED);
        assert!(
            said.starts_with("With \u{201c}joins\u{201d}, everything is as with the scenario as changed by"),
            "{said}"
        );
    }
}
