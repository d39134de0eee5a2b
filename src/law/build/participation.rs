//! Who may join a treaty and who leaves it with another; that it can bind anybody at all.

use super::{Building, NamedTreaty};
use crate::base::{CiteId, Problem, Spanned, StateId};
use crate::law::forms::TreatyForm;
use crate::law::joining::FirstInForce;
use crate::law::participation::{OnInvitation, OpenTo, Participation};
use crate::law::treaty::{Between, Treaty};

impl Building {
    pub(super) fn participation(&mut self, form: &TreatyForm) -> Participation {
        if let Some((one, _)) = form.between.as_ref().filter(|_| form.open_to.is_some() || form.on_invitation.is_some())
        {
            let message = format!("`{}` is between two states, and no other may join it", form.treaty.value);
            let help = "leave out `open-to` and `on-invitation`";
            self.problems.push(Problem::new(one.place, message).help(help));
        }
        Participation {
            opened: form.opened.as_ref().map(|opened| opened.value),
            open_to: form.open_to.as_ref().map(|open_to| OpenTo {
                parties_to: self.treaty_family(&open_to.parties_to).first().copied(),
                besides: open_to.and.iter().filter_map(|code| self.state_id(code)).collect(),
                but_not: open_to.but_not.iter().filter_map(|code| self.state_id(code)).collect(),
            }),
            on_invitation: form.on_invitation.as_ref().map(|rule| OnInvitation {
                by: format!("{} {}", form.cites_as, rule.by),
                unless_in: rule.unless_in.clone(),
                took_part: rule.took_part.iter().filter_map(|code| self.state_id(code)).collect(),
            }),
        }
    }

    pub(super) fn ends_with_parent(&mut self, form: &TreatyForm) -> Option<CiteId> {
        let article = form.ends_with_parent.as_ref()?;
        if form.protocol_to.is_none() {
            let message = "a treaty that is no protocol to another cannot end with it";
            self.problems.push(Problem::new(article.place, message));
        }
        Some(self.cite(article))
    }

    /// The article by which an amendment ends with the treaty that it amends: in force it is part of that, which is left as a
    /// whole.
    pub(super) fn part_of_parent(&mut self, treaty: &Treaty) -> Option<CiteId> {
        treaty.is_amendment().then(|| self.cite("VCLT 44(1)"))
    }

    /// Nobody joins a rule of custom, nobody leaves an amendment by itself, and no treaty is in force without anybody.
    pub(super) fn consents(&mut self, named: &NamedTreaty) {
        let place = named.form.treaty.place;
        if named.form.custom && (named.form.joins.is_some() || named.form.first_in_force.is_some()) {
            let message = format!("`{}` is a rule of custom, to which nobody consents", named.name);
            self.problems.push(Problem::new(place, message).help("leave out `joins` and `first-in-force`"));
        }
        let first = named.form.first_in_force.as_ref();
        let is_amendment = named.form.is_amendment();
        if is_amendment && (named.form.leaves.is_some() || named.form.ends_with_parent.is_some()) {
            let message =
                format!("`{}` is an amendment, which is left with the treaty that it amends (VCLT 44(1))", named.name);
            let place = named.form.ends_with_parent.as_ref().map_or(place, |article| article.place);
            self.problems.push(Problem::new(place, message).help("leave out `leaves` and `ends-with-parent`"));
        }
        let is_dated = named.form.in_force.is_some() || named.form.applicable_from.is_some();
        if named.form.joins.is_some() && first.is_none() && !is_dated {
            let message = format!("`{}` would never be in force, whoever consents to it", named.name);
            let help = "say what it needs by `first-in-force`, or the day by `in-force` or `applicable-from`";
            self.problems.push(Problem::new(place, message).help(help));
        }
        if let Some(Spanned { place, .. }) = first.filter(|first| first.value.asks_for_nobody()) {
            self.problems.push(FirstInForce::without_anybody(&named.name, *place));
        }
    }

    /// Whose treaty one between these two is here.
    pub(super) fn between(&self, one: &str, other: &str) -> Between {
        let both = self.state_id(one).zip(self.state_id(other));
        both.map_or(Between::Others, |(one, other)| Between::Two(one, other))
    }

    /// A state that is here.
    fn state_id(&self, code: &str) -> Option<StateId> {
        let index = self.state_codes.binary_search_by(|known| known.as_str().cmp(code)).ok()?;
        u16::try_from(index).ok().map(StateId)
    }

    /// Protocols that are, in the end, protocols to themselves: nobody could ever join them.
    pub(super) fn circles(&mut self, order: &[&NamedTreaty], treaties: &[Treaty]) {
        for (named, treaty) in order.iter().zip(treaties) {
            let mut above = treaty.parent;
            for _ in treaties {
                above = above.and_then(|parent| treaties.get(parent.index())?.parent);
            }
            if let (Some(_), Some(parent)) = (above, &named.form.protocol_to) {
                self.problems.push(Problem::new(parent.place, "this protocol is, in the end, a protocol to itself"));
            }
        }
    }
}
