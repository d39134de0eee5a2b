//! The run's records, for those who watch: the last hundred thousand, and each new one as it comes.
//!
//! Nothing here waits for a watcher: one that falls behind loses its place, never the run its pace.

use std::collections::{BTreeMap, VecDeque};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use tokio_stream::Stream;
use tonic::{Request, Response, Status};

use super::refusal::Refusal;
use super::wire;
use crate::base::Day;

/// Records kept: at some 200 bytes each 20 MB, and longer than a screen or a notebook looks back.
pub const KEPT_RECORDS: usize = 100_000;

/// Bytes kept of them: a month of 195 states is a record of a hundred kilobytes. The newest stays, however
/// long it is.
pub const KEPT_BYTES: usize = 64 * 1024 * 1024;

/// Those who follow at once. A class and its screens; each costs a wake-up a record.
pub const FOLLOWERS: usize = 64;

/// The records of a run. Clones show the same run.
#[derive(Clone, Debug)]
pub struct Observatory {
    run: Arc<str>,
    log: Arc<Mutex<Log>>,
}

#[derive(Debug, Default)]
struct Log {
    /// Index of the oldest record kept.
    first: u64,
    records: VecDeque<wire::Record>,
    /// Of the lines of the records kept.
    bytes: usize,
    kinds: BTreeMap<String, u64>,
    ended: bool,
    /// Who follows, and how to wake those who wait.
    followers: BTreeMap<u64, Option<Waker>>,
    next_follower: u64,
}

impl Log {
    fn next(&self) -> u64 {
        self.first + self.records.len() as u64
    }

    fn wake(&mut self) {
        self.followers.values_mut().filter_map(Option::take).for_each(Waker::wake);
    }
}

impl Observatory {
    /// The empty log of a run.
    #[must_use]
    pub fn new(run: &str) -> Self {
        Self { run: run.into(), log: Arc::default() }
    }

    /// Adds a record: its day, its kind, and the line of JSON that stands in the run's log.
    pub fn publish(&self, day: Day, kind: &str, line: String) {
        let mut log = self.log();
        log.bytes += line.len();
        while log.records.len() >= KEPT_RECORDS || log.bytes > KEPT_BYTES {
            let Some(oldest) = log.records.pop_front() else { break };
            log.bytes -= oldest.line.len();
            log.first += 1;
        }
        let record = wire::Record { index: log.next(), day: day.number(), kind: kind.to_owned(), line };
        log.records.push_back(record);
        match log.kinds.get_mut(kind) {
            Some(count) => *count += 1,
            None => {
                log.kinds.insert(kind.to_owned(), 1);
            }
        }
        log.wake();
    }

    /// No more records will come.
    pub fn end(&self) {
        let mut log = self.log();
        log.ended = true;
        log.wake();
    }

    /// Follows the records from an index on.
    ///
    /// # Errors
    /// When that record is no longer kept, or too many follow already.
    pub fn records(&self, from: u64) -> Result<Following, Refusal> {
        let mut log = self.log();
        if from < log.first {
            return Err(Refusal::RecordForgotten { wanted: from, oldest: log.first });
        }
        if log.followers.len() >= FOLLOWERS {
            return Err(Refusal::FollowersFull(FOLLOWERS));
        }
        let follower = log.next_follower;
        log.next_follower += 1;
        log.followers.insert(follower, None);
        Ok(Following { log: self.log.clone(), follower, next: from, lost: false })
    }

    /// How far the run is.
    #[must_use]
    pub fn run_summary(&self) -> wire::RunSummary {
        let log = self.log();
        let kind = |(kind, count): (&String, &u64)| wire::KindCount { kind: kind.clone(), count: *count };
        wire::RunSummary {
            run: self.run.to_string(),
            first: log.first,
            next: log.next(),
            day: log.records.back().map(|record| record.day),
            kinds: log.kinds.iter().map(kind).collect(),
            ended: log.ended,
        }
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The records from an index on, until the run ends.
#[derive(Debug)]
pub struct Following {
    log: Arc<Mutex<Log>>,
    follower: u64,
    next: u64,
    lost: bool,
}

impl Stream for Following {
    type Item = Result<wire::Record, Status>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let shared = self.log.clone();
        let mut log = shared.lock().unwrap_or_else(PoisonError::into_inner);
        if self.lost {
            return Poll::Ready(None);
        }
        if self.next < log.first {
            self.lost = true;
            let refusal = Refusal::RecordForgotten { wanted: self.next, oldest: log.first };
            return Poll::Ready(Some(Err(refusal.into())));
        }
        let record = usize::try_from(self.next - log.first).ok().and_then(|index| log.records.get(index));
        if let Some(record) = record {
            self.next += 1;
            return Poll::Ready(Some(Ok(record.clone())));
        }
        if log.ended {
            return Poll::Ready(None);
        }
        log.followers.insert(self.follower, Some(context.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).followers.remove(&self.follower);
    }
}

#[tonic::async_trait]
impl wire::observatory_server::Observatory for Observatory {
    type FollowStream = Following;

    async fn follow(&self, request: Request<wire::FollowRequest>) -> Result<Response<Following>, Status> {
        Ok(Response::new(self.records(request.get_ref().from)?))
    }

    async fn summary(&self, _: Request<wire::SummaryRequest>) -> Result<Response<wire::RunSummary>, Status> {
        Ok(Response::new(self.run_summary()))
    }
}
