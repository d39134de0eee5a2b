//! What happened in the world, for the log and the digest. Whole numbers only.
//!
//! Deliberately absent: the single incident. A recorded one is in the log as the case it opens; the others
//! nobody saw, and their number by month and market says all that is measured. Single records would make up
//! nine tenths of the world's part of a log.

use super::network::Aspect;
use super::state::StateAspect;
use crate::base::{Canonical, Day, NetworkId, StateId};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorldRecord {
    /// A network appeared.
    NetworkFounded {
        /// The network.
        network: NetworkId,
        /// Where its people are; also the nationality of its principal.
        base: StateId,
        /// Where its site is.
        host: StateId,
        /// Its market.
        market: StateId,
        /// Its line.
        line: u8,
        /// Its size: what each of its incidents does, in thousandths of what one of a usual network does.
        size_thousandths: u32,
    },
    /// A network changed something.
    NetworkMoved {
        /// The network.
        network: NetworkId,
        /// What it changed.
        aspect: Aspect,
        /// Number of the state (or line) before.
        from: u16,
        /// And after.
        to: u16,
    },
    /// A network lost its site.
    SiteLost {
        /// The network.
        network: NetworkId,
        /// Where the site was.
        host: StateId,
    },
    /// Its site is back.
    SiteBack {
        /// The network.
        network: NetworkId,
        /// Where it is now.
        host: StateId,
    },
    /// A network ended by a result of a case.
    NetworkDismantled {
        /// The network.
        network: NetworkId,
        /// Where its people were on that day.
        base: StateId,
        /// The state that investigated.
        investigating: StateId,
        /// The day on which the network is expected to have been replaced.
        replaced: Day,
    },
    /// A network gave up for good.
    NetworkGaveUp {
        /// The network.
        network: NetworkId,
        /// Where its people were.
        base: StateId,
        /// The day on which the network is expected to have been replaced.
        replaced: Day,
    },
    /// States acted at once against networks on their soil.
    Operation {
        /// Whether against networks; else against sites.
        networks: bool,
        /// How many states.
        states: u32,
        /// How many networks or sites fell.
        fell: u32,
    },
    /// A number of a state changed, by a dated event.
    StateChanged {
        /// The state.
        state: StateId,
        /// Which number.
        aspect: StateAspect,
        /// Its value from today on, in thousandths.
        thousandths: u64,
    },
    /// The world in one state when a month ended, told on the first day of the next, and the incidents of its market
    /// since the last such record. The first tells how the run began.
    Month {
        /// The state.
        state: StateId,
        /// Active networks based there.
        based: u32,
        /// Active networks hosted there.
        hosted: u32,
        /// Incidents in its market.
        incidents: u32,
        /// How many of them were recorded.
        recorded: u32,
        /// What all of them did: the sum of the sizes of their networks, in thousandths.
        harm_thousandths: u64,
    },
}

impl Canonical for WorldRecord {
    fn encode(&self, into: &mut Vec<u8>) {
        match self {
            Self::NetworkFounded { network, base, host, market, line, size_thousandths } => {
                into.push(0);
                network.encode(into);
                base.encode(into);
                host.encode(into);
                market.encode(into);
                line.encode(into);
                size_thousandths.encode(into);
            }
            Self::NetworkMoved { network, aspect, from, to } => {
                into.push(1);
                network.encode(into);
                aspect.encode(into);
                from.encode(into);
                to.encode(into);
            }
            Self::SiteLost { network, host } => {
                into.push(2);
                network.encode(into);
                host.encode(into);
            }
            Self::SiteBack { network, host } => {
                into.push(3);
                network.encode(into);
                host.encode(into);
            }
            Self::NetworkDismantled { network, base, investigating, replaced } => {
                into.push(4);
                network.encode(into);
                base.encode(into);
                investigating.encode(into);
                replaced.encode(into);
            }
            Self::Month { state, based, hosted, incidents, recorded, harm_thousandths } => {
                into.push(5);
                state.encode(into);
                based.encode(into);
                hosted.encode(into);
                incidents.encode(into);
                recorded.encode(into);
                harm_thousandths.encode(into);
            }
            Self::NetworkGaveUp { network, base, replaced } => {
                into.push(6);
                network.encode(into);
                base.encode(into);
                replaced.encode(into);
            }
            Self::Operation { networks, states, fell } => {
                into.push(7);
                networks.encode(into);
                states.encode(into);
                fell.encode(into);
            }
            Self::StateChanged { state, aspect, thousandths } => {
                into.push(8);
                state.encode(into);
                into.push(*aspect as u8);
                thousandths.encode(into);
            }
        }
    }
}
