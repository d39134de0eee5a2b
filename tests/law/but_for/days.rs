//! Days that turn an answer: every one on which the law changes, and none that a request cannot have.

use comity::law::Decision;
use comity::scenario::Case;

use super::{case, check, turns};

/// Alba asks Brava, under a treaty of their own.
fn between(treaty: &str, parts: &str) -> Case {
    case(&format!(
        "
states:
  alba: {{ law: {{ needs-treaty: true, offences: {{ x: {{ cite: A 1, all: [intrude], maximum-months: 36 }} }} }} }}
  brava:
    law:
      needs-treaty: true
      offences: {{ x: {{ cite: B 1, all: [intrude], maximum-months: 36, from: 2013-01-01 }} }}
own-treaties:
  - {{ treaty: coast, cites-as: C, title: Coast Convention, source: Invented., coverage: x, read: designed,
      joins: {{ days-after-deposit: 0 }}, first-in-force: {{ consents: 2 }},
      reservable: ['9'], articles: {{ {treaty} }} }}
membership:
  coast: {{ alba: 2010-01-01, brava: {{ consented: 2010-01-01, reserved: ['9'], withdrawn: {{ '9': 2012-05-10 }} }} }}
requesting: alba
requested: brava
facts: [intrude]
parts: {{ {parts} }}"
    ))
}

/// The day from which a treaty applies to acts, or to requests, is one on which the law changes.
#[test]
fn a_treaty_begins_to_apply_to_acts_and_to_requests() {
    let case = between(
        "'1': { says: Surrender., for: [extradition], carries: must },
         '2': { says: Acts since., for: [extradition], acts-from: 2010-06-01 },
         '3': { says: Requests since., for: [extradition], requests-from: 2010-07-01 }",
        "acts: { measure: extradition, day: 2012-01-01, conduct-day: 2010-05-31, request-day: 2011-12-01 },
         requests: { measure: extradition, day: 2012-01-01, conduct-day: 2010-06-01, request-day: 2010-06-30 }",
    );
    let acts = "The conduct takes place on 2010-06-01 or later, instead of 2010-05-31";
    check(&case, "acts", &[(acts, Decision::Grant)]);
    let requests = "The request is received on 2010-07-01 or later, instead of 2010-06-30";
    check(&case, "requests", &[(requests, Decision::Grant)]);
}

/// No conduct follows the request over it, and no answer comes before what is held is.
#[test]
fn no_day_is_proposed_that_contradicts_another() {
    let case = between(
        "'1': { says: Surrender., for: [extradition], carries: must },
         '2': { says: Dual criminality., for: [extradition], when: { none: [dual-criminality] },
                refuse: { ground: G.DUAL, force: must } },
         '8': { says: Held., for: [continued-preservation], carries: must, holds-days: 60 },
         '9': { says: Reserved., for: [extradition], only-if-reserved: true, when: { all: [political] },
                refuse: { ground: G.POLITICAL, force: must } }",
        "request: { measure: extradition, day: 2014-01-01, conduct-day: 2010-01-01, request-day: 2012-01-01 },
         request later: { measure: extradition, day: 2014-01-01, conduct-day: 2010-01-01, request-day: 2013-06-01 },
         hold: { measure: continued-preservation, day: 2012-10-01, conduct-day: 2010-01-01, request-day: 2012-06-01,
                 held-since: 2012-06-01 }",
    );
    let of_conduct = |part: &str| {
        let all = turns(&case, part, None).into_iter().flat_map(|(changes, _)| changes);
        all.filter(|change| change.starts_with("The conduct")).collect::<Vec<_>>()
    };
    assert_eq!(of_conduct("request"), Vec::<String>::new());
    let later = "The conduct takes place on 2013-01-01 or later, instead of 2010-01-01";
    assert_eq!(of_conduct("request later"), [later]);
    check(&case, "hold", &[("The follow-up is received by 2012-07-31", Decision::Grant)]);
}

/// A follow-up comes before the answer that counts with it, and each day of one is tried once.
#[test]
fn a_follow_up_comes_before_the_answer() {
    let case = between(
        "'5': { says: Held., for: [provisional-arrest], carries: must, holds-days: 18, holds-days-at-most: 40 },
         '6': { says: Held longer., for: [provisional-arrest], when: { all: [political] }, holds-days: 60 }",
        "'-': { measure: provisional-arrest, day: 2011-01-26, held-since: 2011-01-01, conduct-day: 2010-02-01,
                request-day: 2011-01-01 }",
    );
    let found = turns(&case, "-", None);
    let follow_ups: Vec<_> = found.iter().filter(|(changes, _)| changes[0].starts_with("The follow-up")).collect();
    assert_eq!(follow_ups, [&(vec!["The follow-up is received by 2011-01-26".to_owned()], Decision::Grant)]);
}
