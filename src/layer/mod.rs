//! What is sent: a coloured layer as GeoJSON, table, workbook, GeoPackage, picture, QGIS style and
//! legend; every value as a long table.

mod borders;
mod cell_name;
mod class_name;
mod conversion;
mod day;
mod document;
mod fingerprint;
mod geojson;
mod gpkg;
mod legend;
mod locate;
mod long;
mod number;
mod order;
mod paint;
mod pair;
mod pair_legend;
mod picture;
mod pmtiles;
mod qml;
mod quantity;
mod source_file;
mod spec;
mod standing;
mod summary;
mod table;
#[cfg(test)]
mod testdata;
mod tile;
mod topojson;
mod value_column;
mod within;
mod words;
mod workbook;
mod xlsx;
mod xml;

pub use crate::crs::LayerCrs;

pub use self::geojson::geojson;
pub use borders::{BORDERS_TYPE, borders, zoom_of};
pub use class_name::{area_class_name, area_class_text, area_second_text, area_value_text};
pub use conversion::{ConversionEntry, WayEntry, conversion};
pub use day::day_text;
pub use document::document;
pub use fingerprint::fingerprint;
pub use gpkg::gpkg;
pub use legend::{ClassEntry, Cover, FlagEntry, LegendBody, ReasonEntry, legend};
pub use locate::{
    ADDED_COLUMNS, ColumnFault, Columns, DivisionGazetteer, Gazetteer, LocateBy, LocateCounts,
    LocateError, LocateOptions, Locating, MAX_RECORD, Places, RowFault, TableCrs, TableForm,
    locate,
};
pub use long::{LongError, LongFilter, long_csv, long_xlsx};
pub use number::{format_number, short};
pub use order::order_hash;
pub use paint::{PaintError, PaintedArea, PaintedLayer, class_of, paint, publisher_class};
pub use pair::Pair;
pub use pair_legend::{AnyLegend, AxisEntry, CellEntry, PairLegend, any_legend};
pub use picture::{
    Overlay, PICTURE_PIXELS, PICTURE_SCALE, PICTURE_SIDE, PictureError, PictureSize, SizeError,
    outline, overlay, png, svg,
};
pub use pmtiles::{ARCHIVE_ZOOMS, pmtiles};
pub use qml::qml;
pub use quantity::{figure_in_short, percent, quantity, word_of_unit};
pub use source_file::SourceFile;
pub use spec::{LayerSpec, Scope, Second};
pub use standing::{ranked, standing_among, standings};
pub use summary::{LONGEST_ALT, Summary, summary};
pub use table::{csv, guarded};
pub use tile::{
    ClipBox, ClipScratch, Cutter, DEEPEST, DESCRIBED_TO, EXTENT, GridRings, TILE_TYPE, Tile,
    TileFields, tile,
};
pub use topojson::topojson;
pub use value_column::{VALUES_TYPE, value_column};
pub use within::Within;
pub use workbook::WorkbookError;
pub use xlsx::xlsx;
pub use xml::escape;
