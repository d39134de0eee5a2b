//! What those may take up who have proven no name: raw HTTP/2, for no client of gRPC would do such a thing.

#![expect(clippy::disallowed_methods, reason = "deadlines are in real time")]

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use comity::grpc::strangers::{REFLECTIONS, STRANGER_BYTES, STRANGERS};
use comity::grpc::wire::central_authority_client::CentralAuthorityClient;
use comity::transport::sockets::RUN_SERVER;
use comity::transport::{Options, Rung, open};
use tonic::{Code, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;
use tonic_reflection::pb::v1::ServerReflectionRequest;
use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;

use crate::bench::block_on;
use crate::hostile::{address, case, connect, sockets};
use crate::office::{library, offices, run};

/// Time for a server to answer what it does not wait for.
const MOMENT: Duration = Duration::from_millis(700);

/// Calls that a connection works at once.
const CALLS: usize = 32;

const HEADERS: u8 = 1;
const SETTINGS: u8 = 4;
const END_HEADERS: u8 = 4;
const ACKNOWLEDGED: u8 = 1;

/// A client that announces messages and does not send them.
struct Guest {
    socket: TcpStream,
    read: Vec<u8>,
}

impl Guest {
    fn new(address: SocketAddr) -> Self {
        let socket = TcpStream::connect(address).expect("connected");
        let mut guest = Self { socket, read: Vec::new() };
        guest.socket.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").expect("written");
        guest.frame(SETTINGS, 0, 0, &[]);
        guest
    }

    fn frame(&mut self, kind: u8, flags: u8, stream: usize, payload: &[u8]) {
        let [_, length @ ..] = u32::try_from(payload.len()).expect("short").to_be_bytes();
        let stream = u32::try_from(stream).expect("few").to_be_bytes();
        let head = [&length[..], &[kind, flags], &stream].concat();
        self.socket.write_all(&[&head, payload].concat()).expect("written");
    }

    /// Begins a call and announces a message of so many bytes, of which some come.
    fn announce(&mut self, stream: usize, path: &str, bytes: usize) {
        let headers = [
            (":method", "POST"),
            (":scheme", "http"),
            (":path", path),
            (":authority", "localhost"),
            ("content-type", "application/grpc"),
            ("te", "trailers"),
        ];
        // Literals that nobody is to index (RFC 7541, section 6.2.2).
        let text = |text: &str| [&[u8::try_from(text.len()).expect("short")], text.as_bytes()].concat();
        let block: Vec<u8> =
            headers.iter().flat_map(|(name, value)| [vec![0], text(name), text(value)].concat()).collect();
        self.frame(HEADERS, END_HEADERS, stream, &block);
        let length = u32::try_from(bytes).expect("32 bits").to_be_bytes();
        self.frame(0, 0, stream, &[&[0][..], &length, &[0; 500]].concat());
    }

    /// The calls that have been answered so far.
    fn answered(&mut self) -> BTreeSet<usize> {
        self.socket.set_read_timeout(Some(Duration::from_millis(20))).expect("set");
        let mut buffer = [0; 16 * 1024];
        while let Ok(read @ 1..) = self.socket.read(&mut buffer) {
            self.read.extend_from_slice(&buffer[..read]);
        }
        let mut rest = &self.read[..];
        let mut answered = BTreeSet::new();
        let mut settings = false;
        while let [a, b, c, kind, flags, d, e, f, g, after @ ..] = rest {
            let length = usize::try_from(u32::from_be_bytes([0, *a, *b, *c])).expect("64 bits");
            if after.len() < length {
                break;
            }
            settings |= *kind == SETTINGS && *flags == 0;
            if *kind == HEADERS {
                answered.insert(usize::try_from(u32::from_be_bytes([*d, *e, *f, *g])).expect("64 bits"));
            }
            rest = &after[length..];
        }
        if settings {
            self.frame(SETTINGS, ACKNOWLEDGED, 0, &[]);
        }
        answered
    }
}

/// Numbers of a client's streams are odd.
fn stream(number: usize) -> usize {
    2 * number + 1
}

#[test]
fn what_only_peers_send_is_refused_to_a_stranger_once_it_is_announced() {
    let sockets = sockets(1);
    let of_a_node = [
        "/comity.v1.CentralAuthority/Opine",
        "/comity.v1.CentralAuthority/Deliver",
        "/comity.v1.CentralAuthority/GetFile",
        "/comity.v1.Participant/Open",
        "/comity.v1.Participant/Advance",
        "/grpc.health.v1.Health/Check",
    ];
    let of_the_run = ["/comity.v1.Depositary/Status", "/comity.v1.Observatory/Follow"];
    for (server, paths) in [("BRA", &of_a_node[..]), (RUN_SERVER, &of_the_run)] {
        let mut guest = Guest::new(address(&sockets, server));
        for (number, path) in paths.iter().enumerate() {
            guest.announce(stream(2 * number), path, STRANGER_BYTES + 1);
            guest.announce(stream(2 * number + 1), path, STRANGER_BYTES);
        }
        std::thread::sleep(MOMENT);
        let refused: BTreeSet<usize> = (0..paths.len()).map(|number| stream(2 * number)).collect();
        assert_eq!(guest.answered(), refused, "of {paths:?}, each with a byte too many and with as many as may be");
    }
}

#[test]
fn strangers_have_so_much_room_together_and_a_run_has_its_history_beside_them() {
    let expected = run(open(Rung::Direct, library(), offices(3), &Options::default()).expect("opened").as_mut());
    let mut sockets = sockets(3);
    let servers = ["ALB", "BRA"].map(|name| address(&sockets, name));
    let paths = ["/comity.v1.CentralAuthority/Opine", "/comity.v1.Participant/Advance"];
    let mut guests: Vec<Guest> = (0..2 * STRANGERS / CALLS)
        .map(|number| {
            let mut guest = Guest::new(servers[number % 2]);
            for call in 0..CALLS {
                guest.announce(stream(call), paths[(number + call) % 2], STRANGER_BYTES);
            }
            guest
        })
        .collect();
    // Not long: whoever answers no ping is shown out within ten seconds.
    std::thread::sleep(MOMENT);
    let answered: usize = guests.iter_mut().map(|guest| guest.answered().len()).sum();
    assert_eq!(answered, STRANGERS, "half of the calls wait for their messages, the others were shed");
    assert_shed(ask(servers[1]));
    check(servers[1]).expect("whether a node is well is told all the same");
    assert_eq!(run(&mut sockets).expect("a whole run"), expected.expect("a whole run"));

    drop(guests);
    assert_room_again(|| ask(servers[1]));
}

/// Reflection answers before its first question has come, and its call is there all the same: in places of its own, so that
/// whoever keeps them all shuts out nobody who asks a node.
#[test]
fn a_call_holds_its_place_as_long_as_its_message_may_come() {
    let sockets = sockets(1);
    let [state, desk] = ["BRA", RUN_SERVER].map(|name| address(&sockets, name));
    let mut guests: Vec<Guest> = (0..REFLECTIONS / CALLS).map(|_| Guest::new(desk)).collect();
    for guest in &mut guests {
        for call in 0..CALLS {
            guest.announce(stream(call), "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", STRANGER_BYTES);
        }
    }
    std::thread::sleep(MOMENT);
    assert_eq!(guests.iter_mut().map(|guest| guest.answered().len()).sum::<usize>(), REFLECTIONS);
    assert_shed(reflect(state));
    ask(state).expect("there is room for those who ask the node");
    drop(guests);
    assert_room_again(|| reflect(state));
}

fn ask(address: SocketAddr) -> Result<(), Status> {
    block_on(async {
        let mut authority = CentralAuthorityClient::new(connect(address).await);
        authority.opine(case("extradition")).await.map(drop)
    })
}

/// Asks whether a server is well.
fn check(address: SocketAddr) -> Result<(), Status> {
    block_on(async {
        let mut health = HealthClient::new(connect(address).await);
        health.check(HealthCheckRequest::default()).await.map(drop)
    })
}

/// Asks a server to describe itself.
fn reflect(address: SocketAddr) -> Result<(), Status> {
    let message_request = Some(MessageRequest::ListServices(String::new()));
    let request = ServerReflectionRequest { host: String::new(), message_request };
    block_on(async {
        let mut reflection = ServerReflectionClient::new(connect(address).await);
        reflection.server_reflection_info(tokio_stream::once(request)).await.map(drop)
    })
}

#[track_caller]
fn assert_shed(asked: Result<(), Status>) {
    let shed = asked.expect_err("there is no room");
    assert_eq!((shed.code(), shed.message()), (Code::ResourceExhausted, "too many ask at once: ask again"));
}

#[track_caller]
fn assert_room_again(ask: impl Fn() -> Result<(), Status>) {
    let since = Instant::now();
    while let Err(shed) = ask() {
        assert!(since.elapsed() < Duration::from_secs(10), "no room yet: {shed}");
    }
}
