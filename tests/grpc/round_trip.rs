//! What is written is read again as it was.

use comity::authority::{
    Answer, AuthorityRecord, Body, Conclusion, Evidence, Letter, LossCause, Matter, Outcome, Request, Ruling, Setting,
    SettingKey, Spontaneous,
};
use comity::base::{CaseNumber, CiteId, Day, FileNumber, LetterId, NetworkId, StateId, TreatyId};
use comity::grpc::convert::{
    instrument_of, instrument_to, letter_of, letter_to, record_of, record_to, setting_of, setting_to,
};
use comity::grpc::parcels::letter_digest;
use comity::grpc::wire;
use comity::law::{Act, Decision, FactSet, Force, Ground, GroundCode, Instrument, Measure};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use prost::Message;

use crate::office::library;

fn state() -> impl Strategy<Value = StateId> {
    (0..4_u16).prop_map(StateId)
}

fn cite() -> impl Strategy<Value = CiteId> {
    (0..4_u16).prop_map(CiteId)
}

fn day() -> impl Strategy<Value = Day> {
    (-62_091..=2_932_896_i32).prop_map(Day::from_number)
}

fn facts() -> impl Strategy<Value = FactSet> {
    (0..32_u64).prop_map(|word| FactSet([word, 0, 0, 0]))
}

fn matter() -> impl Strategy<Value = Matter> {
    (any::<u32>(), day()).prop_map(|(network, conduct_day)| Matter { network: NetworkId(network), conduct_day })
}

fn setting_key() -> impl Strategy<Value = SettingKey> {
    select(SettingKey::all().collect::<Vec<_>>())
}

fn measure() -> impl Strategy<Value = Measure> {
    select(&Measure::ALL[..])
}

fn letter_id() -> impl Strategy<Value = LetterId> {
    (state(), any::<u32>()).prop_map(|(from, number)| LetterId { from, number })
}

fn file() -> impl Strategy<Value = FileNumber> {
    (state(), any::<u32>()).prop_map(|(state, case)| FileNumber { state, case: CaseNumber(case) })
}

fn ground() -> impl Strategy<Value = Ground> {
    let forces = select(&[Force::May, Force::Must, Force::Postpone][..]);
    (select(GroundCode::ALL), cite(), forces, option::of(cite())).prop_map(|(code, cite, force, through)| Ground {
        code,
        cite,
        force,
        through,
    })
}

fn ruling() -> impl Strategy<Value = Ruling> {
    prop_oneof![Just(Ruling::Granted), Just(Ruling::DataGone), option::of(ground()).prop_map(Ruling::Refused)]
}

fn decision() -> impl Strategy<Value = Decision> {
    select(&Decision::ALL[..])
}

fn body() -> impl Strategy<Value = Body> {
    let request = (measure(), facts(), matter(), option::of(state()), any::<bool>()).prop_map(
        |(measure, facts, matter, nationality, urgent)| {
            Body::Request(Request { measure, facts, matter, nationality, urgent })
        },
    );
    let answer = (measure(), decision(), ruling(), any::<bool>(), any::<bool>(), option::of(day())).prop_map(
        |(measure, decision, ruling, discretionary, owes_prosecution, held_until)| {
            Body::Answer(Answer { measure, decision, ruling, discretionary, owes_prosecution, held_until })
        },
    );
    let evidence = (measure(), any::<bool>()).prop_map(|(measure, found)| Body::Evidence(Evidence { measure, found }));
    let spontaneous = (facts(), matter()).prop_map(|(facts, matter)| Body::Spontaneous(Spontaneous { facts, matter }));
    prop_oneof![request, answer, evidence, spontaneous, Just(Body::Withdrawal)]
}

fn letter() -> impl Strategy<Value = Letter> {
    (letter_id(), state(), day(), day(), file(), option::of(letter_id()), body()).prop_map(
        |(id, to, sent, arrives, file, in_reply_to, body)| Letter { id, to, sent, arrives, file, in_reply_to, body },
    )
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        select(&Conclusion::ALL[..]).prop_map(Outcome::Concluded),
        select(
            &[LossCause::NoOffence, LossCause::NoJurisdiction, LossCause::EvidenceLapsed, LossCause::NotIdentified][..]
        )
        .prop_map(Outcome::Lost),
        (measure(), option::of(ground()))
            .prop_map(|(measure, ground)| Outcome::Lost(LossCause::Refused(measure, ground))),
        measure().prop_map(|measure| Outcome::Lost(LossCause::Abandoned(measure))),
    ]
}

fn record() -> impl Strategy<Value = AuthorityRecord> {
    let opened = (any::<u32>(), any::<u32>(), any::<bool>()).prop_map(|(case, network, needs_data)| {
        AuthorityRecord::CaseOpened { case: CaseNumber(case), network: NetworkId(network), needs_data }
    });
    let decided = (letter_id(), file(), measure(), decision(), ruling(), any::<bool>(), any::<u32>()).prop_map(
        |(request, file, measure, decision, ruling, discretionary, waited_days)| AuthorityRecord::Decided {
            request,
            file,
            measure,
            decision,
            ruling,
            discretionary,
            waited_days,
        },
    );
    let answered = (letter_id(), measure(), any::<u32>())
        .prop_map(|(request, measure, answer_days)| AuthorityRecord::Answered { request, measure, answer_days });
    let closed = (any::<u32>(), any::<u32>(), state(), state(), day(), outcome()).prop_map(
        |(case, network, base, host, opened, outcome)| AuthorityRecord::CaseClosed {
            case: CaseNumber(case),
            network: NetworkId(network),
            base,
            host,
            opened,
            outcome,
        },
    );
    prop_oneof![
        opened,
        decided,
        file().prop_map(|file| AuthorityRecord::PreservationLapsed { file }),
        file().prop_map(|file| AuthorityRecord::SiteRemoved { file }),
        answered,
        closed,
        (setting_key(), any::<u32>())
            .prop_map(|(key, thousandths)| AuthorityRecord::SettingChanged { key, thousandths }),
    ]
}

fn instrument() -> impl Strategy<Value = Instrument> {
    let act = prop_oneof![
        select(&[Act::Signature, Act::Consent, Act::Denunciation, Act::Custom][..]),
        cite().prop_map(Act::Reservation),
        cite().prop_map(Act::ReservationWithdrawn),
    ];
    (day(), 0..2_u16, state(), act).prop_map(|(day, treaty, state, act)| Instrument {
        day,
        treaty: TreatyId(treaty),
        state,
        act,
    })
}

proptest! {
    #[test]
    fn letters_read_back(letter in letter()) {
        let library = library();
        let written = letter_to(&library, &letter);
        let travelled = wire::Letter::decode(written.encode_to_vec().as_slice()).expect("decodes");
        prop_assert_eq!(letter_digest(&travelled), letter_digest(&written));
        prop_assert_eq!(letter_of(&library, &travelled).expect("reads"), letter);
    }

    #[test]
    fn records_read_back(record in record()) {
        let library = library();
        let travelled = record_to(&library, &record).encode_to_vec();
        let travelled = wire::AuthorityRecord::decode(travelled.as_slice()).expect("decodes");
        prop_assert_eq!(record_of(&library, &travelled).expect("reads"), record);
    }

    #[test]
    fn instruments_read_back(instrument in instrument()) {
        let library = library();
        prop_assert_eq!(instrument_of(&library, &instrument_to(&library, &instrument)).expect("reads"), instrument);
    }

    #[test]
    fn settings_read_back_in_their_range_alone(key in setting_key(), value in -1.0..40_000.0_f64) {
        let setting = Setting { key, value };
        match setting_of(&setting_to(&setting)) {
            Ok(read) => prop_assert_eq!(read, setting),
            Err(error) => prop_assert!(!key.allows(value) && error.field == "value", "{}", error),
        }
    }

    /// Bytes drawn one by one are hardly ever a message; those of one that was written, a few of them changed, often are.
    #[test]
    fn no_bytes_whatever_make_the_reader_panic(
        letter in letter(),
        record in record(),
        changes in vec((any::<Index>(), any::<u8>()), 0..6),
        end in option::of(any::<Index>()),
    ) {
        let library = library();
        let changed = |mut bytes: Vec<u8>| {
            for (at, byte) in &changes {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            bytes.truncate(end.map_or(bytes.len(), |end| end.index(bytes.len())));
            bytes
        };
        if let Ok(letter) = wire::Letter::decode(changed(letter_to(&library, &letter).encode_to_vec()).as_slice()) {
            let _ = letter_of(&library, &letter);
        }
        if let Ok(record) = wire::AuthorityRecord::decode(changed(record_to(&library, &record).encode_to_vec()).as_slice())
        {
            let _ = record_of(&library, &record);
        }
    }
}

#[test]
fn a_setting_that_nobody_knows_or_that_is_no_number_is_named() {
    let check = |name: &str, value: f64, expected: &str| {
        let read = setting_of(&wire::Setting { name: name.to_owned(), value }).map_err(|error| error.to_string());
        assert_eq!(read, Err(expected.to_owned()));
    };
    check("deskz", 1.0, "name: unknown setting `deskz`, nearest `desks`");
    check("desks", 0.0, "value: 0 is out of the range of `desks`");
    check("capacity", f64::NAN, "value: NaN is out of the range of `capacity`");
}

#[test]
fn a_set_of_facts_has_one_form() {
    let library = library();
    let mut letter = wire::Letter {
        id: Some(wire::LetterId { from: "ALB".to_owned(), number: 0 }),
        to: "BRA".to_owned(),
        file: Some(wire::FileReference { state: "ALB".to_owned(), case: 0 }),
        ..wire::Letter::default()
    };
    let mut check = |facts: &[&str], expected: Result<(), &str>| {
        let facts = facts.iter().map(|fact| (*fact).to_owned()).collect();
        letter.body =
            Some(wire::letter::Body::Spontaneous(wire::Spontaneous { facts, ..wire::Spontaneous::default() }));
        let read = letter_of(&library, &letter).map(drop).map_err(|error| error.to_string());
        assert_eq!(read, expected.map_err(str::to_owned));
    };
    check(&["advertise", "sale"], Ok(()));
    let order = Err("body.spontaneous.facts: the names must stand in rising byte order, each once");
    check(&["sale", "advertise"], order);
    check(&["sale", "sale"], order);
    check(&["salle"], Err("body.spontaneous.facts: unknown fact `salle`, nearest `sale`"));
    check(&["\u{1b}[31m"], Err("body.spontaneous.facts: unknown fact `\\u{1b}[31m`"));
}
