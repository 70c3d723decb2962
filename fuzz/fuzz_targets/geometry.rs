//! A geometry as a GeoPackage stores it, in a layer that is otherwise sound.
#![no_main]

use std::cell::OnceCell;

use libfuzzer_sys::fuzz_target;
use rusqlite::Connection;
use wijkzicht_fuzz::{path, read};

const LAYER: &str = "
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY,
        organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
    INSERT INTO gpkg_spatial_ref_sys VALUES ('RD New', 28992, 'EPSG', 28992, '');
    CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, srs_id INTEGER);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT,
        geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);
    INSERT INTO gpkg_contents VALUES ('buurten', 'features', 28992);
    INSERT INTO gpkg_geometry_columns VALUES ('buurten', 'geom', 'MULTIPOLYGON', 28992, 0, 0);
    CREATE TABLE buurten (fid INTEGER PRIMARY KEY, geom BLOB, buurtcode TEXT, buurtnaam TEXT);
    INSERT INTO buurten VALUES (1, NULL, 'BU00140000', 'A');";

thread_local! {
    static PACKAGE: OnceCell<Connection> = const { OnceCell::new() };
}

fuzz_target!(|data: &[u8]| {
    let path = path("wijkenbuurten_2024.gpkg");
    PACKAGE.with(|package| {
        let package = package.get_or_init(|| {
            let package = Connection::open(&path).expect("a new file");
            package.execute_batch(LAYER).expect("a layer");
            package
        });
        package.execute("UPDATE buurten SET geom = ?1", [data]).expect("a geometry");
    });
    read(&path);
});
