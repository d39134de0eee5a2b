//! The numbers that a summary lists: every one that a scenario can set arrives there, in the settings and in the list.

use comity::authority::{AuthoritySettings, SettingKey};
use comity::base::Parameter;
use comity::report::Summary;

use super::{shipped, summary, written};

/// The lowest and highest value in use that the summary lists under a path, for a state or for all.
fn listed(summary: &Summary, path: &str, state: &str, name: &str) -> Option<(f64, f64)> {
    let mut groups = summary.parameters.iter().filter(|group| group.path == path);
    let of = |group: &&comity::report::parameters::ParameterGroup| {
        group.states.is_empty() || group.states.iter().any(|code| code == state)
    };
    let parameters = &groups.find(of)?.parameters;
    parameters.iter().find(|known| known.key() == name).map(|known| (known.value, known.highest))
}

/// As written in a file.
fn text(parameter: &Parameter, value: f64) -> String {
    if parameter.unit == "switch" { (value > 0.5).to_string() } else { value.to_string() }
}

#[test]
fn every_number_of_an_authority_is_set_for_all_states_and_for_one_and_listed_so() {
    let usual = AuthoritySettings::default().parameters();
    // No two numbers have the same value, so that none can stand in the place of another.
    let values = |number: usize, parameter: &Parameter| {
        let number = f64::from(u8::try_from(number).expect("few keys")) + 1.0;
        match parameter.unit {
            "switch" => (1.0 - parameter.default, parameter.default),
            _ if parameter.most <= 1.0 => (number / 100.0, number / 100.0 + 0.5),
            _ if parameter.most <= 5.0 => (number / 20.0, number / 20.0 + 2.5),
            _ => (number + 1.0, number + 50.0),
        }
    };
    let path = |key: SettingKey| if key.is_habit() { "discretion" } else { "authority" };
    let mut settings = vec!["to=2011-02-28".to_owned()];
    for (number, (key, parameter)) in SettingKey::all().zip(&usual).enumerate() {
        let (all, one) = values(number, parameter);
        let (path, name) = (path(key), key.name());
        settings.push(format!("{path}.{name}={}", text(parameter, all)));
        settings.push(format!("states.brava.{path}.{name}={}", text(parameter, one)));
    }
    let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
    let scenario = shipped("one-state-stays-out", None, &settings);
    let summary = summary(&scenario);
    for (number, (key, parameter)) in SettingKey::all().zip(&usual).enumerate() {
        let (all, one) = values(number, parameter);
        for (code, value) in [("alba", all), ("brava", one)] {
            let state = scenario.plan.library.state_coded(code).expect("a state");
            let own = &scenario.plan.authorities[state.index()];
            assert!((key.of(own) - value).abs() < 1e-12, "`{}` of {code} is {}", key.name(), key.of(own));
            assert_eq!(
                listed(&summary, path(key), code, key.name()),
                Some((value, value)),
                "`{}` of {code}",
                key.name()
            );
        }
    }
}

#[test]
fn chances_of_single_grounds_are_listed_for_all_states_once_one_names_them() {
    let scenario =
        shipped("one-state-stays-out", None, &["to=2011-02-28", "states.brava.discretion.refuses={G.DUAL: 1}"]);
    let summary = summary(&scenario);
    let dual = |code| listed(&summary, "discretion.refuses", code, "G.DUAL");
    assert_eq!((dual("brava"), dual("alba")), (Some((1.0, 1.0)), Some((0.5, 0.5))));
    assert_eq!(listed(&summary, "discretion.refuses", "brava", "G.JURISD"), None);
}

#[test]
fn a_number_that_changes_on_a_day_is_listed_from_its_lowest_to_its_highest() {
    let timeline = "timeline=[{date: 2011-01-10, state: brava, does: capacity, factor: 0.5}, \
                    {date: 2011-01-20, state: brava, does: capacity, factor: 2}, \
                    {date: 2011-01-10, state: alba, does: change-state, numbers: {reporting: 0.9}}]";
    let summary = summary(&shipped("one-state-stays-out", None, &["to=2011-02-28", timeline]));
    let capacity = |code| listed(&summary, "authority", code, "capacity");
    assert_eq!((capacity("brava"), capacity("alba")), (Some((0.5, 2.0)), Some((1.0, 1.0))));
    assert_eq!(listed(&summary, "networks", "", "reporting"), Some((0.3, 0.9)));
}

#[test]
fn the_penalty_of_offences_that_nobody_entered_is_taken_as_set() {
    let text = |months: &str| {
        format!(
            "title: Two\nquestion: What is taken?\nteaching: {{ time: none, goals: [list], ask: [What?] }}\n\
             from: 2011-01-01\nto: 2011-02-28\nseed: 1\ntreaties: [ets185]\npenal-law-not-entered: every-line\n{months}\
             states:\n  ISL: {{ infrastructure: 1, market: 1 }}\n  one: {{ law: full, infrastructure: 1, market: 1 }}\n\
             membership:\n  ets185: {{ ISL: record, one: 2005-03-10 }}\n\
             networks:\n  count: 10\n  lines:\n    advertise: {{ weight: 1, facts: [advertise, minor, computer, intent] }}\n"
        )
    };
    let taken = |months: &str| {
        let scenario = written(&text(months));
        let island = scenario.plan.library.state_coded("ISL").expect("a state");
        let offences = &scenario.plan.library.state(island).offences;
        let most = offences.iter().map(|offence| offence.maximum_months).collect::<Vec<_>>();
        let said = scenario.assumptions.join(" ");
        (most, listed(&summary(&scenario), "penal-law-taken", "", "maximum-months"), said)
    };
    let (months, listed, said) = taken("penal-law-taken: { maximum-months: 11 }\n");
    assert_eq!((months, listed), (vec![11], Some((11.0, 11.0))));
    assert!(said.contains("a maximum of 11 months"), "{said}");
    assert!(said.contains("The penal law of 1 of the 2 states is not entered. It is taken"), "{said}");
    let (months, listed, _) = taken("");
    assert_eq!((months, listed), (vec![48], Some((48.0, 48.0))));
}

#[test]
fn lines_and_numbers_of_consents_are_listed() {
    let text = "title: Two\nquestion: What is listed?\nteaching: { time: none, goals: [list], ask: [What?] }\n\
                from: 2011-01-01\nto: 2011-02-28\nseed: 1\ntreaties: [ets185, internet-trafficking-protocol/conduct]\n\
                states:\n  one: { law: full, infrastructure: 1, market: 1 }\n  two: { law: full, infrastructure: 1, market: 1 }\n\
                membership:\n  ets185: { \"*\": 2005-03-10 }\n  internet-trafficking-protocol/conduct: { \"*\": never }\n\
                entry-into-force:\n  internet-trafficking-protocol: { consents: 2 }\n\
                networks:\n  count: 10\n  lines:\n    advertise: { weight: 3, facts: [advertise, minor, knew, commercial, computer, intent] }\n";
    let summary = summary(&written(text));
    assert_eq!(listed(&summary, "networks.lines.advertise", "", "weight"), Some((3.0, 3.0)));
    let consents = listed(&summary, "entry-into-force.internet-trafficking-protocol", "", "consents");
    assert_eq!(consents, Some((2.0, 2.0)));
}

#[test]
fn a_number_that_the_scenario_sets_is_no_surer_than_its_author() {
    let of = |summary: &Summary, path: &str, name: &str| {
        let json = serde_json::to_value(&summary.parameters).expect("JSON");
        let groups = json.as_array().expect("groups").clone();
        let group = groups.iter().find(|group| group["path"] == path).expect("a group");
        let parameters = group["parameters"].as_array().expect("numbers");
        let number = parameters.iter().find(|number| number["name"] == name).expect("a number").clone();
        (number["grade"].clone(), number["grade_in_use"].clone(), number["source"].as_str().expect("text").to_owned())
    };
    let short = ["to=2011-02-28", "networks.behaviour.risk-weight=4.25"];
    let flagship = summary(&shipped("one-state-stays-out", None, &short));
    let (default, in_use, _) = of(&flagship, "authority", "data-age-days");
    assert_eq!((default, in_use), ("estimate".into(), "assumption".into()), "the file sets it to 0");
    let (default, in_use, _) = of(&flagship, "networks", "risk-weight");
    assert_eq!((default, in_use), ("estimate".into(), "assumption".into()), "it is set from outside");
    let (default, in_use, _) = of(&flagship, "networks", "review-days");
    assert_eq!(default, in_use, "as by default");

    let world = summary(&shipped("world-2010", None, &["to=2010-06-30"]));
    for name in ["infrastructure", "base", "market"] {
        let (_, in_use, source) = of(&world, "networks", name);
        assert_eq!(in_use, "estimate", "`{name}` is counted");
        assert!(source.starts_with("Internet users"), "{source}");
    }
}

#[test]
fn what_follows_from_a_number_is_as_sure_as_that_and_is_counted_once() {
    let grade = |settings: &[&str]| {
        let summary = summary(&shipped(
            "one-state-stays-out",
            None,
            &[&["to=2011-01-31", "networks.count=10"], settings].concat(),
        ));
        let networks = summary.parameters.iter().find(|group| group.path == "networks").expect("a group");
        let of = networks.parameters.iter().find(|known| known.key() == "providers-disclose").expect("a number");
        (of.grade_in_use().word(), of.follows_from.to_vec())
    };
    assert_eq!(grade(&[]), ("estimate", vec!["providers-disclose"]));
    assert_eq!(grade(&["authority.providers-disclose=0.5"]).0, "assumption");
    let page = super::report(&shipped("one-state-stays-out", None, &["to=2011-01-31", "networks.count=10"]));
    assert!(page.contains("What follows from these, as networks see it (10)"), "not apart");
    let (estimates, _) = page.split_once("What follows from these").expect("apart");
    let (_, counted) = estimates.split_once(" numbers in use, ").expect("the section");
    assert!(!counted.contains("as networks see it"), "counted twice");
}
