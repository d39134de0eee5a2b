//! A map whose keys are numbers given out in rising order, of which the old ones are done with first: open cases of an
//! authority, letters that wait for their reply. A ring of slots from the oldest key that is in it to the newest.
//!
//! For keys that this program gives out or has checked alone: a key far ahead of the others would take as many slots.

use std::collections::VecDeque;

/// See the module.
#[derive(Clone, Debug)]
pub struct Window<T> {
    /// The key of the first slot.
    first: u32,
    slots: VecDeque<Option<T>>,
}

impl<T> Default for Window<T> {
    fn default() -> Self {
        Self { first: 0, slots: VecDeque::new() }
    }
}

impl<T> Window<T> {
    /// Puts a value under a key that lies above all that were in it before.
    ///
    /// # Panics
    /// When it does not.
    pub fn push(&mut self, key: u32, value: T) {
        if self.slots.is_empty() && key >= self.first {
            self.first = key;
        }
        let place = key.checked_sub(self.first).expect("keys rise") as usize;
        assert!(place >= self.slots.len(), "keys rise");
        self.slots.resize_with(place, || None);
        self.slots.push_back(Some(value));
    }

    /// The value of a key.
    pub fn get_mut(&mut self, key: u32) -> Option<&mut T> {
        let place = key.checked_sub(self.first)? as usize;
        self.slots.get_mut(place)?.as_mut()
    }

    /// The values, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.slots.iter().flatten()
    }

    /// Takes the value of a key out.
    pub fn remove(&mut self, key: u32) -> Option<T> {
        let place = key.checked_sub(self.first)? as usize;
        let removed = self.slots.get_mut(place)?.take();
        while matches!(self.slots.front(), Some(None)) {
            self.slots.pop_front();
            self.first += 1;
        }
        removed
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::base::{Purpose, Streams};

    #[test]
    fn a_window_is_a_map_and_holds_no_more_than_its_span() {
        let mut stream = Streams::new(5).stream(Purpose::Placebo, 0, 0);
        let (mut window, mut map) = (Window::default(), BTreeMap::new());
        let mut next = 0;
        for value in 0..5_000_u32 {
            if stream.chance(0.5) {
                next += u32::try_from(stream.below(4)).expect("small");
                window.push(next, value);
                map.insert(next, value);
                next += 1;
            }
            let key = u32::try_from(stream.below(next as usize + 2)).expect("small");
            assert_eq!(window.get_mut(key), map.get_mut(&key));
            let key = if stream.chance(0.2) { key } else { map.keys().next().copied().unwrap_or_default() };
            assert_eq!(window.remove(key), map.remove(&key));
            let span = map.keys().next().map_or(0, |first| next - first);
            assert!(window.slots.len() <= span as usize, "{} slots for a span of {span}", window.slots.len());
        }
        assert!(next > 2_000);
    }

    #[test]
    #[should_panic(expected = "keys rise")]
    fn a_key_that_was_given_out_is_not_given_again() {
        let mut window = Window::default();
        window.push(3, ());
        window.remove(3);
        window.push(3, ());
    }
}
