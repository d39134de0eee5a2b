//! Several bases, one answer: the best for the requesting state, with what equally good ones add.

use std::cmp::Ordering;

use super::conclude::sort_grounds;
use super::ground::GroundCode;
use super::list::List;
use super::opinion::{Decision, Opinion};

/// How good an answer is for the requesting state; lower is better.
pub(super) const fn rank(decision: Decision) -> u8 {
    match decision {
        Decision::NoRequest => 0,
        Decision::Grant => 1,
        Decision::GrantCond => 2,
        Decision::Partial => 3,
        Decision::MayRefuse => 4,
        Decision::Postpone => 5,
        Decision::ProsecuteInstead => 6,
        Decision::NeedsInformation => 7,
        Decision::Lapsed => 8,
        Decision::Refuse | Decision::NoTreatyDuty => 9,
    }
}

/// The better of two answers, the earlier first. Bases and grounds of answers equally good are joined: several
/// treaties may carry a grant, and a refusal shows the grounds of every treaty that was tried.
pub(super) fn better(best: Option<Opinion>, other: Opinion) -> Opinion {
    let Some(mut best) = best else { return other };
    match rank(best.decision).cmp(&rank(other.decision)) {
        Ordering::Less => return best,
        Ordering::Greater => return other,
        Ordering::Equal => {}
    }
    // Prosecution that a treaty has an article for, asked or not, is not answered by one that lies elsewhere.
    match (lies_elsewhere(&best), lies_elsewhere(&other)) {
        (true, false) if other.decision == Decision::NoTreatyDuty => return other,
        (false, true) if best.decision == Decision::NoTreatyDuty => return best,
        _ => {}
    }
    // Where a treaty carries the request and refuses it, that another carries nothing is no ground of the refusal.
    if carries_nothing(&other) && refuses_within(&best) {
        return best;
    }
    if carries_nothing(&best) && refuses_within(&other) {
        return other;
    }
    // A treaty that applies and refuses says more than one that does not apply.
    if other.decision == Decision::Refuse {
        best.decision = Decision::Refuse;
    }
    best.bases.extend(other.bases);
    best.limits.extend(other.limits);
    best.grounds.extend(other.grounds);
    best.conditions.extend(other.conditions);
    best.duties.extend(other.duties);
    best.time_limits.extend(other.time_limits);
    best.kept_through = best.kept_through.max(other.kept_through);
    best.kept_until_decision |= other.kept_until_decision;
    best.out_of_force_from = best.out_of_force_from.or(other.out_of_force_from);
    best.holds_days = best.holds_days.max(other.holds_days);
    // Whichever comes first helps first.
    best.in_force_from = [best.in_force_from, other.in_force_from].into_iter().flatten().min_by_key(|turn| turn.day);
    best
}

/// Whether the answer says no more than that a treaty does not reach the request.
fn lies_elsewhere(opinion: &Opinion) -> bool {
    opinion.decision == Decision::NoTreatyDuty
        && !opinion.grounds.is_empty()
        && opinion.grounds.iter().all(|ground| ground.code == GroundCode::Scope)
}

/// Whether the answer says no more than that a treaty does not carry the request.
fn carries_nothing(opinion: &Opinion) -> bool {
    matches!(opinion.decision, Decision::Refuse | Decision::NoTreatyDuty)
        && !opinion.grounds.is_empty()
        && opinion.grounds.iter().all(|ground| ground.code == GroundCode::NoTreaty)
}

/// Whether the answer refuses on a ground of its own, not for want of a treaty that reaches the request.
fn refuses_within(opinion: &Opinion) -> bool {
    let want = [GroundCode::NoTreaty, GroundCode::NotInForce, GroundCode::Scope];
    opinion.decision == Decision::Refuse && !opinion.grounds.iter().any(|ground| want.contains(&ground.code))
}

/// Each basis, limit, condition, duty and ground once, and the grounds in order.
pub(super) fn without_repetitions(opinion: &mut Opinion) {
    keep_first(&mut opinion.bases);
    keep_first(&mut opinion.limits);
    keep_first(&mut opinion.conditions);
    keep_first(&mut opinion.time_limits);
    keep_first(&mut opinion.duties);
    keep_first(&mut opinion.grounds);
    // A provision of the requested state's law that a treaty lets in need not be told once more by itself.
    let let_in: List<_> =
        opinion.grounds.iter().filter(|ground| ground.through.is_some()).map(|g| (g.code, g.cite)).collect();
    opinion.grounds.retain(|ground| ground.through.is_some() || !let_in.contains(&(ground.code, ground.cite)));
    sort_grounds(&mut opinion.grounds);
}

/// Drops repetitions, keeping the order of first appearance.
fn keep_first<T: PartialEq + Copy>(items: &mut List<T>) {
    let mut kept = 0;
    for index in 0..items.len() {
        let item = items[index];
        if !items[..kept].contains(&item) {
            items[kept] = item;
            kept += 1;
        }
    }
    items.truncate(kept);
}
