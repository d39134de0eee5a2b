//! What `Deliver` refuses, with its reason, and that it changes nothing.

use comity::base::StateId;
use comity::engine::{Nodes, Stopped};
use comity::grpc::parcels::{MESSAGE_BYTES, PARCEL_LETTERS};
use comity::grpc::status::reason_of;
use comity::grpc::wire;
use comity::transport::{Options, Rung, open};
use tonic::Code;
use tonic_types::StatusExt;

use crate::bench::{Bench, as_is, block_on, parcel, refused};
use crate::hostile::case;
use crate::office::{first_day, library, offices, run};

/// Nodes on the bench, driven like any others, with something done before each day.
struct Bothered<'a, F> {
    bench: &'a Bench,
    runtime: &'a tokio::runtime::Runtime,
    before: F,
}

impl<F: AsyncFn(&Bench, comity::base::Day)> Nodes for Bothered<'_, F> {
    fn day(
        &mut self,
        day: comity::base::Day,
        due: Vec<(StateId, comity::authority::Due)>,
    ) -> Result<Vec<(StateId, comity::authority::Report)>, Stopped> {
        self.runtime.block_on(async {
            (self.before)(self.bench, day).await;
            self.bench.conductor.day(day, due).await
        })
    }
}

async fn everything_refused(bench: &Bench, day: comity::base::Day) {
    let good = bench.letter(9_000, day, day + 1);
    let altered = |change: fn(&mut wire::Letter)| {
        let mut letter = good.clone();
        change(&mut letter);
        parcel(vec![letter])
    };
    let foreign = altered(|letter| "CYM".clone_into(&mut letter.to));
    refused(bench.deliver("ALB", "BRA", foreign).await, Code::InvalidArgument, "ADDRESSEE_FOREIGN");

    let forged = parcel(vec![good.clone()]);
    refused(bench.deliver("CYM", "BRA", forged).await, Code::PermissionDenied, "SENDER_FORGED");
    refused(bench.deliver("XXX", "BRA", parcel(vec![])).await, Code::Unauthenticated, "SENDER_UNPROVEN");

    let early = parcel(vec![bench.letter(9_000, day, day)]);
    refused(bench.deliver("ALB", "BRA", early).await, Code::InvalidArgument, "ARRIVES_TOO_EARLY");

    let many = parcel((0..=1_000).map(|number| bench.letter(9_000 + number, day, day + 1)).collect());
    refused(bench.deliver("ALB", "BRA", many).await, Code::ResourceExhausted, "PARCEL_TOO_LARGE");

    let fat = altered(|letter| {
        letter.body = Some(wire::letter::Body::Spontaneous(wire::Spontaneous {
            facts: vec!["x".repeat(MESSAGE_BYTES)],
            conduct_day: 0,
            network: 0,
        }));
    });
    let peer = bench.switchboard.peer("memory:BRA").expect("known");
    let request = bench.caller("ALB").request("BRA", crate::bench::DEADLINE, fat);
    let sent = peer.authority().max_encoding_message_size(usize::MAX).deliver(request).await;
    refused(sent, Code::ResourceExhausted, "PARCEL_TOO_LARGE");

    let mut other = parcel(vec![good.clone()]);
    "another".clone_into(&mut other.run);
    refused(bench.deliver("ALB", "BRA", other).await, Code::FailedPrecondition, "RUN_OTHER");

    let headless = altered(|letter| letter.file = None);
    refused(bench.deliver("ALB", "BRA", headless).await, Code::InvalidArgument, "FIELD_MALFORMED");
    let ancient = altered(|letter| letter.sent = i32::MIN);
    refused(bench.deliver("ALB", "BRA", ancient).await, Code::InvalidArgument, "FIELD_MALFORMED");
}

#[test]
fn refusals_name_their_reason_and_do_not_touch_the_run() {
    let mut direct = open(Rung::Direct, library(), offices(3), &Options::default()).expect("opened");
    let expected = run(direct.as_mut()).expect("a whole run");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let bench = runtime.block_on(Bench::open(as_is));
    let mut nodes = Bothered { bench: &bench, runtime: &runtime, before: everything_refused };
    assert_eq!(run(&mut nodes).expect("a whole run"), expected);
}

#[test]
fn a_malformed_field_is_named_with_what_is_near() {
    block_on(async {
        let bench = Bench::open(as_is).await;
        let day = first_day();
        let mut bad = bench.letter(1, day, day + 1);
        bad.body = Some(wire::letter::Body::Request(wire::Request {
            measure: "preservation".to_owned(),
            facts: vec!["advertize".to_owned()],
            ..wire::Request::default()
        }));
        let letters = vec![bench.letter(0, day, day + 1), bad];
        let status = bench.deliver("ALB", "BRA", parcel(letters)).await.expect_err("refused");
        assert_eq!(status.message(), "letters[1].body.request.facts: unknown fact `advertize`, nearest `advertise`");
        let violations = status.get_details_bad_request().expect("a field").field_violations;
        assert_eq!(violations[0].field, "letters[1].body.request.facts");
        // All or nothing: the good letter of the parcel is not held.
        let receipt = bench.deliver("ALB", "BRA", parcel(vec![bench.letter(0, day, day + 1)])).await.expect("taken");
        assert_eq!((receipt.new, receipt.held), (vec![0], vec![]));
    });
}

/// Of 1 June, the conduct a month before.
#[test]
fn a_case_that_contradicts_itself_is_refused_with_the_field() {
    let on = |day: &str| Some(format!("2012-{day}"));
    let extradition = || case("extradition");
    let wrong = [
        ("requested", wire::Case { requesting: "BRA".to_owned(), ..extradition() }),
        ("conduct_day", wire::Case { conduct_day: "2012-06-02".to_owned(), ..extradition() }),
        ("request_day", wire::Case { request_day: on("06-02"), ..extradition() }),
        ("request_day", wire::Case { request_day: on("04-30"), ..extradition() }),
        ("held_since", wire::Case { held_since: on("06-02"), ..extradition() }),
        ("follow_up_day", wire::Case { follow_up_day: on("06-02"), ..extradition() }),
        ("follow_up_day", wire::Case { held_since: on("05-10"), follow_up_day: on("05-09"), ..extradition() }),
    ];
    block_on(async {
        let bench = Bench::open(as_is).await;
        let mut authority = bench.switchboard.peer("memory:BRA").expect("known").authority();
        for (field, case) in wrong {
            let status = authority.opine(case).await.expect_err("refused");
            assert_eq!((status.code(), reason_of(&status).as_str()), (Code::InvalidArgument, "FIELD_MALFORMED"));
            let violations = status.get_details_bad_request().expect("a field").field_violations;
            assert_eq!(violations[0].field, field, "{}", status.message());
        }
        let [request_day, held_since, follow_up_day] = ["05-02", "05-10", "05-10"].map(on);
        let sound = wire::Case { request_day, held_since, follow_up_day, ..extradition() };
        authority.opine(sound).await.expect("an opinion");
    });
}

#[test]
fn the_same_letter_twice_is_answered_and_another_under_its_number_is_not() {
    block_on(async {
        let bench = Bench::open(as_is).await;
        let day = first_day();
        let letter = bench.letter(0, day, day + 2);
        for (new, held) in [(vec![0], vec![]), (vec![], vec![0])] {
            let receipt = bench.deliver("ALB", "BRA", parcel(vec![letter.clone()])).await.expect("taken");
            assert_eq!((receipt.new, receipt.held), (new, held));
        }
        let changed = parcel(vec![bench.letter(0, day, day + 3)]);
        refused(bench.deliver("ALB", "BRA", changed).await, Code::AlreadyExists, "LETTER_CHANGED");
        let twice = parcel(vec![bench.letter(1, day, day + 2), bench.letter(1, day, day + 3)]);
        refused(bench.deliver("ALB", "BRA", twice).await, Code::AlreadyExists, "LETTER_CHANGED");
    });
}

#[test]
fn a_run_must_be_open_and_not_closed() {
    block_on(async {
        let bench = Bench::closed(as_is).await;
        let day = first_day();
        let letter = || parcel(vec![bench.letter(0, day, day + 1)]);
        refused(bench.deliver("ALB", "BRA", letter()).await, Code::FailedPrecondition, "NOT_OPEN");
        bench.conductor.open().await.expect("opened");
        bench.conductor.open().await.expect("opening twice is opening");
        bench.deliver("ALB", "BRA", letter()).await.expect("taken");
        bench.conductor.close().await;
        refused(bench.deliver("ALB", "BRA", letter()).await, Code::FailedPrecondition, "RUN_CLOSED");
        let other = wire::OpenRequest { run: "another".to_owned(), epoch: 1, ..wire::OpenRequest::default() };
        let request = bench.caller("@engine").request("BRA", crate::bench::DEADLINE, other);
        let peer = bench.switchboard.peer("memory:BRA").expect("known");
        refused(peer.participant().open(request).await, Code::FailedPrecondition, "RUN_OTHER");
    });
}

#[test]
fn nobody_but_the_engine_advances_a_day() {
    block_on(async {
        let bench = Bench::open(as_is).await;
        let peer = bench.switchboard.peer("memory:BRA").expect("known");
        let request = wire::AdvanceRequest { run: crate::bench::RUN.to_owned(), epoch: 1, ..Default::default() };
        let by_a_state = bench.caller("ALB").request("BRA", crate::bench::DEADLINE, request.clone());
        refused(peer.participant().advance(by_a_state).await, Code::PermissionDenied, "ENGINE_ONLY");
        let misdirected = bench.caller("@engine").request("ALB", crate::bench::DEADLINE, request.clone());
        refused(peer.participant().advance(misdirected).await, Code::Unauthenticated, "SENDER_UNPROVEN");
        let bare = tonic::Request::new(request);
        refused(peer.participant().advance(bare).await, Code::Unauthenticated, "SENDER_UNPROVEN");
    });
    assert_eq!(PARCEL_LETTERS, 1_000);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "reads the sources of this repository")]
fn every_reason_stands_in_the_contract() {
    let contract: String = ["authority", "depositary", "observatory", "participant"]
        .map(|name| std::fs::read_to_string(format!("proto/comity/v1/{name}.proto")).expect("a file"))
        .concat();
    let source = std::fs::read_to_string("src/grpc/refusal.rs").expect("a file");
    let is_reason = |word: &&str| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let reasons: Vec<&str> = source.split('"').skip(1).step_by(2).filter(is_reason).collect();
    assert!(reasons.len() >= 30, "{reasons:?}");
    for reason in reasons {
        assert!(contract.contains(reason), "{reason} is not in the contract");
    }
}
