//! The risks that a network sees when it chooses: what the law says, and what was seen.
//!
//! The risk of a market is that its authority can reach the network where it is; the risk of a base or a host is that the
//! market which it serves can reach it there. An option's risk is looked at when a choice asks for it, and not before.

use super::books::{Reach, Reading};
use super::learning::{About, Experience, Risk};
use super::network::Network;

/// Through what a network sees on a day.
pub(super) struct Perception<'a> {
    /// The day's law, and the settings.
    pub reading: &'a Reading<'a>,
    /// What the law promises.
    pub reach: &'a mut Reach,
    /// What was seen.
    pub experience: &'a Experience,
}

/// Who looks. What it saw itself counts for the line that it has.
#[derive(Clone, Copy)]
pub(super) struct Viewer {
    /// Its place; none for a newcomer.
    pub own: Option<usize>,
    /// The line that it has, or thinks of.
    pub line: usize,
    /// The market that it serves.
    pub market: usize,
}

impl Perception<'_> {
    /// Weighted risk of a base: that the market can reach the network's people there.
    pub fn base(&mut self, viewer: Viewer, state: usize, national: bool) -> f64 {
        let Viewer { own, line, market } = viewer;
        let books = self.reach.base(self.reading, state, market, line, national);
        let about = About { risk: Risk::People, state, investigating: market };
        self.weight(market) * self.perceived(own, line, about, books)
    }

    /// Weighted risk of a base to a newcomer: its principal would be a national there.
    pub fn newcomers_base(&mut self, state: usize, market: usize, line: usize) -> f64 {
        self.base(Viewer { own: None, line, market }, state, true)
    }

    /// Weighted risk of a host, that the market needs the data there and can reach them, and that the site is removed. The
    /// data are evidence, and weigh as what the market's sentences make of it; a site that is removed is lost at once, whatever
    /// becomes of the case. Without a case there is neither.
    pub fn host(&mut self, viewer: Viewer, state: usize) -> f64 {
        let Viewer { own, line, market } = viewer;
        let about = |risk| About { risk, state, investigating: market };
        let data = self.reach.data(self.reading, state, market, line);
        let site = self.reach.site(self.reading, state, market, line);
        let needed = self.reading.settings.states[market].needs_data;
        self.weight(market) * needed * self.perceived(own, line, about(Risk::Data), data)
            + self.attention(market)
                * self.reading.settings.behaviour.removal_weight
                * self.perceived(own, line, about(Risk::Site), site)
    }

    /// Weighted risk of a market: that its authority can reach people, and data, where they are. Each of the two adds its
    /// own, as a base and a host do when they are chosen; what was seen is what that authority achieved.
    pub fn market(&mut self, place: usize, network: &Network, market: usize) -> f64 {
        let line = usize::from(network.line);
        let national = network.nationality == network.base;
        let of_base = self.reach.base(self.reading, network.base.index(), market, line, national);
        let of_host = self.reach.data(self.reading, network.host.index(), market, line);
        let perceived = |books| self.perceived(Some(place), line, About::market(market), books);
        let needed = self.reading.settings.states[market].needs_data;
        self.weight(market) * (perceived(of_base) + needed * perceived(of_host))
    }

    /// How certain punishment is in a market, as anybody there sees it: how far its authority reaches people by law,
    /// wherever those who serve it are usually based, and what it was seen to achieve, where it opens a case. Sentences count as
    /// little as elsewhere.
    pub fn certainty(&mut self, based: &[f64], market: usize, line: u8) -> f64 {
        let line = usize::from(line);
        let books = self.reach.people(self.reading, based, market, line);
        self.perceived(None, line, About::market(market), books) * self.severity(market) * self.attention(market)
    }

    /// Weighted risk of a line, where the network is: again people and data.
    pub fn line(&mut self, place: usize, network: &Network, line: usize) -> f64 {
        let own = (line == usize::from(network.line)).then_some(place);
        let viewer = Viewer { own, line, market: network.market.index() };
        self.base(viewer, network.base.index(), network.nationality == network.base)
            + self.host(viewer, network.host.index())
    }

    /// What was seen of a risk, as far as the state that it lies in lets others see, and what the law says.
    fn perceived(&self, own: Option<usize>, line: usize, about: About, books: f64) -> f64 {
        let published = self.reading.settings.states[about.state].publishes_decisions;
        self.experience.perceived(own, line, about, books, published)
    }

    /// What a certain risk takes from the value of a choice: certainty counts in full, the market's sentences hardly.
    fn weight(&self, market: usize) -> f64 {
        self.reading.settings.behaviour.risk_weight * self.severity(market) * self.attention(market)
    }

    /// How often a market comes to open a case at all, beside the others: what is seen and promised is of cases.
    fn attention(&self, market: usize) -> f64 {
        self.reading.settings.states[market].attention()
    }

    /// How far a market's sentences count.
    fn severity(&self, market: usize) -> f64 {
        let settings = self.reading.settings;
        libm::pow(settings.states[market].severity, settings.behaviour.severity_power)
    }
}
