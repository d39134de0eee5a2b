//! Labels that fit their room: how wide words are, and how they are cut where they are wider. Labels of one figure stay
//! apart from one another, however alike the names begin.
//!
//! Deliberately absent: where labels stand.

use unicode_segmentation::UnicodeSegmentation as _;

/// How much wider bold letters are.
pub const BOLD: f64 = 1.12;

/// About how wide a text is: no common sans serif font is wider than `DejaVu` Sans, after which these widths are.
#[must_use]
pub fn width(words: &str, letter: f64) -> f64 {
    let wide = |character: char| match character {
        'i' | 'j' | 'l' | 'I' | 'J' | '\'' | '|' | '.' | ',' | ':' | ';' | ' ' => 0.34,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' | '!' => 0.42,
        'm' | 'M' | 'W' | '@' | '%' | '…' | '\u{1100}'..='\u{11ff}' | '\u{2e80}'.. => 1.0,
        'w' | 'A'..='Z' | '+' | '=' | '<' | '>' | '\u{2212}' => 0.84,
        ..='\u{24f}' => 0.64,
        _ => 0.84,
    };
    words.chars().map(wide).sum::<f64>() * letter
}

/// The text, or as much of its beginning as has room.
#[must_use]
pub fn fitted(words: &str, room: f64, letter: f64) -> String {
    if width(words, letter) <= room {
        return words.to_owned();
    }
    format!("{}…", beginning(words, room - width("…", letter), letter).trim_end())
}

/// Where a text may be cut: after each letter with all its marks.
fn ends(words: &str) -> impl Iterator<Item = usize> {
    words.grapheme_indices(true).map(|(place, letter)| place + letter.len())
}

/// As much of the beginning as has room. That of a name read from right to left is its right: it is cut at its end, too.
fn beginning(words: &str, room: f64, letter: f64) -> &str {
    let end = ends(words).take_while(|end| width(&words[..*end], letter) <= room).last();
    &words[..end.unwrap_or(0)]
}

/// Names, each with its room, as labels. Where cutting off their ends would make labels that several names could have,
/// these keep what they differ by: the beginning, and what follows the part that they have in common.
#[must_use]
pub fn distinct<'a>(names: impl IntoIterator<Item = (&'a str, f64)>, letter: f64) -> Vec<String> {
    let names: Vec<(&str, f64)> = names.into_iter().collect();
    let mut labels: Vec<String> = names.iter().map(|(name, room)| fitted(name, *room, letter)).collect();
    let mut numbered: Vec<usize> = Vec::new();
    // A round parts names where they first differ, or numbers them where that has no room.
    for _ in 0..2 * names.len() {
        let Some(alike) = alike(&names, &labels, &numbered) else { break };
        let common = common_beginning(&alike.iter().map(|place| names[*place].0).collect::<Vec<_>>());
        let cut = |place: &usize| (*place, around(names[*place], common, letter));
        let parted: Vec<(usize, String)> = alike.iter().map(cut).collect();
        if parted.iter().any(|(place, label)| labels[*place] != *label) {
            for (place, label) in parted {
                labels[place] = label;
            }
            continue;
        }
        for place in alike {
            let ((name, room), end) = (names[place], format!("… {}", place + 1));
            if labels[place] == name {
                continue;
            }
            labels[place] = format!("{}{end}", beginning(name, room - width(&end, letter), letter).trim_end());
            numbered.push(place);
        }
    }
    labels
}

/// The places of names of which one has a cut label that different ones could have, too.
fn alike(names: &[(&str, f64)], labels: &[String], numbered: &[usize]) -> Option<Vec<usize>> {
    let cut = (0..labels.len()).filter(|place| labels[*place] != names[*place].0 && !numbered.contains(place));
    let could_have = |label: &String| (0..names.len()).filter(|place| stands_for(label, names[*place].0)).collect();
    let mut groups = cut.map(|place| (place, could_have(&labels[place])));
    let (_, alike) = groups
        .find(|(place, group): &(usize, Vec<usize>)| group.iter().any(|other| names[*other].0 != names[*place].0))?;
    Some(alike)
}

/// Whether a label that is cut could be one of this name.
fn stands_for(label: &str, name: &str) -> bool {
    let mut pieces = label.split('…');
    let (first, last) = (pieces.next().unwrap_or_default(), pieces.next_back().unwrap_or_default());
    let Some(rest) = name.strip_prefix(first).and_then(|rest| rest.strip_suffix(last)) else { return false };
    pieces.try_fold(rest, |rest, piece| rest.split_once(piece).map(|(_, after)| after)).is_some()
}

/// How many bytes of their beginnings names have in common.
fn common_beginning(names: &[&str]) -> usize {
    let (first, others) = names.split_first().expect("names that are alike");
    let begins = |other: &str, end: usize| other.starts_with(&first[..end]) && ends(other).any(|known| known == end);
    ends(first).take_while(|end| others.iter().all(|other| begins(other, *end))).last().unwrap_or(0)
}

/// A name without its middle: the word with which it stops being like others after so many bytes, what follows, and as
/// much of its beginning as has room.
fn around((name, room): (&str, f64), common: usize, letter: f64) -> String {
    const BETWEEN: [char; 3] = [' ', '-', '/'];
    if width(name, letter) <= room {
        return name.to_owned();
    }
    let room = room - width("…", letter);
    let ended = name[common..].len() - name[common..].trim_start_matches(BETWEEN).len();
    let word = if ended > 0 { common + ended } else { name[..common].rfind(BETWEEN).map_or(0, |before| before + 1) };
    let differs = word.max(common);
    let Some(tail) = [word, differs].into_iter().find(|from| width(&name[*from..], letter) <= room) else {
        return format!("…{}", fitted(&name[differs..], room, letter));
    };
    let head = beginning(&name[..tail], room - width(&name[tail..], letter), letter);
    format!("{}…{}", head.trim_end_matches(BETWEEN), &name[tail..])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_has_no_room_is_cut_and_says_so() {
        assert!(width("illicit", 14.0) < width("mammals", 14.0) && width("日本橋", 14.0) > width("abc", 14.0));
        assert_eq!(fitted("Hesper", 100.0, 14.0), "Hesper");
        let short = fitted("internet-trafficking-protocol/conduct", 100.0, 14.0);
        assert!(short.ends_with('…') && width(&short, 14.0) <= 100.0, "{short}");
    }

    #[test]
    fn no_letter_is_parted_from_its_marks() {
        // Points under letters, two flags, and a family of four.
        for name in ["שָׁלוֹם לְכֻלָּם", "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}", "🇦🇹🇩🇪🇦🇹🇩🇪", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦"]
        {
            for room in 10..160 {
                let short = fitted(name, f64::from(room), 14.0);
                let kept = short.trim_end_matches('…');
                assert!(kept.is_empty() || ends(name).any(|end| end == kept.len()), "{short} of {name}");
                assert!(name.starts_with(kept), "{short}");
            }
        }
        assert_eq!(common_beginning(&["abe\u{301}x", "abex"]), 2);
    }

    #[track_caller]
    fn check(names: &[&str], room: f64, expected: &[&str]) {
        let labels = distinct(names.iter().map(|name| (*name, room)), 14.0);
        assert_eq!(labels, expected);
    }

    #[test]
    fn labels_of_names_that_begin_alike_keep_what_they_differ_by() {
        check(&["Alba", "Hesper"], 100.0, &["Alba", "Hesper"]);
        let republics = ["Republic of Northern Alpha", "Republic of Northern Beta", "Hesper"];
        check(&republics, 138.0, &["Republic o…Alpha", "Republic of…Beta", "Hesper"]);
        let forked = ["Republic of Northern Alpha", "Republic of Northern Alps", "Republic of Southern Alps"];
        check(&forked, 138.0, &["Republic o…Alpha", "R…Northern Alps", "R…Southern Alps"]);
        // One whose whole is the beginning of another.
        check(&["Republic of", "Republic of Northern Alpha"], 100.0, &["Republic of", "…Northern…"]);
    }

    #[test]
    fn labels_with_more_room_do_not_pass_for_others() {
        let names = ["Republic of Northern Alpha", "Republic of Northern Beta"];
        let labels = distinct(names.into_iter().zip([100.0, 120.0]), 14.0);
        assert_eq!(labels, ["Repu…Alpha", "Republic…Beta"]);
    }

    #[test]
    fn labels_are_distinct_and_fit_however_long_names_are() {
        let long = "of the many islands between the two seas".repeat(3);
        let names: Vec<String> = (0..24)
            .map(|number| format!("Republic {long} {}, {long}, {number} Ω", ["north", "south"][number % 2]))
            .chain(["日本橋".repeat(20), "日本橋".repeat(21)])
            .collect();
        for room in [100.0, 116.0, 138.0, 300.0] {
            let labels = distinct(names.iter().map(|name| (name.as_str(), room)), 14.0);
            assert_eq!(labels.iter().collect::<BTreeSet<_>>().len(), names.len(), "{labels:?}");
            assert!(labels.iter().all(|label| width(label, 14.0) <= room), "{labels:?}");
        }
        // The same name twice has one label: nothing tells them apart.
        check(&["Republic of Northern Alpha"; 2], 100.0, &["Republic of…"; 2]);
    }
}
