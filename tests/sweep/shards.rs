//! Threads, shards and parts change no row.

use crate::{Place, STUDY, ends, ok, parts};

#[test]
fn one_two_and_seven_shards_and_any_number_of_threads_give_one_table() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    ok(&["sweep", "run", &plan, "--jobs", "1", "--quiet"]);
    let table = place.merged(&plan);
    assert_eq!(table.lines().count(), 25);
    for shards in [2_u32, 7] {
        let results = place.text(&format!("results-{shards}"));
        for shard in (1..=shards).rev() {
            let name = format!("{shard}/{shards}");
            let jobs = (shard % 3 + 1).to_string();
            ok(&[
                "sweep",
                "run",
                &plan,
                "--shard",
                &name,
                "--out",
                &results,
                "--jobs",
                &jobs,
                "--part-runs",
                "2",
                "--quiet",
            ]);
        }
        assert_eq!(place.merged(&results), table, "{shards} shards");
    }
    // Results under a plan are found under any name.
    let below = place.text("plan/elsewhere");
    ok(&["sweep", "run", &plan, "--out", &below, "--quiet"]);
    assert_eq!(place.merged(&below), table);
    // Twice: nothing is run again, and a doubled part changes nothing.
    let results = place.path("results-7");
    let before = parts(&results);
    ok(&["sweep", "run", &plan, "--out", &place.text("results-7"), "--quiet"]);
    assert_eq!(parts(&results), before);
    std::fs::copy(&before[0], results.join("a-copy.part")).expect("copied");
    assert_eq!(place.merged(&place.text("results-7")), table);
    // A part of other shards lies beside: still one table.
    for part in parts(&place.path("results-2")) {
        std::fs::copy(&part, results.join(part.file_name().expect("a name"))).expect("copied");
    }
    assert_eq!(place.merged(&place.text("results-7")), table);
}

#[test]
fn rows_do_not_depend_on_what_else_the_study_has() {
    let place = Place::new();
    let rows = |study: &str, name: &str| {
        let plan = place.plan(study, name);
        ok(&["sweep", "run", &plan, "--quiet"]);
        place.merged(&plan)
    };
    let three = rows(STUDY, "three");
    let two = rows(&STUDY.replace("replicates: 3", "replicates: 2"), "two");
    // The replicate is outermost: the shorter study is the beginning of the longer.
    assert!(three.starts_with(&two), "{two}\n{three}");
}

#[test]
fn status_names_what_is_missing_and_its_exit_code_says_so() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    let said = ends(3, &["sweep", "status", &plan]);
    assert!(said.contains("0 of 24 runs done, 24 missing"), "{said}");
    for shard in ["1/8", "4/8", "6/8"] {
        ok(&["sweep", "run", &plan, "--shard", shard, "--quiet"]);
    }
    let said = ends(3, &["sweep", "status", &plan]);
    assert!(said.contains("9 of 24 runs done, 15 missing; 3 parts"), "{said}");
    assert!(said.contains("of 8 (for --array): 2-3,5,7-8"), "{said}");
    assert_eq!(ends(3, &["sweep", "status", &plan, "--array"]).trim(), "2-3,5,7-8");
    assert_eq!(ends(3, &["sweep", "status", &plan, "--array", "--shards", "4"]).trim(), "1-4");
    let said = ends(3, &["sweep", "merge", &plan, "-o", &place.text("all.csv")]);
    assert!(said.contains("15 of 24 runs are missing"), "{said}");
    assert!(!place.path("all.csv").exists());
    ok(&["sweep", "merge", &plan, "-o", &place.text("some.csv"), "--partial"]);
    assert_eq!(std::fs::read_to_string(place.path("some.csv")).expect("a table").lines().count(), 10);
    ok(&["sweep", "run", &plan, "--quiet"]);
    let said = ok(&["sweep", "status", &plan]);
    assert!(said.contains("24 of 24 runs done, none missing"), "{said}");
    // Runs that were there were not made again.
    let lines: u64 = parts(&place.path("plan/results"))
        .iter()
        .map(|part| std::fs::read_to_string(part).expect("text").lines().count() as u64 - 2)
        .sum();
    assert_eq!(lines, 24);
}

/// On another machine the study lies elsewhere.
#[test]
fn shards_of_one_plan_made_from_two_paths_go_into_one_folder() {
    let place = Place::new();
    let plans = ["one", "other"].map(|name| place.plan(STUDY, name));
    let name = |plan: &str| std::fs::read_to_string(place.path(plan).join("plan.json")).expect("a name");
    assert_ne!(name("one"), name("other"), "each says how it was asked for");
    let results = place.text("results");
    for (plan, shard) in plans.iter().zip(["1/2", "2/2"]) {
        ok(&["sweep", "run", plan, "--out", &results, "--shard", shard, "--quiet"]);
    }
    assert_eq!(place.merged(&results).lines().count(), 25, "a head and 24 runs");
}
