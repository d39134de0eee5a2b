//! Names that are read from right to left, in a report.

use super::{assert_sound, report, shipped};

/// Wherever a name stands that is read from right to left, it stands by itself, and turns nothing beside it.
#[test]
fn names_from_right_to_left_turn_nothing_round_them() {
    let (north, south) = ("ארץ הצפון הגדולה והרחבה של האיים הרבים", "أرض الجنوب");
    let names = [format!("states.alba.name={north}"), format!("states.hesper.name={south}")];
    let mut scenario = shipped("one-state-stays-out", None, &["to=2012-12-31", &names[0], &names[1]]);
    scenario.title = format!("{north} 12");
    let page = report(&scenario);
    assert_sound(&page);
    let mut left = page.as_str();
    for (open, close, what) in [("<bdi>", "</bdi>", "on the page"), ("\u{2068}", "\u{2069}", "in figures")] {
        assert!(page.matches(&format!("{open}{south}{close}")).count() > 3, "{what}");
        assert_eq!(page.matches(open).count(), page.matches(close).count(), "{what}");
    }
    assert!(page.contains(&format!("<title>\u{2068}{north}\u{2069} 12</title>")));
    let turns = |letter: char| matches!(letter, '\u{590}'..='\u{8ff}');
    while let Some(at) = left.find(turns) {
        let before = left[..at].trim_end_matches('…');
        let close = if before.ends_with("<bdi>") { "</bdi>" } else { "\u{2069}" };
        assert!(
            close == "</bdi>" || before.ends_with('\u{2068}'),
            "{}",
            &left[at..].chars().take(99).collect::<String>()
        );
        left = &left[at + left[at..].find(close).expect("an end")..];
    }
}
