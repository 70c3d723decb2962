//! Files that are not what they claim.

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    path::Path,
};

use zip::{ZipWriter, write::SimpleFileOptions};

use crate::harness::{
    SQUARE, Server, each, geopackage, polygon, run, run_in_little, scratch, shapefile,
};

/// Runs an import that must fail, naming the file and what else is said of it.
#[track_caller]
fn refused(file: &Path, named: &[&str]) {
    let atlas = file.with_file_name("atlas.gpkg");
    let path = |path: &Path| path.to_str().expect("a path in UTF-8").to_owned();
    let arguments = ["import", "--year", "2024", "--data", &path(&atlas), &path(file)];
    run_in_little(&arguments).failed_naming(named);
    assert!(!atlas.exists(), "an atlas is left behind");
}

/// Writes other bytes into a file, and what it held back afterwards.
fn spoilt(path: &Path, at: usize, bytes: &[u8], then: impl Fn()) {
    let whole = fs::read(path).expect("it is there");
    let mut other = whole.clone();
    other[at..at + bytes.len()].copy_from_slice(bytes);
    fs::write(path, other).expect("written");
    then();
    fs::write(path, whole).expect("mended");
}

/// shapefile-rs #25, dbase-rs #51 #119: a negative record size, no table, bytes that are anything.
#[test]
fn shapefile_panics() {
    let folder = scratch();
    let shapes = shapefile(folder.path());
    let (index, table) = (shapes.with_extension("shx"), shapes.with_extension("dbf"));
    let negative = (-40_i32).to_be_bytes();
    spoilt(&index, 104, &negative, || refused(&shapes, &["wijk_2016.shp, record 1"]));
    // The header of the record itself is not what is gone by.
    let atlas = folder.path().join("atlas.gpkg");
    spoilt(&shapes, 104, &negative, || {
        let arguments = [&atlas, &shapes].map(|path| path.to_str().expect("a path in UTF-8"));
        run_in_little(&["import", "--data", arguments[0], arguments[1]]).succeeded();
        fs::remove_file(&atlas).expect("the atlas");
    });
    for (at, bytes) in [(8, [0xff; 4]), (10, [0; 4]), (32 + 16, [0xff; 4]), (32 + 16, [0; 4])] {
        spoilt(&table, at, &bytes, || refused(&shapes, &["wijk_2016.dbf"]));
    }
    spoilt(&table, 32 + 11, b"I", || refused(&shapes, &["wijk_2016.dbf"]));
    fs::remove_file(table).expect("it is there");
    refused(&shapes, &["wijk_2016.dbf is missing"]);
}

/// dbase-rs #37 #83 #88: letters beyond ASCII in every encoding that tables come in.
#[test]
fn dbf_encodings() {
    for (code_page, mark, encode) in [
        (Some("UTF-8"), 0_u8, str::as_bytes as fn(&str) -> &[u8]),
        (None, 0, str::as_bytes),
        (None, 3, |_| b"S\xfadwest-Frysl\xe2n"),
        (Some("1252"), 0, |_| b"S\xfadwest-Frysl\xe2n"),
        (None, 0, |_| b"S\xfadwest-Frysl\xe2n"),
    ] {
        let folder = scratch();
        let shapes = shapefile(folder.path());
        let table = shapes.with_extension("dbf");
        let mut bytes = fs::read(&table).expect("it is there");
        let name = encode("Súdwest-Fryslân");
        let at = bytes.windows(13).position(|part| part == b"'s-Gravenzijd").expect("a name");
        bytes[at..at + 20].fill(b' ');
        bytes[at..at + name.len()].copy_from_slice(name);
        bytes[29] = mark;
        fs::write(&table, bytes).expect("written");
        drop(fs::remove_file(shapes.with_extension("cpg")));
        if let Some(code_page) = code_page {
            fs::write(shapes.with_extension("cpg"), code_page).expect("written");
        }
        let atlas = folder.path().join("atlas.gpkg");
        let paths = [&atlas, &shapes].map(|path| path.to_str().expect("a path in UTF-8"));
        run(&["import", "--data", paths[0], paths[1]]).succeeded();
        let names = names(&atlas, "wijken_2016");
        assert_eq!(names, ["Súdwest-Fryslân", "'s-Gravenzijde"], "{code_page:?} {mark}");
    }
}

/// The names of a table of areas, by code.
fn names(atlas: &Path, table: &str) -> Vec<String> {
    let atlas = rusqlite::Connection::open(atlas).expect("an atlas");
    let sql = format!("SELECT naam FROM {table} ORDER BY code");
    let mut rows = atlas.prepare(&sql).expect("a table of areas");
    rows.query_map([], |row| row.get(0)).and_then(Iterator::collect).expect("names")
}

/// geozero #299, wkb #93: counts that ask for memory before there is anything to fill it, and
/// brackets without end.
#[test]
fn huge_preallocation_and_deep_nesting() {
    let folder = scratch();
    let layer = |name: &str, geometry: Vec<u8>| {
        let columns = "buurtcode TEXT, buurtnaam TEXT, gemeentenaam TEXT";
        let row = [("'BU00140000', 'Dorp', 'Stad'", geometry)];
        geopackage(folder.path(), name, "buurten", columns, &row)
    };
    // Where the counts stand: rings in a polygon, points in its first ring.
    for (name, at) in [("ringen.gpkg", 13), ("punten.gpkg", 17)] {
        let mut lie = polygon(&SQUARE);
        lie[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
        refused(&layer(name, lie), &[name, "record 1", "4294967295"]);
    }
    let mut many = polygon(&SQUARE)[..8].to_vec();
    many.extend([1, 6, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
    refused(&layer("vlakken.gpkg", many), &["record 1", "4294967295 polygons"]);
    // Collections in collections are no areas, however deep.
    let mut deep = polygon(&SQUARE)[..8].to_vec();
    deep.extend([1, 7, 0, 0, 0, 1, 0, 0, 0].repeat(100_000));
    refused(&layer("diep.gpkg", deep), &["record 1", "geometry type 7"]);
    for (name, bracket) in
        [("lijsten", "["), ("leden", r#"{"type":"GeometryCollection","geometries":["#)]
    {
        let path = folder.path().join(format!("{name}.geojson"));
        let geometry = bracket.repeat(200_000);
        fs::write(&path, format!(r#"{{"features":[{{"geometry":{geometry}"#)).expect("written");
        refused(&path, &[name, "record 1"]);
    }
}

/// t-rex #315, panics in overlays: shapes that cross, touch and repeat themselves are repaired,
/// counted and named.
#[test]
fn invalid_geometry() {
    let at = |points: &[(i32, i32)]| -> Vec<(f64, f64)> {
        let metres = |n: i32| f64::from(n) * 100.0;
        points.iter().map(|&(x, y)| (150_000.0 + metres(x), 450_000.0 + metres(y))).collect()
    };
    let shapes = [
        ("bow", at(&[(0, 0), (4, 4), (4, 0), (0, 4), (0, 0)])),
        ("spike", at(&[(0, 0), (4, 0), (4, 4), (4, 9), (4, 4), (0, 4), (0, 0)])),
        ("eight", at(&[(0, 0), (2, 2), (4, 0), (4, 4), (2, 2), (0, 4), (0, 0)])),
        ("repeats", at(&[(0, 0), (4, 0), (4, 0), (4, 0), (4, 4), (0, 4), (0, 0)])),
        ("open", at(&[(0, 0), (4, 0), (4, 4), (0, 4)])),
    ];
    let folder = scratch();
    let rows: Vec<_> = shapes
        .iter()
        .zip(0..)
        .map(|((name, points), n): (_, i32)| {
            (format!("'BU0014000{n}', '{name}', 'Stad'"), polygon(points))
        })
        .collect();
    let rows: Vec<_> = rows.iter().map(|(row, shape)| (row.as_str(), shape.clone())).collect();
    let columns = "buurtcode TEXT, buurtnaam TEXT, gemeentenaam TEXT";
    let path = geopackage(folder.path(), "b_2024.gpkg", "buurten", columns, &rows);
    let atlas = folder.path().join("atlas.gpkg");
    let paths = [&atlas, &path].map(|path| path.to_str().expect("a path in UTF-8"));
    let said = run(&["import", "--json", "--data", paths[0], paths[1]]).succeeded().stdout;
    let report: serde_json::Value = serde_json::from_str(&said).expect("a report");
    let areas = &report["bestanden"][0]["vlakken"][0];
    // Those that another covers wholly have no shape, and are named.
    let vanished = areas["passend"]["verdwenen"].as_array().map_or(0, Vec::len);
    assert_eq!(areas["gebieden"].as_u64(), Some(5 - vanished as u64), "{areas}");
    let repaired: Vec<_> = each(&areas["hersteld"], "record");
    assert_eq!(repaired, [1, 2, 3], "{areas}");
    Server::on(&atlas).get("/v1/locaties?x=150100&y=450050").ok();

    let line = geopackage(
        folder.path(),
        "lijn_2024.gpkg",
        "buurten",
        columns,
        &[("'BU00140000', 'lijn', 'Stad'", polygon(&at(&[(0, 0), (2, 2), (4, 4), (0, 0)])))],
    );
    fs::remove_file(&atlas).expect("the atlas");
    refused(&line, &["lijn_2024.gpkg", "record 1", "BU00140000", "no ring encloses an area"]);
}

/// pygeoapi #2267, mbtileserver #55: one bad file among good ones.
#[test]
fn one_bad_file_stops_all() {
    let folder = scratch();
    let good = shapefile(folder.path());
    let bad = folder.path().join("slecht.gpkg");
    fs::write(&bad, [7; 5_000]).expect("written");
    let atlas = folder.path().join("atlas.gpkg");
    let [data, good, bad] = [&atlas, &good, &bad].map(|path| path.to_str().expect("UTF-8"));
    run(&["import", "--data", data, good, bad]).failed_naming(&["slecht.gpkg"]);
    assert!(!atlas.exists(), "half an import");
    run(&["import", "--data", data, good]).succeeded();
    let before = fs::read(&atlas).expect("the atlas");
    run(&["import", "--data", data, bad]).failed_naming(&["slecht.gpkg"]);
    assert!(before == fs::read(&atlas).expect("the atlas"), "the old data is kept");
    // A server that is given it says so at its start, and does not start.
    run_in_little(&["serve", "--listen", "127.0.0.1:0", "--data", bad])
        .failed_naming(&["slecht.gpkg"]);
    Server::on(&atlas).get("/v1/gebieden?niveau=wijken").ok();
}

/// `GeoServer` CVE-2025-30220, CVE-2025-58360: entities that fetch files and addresses; here in the
/// parts of a workbook, the only XML that is read.
#[test]
fn external_entities() {
    let folder = scratch();
    let [layer, evil, secret, atlas] = ["goed.xlsx", "kwb-2024.xlsx", "geheim.txt", "atlas.gpkg"]
        .map(|name| folder.path().join(name));
    fs::write(&secret, "GEHEIM-WOORD").expect("written");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("set");
    let address = listener.local_addr().expect("an address");
    let demo = crate::harness::demo();
    let path = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    let asked = "wijken?indicator=inwoners";
    run(&["export", "--data", &path(&demo), "--layer", asked, "--format", "xlsx", &path(&layer)])
        .succeeded();
    let mut good = zip::ZipArchive::new(fs::File::open(&layer).expect("a book")).expect("a zip");
    for entity in [format!("file://{}", secret.display()), format!("http://{address}/x")] {
        let mut bad = ZipWriter::new(fs::File::create(&evil).expect("a new file"));
        for at in 0..good.len() {
            let mut part = good.by_index(at).expect("a part");
            let name = part.name().expect("a name").into_owned();
            let mut text = String::new();
            part.read_to_string(&mut text).expect("XML");
            if name.starts_with("xl/worksheets/") {
                let doctype = format!("?><!DOCTYPE x [<!ENTITY e SYSTEM \"{entity}\">]>");
                text = text
                    .replacen("?>", &doctype, 1)
                    .replace("<t xml:space=\"preserve\">", "<t xml:space=\"preserve\">&e;");
            }
            bad.start_file(name, SimpleFileOptions::default()).expect("begun");
            bad.write_all(text.as_bytes()).expect("written");
        }
        bad.finish().expect("finished");
        let said = run(&[
            "import",
            "--data",
            &path(&atlas),
            "--level",
            "wijken",
            "--year",
            "2024",
            &path(&evil),
        ]);
        assert_eq!(said.code, Some(1), "{}{}", said.stdout, said.stderr);
        let told = said.stdout + &said.stderr;
        assert!(told.contains("kwb-2024.xlsx") && !told.contains("GEHEIM"), "{told}");
        assert!(!atlas.exists());
        assert!(listener.accept().is_err(), "the address was asked");
    }
}
