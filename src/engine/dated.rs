//! What a timeline shows of a run.

use super::record::Record;
use crate::authority::{AuthorityRecord, SettingKey};
use crate::base::StateId;
use crate::depositary::DepositaryRecord;
use crate::world::WorldRecord;

/// What is done on a day, by states or to them, and not by networks or in a case: what a timeline shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dated {
    /// The depositary noted it.
    Depositary(DepositaryRecord),
    /// An operation, or a number of a state that changed.
    World(WorldRecord),
    /// A number of an authority changed, in thousandths.
    Setting(StateId, SettingKey, u32),
}

impl Dated {
    pub(super) fn of(record: Record<'_>) -> Option<Self> {
        match record {
            Record::Depositary(record) => Some(Self::Depositary(*record)),
            Record::World(record @ (WorldRecord::Operation { .. } | WorldRecord::StateChanged { .. })) => {
                Some(Self::World(record.clone()))
            }
            Record::Authority(state, AuthorityRecord::SettingChanged { key, thousandths }) => {
                Some(Self::Setting(state, *key, *thousandths))
            }
            _ => None,
        }
    }
}
