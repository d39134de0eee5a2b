//! One slip is one error: what follows from a guess in its place is not told. And the other way round: a file that `check`
//! finds sound is one that every command takes.

use std::fs;

use super::{Checked, check, corpus};

/// A sound scenario with acts of many kinds.
pub(super) const SCENARIO: &str = "\
title: Acts on the calendar
question: Does each slip make one error?
teaching: { time: 1 minute, goals: [one], ask: [one] }
from: 2010-01-01
to: 2015-12-31
seed: 3
treaties: [ets185, internet-trafficking-protocol/conduct]
own-treaties:
  - treaty: alba-brava
    cites-as: AB
    title: Extradition between Alba and Brava
    source: Invented.
    coverage: Duty alone.
    read: designed
    between: [alba, brava]
    on-extradition: true
    in-force: 2000-01-01
    articles: { \"1\": { says: Surrender is owed., for: [extradition], carries: must } }
states:
  alba: { law: full, infrastructure: 1, market: 1 }
  brava: { law: full, infrastructure: 1, market: 1 }
  hesper: { law: no-internet-trafficking, infrastructure: 1, market: 1 }
membership:
  ets185: { \"*\": 2008-03-01 }
  internet-trafficking-protocol:
    \"*\": 2009-02-01
    alba: { signed: 2009-01-01, consented: 2009-03-01, reserved: [r2] }
    hesper: never
networks:
  count: 200
  lines: { recruit: { weight: 1, facts: [recruit, computer, intent] } }
timeline:
  - { date: 2011-03-01, state: hesper, does: sign, treaty: internet-trafficking-protocol }
  - { date: 2012-03-01, state: hesper, does: ratify, treaty: internet-trafficking-protocol }
  - { date: 2012-01-01, state: alba, does: withdraw-reservation, treaty: internet-trafficking-protocol, article: r2 }
  - { date: 2013-01-01, state: alba, does: capacity, factor: 0.5, until: 2013-12-01 }
  - { date: 2013-05-01, state: brava, does: seize-sites, share: 0.9, line: recruit, with: [alba] }
  - { date: 2014-02-01, state: brava, does: denounce, treaty: internet-trafficking-protocol }
variants:
  out: { membership.internet-trafficking-protocol.hesper: never }
  in: { membership.internet-trafficking-protocol.hesper: 2010-06-01 }
premium: { state: hesper, out: out, in: in }
";

pub(super) fn checked(text: &str) -> Checked {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("slip.yaml");
    fs::write(&path, text).expect("written");
    check(&path)
}

/// Makes changes, of which exactly these errors come.
#[track_caller]
pub(super) fn wrong(changes: &[(&str, &str)], expected: &[&str]) {
    wrong_with(changes, expected, "");
}

/// The same, with a place or advice that is shown, too.
#[track_caller]
pub(super) fn wrong_with(changes: &[(&str, &str)], expected: &[&str], also: &str) {
    let mut text = SCENARIO.to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "`{old}` is gone");
        text = text.replacen(old, new, 1);
    }
    let checked = checked(&text);
    let said: Vec<&str> = checked.stderr.lines().filter_map(|line| line.strip_prefix("error: ")).collect();
    assert!(checked.stderr.lines().all(|line| line.len() < 300), "{}", checked.stderr);
    assert_eq!(said.len(), expected.len(), "{changes:?}\n{}", checked.stderr);
    for expected in expected.iter().chain([&also]) {
        assert!(checked.stderr.contains(expected), "`{expected}` is not said\n{}", checked.stderr);
    }
}

#[test]
fn what_the_slips_are_made_in_is_sound() {
    let checked = checked(SCENARIO);
    assert_eq!((checked.code, checked.stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_date_that_cannot_be_read_bounds_nothing() {
    wrong(&[("to: 2015-12-31", "to: 2215-12-31")], &["`2215-12-31` is not a date"]);
    wrong(
        &[("from: 2010-01-01", "from: 2010-02-30"), ("date: 2014-02-01", "date: 2019-02-01")],
        &["there is no day `2010-02-30`", "2019-02-01 lies after the run, which ends on 2015-12-31"],
    );
    // What is missing from the whole file hides nothing else in it.
    wrong(
        &[("to: 2015-12-31\n", ""), ("state: alba, does: capacity", "state: abla, does: capacity")],
        &["the key `to` is missing", "unknown state `abla`"],
    );
}

#[test]
fn a_slip_in_a_membership_makes_no_act_look_out_of_order() {
    wrong(&[("reserved: [r2]", "reserved: [r9]")], &["allows no reservation to `r9`"]);
    wrong(&[("hesper: never", "hespre: never")], &["unknown state `hespre`"]);
    wrong(&[("  internet-trafficking-protocol:\n", "  internet-trafficking-protocl:\n")], &["unknown treaty"]);
    wrong(&[("\"*\": 2009-02-01", "\"*\": 2009-02-31")], &["there is no day `2009-02-31`"]);
    wrong(&[("does: sign", "does: sing")], &["unknown value `sing`"]);
    wrong(
        &[("ets185: { \"*\": 2008-03-01 }", "ets185: { \"*\": 2008-03-01, hesper: record }")],
        &["`hesper` is no state of the record"],
    );
    // Elsewhere they are still told.
    let own = SCENARIO.find("own-treaties:").zip(SCENARIO.find("states:")).map(|(from, to)| &SCENARIO[from..to]);
    wrong(
        &[(own.expect("both"), ""), ("  ets185: {", "  ets1850: {"), ("count: 200", "count: x")],
        &["unknown treaty `ets1850`", "found `x`"],
    );
    wrong(
        &[
            ("hesper: never", "hespre: never"),
            ("alba: { law: full, infrastructure: 1,", "alba: { law: full, infrastructure: x,"),
        ],
        &["unknown state `hespre`", "expected a weight, or `internet-users`, found `x`"],
    );
    wrong(
        &[("reserved: [r2]", "reserved: [r9]"), ("date: 2014-02-01, state: brava", "date: 2011-01-01, state: hesper")],
        &["allows no reservation to `r9`", "Hesper has not consented before 2011-01-01"],
    );
}

#[test]
fn a_list_that_cannot_be_read_makes_no_name_unknown() {
    let list = "treaties: [ets185, internet-trafficking-protocol/conduct]";
    wrong(&[(list, "treaties: ets185")], &["expected a list, found `ets185`"]);
    wrong(&[(list, "treaties: [[ets185], internet-trafficking-protocol/conduct]")], &["found a list"]);
    wrong(&[("variants:", "variants:\n  lost: { networks: 3 }")], &["expected a map (`key: value`), found `3`"]);
    wrong(&[("networks:\n", "networks: 3\nxx:\n")], &["found `3`", "unknown key `xx`"]);
}

#[test]
fn a_value_that_is_wrong_is_not_missing_too() {
    wrong(&[("factor: 0.5", "factor: -1")], &["a factor lies between 0.01 and 100, and -1 does not"]);
    // Other acts take other keys.
    wrong(&[("does: capacity", "does: capcity")], &["unknown value `capcity`"]);
    wrong(&[("facts: [recruit, computer, intent]", "facts: recruit")], &["expected a list, found `recruit`"]);
    wrong(&[("factor: 0.5, ", "")], &["`capacity` needs the key `factor`, which is not there"]);
    wrong(
        &[("alba: { law: full, infrastructure: 1,", "alba: { law: full, infrastructure: 1e308,")],
        &["a weight lies between 0 and 1000000, and 1e308 does not"],
    );
    wrong(&[("count: 200", "count: many")], &["expected a whole number from 1 to 100000, found `many`"]);
    wrong(&[("count: 200", "count: 1e30")], &["expected a whole number from 1 to 100000, found `1e30`"]);
}

#[test]
fn names_stand_once_and_are_told_where_they_stand_twice() {
    let list = "treaties: [ets185, internet-trafficking-protocol/conduct]";
    wrong_with(
        &[(list, "treaties: [ets185, internet-trafficking-protocol/conduct, ets185]")],
        &["the treaty `ets185` is named twice"],
        "slip.yaml:7:59",
    );
    wrong_with(
        &[(list, "treaties: [ets185, internet-trafficking-protocol/conduct, internet-trafficking-protocol]")],
        &["the treaty `internet-trafficking-protocol/conduct` is named twice"],
        "slip.yaml:7:59",
    );
    wrong_with(
        &[("treaty: alba-brava", "treaty: ets185")],
        &["the treaty `ets185` is there already"],
        "slip.yaml:9:13",
    );
    wrong_with(
        &[(list, "treaties: [ets185, internet-trafficking-protocol/conduct, alba-brava]")],
        &["`alba-brava` is written out under `own-treaties`"],
        "slip.yaml:7:59",
    );
    // Refusals cite articles: two treaties may not share the letters before them.
    wrong_with(&[("cites-as: AB", "cites-as: BUD")], &["are both cited as `BUD`"], "slip.yaml:9:13");
}

#[test]
fn a_premium_is_of_variants_that_differ_by_what_its_state_does() {
    wrong(
        &[("hesper: 2010-06-01 }", "hesper: 2010-06-01, states.alba.market: 3 }")],
        &["`states.alba.market` changes more than what `hesper` does"],
    );
}

#[test]
fn a_variant_can_be_named_and_is_compared_with_another() {
    wrong(
        &[("  out: {", "  \"out, then\": {"), ("out: out,", "out: \"out, then\",")],
        &["could not be named in a list"],
    );
    wrong(&[("in: in }", "in: out }")], &["`out` is compared with itself"]);
}

#[test]
fn a_treaty_is_between_two_states_that_there_are() {
    wrong_with(
        &[("between: [alba, brava]", "between: [alba, bravo]")],
        &["unknown state `bravo`"],
        "did you mean `brava`?",
    );
    wrong(&[("between: [alba, brava]", "between: [alba, alba]")], &["a treaty between a state and itself"]);
    // Of a State of the record nothing need be known here.
    let checked = checked(&SCENARIO.replace("between: [alba, brava]", "between: [alba, DEU]"));
    assert_eq!(checked.code, Some(0), "{}", checked.stderr);
}

#[test]
fn nobody_joins_twice() {
    let ratify = "  - { date: 2012-03-01, state: hesper, does: ratify, treaty: internet-trafficking-protocol }\n";
    let again = |line: &str| format!("{ratify}  - {line}\n");
    for (line, says) in [
        (
            "{ date: 2012-06-01, state: hesper, does: accede, treaty: internet-trafficking-protocol }",
            "Hesper has consented already, on 2012-03-01",
        ),
        (
            "{ date: 2013-06-01, state: hesper, does: sign, treaty: internet-trafficking-protocol }",
            "Hesper has consented already, on 2012-03-01, so it has nothing to sign",
        ),
        (
            "{ date: 2012-02-01, state: hesper, does: sign, treaty: internet-trafficking-protocol }",
            "Hesper has signed already, on 2011-03-01",
        ),
        (
            "{ date: 2012-03-01, state: hesper, does: ratify, treaty: internet-trafficking-protocol }",
            "Hesper does the same twice on 2012-03-01",
        ),
        (
            "{ date: 2012-08-01, state: hesper, does: accede, treaty: ets185 }",
            "Hesper has consented already, on 2008-03-01",
        ),
    ] {
        wrong(&[(ratify, &again(line))], &[says]);
    }
    // Who has left may come back, and a notice may be taken back (VCLT 68).
    let back = "{ date: 2014-03-01, state: brava, does: accede, treaty: internet-trafficking-protocol }";
    let checked = checked(&SCENARIO.replace("variants:", &format!("  - {back}\nvariants:")));
    assert_eq!(checked.code, Some(0), "{}", checked.stderr);
}

#[test]
fn nothing_that_people_or_the_law_need_is_empty() {
    wrong_with(&[("title: Acts on the calendar", "title: \"\"")], &["the `title` is empty"], "slip.yaml:1:8");
    wrong(&[("facts: [recruit, computer, intent]", "facts: []")], &["the line `recruit` has no facts"]);
    wrong(&[("alba: { law: full,", "alba: { name: \" \", law: full,")], &["the name of `alba` is empty"]);
    let states = SCENARIO.find("  alba: { law").zip(SCENARIO.find("membership:")).map(|(from, to)| &SCENARIO[from..to]);
    wrong(&[("states:\n", "states: {}\n"), (states.expect("both"), "")], &["a scenario has a state at least"]);
    let none = "variants:\n  quick: { entry-into-force.internet-trafficking-protocol: { consents: 0 } }";
    wrong_with(
        &[("variants:", none)],
        &["`internet-trafficking-protocol` would enter into force without any consent"],
        "`consents: 1`",
    );
}

#[test]
fn a_law_that_cannot_be_put_together_hides_nothing_else() {
    let slips = [("for: [extradition]", "for: [extraditon]"), ("hesper: never", "hespre: never")];
    wrong(&slips, &["extraditon", "unknown state `hespre`"]);
    let facts = "articles: { \"1\": { says: Surrender is owed., for: [extradition], carries: must } }\n    offences: { fraud: { article: \"2\", all: [comptuer] } }";
    let article = "articles: { \"1\": { says: Surrender is owed., for: [extradition], carries: must } }";
    wrong(
        &[(article, facts), ("hesper: never", "hespre: never"), ("reserved: [r2]", "reserved: [r9]")],
        &["unknown fact `comptuer`", "unknown state `hespre`", "allows no reservation to `r9`"],
    );
    // Its own treaty is not there for that, and not unknown either.
    let member = ("membership:\n", "membership:\n  alba-brava: { alba: 2011-01-01 }\n");
    wrong(&[(article, facts), member], &["unknown fact `comptuer`"]);
}

#[test]
fn an_objection_lies_within_the_run_and_may_be_taken_out() {
    let custom = "custom:\n  internet-trafficking-custom: { objects: { hesper: 2012-01-01 } }\nvariants:";
    let line = "facts: [recruit, deception, knew, commercial, computer, intent]";
    let changes = [
        ("facts: [recruit, computer, intent]", line),
        (
            "internet-trafficking-protocol/conduct]",
            "internet-trafficking-protocol/conduct, internet-trafficking-custom]",
        ),
        ("variants:", custom),
    ];
    wrong_with(
        &[changes[0], changes[1], ("variants:", &custom.replace("2012", "2016"))],
        &["2016-01-01 lies after the run, which ends on 2015-12-31"],
        "slip.yaml:",
    );
    let slips = [("nevre", "unknown value `nevre`"), ("soon", "expected a day, or `never`, found `soon`")];
    for (word, says) in slips {
        wrong(&[changes[0], changes[1], ("variants:", &custom.replace("2012-01-01", word))], &[says]);
    }
    let sound = changes.iter().fold(SCENARIO.to_owned(), |text, (old, new)| text.replacen(old, new, 1));
    let never = "variants:\n  silent: { custom.internet-trafficking-custom.objects.hesper: never }";
    let checked = checked(&sound.replace("variants:", never));
    assert_eq!((checked.code, checked.stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_file_is_like_a_built_in_one_by_the_name_that_commands_know() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.yaml");
    let like = |name: &str| {
        fs::write(&path, format!("like: {name}\ntitle: Mine\n")).expect("written");
        check(&path)
    };
    for sound in ["scenarios/one-state-stays-out.yaml", "one-state-stays-out.yaml"] {
        let checked = like(sound);
        assert_eq!(checked.code, Some(0), "{}", checked.stderr);
    }
    fs::copy(corpus().join("accepted/plain.yaml"), folder.path().join("plain.yaml")).expect("copied");
    for (slip, near) in [
        ("scenarios/one-state-stay-out.yaml", "scenarios/one-state-stays-out.yaml"),
        ("one-state-stay-out.yaml", "one-state-stays-out.yaml"),
        ("plian.yaml", "plain.yaml"),
    ] {
        let checked = like(slip);
        assert_eq!(checked.code, Some(2), "{slip}");
        assert!(checked.stderr.contains(&format!("there is no file `{slip}`")), "{}", checked.stderr);
        assert!(checked.stderr.contains(&format!("did you mean `{near}`?")), "{}", checked.stderr);
    }
}
