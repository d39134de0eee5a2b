//! What kind of file a tree is: told by the keys at its top that other kinds do not have.

use crate::base::{Problem, Problems};
use crate::reading::Node;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A scenario.
    Scenario,
    /// A study of many runs of a scenario.
    Study,
    /// A worked case.
    Case,
    /// A treaty or protocol.
    Treaty,
    /// A state and its law.
    State,
    /// A law that invented states share.
    Law,
    /// The list of facts.
    Facts,
    /// A table of the record.
    Table,
}

/// Keys at the top of each kind of file, the kind with most of them being the one. Of kinds with as many, the first: a scenario has so
/// many keys that it shares some with the others.
const MARKS: [(Kind, &[&str]); 7] = [
    (Kind::Case, &["case", "parts", "requesting", "requested", "says"]),
    (Kind::Study, &["scenario", "replicates", "design", "factors", "seeds"]),
    (Kind::Treaty, &["treaty", "cites-as", "articles", "joins", "reservable"]),
    (Kind::State, &["state", "law", "coverage"]),
    (Kind::Law, &["name", "law", "coverage"]),
    (Kind::Facts, &["facts"]),
    (Kind::Scenario, &["question", "teaching", "from", "to", "states", "networks", "timeline", "variants"]),
];

impl Kind {
    /// The name, of one and of several.
    #[must_use]
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Scenario => ("scenario", "scenarios"),
            Self::Study => ("study", "studies"),
            Self::Case => ("case", "cases"),
            Self::Treaty => ("treaty", "treaties"),
            Self::State => ("state", "states"),
            Self::Law => ("law", "laws"),
            Self::Facts => ("list of facts", "lists of facts"),
            Self::Table => ("table of the record", "tables of the record"),
        }
    }

    /// The kind of the files of a law folder that stand there.
    pub(super) fn in_folder(rest: &str) -> Option<Self> {
        match rest.split_once('/') {
            Some(("treaties", _)) => Some(Self::Treaty),
            Some(("states", _)) => Some(Self::State),
            Some(("laws", _)) => Some(Self::Law),
            Some(("cases", _)) => Some(Self::Case),
            None if rest == "facts.yaml" => Some(Self::Facts),
            _ => None,
        }
    }

    /// The kind of a file; none where no key tells.
    #[must_use]
    pub fn of(tree: &Node) -> Option<Self> {
        let marks = |keys: &[&str]| keys.iter().filter(|key| tree.get(key).is_some()).count();
        let most = MARKS.iter().map(|(_, keys)| marks(keys)).max().filter(|most| *most > 0)?;
        MARKS.iter().find(|(_, keys)| marks(keys) == most).map(|(kind, _)| *kind)
    }

    /// Refuses a file that is plainly another kind: what each of its keys lacks or has too many would be said otherwise.
    ///
    /// # Errors
    /// What it is, and the command for that.
    pub fn expect(self, tree: &Node) -> Result<(), Problems> {
        let Some(found) = Self::of(tree).filter(|found| *found != self) else { return Ok(()) };
        let place = tree.entries().first().map_or(tree.place, |(key, _)| key.place);
        let message = format!("this is a {}, where a {} is expected", found.names().0, self.names().0);
        let help = match found {
            Self::Scenario => "`comity run` runs scenarios",
            Self::Study => "`comity sweep plan` plans studies",
            Self::Case => "`comity opine` answers cases",
            Self::Treaty | Self::State | Self::Law | Self::Facts | Self::Table => "`comity check` checks files of law",
        };
        Err(Problems(vec![Problem::new(place, message).help(help)]))
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;
    use crate::reading::parse;

    #[test]
    fn a_file_is_what_most_of_its_keys_say() {
        let kind = |text: &str| Kind::of(&parse(0, text).expect("a tree"));
        // A slip in a key, or a key that several kinds have, does not make it another kind.
        assert_eq!(kind("{title: t, from: 1, to: 2, state: {}, networks: {}}"), Some(Kind::Scenario));
        assert_eq!(kind("{title: t, scenario: s, state: x, variants: []}"), Some(Kind::Study));
        assert_eq!(kind("{case: c, facts: [], states: {}}"), Some(Kind::Case));
        assert_eq!(kind("{state: c, name: n, law: {}}"), Some(Kind::State));
        assert_eq!(kind("{name: n, law: {}}"), Some(Kind::Law));
        assert_eq!(kind("{title: t}"), None);
        assert_eq!(kind("[1]"), None);
    }
}
