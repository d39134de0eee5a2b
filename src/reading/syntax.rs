//! What the parser says of a text that is no YAML, with help for the slips that people make.

use super::offsets::short;
use crate::base::{Place, Problem};

/// What part of the parser's words tells, and what helps then.
const HELP: [(&str, &str); 9] = [
    ("mapping values are not allowed", "a text that holds `: ` stands in quotes"),
    ("block mapping", NEIGHBOURS),
    ("block collection", NEIGHBOURS),
    ("simple key expect", "a key is followed by a colon and a space: `key: value`"),
    ("illegal placement of ':'", UNCLOSED),
    ("flow construct", UNCLOSED),
    ("parsing a flow", UNCLOSED),
    ("indentation in quoted scalar", "is a quote that was opened here not closed?"),
    ("tabs disallowed", "indent with spaces"),
];
const NEIGHBOURS: &str = "is this line, or one of those before it, indented otherwise than its neighbours?";
const UNCLOSED: &str = "is a bracket that was opened before this not closed?";

/// The problem of a text that is no YAML. Of a line without its colon the parser speaks when it is past it: it is that
/// line which is shown.
pub(super) fn problem(text: &str, place: Place, told: &str) -> Problem {
    let help = HELP.iter().find(|(part, _)| told.contains(part));
    let place = if told.contains("simple key expect") { line_before(text, place) } else { place };
    let problem = Problem::new(place, format!("this is not valid YAML: {told}"));
    if let Some((_, help)) = help { problem.help(*help) } else { problem }
}

/// The last line before a place on which anything but a remark stands.
fn line_before(text: &str, place: Place) -> Place {
    let mut end = 0;
    let mut found = place;
    for line in text.get(..place.start as usize).unwrap_or_default().split_inclusive('\n') {
        let written = line.trim();
        if !written.is_empty() && !written.starts_with('#') {
            let start = end + line.len() - line.trim_start().len();
            found = Place { start: short(start), end: short(start + written.len()), ..place };
        }
        end += line.len();
    }
    found
}
