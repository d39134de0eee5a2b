//! Facts that the engine establishes itself from laws, treaties and dates. Their questions stand in
//! `law/facts.yaml` beside all others; the two lists are held equal when a library is built.

use super::fact::{FactId, Facts};

macro_rules! computed {
    ($($variant:ident = $name:literal, $meaning:literal;)*) => {
        /// A fact that the engine computes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Computed {
            $(#[doc = $meaning] $variant,)*
        }

        impl Computed {
            /// Every computed fact, in order of discriminant.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name in files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

computed! {
    ElectronicEvidence = "electronic-evidence", "The measure asks for evidence in electronic form.";
    OwnNational = "own-national", "The person sought is a national of the requested state.";
    PunishableHere = "punishable-here", "The conduct meets an offence of the requested state, on the day that counts.";
    PunishableThere = "punishable-there", "The conduct meets an offence of the requesting state, on the day of the conduct.";
    PunishableOnlySince = "punishable-only-since", "The requested state made the conduct an offence only after it was done.";
    OneYearHere = "one-year-here", "The requested state's maximum penalty is one year or more.";
    OverOneYearHere = "over-one-year-here", "The requested state's maximum penalty is more than one year.";
    MeetsThreshold = "meets-threshold", "Both maximum penalties reach the threshold that governs.";
    ListedOffence = "listed-offence", "The conduct meets an offence that the treaty lists between these two states.";
    ReservedOffence = "reserved-offence", "The conduct meets an offence of the treaty that a reservation took out between these two states.";
    NeedsTreaty = "needs-treaty", "The requested state's law requires a treaty for extradition.";
    AcceptsAsBasis = "accepts-as-basis", "The requested state accepts this convention as its legal basis for extradition.";
    ExtraditionTreaty = "extradition-treaty", "A special treaty on extradition is in force between the two states.";
    AssistanceTreaty = "assistance-treaty", "A special treaty on mutual assistance is in force between the two states.";
    DisclosureNeedsDualCriminality = "disclosure-needs-dual-criminality", "The requested state's law makes disclosure of stored data depend on dual criminality.";
}

impl Facts {
    /// The identifier of a computed fact.
    #[must_use]
    pub fn computed(&self, fact: Computed) -> FactId {
        self.computed[fact as usize]
    }
}
