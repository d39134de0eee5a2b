//! Letters from peers.

use prost::Message;

use super::Node;
use crate::authority::Letter;
use crate::base::Digest;
use crate::grpc::identity::PeerIdentity;
use crate::grpc::mailbox::Kept;
use crate::grpc::parcels::{MESSAGE_BYTES, PARCEL_LETTERS, letter_digest};
use crate::grpc::refusal::Refusal;
use crate::grpc::{convert, wire};

impl Node {
    /// Takes a parcel of the peer that speaks, whole or not at all.
    pub(super) fn deliver(&self, peer: PeerIdentity, parcel: &wire::Parcel) -> Result<wire::Receipt, Refusal> {
        self.open_run(&parcel.run)?;
        let letters = self.letters_for_here("letters", &parcel.letters)?;
        if let Some((letter, _)) = letters.iter().find(|(letter, _)| letter.id.from != peer.state()) {
            return Err(Refusal::SenderForged {
                speaker: self.library.state(peer.state()).code.clone(),
                claimed: self.library.state(letter.id.from).code.clone(),
            });
        }
        let numbers: Vec<u32> = letters.iter().map(|(letter, _)| letter.id.number).collect();
        let kept = self.mailbox().put(letters, |id| self.letter_name(id))?;
        let mut receipt = wire::Receipt::default();
        for (number, kept) in numbers.into_iter().zip(kept) {
            match kept {
                Kept::New => receipt.new.push(number),
                Kept::Held => receipt.held.push(number),
            }
        }
        Ok(receipt)
    }

    /// Reads letters, all for this state, with their digests.
    pub(super) fn letters_for_here(
        &self,
        field: &str,
        letters: &[wire::Letter],
    ) -> Result<Vec<(Letter, Digest)>, Refusal> {
        let too_large = |found, unit, limit| Refusal::ParcelTooLarge { found, unit, limit };
        if letters.len() > PARCEL_LETTERS {
            return Err(too_large(letters.len(), "letters", PARCEL_LETTERS));
        }
        let bytes: usize = letters.iter().map(Message::encoded_len).sum();
        if bytes > MESSAGE_BYTES {
            return Err(too_large(bytes, "bytes", MESSAGE_BYTES));
        }
        let read = convert::each(field, letters, |letter| convert::letter_of(&self.library, letter))?;
        if let Some(letter) = read.iter().find(|letter| letter.to != self.state) {
            let named = self.library.state(letter.to).code.clone();
            return Err(Refusal::AddresseeForeign { here: self.code().to_owned(), named });
        }
        Ok(read.into_iter().zip(letters.iter().map(letter_digest)).collect())
    }
}
