//! T11: havens are lost and replaced.

use std::fmt::Write as _;

use crate::base::{Purpose, Streams};
use crate::engine::Plan;
use crate::engine::spread::reshuffle;
use crate::validation::observed::{Month, Observed, observe};
use crate::validation::protocol::{BURN_IN, Band, Statistic, Target};
use crate::validation::statistics::{float, mean, shares};
use crate::validation::world::{World, codes, day};

pub(super) static TARGET: Target = Target {
    number: "T11",
    says: "The leading host changes every few years, a sixth to half of all moves in a year of new pressure, and a state \
           that turns strict early empties for good while the world does not.",
    source: "IWF annual reports 1996-2024; reshuffle computed from their shares",
    fitted_on: &["T11"],
    statistics: &[
        Statistic { name: "T11 median spell at rank 1", unit: "years", band: Some(Band::Meets(3.0, 12.0)), sign: None },
        Statistic {
            name: "T11 reshuffle in years of new pressure",
            unit: "share a year",
            band: Some(Band::Meets(0.15, 0.45)),
            sign: None,
        },
        Statistic {
            name: "placebo: reshuffle where no state turns strict",
            unit: "share a year",
            band: Some(Band::Holds(0.0, 0.15)),
            sign: None,
        },
        Statistic {
            name: "T11 share of the early strict state after five years",
            unit: "share",
            band: None,
            sign: None,
        },
        Statistic {
            name: "T11 share of the early strict state after seven years",
            unit: "share",
            band: Some(Band::Meets(0.0, 0.01)),
            sign: None,
        },
        Statistic {
            name: "T11 the same after ten years",
            unit: "share",
            band: Some(Band::Meets(0.0, 0.01)),
            sign: None,
        },
        Statistic { name: "T11 the same at the end", unit: "share", band: Some(Band::Meets(0.0, 0.01)), sign: None },
        Statistic {
            name: "T11 world incidents five years on, of those before",
            unit: "ratio",
            band: Some(Band::Meets(1.0, 10.0)),
            sign: None,
        },
        Statistic {
            name: "T11 world incidents ten years on, of those before",
            unit: "ratio",
            band: Some(Band::Meets(1.0, 10.0)),
            sign: None,
        },
        BURN_IN,
    ],
    not_measured: &[],
    remarks: "To be strict is to have sites removed within days; one state in six never is (target T14), and which, \
              and when the others turn, is drawn with each seed. A spell counts from the year before the first turn: \
              one that began earlier enters at the age that it had, one that goes on at the end leaves at its own \
              (Kaplan and Meier, with delayed entry), and where fewer than half end the longest stands for their \
              median. Who leads a year hosts most over its twelve months, by however little, so that a lead that \
              flickers makes short spells. Sites are seen often, as what a hotline lists is. A year of new pressure is \
              one in which a state turns strict that hosted a hundredth of the sites at least: on an empty state \
              nobody feels any. The placebo is the same world without these turns: networks that move without one \
              follow a mistake of their own.",
    worlds,
    measure,
};

const STATES: usize = 20;
/// The state that turns strict first, and the year in which it does.
const STRICT: usize = 1;
const FIRST_YEAR: i32 = 1990;
const STRICT_YEAR: i32 = 1997;
const LAST_YEAR: i32 = 2026;

/// Chance that a state never turns strict: the middle of what is typical among hold-outs, 0.11 to 0.23 (target T14).
const NEVER: f64 = 0.17;

/// Below this share of the sites nobody is under pressure when a state turns strict.
const FELT: f64 = 0.01;

/// The years in which states turn strict, drawn by the seed, and who never does.
fn turns(seed: u64) -> Vec<Option<i32>> {
    let mut stream = Streams::new(seed).stream(Purpose::Placebo, 1, 0);
    let span = u32::try_from(LAST_YEAR - STRICT_YEAR).expect("a span of years");
    let turn = |state: usize| {
        #[expect(clippy::cast_possible_truncation, reason = "years of a span")]
        let later = (stream.unit() * f64::from(span)) as i32;
        let never = stream.chance(NEVER);
        if state == STRICT { Some(STRICT_YEAR) } else { (!never).then_some(STRICT_YEAR + later) }
    };
    (0..STATES).map(turn).collect()
}

/// The world, and the same one in which no state turns strict.
fn worlds(seed: u64) -> Vec<World> {
    // The law is everywhere from the beginning. A state that turns strict has sites removed within days instead of ten
    // years, and joins the others.
    let (mut states, mut membership, mut timeline) = (Vec::new(), Vec::new(), "timeline:\n".to_owned());
    for ((rank, code), turn) in codes(STATES).into_iter().enumerate().zip(turns(seed)) {
        let weight = super::concentration::pareto(rank, STATES);
        states.push((code.clone(), format!("infrastructure: {weight:.3}, market: 1")));
        if let Some(day) = turn.map(|year| day(year, 1, 15)) {
            let _ = writeln!(
                timeline,
                "  - {{ date: {day}, state: {code}, does: change-authority, authority: {{ removal-days: 12, home-removal-days: 0.25 }} }}"
            );
            membership.push((code, day.to_string()));
        }
    }
    let world = |title: &str, membership: Vec<(String, String)>, more: String| World {
        title: title.to_owned(),
        days: (day(FIRST_YEAR, 1, 1), day(LAST_YEAR, 12, 31)),
        states: states.clone(),
        membership,
        treaties: String::new(),
        networks: 300,
        behaviour: "incidents-per-year: 40".to_owned(),
        authority: "desks: 60, removal-days: 3650, home-removal-days: 3650".to_owned(),
        more,
    };
    vec![
        world("T11: turnover of havens", membership, timeline),
        world("T11: the same without turns", Vec::new(), String::new()),
    ]
}

/// Networks by host in each year, summed over its twelve months: annual reports count a year and not its last day.
fn yearly(observed: &Observed) -> Vec<Vec<f64>> {
    let hosted = |year: &[Month], state: usize| -> f64 { year.iter().map(|month| month.hosted[state]).sum() };
    let of_year = |year| (0..STATES).map(|state| hosted(year, state)).collect();
    observed.months[1..].chunks_exact(12).map(of_year).collect()
}

/// A stay of one state at rank 1, in years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Spell {
    /// How long it had lasted when it began to be looked at.
    entered: usize,
    /// How long it lasted in all, as far as was seen.
    lasted: usize,
    /// Whether it ended.
    ended: bool,
}

/// The spells at rank 1 of the years from one on; those before it tell how old the first was by then.
fn spells(years: &[Vec<f64>], from: usize) -> Vec<Spell> {
    let leader = |shares: &Vec<f64>| {
        (0..shares.len()).max_by(|one, other| shares[*one].total_cmp(&shares[*other])).unwrap_or_default()
    };
    let leaders: Vec<usize> = years.iter().map(leader).collect();
    let mut begun = 0;
    let mut spells = Vec::new();
    for same in leaders.chunk_by(|one, other| one == other) {
        let after = begun + same.len();
        if after > from {
            spells.push(Spell {
                entered: from.saturating_sub(begun),
                lasted: same.len(),
                ended: after < leaders.len(),
            });
        }
        begun = after;
    }
    spells
}

/// The median length of a spell: Kaplan and Meier's estimate, in which a spell is at risk from the age at which it entered to
/// that at which it ended or was last seen. Of those that ended alone the median would leave out the longest; with those
/// that were under way before at their whole age, or cut to what was seen of it, they would count twice or as short ones.
/// Where fewer than half end at any age it is longer than the longest that was seen, which stands for it: left out, seeds
/// with the longest spells would make them look short.
fn median_spell(spells: &[Spell]) -> Option<f64> {
    let longest = spells.iter().map(|spell| spell.lasted).max()?;
    let mut going_on = 1.0;
    for age in 1..=longest {
        let at_risk = spells.iter().filter(|spell| spell.entered < age && spell.lasted >= age).count();
        let ended = spells.iter().filter(|spell| spell.ended && spell.lasted == age).count();
        if at_risk > 0 {
            going_on *= 1.0 - float(ended) / float(at_risk);
        }
        // Half of an even number is half; a product of fractions may miss it by a rounding.
        if going_on <= 0.5 + 1e-9 {
            return Some(float(age));
        }
    }
    Some(float(longest))
}

fn measure(plans: &[Plan], seed: u64) -> Vec<Option<f64>> {
    let observed = observe(&plans[0], seed);
    let hosted = yearly(&observed);
    let years: Vec<Vec<f64>> = hosted.iter().map(|year| shares(year)).collect();
    let at = |year: i32| usize::try_from(year - FIRST_YEAR).expect("after the first year");
    let moved = |hosted: &[Vec<f64>], year: i32| reshuffle(&hosted[at(year) - 1], &hosted[at(year)]);
    let turns = turns(seed);
    let felt = |year: &i32| {
        let mut turning = turns.iter().enumerate().filter(|(_, turn)| **turn == Some(*year));
        turning.any(|(state, _)| years[at(*year) - 1][state] >= FELT)
    };
    let pressed: Vec<f64> = (STRICT_YEAR..=LAST_YEAR).filter(felt).filter_map(|year| moved(&hosted, year)).collect();
    let calm = yearly(&observe(&plans[1], seed));
    let placebo: Vec<f64> = (STRICT_YEAR..=LAST_YEAR).filter_map(|year| moved(&calm, year)).collect();
    let incidents = |year: i32| -> f64 {
        observed.months[1 + 12 * at(year)..][..12].iter().flat_map(|month| &month.incidents).sum()
    };
    let strict = |later: i32| Some(years[at(STRICT_YEAR + later)][STRICT]);
    let grown = |later: i32| Some(incidents(STRICT_YEAR + later) / incidents(STRICT_YEAR - 1));
    vec![
        median_spell(&spells(&years, at(STRICT_YEAR) - 1)),
        mean(&pressed),
        mean(&placebo),
        strict(5),
        strict(7),
        strict(10),
        years.last().map(|shares| shares[STRICT]),
        grown(5),
        grown(10),
        observed.yearly_change(day(STRICT_YEAR, 1, 1)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leads(leaders: &str) -> Vec<Vec<f64>> {
        leaders
            .bytes()
            .map(|leader| (b'a'..=b'd').map(|state| f64::from(u8::from(state == leader))).collect())
            .collect()
    }

    fn check(leaders: &str, from: usize, expected: Option<f64>) {
        let spells = spells(&leads(leaders), from);
        assert_eq!(median_spell(&spells), expected, "{leaders} from {from}: {spells:?}");
    }

    #[test]
    fn the_first_spell_enters_late_and_the_last_leaves_early() {
        let spell = |entered, lasted, ended| Spell { entered, lasted, ended };
        let expected = [spell(6, 9, true), spell(0, 2, true), spell(0, 3, false)];
        assert_eq!(spells(&leads("aaaaaaaaabbccc"), 6), expected);
        // What ended before is not looked at; what ends in the last year before is neither.
        assert_eq!(spells(&leads("abbc"), 3), [spell(0, 1, false)]);
    }

    #[test]
    fn a_median_spell_is_that_of_those_at_risk() {
        // Nothing cut: 1, 2, 3.
        check("abbccca", 0, Some(2.0));
        // Seen from its sixth year, the first is at risk of no short spell: of those at risk at 2, all end.
        check("aaaaaaaaabbccc", 6, Some(2.0));
        // The last may have gone on for long.
        check("abbbb", 0, Some(1.0));
        check("aabbbb", 1, Some(2.0));
        // It may go on for ever.
        check("aaaa", 0, Some(4.0));
        check("", 0, None);
    }
}
