//! The options of bases, hosts and markets: what attracts to each, and how bases and markets are tied.
//!
//! Where networks are and whom they harm may go together: some harm people at home, some in their region, the others wherever
//! attraction leads.
//!
//! What is stated are shares when all risks are equal, as for attraction itself. Of the networks of a market, one share is
//! based in it and another in its region, by the attraction of the states there; the rest are based by attraction alone.
//! A network that reconsiders its market asks the same question from the other side: of the networks of its base, how
//! many serve each market. So neither choice pulls against the other.
//!
//! Hosts are deliberately not tied: a site needs neither neighbours nor a language.

use std::sync::Arc;

use super::behaviour::Behaviour;
use super::choice::Options;
use super::settings::WorldSettings;
use super::state::StateSettings;
use crate::base::{Purpose, StateId, Streams};

/// The options of bases, hosts and markets.
#[derive(Clone, Debug)]
pub(super) struct Places {
    pub bases: Tied,
    pub hosts: Options,
    pub markets: Tied,
    /// Of each state, that of its tastes.
    keys: Arc<[u64]>,
}

impl Places {
    pub fn new(settings: &WorldSettings, streams: &Streams) -> Self {
        let factors = rank_size(settings, streams);
        let of = |attraction: fn(&StateSettings) -> f64| -> Vec<f64> {
            settings.states.iter().zip(&factors).map(|(state, factor)| attraction(state) * factor).collect()
        };
        let (bases, markets) = (of(StateSettings::base_attraction), of(|state| state.market));
        let keys: Arc<[u64]> = settings.states.iter().map(|state| state.key).collect();
        let [bases, markets] = bases_and_markets(settings, &keys, &bases, &markets);
        let hosts = Options::new(&keys, &of(|state| state.infrastructure), settings.behaviour.cost_host);
        Self { bases, hosts, markets, keys }
    }

    /// What a state is called among the options of a choice.
    pub fn key(&self, state: StateId) -> u64 {
        self.keys[state.index()]
    }
}

/// By state, what the rank-size rule makes of its attractions: rank to the power of minus the slope, in an order that
/// the seed draws. Large places are large in every respect.
fn rank_size(settings: &WorldSettings, streams: &Streams) -> Vec<f64> {
    let mut drawn: Vec<(f64, usize)> = (0..settings.states.len())
        .map(|state| (streams.stream(Purpose::Attraction, settings.states[state].key, 0).unit(), state))
        .collect();
    drawn.sort_by(|left, right| left.0.total_cmp(&right.0).then(left.1.cmp(&right.1)));
    let mut factors = vec![1.0; drawn.len()];
    for ((_, state), rank) in drawn.into_iter().zip(1_u32..) {
        factors[state] = libm::pow(f64::from(rank), -settings.behaviour.attraction_slope);
    }
    factors
}

/// The options of one choice, which may depend on another.
#[derive(Clone, Debug)]
pub(super) struct Tied {
    /// Over all that it depends on.
    all: Options,
    /// By what it depends on; empty when it does not.
    given: Vec<Options>,
}

impl Tied {
    /// Over all networks: what a location quotient compares with.
    pub fn all(&self) -> &Options {
        &self.all
    }

    /// The options of those with this base (or market).
    pub fn given(&self, other: usize) -> &Options {
        self.given.get(other).unwrap_or(&self.all)
    }
}

/// The options of bases, given the market, and of markets, given the base, from their attractions.
fn bases_and_markets(settings: &WorldSettings, keys: &Arc<[u64]>, bases: &[f64], markets: &[f64]) -> [Tied; 2] {
    let Behaviour { cost_base, cost_market, home_share, region_share, .. } = settings.behaviour;
    let markets_alone = Options::new(keys, markets, cost_market);
    // Most worlds: one set of options serves all networks, where ties need as many as there are states.
    if home_share + region_share == 0.0 {
        let free = |all| Tied { all, given: Vec::new() };
        return [free(Options::new(keys, bases, cost_base)), free(markets_alone)];
    }
    let of_market: Vec<Vec<f64>> = (0..markets.len()).map(|market| based(settings, bases, market)).collect();
    // Of all networks, those that serve a market and are based in a state.
    let both = |market: usize, base: usize| markets_alone.shares()[market] * of_market[market][base];
    let states = || 0..markets.len();
    let of_all: Vec<f64> = states().map(|base| states().map(|market| both(market, base)).sum()).collect();
    let serving = states().map(|base| {
        // Where nobody is based nobody asks.
        let served: Vec<f64> = states().map(|market| both(market, base)).collect();
        if of_all[base] > 0.0 { Options::new(keys, &served, cost_market) } else { markets_alone.clone() }
    });
    let serving = serving.collect();
    let given = of_market.iter().map(|shares| Options::new(keys, shares, cost_base)).collect();
    [Tied { all: Options::new(keys, &of_all, cost_base), given }, Tied { all: markets_alone, given: serving }]
}

/// Where the networks of a market are based, in shares. A share for which there is no place goes by attraction.
fn based(settings: &WorldSettings, attractions: &[f64], market: usize) -> Vec<f64> {
    let Behaviour { home_share, region_share, .. } = settings.behaviour;
    let region = settings.states[market].region;
    let in_region = |state: usize| state != market && region.is_some() && settings.states[state].region == region;
    let sum = |counts: &dyn Fn(usize) -> bool| -> f64 {
        attractions.iter().enumerate().filter(|(state, _)| counts(*state)).map(|(_, attraction)| attraction).sum()
    };
    let (all, of_region) = (sum(&|_| true), sum(&in_region));
    let at_home = if attractions[market] > 0.0 { home_share } else { 0.0 };
    let near = if of_region > 0.0 { region_share } else { 0.0 };
    // The two add up to 1 at most, but for what rounding leaves of it.
    let anywhere = (1.0 - at_home - near).max(0.0);
    let share = |(state, attraction): (usize, &f64)| {
        let home = if state == market { at_home } else { 0.0 };
        let region = if in_region(state) { near * attraction / of_region } else { 0.0 };
        home + region + anywhere * attraction / all
    };
    attractions.iter().enumerate().map(share).collect()
}
