//! Many processes at one folder: those of other machines and containers have the same numbers, and nobody's work is
//! another's to clear away.

use std::path::Path;
use std::process::Child;
use std::time::{Duration, SystemTime};

use comity::base::Digest;
use comity::study::sweep::{Shard, folder, part, unfinished};

use crate::{Place, STUDY, command, ok, parts, run};

/// Threads of this process have one number, as processes in containers may.
const AT_ONCE: usize = 16;

fn at_once(deed: impl Fn(usize) + Sync) {
    let begin = std::sync::Barrier::new(AT_ONCE);
    std::thread::scope(|scope| {
        for number in 0..AT_ONCE {
            let (begin, deed) = (&begin, &deed);
            scope.spawn(move || {
                begin.wait();
                deed(number);
            });
        }
    });
}

/// Names in a folder of what was begun.
fn begun(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    names.filter_map(|name| name.into_string().ok()).filter(|name| name.ends_with(unfinished::UNFINISHED)).collect()
}

#[test]
fn a_plan_accompanied_by_many_of_one_number_is_whole_for_each() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    for turn in 0..20 {
        let results = place.path(&format!("results-{turn}"));
        at_once(|number| {
            let copied = folder::accompany(Path::new(&plan), &results);
            copied.unwrap_or_else(|error| panic!("{number} in turn {turn}: {error:?}"));
            folder::load(&results.join("plan"), false).expect("a whole plan");
        });
        assert_eq!(begun(&results), [""; 0], "copies that came too late are gone");
    }
}

#[test]
fn parts_of_one_number_do_not_write_into_one_another() {
    let place = Place::new();
    let plan = Digest::of(b"plan");
    // The same part, as two shards write it that know nothing of each other's lock.
    let rows: Vec<(u64, Vec<u8>)> = (0..2_000_u64).map(|run| (run, format!("{run},x\n").into_bytes())).collect();
    at_once(|_| drop(part::publish(place.0.path(), &plan, Shard::WHOLE, &rows).expect("written")));
    let [written] = &parts(place.0.path())[..] else { panic!("one part") };
    let read = part::read(written).expect("no trouble").expect("there").expect("whole");
    assert_eq!(read.rows.len(), rows.len());
    assert_eq!(begun(place.0.path()), [""; 0]);
}

#[test]
fn a_plan_made_by_many_processes_is_one_and_all_of_them_accept_it() {
    let place = Place::new();
    let study = place.write("study.yaml", STUDY).display().to_string();
    let plan = place.text("plan");
    let make = |_| command(&["sweep", "plan", &study, "-o", &plan, "--set", "to=2011-03-31"]).spawn().expect("it runs");
    let children: Vec<Child> = (0..6).map(make).collect();
    for mut child in children {
        assert!(child.wait().expect("it ends").success());
    }
    assert_eq!(begun(place.0.path()), [""; 0]);
    let results = place.text("results");
    let shard = |number: usize| {
        let shard = format!("{number}/4");
        command(&["sweep", "run", &plan, "--out", &results, "--shard", &shard, "--quiet"]).spawn().expect("it runs")
    };
    let children: Vec<Child> = (1..5).map(shard).collect();
    for mut child in children {
        assert!(child.wait().expect("it ends").success());
    }
    ok(&["sweep", "status", &results]);
    assert_eq!(begun(Path::new(&results)), [""; 0]);
}

#[test]
fn what_was_begun_is_swept_up_once_it_is_nobodys() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    let results = place.text("results");
    ok(&["sweep", "run", &plan, "--out", &results, "--shard", "1/2", "--quiet"]);
    let (copy, part) = (format!("{results}/plan.0.unfinished"), format!("{results}/0-1.0.1-of-2.unfinished"));
    std::fs::create_dir_all(format!("{copy}/law")).expect("made");
    std::fs::write(&part, "half").expect("written");
    let again = || drop(ok(&["sweep", "run", &plan, "--out", &results, "--shard", "1/2", "--quiet"]));
    again();
    assert_eq!(begun(Path::new(&results)).len(), 2, "they may be those of a process that goes on");
    let old = SystemTime::now() - unfinished::LEFT_BEHIND - Duration::from_hours(1);
    for path in [&copy, &part] {
        std::fs::File::open(path).and_then(|file| file.set_modified(old)).expect("made older");
    }
    again();
    assert_eq!(begun(Path::new(&results)), [""; 0]);
    ok(&["sweep", "run", &plan, "--out", &results, "--shard", "2/2", "--quiet"]);
    ok(&["sweep", "status", &results]);
}

#[test]
fn a_folder_in_the_place_of_the_copy_is_named() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    std::fs::create_dir_all(place.path("results/plan/law")).expect("made");
    let output = run(&["sweep", "run", &plan, "--out", &place.text("results"), "--quiet"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("results/plan is to be a copy of the plan and is none: remove it"), "{said}");
}
