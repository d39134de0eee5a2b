//! A bounded table of answers: as many places as its name says, each for one key at a time. A key has a few places to go
//! to; where all are taken, the one that came first goes. So nothing grows, and hardly anything is searched.

/// Places that a key may take. With one, keys that meet would put each other out again and again.
const WAYS: usize = 4;

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
    /// The value of this key: the one that is kept, or one made now.
    pub(super) fn at(&mut self, key: K, make: impl FnOnce() -> V) -> &V {
        if self.0.is_empty() {
            self.0.resize_with(PLACES, || None);
        }
        let places = &mut self.0[Self::first_place(&key)..][..WAYS];
        let found = places.iter().position(|place| place.as_ref().is_none_or(|(kept, _)| *kept == key));
        let found = found.unwrap_or_else(|| {
            places.rotate_left(1);
            places[WAYS - 1] = None;
            WAYS - 1
        });
        &places[found].get_or_insert_with(|| (key, make())).1
    }

    /// A multiplication spreads the words of a key; its upper bits are the best mixed.
    fn first_place(key: &K) -> usize {
        const { assert!(PLACES.is_multiple_of(WAYS), "a key's places lie side by side") };
        let mixed =
            key.words().fold(0_u64, |mixed, word| (mixed.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        (mixed >> 40) as usize % (PLACES / WAYS) * WAYS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Placed for u64 {
        fn words(&self) -> impl Iterator<Item = u64> {
            std::iter::once(*self)
        }
    }

    #[test]
    fn as_many_keys_as_fit_are_made_once_and_the_oldest_gives_way() {
        let mut places: Places<u64, u64, WAYS> = Places::default();
        let made = |places: &mut Places<u64, u64, WAYS>, key: u64| {
            let mut made = false;
            let value = *places.at(key, || {
                made = true;
                key * 10
            });
            assert_eq!(value, key * 10);
            made
        };
        assert!([1, 2, 3, 4].into_iter().all(|key| made(&mut places, key)));
        assert!(![1, 2, 3, 4].into_iter().any(|key| made(&mut places, key)), "all four fit");
        assert!(made(&mut places, 5));
        let gone: Vec<u64> = (1..=5).filter(|key| made(&mut places.clone(), *key)).collect();
        assert_eq!(gone, [1]);
    }
}
