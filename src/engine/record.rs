//! Everything that happens in a run, in one order. The digest is folded over exactly this, and whoever watches
//! is told exactly this.

use super::panel::Month;
use crate::authority::{AuthorityRecord, Letter};
use crate::base::{Canonical, Day, Digest, StateId};
use crate::depositary::DepositaryRecord;
use crate::world::{HavenRecord, WorldRecord};

/// One thing that happened.
#[derive(Clone, Copy, Debug)]
pub enum Record<'a> {
    /// A day on which something was due began.
    Day,
    /// The depositary noted something.
    Depositary(&'a DepositaryRecord),
    /// Something happened in the world.
    World(&'a WorldRecord),
    /// A haven began or ended.
    Haven(&'a HavenRecord),
    /// An authority did or noted something.
    Authority(StateId, &'a AuthorityRecord),
    /// A letter was sent.
    Letter(&'a Letter),
    /// An authority's register, at the end of the first day on which it worked, and of each on which it grew since.
    Register(StateId, Digest),
}

impl Canonical for Record<'_> {
    fn encode(&self, into: &mut Vec<u8>) {
        match self {
            Self::Day => into.push(0),
            Self::Depositary(record) => {
                into.push(1);
                record.encode(into);
            }
            Self::World(record) => {
                into.push(2);
                record.encode(into);
            }
            Self::Haven(record) => {
                into.push(3);
                record.encode(into);
            }
            Self::Authority(state, record) => {
                into.push(4);
                state.encode(into);
                record.encode(into);
            }
            Self::Letter(letter) => {
                into.push(5);
                letter.encode(into);
            }
            Self::Register(state, head) => {
                into.push(6);
                state.encode(into);
                head.encode(into);
            }
        }
    }
}

/// Whoever watches a run: a progress bar, a log, a second screen. Watching changes nothing.
pub trait Observer {
    /// Takes note of one thing.
    fn record(&mut self, day: Day, record: Record<'_>);

    /// Takes note of a month that is over, at the end of the day on which the next began, or of the run. It is derived
    /// from the records, and so no part of the digest.
    fn month(&mut self, _day: Day, _month: &Month) {}
}

/// Nobody watches.
impl Observer for () {
    fn record(&mut self, _: Day, _: Record<'_>) {}
}
