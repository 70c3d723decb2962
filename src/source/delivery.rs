//! What one file delivered, in the atlas's words.

use std::collections::BTreeMap;

use geo_types::MultiPolygon;
use serde::Serialize;

use crate::{
    area::{AddressTable, AreaCode, Flag, Level, Vintage, Year},
    indicator::{Reason, Series},
};

/// Where figures come from; travels with every answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Provenance {
    /// The file's name, without its folder.
    #[serde(rename = "bestand")]
    pub file: String,
    /// SHA-256 of the file (of the `.shp` and the `.dbf` together for a shapefile), in hex.
    #[serde(rename = "controlegetal")]
    pub checksum: String,
    /// The size in bytes of what the checksum is over.
    #[serde(rename = "omvang")]
    pub size: u64,
    /// The publisher and title as they must be named: "CBS / Kadaster".
    #[serde(rename = "uitgever")]
    pub publisher: String,
    /// The licence's name: "CC BY 4.0".
    #[serde(rename = "licentie")]
    pub licence: String,
    /// Which delivery of the year it is (`v1`); empty where the publisher has but one.
    #[serde(rename = "levering")]
    pub delivery: String,
    /// The dialect that the file was read in.
    pub dialect: String,
}

/// One area as a file delivers it.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaRecord {
    /// Its code.
    pub code: AreaCode,
    /// Its name, trimmed.
    pub name: String,
    /// The name of its gemeente, where the record gives it.
    pub gemeente: Option<String>,
    /// The marks that the file gives it.
    pub flags: Vec<Flag>,
    /// Its shape in RD New metres, as delivered: not yet snapped or repaired.
    pub shape: MultiPolygon<f64>,
    /// Its record in the file, counted from 1.
    pub record: u64,
}

/// The areas of one division and level in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaTable {
    /// The division.
    pub vintage: Vintage,
    /// The level.
    pub level: Level,
    /// The areas, each code once, in the file's order.
    pub areas: Vec<AreaRecord>,
}

/// What said which year, level or vintage a table has. Printed, since a guess wants checking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// An option of the command.
    Option,
    /// A column of the table.
    Column,
    /// The file's own metadata, or the name of a layer or sheet.
    Metadata,
    /// A rule of the dialect.
    Dialect,
    /// The codes themselves.
    Codes,
    /// The file's name: a guess.
    FileName,
}

/// A record or cell that was left out, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The record in the file, counted from 1.
    pub record: u64,
    /// Why, naming what was expected.
    #[serde(rename = "reden")]
    pub reason: String,
}

/// What was read from one table (layer, sheet, level) of a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TableNote {
    /// The layer or sheet, or the file's name where it has but one table.
    #[serde(rename = "tabel")]
    pub table: String,
    /// The level of its codes.
    #[serde(rename = "niveau")]
    pub level: Level,
    /// What said so.
    #[serde(rename = "niveauUit")]
    pub level_from: Origin,
    /// The division of its codes.
    #[serde(rename = "indeling")]
    pub vintage: Vintage,
    /// What said so.
    #[serde(rename = "indelingUit")]
    pub vintage_from: Origin,
    /// The years of its figures.
    #[serde(rename = "jaren")]
    pub years: Vec<Year>,
    /// What said so.
    #[serde(rename = "jarenUit")]
    pub years_from: Origin,
    /// Records read.
    pub records: u64,
    /// Records with a shape.
    #[serde(rename = "vormen")]
    pub shapes: u64,
    /// Numbers read.
    #[serde(rename = "getallen")]
    pub numbers: u64,
    /// Addresses read: postcodes, with a house number or without.
    #[serde(rename = "adressen")]
    pub addresses: u64,
    /// Missing values read, by reason.
    #[serde(rename = "ontbrekend")]
    pub missing: BTreeMap<Reason, u64>,
    /// Columns that no indicator takes.
    #[serde(rename = "kolommenNietGebruikt")]
    pub ignored_columns: Vec<String>,
    /// Records that were left out on purpose (a total row, abroad), at most 20 of them.
    #[serde(rename = "overgeslagen")]
    pub skipped: Vec<Skipped>,
    /// How many were left out in all.
    #[serde(rename = "aantalOvergeslagen")]
    pub skipped_count: u64,
    /// Names that came with their accents encoded twice, and were put right.
    #[serde(rename = "namenHersteld")]
    pub repaired_names: u64,
}

/// A layer or sheet that was not read, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IgnoredTable {
    /// The layer or sheet.
    #[serde(rename = "tabel")]
    pub table: String,
    /// Why.
    #[serde(rename = "reden")]
    pub reason: String,
}

/// Codes of a division that replace others, border for border.
#[derive(Clone, Debug, PartialEq)]
pub struct Recode {
    /// The division of the new codes.
    pub vintage: Vintage,
    /// Their level.
    pub level: Level,
    /// The code before and the code after.
    pub pairs: Vec<(AreaCode, AreaCode)>,
}

/// What one file delivered.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// Where it comes from.
    pub provenance: Provenance,
    /// Shapes, by division and level.
    pub tables: Vec<AreaTable>,
    /// Values, by indicator, year, division and level.
    pub series: Vec<Series>,
    /// Values whose codes must tell the division: the key holds the one that they wait for as long
    /// as no areas bear them.
    pub floating: Vec<Series>,
    /// Codes that replace others.
    pub recodes: Vec<Recode>,
    /// Addresses, by division.
    pub addresses: Vec<(Vintage, AddressTable)>,
    /// What was read, table by table.
    pub notes: Vec<TableNote>,
    /// Layers or sheets that were not read.
    pub ignored_tables: Vec<IgnoredTable>,
}

impl Delivery {
    /// A delivery that holds nothing yet.
    pub fn of(provenance: Provenance) -> Self {
        Self {
            provenance,
            tables: Vec::new(),
            series: Vec::new(),
            floating: Vec::new(),
            recodes: Vec::new(),
            addresses: Vec::new(),
            notes: Vec::new(),
            ignored_tables: Vec::new(),
        }
    }
}
