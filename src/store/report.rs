//! What an import did, for people and machines.

use serde::Serialize;

use crate::{
    area::{AreaCode, Level, Vintage},
    source::{IgnoredTable, Provenance, TableNote},
};

use super::ChangeRecord;

/// What was repaired about the shapes of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RepairReport {
    /// The area.
    pub code: String,
    /// Its record in the file.
    pub record: u64,
    /// What was done, in words.
    #[serde(rename = "hersteld")]
    pub repaired: String,
}

/// How the shapes of a table were made to fit each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FitReport {
    /// How many places lay in several areas.
    #[serde(rename = "overlappen")]
    pub overlaps: usize,
    /// Their size together, square metres.
    #[serde(rename = "overlappenM2")]
    pub overlaps_m2: f64,
    /// How many narrow places lay in none, between areas.
    #[serde(rename = "kieren")]
    pub gaps: usize,
    /// Their size together, square metres.
    #[serde(rename = "kierenM2")]
    pub gaps_m2: f64,
    /// The areas whose size changed by it.
    #[serde(rename = "aangepast")]
    pub changed: Vec<FitChange>,
    /// Areas of which nothing is left, since others cover them wholly: they have no shape.
    #[serde(rename = "verdwenen")]
    pub vanished: Vec<AreaCode>,
    /// Areas whose borders cross a neighbour's even so.
    #[serde(rename = "onhersteld")]
    pub unsettled: Vec<AreaCode>,
}

/// An area whose size changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FitChange {
    /// The area.
    pub code: AreaCode,
    /// Size after less size before, square metres.
    #[serde(rename = "verschilM2")]
    pub change_m2: f64,
}

/// The shapes of one division and level in a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AreasReport {
    /// The division.
    #[serde(rename = "indeling")]
    pub vintage: Vintage,
    /// The level.
    #[serde(rename = "niveau")]
    pub level: Level,
    /// How many areas.
    #[serde(rename = "gebieden")]
    pub areas: usize,
    /// How many of them are water.
    pub water: usize,
    /// How many vertices.
    #[serde(rename = "hoekpunten")]
    pub vertices: usize,
    /// Every repaired shape.
    #[serde(rename = "hersteld")]
    pub repaired: Vec<RepairReport>,
    /// How they were made to fit each other.
    #[serde(rename = "passend")]
    pub fitted: FitReport,
    /// Whether these shapes are now the atlas's; `false` where others were better.
    #[serde(rename = "overgenomen")]
    pub taken: bool,
}

/// What one file brought.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FileReport {
    /// The file.
    #[serde(rename = "bron")]
    pub provenance: Provenance,
    /// What was read, table by table.
    #[serde(rename = "tabellen")]
    pub tables: Vec<TableNote>,
    /// Layers and sheets that were not read.
    #[serde(rename = "nietGelezen")]
    pub ignored_tables: Vec<IgnoredTable>,
    /// Its shapes.
    #[serde(rename = "vlakken")]
    pub areas: Vec<AreasReport>,
    /// Values that were new or won from another file's.
    #[serde(rename = "waardenOvergenomen")]
    pub taken: u64,
    /// Values that agree with another file's, or were there already.
    #[serde(rename = "waardenGelijk")]
    pub agreeing: u64,
    /// Numbers that another file gives with more or fewer decimals.
    #[serde(rename = "waardenAfgerond")]
    pub rounded: u64,
    /// Numbers that differ from another file's.
    #[serde(rename = "waardenVerschillend")]
    pub disagreeing: u64,
    /// A few of those.
    #[serde(rename = "verschillen")]
    pub disagreements: Vec<String>,
    /// Codes that replace others.
    #[serde(rename = "hercoderingen")]
    pub recoded: usize,
    /// How the codes of its values met the shapes that the atlas has now.
    #[serde(rename = "koppeling")]
    pub joins: Vec<JoinReport>,
}

/// How the codes of a file met the areas of a division and level.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JoinReport {
    /// The division of the codes.
    #[serde(rename = "indeling")]
    pub vintage: Vintage,
    /// The level of the codes.
    #[serde(rename = "niveau")]
    pub level: Level,
    /// Codes that have a shape.
    #[serde(rename = "metVlak")]
    pub matched: usize,
    /// Codes without a shape: their values are kept and wait.
    #[serde(rename = "zonderVlak")]
    pub unmatched: usize,
    /// A few of those.
    #[serde(rename = "voorbeelden")]
    pub examples: Vec<AreaCode>,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// The atlas.
    pub atlas: String,
    /// The version of its contents; the same contents have the same version.
    #[serde(rename = "versie")]
    pub version: String,
    /// Whether the atlas is another than before.
    #[serde(rename = "gewijzigd")]
    pub changed: bool,
    /// What changed by it, as the atlas keeps it; `null` where nothing did.
    #[serde(rename = "wijzigingen")]
    pub changes: Option<ChangeRecord>,
    /// What each file brought, in the order given.
    #[serde(rename = "bestanden")]
    pub files: Vec<FileReport>,
    /// Seconds for all of it.
    #[serde(rename = "seconden")]
    pub seconds: f64,
}
