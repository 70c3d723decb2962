//! What the fictional country is made from.

use serde::Deserialize;
use sha2::{Digest, Sha256};

/// The recipe as it is delivered with the program.
const DELIVERED: &str = include_str!("../../geodata/demo.toml");

/// What the fictional country is made from: equal recipes give equal countries, to the byte.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// How many gemeenten the newest division has; [`Recipe::MAX_GEMEENTEN`] at most, 1 at least
    /// (a number outside is taken as the nearest inside).
    pub gemeenten: usize,
    /// Which of all such countries.
    pub seed: u64,
}

/// A recipe that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {message}")]
pub struct RecipeError {
    file: String,
    message: String,
}

impl Recipe {
    /// The most gemeenten that the invented codes have room for.
    pub const MAX_GEMEENTEN: usize = 5000;

    /// Reads a recipe from TOML; `file` is its name, for messages.
    ///
    /// # Errors
    /// When the text is no TOML of the right shape.
    pub fn parse(file: &str, text: &str) -> Result<Self, RecipeError> {
        toml::from_str(text).map_err(|error: toml::de::Error| RecipeError {
            file: file.to_owned(),
            message: error.to_string(),
        })
    }

    /// The gemeenten within what can be made.
    pub(super) fn size(&self) -> usize {
        self.gemeenten.clamp(1, Self::MAX_GEMEENTEN)
    }

    /// What stands for a file's checksum: SHA-256 over the recipe and a division's year, in hex,
    /// and the number of bytes that went in.
    pub(super) fn checksum(&self, year: u16) -> (String, u64) {
        let text =
            format!("wijkzicht demo 1: {} gemeenten, seed {}, {year}", self.size(), self.seed);
        let digest = Sha256::digest(text.as_bytes());
        (digest.iter().map(|byte| format!("{byte:02x}")).collect(), text.len() as u64)
    }
}

impl Default for Recipe {
    /// The recipe that is delivered with the program: twelve gemeenten.
    fn default() -> Self {
        Self::parse("geodata/demo.toml", DELIVERED).unwrap_or(Self { gemeenten: 12, seed: 2024 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delivered_recipe_reads() {
        let read = Recipe::parse("geodata/demo.toml", DELIVERED).expect("reads");
        assert_eq!(read, Recipe::default());
        let error = Recipe::parse("own.toml", "gemeente = 3").expect_err("an unknown key");
        assert!(error.to_string().starts_with("own.toml: "), "{error}");
    }
}
