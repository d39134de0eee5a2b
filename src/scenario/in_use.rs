//! Numbers that a scenario has where it need not write any: of its world, its havens and its authorities, by the path that
//! sets them.
//!
//! Deliberately absent: switches, the chances of single grounds, and what is no number where nothing is written: weights of
//! attraction, numbers of lines, of laws and of adoption.

use super::read::Scenario;
use crate::authority::{AuthoritySettings, SettingKey};
use crate::base::{Parameter, StateId};

impl Scenario {
    /// The number at a path as a run begins, the default where none is written; none of what is no such number.
    #[must_use]
    pub fn number(&self, path: &[String]) -> Option<f64> {
        let plan = &self.plan;
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let settings = |state: StateId| plan.authorities.get(state.index());
        match path[..] {
            ["networks", "count"] => Some(f64::from(plan.world.networks)),
            ["networks", "behaviour", key] => named(plan.world.behaviour.parameters(), key),
            ["havens", key] => named(plan.havens.parameters(), key),
            // What a state writes for itself is no part of what all others have.
            [of @ ("authority" | "discretion"), key] => of_authority(&AuthoritySettings::default(), of, key),
            ["states", code, of @ ("authority" | "discretion"), key] => {
                of_authority(settings(plan.library.state_coded(code)?)?, of, key)
            }
            ["states", code, key @ ("reporting" | "severity" | "publishes-decisions")] => {
                let state = plan.world.states.get(plan.library.state_coded(code)?.index())?;
                Some(match key {
                    "reporting" => state.reporting,
                    "severity" => state.severity,
                    _ => state.publishes_decisions,
                })
            }
            _ => None,
        }
    }
}

fn of_authority(settings: &AuthoritySettings, of: &str, key: &str) -> Option<f64> {
    let is_habit = SettingKey::named(key)?.is_habit();
    (is_habit == (of == "discretion")).then(|| named(settings.parameters(), key)).flatten()
}

fn named(parameters: Vec<Parameter>, key: &str) -> Option<f64> {
    let found = parameters.into_iter().find(|parameter| parameter.key() == key)?;
    (found.unit != "switch").then_some(found.value)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::base::Place;
    use crate::reading::{Key, Kind, Node, Sources, segments};
    use crate::scenario::{Options, Scenario, Template};

    fn template() -> Template {
        let path = Path::new("scenarios/one-state-stays-out.yaml");
        Template::read(Sources::default(), path, &Options::default())
            .unwrap_or_else(|(problems, _)| panic!("{problems}"))
    }

    fn key(text: &str) -> Key {
        Key { text: text.to_owned(), place: Place::NOWHERE }
    }

    /// All that the numbers set.
    fn rests_on(scenario: &Scenario) -> String {
        format!("{:?} {:?} {:?}", scenario.plan.world, scenario.plan.havens, scenario.plan.authorities)
    }

    #[test]
    fn a_number_that_is_not_written_is_the_one_that_would_change_nothing() {
        let mut template = template();
        let as_written = template.with(None, &[]).expect("sound");
        let plan = &as_written.plan;
        let of = |place: &str, parameters: Vec<crate::base::Parameter>| -> Vec<String> {
            parameters.iter().map(|parameter| format!("{place}.{}", parameter.key())).collect()
        };
        let mut paths = of("networks.behaviour", plan.world.behaviour.parameters());
        paths.extend(of("havens", plan.havens.parameters()));
        for place in ["states.hesper.authority", "states.hesper.discretion", "authority", "discretion"] {
            paths.extend(of(place, plan.authorities[0].parameters()));
        }
        paths.extend(
            [
                "networks.count",
                "states.hesper.severity",
                "states.hesper.reporting",
                "states.hesper.publishes-decisions",
            ]
            .map(str::to_owned),
        );
        let mut found = 0;
        for path in paths {
            let path = key(&path);
            if template.value(None, &path).is_some() {
                continue;
            }
            let Some(number) = as_written.number(&segments(&path).expect("a path")) else { continue };
            let value =
                Node { id: 0, place: Place::NOWHERE, kind: Kind::Scalar { text: number.to_string(), plain: true } };
            let set =
                template.with(None, &[(&path, &value)]).unwrap_or_else(|problems| panic!("{}: {problems}", path.text));
            assert_eq!(rests_on(&set), rests_on(&as_written), "{} is not {number}", path.text);
            found += 1;
        }
        assert!(found > 100, "only {found} numbers are known");
    }

    #[test]
    fn what_is_no_such_number_is_not_known() {
        let scenario = template().with(None, &[]).expect("sound");
        for path in [
            "states.hesper.law",
            "states.hesper.market",
            "states.nowhere.severity",
            "states.hesper.authority.comity",
            "authority.contact-point",
            "discretion.desks",
            "networks.behaviour",
            "networks.behaviour.no-such-number",
        ] {
            assert_eq!(scenario.number(&segments(&key(path)).expect("a path")), None, "{path}");
        }
    }
}
