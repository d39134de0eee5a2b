//! What a run says of acts on given days, of laws that the scenario gave to real States, and of the state that came nearest.

use comity::report::dated::DatedSummary;

use super::{report, shipped, summary, written};

#[test]
fn acts_of_a_timeline_stand_in_the_summary_and_the_report() {
    let timeline = "timeline=[{date: 2011-02-01, state: brava, does: seize-sites, share: 1}, \
                    {date: 2011-02-01, state: gova, does: seize-sites, share: 0}, \
                    {date: 2011-02-01, state: falk, does: seize-sites, share: 0}, \
                    {date: 2011-02-02, state: brava, does: capacity, factor: 0.5}, \
                    {date: 2011-02-03, state: alba, does: change-state, numbers: {reporting: 0.9}}, \
                    {date: 2011-02-04, state: hesper, does: enact, law: full, offence: internet-trafficking}]";
    let scenario = shipped("one-state-stays-out", None, &["to=2011-03-31", timeline]);
    let summary = summary(&scenario);
    let said: Vec<String> =
        summary.dated.iter().map(|one| format!("{} {}: {}", one.day, one.what(), one.all())).collect();
    let operations = summary.dated.iter().find(|one| one.what() == "operation against sites").expect("operations");
    assert_eq!(operations.short(), "3 operations", "two of them come to the same: {operations:?}");
    let page = report(&scenario);
    for (date, what) in [
        ("2011-02-01", "operation against sites"),
        ("2011-02-02", "changed capacity: Brava to 0.5"),
        ("2011-02-03", "changed reporting: Alba to 0.9"),
        ("2011-02-04", "enacted offences: Hesper ("),
    ] {
        assert!(said.iter().any(|line| line.starts_with(date) && line.contains(what)), "{date} {what}: {said:?}");
        let lane = what.split(':').next().expect("a word");
        assert!(page.contains(lane), "{lane}");
    }
}

#[test]
fn only_offences_that_a_line_of_the_networks_meets_are_shown() {
    // In these years the Philippines made a law on copyright and the United States one on enticement.
    let scenario = shipped("worm-2000", Some("then"), &[]);
    assert!(summary(&scenario).dated.iter().all(|one| !one.what().starts_with("enacted")));
    // The day on which malicious code became an offence lies just after the run.
    let later = summary(&shipped("worm-2000", Some("then"), &["to=2000-12-31"]));
    let enacted: Vec<String> =
        later.dated.iter().filter(|one| one.what() == "enacted offences").map(DatedSummary::all).collect();
    assert!(matches!(&enacted[..], [one] if one.starts_with("Philippines (RA 8792")), "{enacted:?}");
}

#[test]
fn a_real_state_whose_law_the_scenario_gives_is_named() {
    let text = |law: &str| {
        format!(
            "title: Two\nquestion: Whose law?\nteaching: {{ time: none, goals: [law], ask: [Whose?] }}\n\
             from: 2011-01-01\nto: 2011-02-28\nseed: 1\ntreaties: [ets185]\nstates:\n  \
             DEU: {{ infrastructure: 1, market: 1 }}\n  USA: {{ {law}infrastructure: 1, market: 1 }}\n\
             membership:\n  ets185: record\n\
             networks:\n  count: 10\n  lines:\n    advertise: {{ weight: 1, facts: [advertise, minor, computer, intent] }}\n"
        )
    };
    let said = |law: &str| summary(&written(&text(law))).caveats.join(" ");
    assert!(said("").contains("that of the law files; these say"), "{}", said(""));
    assert!(
        said("law: full, ").contains("but for that of the United States of America, which the scenario gives"),
        "{}",
        said("law: full, ")
    );
}

#[test]
fn more_than_all_cases_lost_is_said_to_be_out_of_reach() {
    let said = |excess: &str| {
        let settings = ["to=2012-12-31", "seed=8", excess];
        let nearest = summary(&shipped("one-state-stays-out", Some("all-out"), &settings)).nearest_to_haven;
        nearest.expect("no haven").says()
    };
    let (usual, less) = (said("havens.excess-impunity=0.2"), said("havens.excess-impunity=0.07"));
    assert!(usual.contains("20 points more than these, which no state can have."), "{usual}");
    assert!(less.contains("a haven needs 7 points more than these."), "{less}");
}

/// Custom binds; only a treaty enters into force.
#[test]
fn of_custom_it_is_said_that_it_binds() {
    let states: String =
        ('a'..='i').map(|code| format!("  {code}: {{ law: full, infrastructure: 1, market: 1 }}\n")).collect();
    let text = format!(
        "title: Custom\nquestion: Whom does it bind?\nteaching: {{ time: none, goals: [law], ask: [Whom?] }}\n\
         from: 2011-01-01\nto: 2014-02-01\nseed: 1\ntreaties: [ets185, internet-trafficking-custom]\nstates:\n{states}\
         membership:\n  ets185: {{ '*': 2005-03-10 }}\ncustom: {{ internet-trafficking-custom: {{}} }}\n\
         networks:\n  count: 10\n  lines:\n    advertise: {{ weight: 1, facts: [advertise, minor, knew, commercial, computer, intent] }}\n"
    );
    let said: Vec<String> = summary(&written(&text)).dated.iter().map(DatedSummary::what).collect();
    assert_eq!(said, ["custom internet-trafficking-custom", "bound by internet-trafficking-custom"]);
}
