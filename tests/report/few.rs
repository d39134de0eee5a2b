//! Short reports: no incident, no refusal, one state, two of them.

use super::{assert_sound, report, shipped, summary, written};

fn of_states(states: &str) -> String {
    let text = format!(
        "title: Few states\nquestion: What is said?\nteaching: {{ time: none, goals: [x], ask: [x] }}\n\
         from: 2011-01-01\nto: 2011-12-31\nseed: 3\ntreaties: [ets185]\nstates:\n{states}\
         membership:\n  ets185: {{ \"*\": 2005-03-10 }}\nnetworks:\n  count: 30\n  lines:\n    \
         advertise: {{ weight: 1, facts: [advertise, minor, knew, commercial, computer, intent] }}\n"
    );
    report(&written(&text))
}

#[test]
fn where_no_incident_happens_it_is_said() {
    let settings = ["to=2012-06-30", "networks.behaviour.incidents-per-year=0"];
    let scenario = shipped("one-state-stays-out", None, &settings);
    let page = report(&scenario);
    assert_sound(&page);
    let said = "No incident happened in this run, and no case was opened.";
    assert!(page.contains(&format!("<p class=\"lead\">{said}</p>")), "a lead");
    assert!(page.contains("No case was lost, so that no change could have turned one."), "acts");
    assert!(!page.contains("0 cases") && page.matches("there is nothing to draw").count() == 1, "empty sections");
    let text = comity::report::terminal::text(&summary(&scenario));
    assert!(text.contains(said) && !text.contains("Cases, in the state that investigates"), "{text}");
}

#[test]
fn only_lines_that_there_are_stand_in_captions() {
    let alba = "  alba: { law: full, infrastructure: 5, market: 9 }\n";
    let one = of_states(alba);
    assert_sound(&one);
    assert!(one.contains("attraction alone explains.</figcaption>") && !one.contains("Grey: "), "one state");
    let two = of_states(&format!("{alba}  brava: {{ law: full, infrastructure: 5, market: 3 }}\n"));
    assert!(two.contains("Grey: the other state.") && !two.contains("Grey: the other states"), "two states");
}

#[test]
fn a_month_has_days_at_both_its_ends() {
    let page = report(&shipped("one-state-stays-out", None, &["to=2011-01-30"]));
    for day in ["2011-01-01", "2011-01-30"] {
        assert!(page.contains(&format!("class=\"axis\">{day}</text>")), "{day}");
    }
}

#[test]
fn treaties_go_by_their_titles() {
    let page = report(&shipped("one-state-stays-out", None, &["to=2012-03-31"]));
    let (_, timeline) = page.split_once("id=\"treaties-timeline\"").expect("a timeline");
    let (timeline, _) = timeline.split_once("</figure>").expect("its end");
    assert!(timeline.contains("consented to Model optional protocol on trafficking by computer system"), "{timeline}");
    assert!(!timeline.contains("internet-trafficking-protocol"), "{timeline}");
}
