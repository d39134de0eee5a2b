//! The queue before the desks against what theory says of it, the urgent lane beside it, and data that fade.

use std::collections::BTreeMap;

use comity::authority::{
    AuthorityRecord, AuthoritySettings, Body, Due, Duration, Handling, Incident, Letter, LossCause, Office, Outcome,
    Report, Request, Ruling, Setting, SettingKey,
};
use comity::base::{Day, NetworkId, Purpose, Streams};
use comity::law::Measure;

use super::{Bench, answers, day, exactly, incident};

const SEEDS: u32 = 16;

/// The first two moments of whole log-normal days: rounded, and one at least.
fn moments(median: f64, log_sd: f64) -> (f64, f64) {
    let below = |days: f64| 0.5 * (1.0 + libm::erf(libm::log(days / median) / log_sd / std::f64::consts::SQRT_2));
    (1..20_000).fold((0.0, 0.0), |(first, second), days| {
        let days = f64::from(days);
        let share = below(days + 0.5) - if days < 1.5 { 0.0 } else { below(days - 0.5) };
        (first + share * days, second + share * days * days)
    })
}

/// Mean days from receipt to decision over some decades, after five years; arrivals are Poisson.
fn mean_days(desks: u16, a_day: f64, duration: Duration, seed: u64) -> f64 {
    /// Five years, then forty-five.
    const WARM_UP: u32 = 1_826;
    const DAYS: u32 = 18_262;
    let start = day("2012-03-01");
    let mut bench = Bench::seeded("brava", seed, |settings| {
        settings.desks = desks;
        settings.data = Handling { desk: duration, execution: exactly(1.0) };
    });
    let streams = Streams::new(seed);
    let mut arrivals: BTreeMap<u32, u32> = BTreeMap::new();
    let mut at = 0.0;
    let mut number = 0;
    while at < f64::from(DAYS) {
        // Times between arrivals are exponential, and not whole.
        at -= libm::log(1.0 - streams.stream(Purpose::Incidents, 0, number).unit()) / a_day;
        number += 1;
        *arrivals.entry(whole_days(at)).or_default() += 1;
    }
    let (mut sum, mut count, mut letters) = (0.0, 0.0, 0);
    let mut due = Some(start);
    for offset in 0..DAYS {
        let today = start + offset;
        let arriving = arrivals.get(&offset).copied().unwrap_or(0);
        if arriving == 0 && due.is_none_or(|due| due > today) {
            continue;
        }
        let inbox = (0..arriving).map(|more| bench.request(letters + more, letters + more, Measure::StoredData, today));
        let inbox: Vec<Letter> = inbox.collect();
        letters += arriving;
        let report = bench.step(today, inbox);
        due = report.next_due;
        for record in &report.records {
            if let AuthorityRecord::Decided { waited_days, .. } = record
                && offset >= WARM_UP
            {
                sum += f64::from(*waited_days);
                count += 1.0;
            }
        }
    }
    sum / count
}

fn whole_days(at: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few ten thousand days")]
    let days = at as u32;
    days
}

/// Mean and standard error over the seeds.
fn over_seeds(of: impl Fn(u64) -> f64) -> (f64, f64) {
    let values: Vec<f64> = (0..u64::from(SEEDS)).map(of).collect();
    let count = f64::from(SEEDS);
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (count - 1.0);
    (mean, libm::sqrt(variance / count))
}

/// M/G/1 in whole days: the formula of Pollaczek and Khinchine holds exactly. With a number before it in the batch of
/// its day, and what is left of the work of earlier days, a request waits a E(S²) / 2 (1 - a E(S)) days in the mean.
/// Three and a half standard errors with fifteen degrees of freedom are passed by chance three times in a thousand.
#[test]
fn one_desk_makes_wait_what_pollaczek_and_khinchine_say() {
    let duration = Duration { median_days: 5.0, log_sd: 0.6 };
    let (first, second) = moments(duration.median_days, duration.log_sd);
    let a_day = 0.7 / first;
    let expected = a_day * second / (2.0 * (1.0 - 0.7)) + first;
    let (mean, error) = over_seeds(|seed| mean_days(1, a_day, duration, seed));
    assert!((mean - expected).abs() < 3.5 * error, "{mean:.2} with {error:.2}, expected {expected:.2}");
    assert!(error < 0.05 * expected, "a test that could not fail: {error:.2} of {expected:.2}");
}

/// Chance that all of c desks are busy, times the mean wait of those who wait: M/M/c.
fn erlang_wait(desks: u32, a_day: f64, service: f64) -> f64 {
    let load = a_day * service;
    let c = f64::from(desks);
    let mut term = 1.0;
    let mut sum = 0.0;
    for k in 0..desks {
        sum += term;
        term *= load / f64::from(k + 1);
    }
    let all_busy = term * c / (c - load);
    all_busy / (sum + all_busy) * service / (c - load)
}

/// M/G/c: Lee and Longton's approximation, (1 + C²) / 2 times the wait of M/M/c, good to a tenth at this load.
#[test]
fn several_desks_make_wait_what_lee_and_longton_say() {
    let duration = Duration { median_days: 20.0, log_sd: 0.6 };
    let (first, second) = moments(duration.median_days, duration.log_sd);
    for desks in [2, 4] {
        let a_day = 0.8 * f64::from(desks) / first;
        let squared_variation = second / (first * first) - 1.0;
        let wait = f64::midpoint(1.0, squared_variation) * erlang_wait(desks.into(), a_day, first);
        let (mean, error) = over_seeds(|seed| mean_days(desks, a_day, duration, seed));
        let off = (mean - first - wait).abs();
        assert!(off < 3.5 * error + 0.1 * wait, "{desks}: waits {:.2} with {error:.2}, {wait:.2}", mean - first);
    }
}

/// Days that each urgent request waits, beside three ordinary ones a day for one desk that takes ten days for each.
fn urgent_waits(contact_point: bool) -> Vec<u32> {
    let start = day("2012-03-01");
    let mut bench = Bench::new("brava", |settings| settings.contact_point = contact_point);
    let mut waits = Vec::new();
    for offset in 0..200 {
        let today = start + offset;
        let mut inbox: Vec<Letter> =
            (0..3).map(|n| bench.request(4 * offset + n, 4 * offset + n, Measure::StoredData, today)).collect();
        inbox.push(bench.request(4 * offset + 3, 4 * offset + 3, Measure::Preservation, today));
        for record in bench.step(today, inbox).records {
            if let AuthorityRecord::Decided { measure: Measure::Preservation, waited_days, .. } = record {
                waits.push(waited_days);
            }
        }
    }
    waits
}

/// What was received before there was a contact point is not left behind by it.
#[test]
fn a_contact_point_takes_what_waits_in_the_urgent_lane() {
    let mut bench = Bench::new("brava", |settings| settings.contact_point = false);
    let start = day("2012-03-01");
    let inbox = (0..5).map(|number| bench.request(number, number, Measure::Preservation, start)).collect();
    let decided = |report: &Report| {
        report.records.iter().filter(|record| matches!(record, AuthorityRecord::Decided { .. })).count()
    };
    assert_eq!(decided(&bench.step(start, inbox)), 0, "one is on the only desk, for ten days");
    let key = SettingKey::named("contact-point").expect("a row of the table");
    let settings = vec![Setting { key, value: 1.0 }];
    let report = bench.authority.step(start + 1, Due { settings, ..Due::default() });
    assert_eq!(decided(&report), 4);
    let (_, later) = bench.quiet(start + 2, start + 20);
    let later = later.iter().filter(|record| matches!(record, AuthorityRecord::Decided { .. }));
    assert_eq!(later.count(), 1, "and the one on the desk");
}

#[test]
fn load_does_not_reach_the_urgent_lane_and_without_one_the_urgent_wait_with_the_others() {
    assert_eq!(urgent_waits(true), vec![0; 200]);
    let waits = urgent_waits(false);
    assert!(waits.len() < 20 && waits.is_sorted() && *waits.last().expect("some") > 100, "{waits:?}");
}

/// The queue grows by itself once more comes in than the desks clear, and shrinks with the staff back.
#[test]
fn a_queue_grows_with_less_capacity() {
    use comity::authority::{Due, Office, Setting, SettingKey};
    let start = day("2012-03-01");
    let mut bench = Bench::new("brava", |_| {});
    let capacity = |value| Setting { key: SettingKey::named("capacity").expect("a setting"), value };
    let mut last_wait = BTreeMap::new();
    for offset in 0..900_u32 {
        let today = start + offset;
        // One every twelve days, for a desk that takes ten: twenty with half the staff.
        let letters =
            if offset % 12 == 0 { vec![bench.request(offset, offset, Measure::StoredData, today)] } else { Vec::new() };
        let settings = match offset {
            300 => vec![capacity(0.5)],
            500 => vec![capacity(2.0)],
            _ => Vec::new(),
        };
        for record in bench.authority.step(today, Due { letters, settings, ..Due::default() }).records {
            if let AuthorityRecord::Decided { waited_days, .. } = record {
                last_wait.insert(offset, waited_days);
            }
        }
    }
    let wait_before = |offset| *last_wait.range(..offset).next_back().expect("one was decided").1;
    assert_eq!(wait_before(300), 10);
    assert!(wait_before(510) > 60, "{}", wait_before(510));
    assert_eq!(wait_before(900), 5);
}

/// The sum over ages of data, whole days of which any is the last with the same chance, of what is left after that age and
/// so many days more.
fn left_of_all_ages(mean_age: f64, days: f64, half_life: f64) -> f64 {
    let last = 1.0 / (1.0 + mean_age);
    let of_age = |age: u32| last * libm::pow(1.0 - last, f64::from(age));
    (0..20_000).map(|age| of_age(age) * libm::exp2(-(f64::from(age) + days) / half_life)).sum()
}

/// Of data that were made on the day of the incident and that nobody preserved, 1 - 2^(-d / h) are gone after d days; of
/// older data more. 4.4 standard errors are passed by chance once in a hundred thousand.
#[test]
fn evidence_fades_with_the_half_life_of_retention() {
    const CASES: u32 = 3_000;
    let of_the_day = [(0, 90.0, 0.0), (10, 30.0, 0.0), (90, 90.0, 0.0), (120, 180.0, 0.0), (300, 90.0, 0.0)];
    let older = [(0, 90.0, 80.0), (90, 90.0, 80.0), (0, 30.0, 5.0), (20, 365.0, 400.0)];
    for (age, half_life, mean_age) in of_the_day.into_iter().chain(older) {
        let today = day("2012-03-01");
        let mut bench = Bench::new("brava", |settings| {
            settings.retention_half_life_days = half_life;
            settings.data_age_days = mean_age;
        });
        let inbox: Vec<Letter> = (0..CASES)
            .map(|case| {
                let mut letter = bench.request(case, case, Measure::Preservation, today);
                if let Body::Request(Request { matter, .. }) = &mut letter.body {
                    (matter.network, matter.conduct_day) = (NetworkId(case), today - age);
                }
                letter
            })
            .collect();
        let gone = answers(&bench.step(today, inbox).letters);
        let gone = gone.iter().filter(|answer| answer.ruling == Ruling::DataGone).count();
        let left = left_of_all_ages(mean_age, f64::from(age), half_life);
        let settings =
            AuthoritySettings { data_age_days: mean_age, retention_half_life_days: half_life, ..Default::default() };
        let in_closed_form = settings.data_there() * settings.left_after(f64::from(age));
        assert!((in_closed_form - left).abs() < 1e-9, "{mean_age}, {half_life}");
        let expected = 1.0 - left;
        let share = f64::from(u32::try_from(gone).expect("few")) / f64::from(CASES);
        let error = libm::sqrt(expected * (1.0 - expected) / f64::from(CASES));
        assert!(
            (share - expected).abs() <= 4.4 * error,
            "{age} days, mean age {mean_age}, half-life {half_life}: {share:.3}"
        );
    }
}

/// Data at home are asked for on the day of the incident, and kept from then on: what is lost of them is what is older, however
/// long it takes to produce the rest.
#[test]
fn of_data_at_home_those_are_lost_that_are_gone_before_anybody_asks() {
    const CASES: u32 = 3_000;
    let start = day("2012-03-01");
    let mut bench = Bench::new("alba", |settings| {
        settings.retention_half_life_days = 90.0;
        settings.data_age_days = 80.0;
        settings.home_data = exactly(200.0);
    });
    let incidents = (0..CASES)
        .map(|network| Incident { network: NetworkId(network), ..incident(&bench, "alba", "alba", start) })
        .collect();
    bench.authority.step(start, Due { incidents, ..Due::default() });
    let closed = bench.quiet(start + 1, start + 1_500).1;
    let lapsed = Outcome::Lost(LossCause::EvidenceLapsed);
    let of = |lost| {
        let ended = |record: &&AuthorityRecord| matches!(record, AuthorityRecord::CaseClosed { outcome, .. } if (*outcome == lapsed) == lost);
        u32::try_from(closed.iter().filter(ended).count()).expect("few")
    };
    assert_eq!(of(true) + of(false), CASES);
    let expected = 1.0 - left_of_all_ages(80.0, 0.0, 90.0);
    let error = libm::sqrt(expected * (1.0 - expected) / f64::from(CASES));
    let share = f64::from(of(true)) / f64::from(CASES);
    assert!((share - expected).abs() <= 4.4 * error, "{share:.3}");
}

/// A case that rests on what the state has itself asks nobody for data, is not lost for want of them, and goes on at once to
/// whom it names. How many cases do is the setting.
#[test]
fn a_case_that_needs_no_data_asks_for_none() {
    const CASES: u32 = 3_000;
    let start = day("2012-03-01");
    for needs_data in [0.0, 0.57, 1.0] {
        let mut bench = Bench::new("alba", |settings| {
            (settings.needs_data, settings.home_data, settings.patience_days) = (needs_data, exactly(5.0), 60);
        });
        let incidents = (0..CASES)
            .map(|network| Incident { network: NetworkId(network), ..incident(&bench, "brava", "hesper", start) })
            .collect();
        let first = bench.authority.step(start, Due { incidents, ..Due::default() });
        let needed = |record: &&AuthorityRecord| matches!(record, AuthorityRecord::CaseOpened { needs_data: true, .. });
        let needed = first.records.iter().filter(needed).count();
        let (later, closed) = bench.quiet(start + 1, start + 40);
        let asked = |letters: &[Letter], measure: Measure| {
            let of = |letter: &&Letter| matches!(&letter.body, Body::Request(request) if request.measure == measure);
            letters.iter().filter(of).count()
        };
        assert_eq!(asked(&first.letters, Measure::StoredData) + asked(&first.letters, Measure::Preservation), needed);
        assert_eq!(asked(&later, Measure::Extradition), CASES as usize - needed, "{needs_data}");
        assert!(!closed.iter().any(|record| matches!(record, AuthorityRecord::CaseClosed { .. })));
        let share = f64::from(u32::try_from(needed).expect("few")) / f64::from(CASES);
        let error = libm::sqrt(needs_data * (1.0 - needs_data) / f64::from(CASES));
        assert!((share - needs_data).abs() <= 4.4 * error, "{needs_data}: {share:.3}");
    }
}

/// Asked again later, the same data are never there after they were gone.
#[test]
fn what_is_gone_does_not_come_back() {
    let today = day("2012-03-01");
    let conduct: Day = today - 30;
    for network in 0..25 {
        let mut were_gone = false;
        for later in [0, 20, 60, 200] {
            let mut bench = Bench::new("brava", |settings| {
                settings.retention_half_life_days = 60.0;
                settings.data_age_days = 40.0;
            });
            let mut letter = bench.request(0, 0, Measure::Preservation, today + later);
            if let Body::Request(Request { matter, .. }) = &mut letter.body {
                (matter.network, matter.conduct_day) = (NetworkId(network), conduct);
            }
            let gone = answers(&bench.step(today + later, vec![letter]).letters)[0].ruling == Ruling::DataGone;
            assert!(gone || !were_gone, "{network}");
            were_gone = gone;
        }
    }
}
