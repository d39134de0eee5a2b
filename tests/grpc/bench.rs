//! Nodes whose key is known, so that calls can be made by hand and lines can be made faulty.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use comity::authority::{Body, Letter};
use comity::base::{CaseNumber, Day, FileNumber, LetterId, StateId};
use comity::grpc::convert::letter_to;
use comity::grpc::identity::Caller;
use comity::grpc::server::node_routes;
use comity::grpc::status::reason_of;
use comity::grpc::strangers::Room;
use comity::grpc::switchboard::{Line, without_connection};
use comity::grpc::{Conductor, Node, RunKey, Switchboard, wire};
use comity::law::Library;
use tonic::{Code, Status};

use crate::office::{library, offices};

pub const DEADLINE: Duration = Duration::from_secs(10);
pub const RUN: &str = "test-run";

pub struct Bench {
    pub library: Arc<Library>,
    pub key: RunKey,
    pub switchboard: Arc<Switchboard>,
    pub conductor: Arc<Conductor>,
}

impl Bench {
    /// Four open nodes in memory; `wrap` may put faults on the line to one.
    pub async fn open(wrap: impl Fn(StateId, Line) -> Line) -> Self {
        let bench = Self::closed(wrap).await;
        bench.conductor.open().await.expect("opened");
        bench
    }

    pub async fn closed(wrap: impl Fn(StateId, Line) -> Line) -> Self {
        let library = library();
        let key = RunKey::new([7; 32]);
        let switchboard = Arc::new(Switchboard::default());
        let mut addresses = BTreeMap::new();
        for (state, office) in library.state_ids().zip(offices(3)) {
            let node = Node::new(library.clone(), state, office, key.clone(), switchboard.clone()).expect("ASCII");
            let line = without_connection(node_routes(Arc::new(node), &Room::default()).await.expect("routes"));
            let address = format!("memory:{}", library.state(state).code);
            switchboard.connect(&address, wrap(state, line));
            addresses.insert(state, address);
        }
        let conductor = Conductor::new(library.clone(), key.clone(), switchboard.clone(), RUN.to_owned(), addresses);
        Self { library, key, switchboard, conductor: Arc::new(conductor) }
    }

    pub fn caller(&self, code: &str) -> Caller {
        Caller::new(code, self.key.clone()).expect("ASCII")
    }

    /// Delivers a parcel to `to` with the token of `speaker`.
    pub async fn deliver(&self, speaker: &str, to: &str, parcel: wire::Parcel) -> Result<wire::Receipt, Status> {
        let peer = self.switchboard.peer(&format!("memory:{to}")).expect("known");
        let request = self.caller(speaker).request(to, DEADLINE, parcel);
        peer.authority().deliver(request).await.map(tonic::Response::into_inner)
    }

    pub async fn advance(&self, to: &str, request: wire::AdvanceRequest) -> Result<wire::Report, Status> {
        let peer = self.switchboard.peer(&format!("memory:{to}")).expect("known");
        let request = self.caller("@engine").request(to, DEADLINE, request);
        peer.participant().advance(request).await.map(tonic::Response::into_inner)
    }

    pub async fn give(&self, to: &str, part: wire::DayPart) -> Result<wire::Given, Status> {
        let peer = self.switchboard.peer(&format!("memory:{to}")).expect("known");
        let request = self.caller("@engine").request(to, DEADLINE, part);
        peer.participant().give(request).await.map(tonic::Response::into_inner)
    }

    /// A withdrawal from ALB (0) to BRA (1), as it travels.
    pub fn letter(&self, number: u32, sent: Day, arrives: Day) -> wire::Letter {
        letter_to(&self.library, &plain_letter(number, sent, arrives))
    }
}

pub fn plain_letter(number: u32, sent: Day, arrives: Day) -> Letter {
    Letter {
        id: LetterId { from: StateId(0), number },
        to: StateId(1),
        sent,
        arrives,
        file: FileNumber { state: StateId(0), case: CaseNumber(1) },
        in_reply_to: None,
        body: Body::Withdrawal,
    }
}

pub fn parcel(letters: Vec<wire::Letter>) -> wire::Parcel {
    wire::Parcel { run: RUN.to_owned(), letters }
}

pub fn as_is(_: StateId, line: Line) -> Line {
    line
}

pub fn refused<T: std::fmt::Debug>(answer: Result<T, Status>, code: Code, reason: &str) {
    let status = answer.expect_err("refused");
    assert_eq!((status.code(), reason_of(&status).as_str()), (code, reason), "{}", status.message());
}

pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
}
