//! What one state may ask of another.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::Canonical;

/// A measure: what is asked of the requested state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Quick preservation of stored computer data (ETS 185, Art. 29).
    Preservation,
    /// Quick partial disclosure of preserved traffic data (ETS 185, Art. 30).
    TrafficPath,
    /// Search, seizure and disclosure of stored computer data, content included (ETS 185, Art. 31).
    StoredData,
    /// Subscriber information held by a provider (ETS 185, Arts. 18(3) and 25).
    SubscriberData,
    /// Real-time collection of traffic data (ETS 185, Art. 33).
    RealTimeTraffic,
    /// Interception of content (ETS 185, Art. 34).
    Interception,
    /// Surrender of a person for prosecution (ETS 185, Art. 24).
    Extradition,
    /// Submission of the case to the requested state's own prosecutors, after surrender was refused
    /// (*aut dedere aut judicare*; ETS 185, Art. 24(6)).
    Prosecution,
}

impl Measure {
    /// Every measure, in the order of the convention's articles.
    pub const ALL: [Self; 8] = [
        Self::Preservation,
        Self::TrafficPath,
        Self::StoredData,
        Self::SubscriberData,
        Self::RealTimeTraffic,
        Self::Interception,
        Self::Extradition,
        Self::Prosecution,
    ];

    /// The name as written in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Preservation => "preservation",
            Self::TrafficPath => "traffic-path",
            Self::StoredData => "stored-data",
            Self::SubscriberData => "subscriber-data",
            Self::RealTimeTraffic => "real-time-traffic",
            Self::Interception => "interception",
            Self::Extradition => "extradition",
            Self::Prosecution => "prosecution",
        }
    }

    /// The measure of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.name() == name)
    }

    /// Whether the measure concerns electronic evidence rather than a person.
    #[must_use]
    pub const fn is_electronic_evidence(self) -> bool {
        !matches!(self, Self::Extradition | Self::Prosecution)
    }
}

impl Canonical for Measure {
    fn encode(&self, into: &mut Vec<u8>) {
        into.push(*self as u8);
    }
}

/// A set of measures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MeasureSet(u16);

impl MeasureSet {
    /// Whether the set holds this measure.
    #[must_use]
    pub const fn has(self, measure: Measure) -> bool {
        self.0 & (1 << measure as u16) != 0
    }
}

impl FromIterator<Measure> for MeasureSet {
    fn from_iter<I: IntoIterator<Item = Measure>>(measures: I) -> Self {
        Self(measures.into_iter().fold(0, |set, measure| set | 1 << measure as u16))
    }
}
