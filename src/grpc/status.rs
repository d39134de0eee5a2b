//! The one place where refusals become gRPC statuses, and where statuses are read again.

use std::time::Duration;

use tonic::{Code, Response, Status};
use tonic_types::{ErrorDetails, StatusExt};

use super::refusal::Refusal;

/// The domain of our reasons in `google.rpc.ErrorInfo`.
pub const DOMAIN: &str = "comity.v1";

impl From<Refusal> for Status {
    fn from(refusal: Refusal) -> Self {
        let mut details = ErrorDetails::with_error_info(refusal.reason(), DOMAIN, []);
        if let Refusal::Malformed(malformed) = &refusal {
            details.add_bad_request_violation(malformed.field.as_str(), malformed.problem.as_str());
        }
        Self::with_error_details(code(&refusal), refusal.to_string(), details)
    }
}

const fn code(refusal: &Refusal) -> Code {
    match refusal {
        Refusal::SenderUnproven(_) => Code::Unauthenticated,
        Refusal::SenderForged { .. } | Refusal::EngineOnly(_) => Code::PermissionDenied,
        Refusal::AddresseeForeign { .. } | Refusal::ArrivesTooEarly { .. } | Refusal::Malformed(_) => {
            Code::InvalidArgument
        }
        Refusal::ParcelTooLarge { .. } | Refusal::MailboxFull(_) | Refusal::FollowersFull(_) => Code::ResourceExhausted,
        Refusal::LetterChanged(_) | Refusal::DayChanged(_) => Code::AlreadyExists,
        Refusal::FileUnknown(_) | Refusal::TreatyUnknown(_) => Code::NotFound,
        Refusal::RecordForgotten { .. } | Refusal::PartUnknown { .. } => Code::OutOfRange,
        Refusal::OfficeFailed(_) => Code::Internal,
        Refusal::PeerUnreachable { .. } => Code::Unavailable,
        Refusal::NotOpen
        | Refusal::RunOther { .. }
        | Refusal::RunClosed(_)
        | Refusal::LawOther { .. }
        | Refusal::EpochPast { .. }
        | Refusal::EpochUnknown { .. }
        | Refusal::DayClosed { .. }
        | Refusal::DayPast { .. }
        | Refusal::DayUnfinished(_)
        | Refusal::DayIncomplete { .. }
        | Refusal::InboxIncomplete { .. }
        | Refusal::InboxDiffers(_)
        | Refusal::RuleBroken(_)
        | Refusal::PeerRefused { .. } => Code::FailedPrecondition,
    }
}

/// The reason that a status carries; empty when it carries none of ours.
#[must_use]
pub fn reason_of(status: &Status) -> String {
    status.get_details_error_info().filter(|info| info.domain == DOMAIN).map(|info| info.reason).unwrap_or_default()
}

/// What a status says, in words, with its reason (or its code where it carries none of ours).
#[must_use]
pub fn said(status: &Status) -> String {
    match reason_of(status).as_str() {
        "" => format!("{} ({:?})", status.message(), status.code()),
        reason => format!("{} ({reason})", status.message()),
    }
}

/// How tonic begins what it says of a message that it cannot read. It calls that *Internal*, though it is the caller's doing.
const UNREADABLE: [&str; 4] = [
    "failed to decode Protobuf message",
    "protocol error: received message with",
    "Unexpected EOF decoding stream",
    "Missing request message",
];

/// Gives a reason to what tonic refuses before any of our code runs: a message over the limit, or one that is none.
#[must_use]
pub fn with_reason(response: http::Response<tonic::body::Body>) -> http::Response<tonic::body::Body> {
    // Calls that succeed have their status in the trailers, so this costs them one look-up.
    let Some(status) = Status::from_header_map(response.headers()) else { return response };
    let said = status.message();
    let reason = |name: &str| ErrorDetails::with_error_info(name, DOMAIN, []);
    let refusal = match status.code() {
        Code::OutOfRange if said.contains("decoded message length too large") => {
            // Who has proven a name may send more than others.
            let limit = said.rsplit_once("the limit is: ").map_or("it may have", |(_, limit)| limit);
            let message = format!("the message is larger than {limit}");
            Status::with_error_details(Code::ResourceExhausted, message, reason("PARCEL_TOO_LARGE"))
        }
        Code::Internal if UNREADABLE.iter().any(|begins| said.starts_with(begins)) => {
            let message = format!("the message cannot be read: {said}");
            Status::with_error_details(Code::InvalidArgument, message, reason("FIELD_MALFORMED"))
        }
        _ => return response,
    };
    refusal.into_http()
}

/// The answer of a call that was given so long at most. The deadline is kept here too, since a node without a
/// connection (in-memory) has no server that would; and a deadline that passed on tonic's server, which calls it
/// *Cancelled*, is called by its name.
///
/// # Errors
/// The status of the call.
pub async fn within<T>(
    deadline: Duration,
    call: impl Future<Output = Result<Response<T>, Status>>,
) -> Result<T, Status> {
    let late = || Status::deadline_exceeded(format!("no answer within {} s", deadline.as_secs()));
    match tokio::time::timeout(deadline, call).await {
        Err(_) => Err(late()),
        Ok(Ok(response)) => Ok(response.into_inner()),
        Ok(Err(status)) if status.code() == Code::Cancelled && status.message() == "Timeout expired" => Err(late()),
        Ok(Err(status)) => Err(status),
    }
}

/// Whether calling again may help: the other side was not there, too slow or too busy.
#[must_use]
pub fn is_passing(status: &Status) -> bool {
    match status.code() {
        Code::Unavailable | Code::DeadlineExceeded => true,
        // Made on this side because the connection broke. Every call of ours may be repeated.
        _ if std::error::Error::source(status).is_some() => true,
        // Shed load; with a reason it is a limit of ours, which the same call would meet again.
        Code::ResourceExhausted => reason_of(status).is_empty(),
        _ => false,
    }
}
