//! What the law's answer to one question costs, by each way there is to it: decided from nothing; with its steps kept;
//! in words; from a question made ready for many sets of facts; and from the book of questions asked before.

use std::cell::RefCell;
use std::hint::black_box;
use std::path::Path;

use comity::embedded;
use comity::law::decide::decide_traced;
use comity::law::trace::Kept;
use comity::law::{self, Casebook, Consolidated, FactId, FactSet, Library, Measure, Memberships, Pattern, Question};
use comity::scenario::case;

use crate::flagship;
use crate::measure::{Contestant, Cost, Rounds, cost, figure, float, goal, heading, interleaved, line};
use crate::settings::Settings;

/// Opinions a round.
const OPINIONS: usize = 40_000;

/// Questions under one law.
struct Docket {
    library: Library,
    memberships: Memberships,
    questions: Vec<Question>,
}

/// See the module.
pub fn bench(settings: &Settings) {
    heading("opinion: one legal decision; baseline: the bare test of 14 patterns over 24 facts");
    report(settings, "flagship", &[of_flagship()]);
    report(settings, "worked cases", &of_cases());
}

fn report(settings: &Settings, name: &str, dockets: &[Docket]) {
    let decide = |docket: &Docket, question: &Question| {
        black_box(law::decide(&docket.library, &docket.memberships, question));
    };
    let traced = |docket: &Docket, question: &Question| {
        let mut steps = Kept::default();
        black_box(decide_traced(&docket.library, &docket.memberships, question, &mut steps));
        black_box(steps);
    };
    let explain = |docket: &Docket, question: &Question| {
        black_box(law::explain(&docket.library, &docket.memberships, question));
    };
    let ready = RefCell::new(dockets.iter().map(consolidated).collect::<Vec<_>>());
    // As in a run: each state keeps the questions that it is asked.
    let books = |docket: &Docket| vec![Casebook::default(); docket.library.states().len()];
    let books = RefCell::new(dockets.iter().map(books).collect::<Vec<_>>());
    let from_ready = |index: usize, place: usize, question: &Question| {
        black_box(ready.borrow_mut()[index][place].ask(question.facts));
    };
    let from_book = |index: usize, _: usize, question: &Question| {
        let Docket { library, memberships, .. } = &dockets[index];
        black_box(books.borrow_mut()[index][question.requested.index()].ask(library, memberships, question));
    };
    let make_ready = |docket: &Docket, question: &Question| {
        black_box(Consolidated::of(&docket.library, &docket.memberships, question));
    };
    let masks = conditions(&ready.borrow());
    let mut contestants: [Contestant; 8] = [
        Box::new(bare_masks),
        Box::new(|| each(dockets, decide)),
        Box::new(|| each(dockets, traced)),
        Box::new(|| each(dockets, explain)),
        Box::new(|| bare_conditions(dockets, &masks)),
        Box::new(|| each_placed(dockets, from_ready)),
        Box::new(|| each_placed(dockets, from_book)),
        Box::new(|| each(dockets, make_ready)),
    ];
    let rounds = interleaved(settings.rounds, &mut contestants);
    let count: usize = dockets.iter().map(|docket| docket.questions.len()).sum();
    line(&format!("{name}: questions"), count);
    line("bare mask test, ns", nanoseconds(&rounds, 0));
    let mean = float(masks.iter().flatten().map(|masks| masks.len() as u64).sum()) / float(count as u64);
    line("conditions between two states on one measure, mean", figure(mean));
    line("bare test of so many conditions, ns", nanoseconds(&rounds, 4));
    let ways = [
        (1, "decide"),
        (2, "decide with steps"),
        (3, "decide in words"),
        (7, "making a question ready"),
        (5, "a question made ready, other facts, with steps"),
        (6, "asked before: from the casebook, with steps"),
    ];
    for (place, what) in ways {
        line(&format!("{what}, ns"), nanoseconds(&rounds, place));
    }
    goal("asked before, of the bare mask test", rounds.ratio(6, 0), "at most 2, with steps 4");
    goal("made ready, of the bare mask test", rounds.ratio(5, 0), "at most 2, with steps 4");
    line("made ready, of the bare test of its own conditions", rounds.ratio(5, 4).words());
    goal("decide, of the bare mask test", rounds.ratio(1, 0), "at most 2");
    goal("decide with steps, of the bare mask test", rounds.ratio(2, 0), "at most 4");
    line("decide, of the bare test of its own conditions", rounds.ratio(1, 4).words());
    line("in words, of decide", rounds.ratio(3, 1).words());
    line("allocations asked before", format_args!("{}   goal 0", allocations_placed(dockets, from_book)));
    line("allocations made ready", format_args!("{}   goal 0", allocations_placed(dockets, from_ready)));
    line("allocations of decide", format_args!("{}   goal 0", allocations(dockets, decide)));
    line("allocations with steps", allocations(dockets, traced));
    line("allocations in words", allocations(dockets, explain));
}

fn nanoseconds(rounds: &Rounds, of: usize) -> String {
    figure(rounds.cpu(of).median * 1e9)
}

/// Each question made ready.
fn consolidated(docket: &Docket) -> Vec<Consolidated<'_>> {
    let ready = |question| Consolidated::of(&docket.library, &docket.memberships, question);
    docket.questions.iter().map(ready).collect()
}

/// The conditions that each question made ready tests.
fn conditions(ready: &[Vec<Consolidated>]) -> Vec<Vec<Vec<Pattern>>> {
    ready.iter().map(|docket| docket.iter().map(|ready| ready.conditions().to_vec()).collect()).collect()
}

/// Nothing but the test of every condition that a question depends on, with its own facts.
fn bare_conditions(dockets: &[Docket], masks: &[Vec<Vec<Pattern>>]) -> Cost {
    each_placed(dockets, |docket, place, question| {
        let held = black_box(&masks[docket][place]).chunks(64).fold(0_u64, |all, masks| {
            let bits = masks.iter().enumerate();
            all ^ bits.fold(0, |held, (bit, mask)| held | u64::from(mask.holds(question.facts)) << bit)
        });
        black_box(held);
    })
}

/// Every question in turn, again and again.
fn each(dockets: &[Docket], answer: impl Fn(&Docket, &Question)) -> Cost {
    each_placed(dockets, |docket, _, question| answer(&dockets[docket], question))
}

/// The same, told by the places of the docket and of the question in it.
fn each_placed(dockets: &[Docket], answer: impl Fn(usize, usize, &Question)) -> Cost {
    let once: usize = dockets.iter().map(|docket| docket.questions.len()).sum();
    let times = OPINIONS.div_ceil(once);
    let work = || {
        for _ in 0..times {
            for (index, docket) in dockets.iter().enumerate() {
                let questions = docket.questions.iter().enumerate();
                questions.for_each(|(place, question)| answer(index, place, black_box(question)));
            }
        }
    };
    cost(|| allocation_counter::opt_out(work)).0.per(float((once * times) as u64))
}

/// Mean allocations of one answer.
fn allocations(dockets: &[Docket], answer: impl Fn(&Docket, &Question)) -> String {
    allocations_placed(dockets, |docket, _, question| answer(&dockets[docket], question))
}

fn allocations_placed(dockets: &[Docket], answer: impl Fn(usize, usize, &Question)) -> String {
    let once: usize = dockets.iter().map(|docket| docket.questions.len()).sum();
    let counted = allocation_counter::measure(|| {
        for (index, docket) in dockets.iter().enumerate() {
            docket.questions.iter().enumerate().for_each(|(place, question)| answer(index, place, question));
        }
    });
    figure(float(counted.count_total) / float(once as u64))
}

/// Every pair of states, measure and line of the flagship, on a day when the protocol is in force. A person sought
/// is a national of the requested state in one question, of another in the next.
fn of_flagship() -> Docket {
    let plan = flagship::read("holds-out").plan;
    let memberships = Memberships::of(&plan.library, &plan.instruments);
    let day = plan.last_day;
    let mut questions = Vec::new();
    for requesting in plan.library.state_ids() {
        for requested in plan.library.state_ids().filter(|requested| *requested != requesting) {
            for line in &plan.world.lines {
                for measure in [Measure::Preservation, Measure::StoredData, Measure::Extradition, Measure::Prosecution]
                {
                    let person = matches!(measure, Measure::Extradition | Measure::Prosecution);
                    let national = if questions.len() % 2 == 0 { requested } else { requesting };
                    questions.push(Question {
                        nationality: person.then_some(national),
                        ..Question::on(day, (requesting, requested), measure, line.facts)
                    });
                }
            }
        }
    }
    Docket { library: plan.library.as_ref().clone(), memberships, questions }
}

/// The questions of the built-in worked cases, but for those with open facts, which are many decisions in one, and
/// with holds, whose answers depend on the very day and are not kept.
fn of_cases() -> Vec<Docket> {
    let paths = embedded::FILES.iter().map(|(path, _)| *path).filter(|path| path.starts_with("law/cases/"));
    let read = |path: &str| {
        let case = case::read(Path::new(path), None).unwrap_or_else(|(problems, _)| panic!("{path}: {problems:?}"));
        let questions = case.parts.iter().map(|part| part.question).filter(is_plain);
        Docket { questions: questions.collect(), library: case.library, memberships: case.memberships }
    };
    paths.map(read).collect()
}

fn is_plain(question: &Question) -> bool {
    question.unknown.is_empty() && question.held_since.is_none() && question.follow_up_day.is_none()
}

/// What any compiled decision has to do: 14 grounds, each a pattern over 24 facts, each looked at.
fn bare_masks() -> Cost {
    const GROUNDS: usize = 14;
    const FACTS: u32 = 24;
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut mask = |bits: u32| {
        (0..bits).fold(FactSet::NONE, |mask, _| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            mask.and(FactId(u8::try_from(seed % u64::from(FACTS)).expect("at most 24")))
        })
    };
    let grounds: Vec<Pattern> = (0..GROUNDS).map(|_| Pattern { all: mask(3), any: mask(3), none: mask(2) }).collect();
    let asked: Vec<FactSet> = (0..1_024).map(|_| mask(12)).collect();
    let times = OPINIONS.div_ceil(asked.len()) * 4;
    let work = || {
        for _ in 0..times {
            for facts in &asked {
                // All grounds are looked at, as the law does, not only those up to each looked at.
                let held = black_box(&grounds)
                    .iter()
                    .enumerate()
                    .fold(0_u32, |held, (index, ground)| held | u32::from(ground.holds(*facts)) << index);
                black_box(held);
            }
        }
    };
    cost(work).0.per(float((times * asked.len()) as u64))
}
