//! Problems as they are shown.

use super::*;
use crate::reading::source::load_text;

fn place(start: u32, end: u32) -> Place {
    Place { file: 0, start, end }
}

fn shown(text: &str, problem: Problem) -> String {
    let mut sources = Sources::default();
    sources.add("scenario.yaml", text);
    render(&sources, &Problems(vec![problem]), false)
}

#[test]
fn problems_look_like_those_of_rustc() {
    let problem = Problem::new(place(9, 18), "unknown key `membershp`").help("did you mean `membership`?");
    let expected = "\
error: unknown key `membershp`
 --> scenario.yaml:2:1
  |
2 | membershp: {}
  | ^^^^^^^^^
  |
  = help: did you mean `membership`?
";
    assert_eq!(shown("title: é\nmembershp: {}\n".replace('é', "e").as_str(), problem), expected);
}

#[test]
fn blocks_stand_in_order_of_place() {
    let mut sources = Sources::default();
    sources.add("a.yaml", "x: 1\ny: 2\n");
    let problems = Problems(vec![Problem::new(place(5, 6), "second"), Problem::new(place(0, 1), "first")]);
    let text = render(&sources, &problems, false);
    assert!(text.find("first") < text.find("second"), "{text}");
    assert_eq!(text.matches("error: ").count(), 2);
    assert_eq!(render(&sources, &Problems::default(), false), "");
}

#[test]
fn a_problem_in_no_file_and_one_of_a_whole_file_render() {
    let nowhere = Problems(vec![Problem::new(Place::default(), "no treaty").help("write one")]);
    let text = render(&Sources::default(), &nowhere, false);
    assert!(text.starts_with("error: no treaty\n") && text.contains("help: write one"), "{text}");
    let text = shown("", Problem::new(Place::default(), "the file is empty"));
    assert!(text.contains("error: the file is empty") && text.contains("--> scenario.yaml"), "{text}");
    // Places beyond any text can come only from a bug; even they must not hide the message.
    let text = shown("a", Problem::new(Place { file: 0, start: 70, end: 90 }, "beyond"));
    assert!(text.contains("error: beyond"), "{text}");
    let text = shown("a", Problem::new(Place { file: 7, start: 7, end: 9 }, "elsewhere"));
    assert!(text.contains("error: elsewhere"), "{text}");
}

#[test]
fn nothing_written_reaches_the_terminal_raw() {
    let hostile = "a: \u{1b}[31m\u{202e}x\u{7}\u{9b}\u{200b}\u{e0041}\r";
    let problem = Problem::new(place(3, 10), format!("unknown {hostile}\nerror: forged")).help(hostile);
    let mut sources = Sources::default();
    sources.add(format!("{hostile}.yaml"), hostile);
    let problems = Problems(vec![problem]);
    let json: String = to_json(&sources, &problems).iter().map(ToString::to_string).collect();
    for text in [render(&sources, &problems, false), json] {
        assert!(text.contains("\\u{1b}") || text.contains("\\\\u{1b}"), "{text}");
        let raw = text.chars().find(|character| {
            *character != '\n' && (character.is_control() || "\u{202e}\u{200b}\u{e0041}".contains(*character))
        });
        assert_eq!(raw, None, "{text}");
        assert!(!text.contains("\nerror: forged"));
    }
    assert!(render(&sources, &problems, true).contains("\u{1b}["), "colour is ours to add");
}

#[test]
fn long_lines_are_shortened_around_the_place() {
    let text = "[".repeat(1_000_000);
    for start in [0, 39, 40, 41, 100, 500_000, 999_999] {
        let shown = shown(&text, Problem::new(place(start, 1_000_000), "deep"));
        assert!(shown.len() < 1_000, "{shown}");
        assert!(shown.contains(&format!(":1:{}", start + 1)) && shown.contains('^'), "{shown}");
    }
    let accents = "é".repeat(1_000);
    let shown = shown(&accents, Problem::new(place(1_000, 1_004), "x".repeat(100_000)));
    assert!(shown.contains(":1:501") && shown.contains("^^\n") && shown.len() < 3_000, "{shown}");
}

#[test]
fn json_says_the_same() {
    let mut sources = Sources::default();
    let problems = load_text(&mut sources, "s.yaml", "a: 1\na: 2").expect_err("duplicate").problems;
    let expected = serde_json::json!({
        "file": "s.yaml", "line": 2, "column": 1, "text": "a",
        "message": "the key `a` is written twice in this map", "help": "`a` was first written on line 1",
    });
    assert_eq!(to_json(&sources, &problems), [expected]);
    let nowhere = Problems(vec![Problem::new(Place::default(), "x")]);
    assert_eq!(to_json(&Sources::default(), &nowhere)[0]["line"], serde_json::Value::Null);
}
