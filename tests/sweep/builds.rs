//! Two builds of the program.

use crate::{Place, STUDY, ends, ok, parts};

#[test]
fn parts_of_another_build_are_refused_unless_told() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    ok(&["sweep", "run", &plan, "--quiet"]);
    let table = place.merged(&plan);
    let results = place.path("plan/results");
    let [part] = &parts(&results)[..] else { panic!("one part") };
    // As another build would have written it.
    let text = std::fs::read_to_string(part).expect("text");
    let (_, body) = text.split_once('\n').expect("a first line");
    let build = body.split_once("\"build\":\"").expect("a build").1.split('"').next().expect("a name");
    let body = body.replace(build, "0123456789abcdef");
    let forged = format!("comity part {}\n{body}", comity::base::Digest::of(body.as_bytes()));
    std::fs::write(part, forged).expect("written");
    let said = ends(2, &["sweep", "merge", &plan, "-o", &place.text("all.csv")]);
    assert!(said.contains("was run by build 0123456789abcdef"), "{said}");
    let said = ends(2, &["sweep", "analyse", &plan]);
    assert!(said.contains("was run by build 0123456789abcdef"), "{said}");
    ok(&["sweep", "merge", &plan, "-o", &place.text("all.csv"), "--any-build"]);
    assert_eq!(std::fs::read_to_string(place.path("all.csv")).expect("a table"), table);
    let said = ends(2, &["sweep", "run", &plan, "--quiet"]);
    assert!(said.contains("--any-build"), "{said}");
    ok(&["sweep", "run", &plan, "--quiet", "--any-build"]);
}

#[test]
fn a_plan_of_another_build_or_changed_by_hand_is_refused() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    let named = std::fs::read_to_string(place.path("plan/plan.json")).expect("a name");
    let build = named.split_once("\"build\": \"").expect("a build").1.split('"').next().expect("a name").to_owned();
    place.write("plan/plan.json", &named.replace(&build, "0123456789abcdef"));
    let said = ends(2, &["sweep", "run", &plan, "--quiet"]);
    assert!(said.contains("the plan was made by build 0123456789abcdef"), "{said}");
    // Its rows would have other columns.
    let form = format!("\"format\": {}", comity::study::sweep::FORMAT);
    assert!(named.contains(&form), "{named}");
    place.write("plan/plan.json", &named.replace(&form, "\"format\": 1"));
    let said = ends(2, &["sweep", "run", &plan, "--quiet", "--any-build"]);
    assert!(said.contains("the plan has the form 1, and this program knows"), "{said}");
    place.write("plan/plan.json", &named);
    let study = std::fs::read_to_string(place.path("plan/study.yaml")).expect("a study");
    place.write("plan/study.yaml", &study.replace("seed: 11", "seed: 12"));
    let said = ends(2, &["sweep", "run", &plan, "--quiet"]);
    assert!(said.contains("does not mean here what it meant where it was made"), "{said}");
}
