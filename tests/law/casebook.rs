//! The casebook gives what deciding gives: for every worked case, every measure, and days around all changes of law.

use std::collections::BTreeSet;
use std::path::Path;

use comity::depositary::Unfolded;
use comity::law::{self, Casebook, Measure, Memberships, Question};
use comity::scenario::{Options, Shelf, case};

use crate::WITH_A_PACT;

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
    let after = casebook.ask(&case.library, &memberships, &question).opinion.clone();
    assert_eq!(after, law::decide(&case.library, &memberships, &question));
    assert_eq!(before.decision, after.decision, "the Convention does not open without a group");
}

/// One casebook through a whole history of adoption: whatever third states deposit, what is kept is what the law says, and
/// what a deposit brings into force for others is seen.
#[test]
fn what_third_states_deposit_leaves_no_answer_behind_that_is_not_the_laws() {
    let scenario = comity::scenario::read(Path::new("scenarios/gradual-adoption.yaml"), &Options::default());
    let plan = scenario.unwrap_or_else(|(problems, _)| panic!("{problems:?}")).plan;
    let Unfolded { library, instruments } = plan.unfolded();
    let mut sorted = instruments.clone();
    sorted.sort();
    let (mut memberships, mut casebook) = (Memberships::new(&library), Casebook::default());
    let (mut asked, mut answers) = (0, BTreeSet::new());
    for instrument in &sorted {
        memberships.deposit(&library, instrument);
        for later in [0, 1, 120] {
            let day = instrument.day + later;
            for (one, other) in library.state_ids().flat_map(|one| library.state_ids().map(move |other| (one, other))) {
                for measure in [Measure::StoredData, Measure::Extradition] {
                    let question = Question::on(day, (one, other), measure, plan.world.lines[0].facts);
                    let decided = law::decide(&library, &memberships, &question);
                    assert_eq!(casebook.ask(&library, &memberships, &question).opinion, decided, "{question:?}");
                    asked += 1;
                    answers.insert((one, other, measure, decided.decision));
                }
            }
        }
    }
    // Most of what two states ask of each other is answered in two ways at least, in the course of that history.
    let (states, answers) = (library.states().len(), answers.len());
    assert!(asked > 10_000 && answers > 3 * states * states, "{asked} questions, {answers} answers, {states} states");
}

/// Two states that only signed are told by which article a treaty will bind them: that of the first consents, and of later ones
/// once two others have brought it into force.
#[test]
fn an_entry_into_force_by_others_changes_what_signatories_are_told() {
    use comity::law::{Act, Instrument};
    let rest = "
    first-in-force-article: '30'
    in-force-article: '31'
    articles:
      '1': { says: Data are given., for: [stored-data], carries: must }
states:
  alba: { law: {}, infrastructure: 1, market: 1 }
  brava: { law: {}, infrastructure: 1, market: 1 }
  corvo: { law: {}, infrastructure: 1, market: 1 }
  dunmar: { law: {}, infrastructure: 1, market: 1 }
membership:
  pact: { alba: { signed: 2009-01-01 }, brava: { signed: 2009-01-01 }, corvo: 2009-01-01 }
networks: { count: 1, lines: { intrude: { weight: 1, facts: [intrude] } } }
";
    let read = comity::scenario::read_text("signed", &[WITH_A_PACT, rest].concat(), &Options::default());
    let plan = read.unwrap_or_else(|(problems, _)| panic!("{problems:?}")).plan;
    let library = &plan.library;
    let mut memberships = Memberships::of(library, &plan.instruments);
    let mut casebook = Casebook::default();
    let state = |code: &str| library.state_coded(code).expect("a state");
    let treaty = library.treaty_named("pact").expect("it is there");
    let mut articles = Vec::new();
    for day in [plan.first_day, plan.first_day + 100] {
        let parties = (state("alba"), state("brava"));
        let question = Question::on(day, parties, Measure::StoredData, plan.world.lines[0].facts);
        let kept = casebook.ask(library, &memberships, &question).opinion.clone();
        assert_eq!(kept, law::decide(library, &memberships, &question), "on {day}");
        articles.extend(kept.grounds.iter().map(|ground| library.cite(ground.cite).to_owned()));
        let consent = Instrument { day: day + 1, treaty, state: state("dunmar"), act: Act::Consent };
        memberships.deposit(library, &consent);
    }
    assert_eq!(articles, ["PACT 30", "PACT 31"]);
}
