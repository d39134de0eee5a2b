//! A number of an authority that is changed for the whole run: in what dated events make of it, and in what networks know.

use std::path::Path;

use comity::authority::SettingKey;
use comity::engine::Plan;
use comity::scenario::{self, Options};

fn plan() -> Plan {
    plan_with("seed=1")
}

fn plan_with(setting: &str) -> Plan {
    let event = "timeline=[{ date: 2011-01-03, state: gova, does: capacity, factor: 0.5, until: 2011-02-01 }]";
    let options = Options { settings: vec![event.to_owned(), setting.to_owned()], ..Options::default() };
    let scenario = scenario::read(Path::new("scenarios/slow-authority.yaml"), &options);
    scenario.map_err(|(problems, _)| problems).expect("sound").plan
}

#[test]
fn more_staff_is_more_staff_after_an_event_too_and_networks_know_of_it() {
    let (before, mut after) = (plan(), plan());
    let gova = before.library.state_coded("gova").expect("a state");
    let capacity = SettingKey::named("capacity").expect("a number");
    after.change_authority(gova, "capacity", |staff| staff * 1.5);
    let dated = |plan: &Plan| -> Vec<f64> {
        let of_gova =
            plan.settings.values().flatten().filter(|(state, setting)| *state == gova && setting.key == capacity);
        of_gova.map(|(_, setting)| setting.value).collect()
    };
    assert_eq!((dated(&before), dated(&after)), (vec![0.5, 1.0], vec![0.75, 1.5]));
    assert!((capacity.of(&after.authorities[gova.index()]) - 1.5).abs() < 1e-12);
    let unpreserved = |plan: &Plan| plan.world.states[gova.index()].unpreserved;
    assert!(unpreserved(&after) > unpreserved(&before), "who is faster finds more data");
    // Desks are whole, and end at what the table allows.
    after.change_authority(gova, "desks", |_| 1e9);
    assert_eq!(after.authorities[gova.index()].desks, before.authorities[gova.index()].desks);
}

/// Half the staff is half of what the state has, and what it has it has again.
#[test]
fn a_shock_to_capacity_is_one_to_what_the_state_has() {
    let plan = plan_with("states.gova.authority.capacity=0.8");
    let capacity = SettingKey::named("capacity").expect("a number");
    let dated = plan.settings.values().flatten().filter(|(_, setting)| setting.key == capacity);
    let dated: Vec<f64> = dated.map(|(_, setting)| setting.value).collect();
    assert_eq!(dated, [0.4, 0.8]);
}
