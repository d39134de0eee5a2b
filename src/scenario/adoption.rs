//! Adoption and custom as written, resolved: which treaties are joined by hazard, how they are carried out, what may
//! become custom and who objects.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, Unexpected};

use super::assemble::Assembling;
use super::event::Run;
use super::membership::{state_called, treaty_called, treaty_of};
use super::named_once::named_twice;
use super::record::COUNCIL_OF_EUROPE;
use crate::base::{Day, Parameter, Problem, Spanned, StateId, TreatyId, nearly};
use crate::depositary::adoption::{Adopter, Adoption, Custom, Enactment, Example, Hazard, Joined, Practice};
use crate::law::forms::TreatyMembershipForm;
use crate::law::{Act, FactSet, Instrument, Library};
use crate::reading::Node;
use crate::world::LineSettings;

/// How a treaty is joined in the course of time, and carried out.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AdoptionForm {
    /// The day on which it opens for the states of which `membership` and `timeline` say nothing; if left out, none
    /// of them joins.
    #[serde(default)]
    pub from: Option<Day>,
    /// A treaty whose members join more readily, for a text that is no protocol.
    #[serde(default)]
    pub related: Option<Spanned<String>>,
    /// The yearly chance; what is left out keeps its default.
    #[serde(default)]
    pub hazard: Spanned<Hazard>,
    /// The yearly chance of making the law by the example of others; what is left out keeps its default.
    #[serde(default)]
    pub example: Spanned<Example>,
    /// From consent to law, however the state came to consent; what is left out keeps its default.
    #[serde(default)]
    pub enactment: Spanned<Enactment>,
}

/// A rule of custom that may emerge.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CustomForm {
    /// The day from which practice is looked at; the first of the run, if left out.
    #[serde(default)]
    pub from: Option<Day>,
    /// Treaties to the same end, under which practice may be no more than their performance.
    #[serde(default)]
    pub under: Vec<Spanned<String>>,
    /// States that object, with the day since which they do, or `never`.
    #[serde(default)]
    pub objects: BTreeMap<Spanned<String>, Spanned<SinceForm>>,
    /// When practice counts as general; what is left out keeps its default.
    #[serde(default)]
    pub practice: Spanned<Practice>,
}

/// Since when a state objects: a day, or `never`, by which a variant takes out what the scenario says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SinceForm(Option<Day>);

impl<'de> Deserialize<'de> for SinceForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        if word == "never" {
            return Ok(Self(None));
        }
        let wrong = || D::Error::invalid_value(Unexpected::Str(&word), &"a day, or `never`");
        word.parse().map(|day| Self(Some(day))).map_err(|_| nearly(&word, &["never"]).unwrap_or_else(wrong))
    }
}

impl JsonSchema for SinceForm {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Since".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let day = generator.subschema_for::<Day>();
        schemars::json_schema!({ "description": "a day, or `never`", "anyOf": [{"const": "never"}, day] })
    }
}

/// The adoption of a run.
pub(super) fn adoption(
    assembling: &mut Assembling<'_>,
    library: &Library,
    regions: &[Option<String>],
    instruments: &[Instrument],
    lines: &[LineSettings],
    (run, tree): (Run, &Node),
) -> Adoption {
    let form = assembling.form;
    let mut adoption = Adoption { adopters: adopters(assembling, library, regions), ..Adoption::default() };
    assembling.problems.0.extend(named_twice(library, form.adoption.keys()));
    assembling.problems.0.extend(named_twice(library, form.custom.keys()));
    for (name, written) in &form.adoption {
        let Some(treaty) = treaty(assembling, library, name) else { continue };
        let node = tree.get("adoption").and_then(|adoption| adoption.get(name));
        let settings = |key| node.and_then(|node| node.get(key));
        assembling.in_range(&written.hazard.parameters(), settings("hazard"), written.hazard.place);
        assembling.in_range(&written.example.parameters(), settings("example"), written.example.place);
        assembling.in_range(&written.enactment.parameters(), settings("enactment"), written.enactment.place);
        adoption.enactments.insert(treaty, written.enactment.value);
        let related = written.related.as_ref().and_then(|other| self::treaty(assembling, library, other));
        if let Some(opens) = written.from {
            if library.treaty(treaty).joins.is_none() {
                let message = format!("`{}` is joined by nobody, so it has no day on which it opens", name.value);
                assembling.problems.push(Problem::new(name.place, message));
                continue;
            }
            let settled = settled(assembling, library, treaty, instruments);
            let (hazard, example) = (written.hazard.value, written.example.value);
            let conduct = conduct(library, treaty, lines);
            adoption.joined.insert(treaty, Joined { opens, hazard, example, conduct, related, settled });
        }
    }
    for (name, written) in &form.custom {
        let Some(rule) = treaty(assembling, library, name) else { continue };
        let node = tree.get("custom").and_then(|custom| custom.get(name)).and_then(|rule| rule.get("practice"));
        assembling.in_range(&written.practice.parameters(), node, written.practice.place);
        let conduct = conduct(library, rule, lines);
        if !library.treaty(rule).is_custom {
            let message = format!("`{}` is no rule of custom", name.value);
            assembling.problems.push(Problem::new(name.place, message).help("a text says so by `custom: true`"));
        } else if conduct.is_empty() && !assembling.doubts.under(&["networks", "lines"]) {
            let message = format!("no line of `networks` meets an offence of `{}`: no practice could show", name.value);
            assembling.problems.push(Problem::new(name.place, message));
        }
        let under = written.under.iter().filter_map(|other| treaty(assembling, library, other)).collect();
        let objections = objections(assembling, library, written, run);
        let from = written.from.unwrap_or(*form.from);
        adoption.customs.insert(rule, Custom { from, practice: written.practice.value, conduct, under, objections });
    }
    adoption
}

fn treaty(assembling: &mut Assembling<'_>, library: &Library, name: &Spanned<String>) -> Option<TreatyId> {
    treaty_of(library, name).map_err(|problem| assembling.problems.push(problem)).ok()
}

/// What adoption knows of each state; of a real one, its membership of the Council of Europe, unless the scenario says
/// otherwise.
fn adopters(assembling: &Assembling<'_>, library: &Library, regions: &[Option<String>]) -> Vec<Adopter> {
    let adopter = |((state, entry), region): ((StateId, &super::form::StateEntryForm), &Option<String>)| Adopter {
        region: region.clone(),
        club: entry.club.unwrap_or_else(|| library.state(state).groups.contains(COUNCIL_OF_EUROPE)),
        pressure: entry.pressure.map_or(0.0, |steps| steps.0),
        expression: entry.expression.map_or(0.0, |share| share.0),
        hosting: entry.infrastructure.weight(),
        market: entry.market.weight(),
    };
    library.state_ids().zip(assembling.form.states.values()).zip(regions).map(adopter).collect()
}

/// States whose acts towards a treaty are settled: those to which it is not open, those with a dated consent, and by what is
/// written or recorded all that its membership names, and all of them where it names `*`.
fn settled(
    assembling: &Assembling<'_>,
    library: &Library,
    treaty: TreatyId,
    instruments: &[Instrument],
) -> BTreeSet<StateId> {
    let consents = instruments.iter().filter(|done| done.treaty == treaty && done.act == Act::Consent);
    let mut settled: BTreeSet<StateId> = consents.map(|done| done.state).collect();
    settled.extend(library.state_ids().filter(|state| !library.treaty(treaty).is_open_to(*state)));
    for (name, membership) in &assembling.form.membership {
        let TreatyMembershipForm::States(states) = membership else { continue };
        if treaty_called(library, name) != Some(treaty) {
            continue;
        }
        let everyone = states.keys().any(|code| code.value == super::membership::EVERYONE_ELSE);
        let named = library.state_ids().filter(|state| states.contains_key(library.state(*state).code.as_str()));
        settled.extend(if everyone { library.state_ids().collect::<Vec<_>>() } else { named.collect() });
    }
    settled
}

/// The lines that meet an offence of the text.
#[must_use]
pub fn conduct(library: &Library, rule: TreatyId, lines: &[LineSettings]) -> Vec<FactSet> {
    let offences = &library.treaty(rule).offences;
    let meets = |facts: FactSet| offences.iter().any(|offence| offence.pattern.holds(library.facts.derive(facts)));
    lines.iter().map(|line| line.facts).filter(|facts| meets(*facts)).collect()
}

fn objections(
    assembling: &mut Assembling<'_>,
    library: &Library,
    written: &CustomForm,
    (_, last): Run,
) -> BTreeMap<StateId, Day> {
    let mut objections = BTreeMap::new();
    for (code, since) in &written.objects {
        let state = match state_called(library, code) {
            Ok(state) => state,
            Err(unknown) => {
                assembling.problems.push(unknown);
                continue;
            }
        };
        let Some(day) = since.0 else { continue };
        if let Some(last) = last.filter(|last| day > *last) {
            let message = format!("{day} lies after the run, which ends on {last}");
            assembling.problems.push(Problem::new(since.place, message));
        }
        objections.insert(state, day);
    }
    objections
}

/// The numbers in use, by where a scenario sets them.
#[must_use]
pub fn parameters(library: &Library, adoption: &Adoption) -> Vec<(String, Vec<Parameter>)> {
    if adoption.enactments.is_empty() && adoption.customs.is_empty() {
        return Vec::new();
    }
    let name = |treaty: &TreatyId| &library.treaty(*treaty).name;
    let mut groups =
        vec![("states".to_owned(), crate::depositary::adoption::settings::adopter_parameters(&adoption.adopters))];
    let joined = adoption.joined.iter();
    groups.extend(joined.flat_map(|(id, joined)| {
        let of_hazard = (format!("adoption.{}.hazard", name(id)), joined.hazard.parameters());
        [of_hazard, (format!("adoption.{}.example", name(id)), joined.example.parameters())]
    }));
    let enactments = adoption.enactments.iter();
    groups.extend(enactments.map(|(id, law)| (format!("adoption.{}.enactment", name(id)), law.parameters())));
    let customs = adoption.customs.iter();
    groups.extend(customs.map(|(id, rule)| (format!("custom.{}.practice", name(id)), rule.practice.parameters())));
    groups
}
