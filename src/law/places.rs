//! A bounded table of answers: as many places as its name says, each for one key at a time. Two keys that meet in one
//! place take turns, so that nothing grows and nothing is searched.

/// What a key is placed by.
pub(super) trait Placed: Copy + Eq {
    /// The words that tell keys apart.
    fn words(&self) -> impl Iterator<Item = u64>;
}

/// `PLACES` places for values by key.
#[derive(Clone, Debug)]
pub(super) struct Places<K, V, const PLACES: usize>(Vec<Option<(K, V)>>);

impl<K, V, const PLACES: usize> Default for Places<K, V, PLACES> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Placed, V, const PLACES: usize> Places<K, V, PLACES> {
    /// The value of this key: the one that is kept, or one made now in place of what was there.
    pub(super) fn at(&mut self, key: K, make: impl FnOnce() -> V) -> &V {
        if self.0.is_empty() {
            self.0.resize_with(PLACES, || None);
        }
        let place = &mut self.0[Self::place(&key)];
        if place.as_ref().is_none_or(|(kept, _)| *kept != key) {
            *place = None;
        }
        &place.get_or_insert_with(|| (key, make())).1
    }

    /// A multiplication spreads the words of a key; its upper bits are the best mixed.
    fn place(key: &K) -> usize {
        let mixed =
            key.words().fold(0_u64, |mixed, word| (mixed.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        (mixed >> 40) as usize % PLACES
    }
}
