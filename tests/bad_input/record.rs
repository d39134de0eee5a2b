//! What can be wrong with the record under `law/status`.

use std::fs;
use std::process::Command;

use super::check;
use super::law::{NO_HELP, all_wrong, write, wrong};

#[test]
fn dates_of_a_status_are_in_order() {
    let (budapest, union) = ("status/ets185.csv", "status/european-union.csv");
    wrong(
        (budapest, "ALB,2001-11-23,", "ALB,2001-11-22,"),
        "signed on 2001-11-22, before it was opened for signature on 2001-11-23",
        NO_HELP,
    );
    wrong(
        (budapest, "AND,2013-04-23,", "AND,2016-11-17,"),
        "consented on 2016-11-16, before it was signed on 2016-11-17",
        NO_HELP,
    );
    wrong(
        (budapest, "2016-11-16,ratification,2017-03-01", "2016-11-16,ratification,2016-03-01"),
        "in force on 2016-03-01, before it was consented on 2016-11-16",
        NO_HELP,
    );
    wrong(
        (budapest, "2002-06-20,ratification,2004-07-01", "2002-06-20,ratification,2004-06-01"),
        "before it was in force for anyone on 2004-07-01",
        NO_HELP,
    );
    wrong(
        (union, "1973-01-01,2020-02-01", "1973-01-01,1972-02-01"),
        "denounced on 1972-02-01, before it was consented on 1973-01-01",
        NO_HELP,
    );
    let second = "status/cets224.csv";
    wrong(
        (
            second,
            "ALB,2023-02-27,,,,,,,nl-verdragen-013833,2025-11-30",
            "ALB,2023-02-27,,,,,,,nl-verdragen-013833,2022-11-30",
        ),
        "signed on 2023-02-27, after 2022-11-30",
        NO_HELP,
    );
    wrong(
        (second, "ALB,2023-02-27,,,,", "ALB,2023-02-27,,,,2024-01-01"),
        "denounced without ever having consented",
        NO_HELP,
    );
    wrong((second, "ALB,2023-02-27,", "ALB,,"), "neither signed nor consented", NO_HELP);
    wrong(
        (budapest, "ALB,2001-11-23,2002-06-20,ratification", "ALB,2001-11-23,2002-06-20,"),
        "a consent without its kind",
        NO_HELP,
    );
}

#[test]
fn rows_of_a_status_are_of_its_treaty_and_of_known_states_and_stand_once() {
    let second = "status/cets224.csv";
    wrong((second, "cets224,AND", "cets224,ADN"), "unknown state `ADN`", "did you mean `AND`?");
    wrong((second, "cets224,AND", "ets189,AND"), "unknown treaty `ets189`", "known: cets224");
    let twice = (second, "cets224,AND,", "cets224,ALB,");
    all_wrong(&[twice], &[("ALB,2022-05-20", "`ALB` stands here twice", NO_HELP)]);
    wrong((second, "ALB,2023-02-27", "ALB,2023-02-30"), "column `signature`: there is no day `2023-02-30`", NO_HELP);
    let again = "ALB,XX,Albany,Europe,41.3,19.8,true,2.8,83,2023,2022\nALB,AL,Albania";
    let twice = ("status/states.csv", "ALB,AL,Albania", again);
    all_wrong(&[twice], &[("ALB,AL,Albania", "`ALB` stands here twice", NO_HELP)]);
}

#[test]
fn the_table_of_treaties_agrees_with_their_files() {
    let table = "status/treaties.csv";
    wrong((table, "tip,UNTS", "tap,UNTS"), "unknown treaty `tap`", "did you mean `tip`?");
    wrong(
        (table, ",1958-01-01,accession", "1959-01-01,1958-01-01,accession"),
        "entered into force on 1958-01-01, before it was opened for signature",
        NO_HELP,
    );
    wrong(
        (table, "2003-01-28,2006-03-01", "2003-01-28,2006-04-01"),
        "entered into force on 2006-04-01, but on 2006-03-01 by the treaty's own file",
        NO_HELP,
    );
    wrong((table, "2003-01-28,2006-03-01", "2003-01-28,"), "no day is recorded here", NO_HELP);
    wrong(
        (table, "2003-01-28,2006-03-01", "2003-01-27,2006-03-01"),
        "opened on 2003-01-27, but on 2003-01-28 by the treaty's own file",
        NO_HELP,
    );
    wrong(
        (
            table,
            "\"90th day after the 40th instrument, not before untoc\",untoc",
            "\"90th day after the 40th instrument, not before untoc\",opsc",
        ),
        "its parent here is `opsc`, by the treaty's own file `untoc`",
        NO_HELP,
    );
}

#[test]
fn reservations_on_record_are_allowed_or_excepted_with_a_reason() {
    let (table, exceptions) = ("status/reservations.csv", "status/known_exceptions.csv");
    wrong(
        (table, "ets185,BGR,14(3)", "ets185,BGR,14(4)"),
        "BUD allows no reservation to `14(4)`",
        "did you mean `14(3)`?",
    );
    wrong((table, "ets185,BGR,14(3)", "ets158,BGR,14(3)"), "unknown treaty `ets158`", "did you mean `ets185`?");
    wrong((table, "ets185,BGR,14(3)", "ets185,AFG,14(3)"), "neither signed nor consented", NO_HELP);
    wrong(
        (table, "ets185,BGR,14(3),reservation", "ets185,BGR,14(3),resevation"),
        "unknown variant `resevation`, expected one of",
        NO_HELP,
    );
    wrong(
        (table, "withdrawn 2019-07-05,2019-07-05", "withdrawn 2019-07-05,2009-07-05"),
        "withdrawn on 2009-07-05, before it was made",
        NO_HELP,
    );
    wrong(
        (exceptions, "ets185,ARG,9(1)(e)", "ets185,BGR,14(3),why\nets185,ARG,9(1)(e)"),
        "nothing on record needs this exception",
        NO_HELP,
    );
    let reason = "ARG,9(1)(e),names the paragraph that it leaves out; what Art. 42 opens to reservations is 9(4)";
    wrong((exceptions, reason, "ARG,9(1)(e),"), "an exception gives its reason", NO_HELP);
    all_wrong(
        &[(exceptions, reason, "ARG,9(1)(f),why"), (table, "ARG,9(1)(e),", "ARG,9(1)(e),")],
        &[
            ("ARG,9(1)(f),why", "nothing on record needs this exception", NO_HELP),
            ("ARG,9(1)(e),", "BUD allows no reservation to `9(1)(e)`", NO_HELP),
        ],
    );
    // The treaty may open any provision, or say nothing: then no list is held against the record.
    let folder = tempfile::tempdir().expect("a folder");
    let law = folder.path().join("law");
    write(&law, &[("treaties/opsc.yaml", "other-reservations: true", "other-reservations: false")]);
    let said = check(&law).stderr;
    assert!(said.contains("OPSC allows no reservation to `3(5)`"), "{said}");
    assert!(said.contains("OPSC allows no reservation to itself as a whole"), "{said}");
}

#[test]
fn counts_are_of_known_treaties_and_differences_of_known_counts() {
    wrong(
        ("status/published_counts.csv", "ets185,2004-12-02", "ets158,2004-12-02"),
        "unknown treaty `ets158`",
        "did you mean `ets185`?",
    );
    wrong(
        ("status/known_differences.csv", "consents,15,17", "consents,16,17"),
        "no such count stands in published_counts.csv",
        NO_HELP,
    );
}

#[test]
fn a_table_that_cannot_be_read_is_not_taken_for_the_one_built_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("own");
    fs::create_dir_all(own.join("status")).expect("made");
    let table = own.join("status/ets185.csv");
    let refused = |bytes: &[u8], says: &str| {
        fs::write(&table, bytes).expect("written");
        let world = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/world-2010.yaml");
        for arguments in [&["law", "status", "ets185"][..], &["check", world][..]] {
            let output = Command::new(env!("CARGO_BIN_EXE_comity")).args(arguments).arg("--law").arg(&own).output();
            let output = output.expect("it runs");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
            assert!(said.contains("ets185.csv") && said.contains(says), "{arguments:?}: {said}");
        }
    };
    let built_in = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/law/status/ets185.csv")).expect("a table");
    refused(&[&built_in[..], &[0xFF, 0xFE]].concat(), "is not UTF-8 text");
    let line = built_in.split(|byte| *byte == b'\n').nth(1).expect("a row");
    let giant = [&built_in[..], &[line, b"\n"].concat().repeat(20_000)].concat();
    refused(&giant, "larger than");
}
