//! The coloured layer with every border once.

use std::fs;

use serde_json::Value;

use crate::harness::{Server, ogrinfo, scratch};

/// Rings as whole numbers of `steps`, each turned to begin with its least vertex, in order.
type Rings = Vec<Vec<[i64; 2]>>;

fn turned(mut ring: Vec<[i64; 2]>) -> Vec<[i64; 2]> {
    assert_eq!(ring.first(), ring.last(), "closed");
    ring.pop();
    let least = ring.iter().enumerate().min_by_key(|(_, vertex)| **vertex).map(|(at, _)| at);
    ring.rotate_left(least.unwrap_or_default());
    ring
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

fn of_geojson(geometry: &Value, steps: f64) -> Rings {
    let coordinates = &geometry["coordinates"];
    let polygons: Vec<&Value> = match geometry["type"].as_str() {
        Some("Polygon") => vec![coordinates],
        _ => coordinates.as_array().into_iter().flatten().collect(),
    };
    let mut rings: Rings = polygons
        .into_iter()
        .flat_map(|polygon| polygon.as_array().into_iter().flatten())
        .map(|ring| {
            let vertices = ring.as_array().into_iter().flatten().map(numbers);
            turned(vertices.map(|v| [0, 1].map(|i| (v[i] * steps).round() as i64)).collect())
        })
        .collect();
    rings.sort();
    rings
}

/// The arcs of a topology as whole numbers of `steps`.
fn arcs(topology: &Value, steps: f64) -> Rings {
    let (scale, translate) =
        (numbers(&topology["transform"]["scale"]), numbers(&topology["transform"]["translate"]));
    topology["arcs"]
        .as_array()
        .expect("arcs")
        .iter()
        .map(|arc| {
            let mut at = [0.0; 2];
            let steps_of = arc.as_array().into_iter().flatten().map(numbers);
            steps_of
                .map(|step| {
                    at = [at[0] + step[0], at[1] + step[1]];
                    [0, 1].map(|i| ((at[i] * scale[i] + translate[i]) * steps).round() as i64)
                })
                .collect()
        })
        .collect()
}

fn of_topology(geometry: &Value, arcs: &Rings) -> Rings {
    let polygons: Vec<&Value> = match geometry["type"].as_str() {
        Some("Polygon") => vec![&geometry["arcs"]],
        _ => geometry["arcs"].as_array().into_iter().flatten().collect(),
    };
    let mut rings: Rings = polygons
        .into_iter()
        .flat_map(|polygon| polygon.as_array().into_iter().flatten())
        .map(|ring| {
            let mut vertices: Vec<[i64; 2]> = Vec::new();
            for index in ring.as_array().into_iter().flatten().filter_map(Value::as_i64) {
                let at = if index < 0 { !index } else { index };
                let mut arc = arcs[usize::try_from(at).expect("a number")].clone();
                if index < 0 {
                    arc.reverse();
                }
                assert!(vertices.last().is_none_or(|last| *last == arc[0]), "arcs meet");
                vertices.pop();
                vertices.extend(arc);
            }
            turned(vertices)
        })
        .collect();
    rings.sort();
    rings
}

#[test]
fn it_says_what_the_geojson_says() {
    let server = Server::demo();
    for (level, query, steps) in [
        ("buurten", "indicator=leefbaarheid", 1e7),
        ("buurten", "indicator=inwoners&crs=EPSG:28992&taal=en", 1e3),
        ("gemeenten", "indicator=inwoners&methode=kwantielen", 1e7),
    ] {
        let layer = server.get(&format!("/v1/lagen/{level}.geojson?{query}")).ok();
        let answer = server.get(&format!("/v1/lagen/{level}.topojson?{query}"));
        assert_eq!(
            answer.header("content-crs"),
            server.get(&format!("/v1/lagen/{level}.geojson?{query}")).header("content-crs")
        );
        let topology = answer.ok();
        assert_eq!(topology["type"], "Topology");
        for (name, member) in layer.as_object().expect("a collection") {
            if !["type", "features"].contains(&name.as_str()) {
                assert_eq!(&topology[name], member, "{name}");
            }
        }
        let arcs = arcs(&topology, steps);
        let features = layer["features"].as_array().expect("features");
        let geometries = topology["objects"][level]["geometries"].as_array().expect("geometries");
        assert_eq!(features.len(), geometries.len());
        for (feature, geometry) in features.iter().zip(geometries) {
            assert_eq!(feature["id"], geometry["id"]);
            assert_eq!(feature["properties"], geometry["properties"]);
            let (expected, found) =
                (of_geojson(&feature["geometry"], steps), of_topology(geometry, &arcs));
            assert_eq!(expected, found, "{}", feature["id"]);
        }
        let bbox = numbers(&topology["bbox"]);
        for [x, y] in arcs.iter().flatten() {
            let (x, y) = (*x as f64 / steps, *y as f64 / steps);
            assert!(bbox[0] <= x && x <= bbox[2] && bbox[1] <= y && y <= bbox[3], "{x} {y}");
        }
    }
}

#[test]
fn a_part_has_its_own_arcs_alone() {
    let server = Server::demo();
    let gemeente = server.get("/v1/gebieden?niveau=gemeenten&aantal=1").ok();
    let gemeente = gemeente["gebieden"][0]["code"].as_str().expect("a code").to_owned();
    let all = "/v1/lagen/buurten.topojson?indicator=inwoners";
    let (whole, part) =
        (server.get(all).ok(), server.get(&format!("{all}&binnen={gemeente}")).ok());
    let count = |topology: &Value| topology["arcs"].as_array().map_or(0, Vec::len);
    assert!((1..count(&whole)).contains(&count(&part)), "{}", count(&part));
    // Every arc is named, and none that is not there.
    let mut named = vec![false; count(&part)];
    fn walk(value: &Value, named: &mut [bool]) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| walk(item, named)),
            index => {
                let index = index.as_i64().expect("an index");
                let at = if index < 0 { !index } else { index };
                named[usize::try_from(at).expect("a number")] = true;
            }
        }
    }
    for geometry in part["objects"]["buurten"]["geometries"].as_array().expect("geometries") {
        walk(&geometry["arcs"], &mut named);
    }
    assert!(named.iter().all(|named| *named));
}

#[test]
fn gdal_reads_it() {
    let server = Server::demo();
    let folder = scratch();
    let path = folder.path().join("buurten.topojson");
    let answer = server.get("/v1/lagen/buurten.topojson?indicator=inwoners");
    fs::write(&path, answer.plain()).expect("kept");
    let topology = answer.ok();
    let count = topology["objects"]["buurten"]["geometries"].as_array().map_or(0, Vec::len);
    let Some(seen) = ogrinfo(&["-ro", "-al", "-so", path.to_str().expect("UTF-8")]) else { return };
    assert_eq!((seen.code, seen.stderr.as_str()), (Some(0), ""), "{}", seen.stderr);
    assert!(seen.stdout.contains(&format!("Feature Count: {count}")), "{}", seen.stdout);
}
