//! Which havens a finding is met by: for what they are, whether they last, and what makes them.

use std::path::Path;

use comity::authority::LossKind;
use comity::base::{CiteId, Day, StateId};
use comity::engine::Tally;
use comity::law::GroundCode;
use comity::scenario::findings::Sought;
use comity::scenario::{self, Expects, Finding, Options};
use comity::world::{HavenRecord, Reason, Reasons, Role, Turn};

const HESPER: StateId = StateId(7);

/// A run with these havens, and no other.
fn tally(havens: Vec<HavenRecord>) -> Tally {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/one-state-stays-out.yaml");
    let settings = ["to=2011-02-01", "networks.count=1"].map(str::to_owned).to_vec();
    let read = scenario::read(&path, &Options { settings, ..Options::default() });
    let scenario = read.unwrap_or_else(|(problems, _)| panic!("{problems:?}"));
    let mut tally = super::run(&scenario);
    tally.havens = havens;
    tally
}

/// That a haven of Hesper's for this role began or ended, for these reasons.
fn record(turn: Turn, role: Role, day: &str, listed: Vec<Reason>) -> HavenRecord {
    let day: Day = day.parse().expect("a day");
    HavenRecord {
        turn,
        state: HESPER,
        role,
        day,
        confirmed: day,
        quotient_permille: 2000,
        impunity_permille: Some(900),
        compared_impunity_permille: Some(500),
        reasons: Reasons { cases: 100, compared_cases: 100, listed, other_cases: 0, other_expected: 0 },
    }
}

fn shows(tally: &Tally, expects: Expects) -> bool {
    Finding { variants: Vec::new(), expects }.holds(tally)
}

#[test]
fn what_ends_as_many_cases_everywhere_makes_no_haven() {
    // Cases that one ground ended under each of some articles, and those expected.
    let check = |ended: &[(u32, u32)], makes: bool| {
        let reasons = (0..).zip(ended).map(|(article, (cases, expected_cases))| Reason {
            kind: LossKind::Refused,
            ground: Some((GroundCode::Scope, CiteId(article))),
            cases: *cases,
            expected_cases: *expected_cases,
        });
        let tally = tally(vec![record(Turn::Began, Role::Host, "2012-01-01", reasons.collect())]);
        let haven = Sought { state: HESPER, role: None };
        assert!(shows(&tally, Expects::Haven(haven, None)));
        assert_eq!(shows(&tally, Expects::Haven(haven, Some(GroundCode::Scope))), makes, "{ended:?}");
        assert!(!shows(&tally, Expects::Haven(haven, Some(GroundCode::OwnNational))));
    };
    check(&[(25, 24)], true);
    check(&[(24, 24)], false);
    check(&[(1, 30)], false);
    check(&[(20, 5), (1, 10)], true);
    check(&[(20, 10), (1, 20)], false);
    check(&[], false);
}

/// For bases from 2012 to 2014, for hosts from 2013 on.
#[test]
fn a_haven_is_for_bases_or_for_hosts_and_ends_or_stays() {
    let tally = tally(vec![
        record(Turn::Began, Role::Base, "2012-01-01", Vec::new()),
        record(Turn::Began, Role::Host, "2013-01-01", Vec::new()),
        record(Turn::Ended, Role::Base, "2014-01-01", Vec::new()),
    ]);
    let of = |role| Sought { state: HESPER, role };
    let [either, bases, hosts] = [None, Some(Role::Base), Some(Role::Host)].map(of);
    for (haven, ends) in [(either, false), (bases, true), (hosts, false)] {
        assert!(shows(&tally, Expects::Haven(haven, None)) && !shows(&tally, Expects::NoHaven(haven)));
        assert_eq!(shows(&tally, Expects::HavenEnds(haven)), ends, "{haven:?}");
        assert_eq!(shows(&tally, Expects::HavenStays(haven)), !ends, "{haven:?}");
    }
    let other = Sought { state: StateId(0), ..hosts };
    assert!(shows(&tally, Expects::NoHaven(other)));
    assert!(!shows(&tally, Expects::HavenEnds(other)) && !shows(&tally, Expects::HavenStays(other)));
}
