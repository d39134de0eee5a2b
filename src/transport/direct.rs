//! A table of authorities, called one after the other. No runtime, no encoding: what studies run on.

use std::sync::Arc;

use super::{NotOpened, Options, check_offices};
use crate::authority::{Due, Office, Report};
use crate::base::{Day, StateId};
use crate::engine::{Nodes, Stopped};
use crate::law::Library;

/// See the module.
pub struct Direct {
    library: Arc<Library>,
    offices: Vec<Box<dyn Office>>,
}

impl Direct {
    /// The table of these offices: `offices[i]` is that of the state numbered `i`. Needs no options.
    ///
    /// # Errors
    /// When there are more offices than states.
    pub fn open(library: Arc<Library>, offices: Vec<Box<dyn Office>>, _: &Options) -> Result<Self, NotOpened> {
        check_offices(&library, &offices)?;
        Ok(Self { library, offices })
    }

    /// The office of a state, to ask it what it would answer.
    #[must_use]
    pub fn office(&self, state: StateId) -> Option<&dyn Office> {
        self.offices.get(state.index()).map(AsRef::as_ref)
    }
}

impl Nodes for Direct {
    fn day(&mut self, day: Day, due: Vec<(StateId, Due)>) -> Result<Vec<(StateId, Report)>, Stopped> {
        let mut reports = Vec::with_capacity(due.len());
        for (state, due) in due {
            let Some(office) = self.offices.get_mut(state.index()) else {
                let state = self.library.state(state).code.clone();
                return Err(Stopped::Node { state, day, reason: "the run has no node for it".to_owned() });
            };
            reports.push((state, office.step(day, due)));
        }
        Ok(reports)
    }
}
