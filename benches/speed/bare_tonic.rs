//! The limit of a run over sockets: tonic alone carries the very messages of a run, in the same calls. Generated
//! clients and servers, channels one a node, handlers that look into nothing.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, OnceLock};

use comity::grpc::wire;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Channel, Endpoint, Server};
use tonic::{Request, Response, Status};
use wire::central_authority_client::CentralAuthorityClient;
use wire::central_authority_server::{CentralAuthority, CentralAuthorityServer};
use wire::participant_client::ParticipantClient;
use wire::participant_server::{Participant, ParticipantServer};

/// What one node does on one day.
#[derive(Clone, Debug, Default)]
pub struct NodeDay {
    /// What the engine sends it.
    pub advance: wire::AdvanceRequest,
    /// What it sends to others, each by the place of the addressee.
    pub parcels: Vec<(usize, wire::Parcel)>,
    /// What it answers.
    pub report: wire::Report,
}

/// What all nodes do on the days of a run: by day, then by the place of the node.
pub type Script = BTreeMap<i32, BTreeMap<usize, NodeDay>>;

/// Servers on free ports of this machine, and channels to them.
pub struct BareTonic {
    script: Arc<Script>,
    channels: Arc<OnceLock<Vec<Channel>>>,
    runtime: Runtime,
}

impl BareTonic {
    /// Starts a server for each node of the script, on one worker, as a run does.
    pub fn open(script: Script, nodes: usize) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let script = Arc::new(script);
        let channels = Arc::new(OnceLock::new());
        let opened = runtime.block_on(async {
            let mut opened = Vec::new();
            for place in 0..nodes {
                let node = Node { place, script: Arc::clone(&script), channels: Arc::clone(&channels) };
                opened.push(start(node).await);
            }
            opened
        });
        channels.set(opened).expect("set once");
        Self { script, channels, runtime }
    }

    /// Makes every call of the run: the days, and the parcels within them.
    pub fn all_calls(&self) {
        self.each_day(|channels, place, day| async move {
            let mut client = ParticipantClient::new(channels[place].clone());
            client.advance(day.advance).await.expect("answered");
        });
    }

    /// Makes only the calls that carry letters.
    pub fn letters_alone(&self) {
        self.each_day(|channels, _, day| async move { deliver(&channels, &day.parcels).await });
    }

    /// Day by day, all nodes at once.
    fn each_day<F>(&self, act: impl Fn(Arc<Vec<Channel>>, usize, NodeDay) -> F + Send + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let channels = Arc::new(self.channels.get().expect("set by open").clone());
        let script = Arc::clone(&self.script);
        // On the worker, as in a run.
        let running = self.runtime.spawn(async move {
            for nodes in script.values() {
                let mut working = JoinSet::new();
                for (place, node) in nodes {
                    working.spawn(act(Arc::clone(&channels), *place, node.clone()));
                }
                while let Some(done) = working.join_next().await {
                    done.expect("no task fails");
                }
            }
        });
        self.runtime.block_on(running).expect("no task fails");
    }
}

async fn start(node: Node) -> Channel {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let node = Arc::new(node);
    let serving = Server::builder()
        .add_service(CentralAuthorityServer::from_arc(Arc::clone(&node)))
        .add_service(ParticipantServer::from_arc(node))
        .serve_with_incoming(TcpIncoming::from(listener).with_nodelay(Some(true)));
    tokio::spawn(serving);
    Endpoint::from_shared(format!("http://{address}")).expect("an address").tcp_nodelay(true).connect_lazy()
}

async fn deliver(channels: &[Channel], parcels: &[(usize, wire::Parcel)]) {
    for (to, parcel) in parcels {
        let mut client = CentralAuthorityClient::new(channels[*to].clone());
        client.deliver(parcel.clone()).await.expect("taken");
    }
}

/// A node that looks into nothing.
struct Node {
    place: usize,
    script: Arc<Script>,
    channels: Arc<OnceLock<Vec<Channel>>>,
}

fn not_here<T>() -> Result<Response<T>, Status> {
    Err(Status::unimplemented("not part of the exchange"))
}

#[tonic::async_trait]
impl CentralAuthority for Node {
    type ListDocketStream = tokio_stream::Empty<Result<wire::DocketEntry, Status>>;

    async fn deliver(&self, request: Request<wire::Parcel>) -> Result<Response<wire::Receipt>, Status> {
        let numbers = request.get_ref().letters.iter().filter_map(|letter| letter.id.as_ref().map(|id| id.number));
        Ok(Response::new(wire::Receipt { new: numbers.collect(), held: Vec::new() }))
    }

    async fn opine(&self, _: Request<wire::Case>) -> Result<Response<wire::Opinion>, Status> {
        not_here()
    }

    async fn get_file(&self, _: Request<wire::FileReference>) -> Result<Response<wire::File>, Status> {
        not_here()
    }

    async fn list_docket(&self, _: Request<wire::DocketFilter>) -> Result<Response<Self::ListDocketStream>, Status> {
        not_here()
    }

    async fn list_treaties(&self, _: Request<wire::TreatiesRequest>) -> Result<Response<wire::Treaties>, Status> {
        not_here()
    }
}

#[tonic::async_trait]
impl Participant for Node {
    async fn advance(&self, request: Request<wire::AdvanceRequest>) -> Result<Response<wire::Report>, Status> {
        let today = self.script.get(&request.get_ref().day).and_then(|nodes| nodes.get(&self.place));
        let today = today.ok_or_else(|| Status::internal("a day that the script has not"))?;
        deliver(self.channels.get().expect("set by open"), &today.parcels).await;
        Ok(Response::new(today.report.clone()))
    }

    async fn open(&self, _: Request<wire::OpenRequest>) -> Result<Response<wire::Opened>, Status> {
        not_here()
    }

    async fn give(&self, _: Request<wire::DayPart>) -> Result<Response<wire::Given>, Status> {
        not_here()
    }

    async fn get_report(&self, _: Request<wire::ReportPart>) -> Result<Response<wire::Report>, Status> {
        not_here()
    }

    async fn close(&self, _: Request<wire::CloseRequest>) -> Result<Response<wire::Closed>, Status> {
        not_here()
    }
}
