//! Killed anywhere and started again: nothing is lost, nothing is run twice but what a part had not yet.

use std::process::Stdio;
use std::time::Duration;

use comity::base::{Purpose, Streams};

use crate::{Place, STUDY, command, ok, parts, run};

/// Some kills fall before anything is written and some within the writing of a part.
const KILLS: u64 = 50;

#[test]
fn killed_at_random_instants_and_started_again_it_gives_the_same_table() {
    let place = Place::new();
    // Enough runs that no kill comes too late.
    let study = STUDY.replace("replicates: 3", "replicates: 12");
    let plan = place.plan(&study, "plan");
    let began = std::time::Instant::now();
    ok(&["sweep", "run", &plan, "--jobs", "2", "--quiet"]);
    let whole = began.elapsed();
    let table = place.merged(&plan);

    let results = place.text("killed");
    let mut interrupted = 0;
    let mut grew = Vec::new();
    for kill in 0..KILLS {
        let arguments = ["sweep", "run", &plan, "--out", &results, "--jobs", "2", "--part-runs", "2", "--quiet"];
        let mut child = command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
        // On the average four instants cover the whole; every so often one is at once.
        let share = Streams::new(kill).stream(Purpose::Design, 0, 0).unit() / 2.0;
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * share));
        interrupted += u64::from(child.try_wait().expect("it is ours").is_none());
        child.kill().expect("killed");
        child.wait().expect("it is ours");
        let there = if place.path("killed").is_dir() { parts(&place.path("killed")).len() } else { 0 };
        grew.push(there);
    }
    assert!(interrupted >= 1, "no kill fell into a run");
    assert!(grew.windows(2).all(|pair| pair[0] <= pair[1]), "a part was lost: {grew:?}");
    ok(&["sweep", "run", &plan, "--out", &results, "--jobs", "2", "--part-runs", "2", "--quiet"]);
    assert_eq!(place.merged(&results), table, "after {KILLS} kills");
    let said = ok(&["sweep", "status", &results]);
    assert!(!said.contains("damaged"), "{said}");
    // What was published was not run again: every run stands in one part.
    let lines: usize = parts(&place.path("killed"))
        .iter()
        .map(|part| std::fs::read_to_string(part).expect("text").lines().count() - 2)
        .sum();
    assert_eq!(lines, 96);
}

/// A termination request, as a scheduler sends it before it takes a machine away.
#[cfg(unix)]
#[test]
fn terminated_it_writes_what_it_has_and_says_that_more_is_missing() {
    let place = Place::new();
    let plan = place.plan(&STUDY.replace("replicates: 3", "replicates: 40"), "plan");
    let child = command(&["sweep", "run", &plan, "--jobs", "1", "--quiet", "--part-runs", "3"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let results = place.path("plan/results");
    let began = std::time::Instant::now();
    while !results.is_dir() || parts(&results).is_empty() {
        assert!(began.elapsed() < Duration::from_mins(2), "no part came");
        std::thread::sleep(Duration::from_millis(5));
    }
    let sent = std::process::Command::new("kill").args(["-s", "TERM", &child.id().to_string()]).status();
    assert!(sent.expect("kill runs").success());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    let status = run(&["sweep", "status", &plan]);
    assert_eq!(status.status.code(), Some(3));
    let said = String::from_utf8_lossy(&status.stdout).into_owned();
    let done: u64 = said.lines().nth(1).and_then(|line| line.split(' ').next()?.parse().ok()).expect("a number");
    assert!((1..320).contains(&done), "{said}");
}

#[test]
fn two_processes_do_not_run_one_shard() {
    let place = Place::new();
    let plan = place.plan(&STUDY.replace("replicates: 3", "replicates: 40"), "plan");
    let mut first =
        command(&["sweep", "run", &plan, "--jobs", "1", "--quiet", "--part-runs", "1"]).spawn().expect("it runs");
    let results = place.path("plan/results");
    let began = std::time::Instant::now();
    while !results.is_dir() || parts(&results).is_empty() {
        assert!(began.elapsed() < Duration::from_mins(2), "no part came");
        std::thread::sleep(Duration::from_millis(5));
    }
    let second = run(&["sweep", "run", &plan]);
    first.kill().expect("killed");
    first.wait().expect("it is ours");
    let said = String::from_utf8_lossy(&second.stderr);
    assert_eq!(second.status.code(), Some(1), "{said}");
    assert!(said.contains("another process runs shard 1/1"), "{said}");
}
