//! What is sent: a coloured layer as GeoJSON, table, QGIS style and legend.

mod class_name;
mod geojson;
mod legend;
mod locate;
mod number;
mod paint;
mod qml;
mod spec;
mod standing;
mod table;
#[cfg(test)]
pub(crate) mod testdata;

pub use crate::crs::LayerCrs;

pub use self::geojson::geojson;
pub use class_name::area_class_name;
pub use legend::{ClassEntry, Cover, FlagEntry, LegendBody, ReasonEntry, legend};
pub use locate::{
    ADDED_COLUMNS, CoordinateOptions, LocateCounts, LocateError, LocateOptions, MAX_RECORD, Places,
    RowFault, TableCrs, locate_addresses, locate_csv,
};
pub use number::{format_number, short};
pub use paint::{PaintError, PaintedArea, PaintedLayer, class_of, paint, publisher_class};
pub use qml::qml;
pub use spec::{LayerSpec, Scope};
pub use standing::{ranked, standing_among, standings};
pub use table::csv;
