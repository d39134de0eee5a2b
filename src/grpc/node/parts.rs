//! What is due on a day and does not fit one message: it comes in parts, before the day is worked.

use prost::Message as _;

use super::Node;
use crate::authority::Due;
use crate::base::{Day, Digest};
use crate::grpc::identity::EngineIdentity;
use crate::grpc::parcels::DAY_PARTS;
use crate::grpc::refusal::Refusal;
use crate::grpc::{convert, wire};

/// The parts of one day, as far as they have come.
#[derive(Debug, Default)]
pub(super) struct Parts {
    day: Option<Day>,
    digests: Vec<Digest>,
    due: Due,
}

impl Parts {
    /// Takes a part: the next one, or one that was taken before.
    fn put(&mut self, day: Day, part: usize, digest: Digest, due: Due) -> Result<(), Refusal> {
        if self.day != Some(day) {
            *self = Self { day: Some(day), ..Self::default() };
        }
        match self.digests.get(part) {
            Some(known) if *known == digest => Ok(()),
            Some(_) => Err(Refusal::DayChanged(day)),
            None if part > self.digests.len() => Err(Refusal::DayIncomplete { day, held: self.digests.len() }),
            None => {
                self.digests.push(digest);
                self.due.instruments.extend(due.instruments);
                self.due.incidents.extend(due.incidents);
                Ok(())
            }
        }
    }

    /// Gives out what the parts of a day hold, which are so many, with the digest of each.
    pub(super) fn take(&mut self, day: Day, parts: u32) -> Result<(Vec<Digest>, Due), Refusal> {
        let held = if self.day == Some(day) { self.digests.len() } else { 0 };
        if held as u64 != u64::from(parts) {
            return Err(Refusal::DayIncomplete { day, held });
        }
        // What has come of another day stays.
        let taken = if held > 0 { std::mem::take(self) } else { Self::default() };
        Ok((taken.digests, taken.due))
    }
}

impl Node {
    /// Takes a part of what is due on a day.
    pub(super) async fn give(&self, _engine: EngineIdentity, part: wire::DayPart) -> Result<wire::Given, Refusal> {
        self.run_of_epoch(&part.run, part.epoch)?;
        let day = convert::day_of("day", part.day)?;
        let number = usize::try_from(part.part).ok().filter(|number| *number < DAY_PARTS);
        let too_many = || convert::Malformed::new("part", format!("{}: a day has at most {DAY_PARTS}", part.part));
        let number = number.ok_or_else(too_many)?;
        let due = convert::part_due(&self.library, &part)?;
        let content = wire::DayPart { run: String::new(), epoch: 0, ..part };
        let digest = Digest::of(&content.encode_to_vec());
        let last = self.worked.lock().await;
        match last.as_ref() {
            Some(worked) if day < worked.day => return Err(Refusal::DayPast { day, worked: worked.day }),
            Some(worked) if day == worked.day => {
                let same = worked.given.get(number) == Some(&digest);
                return if same { Ok(wire::Given {}) } else { Err(Refusal::DayChanged(day)) };
            }
            _ => {}
        }
        self.parts().put(day, number, digest, due)?;
        Ok(wire::Given {})
    }
}
