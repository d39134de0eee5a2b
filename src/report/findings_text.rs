//! The findings of a run on a terminal: a few lines; the whole is in the JSON.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::findings::{LeakageSummary, concentration_permille};
use super::lines::{counted, hang, item, with_number};
use super::numbers::{grouped, in_thousandths, number_of, percent};
use super::summary::Summary;

/// How the networks are spread, and how that changed.
pub(super) fn spread(out: &mut String, summary: &Summary) {
    let sentences = spread_sentences(summary);
    if sentences.is_empty() {
        return;
    }
    let _ = writeln!(out, "How the networks are spread");
    for sentence in sentences {
        item(out, &sentence);
    }
    out.push('\n');
}

/// The same in sentences; none of a run without a month.
pub(super) fn spread_sentences(summary: &Summary) -> Vec<String> {
    let months = summary.panel.months();
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return Vec::new() };
    let index = |share: Option<u32>| share.map_or_else(|| "-".to_owned(), in_thousandths);
    let [bases_last, hosts_last] = concentration_permille(last).map(index);
    let (bases, hosts) = if months.len() == 1 {
        (format!("{bases_last} on the last day"), hosts_last)
    } else {
        let [bases, hosts] = concentration_permille(first).map(index);
        (format!("{bases} after the first month, {bases_last} on the last day"), format!("{hosts} and {hosts_last}"))
    };
    let what = "Concentration (Herfindahl index; 1 is all in one state)";
    let mut sentences = vec![format!("{what} of bases {bases}; of hosts {hosts}.")];
    let most = |share: fn(&super::findings::YearSummary) -> Option<u32>| {
        summary.years.iter().filter_map(|year| Some((share(year)?, std::cmp::Reverse(year.year)))).max()
    };
    if let (Some((bases, base_year)), Some((hosts, host_year))) =
        (most(|year| year.base_reshuffle_permille), most(|year| year.host_reshuffle_permille))
    {
        sentences.push(format!(
            "Most reshuffled: {} % of bases in {}, {} % of hosts in {}.",
            percent(bases),
            base_year.0,
            percent(hosts),
            host_year.0
        ));
    }
    for (place, leakage) in summary.leakages.iter().enumerate() {
        // Whom the treaty binds already is elsewhere, and not outside.
        let bound = summary.leakages[..=place].iter().filter(|earlier| earlier.treaty == leakage.treaty);
        let bound: BTreeSet<&String> = bound.flat_map(|earlier| &earlier.members).collect();
        if bound.len() < summary.states.len() {
            sentences.extend(leaked_in(leakage));
        }
    }
    sentences
}

/// Leakage in a sentence. None of less than one network, of which shares say nothing, nor where the run does not cover
/// both years.
fn leaked_in(leakage: &LeakageSummary) -> Option<String> {
    const ONE_NETWORK: u64 = 1000;
    /// A part of fewer is said in words: one network is more than a tenth of them.
    const FEWEST_FOR_PER_CENT: u64 = 10 * ONE_NETWORK;
    let (before, after) = leakage.members_permille;
    let fewer = before.checked_sub(after).filter(|fewer| *fewer >= ONE_NETWORK)?;
    let leaked = leakage.leakage_permille.filter(|_| leakage.compared_months == (12, 12))?;
    let elsewhere = match leaked {
        ..0 => "elsewhere there are fewer, too".to_owned(),
        0 => "elsewhere there are as many as before".to_owned(),
        1..=9 if fewer >= FEWEST_FOR_PER_CENT => "elsewhere there are more, by less than 1 % of that number".to_owned(),
        10..=1000 if fewer >= FEWEST_FOR_PER_CENT => {
            format!("elsewhere there are more, by {} % of that number", (leaked + 5) / 10)
        }
        1..=1000 => "elsewhere there are more, by no more than that number".to_owned(),
        _ => "elsewhere there are more, by more than that number".to_owned(),
    };
    let members = match &leakage.members[..] {
        [member] => format!("{member}, which it then began to bind, has"),
        several => format!("the {} states that it then began to bind have", several.len()),
    };
    let (treaty, day) = (&leakage.treaty, leakage.day);
    let when = if leakage.is_custom {
        format!("when the {treaty} began to bind on {day}")
    } else {
        format!("at the entry into force on {day} of the {treaty}")
    };
    Some(format!(
        "Leakage {when}: {members} {}.{} fewer networks in the year after than in the year before; {elsewhere}.",
        grouped(fewer / 1000),
        fewer % 1000 / 100,
    ))
}

/// What would have turned the step that ended the lost cases.
pub(super) fn attribution(out: &mut String, summary: &Summary) {
    /// The first few acts save most.
    const SHOWN: usize = 5;
    let attribution = &summary.attribution;
    if attribution.savings.iter().all(|saving| saving.expected == 0) {
        return;
    }
    let heading = format!(
        "What one change would have had granted, or carried out in time, of the {} lost (the step that ended each decided \
         again, not what would have come after it; changes overlap; whether a state's constitution allows a law is not \
         looked at)",
        number_of(attribution.lost, "case", "cases")
    );
    hang(out, "", &heading);
    let saving = || attribution.savings.iter().filter(|saving| saving.expected > 0);
    for saving in saving().take(SHOWN) {
        let chance = if saving.surely == saving.expected {
            String::new()
        } else {
            format!(" (expected number, {} of them surely)", grouped(saving.surely))
        };
        with_number(out, saving.expected, &format!("{}{chance}", saving.act));
    }
    if let Some(rest) = saving().count().checked_sub(SHOWN).filter(|rest| *rest > 0) {
        let last = saving().nth(SHOWN - 1).map(|saving| saving.expected);
        let as_much = saving().nth(SHOWN).map(|saving| saving.expected) == last;
        let less = if as_much { "as much or less" } else { "less" };
        item(out, &format!("and {} that would have turned {less}", counted(rest, "more change", "more changes")));
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Day;

    #[test]
    fn leakage_is_said_of_whole_networks_and_whole_years_alone() {
        let of = |is_custom, before, after, leaked, months| {
            leaked_in(&LeakageSummary {
                treaty: "Protocol".to_owned(),
                is_custom,
                day: Day::default(),
                members: vec!["Brava".to_owned()],
                members_permille: (before, after),
                world_permille: (0, 0),
                compared_months: months,
                leakage_permille: Some(leaked),
            })
        };
        let found = |before, after, leaked, months| of(false, before, after, leaked, months);
        let whole = (12, 12);
        assert!(found(29_500, 14_200, 800, whole).is_some_and(|said| {
            said.contains("Brava, which it then began to bind, has 15.3 fewer networks")
                && said.contains("elsewhere there are more, by 80 % of that number")
        }));
        let begins = |is_custom| of(is_custom, 29_500, 14_200, 800, whole).expect("two years");
        assert!(begins(false).starts_with("Leakage at the entry into force on 1970-01-01 of the Protocol:"));
        assert!(begins(true).starts_with("Leakage when the Protocol began to bind on 1970-01-01:"), "custom emerges");
        let few = found(9_500, 4_200, 800, whole).expect("more than one network");
        assert!(few.contains("5.3 fewer") && few.ends_with("more, by no more than that number."), "{few}");
        assert!(found(9_500, 4_200, -200, whole).is_some_and(|said| said.contains("elsewhere there are fewer, too")));
        assert!(found(9_500, 4_200, 1_300, whole).is_some_and(|said| said.contains("by more than that number")));
        assert_eq!(found(5_200, 5_000, 4_420, whole), None, "a fifth of a network");
        assert_eq!(found(9_500, 4_200, 800, (9, 3)), None, "not two years");
        assert_eq!(found(4_200, 9_500, 800, whole), None, "no fall");
    }
}
