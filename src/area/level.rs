//! The levels of division: gemeente, wijk, buurt, and what a municipality adds.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// A level of division. Ordered from coarse to fine, own levels last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "SmolStr", into = "SmolStr")]
pub enum Level {
    /// Municipality, `GM` and 4 digits.
    Gemeente,
    /// District, `WK` and 6 characters.
    Wijk,
    /// Neighbourhood, `BU` and 8 characters.
    Buurt,
    /// A level of another publisher (`pc4`) or of a municipality itself.
    Own(SmolStr),
}

/// A text that names no level.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no level: expected gemeenten, wijken, buurten, or an own level of 1 to 24 \
     lower-case letters, digits and '-'"
)]
pub struct LevelError(String);

impl Level {
    /// The three levels of CBS, coarse to fine.
    pub const CBS: [Self; 3] = [Self::Gemeente, Self::Wijk, Self::Buurt];

    /// The plural, as it stands in addresses and table names: `gemeenten`, `wijken`, `buurten`.
    pub fn plural(&self) -> &str {
        match self {
            Self::Gemeente => "gemeenten",
            Self::Wijk => "wijken",
            Self::Buurt => "buurten",
            Self::Own(name) => name,
        }
    }

    /// The singular: `gemeente`, `wijk`, `buurt`.
    pub fn singular(&self) -> &str {
        match self {
            Self::Gemeente => "gemeente",
            Self::Wijk => "wijk",
            Self::Buurt => "buurt",
            Self::Own(name) => name,
        }
    }

    /// The letters that CBS codes of this level begin with; `None` for an own level.
    pub fn code_prefix(&self) -> Option<&'static str> {
        match self {
            Self::Gemeente => Some("GM"),
            Self::Wijk => Some("WK"),
            Self::Buurt => Some("BU"),
            Self::Own(_) => None,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.plural())
    }
}

impl FromStr for Level {
    type Err = LevelError;

    /// Singular and plural both name a level.
    fn from_str(text: &str) -> Result<Self, LevelError> {
        match text {
            "gemeente" | "gemeenten" => Ok(Self::Gemeente),
            "wijk" | "wijken" => Ok(Self::Wijk),
            "buurt" | "buurten" => Ok(Self::Buurt),
            own if (1..=24).contains(&own.len())
                && own.starts_with(|c: char| c.is_ascii_lowercase())
                && own
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') =>
            {
                Ok(Self::Own(SmolStr::new(own)))
            }
            other => Err(LevelError(other.chars().take(40).collect())),
        }
    }
}

impl TryFrom<SmolStr> for Level {
    type Error = LevelError;
    fn try_from(text: SmolStr) -> Result<Self, LevelError> {
        text.parse()
    }
}

impl From<Level> for SmolStr {
    fn from(level: Level) -> Self {
        Self::new(level.plural())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for level in Level::CBS.into_iter().chain([Level::Own("pc4".into())]) {
            assert_eq!(level.plural().parse(), Ok(level.clone()));
            assert_eq!(level.singular().parse(), Ok(level));
        }
        for wrong in ["", "Buurten", "4pc", "a b", "../x"] {
            assert!(wrong.parse::<Level>().is_err(), "{wrong:?}");
        }
    }
}
