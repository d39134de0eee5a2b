//! What is said under a figure of networks over time: what is bright, shaded, dashed and grey in it.

use crate::report::charts::time::Spell;

/// How many lines there are behind the bright one, and whether some states have none.
pub(super) struct Lines {
    pub(super) havens: usize,
    pub(super) standing_out: usize,
    pub(super) grey: usize,
    pub(super) left_out: bool,
}

impl Lines {
    /// How many have names of their own.
    pub(super) const fn named(&self) -> usize {
        self.havens + self.standing_out
    }
}

/// What the figure shows. `bright` is the bright state, if there is one, and for what it was chosen where it was no haven.
pub(super) fn description(spells: &[Spell], bright: Option<(&str, &str)>, lines: &Lines) -> String {
    let dashed = |bright: &str| format!("Dashed: the share of {bright} that attraction alone explains.");
    let shaded = match (spells, bright) {
        (_, None) => {
            "In this one run no state was a haven in this role. Whether another run would have the same states before \
                      the others, one run does not tell."
                .to_owned()
        }
        ([], Some((bright, why))) => format!("No state was a haven in this role; {bright} {why}. {}", dashed(bright)),
        (_, Some((bright, _))) => format!("Shaded: {bright} is a haven. {}", dashed(bright)),
    };
    let havens = match lines.havens {
        0 => "",
        1 => "the other state that was a haven in this role, thicker while it was",
        _ => "other states that were havens in this role, thicker while they were",
    };
    // Where no state is bright, there is none beside which these would be others.
    let standing_out = match (lines.standing_out, lines.havens, bright) {
        (0, ..) => "",
        (1, 0, None) => "the state that holds most",
        (_, 0, None) => "the states that hold most",
        (1, 0, _) => "the other state that holds most",
        (_, 0, _) => "other states that hold most",
        (1, ..) => "; and another that holds much",
        _ => "; and others that hold much",
    };
    let named = match lines.named() {
        0 => String::new(),
        1 => format!(" Thin and dark, with its name: {havens}{standing_out}."),
        _ => format!(" Thin and dark, each with its name and its dash: {havens}{standing_out}."),
    };
    let grey = match lines.grey {
        0 => "",
        _ if bright.is_none() && lines.named() == 0 => " Grey: the states.",
        1 => " Grey: the other state.",
        _ => " Grey: the other states.",
    };
    let left_out = if lines.left_out { " The states that hold fewest are left out." } else { "" };
    format!("{shaded}{named}{grey}{left_out}")
}

/// Which months the table has on a screen, where it has not all; what is printed of it says so itself.
pub(super) fn tabled_months(every: usize) -> String {
    match every {
        1 => String::new(),
        3 => " On a screen the table has every third month.".to_owned(),
        12 => " On a screen the table has every twelfth month.".to_owned(),
        _ => format!(" On a screen the table has one month in {every}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_drawn_is_not_spoken_of() {
        let said = |havens, standing_out, grey, left_out| {
            description(&[], Some(("Alba", "came nearest")), &Lines { havens, standing_out, grey, left_out })
        };
        assert!(said(0, 0, 0, false).ends_with("attraction alone explains."), "{}", said(0, 0, 0, false));
        assert!(said(0, 0, 1, false).ends_with(" Grey: the other state."));
        let all = said(2, 1, 3, true);
        let named = "each with its name and its dash: other states that were havens in this role, thicker while they were; and \
                     another that holds much. Grey: the other states. The states that hold fewest";
        assert!(all.contains(named), "{all}");
        let dashed = description(
            &[],
            Some(("Corvo", "came nearest")),
            &Lines { havens: 0, standing_out: 1, grey: 0, left_out: false },
        );
        assert!(dashed.contains("Dashed: the share of Corvo that attraction alone explains."), "{dashed}");
        // Without a bright line no state is another, and one run claims nothing of others.
        let none = |standing_out, grey| {
            let said = description(&[], None, &Lines { havens: 0, standing_out, grey, left_out: false });
            assert!(said.starts_with("In this one run no state was a haven in this role."), "{said}");
            said
        };
        assert!(none(0, 3).ends_with("one run does not tell. Grey: the states."), "{}", none(0, 3));
        assert!(
            none(1, 3).ends_with("with its name: the state that holds most. Grey: the other states."),
            "{}",
            none(1, 3)
        );
    }
}
