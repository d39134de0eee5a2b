//! How a network chooses: what it sees, what it notices, what it changes.

use super::books::{Reading, identifier};
use super::enforcement::Seen;
use super::learning::{About, Risk};
use super::network::{Aspect, Network};
use super::record::WorldRecord;
use super::world::{Event, LAW_NOTICE, NOTICE, NetworkPlace, SITE_TASTES, Standing, TASTES, World, on};
use crate::base::{NetworkId, Purpose, Stream};

impl World {
    /// Where a newcomer settles. Its line and market are what it came for; base and host follow from them. One
    /// that does not read the law goes by attraction alone.
    pub(super) fn settle(
        &mut self,
        reading: &Reading,
        id: NetworkId,
        line: usize,
        market: usize,
        reads_law: bool,
        stream: &mut Stream,
    ) -> Network {
        let states = reading.settings.states.len();
        let (bases, hosts) = if reads_law {
            (self.newcomers_base_risks(reading, line, market), self.host_risks(reading, None, line, market))
        } else {
            (vec![0.0; states], vec![0.0; states])
        };
        let base = identifier(self.options.bases.given(market).choose(stream, &bases, None));
        let host = identifier(self.options.hosts.choose(stream, &hosts, None));
        let line = u8::try_from(line).expect("at most MOST_LINES");
        Network { id, base, host, market: identifier(market), nationality: base, line }
    }

    /// The market that a newcomer comes for: by attraction alone.
    pub(super) fn any_market(&self, stream: &mut Stream) -> usize {
        let markets = self.options.markets.all();
        markets.choose(stream, &vec![0.0; markets.len()], None)
    }

    /// Notes what the books say about where a network is; gives what they said before.
    pub(super) fn look_up(&mut self, reading: &Reading, place: usize) -> [f64; 3] {
        let Network { base, host, market, nationality, line, .. } = self.places[place].network;
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
                let days = stream.exponential_days(behaviour.law_reading_days);
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
        let overlooks = |acts: &Vec<u32>| -> Vec<f64> {
            acts.iter()
                .map(|acts| libm::pow(1.0 - behaviour.notices_near, f64::from(*acts) * reading.settings.grain()))
                .collect()
        };
        let (by_base, by_host) = (overlooks(&seen.bases), overlooks(&seen.hosts));
        for place in 0..self.places.len() {
            let NetworkPlace { network, standing, .. } = &self.places[place];
            let acts = seen.bases[network.base.index()] + seen.hosts[network.host.index()];
            // Most are near nothing: that is asked first, of every network on every day of enforcement.
            if acts == 0 && (seen.own.is_empty() || !seen.own.contains(&place)) || *standing == Standing::Awaiting {
                continue;
            }
            let own = seen.own.contains(&place);
            let overlooked = if own { 1.0 - behaviour.notices_own } else { 1.0 };
            let overlooked = overlooked * by_base[network.base.index()] * by_host[network.host.index()];
            if self.draw(Purpose::Review, place, on(reading.day, NOTICE)).chance(1.0 - overlooked) {
                self.reconsider(reading, place, None);
            }
        }
    }

    /// A network reconsiders one aspect: the one given, or one that is drawn.
    pub(super) fn reconsider(&mut self, reading: &Reading, place: usize, aspect: Option<Aspect>) {
        let network = self.places[place].network;
        let mut stream = self.draw(Purpose::Relocation, place, on(reading.day, TASTES));
        let drawn = Aspect::ALL[stream.weighted(&reading.settings.consider_weights())];
        let (line, market) = (usize::from(network.line), network.market.index());
        match aspect.unwrap_or(drawn) {
            Aspect::Base => {
                let risks = self.base_risks(reading, place);
                let outside = reading.settings.behaviour.lawful_life;
                let options = self.options.bases.given(market);
                match options.choose_or_leave(&mut stream, &risks, Some(network.base.index()), outside) {
                    Some(to) => self.change(reading, place, Aspect::Base, to),
                    None => self.give_up(reading, place),
                }
            }
            Aspect::Host if self.places[place].standing == Standing::Active => {
                let risks = self.host_risks(reading, Some(place), line, market);
                let to = self.options.hosts.choose(&mut stream, &risks, Some(network.host.index()));
                self.change(reading, place, Aspect::Host, to);
            }
            // Without a site, the next one is chosen when it is back.
            Aspect::Host => {}
            Aspect::Market => {
                let risks = self.market_risks(reading, place);
                let options = self.options.markets.given(network.base.index());
                let to = options.choose(&mut stream, &risks, Some(market));
                self.change(reading, place, Aspect::Market, to);
            }
            Aspect::Line => {
                let risks = self.line_risks(reading, place);
                let to = self.lines.choose(&mut stream, &risks, Some(line));
                self.change(reading, place, Aspect::Line, to);
            }
            Aspect::Principal => self.reconsider_principal(reading, place, &mut stream),
        }
    }

    /// Whether to appear in the same place under another identity, with a national of the base in front. What it saw
    /// as who it was says nothing of who it would be. There is no way back but to move: nobody seeks a principal whom
    /// more states may surrender.
    fn reconsider_principal(&mut self, reading: &Reading, place: usize, stream: &mut Stream) {
        let Network { base, market, line, nationality, .. } = self.places[place].network;
        let (state, market, line) = (base.index(), market.index(), usize::from(line));
        let books = self.reach.base(reading, state, market, line, true);
        let seen_by_others =
            self.experience.perceived(None, line, About { risk: Risk::People, state, investigating: market }, books);
        let risks = [self.base_risk(reading, place, state, nationality == base), seen_by_others];
        let weight = risk_weight(reading, market);
        if self.principals.choose(stream, &risks.map(|risk| weight * risk), Some(0)) == 1 {
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
        let risks = self.host_risks(reading, Some(place), usize::from(network.line), network.market.index());
        let to = self.options.hosts.choose(&mut stream, &risks, None);
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

    /// Weighted risks of every base to a newcomer: its principal would be a national there.
    pub(super) fn newcomers_base_risks(&mut self, reading: &Reading, line: usize, market: usize) -> Vec<f64> {
        let weight = risk_weight(reading, market);
        (0..reading.settings.states.len())
            .map(|state| {
                let books = self.reach.base(reading, state, market, line, true);
                let about = About { risk: Risk::People, state, investigating: market };
                weight * self.experience.perceived(None, line, about, books)
            })
            .collect()
    }

    fn base_risks(&mut self, reading: &Reading, place: usize) -> Vec<f64> {
        let Network { market, nationality, .. } = self.places[place].network;
        let weight = risk_weight(reading, market.index());
        (0..reading.settings.states.len())
            .map(|state| weight * self.base_risk(reading, place, state, nationality.index() == state))
            .collect()
    }

    /// Risk of one base to a network: that the market which it serves can reach its people there.
    fn base_risk(&mut self, reading: &Reading, place: usize, state: usize, national: bool) -> f64 {
        let Network { market, line, .. } = self.places[place].network;
        let (line, market) = (usize::from(line), market.index());
        let books = self.reach.base(reading, state, market, line, national);
        let about = About { risk: Risk::People, state, investigating: market };
        self.experience.perceived(Some(place), line, about, books)
    }

    /// Weighted risks of every host, that the market can reach the data there and that the site is removed.
    fn host_risks(&mut self, reading: &Reading, own: Option<usize>, line: usize, market: usize) -> Vec<f64> {
        let weight = risk_weight(reading, market);
        (0..reading.settings.states.len())
            .map(|state| self.host_risk(reading, own, line, (market, weight), state))
            .collect()
    }

    /// Weighted risk of one host under a line. The data are evidence, and weigh as what the market's sentences make of
    /// it (its weight stands beside it); a site that is removed is lost at once, whatever becomes of the case.
    fn host_risk(
        &mut self,
        reading: &Reading,
        own: Option<usize>,
        line: usize,
        (market, weight): (usize, f64),
        state: usize,
    ) -> f64 {
        let about = |risk| About { risk, state, investigating: market };
        let (data, site) =
            (self.reach.data(reading, state, market, line), self.reach.site(reading, state, market, line));
        weight * self.experience.perceived(own, line, about(Risk::Data), data)
            + reading.settings.behaviour.removal_weight * self.experience.perceived(own, line, about(Risk::Site), site)
    }

    /// Weighted risks of every market: that its authority can reach people, and data, where they are. Each of the two
    /// adds its own, as a base and a host do when they are chosen; what was seen is what that authority achieved.
    fn market_risks(&mut self, reading: &Reading, place: usize) -> Vec<f64> {
        let Network { base, host, nationality, line, .. } = self.places[place].network;
        let line = usize::from(line);
        (0..reading.settings.states.len())
            .map(|market| {
                let of_base = self.reach.base(reading, base.index(), market, line, nationality == base);
                let of_host = self.reach.data(reading, host.index(), market, line);
                let perceived = |books| self.experience.perceived(Some(place), line, About::market(market), books);
                risk_weight(reading, market) * (perceived(of_base) + perceived(of_host))
            })
            .collect()
    }

    /// Weighted risks of every line, where the network is: again people and data.
    fn line_risks(&mut self, reading: &Reading, place: usize) -> Vec<f64> {
        let Network { base, host, market, nationality, line: has, .. } = self.places[place].network;
        let weight = risk_weight(reading, market.index());
        (0..reading.settings.lines.len())
            .map(|line| {
                let own = (line == usize::from(has)).then_some(place);
                let of_base = self.reach.base(reading, base.index(), market.index(), line, nationality == base);
                let about = About { risk: Risk::People, state: base.index(), investigating: market.index() };
                weight * self.experience.perceived(own, line, about, of_base)
                    + self.host_risk(reading, own, line, (market.index(), weight), host.index())
            })
            .collect()
    }
}

/// What a certain risk takes from the value of a choice: certainty counts in full, the market's sentences hardly.
fn risk_weight(reading: &Reading, market: usize) -> f64 {
    let behaviour = &reading.settings.behaviour;
    behaviour.risk_weight * libm::pow(reading.settings.states[market].severity, behaviour.severity_power)
}
