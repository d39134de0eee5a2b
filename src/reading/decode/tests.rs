//! Forms from trees: what fits, what does not, and where it is told.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::*;
use crate::base::{Day, OneOrMany, Spanned};
use crate::reading::tree::parse;

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Form {
    title: String,
    from: Day,
    count: u16,
    #[serde(default)]
    rate: Option<Rate>,
    #[serde(default)]
    open: bool,
    #[serde(default)]
    treaties: OneOrMany<Spanned<String>>,
    #[serde(default)]
    states: BTreeMap<Spanned<String>, Spanned<State>>,
    #[serde(default)]
    membership: BTreeMap<String, BTreeMap<Spanned<String>, Member>>,
    #[serde(default)]
    pair: Option<(u8, String)>,
    #[serde(default)]
    by_day: BTreeMap<Day, Word>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct State {
    name: String,
    infrastructure: u8,
    market: u8,
    since: Day,
    law: Word,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Word {
    Full,
    NoInternetTrafficking,
    Days(u32),
    Dated { signed: Day, consented: Option<Day> },
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Member {
    Never,
    Joined { signed: Day },
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(try_from = "f64")]
struct Rate(f64);

impl TryFrom<f64> for Rate {
    type Error = String;
    fn try_from(value: f64) -> Result<Self, String> {
        if (0.0..=1.0).contains(&value) { Ok(Self(value)) } else { Err(format!("`{value}` is not between 0 and 1")) }
    }
}

const HEAD: &str = "title: T\nfrom: 2011-01-01\ncount: 2\n";

/// Each problem as `quoted text: message (help)`, the quoted text being that of the place.
fn problems<T: DeserializeOwned + std::fmt::Debug>(text: &str) -> Vec<String> {
    let found = decode::<T>(&parse(0, text).expect("a tree")).expect_err("problems");
    let shown = found.0.into_iter().map(|problem| {
        let quoted = text[problem.place.start as usize..problem.place.end as usize].lines().next().unwrap_or_default();
        let help = problem.help.map_or(String::new(), |help| format!(" ({help})"));
        format!("{quoted}: {}{help}", problem.message)
    });
    shown.collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(problems::<Form>(text), expected, "{text}");
}

/// The same, behind a head that is in order.
fn check_rest(text: &str, expected: &[&str]) {
    check(&format!("{HEAD}{text}"), expected);
}

fn form(text: &str) -> Form {
    decode(&parse(0, &format!("{HEAD}{text}")).expect("a tree")).expect("a form")
}

#[test]
fn scalars_become_what_the_form_asks_for() {
    for (text, title) in [("no", "no"), ("010", "010"), ("1.0", "1.0"), ("2", "2"), ("true", "true"), ("'~'", "~")] {
        let text = format!("title: {text}\nfrom: '2011-01-01'\ncount: 2");
        assert_eq!(decode::<Form>(&parse(0, &text).expect("a tree")).expect("a form").title, title);
    }
    assert_eq!(form("rate: 0.25\nopen: true").rate, Some(Rate(0.25)));
    assert_eq!(form("rate: 1e-1").rate, Some(Rate(0.1)));
    assert_eq!(form("rate:").rate, None);
    assert_eq!(form("pair: [3, 4]").pair, Some((3, "4".into())));
    let days =
        form("by-day: {2011-01-01: full, 2012-01-01: {days: 3}, 2013-01-01: {dated: {signed: 2012-06-01}}}").by_day;
    let words: Vec<_> = days.into_values().collect();
    let signed = "2012-06-01".parse().expect("a date");
    assert_eq!(words, [Word::Full, Word::Days(3), Word::Dated { signed, consented: None }]);
}

#[test]
fn one_or_many_and_keys_keep_their_places() {
    let treaties = form("treaties: ets185").treaties;
    assert_eq!((treaties[0].value.as_str(), treaties[0].place.start as usize), ("ets185", HEAD.len() + 10));
    assert_eq!(form("treaties: [a, b]").treaties[1].place.start as usize, HEAD.len() + 14);
    let states = form("states: {x: {name: X, infrastructure: 1, market: 1, since: 2011-01-01, law: full}}").states;
    let (key, state) = states.first_key_value().expect("one state");
    assert_eq!((key.place.start as usize, state.place.start as usize), (HEAD.len() + 9, HEAD.len() + 12));
}

#[test]
fn wrong_scalars_say_what_was_expected() {
    let count = |text: &str| problems::<Form>(&format!("title: T\nfrom: 2011-01-01\ncount: {text}\n"));
    let expected = "expected a whole number from 0 to 65535, found";
    for wrong in ["-1", "65536", "1.0", "+1", "1_000", "0x10", "abc", "123456789012345678901234567890", "1e3", "-0"] {
        assert_eq!(count(wrong), [format!("{wrong}: {expected} `{wrong}`")]);
    }
    assert_eq!(count("010"), [format!("010: {expected} `010` (write it without leading zeros)")]);
    assert_eq!(count("'7'"), [format!("'7': {expected} the text `7` (write it without quotes)")]);
    assert_eq!(count("[1]"), [format!("[1]: {expected} a list")]);
    assert_eq!(count(""), [format!("count: {expected} nothing")]);
    for wrong in [".nan", ".inf", "-.inf", "1e999", "inf", "NaN", "infinity", ".5", "5.", "1e", "1.2.3", "--1", "00.5"]
    {
        check_rest(&format!("rate: {wrong}"), &[&format!("{wrong}: expected a number, found `{wrong}`")]);
    }
    for wrong in ["yes", "no", "on", "True", "1"] {
        check_rest(&format!("open: {wrong}"), &[&format!("{wrong}: expected `true` or `false`, found `{wrong}`")]);
    }
    check_rest("rate: 1.5", &["1.5: `1.5` is not between 0 and 1"]);
    check_rest("states: {x: 1}", &["1: expected a map (`key: value`), found `1`"]);
    check_rest("pair: [1]", &["[1]: expected a tuple of size 2, found 1"]);
    check_rest("pair: [1, a, b]", &["[1, a, b]: expected a list of 2, found one of 3"]);
    check_rest("treaties: [a, [b]]", &["[b]: expected text, found a list"]);
    check_rest("by-day: {today: full}", &["today: `today` is not a date of the form 2012-06-01 between 1800 and 2200"]);
}

#[test]
fn names_that_are_not_known_find_the_nearest() {
    check_rest("membershp: {}", &["membershp: unknown key `membershp` (did you mean `membership`?)"]);
    check_rest("by-day: {2011-01-01: ful}", &["ful: unknown value `ful` (did you mean `full`?)"]);
    check_rest(
        "by-day: {2011-01-01: {dats: {}}}",
        &[
            "dats: unknown key `dats` (did you mean `days`?)",
            "{}: expected a whole number from 0 to 4294967295, found a map",
        ],
    );
    check_rest(
        "by-day: {2011-01-01: none}",
        &["none: unknown value `none` (known: full, no-internet-trafficking, days, dated)"],
    );
    check_rest("by-day: {2011-01-01: days}", &["days: `days` needs a value (write `{ days: … }`)"]);
    check_rest("by-day: {2011-01-01: {full: 1}}", &["1: `full` takes no value"]);
    check_rest(
        "by-day: {2011-01-01: {full: , days: 1}}",
        &[
            "{full: , days: 1}: expected one name, or one name with a value, found a map (known: full, no-internet-trafficking, days, dated)",
        ],
    );
}

#[test]
fn a_misspelt_key_is_not_missing_too_and_its_value_is_checked() {
    check(
        "titel: T\nform: 2011-02-30\ncount: 2\n",
        &[
            "titel: unknown key `titel` (did you mean `title`?)",
            "form: unknown key `form` (did you mean `from`?)",
            "2011-02-30: there is no day `2011-02-30`",
        ],
    );
}

#[test]
fn all_that_is_missing_is_named_once() {
    check("open: true", &["open: the keys `title`, `from` and `count` are missing"]);
    check_rest(
        "states: {x: {name: X}, y: {infrastructure: 1, market: 1, law: full}}",
        &[
            "x: the keys `infrastructure`, `market`, `since` and `law` are missing",
            "y: the keys `name` and `since` are missing",
        ],
    );
    check("[]", &["[]: expected a map (`key: value`), found a list"]);
}

#[test]
fn one_run_finds_every_independent_mistake() {
    let text = "\
title: [T]
from: 2011-02-30
count: many
colour: red
open: maybe
rate: 7
treaties: {a: b}
states:
  alba: { name: {}, infrastructure: -1, market: 300, since: never, law: fulll, extra: 1 }
  brava: text
  corvo: { name: C, infrastructure: 1, market: 1, since: 2011-01-01, law: { dated: { consented: x } } }
membership:
  ets185: { alba: nevr, brava: { joined: {} }, corvo: { joined: { signed: 2012-13-01 } } }
by-day:
  x: full
  2011-01-01: [1]
";
    let found = problems::<Form>(text);
    let messages: Vec<&str> = found.iter().map(|line| line.split(" (").next().unwrap_or_default()).collect();
    assert_eq!(
        messages,
        [
            "[T]: expected text, found a list",
            "2011-02-30: there is no day `2011-02-30`",
            "many: expected a whole number from 0 to 65535, found `many`",
            "colour: unknown key `colour`",
            "maybe: expected `true` or `false`, found `maybe`",
            "7: `7` is not between 0 and 1",
            "{a: b}: expected text, found a map",
            "{}: expected text, found a map",
            "-1: expected a whole number from 0 to 255, found `-1`",
            "300: expected a whole number from 0 to 255, found `300`",
            "never: `never` is not a date of the form 2012-06-01 between 1800 and 2200",
            "fulll: unknown value `fulll`",
            "extra: unknown key `extra`",
            "text: expected a map",
            "dated: the key `signed` is missing",
            "x: `x` is not a date of the form 2012-06-01 between 1800 and 2200",
            "nevr: unknown value `nevr`",
            "joined: the key `signed` is missing",
            "2012-13-01: there is no day `2012-13-01`",
            "x: `x` is not a date of the form 2012-06-01 between 1800 and 2200",
            "[1]: expected one name, or one name with a value, found a list",
        ]
    );
}

#[test]
fn fifty_problems_are_enough() {
    let text = (0..200).fold(HEAD.to_owned() + "treaties:\n", |text, _| text + "  - []\n");
    assert_eq!(problems::<Form>(&text).len(), MAX_PROBLEMS);
}

#[test]
fn any_shape_can_be_asked_for() {
    let node = parse(0, "{a: [1, -2, 0.5, 'x', y, true, ~, '3', 010]}").expect("a tree");
    let value: serde_json::Value = decode(&node).expect("any value");
    assert_eq!(value, serde_json::json!({ "a": [1, -2, 0.5, "x", "y", true, null, "3", "010"] }));
}

#[test]
fn what_no_guess_satisfies_is_left_out_with_what_holds_it() {
    #[derive(Debug)]
    struct Picky;
    impl<'de> Deserialize<'de> for Picky {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let text = String::deserialize(deserializer)?;
            if text == "xyzzy" { Ok(Self) } else { Err(serde::de::Error::custom(format!("`{text}` is not xyzzy"))) }
        }
    }
    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Holder {
        #[expect(dead_code, reason = "only read")]
        one: Picky,
        #[expect(dead_code, reason = "only read")]
        two: u8,
        #[serde(default)]
        #[expect(dead_code, reason = "only read")]
        more: Vec<Picky>,
    }
    let found = problems::<BTreeMap<String, Holder>>("a: {one: x, two: y, more: [z, xyzzy, w]}\nb: {one: xyzzy}");
    assert_eq!(
        found,
        [
            "x: `x` is not xyzzy",
            "y: expected a whole number from 0 to 255, found `y`",
            "z: `z` is not xyzzy",
            "w: `w` is not xyzzy",
            "b: the key `two` is missing",
        ]
    );
}

#[test]
fn forms_in_which_serde_forgets_places_still_end_in_problems() {
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct Outer {
        #[serde(flatten)]
        inner: Inner,
        step: Step,
        either: Either,
    }
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct Inner {
        day: Day,
        count: u8,
    }
    #[derive(Debug, Deserialize)]
    #[serde(tag = "does", rename_all = "kebab-case", deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    enum Step {
        Ratify { day: Day, treaty: String },
        Leave { day: Day },
    }
    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "only read")]
    enum Either {
        Number(u8),
        Text(Day),
    }
    let sound = "day: 2011-01-01\ncount: 1\nstep: {does: leave, day: 2011-01-01}\neither: 2011-01-01";
    assert!(decode::<Outer>(&parse(0, sound).expect("a tree")).is_ok());
    let first = |text: &str| problems::<Outer>(text).remove(0);
    assert_eq!(first(&sound.replace("leave", "leav")), "leav: unknown value `leav` (did you mean `leave`?)");
    assert_eq!(first(&sound.replace("leave", "leave, dy: 1")), "dy: unknown key `dy` (did you mean `day`?)");
    assert_eq!(first(&sound.replace("leave, day", "ratify, day")), "step: the key `treaty` is missing");
    assert!(first(&sound.replace("either: 2011", "either: x")).contains("did not match any variant"));
    assert!(first(&sound.replace("count: 1\n", "")).contains("the key `count` is missing"));
    assert!(first(&sound.replace("day: 2011-01-01\ncount", "day: x\ncount")).contains("`x` is not a date"));
    assert!(first("{}").contains("is missing"));
}
