//! A day's work.
//!
//! May be cut off at every await (a deadline, a caller that went away) and called again: what was worked is kept,
//! letters that were acknowledged are not sent again, and the day is never worked twice.

use std::any::Any;
use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use prost::Message;
use tonic_health::ServingStatus;

use super::{Node, Run};
use crate::authority::{Due, Office, Report};
use crate::base::{Day, Digest, StateId};
use crate::grpc::identity::EngineIdentity;
use crate::grpc::parcels::{Tally, cut, tally};
use crate::grpc::refusal::Refusal;
use crate::grpc::server::{CALL_DEADLINE, NODE_SERVICES};
use crate::grpc::status::{is_passing, said};
use crate::grpc::switchboard::{Peer, Tries};
use crate::grpc::{convert, wire};

/// How a parcel is sent: a mailbox takes a thousand letters in a few milliseconds. After the last try the engine hears of it,
/// and may advance the day again.
const DELIVERY: Tries = Tries { most: 3, pause: Duration::from_millis(100), deadline: Duration::from_secs(4) };

// A peer that hangs is named before the engine gives up waiting for the node that waits for it.
const _: () = assert!(
    DELIVERY.most as u128 * (DELIVERY.deadline.as_millis() + 2 * DELIVERY.pause.as_millis())
        < CALL_DEADLINE.as_millis() / 2
);

/// The day last worked.
#[derive(Debug)]
pub(super) struct Worked {
    pub(super) day: Day,
    /// Of what was due, to tell a repetition from another day of the same date.
    content: Digest,
    /// Of each of its parts that was given before.
    pub(super) given: Vec<Digest>,
    /// Parcels that are not acknowledged yet.
    outgoing: VecDeque<(StateId, Vec<wire::Letter>)>,
    /// The report, in as many parts as it needs.
    parts: Vec<wire::Report>,
}

impl Worked {
    fn part(&self, epoch: u32, part: u32) -> Result<wire::Report, Refusal> {
        let found = usize::try_from(part).ok().and_then(|index| self.parts.get(index));
        let mut report = found.cloned().ok_or(Refusal::PartUnknown { day: self.day, part })?;
        report.epoch = epoch;
        Ok(report)
    }
}

impl Node {
    /// Works a day, delivers its letters, and gives the first part of the report.
    pub(super) async fn advance(
        &self,
        _engine: EngineIdentity,
        request: wire::AdvanceRequest,
    ) -> Result<wire::Report, Refusal> {
        let run = self.run_of_epoch(&request.run, request.epoch)?;
        let day = convert::day_of("day", request.day)?;
        let content = content_of(&request);
        let mut last = self.worked.lock().await;
        let known = match last.as_ref() {
            Some(worked) if day < worked.day => return Err(Refusal::DayPast { day, worked: worked.day }),
            Some(worked) if day == worked.day && content != worked.content => return Err(Refusal::DayChanged(day)),
            Some(worked) if day > worked.day && !worked.outgoing.is_empty() => {
                return Err(Refusal::DayUnfinished(worked.day));
            }
            Some(worked) => day == worked.day,
            None => false,
        };
        if !known {
            let work = self.work(day, content, &request).await;
            if work.is_err() {
                self.tell_if_failed().await;
            }
            *last = Some(work?);
        }
        let worked = last.as_mut().ok_or(Refusal::NotOpen)?;
        while let Some((to, letters)) = worked.outgoing.front() {
            self.send(&run, *to, letters).await?;
            worked.outgoing.pop_front();
        }
        worked.part(request.epoch, 0)
    }

    /// A further part of the report on the day last worked.
    pub(super) async fn report_part(
        &self,
        _engine: EngineIdentity,
        request: &wire::ReportPart,
    ) -> Result<wire::Report, Refusal> {
        self.run_of_epoch(&request.run, request.epoch)?;
        let day = convert::day_of("day", request.day)?;
        let last = self.worked.lock().await;
        let worked = last.as_ref().filter(|worked| worked.day == day && worked.outgoing.is_empty());
        worked.ok_or(Refusal::PartUnknown { day, part: request.part })?.part(request.epoch, request.part)
    }

    async fn work(&self, day: Day, content: Digest, request: &wire::AdvanceRequest) -> Result<Worked, Refusal> {
        let mut due = convert::advance_due(&self.library, request)?;
        let manifest = convert::manifest_of(&self.library, &request.manifest)?;
        let replay = self.letters_for_here("replay", &request.replay)?;
        let mut office = self.office.lock().await;
        if office.is_none() {
            return Err(failed_before());
        }
        // From here on nothing waits: letters taken from the mailbox are worked, and the work is kept.
        let given = {
            let mut mailbox = self.mailbox();
            mailbox.put(replay, |id| self.letter_name(id))?;
            self.compare(&tally(mailbox.due(day)), &manifest)?;
            let (given, parts) = self.parts().take(day, request.parts)?;
            due.instruments.splice(0..0, parts.instruments);
            due.incidents.splice(0..0, parts.incidents);
            due.letters = mailbox.take(day);
            given
        };
        let report = step(&mut office, day, due)?;
        if let Err(broken) = self.check(day, &report) {
            // The day cannot be worked again, and its letters must not leave.
            *office = None;
            return Err(broken);
        }
        Ok(self.worked(day, (content, given), &report))
    }

    /// A node without an office serves nothing any more.
    async fn tell_if_failed(&self) {
        if self.office.lock().await.is_none() {
            for service in NODE_SERVICES.into_iter().chain([""]) {
                self.health.set_service_status(service, ServingStatus::NotServing).await;
            }
        }
    }

    fn compare(&self, held: &BTreeMap<StateId, Tally>, manifest: &BTreeMap<StateId, Tally>) -> Result<(), Refusal> {
        let code = |state: &StateId| self.library.state(*state).code.clone();
        let count = |letters: &BTreeMap<StateId, Tally>, state: &StateId| letters.get(state).map_or(0, |own| own.count);
        // Letters too many cannot be mended by a replay, so they are looked for first.
        for (state, tally) in held {
            let told = count(manifest, state);
            if tally.count > told || (tally.count == told && manifest.get(state) != Some(tally)) {
                return Err(Refusal::InboxDiffers(code(state)));
            }
        }
        for (state, told) in manifest {
            let missing = told.count - count(held, state).min(told.count);
            if missing > 0 {
                return Err(Refusal::InboxIncomplete { from: code(state), missing: missing as usize });
            }
        }
        Ok(())
    }

    /// The rules of the day cycle that peers depend on. The engine holds all reports to them too; here they keep
    /// a bad letter from leaving at all.
    fn check(&self, day: Day, report: &Report) -> Result<(), Refusal> {
        for letter in &report.letters {
            let id = self.letter_name(letter.id);
            if letter.id.from != self.state || letter.sent != day {
                return Err(Refusal::RuleBroken(format!("letter {id} is not its own letter of this day")));
            }
            if letter.arrives <= day {
                let arrives = letter.arrives;
                return Err(Refusal::RuleBroken(format!("letter {id} arrives on {arrives}, before the next day")));
            }
        }
        Ok(())
    }

    fn worked(&self, day: Day, (content, given): (Digest, Vec<Digest>), report: &Report) -> Worked {
        let (letters, records) = convert::report_to(&self.library, report);
        let mut addressed: BTreeMap<StateId, Vec<wire::Letter>> = BTreeMap::new();
        for (letter, written) in report.letters.iter().zip(&letters) {
            addressed.entry(letter.to).or_default().push(written.clone());
        }
        let parcels =
            addressed.into_iter().flat_map(|(to, letters)| cut(letters).into_iter().map(move |cut| (to, cut)));
        let bare = wire::Report {
            day: day.number(),
            next_due: report.next_due.map(Day::number),
            register: report.register.0.to_vec(),
            ..wire::Report::default()
        };
        let with_letters = cut(letters).into_iter().map(|letters| wire::Report { letters, ..bare.clone() });
        let with_records = cut(records).into_iter().map(|records| wire::Report { records, ..bare.clone() });
        let mut parts = joined(with_letters.chain(with_records).collect());
        if parts.is_empty() {
            parts.push(bare);
        }
        let count = u32::try_from(parts.len()).unwrap_or(u32::MAX);
        for (part, number) in parts.iter_mut().zip(0..) {
            (part.part, part.parts) = (number, count);
        }
        Worked { day, content, given, outgoing: parcels.collect(), parts }
    }

    async fn send(&self, run: &Run, to: StateId, letters: &[wire::Letter]) -> Result<(), Refusal> {
        let peer_code = &self.library.state(to).code;
        let unreachable = |reason| Refusal::PeerUnreachable { peer: peer_code.clone(), reason };
        let address = run.peers.get(&to).ok_or_else(|| unreachable("the run names no node for it".to_owned()))?;
        let peer = self.switchboard.peer(address).map_err(unreachable)?;
        let parcel = wire::Parcel { run: run.name.clone(), letters: letters.to_vec() };
        let deliver = |peer: Peer| {
            let request = self.caller.request(peer_code, DELIVERY.deadline, parcel.clone());
            async move { peer.authority().deliver(request).await }
        };
        match peer.persist(peer_code, DELIVERY, deliver).await {
            Ok(receipt) if receipt.new.len() + receipt.held.len() == letters.len() => Ok(()),
            Ok(_) => Err(unreachable("its receipt does not cover the parcel".to_owned())),
            Err(status) if is_passing(&status) => Err(unreachable(status.message().to_owned())),
            Err(status) => Err(Refusal::PeerRefused { peer: peer_code.clone(), reason: said(&status) }),
        }
    }
}

/// The digest of what was due, letters by their manifest and parts by their number alone: a replay does not change what the
/// day is, and parts are compared when they are given.
fn content_of(request: &wire::AdvanceRequest) -> Digest {
    let due = wire::AdvanceRequest {
        day: request.day,
        instruments: request.instruments.clone(),
        settings: request.settings.clone(),
        incidents: request.incidents.clone(),
        manifest: request.manifest.clone(),
        parts: request.parts,
        ..wire::AdvanceRequest::default()
    };
    Digest::of(&due.encode_to_vec())
}

/// One part with letters and one with records travel together where both are small: the common day.
fn joined(mut parts: Vec<wire::Report>) -> Vec<wire::Report> {
    const SMALL: usize = 500;
    if let [of_letters, of_records] = &mut parts[..]
        && of_letters.records.is_empty()
        && of_records.letters.is_empty()
        && of_letters.letters.len() + of_records.records.len() <= SMALL
    {
        of_letters.records = std::mem::take(&mut of_records.records);
        parts.pop();
    }
    parts
}

fn failed_before() -> Refusal {
    Refusal::OfficeFailed("it failed before".to_owned())
}

fn step(office: &mut Option<Box<dyn Office>>, day: Day, due: Due) -> Result<Report, Refusal> {
    let working = office.as_mut().ok_or_else(failed_before)?;
    // The office is given up after a panic, so nobody sees it half changed.
    catch_unwind(AssertUnwindSafe(|| working.step(day, due))).map_err(|panic| {
        *office = None;
        Refusal::OfficeFailed(words_of(panic.as_ref()))
    })
}

/// What a panic said.
pub(super) fn words_of(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(|words| (*words).to_owned());
    words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic without words".to_owned())
}

#[cfg(test)]
mod tests {
    use super::joined;
    use crate::grpc::wire::{AuthorityRecord, Letter, Report};

    fn part(letters: usize, records: usize) -> Report {
        Report {
            letters: vec![Letter::default(); letters],
            records: vec![AuthorityRecord::default(); records],
            ..Report::default()
        }
    }

    #[test]
    fn only_letters_and_records_travel_together_and_none_are_lost() {
        let shape = |parts: Vec<Report>| -> Vec<(usize, usize)> {
            joined(parts).iter().map(|part| (part.letters.len(), part.records.len())).collect()
        };
        assert_eq!(shape(vec![part(3, 0), part(0, 4)]), [(3, 4)]);
        assert_eq!(shape(vec![part(300, 0), part(0, 300)]), [(300, 0), (0, 300)]);
        // Long letters fill two parts, many records as well.
        assert_eq!(shape(vec![part(200, 0), part(100, 0)]), [(200, 0), (100, 0)]);
        assert_eq!(shape(vec![part(0, 400), part(0, 50)]), [(0, 400), (0, 50)]);
    }
}
