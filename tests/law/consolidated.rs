//! A question made ready for many sets of facts gives what deciding gives, whatever the facts.

use std::path::Path;

use comity::law::decide::decide_traced;
use comity::law::trace::Kept;
use comity::law::{Consolidated, FactKind, FactSet, Library, Measure, Memberships, Question};
use comity::scenario::{Shelf, case};

/// Sets of facts tried on a question beside its own: each fact of the list turned by itself.
fn variations(library: &Library, facts: FactSet) -> Vec<FactSet> {
    let given = |fact: &_| matches!(library.facts.kind(*fact), FactKind::Conduct | FactKind::Circumstance);
    let turned = |fact| {
        let alone = FactSet::NONE.and(fact);
        if facts.has(fact) { facts.without(alone) } else { facts.with(alone) }
    };
    library.facts.ids().filter(given).map(turned).chain([facts]).collect()
}

#[test]
fn a_question_made_ready_answers_as_the_law_does_with_the_same_steps() {
    let (mut asked, mut decided) = (0, 0);
    for name in Shelf::names("cases") {
        let read = case::read(Path::new(&format!("law/cases/{name}.yaml")), None);
        let case = read.unwrap_or_else(|(problems, _)| panic!("{name}: {problems:?}"));
        for part in &case.parts {
            // Its own measure, and by turns another one: all of them for all facts would take minutes.
            let other = Measure::ALL[asked % Measure::ALL.len()];
            for measure in [part.question.measure, other] {
                let question = Question { measure, unknown: FactSet::NONE, ..part.question };
                let (tried, kept) = try_all(&case.library, &case.memberships, &question, name);
                asked += tried;
                decided += kept;
            }
        }
    }
    assert!(asked > 20_000, "{asked} questions");
    assert!(decided * 2 < asked, "most sets of facts meet the same conditions: {decided} of {asked} decided");
}

/// How many sets of facts were asked, and how many different answers were kept for them.
fn try_all(library: &Library, memberships: &Memberships, question: &Question, name: &str) -> (usize, usize) {
    let mut ready = Consolidated::of(library, memberships, question);
    assert!(ready.conditions().len() < 256, "{name}: {} conditions", ready.conditions().len());
    let mut answers = Vec::new();
    let all = variations(library, question.facts);
    for facts in &all {
        let mut steps = Kept::default();
        let opinion = decide_traced(library, memberships, &Question { facts: *facts, ..*question }, &mut steps);
        let kept = ready.ask(*facts);
        assert_eq!(kept.opinion, opinion, "{name}: {question:?} with {:?}", library.facts.names_of(*facts));
        assert_eq!(kept.steps, steps.0, "{name}: {question:?} with {:?}", library.facts.names_of(*facts));
        if !answers.iter().any(|known| std::sync::Arc::ptr_eq(known, kept)) {
            answers.push(std::sync::Arc::clone(kept));
        }
    }
    (all.len(), answers.len())
}

#[test]
fn facts_that_only_the_law_can_establish_are_decided_anew() {
    let read = case::read(Path::new("law/cases/wc-33.yaml"), None);
    let case = read.unwrap_or_else(|(problems, _)| panic!("{problems:?}"));
    let question = case.parts[0].question;
    let mut ready = Consolidated::of(&case.library, &case.memberships, &question);
    for fact in case.library.facts.ids().filter(|fact| case.library.facts.kind(*fact) == FactKind::Computed) {
        let facts = question.facts.and(fact);
        let decided = comity::law::decide(&case.library, &case.memberships, &Question { facts, ..question });
        assert_eq!(ready.ask(facts).opinion, decided, "{}", case.library.facts.name(fact));
    }
}
