//! What anybody may ask. Nothing is lodged and nothing changes.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Node;
use crate::authority::Office;
use crate::base::Day;
use crate::grpc::refusal::Refusal;
use crate::grpc::{convert, wire};

/// Requests listed when the caller names no number.
const LISTED: usize = 1_000;
/// Most requests, or letters of a file, in one answer. Of letters the authority of this program keeps fewer.
const MOST_LISTED: usize = 10_000;

impl Node {
    pub(super) async fn opine(&self, case: &wire::Case) -> Result<wire::Opinion, Refusal> {
        let question = convert::question_of(&self.library, case)?;
        if question.requested != self.state {
            let named = self.library.state(question.requested).code.clone();
            return Err(Refusal::AddresseeForeign { here: self.code().to_owned(), named });
        }
        let (opinion, steps) = self.ask(|office| office.opine(&question)).await?;
        Ok(convert::opinion_to(&self.library, &opinion, steps))
    }

    pub(super) async fn get_file(&self, reference: wire::FileReference) -> Result<wire::File, Refusal> {
        let file = convert::file_of(&self.library, &reference)?;
        let entries = self.ask(|office| office.file(file)).await?;
        if entries.is_empty() {
            return Err(Refusal::FileUnknown(format!("{}/{}", reference.state, reference.case)));
        }
        let entries = entries.into_iter().take(MOST_LISTED);
        let entries = entries.map(|entry| convert::file_entry(&self.library, entry)).collect();
        Ok(wire::File { reference: Some(reference), entries })
    }

    pub(super) async fn list_docket(&self, filter: &wire::DocketFilter) -> Result<Vec<wire::DocketEntry>, Refusal> {
        let standing = convert::standing_of("standing", &filter.standing)?;
        let from = match filter.from.as_str() {
            "" => None,
            code => Some(convert::state_of(&self.library, "from", code)?),
        };
        let limit = match filter.limit as usize {
            0 => LISTED,
            limit if limit <= MOST_LISTED => limit,
            limit => return Err(convert::Malformed::new("limit", format!("{limit}: at most {MOST_LISTED}")).into()),
        };
        let docket = self.ask(|office| office.docket()).await?;
        let wanted = docket.into_iter().filter(|entry| {
            standing.is_none_or(|standing| entry.standing == standing) && from.is_none_or(|from| entry.from == from)
        });
        Ok(wanted.take(limit).map(|entry| convert::docket_entry(&self.library, &entry)).collect())
    }

    pub(super) async fn list_treaties(&self, request: &wire::TreatiesRequest) -> Result<wire::Treaties, Refusal> {
        let day = convert::iso_day_of("day", &request.day)?;
        let binding = self.binding_treaties(day).await?;
        let treaties = binding.into_iter().map(|(name, since)| wire::BindingTreaty { name, since: since.to_string() });
        Ok(wire::Treaties { treaties: treaties.collect() })
    }

    /// The treaties that bind this state on a day, with the day since which each does.
    ///
    /// # Errors
    /// When the authority has failed.
    pub async fn binding_treaties(&self, day: Day) -> Result<Vec<(String, Day)>, Refusal> {
        self.ask(|office| office.treaties(day)).await
    }

    /// The code of the state that this node speaks for.
    #[must_use]
    pub fn state_code(&self) -> &str {
        self.code()
    }

    async fn ask<T>(&self, question: impl FnOnce(&dyn Office) -> T) -> Result<T, Refusal> {
        let office = self.office.lock().await;
        let office = office.as_ref().ok_or_else(|| Refusal::OfficeFailed("it failed before".to_owned()))?;
        // Asking changes nothing, so there is nothing half changed to fear.
        catch_unwind(AssertUnwindSafe(|| question(office.as_ref())))
            .map_err(|panic| Refusal::OfficeFailed(super::advance::words_of(panic.as_ref())))
    }
}
