//! A map whose keys are numbers given out in rising order, of which the old ones are done with first: open cases of an
//! authority, letters that wait for their reply. A ring of slots from the oldest key that is in it to the newest that was.
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
    /// Puts a value under a key; gives back the one that was there.
    pub fn insert(&mut self, key: u32, value: T) -> Option<T> {
        if self.slots.is_empty() {
            self.first = key;
        }
        while key < self.first {
            self.slots.push_front(None);
            self.first -= 1;
        }
        let place = (key - self.first) as usize;
        if place >= self.slots.len() {
            self.slots.resize_with(place + 1, || None);
        }
        self.slots[place].replace(value)
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: u32) -> Option<&T> {
        let place = key.checked_sub(self.first)? as usize;
        self.slots.get(place)?.as_ref()
    }

    /// The value of a key, to change.
    pub fn get_mut(&mut self, key: u32) -> Option<&mut T> {
        let place = key.checked_sub(self.first)? as usize;
        self.slots.get_mut(place)?.as_mut()
    }

    /// The lowest key whose value is as described.
    pub fn find(&self, is_it: impl Fn(&T) -> bool) -> Option<u32> {
        let place = self.slots.iter().position(|slot| slot.as_ref().is_some_and(&is_it))?;
        u32::try_from(place).ok().map(|place| self.first + place)
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
    use crate::base::{Purpose, Stream, Streams};

    #[test]
    fn a_window_is_a_map_and_holds_no_more_than_its_span() {
        let mut stream = Streams::new(5).stream(Purpose::Placebo, 0, 0);
        let (mut window, mut map) = (Window::default(), BTreeMap::new());
        let mut next = 0;
        for value in 0..5_000_u32 {
            let below = |stream: &mut Stream, end: u32| u32::try_from(stream.below(end as usize)).expect("small");
            if stream.chance(0.5) {
                next += below(&mut stream, 4);
                assert_eq!(window.insert(next, value), map.insert(next, value));
                next += 1;
            }
            // One that was given out before and is put in late, or again.
            if stream.chance(0.1) {
                let late = next.saturating_sub(below(&mut stream, 40));
                next = next.max(late + 1);
                assert_eq!(window.insert(late, value), map.insert(late, value));
            }
            let key = below(&mut stream, next + 2);
            assert_eq!(window.get(key), map.get(&key));
            let odd = window.find(|value| *value % 2 == 1);
            assert_eq!(odd, map.iter().find(|(_, value)| **value % 2 == 1).map(|(key, _)| *key));
            assert_eq!(window.get_mut(key), map.get_mut(&key));
            let key = if stream.chance(0.2) { key } else { map.keys().next().copied().unwrap_or_default() };
            assert_eq!(window.remove(key), map.remove(&key));
            assert!(window.iter().eq(map.values()));
            let span = map.keys().next().map_or(0, |first| next - first);
            assert!(window.slots.len() <= span as usize, "{} slots for a span of {span}", window.slots.len());
        }
        assert!(next > 2_000);
    }
}
