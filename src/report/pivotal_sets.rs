//! Sets of acts that end a haven, for a terminal: those of the greedy search, the smallest ones, and what was tried.

use std::fmt::Write as _;

use super::compare_text::{hang, wrap};
use super::lines::{counted, joined};
use super::numbers::grouped;
use super::pivotal::{PivotalSummary, RemainsSummary, SetsSummary};

/// Sets that are shown of those that are equally small.
const MOST_SETS_SHOWN: usize = 10;

/// Why a search ends early: some runs may be left, and the next step takes more.
const OUT_OF_RUNS: &str = "out of runs for the next step";

/// What the search for sets came to, or why there was none.
pub(super) fn sets(out: &mut String, summary: &PivotalSummary) {
    let Some(sets) = &summary.sets else {
        wrap(out, &not_searched(summary));
        out.push('\n');
        return;
    };
    let (greedy_cut, cut) = if summary.ended == "interrupted" {
        // A search by sizes is interrupted after the greedy one, which may have been out of runs before.
        ("cut short", "interrupted")
    } else {
        (OUT_OF_RUNS, OUT_OF_RUNS)
    };
    let of = (summary.seeds.len(), summary.fresh.map(|fresh| fresh.seeds));
    let come_to = come_to(sets, greedy_cut, of);
    wrap(out, &format!("One act after another, each the one that leaves least of the haven; {come_to}:"));
    for act in &sets.greedy {
        hang(out, "  - ", act);
    }
    out.push('\n');
    smallest(out, sets, of);
    out.push('\n');
    let end = if is_whole(sets) { String::new() } else { format!(", and stopped there: {cut}") };
    let runs = counted(sets.runs, "run", "runs");
    wrap(out, &format!("Tried in order of size: {}. The search took {runs}{end}.", joined(&tried(sets), "and")));
}

fn not_searched(summary: &PivotalSummary) -> String {
    if summary.seeds_with_haven > summary.may_be_left {
        return "Sets of acts were not searched for.".to_owned();
    }
    format!("{} is a haven in too few seeds for a search of what ends it.", summary.state)
}

/// What the acts taken greedily come to.
fn come_to(sets: &SetsSummary, cut: &str, of: (usize, Option<usize>)) -> String {
    let left = sets.greedy_remains.map(|remains| format!(" ({})", left(remains, of))).unwrap_or_default();
    match (sets.greedy_ends, sets.greedy_whole) {
        (true, true) => format!("they end the haven{left}"),
        (true, false) => {
            format!("they end the haven{left}. Whether it takes all of them was not tried to the end ({cut})")
        }
        (false, true) => "they do not end the haven".to_owned(),
        (false, false) => format!("the haven is not ended yet. The search stopped here ({cut})"),
    }
}

/// Whether all sets of the sizes that were reached were tried.
fn is_whole(sets: &SetsSummary) -> bool {
    sets.tried.iter().all(|(tried, all)| tried == all)
}

/// In how many seeds a set that ends the haven leaves it.
fn left(remains: RemainsSummary, (first, fresh): (usize, Option<usize>)) -> String {
    let others = remains.of_fresh.zip(fresh);
    let others = others.map(|(left, of)| format!(", and in {left} of {of} others")).unwrap_or_default();
    format!("it is left in {} of {}{others}", remains.of_first, counted(first, "seed", "seeds"))
}

fn smallest(out: &mut String, sets: &SetsSummary, of: (usize, Option<usize>)) {
    let Some(size) = sets.smallest.first().map(Vec::len) else {
        wrap(out, &none_tried(sets));
        return;
    };
    wrap(out, &which(sets, size));
    let shown = sets.smallest.iter().zip(&sets.smallest_remains).take(MOST_SETS_SHOWN);
    for (number, (set, remains)) in (1..).zip(shown) {
        numbered(out, number, set, &left(*remains, of));
    }
    if sets.smallest.len() > MOST_SETS_SHOWN {
        let _ = writeln!(out, "and {} more: --json has all", sets.smallest.len() - MOST_SETS_SHOWN);
    }
}

/// That the search by sizes found no set; and, where the greedy one did, what is open about smaller ones.
fn none_tried(sets: &SetsSummary) -> String {
    let acts = sets.greedy.len();
    if !sets.greedy_ends {
        return "No set of those tried ends it.".to_owned();
    }
    let of_size = |size: usize| counted(size, "act", "acts");
    let all = sets.tried.iter().take_while(|(tried, all)| tried == all).count();
    let known = match all {
        0 => "No other set of those tried does.".to_owned(),
        1 => "No single act does.".to_owned(),
        all => format!("No set of up to {} does.", of_size(all)),
    };
    let open = if all + 1 >= acts {
        // All smaller ones were tried.
        format!("Whether another of {} does was not tried to the end.", of_size(acts))
    } else {
        format!("Whether a smaller set does, or another of {}, was not tried to the end.", of_size(acts))
    };
    format!("The {} above, done together, end it. {known} {open}", of_size(acts))
}

/// Which sets follow. Those of the smallest size that has any are all of them only where all of that size were tried.
fn which(sets: &SetsSummary, size: usize) -> String {
    let count = sets.smallest.len();
    let part = tried(sets).pop().filter(|_| !is_whole(sets));
    match (part, count) {
        _ if size == 1 && count == 1 => "Alone, this act ends it:".to_owned(),
        _ if size == 1 => "Alone, each of these ends it:".to_owned(),
        (Some(part), 1) => format!("Among {part} tried, this one ends it; no smaller one tried does:"),
        (Some(part), _) => format!("Among {part} tried, these {count} end it; no smaller one tried does:"),
        (None, 1) => format!("The smallest set that ends it has {size} acts, done together:"),
        (None, _) => format!("The smallest sets that end it are these {count}, each of {size} acts done together:"),
    }
}

/// A set under its number, one act a line, then what it leaves.
fn numbered(out: &mut String, number: usize, set: &[String], left: &str) {
    let label = format!("  {number}. ");
    let indent = " ".repeat(label.len());
    for (index, act) in set.iter().enumerate() {
        let start = if index == 0 { &label } else { &indent };
        let end = if index + 1 < set.len() { " and".to_owned() } else { format!(" ({left})") };
        hang(out, start, &format!("{act}{end}"));
    }
}

/// By size, how many sets of how many were tried.
fn tried(sets: &SetsSummary) -> Vec<String> {
    let sizes = [("single act", "single acts"), ("pair", "pairs"), ("triple", "triples")];
    let tried = |((tried, all), (one, many)): (&(usize, usize), (&str, &str))| {
        let sets = counted(*all, one, many);
        match *tried {
            1 if *all == 1 => format!("the only {one}"),
            tried if tried == *all => format!("all {sets}"),
            0 => format!("none of {sets}"),
            tried => format!("{} of {sets}", grouped(tried as u64)),
        }
    };
    sets.tried.iter().zip(sizes).map(tried).collect()
}

#[cfg(test)]
mod tests {
    use super::{RemainsSummary, SetsSummary, come_to, smallest, tried};

    /// Of twenty seeds and a hundred others.
    const OF: (usize, Option<usize>) = (20, Some(100));
    const REMAINS: RemainsSummary = RemainsSummary { of_first: 1, of_fresh: Some(4) };
    const LEFT: &str = "(it is left in 1 of 20 seeds, and in 4 of 100 others)";

    fn sets(acts: &[&[&str]], tried: &[(usize, usize)]) -> SetsSummary {
        SetsSummary {
            greedy: Vec::new(),
            greedy_ends: false,
            greedy_remains: None,
            greedy_whole: false,
            smallest: acts.iter().map(|set| set.iter().map(|act| (*act).to_owned()).collect()).collect(),
            smallest_remains: vec![REMAINS; acts.len()],
            tried: tried.to_vec(),
            runs: 0,
        }
    }

    #[track_caller]
    fn check(sets: &SetsSummary, shown: &str) {
        let mut out = String::new();
        smallest(&mut out, sets, OF);
        assert_eq!(out.replace(LEFT, "(…)"), shown);
    }

    #[test]
    fn sets_are_told_from_their_acts() {
        let whole = [(3, 3), (3, 3)];
        check(
            &sets(&[&["A joins", "B enacts"]], &whole),
            "The smallest set that ends it has 2 acts, done together:\n  1. A joins and\n     B enacts (…)\n",
        );
        check(
            &sets(&[&["A joins", "B enacts"], &["A joins", "C enacts"]], &whole),
            "The smallest sets that end it are these 2, each of 2 acts done together:\n  \
               1. A joins and\n     B enacts (…)\n  2. A joins and\n     C enacts (…)\n",
        );
        check(&sets(&[&["A joins"]], &[(3, 3)]), "Alone, this act ends it:\n  1. A joins (…)\n");
        let two: [&[&str]; 2] = [&["A joins"], &["B joins"]];
        check(&sets(&two, &[(3, 3)]), "Alone, each of these ends it:\n  1. A joins (…)\n  2. B joins (…)\n");
    }

    #[test]
    fn sets_of_a_search_cut_short_are_not_all_of_them() {
        let part = [(19, 19), (100, 171)];
        let shown =
            "Among 100 of 171 pairs tried, this one ends it; no smaller one tried does:\n  1. A and\n     B (…)\n";
        check(&sets(&[&["A", "B"]], &part), shown);
        check(&sets(&[], &part), "No set of those tried ends it.\n");
        assert_eq!(tried(&sets(&[], &[(19, 19), (0, 171)])), ["all 19 single acts", "none of 171 pairs"]);
        assert_eq!(tried(&sets(&[], &[(1, 1), (0, 1)])), ["the only single act", "none of 1 pair"]);
    }

    #[test]
    fn where_only_the_greedy_search_ends_it_smaller_sets_are_left_open() {
        let of = |acts: usize, tried: &[(usize, usize)]| {
            let greedy = (0..acts).map(|act| format!("act {act}")).collect();
            super::none_tried(&SetsSummary { greedy, greedy_ends: true, ..sets(&[], tried) })
        };
        let whole = [(19, 19), (171, 171), (969, 969)];
        assert_eq!(
            of(4, &whole),
            "The 4 acts above, done together, end it. No set of up to 3 acts does. Whether another of 4 acts does was not \
             tried to the end."
        );
        let open = "Whether a smaller set does, or another of 5 acts, was not tried to the end.";
        assert!(of(5, &whole).ends_with(open));
        assert!(
            of(3, &[(19, 19), (20, 171)]).contains("No single act does. Whether a smaller set does, or another of 3")
        );
        assert!(of(2, &[(19, 19), (20, 171)]).ends_with("Whether another of 2 acts does was not tried to the end."));
        assert!(of(2, &[(5, 19)]).contains("No other set of those tried does."));
    }

    #[test]
    fn a_search_that_ran_out_of_runs_does_not_say_that_the_haven_lasts() {
        let cut = super::OUT_OF_RUNS;
        let of = |ends, whole| {
            let remains = Some(REMAINS).filter(|_| ends);
            let sets =
                SetsSummary { greedy_ends: ends, greedy_remains: remains, greedy_whole: whole, ..sets(&[], &[]) };
            come_to(&sets, cut, OF).replace(LEFT, "(…)")
        };
        assert_eq!(of(true, true), "they end the haven (…)");
        assert_eq!(of(false, true), "they do not end the haven");
        assert_eq!(
            of(false, false),
            "the haven is not ended yet. The search stopped here (out of runs for the next step)"
        );
        assert!(
            of(true, false)
                .starts_with("they end the haven (…). Whether it takes all of them was not tried to the end")
        );
    }
}
