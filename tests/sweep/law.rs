//! The law that goes with a plan.

#![cfg(unix)]

use crate::{Place, STUDY, ends, ok};

/// A folder of law that several studies share is a link in each.
#[test]
fn a_law_behind_a_link_goes_with_the_plan() {
    let place = Place::new();
    let law = place.path("law");
    std::fs::create_dir_all(place.path("shared/laws")).expect("made");
    std::fs::create_dir(&law).expect("made");
    let full = std::fs::read_to_string("law/laws/full.yaml").expect("part of the repository");
    std::fs::write(place.path("shared/laws/full.yaml"), &full).expect("written");
    std::os::unix::fs::symlink("../shared/laws", law.join("laws")).expect("linked");
    let study = place.write("study.yaml", STUDY).display().to_string();
    let (plan, law_text) = (place.text("plan"), law.display().to_string());
    let arguments = ["sweep", "plan", &study, "-o", &plan, "--set", "to=2011-03-31", "--law", &law_text];
    ok(&arguments);
    assert_eq!(std::fs::read_to_string(place.path("plan/law/laws/full.yaml")).expect("a law"), full);
    // A link that leads round in a circle has no end.
    std::os::unix::fs::symlink("..", place.path("shared/laws/round")).expect("linked");
    let mut again = arguments;
    let other = place.text("other");
    again[4] = &other;
    let said = ends(1, &again);
    assert!(said.contains("leads back to a folder that it lies in"), "{said}");
    assert!(!place.path("other").exists());
}
