//! What a file need not have, and has not, is in doubt only where a key is unknown that may be it: all else that is wrong with the
//! file is told at once.

use super::follow_on::{SCENARIO, checked, wrong, wrong_with};

/// A case about states of the record, with neither `states` nor law of its own.
const CASE: &str = "\
case: SLIP
title: Two States
source: Invented.
says: One asks the other to preserve data.
treaties: [ets185]
membership: { ets185: { DEU: record, USA: record } }
requesting: DEU
requested: USA
nationality: FRA
day: 2026-03-01
facts: [intrude, without-right, intent, computer]
parts: { \"-\": { measure: preservation } }
";

/// All that is wrong with a text, in its order.
fn errors(text: &str) -> Vec<String> {
    let errors = checked(text).stderr;
    errors.lines().filter_map(|line| line.strip_prefix("error: ")).map(str::to_owned).collect()
}

#[test]
fn what_a_file_need_not_have_is_not_in_doubt() {
    assert_eq!(errors(CASE), [""; 0]);
    let case = |changes: &[(&str, &str)]| {
        let changed = changes.iter().fold(CASE.to_owned(), |text, (old, new)| text.replacen(old, new, 1));
        errors(&changed)
    };
    let date = "there is no day `2012-02-30`";
    let bad_date = ("day: 2026-03-01", "day: 2012-02-30");
    assert_eq!(case(&[bad_date]), [date], "no day is said to be there");
    assert_eq!(case(&[bad_date, ("requested: USA", "requested: USB")]), ["unknown state `USB`", date]);
    assert_eq!(
        case(&[("measure: preservation", "measure: preservation, day: 2012-02-30"), ("day: 2026-03-01\n", "")]),
        [date]
    );
    let measure =
        case(&[("measure: preservation", "measure: x"), ("requested: USA", "requested: USB"), ("FRA", "FRE")]);
    assert_eq!(measure.len(), 3, "{measure:?}");
    // It may be what a key is that nobody knows.
    assert_eq!(
        case(&[("source:", "nations: { USB: { law: full } }\nsource:"), ("requested: USA", "requested: USB")]).len(),
        1
    );
    let variants = &SCENARIO[SCENARIO.find("variants:").expect("variants")..];
    let finding = "findings: [{ variants: [otu], haven: hesper }]\n";
    wrong(&[("seed: 3", "seed: x"), (variants, finding)], &["found `x`", "unknown variant `otu`"]);
}

#[test]
fn what_a_text_needs_to_enter_into_force_it_needs_in_every_wording() {
    wrong_with(
        &[("variants:", "entry-into-force: { internet-trafficking-protocol/conduct: { consents: 2 } }\nvariants:")],
        &["`internet-trafficking-protocol/conduct` needs what its text needs, in every wording"],
        "write `internet-trafficking-protocol`",
    );
}

/// Beside the long name the short one would be a second map, of which one part is lost.
#[test]
fn a_text_of_one_wording_is_named_once() {
    let twice = "`internet-trafficking-protocol/conduct` is the treaty that is `internet-trafficking-protocol` already";
    let write = "write `internet-trafficking-protocol`";
    let long = "  internet-trafficking-protocol/conduct: { alba: never }\n";
    // Each variant that sets the short name meets the long one, too.
    let also = "`internet-trafficking-protocol` is the treaty that is `internet-trafficking-protocol/conduct` already";
    let said = errors(&SCENARIO.replacen("networks:\n", &format!("{long}networks:\n"), 1));
    assert_eq!(said.first().map(String::as_str), Some(twice), "{said:?}");
    assert!(said[1..].iter().all(|said| said == also), "{said:?}");
    let adoption = "adoption:\n  internet-trafficking-protocol: { from: 2011-01-01 }\n  \
                    internet-trafficking-protocol/conduct: { enactment: { lag-days: 3 } }\nnetworks:\n";
    wrong_with(&[("networks:\n", adoption)], &[twice], write);
    // As a variant sets it.
    let variant = "  out: { membership.internet-trafficking-protocol.hesper: never }";
    let long = variant.replace("protocol.", "protocol/conduct.");
    wrong_with(&[(variant, &long)], &[twice], write);
}

/// What a penal law leaves out cannot be told from no offence; what it punishes for another reason can.
#[test]
fn a_line_is_on_what_the_penal_law_of_each_state_is_entered_for() {
    let line = |facts: &str| {
        format!(
            "title: Two\nquestion: What is left out?\nteaching: {{ time: 1 minute, goals: [one], ask: [one] }}\n\
             from: 2021-01-01\nto: 2021-12-31\nseed: 3\ntreaties: [ets185]\nstates:\n  \
             DEU: {{ infrastructure: 1, market: 1 }}\n  alba: {{ law: full, infrastructure: 1, market: 1 }}\n\
             membership: {{ ets185: record }}\nnetworks:\n  count: 20\n  lines: {{ steal: {{ weight: 1, facts: [{facts}] }} }}\n"
        )
    };
    let not_entered = "the line `steal` has `theft`, on which the penal law of `DEU` is not entered";
    assert_eq!(errors(&line("theft, intent")), [not_entered]);
    assert_eq!(errors(&line("theft, intrude, security-broken, without-right, computer, intent")), [""; 0]);
}
