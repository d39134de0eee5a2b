//! Sets of acts that end a haven: greedily, act by act; and the smallest ones, by trying all sets of one, two and three.
//!
//! A set that leaves the haven in more of the first seeds than may be left in all of them is given up there: most sets
//! cost a few runs. Among many sets some look good by chance, and one that is good may look bad: what may end the haven by
//! the seeds of the study is tried on others before it is said to. Deliberately absent: what acts cost, and whether their
//! states would do them.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::act::{self, Act};
use super::combinations::combinations;
use super::measured::Measured;
use super::outcome::Outcome;
use super::runs::{Job, Pool};
use super::standing::Standing;
use crate::base::StateId;
use crate::engine::{Plan, Stopped};

/// Acts in the greatest set that is tried: beyond it a set explains little, and the sets are too many.
pub const LARGEST: usize = 3;
/// Acts that the greedy search takes at most.
pub const GREEDY_LARGEST: usize = 5;
/// Sets whose plans are held at a time.
const CHUNK: usize = 50;
/// Fresh seeds that are run at a time: a set is given up as soon as it leaves the haven in too many.
const FRESH_AT_A_TIME: usize = 20;

/// In how many seeds a set that ends the haven leaves it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Remains {
    /// Of those of the study.
    pub of_first: usize,
    /// Of the others.
    pub of_fresh: usize,
}

/// What the search found. Acts by their place in the order given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sets {
    /// Acts taken one after the other, each the one that leaves least of the haven; what turned out not to be needed is
    /// taken out again.
    pub greedy: Vec<usize>,
    /// What they leave of the haven, where they end it.
    pub greedy_ends: Option<Remains>,
    /// Whether that search came to its own end. If not, more acts might have followed, or some not be needed.
    pub greedy_whole: bool,
    /// The smallest sets that end it, in order, with what each leaves of it; empty where none of those tried does.
    pub smallest: Vec<(Vec<usize>, Remains)>,
    /// By size from one: sets tried, of how many.
    pub tried: Vec<(usize, usize)>,
    /// Runs that were made.
    pub runs: usize,
    /// Whether it was interrupted: then what was tried by then stands here.
    pub interrupted: bool,
}

/// What acts leave of the haven, summed over the seeds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Left {
    seeds_with_haven: usize,
    impunity: f64,
    haven_days: f64,
}

impl Left {
    pub(super) fn of(runs: &[Measured], state: StateId) -> Self {
        let sum = |key: &str| {
            let outcome = Outcome::named(key).expect("one of the list");
            runs.iter().filter_map(|run| run.value(outcome)).sum()
        };
        Self {
            seeds_with_haven: runs.iter().filter(|run| run.is_haven(state)).count(),
            impunity: sum("impunity"),
            haven_days: sum("state_haven_days"),
        }
    }

    /// Which leaves less. Impunity comes before days: an act on which another has to follow has fewer cases lost at
    /// once, while the haven may last as long as before.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        self.seeds_with_haven
            .cmp(&other.seeds_with_haven)
            .then(self.impunity.total_cmp(&other.impunity))
            .then(self.haven_days.total_cmp(&other.haven_days))
    }
}

/// Seeds on which sets are tried, and in how many the haven may be left.
#[derive(Clone, Copy, Debug)]
pub struct Seeds<'a> {
    /// Those of the study.
    pub first: &'a [u64],
    /// In how many of them it may be left for a set to be looked at further.
    pub may_be_left: usize,
    /// Others, on which that is then tried; with none, the first ones settle it.
    pub fresh: &'a [u64],
    /// In how many of these it may be left when it counts as ended.
    pub may_be_left_of_fresh: usize,
}

/// A search under way.
pub struct Search<'a> {
    plan: &'a Plan,
    state: StateId,
    acts: &'a [&'a Act],
    seeds: Seeds<'a>,
    most_runs: usize,
    /// In how many of the fresh seeds sets, each in order, leave the haven, where they end it.
    tried_afresh: BTreeMap<Vec<usize>, Option<usize>>,
    found: Sets,
}

/// Why a part of the search ended early.
enum Cut {
    /// It would take more runs than it may.
    Spent,
    /// A run stopped.
    Stopped(Stopped),
}

impl<'a> Search<'a> {
    /// A search among these acts.
    #[must_use]
    pub fn new(plan: &'a Plan, state: StateId, acts: &'a [&'a Act], seeds: Seeds<'a>, most_runs: usize) -> Self {
        Self { plan, state, acts, seeds, most_runs, tried_afresh: BTreeMap::new(), found: Sets::default() }
    }

    /// Searches; `alone` are the runs of each act by itself.
    ///
    /// # Errors
    /// When a run stops for another reason than interruption.
    pub fn run(
        &mut self,
        alone: &[&[Measured]],
        pool: &Pool<'_>,
        standing: &mut dyn FnMut(Standing),
    ) -> Result<Sets, Stopped> {
        let greedy = self.greedy(alone, pool, standing);
        self.found.greedy_whole = greedy.is_ok();
        self.note(greedy)?;
        // Interrupted or out of runs as well: what single acts do is known without further runs.
        let exact = self.exact(alone, pool, standing);
        self.note(exact)?;
        Ok(std::mem::take(&mut self.found))
    }

    /// Keeps in mind that a part was interrupted. To be out of runs is no fault: what was tried says so.
    fn note(&mut self, part: Result<(), Cut>) -> Result<(), Stopped> {
        match part {
            Ok(()) | Err(Cut::Spent) => {}
            Err(Cut::Stopped(Stopped::Interrupted { .. })) => self.found.interrupted = true,
            Err(Cut::Stopped(stopped)) => return Err(stopped),
        }
        Ok(())
    }

    /// What a set leaves where it ends the haven: by what it leaves on the seeds of the study, and on fresh ones if it may.
    fn ends(
        &mut self,
        set: &[usize],
        left: &Left,
        pool: &Pool<'_>,
        standing: &mut dyn FnMut(Standing),
    ) -> Result<Option<Remains>, Cut> {
        let of_first = left.seeds_with_haven;
        if of_first > self.seeds.may_be_left {
            return Ok(None);
        }
        let remains = |of_fresh: usize| Remains { of_first, of_fresh };
        let mut set = set.to_vec();
        set.sort_unstable();
        if let Some(ends) = self.tried_afresh.get(&set) {
            return Ok(ends.map(remains));
        }
        let plans = [Arc::new(self.with(&set))];
        let mut with_haven = 0;
        for seeds in self.seeds.fresh.chunks(FRESH_AT_A_TIME) {
            let runs = self.measure(&plans, &[0], seeds, pool, standing)?;
            with_haven += Left::of(&runs[0], self.state).seeds_with_haven;
            if with_haven > self.seeds.may_be_left_of_fresh {
                break;
            }
        }
        let ends = (with_haven <= self.seeds.may_be_left_of_fresh).then_some(with_haven);
        self.tried_afresh.insert(set, ends);
        Ok(ends.map(remains))
    }

    fn greedy(
        &mut self,
        alone: &[&[Measured]],
        pool: &Pool<'_>,
        standing: &mut dyn FnMut(Standing),
    ) -> Result<(), Cut> {
        let best = |lefts: &[(usize, Left)]| {
            let mut best = lefts.first().copied();
            for (act, left) in lefts.iter().skip(1) {
                if best.is_some_and(|(_, known)| left.compare(&known).is_lt()) {
                    best = Some((*act, *left));
                }
            }
            best
        };
        let singles: Vec<(usize, Left)> =
            alone.iter().enumerate().map(|(act, runs)| (act, Left::of(runs, self.state))).collect();
        let Some((first, mut left)) = best(&singles) else { return Ok(()) };
        let mut taken = vec![first];
        self.take(&taken);
        self.found.greedy_ends = self.ends(&taken, &left, pool, standing)?;
        while self.found.greedy_ends.is_none() && taken.len() < GREEDY_LARGEST {
            let further: Vec<usize> = (0..self.acts.len()).filter(|act| !taken.contains(act)).collect();
            let sets: Vec<Vec<usize>> = further.iter().map(|act| [taken.as_slice(), &[*act]].concat()).collect();
            let lefts = self.lefts(&sets, pool, standing)?;
            let lefts: Vec<(usize, Left)> = further.into_iter().zip(lefts).collect();
            let Some((act, after)) = best(&lefts).filter(|(_, after)| after.compare(&left).is_lt()) else { break };
            taken.push(act);
            left = after;
            self.take(&taken);
            self.found.greedy_ends = self.ends(&taken, &left, pool, standing)?;
        }
        let mut index = 0;
        while self.found.greedy_ends.is_some() && taken.len() > 1 && index < taken.len() {
            let mut fewer = taken.clone();
            fewer.remove(index);
            let without = self.lefts(std::slice::from_ref(&fewer), pool, standing)?;
            match self.ends(&fewer, &without[0], pool, standing)? {
                None => index += 1,
                ends => {
                    taken = fewer;
                    self.found.greedy.clone_from(&taken);
                    self.found.greedy_ends = ends;
                }
            }
        }
        Ok(())
    }

    /// Keeps the acts taken after each step, so that a search cut short says what is known by then.
    fn take(&mut self, acts: &[usize]) {
        self.found.greedy = acts.to_vec();
        self.found.greedy_ends = None;
    }

    /// Sets of rising size until one size has some that end the haven.
    fn exact(&mut self, alone: &[&[Measured]], pool: &Pool<'_>, standing: &mut dyn FnMut(Standing)) -> Result<(), Cut> {
        self.found.tried.push((alone.len(), alone.len()));
        for (act, runs) in alone.iter().enumerate() {
            let ends = self.ends(&[act], &Left::of(runs, self.state), pool, standing)?;
            self.found.smallest.extend(ends.map(|remains| (vec![act], remains)));
        }
        for size in 2..=LARGEST.min(self.acts.len()) {
            if !self.found.smallest.is_empty() {
                break;
            }
            let sets = combinations(self.acts.len(), size);
            self.found.tried.push((0, sets.len()));
            for chunk in sets.chunks(CHUNK) {
                self.chunk(chunk, pool, standing)?;
            }
        }
        Ok(())
    }

    /// Tries some sets: all on the first seeds, and on the others those that are not given up by then.
    fn chunk(&mut self, sets: &[Vec<usize>], pool: &Pool<'_>, standing: &mut dyn FnMut(Standing)) -> Result<(), Cut> {
        let first = (self.seeds.may_be_left + 1).min(self.seeds.first.len());
        let (looked, rest) = self.seeds.first.split_at(first);
        let plans: Vec<Arc<Plan>> = sets.iter().map(|set| Arc::new(self.with(set))).collect();
        let all: Vec<usize> = (0..sets.len()).collect();
        let runs = self.measure(&plans, &all, looked, pool, standing)?;
        let survived = |at: &usize| Left::of(&runs[*at], self.state).seeds_with_haven < first;
        let standing_still: Vec<usize> = all.into_iter().filter(survived).collect();
        let more = self.measure(&plans, &standing_still, rest, pool, standing)?;
        for (at, more) in standing_still.into_iter().zip(more) {
            let whole = [runs[at].as_slice(), &more].concat();
            let ends = self.ends(&sets[at], &Left::of(&whole, self.state), pool, standing)?;
            self.found.smallest.extend(ends.map(|remains| (sets[at].clone(), remains)));
        }
        if let Some((tried, _)) = self.found.tried.last_mut() {
            *tried += sets.len();
        }
        Ok(())
    }

    fn with(&self, set: &[usize]) -> Plan {
        act::with(self.plan, &set.iter().map(|act| self.acts[*act]).collect::<Vec<_>>())
    }

    fn lefts(
        &mut self,
        sets: &[Vec<usize>],
        pool: &Pool<'_>,
        standing: &mut dyn FnMut(Standing),
    ) -> Result<Vec<Left>, Cut> {
        let plans: Vec<Arc<Plan>> = sets.iter().map(|set| Arc::new(self.with(set))).collect();
        let all: Vec<usize> = (0..sets.len()).collect();
        let runs = self.measure(&plans, &all, self.seeds.first, pool, standing)?;
        Ok(runs.iter().map(|runs| Left::of(runs, self.state)).collect())
    }

    /// Runs some of the plans on some seeds: by plan, then seed.
    fn measure(
        &mut self,
        plans: &[Arc<Plan>],
        which: &[usize],
        seeds: &[u64],
        pool: &Pool<'_>,
        standing: &mut dyn FnMut(Standing),
    ) -> Result<Vec<Vec<Measured>>, Cut> {
        let of_plan = |at: &usize| {
            let plan = &plans[*at];
            seeds.iter().map(move |seed| Job { plan: Arc::clone(plan), seed: *seed })
        };
        let jobs: Vec<Job> = which.iter().flat_map(of_plan).collect();
        if self.found.runs + jobs.len() > self.most_runs {
            return Err(Cut::Spent);
        }
        let state = self.state;
        let measure = |plan: &Plan, outcome| Measured::of(plan, Some(state), &outcome);
        let (before, of) = (self.found.runs, self.most_runs);
        let mut done =
            |ended: usize, _: usize| standing(Standing { runs: before + ended, of, at_most: true, width: None });
        let runs = pool.all(&jobs, &measure, &mut done).map_err(Cut::Stopped)?;
        self.found.runs += jobs.len();
        if seeds.is_empty() {
            return Ok(vec![Vec::new(); which.len()]);
        }
        Ok(runs.chunks(seeds.len()).map(<[Measured]>::to_vec).collect())
    }
}
