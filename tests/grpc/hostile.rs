//! Servers on real ports: what people and programs may ask, and guests who mean no good.

#![expect(clippy::disallowed_methods, reason = "deadlines are in real time")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use comity::grpc::guard::PREFACE_DEADLINE;
use comity::grpc::server::{ServerError, listen};
use comity::grpc::wire;
use comity::grpc::wire::central_authority_client::CentralAuthorityClient;
use comity::grpc::wire::depositary_client::DepositaryClient;
use comity::transport::sockets::RUN_SERVER;
use comity::transport::{Options, Rung, Sockets, open};
use tokio_stream::StreamExt;
use tonic::Code;
use tonic::transport::{Channel, Endpoint};
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;
use tonic_reflection::pb::v1::server_reflection_response::MessageResponse;
use tonic_reflection::pb::{v1, v1alpha};

use crate::bench::{block_on, refused};
use crate::office::{Chatterer, STATES, first_day, library, offices, run};

pub fn sockets(verbosity: u32) -> Sockets {
    Sockets::open(library(), offices(verbosity), &Options::default()).expect("opened")
}

pub fn address(sockets: &Sockets, name: &str) -> SocketAddr {
    sockets.addresses().iter().find(|(known, _)| known == name).expect("a server").1
}

pub async fn connect(address: SocketAddr) -> Channel {
    Endpoint::from_shared(format!("http://{address}")).expect("an address").connect().await.expect("connected")
}

pub fn case(measure: &str) -> wire::Case {
    wire::Case {
        requesting: "ALB".to_owned(),
        requested: "BRA".to_owned(),
        measure: measure.to_owned(),
        facts: vec!["sale".to_owned(), "advertise".to_owned()],
        unknown: vec!["minor".to_owned()],
        conduct_day: "2012-05-01".to_owned(),
        day: "2012-06-01".to_owned(),
        nationality: None,
        request_day: None,
        held_since: None,
        follow_up_day: None,
    }
}

#[test]
fn anybody_may_ask_what_a_state_would_answer() {
    let mut sockets = sockets(3);
    run(&mut sockets).expect("a whole run");
    let bra = address(&sockets, "BRA");
    block_on(async {
        let mut authority = CentralAuthorityClient::new(connect(bra).await);
        let opinion = authority.opine(case("extradition")).await.expect("an opinion").into_inner();
        assert_eq!(opinion.decision, "GRANT_COND");
        assert_eq!(
            (opinion.bases, opinion.conditions.into_iter().map(|c| c.says).collect::<Vec<_>>()),
            (vec!["BUD 24(1)(a)".to_owned()], vec!["use limits".to_owned()])
        );
        assert_eq!(opinion.missing, ["minor"]);
        assert_eq!(opinion.steps[0].finding, "yes");
        // A fault in the office is an answer too, and the node lives on.
        refused(authority.opine(case("interception")).await, Code::Internal, "OFFICE_FAILED");
        let foreign = wire::Case { requested: "CYM".to_owned(), ..case("extradition") };
        refused(authority.opine(foreign).await, Code::InvalidArgument, "ADDRESSEE_FOREIGN");

        let filter = wire::DocketFilter { standing: "executing".to_owned(), limit: 2, ..Default::default() };
        let listed: Vec<_> = authority.list_docket(filter).await.expect("a docket").into_inner().collect().await;
        assert_eq!(listed.len(), 2);
        let entry = listed[0].clone().expect("an entry");
        let file = authority.get_file(entry.file.expect("a file")).await.expect("a file").into_inner();
        assert!(!file.entries.is_empty());
        let none = wire::FileReference { state: "ALB".to_owned(), case: 999 };
        refused(authority.get_file(none).await, Code::NotFound, "FILE_UNKNOWN");

        let day = wire::TreatiesRequest { day: "2012-06-10".to_owned() };
        let treaties = authority.list_treaties(day).await.expect("treaties").into_inner().treaties;
        assert_eq!((treaties[0].name.as_str(), treaties[0].since.as_str()), ("bud", "2012-06-08"));
        let no_day = wire::TreatiesRequest { day: "tomorrow".to_owned() };
        refused(authority.list_treaties(no_day).await, Code::InvalidArgument, "FIELD_MALFORMED");
    });
    let desk = address(&sockets, RUN_SERVER);
    block_on(async {
        let mut depositary = DepositaryClient::new(connect(desk).await);
        let request = |treaty: &str| wire::StatusRequest { treaty: treaty.to_owned(), day: "2012-06-10".to_owned() };
        let status = depositary.status(request("bud")).await.expect("a status").into_inner();
        assert_eq!(status.parties.iter().map(|party| party.state.as_str()).collect::<Vec<_>>(), STATES);
        assert!(depositary.status(request("opsc")).await.expect("a status").into_inner().parties.is_empty());
        refused(depositary.status(request("nato")).await, Code::NotFound, "TREATY_UNKNOWN");
    });
    sockets.stop();
}

#[test]
fn health_and_reflection_answer_on_every_port() {
    let sockets = sockets(1);
    let expected = [("ALB", "comity.v1.Participant"), (RUN_SERVER, "comity.v1.Observatory")];
    for (server, service) in expected {
        let address = address(&sockets, server);
        block_on(async {
            let channel = connect(address).await;
            for name in ["", service] {
                assert_eq!(health(address, name).await, ServingStatus::Serving);
            }
            let names = services(channel.clone()).await;
            for name in [service, "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection"] {
                assert!(names.iter().any(|known| known == name), "{name} not among {names:?}");
            }
            assert_eq!(names.len(), 5, "{names:?}");
            let old = v1alpha::ServerReflectionRequest {
                host: String::new(),
                message_request: Some(v1alpha::server_reflection_request::MessageRequest::FileContainingSymbol(
                    service.to_owned(),
                )),
            };
            let mut client = v1alpha::server_reflection_client::ServerReflectionClient::new(channel);
            let answers = client.server_reflection_info(tokio_stream::once(old)).await.expect("answers").into_inner();
            assert_eq!(answers.collect::<Vec<_>>().await.len(), 1);
        });
    }
}

/// What a server says of the health of a service.
async fn health(address: SocketAddr, service: &str) -> ServingStatus {
    let request = tonic_health::pb::HealthCheckRequest { service: service.to_owned() };
    HealthClient::new(connect(address).await).check(request).await.expect("an answer").into_inner().status()
}

#[test]
fn a_node_that_serves_no_more_says_so() {
    let (authority, participant) = ("comity.v1.CentralAuthority", "comity.v1.Participant");
    let held = sockets(3);
    held.hold(&AtomicBool::new(true));
    let alb = address(&held, "ALB");
    block_on(async {
        assert_eq!(health(alb, participant).await, ServingStatus::NotServing, "the run is closed");
        assert_eq!(health(alb, authority).await, ServingStatus::Serving, "people may ask on");
    });
    let mut offices = offices(3);
    let mut chatterer = Chatterer::new(comity::base::StateId(2), 3);
    chatterer.fails_on = Some(first_day() + 6);
    offices[2] = Box::new(chatterer);
    let mut failing = Sockets::open(library(), offices, &Options::default()).expect("opened");
    run(&mut failing).expect_err("stops");
    let (alb, cym) = (address(&failing, "ALB"), address(&failing, "CYM"));
    block_on(async {
        for service in [authority, participant, ""] {
            assert_eq!(health(cym, service).await, ServingStatus::NotServing, "`{service}` of a failed office");
            assert_eq!(health(alb, service).await, ServingStatus::Serving);
        }
    });
}

async fn services(channel: Channel) -> Vec<String> {
    let request = v1::ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let mut client = v1::server_reflection_client::ServerReflectionClient::new(channel);
    let mut answers = client.server_reflection_info(tokio_stream::once(request)).await.expect("answers").into_inner();
    let answer = answers.next().await.expect("one").expect("good");
    let Some(MessageResponse::ListServicesResponse(list)) = answer.message_response else { panic!("a list") };
    list.service.into_iter().map(|service| service.name).collect()
}

#[test]
fn garbage_and_silence_do_not_keep_a_run_from_its_history() {
    let expected = run(open(Rung::Direct, library(), offices(3), &Options::default()).expect("opened").as_mut());
    let mut sockets = sockets(3);
    let bra = address(&sockets, "BRA");
    let mut guests = Vec::new();
    for turn in 0..250_u32 {
        let mut guest = TcpStream::connect(bra).expect("connected");
        if turn.is_multiple_of(5) {
            let garbage: Vec<u8> = (0..4_096_u32)
                .map(|byte| byte.wrapping_mul(turn + 1).to_le_bytes()[0] ^ byte.to_le_bytes()[1])
                .collect();
            // The server may close at once.
            let _ = guest.write_all(&garbage);
        }
        guests.push(guest);
    }
    assert_eq!(run(&mut sockets).expect("a whole run"), expected.expect("a whole run"));

    // Those who never say anything are shown out.
    let mut silent = guests.pop().expect("a guest");
    silent.set_read_timeout(Some(PREFACE_DEADLINE * 2)).expect("set");
    let since = Instant::now();
    let mut read = Vec::new();
    let _ = silent.read_to_end(&mut read);
    assert!(since.elapsed() < PREFACE_DEADLINE + Duration::from_secs(3), "still open after {:?}", since.elapsed());
}

#[test]
fn a_message_over_the_limit_has_its_reason_on_a_socket_too() {
    let sockets = sockets(1);
    let bra = address(&sockets, "BRA");
    block_on(async {
        let mut authority = CentralAuthorityClient::new(connect(bra).await);
        let huge = wire::Case { facts: vec!["x".repeat(5 * 1024 * 1024)], ..case("extradition") };
        refused(authority.opine(huge).await, Code::ResourceExhausted, "PARCEL_TOO_LARGE");
        let many =
            wire::Case { facts: vec!["sale".to_owned(); comity::law::fact::MOST_FACTS + 1], ..case("extradition") };
        refused(authority.opine(many).await, Code::InvalidArgument, "FIELD_MALFORMED");
        authority.opine(case("extradition")).await.expect("still there");
    });
}

/// What is no message of the call at all, by a client that takes one for another.
#[test]
fn a_message_that_cannot_be_read_is_the_callers_mistake() {
    let sockets = sockets(1);
    let bra = address(&sockets, "BRA");
    block_on(async {
        let mut client = tonic::client::Grpc::new(connect(bra).await);
        client.ready().await.expect("connected");
        let codec = tonic_prost::ProstCodec::<wire::DocketFilter, wire::Opinion>::default();
        let path = http::uri::PathAndQuery::from_static("/comity.v1.CentralAuthority/Opine");
        // Its third field is a number, and a text that of a case.
        let other = wire::DocketFilter { limit: 2, ..Default::default() };
        let answer = client.unary(tonic::Request::new(other), path, codec).await;
        refused(answer, Code::InvalidArgument, "FIELD_MALFORMED");
    });
}

#[test]
fn nodes_listen_on_this_machine_only() {
    let refusal = block_on(listen("0.0.0.0:0".parse().expect("an address"))).expect_err("refused");
    assert!(matches!(refusal, ServerError::NotLoopback(_)));
    assert!(refusal.to_string().contains("no certificates"), "{refusal}");
}

#[test]
fn servers_end_when_told_to_even_while_somebody_watches() {
    let sockets = sockets(1);
    let desk = address(&sockets, RUN_SERVER);
    let (watching, watched) = std::sync::mpsc::channel();
    let visitor = std::thread::spawn(move || {
        block_on(async {
            let mut observatory = wire::observatory_client::ObservatoryClient::new(connect(desk).await);
            let mut records = observatory.follow(wire::FollowRequest { from: 0 }).await.expect("follows").into_inner();
            watching.send(()).expect("somebody waits");
            while let Some(Ok(_)) = records.next().await {}
        });
    });
    watched.recv().expect("watching");
    let since = Instant::now();
    sockets.stop();
    assert!(since.elapsed() < Duration::from_secs(5), "stopped after {:?}", since.elapsed());
    visitor.join().expect("the watcher ends too");
    assert!(TcpStream::connect(desk).is_err(), "the port is free again");
}
