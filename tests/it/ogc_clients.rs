//! The OGC interface as its clients read it: GDAL's OAPIF driver and OWSLib.

use std::{collections::BTreeMap, fs, path::Path};

use rusqlite::Connection;
use serde_json::Value as Json;

use crate::{
    harness::{Server, country, demo, ogr2ogr, ogrinfo, python, scratch},
    ogc::{ROOT, list},
};

const CLIENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/ogc_client.py");

/// The codes and the figures of a level on a division, as the atlas has them.
pub struct Stored {
    pub codes: Vec<String>,
    /// By property and code.
    pub figures: BTreeMap<(String, String), f64>,
}

pub fn stored(atlas: &Path, level: &str, year: u16) -> Stored {
    let db = Connection::open(atlas).expect("an atlas");
    let table = format!("SELECT code FROM {level}_{year} ORDER BY code");
    let mut codes = db.prepare(&table).expect("a layer");
    let codes = codes.query_map([], |row| row.get(0)).expect("codes");
    let codes: Vec<String> = codes.collect::<Result<_, _>>().expect("texts");
    let mut values = db
        .prepare(
            "SELECT indicator, sinds, jaar, code, waarde FROM waarden \
             WHERE niveau = ?1 AND indeling = ?2 AND waarde IS NOT NULL",
        )
        .expect("the view");
    let figures = values
        .query_map((level, year), |row| {
            let (id, begin): (String, Option<u16>) = (row.get(0)?, row.get(1)?);
            let (end, code, value): (u16, String, f64) = (row.get(2)?, row.get(3)?, row.get(4)?);
            let begin = begin.map_or_else(String::new, |begin| format!("_{begin}"));
            Ok(((format!("{}{begin}_{end}", id.replace('-', "_")), code), value))
        })
        .expect("figures");
    let figures: BTreeMap<_, _> = figures.collect::<Result<_, _>>().expect("numbers");
    let known = |(property, code): &(String, String)| {
        codes.binary_search(code).is_ok() && !property.is_empty()
    };
    let figures = figures.into_iter().filter(|(key, _)| known(key)).collect();
    Stored { codes, figures }
}

/// Everything that GDAL reads of a collection, page by page of an odd size, is in the atlas, and
/// everything that the atlas has is read.
fn gdal_reads_it_all(atlas: &Path, level: &str, year: u16, page: usize) {
    let server = Server::on(atlas);
    let folder = scratch();
    let table = folder.path().join("read.csv");
    let source = format!("OAPIF:http://{}{ROOT}", server.address);
    let size = format!("PAGE_SIZE={page}");
    let layer = format!("{level}-{year}");
    let arguments = ["-f", "CSV", table.to_str().expect("UTF-8"), &source, &layer, "-oo", &size];
    let Some(done) = ogr2ogr(&arguments) else { return };
    done.succeeded();

    let stored = stored(atlas, level, year);
    let mut read = csv::Reader::from_path(&table).expect("a table");
    let heads: Vec<_> = read.headers().expect("heads").iter().map(ToOwned::to_owned).collect();
    let at = |name: &str| heads.iter().position(|head| head == name).expect(name);
    let (id, code) = (at("id"), at("code"));
    let (mut codes, mut compared) = (Vec::new(), 0);
    for row in read.records() {
        let row = row.expect("a row");
        assert_eq!(row[id], row[code]);
        let code = row[code].to_owned();
        for (head, text) in heads.iter().zip(&row) {
            let key = (head.clone(), code.clone());
            match (stored.figures.get(&key), text) {
                (Some(stored), text) => {
                    let number: f64 = text.parse().expect("a number");
                    // GDAL writes fifteen digits.
                    let far = (number - stored).abs() / stored.abs().max(1e-9);
                    assert!(far < 1e-13, "{key:?}: {text} is read, {stored} is stored");
                    compared += 1;
                }
                // What the program computes is not stored; everything else would be invented.
                (None, "") => {}
                (None, _) => assert!(
                    !head.starts_with("leefbaarheid") && !head.starts_with("inwoners"),
                    "{key:?} is not in the atlas"
                ),
            }
        }
        codes.push(code);
    }
    assert_eq!(codes, stored.codes, "every area once, by code");
    let sent = stored.figures.keys().filter(|(property, _)| heads.contains(property)).count();
    assert_eq!(compared, sent, "every figure");
    assert!(compared > 10 * codes.len() / 2, "{compared} figures of {} areas", codes.len());
}

#[test]
fn gdal_pages_through_everything_in_the_demo() {
    for page in [7, 100, 1000] {
        gdal_reads_it_all(&demo(), "buurten", 2024, page);
    }
    gdal_reads_it_all(&demo(), "gemeenten", 2018, 5);
}

#[test]
fn gdal_pages_through_the_country() {
    if let Some(atlas) = country() {
        gdal_reads_it_all(&atlas, "buurten", 2024, 997);
    }
}

#[test]
fn gdal_lists_filters_and_brings_to_rd() {
    let server = Server::demo();
    let source = format!("OAPIF:http://{}{ROOT}", server.address);
    let Some(listed) = ogrinfo(&["-ro", &source]) else { return };
    let listed = listed.succeeded().stdout;
    for layer in ["buurten-2024", "wijken-2024", "gemeenten-2024", "buurten-2018"] {
        assert!(listed.contains(layer), "{layer} in {listed}");
    }
    // The driver sends a filter of its own kind where it can, else it filters itself: either way
    // the answer is that of the atlas.
    let stored = stored(&demo(), "buurten", 2024);
    let low =
        |(key, value): (&(String, String), &f64)| key.0 == "leefbaarheid_2024" && *value < -0.1;
    let expected = stored.figures.iter().filter(|one| low(*one)).count();
    let filtered =
        ogrinfo(&["-ro", "-so", "-where", "leefbaarheid_2024 < -0.1", &source, "buurten-2024"]);
    let filtered = filtered.expect("as before").succeeded().stdout;
    assert!(filtered.contains(&format!("Feature Count: {expected}\n")), "{expected} in {filtered}");

    let folder = scratch();
    let file = folder.path().join("rd.geojson");
    let path = file.to_str().expect("UTF-8");
    let arguments = ["-f", "GeoJSON", "-t_srs", "EPSG:28992", path, &source, "gemeenten-2024"];
    ogr2ogr(&arguments).expect("as before").succeeded();
    let read: Json = serde_json::from_slice(&fs::read(&file).expect("written")).expect("JSON");
    let own = server.get(&format!(
        "{ROOT}/collections/gemeenten-2024/items?limit=100&crs=http://www.opengis.net/def/crs/EPSG/0/28992"
    ));
    assert_eq!(
        own.header("content-crs").as_deref(),
        Some("<http://www.opengis.net/def/crs/EPSG/0/28992>")
    );
    let own = own.ok();
    for (theirs, ours) in list(&read, "features").into_iter().zip(list(&own, "features")) {
        assert_eq!(theirs["properties"]["code"], ours["properties"]["code"]);
        let first = |one: &Json| {
            let at = &one["geometry"]["coordinates"][0][0][0];
            [at[0].as_f64().expect("x"), at[1].as_f64().expect("y")]
        };
        let ([x, y], [own_x, own_y]) = (first(theirs), first(ours));
        // GDAL without the official grid is up to a few decimetres off.
        assert!((x - own_x).hypot(y - own_y) < 1.0, "{x}, {y}: {own_x}, {own_y}");
    }
}

#[test]
fn owslib_finds_the_same() {
    let server = Server::demo();
    let address = format!("http://{}", server.address);
    let Some(done) = python(&[CLIENT, &address, "wijken-2024"]) else { return };
    let found: Json = serde_json::from_str(&done.succeeded().stdout).expect("JSON");
    let stored = stored(&demo(), "wijken", 2024);
    let codes = |name: &str| -> Vec<String> {
        found[name]
            .as_array()
            .expect(name)
            .iter()
            .map(|one| one.as_str().expect("a code").into())
            .collect()
    };
    assert_eq!(codes("codes"), stored.codes);
    assert_eq!(found["matched"], stored.codes.len());
    assert_eq!(found["item"], stored.codes[0].as_str());
    assert!(codes("collections").contains(&"wijken-2024".to_owned()));
    assert!(codes("queryables").contains(&"leefbaarheid_2024".to_owned()));
    let filtered = codes("filtered");
    let expected: Vec<_> = stored.codes.iter().filter(|code| code.ends_with('1')).collect();
    // None of the demo's wijken is water.
    assert_eq!(filtered.iter().collect::<Vec<_>>(), expected);
    let boxed = codes("box");
    assert!(!boxed.is_empty() && boxed.len() < stored.codes.len(), "{boxed:?}");
}
