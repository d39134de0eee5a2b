//! For how long what is held is held: the articles that stand and apply say so, whatever became of the hold.

use crate::case_of;

#[test]
fn a_hold_lasts_as_long_as_an_article_that_stands_and_applies_says() {
    let case = case_of(
        "
case: hold
title: Held
source: see the test
states: { alba: { law: {} }, brava: { law: {} } }
own-treaties:
  - { treaty: coast, cites-as: C, title: Coast Convention, source: Invented., coverage: x, read: designed,
      joins: { days-after-deposit: 0 }, first-in-force: { consents: 2 }, declarable: ['3'],
      articles: {
        '1': { says: Held., for: [preservation, continued-preservation], carries: must, holds-days: 30 },
        '2': { says: Held in an emergency., for: [preservation, continued-preservation],
               when: { all: [emergency] }, holds-days: 90 },
        '3': { says: Held by declaration., for: [preservation, continued-preservation],
               only-if-declared: true, holds-days: 120 },
        '4': { says: Held until it is decided on., for: [stored-data], when: { all: [follow-up-in-time] },
               carries: must, holds-days: 30 } } }
membership: { coast: { alba: 2000-01-01, brava: 2000-01-01 } }
requesting: alba
requested: brava
held-since: 2010-01-01
day: 2010-04-01
parts:
  fresh: { measure: preservation, day: 2010-01-01, held-since: 2010-01-01, expect: { decision: GRANT } }
  lapsed: { measure: continued-preservation, expect: { decision: LAPSED, basis: [C 1], kept-through: 2010-01-31 } }
  emergency:
    measure: continued-preservation
    facts: [emergency]
    expect: { decision: LAPSED, basis: [C 2], kept-through: 2010-04-01 }
    day: 2010-04-02
  followed up:
    measure: stored-data
    request-day: 2010-01-31
    expect: { decision: GRANT, basis: [C 4], kept-until-decision: true }
",
    );
    for part in &case.parts {
        assert_eq!(case.disagreements(part, &case.answer(part).0), Vec::<String>::new(), "{}", part.name);
    }
}
