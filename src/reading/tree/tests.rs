//! Text as a tree with places.

use super::*;

/// Each value as `text@start..end`, lists and maps with theirs.
fn show(node: &Node) -> String {
    let at = format!("@{}..{}", node.place.start, node.place.end);
    match &node.kind {
        Kind::Nothing => format!("~{at}"),
        Kind::Scalar { text, plain: true } => format!("{text}{at}"),
        Kind::Scalar { text, plain: false } => format!("{text:?}{at}"),
        Kind::List(items) => format!("[{}]{at}", items.iter().map(show).collect::<Vec<_>>().join(" ")),
        Kind::Map(entries) => {
            let shown = entries
                .iter()
                .map(|(key, value)| format!("{}@{}..{}: {}", key.text, key.place.start, key.place.end, show(value)));
            format!("{{{}}}{at}", shown.collect::<Vec<_>>().join(" "))
        }
    }
}

fn check(text: &str, expected: &str) {
    let shown = match parse(0, text) {
        Ok(node) => show(&node),
        Err(unread) => {
            let shown = unread
                .problems
                .0
                .iter()
                .map(|problem| format!("{}..{} {}", problem.place.start, problem.place.end, problem.message));
            shown.collect::<Vec<_>>().join("; ")
        }
    };
    assert_eq!(shown, expected, "{text:?}");
}

#[test]
fn places_are_bytes() {
    check("a: b", "{a@0..1: b@3..4}@0..4");
    check("é: ü\nz: 'ö'", "{é@0..2: ü@4..6 z@7..8: \"ö\"@10..14}@0..14");
    check("a: [1, {b: 2}]\n", "{a@0..1: [1@4..5 {b@8..9: 2@11..12}@7..13]@3..14}@0..14");
    check("a:\r\n  b: 1\r\nc: 2\r\n", "{a@0..1: {b@6..7: 1@9..10}@6..10 c@12..13: 2@15..16}@0..16");
    check("\u{feff}a: b", "{a@3..4: b@6..7}@3..7");
    check("a: |\n  x\n  y\nb: 1", "{a@0..1: \"x\\ny\\n\"@7..13 b@13..14: 1@16..17}@0..17");
}

#[test]
fn nothing_is_guessed_about_scalars() {
    check(
        "[no, 010, 1.0, '~', ~, null, '']",
        "[no@1..3 010@5..8 1.0@10..13 \"~\"@15..18 ~@20..21 ~@23..27 \"\"@29..31]@0..32",
    );
    check("a:\nb: 1", "{a@0..1: ~@1..1 b@3..4: 1@6..7}@0..7");
}

#[test]
fn what_makes_files_hard_to_read_is_refused() {
    check("", "0..0 the file is empty");
    check("# only a remark\n", "0..0 the file is empty");
    check("---\n...\n", "0..0 the file is empty");
    check("a: 1\n---\nb: 2", "5..8 a second document begins here; a file holds one");
    check("a: &x 1\nb: *x\nc: !!str 2", "3..7 anchors (`&name`) are refused; 17..24 tags (`!name`) are refused");
    check("%YAML 1.2\n---\na: 1", "{a@14..15: 1@17..18}@14..18");
    check(
        "#\n%YAML 1.1\n%ODD x\n---\na: 1",
        "2..11 directives (`%NAME`) are refused; 12..18 directives (`%NAME`) are refused",
    );
    check("a: *x", "3..4 aliases (`*name`) are refused");
    check("<<: {a: 1}", "0..2 merge keys (`<<`) are refused");
    check(
        "a: 1\na: 2\nb: {c: 1, c: 2}\na: 3",
        "5..6 the key `a` is written twice in this map; 20..21 the key `c` is written twice in this map; 26..27 the key `a` is written twice in this map",
    );
    check("[1]: 2", "0..1 a key must be a text, not a list or a map");
    check("? {a: b}\n: 2", "2..3 a key must be a text, not a list or a map");
    check(": 2", "0..0 a key is missing here");
    check("a: b\0c: d", "4..5 the file holds the control character U+0000");
    check("a: \u{1b}[31m", "3..4 the file holds the control character U+001B");
    check("a: \u{feff}", "3..6 the file holds the control character U+FEFF");
}

#[test]
fn limits_hold() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(parse(0, &nested(MAX_DEPTH)).is_ok());
    check(&nested(MAX_DEPTH + 1), "32..33 lists and maps are nested deeper than 32");
    check(&"[".repeat(1_000_000), "255..256 lists and maps are nested deeper than 32");
    let many = |count: usize| "- 1\n".repeat(count);
    assert!(parse(0, &many(MAX_NODES as usize - 1)).is_ok());
    let refused = parse(0, &many(MAX_NODES as usize)).expect_err("too many");
    assert!(refused.problems.0[0].message.starts_with("more than 50000 values"));
    check(&" ".repeat(MAX_FILE_BYTES + 1), "0..0 the file is larger than 1048576 bytes");
}
