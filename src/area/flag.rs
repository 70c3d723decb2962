//! Marks on an area that change how it counts.

use serde::{Deserialize, Serialize};

/// A mark on an area. A flagged area keeps its value and class and stays visible; it is left out
/// of class breaks, rankings and percentiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// Open or large inland water: the CBS field `water` is `JA`.
    Water,
    /// *Nauwelijks woongebied*: so few live there that a score says little about a neighbourhood.
    NauwelijksWoongebied,
}

impl Flag {
    /// The flag as it stands in answers and in the atlas.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Water => "water",
            Self::NauwelijksWoongebied => "nauwelijks-woongebied",
        }
    }

    /// The flag of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Water, Self::NauwelijksWoongebied].into_iter().find(|flag| flag.as_str() == name)
    }
}
