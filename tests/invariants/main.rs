//! What is deliberately absent, read from the sources: the core knows no runtime and no system, rings know only
//! inner rings, generated types stay where the wire is.

#![expect(clippy::disallowed_methods, reason = "reads the sources")]

mod locked;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rings that are plain values in, values out.
const CORE: [&str; 6] = ["base", "law", "authority", "world", "depositary", "engine"];

/// What of the standard library reaches files, environment, network, clock, terminal and other programs.
const SYSTEM: [&str; 8] = ["env", "fs", "io", "net", "os", "process", "thread", "time"];

/// What each ring may know of the others; `main.rs` is outside the table.
const MAY_KNOW: [(&str, &[&str]); 16] = [
    ("base", &[]),
    ("law", &["base"]),
    ("authority", &["base", "law"]),
    ("depositary", &["base", "law"]),
    ("world", &["base", "law", "authority", "depositary"]),
    ("engine", &["base", "law", "authority", "depositary", "world"]),
    ("embedded", &[]),
    ("reading", &["base"]),
    ("scenario", &["base", "law", "authority", "depositary", "world", "engine", "reading", "embedded"]),
    ("grpc", &["base", "law", "authority", "depositary", "world", "engine"]),
    ("transport", &["base", "law", "authority", "depositary", "world", "engine", "grpc"]),
    (
        "validation",
        &["base", "law", "authority", "depositary", "world", "engine", "reading", "scenario", "transport", "study"],
    ),
    ("tables", &["base"]),
    ("study", &["base", "law", "world", "engine", "reading", "scenario", "transport", "tables"]),
    (
        "report",
        &["base", "law", "authority", "depositary", "world", "engine", "scenario", "study", "tables", "validation"],
    ),
    (
        "cli",
        &[
            "base",
            "law",
            "authority",
            "depositary",
            "world",
            "engine",
            "embedded",
            "reading",
            "scenario",
            "grpc",
            "transport",
            "report",
            "study",
            "tables",
            "validation",
        ],
    ),
];

/// A longer file wants to be two.
const MOST_LINES: usize = 350;

/// One source file: its path below the manifest, its ring, its code without comments.
struct Source {
    path: String,
    ring: String,
    lines: Vec<String>,
}

fn manifest() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// The Rust files below a folder, by path.
fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    collect(&manifest().join(folder), &mut paths);
    paths.sort();
    paths
}

fn sources() -> Vec<Source> {
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("UTF-8");
        let path = path.strip_prefix(manifest()).expect("below").to_string_lossy().replace('\\', "/");
        let ring = path.split('/').nth(1).expect("below src").trim_end_matches(".rs").to_owned();
        let code = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
        Source { path, ring, lines: text.lines().map(code).collect() }
    };
    let sources: Vec<Source> = rust_files("src").into_iter().map(read).collect();
    assert!(sources.len() > 400, "only {} sources", sources.len());
    sources
}

/// Every `file:line: what` where a line of code holds one of these words, as whole words.
fn holders(sources: &[Source], words: &[&str], of: impl Fn(&Source) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| of(source)) {
        for (number, line) in source.lines.iter().enumerate() {
            for word in words.iter().filter(|word| holds(line, word)) {
                found.push(format!("{}:{}: {word}", source.path, number + 1));
            }
        }
    }
    found
}

fn holds(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| !line[..at].ends_with(part) && !line[at + word.len()..].starts_with(part))
}

#[track_caller]
fn assert_none(offenders: &[String]) {
    assert!(offenders.is_empty(), "\n{}", offenders.join("\n"));
}

#[test]
fn the_core_knows_no_runtime_no_system_and_no_unordered_map() {
    let absent = [
        "tokio",
        "tonic",
        "prost",
        "fs_err",
        "tempfile",
        "getrandom",
        "tracing",
        "clap",
        "console",
        "indicatif",
        "print",
        "println",
        "eprint",
        "eprintln",
        "HashMap",
        "HashSet",
        "FxHashMap",
        "FxHashSet",
        "hashbrown",
    ];
    let of_core = |source: &Source| CORE.contains(&source.ring.as_str());
    let sources = sources();
    let mut offenders = holders(&sources, &absent, of_core);
    for source in sources.iter().filter(|source| of_core(source)) {
        let reached = names_behind(&source.lines.join("\n"), "std::").into_iter();
        let of_system = reached.filter(|(_, name)| SYSTEM.contains(&name.as_str()));
        offenders.extend(of_system.map(|(line, name)| format!("{}:{line}: std::{name}", source.path)));
    }
    assert_none(&offenders);
}

#[test]
fn rings_know_only_inner_rings() {
    let sources = sources();
    let rings: BTreeSet<&str> = MAY_KNOW.iter().map(|(ring, _)| *ring).collect();
    let mut offenders = Vec::new();
    for source in sources.iter().filter(|source| !matches!(source.ring.as_str(), "lib" | "main")) {
        let Some((_, allowed)) = MAY_KNOW.iter().find(|(ring, _)| *ring == source.ring) else {
            offenders.push(format!("{}: the ring `{}` is not in the table", source.path, source.ring));
            continue;
        };
        for (line, name) in names_at_root(source) {
            let inner = allowed.contains(&name.as_str()) || name == source.ring;
            if rings.contains(name.as_str()) && !inner {
                offenders.push(format!("{}:{line}: {} knows {name}", source.path, source.ring));
            }
        }
    }
    assert_none(&offenders);
}

/// The names at the crate's root that a source reaches for, each with its line: behind `crate::`, and behind as many
/// `super::` as lead there from the file, or from a module written out in it.
fn names_at_root(source: &Source) -> Vec<(usize, String)> {
    let depth = source.path.trim_end_matches("/mod.rs").matches('/').count();
    let text = source.lines.join("\n");
    let mut names = names_behind(&text, "crate::");
    for supers in [depth, depth + 1] {
        names.extend(names_behind(&text, &"super::".repeat(supers)));
    }
    names
}

/// The first segments behind a root, each with the line of the root.
fn names_behind(text: &str, root: &str) -> Vec<(usize, String)> {
    let is_root = |at: usize| !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    let mut names = Vec::new();
    for (at, _) in text.match_indices(root).filter(|(at, _)| is_root(*at)) {
        let line = text[..at].matches('\n').count() + 1;
        names.extend(names_after(&text[at + root.len()..]).into_iter().map(|name| (line, name)));
    }
    names
}

/// The first segments after a root such as `crate::`: one, or those of a list in braces.
fn names_after(rest: &str) -> Vec<String> {
    let segment =
        |text: &str| -> String { text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let Some(list) = rest.strip_prefix('{') else { return vec![segment(rest)] };
    let mut names = Vec::new();
    let mut depth = 0;
    let mut start = 0;
    for (at, character) in list.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(segment(&list[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(segment(&list[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    names
}

#[test]
fn lists_of_imports_are_read() {
    assert_eq!(names_after("law::{self, Library};"), ["law"]);
    assert_eq!(names_after("{base::{Day, Place}, law, world::World};"), ["base", "law", "world"]);
    assert_eq!(names_behind("\nuse std::{fs, io::Write};", "std::"), [(2, "fs".to_owned()), (2, "io".to_owned())]);
    let deep = ["use super::super::report;", "use super::law;", "mod tests { use super::super::super::grpc; }"];
    let source = |path: &str| Source {
        path: path.to_owned(),
        ring: "world".to_owned(),
        lines: deep.map(str::to_owned).to_vec(),
    };
    let named = |path| names_at_root(&source(path)).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
    assert!(named("src/world/havens.rs").contains(&"report".to_owned()));
    assert!(named("src/world/havens.rs").contains(&"grpc".to_owned()));
    assert!(named("src/world/mod.rs").contains(&"law".to_owned()));
    assert!(!named("src/world/havens.rs").contains(&"law".to_owned()), "of its own ring");
    assert!(holds("use tokio::sync;", "tokio") && !holds("my_tokio", "tokio") && holds("a HashMap<u8>", "HashMap"));
}

#[test]
fn the_wire_stays_in_grpc_and_transport() {
    let words = ["tonic", "prost", "wire", "tonic_prost", "tonic_health", "tonic_reflection", "tonic_types"];
    let inside = ["grpc", "transport"];
    assert_none(&holders(&sources(), &words, |source| !inside.contains(&source.ring.as_str())));
}

#[test]
fn no_file_is_longer_than_a_reader_wants() {
    let mut offenders = Vec::new();
    for folder in ["src", "tests", "benches"].iter().filter(|folder| manifest().join(folder).is_dir()) {
        for path in rust_files(folder) {
            let lines = fs::read_to_string(&path).expect("UTF-8").lines().count();
            if lines > MOST_LINES {
                offenders.push(format!("{}: {lines} lines, at most {MOST_LINES}", path.display()));
            }
        }
    }
    assert_none(&offenders);
}

#[test]
fn nothing_is_left_to_be_done() {
    // In two pieces, so that this file does not name what it looks for.
    let words = [["todo", "!"], ["unimplemented", "!"], ["#[igno", "re"], ["dbg", "!"]].map(|word| word.concat());
    let mut offenders = Vec::new();
    for path in ["src", "tests"].into_iter().flat_map(rust_files) {
        let text = fs::read_to_string(&path).expect("UTF-8");
        for (number, line) in text.lines().enumerate() {
            for word in words.iter().filter(|word| line.contains(word.as_str())) {
                offenders.push(format!("{}:{}: {word}", path.display(), number + 1));
            }
        }
    }
    assert_none(&offenders);
}
