//! The window over which impunity is counted, held against a count of the records made here.

use comity::authority::{AuthorityRecord, Outcome};
use comity::base::{Day, StateId};
use comity::engine::{Observer, Record};

use crate::panel::{run, short};

/// Closed cases as the records have them: the day, where the network was based and hosted, and whether it was lost.
#[derive(Default)]
struct ClosedCases(Vec<(Day, [StateId; 2], bool)>);

impl Observer for ClosedCases {
    fn record(&mut self, day: Day, record: Record<'_>) {
        if let Record::Authority(_, AuthorityRecord::CaseClosed { base, host, outcome, .. }) = record {
            self.0.push((day, [*base, *host], matches!(outcome, Outcome::Lost(_))));
        }
    }
}

/// `window-days` before the end of a month are so many days, the last of the month, and of the run, among them.
#[test]
fn impunity_is_of_the_days_of_the_window_and_of_no_other() {
    for window_days in [365, 40] {
        let window = format!("havens.window-days={window_days}");
        let settings = [window.as_str(), "networks.count=150"];
        let mut closed = ClosedCases::default();
        run(&short(&[&settings[..], &["to=2013-08-20"]].concat()), &mut closed);
        // The same run, cut on a day on which a case was closed.
        let last = closed.0.last().expect("cases").0;
        let closed = closed.0;
        let outcome =
            run(&short(&[&settings[..], &[format!("to={last}").as_str()]].concat()), &mut ClosedCases::default());
        for month in outcome.tally.panel.months.iter() {
            let over = month.from.first_of_next_month().min(last + 1);
            let window = over - window_days..over;
            for (index, row) in month.states.iter().enumerate() {
                let state = StateId(u16::try_from(index).expect("eight"));
                for (role, standing) in row.standing.iter().enumerate() {
                    let counted = || closed.iter().filter(|(day, at, _)| window.contains(day) && at[role] == state);
                    let (all, lost) = (counted().count(), counted().filter(|(_, _, lost)| *lost).count());
                    assert_eq!(
                        (standing.closed as usize, standing.lost as usize),
                        (all, lost),
                        "{} {index}",
                        month.from
                    );
                }
            }
        }
    }
}
