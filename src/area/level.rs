//! The levels of division: gemeente, wijk, buurt, and what a municipality adds.

use std::{cmp::Ordering, fmt, hash, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::Text;

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
    Own(OwnLevel),
}

/// A level that is none of CBS. Levels with the same id are the same, whatever they are called.
#[derive(Clone, Debug)]
pub struct OwnLevel {
    id: SmolStr,
    names: Option<Arc<LevelNames>>,
}

/// What the areas of an own level are called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelNames {
    /// One of them: `stadsdeel`.
    pub one: Text,
    /// Several: `stadsdelen`.
    pub many: Text,
}

impl OwnLevel {
    /// The id, as it stands in addresses.
    pub fn id(&self) -> &SmolStr {
        &self.id
    }

    /// What its areas are called, where that is known.
    pub fn names(&self) -> Option<&LevelNames> {
        self.names.as_deref()
    }

    /// The same level with what its areas are called.
    #[must_use]
    pub fn called(self, names: LevelNames) -> Self {
        Self { names: Some(Arc::new(names)), ..self }
    }
}

impl<T: Into<SmolStr>> From<T> for OwnLevel {
    fn from(id: T) -> Self {
        Self { id: id.into(), names: None }
    }
}

impl PartialEq for OwnLevel {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for OwnLevel {}

impl PartialOrd for OwnLevel {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for OwnLevel {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }
}

impl hash::Hash for OwnLevel {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
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
            Self::Own(own) => &own.id,
        }
    }

    /// What one area is called in a sentence, in Dutch and in English.
    pub fn one(&self) -> [&str; 2] {
        match self {
            Self::Gemeente => ["gemeente", "municipality"],
            Self::Wijk => ["wijk", "district"],
            Self::Buurt => ["buurt", "neighbourhood"],
            Self::Own(own) => match &own.names {
                Some(names) => [&names.one.nl, &names.one.en],
                None => ["gebied", "area"],
            },
        }
    }

    /// What several are called in a sentence, in Dutch and in English.
    pub fn many(&self) -> [&str; 2] {
        match self {
            Self::Gemeente => ["gemeenten", "municipalities"],
            Self::Wijk => ["wijken", "districts"],
            Self::Buurt => ["buurten", "neighbourhoods"],
            Self::Own(own) => match &own.names {
                Some(names) => [&names.many.nl, &names.many.en],
                None => ["gebieden", "areas"],
            },
        }
    }

    /// The singular: `gemeente`, `wijk`, `buurt`.
    pub fn singular(&self) -> &str {
        match self {
            Self::Gemeente => "gemeente",
            Self::Wijk => "wijk",
            Self::Buurt => "buurt",
            Self::Own(own) => &own.id,
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
                Ok(Self::Own(own.into()))
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
