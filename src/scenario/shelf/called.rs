//! Which built-in treaty people may mean by a name that no file has: `budapest`, `cybercrime-convention`, `palermo`.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::Shelf;
use crate::embedded;
use crate::law::forms::TreatyForm;
use crate::law::wording::joined;
use crate::reading::{self, Sources};

/// More of them are no advice.
const MOST: usize = 4;
/// Letters of the shortest word that tells one treaty from another.
const FEWEST_LETTERS: usize = 3;
/// Words that tell none from another.
const COMMON: [&str; 8] = ["agreement", "and", "convention", "for", "model", "protocol", "the", "treaty"];

/// A treaty, and what people know it by.
struct Known {
    name: String,
    title: String,
    of_title: BTreeSet<String>,
    /// Those of its title, how it is cited, and where its text is from: that has the place of signature.
    all: BTreeSet<String>,
}

/// Advice: the treaties that every word of a name belongs to, that with just this title alone; none where they are many.
#[must_use]
pub fn called(name: &str) -> Option<String> {
    static KNOWN: OnceLock<Vec<Known>> = OnceLock::new();
    let words = words(name);
    let known = KNOWN.get_or_init(|| Shelf::names("treaties").filter_map(read).collect());
    let meant: Vec<&Known> = match known.iter().find(|known| known.of_title == words) {
        Some(known) => vec![known],
        None => known.iter().filter(|known| words.is_subset(&known.all)).collect(),
    };
    match meant.as_slice() {
        _ if words.is_empty() => None,
        [] => None,
        [one] => Some(format!("did you mean `{}`, the {}?", one.name, one.title)),
        some if some.len() > MOST => None,
        some => {
            let names: Vec<String> = some.iter().map(|known| format!("`{}`", known.name)).collect();
            Some(format!("did you mean {}?", joined(&names, "or")))
        }
    }
}

/// What the built-in file of a treaty says of its names.
fn read(name: &str) -> Option<Known> {
    let path = format!("law/treaties/{name}.yaml");
    let tree = reading::load_text(&mut Sources::default(), &path, embedded::file(&path)?).ok()?;
    let TreatyForm { title, cites_as, source, .. } = reading::decode(&tree).ok()?;
    let all = [&title, &cites_as, &source].into_iter().flat_map(|text| words(text)).collect();
    Some(Known { name: name.to_owned(), of_title: words(&title), title, all })
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.chars().count() >= FEWEST_LETTERS)
        .map(str::to_lowercase)
        .filter(|word| !COMMON.contains(&word.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::called;

    #[test]
    fn treaties_are_found_by_the_names_that_people_give_them() {
        let found = |name| called(name).unwrap_or_default();
        for name in ["budapest", "Budapest Convention", "cybercrime", "convention-on-cybercrime"] {
            assert_eq!(found(name), "did you mean `ets185`, the Convention on Cybercrime?", "{name}");
        }
        assert_eq!(found("palermo"), "did you mean `tip` or `untoc`?");
        assert!(found("lanzarote-convention").contains("`lanzarote`"));
        for name in ["", "convention", "extradition", "quixotic", "budapest-quixotic", "no"] {
            assert_eq!(called(name), None, "{name}");
        }
    }
}
