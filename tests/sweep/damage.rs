//! Parts that are damaged, or of another plan.

use comity::base::{Purpose, Streams};

use crate::{Place, STUDY, ends, ok, parts, run};

#[test]
fn one_flipped_byte_in_each_of_many_parts_is_named_and_mended() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    ok(&["sweep", "run", &plan, "--quiet", "--part-runs", "1"]);
    let table = place.merged(&plan);
    let results = place.path("plan/results");
    let damaged = &parts(&results)[..20];
    for (index, path) in damaged.iter().enumerate() {
        let mut bytes = std::fs::read(path).expect("bytes");
        let at = Streams::new(1).stream(Purpose::Design, index as u64, 0).below(bytes.len());
        bytes[at] ^= 1;
        std::fs::write(path, bytes).expect("written");
    }
    let said = ends(3, &["sweep", "status", &plan]);
    for path in damaged {
        assert!(said.contains(&format!("damaged: {}", path.display())), "{said}");
    }
    assert!(said.contains("4 of 24 runs done, 20 missing"), "{said}");
    ok(&["sweep", "run", &plan, "--quiet"]);
    assert_eq!(place.merged(&plan), table);
    assert!(!ok(&["sweep", "status", &plan]).contains("damaged"));
}

#[test]
fn another_content_for_the_same_run_stops_and_names_both() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    ok(&["sweep", "run", &plan, "--quiet"]);
    let results = place.path("plan/results");
    let [part] = &parts(&results)[..] else { panic!("one part") };
    let text = std::fs::read_to_string(part).expect("text");
    // The same rows but for one digit, with digests that fit: what another model would have written.
    let (_, body) = text.split_once('\n').expect("a first line");
    let (header, rows) = body.split_once('\n').expect("a header");
    let other = rows.replacen(",0.1.0,", ",0.1.1,", 1);
    assert_ne!(rows, other);
    let body = format!("{header}\n{other}");
    let forged = format!("comity part {}\n{body}", comity::base::Digest::of(body.as_bytes()));
    std::fs::write(results.join("forged.part"), forged).expect("written");
    let said = ends(1, &["sweep", "merge", &plan, "-o", &place.text("all.csv")]);
    assert!(said.contains("two parts disagree about run 0"), "{said}");
    assert!(said.contains("forged.part") && said.contains(&part.display().to_string()), "{said}");
    assert!(!place.path("all.csv").exists());
}

#[test]
fn parts_and_results_of_another_plan_are_refused() {
    let place = Place::new();
    let one = place.plan(STUDY, "one");
    let other = place.plan(&STUDY.replace("seed: 11", "seed: 12"), "other");
    let results = place.text("results");
    ok(&["sweep", "run", &one, "--out", &results, "--quiet"]);
    let said = ends(2, &["sweep", "run", &other, "--out", &results, "--quiet"]);
    assert!(said.contains("holds results of another plan"), "{said}");
    ok(&["sweep", "run", &other, "--quiet"]);
    let strange = &parts(&place.path("other/results"))[0];
    std::fs::copy(strange, place.path("results").join("strange.part")).expect("copied");
    let said = ends(2, &["sweep", "merge", &results, "-o", &place.text("all.csv")]);
    assert!(said.contains("strange.part is a part of another plan"), "{said}");
    let said = ends(2, &["sweep", "run", &one, "--out", &results, "--quiet"]);
    assert!(said.contains("is a part of another plan"), "{said}");
    let status = run(&["sweep", "status", &results]);
    assert!(String::from_utf8_lossy(&status.stdout).contains("other plan: "));
}

/// What the disk does not give may be whole: whoever mends the disk finds it where it was.
#[test]
fn a_part_that_cannot_be_read_stops_and_is_left_where_it_is() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    ok(&["sweep", "run", &plan, "--quiet"]);
    // A folder cannot be read as a file, whoever asks.
    let unreadable = place.path("plan/results/000000000-000000001-cannot-be-read.part");
    std::fs::create_dir(&unreadable).expect("made");
    for command in ["run", "status"] {
        let said = ends(1, &["sweep", command, &plan]);
        assert!(said.contains("error: ") && said.contains("cannot-be-read.part"), "{command}: {said}");
        assert!(unreadable.is_dir(), "{command} put it aside");
    }
    std::fs::remove_dir(&unreadable).expect("mended");
    ok(&["sweep", "status", &plan]);
}
