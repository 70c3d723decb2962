//! A named list of areas: those of a policy report, or an organisation's own.

use serde::{Deserialize, Deserializer, Serialize};
use smol_str::SmolStr;

use super::{AreaCode, Text, Vintage};

/// The id under which a list is asked for that has no name.
pub const AD_HOC: &str = "eigen";

/// A named list of areas. It says nothing about how they score.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// The id, kebab-case, as it stands in addresses.
    pub id: SmolStr,
    /// What it is called.
    #[serde(rename = "naam", deserialize_with = "Text::one_or_both")]
    pub name: Text,
    /// What it is.
    #[serde(default, rename = "omschrijving", deserialize_with = "maybe")]
    pub description: Option<Text>,
    /// Who names these places, and when.
    #[serde(default, rename = "bron", deserialize_with = "maybe")]
    pub source: Option<Text>,
    /// The division that the codes are of; without it the newest that the atlas has.
    #[serde(default, rename = "indeling")]
    pub vintage: Option<Vintage>,
    /// Whether it is a list of the past, shown as such.
    #[serde(default, rename = "historisch")]
    pub is_historical: bool,
    /// What belongs beside it.
    #[serde(default, rename = "opmerking", deserialize_with = "maybe")]
    pub note: Option<Text>,
    /// Codes without a name of their own.
    #[serde(default)]
    pub codes: Vec<AreaCode>,
    /// Its places.
    #[serde(default, rename = "plaats")]
    pub places: Vec<SelectedPlace>,
}

/// A place of a selection: the areas that together bear the name.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelectedPlace {
    /// What the source calls it.
    #[serde(rename = "naam")]
    pub name: String,
    /// The gemeente that the source puts it in.
    #[serde(default)]
    pub gemeente: Option<String>,
    /// Its areas, of any levels.
    pub codes: Vec<AreaCode>,
    /// Whether the gemeente has yet to confirm that these are the areas meant.
    #[serde(default, rename = "kandidaat")]
    pub is_candidate: bool,
    /// What is to be known of it.
    #[serde(default, rename = "opmerking", deserialize_with = "maybe")]
    pub note: Option<Text>,
}

/// What is wrong with selections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
pub enum SelectionError {
    /// They do not read as TOML of the right shape.
    #[error("{0}")]
    Malformed(String),
    /// An id that does not fit in an address, or that is taken.
    #[error(
        "{0:?} cannot be the id of a selection: expected letters a-z, digits and '-', not {AD_HOC:?}"
    )]
    Id(SmolStr),
    /// Two with one id.
    #[error("selection {0} is there twice")]
    Twice(SmolStr),
    /// No areas at all.
    #[error("selection {0} has no codes")]
    Empty(SmolStr),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SelectionFile {
    selectie: Vec<Selection>,
}

impl Selection {
    /// Reads selections from TOML.
    ///
    /// # Errors
    /// When the text is malformed, or a selection cannot be.
    pub fn parse(text: &str) -> Result<Vec<Self>, SelectionError> {
        let file: SelectionFile =
            toml::from_str(text).map_err(|error| SelectionError::Malformed(error.to_string()))?;
        Self::check(&file.selectie)?;
        Ok(file.selectie)
    }

    /// Whether these selections can stand beside each other.
    ///
    /// # Errors
    /// When an id is taken or fits in no address, or a selection has no areas.
    pub fn check(all: &[Self]) -> Result<(), SelectionError> {
        for (at, one) in all.iter().enumerate() {
            let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            if !(1..=60).contains(&one.id.len()) || one.id == AD_HOC || !one.id.bytes().all(plain) {
                return Err(SelectionError::Id(one.id.clone()));
            }
            if all[..at].iter().any(|other| other.id == one.id) {
                return Err(SelectionError::Twice(one.id.clone()));
            }
            if one.all_codes().next().is_none() {
                return Err(SelectionError::Empty(one.id.clone()));
            }
        }
        Ok(())
    }

    /// Every code in it, in the order in which it names them.
    pub fn all_codes(&self) -> impl Iterator<Item = &AreaCode> {
        self.places.iter().flat_map(|place| &place.codes).chain(&self.codes)
    }
}

/// A text in both languages, or one for both.
fn maybe<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Text>, D::Error> {
    Text::one_or_both(from).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> SelectionError {
        Selection::parse(text).expect_err(text)
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let own = "[[selectie]]\nid = 'a'\nnaam = 'A'\ncodes = ['WK036301', 'BU00141000']\n";
        let read = Selection::parse(own).expect("a selection");
        assert_eq!(read[0].all_codes().count(), 2);
        assert_eq!((read[0].name.nl.as_str(), read[0].vintage), ("A", None));
        assert_eq!(wrong(&own.repeat(2)), SelectionError::Twice("a".into()));
        for id in ["eigen", "A", "a b", "", "é"] {
            let named = own.replace("'a'", &format!("'{id}'"));
            assert_eq!(wrong(&named), SelectionError::Id(id.into()), "{id}");
        }
        assert_eq!(wrong("[[selectie]]\nid = 'a'\nnaam = 'A'"), SelectionError::Empty("a".into()));
        for text in ["[[selectie]]", "kleur = 1", &own.replace("BU00141000", "BU!")] {
            assert!(matches!(wrong(text), SelectionError::Malformed(_)), "{text}");
        }
    }
}
