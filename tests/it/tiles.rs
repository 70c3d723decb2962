//! Vector tiles, and the archive of all of them.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::BufWriter,
    path::Path,
};

use serde_json::Value;
use wijkzicht::{
    atlas::Atlas,
    geodata,
    indicator::ResidentialChange,
    layer::{TileFields, pmtiles},
    store::{GpkgStore, Store},
};

use crate::harness::{Server, country, demo, ogrinfo, python, scratch};

const ORACLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/tiles.py");

/// The tiles of some zooms around the middle of what a level covers.
fn addresses(server: &Server, level: &str, zooms: &[u32]) -> Vec<(u32, u32, u32)> {
    let described = server.get(&format!("/v1/tegels/{level}/tilejson.json")).ok();
    let centre: Vec<f64> = described["center"]
        .as_array()
        .expect("a centre")
        .iter()
        .filter_map(Value::as_f64)
        .collect();
    zooms
        .iter()
        .flat_map(|&zoom| {
            let side = f64::from(1u32 << zoom);
            let x = (centre[0] / 360.0 + 0.5) * side;
            let sin = centre[1].to_radians().sin();
            let y = (0.5 - sin.atanh() / std::f64::consts::TAU) * side;
            (-1..=1).flat_map(move |dx| {
                (-1..=1).filter_map(move |dy| {
                    let (x, y) = (x as i64 + dx, y as i64 + dy);
                    Some((zoom, u32::try_from(x).ok()?, u32::try_from(y).ok()?))
                })
            })
        })
        .filter(|(zoom, x, y)| *x < 1 << zoom && *y < 1 << zoom)
        .collect()
}

/// Keeps the tiles of some zooms in a folder; how many there are.
fn keep(server: &Server, folder: &Path, level: &str, zooms: &[u32], query: &str) -> usize {
    let mut kept = 0;
    for (z, x, y) in addresses(server, level, zooms) {
        let ask = || server.get(&format!("/v1/tegels/{level}/{z}/{x}/{y}{query}"));
        let mut tile = ask();
        // Unoptimised and on a busy machine, the first tile of a zoom may take longer than an
        // answer may; what was made for it stays.
        for _ in 0..4 {
            if tile.status == 504 {
                tile = ask();
            }
        }
        if tile.status == 204 {
            assert!(tile.body.is_empty());
            continue;
        }
        assert_eq!(tile.status, 200, "{}", tile.text());
        assert_eq!(tile.lower("content-type"), "application/vnd.mapbox-vector-tile");
        fs::write(folder.join(format!("{z}-{x}-{y}.mvt")), tile.plain()).expect("kept");
        kept += 1;
    }
    kept
}

#[test]
fn others_read_them_and_find_nothing_wrong() {
    let server = Server::demo();
    for (level, query) in
        [("gemeenten", ""), ("wijken", ""), ("buurten", "?indicatoren=inwoners,leefbaarheid")]
    {
        let folder = scratch();
        let kept =
            keep(&server, folder.path(), level, &[0, 6, 8, 9, 10, 11, 12, 13, 14, 18], query);
        assert!(kept > 20, "{kept} tiles of {level}");
        let path = folder.path().to_str().expect("UTF-8");
        if let Some(seen) = python(&[ORACLE, "tiles", path]) {
            let seen = seen.succeeded();
            assert!(seen.stdout.contains(" 0 invalid, 0 tiles unmatched"), "{}", seen.stdout);
        }
        for file in fs::read_dir(folder.path()).expect("a folder").flatten() {
            let path = file.path();
            let Some(seen) = ogrinfo(&["-ro", "-al", "-so", path.to_str().expect("UTF-8")]) else {
                return;
            };
            assert_eq!(seen.code, Some(0), "{}", seen.stderr);
            assert_eq!(seen.stderr, "");
            assert!(seen.stdout.contains(&format!("Layer name: {level}")), "{}", seen.stdout);
        }
    }
}

#[test]
fn the_country_is_cut_without_faults() {
    let Some(server) = Server::country() else { return };
    for (level, zooms) in [("gemeenten", &[3, 7, 9, 11][..]), ("buurten", &[2, 8, 9, 10, 12])] {
        let folder = scratch();
        keep(&server, folder.path(), level, zooms, "");
        let path = folder.path().to_str().expect("UTF-8");
        if let Some(seen) = python(&[ORACLE, "tiles", path]) {
            let seen = seen.succeeded();
            assert!(seen.stdout.contains(" 0 invalid, 0 tiles unmatched"), "{}", seen.stdout);
        }
    }
}

#[test]
fn what_is_no_tile_is_not_found() {
    let server = Server::demo();
    for address in [
        "23/0/0",
        "3/8/0",
        "3/0/8",
        "-1/0/0",
        "0/0/1",
        "0/1/0",
        "99999999999/0/0",
        "5/NaN/1",
        "5/1/1e1",
        "5/1/inf",
        "5/1.0/1",
        "5/%00/1",
        "05/1/1",
        "5/1/.mvt",
        "5/1/1.pbf",
        "5/+1/1",
        "256/0/0",
        "22/4194304/0",
        "5/18446744073709551616/0",
        "z/x/y",
        "{z}/{x}/{y}",
    ] {
        server.get(&format!("/v1/tegels/buurten/{address}")).problem(404);
    }
    server.get("/v1/tegels/straten/5/1/1").problem(404);
    server.get("/v1/tegels/straten/tilejson.json").problem(404);
    // In the world, and far from the country.
    for address in ["22/0/0", "22/4194303/4194303", "5/0/0.mvt"] {
        let empty = server.get(&format!("/v1/tegels/buurten/{address}"));
        assert_eq!((empty.status, empty.body.len()), (204, 0), "{address}");
        assert_eq!(empty.header("content-type"), None);
    }
}

#[test]
fn what_cannot_be_asked_is_told() {
    let server = Server::demo();
    let (z, x, y) = addresses(&server, "buurten", &[8])[4];
    let tile = format!("/v1/tegels/buurten/{z}/{x}/{y}");
    for (query, code) in [
        ("indicatoren=nergens", "onbekend"),
        ("indicatoren=inwoners,inwoners", "ongeldig"),
        ("indicatoren=inwoners&indicatoren=leefbaarheid", "herhaald"),
        ("indicatoren=inwoners&jaar=1901", "onbekend"),
        ("jaar=1901", "onbekend"),
        ("jaar=NaN", "ongeldig"),
        ("binnen=GM0014", "onbekend"),
        ("versie=0", "onbekend"),
    ] {
        for path in [&tile, "/v1/tegels/buurten/tilejson.json"] {
            let problem = server.get(&format!("{path}?{query}")).problem(400);
            assert_eq!(problem["errors"][0]["code"], code, "{query}: {problem}");
        }
    }
    // The order of a list is no other question.
    let one = server.get(&format!("{tile}?indicatoren=inwoners,leefbaarheid"));
    let other = server.get(&format!("{tile}?indicatoren=leefbaarheid,inwoners"));
    assert_eq!((one.status, one.header("etag")), (200, other.header("etag")));
    let same = server.get(&format!("{tile}.mvt?indicatoren=inwoners,leefbaarheid"));
    assert_eq!(same.body, one.body);
}

#[test]
fn the_description_describes_the_tiles() {
    let server = Server::demo();
    let described =
        server.get("/v1/tegels/buurten/tilejson.json?indicatoren=leefbaarheid,inwoners").ok();
    assert_eq!(described["tilejson"], "3.0.0");
    let layer = &described["vector_layers"][0];
    assert_eq!(layer["id"], "buurten");
    let fields: BTreeSet<_> = layer["fields"].as_object().expect("fields").keys().collect();
    for field in ["code", "naam", "gemeente", "inwoners", "inwoners_reden", "leefbaarheid"] {
        assert!(fields.contains(&field.to_owned()), "{fields:?}");
    }
    let attribution = described["attribution"].as_str().expect("a text");
    assert!(attribution.contains("CC0 1.0") && attribution.contains("FICTIEF"), "{attribution}");
    let bounds: Vec<f64> =
        described["bounds"].as_array().expect("bounds").iter().filter_map(Value::as_f64).collect();
    assert!(bounds[0] < bounds[2] && bounds[1] < bounds[3], "{bounds:?}");
    let (least, most) = (&described["minzoom"], &described["maxzoom"]);
    assert!(least.as_u64() < most.as_u64());
    let address = described["tiles"][0].as_str().expect("an address");
    let (z, x, y) = addresses(&server, "buurten", &[10])[4];
    let target = address
        .replace("{z}", &z.to_string())
        .replace("{x}", &x.to_string())
        .replace("{y}", &y.to_string());
    assert_eq!(server.get(&target).status, 200, "{target}");
}

/// The atlas of a file, as the server has it.
fn load(path: &Path) -> Atlas {
    let contents = GpkgStore::new(path).read().expect("an atlas").expect("there is one");
    let rule = geodata::residential_rule(&ResidentialChange::default()).expect("built in");
    let catalogue = geodata::catalogue().expect("built in");
    Atlas::new(contents, catalogue, geodata::palettes().expect("built in"), rule)
}

fn archive(atlas: &Atlas, file: &Path, zooms: [u8; 2]) -> u64 {
    let level = wijkzicht::area::Level::Buurt;
    let coverage = atlas.coverage(atlas.newest(&level).expect("buurten"), &level).expect("buurten");
    let fields = TileFields::new(atlas, coverage, []);
    let mut out = BufWriter::new(File::create(file).expect("a new file"));
    pmtiles(&mut out, &fields, "Buurten", zooms).expect("written")
}

#[test]
fn the_archive_holds_every_tile_that_is_served() {
    let atlas = demo();
    let folder = scratch();
    let file = folder.path().join("buurten.pmtiles");
    let tiles = archive(&load(&atlas), &file, [5, 13]);
    let path = file.to_str().expect("UTF-8");
    let Some(seen) = python(&[ORACLE, "archive", path]) else { return };
    let seen = seen.succeeded();
    assert!(seen.stdout.contains(&format!("{tiles} tiles")), "{}", seen.stdout);
    let server = Server::on(&atlas);
    let served = scratch();
    let kept = keep(&server, served.path(), "buurten", &[5, 7, 9, 10, 11, 12, 13], "");
    let compared = python(&[ORACLE, "same", path, served.path().to_str().expect("UTF-8")]);
    let compared = compared.expect("it was there before").succeeded();
    assert!(compared.stdout.contains(&format!("{kept} the same")), "{}", compared.stdout);
}

#[test]
fn the_archive_of_the_country_is_read_by_others() {
    let Some(atlas) = country() else { return };
    let folder = scratch();
    let file = folder.path().join("buurten.pmtiles");
    archive(&load(&atlas), &file, [5, 9]);
    if let Some(seen) = python(&[ORACLE, "archive", file.to_str().expect("UTF-8")]) {
        seen.succeeded();
    }
}
