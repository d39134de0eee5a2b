//! What a scenario lacks as a whole, and what its parts are to one another: every fault by itself, at its place.

use std::fs;

use comity::scenario::{Options, read_variants};

use super::check;
use super::follow_on::{SCENARIO, wrong, wrong_with};

const NOBODY: &str = "  alba: { law: full, infrastructure: 1, market: 1 }
  brava: { law: full, infrastructure: 1, market: 1 }
  hesper: { law: no-internet-trafficking, infrastructure: 1, market: 1 }
";

#[test]
fn a_world_tells_all_that_it_lacks_beside_other_slips() {
    let indifferent = "  count: 0\n  behaviour: { consider-base: 0, consider-host: 0, consider-market: 0, consider-line: 0, \
                       consider-principal: 0 }\n";
    let nowhere = NOBODY.replace("infrastructure: 1", "infrastructure: 0").replace("market: 1", "market: 0");
    wrong_with(
        &[(NOBODY, &nowhere), ("  count: 200\n", indifferent), ("question:", "questoin:")],
        &[
            "unknown key `questoin`",
            "no state attracts hosts",
            "no state attracts bases",
            "no state has a market",
            "`networks.count` is 0, allowed are 1 to",
            "no aspect is ever reconsidered",
        ],
        "slip.yaml:20:3",
    );
    // A weight that cannot be read may be one that is above 0.
    let unread = nowhere.replacen("market: 0", "market: many", 1);
    wrong(&[(NOBODY, &unread)], &["expected a weight, or `internet-users`, found `many`"]);
}

#[test]
fn all_that_one_map_lacks_is_told() {
    let place = "teaching: { time: 1 minute, goals: [one], ask: [one] }";
    wrong(&[(place, "teaching: {}")], &["the keys `time`, `goals` and `ask` are missing"]);
}

#[test]
fn an_empty_premium_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("slip.yaml");
    let like = "like: scenarios/one-state-stays-out.yaml\nvariants: {}\nfindings: []\n";
    fs::write(&path, like).expect("written");
    let checked = check(&path);
    assert!(checked.stderr.contains("`premium: {}` takes back what the file is `like`"), "{}", checked.stderr);
    fs::write(&path, format!("{like}premium: {{}}\n")).expect("written");
    let checked = check(&path);
    assert_eq!((checked.code, checked.stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_text_is_named_as_one_of_its_wordings() {
    wrong_with(
        &[("[ets185, internet-trafficking-protocol/conduct]", "[ets185, internet-trafficking-protocol]")],
        &["`internet-trafficking-protocol` is no treaty by itself: each of its wordings is one"],
        "name one of internet-trafficking-protocol/conduct,",
    );
}

#[test]
fn a_misspelt_name_is_not_offered_in_the_place_of_another() {
    let (state, other) = ("  hesper: { law: no-internet-trafficking,", "  ALBX: { infrastructure: 1, market: 1 }\n");
    wrong_with(
        &[(state, &format!("{other}{state}")), ("line: recruit, with: [alba]", "line: recruit, with: [quixotia]")],
        &["unknown state `ALBX`", "unknown state `quixotia`"],
        "known: alba, brava, hesper",
    );
}

#[test]
fn what_a_variant_brings_about_is_told_with_its_name() {
    wrong_with(
        &[(
            "variants:",
            "variants:\n  none: { states.alba.market: 0, states.brava.market: 0, states.hesper.market: 0 }",
        )],
        &["no state has a market"],
        "this is so in the variant `none`",
    );
    // What is wrong as written is no matter of a variant.
    let (old, new) = ("lines: { recruit: { weight: 1, facts: [recruit, computer, intent] } }", "lines: {}");
    wrong(&[(old, new), ("line: recruit, ", "")], &["a world needs at least one line"]);
}

/// Two variants may be read without the scenario as written: what is wrong there is no matter of theirs all the same.
#[test]
fn what_the_scenario_itself_gets_wrong_is_put_down_to_no_variant() {
    let advice = |old: &str, new: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("slip.yaml");
        assert!(SCENARIO.contains(old), "`{old}` is gone");
        fs::write(&path, SCENARIO.replacen(old, new, 1)).expect("written");
        let both = |_| ["out", "in"].map(|name| Some(name.to_owned())).to_vec();
        let (problems, _) = read_variants(&path, &Options::default(), both).expect_err("a slip");
        problems.0.into_iter().filter_map(|problem| problem.help).collect::<Vec<_>>()
    };
    assert_eq!(advice("line: recruit,", "line: recriut,"), ["did you mean `recruit`?"]);
    let markets = "out: { states.alba.market: 0, states.brava.market: 0, states.hesper.market: 0, membership";
    assert_eq!(advice("out: { membership", markets), ["this is so in the variant `out`"]);
}

#[test]
fn a_slip_in_a_name_is_not_told_as_a_difference_between_variants() {
    wrong(
        &[(
            "in: { membership.internet-trafficking-protocol.hesper:",
            "in: { membership.internet-trafficking-protocol.hespre:",
        )],
        &["unknown state `hespre`"],
    );
}

#[test]
fn a_premium_has_its_variants_the_right_way_round() {
    wrong_with(
        &[("out: out, in: in", "out: in, in: out")],
        &["stays out in the variant under `in`"],
        "exchange the two",
    );
}

#[test]
fn names_that_people_tell_apart_by_nothing_are_refused() {
    wrong(&[("brava: { law", "brava: { name: ALBA, law")], &["`brava` goes by the name of `alba`"]);
    let two = "variants:\n  As Written: {}\n  as written: {}";
    let both = ["`as written` stands for the scenario without a variant", "differ by capitals alone"];
    wrong(&[("variants:", two)], &both);
}
