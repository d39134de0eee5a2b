//! The casebook gives what deciding gives: for every worked case, every measure, and days around all changes of law.

use std::path::Path;

use comity::law::{self, Casebook, Measure, Question};
use comity::scenario::{Shelf, case};

/// Days before and after those of the cases: years apart and single days, so that changes of law lie between them.
const SHIFTS: [i32; 9] = [-6_000, -2_500, -400, -31, -1, 0, 1, 45, 900];

#[test]
fn the_casebook_answers_as_the_law_does() {
    let mut asked = 0;
    for name in Shelf::names("cases") {
        let read = case::read(Path::new(&format!("law/cases/{name}.yaml")), None);
        let case = read.unwrap_or_else(|(problems, _)| panic!("{name}: {problems:?}"));
        let mut casebook = Casebook::default();
        // Twice: the second round finds what the first one kept.
        for _ in 0..2 {
            for question in case.parts.iter().flat_map(|part| variations(&part.question)) {
                let kept = casebook.ask(&case.library, &case.memberships, &question).opinion.clone();
                let decided = law::decide(&case.library, &case.memberships, &question);
                assert_eq!(kept, decided, "{name}: {question:?}");
                asked += 1;
            }
        }
    }
    assert!(asked > 10_000, "{asked} questions");
}

fn variations(question: &Question) -> impl Iterator<Item = Question> + use<> {
    let question = *question;
    Measure::ALL.into_iter().flat_map(move |measure| {
        SHIFTS.into_iter().map(move |shift| {
            let shifted = |day: comity::base::Day| comity::base::Day::from_number(day.number() + shift);
            Question { measure, day: shifted(question.day), request_day: shifted(question.request_day), ..question }
        })
    })
}

#[test]
fn nothing_is_kept_beyond_a_change_of_memberships() {
    use comity::law::{Act, Instrument};
    let read = case::read(Path::new("law/cases/wc-33.yaml"), None);
    let case = read.unwrap_or_else(|(problems, _)| panic!("{problems:?}"));
    let question = case.parts[0].question;
    let mut memberships = case.memberships.clone();
    let mut casebook = Casebook::default();
    let before = casebook.ask(&case.library, &memberships, &question).opinion.clone();
    let treaty = case.library.treaty_named("untoc").expect("it is there");
    for state in [question.requesting, question.requested] {
        let day = question.day - 1_000;
        memberships.deposit(&case.library, &Instrument { day, treaty, state, act: Act::Consent });
    }
    casebook.clear();
    let after = casebook.ask(&case.library, &memberships, &question).opinion.clone();
    assert_eq!(after, law::decide(&case.library, &memberships, &question));
    assert_eq!(before.decision, after.decision, "the Convention does not open without a group");
}
