//! A table of authorities, called one after the other. No runtime, no encoding: what studies run on.

use std::sync::Arc;

use super::{NotOpened, check_offices};
use crate::authority::{Due, Office, Report};
use crate::base::{Day, StateId};
use crate::engine::{Nodes, Plan, Stopped};
use crate::law::Library;

/// See the module.
pub struct Direct {
    library: Arc<Library>,
    offices: Vec<Box<dyn Office>>,
}

impl Direct {
    /// The authorities of a plan.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        Self { library: Arc::clone(&plan.library), offices: plan.offices() }
    }

    /// The table of these offices: `offices[i]` is that of the state numbered `i`.
    ///
    /// # Errors
    /// When there are more offices than states.
    pub fn open(library: Arc<Library>, offices: Vec<Box<dyn Office>>) -> Result<Self, NotOpened> {
        check_offices(&library, &offices)?;
        Ok(Self { library, offices })
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
