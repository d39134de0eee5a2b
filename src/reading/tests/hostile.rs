//! Hostile input: whatever is written, reading ends soon, in a form or in problems that can be shown, and never
//! in a panic. The files of `tests/bad_input/corpus` are all refused but those of `accepted`; what is too large to keep
//! is generated here.

#![expect(clippy::disallowed_methods, reason = "reads its corpus")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use proptest::prelude::*;
use serde::Deserialize;

use crate::base::{Day, OneOrMany, Problems, Spanned};
use crate::reading::tree::{MAX_FILE_BYTES, Node, parse};
use crate::reading::{MAX_PROBLEMS, Sources, Unread, decode, load, load_text, made_of, render, to_json};

/// For one file in a debug build, in the time that its own thread works; the worst case takes a fifth of it.
const SOON: Duration = Duration::from_secs(1);

/// The shape of a scenario, as far as the reader is concerned.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only read")]
struct Form {
    title: String,
    question: String,
    #[serde(default)]
    teaching: Option<BTreeMap<String, OneOrMany<String>>>,
    from: Day,
    to: Spanned<Day>,
    seed: u64,
    treaties: OneOrMany<Spanned<String>>,
    states: BTreeMap<Spanned<String>, Spanned<State>>,
    membership: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<Member>>>,
    networks: Networks,
    #[serde(default)]
    timeline: Vec<Spanned<Event>>,
    #[serde(default)]
    variants: BTreeMap<Spanned<String>, serde_json::Value>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only read")]
struct State {
    name: String,
    law: String,
    infrastructure: u32,
    market: u32,
    #[serde(default)]
    authority: Option<Authority>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only read")]
struct Authority {
    desks: u16,
}

/// `never`, a date, or the dates of signature and consent: only a visitor of its own can read all three.
#[derive(Debug)]
struct Member;

impl<'de> Deserialize<'de> for Member {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> serde::de::Visitor<'de> for Reader {
            type Value = Member;
            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("`never`, a date, or dates by step")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Member, E> {
                if text == "never" { Ok(Member) } else { text.parse::<Day>().map(|_| Member).map_err(E::custom) }
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Member, A::Error> {
                while map.next_entry::<String, Day>()?.is_some() {}
                Ok(Member)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only read")]
struct Networks {
    count: u32,
    lines: BTreeMap<String, Line>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only read")]
struct Line {
    weight: f64,
    facts: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only read")]
struct Event {
    date: Day,
    state: String,
    does: String,
    treaty: String,
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_input/corpus")
}

/// The time that this thread has worked: on a busy machine it waits, and reading is none the slower for it.
#[cfg(unix)]
fn worked() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.cast_unsigned(), u32::try_from(now.tv_nsec).expect("under a billion"))
}

/// Where that is not told, the wall clock stands in.
#[cfg(not(unix))]
fn worked() -> Duration {
    use std::time::Instant;
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    START.elapsed()
}

/// The YAML files of a folder, by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let listed = fs::read_dir(folder).expect("the corpus is part of the repository");
    let mut paths: Vec<PathBuf> = listed.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    paths
}

/// Decodes and renders as `comity check` would; the problems, if there are any.
fn finish(sources: &Sources, read: Result<Node, Unread>) -> Option<Problems> {
    let problems = made_of(read, |node| decode::<Form>(&node)).err()?;
    assert!(!problems.0.is_empty(), "refused without a reason");
    let shown = render(sources, &problems, false);
    assert!(shown.len() < 2_000 * problems.0.len(), "{shown}");
    assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{shown}");
    assert_eq!(to_json(sources, &problems).len(), problems.0.len());
    for problem in &problems.0 {
        let text = &sources.file(problem.place.file).expect("a listed file").text;
        assert!(text.get(problem.place.start as usize..problem.place.end as usize).is_some(), "{problem:?}");
    }
    Some(problems)
}

fn check_file(path: &Path) -> (Sources, Option<Problems>) {
    let start = worked();
    let mut sources = Sources::default();
    let read = load(&mut sources, path, &|_| None);
    let problems = finish(&sources, read);
    assert!(worked().saturating_sub(start) < SOON, "{}", path.display());
    (sources, problems)
}

fn check_text(text: &str) -> Option<Problems> {
    let start = worked();
    let mut sources = Sources::default();
    let read = load_text(&mut sources, "text", text);
    let problems = finish(&sources, read);
    let took = worked().saturating_sub(start);
    assert!(took < SOON, "{:?} took {took:?}", text.chars().take(40).collect::<String>());
    problems
}

#[test]
fn every_file_of_the_corpus_is_refused() {
    let paths = files(&corpus());
    assert!(paths.len() >= 45, "{}", paths.len());
    for path in paths {
        assert!(check_file(&path).1.is_some(), "{} was accepted", path.display());
    }
}

#[test]
fn odd_but_sound_files_are_accepted() {
    for path in files(&corpus().join("accepted")) {
        let (sources, problems) = check_file(&path);
        let shown = problems.map(|problems| render(&sources, &problems, false));
        assert_eq!(shown, None, "{}", path.display());
    }
}

#[test]
fn the_file_of_many_mistakes_shows_them_all() {
    let (sources, problems) = check_file(&corpus().join("many-mistakes.yaml"));
    let found = to_json(&sources, &problems.expect("problems"));
    let found: Vec<String> = found
        .iter()
        .map(|problem| format!("{} {}", problem["line"], problem["message"].as_str().unwrap_or("")))
        .collect();
    let date = "there is no day `2011-13-01`";
    assert_eq!(
        found,
        [
            "1 the key `to` is missing".into(),
            "7 ".to_owned() + date,
            "8 unknown key `until`".into(),
            "9 unknown key `sed`".into(),
            "9 expected a whole number from 0 to 18446744073709551615, found `x`".into(),
            "12 expected a whole number from 0 to 4294967295, found `-15`".into(),
            "13 the key `market` is missing".into(),
            "17 ".to_owned() + date,
            "21 unknown key `dose`".into(),
        ]
    );
}

/// Signs that a giant text repeats, beside a directive.
const UNITS: [&str; 51] = [
    "[", "{", "]", "}", "{a: ", "[a, ", "{a: b, ", "[{", "? ", "- ", "a: ", "- - ", "? - ", ": ", "!", "!!a ", "&a ",
    "*a ", "\"", "'", "|\n", ">\n", "%", "%A b\n", "---\n", "...\n", "\t", " ", "\n", "\r\n", "#", "a", "é", "a:",
    "a\n", "\\", ",", "[a: b, ", "- a: b\n", "a: b\n", "\u{feff}", "<<: ", "\"a\": ", "x: [", "[\n", "{\n", "[a]: ",
    "a\n\n\n", "\\u0041", " |\n ", "9",
];

#[test]
fn repeated_signs_are_read_or_refused_soon() {
    for unit in UNITS.into_iter().chain(["%YAML 1.2\n"]) {
        for head in ["", "a: ", "a: |\n ", "\"", "["] {
            let text = head.to_owned() + &unit.repeat(MAX_FILE_BYTES / unit.len());
            check_text(&text[..text.floor_char_boundary(MAX_FILE_BYTES)]);
        }
    }
}

#[test]
fn generated_giants_are_read_or_refused_soon() {
    let mut deep = String::new();
    let mut steps = String::new();
    let mut anchors = String::from("a0: &a0 x\n");
    let mut wrong = String::from("states:\n");
    let mut events = String::from("timeline:\n");
    let mut keys = String::new();
    for index in 0..1_000 {
        let _ = writeln!(deep, "{}k:", " ".repeat(index));
        steps.push_str("- ");
        let _ = writeln!(anchors, "a{}: &a{} [*a{index}, *a{index}]", index + 1, index + 1);
    }
    for index in 0..8_000 {
        let _ = writeln!(wrong, "  s{index}: {{ name: [], law: {{}}, infrastructure: x, market: -1 }}");
        let _ = writeln!(events, "  - {{ date: 2011-02-30 }}");
        let _ = writeln!(keys, "key{index}: 1");
    }
    for text in [deep, steps, anchors, wrong, events, keys] {
        let problems = check_text(&text).expect("refused");
        assert!(problems.0.len() <= MAX_PROBLEMS + 1);
    }
}

/// A scenario in order, as the ground that mutations start from.
fn sound() -> String {
    fs::read_to_string(corpus().join("accepted/plain.yaml")).expect("the corpus is part of the repository")
}

/// Pieces that change what the text around them means; the first two are refused before anything is parsed.
const PIECES: [&str; 28] = [
    "\0", "\u{feff}", "[", "]", "{", "}", ":", ": ", "- ", "\n", "\r", "\t", "  ", "\"", "'", "|\n", "|2-\n", ">", "#",
    "&a", "*a", "!", "? ", "é", "---\n", ",", "%", "\\",
];

/// Values in the place of others, so that the file stays YAML and the form has to refuse it.
const VALUES: [&str; 14] = [
    "[]",
    "{}",
    "~",
    "''",
    "x",
    "-1",
    "1e999",
    "99999999999",
    "2011-02-30",
    "[x]",
    "{ x: y }",
    "never",
    "true",
    "{ name: }",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check_text(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn arbitrary_yaml_like_texts_never_panic(pieces in prop::collection::vec(2..PIECES.len() + 3, 0..60)) {
        let text: String = pieces.iter().map(|piece| PIECES.get(*piece).copied().unwrap_or("a")).collect();
        let _ = parse(0, &text);
        check_text(&text);
    }

    #[test]
    fn mutations_of_a_sound_file_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..12_usize, 0..PIECES.len() * 2), 1..6)
    ) {
        let mut text = sound();
        for (at, cut, piece) in changes {
            let start = text.floor_char_boundary(at.index(text.len().max(1)));
            let end = text.ceil_char_boundary((start + cut).min(text.len()));
            text.replace_range(start..end, PIECES.get(piece).copied().unwrap_or(""));
        }
        check_text(&text);
    }

    #[test]
    fn values_in_the_place_of_others_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..VALUES.len()), 1..12)
    ) {
        let text = sound();
        let mut words: Vec<&str> = text.split_inclusive([' ', '\n', ',', ':', '[', ']']).collect();
        for (at, value) in changes {
            let word = at.get_mut(&mut words);
            // Only what is followed by a space or comma alone, so that keys and brackets stay where they are.
            if word.len() > 2 && word.ends_with([' ', ',']) && !word.starts_with(['{', '"']) {
                *word = VALUES[value];
            }
        }
        let text: String = words.concat();
        check_text(&text);
    }
}
