//! Killed anywhere and started again: nothing is lost, nothing is run twice but what a part had not yet.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use comity::base::{Purpose, Streams};

use crate::{Place, STUDY, command, ok, parts, run};

/// Some kills fall before anything is written and some within the writing of a part.
const KILLS: u64 = 50;
/// Those of the study below: enough that no kill comes too late.
const RUNS: usize = 96;

#[test]
fn killed_at_random_instants_and_started_again_it_gives_the_same_table() {
    let place = Place::new();
    let study = STUDY.replace("replicates: 3", "replicates: 12");
    let plan = place.plan(&study, "plan");
    let began = std::time::Instant::now();
    ok(&["sweep", "run", &plan, "--jobs", "2", "--quiet"]);
    let whole = began.elapsed();
    let table = place.merged(&plan);

    let (mut interrupted, mut folder, mut done) = (0, 0, 0);
    for kill in 0..KILLS {
        let name = format!("killed-{folder}");
        let mut child = command(&killed(&plan, &place.text(&name)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        // On the average four instants cover the whole; every so often one is at once.
        let share = Streams::new(kill).stream(Purpose::Design, 0, 0).unit() / 2.0;
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * share));
        let ended = child.try_wait().expect("it is ours");
        assert!(ended.is_none_or(|status| status.success()), "it failed by itself, before kill {kill}");
        child.kill().expect("killed");
        child.wait().expect("it is ours");
        let there = runs_in(&place.path(&name));
        assert!(there >= done, "a part was lost by kill {kill}: {done} runs, then {there}");
        done = there;
        if done < RUNS {
            interrupted += 1;
        } else {
            is_whole(&place, &name, &table);
            (folder, done) = (folder + 1, 0);
        }
    }
    assert!(interrupted >= KILLS / 2, "{interrupted} of {KILLS} kills fell into work; {folder} tables were made");
    let name = format!("killed-{folder}");
    ok(&killed(&plan, &place.text(&name)));
    is_whole(&place, &name, &table);
}

/// The command that is killed: two runs a part, so that most kills find some done and some not.
fn killed<'a>(plan: &'a str, results: &'a str) -> [&'a str; 10] {
    ["sweep", "run", plan, "--out", results, "--jobs", "2", "--part-runs", "2", "--quiet"]
}

/// How many runs stand in the parts of a folder of results.
fn runs_in(results: &Path) -> usize {
    let parts = if results.is_dir() { parts(results) } else { Vec::new() };
    parts.iter().map(|part| std::fs::read_to_string(part).expect("text").lines().count() - 2).sum()
}

/// Whether results are those of a sweep that nobody killed. What was published was not run again: every run stands in one part.
fn is_whole(place: &Place, name: &str, table: &str) {
    let results = place.text(name);
    assert_eq!(runs_in(&place.path(name)), RUNS, "{name}");
    assert_eq!(place.merged(&results), table, "{name}");
    let said = ok(&["sweep", "status", &results]);
    assert!(!said.contains("damaged"), "{name}: {said}");
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
