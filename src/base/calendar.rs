//! What is due on later days; within a day, in the order in which it was set.
//!
//! Most of what a simulation sets lies weeks ahead and is taken soon: a ring has a list for each of the coming days, all
//! lists share one store whose places are used again, and nothing is allocated once that has its size. What lies further
//! ahead waits in a map until its day comes near.

use std::collections::BTreeMap;

use super::day::Day;

/// Days of the ring: a year and more, since an investigator's patience is about as long.
const SPAN: u32 = 512;

/// No place in the store.
const NOWHERE: u32 = u32::MAX;

/// The places of the first and the last that is due on a day.
#[derive(Clone, Copy, Debug)]
struct List {
    first: u32,
    last: u32,
}

const EMPTY: List = List { first: NOWHERE, last: NOWHERE };

/// See the module.
#[derive(Clone, Debug)]
pub struct Calendar<T> {
    /// The first day of the ring: never later than the day under way.
    today: Day,
    /// By the number of the day, modulo the span; empty until something is set.
    near: Vec<List>,
    /// Days before the ring, should any be set, and days after it.
    far: BTreeMap<Day, List>,
    /// What is due, with the place of what follows it on its day; a free place has that of the next free one.
    store: Vec<(Option<T>, u32)>,
    free: u32,
    length: usize,
    next: Option<Day>,
}

impl<T> Default for Calendar<T> {
    fn default() -> Self {
        Self {
            today: Day::default(),
            near: Vec::new(),
            far: BTreeMap::new(),
            store: Vec::new(),
            free: NOWHERE,
            length: 0,
            next: None,
        }
    }
}

impl<T> Calendar<T> {
    /// Sets something for a day: usually a later one than the day under way.
    pub fn set(&mut self, day: Day, what: T) {
        let place = self.keep(what);
        let list = if self.is_near(day) { self.of_ring(day) } else { self.far.entry(day).or_insert(EMPTY) };
        let before = std::mem::replace(&mut list.last, place);
        if before == NOWHERE {
            list.first = place;
        } else {
            self.store[before as usize].1 = place;
        }
        self.length += 1;
        self.next = Some(self.next.map_or(day, |next| next.min(day)));
    }

    /// Takes the next that is due on or before a day. When there is none, that day is the one under way.
    pub fn take_due(&mut self, day: Day) -> Option<T> {
        let Some(next) = self.next.filter(|next| *next <= day) else {
            self.go_on(day);
            return None;
        };
        let list = if self.is_near(next) { &mut self.near[slot(next)] } else { self.far.get_mut(&next)? };
        let place = list.first;
        let (what, following) = std::mem::replace(&mut self.store[place as usize], (None, self.free));
        self.free = place;
        self.length -= 1;
        list.first = following;
        if following == NOWHERE {
            *list = EMPTY;
            self.far.remove(&next);
            self.next = self.first_day();
        }
        what
    }

    /// The next day on which anything is due.
    #[must_use]
    pub const fn next_day(&self) -> Option<Day> {
        self.next
    }

    /// How much is set.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Whether nothing is set.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    fn keep(&mut self, what: T) -> u32 {
        let free = self.free;
        if let Some(place) = self.store.get_mut(free as usize) {
            self.free = place.1;
            *place = (Some(what), NOWHERE);
            return free;
        }
        self.store.push((Some(what), NOWHERE));
        u32::try_from(self.store.len() - 1).expect("less is set than a run has letters")
    }

    fn is_near(&self, day: Day) -> bool {
        u32::try_from(day.days_since(self.today)).is_ok_and(|ahead| ahead < SPAN)
    }

    /// The list of a day of the ring.
    fn of_ring(&mut self, day: Day) -> &mut List {
        if self.near.is_empty() {
            self.near.resize(SPAN as usize, EMPTY);
        }
        &mut self.near[slot(day)]
    }

    /// The first day that has anything, of the ring and beyond it.
    fn first_day(&self) -> Option<Day> {
        let far = self.far.first_key_value().map(|(day, _)| *day);
        let mut ring = (0..SPAN).map(|ahead| self.today + ahead);
        let near = ring.find(|day| self.near.get(slot(*day)).is_some_and(|list| list.first != NOWHERE));
        near.into_iter().chain(far).min()
    }

    /// Begins the ring on a day on or before which nothing is due any more.
    fn go_on(&mut self, day: Day) {
        if day <= self.today {
            return;
        }
        self.today = day;
        while let Some(next) = self.far.first_entry().filter(|next| (*next.key()).days_since(day) < SPAN.cast_signed())
        {
            let (day, list) = next.remove_entry();
            *self.of_ring(day) = list;
        }
    }
}

const fn slot(day: Day) -> usize {
    (day.number().cast_unsigned() % SPAN) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Purpose, Streams};

    /// Against a plain map of lists: days near and far, in any order, some of them skipped.
    #[test]
    fn a_calendar_gives_everything_once_by_day_and_then_in_the_order_in_which_it_was_set() {
        let mut stream = Streams::new(3).stream(Purpose::Placebo, 0, 0);
        let (mut calendar, mut map) = (Calendar::default(), BTreeMap::<Day, Vec<u32>>::new());
        let (mut today, mut number) = (Day::from_number(-700), 0);
        while number < 20_000 {
            for _ in 0..stream.below(6) {
                let most = if stream.chance(0.1) { 3_000 } else { 300 };
                let day = today + 1 + u32::try_from(stream.below(most)).expect("small");
                calendar.set(day, number);
                map.entry(day).or_default().push(number);
                number += 1;
            }
            assert_eq!(calendar.next_day(), map.keys().next().copied());
            assert_eq!(calendar.len(), map.values().map(Vec::len).sum::<usize>());
            let gap = if stream.chance(0.02) { 900 } else { 3 };
            today = today + 1 + u32::try_from(stream.below(gap)).expect("small");
            let later = map.split_off(&(today + 1));
            let due: Vec<u32> = std::mem::replace(&mut map, later).into_values().flatten().collect();
            let taken: Vec<u32> = std::iter::from_fn(|| calendar.take_due(today)).collect();
            assert_eq!(taken, due, "{today}");
        }
        assert!(calendar.store.len() < 2_000, "{} places for what is set at a time", calendar.store.len());
    }

    #[test]
    fn what_is_set_while_a_day_is_taken_comes_on_its_own_day() {
        let mut calendar = Calendar::default();
        let day = Day::from_number(15_000);
        calendar.set(day, 'a');
        calendar.set(day, 'b');
        assert_eq!(calendar.take_due(day), Some('a'));
        calendar.set(day + 2, 'd');
        calendar.set(day + 1, 'c');
        assert_eq!(calendar.take_due(day), Some('b'));
        assert_eq!(calendar.take_due(day), None);
        assert_eq!((calendar.next_day(), calendar.take_due(day + 2)), (Some(day + 1), Some('c')));
        assert_eq!((calendar.take_due(day + 2), calendar.take_due(day + 2)), (Some('d'), None));
        assert!(calendar.is_empty());
    }
}
