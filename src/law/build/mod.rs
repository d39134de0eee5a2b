//! From forms to the compiled library: names resolved, patterns turned to masks, citations interned. Every
//! problem is found before any is reported.

mod citations;
mod facts;
mod names;
mod participation;
mod rules;

pub use citations::cited_alike;
pub use names::MOST_NAME_BYTES;
pub use rules::natural;

use std::collections::{BTreeMap, BTreeSet};

use super::bearing::Bearing;
use super::fact::{FactSet, Facts};
use super::forms::{FactsForm, LawForm, TreatyForm, VariantForm};
use super::joining::DateRule;
use super::library::{AskedFacts, Fixed, Library};
use super::obliged::USUAL_MONTHS_TAKEN;
use super::rule::Rules;
use super::state::{DomesticOffence, State};
use super::treaty::{Between, ListedOffence, Threshold, Treaty};
use crate::base::{CiteId, Place, Problem, Problems, Spanned, TreatyId};

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
    /// Every name that is not known or too long, every pattern that no facts can meet, every article named twice, every
    /// protocol to itself, every text that could never be in force.
    pub fn build(facts: &FactsForm, treaties: &[TreatyForm], states: &[StateSource]) -> Result<Self, Problems> {
        let mut building = Building::default();
        building.facts(facts);
        building.problems.add(cited_alike(treaties));
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
        let mut treaties: Vec<Treaty> = order.iter().map(|treaty| building.treaty(treaty)).collect();
        building.circles(&order, &treaties);
        let states: Vec<State> = sources.iter().map(|state| building.state(state)).collect();
        // Last, so that every other citation keeps its number.
        let (later_treaty, as_amended) = (building.cite("VCLT 59(1)"), building.cite("VCLT 40(5)(a)"));
        let fixed = Fixed { later_treaty, as_amended, ..fixed };
        for (treaty, named) in treaties.iter_mut().zip(&order) {
            let article = named.form.accession_article.as_ref();
            treaty.accession_article =
                article.map(|article| building.cite(&format!("{} {article}", named.form.cites_as)));
        }
        for (treaty, named) in treaties.iter_mut().zip(&order) {
            let article = named.form.first_in_force_article.as_ref();
            treaty.first_in_force_article =
                article.map(|article| building.cite(&format!("{} {article}", named.form.cites_as)));
            treaty.ends_with_parent = treaty.ends_with_parent.or_else(|| building.part_of_parent(treaty));
        }
        let Building { facts, cites, cite_by_name, conditions, problems, .. } = building;
        let bearing = Bearing::of(&treaties);
        problems.or(Self {
            facts,
            treaties,
            states,
            cites,
            cite_by_name,
            conditions,
            fixed,
            bearing,
            months_taken: USUAL_MONTHS_TAKEN,
            treaty_need_is_taken: false,
        })
    }
}

/// The name of the treaty by which states are members of the European Union.
const UNION: &str = "european-union";

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
    /// Where the treaty or law begins that is read, for citations without a place of their own.
    reading: Place,
    problems: Problems,
}

impl Building {
    fn fixed(&mut self) -> Fixed {
        Fixed {
            domestic_law: self.cite("domestic law"),
            effect_of_reservations: self.cite("VCLT 21(1)"),
            reserved_against: self.cite("VCLT 21(1)(b)"),
            third_states: self.cite("VCLT 34"),
            later_treaty: CiteId(0),
            as_amended: CiteId(0),
            reciprocity: self.condition("assurance of reciprocity"),
            providers_law: self.cite("domestic law of the provider's State"),
            release: self.cite("VCLT 70(1)(a)"),
            acquired: self.cite("VCLT 70(1)(b)"),
            territorial: self.cite("domestic: territorial"),
            effects: self.cite("domestic: effects"),
            active_nationality: self.cite("domestic: active nationality"),
            union: self.treaty_family(UNION).first().copied(),
            asked: AskedFacts::of(&self.facts),
        }
    }

    fn treaty(&mut self, named: &NamedTreaty) -> Treaty {
        let form = named.form;
        self.reading = form.treaty.place;
        self.length("treaty", &named.name);
        let title = named.variant.map_or(&form.title, |variant| &variant.title).clone();
        let cite = |building: &mut Self, article: &str| building.cite(&format!("{} {article}", form.cites_as));
        let reservable: BTreeSet<CiteId> = form.reservable.iter().map(|article| cite(self, article)).collect();
        let declarable: BTreeSet<CiteId> = form.declarable.iter().map(|article| cite(self, article)).collect();
        let offences = self.listed(named, &reservable);
        let rules = Rules::new(self.rules(&form.articles, Some(&form.cites_as)));
        let between = form.between.as_ref().map_or(Between::Any, |(one, other)| self.between(one, other));
        self.consents(named);
        Treaty {
            name: named.name.clone(),
            cites_as: form.cites_as.clone(),
            whole: self.cite(&form.cites_as),
            title,
            is_model: form.model,
            is_custom: form.custom,
            content_based: self.content_based(named),
            joins: form.joins,
            leaves: form.leaves.unwrap_or(DateRule::WITHOUT_CLAUSE),
            owed_after_leaving: form.owed_after_leaving.as_ref().map(|article| cite(self, article)),
            owed_where_held: form.owed_where_held.as_ref().map(|article| self.cite(article)),
            owed_where_received: form.owed_where_received.as_ref().map(|article| self.cite(article)),
            first_in_force: form.first_in_force.as_ref().map(|first| first.value.clone()),
            in_force: form.applied_provisionally_from.or(form.in_force),
            in_force_article: form.in_force_article.as_ref().map(|article| cite(self, article)),
            first_in_force_article: None,
            accession_article: None,
            parent: form.protocol_to.as_ref().and_then(|parent| self.treaty_id(parent)),
            ends_with_parent: self.ends_with_parent(form),
            participation: self.participation(form),
            between,
            is_bilateral: form.between.is_some() || form.bilateral,
            signed: form.signed,
            obliges_to_punish: form.obliges_to_punish,
            on_extradition: form.on_extradition,
            on_assistance: form.on_assistance,
            threshold: form.threshold.map(|threshold| Threshold {
                months: threshold.months,
                more_than: threshold.more_than,
                yields: threshold.yields,
            }),
            reservable,
            other_reservations: form.other_reservations,
            declarable,
            displaces: form.displaces.iter().flat_map(|name| self.treaty_family(name)).collect(),
            displaces_bilateral: form.displaces_bilateral,
            supplements_bilateral: form.supplements_bilateral,
            displaces_by: form.displaces_by.as_ref().map(|article| cite(self, article)),
            applicable_from: form.applicable_from,
            offences,
            extends: form.extends_by.as_ref().map(|article| cite(self, article)),
            rules,
        }
    }

    /// The offences of a treaty or of one variant of it.
    fn listed(&mut self, named: &NamedTreaty, reservable: &BTreeSet<CiteId>) -> Vec<ListedOffence> {
        let form = named.form;
        let also: FactSet = named.variant.map_or(FactSet::NONE, |variant| self.fact_set(&variant.also_requires));
        let mut offences = Vec::new();
        for (name, offence) in &form.offences {
            let mut pattern = self.pattern(&offence.pattern(), name.place);
            pattern.all = pattern.all.with(also);
            let mut reservable_by = Vec::new();
            for article in offence.reservable_by.iter() {
                let by = self.cite(&format!("{} {article}", form.cites_as));
                reservable_by.push(by);
                if !reservable.contains(&by) {
                    let message =
                        format!("`{}` is not among the articles that may be reserved", self.cites[by.index()]);
                    let listed = form.reservable.iter().map(|listed| listed.value.as_str());
                    self.problems.push(Problem::new(name.place, message).near(article, listed));
                }
            }
            let cite = self.cite_at(name.place, &format!("{} {}", form.cites_as, offence.article));
            if named.variant.is_none_or(|variant| variant.offences.contains(name)) {
                offences.push(ListedOffence { name: name.value.clone(), cite, pattern, reservable: reservable_by });
            }
        }
        offences
    }

    fn state(&mut self, source: &StateSource) -> State {
        let law = &source.law;
        self.reading = source.code.place;
        let offences = law
            .offences
            .iter()
            .map(|(name, offence)| {
                if let (Some(from), Some(until)) = (offence.from, offence.until) {
                    self.problems.0.extend(rules::never_in_force(name.place, from, until));
                }
                DomesticOffence {
                    name: name.value.clone(),
                    cite: self.cite_at(name.place, &offence.cite),
                    pattern: self.pattern(&offence.pattern(), name.place),
                    maximum_months: offence.maximum_months,
                    from: offence.from,
                    until: offence.until,
                    carries_out: offence.carries_out.iter().flat_map(|name| self.treaty_family(name)).collect(),
                    awaits_treaty: !offence.carries_out.is_empty(),
                    is_taken: false,
                }
            })
            .collect();
        State {
            code: source.code.value.clone(),
            name: source.name.clone(),
            groups: law.groups.clone(),
            needs_treaty: law.needs_treaty,
            accepts_as_basis: law.accepts_as_basis.iter().flat_map(|name| self.treaty_family(name)).collect(),
            asks_reciprocity: law.asks_reciprocity.unwrap_or(true),
            dual_criminality_at: law.dual_criminality_at.unwrap_or_default(),
            penal_law: law.penal_law.unwrap_or_default(),
            penal_law_leaves_out: self.left_out(law),
            penal_law_is_taken: false,
            jurisdiction: law.claims(),
            jurisdiction_is_entered: law.jurisdiction.is_some(),
            offences,
            rules: Rules::new(self.rules(&law.rules, None)),
        }
    }

    /// What of the penal law a law leaves out, as facts that are given: of a derived one, each on which it may rest.
    fn left_out(&mut self, law: &LawForm) -> FactSet {
        let left_out = law.penal_law_leaves_out.as_deref().unwrap_or_default();
        let named = self.fact_set(left_out);
        named.iter().fold(FactSet::NONE, |given, fact| given.with(self.facts.rests_on(fact)))
    }

    /// How content-based a text is, or its variant where that says so.
    fn content_based(&mut self, named: &NamedTreaty) -> f64 {
        let place = named.form.treaty.place;
        let share = named.variant.and_then(|variant| variant.content_based).or(named.form.content_based).unwrap_or(0.0);
        if !(0.0..=1.0).contains(&share) {
            let message = format!("`{}` is content-based to {share}, which is no share from 0 to 1", named.name);
            self.problems.push(Problem::new(place, message));
        }
        share
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
}
