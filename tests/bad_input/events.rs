//! An event of a timeline with several mistakes.

use super::follow_on::{wrong, wrong_with};

#[test]
fn of_one_event_everything_is_told_that_is_wrong() {
    wrong(
        &[(
            "state: brava, does: seize-sites, share: 0.9, line: recruit, with: [alba]",
            "state: brva, does: seize-sites, line: recriut, with: [alba, alba, nowhere], factor: 2, article: r1",
        )],
        &[
            "`seize-sites` needs the key `share`, which is not there",
            "`seize-sites` takes no `article` and no `factor`",
            "unknown state `brva`",
            "unknown line `recriut`",
            "`alba` takes part twice",
            "unknown state `nowhere`",
        ],
    );
    wrong(
        &[(
            "state: alba, does: capacity, factor: 0.5, until: 2013-12-01",
            "state: alba, does: change-state, numbers: { reporting: 2, market: 0, publishes-decisions: 3 }",
        )],
        &[
            "`reporting` is 2, but it lies between 0 and 1",
            "`market` is 0, but it is above 0",
            "`publishes-decisions` is 3, but it lies between 0 and 1",
        ],
    );
    wrong(
        &[(
            "state: alba, does: capacity, factor: 0.5, until: 2013-12-01",
            "state: alba, does: capacity, factor: 0.001, until: 2013-12-01",
        )],
        &["0.001"],
    );
    wrong(
        &[(
            "state: alba, does: capacity, factor: 0.5, until: 2013-12-01",
            "state: alba, does: change-state, numbers: {}",
        )],
        &["`change-state` needs the key `numbers`, which is not there, or empty"],
    );
    wrong(
        &[(
            "date: 2012-01-01, state: alba, does: withdraw-reservation, treaty: internet-trafficking-protocol, article: r2",
            "date: 2042-01-01, state: elba, does: withdraw-reservation, treaty: ets158, article: r2, share: 1",
        )],
        &[
            "`withdraw-reservation` takes no `share`",
            "2042-01-01 lies after the run, which ends on 2015-12-31",
            "unknown state `elba`",
            "unknown treaty `ets158`",
        ],
    );
}

#[test]
fn a_treaty_between_two_states_is_theirs_alone_and_nobody_joins_one_with_dates() {
    let closed = "`alba-brava` is a treaty between two states, and Hesper is neither of them";
    let by_itself = "the treaty binds its two states from 2000-01-01, by its own dates";
    let membership = |entry: &'static str| ("membership:\n", entry);
    wrong(&[membership("membership:\n  alba-brava: { hesper: 2009-01-01 }\n")], &[closed]);
    wrong(&[membership("membership:\n  alba-brava: { alba: 2009-01-01 }\n")], &[by_itself]);
    wrong(&[membership("membership:\n  alba-brava: { '*': { denounced: 1999-12-31 } }\n")], &[by_itself]);
    let event = "state: hesper, does: sign, treaty: internet-trafficking-protocol";
    wrong(&[(event, "state: hesper, does: sign, treaty: alba-brava")], &[closed]);
    wrong(&[(event, "state: alba, does: accede, treaty: alba-brava")], &[by_itself]);
}

/// VCLT, Arts. 19 and 68: who takes its denunciation back is the Party that it was, and makes no reservation; who has left and
/// comes back may.
#[test]
fn taking_back_a_denunciation_is_no_time_for_reservations() {
    let withdrawal = "  - { date: 2012-01-01, state: alba, does: withdraw-reservation, treaty: internet-trafficking-protocol, article: r2 }\n";
    let acts = |back: &str| {
        let act = |date: &str, does: &str| format!("  - {{ date: {date}, state: alba, does: {does} }}\n");
        let reserve = "reserve, treaty: ets185, article: \"9(4)\"";
        act("2012-02-01", "denounce, treaty: ets185") + &act(back, "accede, treaty: ets185") + &act(back, reserve)
    };
    let late = "Alba, bound until 2012-06-01, only takes back its denunciation on 2012-05-31 (VCLT 68)";
    wrong(&[(withdrawal, &acts("2012-05-31"))], &[late]);
    wrong(&[(withdrawal, &acts("2012-06-01"))], &[]);
}

#[test]
fn what_is_withdrawn_was_made_and_is_called_what_it_is() {
    let ets30 = ("treaties: [ets185,", "treaties: [ets30, ets185,");
    let declared =
        |acts: &str| format!("membership:\n  ets30: {{ '*': 2000-01-01, alba: {{ consented: 2000-01-01{acts} }} }}\n");
    let withdrawal = "withdraw-reservation, treaty: internet-trafficking-protocol, article: r2";
    let of_declaration = "withdraw-reservation, treaty: ets30, article: \"5(1)(a)\"";
    let table = |acts: &str, expected: &[&str]| wrong(&[ets30, ("membership:\n", &declared(acts))], expected);
    table(", declared: [\"5(1)(a)\"], withdrawn: { \"5(1)(a)\": 2010-01-01 }", &[]);
    table(
        ", withdrawn: { \"5(1)(a)\": 2010-01-01 }",
        &["nothing was declared under `5(1)(a)`, so it cannot be withdrawn"],
    );
    let event = |acts: &str, expected: &[&str]| {
        wrong(&[ets30, ("membership:\n", &declared(acts)), (withdrawal, of_declaration)], expected);
    };
    event(", declared: [\"5(1)(a)\"]", &[]);
    event("", &["Alba has not declared anything under ETS30 5(1)(a) before 2012-01-01, so it cannot withdraw that"]);
}

#[test]
fn an_amendment_is_not_denounced_alone() {
    let amendment = ("treaties: [ets185,", "treaties: [ets185, ets185-amendment,");
    let membership = "membership:\n  ets185-amendment: { '*': 2009-01-01, alba: { consented: 2009-01-01, denounced: 2009-06-01 } }\n";
    let alone = "is an amendment, and not denounced without the treaty that it amends (VCLT 44(1))";
    wrong(&[amendment, ("membership:\n", membership)], &[alone]);
    let event = "does: denounce, treaty: internet-trafficking-protocol";
    let accepted = "membership:\n  ets185-amendment: { '*': 2009-01-01 }\n";
    wrong(&[amendment, ("membership:\n", accepted), (event, "does: denounce, treaty: ets185-amendment")], &[alone]);
}

#[test]
fn a_mistake_in_one_act_hides_none_in_those_of_others_and_what_could_not_be_is_not_followed_on() {
    let ratify = "  - { date: 2012-03-01, state: hesper, does: ratify, treaty: internet-trafficking-protocol }\n";
    let act = |date: &str, rest: &str| format!("  - {{ date: {date}, state: {rest} }}\n");
    let again = |date: &str| act(date, "hesper, does: accede, treaty: internet-trafficking-protocol");
    let already = "Hesper has consented already, on 2012-03-01";
    let stray = act("2013-01-01", "brava, does: denounce, treaty: ets185, share: 1");
    wrong(&[(ratify, &(ratify.to_owned() + &stray + &again("2012-06-01")))], &["takes no `share`", already]);
    let unknown = act("2013-01-01", "brvaa, does: denounce, treaty: ets185");
    wrong(&[(ratify, &(ratify.to_owned() + &unknown + &again("2012-06-01")))], &["unknown state `brvaa`", already]);
    // The third follows on the first, and not on the second.
    wrong(&[(ratify, &(ratify.to_owned() + &again("2012-06-01") + &again("2012-09-01")))], &[already, already]);
}

/// General practice makes a rule of custom, and no act of one state: neither a table nor a timeline has one join or leave it.
#[test]
fn nobody_joins_a_rule_of_custom() {
    let with_custom = ("treaties: [ets185,", "treaties: [ets185, internet-trafficking-custom,");
    let nobody = "`internet-trafficking-custom` is a rule of custom, which nobody joins and nobody leaves";
    for entry in ["alba: 2009-01-01", "alba: never", "'*': { signed: 2009-01-01 }"] {
        let entry = format!("membership:\n  internet-trafficking-custom: {{ {entry} }}\n");
        wrong_with(&[with_custom, ("membership:\n", &entry)], &[nobody], "`custom` says when it may emerge");
    }
    let ratify = "state: hesper, does: ratify, treaty: internet-trafficking-protocol";
    for does in ["sign", "accede", "denounce"] {
        let act = format!("state: alba, does: {does}, treaty: internet-trafficking-custom");
        wrong(&[with_custom, (ratify, &act)], &[nobody]);
    }
    wrong(&[with_custom], &[]);
}

#[test]
fn an_unknown_act_is_told_with_those_that_are_known_and_where_a_state_objects() {
    let event = "state: hesper, does: sign, treaty: internet-trafficking-protocol";
    let unknown = |word: &str| format!("state: hesper, does: {word}, treaty: internet-trafficking-protocol");
    wrong_with(&[(event, &unknown("applaud"))], &["unknown value `applaud`"], "known: sign, ratify, accede");
    let with_custom = ("treaties: [ets185,", "treaties: [ets185, internet-trafficking-custom,");
    let object = "state: hesper, does: object, treaty: internet-trafficking-custom";
    wrong_with(&[with_custom, (event, object)], &["unknown value `object`"], "stands under `custom`:");
}

/// A trial at home is asked of a state's own law: a finding on such letters would be met by every run, or by none.
#[test]
fn no_letters_are_expected_that_no_run_sends() {
    let nobody_asks = "no state asks another for `trial-at-home`, in no run";
    let rest = "from: alba, to: brava, measure: trial-at-home";
    for finding in [format!("no-letters: {{ {rest} }}"), format!("letters: {{ {rest}, decision: REFUSE }}")] {
        let findings = format!("findings: [{{ {finding} }}]\nvariants:");
        wrong_with(&[("variants:", &findings)], &[nobody_asks], "what an `opinion` says");
    }
}

#[test]
fn for_what_a_haven_is_belongs_to_a_haven() {
    let finding = |text: &str| format!("findings: [{{ {text} }}]\nvariants:");
    for haven in ["haven", "no-haven", "haven-ends", "haven-stays"] {
        wrong(&[("variants:", &finding(&format!("{haven}: alba, for: hosts")))], &[]);
    }
    let alone = "`for` says something of a haven alone";
    wrong(&[("variants:", &finding("lost: { at-least: 0.5 }, for: bases"))], &[alone]);
}

#[test]
fn an_unknown_fact_is_told_where_all_are_listed() {
    wrong_with(
        &[("facts: [recruit, computer, intent]", "facts: [recruit, hacking, intent]")],
        &["unknown fact `hacking`"],
        "`comity law facts` lists them all",
    );
}
