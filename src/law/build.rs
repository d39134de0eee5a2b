//! From forms to the compiled library: names resolved, patterns turned to masks, citations interned. Every
//! problem is found before any is reported.

use std::collections::{BTreeMap, BTreeSet};

use super::computed::Computed;
use super::fact::{FactId, FactKind, FactSet, Facts, MOST_FACTS, Pattern};
use super::forms::{FactsForm, LawForm, PatternForm, RuleForm, TreatyForm, VariantForm};
use super::library::{DomesticOffence, DutyRule, Fixed, Library, ListedOffence, Rule, Rules, State, Threshold, Treaty};
use crate::base::{CiteId, OneOrMany, Place, Problem, Problems, Spanned, StateId, TreatyId};

/// A state as the library takes it: from a state file, a scenario or a case.
#[derive(Clone, Debug)]
pub struct StateSource {
    /// Its code.
    pub code: Spanned<String>,
    /// Its name.
    pub name: String,
    /// Its law.
    pub law: LawForm,
}

impl Library {
    /// Compiles a library.
    ///
    /// # Errors
    /// Every name that is not known, every pattern that no facts can meet, every article named twice.
    pub fn build(facts: &FactsForm, treaties: &[TreatyForm], states: &[StateSource]) -> Result<Self, Problems> {
        let mut building = Building::default();
        building.facts(facts);
        let treaties = expand_variants(treaties, &mut building.problems);
        let mut order: Vec<&NamedTreaty> = treaties.iter().collect();
        order.sort_by(|one, other| one.name.cmp(&other.name));
        let mut sources: Vec<&StateSource> = states.iter().collect();
        sources.sort_by(|one, other| one.code.cmp(&other.code));
        building.treaty_names = order.iter().map(|treaty| treaty.name.clone()).collect();
        building.state_codes = sources.iter().map(|state| state.code.value.clone()).collect();
        building.repeated(order.iter().map(|treaty| (&treaty.name, treaty.form.treaty.place)), "treaty");
        building.repeated(sources.iter().map(|state| (&state.code.value, state.code.place)), "state");
        let fixed = building.fixed();
        let treaties: Vec<Treaty> = order.iter().map(|treaty| building.treaty(treaty)).collect();
        let states: Vec<State> = sources.iter().map(|state| building.state(state)).collect();
        let Building { facts, cites, cite_by_name, conditions, problems, .. } = building;
        let prosecution_asked = facts.named(PROSECUTION_ASKED).unwrap_or(FactId(0));
        let fixed = Fixed { prosecution_asked, ..fixed };
        problems.or(Self { facts, treaties, states, cites, cite_by_name, conditions, fixed })
    }
}

/// The circumstance that the decision procedure itself asks for (ETS 185, Art. 24(6)).
const PROSECUTION_ASKED: &str = "prosecution-asked";

/// A treaty form under its final name: a variant's is `NAME/VARIANT`.
struct NamedTreaty<'a> {
    name: String,
    form: &'a TreatyForm,
    variant: Option<&'a VariantForm>,
}

fn expand_variants<'a>(forms: &'a [TreatyForm], problems: &mut Problems) -> Vec<NamedTreaty<'a>> {
    let mut treaties = Vec::new();
    for form in forms {
        if form.variants.is_empty() {
            treaties.push(NamedTreaty { name: form.treaty.value.clone(), form, variant: None });
        }
        for (name, variant) in &form.variants {
            treaties.push(NamedTreaty {
                name: format!("{}/{}", form.treaty.value, name.value),
                form,
                variant: Some(variant),
            });
            for offence in &variant.offences {
                if !form.offences.contains_key(offence) {
                    let known = form.offences.keys().map(|known| known.value.as_str());
                    problems.push(Problem::unknown("offence", offence, known));
                }
            }
        }
    }
    treaties
}

/// What is gathered while building.
#[derive(Default)]
struct Building {
    facts: Facts,
    cites: Vec<String>,
    cite_by_name: BTreeMap<String, CiteId>,
    conditions: Vec<String>,
    treaty_names: Vec<String>,
    state_codes: Vec<String>,
    problems: Problems,
}

impl Building {
    fn fixed(&mut self) -> Fixed {
        Fixed {
            domestic_law: self.cite("domestic law"),
            effect_of_reservations: self.cite("VCLT 21(1)"),
            third_states: self.cite("VCLT 34"),
            reciprocity: self.condition("assurance of reciprocity"),
            prosecution_asked: FactId(0),
        }
    }

    fn facts(&mut self, form: &FactsForm) {
        for (name, fact) in &form.facts {
            if self.facts.names.len() == MOST_FACTS {
                self.problems.push(Problem::new(name.place, format!("more than {MOST_FACTS} facts")));
                return;
            }
            let id = FactId(u8::try_from(self.facts.names.len()).expect("at most 128"));
            self.facts.names.push(name.value.clone());
            self.facts.asks.push(fact.asks.clone());
            self.facts.kinds.push(fact.kind);
            self.facts.by_name.insert(name.value.clone(), id);
            if (fact.kind == FactKind::Derived) != fact.when.is_some() {
                let message = "a derived fact, and no other, has a condition `when`";
                self.problems.push(Problem::new(name.place, message));
            }
        }
        for computed in Computed::ALL {
            let known = self.facts.named(computed.name()).filter(|id| self.facts.kind(*id) == FactKind::Computed);
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
        if self.facts.named(PROSECUTION_ASKED).is_none() {
            let message = format!("the circumstance `{PROSECUTION_ASKED}` is missing from the list");
            self.problems.push(Problem::new(Place::default(), message));
        }
        self.derived(form);
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
        while !left.is_empty() {
            let waiting: FactSet = left.iter().map(|(id, ..)| *id).collect();
            let (ready, rest): (Vec<_>, Vec<_>) =
                left.into_iter().partition(|(_, pattern, _)| pattern.names().0 & waiting.0 == 0);
            if ready.is_empty() {
                for (_, _, place) in rest {
                    self.problems.push(Problem::new(place, "this derived fact depends on itself"));
                }
                return;
            }
            self.facts.derived.extend(ready.into_iter().map(|(id, pattern, _)| (id, pattern)));
            left = rest;
        }
    }

    fn treaty(&mut self, named: &NamedTreaty) -> Treaty {
        let form = named.form;
        let title = named.variant.map_or(&form.title, |variant| &variant.title).clone();
        let cite = |building: &mut Self, article: &str| building.cite(&format!("{} {article}", form.cites_as));
        let reservable: BTreeSet<CiteId> = form.reservable.iter().map(|article| cite(self, article)).collect();
        let also: FactSet = named.variant.map_or(FactSet::NONE, |variant| self.fact_set(&variant.also_requires));
        let mut offences = Vec::new();
        for (name, offence) in &form.offences {
            let kept = named.variant.is_none_or(|variant| variant.offences.contains(name));
            let mut pattern = self.pattern(&offence.pattern(), name.place);
            pattern.all = pattern.all.with(also);
            let reservable_by = offence.reservable_by.as_ref().map(|article| cite(self, article));
            if let Some(by) = reservable_by.filter(|by| !reservable.contains(by)) {
                let message = format!("`{}` is not among the articles that may be reserved", self.cites[by.index()]);
                self.problems.push(Problem::new(name.place, message));
            }
            let article = cite(self, &offence.article);
            if kept {
                offences.push(ListedOffence {
                    name: name.value.clone(),
                    cite: article,
                    pattern,
                    reservable: reservable_by,
                });
            }
        }
        let rules = Rules::new(self.rules(&form.articles, Some(&form.cites_as)));
        let between = form.between.as_ref().and_then(|(one, other)| self.states_if_present(one, other));
        Treaty {
            name: named.name.clone(),
            cites_as: form.cites_as.clone(),
            title,
            is_model: form.model,
            joins: form.joins,
            leaves: form.leaves,
            first_in_force: form.first_in_force.clone(),
            in_force: form.in_force,
            in_force_article: form.in_force_article.as_ref().map(|article| cite(self, article)),
            parent: form.protocol_to.as_ref().and_then(|parent| self.treaty_id(parent)),
            between,
            on_extradition: form.on_extradition,
            on_assistance: form.on_assistance,
            threshold: form.threshold.map(|threshold| Threshold {
                months: threshold.months,
                more_than: threshold.more_than,
                yields: threshold.yields,
            }),
            reservable,
            offences,
            extends: form.extends_by.as_ref().map(|article| cite(self, article)),
            rules,
        }
    }

    fn state(&mut self, source: &StateSource) -> State {
        let law = &source.law;
        let offences = law
            .offences
            .iter()
            .map(|(name, offence)| {
                if let (Some(from), Some(until)) = (offence.from, offence.until)
                    && until <= from
                {
                    let message = format!("out of force on {until}, before it enters into force on {from}");
                    self.problems.push(Problem::new(name.place, message));
                }
                DomesticOffence {
                    name: name.value.clone(),
                    cite: self.cite(&offence.cite),
                    pattern: self.pattern(&offence.pattern(), name.place),
                    maximum_months: offence.maximum_months,
                    from: offence.from,
                    until: offence.until,
                }
            })
            .collect();
        State {
            code: source.code.value.clone(),
            name: source.name.clone(),
            groups: law.groups.clone(),
            needs_treaty: law.needs_treaty,
            accepts_as_basis: law.accepts_as_basis.iter().flat_map(|name| self.treaty_family(name)).collect(),
            dual_criminality_at: law.dual_criminality_at,
            jurisdiction: law.jurisdiction.clone(),
            offences,
            rules: Rules::new(self.rules(&law.rules, None)),
        }
    }

    fn rules(
        &mut self,
        articles: &BTreeMap<Spanned<String>, OneOrMany<RuleForm>>,
        cites_as: Option<&str>,
    ) -> Vec<Rule> {
        let mut ordered: Vec<_> = articles.iter().collect();
        ordered.sort_by_key(|(article, _)| natural(article));
        let mut rules = Vec::new();
        for (article, forms) in ordered {
            let words = cites_as.map_or_else(|| article.value.clone(), |prefix| format!("{prefix} {}", article.value));
            let cite = self.cite(&words);
            for form in &forms.0 {
                let index = u16::try_from(rules.len()).unwrap_or(u16::MAX);
                rules.push(self.rule(index, cite, article.place, form));
            }
        }
        rules
    }

    fn rule(&mut self, index: u16, cite: CiteId, place: Place, form: &RuleForm) -> Rule {
        Rule {
            index,
            cite,
            says: form.says.clone(),
            measures: form.measures.iter().copied().collect(),
            when: self.pattern(&form.when, place),
            only_if_reserved: form.only_if_reserved,
            covers: form.covers.as_ref().map(|covers| self.pattern(covers, place)),
            carries: form.carries,
            refuse: form.refuse.map(|refuse| (refuse.ground, refuse.force)),
            bars: form.bars.iter().copied().collect(),
            imports: form.imports,
            condition: form.condition.as_ref().map(|condition| self.condition(condition)),
            duty: form.duty.as_ref().map(|duty| DutyRule {
                kind: duty.does.value,
                after: duty.after.iter().copied().collect(),
                after_any: duty.after.is_empty(),
                on_request: duty.on_request,
            }),
            holds_days: form.holds_days,
        }
    }

    fn pattern(&mut self, form: &PatternForm, place: Place) -> Pattern {
        let pattern =
            Pattern { all: self.fact_set(&form.all), any: self.fact_set(&form.any), none: self.fact_set(&form.none) };
        if pattern.is_contradictory() {
            self.problems.push(Problem::new(place, "no facts at all can meet this condition"));
        }
        pattern
    }

    fn fact_set(&mut self, names: &[Spanned<String>]) -> FactSet {
        let Self { facts, problems, .. } = self;
        names
            .iter()
            .filter_map(|name| {
                let fact = facts.named(name);
                if fact.is_none() {
                    problems.push(Problem::unknown("fact", name, facts.names()));
                }
                fact
            })
            .collect()
    }

    fn cite(&mut self, words: &str) -> CiteId {
        if let Some(cite) = self.cite_by_name.get(words) {
            return *cite;
        }
        let Ok(number) = u16::try_from(self.cites.len()) else {
            self.problems.push(Problem::new(Place::default(), "more than 65,535 citations"));
            return CiteId(0);
        };
        self.cites.push(words.to_owned());
        self.cite_by_name.insert(words.to_owned(), CiteId(number));
        CiteId(number)
    }

    fn condition(&mut self, words: &str) -> u16 {
        let known = self.conditions.iter().position(|known| known == words);
        let index = known.unwrap_or_else(|| {
            self.conditions.push(words.to_owned());
            self.conditions.len() - 1
        });
        u16::try_from(index).unwrap_or(u16::MAX)
    }

    fn treaty_id(&mut self, name: &Spanned<String>) -> Option<TreatyId> {
        let found = self.treaty_names.binary_search(&name.value).ok();
        if found.is_none() {
            let known: Vec<&str> = self.treaty_names.iter().map(String::as_str).collect();
            self.problems.push(Problem::unknown("treaty", name, known));
        }
        found.and_then(|index| u16::try_from(index).ok()).map(TreatyId)
    }

    /// The treaty of a name; for the bare name of a text with variants, all of them. A name that this library
    /// does not hold is left out: a law may accept treaties that a scenario does not use.
    fn treaty_family(&self, name: &str) -> Vec<TreatyId> {
        let belongs = |known: &str| known == name || known.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'));
        (0_u16..).zip(&self.treaty_names).filter(|(_, known)| belongs(known)).map(|(id, _)| TreatyId(id)).collect()
    }

    /// The two states of a bilateral treaty, if both are in the library: one between others binds nobody here.
    fn states_if_present(&self, one: &str, other: &str) -> Option<(StateId, StateId)> {
        let find = |code: &str| {
            let index = self.state_codes.binary_search_by(|known| known.as_str().cmp(code)).ok()?;
            u16::try_from(index).ok().map(StateId)
        };
        Some((find(one)?, find(other)?))
    }

    fn repeated<'a>(&mut self, names: impl Iterator<Item = (&'a String, Place)>, kind: &str) {
        let mut seen = BTreeSet::new();
        for (name, place) in names {
            if !seen.insert(name) {
                self.problems.push(Problem::new(place, format!("the {kind} `{name}` is defined twice")));
            }
        }
    }
}

/// A key that sorts articles as lawyers do: 2 before 24(1) before 24(1)(a) before 25.
#[must_use]
pub fn natural(article: &str) -> (u32, String) {
    let digits: String = article.chars().take_while(char::is_ascii_digit).collect();
    (digits.parse().unwrap_or(u32::MAX), article.to_owned())
}
