//! How a network chooses: what it sees, what it notices, what it changes.

use super::books::{Reading, identifier};
use super::choice::goes_on;
use super::enforcement::Seen;
use super::network::{Aspect, Network};
use super::perception::{Perception, Viewer};
use super::record::WorldRecord;
use super::world::{Event, LAW_NOTICE, NOTICE, NetworkPlace, SITE_TASTES, Standing, TASTES, World, on};
use crate::base::{NetworkId, Purpose, Stream, Streams, Tastes, thousandths};

/// Who comes to a place.
pub(super) struct Newcomer {
    pub line: usize,
    pub market: usize,
    /// Whether it looks at the law before it settles; who does not goes by attraction alone.
    pub reads_law: bool,
    /// Whether it lives where it is: law or no law, its base is where attraction had it.
    pub rooted: bool,
}

impl World {
    /// Where a newcomer settles. Its line and market are what it came for; base and host follow from them.
    pub(super) fn settle(
        &mut self,
        reading: &Reading,
        id: NetworkId,
        newcomer: &Newcomer,
        stream: &mut Stream,
    ) -> Network {
        let Newcomer { line, market, reads_law, rooted } = *newcomer;
        let Self { options, reach, experience, .. } = self;
        let mut perception = Perception { reading, reach, experience };
        let (bases, hosts) = (options.bases.given(market), &options.hosts);
        let base = if reads_law && !rooted {
            bases.choose(stream.tastes(), |state| perception.newcomers_base(state, market, line), None)
        } else {
            bases.choose_by_attraction(stream.tastes())
        };
        let viewer = Viewer { own: None, line, market };
        let host = if reads_law {
            hosts.choose(stream.tastes(), |state| perception.host(viewer, state), None)
        } else {
            hosts.choose_by_attraction(stream.tastes())
        };
        let (base, host) = (identifier(base), identifier(host));
        let line = u8::try_from(line).expect("at most MOST_LINES");
        let size_thousandths = size_thousandths(&self.streams, id, reading.settings.behaviour.size_spread);
        Network { id, base, host, market: identifier(market), nationality: base, line, size_thousandths }
    }

    /// The market that a newcomer comes for: by attraction alone.
    pub(super) fn any_market(&self, stream: &mut Stream) -> usize {
        self.options.markets.all().choose_by_attraction(stream.tastes())
    }

    /// Notes where a network is, and what the books say about that; gives what they said before.
    pub(super) fn look_up(&mut self, reading: &Reading, place: usize) -> [f64; 3] {
        let Network { base, host, market, nationality, line, .. } = self.places[place].network;
        self.whereabouts[place] = (base, host);
        let (market, line) = (market.index(), usize::from(line));
        let now = [
            self.reach.base(reading, base.index(), market, line, nationality == base),
            self.reach.data(reading, host.index(), market, line),
            self.reach.site(reading, host.index(), market, line),
        ];
        std::mem::replace(&mut self.places[place].on_the_books, now)
    }

    /// The law has changed. Those whom it makes less safe where they are may read it, the more readily the more
    /// it takes from them. After a while they reconsider that very place, or the market whose authority now reaches it:
    /// the loss is one of the pair.
    pub(super) fn read_law(&mut self, reading: &Reading) {
        let behaviour = reading.settings.behaviour;
        for place in 0..self.places.len() {
            if self.places[place].standing == Standing::Awaiting {
                continue;
            }
            let before = self.look_up(reading, place);
            let after = self.places[place].on_the_books;
            let lost = |risk: usize| (after[risk] - before[risk]).max(0.0);
            let losses = [lost(0), lost(1).max(lost(2))];
            if losses.iter().all(|loss| *loss <= 0.0) {
                continue;
            }
            let mut stream = self.draw(Purpose::Review, place, on(reading.day, LAW_NOTICE));
            for (aspect, loss) in [Aspect::Base, Aspect::Host].into_iter().zip(losses) {
                let reads = stream.chance(behaviour.reads_law * loss);
                let days = stream.geometric_days(behaviour.law_reading_days);
                let market = stream.chance(reading.settings.market_before(aspect));
                if reads {
                    let reconsiders = if market { Aspect::Market } else { aspect };
                    self.plan(reading.day + days, place, Event::LawRead(reconsiders));
                }
            }
        }
    }

    /// Enforcement has happened. Those near it may notice and reconsider at once.
    pub(super) fn notice(&mut self, reading: &Reading, seen: &Seen) {
        let behaviour = reading.settings.behaviour;
        // By so many acts, the chance to notice none.
        let grain = reading.settings.grain();
        let by = |acts: u32| libm::pow(1.0 - behaviour.notices_near, f64::from(acts) * grain);
        let overlooked: Vec<f64> = (0..=seen.most()).map(by).collect();
        for place in 0..self.places.len() {
            let (base, host) = self.whereabouts[place];
            let (near, own) = (seen.near(base, host), seen.own.contains(&place));
            if (near == 0 && !own) || self.places[place].standing == Standing::Awaiting {
                continue;
            }
            // What befell its own site is no act against another.
            let others = if own { near.saturating_sub(1) } else { near };
            let of_own = if own { 1.0 - behaviour.notices_own } else { 1.0 };
            let overlooks = of_own * overlooked[others as usize];
            if self.draw(Purpose::Review, place, on(reading.day, NOTICE)).chance(1.0 - overlooks) {
                self.reconsider(reading, place, None);
            }
        }
    }

    /// A network reconsiders one aspect: the one given, or one that is drawn.
    pub(super) fn reconsider(&mut self, reading: &Reading, place: usize, aspect: Option<Aspect>) {
        let mut stream = self.draw(Purpose::Relocation, place, on(reading.day, TASTES));
        let drawn = Aspect::ALL[stream.weighted(&reading.settings.consider_weights())];
        let tastes = stream.tastes();
        let Self { places, options, lines, reach, experience, .. } = self;
        let NetworkPlace { network, standing, rooted, .. } = &places[place];
        let (line, market) = (usize::from(network.line), network.market.index());
        let viewer = Viewer { own: Some(place), line, market };
        let mut perception = Perception { reading, reach, experience };
        let aspect = aspect.unwrap_or(drawn);
        let outside = reading.settings.behaviour.lawful_life;
        let to = match aspect {
            // Who lives there asks of no other place, only whether to go on.
            Aspect::Base if *rooted => {
                let risk = perception.base(viewer, network.base.index(), network.nationality == network.base);
                if !goes_on(tastes, options.key(network.base), risk, outside) {
                    self.give_up(reading, place);
                }
                return;
            }
            Aspect::Base => {
                let nationality = network.nationality.index();
                let risk = |state| perception.base(viewer, state, nationality == state);
                let current = network.base.index();
                match options.bases.given(market).choose_or_leave(tastes, risk, current, outside) {
                    Some(to) => to,
                    None => return self.give_up(reading, place),
                }
            }
            Aspect::Host if *standing == Standing::Active => {
                let risk = |state| perception.host(viewer, state);
                options.hosts.choose(tastes, risk, Some(network.host.index()))
            }
            // Without a site, the next one is chosen when it is back.
            Aspect::Host => return,
            Aspect::Market => {
                let risk = |market| perception.market(place, network, market);
                options.markets.given(network.base.index()).choose(tastes, risk, Some(market))
            }
            Aspect::Line => lines.choose(tastes, |line| perception.line(place, network, line), Some(line)),
            Aspect::Principal => return self.reconsider_principal(reading, place, tastes),
        };
        self.change(reading, place, aspect, to);
    }

    /// Whether to appear in the same place under another identity, with a national of the base in front. What it saw
    /// as who it was says nothing of who it would be. There is no way back but to move: nobody seeks a principal whom
    /// more states may surrender.
    fn reconsider_principal(&mut self, reading: &Reading, place: usize, tastes: Tastes) {
        let Network { base, market, line, nationality, .. } = self.places[place].network;
        let Self { principals, reach, experience, .. } = self;
        let mut perception = Perception { reading, reach, experience };
        let stays = Viewer { own: Some(place), line: usize::from(line), market: market.index() };
        let changes = Viewer { own: None, ..stays };
        let risk = |option| match option {
            0 => perception.base(stays, base.index(), nationality == base),
            _ => perception.base(changes, base.index(), true),
        };
        if principals.choose(tastes, risk, Some(0)) == 1 {
            let held = &mut self.places[place];
            let from = std::mem::replace(&mut held.network.nationality, base).0;
            held.identity_since = reading.day;
            let network = held.network.id;
            self.experience.forget(place);
            self.report.records.push(WorldRecord::NetworkMoved {
                network,
                aspect: Aspect::Principal,
                from,
                to: base.0,
            });
            self.look_up(reading, place);
        }
    }

    /// The site of a network is back: at a host chosen as a newcomer would, for nothing is left to move.
    pub(super) fn bring_back(&mut self, reading: &Reading, place: usize) {
        let network = self.places[place].network;
        let mut stream = self.draw(Purpose::Relocation, place, on(reading.day, SITE_TASTES));
        let Self { options, reach, experience, .. } = self;
        let mut perception = Perception { reading, reach, experience };
        let viewer = Viewer { own: Some(place), line: usize::from(network.line), market: network.market.index() };
        let to = options.hosts.choose(stream.tastes(), |state| perception.host(viewer, state), None);
        self.places[place].standing = Standing::Active;
        self.report.records.push(WorldRecord::SiteBack { network: network.id, host: identifier(to) });
        self.change(reading, place, Aspect::Host, to);
    }

    fn change(&mut self, reading: &Reading, place: usize, aspect: Aspect, to: usize) {
        let network = &mut self.places[place].network;
        let state = identifier(to);
        let from = match aspect {
            Aspect::Base => std::mem::replace(&mut network.base, state).0,
            Aspect::Host => std::mem::replace(&mut network.host, state).0,
            Aspect::Market => std::mem::replace(&mut network.market, state).0,
            Aspect::Principal => return,
            Aspect::Line => {
                let line = u8::try_from(to).expect("at most MOST_LINES");
                u16::from(std::mem::replace(&mut network.line, line))
            }
        };
        if from != state.0 {
            let network = network.id;
            if aspect == Aspect::Line {
                self.experience.forget(place);
            }
            self.report.records.push(WorldRecord::NetworkMoved { network, aspect, from, to: state.0 });
            self.look_up(reading, place);
        }
    }

    /// What a newcomer can expect of the best base, see [`Options::inclusive_value`](super::choice::Options::inclusive_value).
    pub(super) fn newcomers_expectation(&mut self, reading: &Reading, line: usize, market: usize) -> f64 {
        let mut perception = Perception { reading, reach: &mut self.reach, experience: &self.experience };
        self.options.bases.given(market).inclusive_value(|state| perception.newcomers_base(state, market, line))
    }
}

/// The size of a network, a draw of its own: whoever takes its place is as large as chance has it.
fn size_thousandths(streams: &Streams, id: NetworkId, spread: f64) -> u32 {
    if spread == 0.0 {
        return Network::USUAL_SIZE_THOUSANDTHS;
    }
    // The median of a log-normal of which the mean is 1.
    let median = libm::exp(-spread * spread / 2.0);
    // Whoever is there does something.
    thousandths(streams.stream(Purpose::Size, u64::from(id.0), 0).lognormal(median, spread)).max(1)
}
