//! The register: every letter in and out, each entry hashed under the head before it as key, so that no entry can be
//! changed, dropped or moved without changing the head.

use std::collections::VecDeque;

use super::letter::Letter;
use crate::base::{Canonical, Digest};

/// Letters kept in memory for whoever asks to see a file. The chain covers all letters ever registered; this
/// many keep the memory of a long run flat.
pub const KEPT_LETTERS: usize = 2_000;

/// One authority's register.
#[derive(Clone, Debug, Default)]
pub struct Register {
    head: Digest,
    kept: VecDeque<Letter>,
    buffer: Vec<u8>,
}

impl Register {
    /// Registers one letter.
    pub fn enter(&mut self, letter: Letter) {
        self.buffer.clear();
        letter.encode(&mut self.buffer);
        self.head = self.head.link(&self.buffer);
        if self.kept.len() == KEPT_LETTERS {
            self.kept.pop_front();
        }
        self.kept.push_back(letter);
    }

    /// Head of the chain.
    #[must_use]
    pub const fn head(&self) -> Digest {
        self.head
    }

    /// The latest letters, oldest first; at most [`KEPT_LETTERS`].
    pub fn kept(&self) -> impl Iterator<Item = &Letter> {
        self.kept.iter()
    }
}
