//! What rests on a penal law that nobody entered says so: in the steps of the law, and at the head of a comparison for each
//! variant; and a comparison says what its variants set.

use comity::base::Day;
use comity::law::{Measure, Memberships, Question, explain};
use comity::report::compare::CompareSummary;
use comity::scenario::Scenario;

use super::studies::{compared, followed, summary_of};
use super::{report, shipped, summary};

const ASSUMED: &str = "assumed: penal law not entered";

/// The answers to whether the conduct of a line is an offence, between these two, with who is bound.
fn offences(scenario: &Scenario, line: &str, (from, to): (&str, &str)) -> Vec<String> {
    let library = &scenario.plan.library;
    let state = |code| library.state_coded(code).expect("a state of the scenario");
    let facts = scenario.plan.world.lines.iter().find(|known| known.name == line).expect("a line").facts;
    let day = Day::from_calendar(2026, 1, 1).expect("a day");
    let question = Question::on(day, (state(from), state(to)), Measure::Extradition, facts);
    let (_, steps) = explain(library, &Memberships::of(library, &scenario.plan.instruments), &question);
    let asked = steps.iter().filter(|step| step.question.starts_with("Is the conduct an offence in"));
    let bound =
        |step: &comity::law::ExplainedStep| step.bound.iter().map(comity::law::Bound::words).collect::<String>();
    asked.map(|step| format!("{} {} {}", step.question, step.finding, bound(step))).collect()
}

#[test]
fn every_step_on_an_offence_that_is_assumed_says_so() {
    let scenario = shipped("world-today", None, &[]);
    let found = offences(&scenario, "advertise", ("USA", "CHN"));
    let of = |found: &[String], state: &str| {
        found.iter().find(|step| step.contains(&format!("offence in {state}?"))).expect("a step").clone()
    };
    let china = of(&found, "China");
    assert!(china.contains(&format!(" no ({ASSUMED})")), "{china}");
    assert!(!of(&found, "the United States").contains(ASSUMED), "its law is entered");
    let mexico = of(&offences(&scenario, "recruit", ("USA", "MEX")), "Mexico");
    assert!(mexico.contains(&format!(" yes, up to 4 years ({ASSUMED})")), "{mexico}");
    assert!(mexico.contains("Mexico is taken to have this law since"), "{mexico}");
}

#[test]
fn a_comparison_says_of_each_variant_what_is_assumed_and_set() {
    let settings = ["to=2025-05-31", "networks.count=10"];
    let scenarios = [None, Some("most")].map(|variant| shipped("world-today", variant, &settings));
    let names = ["as written", "most"];
    let (found, over_time) = followed(&scenarios, &names, 1);
    let summary: CompareSummary = summary_of(&scenarios, &names, &found, &over_time);
    let text = comity::report::compare_text::text(&summary).split_whitespace().collect::<Vec<_>>().join(" ");
    let json = serde_json::to_value(&summary).expect("values");
    let page = compared(&scenarios, &names, &found, &over_time);
    for (label, taken) in [
        ("Assumed under the scenario as written", "what the treaties that bind them oblige them to"),
        ("Assumed under “most”", "the conduct of every line"),
    ] {
        let (_, said) = text.split_once(&format!("{label}: ")).unwrap_or_else(|| panic!("{label}: {text}"));
        let (sentence, _) = said.split_once(" months.").expect("its maximum");
        assert!(sentence.contains(taken), "{sentence}");
        let (_, said) = page.split_once(&format!("<strong>{label}: </strong>")).expect("in the head");
        assert!(said.split_once("</p>").is_some_and(|(said, _)| said.contains(taken)), "{label}");
    }
    assert!(json["variants"][1]["assumptions"][0].as_str().is_some_and(|said| said.contains("every line")));
    assert_eq!(json["variants"][1]["sets"][0]["path"], "penal-law-not-entered");
    assert_eq!(json["variants"][1]["sets"][0]["value"], "every-line");
    assert!(text.contains("“most”: penal-law-not-entered = every-line"), "{text}");
    assert!(page.contains("<strong>most</strong>: <code>penal-law-not-entered = every-line</code>"), "nothing set");
    assert!(page.contains("The numbers are those of the scenario as written, the baseline"), "whose numbers?");
}

#[test]
fn a_result_says_which_memberships_are_by_the_record_and_how_far_it_goes() {
    let settings = ["to=2025-05-31", "networks.count=10"];
    let recorded = summary(&shipped("world-today", None, &settings)).caveats.join(" ");
    assert!(recorded.contains("uncc and untoc, and since when, is taken from the record"), "{recorded}");
    let (_, tables) = recorded.split_once("Not complete, or recalled, are the tables of ").expect("some are not");
    let (tables, _) = tables.split_once(": comity law status").expect("where more is said of them");
    for (table, has_gaps) in [("tip", true), ("lanzarote", true), ("ets185", false), ("cets224", false)] {
        let named = tables.split([',', ' ']).any(|name| name == table);
        assert_eq!(named, has_gaps, "{table}: {recorded}");
    }
    let few = summary(&shipped("hate-speech-haven", None, &["to=2012-02-28", "networks.count=10"])).caveats.join(" ");
    assert!(few.contains("ets189: two accessions of 2023 to 2025 were not found;"), "{few}");
    assert!(!recorded.contains("the scenario itself"), "nothing is given: {recorded}");
    let given = "membership.ets185={ \"*\": record, IND: 2020-01-01, CHN: 2020-01-01, DEU: 2009-03-09 }";
    let scenario = shipped("world-today", None, &[settings[0], settings[1], given]);
    let (page, summary) = (report(&scenario), summary(&scenario));
    let said = "the scenario itself says who did what, and when: ets185 (China, Germany and India).";
    assert!(summary.caveats.iter().any(|caveat| caveat.ends_with(said)), "{:?}", summary.caveats);
    assert!(page.contains(said), "not on the page");
    let text = comity::report::terminal::text(&summary).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(said), "{text}");
}

#[test]
fn a_text_that_never_comes_into_force_is_named_with_what_it_needs() {
    let said = |consents: &str| {
        let needs = format!("entry-into-force.internet-trafficking-protocol.consents={consents}");
        summary(&shipped("one-state-stays-out", None, &["to=2013-01-31", "networks.count=10", &needs]))
            .caveats
            .join(" ")
    };
    let waits = said("8");
    assert!(
        waits.contains("Not in force on the last day: ")
            && waits.contains("(7 states have consented; it needs 8 consents"),
        "{waits}"
    );
    assert!(!said("7").contains("Not in force"));
}

#[test]
fn what_is_invented_says_so() {
    let caveats = summary(&shipped("one-state-stays-out", None, &["to=2011-01-31", "networks.count=10"])).caveats;
    let said = "Invented: all states of this run, their law, and who is bound by what; the text \
                internet-trafficking-protocol/conduct.";
    assert!(caveats.iter().any(|caveat| caveat == said), "{caveats:?}");
    assert!(caveats.iter().all(|caveat| !caveat.contains("record")), "nothing is by the record: {caveats:?}");
}

#[test]
fn nobody_is_asked_for_a_trial_at_home() {
    let scenario = shipped("travelling-offender", None, &[]);
    let said: Vec<String> = scenario.findings.iter().map(|finding| finding.says(&scenario.plan.library)).collect();
    let own = "on 2012-06-01, Alba may not try it itself (abroad): G.JURISD, its law claims no jurisdiction";
    assert!(said.iter().any(|said| said == own), "{said:?}");
    assert!(said.iter().any(|said| said == "on 2012-06-01, Alba may try it itself (abroad)"), "{said:?}");
    assert!(!said.iter().any(|said| said.contains("Alba asks Corvo for trial-at-home")), "{said:?}");
}

#[test]
fn a_rule_of_custom_begins_to_bind_and_a_treaty_enters_into_force() {
    let scenario = shipped("gradual-adoption", None, &[]);
    let said: Vec<String> = scenario.findings.iter().map(|finding| finding.says(&scenario.plan.library)).collect();
    let of_custom = said.iter().filter(|said| said.contains("customary law"));
    assert!(of_custom.clone().all(|said| !said.contains("into force")), "{said:?}");
    for ends in ["begins to bind at least 11 states", "begins to bind Kesh", "does not begin to bind Hesper"] {
        assert!(of_custom.clone().any(|said| said.ends_with(ends)), "`{ends}`: {said:?}");
    }
    assert!(said.iter().any(|said| said.ends_with("enters into force for at least 5 states")), "{said:?}");
}

#[test]
fn where_nothing_was_refused_there_is_a_sentence_and_no_figure() {
    let page = report(&shipped("three-routes", None, &["to=2011-01-31"]));
    assert_eq!(page.matches("there is nothing to draw.").count(), 1, "matrix and tiles, in one sentence");
    assert!(!page.contains("id=\"matrix\"") && !page.contains("id=\"tiles\""));
}
