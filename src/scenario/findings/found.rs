//! What a run shows where it does not show what was expected, in words.

use super::words::{percent, spelled};
use super::{Expects, Finding, decisions, participation, share};
use crate::base::numbers::number_of;
use crate::engine::{Plan, Tally};
use crate::law::pairs::{open, over_all_pairs};
use crate::law::{Decision, decide};

impl Finding {
    /// What was found instead; none where the finding is met.
    #[must_use]
    pub fn instead(&self, plan: &Plan, tally: &Tally) -> Option<String> {
        (!self.holds(tally)).then(|| self.found(plan, tally))
    }

    /// What has to be known of a run that has no haven: that it is too short for one, where it is.
    #[must_use]
    pub fn remark(&self, plan: &Plan, tally: &Tally) -> Option<String> {
        let of_haven = matches!(
            self.expects,
            Expects::Haven(..) | Expects::NoHaven(_) | Expects::HavenEnds(_) | Expects::HavenStays(_)
        );
        let earliest = plan.havens.earliest(plan.first_day);
        (of_haven && tally.havens.is_empty() && earliest > plan.last_day)
            .then(|| format!("the run is too short for a haven: none can be confirmed before {earliest}"))
    }

    fn found(&self, plan: &Plan, tally: &Tally) -> String {
        let library = &plan.library;
        match &self.expects {
            Expects::Haven(sought, _)
            | Expects::NoHaven(sought)
            | Expects::HavenEnds(sought)
            | Expects::HavenStays(sought) => sought.found(library, &tally.havens),
            Expects::Letters(from, to, measure, _) => {
                let mut said: Vec<&str> = decisions(tally, *from, *to, *measure).map(Decision::word).collect();
                said.dedup();
                if said.is_empty() { "it never asks".to_owned() } else { said.join(", ") }
            }
            Expects::NoLetters(from, to, measure) => {
                let sent = &tally.states[from.index()].requests_out;
                let of_kind = sent.iter().filter(|((by, asked, _), _)| (by, asked) == (to, measure));
                number_of(of_kind.map(|(_, count)| *count).sum(), "request", "requests")
            }
            Expects::InForce(treaty, Some(_), _) => {
                let bound = number_of(tally.bound(*treaty, None) as u64, "state", "states");
                format!("it does not, and does for {bound}")
            }
            Expects::InForce(treaty, None, _) | Expects::NotInForce(treaty, None) => {
                format!("for {}", number_of(tally.bound(*treaty, None) as u64, "state", "states"))
            }
            Expects::NotInForce(_, Some(_)) => "it does".to_owned(),
            Expects::Lost(state, cause, _) => {
                tally.lost_share(*state, *cause).map_or_else(|| "no closed cases".to_owned(), percent)
            }
            Expects::Removed(state, _) => number_of(tally.states[state.index()].sites_removed, "site", "sites"),
            Expects::Participation(treaty, day, wanted) => {
                let counted = participation(&tally.law, *treaty, *day);
                spelled([0, 1, 2].map(|place| wanted[place].map(|_| counted[place])))
            }
            Expects::Opinion(question, ..) => {
                let opinion = decide(&tally.law.library, &tally.law.memberships_on(question.day), question);
                let grounds: String =
                    opinion.grounds.iter().map(|ground| format!(", {}", ground.code.code())).collect();
                format!("{}{grounds}", opinion.decision.word())
            }
            Expects::OpenPairs(measure, (_, facts), day, _) => {
                let pairs = over_all_pairs(&tally.law.library, &tally.law.memberships_on(*day), *measure, *facts, *day);
                let open = share(open(&pairs, *measure), pairs.values().sum());
                open.map_or_else(|| "no pairs".to_owned(), percent)
            }
        }
    }
}
