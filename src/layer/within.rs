//! What a layer is limited to.

use std::{collections::BTreeSet, fmt};

use smol_str::SmolStr;

use crate::{
    area::{AreaCode, Text},
    atlas::LevelCoverage,
};

/// The part of the country that a layer is limited to.
#[derive(Clone, Debug, PartialEq)]
pub enum Within {
    /// A gemeente or wijk.
    Area(AreaCode),
    /// The areas of a selection.
    Selection {
        /// Its id.
        id: SmolStr,
        /// What it is called.
        name: Text,
        /// Codes of any levels, on the division of the layer.
        codes: Vec<AreaCode>,
    },
}

impl Within {
    /// The ordinals of the areas of a level in it, ascending. Cost: that of
    /// [`LevelCoverage::within`] for each code.
    pub fn ordinals(&self, coverage: &LevelCoverage) -> Vec<usize> {
        match self {
            Self::Area(code) => coverage.within(code),
            Self::Selection { codes, .. } => {
                let areas: BTreeSet<_> =
                    codes.iter().flat_map(|code| coverage.within(code)).collect();
                areas.into_iter().collect()
            }
        }
    }
}

/// As it stands in addresses: the code, or the id of the selection.
impl fmt::Display for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Area(code) => code.fmt(f),
            Self::Selection { id, .. } => id.fmt(f),
        }
    }
}
