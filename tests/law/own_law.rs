//! What a state's own law gives, keeps its duties and times; a law that is like another says the rest itself.

use comity::law::{Decision, DutyKind, GroundCode};
use comity::scenario::Case;

use crate::case_of;

fn all_agree(case: &Case) {
    for part in &case.parts {
        let (opinion, _) = case.answer(part);
        let wrong = case.disagreements(part, &opinion);
        assert!(wrong.is_empty(), "{}: {wrong:?}", part.name);
    }
}

#[test]
fn what_the_own_law_carries_has_its_duties_and_times() {
    let case = case_of(
        "
case: own
title: Own law carries
source: see the test
states:
  gova:
    law:
      needs-treaty: false
      offences: { odd: { cite: Gova 1, all: [infringe-copyright, intent], maximum-months: 36 } }
      rules:
        Gova A 1:
          - { says: Data are given., for: [stored-data], carries: must, time-limits: { decide: 60 days } }
          - { says: Reasons are given., for: [stored-data], duty: { does: give-reasons, always: true } }
        Gova A 2:
          - { says: Persons are surrendered., for: [extradition], carries: may, time-limits: { decide: 60 days } }
          - { says: Reasons are given., for: extradition, duty: { does: give-reasons, always: true } }
          - says: Nobody is surrendered for what is political.
            for: extradition
            when: { all: [political] }
            refuse: { ground: G.POLITICAL, force: must }
  alba: { law: { offences: { odd: { cite: Alba 1, all: [infringe-copyright, intent], maximum-months: 36 } } } }
treaties: [ets185]
membership: { ets185: { gova: never, alba: never } }
requesting: alba
requested: gova
day: 2015-01-01
facts: [infringe-copyright, intent]
parts:
  data: { measure: stored-data, expect: { decision: GRANT, duties: [give-reasons], time-limits: { decide: 60 days } } }
  person: { measure: extradition, expect: { decision: GRANT, duties: [give-reasons], time-limits: { decide: 60 days } } }
  refused: { measure: extradition, facts: [political], expect: { decision: REFUSE, grounds: [G.POLITICAL], duties: [give-reasons] } }
",
    );
    all_agree(&case);
    let (refused, _) = case.answer(&case.parts[2]);
    assert!(refused.time_limits.is_empty(), "a time in which nobody is surrendered: {refused:?}");
    let (opinion, _) = case.answer(&case.parts[0]);
    assert!(opinion.duties.iter().any(|duty| duty.kind == DutyKind::GiveReasons), "{opinion:?}");
}

#[test]
fn a_law_like_another_has_its_own_claims_and_its_own_day_of_dual_criminality() {
    let case = case_of(
        "
case: like
title: A law like another, with what it says itself
source: see the test
states:
  gova:
    like: AUT
    law:
      jurisdiction: [nationals]
      dual-criminality-at: request
      offences:
        odd: { cite: Odd 1, all: [infringe-copyright, intent], maximum-months: 36, from: 2012-01-01 }
  alba:
    law:
      jurisdiction: [territory]
      offences: { odd: { cite: Alba 1, all: [infringe-copyright, intent], maximum-months: 36 } }
treaties: [ets185]
membership: { ets185: { gova: 2005-01-01, alba: 2005-01-01 } }
requesting: gova
requested: alba
day: 2015-01-01
nationality: alba
facts: [infringe-copyright, intent, committed-in-requesting-state]
parts:
  home: { measure: trial-at-home }
  asked: { measure: extradition, requesting: alba, requested: gova, conduct-day: 2011-01-01 }
",
    );
    let answer = |name: &str| case.answer(case.parts.iter().find(|part| part.name == name).expect("a part")).0;
    // A territorial claim is Austria's, not this law's.
    assert_eq!(answer("home").decision, Decision::Refuse);
    // The offence came after the conduct, and before the request.
    let grounds: Vec<GroundCode> = answer("asked").grounds.iter().map(|ground| ground.code).collect();
    assert!(!grounds.contains(&GroundCode::DualCriminalityMissing), "{grounds:?}");
}

/// A protocol in force whose offence the requested state reserved is not on its way.
#[test]
fn what_is_in_force_and_reserved_is_not_said_to_come() {
    let case = case_of(
        "
case: reserved
title: A reserved offence of a protocol in force
source: see the test
states:
  gova:
    law:
      needs-treaty: true
      accepts-as-basis: [ets185]
      offences: { insult: { cite: Gova 1, all: [public-insult, intent], maximum-months: 36 } }
  alba:
    law:
      needs-treaty: true
      accepts-as-basis: [ets185]
      offences: { insult: { cite: Alba 1, all: [public-insult, intent], maximum-months: 36 } }
treaties: [ets185, ets189]
membership:
  ets185: { gova: 2005-01-01, alba: 2005-01-01 }
  ets189: { gova: { consented: 2010-01-01, reserved: ['5(2)(b)'] }, alba: 2010-01-01 }
requesting: alba
requested: gova
day: 2015-01-01
facts: [racist-or-xenophobic, public-insult, computer, without-right, intent]
parts: { asked: { measure: extradition } }
",
    );
    let (opinion, _) = case.answer(&case.parts[0]);
    assert_eq!((opinion.decision, opinion.in_force_from), (Decision::Refuse, None));
}
