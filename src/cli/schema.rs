//! `comity schema`: JSON Schemas for editors, derived from the types that read the files.

use clap::{Args, ValueEnum};
use schemars::schema_for;

use super::Ending;
use crate::law::forms::{CaseForm, FactsForm, LawFile, StateForm, TreatyForm};
use crate::scenario::ScenarioForm;
use crate::study::sweep::form::StudyForm;

/// Arguments of `comity schema`.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// The kind of file
    kind: Kind,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// A scenario
    Scenario,
    /// A worked case
    Case,
    /// A treaty or protocol
    Treaty,
    /// A state and its law
    State,
    /// A law that invented states may share
    Law,
    /// The list of facts
    Facts,
    /// A study, for `comity sweep`
    Study,
}

/// Prints a schema.
pub fn schema(arguments: &SchemaArguments) -> anyhow::Result<Ending> {
    let schema = match arguments.kind {
        Kind::Scenario => schema_for!(ScenarioForm),
        Kind::Case => schema_for!(CaseForm),
        Kind::Treaty => schema_for!(TreatyForm),
        Kind::State => schema_for!(StateForm),
        Kind::Law => schema_for!(LawFile),
        Kind::Facts => schema_for!(FactsForm),
        Kind::Study => schema_for!(StudyForm),
    };
    super::print_json(&schema)?;
    Ok(Ending::Done)
}
