//! What a message may hold, how longer lists are cut, and the digests by which inboxes are compared.

use std::collections::BTreeMap;

use prost::Message;

use super::wire;
use crate::base::{Digest, DigestChain, StateId};
use crate::engine::post::{MOST_LETTERS_A_DAY, MOST_RECORDS_A_DAY};

/// Most letters in a parcel, a replay or a part of a report. At 1,000 the cost of the call itself has vanished
/// beside that of the letters. Long letters are cut by their bytes before.
pub const PARCEL_LETTERS: usize = 1_000;

/// Most bytes of a message, either way: gRPC's customary limit, which clients in other languages expect.
pub const MESSAGE_BYTES: usize = 4 * 1024 * 1024;

/// Lists are cut at this many bytes: far enough below [`MESSAGE_BYTES`] for what stands around them.
const CUT_BYTES: usize = 1024 * 1024;

/// Most parts of what is due at a node on a day: a million incidents, of as many networks as ten worlds may have.
pub const DAY_PARTS: usize = 1_000;

/// Most parts of a node's report on a day: as many as the letters and records of a day need at [`PARCEL_LETTERS`] a part.
/// Where letters are long enough to be cut by their bytes, above a kibibyte each, a day has room for fewer of them.
#[expect(clippy::cast_possible_truncation, reason = "some thousand")]
pub const REPORT_PARTS: u32 = ((MOST_LETTERS_A_DAY + MOST_RECORDS_A_DAY) / PARCEL_LETTERS) as u32;

/// Takes instruments and incidents out of a call that is too long for a message, and gives them in parts.
pub fn parts_of(request: &mut wire::AdvanceRequest) -> Vec<wire::DayPart> {
    if request.encoded_len() <= CUT_BYTES {
        return Vec::new();
    }
    let bare = wire::DayPart { run: request.run.clone(), epoch: request.epoch, day: request.day, ..Default::default() };
    let instruments = cut(std::mem::take(&mut request.instruments)).into_iter();
    let incidents = cut(std::mem::take(&mut request.incidents)).into_iter();
    let mut parts: Vec<wire::DayPart> = instruments
        .map(|instruments| wire::DayPart { instruments, ..bare.clone() })
        .chain(incidents.map(|incidents| wire::DayPart { incidents, ..bare.clone() }))
        .collect();
    for (part, number) in parts.iter_mut().zip(0..) {
        part.part = number;
    }
    request.parts = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    parts
}

/// Cuts a list so that each part keeps to the limits.
#[must_use]
pub fn cut<M: Message>(list: Vec<M>) -> Vec<Vec<M>> {
    let mut parts: Vec<Vec<M>> = Vec::new();
    let mut bytes = 0;
    for message in list {
        let length = message.encoded_len();
        match parts.last_mut() {
            Some(part) if part.len() < PARCEL_LETTERS && bytes + length <= CUT_BYTES => {
                bytes += length;
                part.push(message);
            }
            _ => {
                bytes = length;
                parts.push(vec![message]);
            }
        }
    }
    parts
}

/// The digest of a letter, as `participant.proto` defines it.
#[must_use]
pub fn letter_digest(letter: &wire::Letter) -> Digest {
    Digest::of(&letter.encode_to_vec())
}

/// How many letters of a sender, and the digest over theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// How many.
    pub count: u32,
    /// BLAKE3 over their digests in order.
    pub digest: Digest,
}

/// Tallies letters, each given by sender and digest, by sender. Letters of one sender come in order.
pub fn tally(letters: impl IntoIterator<Item = (StateId, Digest)>) -> BTreeMap<StateId, Tally> {
    let mut chains: BTreeMap<StateId, (u32, DigestChain)> = BTreeMap::new();
    for (from, digest) in letters {
        let (count, chain) = chains.entry(from).or_default();
        *count += 1;
        chain.fold(&digest);
    }
    chains.into_iter().map(|(from, (count, mut chain))| (from, Tally { count, digest: chain.digest() })).collect()
}
