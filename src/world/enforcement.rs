//! What the authorities' work does to networks: they learn, lose their sites, end, and are replaced.

use std::collections::BTreeMap;

use super::books::{Reading, identifier};
use super::learning::{About, Risk, lessons};
use super::moving::Newcomer;
use super::network::{CaseEnd, Enforcement, Network, Removal};
use super::record::WorldRecord;
use super::settings::Operation;
use super::world::{Event, NetworkPlace, SITE_GAP, Standing, World, on};
use crate::authority::Outcome;
use crate::base::{Day, NetworkId, Purpose, StateId, Stream};

/// Enforcement of one day, as networks may see it.
pub(super) struct Seen {
    /// Acts by base of the network that they hit.
    bases: Vec<u32>,
    /// Acts by host.
    hosts: Vec<u32>,
    /// Those of both, by base and host: whoever shares both with the network that was hit sees one act.
    cases: BTreeMap<(StateId, StateId), u32>,
    /// Places of the networks that lost their own site.
    pub own: Vec<usize>,
}

impl Seen {
    pub fn new(states: usize) -> Self {
        Self { bases: vec![0; states], hosts: vec![0; states], cases: BTreeMap::new(), own: Vec::new() }
    }

    /// A site in a state was taken.
    pub fn site(&mut self, host: StateId) {
        self.hosts[host.index()] += 1;
    }

    /// People in a state were reached.
    pub fn people(&mut self, base: StateId) {
        self.bases[base.index()] += 1;
    }

    /// A case against a network had its result.
    fn case(&mut self, base: StateId, host: StateId) {
        self.people(base);
        self.site(host);
        *self.cases.entry((base, host)).or_default() += 1;
    }

    /// Acts at this base or at this host.
    pub fn near(&self, base: StateId, host: StateId) -> u32 {
        let (at_base, at_host) = (self.bases[base.index()], self.hosts[host.index()]);
        // A case counts at both, so where either is none there is none of both.
        let both = if at_base.min(at_host) == 0 { None } else { self.cases.get(&(base, host)) };
        at_base + at_host - both.copied().unwrap_or(0)
    }

    /// No network has more acts near it than this.
    pub fn most(&self) -> u32 {
        let most = |acts: &[u32]| acts.iter().copied().max().unwrap_or(0);
        most(&self.bases) + most(&self.hosts)
    }

    /// Whether there was none: of a day on which cases were only lost.
    pub fn is_nothing(&self) -> bool {
        self.own.is_empty() && self.bases.iter().chain(&self.hosts).all(|acts| *acts == 0)
    }
}

impl World {
    /// What the authorities did the day before, and the operations of today.
    pub(super) fn enforce(&mut self, reading: &Reading, outcomes: &[Enforcement], operations: &[Operation]) {
        if outcomes.is_empty() && operations.is_empty() {
            return;
        }
        let mut seen = Seen::new(self.settings.states.len());
        // What a day teaches is learnt before anything ends on it: what a newcomer expects does not go by what is told first.
        for outcome in outcomes {
            match outcome {
                Enforcement::CaseClosed(case) => self.learn_of_case(reading, case),
                Enforcement::SiteRemoved(removal) => self.learn_of_removal(reading, removal),
            }
        }
        for outcome in outcomes {
            match outcome {
                Enforcement::CaseClosed(case) => self.close_case(reading, case, &mut seen),
                Enforcement::SiteRemoved(removal) => self.remove_site(reading, removal, &mut seen),
            }
        }
        for (index, operation) in operations.iter().enumerate() {
            let earlier = operations[..index].iter().filter(|other| other.meets(operation)).count();
            self.operate(reading, (operation, earlier as u64), &mut seen);
        }
        if !seen.is_nothing() {
            self.notice(reading, &seen);
        }
    }

    /// A case has ended: what that teaches.
    fn learn_of_case(&mut self, reading: &Reading, case: &CaseEnd) {
        let CaseEnd { investigating, base, host, .. } = *case;
        let own = self.with_line(self.place_of(case.network), case.line);
        let line = usize::from(case.line);
        let risks = [(Risk::People, base), (Risk::Data, host), (Risk::Site, host), (Risk::Market, investigating)];
        for ((risk, state), lesson) in risks.into_iter().zip(lessons(&case.outcome)) {
            // What came of a removal that was tried was learnt on that day. Of data that nobody needed nothing is.
            let teaches = match risk {
                Risk::Site => !case.site_tried,
                Risk::Data => case.needed_data,
                Risk::People | Risk::Market => true,
            };
            if let Some(hit) = lesson.filter(|_| teaches) {
                let about = About { risk, state: state.index(), investigating: investigating.index() };
                // Of a market the law promises as much as of the people whom its case was about.
                let place = if risk == Risk::Market { base } else { state };
                let promised = self.promised(reading, line, About { state: place.index(), ..about });
                self.experience.note(own, line, about, hit, promised);
            }
        }
    }

    /// A case has ended, and with it the network if it is the one that was tried.
    fn close_case(&mut self, reading: &Reading, case: &CaseEnd, seen: &mut Seen) {
        let CaseEnd { investigating, base, host, .. } = *case;
        // Of a network that is gone already, a further result is no act that anybody sees.
        if let (Some(place), Outcome::Concluded(_)) = (self.place_of(case.network), &case.outcome) {
            seen.case(base, host);
            if self.places[place].network.base == base && self.is_reached(reading, place, case.opened) {
                self.dismantle(reading, place, investigating);
            }
        }
    }

    /// A site has been removed, if it was still there: what that teaches.
    fn learn_of_removal(&mut self, reading: &Reading, removal: &Removal) {
        let Removal { line, investigating, host, opened, late, .. } = *removal;
        let Some(place) = self.place_of_site(removal) else { return };
        let (own, line) = (self.with_line(Some(place), line), usize::from(line));
        let about = About { risk: Risk::Site, state: host.index(), investigating: investigating.index() };
        // One case is one trial. A site that comes down when the case is over was counted by then as one that did
        // not; one that comes down when nobody remembers the case any more teaches nothing.
        let remembered = f64::from(reading.day.days_since(opened)) <= reading.settings.behaviour.memory_days;
        match late {
            false => {
                let promised = self.promised(reading, line, about);
                self.experience.note(own, line, about, true, promised);
            }
            true if remembered => self.experience.note_removal(own, line, about),
            true => {}
        }
    }

    /// A site has been removed, if it was still there, and up.
    fn remove_site(&mut self, reading: &Reading, removal: &Removal, seen: &mut Seen) {
        let Some(place) = self.place_of_site(removal) else { return };
        if self.places[place].standing == Standing::Active {
            seen.site(removal.host);
            self.lose_site(reading, place, removal.host, 1.0, seen);
        }
    }

    /// What the law promises, on the day of an outcome, of what that is about.
    pub(super) fn promised(&mut self, reading: &Reading, line: usize, about: About) -> f64 {
        // Where no outcome loses weight for it, nobody asks.
        if reading.settings.behaviour.law_contrast <= 0.0 {
            return 0.0;
        }
        let About { risk, state, investigating } = about;
        match risk {
            Risk::People | Risk::Market => self.reach.base(reading, state, investigating, line, true),
            Risk::Data => self.reach.data(reading, state, investigating, line),
            Risk::Site => self.reach.site(reading, state, investigating, line),
        }
    }

    /// Where a network is, if it is still there.
    fn place_of(&self, network: NetworkId) -> Option<usize> {
        let place = network.place() as usize;
        let held = self.places.get(place)?;
        (held.network.id == network && held.standing != Standing::Awaiting).then_some(place)
    }

    /// Where the network is whose site a removal is about, if that site has not moved elsewhere.
    fn place_of_site(&self, removal: &Removal) -> Option<usize> {
        self.place_of(removal.network).filter(|place| self.places[*place].network.host == removal.host)
    }

    /// The network to which an outcome is its own: one that has changed its line has forgotten what it saw under the other.
    fn with_line(&self, place: Option<usize>, line: u8) -> Option<usize> {
        place.filter(|place| self.places[*place].network.line == line)
    }

    /// Whether the result of a case reaches a network whose people are still where the case found them: one that took another
    /// identity since may have left a stranger to answer for it.
    fn is_reached(&self, reading: &Reading, place: usize, opened: Day) -> bool {
        let NetworkPlace { identity_since, .. } = self.places[place];
        let shield = reading.settings.behaviour.identity_shield;
        opened >= identity_since || !self.draw(Purpose::Identity, place, on(reading.day, 0)).chance(shield)
    }

    /// A network loses its site, for so many times the usual days.
    pub(super) fn lose_site(&mut self, reading: &Reading, place: usize, host: StateId, times: f64, seen: &mut Seen) {
        let NetworkPlace { network, standing, .. } = self.places[place];
        if standing == Standing::Active && network.host == host {
            self.places[place].standing = Standing::SiteDown;
            seen.own.push(place);
            let mut stream = self.draw(Purpose::Relocation, place, on(reading.day, SITE_GAP));
            let gap = stream.geometric_days(reading.settings.behaviour.site_back_days * times);
            self.plan(reading.day + gap, place, Event::SiteBack);
            self.report.records.push(WorldRecord::SiteLost { network: network.id, host });
        }
    }

    pub(super) fn dismantle(&mut self, reading: &Reading, place: usize, investigating: StateId) {
        let Network { id: network, base, .. } = self.places[place].network;
        let replaced = self.vacate(reading, place);
        self.report.records.push(WorldRecord::NetworkDismantled { network, base, investigating, replaced });
    }

    /// A network gives up: what is left of it is lawful.
    pub(super) fn give_up(&mut self, reading: &Reading, place: usize) {
        let Network { id: network, base, .. } = self.places[place].network;
        let replaced = self.vacate(reading, place);
        self.report.records.push(WorldRecord::NetworkGaveUp { network, base, replaced });
    }

    /// A network is gone; the day on which a newcomer takes its place.
    fn vacate(&mut self, reading: &Reading, place: usize) -> Day {
        let gone = self.places[place].network;
        self.experience.forget(place);
        // The newcomer's line and market are drawn now: what it can expect there decides when it comes.
        let mut stream = self.replacement(gone.id.successor(), 0);
        let (line, market) = (self.lines.choose_by_attraction(stream.tastes()), self.any_market(&mut stream));
        let same = self.replacement(gone.id.successor(), 2).chance(reading.settings.behaviour.same_market_share);
        let (line, market) = if same { (usize::from(gone.line), gone.market.index()) } else { (line, market) };
        let expected = self.newcomers_expectation(reading, line, market);
        let behaviour = &reading.settings.behaviour;
        let slower = libm::exp(-behaviour.replacement_elasticity * expected);
        let replaced = reading.day + stream.geometric_days(behaviour.replacement_days * slower);
        let held = &mut self.places[place];
        held.standing = Standing::Awaiting;
        held.network.line = u8::try_from(line).expect("at most MOST_LINES");
        held.network.market = identifier(market);
        self.plan(replaced, place, Event::Appears);
        replaced
    }

    pub(super) fn appear(&mut self, reading: &Reading, place: usize) {
        let Network { id, line, market, .. } = self.places[place].network;
        let id = id.successor();
        let mut stream = self.replacement(id, 1);
        let rooted = stream.chance(reading.settings.behaviour.rooted_share);
        let newcomer = Newcomer { line: usize::from(line), market: market.index(), reads_law: true, rooted };
        let network = self.settle(reading, id, &newcomer, &mut stream);
        let held = &mut self.places[place];
        held.network = network;
        held.rooted = rooted;
        held.standing = Standing::Active;
        held.generation += 1;
        held.identity_since = reading.day;
        self.begin(reading, place);
    }

    /// A newcomer comes of its own accord: its draws are its own, not those of the day on which its place became free.
    fn replacement(&self, newcomer: NetworkId, step: u64) -> Stream {
        self.streams.stream(Purpose::Replacement, u64::from(newcomer.0), step)
    }
}
