//! What treaty law promises, held against generated conduct and histories over the whole built-in law. Where a promise
//! has an exception in law, the exception stands in words at the test, and in its code.

mod given;
mod independence;
mod order;

use comity::base::{Day, TreatyId};
use comity::law::decide::decide_traced;
use comity::law::trace::Kept;
use comity::law::{self, Act, Decision, GroundCode, Instrument, Measure, Memberships, Question};
use given::{Whole, asked, days, histories, instruments, long_ago, question, question_with_unknown, with_whole};
use proptest::prelude::*;
use proptest::sample::Index;

/// A failure prints its history and request in their smallest form; no file of seeds is kept beside the tests.
/// `PROPTEST_CASES=2560` tries ten times as many.
fn config(cases: u32) -> ProptestConfig {
    const USUAL: u32 = 256;
    let default = ProptestConfig::default();
    let cases = cases * default.cases.div_ceil(USUAL);
    // What a promise leaves aside grows with what is tried.
    ProptestConfig { cases, max_global_rejects: 8 * cases, failure_persistence: None, ..default }
}

/// How good an answer is for the State that asks; lower is better.
fn rank(decision: Decision) -> u8 {
    match decision {
        Decision::Grant | Decision::NoRequest => 0,
        Decision::GrantCond => 1,
        Decision::Partial => 2,
        Decision::MayRefuse => 3,
        Decision::Postpone => 4,
        Decision::ProsecuteInstead => 5,
        _ => 6,
    }
}

/// Whether the answer lets the requesting State hope: a grant now, in part, later or at discretion.
fn opens(decision: Decision) -> bool {
    rank(decision) <= 4
}

/// Has both States of a question consent to a treaty long ago, to its parent where it has one, and as many others as
/// it needs to be in force at all.
fn join_both(whole: &Whole, treaty: TreatyId, question: &Question, into: &mut Vec<Instrument>) {
    let library = &whole.library;
    for treaty in library.treaty(treaty).parent.into_iter().chain([treaty]) {
        for state in library.state_ids() {
            let theirs = [question.requesting, question.requested].contains(&state);
            let has_acts = into.iter().any(|done| done.treaty == treaty && done.state == state);
            if theirs || !has_acts {
                into.push(Instrument { day: long_ago(), treaty, state, act: Act::Consent });
            }
        }
    }
}

/// Whether a treaty, by being in force, changes what other treaties or the law at home give: a special treaty, one
/// that displaces others, membership of the Union, a protocol that adds a ground to its parent.
fn touches_others(whole: &Whole, treaty: TreatyId) -> bool {
    let law = whole.library.treaty(treaty);
    let adds_grounds =
        law.parent.is_some() && law.rules.iter().any(|rule| rule.refuse.is_some() || rule.applies.is_some());
    let displaces =
        whole.forms.treaties.iter().any(|form| law.name.starts_with(&form.treaty.value) && !form.displaces.is_empty());
    law.on_extradition || law.on_assistance || displaces || adds_grounds || law.name == "european-union"
}

proptest! {
    #![proptest_config(config(400))]

    /// A treaty more, kept without a reservation, may open a request; it never closes one. Except in law: a special
    /// treaty, or one that displaces others, takes their place; a protocol may add a ground to its parent; and where
    /// the request rested on the requested State's own law alone, a treaty that covers it takes the place of that law.
    #[test]
    fn joining_a_treaty_never_removes_a_basis(history in histories(), asked in asked(), joined in any::<Index>()) {
        with_whole(|whole| {
            let library = &whole.library;
            let question = question(whole, &asked);
            let treaty = *joined.get(&whole.joined);
            prop_assume!(!touches_others(whole, treaty));
            // Neither of the two has acted towards this treaty, or its parent, before.
            let with_parent: Vec<TreatyId> = library.treaty(treaty).parent.into_iter().chain([treaty]).collect();
            prop_assume!(!with_parent.iter().any(|treaty| touches_others(whole, *treaty)));
            let mut instruments = instruments(whole, &history, &question);
            instruments.retain(|done| {
                !with_parent.contains(&done.treaty) || ![question.requesting, question.requested].contains(&done.state)
            });
            let before = law::decide(library, &Memberships::of(library, &instruments), &question);
            join_both(whole, treaty, &question, &mut instruments);
            let after = law::decide(library, &Memberships::of(library, &instruments), &question);
            let own_law_alone = before.bases.iter().all(|basis| library.cite(*basis) == "domestic law");
            if opens(before.decision) && !own_law_alone {
                prop_assert!(rank(after.decision) <= rank(before.decision), "{:?}, then {:?}", before, after);
            }
            // What needs no request any more rests on what opens it so.
            let rests = before.decision == Decision::Grant && after.decision != Decision::NoRequest;
            for basis in before.bases.iter().filter(|_| rests) {
                prop_assert!(
                    after.bases.contains(basis),
                    "{} is gone: {:?}, then {:?}", library.cite(*basis), before, after
                );
            }
            Ok(())
        })?;
    }

    /// The answer is never worse without the reservation. No ground is added, where a single treaty carries the
    /// request; where several do, each shows its own grounds once it is as good as the other. That nothing carries a
    /// request which now lies within the scope (G.NOTREATY) is the want of a basis and no ground against it; nor is it
    /// that the conduct lies outside a treaty (G.SCOPE) which, with its article reserved, did not carry the measure. An article
    /// that is itself a ground or limits the days of a hold, so that whoever reserves it gives that up, is left aside.
    #[test]
    fn withdrawing_a_reservation_never_adds_a_ground(
        history in histories(),
        asked in asked(),
        treaty in any::<Index>(),
        article in any::<Index>(),
        who in 0..2_usize,
    ) {
        with_whole(|whole| {
            let library = &whole.library;
            let question = question(whole, &asked);
            let reservable: Vec<TreatyId> =
                whole.joined.iter().copied().filter(|treaty| !library.treaty(*treaty).reservable.is_empty()).collect();
            let treaty = *treaty.get(&reservable);
            let articles: Vec<_> = library.treaty(treaty).reservable.iter().copied().collect();
            let article = *article.get(&articles);
            let mut rules = library.treaty(treaty).rules.iter();
            let limits = |rule: &law::rule::Rule| rule.refuse.is_some() || rule.holds_days.is_some();
            prop_assume!(!rules.any(|rule| rule.cite == article && rule.unless_reserved && limits(rule)));
            let state = [question.requesting, question.requested][who];
            let mut instruments = instruments(whole, &history, &question);
            join_both(whole, treaty, &question, &mut instruments);
            instruments.push(Instrument { day: long_ago(), treaty, state, act: Act::Reservation(article) });
            let before = law::decide(library, &Memberships::of(library, &instruments), &question);
            instruments.push(Instrument { day: question.day, treaty, state, act: Act::ReservationWithdrawn(article) });
            let memberships = Memberships::of(library, &instruments);
            let after = law::decide(library, &memberships, &question);
            prop_assert!(rank(after.decision) <= rank(before.decision), "{:?}, then {:?}", before, after);
            let in_force = |treaty: &TreatyId| {
                memberships.in_force_between(*treaty, question.requesting, question.requested, question.day).is_some()
            };
            let carriers = law::governing::carrying(library, question.measure).filter(in_force).count();
            if carriers <= 1 {
                let shown = |code: GroundCode| before.grounds.iter().any(|ground| ground.code == code);
                let is_want = |code: GroundCode| {
                    code == GroundCode::NoTreaty || code == GroundCode::Scope && shown(GroundCode::NoTreaty)
                };
                let added: Vec<GroundCode> =
                    after.grounds.iter().map(|ground| ground.code).filter(|code| !shown(*code) && !is_want(*code)).collect();
                prop_assert!(added.is_empty(), "{:?} added: {:?}, then {:?}", added, before, after);
            }
            Ok(())
        })?;
    }

    /// Signature subject to ratification gives no right to ask. What the requested State's own law, or a treaty
    /// between the two that is in force without any act, gives, it gives all the same.
    #[test]
    fn a_signature_alone_never_opens_a_measure(
        signed in prop::collection::vec((any::<Index>(), 0..2_usize, days()), 0..24),
        asked in asked(),
    ) {
        with_whole(|whole| {
            let library = &whole.library;
            let question = question(whole, &asked);
            let history: Vec<_> = signed.into_iter().map(|(t, s, day)| (t, s, given::Did::Signed(day))).collect();
            let nobody = law::decide(library, &Memberships::new(library), &question);
            let signed = Memberships::of(library, &instruments(whole, &history, &question));
            let signers = law::decide(library, &signed, &question);
            prop_assert_eq!(signers.decision, nobody.decision);
            prop_assert_eq!(signers.bases, nobody.bases);
            Ok(())
        })?;
    }

    /// ETS 185, Art. 29(3) and (4): the Convention by itself always opens it. Another treaty in force between the two may
    /// have such a ground of its own, and may give more than the Convention does where that has another ground (29(5)):
    /// whether it gives more may hang on a penal law that is not entered, so that information is needed.
    #[test]
    fn preservation_never_fails_on_dual_criminality_without_the_reservation(history in histories(), asked in asked()) {
        with_whole(|whole| {
            let library = &whole.library;
            let question = Question { measure: Measure::Preservation, ..question(whole, &asked) };
            let convention = library.treaty_named("ets185").expect("it is there");
            let reservation = library.cite_named("BUD 29(4)").expect("it is cited");
            let mut instruments = instruments(whole, &history, &question);
            instruments.retain(|done| {
                let reserves = done.act == Act::Reservation(reservation);
                done.treaty != convention || !(reserves || done.act == Act::Denunciation)
            });
            join_both(whole, convention, &question, &mut instruments);
            let dual = [GroundCode::DualCriminalityMissing, GroundCode::DualCriminalityForPreservation];
            let of_the_convention = |cite| library.cite(cite).starts_with("BUD ");
            let failed = |opinion: &law::Opinion| opinion.grounds.iter().any(|ground| {
                dual.contains(&ground.code) && (of_the_convention(ground.cite) || ground.through.is_some_and(of_the_convention))
            });
            let beside_others = law::decide(library, &Memberships::of(library, &instruments), &question);
            instruments.retain(|done| done.treaty == convention);
            let alone = law::decide(library, &Memberships::of(library, &instruments), &question);
            prop_assert!(!failed(&alone) && opens(alone.decision), "{:?}", alone);
            let may_give_more = alone.decision != Decision::Grant && beside_others.decision == Decision::NeedsInformation;
            prop_assert!(!failed(&beside_others) && (opens(beside_others.decision) || may_give_more), "{:?}", beside_others);
            Ok(())
        })?;
    }

    /// One code path: whoever listens to the steps hears the same answer.
    #[test]
    fn explained_and_unexplained_opinions_are_identical(history in histories(), asked in asked()) {
        with_whole(|whole| {
            let library = &whole.library;
            let question = question_with_unknown(whole, &asked);
            let memberships = Memberships::of(library, &instruments(whole, &history, &question));
            let (explained, steps) = law::explain(library, &memberships, &question);
            prop_assert_eq!(explained, law::decide(library, &memberships, &question));
            prop_assert!(!steps.is_empty());
            Ok(())
        })?;
    }

    /// A question made ready for many sets of facts answers each as the law does, by the same steps.
    #[test]
    fn a_question_made_ready_answers_as_the_law_does(
        history in histories(),
        asked in asked(),
        others in prop::collection::vec(asked(), 1..12),
    ) {
        with_whole(|whole| {
            let library = &whole.library;
            let first = question(whole, &asked);
            let memberships = Memberships::of(library, &instruments(whole, &history, &first));
            let mut ready = law::Consolidated::of(library, &memberships, &first);
            for facts in others.iter().map(|other| question(whole, other).facts).chain([first.facts]) {
                // What was asked is one set of facts; together with it another one meets more conditions.
                for facts in [facts, facts.with(first.facts)] {
                    let mut steps = Kept::default();
                    let opinion = decide_traced(library, &memberships, &Question { facts, ..first }, &mut steps);
                    let kept = ready.ask(facts);
                    prop_assert_eq!(&kept.opinion, &opinion);
                    prop_assert_eq!(&kept.steps, &steps.0);
                }
            }
            Ok(())
        })?;
    }

    /// A turn that is named is one: the search for what would turn an answer promises nothing that a decision on the
    /// changed law does not give.
    #[test]
    fn what_would_turn_an_answer_makes_it_better(history in histories(), asked in asked()) {
        with_whole(|whole| {
            let library = &whole.library;
            let question = question(whole, &asked);
            let memberships = Memberships::of(library, &instruments(whole, &history, &question));
            let opinion = law::decide(library, &memberships, &question);
            // Pairs over the whole law take long; a case has a handful of treaties.
            let found = law::but_for(library, &memberships, &question, &opinion, Some(Decision::Grant));
            prop_assert_eq!(found.untried, 0, "of all pairs over the whole law");
            for turn in &found.turns {
                prop_assert_eq!(turn.opinion.decision, Decision::Grant);
                let further: Vec<Instrument> = turn.changes.iter().filter_map(law::Change::instrument).collect();
                // A pair is named only where neither half is enough.
                for half in turn.changes.iter().filter(|_| turn.changes.len() > 1) {
                    if let Some(alone) = half.instrument() {
                        let after = law::decide(library, &memberships.with(library, &[alone]), &question);
                        prop_assert_ne!(after.decision, Decision::Grant);
                    }
                }
                if turn.changes.len() == further.len() {
                    let after = law::decide(library, &memberships.with(library, &further), &question);
                    prop_assert_eq!(&after, &turn.opinion);
                }
            }
            Ok(())
        })?;
    }
}

/// The days on which anything that bears on a decision begins or ends.
fn events(whole: &Whole, memberships: &Memberships) -> Vec<Day> {
    let library = &whole.library;
    let mut events: Vec<Day> = library.state_ids().flat_map(|state| memberships.events_of(state)).collect();
    events.extend(library.states().iter().flat_map(law::State::changes));
    events
}
