//! Mistakes of writing that leave every value clear (a key written twice, anchors and tags, merge keys) hide nothing else
//! that is wrong with a file, and nothing follows from them.

use std::fs;

use super::check;
use super::follow_on::{wrong, wrong_with};

#[test]
fn a_key_written_twice_hides_nothing_else() {
    wrong_with(
        &[("seed: 3\n", "seed: 3\nseed: 4\n"), ("hesper: never", "hespre: never"), ("count: 200", "count: x")],
        &["the key `seed` is written twice in this map", "unknown state `hespre`", "found `x`"],
        "`seed` was first written on line 6",
    );
    // In a variant, and with a key that is missing besides.
    wrong(
        &[
            ("to: 2015-12-31\n", ""),
            ("in: { membership", "in: { membership.internet-trafficking-protocol.hesper: never, membership"),
        ],
        &["the key `to` is missing", "the key `membership.internet-trafficking-protocol.hesper` is written twice"],
    );
}

#[test]
fn marks_that_are_refused_hide_nothing_else_and_nothing_follows_from_them() {
    wrong(
        &[("seed: 3\n", "seed: !!int 3\n"), ("does: capacity, factor: 0.5", "does: capacity, factr: 0.5")],
        &["tags (`!name`) are refused", "unknown key `factr`"],
    );
    wrong(
        &[
            ("alba: { law: full,", "alba: &alba { law: full,"),
            ("brava: { law: full,", "brava: { <<: *alba, law: full,"),
        ],
        &["anchors (`&name`) are refused", "merge keys (`<<`) are refused"],
    );
}

#[test]
fn a_case_and_a_study_are_told_of_as_wholes_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("written");
        let checked = check(&path);
        assert_eq!(checked.code, Some(2), "{}", checked.stdout);
        let said = checked.stderr.lines().filter_map(|line| line.strip_prefix("error: "));
        said.map(str::to_owned).collect::<Vec<_>>()
    };
    let case = "case: c\ntitle: t\ntitle: t\nsource: s\nrequesting: alba\nrequested: brava\nconduct-day: 2024-03-01\n\
                day: 2025-06-01\nstates: { alba: { law: full }, brava: { law: ful } }\ntreaties: [ets185]\n\
                membership: { ets185: { alba: 2010-01-01, brava: 2010-01-01 } }\nfacts: [intrude, computr]\n\
                parts: { '-': { measure: preservation } }\n";
    let told = said("case.yaml", case);
    for expected in ["the key `title` is written twice", "computr", "`ful`"] {
        assert!(told.iter().any(|line| line.contains(expected)), "{expected}: {told:#?}");
    }
    let study = "study: s\nscenario: scenarios/one-state-stays-out.yaml\nseed: 1\nseed: 2\nreplicates: 2\n\
                 factors: { networks.cuont: [100, 200] }\n";
    let told = said("study.yaml", study);
    for expected in ["the key `seed` is written twice", "cuont"] {
        assert!(told.iter().any(|line| line.contains(expected)), "{expected}: {told:#?}");
    }
}
