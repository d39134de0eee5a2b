//! What the README shows is what the program prints.
//!
//! A capture is a fenced block after a remark `<!-- capture: ARGUMENTS -->`. Its lines stand in the output in the same
//! order; `[...]` says that lines were left out.

use std::process::Command;

const README: &str = include_str!("../../README.md");
const LEFT_OUT: &str = "[...]";

fn captures() -> Vec<(&'static str, Vec<&'static str>)> {
    let remarks = README.split("<!-- capture: ").skip(1);
    remarks
        .map(|text| {
            let (arguments, text) = text.split_once(" -->\n```text\n").expect("a remark stands right above its block");
            let (block, _) = text.split_once("\n```").expect("a block ends");
            (arguments, block.lines().collect())
        })
        .collect()
}

fn printed(arguments: &str) -> String {
    let mut words: Vec<&str> = arguments.split(' ').collect();
    if words[0] == "run" {
        // The result is the same on every transport, and this one is quick.
        words.extend(["--transport", "direct"]);
    }
    let output = Command::new(env!("CARGO_BIN_EXE_comity")).args(words).output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text").replace(" --transport direct\n", "\n")
}

#[test]
fn captures_are_what_the_program_prints() {
    let captures = captures();
    assert_eq!(captures.len(), 5, "the README has lost a capture");
    for (arguments, block) in captures {
        let printed = printed(arguments);
        let mut lines = printed.lines().map(str::trim_end);
        let mut left_out = false;
        for line in block {
            if line == LEFT_OUT {
                left_out = true;
                continue;
            }
            let found = if left_out { lines.any(|printed| printed == line) } else { lines.next() == Some(line) };
            assert!(
                found,
                "`comity {arguments}` does not print, at its place, the README's line:\n{line}\n\n{printed}"
            );
            left_out = false;
        }
        assert!(left_out || lines.next().is_none(), "`comity {arguments}` prints more than the README says");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "lists the scenarios, and sorts them")]
fn every_scenario_has_its_row() {
    let (_, rows) = README.split_once("| `scenarios/` | what it shows |\n|---|---|\n").expect("the table of scenarios");
    let rows =
        rows.lines().map_while(|row| row.strip_prefix("| `")?.split_once("` | ").map(|(name, _)| name.to_owned()));
    let mut rows: Vec<String> = rows.collect();
    rows.sort_unstable();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let entries =
        std::fs::read_dir(folder).expect("part of the repository").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<String> =
        entries.map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect();
    files.sort_unstable();
    assert_eq!(rows, files);
}
