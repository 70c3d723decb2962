//! An atlas of an older schema: read as it is, and written anew by the next import.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::Connection;
use serde_json::Value;

use crate::harness::{Server, canonical_dump, geopackage, polygon, run, scratch, shapefile};

/// What an older program made of the atlas: no addresses, no recodes, no floating series, and of
/// shapes only whether all three levels came together.
fn to_schema_1(atlas: &Path) {
    let schema_1 = "
        DROP TABLE eigen_niveaus;
        DROP TABLE eigen_onderwerpen;
        DROP TABLE wijzigingen;
        DELETE FROM gpkg_contents WHERE table_name = 'wijzigingen';
        DROP TABLE grenzen;
        DROP TABLE adressen;
        DROP TABLE hercoderingen;
        DELETE FROM gpkg_contents WHERE table_name = 'hercoderingen';
        ALTER TABLE reeksen DROP COLUMN zwevend;
        UPDATE over SET waarde = substr(waarde, 1, instr(waarde, ' ')) || (waarde LIKE '% 3')
          WHERE sleutel LIKE 'vlakken/%';
        PRAGMA user_version = 10301;";
    let connection = Connection::open(atlas).expect("the atlas");
    connection.execute_batch(schema_1).expect("an atlas of schema 1");
}

/// What an older program made of the atlas: no history.
fn to_schema_3(atlas: &Path) {
    let schema_3 = "
        DROP TABLE eigen_niveaus;
        DROP TABLE eigen_onderwerpen;
        DROP TABLE wijzigingen;
        DELETE FROM gpkg_contents WHERE table_name = 'wijzigingen';
        PRAGMA user_version = 10303;";
    let connection = Connection::open(atlas).expect("the atlas");
    connection.execute_batch(schema_3).expect("an atlas of schema 3");
}

/// What the program before this one made of the atlas: no stories.
fn to_schema_4(atlas: &Path) {
    let schema_4 = "
        DROP TABLE verhalen;
        DELETE FROM gpkg_contents WHERE table_name = 'verhalen';
        PRAGMA user_version = 10304;";
    let connection = Connection::open(atlas).expect("the atlas");
    connection.execute_batch(schema_4).expect("an atlas of schema 4");
}

fn schema(atlas: &Path) -> i64 {
    Connection::open(atlas)
        .and_then(|atlas| atlas.query_row("PRAGMA user_version", [], |row| row.get(0)))
        .expect("an atlas")
}

/// A gemeente, its wijk and two buurten in one file: levels that nest.
fn country(folder: &Path) -> PathBuf {
    let block = |from: f64, to: f64| {
        let corners = [(from, 0.0), (to, 0.0), (to, 900.0), (from, 900.0), (from, 0.0)];
        polygon(&corners.map(|(x, y)| (x + 150_000.0, y + 450_000.0)))
    };
    let columns = "buurtcode TEXT, buurtnaam TEXT, gemeentenaam TEXT, water TEXT, \
                   aantal_inwoners INTEGER";
    let path = geopackage(
        folder,
        "wijkenbuurten_2024_v1.gpkg",
        "buurten",
        columns,
        &[
            ("'BU00010000', 'Dorp', 'Dorp', 'NEE', 1200", block(0.0, 500.0)),
            ("'BU00010001', 'Veld', 'Dorp', 'NEE', -99997", block(500.0, 900.0)),
        ],
    );
    let connection = Connection::open(&path).expect("the file");
    for (layer, columns, values) in [
        ("wijken", "wijkcode TEXT, wijknaam TEXT, gemeentenaam TEXT", "'WK000100', 'Wijk', 'Dorp'"),
        ("gemeenten", "gemeentecode TEXT, gemeentenaam TEXT", "'GM0001', 'Dorp'"),
    ] {
        connection
            .execute_batch(&format!(
                "CREATE TABLE {layer} (fid INTEGER PRIMARY KEY, geom BLOB, {columns});
                 INSERT INTO gpkg_contents SELECT '{layer}', data_type, '{layer}', '', last_change,
                   0, 0, 0, 0, srs_id FROM gpkg_contents WHERE table_name = 'buurten';
                 INSERT INTO gpkg_geometry_columns SELECT '{layer}', 'geom', geometry_type_name,
                   srs_id, 0, 0 FROM gpkg_geometry_columns WHERE table_name = 'buurten';"
            ))
            .expect("a layer");
        connection
            .execute(&format!("INSERT INTO {layer} VALUES (1, ?, {values})"), [block(0.0, 900.0)])
            .expect("a row");
    }
    path
}

fn import(atlas: &Path, file: &Path) -> Value {
    let paths = [atlas, file].map(|path| path.to_str().expect("UTF-8"));
    let said = run(&["import", "--json", "--data", paths[0], paths[1]]).succeeded().stdout;
    serde_json::from_str(&said).expect("a report in JSON")
}

/// What `check` says, and what the server answers with its entity tags.
fn told(atlas: &Path) -> Vec<String> {
    told_of(
        atlas,
        &[
            "/v1/indicatoren",
            "/v1/gebieden/BU00010000?jaar=2024",
            "/v1/gebieden/WK000100?jaar=2016",
            "/v1/lagen/buurten.geojson?indicator=inwoners&jaar=2024",
            "/v1/locaties?x=150700&y=450100",
        ],
    )
}

/// The same for these targets.
fn told_of(atlas: &Path, targets: &[&str]) -> Vec<String> {
    let path = atlas.to_str().expect("UTF-8");
    let mut told = vec![run(&["check", "--data", path, "--json"]).succeeded().stdout];
    let server = Server::on(atlas);
    for target in targets {
        let answer = server.get(target);
        assert_eq!(answer.status, 200, "{target}: {}", answer.text());
        told.push(format!("{:?} {}", answer.header("etag"), answer.text()));
    }
    told
}

#[test]
fn an_atlas_of_schema_1_is_read_and_the_next_import_upgrades_it() {
    let folder = scratch();
    let folder = folder.path();
    let atlas = folder.join("atlas.gpkg");
    let (wijken, country) = (shapefile(folder), country(folder));
    import(&atlas, &wijken);
    import(&atlas, &country);
    let (whole, said) = (canonical_dump(&atlas), told(&atlas));
    assert!(whole.iter().any(|row| row.contains("vlakken/2024/buurten") && row.contains(" 3\"")));

    to_schema_1(&atlas);
    let old = fs::read(&atlas).expect("the atlas");
    for (before, after) in said.iter().zip(told(&atlas)) {
        assert_eq!(*before, after);
    }
    assert!(old == fs::read(&atlas).expect("the atlas"), "whoever reads changes nothing");
    assert_eq!(schema(&atlas), 10_301);

    // A file that is there already: nothing new, but the schema.
    let report = import(&atlas, &wijken);
    assert_eq!(report["gewijzigd"], false, "{report}");
    assert_eq!(schema(&atlas), 10_305);
    assert_eq!(canonical_dump(&atlas), whole);
    let new = fs::read(&atlas).expect("the atlas");
    import(&atlas, &wijken);
    assert!(new == fs::read(&atlas).expect("the atlas"), "once is enough");

    // A file that is new, into an old atlas: as if it had come into a new one.
    let scores = folder.join("Leefbaarometer-scores buurten 2024.csv");
    let text = "bu_code,bu_naam,jaar,lbm,afw,fys,onv,soc,vrz,won\n\
                BU00010000,Dorp,2024,4.2,0.1,0.02,0.02,0.02,0.02,0.02\n";
    fs::write(&scores, text).expect("a temporary file");
    let other = folder.join("other.gpkg");
    fs::copy(&atlas, &other).expect("a temporary file");
    to_schema_1(&other);
    for atlas in [&atlas, &other] {
        assert_eq!(import(atlas, &scores)["gewijzigd"], true);
        assert_eq!(schema(atlas), 10_305);
    }
    assert_eq!(canonical_dump(&atlas), canonical_dump(&other));
}

#[test]
fn an_atlas_of_schema_3_gets_its_history_with_the_next_import_that_changes_it() {
    let folder = scratch();
    let folder = folder.path();
    let atlas = folder.join("atlas.gpkg");
    let (wijken, country) = (shapefile(folder), country(folder));
    import(&atlas, &wijken);
    to_schema_3(&atlas);
    let said = told_of(&atlas, &["/v1/gebieden/WK000100?jaar=2016"]);
    assert_eq!(Server::on(&atlas).get("/v1/wijzigingen").ok()["wijzigingen"], Value::Array(vec![]));
    let report = import(&atlas, &wijken);
    assert_eq!((&report["gewijzigd"], &report["wijzigingen"]), (&false.into(), &Value::Null));
    assert_eq!(schema(&atlas), 10_305);
    assert_eq!(told_of(&atlas, &["/v1/gebieden/WK000100?jaar=2016"]), said);
    let report = import(&atlas, &country);
    assert_eq!(report["wijzigingen"]["gebieden"].as_array().map(Vec::len), Some(3), "{report:#}");
    let list = Server::on(&atlas).get("/v1/wijzigingen").ok();
    assert_eq!(list["wijzigingen"].as_array().map(Vec::len), Some(1));
}

#[test]
fn an_atlas_of_schema_4_has_no_stories_and_gets_room_for_them() {
    let folder = scratch();
    let folder = folder.path();
    let atlas = folder.join("atlas.gpkg");
    let (wijken, country) = (shapefile(folder), country(folder));
    import(&atlas, &wijken);
    import(&atlas, &country);
    let (whole, said) = (canonical_dump(&atlas), told(&atlas));
    to_schema_4(&atlas);
    assert_eq!(told(&atlas), said);
    let list = Server::on(&atlas).get("/v1/verhalen").ok();
    assert_eq!(list["verhalen"], Value::Array(vec![]));
    assert_eq!(import(&atlas, &country)["gewijzigd"], false);
    assert_eq!(schema(&atlas), 10_305);
    assert_eq!(canonical_dump(&atlas), whole);
    // A link that a page must not lead to is no story.
    let connection = Connection::open(&atlas).expect("the atlas");
    let row = "INSERT INTO verhalen VALUES ('x', 'v', 'BU00010000', 'buurten', 2024, 2015, NULL,
               'fysiek', 't', '', 'w', 'javascript:alert(1)', 1, 1)";
    connection.execute_batch(row).expect("a row");
    drop(connection);
    let path = atlas.to_str().expect("UTF-8");
    run(&["check", "--data", path]).failed_naming(&["verhalen, row 1", "no https address"]);
}
