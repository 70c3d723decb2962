//! The description of an own level.

use std::path::Path;

use serde::Deserialize;
use smol_str::SmolStr;

use crate::area::{Level, LevelNames, OwnLevel, Vintage};

use super::{OwnError, words::Words};

/// The description of a level that a municipality drew itself, as its owner writes it.
/// `docs/beheer.md` has an example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AreaDescription {
    /// `gebieden`: what tells it from the description of a topic.
    #[serde(rename = "soort")]
    _kind: SmolStr,
    /// The file with the areas, beside the description.
    pub bestand: String,
    /// The id of the level, kebab-case, as it stands in addresses: `stadsdelen`.
    niveau: Level,
    /// What several of them are called.
    naam: Words,
    /// What one of them is called.
    enkelvoud: Words,
    /// The division of CBS that they are laid over, and that they belong to.
    pub indeling: Vintage,
    /// The column of codes.
    #[serde(default = "code")]
    pub codekolom: String,
    /// The column of names.
    #[serde(default = "name")]
    pub naamkolom: String,
    /// Who drew them, as they must be named.
    pub bron: String,
    /// The licence.
    pub licentie: String,
    /// Whether everybody may see them.
    #[serde(default)]
    pub openbaar: bool,
}

fn code() -> String {
    "code".to_owned()
}

fn name() -> String {
    "naam".to_owned()
}

/// The longest that a level is called: it stands in headings and in lists.
const LONGEST: usize = 40;

/// What names of tables in a GeoPackage may not begin with: SQLite and the standard use them.
const RESERVED: [&str; 3] = ["sqlite", "gpkg", "rtree"];

impl AreaDescription {
    /// Reads a description.
    ///
    /// # Errors
    /// Says what is wrong, and what is allowed.
    pub fn read(path: &Path, text: &str) -> Result<Self, OwnError> {
        let of: Self = toml::from_str(text)
            .map_err(|error| OwnError::description(path, error.to_string().trim_end()))?;
        match of.wrong() {
            Some(message) => Err(OwnError::description(path, message)),
            None => Ok(of),
        }
    }

    fn wrong(&self) -> Option<String> {
        if self.niveau.code_prefix().is_some() {
            return Some(format!(
                "niveau = {:?}: dat is een niveau van het CBS; kies een eigen naam, bijvoorbeeld \
                 stadsdelen",
                self.niveau.plural()
            ));
        }
        if let Some(word) = RESERVED.iter().find(|word| self.niveau.plural().starts_with(**word)) {
            return Some(format!(
                "niveau = {:?}: een naam die met {word} begint is van het bestandsformaat; kies een \
                 andere, bijvoorbeeld stadsdelen",
                self.niveau.plural()
            ));
        }
        if self.bestand.is_empty() || self.bestand.contains(['/', '\\']) {
            return Some(format!(
                "bestand = {:?}: verwacht de naam van een bestand hiernaast",
                self.bestand
            ));
        }
        for (key, words) in [("naam", &self.naam), ("enkelvoud", &self.enkelvoud)] {
            if words.each().any(|text| !is_plain(text, LONGEST)) {
                return Some(format!("{key}: verwacht een woord van ten hoogste {LONGEST} tekens"));
            }
        }
        for (key, text) in [("bron", &self.bron), ("licentie", &self.licentie)] {
            if !is_plain(text, 2000) {
                return Some(format!("{key}: verwacht een gewone tekst"));
            }
        }
        None
    }

    /// What its areas are called.
    pub fn names(&self) -> LevelNames {
        LevelNames { one: self.enkelvoud.clone().text(), many: self.naam.clone().text() }
    }

    /// The level.
    pub fn level(&self) -> Level {
        Level::Own(OwnLevel::from(self.id()).called(self.names()))
    }

    /// The id of the level.
    pub fn id(&self) -> SmolStr {
        SmolStr::new(self.niveau.plural())
    }
}

fn is_plain(text: &str, longest: usize) -> bool {
    !text.trim().is_empty()
        && text.chars().count() <= longest
        && !text.chars().any(char::is_control)
}
