//! A map that is looked up and never walked: its hash has no seed, so that it costs little, and its order is nobody's
//! business. Who needs all values asks for them in the order of their keys.
//!
//! For keys that a simulation gives out: whoever chose them could have them meet, and slow the map down.

use std::hash::Hash;

use rustc_hash::FxHashMap;

/// See the module.
#[derive(Clone, Debug)]
pub struct Keyed<K, V>(FxHashMap<K, V>);

impl<K, V> Default for Keyed<K, V> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<K: Copy + Eq + Hash + Ord, V> Keyed<K, V> {
    /// Puts a value under a key; gives back the one that it takes the place of.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        self.0.insert(key, value)
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: K) -> Option<&V> {
        self.0.get(&key)
    }

    /// The value of a key, to change.
    pub fn get_mut(&mut self, key: K) -> Option<&mut V> {
        self.0.get_mut(&key)
    }

    /// Whether a key has a value.
    #[must_use]
    pub fn contains(&self, key: K) -> bool {
        self.0.contains_key(&key)
    }

    /// Takes the value of a key out.
    pub fn remove(&mut self, key: K) -> Option<V> {
        self.0.remove(&key)
    }

    /// Takes all values out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// All values in the order of their keys.
    #[must_use]
    pub fn in_order(&self) -> Vec<(K, &V)> {
        let mut all: Vec<(K, &V)> = self.0.iter().map(|(key, value)| (*key, value)).collect();
        all.sort_unstable_by_key(|(key, _)| *key);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_in_the_order_of_their_keys_whatever_the_order_in_which_they_were_put_in() {
        let mut keyed = Keyed::default();
        for number in [5_u32, 900, 3, 70, 12] {
            assert_eq!(keyed.insert(number, number * 2), None);
        }
        assert_eq!(keyed.insert(70, 1), Some(140));
        assert_eq!((keyed.remove(3), keyed.remove(3), keyed.contains(3)), (Some(6), None, false));
        assert_eq!(keyed.in_order(), [(5, &10), (12, &24), (70, &1), (900, &1800)]);
    }
}
