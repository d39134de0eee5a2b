//! The table of facts: numbered, computed ones checked against the engine's list, derived ones put in order.

use super::Building;
use crate::base::{Place, Problem};
use crate::law::computed::Computed;
use crate::law::fact::{FactId, FactKind, FactSet, MOST_FACTS, Pattern};
use crate::law::forms::FactsForm;
use crate::law::library::AskedFacts;

impl Building {
    pub(super) fn facts(&mut self, form: &FactsForm) {
        if form.facts.len() > MOST_FACTS {
            let last = form.facts.keys().map(|name| name.place).max_by_key(|place| place.start).unwrap_or_default();
            let message = format!("{} facts, and there is room for {MOST_FACTS}", form.facts.len());
            self.problems.push(Problem::new(last, message));
        }
        for (name, fact) in &form.facts {
            self.reading = name.place;
            self.length("fact", name);
            // Those for which there is no room are known by name, so that nothing else is found wrong for that.
            let id = FactId(u8::try_from(self.facts.names.len()).unwrap_or(u8::MAX));
            self.facts.by_name.insert(name.value.clone(), id);
            if self.facts.names.len() < MOST_FACTS {
                self.facts.names.push(name.value.clone());
                self.facts.asks.push(fact.asks.clone());
                self.facts.acts.push([None, None]);
                self.facts.kinds.push(fact.kind);
            }
            if (fact.kind == FactKind::Derived) != fact.when.is_some() {
                let message = "a derived fact, and no other, has a condition `when`";
                self.problems.push(Problem::new(name.place, message));
            }
        }
        self.acts(form);
        for computed in Computed::ALL {
            let is_computed = |name| form.facts.get(name).is_some_and(|fact| fact.kind == FactKind::Computed);
            let known = self.facts.named(computed.name()).filter(|_| is_computed(computed.name()));
            if known.is_none() {
                let message = format!("the computed fact `{}` is missing from the list", computed.name());
                self.problems.push(Problem::new(Place::default(), message));
            }
            self.facts.computed.push(known.unwrap_or(FactId(0)));
        }
        for (name, fact) in &form.facts {
            let unknown = fact.kind == FactKind::Computed && !Computed::ALL.iter().any(|c| c.name() == name.value);
            if unknown {
                let known = Computed::ALL.iter().map(|computed| computed.name());
                self.problems.push(Problem::unknown("computed fact", name, known));
            }
        }
        for name in AskedFacts::NAMES.iter().filter(|name| self.facts.named(name).is_none()) {
            let message = format!("the circumstance `{name}` is missing from the list");
            self.problems.push(Problem::new(Place::default(), message));
        }
        self.derived(form);
    }

    /// Whether every fact has a number of its own. Where it has not, what conditions say of facts is not known.
    pub(super) fn has_room(&self) -> bool {
        self.facts.by_name.len() <= MOST_FACTS
    }

    /// Orders derived facts so that each stands after those it needs; a circle is a problem.
    fn derived(&mut self, form: &FactsForm) {
        let mut left: Vec<(FactId, Pattern, Place)> = form
            .facts
            .iter()
            .filter_map(|(name, fact)| {
                let when = fact.when.as_ref()?;
                let id = self.facts.named(name)?;
                Some((id, self.pattern(&when.value, when.place), name.place))
            })
            .collect();
        let mut by_law: FactSet = self.facts.computed.iter().copied().collect();
        let mut derived_by_law = Vec::new();
        while !left.is_empty() {
            let waiting: FactSet = left.iter().map(|(id, ..)| *id).collect();
            let (ready, rest): (Vec<_>, Vec<_>) =
                left.into_iter().partition(|(_, pattern, _)| pattern.names().common(waiting).is_empty());
            if ready.is_empty() {
                let in_circles = if self.has_room() { rest } else { Vec::new() };
                for (.., place) in in_circles {
                    self.problems.push(Problem::new(place, "this derived fact depends on itself"));
                }
                return;
            }
            for (id, pattern, _) in ready {
                let needs_law = !pattern.names().common(by_law).is_empty();
                by_law = by_law.and_if(id, needs_law);
                let derived = if needs_law { &mut derived_by_law } else { &mut self.facts.derived };
                derived.push((id, pattern));
            }
            left = rest;
        }
        self.facts.by_law = by_law;
        self.facts.derived_from_given = self.facts.derived.len();
        self.facts.derived.append(&mut derived_by_law);
    }

    /// Only a circumstance can be anybody's act: conduct is past, and the rest follows from it and from the law.
    fn acts(&mut self, form: &FactsForm) {
        for (name, act) in &form.acts {
            let Some(fact) = self.facts.named(name) else {
                self.problems.push(Problem::unknown("fact", name, self.facts.names()));
                continue;
            };
            if form.facts[name].kind != FactKind::Circumstance {
                let message = format!("`{}` is no circumstance, and only a circumstance holds by an act", name.value);
                self.problems.push(Problem::new(name.place, message));
            }
            self.facts.acts[fact.0 as usize] = [act.done.clone(), act.undone.clone()];
        }
    }
}
