//! Small sound files, to be read or to be spoilt.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::Connection;
use shapefile::{
    Point, Polygon, PolygonRing, Writer,
    dbase::{self, FieldName, TableWriterBuilder},
};

/// A shapefile of two wijken side by side.
pub fn shapefile(folder: &Path) -> PathBuf {
    let name = |name: &str| FieldName::try_from(name).expect("at most ten characters");
    let table = TableWriterBuilder::new()
        .add_character_field(name("WK_CODE"), 8)
        .add_character_field(name("WK_NAAM"), 60)
        .add_character_field(name("GM_CODE"), 6)
        .add_character_field(name("GM_NAAM"), 60)
        .add_numeric_field(name("AANT_INW"), 10, 0);
    let path = folder.join("wijk_2016.shp");
    let mut writer = Writer::from_path(&path, table).expect("a new shapefile");
    for (number, x) in [(0, 100_000.0), (1, 101_000.0)] {
        let corners = [(0.0, 0.0), (0.0, 1_000.0), (1_000.0, 1_000.0), (1_000.0, 0.0), (0.0, 0.0)];
        let ring = corners.iter().map(|(dx, dy)| Point::new(x + dx, 400_000.0 + dy)).collect();
        let mut record = dbase::Record::default();
        let character = |value: &str| dbase::FieldValue::Character(Some(value.to_owned()));
        record.insert("WK_CODE".to_owned(), character(&format!("WK00010{number}")));
        record.insert("WK_NAAM".to_owned(), character("'s-Gravenzijde"));
        record.insert("GM_CODE".to_owned(), character("GM0001"));
        record.insert("GM_NAAM".to_owned(), character("Dorp"));
        record.insert("AANT_INW".to_owned(), dbase::FieldValue::Numeric(Some(500.0)));
        writer
            .write_shape_and_record(&Polygon::new(PolygonRing::Outer(ring)), &record)
            .expect("a record");
    }
    drop(writer);
    let rd = "PROJCS[\"RD_New\",GEOGCS[\"GCS_Amersfoort\",DATUM[\"D_Amersfoort\",\
              SPHEROID[\"Bessel_1841\",6377397.155,299.1528128]],PRIMEM[\"Greenwich\",0.0],\
              UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Double_Stereographic\"],\
              PARAMETER[\"False_Easting\",155000.0],PARAMETER[\"False_Northing\",463000.0],\
              PARAMETER[\"Central_Meridian\",5.38763888888889],PARAMETER[\"Scale_Factor\",0.9999079],\
              PARAMETER[\"Latitude_Of_Origin\",52.15616055555555],UNIT[\"Meter\",1.0]]";
    fs::write(path.with_extension("prj"), rd).expect("a temporary file");
    path
}

/// A GeoPackage with one layer.
pub fn geopackage(
    folder: &Path,
    file: &str,
    layer: &str,
    columns: &str,
    rows: &[(&str, Vec<u8>)],
) -> PathBuf {
    let path = folder.join(file);
    let connection = Connection::open(&path).expect("a new file");
    connection
        .execute_batch(&format!(
            "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY,
               organization TEXT, organization_coordsys_id INTEGER, definition TEXT, description TEXT);
             INSERT INTO gpkg_spatial_ref_sys VALUES ('RD', 28992, 'EPSG', 28992, 'undefined', NULL);
             CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT,
               description TEXT, last_change TEXT, min_x, min_y, max_x, max_y, srs_id INTEGER);
             INSERT INTO gpkg_contents VALUES
               ('{layer}', 'features', '{layer}', '', '2024-01-01T00:00:00Z', 0, 0, 0, 0, 28992);
             CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT,
               geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);
             INSERT INTO gpkg_geometry_columns VALUES ('{layer}', 'geom', 'MULTIPOLYGON', 28992, 0, 0);
             CREATE TABLE \"{layer}\" (fid INTEGER PRIMARY KEY, geom BLOB, {columns});
             PRAGMA application_id = 1196444487; PRAGMA user_version = 10300;"
        ))
        .expect("a GeoPackage");
    for (values, geometry) in rows {
        connection
            .execute(&format!("INSERT INTO \"{layer}\" VALUES (NULL, ?, {values})"), [geometry])
            .expect("a row");
    }
    path
}

/// A polygon as a GeoPackage stores it, without envelope.
pub fn polygon(corners: &[(f64, f64)]) -> Vec<u8> {
    let mut bytes = b"GP\x00\x01".to_vec();
    bytes.extend(28_992_i32.to_le_bytes());
    bytes.push(1);
    for number in [3_u32, 1, u32::try_from(corners.len()).expect("few corners")] {
        bytes.extend(number.to_le_bytes());
    }
    for (x, y) in corners {
        bytes.extend(x.to_le_bytes());
        bytes.extend(y.to_le_bytes());
    }
    bytes
}

/// The corners of a square of a kilometre.
pub const SQUARE: [(f64, f64); 5] = [
    (150_000.0, 450_000.0),
    (151_000.0, 450_000.0),
    (151_000.0, 451_000.0),
    (150_000.0, 451_000.0),
    (150_000.0, 450_000.0),
];

/// Puts a file in the place of another, as an import does.
pub fn replace(from: &Path, to: &Path) {
    let beside = to.with_extension("new");
    fs::copy(from, &beside).expect("copied");
    fs::rename(&beside, to).expect("renamed");
}
