//! Files laid over one another, and files that are not there.

#![expect(clippy::disallowed_methods, reason = "writes the files that are then read")]

use std::fs;

use tempfile::TempDir;

use super::*;

fn no_library(_: &str) -> Option<&'static str> {
    None
}

/// A folder `inside` with these files, next to a file `secret.yaml` that nothing inside may reach.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let outer = tempfile::tempdir().expect("a folder");
    fs::write(outer.path().join("secret.yaml"), "secret: 1").expect("written");
    for (name, text) in files {
        let path = outer.path().join("inside").join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, text).expect("written");
    }
    outer
}

fn load_top(outer: &TempDir) -> (Sources, Result<Node, Problems>) {
    let mut sources = Sources::default();
    let outcome = load(&mut sources, &outer.path().join("inside/top.yaml"), &no_library);
    (sources, outcome.map_err(Problems::from))
}

/// The messages, each with the text at its place.
fn refusals(files: &[(&str, &str)]) -> Vec<String> {
    let (sources, outcome) = load_top(&folder(files));
    let problems = outcome.expect_err("refused");
    let shown = problems.0.iter().map(|problem| {
        let text = &sources.file(problem.place.file).expect("a file").text;
        format!("{}: {}", &text[problem.place.start as usize..problem.place.end as usize], problem.message)
    });
    shown.collect()
}

fn keys(node: &Node) -> Vec<String> {
    node.entries().iter().map(|(key, value)| format!("{}={}", key.text, value.text().unwrap_or("…"))).collect()
}

#[test]
fn lines_and_columns_count_from_one_in_characters() {
    let mut sources = Sources::default();
    let file = sources.add("x", "a: é\nüb: c\n");
    let at = |start| sources.line_column(Place { file, start, end: start }).map(|at| (at.line, at.column));
    assert_eq!(at(0), Some((1, 1)));
    assert_eq!(at(5), Some((1, 5)));
    assert_eq!(at(6), Some((2, 1)));
    assert_eq!(at(8), Some((2, 2)));
    assert_eq!(at(9_999), Some((3, 1)));
    assert_eq!(at(7), None, "inside a character");
    assert_eq!(sources.line_column(Place { file: 9, start: 0, end: 0 }), None);
}

#[test]
fn a_file_is_laid_over_those_it_is_like() {
    let files = [
        ("top.yaml", "like: [one.yaml, sub/two.yaml]\nown: 0\nx: top"),
        ("one.yaml", "x: one\na: 1"),
        ("sub/two.yaml", "like: sub/three.yaml\na: 2"),
        ("sub/three.yaml", "a: 3\nb: 3"),
    ];
    let (sources, outcome) = load_top(&folder(&files));
    assert_eq!(keys(&outcome.expect("loaded")), ["x=top", "a=2", "b=3", "own=0"]);
    // Each is shown where it lies, seen from where the first was named.
    let top = sources.names().next().expect("asked for").to_owned();
    let beside = |name: &str| Path::new(&top).with_file_name(name).display().to_string();
    let names: Vec<&str> = sources.names().skip(1).collect();
    assert_eq!(names, ["one.yaml", "sub/two.yaml", "sub/three.yaml"].map(beside));
}

#[test]
fn the_library_is_asked_for_what_is_not_on_disk() {
    let outer = folder(&[("top.yaml", "like: built-in.yaml"), ("other.yaml", "a: disk")]);
    let library = |name: &str| match name {
        "built-in.yaml" => Some("like: other.yaml\nb: 1"),
        "other.yaml" => Some("a: library"),
        _ => None,
    };
    let mut sources = Sources::default();
    let node = load(&mut sources, &outer.path().join("inside/top.yaml"), &library).expect("loaded");
    assert_eq!(keys(&node), ["a=disk", "b=1"]);
}

#[test]
fn every_name_that_could_lead_outside_is_refused() {
    let names = [
        "../secret.yaml",
        "..",
        ".",
        "./top.yaml",
        "a/../../secret.yaml",
        "a/..",
        "/etc/passwd",
        "//server/share",
        "///etc/passwd",
        "\\\\\\\\server\\\\share",
        "..\\\\secret.yaml",
        "a\\\\..\\\\..\\\\secret.yaml",
        "C:/secret.yaml",
        "C:secret.yaml",
        "c:\\\\secret.yaml",
        "file:///etc/passwd",
        "http://example.org/x.yaml",
        "secret.yaml\\0",
        "a\\0/../secret.yaml",
        "a//b",
        "a/",
        "",
        "..  /secret.yaml",
        ".. /secret.yaml",
        "a./b",
        "x.yaml ",
        "x.yaml.",
        "...",
        "x\\n",
        "x\\u001b[31m",
        "top.yaml:stream",
        "\\u0085",
        "a/./b",
        "CON:",
    ];
    for name in names {
        let found = refusals(&[("top.yaml", &format!("like: \"{name}\""))]);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert!(found[0].contains("cannot be included: "), "{name}: {found:?}");
    }
    // Harmless as names, and so simply not there.
    let long = "x".repeat(MAX_NAME_BYTES);
    for name in
        ["%2e%2e/secret.yaml", "~/secret.yaml", "$HOME/x", "..%2fsecret.yaml", "secret.yaml", "‥/secret.yaml", &long]
    {
        assert_eq!(
            refusals(&[("top.yaml", &format!("like: \"{name}\""))]),
            [format!("\"{name}\": there is no file `{name}`")]
        );
    }
    assert!(refusals(&[("top.yaml", &format!("like: {long}x"))])[0].ends_with("the name is too long"));
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_followed_only_within_the_folder() {
    let outer = folder(&[("top.yaml", "like: [good.yaml, bad.yaml, out/secret.yaml, sub]"), ("sub/real.yaml", "a: 1")]);
    let inside = outer.path().join("inside");
    std::os::unix::fs::symlink("sub/real.yaml", inside.join("good.yaml")).expect("linked");
    std::os::unix::fs::symlink("../secret.yaml", inside.join("bad.yaml")).expect("linked");
    std::os::unix::fs::symlink("..", inside.join("out")).expect("linked");
    let (_, outcome) = load_top(&outer);
    let messages: Vec<String> = outcome.expect_err("refused").0.into_iter().map(|problem| problem.message).collect();
    assert_eq!(
        messages,
        [
            "`bad.yaml` leads out of the folder of the file that was asked for",
            "`out/secret.yaml` leads out of the folder of the file that was asked for",
            "`sub` is not a file",
        ]
    );
}

#[test]
fn cycles_show_their_chain() {
    let found = refusals(&[("top.yaml", "like: a.yaml"), ("a.yaml", "like: b.yaml"), ("b.yaml", "like: [a.yaml]")]);
    assert_eq!(found, ["a.yaml: files include one another: a.yaml -> b.yaml -> a.yaml"]);
    let found = refusals(&[("top.yaml", "like: top.yaml")]);
    assert!(found[0].ends_with("top.yaml -> top.yaml"), "{found:?}");
}

#[test]
fn depth_number_and_size_are_limited() {
    let chain = |length: usize| -> Vec<(String, String)> {
        let name = |index: usize| if index == 0 { "top.yaml".to_owned() } else { format!("f{index}.yaml") };
        let link = |index: usize| if index + 1 < length { format!("like: f{}.yaml", index + 1) } else { "a: 1".into() };
        (0..length).map(|index| (name(index), link(index))).collect()
    };
    let borrow = |files: &[(String, String)]| -> TempDir {
        folder(&files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
    };
    assert!(load_top(&borrow(&chain(MAX_INCLUDE_DEPTH))).1.is_ok());
    let problems = load_top(&borrow(&chain(MAX_INCLUDE_DEPTH + 1))).1.expect_err("too deep");
    assert_eq!(problems.0[0].message, "files include one another more than 8 deep");

    // Each file is twice like the next: 2^7 readings, were they not counted.
    let diamonds: Vec<_> = chain(8)
        .into_iter()
        .map(|(name, text)| {
            (name, text.split_once(": f").map_or("a: 1".into(), |(_, next)| format!("like: [f{next}, f{next}]")))
        })
        .collect();
    let problems = load_top(&borrow(&diamonds)).1.expect_err("too many");
    assert!(problems.0.iter().all(|problem| problem.message == "more than 64 files are included"));

    let large = format!("a: {}", "x".repeat(MAX_FILE_BYTES - 3));
    let names: Vec<String> = (0..9).map(|index| format!("{index}.yaml")).collect();
    let mut files = vec![("top.yaml".to_owned(), format!("like: [{}]", names.join(", ")))];
    files.extend(names.iter().map(|name| (name.clone(), large.clone())));
    let problems = load_top(&borrow(&files)).1.expect_err("too large");
    assert!(problems.0[0].message.starts_with("the included files are larger than 8388608 bytes"), "{problems}");
}

#[test]
fn problems_of_several_files_are_found_at_once() {
    let found = refusals(&[
        ("top.yaml", "like: [a.yaml, b.yaml, [c], gone.yaml]"),
        ("a.yaml", "x: [1"),
        ("b.yaml", "y: 1\ny: 2"),
    ]);
    assert_eq!(found.len(), 4, "{found:?}");
    assert_eq!(refusals(&[("top.yaml", "like:")]), ["like: `like` names a file, or a list of files"]);
}

#[test]
fn bytes_that_are_no_text_and_files_that_are_not_there() {
    let outer = folder(&[("top.yaml", "")]);
    let path = outer.path().join("inside/top.yaml");
    let message = |bytes: &[u8]| {
        fs::write(&path, bytes).expect("written");
        let (_, outcome) = load_top(&outer);
        let problem = outcome.expect_err("refused").0.remove(0);
        (problem.message, problem.place.start)
    };
    assert_eq!(message(b"a: \xff"), ("the file is not UTF-8 text: byte 0xFF at offset 3".into(), 3));
    assert_eq!(message(b"\xff\xfea\0"), ("the file is not UTF-8 text: byte 0xFF at offset 0".into(), 0));
    assert_eq!(message(b"a: \xed\xa0\x80"), ("the file is not UTF-8 text: byte 0xED at offset 3".into(), 3));
    assert_eq!(message(&vec![b' '; MAX_FILE_BYTES + 1]).0, "the file is larger than 1048576 bytes");
    fs::remove_file(&path).expect("removed");
    assert!(load_top(&outer).1.expect_err("gone").0[0].message.starts_with("cannot read `"));
}

#[test]
fn a_text_without_a_folder_includes_nothing() {
    let mut sources = Sources::default();
    let problems = load_text(&mut sources, "request", "a: 1\nlike: top.yaml").expect_err("refused").problems;
    assert_eq!(problems.0[0].message, "`like` needs a folder, and this text came without one");
    assert!(load_text(&mut sources, "request", "a: 1").is_ok());
    assert!(load_text(&mut sources, "request", &"x".repeat(MAX_FILE_BYTES + 1)).is_err());
}
