//! The canonical encoding of what happens in a run, and the digest over it.
//!
//! Integers little-endian at full width, lists and texts preceded by their length (32 bits), variants by a
//! tag byte. Two histories have the same digest when, and only when, they hold the same records in the same
//! order. Deliberately absent: floats (records carry whole numbers only) and any form of compression.

use std::fmt;

/// A value with one byte sequence that stands for it.
pub trait Canonical {
    /// Appends the bytes.
    fn encode(&self, into: &mut Vec<u8>);
}

macro_rules! canonical_integer {
    ($($integer:ty),*) => {$(
        impl Canonical for $integer {
            fn encode(&self, into: &mut Vec<u8>) {
                into.extend_from_slice(&self.to_le_bytes());
            }
        }
    )*};
}
canonical_integer!(u8, u16, u32, u64, u128, i32);

impl Canonical for bool {
    fn encode(&self, into: &mut Vec<u8>) {
        into.push(u8::from(*self));
    }
}

impl Canonical for str {
    fn encode(&self, into: &mut Vec<u8>) {
        length(self.len(), into);
        into.extend_from_slice(self.as_bytes());
    }
}

impl<T: Canonical> Canonical for Option<T> {
    fn encode(&self, into: &mut Vec<u8>) {
        self.is_some().encode(into);
        if let Some(value) = self {
            value.encode(into);
        }
    }
}

impl<T: Canonical> Canonical for [T] {
    fn encode(&self, into: &mut Vec<u8>) {
        length(self.len(), into);
        for value in self {
            value.encode(into);
        }
    }
}

impl<T: Canonical> Canonical for Vec<T> {
    fn encode(&self, into: &mut Vec<u8>) {
        self.as_slice().encode(into);
    }
}

impl<T: Canonical + ?Sized> Canonical for &T {
    fn encode(&self, into: &mut Vec<u8>) {
        (**self).encode(into);
    }
}

fn length(length: usize, into: &mut Vec<u8>) {
    u32::try_from(length).expect("no list of a run is longer than its limits").encode(into);
}

impl Canonical for super::Day {
    fn encode(&self, into: &mut Vec<u8>) {
        self.number().encode(into);
    }
}

macro_rules! canonical_identifier {
    ($($name:ident),*) => {$(
        impl Canonical for super::$name {
            fn encode(&self, into: &mut Vec<u8>) {
                self.0.encode(into);
            }
        }
    )*};
}
canonical_identifier!(StateId, TreatyId, CiteId, NetworkId, CaseNumber);

impl Canonical for super::LetterId {
    fn encode(&self, into: &mut Vec<u8>) {
        self.from.encode(into);
        self.number.encode(into);
    }
}

impl Canonical for super::FileNumber {
    fn encode(&self, into: &mut Vec<u8>) {
        self.state.encode(into);
        self.case.encode(into);
    }
}

/// 32 bytes of BLAKE3, shown as hexadecimal.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// The next head of a chain of which this is the head: the digest of an entry under this one as its key. Most entries
    /// are one block of BLAKE3 that way, instead of two with the head written before them.
    #[must_use]
    pub fn link(&self, entry: &[u8]) -> Self {
        Self(*blake3::keyed_hash(&self.0, entry).as_bytes())
    }

    /// The first twelve hexadecimal digits: enough to tell two results apart when read aloud.
    #[must_use]
    pub fn short(&self) -> String {
        self.to_string()[..12].to_owned()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl serde::Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Canonical for Digest {
    fn encode(&self, into: &mut Vec<u8>) {
        into.extend_from_slice(&self.0);
    }
}

/// A running digest: values are folded in, the result is read at the end.
#[derive(Debug, Default)]
pub struct DigestChain {
    hasher: blake3::Hasher,
    buffer: Vec<u8>,
}

impl DigestChain {
    /// Bytes gathered before they are hashed, always as many: BLAKE3 is fastest on whole chunks side by side.
    const GATHERED: usize = 16 * 1024;

    /// Folds one value in.
    pub fn fold(&mut self, value: &(impl Canonical + ?Sized)) {
        value.encode(&mut self.buffer);
        while self.buffer.len() >= Self::GATHERED {
            self.hasher.update(&self.buffer[..Self::GATHERED]);
            self.buffer.drain(..Self::GATHERED);
        }
    }

    /// The digest of everything folded in so far.
    pub fn digest(&mut self) -> Digest {
        self.hasher.update(&self.buffer);
        self.buffer.clear();
        Digest(*self.hasher.finalize().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_grouping_show_in_the_digest() {
        let digest = |values: &[&[u16]]| {
            let mut chain = DigestChain::default();
            for value in values {
                chain.fold(*value);
            }
            chain.digest()
        };
        assert_eq!(digest(&[&[1, 2], &[3]]), digest(&[&[1, 2], &[3]]));
        assert_ne!(digest(&[&[1, 2], &[3]]), digest(&[&[1], &[2, 3]]));
        assert_ne!(digest(&[&[1], &[2]]), digest(&[&[2], &[1]]));
    }
}
