//! The actor: an agenda of what is due, and the day on which it happens.

use std::sync::Arc;

use super::books::{Books, Reach, Reading};
use super::choice::Options;
use super::incidents::Tally;
use super::learning::Experience;
use super::moving::Newcomer;
use super::network::{Aspect, Census, Enforcement, Network, Placements, Role};
use super::places::Places;
use super::record::WorldRecord;
use super::settings::WorldSettings;
use crate::authority::Incident;
use crate::base::{Calendar, Day, NetworkId, Purpose, StateId, Stream, Streams, key_of};

/// The networks of one run.
///
/// Every draw has a key of its own: purpose, place, and the place's own counter or the day. A change that does not
/// concern a place changes none of its draws, and one that does leaves it those of all days on which nothing differs.
#[derive(Clone, Debug)]
pub struct World {
    pub(super) settings: Arc<WorldSettings>,
    pub(super) streams: Streams,
    pub(super) places: Vec<NetworkPlace>,
    pub(super) options: Places,
    pub(super) lines: Options,
    pub(super) principals: Options,
    pub(super) reach: Reach,
    pub(super) experience: Experience,
    /// What is due: the place, and the generation that held it when it was planned.
    agenda: Calendar<(u32, Event, u32)>,
    /// What is due on the day under way. Empty between days.
    due: Vec<(u32, Event, u32)>,
    /// By place, base and host, as in `places`: to find who is near a day's enforcement all are looked at, and there an entry
    /// is many times as large.
    pub(super) whereabouts: Vec<(StateId, StateId)>,
    pub(super) next_month: Day,
    /// How many of the settings' events have happened.
    pub(super) events_done: usize,
    last_day: Option<Day>,
    /// Since the last monthly record, by market.
    pub(super) tally: Vec<Tally>,
    /// What the day under way has given so far.
    pub(super) report: WorldReport,
}

/// What the world gives for a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorldReport {
    /// What happened, in order.
    pub records: Vec<WorldRecord>,
    /// Recorded incidents, sorted by (market, network).
    pub incidents: Vec<RecordedIncident>,
    /// Whether the attraction of a state changed, and with it the expected shares.
    pub attraction_changed: bool,
}

/// An incident that somebody records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordedIncident {
    /// The state that records it.
    pub market: StateId,
    /// The line of the network.
    pub line: u8,
    /// What that state's authority learns.
    pub incident: Incident,
}

/// A place that one network after another holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct NetworkPlace {
    pub network: Network,
    pub standing: Standing,
    /// Whether its people live where they are, whatever the law says there.
    pub rooted: bool,
    pub generation: u32,
    /// How many incidents were planned here, whoever holds the place.
    pub incidents: u64,
    /// How many reviews were.
    pub reviews: u64,
    /// The day on which it took the identity that it has.
    pub identity_since: Day,
    /// Decides whether the next incident is recorded.
    pub recording: f64,
    /// What deterrence has left of the incidents planned here, beyond those committed: less than one.
    pub resolve: f64,
    /// What the books said about its people, its data and its site when it last looked.
    pub on_the_books: [f64; 3],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Active,
    /// Active, but without a site until it is back.
    SiteDown,
    /// Dismantled; a newcomer with this line and market is to come.
    Awaiting,
}

/// What is due. Incidents and reviews come to a place as Poisson processes that run on whoever holds it: since the
/// time to the next does not depend on the last, a newcomer cannot tell that they began before it came. So they fall
/// on the same days in every variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    Appears,
    SiteBack,
    LawRead(Aspect),
    Review,
    Incident,
}

impl World {
    /// A world that begins on `first_day`: its networks are founded when that day is played.
    ///
    /// # Panics
    /// When [`WorldSettings::problems`] finds any.
    #[must_use]
    pub fn new(settings: WorldSettings, streams: Streams, first_day: Day) -> Self {
        let problems = settings.problems();
        assert!(problems.is_empty(), "settings are checked before a world is built: {problems:?}");
        let behaviour = settings.behaviour;
        let states = settings.states.len();
        let line_weights: Vec<f64> = settings.lines.iter().map(|line| line.weight).collect();
        let line_keys = settings.lines.iter().map(|line| key_of(&line.name)).collect();
        Self {
            options: Places::new(&settings, &streams),
            lines: Options::new(&line_keys, &line_weights, behaviour.cost_line),
            principals: Options::new(&Arc::from([0, 1]), &[1.0, 1.0], behaviour.cost_principal),
            reach: Reach::new(states, settings.lines.len()),
            experience: Experience::new(&settings, first_day),
            places: Vec::new(),
            agenda: Calendar::default(),
            due: Vec::new(),
            whereabouts: Vec::new(),
            next_month: first_day,
            events_done: 0,
            last_day: None,
            tally: vec![Tally::default(); states],
            report: WorldReport::default(),
            settings: Arc::new(settings),
            streams,
        }
    }

    /// The next day on which something happens by itself. Days between may be skipped unless outcomes or a
    /// change of law fall on them.
    #[must_use]
    pub fn next_due(&self) -> Option<Day> {
        self.agenda.next_day().into_iter().chain(self.next_event()).chain([self.next_month]).min()
    }

    /// Plays a day: the outcomes of the day before land, then networks act. `law_changed` names the
    /// states of which the books may differ from those of the last day: a membership, a reservation or a law of their own
    /// began or ended.
    ///
    /// # Panics
    /// When days do not rise, or an outcome names a network that never was.
    pub fn day(
        &mut self,
        day: Day,
        books: &dyn Books,
        law_changed: &[StateId],
        outcomes: &[Enforcement],
    ) -> WorldReport {
        assert!(self.last_day.is_none_or(|last| last < day), "days rise");
        self.last_day = Some(day);
        // How a month ended is told before anything happens in the next; how all began, once there is anybody.
        let founding = self.places.is_empty();
        if !founding {
            self.end_month(day);
        }
        let operations = self.happen(day);
        let settings = Arc::clone(&self.settings);
        let reading = Reading { books, day, settings: &settings };
        self.experience.advance(day);
        // How far an authority reaches depends on where people usually are, too.
        if !law_changed.is_empty() || self.report.attraction_changed {
            self.reach.changed(law_changed);
        }
        if founding {
            self.found(&reading);
        } else if !law_changed.is_empty() {
            self.read_law(&reading);
        }
        self.enforce(&reading, outcomes, &operations);
        self.act(&reading);
        if founding {
            self.end_month(day);
        }
        let mut report = std::mem::take(&mut self.report);
        report.incidents.sort_unstable_by_key(|recorded| (recorded.market, recorded.incident.network));
        report
    }

    /// The monthly records of the days since the last ones: for the end of a run.
    pub fn close(&mut self) -> Vec<WorldRecord> {
        self.record_month();
        std::mem::take(&mut self.report.records)
    }

    /// Active networks by base and by host.
    #[must_use]
    pub fn placements(&self) -> Placements {
        let states = self.settings.states.len();
        let mut placements = Placements { based: vec![0; states], hosted: vec![0; states] };
        for place in self.places.iter().filter(|place| place.standing != Standing::Awaiting) {
            placements.based[place.network.base.index()] += 1;
            placements.hosted[place.network.host.index()] += u32::from(place.standing == Standing::Active);
        }
        placements
    }

    /// The share of each state when all risks are equal: what a location quotient compares with.
    #[must_use]
    pub fn expected_shares(&self, role: Role) -> &[f64] {
        match role {
            Role::Base => self.options.bases.all().shares(),
            Role::Host => self.options.hosts.shares(),
            Role::Market => self.options.markets.all().shares(),
        }
    }

    /// The books of the networks.
    #[must_use]
    pub fn census(&self) -> Census {
        let mut census = Census::default();
        for place in &self.places {
            census.founded += place.generation + 1;
            census.replaced += place.generation;
            census.awaiting += u32::from(place.standing == Standing::Awaiting);
            census.active += u32::from(place.standing != Standing::Awaiting);
        }
        census
    }

    /// The networks active now, by place.
    pub fn networks(&self) -> impl Iterator<Item = &Network> {
        self.places.iter().filter(|place| place.standing != Standing::Awaiting).map(|place| &place.network)
    }

    fn found(&mut self, reading: &Reading) {
        for number in 0..reading.settings.networks {
            let id = NetworkId(number);
            let mut stream = self.streams.stream(Purpose::Founding, u64::from(number), 0);
            let line = self.lines.choose_by_attraction(stream.tastes());
            let market = self.any_market(&mut stream);
            let reads_law = stream.chance(reading.settings.behaviour.founders_read_law);
            let rooted = stream.chance(reading.settings.behaviour.rooted_share);
            let newcomer = Newcomer { line, market, reads_law, rooted };
            let network = self.settle(reading, id, &newcomer, &mut stream);
            self.whereabouts.push((network.base, network.host));
            self.places.push(NetworkPlace {
                network,
                rooted,
                standing: Standing::Active,
                generation: 0,
                incidents: 0,
                reviews: 0,
                recording: 0.0,
                resolve: stream.unit(),
                identity_since: reading.day,
                on_the_books: [0.0; 3],
            });
            let place = number as usize;
            self.begin(reading, place);
            self.plan_incident(reading, place);
            self.plan_review(reading, place);
        }
    }

    /// A newcomer takes up its life in its place.
    pub(super) fn begin(&mut self, reading: &Reading, place: usize) {
        let Network { id: network, base, host, market, line, size_thousandths, .. } = self.places[place].network;
        self.report.records.push(WorldRecord::NetworkFounded { network, base, host, market, line, size_thousandths });
        self.look_up(reading, place);
    }

    /// What is due on a day, by place, so that its order is the same in every run.
    fn act(&mut self, reading: &Reading) {
        let mut due = std::mem::take(&mut self.due);
        due.extend(std::iter::from_fn(|| self.agenda.take_due(reading.day)));
        due.sort_unstable();
        for (number, event, generation) in due.drain(..) {
            self.happens(reading, number as usize, event, generation);
        }
        self.due = due;
    }

    fn happens(&mut self, reading: &Reading, place: usize, event: Event, generation: u32) {
        let NetworkPlace { standing, generation: now, .. } = self.places[place];
        let active = standing != Standing::Awaiting;
        // What was planned by a network that is gone is void.
        let its_own = active && now == generation;
        match event {
            Event::Appears if !active && now == generation => self.appear(reading, place),
            Event::SiteBack if its_own => self.bring_back(reading, place),
            Event::LawRead(aspect) if its_own => self.reconsider(reading, place, Some(aspect)),
            Event::Appears | Event::SiteBack | Event::LawRead(_) => {}
            Event::Review => {
                if active {
                    self.reconsider(reading, place, None);
                }
                self.plan_review(reading, place);
            }
            Event::Incident => {
                if standing == Standing::Active {
                    self.commit(reading, place);
                }
                self.plan_incident(reading, place);
            }
        }
    }

    fn plan_review(&mut self, reading: &Reading, place: usize) {
        let mut stream = self.draw(Purpose::Review, place, self.places[place].reviews);
        self.places[place].reviews += 1;
        let gap = stream.geometric_days(reading.settings.behaviour.review_days);
        self.plan(reading.day + gap, place, Event::Review);
    }

    /// The stream of a place: never that of the network that holds it, which in another variant may be the second
    /// instead of the third.
    pub(super) fn draw(&self, purpose: Purpose, place: usize, counter: u64) -> Stream {
        self.streams.stream(purpose, place as u64, counter)
    }

    pub(super) fn plan(&mut self, on: Day, place: usize, event: Event) {
        let number = u32::try_from(place).expect("at most MOST_NETWORKS");
        self.agenda.set(on, (number, event, self.places[place].generation));
    }
}

/// What a draw of a day is for, beside its purpose: the upper half of a stream's counter.
pub(super) const TASTES: u64 = 0;
pub(super) const SITE_GAP: u64 = 1;
pub(super) const SITE_TASTES: u64 = 2;
/// Beside [`Purpose::Review`], whose plain counter numbers the reviews themselves.
pub(super) const NOTICE: u64 = 1;
/// See [`NOTICE`].
pub(super) const LAW_NOTICE: u64 = 2;

/// The counter of a draw of a day. The day, not a running number: whatever happened in a place before, the tastes of
/// that day are the same in every variant of a scenario.
pub(super) fn on(day: Day, what_for: u64) -> u64 {
    what_for << 32 | u64::from(day.number().cast_unsigned())
}
