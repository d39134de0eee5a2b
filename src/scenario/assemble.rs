//! From the form of a scenario to a plan: law taken from the shelf, every name resolved, every problem found.

use std::mem::take;
use std::sync::Arc;

use super::digest::digest;
use super::doubt::{Doubts, on_shelf, without_own};
use super::entry_into_force::{NumbersInUse, entry_into_force, unknown_groups};
use super::event::Run;
use super::form::{ScenarioForm, StateEntryForm};
use super::not_entered::{PenalLawTaken, WHAT_TO_DO, every_line};
use super::read::{MOST_FACTS_OF_A_LINE, MOST_STATES, MOST_YEARS, Options, Scenario};
use super::shelf::Shelf;
use super::stated::stated_fact;
use super::timeline::{self, Before};
use super::variants::{also_known_as, sets, under_settings};
use super::{
    adoption, everyone, findings, happenings, membership, own_treaties, pair, provenance, record, settings, texts,
};
use crate::authority::AuthoritySettings;
use crate::base::{Day, Parameter, Place, Problem, Problems, Spanned};
use crate::engine::Plan;
use crate::law::build::MOST_NAME_BYTES;
use crate::law::forms::LawForm;
use crate::law::{Instrument, Library, Memberships, PenalLaw, StateSource, wording};
use crate::reading::Node;
use crate::world::{LineSettings, Part, WorldSettings};

/// Gathers problems while a plan is put together.
pub(super) struct Assembling<'a> {
    pub(super) shelf: &'a mut Shelf,
    pub(super) form: &'a ScenarioForm,
    pub(super) problems: Problems,
    /// What of the form is a guess.
    pub(super) doubts: Doubts<'a>,
    /// Whether neither variant nor setting changes what was written.
    pub(super) as_written: bool,
    /// States whose penal law is not entered and taken to be something.
    pub(super) penal_laws_taken: usize,
}

impl Assembling<'_> {
    /// The scenario, or all problems that do not follow from others.
    pub(super) fn scenario(
        mut self,
        tree: &Node,
        variants: Vec<String>,
        options: &Options,
    ) -> Result<Scenario, Problems> {
        self.put_together(tree, variants, options).map_err(|mut problems| {
            self.doubts.without_unknown(&mut problems);
            without_own(&mut problems, &self.form.own_treaties);
            on_shelf(&mut problems, &self.form.treaties, (self.shelf, "scenario"));
            problems
        })
    }

    fn put_together(&mut self, tree: &Node, variants: Vec<String>, options: &Options) -> Result<Scenario, Problems> {
        self.problems.add(texts::problems(tree));
        let run = self.dates();
        self.codes(tree)?;
        let Some((mut library, mut numbers_of_law)) = self.library() else { return Err(take(&mut self.problems)) };
        library.months_taken = self.form.penal_law_taken.maximum_months.value;
        library.treaty_need_is_taken = true;
        numbers_of_law.extend(self.penal_law_taken());
        let recorded = record::states(self.shelf).unwrap_or_default();
        let plan = self.plan(library, run, &recorded, tree);
        let (library, lines) = (&plan.library, &plan.world.lines);
        let findings = self.keep(|a| findings::resolve(library, lines, &variants, &a.form.findings));
        let of_pair = |form| pair::resolve(library, &variants, form);
        let premium = self.keep(|a| a.form.premium.as_ref().map_or(Ok(None), of_pair));
        let is_real = |code: &str| recorded.iter().any(|real| real.code == code);
        let provenance = provenance::of(self.shelf, self.form, library, &plan.instruments, is_real);
        let assumptions = self.assumptions(library);
        take(&mut self.problems).or(Scenario {
            title: self.form.title.clone(),
            question: self.form.question.clone(),
            teaching: self.form.teaching.clone(),
            variants,
            variant: options.variant.clone(),
            settings: options.settings.clone(),
            sets: options.variant.as_deref().map_or_else(Vec::new, |name| sets(tree, name)),
            also_known_as: also_known_as(tree, options),
            under_settings: under_settings(tree, options),
            findings,
            assumptions,
            numbers_of_law,
            by_internet_users: everyone::by_internet_users(&self.form.states),
            premium,
            digest: digest(tree, &self.shelf.trees, &self.shelf.tables.in_use(provenance.has_real_states)),
            provenance,
            plan,
        })
    }

    /// The plan of a run under this law.
    fn plan(&mut self, mut library: Library, run: Run, recorded: &[record::RecordedState], tree: &Node) -> Plan {
        let instruments = self.instruments(&mut library, run);
        if self.form.penal_law_not_entered == Some(PenalLawTaken::AsTreatiesOblige) {
            library.take_as_enacted(&Memberships::of(&library, &instruments));
        }
        let library = Arc::new(library);
        let authorities: Vec<AuthoritySettings> =
            self.form.states.values().map(|state| settings::authority(self.form, state)).collect();
        let regions = settings::regions(self.form, recorded);
        let mut world = self.world(&library, &settings::numbered(&regions), tree);
        let happenings =
            self.keep(|a| happenings::read(&library, &a.form.timeline, (run, a.doubts), &authorities, &world));
        world.events = happenings.events;
        let adoption = adoption::adoption(self, &library, &regions, &instruments, &world.lines, (run, tree));
        let havens = self.form.havens.value;
        self.in_range(&havens.parameters(), tree.get("havens"), self.form.havens.place);
        Plan {
            library,
            first_day: *self.form.from,
            last_day: *self.form.to,
            unfolds_until: *self.form.to,
            seed: self.form.seed,
            instruments,
            adoption,
            authorities,
            settings: happenings.settings,
            world,
            havens,
        }
    }

    /// The value, or its default with the problems kept.
    fn keep<T: Default>(&mut self, make: impl FnOnce(&mut Self) -> Result<T, Problems>) -> T {
        make(self).unwrap_or_else(|problems| {
            self.problems.add(problems);
            T::default()
        })
    }

    /// What was done and will be done towards treaties on given days.
    fn instruments(&mut self, library: &mut Library, run: Run) -> Vec<Instrument> {
        let written = membership::instruments(self.shelf, library, &self.form.membership);
        written.take_out(library);
        self.problems.add(written.problems);
        let before = Before { earlier: &written.instruments, unsure: written.unsure, as_written: self.as_written };
        let events = self.keep(|a| timeline::instruments(library, &a.form.timeline, run, before, a.doubts));
        [written.instruments, events].concat()
    }

    /// The first and the last day, as far as they could be read.
    fn dates(&mut self) -> Run {
        let (from, to) = (&self.form.from, &self.form.to);
        let read = |day: &Spanned<Day>| Some(day.value).filter(|_| !self.doubts.at(day.place));
        let run = (read(from), read(to));
        if run.0.is_none() || run.1.is_none() {
            return run;
        }
        if to.value < from.value {
            let message = format!("the run ends on {}, before it begins on {}", to.value, from.value);
            self.problems.push(Problem::new(to.place, message));
            // No day lies within such a run: that is no slip of those who act in it.
            return (None, None);
        } else if to.calendar().0 - from.calendar().0 > MOST_YEARS {
            self.problems.push(Problem::new(to.place, format!("the run is longer than {MOST_YEARS} years")));
        }
        run
    }

    /// Whether there are so few states that it is worth looking at them, and whether all of them can be named on
    /// the wire.
    fn codes(&mut self, tree: &Node) -> Result<(), Problems> {
        if self.form.states.is_empty() && !self.doubts.under(&["states"]) {
            let place = tree.get("states").map_or(tree.place, |states| states.place);
            self.problems.push(Problem::new(place, "a scenario has a state at least"));
            return Err(take(&mut self.problems));
        }
        for (index, code) in self.form.states.keys().enumerate() {
            if index == MOST_STATES {
                self.problems.push(Problem::new(code.place, format!("more than {MOST_STATES} states")));
                return Err(take(&mut self.problems));
            }
            // `@` marks what is no state among those who call.
            let printable = code.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'@');
            if !printable || code.len() > MOST_NAME_BYTES {
                let message = format!(
                    "the code `{}` is not printable ASCII without `@` of at most {MOST_NAME_BYTES} bytes",
                    code.value
                );
                let help = "letters carry the code; the `name` of a state may be anything";
                self.problems.push(Problem::new(code.place, message).help(help));
            }
        }
        Ok(())
    }

    /// The law, and what model texts need to enter into force.
    fn library(&mut self) -> Option<(Library, NumbersInUse)> {
        let form = self.form;
        let facts = match self.shelf.facts() {
            Ok(facts) => facts,
            Err(problems) => {
                self.problems.add(problems);
                return None;
            }
        };
        let mut treaties = own_treaties::of_shelf(self.shelf, &form.treaties, &form.own_treaties, &mut self.problems);
        let recorded = self.keep(|a| record::states(a.shelf));
        let codes: Vec<&str> = form.states.keys().map(|code| code.value.as_str()).collect();
        own_treaties::add(&mut treaties, &form.own_treaties, &codes, &recorded, &mut self.problems);
        let entry_into_force = entry_into_force(self, &mut treaties);
        let states: Vec<StateSource> =
            form.states.iter().map(|(code, entry)| self.state(code, entry, &recorded)).collect();
        self.problems.add(unknown_groups(&treaties, &states, &recorded));
        let library = Library::build(&facts, &treaties, &states).or_else(|problems| {
            self.problems.add(problems);
            // With the law of the shelf alone, what else is wrong can be told.
            treaties.retain(|treaty| !own_treaties::has(&form.own_treaties, &treaty.treaty));
            let lawless = |state: StateSource| StateSource { law: LawForm::default(), ..state };
            Library::build(&facts, &treaties, &states.into_iter().map(lawless).collect::<Vec<_>>())
        });
        Some((library.ok()?, entry_into_force))
    }

    fn state(
        &mut self,
        code: &Spanned<String>,
        entry: &StateEntryForm,
        recorded: &[record::RecordedState],
    ) -> StateSource {
        let on_record = recorded.iter().find(|state| state.code == code.value);
        let chosen = match &entry.law {
            Some(law) => self.shelf.law_chosen(law).map(|law| (law, None)),
            None => {
                self.shelf.state_or_name(code, recorded).map(|state| (state.law, Some(state.name))).map_err(invented)
            }
        };
        // A law that cannot be had is reported, and an empty one stands in: what else is wrong can then be found.
        let (mut law, known) = chosen.unwrap_or_else(|problems| {
            self.problems.add(problems);
            Default::default()
        });
        if !law.is_penal_law_entered() {
            self.penal_laws_taken += 1;
            match self.form.penal_law_not_entered {
                None => {
                    let message = format!(
                        "the penal law of `{}` is not entered, so a run cannot tell offences there",
                        code.value
                    );
                    self.problems.push(Problem::new(code.place, message).help(WHAT_TO_DO));
                }
                // Filled in once it is known what binds whom.
                Some(PenalLawTaken::AsTreatiesOblige) => {}
                Some(PenalLawTaken::EveryLine) => {
                    law.offences.extend(every_line(self.form));
                    law.penal_law = Some(PenalLaw::Entered);
                }
            }
        }
        self.keep(|a| happenings::enact(a.shelf, &a.form.timeline, code, &mut law));
        // The law of a real state is looked at with its file.
        if entry.law.is_some() {
            self.problems.add(self.shelf.unknown_treaties(&law, &self.form.own_treaties));
        }
        law.groups.extend(on_record.iter().flat_map(|state| state.groups.iter().cloned()));
        let known = known.or_else(|| on_record.map(|state| state.name.clone()));
        let name = entry.name.clone().or(known).unwrap_or_else(|| wording::capital(code));
        StateSource { code: code.clone(), name, law }
    }

    fn world(&mut self, library: &Library, regions: &[Option<u16>], tree: &Node) -> WorldSettings {
        let form = self.form;
        let mut lines = Vec::new();
        for (name, line) in &form.networks.lines {
            if line.facts.len() > MOST_FACTS_OF_A_LINE {
                let message = format!("the line `{}` has more than {MOST_FACTS_OF_A_LINE} facts", name.value);
                self.problems.push(Problem::new(name.place, message));
            } else if line.facts.is_empty() && !self.doubts.under(&["networks", "lines", &name.value]) {
                let message =
                    format!("the line `{}` has no facts: nothing is done in it that a law could name", name.value);
                self.problems
                    .push(Problem::new(name.place, message).help("facts of conduct stand in `law/facts.yaml`"));
            }
            if line.weight.0 == 0.0 {
                let message = format!("the line `{}` weighs nothing, so no network would take it", name.value);
                self.problems.push(Problem::new(name.place, message));
            }
            let mut facts = crate::law::FactSet::NONE;
            for fact in line.facts.iter().take(MOST_FACTS_OF_A_LINE) {
                match stated_fact(library, fact) {
                    Ok(id) => facts = facts.and(id),
                    Err(problem) => self.problems.push(problem),
                }
            }
            self.left_out(library, name, facts);
            lines.push(LineSettings { name: name.value.clone(), weight: line.weight.0, facts });
        }
        let settings = WorldSettings {
            networks: form.networks.count.value.0,
            lines,
            states: (form.states.iter().zip(regions))
                .map(|((code, state), region)| settings::attraction(form, (code, state), *region))
                .collect(),
            behaviour: form.networks.behaviour.value,
            events: Vec::new(),
        };
        self.sound(&settings, tree);
        settings
    }

    /// Whether the numbers of the world are in range, and a world can be built of them. Those of states are bounded where
    /// they are read.
    fn sound(&mut self, settings: &WorldSettings, tree: &Node) {
        let networks = tree.get("networks");
        let (count, behaviour) = (self.form.networks.count.place, self.form.networks.behaviour.place);
        self.in_range(&[Parameter { name: "networks.count".into(), ..settings.count() }], None, count);
        let written = networks.and_then(|networks| networks.get("behaviour"));
        self.in_range(&settings.behaviour.parameters(), written, behaviour);
        for message in settings.behaviour.problems() {
            self.problems.push(Problem::new(behaviour, message));
        }
        let place = |node: Option<&Node>| node.map_or(count, |node| node.place);
        for (part, message) in settings.lacks() {
            let (path, place): (&[&str], Place) = match part {
                Part::States => (&["states"], place(tree.get("states"))),
                Part::Lines => (&["networks", "lines"], place(networks.and_then(|networks| networks.get("lines")))),
                Part::Behaviour => (&["networks", "behaviour"], behaviour),
            };
            if !self.doubts.under(path) {
                self.problems.push(Problem::new(place, message));
            }
        }
    }

    /// Points at the value, where it was written under its key, else at `place`.
    pub(super) fn in_range(&mut self, parameters: &[Parameter], written: Option<&Node>, place: Place) {
        for parameter in parameters {
            if let Some(message) = parameter.problem() {
                let value = written.and_then(|written| written.get(&parameter.key()));
                self.problems.push(Problem::new(value.map_or(place, |value| value.place), message));
            }
        }
    }
}

/// A state that is not real has forgotten its law, more likely than not.
fn invented(mut problems: Problems) -> Problems {
    for problem in &mut problems.0 {
        let help = problem.help.take().map_or_else(String::new, |help| format!("; {help}"));
        problem.help = Some(format!("an invented state needs a `law`{help}"));
    }
    problems
}
