//! Rules of co-operation that no worked case reaches, each as a short case.

use comity::law::{Decision, DutyKind, GroundCode, Opinion};

use crate::case_of;

/// The answers to a case written out, by part.
fn answers(text: &str) -> Vec<(String, Opinion)> {
    let case = case_of(text);
    for part in &case.parts {
        assert_eq!(case.disagreements(part, &case.answer(part).0), Vec::<String>::new(), "{}", part.name);
    }
    case.parts.iter().map(|part| (part.name.clone(), case.answer(part).0)).collect()
}

const HEAD: &str = "
case: rule
title: A rule
source: see the test
states:
  alba: { law: full }
  hesper: { law: no-internet-trafficking }
treaties: [ets185]
membership: { ets185: { '*': 2010-01-01 } }
requesting: alba
requested: hesper
day: 2020-06-01
";

/// ETS 185, Art. 27(5) to (7): the request stays open, and the delay is explained.
#[test]
fn a_postponement_owes_consultation_and_reasons() {
    answers(&format!(
        "{HEAD}
facts: [intrude, without-right, intent, pending-own-proceedings]
parts:
  '-':
    measure: stored-data
    expect: {{ decision: POSTPONE, grounds: [G.PENDING], basis: [BUD 27(5)], duties: [consult, give-reasons] }}
"
    ));
}

/// ETS 185, Art. 24(6): prosecution is owed on request only.
#[test]
fn prosecution_in_lieu_waits_for_the_request() {
    let answers = answers(&format!(
        "{HEAD}
nationality: hesper
facts: [intrude, without-right, intent]
parts:
  nobody-asks:
    measure: extradition
    expect: {{ decision: REFUSE, grounds: [G.NATIONAL], basis: [BUD 24(5)], duties: [submit-to-prosecution] }}
  asked-at-once:
    measure: extradition
    facts: [prosecution-asked]
    expect: {{ decision: PROSECUTE_INSTEAD, grounds: [G.NATIONAL], basis: [BUD 24(6), BUD 22(3)] }}
  asked-afterwards:
    measure: prosecution
    facts: [refused-for-nationality, prosecution-asked]
    expect: {{ decision: PROSECUTE_INSTEAD, grounds: [G.NATIONAL], basis: [BUD 24(6)] }}
  without-a-refusal:
    measure: prosecution
    expect: {{ decision: NO_TREATY_DUTY, basis: [BUD 24(6)] }}
"
    ));
    let (_, refused) = answers.iter().find(|(name, _)| name == "nobody-asks").expect("asked");
    assert!(refused.duties.iter().any(|duty| duty.kind == DutyKind::SubmitToProsecution && duty.on_request));
}

/// ETS 185, Art. 25(4): a ground of domestic law that the Convention bars is not open.
#[test]
fn a_fiscal_offence_is_no_ground_for_the_conventions_offences() {
    let text = |facts: &str, expect: &str| {
        format!(
            "
case: rule
title: A rule
source: ETS 185, Art. 25(4)
states:
  alba: {{ law: full }}
  hesper:
    law:
      rules:
        Assistance Act 3:
          says: No assistance for fiscal offences.
          for: [stored-data]
          when: {{ all: [fiscal] }}
          refuse: {{ ground: G.FISCAL, force: must }}
treaties: [ets185]
membership: {{ ets185: {{ '*': 2010-01-01 }} }}
requesting: alba
requested: hesper
day: 2020-06-01
facts: [{facts}]
parts: {{ '-': {{ measure: stored-data, expect: {{ {expect} }} }} }}
"
        )
    };
    answers(&text("cause-loss, gain-intended, without-right, intent, fiscal", "decision: GRANT"));
    answers(&text("fiscal", "decision: REFUSE, grounds: [G.FISCAL], basis: [BUD 25(1), BUD 25(4)]"));
}

const REAL: &str = "
case: rule
title: A rule
source: see the test
treaties: [ets185, us-de-extradition, us-de-assistance]
membership: { ets185: record }
day: 2020-06-01
";

/// ETS 185, Arts. 24(5) and 25(4) let in the treaties that apply, not domestic law alone.
#[test]
fn a_special_treatys_grounds_stand_beside_the_convention() {
    answers(&format!(
        "{REAL}
requesting: DEU
requested: USA
facts: [damage-data, without-right, intent, serious-harm, prejudice-essential-interests]
parts:
  '-':
    measure: stored-data
    expect: {{ decision: MAY_REFUSE, grounds: [G.ESSENTIAL], basis: [US-DE mutual assistance treaty, BUD 25(4)] }}
"
    ));
}

/// Basic Law, Art. 16(2), by way of ETS 185, Art. 24(5) and of the bilateral treaty.
#[test]
fn a_german_is_not_surrendered_to_the_united_states() {
    answers(&format!(
        "{REAL}
requesting: USA
requested: DEU
nationality: DEU
facts: [hinder-system, without-right, intent, serious-harm, prosecution-asked]
parts:
  '-':
    measure: extradition
    expect: {{ decision: PROSECUTE_INSTEAD, grounds: [G.NATIONAL], basis: [BUD 24(6)] }}
"
    ));
}

/// The United States reserved Art. 4(2): without serious harm the offence drops out between the two (VCLT 21(1)). The bilateral
/// treaty is left, and asks for more than the year that such an act has there.
#[test]
fn what_a_reservation_takes_out_is_left_to_the_bilateral_treaty() {
    answers(&format!(
        "{REAL}
requesting: DEU
requested: USA
facts: [damage-data, without-right, intent]
parts:
  without-serious-harm:
    measure: extradition
    expect: {{ decision: REFUSE, grounds: [G.PENALTY], also: [G.SCOPE] }}
  with-serious-harm:
    measure: extradition
    facts: [serious-harm]
    expect: {{ decision: GRANT, basis: [US-DE extradition treaty, BUD 24(2)] }}
"
    ));
}

/// The model text, whose reading is not the literal one: an adult without any means is outside it.
#[test]
fn consent_counts_for_an_adult_where_no_means_was_used() {
    let text = |facts: &str, expect: &str| {
        format!(
            "
case: rule
title: A rule
source: Model text, OP-1
states: {{ alba: {{ law: full }}, brava: {{ law: full }}, corvo: {{ law: full }}, dunmar: {{ law: full }}, elona: {{ law: full }} }}
treaties: [ets185, internet-trafficking-protocol/conduct]
membership: {{ ets185: {{ '*': 2010-01-01 }}, internet-trafficking-protocol: {{ '*': 2012-01-01 }} }}
requesting: alba
requested: brava
day: 2020-06-01
facts: [recruit, commercial, computer, intent, {facts}]
parts: {{ '-': {{ measure: extradition, expect: {{ {expect} }} }} }}
"
        )
    };
    answers(&text("deception", "decision: GRANT, basis: [MODEL OP-1, BUD 24(3)]"));
    answers(&text("minor", "decision: GRANT, basis: [MODEL OP-1, BUD 24(3)]"));
    answers(&text("knew", "decision: REFUSE, grounds: [G.DUAL, G.SCOPE]"));
}

/// VCLT 68 and 70: leaving, coming back, and taking a denunciation back.
#[test]
fn a_treaty_left_and_joined_again_binds_from_its_new_date() {
    use comity::law::{Act, Instrument, Memberships};
    let case = case_of(&format!("{HEAD}\nfacts: []\nparts: {{ '-': {{ measure: preservation }} }}"));
    let library = &case.library;
    let treaty = library.treaty_named("ets185").expect("it is there");
    let state = library.state_coded("alba").expect("it is there");
    let on = |day: &str, act| Instrument { day: day.parse().expect("a date"), treaty, state, act };
    let acts =
        |again: &str| [on("2010-01-01", Act::Consent), on("2015-01-10", Act::Denunciation), on(again, Act::Consent)];
    let from = |again: &str| Memberships::of(library, &acts(again)).in_force_from(treaty, state);
    assert_eq!(from("2016-02-10"), "2016-06-01".parse().ok(), "a new consent");
    assert_eq!(from("2015-03-10"), "2010-05-01".parse().ok(), "the notice taken back in time");
}

/// A ground of the reservation under Art. 29(4) needs the reservation, the belief and a foreign offence alike.
#[test]
fn each_limit_of_the_reservation_on_preservation_counts() {
    let answer = |reserved: &str, facts: &str| {
        let text = format!(
            "
case: rule
title: A rule
source: ETS 185, Art. 29(4)
states: {{ alba: {{ law: full }}, hesper: {{ law: no-internet-trafficking }} }}
treaties: [ets185]
membership: {{ ets185: {{ alba: 2010-01-01, hesper: {{ consented: 2010-01-01, reserved: [{reserved}] }} }} }}
requesting: alba
requested: hesper
day: 2020-06-01
facts: [intent, without-right, {facts}]
parts: {{ '-': {{ measure: preservation }} }}
"
        );
        let opinion = answers(&text).remove(0).1;
        (opinion.decision, opinion.grounds.iter().map(|ground| ground.code).collect::<Vec<_>>())
    };
    let open = (Decision::MayRefuse, vec![GroundCode::DualCriminalityForPreservation]);
    let closed = (Decision::Grant, Vec::new());
    assert_eq!(answer("29(4)", "advertise, reason-to-believe"), open);
    assert_eq!(answer("", "advertise, reason-to-believe"), closed, "no reservation");
    assert_eq!(answer("29(4)", "advertise"), closed, "no belief");
    assert_eq!(answer("29(4)", "intrude, reason-to-believe"), closed, "an offence of Art. 2");
}

/// CETS 224, Art. 7(9)(a): who reserved Art. 7 is bound by none of it, and what goes with an order falls with it.
#[test]
fn what_goes_with_an_order_falls_with_the_article() {
    let answers = answers(
        "
case: rule
title: A rule
source: see the test
states: { alba: { law: full }, brava: { law: full }, corvo: { law: full }, dunmar: { law: full }, elona: { law: full } }
treaties: [ets185, cets224]
membership:
  ets185: { '*': 2010-01-01 }
  cets224:
    alba: 2023-01-01
    brava: { consented: 2023-01-01, declared: ['7(2)(b)', '7(5)(a)'] }
    corvo: { consented: 2023-01-01, reserved: ['7(9)(a)'] }
    dunmar: 2023-01-01
    elona: 2023-01-01
requesting: alba
requested: brava
day: 2025-06-01
facts: [intrude, computer, without-right, intent, provider-established-there, subscriber-only]
parts:
  neither reserved:
    measure: production-order
    expect: { decision: GRANT_COND, time-limits: { answer: 30 days }, duties: [inform-without-delay] }
  the other reserved:
    requesting: corvo
    measure: production-order
    expect: { decision: NO_TREATY_DUTY, grounds: [G.NOTREATY] }
",
    );
    let reserved = &answers[1].1;
    assert!(reserved.time_limits.is_empty() && reserved.conditions.is_empty() && reserved.duties.is_empty());
}
