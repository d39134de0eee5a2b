//! Chance belongs to names: a state or a treaty more, which nobody minds, and another wording change no draw of the others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use comity::base::Day;
use comity::depositary::DepositaryRecord;
use comity::engine::{self, Observer, Plan, Record};
use comity::law::{Act, Library};
use comity::scenario::{self, Options};
use comity::transport::Direct;
use comity::world::{Aspect, WorldRecord};

fn plan(scenario: &str, variant: Option<&str>, settings: &[&str]) -> Plan {
    let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let options = Options { settings, variant: variant.map(str::to_owned), ..Options::default() };
    let scenario = scenario::read(&Path::new("scenarios").join(scenario), &options);
    scenario.map_err(|(problems, _)| problems).expect("sound").plan
}

/// What happened, in names instead of numbers.
struct Named<'a> {
    library: &'a Library,
    /// Consents by code of the state and text, without the wording.
    consents: BTreeMap<(String, String), Day>,
    /// Where networks appeared, moved to or ended, by day and number.
    networks: BTreeSet<(Day, u32, String)>,
}

impl<'a> Named<'a> {
    fn of(plan: &'a Plan) -> Self {
        let mut named = Named { library: &plan.library, consents: BTreeMap::new(), networks: BTreeSet::new() };
        let mut nodes = Direct::of(plan);
        engine::run(plan, &mut nodes, &mut named, &AtomicBool::new(false)).expect("it runs");
        named
    }

    fn code(&self, state: u16) -> &str {
        &self.library.states()[usize::from(state)].code
    }
}

impl Observer for Named<'_> {
    fn record(&mut self, day: Day, record: Record<'_>) {
        match record {
            Record::Depositary(DepositaryRecord::Deposited(done)) if done.act == Act::Consent => {
                let treaty = &self.library.treaty(done.treaty).name;
                let text = treaty.split('/').next().unwrap_or_default().to_owned();
                self.consents.insert((self.code(done.state.0).to_owned(), text), day);
            }
            Record::World(WorldRecord::NetworkMoved { network, aspect, to, .. }) => {
                let to = if *aspect == Aspect::Line { to.to_string() } else { self.code(*to).to_owned() };
                let to = format!("{aspect:?} {to}");
                self.networks.insert((day, network.0, to));
            }
            Record::World(WorldRecord::NetworkFounded { network, base, host, market, .. }) => {
                let [base, host, market] = [base, host, market].map(|state| self.code(state.0));
                self.networks.insert((day, network.0, format!("{base} {host} {market}")));
            }
            Record::World(WorldRecord::NetworkDismantled { network, investigating, .. }) => {
                let by = self.code(investigating.0);
                self.networks.insert((day, network.0, format!("ended by {by}")));
            }
            _ => {}
        }
    }
}

/// First by code, so that every other state has another number; no place for anybody, and a party to nothing.
const ONE_STATE_MORE: &str = "states.aaa={law: full, infrastructure: 0, base: 0, market: 0, region: nowhere}";

#[test]
fn a_state_that_nobody_minds_changes_no_consent_and_no_network() {
    let settings =
        ["networks.count=100", "to=2016-12-31", "membership.internet-trafficking-protocol/conduct.aaa=never"];
    let before = plan("gradual-adoption.yaml", None, &settings[..2]);
    let after = plan("gradual-adoption.yaml", None, &[&[ONE_STATE_MORE], &settings[..]].concat());
    let (before, after) = (Named::of(&before), Named::of(&after));
    assert!(before.consents.len() > 5 && before.networks.len() > 500, "{:?}", before.consents);
    assert_eq!(before.consents, after.consents);
    let of_either: Vec<_> = before.networks.symmetric_difference(&after.networks).take(3).collect();
    assert!(of_either.is_empty(), "{of_either:?}");
}

#[test]
fn a_treaty_that_nobody_joins_changes_no_consent() {
    let consents =
        |treaties: &str| Named::of(&plan("gradual-adoption.yaml", None, &["to=2013-12-31", treaties])).consents;
    let with =
        consents("treaties=[cets197, ets185, internet-trafficking-protocol/conduct, internet-trafficking-custom]");
    assert!(with.len() > 3, "{with:?}");
    assert_eq!(with, consents("treaties=[ets185, internet-trafficking-protocol/conduct, internet-trafficking-custom]"));
}

/// Where no state minds the content of a text, its wordings are joined alike.
#[test]
fn two_wordings_of_one_text_are_joined_by_the_same_draws() {
    let consents =
        |variant: &str| Named::of(&plan("three-routes.yaml", Some(variant), &["states.lumo.expression=0"])).consents;
    let conduct = consents("protocol");
    assert!(conduct.len() > 5, "{conduct:?}");
    assert_eq!(conduct, consents("content"));
}
