//! Every setting of adoption, with meaning, unit, range, default, source and grade.
//!
//! Calibrated on how the Trafficking Protocol, laws against trafficking and the Convention on Cybercrime spread;
//! `docs/scenario-format.md` says against which figures.

use crate::base::{Grade, Parameter, parameters};

parameters! {
    /// The yearly chance that a state consents to a treaty: a logit whose terms add up.
    pub struct Hazard {
        /// Constant: the log-odds of a state for which no other term counts.
        constant = -4.2 in -20.0 to 20.0 "logit units",
            Estimate: "yearly hazard of joining 0.07 to 0.23 (Trafficking Protocol, UN Treaty Collection); 0.019 a year outside the club of the Convention on Cybercrime (treaty office of the Council of Europe)";
        /// What membership of the club that made the text adds.
        club = 2.0 in -10.0 to 10.0 "logit units",
            Estimate: "members of the Council of Europe joined the Convention on Cybercrime at 0.115 a year, others at 0.019 (treaty office of the Council of Europe)";
        /// What membership of the parent treaty adds; to a protocol or an amendment only members of the parent consent.
        parent = 0.7 in -10.0 to 10.0 "logit units",
            Estimate: "0.3 to 1.1 for law against trafficking among Parties to the Trafficking Protocol (own logit on the data of Kelley and Simmons)";
        /// What the share of the region that is already in adds, when it is 1.
        region = 2.6 in -20.0 to 20.0 "logit units",
            Estimate: "2.36 (0.54) for the Trafficking Protocol, 2.67 (0.54) for law against trafficking, by sub-region (own logits on the data of Kelley and Simmons)";
        /// What one step of outside pressure adds.
        pressure = 0.8 in -10.0 to 10.0 "logit units",
            Estimate: "1.15 (0.35) for being listed in the United States' report, 0.76 (0.21) more for its watch list (own logit; in line with Kelley and Simmons 2015, AJPS 59)";
        /// What a text that is content-based through and through takes away from a state that guards expression as far as can be.
        expression = 5.0 in 0.0 to 50.0 "logit units",
            Assumption: "that content keeps such states away is argued, and shown by who stayed outside ETS 189 (57 % of Parties after 20 years); how much is not measured";
        /// Chance that a state that joins the parent consents to its protocol on the same day.
        at_once = 0.4 in 0.0 to 1.0 "chance",
            Estimate: "0.41 to 0.72 for the three protocols to the Palermo Convention (UN Treaty Collection); the lowest, since those were open from the beginning";
        /// Median days by which a member of the club signed before its consent, at the earliest on the day of opening; no consent hangs on it, and others accede without signing.
        signature_days = 1717.0 in 1.0 to 36500.0 "days",
            Record: "4.7 years, quartiles 2.8 and 8.5, among 48 states that ratified the Convention on Cybercrime";
        /// Standard deviation of its logarithm.
        signature_log_sd = 0.8 in 0.0 to 5.0 "log days",
            Record: "quartiles 2.8 and 8.5 years, as before";
    }
}

parameters! {
    /// From consent to the law that carries it out: paper comes before practice.
    pub struct Enactment {
        /// Share of states that have the law on the day of their consent, beside those that made it by example.
        enacts_first = 0.2 in 0.0 to 1.0 "share",
            Estimate: "fitted with example: 39 % of Parties to the Trafficking Protocol had full criminal law before they joined, some of them by example (data of Kelley and Simmons)";
        /// Median days from consent to the law, of the others that enact it.
        lag_days = 700.0 in 1.0 to 36500.0 "days",
            Estimate: "fitted with example: a median of 1 year and an upper quartile of 4 years over all Parties (data of Kelley and Simmons)";
        /// Standard deviation of its logarithm.
        lag_log_sd = 1.2 in 0.0 to 5.0 "log days",
            Estimate: "the same fit";
        /// Share of states that never enact it on account of their consent; they may by example.
        never_enacts = 0.4 in 0.0 to 1.0 "share",
            Estimate: "fitted with example: 41 of 140 Parties were without full criminal law in 2011 (data of Kelley and Simmons)";
    }
}

parameters! {
    /// The yearly chance that a state makes the law of an open treaty without being bound to: a logit whose terms add up.
    pub struct Example {
        /// Constant: the log-odds of a state for which no other term counts.
        constant = -5.5 in -20.0 to 20.0 "logit units",
            Estimate: "fitted to the spread of full law against trafficking: 4 of 180 states in 2000, 112 in 2011 (data of Kelley and Simmons)";
        /// What the share of the region whose law has it already adds, when it is 1.
        region = 4.0 in -20.0 to 20.0 "logit units",
            Estimate: "fitted, so that law as a whole follows it by 1.5 to 3.8: 2.67 (0.54) for law against trafficking, by sub-region (own logit on the data of Kelley and Simmons)";
        /// What one step of outside pressure adds.
        pressure = 0.8 in -10.0 to 10.0 "logit units",
            Estimate: "1.15 (0.35) for being listed in the United States' report, 0.76 (0.21) more for its watch list (own logit; in line with Kelley and Simmons 2015, AJPS 59)";
    }
}

parameters! {
    /// When practice counts as general, for a rule of custom. The law's own test has no numbers: these are conventions
    /// of the model, to be varied.
    pub struct Practice {
        /// Share of all states that have the practice, at least.
        widespread = 0.75 in 0.0 to 1.0 "share",
            Assumption: "sufficiently widespread and consistent (Conclusions on Customary International Law, 2018, 8), put into a number";
        /// Share of every region, and of the club and those outside it, that has the practice, at least.
        representative = 0.3 in 0.0 to 1.0 "share",
            Assumption: "representative (Conclusions, 8), put into a number";
        /// Share of hosting and of demand that the states with the practice hold, at least.
        specially_affected = 0.75 in 0.0 to 1.0 "share",
            Assumption: "including states whose interests are specially affected (North Sea Continental Shelf, 1969, para. 73), put into a number";
        /// Years for which all of that holds without a break.
        steady_years = 3.0 in 0.0 to 200.0 "years",
            Assumption: "no period is fixed, but practice must be uniform in it (North Sea Continental Shelf, para. 74)";
        /// Weight of the practice of a state that is bound by one of the treaties to the same end.
        weight_under_treaty = 1.0 in 0.0 to 1.0 "weight",
            Assumption: "practice under a treaty may be no more than its performance (North Sea Continental Shelf, para. 76); 1 counts it fully, which is the hope of those who propose a protocol";
    }
}

/// What adoption needs to know of a state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Adopter {
    /// Its region; states without one are a region together.
    pub region: Option<String>,
    /// Whether it belongs to the club that made the texts.
    pub club: bool,
    /// Steps of outside pressure, 0 to 2.
    pub pressure: f64,
    /// How much a content-based text offends its constitution, 0 to 1.
    pub expression: f64,
    /// Its attraction for hosts, in any unit.
    pub hosting: f64,
    /// Its share of demand, in any unit.
    pub market: f64,
}

/// The most steps of outside pressure: not listed, listed, on the watch list.
pub const MOST_PRESSURE: f64 = 2.0;

/// The two numbers of states, lowest and highest in use.
#[must_use]
pub fn adopter_parameters(adopters: &[Adopter]) -> Vec<Parameter> {
    let row = |name: &'static str, meaning: &'static str, unit, most, of: fn(&Adopter) -> f64, source| Parameter {
        name: name.into(),
        meaning: meaning.into(),
        unit,
        least: 0.0,
        most,
        default: 0.0,
        value: adopters.iter().map(of).fold(f64::INFINITY, f64::min),
        highest: adopters.iter().map(of).fold(0.0, f64::max),
        source,
        grade: Grade::Assumption,
        sourced: false,
        follows_from: &[],
    };
    let steps = "0 not listed, 1 listed, 2 on the watch list of a report like the United States'";
    let guards = "0 none, 1 a constitution that protects mere expression as the United States' does";
    vec![
        row("pressure", "Steps of outside pressure on a state.", "steps", MOST_PRESSURE, |state| state.pressure, steps),
        row(
            "expression",
            "How much a content-based text offends a state's constitution.",
            "weight",
            1.0,
            |state| state.expression,
            guards,
        ),
    ]
}
