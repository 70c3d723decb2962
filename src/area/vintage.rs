//! Years, and the years of divisions.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A calendar year that figures are about, 1900 to 2100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Year(u16);

/// The year of a division of the country; codes and borders change between vintages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Vintage(pub Year);

/// A text or number that is no year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no year: expected a whole number from 1900 to 2100")]
pub struct YearError(String);

impl Year {
    /// The first there is.
    pub const FIRST: Self = Self(1900);

    /// A year from a number.
    ///
    /// # Errors
    /// When it lies outside 1900 to 2100.
    pub fn new(year: u16) -> Result<Self, YearError> {
        (1900..=2100)
            .contains(&year)
            .then_some(Self(year))
            .ok_or_else(|| YearError(year.to_string()))
    }

    /// The year as a number.
    pub fn get(self) -> u16 {
        self.0
    }
}

impl Vintage {
    /// The vintage of a year, from a number.
    ///
    /// # Errors
    /// As [`Year::new`].
    pub fn new(year: u16) -> Result<Self, YearError> {
        Year::new(year).map(Self)
    }

    /// The year as a number.
    pub fn get(self) -> u16 {
        self.0.0
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Vintage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Year {
    type Err = YearError;
    fn from_str(text: &str) -> Result<Self, YearError> {
        let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        digits
            .then(|| text.parse().ok())
            .flatten()
            .and_then(|year| Self::new(year).ok())
            .ok_or_else(|| YearError(text.chars().take(40).collect()))
    }
}

impl FromStr for Vintage {
    type Err = YearError;
    fn from_str(text: &str) -> Result<Self, YearError> {
        text.parse().map(Self)
    }
}

impl TryFrom<u16> for Year {
    type Error = YearError;
    fn try_from(year: u16) -> Result<Self, YearError> {
        Self::new(year)
    }
}

impl From<Year> for u16 {
    fn from(year: Year) -> Self {
        year.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_four_digits_make_a_year() {
        assert_eq!("2024".parse::<Year>().map(Year::get), Ok(2024));
        for wrong in ["", "24", "02024", "+202", "1899", "2101", "2024 ", "20x4"] {
            assert!(wrong.parse::<Year>().is_err(), "{wrong:?}");
        }
    }
}
