//! What an area is, above what is said of it: its name, its marks, what it lies in.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    area::{AreaCode, Flag, Level, Text},
    atlas::{Atlas, LevelCoverage},
};

/// A code and what it is called.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AreaName {
    /// The code.
    #[schema(value_type = String)]
    pub code: AreaCode,
    /// The name.
    #[serde(rename = "naam")]
    pub name: String,
}

/// Why an area has a mark.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlagReason {
    /// The mark.
    #[serde(rename = "vlag")]
    #[schema(value_type = String)]
    flag: Flag,
    /// Why, in words.
    #[serde(rename = "reden")]
    pub(super) reason: Text,
}

/// What an area is, above what is said of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaHeading {
    #[schema(value_type = String)]
    pub(super) code: AreaCode,
    #[serde(rename = "naam")]
    pub(super) name: String,
    #[serde(rename = "niveau")]
    pub(super) level: String,
    /// The division.
    #[serde(rename = "jaar")]
    pub(super) vintage: u16,
    #[serde(rename = "vlaggen")]
    #[schema(value_type = Vec<String>)]
    pub(super) flags: Vec<Flag>,
    /// Why it has a mark, where that is not plain.
    #[serde(rename = "vlagredenen")]
    pub(super) flag_reasons: Vec<FlagReason>,
    /// The gemeente that it lies in; `null` for a gemeente.
    pub(super) gemeente: Option<AreaName>,
    /// The wijk that it lies in; `null` for a wijk or gemeente.
    pub(super) wijk: Option<AreaName>,
    /// West, south, east, north in degrees.
    #[serde(rename = "omvang")]
    pub(super) extent: [f64; 4],
}

/// What an area is.
pub(super) fn heading(atlas: &Atlas, coverage: &LevelCoverage, ordinal: usize) -> AreaHeading {
    AreaHeading {
        code: coverage.codes()[ordinal].clone(),
        name: coverage.name(ordinal).to_owned(),
        level: coverage.level.to_string(),
        vintage: coverage.vintage.get(),
        flags: coverage.flags(ordinal).to_vec(),
        flag_reasons: flag_reasons(coverage, ordinal),
        gemeente: gemeente_of(atlas, coverage, ordinal),
        wijk: parent(atlas, coverage, ordinal, &Level::Wijk),
        extent: coverage.extent(ordinal),
    }
}

/// Why an area has its marks, where that is not plain.
pub(super) fn flag_reasons(coverage: &LevelCoverage, ordinal: usize) -> Vec<FlagReason> {
    let why = coverage.hardly_residential(ordinal);
    let why = why.map(|why| FlagReason { flag: Flag::NauwelijksWoongebied, reason: why.text() });
    why.into_iter().collect()
}

/// The gemeente that an area lies in; `None` for a gemeente.
pub(super) fn gemeente_of(
    atlas: &Atlas,
    coverage: &LevelCoverage,
    ordinal: usize,
) -> Option<AreaName> {
    parent(atlas, coverage, ordinal, &Level::Gemeente)
}

/// The gemeente or wijk that an area lies in; `None` for itself.
pub(super) fn parent(
    atlas: &Atlas,
    coverage: &LevelCoverage,
    ordinal: usize,
    level: &Level,
) -> Option<AreaName> {
    let code = &coverage.codes()[ordinal];
    if *level == Level::Gemeente {
        let parent = coverage.gemeente(ordinal).filter(|parent| parent != code)?;
        let name = atlas.gemeente_name(coverage, ordinal)?.to_owned();
        return Some(AreaName { code: parent, name });
    }
    let parent = code.wijk().filter(|parent| parent != code)?;
    let above = atlas.coverage(coverage.vintage, level)?;
    let name = above.name(above.ordinal(&parent)?).to_owned();
    Some(AreaName { code: parent, name })
}
