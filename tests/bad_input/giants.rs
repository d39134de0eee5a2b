//! What is too large to keep: generated, written, checked.

use std::fmt::Write as _;
use std::fs;

use super::{check, corpus};

/// A file holds at most this.
const MOST_BYTES: usize = 1024 * 1024;

/// Writes each text into a file of its own and checks that it is refused as promised.
fn all_refused(texts: &[(String, String)]) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut offenders = Vec::new();
    for (name, text) in texts {
        let path = folder.path().join("giant.yaml");
        fs::write(&path, text).expect("written");
        offenders.extend(check(&path).complaints().into_iter().map(|complaint| format!("{name}: {complaint}")));
    }
    assert!(offenders.is_empty(), "\n{}", offenders.join("\n"));
}

#[test]
fn a_mebibyte_of_one_sign_is_refused_soon() {
    let units = [
        "[", "{", "{a: ", "[a, ", "{a: b, ", "? ", "- ", "- - ", "!", "&a ", "*a ", "\"", "|\n", "%A b\n", "---\n",
        "\t", "#", "a", "a:", "[a: b, ", "- a: b\n", "a: b\n", "<<: ", "[a]: ", "x: [", "9",
    ];
    let texts = units.map(|unit| (format!("{unit:?} repeated"), unit.repeat(MOST_BYTES / unit.len())));
    all_refused(&texts);
}

#[test]
fn generated_giants_are_refused_soon() {
    let mut deep = String::new();
    let mut anchors = String::from("a0: &a0 x\n");
    let mut wrong = String::from("states:\n");
    let mut events = String::from("timeline:\n");
    let mut keys = String::new();
    for index in 0..1_000 {
        let _ = writeln!(deep, "{}k:", " ".repeat(index));
        let _ = writeln!(anchors, "a{}: &a{} [*a{index}, *a{index}]", index + 1, index + 1);
    }
    for index in 0..8_000 {
        let _ = writeln!(wrong, "  s{index}: {{ name: [], law: {{}}, infrastructure: x, market: -1 }}");
        let _ = writeln!(events, "  - {{ date: 2011-02-30 }}");
        let _ = writeln!(keys, "key{index}: 1");
    }
    let too_large = format!("title: {}", "a".repeat(MOST_BYTES));
    let texts = [
        ("deep", deep),
        ("anchors", anchors),
        ("wrong states", wrong),
        ("wrong events", events),
        ("keys", keys),
        ("too large", too_large),
    ];
    all_refused(&texts.map(|(name, text)| (name.to_owned(), text)));
}

#[test]
fn sound_giants_are_refused_for_their_number_soon() {
    let plain = fs::read_to_string(corpus().join("accepted/plain.yaml")).expect("part of the repository");
    let mut states = String::from("states:\n");
    let mut variants = String::from("variants:\n");
    let mut members = String::from("hesper: never\n");
    let mut slow = String::from("variants:\n");
    for index in 0..95 {
        let _ = writeln!(slow, "  v{index}: {{ states.hesper.market: 2{index}, to: 1999-01-01 }}");
    }
    for index in 0..6_000 {
        let _ = writeln!(members, "    s{index}: never");
        let _ = writeln!(states, "  s{index}: {{ law: full, infrastructure: 1, market: 1 }}");
    }
    for index in 0..2_000 {
        let _ = writeln!(variants, "  v{index}: {{ networks.count: 0 }}");
    }
    let texts = [
        ("states", plain.replace("states:\n", &states)),
        ("variants", plain.replace("variants:\n", &variants)),
        ("members", plain.replace("hesper: never", &members)),
        ("a variant a hundred times over", plain.replace("variants:\n", &slow)),
        ("fact many times", plain.replace("[recruit,", &format!("[{}", "recriut, ".repeat(20_000)))),
    ];
    all_refused(&texts.map(|(name, text)| (name.to_owned(), text)));
}

#[test]
fn includes_without_end_are_refused_soon() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text).expect("written");
    // A diamond doubles at each step; a chain is too deep; a list is too long; large files are too much in all.
    for step in 0..7 {
        write(&format!("diamond-{step}.yaml"), format!("like: [diamond-{0}.yaml, diamond-{0}.yaml]\n", step + 1));
    }
    write("diamond-7.yaml", "a: b\n".to_owned());
    for step in 0..20 {
        write(&format!("chain-{step}.yaml"), format!("like: chain-{}.yaml\n", step + 1));
    }
    write("chain-20.yaml", "a: b\n".to_owned());
    write("list.yaml", format!("like: [{}]\n", vec!["diamond-7.yaml"; 100].join(", ")));
    write("large.yaml", format!("{}\na: b\n", "#".repeat(MOST_BYTES - 10)));
    write("heavy.yaml", format!("like: [{}]\n", vec!["large.yaml"; 20].join(", ")));
    for (name, why) in [
        ("diamond-0.yaml", "more than 64 files"),
        ("chain-0.yaml", "more than 8 deep"),
        ("list.yaml", "more than 64 files"),
        ("heavy.yaml", "larger than"),
    ] {
        let checked = check(&folder.path().join(name));
        assert_eq!(checked.complaints(), Vec::<String>::new(), "{name}");
        assert!(checked.stderr.contains(why), "{name}: {}", checked.stderr);
    }
}
