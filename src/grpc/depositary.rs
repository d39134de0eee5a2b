//! Who is party to what, as the authorities of the run know it.
//!
//! Deliberately absent: deposit and watch (see `depositary.proto`).

use std::sync::Arc;

use tonic::{Request, Response, Status};

use super::convert;
use super::node::Node;
use super::refusal::Refusal;
use super::wire;
use super::wire::depositary_server::Depositary;
use crate::law::Library;

/// Answers for the depositary of a run from the authorities' own knowledge: each learnt of every instrument on the
/// day it was deposited.
pub struct DepositaryDesk {
    library: Arc<Library>,
    nodes: Vec<Arc<Node>>,
}

impl DepositaryDesk {
    /// The desk of a run with these nodes, in the order of their states.
    #[must_use]
    pub const fn new(library: Arc<Library>, nodes: Vec<Arc<Node>>) -> Self {
        Self { library, nodes }
    }

    async fn treaty_status(&self, request: wire::StatusRequest) -> Result<wire::TreatyStatus, Refusal> {
        let day = convert::iso_day_of("day", &request.day)?;
        convert::treaty_of(&self.library, "treaty", &request.treaty)
            .map_err(|unknown| Refusal::TreatyUnknown(unknown.problem))?;
        let mut parties = Vec::new();
        for node in &self.nodes {
            let binding = node.binding_treaties(day).await?;
            if let Some((_, since)) = binding.into_iter().find(|(name, _)| *name == request.treaty) {
                parties.push(wire::Party { state: node.state_code().to_owned(), since: since.to_string() });
            }
        }
        Ok(wire::TreatyStatus { treaty: request.treaty, day: day.to_string(), parties })
    }
}

#[tonic::async_trait]
impl Depositary for DepositaryDesk {
    async fn status(&self, request: Request<wire::StatusRequest>) -> Result<Response<wire::TreatyStatus>, Status> {
        Ok(Response::new(self.treaty_status(request.into_inner()).await?))
    }
}
