//! Who may become a Party to a treaty: the day on which it was opened, those for whom alone it is, and whom it has to invite.
//!
//! It decides which acts are worth naming as ones that would turn an answer. Who is bound is `membership`'s, and is what a
//! record or a scenario says: an invented world may have a treaty before its day, or states in it that could not be.

use std::collections::BTreeSet;

use super::library::Library;
use super::membership::{Memberships, Standing};
use super::state::State;
use crate::base::{Day, StateId, TreatyId};

/// Who may become a Party; with nothing said, any State at any time.
#[derive(Clone, Debug, Default)]
pub struct Participation {
    /// The day on which the text was opened for signature, or adopted: nobody consents before.
    pub opened: Option<Day>,
    /// Those for whom alone it is.
    pub open_to: Option<OpenTo>,
    /// Whom it has to invite.
    pub on_invitation: Option<OnInvitation>,
}

/// Those for whom alone a treaty is.
#[derive(Clone, Debug)]
pub struct OpenTo {
    /// The treaty to which they are Parties; none where the library does not hold it, and then nobody is known to be one.
    pub parties_to: Option<TreatyId>,
    /// Those who may join besides.
    pub besides: BTreeSet<StateId>,
    /// Those among its Parties who may not.
    pub but_not: BTreeSet<StateId>,
}

/// By what, and for whom, an invitation is needed.
#[derive(Clone, Debug)]
pub struct OnInvitation {
    /// The article, as it is cited.
    pub by: String,
    /// The group whose members need none.
    pub unless_in: String,
    /// Others that need none, because they took part in drafting it.
    pub took_part: BTreeSet<StateId>,
}

impl Participation {
    /// Whether the text was there to be consented to.
    #[must_use]
    pub fn is_open_on(&self, day: Day) -> bool {
        self.opened.is_none_or(|opened| day >= opened)
    }

    /// Whether a State is, on a day, one of those whom the treaty is for.
    pub(super) fn admits(&self, state: StateId, day: Day, memberships: &Memberships) -> bool {
        let is_party = |treaty| matches!(memberships.standing(treaty, state, day), Standing::Party(_));
        self.open_to.as_ref().is_none_or(|open_to| {
            let is_named = open_to.besides.contains(&state);
            is_named || (open_to.parties_to.is_some_and(is_party) && !open_to.but_not.contains(&state))
        })
    }

    /// What is to be said before a State that has not signed joins: that it has to be invited first, if it is known to be one
    /// of those. Where nobody here is a member of the group, as among invented States, nothing is said of it.
    #[must_use]
    pub fn once_invited(&self, library: &Library, state: StateId) -> String {
        let is_member = |group: &String, state: &State| state.groups.contains(group);
        let invites = |rule: &&OnInvitation| {
            let anybody = library.states().iter().any(|state| is_member(&rule.unless_in, state));
            anybody && !is_member(&rule.unless_in, library.state(state)) && !rule.took_part.contains(&state)
        };
        let rule = self.on_invitation.as_ref().filter(invites);
        rule.map_or_else(String::new, |rule| format!(", once invited ({}),", rule.by))
    }
}
