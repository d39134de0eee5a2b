//! The worlds of the targets, as scenario files: they go through the same door as what people write, and anyone can
//! write them out and run them.
//!
//! One law of computer misuse and one convention in the general form serve all targets, so that what differs between
//! worlds is what a target is about.

use std::fmt::Write as _;

use crate::base::{Day, Problems};
use crate::reading::Sources;
use crate::scenario::{self, Scenario};

/// The convention of the target worlds: three articles that carry, each of which may be reserved.
const CONVENTION: &str = r#"
  - treaty: convention
    cites-as: CONV
    title: Convention of the target worlds
    source: Designed on the pattern of ETS 185, Arts. 24, 29 and 31.
    coverage: Preservation, stored data and extradition; each may be reserved, which leaves a Party without it.
    read: designed
    model: true
    joins: { first-of-month-after-months: 3 }
    leaves: { first-of-month-after-months: 3 }
    first-in-force: { consents: 2 }
    reservable: ["1", "2", "3"]
    offences:
      interference: { article: "4", all: [hinder-system, without-right, intent] }
    articles:
      "1": { says: Data are preserved for a Party., for: [preservation], carries: must, unless-reserved: true, holds-days: 60 }
      "2": { says: Stored data are supplied to a Party., for: [stored-data], carries: must, unless-reserved: true }
      "3": { says: Persons are extradited to a Party., for: [extradition], carries: must, unless-reserved: true }
"#;

/// The law of every state of a target world.
const LAW: &str = "{ needs-treaty: true, jurisdiction: [territory, effects], offences: { interference: \
                   { cite: Penal Code 1, all: [hinder-system, without-right, intent], maximum-months: 60 } } }";

/// Where attacks are counted, which are seen while they happen: their data are of the day.
pub const DATA_OF_THE_DAY: &str = "data-age-days: 0";

/// The one line of the target worlds.
pub const LINE: &str = "{ weight: 1, facts: [hinder-system, without-right, intent, computer] }";

/// Share of the networks of a market that are based in it (UNODC 2012, detected victims of 2007-10).
pub const HOME_SHARE: f64 = 0.27;
/// The same for the rest of its region.
pub const REGION_SHARE: f64 = 0.5;

/// A target world, to be written as a scenario file.
#[derive(Clone, Debug)]
pub struct World {
    /// Of which target.
    pub title: String,
    /// First and last day.
    pub days: (Day, Day),
    /// Codes of the states, each with its further keys, for example `infrastructure: 1, market: 1`; a `law` among them
    /// takes the place of the common one.
    pub states: Vec<(String, String)>,
    /// What states did towards the convention, in the form of scenario files, for example `2004-03-10`. The others never
    /// join; where none is named, who joins is not settled here.
    pub membership: Vec<(String, String)>,
    /// Further treaties of the file, in the form of list items of `own-treaties`, and which states are in them.
    pub treaties: String,
    /// Networks.
    pub networks: u32,
    /// Keys of `networks.behaviour` that differ from the defaults, for example `incidents-per-year: 12`.
    pub behaviour: String,
    /// Keys of `authority` that differ from the defaults.
    pub authority: String,
    /// Further keys of the file, whole lines.
    pub more: String,
}

impl World {
    /// The scenario file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!(
            "title: \"{}\"\nquestion: What does the model give where reality was measured?\n\
             teaching: {{ time: none, goals: [], ask: [] }}\nfrom: {}\nto: {}\nseed: 1\ntreaties: []\n\
             own-treaties:{CONVENTION}{}states:\n",
            self.title, self.days.0, self.days.1, self.treaties
        );
        for (code, keys) in &self.states {
            let law = if keys.contains("law:") { String::new() } else { format!("law: {LAW}, ") };
            let _ = writeln!(text, "  {code}: {{ {law}{keys} }}");
        }
        text.push_str(if self.membership.is_empty() {
            "membership: {}\n"
        } else {
            "membership:\n  convention:\n    \"*\": never\n"
        });
        for (code, acts) in &self.membership {
            let _ = writeln!(text, "    {code}: {acts}");
        }
        let _ = writeln!(
            text,
            "networks:\n  count: {}\n  lines: {{ interfere: {LINE} }}\n  behaviour: {{ {} }}\nauthority: {{ {} }}",
            self.networks, self.behaviour, self.authority
        );
        text.push_str(&self.more);
        text
    }

    /// The scenario read, with values set in it, each as `path=value`.
    ///
    /// # Errors
    /// What is wrong with these; the sources are for showing it.
    pub fn scenario(&self, settings: &[String]) -> Result<Scenario, (Problems, Sources)> {
        let options = scenario::Options { settings: settings.to_vec(), ..scenario::Options::default() };
        scenario::read_text(&self.title, &self.text(), &options)
    }
}

/// A day of the calendar.
///
/// # Panics
/// When there is no such day: a fault of the target.
#[must_use]
pub fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_calendar(year, month, day).expect("a day of the calendar")
}

/// Codes for so many invented states: `s001` and so on.
#[must_use]
pub fn codes(count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("s{number:03}")).collect()
}
