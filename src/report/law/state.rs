//! One state in words: its own law on a day, what binds it, what it reserved.

use std::fmt::Write as _;

use serde::Serialize;

use super::ends::TablesEnded;
use super::status::{Standing, StatementWords};
use super::treaty::provisions;
use super::words::{self, ArticleWords};
use crate::base::{Day, StateId};
use crate::law::Jurisdiction;
use crate::law::forms::{DomesticOffenceForm, LawForm, StateForm};
use crate::law::state::DualCriminalityAt;
use crate::report::lines::{capital, counted, hang, joined, labelled};
use crate::scenario::Corpus;

/// A state in words.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct StateWords {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The day looked at, if one.
    pub on: Option<Day>,
    /// Which of the record reaches it.
    pub record: TablesEnded,
    /// Its law, if it has a law file.
    pub law: Option<LawWords>,
    /// The treaties it signed, joined or left.
    pub memberships: Vec<MembershipWords>,
}

/// A body of law in words.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LawWords {
    /// Where it is known from.
    pub source: String,
    /// What is in the file and what is not.
    pub coverage: String,
    /// Surrender, jurisdiction and dual criminality: one sentence each.
    pub extradition: Vec<String>,
    /// Whether its penal law is in the file; if not, it is not known whether conduct is an offence there.
    pub penal_law_entered: bool,
    /// Its offences.
    pub offences: Vec<DomesticWords>,
    /// Its rules on co-operation.
    pub rules: Vec<ArticleWords>,
}

/// An offence of a state's own law in words.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct DomesticWords {
    /// Its name.
    pub name: String,
    /// The statute.
    pub cite: String,
    /// The conduct.
    pub conduct: String,
    /// The maximum penalty in words.
    pub maximum: String,
    /// The maximum penalty in months; 1,200 stands for life.
    pub maximum_months: u16,
    /// In force from this day, where the file says so.
    pub from: Option<Day>,
    /// No longer in force from this day.
    pub until: Option<Day>,
    /// Where it is known from.
    pub read: &'static str,
}

/// Where a state stands towards one treaty.
#[derive(Clone, Debug, Serialize)]
pub struct MembershipWords {
    /// The treaty's name in files.
    pub treaty: String,
    /// Its title.
    pub title: String,
    /// Where the state stands.
    pub standing: Standing,
    /// What it reserved or declared.
    pub statements: Vec<StatementWords>,
}

/// What is said where the penal law is not in the file.
pub const NOT_ENTERED: &str = "Not entered: whether conduct is an offence there is not known here.";

/// A state on a day; without one, its whole law and its standing on the last day of the record.
#[must_use]
pub fn state(corpus: &Corpus, id: StateId, on: Option<Day>) -> StateWords {
    let state = corpus.library.state(id);
    StateWords {
        code: state.code.clone(),
        name: state.name.clone(),
        on,
        record: TablesEnded::before(corpus, on.unwrap_or(corpus.as_of)),
        law: corpus.law_of(&state.code).map(|form| of_file(form, on)),
        memberships: memberships(corpus, id, on.unwrap_or(corpus.as_of)),
    }
}

fn of_file(form: &StateForm, on: Option<Day>) -> LawWords {
    law(&form.source, &form.coverage, &form.law, on)
}

/// A body of law in words, on a day or whole.
#[must_use]
pub fn law(source: &str, coverage: &str, law: &LawForm, on: Option<Day>) -> LawWords {
    let in_force = |offence: &DomesticOffenceForm| words::in_force(offence.from, offence.until, on);
    let mut offences: Vec<_> = law.offences.iter().filter(|(_, offence)| in_force(offence)).collect();
    offences.sort_by_key(|(_, offence)| words::statute_order(&offence.cite));
    LawWords {
        source: source.to_owned(),
        coverage: coverage.to_owned(),
        extradition: extradition(law),
        penal_law_entered: law.is_penal_law_entered(),
        offences: offences
            .into_iter()
            .map(|(name, offence)| DomesticWords {
                name: name.value.clone(),
                cite: offence.cite.clone(),
                conduct: words::pattern(&offence.pattern()).unwrap_or_else(|| "any conduct".to_owned()),
                maximum: words::maximum(offence.maximum_months),
                maximum_months: offence.maximum_months,
                from: offence.from,
                until: offence.until,
                read: words::read_words(offence.read),
            })
            .collect(),
        rules: words::articles(&law.rules, None, &[], None, on),
    }
}

fn extradition(law: &LawForm) -> Vec<String> {
    let claims: Vec<&str> = law.claims().into_iter().map(claim_words).collect();
    let mut sentences = vec![
        match (law.needs_treaty, law.asks_reciprocity.unwrap_or(true)) {
            (Some(true), _) => "Surrender needs a treaty",
            (Some(false), true) => {
                "Surrender needs no treaty: it follows the State's own law, on an assurance of reciprocity"
            }
            (Some(false), false) => {
                "Surrender needs no treaty: it follows the State's own law, which asks for no assurance of reciprocity"
            }
            (None, _) => "Whether surrender needs a treaty is not known",
        }
        .to_owned(),
    ];
    if !law.accepts_as_basis.is_empty() {
        let names: Vec<&str> = law.accepts_as_basis.iter().map(|name| name.value.as_str()).collect();
        sentences.push(format!("As the basis of surrender it accepts {}", joined(&names, "and")));
    }
    let looks = match law.dual_criminality_at.unwrap_or_default() {
        DualCriminalityAt::Conduct => "dual criminality looks at the day of the conduct",
        DualCriminalityAt::Request => "dual criminality looks at the day of the decision",
        DualCriminalityAt::Receipt => "dual criminality looks at the day on which the request was received",
    };
    sentences.push(entered_or_taken(law.dual_criminality_at.is_some(), looks));
    if !claims.is_empty() {
        let claims = format!("it claims jurisdiction over {}", joined(&claims, "and"));
        sentences.push(entered_or_taken(law.jurisdiction.is_some(), &claims));
    }
    if law.jurisdiction.is_none() {
        sentences.push("Whether it claims jurisdiction over acts of its nationals abroad is not known".to_owned());
    }
    let left_out = law.penal_law_leaves_out.iter().flatten().map(|fact| words::spaced(fact)).collect::<Vec<_>>();
    if !left_out.is_empty() {
        let left_out = joined(&left_out, "and");
        sentences.push(format!("Of its penal law nothing is entered on {left_out}: that may be an offence there"));
    }
    sentences
}

/// A sentence on the law of a State; where the file says nothing, that this program takes it to be so.
fn entered_or_taken(is_entered: bool, sentence: &str) -> String {
    if is_entered { capital(sentence) } else { format!("Not entered; taken here: {sentence}") }
}

const fn claim_words(claim: Jurisdiction) -> &'static str {
    match claim {
        Jurisdiction::Territory => "acts in its territory",
        Jurisdiction::Effects => "acts elsewhere whose effects are felt there",
        Jurisdiction::Nationals => "acts of its nationals abroad",
    }
}

fn memberships(corpus: &Corpus, id: StateId, day: Day) -> Vec<MembershipWords> {
    let code = &corpus.library.state(id).code;
    let mut memberships = Vec::new();
    for form in &corpus.treaties {
        let name = &form.treaty.value;
        for treaty in corpus.ids(form) {
            let standing = super::status::standing(corpus, treaty, id, day);
            if standing != Standing::Out {
                memberships.push(MembershipWords {
                    treaty: name.clone(),
                    title: corpus.library.treaty(treaty).title.clone(),
                    standing,
                    statements: super::status::statements(corpus, name, code, day),
                });
            }
        }
    }
    memberships
}

/// The state as text.
#[must_use]
pub fn text(state: &StateWords) -> String {
    let mut out = String::new();
    let on = state.on.map_or_else(String::new, |day| format!(" on {day}"));
    let _ = writeln!(out, "{} ({}){on}", state.name, state.code);
    if let Some(law) = &state.law {
        labelled(&mut out, 2, "Source", &law.source);
        labelled(&mut out, 2, "Coverage", &law.coverage);
        for (index, sentence) in law.extradition.iter().enumerate() {
            labelled(&mut out, 2, if index == 0 { "Surrender" } else { "" }, sentence);
        }
        if law.penal_law_entered {
            let _ = writeln!(out, "\nOffences of its own law ({})", law.offences.len());
        } else {
            labelled(&mut out, 2, "Penal law", NOT_ENTERED);
        }
        for offence in &law.offences {
            offence_text(&mut out, offence);
        }
        provisions(&mut out, "Rules on co-operation", &law.rules, words::read_words(None));
    } else {
        labelled(&mut out, 2, "Law", "No law file: only what it signed, joined and reserved is known here.");
    }
    let _ = writeln!(out, "\nTreaties ({})", counted(state.memberships.len(), "treaty", "treaties"));
    for membership in &state.memberships {
        let standing = format!("{} ({}): {}", membership.title, membership.treaty, membership.standing.words());
        hang(&mut out, &format!("  {} ", membership.standing.mark()), &standing);
        for statement in &membership.statements {
            hang(&mut out, "      ", &statement.words());
        }
    }
    state.record.text(&mut out);
    out
}

fn offence_text(out: &mut String, offence: &DomesticWords) {
    hang(out, "  ", &format!("{}, {}: {}", offence.cite, words::spaced(&offence.name), offence.maximum));
    hang(out, "      Conduct: ", &offence.conduct);
    let days = words::days(offence.from, offence.until).map_or_else(String::new, |days| format!("in force {days}; "));
    hang(out, "      ", &format!("{days}{}", offence.read));
}
