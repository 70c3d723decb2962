//! The rows of an own table.

use serde::Serialize;

use crate::{
    area::{AreaCode, Level, Year},
    indicator::{Kind, Value},
};

/// A row that can be used.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnRow {
    /// Its place in the file, the header being line 1.
    pub line: u64,
    /// The area.
    pub code: AreaCode,
    /// Its level.
    pub level: Level,
    /// The year.
    pub year: Year,
    /// The figure.
    pub value: Value,
    /// How many people it is about, where the row says it.
    pub among: Option<f64>,
    /// How many points it was made of, where it was.
    pub contributors: Option<u64>,
    /// Whether one of them makes most of it.
    pub is_dominated: bool,
}

/// A row that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowFault {
    /// The file.
    #[serde(rename = "bestand")]
    pub file: String,
    /// Its place in the file, the header being line 1.
    #[serde(rename = "regel")]
    pub line: u64,
    /// Why, and what was expected.
    #[serde(rename = "reden")]
    pub reason: String,
}

/// What is wrong with a number of that kind; `None` where it can be one.
pub(super) fn out_of_range(kind: Kind, number: f64) -> Option<&'static str> {
    match kind {
        Kind::Aandeel if !(0.0..=100.0).contains(&number) => {
            Some("een aandeel ligt tussen 0 en 100 procent")
        }
        Kind::Aantal if number < 0.0 || number.fract() != 0.0 => {
            Some("een aantal is een geheel getal van nul of meer")
        }
        Kind::Klasse if number.fract() != 0.0 || !(0.0..=255.0).contains(&number) => {
            Some("een klasse is een geheel getal van 0 tot en met 255")
        }
        _ => None,
    }
}
