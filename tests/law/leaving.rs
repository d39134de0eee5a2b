//! Leaving: a protocol that ends with its parent, a notice taken back, a request that was open when the notice took
//! effect, data held meanwhile, and what the record then shows.

#![expect(clippy::disallowed_methods, reason = "writes tables of a record for the test")]

use comity::base::Day;
use comity::law::{self, Act, Decision, GroundCode, Instrument, Memberships, Question, Standing};
use comity::report::law::{status, status_text};
use comity::scenario::{Case, Corpus};

use crate::case_of;

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

/// Alba and Elona, bound by the Convention of Palermo, its protocol on trafficking, and others beside them.
fn palermo() -> Case {
    let law = "{ law: { needs-treaty: true, offences: { trafficking: { cite: Penal Code 40, all: [recruit, deception, intent], \
               maximum-months: 120 } } } }";
    case_of(&format!(
        "
case: leaving
title: Leaving the parent
source: UNTOC, Art. 40
states: {{ alba: {law}, elona: {law} }}
treaties: [untoc, tip, opsc, ets185, ets189]
membership:
  untoc: {{ '*': 2010-01-01 }}
  tip: {{ '*': 2010-01-01 }}
  opsc: {{ '*': 2010-01-01 }}
  ets185: {{ '*': 2010-01-01 }}
  ets189: {{ '*': 2010-01-01 }}
requesting: elona
requested: alba
conduct-day: 2025-03-01
day: 2026-01-01
facts: [recruit, deception, exploitation-intended, intent, transnational, organised-group]
parts: {{ '-': {{ measure: search-and-seizure }} }}"
    ))
}

fn act(case: &Case, treaty: &str, on: &str, act: Act) -> Instrument {
    let treaty = case.library.treaty_named(treaty).expect("it is there");
    Instrument { day: day(on), treaty, state: case.library.state_coded("alba").expect("it is there"), act }
}

fn after(case: &Case, acts: &[(&str, &str, Act)]) -> Memberships {
    let acts: Vec<Instrument> = acts.iter().map(|(treaty, on, done)| act(case, treaty, on, *done)).collect();
    case.memberships.with(&case.library, &acts)
}

#[track_caller]
fn stands(case: &Case, memberships: &Memberships, treaty: &str, on: &str, expected: Standing) {
    let id = case.library.treaty_named(treaty).expect("it is there");
    let state = case.library.state_coded("alba").expect("it is there");
    assert_eq!(memberships.standing(id, state, day(on)), expected, "{treaty} on {on}");
}

/// UNTOC, Art. 40(1) and (3): one year, and the protocol with it. The OPSC and the Protocol to another convention are
/// none of it.
#[test]
fn whoever_leaves_the_parent_leaves_a_protocol_that_ends_with_it() {
    let case = palermo();
    let left = after(&case, &[("untoc", "2025-01-10", Act::Denunciation)]);
    let bound = Standing::Party(day("2010-01-31"));
    for treaty in ["untoc", "tip"] {
        stands(&case, &left, treaty, "2026-01-09", bound);
        stands(&case, &left, treaty, "2026-01-10", Standing::Former(day("2026-01-10")));
    }
    stands(&case, &left, "opsc", "2027-01-01", Standing::Party(day("2010-02-01")));
    // Leaving the protocol leaves the parent alone (TIP, Art. 19).
    let left = after(&case, &[("tip", "2025-01-10", Act::Denunciation)]);
    stands(&case, &left, "untoc", "2027-01-01", bound);
    stands(&case, &left, "tip", "2027-01-01", Standing::Former(day("2026-01-10")));
}

/// Whether a protocol begins to bind does not depend on which of two notices came first: that it would on the day on which the
/// parent ceases to bind, is too late (ETS 189, Art. 9(2)).
#[test]
fn a_protocol_that_would_begin_when_the_parent_ends_never_binds() {
    let case = palermo();
    let out = ("ets189", "2015-01-01", Act::Denunciation);
    let (consent, notice) = (("ets189", "2025-01-05", Act::Consent), ("ets185", "2025-01-10", Act::Denunciation));
    let later = ("ets189", "2025-01-15", Act::Consent);
    for acts in [[out, consent, notice], [out, notice, later]] {
        let never = after(&case, &acts);
        stands(&case, &never, "ets189", "2025-04-30", Standing::Consented(None));
        stands(&case, &never, "ets189", "2025-06-01", Standing::Consented(None));
        let back = after(&case, &[&acts[..], &[("ets185", "2025-04-30", Act::Consent)]].concat());
        stands(&case, &back, "ets189", "2025-05-01", Standing::Party(day("2025-05-01")));
    }
    // A day sooner it has begun, and is left by a notice of its own alone.
    let begun = after(&case, &[out, ("ets189", "2024-12-31", Act::Consent), notice]);
    stands(&case, &begun, "ets189", "2025-06-01", Standing::Party(day("2025-04-01")));
}

/// VCLT, Art. 2(1)(g): as long as nobody is bound, there is nothing to denounce. The consent is taken back at once, and
/// counts no more.
#[test]
fn a_notice_before_the_treaty_is_in_force_takes_the_consent_back_at_once() {
    let case = case_of(
        "
case: taken-back
title: Two consents, of which one is taken back
source: see the test
states: { alba: { law: full }, brava: { law: full }, corvo: { law: full } }
treaties: []
own-treaties:
  - { treaty: coast, cites-as: C, title: Coast Convention, source: Invented., coverage: Surrender., read: designed,
      joins: { days-after-deposit: 30 }, leaves: { months-after-deposit: 6 }, first-in-force: { consents: 2 },
      articles: { '1': { says: Surrender is owed., for: [extradition], carries: must } } }
membership: { coast: { alba: never } }
requesting: brava
requested: alba
day: 2010-06-01
facts: [theft, intent]
parts: { '-': { measure: extradition } }",
    );
    let by = |state: &str, on: &str, done: Act| Instrument {
        state: case.library.state_coded(state).expect("it is there"),
        ..act(&case, "coast", on, done)
    };
    let (consents, out) = (by("alba", "2010-01-01", Act::Consent), by("alba", "2010-02-01", Act::Denunciation));
    let (second, third) = (by("brava", "2010-03-01", Act::Consent), by("corvo", "2010-04-01", Act::Consent));
    let coast = case.library.treaty_named("coast").expect("it is there");
    let after = |acts: &[Instrument]| Memberships::of(&case.library, acts);
    let two = after(&[consents, out, second]);
    assert_eq!(two.first_in_force(coast), None, "one of them is no consent any more");
    stands(&case, &two, "coast", "2010-02-01", Standing::Outside);
    let three = after(&[consents, out, second, third]);
    assert_eq!(three.first_in_force(coast), Some(day("2010-05-01")));
    stands(&case, &three, "coast", "2010-06-01", Standing::Outside);
    // Certain to enter into force, it is left as it says.
    let late = after(&[consents, second, by("alba", "2010-03-02", Act::Denunciation)]);
    stands(&case, &late, "coast", "2010-08-01", Standing::Party(day("2010-03-31")));
    stands(&case, &late, "coast", "2010-09-02", Standing::Former(day("2010-09-02")));
}

/// ETS 189 has no such clause: a notice towards the Convention alone is none towards it.
#[test]
fn a_protocol_without_the_clause_is_left_by_its_own_notice() {
    let case = palermo();
    let left = after(&case, &[("ets185", "2025-01-10", Act::Denunciation)]);
    stands(&case, &left, "ets185", "2025-05-01", Standing::Former(day("2025-05-01")));
    stands(&case, &left, "ets189", "2025-05-01", Standing::Party(day("2010-05-01")));
}

#[test]
fn of_two_notices_the_first_to_take_effect_ends_the_protocol() {
    let case = palermo();
    let own = ("tip", "2024-06-01", Act::Denunciation);
    let left = after(&case, &[own, ("untoc", "2025-01-10", Act::Denunciation)]);
    stands(&case, &left, "tip", "2025-06-01", Standing::Former(day("2025-06-01")));
    // A notice towards the parent taken back (VCLT 68) leaves the protocol's own notice standing.
    let own = ("tip", "2025-06-01", Act::Denunciation);
    let back = after(&case, &[("untoc", "2025-01-10", Act::Denunciation), own, ("untoc", "2025-12-01", Act::Consent)]);
    stands(&case, &back, "untoc", "2026-06-01", Standing::Party(day("2010-01-31")));
    stands(&case, &back, "tip", "2026-05-31", Standing::Party(day("2010-01-31")));
    stands(&case, &back, "tip", "2026-06-01", Standing::Former(day("2026-06-01")));
}

#[test]
fn a_notice_taken_back_keeps_the_protocol_and_coming_back_does_not_revive_it() {
    let case = palermo();
    let notice = ("untoc", "2025-01-10", Act::Denunciation);
    let back = after(&case, &[notice, ("untoc", "2026-01-09", Act::Consent)]);
    stands(&case, &back, "tip", "2027-01-01", Standing::Party(day("2010-01-31")));
    let anew = after(&case, &[notice, ("untoc", "2026-01-10", Act::Consent)]);
    stands(&case, &anew, "untoc", "2026-02-09", Standing::Party(day("2026-02-09")));
    stands(&case, &anew, "tip", "2027-01-01", Standing::Former(day("2026-01-10")));
    let both = after(&case, &[notice, ("untoc", "2026-01-10", Act::Consent), ("tip", "2026-03-01", Act::Consent)]);
    stands(&case, &both, "tip", "2026-03-31", Standing::Party(day("2026-03-31")));
}

/// A protocol is open to Parties to its parent: a consent after leaving that waits for it; one during the notice ends
/// with it.
#[test]
fn a_protocol_accepted_while_leaving_the_parent_does_not_outlive_it() {
    let case = palermo();
    let out = ("tip", "2020-01-01", Act::Denunciation);
    let notice = ("untoc", "2025-01-10", Act::Denunciation);
    let during = after(&case, &[out, notice, ("tip", "2025-06-01", Act::Consent)]);
    stands(&case, &during, "tip", "2025-07-01", Standing::Party(day("2025-07-01")));
    stands(&case, &during, "tip", "2026-01-10", Standing::Former(day("2026-01-10")));
    let afterwards = after(&case, &[out, notice, ("tip", "2026-06-01", Act::Consent)]);
    stands(&case, &afterwards, "tip", "2030-01-01", Standing::Consented(None));
}

/// VCLT, Art. 70(1): a request that came while both were bound, by the protocol's offence alone; and one that came after.
#[test]
fn a_request_open_when_parent_and_protocol_end_may_be_finished() {
    let case = palermo();
    let memberships = after(&case, &[("untoc", "2025-01-10", Act::Denunciation)]);
    let ask = |request_day: &str, on: &str| {
        let question = Question { request_day: day(request_day), day: day(on), ..case.parts[0].question };
        law::decide(&case.library, &memberships, &question)
    };
    let before = ask("2025-12-20", "2026-01-09");
    assert_eq!(before.decision, Decision::Grant, "{before:?}");
    assert_eq!(before.out_of_force_from.map(|turn| turn.day), Some(day("2026-01-10")));
    let open = ask("2025-12-20", "2026-01-10");
    assert_eq!(open.decision, Decision::MayRefuse, "{open:?}");
    assert!(open.grounds.iter().any(|ground| ground.code == GroundCode::NoTreaty));
    let late = ask("2026-01-10", "2026-02-01");
    assert!(!matches!(late.decision, Decision::Grant | Decision::MayRefuse), "{late:?}");
}

/// The steps name the article by which the protocol ended.
#[test]
fn the_article_by_which_a_protocol_ended_is_cited() {
    let case = palermo();
    let memberships = after(&case, &[("untoc", "2025-01-10", Act::Denunciation)]);
    let question = Question { day: day("2026-02-01"), request_day: day("2025-12-20"), ..case.parts[0].question };
    let (_, steps) = law::explain(&case.library, &memberships, &question);
    let cited = |article: &str| steps.iter().filter(|step| step.cite.as_deref() == Some(article)).count();
    assert!(cited("UNTOC 40(3)") > 0, "{steps:#?}");
    let (_, steps) = law::explain(&case.library, &case.memberships, &question);
    assert!(steps.iter().all(|step| step.cite.as_deref() != Some("UNTOC 40(3)")));
}

/// Data preserved for another State while both were bound: the hold is owed until the notice takes effect; afterwards
/// nothing in the treaty says that it may go on, and nothing that it must end (VCLT, Art. 70(1)(a) and (b)).
#[test]
fn data_held_when_a_denunciation_takes_effect_are_no_longer_owed_and_need_not_be_released() {
    let case = case_of(
        "
case: held
title: Data held while a denunciation takes effect
source: ETS 185, Arts. 29(7) and 47(2); VCLT, Art. 70(1)
states: { alba: { law: full }, elona: { law: full } }
treaties: [ets185]
membership: { ets185: { elona: 2010-01-01, alba: { consented: 2010-01-01, denounced: 2026-01-10 } } }
requesting: elona
requested: alba
conduct-day: 2026-03-01
request-day: 2026-04-10
held-since: 2026-04-12
facts: [intrude, computer, without-right, intent]
parts:
  owed: { day: 2026-04-30, measure: continued-preservation }
  ended: { day: 2026-05-05, measure: continued-preservation }
",
    );
    let answer = |index: usize| case.answer(&case.parts[index]).0;
    let (ended, owed) = if case.parts[0].name == "ended" { (answer(0), answer(1)) } else { (answer(1), answer(0)) };
    assert_eq!(
        (owed.decision, owed.out_of_force_from.map(|turn| turn.day)),
        (Decision::Grant, Some(day("2026-05-01"))),
        "{owed:?}"
    );
    assert_eq!(ended.decision, Decision::MayRefuse, "{ended:?}");
    assert!(ended.bases.iter().any(|basis| case.library.cite(*basis).starts_with("VCLT 70(1)")), "{ended:?}");
}

/// The record of a protocol shows who left it with the parent, by which article, and counts it as left.
#[test]
fn the_record_shows_who_left_with_the_parent() {
    let folder = tempfile::tempdir().expect("a folder");
    let tables = folder.path().join("status");
    std::fs::create_dir_all(&tables).expect("a folder");
    let head = "treaty,state,signature,consent,consent_kind,entry_into_force,denunciation,has_reservation,has_declaration,\
                source,status_as_of\n";
    let write = |treaty: &str, denounced: &str| {
        let row = |state: &str, out: &str| {
            format!("{treaty},{state},,2004-01-01,ratification,2004-01-31,{out},,,trial,2026-01-01\n")
        };
        let text = format!("{head}{}{}", row("AUT", denounced), row("DEU", ""));
        std::fs::write(tables.join(format!("{treaty}.csv")), text).expect("written");
    };
    write("untoc", "2024-01-10");
    write("tip", "");
    let corpus = Corpus::read(Some(folder.path().to_owned())).unwrap_or_else(|(problems, _)| panic!("{problems:?}"));
    let on = |on: &str| status::status(&corpus, "tip", day(on), None).expect("on record");
    let noticed = on("2024-06-01");
    assert_eq!((noticed.counts.parties, noticed.counts.left), (2, 0));
    let left = on("2025-01-10");
    assert_eq!((left.counts.parties, left.counts.left), (1, 1));
    let text = status_text::text(&left);
    assert!(
        text.contains("Austria: out of force from 2025-01-10, by leaving the parent treaty (UNTOC 40(3))"),
        "{text}"
    );
    assert!(text.contains("Record: not complete"), "{text}");
}
