//! The nearest known name to one that is not known, for error messages.

/// The known name closest to `unknown`, if it is close enough to be a slip of the pen: at most a third of its
/// letters differ (at least one may, but of a single letter none), swapped neighbours counted once. Case differences count
/// as nothing. Of several that are equally close, one that goes on where it ends comes first (`USA` for `US`), then one in
/// the same case, and of numbers the nearest: `ets185` for `ets186`.
#[must_use]
pub fn nearest<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = unknown.to_lowercase();
    let length = folded.chars().count();
    let allowed = (length / 3).max(usize::from(length > 1));
    known
        .into_iter()
        // Cheap, and true of every name that the measure below lets pass: thousands of names may be unknown.
        .filter(|name| name.chars().count().abs_diff(length) <= allowed)
        .map(|name| (strsim::damerau_levenshtein(&folded, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, name)| {
            let goes_on = name.to_lowercase().starts_with(&folded);
            (*distance, !goes_on, strsim::damerau_levenshtein(unknown, name), apart(unknown, name), *name)
        })
        .map(|(_, name)| name)
}

/// That a word which stands where another shape may stand, too, is nearly one of these: a slip of the pen.
#[must_use]
pub fn nearly<E: serde::de::Error>(word: &str, known: &'static [&'static str]) -> Option<E> {
    nearest(word, known.iter().copied()).map(|_| E::unknown_variant(word, known))
}

/// How far the digits at the same places are from one another.
fn apart(one: &str, other: &str) -> u32 {
    let digits =
        one.chars().zip(other.chars()).filter_map(|(one, other)| Some((one.to_digit(10)?, other.to_digit(10)?)));
    digits.map(|(one, other)| one.abs_diff(other)).sum()
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
        assert_eq!(nearest("9", ["3", "8"]), None, "any one letter is as near as any other");
        assert_eq!(nearest("US", ["AUS", "USA"]), Some("USA"));
        let treaties = ["ETS182", "ETS185", "ets182", "ets185", "ets189"];
        assert_eq!(nearest("ets186", treaties), Some("ets185"));
        assert_eq!(nearest("ETS186", treaties), Some("ETS185"));
    }
}
