//! What networks have seen: counts of outcomes by risk and state, own and others', fading with time.
//!
//! Perceived risk is the mean of a Beta distribution: the law on the books counts as so many outcomes
//! (`prior_strength`), own outcomes count fully, those of others are discounted, all of them fade. Outcomes are
//! kept by line: that one kind of conduct is prosecuted somewhere says nothing about another. Others' outcomes weigh by the
//! grain of the world, so that more networks tell no more.

use super::settings::WorldSettings;
use crate::authority::{LossCause, Outcome};
use crate::base::Day;

/// Outcomes of one kind, weighted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Counts {
    hits: f64,
    all: f64,
    /// The sum of what the law promised when each was seen.
    promised: f64,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.hits += other.hits;
        self.all += other.all;
        self.promised += other.promised;
    }
}

/// What a network risks in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Risk {
    /// That its people are reached where its base is.
    People,
    /// That its data are reached where its host is, and serve as evidence.
    Data,
    /// That its site is removed there: a loss of days, by the host's own law.
    Site,
    /// That the authority of its market comes to a result.
    Market,
}

/// What an outcome is about: a state, what was at risk there, and whose case it was. How a state deals with its
/// own cases says nothing of how it answers others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// What was at risk.
    pub risk: Risk,
    /// The state.
    pub state: usize,
    /// The state that investigates.
    pub investigating: usize,
}

impl About {
    /// People, data and sites in cases at home and abroad; a market investigates itself.
    const KINDS: usize = 7;

    /// A market.
    #[must_use]
    pub const fn market(state: usize) -> Self {
        Self { risk: Risk::Market, state, investigating: state }
    }

    const fn kind(self) -> usize {
        let abroad = (self.state != self.investigating) as usize;
        match self.risk {
            Risk::People => abroad,
            Risk::Data => 2 + abroad,
            Risk::Site => 4 + abroad,
            Risk::Market => 6,
        }
    }
}

/// All counts of a world.
#[derive(Clone, Debug)]
pub struct Experience {
    states: usize,
    first_day: Day,
    memory_days: f64,
    others_discount: f64,
    prior_strength: f64,
    law_contrast: f64,
    /// By network (its place in the world's list): what it saw itself with the line that it has now, by [`Self::cell`].
    /// A network sees few of all risks and states; a table of all would not fit where it can be read quickly.
    own: Vec<Vec<(usize, Counts)>>,
    /// By line and [`Self::cell`]: what all networks saw.
    all: Vec<Counts>,
    /// Weight of an outcome of today, in units of the first day. Weights grow instead of counts fading: reading
    /// divides once, and nothing has to be walked as days go by.
    today: f64,
}

impl Experience {
    /// No outcomes yet.
    #[must_use]
    pub fn new(settings: &WorldSettings, first_day: Day) -> Self {
        let (networks, lines, states) = (settings.networks as usize, settings.lines.len(), settings.states.len());
        let behaviour = &settings.behaviour;
        Self {
            states,
            first_day,
            memory_days: behaviour.memory_days,
            others_discount: (behaviour.others_discount * settings.grain()).min(1.0),
            prior_strength: behaviour.prior_strength,
            law_contrast: behaviour.law_contrast,
            own: vec![Vec::new(); networks],
            all: vec![Counts::default(); lines * About::KINDS * states],
            today: 1.0,
        }
    }

    /// Moves on to a day.
    pub fn advance(&mut self, day: Day) {
        /// Growth beyond this many doublings would overflow: with a half-life of one day, after three years.
        const MOST_DOUBLINGS: f64 = 900.0;
        let doublings = f64::from(day.days_since(self.first_day)) / self.memory_days;
        if doublings > MOST_DOUBLINGS {
            self.rebase(day);
        } else {
            self.today = libm::exp2(doublings);
        }
    }

    /// Counts from now on in units of this day.
    fn rebase(&mut self, day: Day) {
        let faded = libm::exp2(-f64::from(day.days_since(self.first_day)) / self.memory_days);
        let own = self.own.iter_mut().flatten().map(|(_, counts)| counts);
        for counts in own.chain(&mut self.all) {
            let Counts { hits, all, promised } = *counts;
            *counts = Counts { hits: hits * faded, all: all * faded, promised: promised * faded };
        }
        self.first_day = day;
        self.today = 1.0;
    }

    /// Notes an outcome; `network` is none when that network is gone, `promised` what the law says of that risk (0 to 1).
    pub fn note(&mut self, network: Option<usize>, line: usize, about: About, hit: bool, promised: f64) {
        let hits = if hit { self.today } else { 0.0 };
        self.add(network, line, about, Counts { hits, all: self.today, promised: promised * self.today });
    }

    /// Notes that a site was removed for a case that has been counted, when it ended, as one without a removal.
    pub fn note_removal(&mut self, network: Option<usize>, line: usize, about: About) {
        self.add(network, line, about, Counts { hits: self.today, ..Counts::default() });
    }

    fn add(&mut self, network: Option<usize>, line: usize, about: About, counts: Counts) {
        let cell = self.cell(about);
        self.all[line * About::KINDS * self.states + cell].add(counts);
        if let Some(network) = network {
            let own = &mut self.own[network];
            match own.binary_search_by_key(&cell, |(cell, _)| *cell) {
                Ok(known) => own[known].1.add(counts),
                Err(place) => own.insert(place, (cell, counts)),
            }
        }
    }

    /// Forgets what a network saw itself: it has another line, or another network took its place.
    pub fn forget(&mut self, network: usize) {
        self.own[network].clear();
    }

    /// The risk that a network sees in a state under a line, from 0 to 1. `on_the_books` is what the law says
    /// (0 to 1); `own` is the network, if the line is the one that it has; `published` is how much of what befalls others in
    /// that state anybody hears of (0 to 1).
    #[must_use]
    pub fn perceived(&self, own: Option<usize>, line: usize, about: About, on_the_books: f64, published: f64) -> f64 {
        let cell = self.cell(about);
        let all = self.all[line * About::KINDS * self.states + cell];
        let own = own.map_or(Counts::default(), |network| self.seen_by(network, cell));
        let others = self.others_discount * published;
        let seen = |all: f64, own: f64| (own + others * (all - own)) / self.today;
        let (hits, outcomes) = (seen(all.hits, own.hits), seen(all.all, own.all));
        // Under a law that promised something else, things came out otherwise; so they do for whom the law promises it still.
        let then = if outcomes > 0.0 { seen(all.promised, own.promised) / outcomes } else { on_the_books };
        let alike = 1.0 - self.law_contrast * (on_the_books - then).abs();
        let weight = outcomes * alike + self.prior_strength;
        if weight > 0.0 {
            ((hits * alike + self.prior_strength * on_the_books) / weight).clamp(0.0, 1.0)
        } else {
            on_the_books
        }
    }

    fn seen_by(&self, network: usize, cell: usize) -> Counts {
        let own = &self.own[network];
        own.binary_search_by_key(&cell, |(cell, _)| *cell).map_or(Counts::default(), |known| own[known].1)
    }

    /// The number of a risk in a state.
    const fn cell(&self, about: About) -> usize {
        about.kind() * self.states + about.state
    }
}

/// What the end of a case teaches about people, data, site and market: a hit, a miss, or nothing. A result is a hit
/// everywhere. A loss is a miss for the market and for the place where it was lost; evidence that came before the
/// person was refused is a hit for the data. A site that could be told of counts as one that was not removed: this is for
/// cases in which no removal was tried before they ended.
#[must_use]
pub const fn lessons(outcome: &Outcome) -> [Option<bool>; 4] {
    const MISS: Option<bool> = Some(false);
    const HIT: Option<bool> = Some(true);
    match outcome {
        Outcome::Concluded(_) => [HIT, HIT, MISS, HIT],
        Outcome::Lost(cause) => match cause {
            LossCause::NoOffence | LossCause::NoJurisdiction => [None, None, None, MISS],
            LossCause::EvidenceLapsed => [None, MISS, MISS, MISS],
            LossCause::NotIdentified => [MISS, None, MISS, MISS],
            LossCause::Refused(measure, _) | LossCause::Abandoned(measure) => {
                if measure.is_electronic_evidence() {
                    [None, MISS, MISS, MISS]
                } else {
                    [MISS, HIT, MISS, MISS]
                }
            }
        },
    }
}
