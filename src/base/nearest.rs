//! The nearest known name to one that is not known, for error messages.

/// The known name closest to `unknown`, if it is close enough to be a slip of the pen: at most a third of its
/// letters differ (at least one may), swapped neighbours counted once. Case differences count as nothing.
#[must_use]
pub fn nearest<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = unknown.to_lowercase();
    let length = folded.chars().count();
    let allowed = (length / 3).max(1);
    known
        .into_iter()
        // Cheap, and true of every name that the measure below lets pass: thousands of names may be unknown.
        .filter(|name| name.chars().count().abs_diff(length) <= allowed)
        .map(|name| (strsim::damerau_levenshtein(&folded, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_name_and_nonsense_finds_none() {
        let known = ["hesper", "brava", "G.DUAL"];
        assert_eq!(nearest("hespre", known), Some("hesper"));
        assert_eq!(nearest("g.dual", known), Some("G.DUAL"));
        assert_eq!(nearest("quixotic", known), None);
    }
}
