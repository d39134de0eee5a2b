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
