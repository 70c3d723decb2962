//! Borders at each level of detail: valid, shared to the bit, and as near as promised.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use serde_json::Value;

use crate::harness::{Server, country, demo, python, scratch};

const VALIDITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/validity.py");

fn layer(server: &Server, level: &str, more: &str) -> Value {
    let indicator = "indicator=inwoners&crs=EPSG:28992";
    let answer = server.get(&format!("/v1/lagen/{level}.geojson?{indicator}&{more}"));
    assert_eq!(answer.status, 200, "{}", answer.text());
    serde_json::from_str(&answer.text()).expect("JSON")
}

/// How often each border between two vertices occurs, by its ends, whichever comes first.
fn edges(layer: &Value) -> BTreeMap<[String; 2], usize> {
    let mut edges = BTreeMap::new();
    let features = layer["features"].as_array().expect("features");
    for feature in features {
        for polygon in feature["geometry"]["coordinates"].as_array().expect("polygons") {
            for ring in polygon.as_array().expect("rings") {
                let points: Vec<String> =
                    ring.as_array().expect("points").iter().map(Value::to_string).collect();
                for pair in points.windows(2) {
                    let mut ends = [pair[0].clone(), pair[1].clone()];
                    ends.sort();
                    *edges.entry(ends).or_default() += 1;
                }
            }
        }
    }
    edges
}

fn vertices(layer: &Value) -> usize {
    edges(layer).values().sum()
}

#[test]
fn each_detail_has_fewer_vertices_and_geos_finds_it_a_coverage() {
    let folder = scratch();
    for atlas in [Some(demo()), country()].into_iter().flatten() {
        let server = Server::on(&atlas);
        let mut before = usize::MAX;
        for detail in ["volledig", "fijn", "middel", "grof"] {
            let layer = layer(&server, "buurten", &format!("detail={detail}"));
            let count = vertices(&layer);
            assert!(count < before, "{detail}: {count} after {before}");
            before = count;
            let file = folder.path().join(format!("{detail}.geojson"));
            fs::write(&file, layer.to_string()).expect("a temporary file");
            let file = file.to_str().expect("UTF-8");
            let Some(seen) = python(&[VALIDITY, "--geojson", file]) else { continue };
            assert_eq!(seen.code, Some(0), "{detail}: {}\n{}", seen.stdout, seen.stderr);
        }
    }
}

#[test]
fn neighbours_share_their_border_to_the_bit_and_levels_theirs() {
    let server = Server::on(&demo());
    for detail in ["detail=volledig", "detail=fijn", "zoom=9", "zoom=3"] {
        let buurten = edges(&layer(&server, "buurten", detail));
        // No border is there more than twice; inner ones are there just twice.
        assert!(buurten.values().all(|count| *count <= 2), "{detail}");
        let inner = buurten.values().filter(|count| **count == 2).count();
        assert!(inner * 2 > buurten.len(), "{detail}: {inner} of {}", buurten.len());
        let buurten: BTreeSet<_> = buurten.into_keys().collect();
        for level in ["wijken", "gemeenten"] {
            let above = edges(&layer(&server, level, detail));
            let strange = above.keys().filter(|ends| !buurten.contains(*ends)).count();
            assert_eq!(strange, 0, "{level} {detail}");
        }
    }
}

#[test]
fn zoom_and_detail_are_two_ways_to_say_the_same() {
    let server = Server::on(&demo());
    let at = |more: &str| layer(&server, "wijken", more).to_string();
    assert_eq!(at("zoom=8"), at("detail=grof"));
    assert_eq!(at("zoom=12"), at("detail=fijn"));
    assert_eq!(at(""), at("detail=fijn"));
    for wrong in ["detail=mooi", "zoom=23", "zoom=-1", "zoom=8&detail=grof", "zoom=8.5"] {
        let answer = server.get(&format!("/v1/lagen/wijken.geojson?indicator=inwoners&{wrong}"));
        assert_eq!(answer.status, 400, "{wrong}");
        let field = if wrong.starts_with("detail") { "detail" } else { "zoom" };
        assert!(answer.text().contains(field), "{wrong}: {}", answer.text());
    }
}

#[test]
fn an_area_knows_its_neighbours() {
    let server = Server::on(&demo());
    let detail = |code: &str| -> Value {
        serde_json::from_str(&server.get(&format!("/v1/gebieden/{code}")).text()).expect("JSON")
    };
    let wijken = layer(&server, "wijken", "zoom=8");
    let codes = wijken["features"].as_array().expect("features").iter().map(|f| &f["id"]);
    let mut checked = 0;
    for code in codes.filter_map(Value::as_str).take(12) {
        for neighbour in detail(code)["buren"].as_array().expect("neighbours") {
            let other = detail(neighbour["code"].as_str().expect("a code"));
            let back = other["buren"].as_array().expect("neighbours").iter();
            let back: Vec<_> = back.filter(|n| n["code"] == code).collect();
            assert_eq!(back.len(), 1, "{code} and {}", neighbour["code"]);
            assert_eq!(back[0]["grens"], neighbour["grens"]);
            checked += 1;
        }
    }
    assert!(checked > 20, "{checked}");
}
