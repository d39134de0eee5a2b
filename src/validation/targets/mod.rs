//! The targets, one file a group that shares its worlds.

mod breadth;
mod channels;
mod concentration;
mod haven;
mod justice;
mod operations;
mod removal;
mod routes;
mod shock;
mod spread;
mod treaty;
mod turnover;

use super::protocol::Target;
use crate::base::StateId;

/// Every target, in order.
#[must_use]
pub fn all() -> Vec<&'static Target> {
    vec![
        &treaty::TARGET,
        &treaty::intensity::TARGET,
        &haven::TARGET,
        &breadth::TARGET,
        &routes::TARGET,
        &shock::TARGET,
        &operations::TARGET,
        &concentration::TARGET,
        &turnover::TARGET,
        &removal::TARGET,
        &spread::TARGET,
        &channels::TARGET,
        &justice::TARGET,
    ]
}

/// The state at this place in the order of the codes.
fn id(index: usize) -> StateId {
    StateId(u16::try_from(index).expect("a target has a few hundred states at most"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn defaults_were_fitted_on_single_targets_and_not_on_groups() {
        let all = super::all();
        let fitted: Vec<&str> = all.iter().flat_map(|target| target.fitted_on).copied().collect();
        assert_eq!(fitted, ["T1", "T5", "T8", "T9", "T11", "T13"]);
        for target in all {
            let judged = |number: &&str| target.statistics.iter().any(|statistic| statistic.number() == *number);
            assert!(target.fitted_on.iter().all(judged), "{} has statistics of {:?}", target.number, target.fitted_on);
            for other in target.statistics.iter().filter(|statistic| ["T2", "T3", "T14"].contains(&statistic.number()))
            {
                assert!(!target.is_fitted_on(other), "{}", other.name);
            }
        }
    }
}
