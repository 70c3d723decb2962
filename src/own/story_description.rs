//! The description of a table of stories.

use std::path::Path;

use serde::Deserialize;

use crate::area::Vintage;

use super::{OwnError, description::wrong_text};

/// The description of a table of approaches and initiatives, as its owner writes it.
/// `docs/beheer.md` has an example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StoryDescription {
    /// The file with the stories, beside the description.
    pub bestand: String,
    /// Always `verhalen`: it tells this description from others.
    #[serde(rename = "soort")]
    _kind: Stories,
    /// The division of the codes; without it the newest that has the code.
    pub indeling: Option<Vintage>,
    /// Who tells them, as they must be named.
    pub bron: String,
    /// The licence.
    pub licentie: String,
    /// Whether everybody may see them.
    #[serde(default)]
    pub openbaar: bool,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Stories {
    Verhalen,
}

impl StoryDescription {
    /// Reads the text of a description.
    ///
    /// # Errors
    /// Says what is wrong, and what is allowed.
    pub fn read(path: &Path, text: &str) -> Result<Self, OwnError> {
        let of: Self = toml::from_str(text)
            .map_err(|error| OwnError::description(path, error.to_string().trim_end()))?;
        if of.bestand.is_empty() || of.bestand.contains(['/', '\\']) {
            let message =
                format!("bestand = {:?}: verwacht de naam van een bestand hiernaast", of.bestand);
            return Err(OwnError::description(path, message));
        }
        let texts = [("bron", &of.bron), ("licentie", &of.licentie)];
        match texts.iter().find_map(|(name, text)| wrong_text(name, text)) {
            Some(message) => Err(OwnError::description(path, message)),
            None => Ok(of),
        }
    }
}
