//! Days: repetition, manifests, replay.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use comity::authority::Due;
use comity::base::StateId;
use comity::grpc::convert::{due_to, manifest_to};
use comity::grpc::parcels::{letter_digest, tally};
use comity::grpc::switchboard::Line;
use comity::grpc::wire;
use comity::transport::{Options, Rung, open};
use tonic::Code;
use tower::{Service, ServiceExt};

use crate::bench::{Bench, RUN, as_is, block_on, parcel, refused};
use crate::office::{first_day, incident, library, offices, run};

fn advance(bench: &Bench, day: comity::base::Day, letters: &[wire::Letter]) -> wire::AdvanceRequest {
    let due = Due { incidents: vec![incident(day, StateId(2))], ..Due::default() };
    let manifest = tally(letters.iter().map(|letter| (StateId(0), letter_digest(letter))));
    let mut request = wire::AdvanceRequest {
        run: RUN.to_owned(),
        epoch: 1,
        day: day.number(),
        manifest: manifest_to(&bench.library, &manifest),
        ..wire::AdvanceRequest::default()
    };
    due_to(&bench.library, &due, &mut request);
    request
}

#[test]
fn the_same_advance_gives_the_same_report_and_any_other_is_refused() {
    block_on(async {
        let bench = Bench::open(as_is).await;
        let day = first_day();
        let request = advance(&bench, day, &[]);
        let report = bench.advance("BRA", request.clone()).await.expect("worked");
        assert_eq!(report.letters.len(), 3);
        assert_eq!(bench.advance("BRA", request.clone()).await.expect("stored"), report);
        let mut other = request.clone();
        other.incidents.clear();
        refused(bench.advance("BRA", other).await, Code::AlreadyExists, "DAY_CHANGED");
        refused(bench.advance("BRA", advance(&bench, day - 1, &[])).await, Code::FailedPrecondition, "DAY_PAST");
        for (epoch, reason) in [(0, "EPOCH_PAST"), (2, "EPOCH_UNKNOWN")] {
            let ghost = wire::AdvanceRequest { epoch, ..request.clone() };
            refused(bench.advance("BRA", ghost).await, Code::FailedPrecondition, reason);
        }
    });
}

#[test]
fn a_day_that_was_worked_is_closed_but_its_letters_are_remembered() {
    block_on(async {
        let bench = Bench::open(as_is).await;
        let day = first_day();
        let letter = bench.letter(0, day, day + 1);
        bench.deliver("ALB", "BRA", parcel(vec![letter.clone()])).await.expect("taken");
        bench.advance("BRA", advance(&bench, day + 1, std::slice::from_ref(&letter))).await.expect("worked");
        let late = parcel(vec![bench.letter(1, day, day + 1)]);
        refused(bench.deliver("ALB", "BRA", late).await, Code::FailedPrecondition, "DAY_CLOSED");
        let receipt = bench.deliver("ALB", "BRA", parcel(vec![letter])).await.expect("a repetition");
        assert_eq!(receipt.held, [0]);
    });
}

#[test]
fn an_inbox_must_match_its_manifest() {
    block_on(async {
        let bench = Bench::open(as_is).await;
        let day = first_day();
        let letters = [bench.letter(0, day, day + 1), bench.letter(1, day, day + 1)];
        bench.deliver("ALB", "BRA", parcel(vec![letters[0].clone()])).await.expect("taken");
        let mut request = advance(&bench, day + 1, &letters);
        refused(bench.advance("BRA", request.clone()).await, Code::FailedPrecondition, "INBOX_INCOMPLETE");
        let none = advance(&bench, day + 1, &[]);
        refused(bench.advance("BRA", none).await, Code::FailedPrecondition, "INBOX_DIFFERS");
        let another = advance(&bench, day + 1, &letters[1..]);
        refused(bench.advance("BRA", another).await, Code::FailedPrecondition, "INBOX_DIFFERS");
        request.replay = letters.to_vec();
        bench.advance("BRA", request).await.expect("worked after the replay");
    });
}

#[test]
fn a_day_in_parts_is_worked_once_all_are_there() {
    block_on(async {
        let bench = Bench::open(as_is).await;
        let day = first_day();
        let mut request = advance(&bench, day, &[]);
        let part = |part, incidents: &[wire::Incident]| wire::DayPart {
            run: RUN.to_owned(),
            epoch: 1,
            day: day.number(),
            part,
            incidents: incidents.to_vec(),
            ..wire::DayPart::default()
        };
        let of = |network| wire::Incident { network, ..request.incidents[0].clone() };
        let (one, other) = (of(1), of(2));
        request.parts = 2;
        refused(bench.give("BRA", part(1, &[])).await, Code::FailedPrecondition, "DAY_INCOMPLETE");
        refused(bench.give("BRA", part(1_000, &[])).await, Code::InvalidArgument, "FIELD_MALFORMED");
        let foreign = wire::Incident { base: "XXX".to_owned(), ..one.clone() };
        refused(bench.give("BRA", part(0, &[foreign])).await, Code::InvalidArgument, "FIELD_MALFORMED");
        for _ in 0..2 {
            bench.give("BRA", part(0, std::slice::from_ref(&one))).await.expect("taken");
        }
        refused(bench.give("BRA", part(0, std::slice::from_ref(&other))).await, Code::AlreadyExists, "DAY_CHANGED");
        refused(bench.advance("BRA", request.clone()).await, Code::FailedPrecondition, "DAY_INCOMPLETE");
        bench.give("BRA", part(1, std::slice::from_ref(&other))).await.expect("taken");
        let report = bench.advance("BRA", request.clone()).await.expect("worked");
        let opened = report.records.iter().filter_map(|record| match &record.what {
            Some(wire::authority_record::What::CaseOpened(opened)) => Some(opened.network),
            _ => None,
        });
        assert_eq!(opened.collect::<Vec<_>>(), [1, 2, 7], "those of the parts in order, then those of the call");
        // Again, all of it: the day is not worked twice.
        bench.give("BRA", part(1, std::slice::from_ref(&other))).await.expect("held");
        refused(bench.give("BRA", part(1, &[one])).await, Code::AlreadyExists, "DAY_CHANGED");
        assert_eq!(bench.advance("BRA", request.clone()).await.expect("stored"), report);
        let early = wire::DayPart { day: day.number() - 1, ..part(0, &[]) };
        refused(bench.give("BRA", early).await, Code::FailedPrecondition, "DAY_PAST");
    });
}

/// A line that loses every third call of `Deliver`, yet says that it was taken.
fn lossy(lost: &Arc<AtomicUsize>, line: Line) -> Line {
    let calls = Arc::new(AtomicUsize::new(0));
    let lost = lost.clone();
    Line::new(tower::service_fn(move |request: http::Request<tonic::body::Body>| {
        let mut line = line.clone();
        let loses =
            request.uri().path().ends_with("/Deliver") && calls.fetch_add(1, Ordering::Relaxed).is_multiple_of(3);
        let lost = lost.clone();
        async move {
            if loses {
                lost.fetch_add(1, Ordering::Relaxed);
                return falsely_received(request).await;
            }
            line.ready().await?.call(request).await
        }
    }))
}

/// Reads the parcel and answers with the receipt that its addressee would have given.
async fn falsely_received(
    request: http::Request<tonic::body::Body>,
) -> Result<http::Response<tonic::body::Body>, comity::grpc::switchboard::LineFailed> {
    let mut liar = wire::central_authority_server::CentralAuthorityServer::new(Liar);
    let answer = liar.call(request).await;
    answer.map_err(comity::grpc::switchboard::LineFailed::new)
}

struct Liar;

#[tonic::async_trait]
impl wire::central_authority_server::CentralAuthority for Liar {
    async fn deliver(
        &self,
        request: tonic::Request<wire::Parcel>,
    ) -> Result<tonic::Response<wire::Receipt>, tonic::Status> {
        let numbers = request.get_ref().letters.iter().filter_map(|letter| letter.id.as_ref()).map(|id| id.number);
        Ok(tonic::Response::new(wire::Receipt { new: numbers.collect(), held: Vec::new() }))
    }
    async fn opine(&self, _: tonic::Request<wire::Case>) -> Result<tonic::Response<wire::Opinion>, tonic::Status> {
        Err(tonic::Status::unimplemented(""))
    }
    async fn get_file(
        &self,
        _: tonic::Request<wire::FileReference>,
    ) -> Result<tonic::Response<wire::File>, tonic::Status> {
        Err(tonic::Status::unimplemented(""))
    }
    type ListDocketStream = tokio_stream::Empty<Result<wire::DocketEntry, tonic::Status>>;
    async fn list_docket(
        &self,
        _: tonic::Request<wire::DocketFilter>,
    ) -> Result<tonic::Response<Self::ListDocketStream>, tonic::Status> {
        Err(tonic::Status::unimplemented(""))
    }
    async fn list_treaties(
        &self,
        _: tonic::Request<wire::TreatiesRequest>,
    ) -> Result<tonic::Response<wire::Treaties>, tonic::Status> {
        Err(tonic::Status::unimplemented(""))
    }
}

/// The bench as nodes of a run.
struct Driven<'a>(&'a Bench, &'a tokio::runtime::Runtime);

impl comity::engine::Nodes for Driven<'_> {
    fn day(
        &mut self,
        day: comity::base::Day,
        due: Vec<(StateId, Due)>,
    ) -> Result<Vec<(StateId, comity::authority::Report)>, comity::engine::Stopped> {
        self.1.block_on(self.0.conductor.day(day, due))
    }
}

#[test]
fn lost_parcels_are_replayed_and_the_history_is_the_same() {
    let mut direct = open(Rung::Direct, library(), offices(3), &Options::default()).expect("opened");
    let expected = run(direct.as_mut()).expect("a whole run");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let lost = Arc::new(AtomicUsize::new(0));
    let bench = runtime.block_on(Bench::open(|_, line| lossy(&lost, line)));
    assert_eq!(run(&mut Driven(&bench, &runtime)).expect("a whole run"), expected);
    assert!(lost.load(Ordering::Relaxed) > 10, "hardly anything was lost");
}

#[test]
fn a_peer_that_fails_for_a_moment_does_not_work_the_day_twice() {
    let mut direct = open(Rung::Direct, library(), offices(3), &Options::default()).expect("opened");
    let expected = run(direct.as_mut()).expect("a whole run");
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().expect("a runtime");
    let calls = Arc::new(AtomicUsize::new(0));
    let failing = |_, line: Line| {
        let calls = calls.clone();
        Line::new(tower::service_fn(move |request: http::Request<tonic::body::Body>| {
            let line = line.clone();
            let fails = calls.fetch_add(1, Ordering::Relaxed) % 5 == 4;
            async move {
                if fails {
                    Ok(tonic::Status::unavailable("for a moment").into_http())
                } else {
                    line.oneshot(request).await
                }
            }
        }))
    };
    let bench = runtime.block_on(Bench::open(failing));
    assert_eq!(run(&mut Driven(&bench, &runtime)).expect("a whole run"), expected);
}
