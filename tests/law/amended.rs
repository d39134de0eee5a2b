//! A treaty that was amended: who joins it later joins it as amended (VCLT 40(5)(a)), and who joined before has its say.

use comity::base::Day;
use comity::law::{self, Act, Decision, Instrument, Memberships, Standing};

use crate::case_of;

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

/// The answer to Alba's request to Dunmar on 1 June 2021, over conduct that the amendment alone covers, and the articles
/// by which the amendment is in force between them or not.
fn asked(dunmar: &str, accepts: &str) -> (Decision, Vec<Option<String>>) {
    let case = case_of(&format!(
        "
case: amended
title: A later Party
source: see the test
states: {{ alba: {{ law: full }}, brava: {{ law: full }}, dunmar: {{ law: full }} }}
treaties: [ets185, ets185-amendment]
membership:
  ets185: {{ '*': 2010-01-01, dunmar: {dunmar} }}
  ets185-amendment: {{ alba: 2020-02-01, brava: 2020-03-01, {accepts} }}
requesting: alba
requested: dunmar
day: 2021-06-01
facts: [advertise, minor, knew, commercial, computer, intent]
parts: {{ '-': {{ measure: extradition }} }}"
    ));
    let (opinion, steps) = law::explain(&case.library, &case.memberships, &case.parts[0].question);
    let of_amendment = steps.into_iter().filter(|step| step.question.contains("Model amendment"));
    (opinion.decision, of_amendment.map(|step| step.cite).collect())
}

#[test]
fn who_joins_an_amended_treaty_joins_it_as_amended() {
    let as_amended = || vec![Some("VCLT 40(5)(a)".to_owned())];
    // All had accepted on 1 March 2020: it was in force thirty days later, and a later consent is one to both.
    assert_eq!(asked("2020-03-02", ""), (Decision::Grant, as_amended()));
    assert_eq!(asked("2020-12-15", ""), (Decision::Grant, as_amended()));
    // One of its own needs no such article.
    assert_eq!(asked("2020-12-15", "dunmar: 2020-12-15"), (Decision::Grant, vec![None]));
    // It may not have come into force for it by then.
    assert_eq!(asked("2021-05-15", "").0, Decision::Refuse);
}

#[test]
fn who_joined_before_has_to_accept_and_keeps_it_out_for_all_until_then() {
    assert_eq!(asked("2020-02-15", ""), (Decision::Refuse, vec![None]));
    assert_eq!(asked("2020-02-15", "dunmar: 2021-04-01"), (Decision::Grant, vec![None]));
}

/// In force, an amendment is part of its treaty: who leaves that leaves it, and it is not left alone (VCLT 44(1)). Before, an
/// acceptance can be taken back.
#[test]
fn an_amendment_in_force_is_left_with_its_treaty_alone() {
    let case = case_of(
        "
case: amended-and-left
title: Leaving a treaty as amended
source: see the test
states: { alba: { law: full }, brava: { law: full } }
treaties: [ets185, ets185-amendment]
membership: { ets185: { '*': 2010-01-01 } }
requesting: alba
requested: brava
day: 2021-06-01
facts: [intent]
parts: { '-': { measure: extradition } }",
    );
    let treaty = |name: &str| case.library.treaty_named(name).expect("it is there");
    let state = |code: &str| case.library.state_coded(code).expect("it is there");
    let act = |code: &str, name: &str, on: &str, act: Act| Instrument {
        day: day(on),
        treaty: treaty(name),
        state: state(code),
        act,
    };
    let amendment = "ets185-amendment";
    let accepts = |code: &str| act(code, amendment, "2012-01-01", Act::Consent);
    let standing =
        |memberships: &Memberships, on: &str| memberships.standing(treaty(amendment), state("alba"), day(on));
    let both = case.memberships.with(&case.library, &[accepts("alba"), accepts("brava")]);
    let (since, left) = (Standing::Party(day("2012-01-31")), Standing::Former(day("2015-05-01")));
    assert_eq!(standing(&both, "2016-01-01"), since);
    let out = both.with(&case.library, &[act("alba", "ets185", "2015-01-10", Act::Denunciation)]);
    assert_eq!((standing(&out, "2015-04-30"), standing(&out, "2015-05-01")), (since, left));
    let alone = both.with(&case.library, &[act("alba", amendment, "2015-01-10", Act::Denunciation)]);
    assert_eq!(standing(&alone, "2016-01-01"), since);
    let acceptance = [accepts("alba"), act("alba", amendment, "2012-02-01", Act::Denunciation)];
    let taken_back = case.memberships.with(&case.library, &acceptance);
    assert_eq!(standing(&taken_back, "2012-02-01"), Standing::Outside);
    let again = out.with(&case.library, &[act("alba", "ets185", "2016-01-10", Act::Consent)]);
    assert_eq!(standing(&again, "2016-05-01"), Standing::Party(day("2016-05-01")), "as amended");
}
