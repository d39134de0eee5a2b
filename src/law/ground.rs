//! Grounds: the reasons for which a request may, must or cannot be answered, by their codes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::measure::Measure;
use crate::base::Canonical;

macro_rules! grounds {
    ($($variant:ident = $code:literal, $meaning:literal;)*) => {
        /// A ground for refusal or postponement. The list is closed: it is the shared vocabulary of files,
        /// opinions, the wire and the reports.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum GroundCode {
            $(#[doc = $meaning] #[serde(rename = $code)] $variant,)*
        }

        impl GroundCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code as written, for example `G.DUAL`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What it means, in a few words.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

grounds! {
    NoTreaty = "G.NOTREATY", "no treaty in force between the two States is a basis for it";
    NotInForce = "G.NOTFORCE", "signed or consented to, but not in force between the two States";
    Scope = "G.SCOPE", "a treaty is in force, but the offence or the measure lies outside it";
    DualCriminalityMissing = "G.DUAL", "the conduct is not an offence in both States (dual criminality)";
    DualCriminalityForPreservation = "G.DUAL-PRES", "dual criminality reserved for preservation";
    PenaltyTooLow = "G.PENALTY", "the maximum penalty, or the sentence passed or left, lies below the threshold";
    PoliticalOffence = "G.POLITICAL", "a political offence or one connected with it";
    Persecution = "G.PERSEC", "the request serves persecution";
    MilitaryOffence = "G.MILITARY", "a purely military offence";
    FiscalOffence = "G.FISCAL", "a fiscal offence";
    OwnNational = "G.NATIONAL", "the person is a national of the requested State, or a resident treated like one";
    OwnJurisdiction = "G.JURISD", "the requested State claims jurisdiction itself";
    EssentialInterests = "G.ESSENTIAL", "sovereignty, security, public order or other essential interests";
    Expression = "G.EXPRESSION", "free expression protects the conduct in the requested State";
    NeBisInIdem = "G.NEBIS", "already finally judged, or proceedings given up, for the same acts (ne bis in idem)";
    LapseOfTime = "G.LAPSE", "prosecution or sentence barred by lapse of time";
    CapitalPunishment = "G.CAPITAL", "death penalty without sufficient assurance";
    PendingProceedings = "G.PENDING", "would harm the requested State's own proceedings";
    Speciality = "G.SPECIALITY", "use or trial beyond what was granted (speciality)";
    DeMinimis = "G.DEMINIMIS", "trivial matter or disproportionate burden";
    Form = "G.FORM", "defective or insufficient request";
    NonRetroactivity = "G.NONRETRO", "the conduct was no crime when done (non-retroactivity)";
    Humanitarian = "G.HUMANITARIAN", "age, health or hardship";
    OwnLaw = "G.OWNLAW", "the requested State's own law does not allow the measure";
    InAbsentia = "G.ABSENTIA", "convicted in absence, without assurance of a retrial";
    Amnesty = "G.AMNESTY", "an amnesty of the requested State covers the offence";
    Immunity = "G.IMMUNITY", "immunity or privilege in the requested State";
    FundamentalRights = "G.RIGHTS", "a breach of fundamental rights is to be expected";
    ActAbroad = "G.ABROAD", "the act was done outside the requesting State";
}

impl GroundCode {
    /// Whether it stands or falls with what a penal law punishes, and how.
    #[must_use]
    pub const fn rests_on_penal_law(self) -> bool {
        matches!(self, Self::DualCriminalityMissing | Self::DualCriminalityForPreservation | Self::PenaltyTooLow)
    }

    /// The ground of this code.
    #[must_use]
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|ground| ground.code() == code)
    }

    /// What it means for a measure: at home it is the State that would try the case that lacks the offence or the claim.
    #[must_use]
    pub const fn meaning_for(self, measure: Measure) -> &'static str {
        match (measure, self) {
            (Measure::TrialAtHome, Self::DualCriminalityMissing) => "the conduct is no offence under its law",
            (Measure::TrialAtHome, Self::OwnJurisdiction) => "its law claims no jurisdiction",
            _ => self.meaning(),
        }
    }
}

impl Canonical for GroundCode {
    fn encode(&self, into: &mut Vec<u8>) {
        into.push(*self as u8);
    }
}

/// A set of ground codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroundSet(u32);

impl GroundSet {
    /// Whether the set holds this code.
    #[must_use]
    pub const fn has(self, code: GroundCode) -> bool {
        self.0 & (1 << code as u32) != 0
    }

    /// The codes of both sets.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl FromIterator<GroundCode> for GroundSet {
    fn from_iter<I: IntoIterator<Item = GroundCode>>(codes: I) -> Self {
        Self(codes.into_iter().fold(0, |set, code| set | 1 << code as u32))
    }
}

/// How a ground binds the requested state. *May* is a right, *must* a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Force {
    /// The requested state may refuse; it may also comply.
    May,
    /// The requested state must refuse.
    Must,
    /// The requested state may postpone; the request stays open.
    Postpone,
}

impl Force {
    /// The word for people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::May => "may refuse",
            Self::Must => "must refuse",
            Self::Postpone => "may postpone",
        }
    }
}

impl Canonical for Force {
    fn encode(&self, into: &mut Vec<u8>) {
        into.push(*self as u8);
    }
}
