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
    RequestingNational = "requesting-national", "The person is a national of the requesting state.";
    OneYearHere = "one-year-here", "The requested state's maximum penalty is one year or more.";
    OverOneYearHere = "over-one-year-here", "The requested state's maximum penalty is more than one year.";
    OneYearThere = "one-year-there", "The requesting state's maximum penalty is one year or more.";
    OverOneYearThere = "over-one-year-there", "The requesting state's maximum penalty is more than one year.";
    TwoYearsHere = "two-years-here", "The requested state's maximum penalty is two years or more.";
    TwoYearsThere = "two-years-there", "The requesting state's maximum penalty is two years or more.";
    ThreeYearsHere = "three-years-here", "The requested state's maximum penalty is three years or more.";
    ThreeYearsThere = "three-years-there", "The requesting state's maximum penalty is three years or more.";
    FourYearsHere = "four-years-here", "The requested state's maximum penalty is four years or more.";
    FourYearsThere = "four-years-there", "The requesting state's maximum penalty is four years or more.";
    FiveYearsHere = "five-years-here", "The requested state's maximum penalty is five years or more.";
    FiveYearsThere = "five-years-there", "The requesting state's maximum penalty is five years or more.";
    MeetsThreshold = "meets-threshold", "A treaty sets a threshold, and both maximum penalties reach it.";
    ListedOffence = "listed-offence", "The conduct meets an offence that the treaty lists between these two states.";
    ReservedOffence = "reserved-offence", "The conduct meets an offence of the treaty that a reservation took out between these two states.";
    NeedsTreaty = "needs-treaty", "The requested state's law requires a treaty for extradition.";
    AcceptsAsBasis = "accepts-as-basis", "The requested state accepts this convention as its legal basis for extradition.";
    ExtraditionTreaty = "extradition-treaty", "A special treaty on extradition is in force between the two states.";
    AssistanceTreaty = "assistance-treaty", "A special treaty on mutual assistance is in force between the two states.";
    DisclosureNeedsDualCriminality = "disclosure-needs-dual-criminality", "The requested state's law makes disclosure of stored data depend on dual criminality.";
    BetweenUnionMembers = "between-eu-members", "Both states are members of the European Union.";
    HeldEarlier = "held-earlier", "Data or a person are held for the requesting state since an earlier day.";
    FollowUpInTime = "follow-up-in-time", "The follow-up came within the time for which the treaty has them held.";
    HoldLapsed = "hold-lapsed", "That time is over, and no follow-up came within it.";
    BoundWhenAsked = "bound-when-asked", "The treaty bound both states when the request came, and no longer binds one of them.";
    ClaimsNationals = "claims-nationals", "The requesting state claims jurisdiction over acts of its nationals abroad.";
}

impl Facts {
    /// The identifier of a computed fact.
    #[must_use]
    pub fn computed(&self, fact: Computed) -> FactId {
        self.computed[fact as usize]
    }
}
