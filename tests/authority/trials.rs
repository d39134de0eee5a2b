//! Proceedings against suspects who are here, where courts can hold only so many at a time.

use comity::authority::{AuthorityRecord, AuthoritySettings, Conclusion, Due, Incident, Outcome, Setting, SettingKey};
use comity::base::{CaseNumber, Day, NetworkId};

use super::{Bench, day, exactly, incident};

/// Days until data at home are in hand, and with them the suspect.
const DATA_DAYS: u32 = 10;
const TRIAL_DAYS: u32 = 73;

/// A state whose cases are its own throughout, all alike.
fn bench(change: impl FnOnce(&mut AuthoritySettings)) -> Bench {
    Bench::new("alba", |settings| {
        settings.home_data = exactly(DATA_DAYS.into());
        settings.proceedings = exactly(TRIAL_DAYS.into());
        change(settings);
    })
}

/// Steps so many days, with incidents and changed settings on given days; each conviction with its day, the first
/// day being 0.
fn convictions(
    bench: &mut Bench,
    days: u32,
    incidents: impl Fn(u32) -> u32,
    settings: &[(u32, &str, f64)],
) -> Vec<(u32, CaseNumber)> {
    let start = day("2012-03-01");
    let mut found = Vec::new();
    let mut networks = 0;
    for at in 0..days {
        let today: Day = start + at;
        let mut due = Due::default();
        for _ in 0..incidents(at) {
            networks += 1;
            due.incidents.push(Incident { network: NetworkId(networks), ..incident(bench, "alba", "alba", today) });
        }
        let changed = settings.iter().filter(|(on, ..)| *on == at);
        let setting = |name, value| Setting { key: SettingKey::named(name).expect("a setting"), value };
        due.settings.extend(changed.map(|(_, name, value)| setting(name, *value)));
        let report = comity::authority::Office::step(&mut bench.authority, today, due);
        found.extend(report.records.iter().filter_map(|record| match record {
            AuthorityRecord::CaseClosed { case, outcome, .. } => {
                assert_eq!(*outcome, Outcome::Concluded(Conclusion::ConvictedHere));
                Some((at, *case))
            }
            _ => None,
        }));
    }
    found
}

/// Three suspects in hand on one day.
fn days_of_three(change: impl FnOnce(&mut AuthoritySettings), settings: &[(u32, &str, f64)]) -> Vec<(u32, CaseNumber)> {
    convictions(&mut bench(change), 1_000, |at| if at == 0 { 3 } else { 0 }, settings)
}

fn in_order(days: [u32; 3]) -> Vec<(u32, CaseNumber)> {
    days.into_iter().zip(0..).map(|(day, case)| (day, CaseNumber(case))).collect()
}

const FIRST: u32 = DATA_DAYS + TRIAL_DAYS;

#[test]
fn with_one_trial_at_a_time_cases_end_one_after_another() {
    assert_eq!(days_of_three(|_| {}, &[]), in_order([FIRST; 3]), "nobody waits when nothing is said");
    let one = days_of_three(|settings| settings.trials = 1, &[]);
    assert_eq!(one, in_order([FIRST, FIRST + TRIAL_DAYS, FIRST + 2 * TRIAL_DAYS]));
    let two = days_of_three(|settings| settings.trials = 2, &[]);
    assert_eq!(two, in_order([FIRST, FIRST, FIRST + TRIAL_DAYS]));
}

/// A case whose suspect is in hand on the day on which a trial ends comes after those who wait.
#[test]
fn who_waits_comes_first() {
    let mut bench = bench(|settings| settings.trials = 1);
    let came = |at| match at {
        0 => 2,
        TRIAL_DAYS => 1,
        _ => 0,
    };
    let found = convictions(&mut bench, 1_000, came, &[]);
    assert_eq!(found, in_order([FIRST, FIRST + TRIAL_DAYS, FIRST + 2 * TRIAL_DAYS]));
}

#[test]
fn a_change_of_trials_counts_from_its_day_and_ends_no_trial() {
    let more = days_of_three(|settings| settings.trials = 1, &[(20, "trials", 3.0)]);
    assert_eq!(more, in_order([FIRST, 20 + TRIAL_DAYS, 20 + TRIAL_DAYS]), "those who wait begin on the day");
    let fewer = days_of_three(|settings| settings.trials = 2, &[(20, "trials", 1.0)]);
    assert_eq!(fewer, in_order([FIRST, FIRST, FIRST + TRIAL_DAYS]));
}

/// With more suspects than courts can try, convictions are what the courts can hold, whatever comes in.
#[test]
fn convictions_are_those_of_the_courts_once_more_comes_in() {
    /// And the days until the second suspect has come.
    const DAYS: u32 = DATA_DAYS + 10 * 365 + 20;
    let in_ten_years = |trials, capacity, every: u32| {
        let mut bench = bench(|settings| (settings.trials, settings.capacity) = (trials, capacity));
        convictions(&mut bench, DAYS, |at| u32::from(at % every == 0), &[]).len()
    };
    // Five a year and seat.
    assert_eq!([in_ten_years(1, 1.0, 20), in_ten_years(1, 1.0, 10), in_ten_years(1, 1.0, 5)], [50; 3]);
    assert_eq!(in_ten_years(2, 1.0, 10), 100);
    // Four fifths of the staff hold four fifths as many trials; half of it, half as many.
    assert_eq!([in_ten_years(1, 0.8, 10), in_ten_years(1, 0.5, 10)], [40, 25]);
    // Where nobody waits, less staff makes each trial end later, and of those that began some are not over.
    assert!(in_ten_years(u16::MAX, 0.5, 10) < in_ten_years(u16::MAX, 1.0, 10));
}
