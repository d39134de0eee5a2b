//! The panel and the closed forms over it; sums held against the totals of the run and against a count of the
//! records made here.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use comity::authority::{AuthorityRecord, Body, Outcome, Ruling};
use comity::base::{Day, LetterId, StateId};
use comity::engine::spread::{concentration, leakage, reshuffle};
use comity::engine::{self, Month, Observer, Panel, Record, StateMonth};
use comity::law::Measure;
use comity::scenario::{self, Options, Scenario};
use comity::transport::Direct;
use comity::world::WorldRecord;

fn near(found: Option<f64>, expected: f64) {
    assert!(found.is_some_and(|found| (found - expected).abs() < 1e-12), "{found:?}, not {expected}");
}

#[test]
fn concentration_in_closed_form() {
    near(concentration(&[5, 5, 5, 5]), 0.25);
    near(concentration(&[0, 9, 0]), 1.0);
    near(concentration(&[3, 1]), 0.625);
    assert_eq!(concentration(&[0, 0]), None);
    assert_eq!(concentration::<u32>(&[]), None);
}

#[test]
fn reshuffle_in_closed_form() {
    near(reshuffle(&[4, 4], &[4, 4]), 0.0);
    near(reshuffle(&[8, 0], &[0, 3]), 1.0);
    // A quarter of all moves; that there are twice as many is no reshuffle.
    near(reshuffle(&[2, 2], &[6, 2]), 0.25);
    assert_eq!(reshuffle(&[0, 0], &[1, 1]), None);
}

#[test]
fn leakage_in_closed_form() {
    near(leakage(40.0, 40.0), 0.0);
    near(leakage(40.0, 0.0), 1.0);
    near(leakage(40.0, 10.0), 0.75);
    near(leakage(40.0, -10.0), 1.25);
    near(leakage(40.0, 60.0), -0.5);
    assert_eq!(leakage(0.0, 10.0), None);
    assert_eq!(leakage(-1.0, -10.0), None);
}

/// Months in which the first state loses ten networks, of which the second gains six, in July of the second year.
fn moved() -> Panel {
    let mut panel = Panel::new(2, Day::default());
    panel.opening = vec![(20, 0), (10, 0)];
    for year in [2011, 2012] {
        for month in 1..=12 {
            let (one, other) = if (year, month) < (2012, 7) { (20, 10) } else { (10, 16) };
            let of = |based| StateMonth { based, ..StateMonth::default() };
            let from = Day::from_calendar(year, month, 1).expect("a day");
            Arc::make_mut(&mut panel.months).push(Month { from, states: vec![of(one), of(other)] });
        }
    }
    panel
}

#[test]
fn years_and_leakage_of_a_made_up_panel() {
    let panel = moved();
    let years = panel.years();
    assert_eq!(years.iter().map(|year| year.year).collect::<Vec<_>>(), [2011, 2012]);
    near(years[0].bases, 0.0);
    near(years[1].bases, 20.0 / 30.0 - 10.0 / 26.0);
    let treaty = comity::base::TreatyId(0);
    let found = panel.leakage(treaty, Day::from_calendar(2012, 6, 15).expect("a day"), &[StateId(0)]);
    let found = found.expect("months on both sides");
    assert_eq!((found.in_members, found.in_world), ((20.0, 10.0), (30.0, 26.0)));
    near(found.leakage, 0.6);
    assert_eq!(panel.leakage(treaty, Day::from_calendar(2013, 1, 1).expect("a day"), &[StateId(0)]), None);
}

/// Counts from the records alone, by month and state.
#[derive(Default)]
struct Recount {
    month: (i32, u32),
    requests: BTreeMap<LetterId, StateId>,
    cells: BTreeMap<((i32, u32), StateId, String), u64>,
    days: BTreeMap<((i32, u32), StateId), Vec<u32>>,
    months: Vec<Month>,
}

impl Recount {
    fn add(&mut self, state: StateId, what: impl Into<String>) {
        *self.cells.entry((self.month, state, what.into())).or_default() += 1;
    }
}

impl Observer for Recount {
    fn record(&mut self, day: Day, record: Record<'_>) {
        let (year, month, _) = day.calendar();
        self.month = (year, month);
        match record {
            Record::Letter(letter) => {
                self.add(letter.id.from, "letters out");
                self.add(letter.to, "letters in");
                if let Body::Request(request) = &letter.body {
                    self.requests.insert(letter.id, letter.to);
                    self.add(letter.id.from, format!("{} asked", request.measure.name()));
                    self.add(letter.to, format!("{} wanted", request.measure.name()));
                }
            }
            Record::Authority(state, record) => match record {
                AuthorityRecord::CaseOpened { .. } => self.add(state, "opened"),
                AuthorityRecord::PreservationLapsed { .. } => self.add(state, "lapsed"),
                AuthorityRecord::Answered { request, measure, answer_days } => {
                    let asked = self.requests[request];
                    // Preservation goes by a lane of its own: it is counted as answered, and not timed.
                    match measure {
                        Measure::Preservation => self.add(asked, "frozen"),
                        _ => self.days.entry((self.month, asked)).or_default().push(*answer_days),
                    }
                }
                AuthorityRecord::CaseClosed { outcome: Outcome::Lost(cause), .. } => {
                    self.add(state, cause.kind().word());
                }
                AuthorityRecord::CaseClosed { outcome: Outcome::Concluded(how), .. } => self.add(state, how.name()),
                AuthorityRecord::Decided { request, measure, decision, ruling, .. } => {
                    let what = format!("{} {}", measure.name(), decision.word());
                    self.add(request.from, format!("{what} out"));
                    self.add(state, format!("{what} in"));
                    if let Ruling::Refused(Some(ground)) = ruling {
                        let ground = (ground.code, ground.cite);
                        self.add(request.from, format!("{ground:?} out"));
                        self.add(state, format!("{ground:?} in"));
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn month(&mut self, _: Day, month: &Month) {
        self.months.push(month.clone());
    }
}

/// A row of the panel, spelt as the recount spells it.
fn spelt(row: &StateMonth) -> BTreeMap<String, u64> {
    let mut cells: BTreeMap<String, u64> = BTreeMap::new();
    let mut add = |what: String, number: u32| {
        if number > 0 {
            *cells.entry(what).or_default() += u64::from(number);
        }
    };
    add("letters out".into(), row.letters_out);
    add("letters in".into(), row.letters_in);
    add("opened".into(), row.cases_opened);
    add("lapsed".into(), row.preservations_lapsed);
    row.lost.iter().for_each(|(cause, number)| add(cause.word().into(), *number));
    row.concluded.iter().for_each(|(result, number)| add(result.name().into(), *number));
    row.requests_out.iter().for_each(|(measure, number)| add(format!("{} asked", measure.name()), *number));
    row.requests_in.iter().for_each(|(measure, number)| add(format!("{} wanted", measure.name()), *number));
    for (side, decided, refused) in
        [("out", &row.decided_out, &row.refused_out), ("in", &row.decided_in, &row.refused_in)]
    {
        for (measure, decision, number) in decided {
            add(format!("{} {} {side}", measure.name(), decision.word()), *number);
        }
        for (ground, number) in refused {
            add(format!("{ground:?} {side}"), *number);
        }
    }
    cells
}

pub fn short(settings: &[&str]) -> Scenario {
    let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let options = Options { settings, ..Options::default() };
    scenario::read(Path::new("scenarios/one-state-stays-out.yaml"), &options)
        .map_err(|(problems, _)| problems)
        .expect("sound")
}

pub fn run(scenario: &Scenario, observer: &mut dyn Observer) -> engine::Outcome {
    let plan = &scenario.plan;
    let mut nodes = Direct::of(plan);
    engine::run(plan, &mut nodes, observer, &AtomicBool::new(false)).expect("it runs")
}

#[test]
fn the_panel_is_what_the_records_say() {
    // Neither the first day nor the last is the edge of a month.
    let scenario = short(&["from=2011-01-17", "to=2013-08-20", "networks.count=150"]);
    let mut recount = Recount::default();
    let outcome = run(&scenario, &mut recount);
    let panel = &outcome.tally.panel;
    assert_eq!(*panel.months, recount.months, "observers are told the rows of the panel");
    assert_eq!(panel.months.len(), 32);
    let mut queue = [0_u32; 8];
    for month in panel.months.iter() {
        let (year, number, _) = month.from.calendar();
        for (index, row) in month.states.iter().enumerate() {
            let state = StateId(u16::try_from(index).expect("eight"));
            let own = |((of, whose, what), count): (&((i32, u32), StateId, String), &u64)| {
                (*of == (year, number) && *whose == state).then(|| (what.clone(), *count))
            };
            let mut counted: BTreeMap<String, u64> = recount.cells.iter().filter_map(own).collect();
            let frozen = counted.remove("frozen").unwrap_or_default();
            assert_eq!(spelt(row), counted, "{} {state:?}", month.from);
            let mut days = recount.days.remove(&((year, number), state)).unwrap_or_default();
            days.sort_unstable();
            assert_eq!(u64::from(row.answered), days.len() as u64 + frozen);
            // As many at or below as the percentile says, and fewer below the one before it.
            for (value, per_cent) in [(row.median_answer_days, 50), (row.ninetieth_answer_days, 90)] {
                let reached =
                    |value: u32| days.iter().filter(|day| **day <= value).count() * 100 >= days.len() * per_cent;
                match value {
                    Some(value) => {
                        assert!(reached(value) && (value == 0 || !reached(value - 1)), "{value} of {days:?}");
                    }
                    None => assert!(days.is_empty()),
                }
            }
            queue[index] = queue[index].max(row.undecided);
            assert!(row.undecided <= row.unanswered, "what is undecided is unanswered");
        }
    }
    assert!(recount.days.is_empty(), "answers outside every month");
    assert!(queue.iter().any(|most| *most > 0), "a queue was seen");
}

#[test]
fn every_month_says_how_each_state_stood_when_it_ended() {
    use comity::world::Role;
    let scenario = short(&["from=2011-01-17", "to=2014-08-20", "networks.count=150"]);
    let outcome = run(&scenario, &mut Recount::default());
    let months = &outcome.tally.panel.months;
    let mut havens = 0;
    for month in months.iter() {
        for (index, role) in [Role::Base, Role::Host].into_iter().enumerate() {
            let placed = month.placed(role);
            let total: u32 = placed.iter().sum();
            for (row, here) in month.states.iter().zip(&placed) {
                let standing = &row.standing[index];
                let share = f64::from(*here) / f64::from(total) * 1000.0;
                assert!((f64::from(standing.share_permille) - share).abs() <= 0.5, "{} {role:?}", month.from);
                let quotient = share / f64::from(standing.expected_permille) * 1000.0;
                assert!(
                    (f64::from(standing.quotient_permille) - quotient).abs() <= quotient * 0.01 + 1.0,
                    "{standing:?}"
                );
                havens += u32::from(standing.is_haven);
            }
        }
    }
    // A haven is confirmed on the first of a month, and stands in the row of the month that ended on the day before.
    let spells = comity::world::haven_spells(&outcome.tally.havens);
    let within = |spell: &comity::world::HavenSpell<'_>| {
        let confirmed = spell.beginning.confirmed;
        let over = spell.end.map_or(scenario.plan.last_day + 1, |end| end.confirmed);
        let ended =
            |month: &&Month| (confirmed..over).contains(&month.from.first_of_next_month().min(scenario.plan.last_day));
        months.iter().filter(ended).count()
    };
    assert!(havens > 0);
    assert_eq!(havens as usize, spells.iter().map(within).sum::<usize>());
}

#[test]
fn the_sums_of_the_panel_are_the_totals_of_the_run() {
    let scenario = short(&["to=2014-12-31", "networks.count=200"]);
    let mut world: BTreeMap<StateId, (u64, u64)> = BTreeMap::new();
    struct OfWorld<'a>(&'a mut BTreeMap<StateId, (u64, u64)>);
    impl Observer for OfWorld<'_> {
        fn record(&mut self, _: Day, record: Record<'_>) {
            if let Record::World(WorldRecord::Month { state, incidents, recorded, .. }) = record {
                let sum = self.0.entry(*state).or_default();
                sum.0 += u64::from(*incidents);
                sum.1 += u64::from(*recorded);
            }
        }
    }
    let outcome = run(&scenario, &mut OfWorld(&mut world));
    let tally = &outcome.tally;
    for (index, total) in tally.states.iter().enumerate() {
        let rows = || tally.panel.months.iter().map(|month| &month.states[index]);
        let sum = |of: fn(&StateMonth) -> u32| rows().map(|row| u64::from(of(row))).sum::<u64>();
        assert_eq!(sum(|row| row.cases_opened), total.cases_opened);
        assert_eq!(sum(|row| row.lost.values().sum()), total.lost.values().sum::<u64>());
        assert_eq!(sum(|row| row.concluded.values().sum()), total.concluded.values().sum::<u64>());
        assert_eq!(sum(|row| row.letters_out), total.letters_out.iter().sum::<u64>());
        assert_eq!(sum(|row| row.letters_in), total.letters_in.iter().sum::<u64>());
        assert_eq!(sum(|row| row.decided_in.iter().map(|cell| cell.2).sum()), total.requests_in.values().sum::<u64>());
        assert_eq!(
            sum(|row| row.decided_out.iter().map(|cell| cell.2).sum()),
            total.requests_out.values().sum::<u64>()
        );
        assert_eq!(sum(|row| row.refused_in.values().sum()), total.refusals.values().sum::<u64>());
        assert_eq!(sum(|row| row.answered), total.answer_days.values().sum::<u64>() + total.preservations_answered);
        assert_eq!(sum(|row| row.preservations_lapsed), total.preservations_lapsed);
        let told = world[&StateId(u16::try_from(index).expect("eight"))];
        assert_eq!((sum(|row| row.incidents), sum(|row| row.recorded)), told);
    }
    let last = tally.panel.months.last().expect("months");
    let placed = outcome.world.placements();
    assert_eq!(last.placed(comity::world::Role::Base), placed.based);
    assert_eq!(last.placed(comity::world::Role::Host), placed.hosted);
}

/// A row says how its month ended: what happens on the first of the next is no part of it.
#[test]
fn what_happens_on_the_first_of_a_month_does_not_show_in_the_month_before() {
    let act = "timeline=[{date: 2011-04-01, state: brava, does: seize-sites, share: 1}, \
               {date: 2011-04-01, state: brava, does: change-state, numbers: {base: 7}}]";
    let settings = ["to=2011-05-31", "networks.count=200"];
    let months = |settings: &[&str]| run(&short(settings), &mut Recount::default()).tally.panel.months;
    let (without, with) = (months(&settings), months(&[&settings[..], &[act]].concat()));
    assert_eq!(with[..3], without[..3]);
    assert_ne!(with[3], without[3]);
}

#[test]
fn who_watches_the_months_changes_nothing() {
    let scenario = short(&["to=2012-03-10", "networks.count=60"]);
    let watched = run(&scenario, &mut Recount::default());
    let unwatched = run(&scenario, &mut ());
    assert_eq!(watched.digest, unwatched.digest);
    assert_eq!(watched.tally.panel.months, unwatched.tally.panel.months);
}
