//! Palettes: colours as data, one TOML file each.

use std::{collections::BTreeMap, ops::RangeInclusive};

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::Rgb;
use crate::area::Text;

/// How many classes a palette has colours for; one class takes the middle of three.
pub const CLASS_COUNTS: RangeInclusive<usize> = 2..=9;

/// What an order of colours says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaletteKind {
    /// Two arms away from a middle.
    Diverging,
    /// From little to much.
    Sequential,
}

/// A palette: colours from low to high for each number of classes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Palette {
    /// The id, as it stands in addresses.
    pub id: SmolStr,
    /// What the order of its colours says.
    pub kind: PaletteKind,
    /// What it is called.
    pub name: Text,
    /// Where the colours come from, with the licence where there is one.
    pub source: Text,
    /// Colours from low to high: the ramp of 2 classes first, that of 9 last.
    ramps: Vec<Vec<Rgb>>,
}

/// What is wrong with the palettes.
#[derive(Debug, thiserror::Error)]
pub enum PaletteError {
    /// A file does not read as TOML of the right shape.
    #[error("{file}: {message}")]
    Malformed {
        /// The file.
        file: String,
        /// What the parser says.
        message: String,
    },
    /// An id stands there twice.
    #[error("{file}: palette {id} was already read from another file")]
    Twice {
        /// The file that holds the second one.
        file: String,
        /// The id.
        id: SmolStr,
    },
    /// A palette lacks a number of classes, or has too many or too few colours for one.
    #[error("{file}: palette {id} has ramps of {got:?} colours, expected one each of 2 to 9")]
    Ramps {
        /// The file.
        file: String,
        /// The palette.
        id: SmolStr,
        /// The lengths of the ramps, as they stand there.
        got: Vec<usize>,
    },
}

impl Palette {
    /// The colours of that many classes, low to high. One class takes the middle of three;
    /// `None` for none or more than nine.
    pub fn colours(&self, classes: usize) -> Option<&[Rgb]> {
        let first = *CLASS_COUNTS.start();
        if classes == 1 {
            return self.ramps.get(3 - first)?.get(1..2);
        }
        self.ramps.get(classes.checked_sub(first)?).map(Vec::as_slice)
    }
}

/// Every palette, by id.
#[derive(Clone, Debug, Default)]
pub struct Palettes {
    palettes: BTreeMap<SmolStr, Palette>,
}

impl Palettes {
    /// Reads palettes from TOML files, given as name and text, one palette a file.
    ///
    /// # Errors
    /// When a file is malformed, an id stands there twice, or a palette has not exactly one ramp
    /// for each of 2 to 9 classes, in that order.
    pub fn parse<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, PaletteError> {
        let mut palettes = BTreeMap::new();
        for (file, text) in files {
            let palette: Palette = toml::from_str(text).map_err(|error| {
                PaletteError::Malformed { file: file.to_owned(), message: error.to_string() }
            })?;
            let id = palette.id.clone();
            let got: Vec<usize> = palette.ramps.iter().map(Vec::len).collect();
            if !got.iter().copied().eq(CLASS_COUNTS) {
                return Err(PaletteError::Ramps { file: file.to_owned(), id, got });
            }
            if palettes.insert(id.clone(), palette).is_some() {
                return Err(PaletteError::Twice { file: file.to_owned(), id });
            }
        }
        Ok(Self { palettes })
    }

    /// The palette of that id.
    pub fn get(&self, id: &str) -> Option<&Palette> {
        self.palettes.get(id)
    }

    /// Every palette, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Palette> {
        self.palettes.values()
    }
}

#[cfg(test)]
const SHIPPED: [(&str, &str); 4] = [
    ("blauw-oranje.toml", include_str!("../../geodata/palettes/blauw-oranje.toml")),
    ("geelgroenblauw.toml", include_str!("../../geodata/palettes/geelgroenblauw.toml")),
    ("cividis.toml", include_str!("../../geodata/palettes/cividis.toml")),
    ("oranje-blauw.toml", include_str!("../../geodata/palettes/oranje-blauw.toml")),
];

/// The palettes of the product.
#[cfg(test)]
pub(super) fn shipped() -> Palettes {
    Palettes::parse(SHIPPED).expect("the palettes of the product")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ramp_has_as_many_colours_as_classes() {
        for palette in shipped().iter() {
            for classes in 1..=9 {
                assert_eq!(palette.colours(classes).map(<[Rgb]>::len), Some(classes));
            }
            assert_eq!(palette.colours(0), None);
            assert_eq!(palette.colours(10), None);
        }
    }

    #[test]
    fn diverging_ramps_are_symmetric_with_the_cream_only_in_odd_ones() {
        let palettes = shipped();
        let palette = palettes.get("blauw-oranje").expect("shipped");
        let nine = palette.colours(9).expect("nine classes");
        assert_eq!(nine.first().map(Rgb::to_string).as_deref(), Some("#7f2704"));
        assert_eq!(nine.last().map(Rgb::to_string).as_deref(), Some("#0b3c73"));
        for classes in 1..=9 {
            let colours = palette.colours(classes).expect("1 to 9 classes");
            let places: Vec<usize> = colours
                .iter()
                .map(|colour| nine.iter().position(|c| c == colour).expect("one of the nine"))
                .collect();
            assert!(places.is_sorted_by(|a, b| a < b), "{classes}: {places:?}");
            let mirrored: Vec<usize> = places.iter().rev().map(|place| 8 - place).collect();
            assert_eq!(places, mirrored);
            assert_eq!(places.contains(&4), classes % 2 == 1);
        }
    }

    #[test]
    fn faulty_files_are_named() {
        let [(file, text), ..] = SHIPPED;
        let twice = Palettes::parse([(file, text), ("again.toml", text)]);
        assert!(matches!(twice, Err(PaletteError::Twice { file, .. }) if file == "again.toml"));
        let colour = Palettes::parse([(file, text.replacen("#b8460b", "#b8460", 1).as_str())]);
        assert!(
            matches!(colour, Err(PaletteError::Malformed { message, .. }) if message.contains("#b8460"))
        );
        let missing = text.replacen("\"#b8460b\", ", "", 1);
        let missing = Palettes::parse([(file, missing.as_str())]);
        assert!(
            matches!(missing, Err(PaletteError::Ramps { got, .. }) if got == [1, 3, 4, 5, 6, 7, 8, 9])
        );
    }
}
