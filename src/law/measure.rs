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
    /// Search of premises and seizure of objects or of carriers of data (ETS 30, Arts. 3 and 5).
    SearchAndSeizure,
    /// Testimony, documents, service and other help without coercion (Palermo Convention, Art. 18(3)).
    OtherEvidence,
    /// Whether data preserved earlier are still to be held (ETS 185, Art. 29(7)).
    ContinuedPreservation,
    /// Arrest pending the request for surrender (European Convention on Extradition, Art. 16).
    ProvisionalArrest,
    /// Compelled disclosure at once in an emergency (CETS 224, Arts. 9 and 10).
    EmergencyDisclosure,
    /// Disclosure by the provider's own choice, without any request to its state.
    VoluntaryDisclosure,
    /// An order addressed directly to the provider in the other state (CETS 224, Art. 7; Regulation 2023/1543).
    ProductionOrder,
    /// Domain name registration information (CETS 224, Art. 6).
    DomainRegistration,
    /// Use of evidence for another purpose than it was supplied for. The requesting state wants to use it, the
    /// requested state supplied it (ETS 185, Art. 28).
    UseOfEvidence,
    /// Trial for another offence after surrender. The requesting state holds the person, the requested state
    /// surrendered (European Convention on Extradition, Art. 14).
    TrialForOtherOffence,
    /// Surrender onwards to a third state; the two states as in [`Self::TrialForOtherOffence`]
    /// (European Convention on Extradition, Art. 15).
    OnwardExtradition,
    /// Prosecution by the requesting state itself, on its own jurisdiction: needs no co-operation.
    TrialAtHome,
    /// Seizure and confiscation of proceeds or tools (Palermo Convention, Art. 13).
    Confiscation,
}

impl Measure {
    /// Every measure, in order of discriminant.
    pub const ALL: [Self; 21] = [
        Self::Preservation,
        Self::TrafficPath,
        Self::StoredData,
        Self::SubscriberData,
        Self::RealTimeTraffic,
        Self::Interception,
        Self::Extradition,
        Self::Prosecution,
        Self::SearchAndSeizure,
        Self::OtherEvidence,
        Self::ContinuedPreservation,
        Self::ProvisionalArrest,
        Self::EmergencyDisclosure,
        Self::VoluntaryDisclosure,
        Self::ProductionOrder,
        Self::DomainRegistration,
        Self::UseOfEvidence,
        Self::TrialForOtherOffence,
        Self::OnwardExtradition,
        Self::TrialAtHome,
        Self::Confiscation,
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
            Self::SearchAndSeizure => "search-and-seizure",
            Self::OtherEvidence => "other-evidence",
            Self::ContinuedPreservation => "continued-preservation",
            Self::ProvisionalArrest => "provisional-arrest",
            Self::EmergencyDisclosure => "emergency-disclosure",
            Self::VoluntaryDisclosure => "voluntary-disclosure",
            Self::ProductionOrder => "production-order",
            Self::DomainRegistration => "domain-registration",
            Self::UseOfEvidence => "use-of-evidence",
            Self::TrialForOtherOffence => "trial-for-other-offence",
            Self::OnwardExtradition => "onward-extradition",
            Self::TrialAtHome => "trial-at-home",
            Self::Confiscation => "confiscation",
        }
    }

    /// The measure of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.name() == name)
    }

    /// Whether the measure asks for evidence in electronic form, whatever the circumstances.
    #[must_use]
    pub const fn is_electronic_evidence(self) -> bool {
        matches!(
            self,
            Self::Preservation
                | Self::TrafficPath
                | Self::StoredData
                | Self::SubscriberData
                | Self::RealTimeTraffic
                | Self::Interception
                | Self::ContinuedPreservation
                | Self::EmergencyDisclosure
                | Self::VoluntaryDisclosure
                | Self::ProductionOrder
                | Self::DomainRegistration
        )
    }

    /// Whether it goes to a provider, past the authorities of its state.
    #[must_use]
    pub const fn is_put_to_provider(self) -> bool {
        matches!(self, Self::VoluntaryDisclosure | Self::ProductionOrder)
    }

    /// Whether it belongs to the surrender of persons.
    #[must_use]
    pub const fn is_surrender(self) -> bool {
        matches!(
            self,
            Self::Extradition | Self::ProvisionalArrest | Self::TrialForOtherOffence | Self::OnwardExtradition
        )
    }

    /// Whether it belongs to mutual assistance in obtaining and using evidence.
    #[must_use]
    pub const fn is_assistance(self) -> bool {
        self.is_electronic_evidence()
            || matches!(self, Self::SearchAndSeizure | Self::OtherEvidence | Self::UseOfEvidence | Self::Confiscation)
    }

    /// Whether another measure belongs to the same matter: surrender, assistance between states, what is put to a
    /// provider, or none of these.
    #[must_use]
    pub const fn is_on_matter_of(self, other: Self) -> bool {
        self.is_surrender() == other.is_surrender()
            && self.is_assistance() == other.is_assistance()
            && self.is_put_to_provider() == other.is_put_to_provider()
    }
}

impl Canonical for Measure {
    fn encode(&self, into: &mut Vec<u8>) {
        into.push(*self as u8);
    }
}

/// A set of measures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MeasureSet(u32);

impl MeasureSet {
    /// Whether the set holds this measure.
    #[must_use]
    pub const fn has(self, measure: Measure) -> bool {
        self.0 & (1 << measure as u32) != 0
    }
}

impl FromIterator<Measure> for MeasureSet {
    fn from_iter<I: IntoIterator<Item = Measure>>(measures: I) -> Self {
        Self(measures.into_iter().fold(0, |set, measure| set | 1 << measure as u32))
    }
}
