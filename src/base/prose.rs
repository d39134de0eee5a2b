//! Names of states as English has them in a sentence. In tables and headings the bare name stands.

use std::borrow::Cow;

/// Names that take the article though no word in them says so.
const WITH_ARTICLE: [&str; 9] =
    ["Bahamas", "Comoros", "Congo", "Gambia", "Holy See", "Maldives", "Netherlands", "Philippines", "European Union"];

/// A name that begins so is a common noun made proper, and keeps its article.
const BEGIN: [&str; 6] = ["United ", "Republic ", "Democratic ", "Federated ", "Kingdom ", "Union "];

/// And so is one that ends so.
const END: [&str; 4] = [" Republic", " Federation", " Islands", " Emirates"];

/// The name as it stands in a sentence: `the United States`, `Germany`.
#[must_use]
pub fn in_prose(name: &str) -> Cow<'_, str> {
    let has_article = WITH_ARTICLE.contains(&name)
        || BEGIN.iter().any(|begin| name.starts_with(begin))
        || END.iter().any(|end| name.ends_with(end));
    if has_article { format!("the {name}").into() } else { name.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_its_article_in_a_sentence() {
        for name in [
            "United States",
            "United Kingdom",
            "United Arab Emirates",
            "Netherlands",
            "Philippines",
            "Republic of Korea",
            "Democratic Republic of the Congo",
            "Dominican Republic",
            "Syrian Arab Republic",
            "Lao People's Democratic Republic",
            "Russian Federation",
            "Marshall Islands",
        ] {
            assert_eq!(in_prose(name), format!("the {name}"));
        }
        for name in ["Germany", "South Korea", "Dominica", "Cabo Verde", "Hesper", "Unity", "Iceland"] {
            assert_eq!(in_prose(name), name);
        }
    }
}
