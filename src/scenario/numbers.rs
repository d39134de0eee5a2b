//! Numbers that people write, bounded when they are read: no chance above one, no negative weight, no endless day.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::base::plainly;
use crate::world::settings::MOST_NETWORKS;
use crate::world::state::MOST_FACTOR;

macro_rules! bounded {
    ($(#[$meta:meta])* $name:ident: $least:literal to $most:expr, $what:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name(pub f64);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let number = f64::deserialize(deserializer)?;
                if ($least..=$most).contains(&number) {
                    Ok(Self(number))
                } else {
                    let number = plainly(number);
                    Err(Error::custom(format!("a {} lies between {} and {}, and {number} does not", $what, $least, $most)))
                }
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "number", "minimum": $least, "maximum": $most, "description": $what})
            }
        }
    };
}

bounded! {
    /// A chance or share.
    Share: 0.0 to 1.0, "share"
}
bounded! {
    /// Steps of outside pressure.
    Steps: 0.0 to 2.0, "number of steps"
}
bounded! {
    /// A weight beside other weights.
    Weight: 0.0 to 1_000_000.0, "weight"
}
bounded! {
    /// A number of days, fractions allowed: a median or a mean. At most a century.
    DayCount: 0.01 to 36_525.0, "number of days"
}
bounded! {
    /// An age in days, fractions allowed: none, or at most a century.
    AgeDays: 0.0 to 36_525.0, "number of days"
}
bounded! {
    /// The standard deviation of the logarithm of a number of days.
    LogDays: 0.0 to 5.0, "standard deviation of a logarithm"
}
bounded! {
    /// A factor by which durations are multiplied.
    Factor: 0.01 to MOST_FACTOR, "factor"
}

/// How many networks. Other numbers than these are told with the limits of the form, not with those of a type; 0 and
/// more than there may be are told by the settings themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkCount(pub u32);

impl<'de> Deserialize<'de> for NetworkCount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Count;
        impl serde::de::Visitor<'_> for Count {
            type Value = NetworkCount;
            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "a whole number from 1 to {MOST_NETWORKS}")
            }
            fn visit_u32<E: Error>(self, number: u32) -> Result<NetworkCount, E> {
                Ok(NetworkCount(number))
            }
        }
        deserializer.deserialize_u32(Count)
    }
}

impl JsonSchema for NetworkCount {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "NetworkCount".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "minimum": 1, "maximum": MOST_NETWORKS})
    }
}
