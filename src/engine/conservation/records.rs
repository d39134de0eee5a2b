//! Conservation in the records of a run: no letter, case or network comes twice, out of order or out of nothing, and what a run
//! says of itself is what its records add up to.

use std::collections::{BTreeMap, BTreeSet};

use crate::authority::{AuthorityRecord, Body, Letter, Ruling};
use crate::base::{CaseNumber, Day, FileNumber, LetterId, NetworkId, StateId};
use crate::engine::record::{Observer, Record};
use crate::engine::run::Outcome;
use crate::engine::tally::StateTally;
use crate::world::{Aspect, WorldRecord};

/// A request as the records show it.
#[derive(Clone, Copy, Debug)]
struct Asked {
    to: StateId,
    file: FileNumber,
    arrives: Day,
    decided: Option<bool>,
    answered: bool,
    supplied: bool,
    withdrawn: bool,
}

/// A network as the records show it.
#[derive(Clone, Copy, Debug)]
struct Held {
    base: StateId,
    host: StateId,
    site_up: bool,
}

/// What the records have shown so far, and what is wrong with it.
#[derive(Debug)]
pub struct Checker {
    places: u32,
    day: Option<Day>,
    /// Letters of the report under way: they are told before what was done that day, and judged after it.
    told: Vec<Letter>,
    letters: BTreeMap<StateId, u32>,
    requests: BTreeMap<LetterId, Asked>,
    replied: BTreeSet<LetterId>,
    /// With the day on which it was closed.
    cases: BTreeMap<(StateId, CaseNumber), (NetworkId, Option<Day>)>,
    opened: BTreeMap<StateId, u32>,
    opened_since_month: BTreeMap<StateId, u32>,
    closed: u64,
    active: BTreeMap<NetworkId, Held>,
    founded: BTreeSet<NetworkId>,
    gone: u32,
    /// The smallest and the largest network that ever was, in thousandths.
    sizes: (u64, u64),
    wrong: Vec<String>,
}

/// More than this of what is wrong tells nothing new.
const MOST_WRONG: usize = 20;

impl Checker {
    /// Before the first record of a world with so many places for networks.
    #[must_use]
    pub const fn new(places: u32) -> Self {
        Self {
            places,
            day: None,
            told: Vec::new(),
            letters: BTreeMap::new(),
            requests: BTreeMap::new(),
            replied: BTreeSet::new(),
            cases: BTreeMap::new(),
            opened: BTreeMap::new(),
            opened_since_month: BTreeMap::new(),
            closed: 0,
            active: BTreeMap::new(),
            founded: BTreeSet::new(),
            gone: 0,
            sizes: (u64::MAX, 0),
            wrong: Vec::new(),
        }
    }

    fn today(&self) -> Day {
        self.day.unwrap_or_default()
    }

    fn judge_letters(&mut self) {
        for letter in std::mem::take(&mut self.told) {
            self.letter(&letter);
        }
    }

    fn demand(&mut self, holds: bool, sentence: impl FnOnce() -> String) {
        if !holds && self.wrong.len() < MOST_WRONG {
            let day = self.today();
            self.wrong.push(format!("{day}: {}", sentence()));
        }
    }

    fn letter(&mut self, letter: &Letter) {
        let id = letter.id;
        let next = self.letters.entry(id.from).or_default();
        let expected = std::mem::replace(next, id.number + 1);
        self.demand(id.number == expected, || format!("letter {id} follows number {expected} less one"));
        let (sent, arrives) = (letter.sent, letter.arrives);
        self.demand(sent == self.today() && arrives > sent, || format!("letter {id} sent {sent}, arrives {arrives}"));
        match &letter.body {
            Body::Request(_) => {
                let file = letter.file;
                let today = self.today();
                let case = self.cases.get(&(id.from, file.case));
                let open = case.is_some_and(|(_, closed)| closed.is_none_or(|closed| closed == today));
                self.demand(open && file.state == id.from, || format!("request {id} in no open case"));
                let asked = Asked {
                    to: letter.to,
                    file,
                    arrives,
                    decided: None,
                    answered: false,
                    supplied: false,
                    withdrawn: false,
                };
                self.requests.insert(id, asked);
            }
            Body::Answer(answer) => {
                let granted = answer.ruling == Ruling::Granted;
                self.reply(letter, |asked| {
                    let first = !std::mem::replace(&mut asked.answered, true);
                    first && asked.decided == Some(granted)
                });
            }
            Body::Evidence(_) => self.reply(letter, |asked| {
                asked.answered && asked.decided == Some(true) && !std::mem::replace(&mut asked.supplied, true)
            }),
            Body::Withdrawal => {
                let request = letter.in_reply_to.and_then(|request| self.requests.get_mut(&request));
                let first = request.is_some_and(|asked| {
                    asked.file == letter.file && asked.to == letter.to && !std::mem::replace(&mut asked.withdrawn, true)
                });
                self.demand(first && letter.file.state == id.from, || format!("{id} withdraws nothing that is out"));
            }
            Body::Spontaneous(_) => {
                self.demand(letter.in_reply_to.is_none(), || format!("{id} replies to something"));
            }
        }
    }

    /// A reply comes from the state that was asked, to the one that asked, once the request has arrived.
    fn reply(&mut self, letter: &Letter, fits: impl FnOnce(&mut Asked) -> bool) {
        let day = self.today();
        let replies_to = letter.in_reply_to.and_then(|id| self.requests.get_mut(&id).map(|asked| (id, asked)));
        let fits = replies_to.is_some_and(|(id, asked)| {
            let parties = (asked.to, id.from, asked.file) == (letter.id.from, letter.to, letter.file);
            parties && asked.arrives <= day && fits(asked)
        });
        self.demand(fits, || format!("{} from {} replies to no such request", letter.body.kind(), letter.id));
    }

    fn authority(&mut self, state: StateId, record: &AuthorityRecord) {
        match record {
            AuthorityRecord::CaseOpened { case, network, .. } => {
                let next = self.opened.entry(state).or_default();
                let expected = std::mem::replace(next, case.0 + 1);
                *self.opened_since_month.entry(state).or_default() += 1;
                self.demand(case.0 == expected, || format!("case {case:?} of {state:?} instead of {expected}"));
                let active = self.active.contains_key(network);
                self.demand(active, || format!("case {case:?} of {state:?} against {network:?}, which is not there"));
                self.cases.insert((state, *case), (*network, None));
            }
            AuthorityRecord::CaseClosed { case, network, .. } => {
                self.closed += 1;
                let today = self.today();
                let known = self.cases.get_mut(&(state, *case));
                let fits = known.is_some_and(|(of, closed)| *of == *network && closed.replace(today).is_none());
                self.demand(fits, || format!("case {case:?} of {state:?} closed, but not open"));
            }
            AuthorityRecord::Decided { request, file, ruling, .. } => {
                let day = self.today();
                let fits = self.requests.get_mut(request).is_some_and(|asked| {
                    let first = asked.decided.replace(*ruling == Ruling::Granted).is_none();
                    first && asked.to == state && asked.file == *file && asked.arrives <= day
                });
                self.demand(fits, || format!("{state:?} decided {request}, which is not before it"));
            }
            AuthorityRecord::Answered { request, .. } => {
                let fits = request.from == state
                    && self.requests.get(request).is_some_and(|asked| asked.answered)
                    && self.replied.insert(*request);
                self.demand(fits, || format!("{request} counted as answered, but not once"));
            }
            AuthorityRecord::PreservationLapsed { file } | AuthorityRecord::SiteRemoved { file } => {
                let known = self.cases.contains_key(&(file.state, file.case));
                self.demand(known, || format!("{state:?} acted in {file:?}, which nobody opened"));
            }
            AuthorityRecord::SettingChanged { .. } => {}
        }
    }

    fn world(&mut self, record: &WorldRecord) {
        match *record {
            WorldRecord::NetworkFounded { network, base, host, size_thousandths, .. } => {
                let size = u64::from(size_thousandths);
                self.sizes = (self.sizes.0.min(size), self.sizes.1.max(size));
                let there = network.place() < self.places;
                let taken = self.active.keys().any(|other| other.place() == network.place());
                let first = self.founded.insert(network);
                self.demand(there && first && !taken, || format!("{network:?} founded where another is, or twice"));
                self.active.insert(network, Held { base, host, site_up: true });
            }
            WorldRecord::NetworkMoved { network, aspect, from, to } => {
                let fits = self.active.get_mut(&network).is_some_and(|held| {
                    let place = match aspect {
                        Aspect::Base => &mut held.base,
                        Aspect::Host => &mut held.host,
                        Aspect::Market | Aspect::Line | Aspect::Principal => return true,
                    };
                    std::mem::replace(place, StateId(to)).0 == from
                });
                self.demand(fits, || format!("{network:?} moved from where it was not"));
            }
            WorldRecord::SiteLost { network, host } => {
                let site = self.active.get_mut(&network).filter(|held| held.host == host);
                let fits = site.is_some_and(|held| std::mem::replace(&mut held.site_up, false));
                self.demand(fits, || format!("{network:?} lost a site that it did not have"));
            }
            WorldRecord::SiteBack { network, .. } => {
                let fits =
                    self.active.get_mut(&network).is_some_and(|held| !std::mem::replace(&mut held.site_up, true));
                self.demand(fits, || format!("the site of {network:?} is back, but was not away"));
            }
            WorldRecord::NetworkDismantled { network, base, .. } | WorldRecord::NetworkGaveUp { network, base, .. } => {
                self.gone += 1;
                let fits = self.active.remove(&network).is_some_and(|held| held.base == base);
                self.demand(fits, || format!("{network:?} is gone, but was not there"));
            }
            WorldRecord::Month { state, based, hosted, incidents, recorded, harm_thousandths } => {
                let (smallest, largest) = self.sizes;
                let number = u64::from(incidents);
                let fits = number.saturating_mul(smallest) <= harm_thousandths && harm_thousandths <= number * largest;
                self.demand(fits, || {
                    format!("{state:?}: {harm_thousandths} thousandths done by {incidents} incidents")
                });
                let count = |which: fn(&Held) -> Option<StateId>| {
                    u32::try_from(self.active.values().filter(|held| which(held) == Some(state)).count()).expect("few")
                };
                let there = (count(|held| Some(held.base)), count(|held| held.site_up.then_some(held.host)));
                self.demand(there == (based, hosted), || format!("{state:?}: {based}, {hosted} told, {there:?} there"));
                let opened = self.opened_since_month.insert(state, 0).unwrap_or(0);
                self.demand(opened == recorded, || format!("{state:?}: {recorded} recorded, {opened} cases opened"));
            }
            WorldRecord::Operation { .. } | WorldRecord::StateChanged { .. } => {}
        }
    }

    /// What is wrong with the records so far, in sentences; at most the first twenty.
    #[must_use]
    pub fn wrong(&self) -> &[String] {
        &self.wrong
    }

    /// The same of a run that has ended, which is held to what it says of itself.
    #[must_use]
    pub fn against(mut self, outcome: &Outcome) -> Vec<String> {
        self.judge_letters();
        let requests = |which: fn(&Asked) -> bool| self.requests.values().filter(|asked| which(asked)).count() as u64;
        let decided = requests(|asked| asked.decided.is_some());
        let answered = requests(|asked| asked.answered);
        let letters: u64 = self.letters.values().map(|sent| u64::from(*sent)).sum();
        let tally = |count: fn(&StateTally) -> u64| outcome.tally.states.iter().map(count).sum::<u64>();
        let census = outcome.world.census();
        let counts = [
            ("letters", outcome.tally.letters, letters),
            ("cases opened", tally(|state| state.cases_opened), self.cases.len() as u64),
            ("cases closed", tally(|s| s.concluded.values().sum::<u64>() + s.lost.values().sum::<u64>()), self.closed),
            ("requests decided", tally(|state| state.requests_in.values().sum()), decided),
            ("requests decided, as sent", tally(|state| state.requests_out.values().sum()), decided),
            ("answers", answered, decided),
            (
                "replies",
                tally(|state| state.answer_days.values().sum::<u64>() + state.preservations_answered),
                self.replied.len() as u64,
            ),
            ("networks founded", census.founded.into(), self.founded.len() as u64),
            ("networks active", census.active.into(), self.active.len() as u64),
            ("networks gone", (census.awaiting + census.replaced).into(), self.gone.into()),
            ("places", (census.active + census.awaiting).into(), self.places.into()),
            ("networks", self.founded.len() as u64, self.active.len() as u64 + u64::from(self.gone)),
        ];
        for (what, told, counted) in counts {
            self.demand(told == counted, || format!("{what}: {told} told, {counted} counted"));
        }
        self.wrong
    }
}

impl Observer for Checker {
    fn record(&mut self, day: Day, record: Record<'_>) {
        match record {
            Record::Day => {
                self.judge_letters();
                let rises = self.day.is_none_or(|before| before < day);
                self.demand(rises, || format!("{day} came again"));
                self.day = Some(day);
            }
            Record::Letter(letter) => self.told.push(*letter),
            Record::Register(..) => self.judge_letters(),
            Record::Authority(state, record) => self.authority(state, record),
            Record::World(record) => self.world(record),
            Record::Depositary(_) | Record::Haven(_) => {}
        }
    }
}
