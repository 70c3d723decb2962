//! What the file says of itself, and what its tables are called.

use crate::area::{Level, Vintage};

/// `GPKG` as the header of a GeoPackage 1.2 and later has it.
pub(super) const APPLICATION_ID: i32 = 0x4750_4B47;

/// GeoPackage 1.3, whose readers take any last two digits: those are the schema of the atlas.
pub(super) const USER_VERSION_BASE: u32 = 10_300;

/// The schema that this program writes. Schema 4 had no `verhalen` and no `eigen_niveaus`. Schema 3
/// had no `wijzigingen` and no `eigen_onderwerpen`. Schema 2 had no `grenzen`: its shapes are made to
/// fit when they are read. Schema 1 had no `adressen` and no `hercoderingen` either, and no series of
/// which the codes tell the division.
pub(super) const SCHEMA: u32 = 5;

/// The name of the feature table of a division and level: `buurten_2024`. Own levels have a
/// hyphen at most, which SQLite takes between quotes.
pub(super) fn table_name(vintage: Vintage, level: &Level) -> String {
    format!("{}_{vintage}", level.plural())
}
