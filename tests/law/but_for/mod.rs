//! But for what: the smallest changes that turn an answer, by cases whose turning point is known.

mod days;

use comity::law::{self, Decision};
use comity::scenario::Case;

use crate::case_of;

/// Every turn of a part of a case: its changes in words and the answer they bring.
fn turns(case: &Case, part: &str, target: Option<Decision>) -> Vec<(Vec<String>, Decision)> {
    let part = case.parts.iter().find(|known| known.name == part).expect("the part is there");
    let (opinion, _) = case.answer(part);
    let found = law::but_for(&case.library, &case.memberships, &part.question, &opinion, target);
    let say = |change: &law::Change| change.says(&case.library, &case.memberships, &part.question);
    let say_all = |turn: &law::Turn| (turn.changes.iter().map(say).collect(), turn.opinion.decision);
    found.turns.iter().map(say_all).collect()
}

/// Checks that exactly these turns are found: changes joined by ` + `, then the answer.
#[track_caller]
fn check(case: &Case, part: &str, expected: &[(&str, Decision)]) {
    let found: Vec<(String, Decision)> =
        turns(case, part, None).into_iter().map(|(changes, decision)| (changes.join(" + "), decision)).collect();
    let expected: Vec<(String, Decision)> =
        expected.iter().map(|(changes, decision)| ((*changes).to_owned(), *decision)).collect();
    assert_eq!(found, expected);
}

/// A case of the library, by its name.
fn worked(name: &str) -> Case {
    case_of(comity::embedded::file(&format!("law/cases/{name}.yaml")).expect("it is built in"))
}

fn case(body: &str) -> Case {
    case_of(&format!("case: turn\ntitle: A turn\nsource: see the test\n{body}"))
}

/// The flagship: Hesper keeps out of the protocol, and its law knows no such offence.
#[test]
fn the_hold_out_has_to_join_the_protocol_and_to_enact_the_offence() {
    let case = case(
        "
states: { alba: { law: full }, brava: { law: full }, corvo: { law: full }, dunmar: { law: full }, elona: { law: full }, hesper: { law: no-internet-trafficking } }
treaties: [ets185, internet-trafficking-protocol/conduct]
membership:
  ets185: { '*': 2010-01-01 }
  internet-trafficking-protocol: { hesper: never, '*': 2011-09-15 }
requesting: alba
requested: hesper
day: 2020-06-01
facts: [recruit, minor, knew, commercial, computer, intent]
parts: { '-': { measure: extradition } }
",
    );
    let join = "Hesper consents to be bound by the Model optional protocol on trafficking by computer system, wording on \
                conduct (model text) by 2020-02-29";
    let enact = "Hesper makes the conduct an offence by 2020-06-01, after the pattern of MODEL OP-1";
    let twelve = format!("{join} + {enact}, with a maximum of 1 year or more");
    let without = format!("{enact} + The law of Hesper no longer requires a treaty for extradition");
    check(&case, "-", &[(&twelve, Decision::Grant), (&without, Decision::GrantCond)]);
}

/// Who left years ago may take its notice back, in time, or come in again (VCLT 15; ETS 185, Arts. 36 and 37).
#[test]
fn who_has_left_may_come_in_again() {
    let case = |denounced: &str| {
        case(&format!(
            "
states: {{ alba: {{ law: full }}, brava: {{ law: full }} }}
treaties: [ets185]
membership:
  ets185: {{ brava: 2010-01-01, alba: {{ consented: 2010-01-01, denounced: {denounced} }} }}
requesting: brava
requested: alba
day: 2020-01-01
facts: [intrude, computer, without-right, intent]
parts: {{ '-': {{ measure: stored-data }} }}
"
        ))
    };
    let back = |by| format!("Alba takes back its denunciation of the Convention on Cybercrime by {by}");
    let again = "Alba consents again to be bound by the Convention on Cybercrime by 2019-09-30";
    check(&case("2012-01-10"), "-", &[(&back("2012-04-30"), Decision::Grant), (again, Decision::Grant)]);
    // A consent that would bind it in time would come before it has left.
    check(&case("2019-08-10"), "-", &[(&back("2019-11-30"), Decision::Grant)]);
}

/// WC-11: the constitution stands in the way, and nothing else does.
#[test]
fn a_national_would_be_surrendered_but_for_the_constitution() {
    let repeal = "Elona repeals Elona Constitution 10 (No national is surrendered)";
    check(&worked("wc-11"), "-", &[(repeal, Decision::Grant)]);
}

/// WC-13: the reservation alone opens the ground.
#[test]
fn a_reservation_withdrawn_closes_its_ground() {
    let withdrawal = "Austria withdraws its reservation under BUD 29(4) by 2026-03-01";
    let offence = turns(&worked("wc-13"), "-", None);
    assert!(offence.contains(&(vec![withdrawal.to_owned()], Decision::Grant)), "{offence:?}");
}

/// WC-28: a signature is not yet a consent. Three months and the rest of a month have to pass (ETS 185, Art. 36(4)).
#[test]
fn a_signatory_has_to_consent_in_time() {
    let consent = "Dunmar, a signatory, consents to be bound by the Convention on Cybercrime by 2025-02-28";
    check(&worked("wc-28"), "-", &[(consent, Decision::Grant)]);
}

/// WC-29: the request comes sixteen days early.
#[test]
fn a_consent_not_yet_in_force_turns_with_the_day() {
    let consent = "Corvo, whose own consent came too late, consents to be bound by the Convention on Cybercrime by \
                   2025-02-28";
    let later = "The request is answered on 2025-07-01 or later, instead of 2025-06-15";
    check(&worked("wc-29"), "2025-06-15", &[(consent, Decision::Grant), (later, Decision::Grant)]);
    check(&worked("wc-29"), "2025-07-01", &[]);
}

/// The arrest warrant was amended on that day: what was a condition became a ground.
#[test]
fn a_text_that_changes_turns_the_answer_with_the_day() {
    let later = "The request is answered on 2011-03-28 or later, instead of 2006-10-01".to_owned();
    let turned = turns(&worked("ex-eaw-absence-1"), "in 2006", Some(Decision::MayRefuse));
    assert!(turned.contains(&(vec![later], Decision::MayRefuse)), "{turned:?}");
}

/// WC-30: for surrender the protocol and the offence together; for data one change of Hesper's law is enough.
#[test]
fn the_protocol_alone_is_not_enough_where_the_conduct_is_no_offence() {
    let case = worked("wc-30");
    let join = "Hesper consents to be bound by the Additional Protocol to the Convention on Cybercrime, on acts of a \
                racist and xenophobic nature by 2025-02-28";
    let enact = "Hesper makes the conduct an offence by 2025-06-01, after the pattern of ETS189 3";
    let pairs = turns(&case, "a", None);
    let both = vec![join.to_owned(), format!("{enact}, with a maximum of 1 year or more")];
    assert!(pairs.contains(&(both, Decision::Grant)), "{pairs:?}");
    assert!(pairs.iter().all(|(changes, _)| changes.len() == 2));
    let singles = turns(&case, "b", None);
    assert!(singles.contains(&(vec![enact.to_owned()], Decision::Grant)), "{singles:?}");
}

/// After WC-20: six months of maximum penalty are too few for ETS 185, Art. 24(1).
#[test]
fn a_higher_maximum_reaches_the_threshold() {
    let case = case(
        "
states:
  alba: { law: { needs-treaty: false, offences: { access: { cite: Alba Penal Code 2, all: [intrude, without-right, intent], maximum-months: 60 } } } }
  gova: { law: { needs-treaty: false, offences: { access: { cite: Gova Penal Code 2, all: [intrude, without-right, intent], maximum-months: 6 } } } }
treaties: [ets185]
membership: { ets185: { '*': 2010-01-01 } }
requesting: alba
requested: gova
day: 2024-06-01
facts: [intrude, computer, without-right, intent]
parts: { '-': { measure: extradition } }
",
    );
    let raise = "Gova raises the maximum penalty for the conduct to 1 year or more by 2024-06-01";
    check(&case, "-", &[(raise, Decision::Grant)]);
}

/// After WC-33, branch b: nothing but the requirement of a treaty.
#[test]
fn a_state_that_needs_no_treaty_may_surrender_without_one() {
    let case = case(
        "
states:
  falk: { law: { offences: { trafficking: { cite: Falk Penal Code 40, all: [recruit, deception, intent], maximum-months: 120 } } } }
  gova: { law: { needs-treaty: true, offences: { trafficking: { cite: Gova Penal Code 40, all: [recruit, deception, intent], maximum-months: 120 } } } }
requesting: falk
requested: gova
day: 2025-06-01
facts: [recruit, deception, intent]
parts: { '-': { measure: extradition } }
",
    );
    check(&case, "-", &[("The law of Gova no longer requires a treaty for extradition", Decision::GrantCond)]);
}

/// A party's own act: prosecution owed on request only (ETS 185, Art. 24(6)).
#[test]
fn asking_for_prosecution_turns_a_bare_refusal() {
    let mut case = worked("wc-11");
    let asked = case.library.facts.named("prosecution-asked").expect("it is listed");
    case.parts[0].question.facts = case.parts[0].question.facts.without([asked].into_iter().collect());
    let found = turns(&case, "-", Some(Decision::ProsecuteInstead));
    let asks = "The requesting State asks for prosecution if surrender is refused";
    assert_eq!(found, [(vec![asks.to_owned()], Decision::ProsecuteInstead)]);
}

/// A denunciation that took effect before the answer could have been taken back until the day before (VCLT 68).
#[test]
fn a_denunciation_can_be_taken_back_until_it_takes_effect() {
    let case = case(
        "
states: { alba: { law: full }, elona: { law: full } }
treaties: [ets185]
membership: { ets185: { elona: 2010-01-01, alba: { consented: 2010-01-01, denounced: 2024-12-10 } } }
requesting: elona
requested: alba
day: 2025-06-01
facts: [intrude, computer, without-right, intent]
parts: { '-': { measure: stored-data } }
",
    );
    let back = "Alba takes back its denunciation of the Convention on Cybercrime by 2025-03-31";
    let found = turns(&case, "-", None);
    assert!(found.contains(&(vec![back.to_owned()], Decision::Grant)), "{found:?}");
    assert_eq!(found.len(), 1, "a day before the conduct is none: {found:?}");
}

/// A treaty between two States is denounced like any other; that no other State may join it changes nothing.
#[test]
fn a_denunciation_between_two_states_can_be_taken_back() {
    let law =
        "{ law: { needs-treaty: true, offences: { x: { cite: Penal Code 1, all: [intrude], maximum-months: 36 } } } }";
    let case = case(&format!(
        "
states: {{ alba: {law}, brava: {law} }}
own-treaties:
  - {{ treaty: strait, cites-as: S, title: Strait Treaty, source: Invented., coverage: x, read: designed,
      between: [alba, brava], in-force: 2005-01-01, on-extradition: true, leaves: {{ months-after-deposit: 6 }},
      articles: {{ '1': {{ says: Surrender., for: [extradition], carries: must }} }} }}
membership: {{ strait: {{ alba: {{ denounced: 2011-01-01 }} }} }}
requesting: alba
requested: brava
day: 2012-01-01
facts: [intrude]
parts: {{ '-': {{ measure: extradition }} }}
"
    ));
    let back = "Alba takes back its denunciation of the Strait Treaty by 2011-06-30";
    let free = "The law of Brava no longer requires a treaty for extradition";
    check(&case, "-", &[(back, Decision::Grant), (free, Decision::GrantCond)]);
}

/// A trial at home hangs on the law of the State that tries, whoever is named beside it, as it was when the conduct took place.
#[test]
fn a_trial_at_home_turns_with_the_law_of_its_own_state() {
    let case = case(
        "
states:
  alba:
    law:
      jurisdiction: [effects]
      offences: { theft: { cite: A 1, all: [theft], maximum-months: 36 } }
      rules:
        Stat 5:
          says: No child is tried.
          for: [trial-at-home]
          when: { all: [below-age-of-responsibility] }
          refuse: { ground: G.HUMANITARIAN, force: must }
  brava: { law: { dual-criminality-at: request, jurisdiction: [effects] } }
own-treaties:
  - { treaty: coast, cites-as: C, title: Coast Convention, source: Invented., coverage: x, read: designed,
      joins: { days-after-deposit: 0 }, first-in-force: { consents: 2 },
      offences: { access: { article: '2', all: [intrude] } },
      articles: { '1': { says: Jurisdiction., for: [trial-at-home], carries: may } } }
requesting: alba
requested: brava
conduct-day: 2011-01-01
day: 2012-01-01
facts: [effects-in-requesting-state]
parts:
  child beside: { measure: trial-at-home, facts: [theft, below-age-of-responsibility] }
  child: { measure: trial-at-home, requested: alba, facts: [theft, below-age-of-responsibility] }
  no offence: { measure: trial-at-home, requesting: brava, requested: brava, facts: [intrude] }
",
    );
    let repeal = "Alba repeals Stat 5 (No child is tried)";
    check(&case, "child beside", &[(repeal, Decision::NoRequest)]);
    check(&case, "child", &[(repeal, Decision::NoRequest)]);
    let enact = "Brava makes the conduct an offence by 2011-01-01, after the pattern of C 2";
    check(&case, "no offence", &[(enact, Decision::NoRequest)]);
}
