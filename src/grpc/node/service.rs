//! The generated services on a node: they establish who speaks, call, and translate. Nothing is decided here.

use std::pin::Pin;

use tokio_stream::Stream;
use tonic::{Request, Response, Status};

use super::Node;
use crate::grpc::wire;
use crate::grpc::wire::central_authority_server::CentralAuthority;
use crate::grpc::wire::participant_server::Participant;

#[tonic::async_trait]
impl CentralAuthority for Node {
    async fn deliver(&self, request: Request<wire::Parcel>) -> Result<Response<wire::Receipt>, Status> {
        let peer = self.verifier.peer(request.metadata())?;
        Ok(Response::new(self.deliver(peer, request.get_ref())?))
    }

    async fn opine(&self, request: Request<wire::Case>) -> Result<Response<wire::Opinion>, Status> {
        Ok(Response::new(self.opine(request.get_ref()).await?))
    }

    async fn get_file(&self, request: Request<wire::FileReference>) -> Result<Response<wire::File>, Status> {
        Ok(Response::new(self.get_file(request.into_inner()).await?))
    }

    type ListDocketStream = Pin<Box<dyn Stream<Item = Result<wire::DocketEntry, Status>> + Send>>;

    async fn list_docket(
        &self,
        request: Request<wire::DocketFilter>,
    ) -> Result<Response<Self::ListDocketStream>, Status> {
        let entries = self.list_docket(request.get_ref()).await?;
        Ok(Response::new(Box::pin(tokio_stream::iter(entries.into_iter().map(Ok)))))
    }

    async fn list_treaties(&self, request: Request<wire::TreatiesRequest>) -> Result<Response<wire::Treaties>, Status> {
        Ok(Response::new(self.list_treaties(request.get_ref()).await?))
    }
}

#[tonic::async_trait]
impl Participant for Node {
    async fn open(&self, request: Request<wire::OpenRequest>) -> Result<Response<wire::Opened>, Status> {
        let engine = self.verifier.engine(request.metadata())?;
        Ok(Response::new(self.open(engine, request.into_inner()).await?))
    }

    async fn give(&self, request: Request<wire::DayPart>) -> Result<Response<wire::Given>, Status> {
        let engine = self.verifier.engine(request.metadata())?;
        Ok(Response::new(self.give(engine, request.into_inner()).await?))
    }

    async fn advance(&self, request: Request<wire::AdvanceRequest>) -> Result<Response<wire::Report>, Status> {
        let engine = self.verifier.engine(request.metadata())?;
        Ok(Response::new(self.advance(engine, request.into_inner()).await?))
    }

    async fn get_report(&self, request: Request<wire::ReportPart>) -> Result<Response<wire::Report>, Status> {
        let engine = self.verifier.engine(request.metadata())?;
        Ok(Response::new(self.report_part(engine, request.get_ref()).await?))
    }

    async fn close(&self, request: Request<wire::CloseRequest>) -> Result<Response<wire::Closed>, Status> {
        let engine = self.verifier.engine(request.metadata())?;
        Ok(Response::new(self.close(engine, request.get_ref()).await?))
    }
}
