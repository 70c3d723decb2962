//! What is sent: a coloured layer as GeoJSON, table, QGIS style and legend.

mod borders;
mod geojson;
mod legend;
mod locate;
mod number;
mod order;
mod paint;
mod pmtiles;
mod qml;
mod spec;
mod standing;
mod table;
#[cfg(test)]
mod testdata;
mod tile;
mod topojson;
mod value_column;

pub use self::geojson::{area_class_name, geojson};
pub use borders::{BORDERS_TYPE, borders, zoom_of};
pub use legend::{ClassEntry, Cover, FlagEntry, LegendBody, ReasonEntry, legend};
pub use locate::{
    ADDED_COLUMNS, CoordinateOptions, LocateCounts, LocateError, LocateOptions, MAX_RECORD, Places,
    RowFault, TableCrs, locate_addresses, locate_csv,
};
pub use number::{format_number, short};
pub use order::order_hash;
pub use paint::{PaintError, PaintedArea, PaintedLayer, class_of, paint, publisher_class};
pub use pmtiles::{ARCHIVE_ZOOMS, pmtiles};
pub use qml::qml;
pub use spec::{LayerCrs, LayerSpec, Scope};
pub use standing::{ranked, standing_among, standings};
pub use table::csv;
pub use tile::{
    ClipBox, ClipScratch, Cutter, DEEPEST, DESCRIBED_TO, EXTENT, GridRings, TILE_TYPE, Tile,
    TileFields, tile,
};
pub use topojson::topojson;
pub use value_column::{VALUES_TYPE, value_column};
