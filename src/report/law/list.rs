//! What there is: treaties with who is bound on a day, states, laws.

use std::fmt::Write as _;

use serde::Serialize;

use super::in_force::InForce;
use super::status::{self, Counts};
use super::words;
use crate::base::Day;
use crate::law::forms::TreatyForm;
use crate::report::lines::{counted, hang};
use crate::report::tables;
use crate::scenario::Corpus;

/// One treaty of the list.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// How it is cited.
    pub cites_as: String,
    /// Its title.
    pub title: String,
    /// Whether it is a hypothetical text.
    pub model: bool,
    /// Since when it is in force and applies.
    #[serde(flatten)]
    pub in_force: InForce,
    /// Parties on that day; nothing where there is no record.
    pub parties: Option<usize>,
    /// Those that have consented and are not bound yet.
    pub consented: Option<usize>,
    /// Signatories that have not consented.
    pub signatories: Option<usize>,
    /// How many offences it lists.
    pub offences: usize,
    /// How many provisions on co-operation it has.
    pub articles: usize,
    /// Where it is known from.
    pub read: &'static str,
}

/// Every treaty as it stands on a day.
#[must_use]
pub fn treaties(corpus: &Corpus, day: Day) -> Vec<Listed> {
    corpus.treaties.iter().map(|form| listed(corpus, form, day)).collect()
}

fn listed(corpus: &Corpus, form: &TreatyForm, day: Day) -> Listed {
    let name = &form.treaty.value;
    let counts = status::status(corpus, name, day, None).map(|status| status.counts).or_else(|| {
        // A treaty between two states carries its own dates.
        form.between.as_ref()?;
        let id = *corpus.ids(form).first()?;
        let party = |state: &_| status::standing(corpus, id, *state, day).is_party();
        Some(Counts { parties: corpus.library.state_ids().filter(party).count(), ..Counts::default() })
    });
    let recorded = corpus.record.get(name).and_then(|record| record.first_in_force);
    Listed {
        name: name.clone(),
        cites_as: form.cites_as.clone(),
        title: form.title.clone(),
        model: form.model,
        in_force: InForce::of(form, recorded, day),
        parties: counts.map(|counts| counts.parties),
        consented: counts.map(|counts| counts.consented),
        signatories: counts.map(|counts| counts.signatories),
        offences: form.offences.len(),
        articles: form.articles.len(),
        read: words::read_word(form.read),
    }
}

/// One state of the list.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ListedState {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many offences its law file has; nothing where its penal law is not entered.
    pub offences: Option<usize>,
    /// How many provisions on co-operation its law file has; nothing where there is no file.
    pub rules: Option<usize>,
    /// How many treaties bind it on the day looked at.
    pub treaties: usize,
}

/// Every state, those with a law file first.
#[must_use]
pub fn states(corpus: &Corpus, day: Day) -> Vec<ListedState> {
    let ids: Vec<_> = corpus.treaties.iter().flat_map(|form| corpus.ids(form)).collect();
    let mut states: Vec<ListedState> = corpus
        .library
        .state_ids()
        .map(|id| {
            let state = corpus.library.state(id);
            let file = corpus.law_of(&state.code);
            let binds = |treaty: &&_| status::standing(corpus, **treaty, id, day).is_party();
            ListedState {
                code: state.code.clone(),
                name: state.name.clone(),
                offences: file.filter(|file| file.law.is_penal_law_entered()).map(|form| form.law.offences.len()),
                rules: file.map(|form| form.law.rules.len()),
                treaties: ids.iter().filter(binds).count(),
            }
        })
        .collect();
    states.sort_by_key(|state| (state.rules.is_none(), state.name.clone()));
    states
}

impl Listed {
    /// Since when it is in force and applies; of a treaty without any such day, whether it has none, or nobody entered it.
    #[must_use]
    pub fn since(&self, day: Day) -> String {
        let unknown = self.parties.is_none() && !self.model;
        let not = if unknown { "not recorded since when in force" } else { "not in force" };
        self.in_force.words(day).unwrap_or_else(|| not.to_owned())
    }

    /// How many joined it, and how far.
    fn joined(&self) -> String {
        let (Some(parties), Some(consented), Some(signatories)) = (self.parties, self.consented, self.signatories)
        else {
            return "no record of who joined".to_owned();
        };
        let mut parts = vec![counted(parties, "party", "parties")];
        if consented > 0 {
            let how = if self.in_force.applies_from.is_some() { "to which it will apply" } else { "consented" };
            parts.push(format!("{consented} {how}"));
        }
        if signatories > 0 {
            parts.push(format!("{signatories} signed only"));
        }
        parts.join(", ")
    }
}

/// The treaties as text: two lines each, since their titles fit no column.
#[must_use]
pub fn text(treaties: &[Listed], day: Day) -> String {
    let mut out = format!("Treaties on {day} ({})\n", treaties.len());
    for treaty in treaties {
        let model = if treaty.model { ", MODEL TEXT" } else { "" };
        let title = format!("{} (cited as {}{model})", treaty.title, treaty.cites_as);
        hang(&mut out, &format!("  {}: ", treaty.name), &title);
        let (since, joined) = (treaty.since(day), treaty.joined());
        let size = format!(
            "; {}, {}; read: {}",
            counted(treaty.offences, "offence", "offences"),
            counted(treaty.articles, "provision", "provisions"),
            treaty.read
        );
        hang(&mut out, "      ", &format!("{since}; {joined}{size}"));
    }
    out
}

/// The states and laws as text.
#[must_use]
pub fn states_text(corpus: &Corpus, states: &[ListedState]) -> String {
    let (written, named): (Vec<&ListedState>, Vec<&ListedState>) =
        states.iter().partition(|state| state.rules.is_some());
    let mut out = format!("\nStates with a law file ({})\n", written.len());
    let mut table = tables::left(&["Code", "State", "Offences", "Rules", "Treaties in force for it"]);
    for state in &written {
        let count = |count: Option<usize>| count.map_or_else(|| "not entered".to_owned(), |count| count.to_string());
        let cells = [
            state.code.clone(),
            state.name.clone(),
            count(state.offences),
            count(state.rules),
            state.treaties.to_string(),
        ];
        tables::add(&mut table, cells);
    }
    let _ = writeln!(out, "{}", tables::shown(&table));
    let _ = writeln!(out, "\nStates of the record without a law file ({})", named.len());
    let names: Vec<String> = named.iter().map(|state| format!("{} ({})", state.name, state.code)).collect();
    hang(&mut out, "  ", &names.join(", "));
    let _ = writeln!(out, "\nLaws for invented states ({})", corpus.laws.len());
    for law in &corpus.laws {
        hang(&mut out, "  ", &format!("{}: {}", law.name.value, law.coverage));
    }
    out
}
