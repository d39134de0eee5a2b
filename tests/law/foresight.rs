//! What a request can know on its day of a treaty that is not in force yet, and which of several is named.

use comity::base::Day;
use comity::law::{Decision, GroundCode, Standing};
use comity::scenario::Case;

use crate::case_of;

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

/// Alba and Brava wait for the third consent to the Coast Convention, and have signed the Alp Convention.
fn waiting() -> Case {
    let law =
        "{ law: { needs-treaty: true, offences: { x: { cite: Penal Code 1, all: [intrude], maximum-months: 36 } } } }";
    let treaty = |name: &str, cites: &str, needed: u8| {
        format!(
            "{{ treaty: {name}, cites-as: {cites}, title: {cites} Convention, source: Invented., coverage: x, read: designed,
      joins: {{ days-after-deposit: 30 }}, first-in-force: {{ consents: {needed} }}, first-in-force-article: '30',
      in-force-article: '31', articles: {{ '1': {{ says: Surrender., for: [extradition], carries: must }} }} }}"
        )
    };
    case_of(&format!(
        "
case: waiting
title: Waiting for the third
source: see the test
states: {{ alba: {law}, brava: {law}, corvo: {law} }}
own-treaties:
  - {}
  - {}
membership:
  coast: {{ alba: 2009-01-01, brava: 2009-01-01, corvo: 2015-03-01 }}
  alp: {{ alba: {{ signed: 2009-01-01 }}, brava: {{ signed: 2009-01-01 }}, corvo: 2009-01-01 }}
requesting: alba
requested: brava
facts: [intrude]
parts:
  long before: {{ measure: extradition, day: 2012-01-01 }}
  just before: {{ measure: extradition, day: 2015-02-28 }}
  certain: {{ measure: extradition, day: 2015-03-01 }}
  in force: {{ measure: extradition, day: 2015-03-31 }}
",
        treaty("coast", "C", 3),
        treaty("alp", "A", 2)
    ))
}

/// A deposit of a later day is known to nobody: neither when the treaty will be in force, nor that it will be.
#[test]
fn nobody_knows_of_a_deposit_before_its_day() {
    let case = waiting();
    let answer = |name: &str| {
        let part = case.parts.iter().find(|part| part.name == name).expect("asked");
        let (opinion, steps) = case.answer(part);
        let told = steps.iter().any(|step| format!("{step:?}").contains("2015-03-31"));
        (opinion.in_force_from.map(|turn| turn.day), told)
    };
    assert_eq!(answer("long before"), (None, false));
    assert_eq!(answer("just before"), (None, false));
    assert_eq!(answer("certain"), (Some(day("2015-03-31")), true));
    let coast = case.library.treaty_named("coast").expect("it is there");
    let alba = case.library.state_coded("alba").expect("it is there");
    let standing = |on: &str| case.memberships.standing(coast, alba, day(on));
    assert_eq!(standing("2015-02-28"), Standing::Consented(None));
    assert_eq!(standing("2015-03-01"), Standing::Consented(Some(day("2015-03-31"))));
    assert_eq!(standing("2015-03-31"), Standing::Party(day("2015-03-31")));
}

/// Whether a consent would be among the first hangs on who has consented by then.
#[test]
fn a_signatory_waits_for_the_first_entry_until_that_is_certain() {
    let case = |later: &str| {
        case_of(&format!(
            "
case: signed
title: Signed
source: see the test
states:
  alba: {{ law: {{ needs-treaty: true }} }}
  brava: {{ law: {{ needs-treaty: true }} }}
  corvo: {{ law: {{}} }}
  dunmar: {{ law: {{}} }}
own-treaties:
  - {{ treaty: coast, cites-as: C, title: Coast Convention, source: Invented., coverage: x, read: designed,
      joins: {{ days-after-deposit: 0 }}, first-in-force: {{ consents: 2 }}, first-in-force-article: '30',
      in-force-article: '31', articles: {{ '1': {{ says: Surrender., for: [extradition], carries: must }} }} }}
membership:
  coast: {{ alba: {{ signed: 2009-01-01 }}, brava: {{ signed: 2009-01-01 }}, corvo: 2009-01-01, dunmar: {later} }}
requesting: alba
requested: brava
facts: [intrude]
parts: {{ '-': {{ measure: extradition, day: 2012-01-01 }} }}"
        ))
    };
    for (later, article) in [("never", "C 30"), ("2013-01-01", "C 30"), ("2011-01-01", "C 31")] {
        cites(&case(later), "-", article);
    }
}

/// Of several that are waited for, the article of the nearest is what is missing: not of the first by the alphabet.
#[test]
fn the_nearest_of_several_treaties_is_cited() {
    let case = waiting();
    for part in ["long before", "just before"] {
        cites(&case, part, "C 30");
    }
    cites(&case, "certain", "C 30");
}

#[track_caller]
fn cites(case: &Case, part: &str, article: &str) {
    let part = case.parts.iter().find(|known| known.name == part).expect("asked");
    let (opinion, _) = case.answer(part);
    let grounds: Vec<_> = opinion.grounds.iter().map(|ground| (ground.code, case.library.cite(ground.cite))).collect();
    assert_eq!((opinion.decision, grounds), (Decision::Refuse, vec![(GroundCode::NotInForce, article)]));
}

/// Of two protocols on their way, to treaties that do not reach the request, the first to be in force is named.
#[test]
fn the_first_of_two_protocols_on_their_way_is_named() {
    let parent = |name: &str, cites: &str, months: u8| {
        format!(
            "
  - {{ treaty: {name}, cites-as: {cites}, title: {cites}, source: Invented., coverage: x, read: designed,
      joins: {{ days-after-deposit: 0 }}, first-in-force: {{ consents: 2 }},
      articles: {{ '1': {{ says: Data., for: [stored-data], covers: {{ all: [listed-offence] }}, carries: must }} }} }}
  - {{ treaty: {name}-p, cites-as: {cites}P, title: {cites} Protocol, source: Invented., coverage: x, read: designed,
      protocol-to: {name}, extends-by: '1', joins: {{ first-of-month-after-months: {months} }},
      first-in-force: {{ consents: 2 }}, offences: {{ x: {{ article: '2', all: [intrude] }} }} }}"
        )
    };
    let case = case_of(&format!(
        "
case: coming
title: Two on their way
source: see the test
states: {{ alba: {{ law: {{}} }}, brava: {{ law: {{}} }} }}
own-treaties:{}{}
membership:
  alp: {{ '*': 2000-01-01 }}
  coast: {{ '*': 2000-01-01 }}
  alp-p: {{ '*': 2009-12-01 }}
  coast-p: {{ '*': 2009-12-01 }}
requesting: alba
requested: brava
facts: [intrude]
parts: {{ '-': {{ measure: stored-data, day: 2010-01-01 }} }}",
        parent("alp", "A", 30),
        parent("coast", "C", 10)
    ));
    let coming = case.answer(&case.parts[0]).0.in_force_from.expect("both are on their way");
    assert_eq!((coming.day, case.library.cite(coming.treaty)), (day("2010-11-01"), "CP"));
}
