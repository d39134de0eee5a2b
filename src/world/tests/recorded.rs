//! How much of what happens in a market is recorded, and what that does.

use super::events::with;
use super::*;

#[test]
fn what_is_reported_more_is_recorded_more() {
    let change = |state| (YEAR, Happening::StateChanges(StateId(state), StateAspect::Reporting, 0.6));
    let mut run = with((0..8).map(change).collect(), |_| (), 6);
    run.days(YEAR, |_| ());
    let first = run.recorded;
    run.days(YEAR, |_| ());
    let number = |count: usize| f64::from(u32::try_from(count).expect("few"));
    let ratio = number(run.recorded - first) / number(first);
    assert!((1.7..2.3).contains(&ratio), "{ratio:.2}");
}

/// Share of all incidents of the fourth year that fall into the market of the first state, where that records more than the others.
fn harmed(reporting: f64) -> f64 {
    let shares = (0..6).map(|seed| {
        let mut settings = settings(8);
        settings.states[0].reporting = reporting;
        let mut run = Run::new(settings, PlainBooks::default(), 0.5, seed);
        run.days(3 * YEAR, |_| ());
        let told = run.records.len();
        run.days(YEAR, |_| ());
        let mut incidents = [0_u32; 8];
        for record in &run.records[told..] {
            if let WorldRecord::Month { state, incidents: fresh, .. } = record {
                incidents[state.index()] += fresh;
            }
        }
        f64::from(incidents[0]) / f64::from(incidents.iter().sum::<u32>())
    });
    shares.sum::<f64>() / 6.0
}

/// Ten times as many cases for as many incidents: punishment there is more certain, and that deters (Nagin 2013).
#[test]
fn where_more_is_recorded_less_is_done() {
    let (low, usual, high) = (harmed(0.06), harmed(0.3), harmed(0.6));
    assert!((usual - 0.125).abs() < 0.02, "{usual:.3}");
    assert!(low > usual + 0.01 && high < usual - 0.01, "{low:.3} {usual:.3} {high:.3}");
}

/// Without a case no site is removed, whatever the law would allow.
#[test]
fn where_nothing_is_recorded_nobody_minds_who_removes_sites() {
    let hosted = |reporting: f64| {
        let mut settings = settings(2);
        settings.states.iter_mut().for_each(|state| state.reporting = reporting);
        let books = PlainBooks { keep_sites: vec![0], ..PlainBooks::default() };
        let mut run = Run::new(settings, books, 0.0, 4);
        run.days(6 * YEAR, |_| ());
        let [keeps, removes] = run.world.placements().hosted[..] else { unreachable!("two states") };
        f64::from(keeps) / f64::from(keeps + removes)
    };
    let (nothing, usual) = (hosted(0.0), hosted(0.3));
    assert!((nothing - 0.5).abs() < 0.08 && usual > 0.65, "{nothing:.2} {usual:.2}");
}
