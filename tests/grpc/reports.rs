//! A node that reports without end, or other things than it is asked for: the engine stops asking.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use comity::authority::Due;
use comity::base::StateId;
use comity::engine::Stopped;
use comity::grpc::parcels::REPORT_PARTS;
use comity::grpc::switchboard::without_connection;
use comity::grpc::wire;
use comity::grpc::wire::participant_server::{Participant, ParticipantServer};
use tonic::service::Routes;
use tonic::{Request, Response, Status};

use crate::bench::{Bench, block_on};
use crate::office::first_day;

/// Records of each part: a hundred times what a part of ours holds, and still within a message.
const RECORDS: usize = 100_000;

/// What a part says of itself that may be wrong.
type Alters = fn(&mut wire::Report);

/// Says that its report has so many parts, and has them.
#[derive(Clone)]
struct Talker {
    parts: u32,
    alters: Alters,
    told: Arc<AtomicUsize>,
}

impl Talker {
    fn part(&self, day: i32, part: u32) -> wire::Report {
        self.told.fetch_add(1, Ordering::Relaxed);
        let file = wire::FileReference { state: "BRA".to_owned(), case: 0 };
        let lapsed = wire::authority_record::What::PreservationLapsed(wire::PreservationLapsed { file: Some(file) });
        let records = vec![wire::AuthorityRecord { what: Some(lapsed) }; RECORDS];
        let (parts, register) = (self.parts, vec![0; 32]);
        let mut report = wire::Report { day, epoch: 1, part, parts, records, register, ..wire::Report::default() };
        (self.alters)(&mut report);
        report
    }
}

#[tonic::async_trait]
impl Participant for Talker {
    async fn open(&self, _: Request<wire::OpenRequest>) -> Result<Response<wire::Opened>, Status> {
        Ok(Response::new(wire::Opened::default()))
    }
    async fn give(&self, _: Request<wire::DayPart>) -> Result<Response<wire::Given>, Status> {
        Err(Status::unimplemented(""))
    }
    async fn advance(&self, asked: Request<wire::AdvanceRequest>) -> Result<Response<wire::Report>, Status> {
        Ok(Response::new(self.part(asked.get_ref().day, 0)))
    }
    async fn get_report(&self, asked: Request<wire::ReportPart>) -> Result<Response<wire::Report>, Status> {
        Ok(Response::new(self.part(asked.get_ref().day, asked.get_ref().part)))
    }
    async fn close(&self, _: Request<wire::CloseRequest>) -> Result<Response<wire::Closed>, Status> {
        Ok(Response::new(wire::Closed::default()))
    }
}

/// Why the day of such a node stops, and how many parts it was asked for until then.
fn stopped(parts: u32, alters: Alters) -> (Stopped, usize) {
    let told = Arc::new(AtomicUsize::new(0));
    let talker = Talker { parts, alters, told: told.clone() };
    let stopped = block_on(async {
        let talks = |state, line| match state {
            StateId(1) => without_connection(Routes::new(ParticipantServer::new(talker.clone()))),
            _ => line,
        };
        let bench = Bench::open(talks).await;
        bench.conductor.day(first_day(), vec![(StateId(1), Due::default())]).await.expect_err("too much")
    });
    (stopped, told.load(Ordering::Relaxed))
}

#[test]
fn a_report_of_too_many_parts_is_not_fetched() {
    let (stopped, told) = stopped(REPORT_PARTS + 1, |_| {});
    assert!(matches!(&stopped, Stopped::Rule { rule, .. } if rule.contains("1101 parts")), "{stopped}");
    assert_eq!(told, 1);
}

#[test]
fn a_report_is_left_where_it_passes_the_records_of_a_day() {
    let (stopped, told) = stopped(REPORT_PARTS, |_| {});
    assert!(matches!(stopped, Stopped::Limit { limit: 1_000_000, .. }), "{stopped}");
    assert_eq!(told, 11, "ten parts are a million records, and the next is one too many");
}

#[test]
fn a_part_that_is_not_the_one_asked_for_stops_the_run() {
    let wrong: [Alters; 4] = [
        |report| report.day += 1,
        |report| report.epoch += 1,
        |report| report.part += 1,
        // The first is what the others are held to.
        |report| report.parts += report.part,
    ];
    for (turn, alters) in wrong.into_iter().enumerate() {
        let (stopped, told) = stopped(2, alters);
        assert!(matches!(&stopped, Stopped::Rule { rule, .. } if rule.contains("asked for part")), "{stopped}");
        assert_eq!(told, if turn == 3 { 2 } else { 1 });
    }
    let (stopped, told) = stopped(0, |_| {});
    assert!(matches!(&stopped, Stopped::Rule { rule, .. } if rule.contains("in 0 parts")), "{stopped}");
    assert_eq!(told, 1);
}
