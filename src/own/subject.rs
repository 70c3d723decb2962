//! What a description in a folder is about.

use std::path::Path;

use super::OwnError;

/// What a description is about, which its `soort` says: each has a form of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// Figures by area: any `soort` that is a kind of number.
    Topic,
    /// Areas of an own level: `soort = "gebieden"`.
    Areas,
    /// Approaches and initiatives: `soort = "verhalen"`.
    Stories,
}

impl Subject {
    /// Reads the text of a description and what it is about.
    ///
    /// # Errors
    /// When the file cannot be read, or is no TOML.
    pub fn read(path: &Path) -> Result<(Self, String), OwnError> {
        let text = std::fs::read_to_string(path).map_err(|error| OwnError::io(path, error))?;
        let table: toml::Table = toml::from_str(&text)
            .map_err(|error| OwnError::description(path, error.to_string().trim_end()))?;
        let subject = match table.get("soort").and_then(toml::Value::as_str) {
            Some("gebieden") => Self::Areas,
            Some("verhalen") => Self::Stories,
            _ => Self::Topic,
        };
        Ok((subject, text))
    }
}
