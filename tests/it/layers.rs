//! The coloured layer.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::harness::Server;

/// Every pair of an indicator and a level that the demo has values for, with its newest year.
fn offers(server: &Server) -> Vec<(String, String, i64)> {
    let catalogue = server.get("/v1/indicatoren").ok();
    let mut offers = Vec::new();
    for indicator in catalogue["indicatoren"].as_array().expect("a list") {
        for level in indicator["niveaus"].as_array().expect("a list") {
            let years = level["jaren"].as_array().expect("a list");
            let ascending: Vec<_> = years.iter().filter_map(|year| year["jaar"].as_i64()).collect();
            assert!(ascending.is_sorted(), "{indicator}");
            let text = |value: &Value| value.as_str().expect("a text").to_owned();
            let newest = years.iter().rfind(|year| year["sinds"].is_null());
            if let Some(year) = newest.and_then(|year| year["jaar"].as_i64()) {
                offers.push((text(&indicator["id"]), text(&level["niveau"]), year));
            }
        }
    }
    assert!(!offers.is_empty(), "{catalogue}");
    offers
}

#[test]
fn every_offered_layer_is_painted_and_says_what_it_is() {
    let server = Server::demo();
    for (indicator, level, year) in offers(&server) {
        let layer =
            server.get(&format!("/v1/lagen/{level}.geojson?indicator={indicator}&jaar={year}"));
        assert!(layer.lower("content-type").starts_with("application/geo+json"), "{indicator}");
        let layer = layer.ok();
        assert_eq!(layer["type"], "FeatureCollection");
        assert_eq!(layer["indicator"], *indicator);
        assert_eq!(layer["jaar"], year);
        for member in ["legenda", "dekking", "bron", "licentie", "versie", "niveau"] {
            assert!(!layer[member].is_null(), "no {member} in {indicator} {level}");
        }
        let features = layer["features"].as_array().expect("features");
        assert!(!features.is_empty(), "{indicator} {level}");
        for feature in features {
            is_painted(feature);
        }
    }
}

#[track_caller]
fn is_painted(feature: &Value) {
    let properties = &feature["properties"];
    assert_eq!(feature["id"], properties["code"], "{properties}");
    let colour = properties["fill"].as_str().unwrap_or_default();
    assert!(colour.len() == 7 && colour.starts_with('#'), "{properties}");
    assert!(properties["fill-opacity"].is_number() && properties["stroke-width"].is_number());
    assert!(properties["vlaggen"].is_array(), "{properties}");
    // Missing is never zero: a number has no reason, and what has no number has one.
    assert_ne!(properties["waarde"].is_null(), properties["reden"].is_null(), "{properties}");
    assert_eq!(properties["waarde"].is_null(), properties["klasse"].is_null(), "{properties}");
    assert!(
        matches!(feature["geometry"]["type"].as_str(), Some("Polygon" | "MultiPolygon")),
        "{}",
        feature["geometry"]["type"]
    );
}

#[test]
fn without_a_year_the_newest_is_shown() {
    let server = Server::demo();
    let (indicator, level, year) = offers(&server).swap_remove(0);
    let layer = server.get(&format!("/v1/lagen/{level}.geojson?indicator={indicator}")).ok();
    assert_eq!(layer["jaar"], year);
}

#[test]
fn within_an_area_are_its_own_areas_alone() {
    let server = Server::demo();
    let (indicator, ..) = offers(&server)
        .into_iter()
        .find(|(_, level, _)| level == "buurten")
        .expect("figures per buurt");
    let gemeenten = server.get("/v1/gebieden?niveau=gemeenten&aantal=100").ok();
    let gemeente = gemeenten["gebieden"][0]["code"].as_str().expect("a code").to_owned();
    let all = "/v1/lagen/buurten.geojson?indicator=";
    let within = server.get(&format!("{all}{indicator}&binnen={gemeente}")).ok();
    let features = within["features"].as_array().expect("features");
    assert!(!features.is_empty(), "{gemeente}");
    for feature in features {
        let code = feature["id"].as_str().expect("a code");
        assert_eq!(code[2..6], gemeente[2..6], "{code} in {gemeente}");
    }
    let whole = server.get(&format!("{all}{indicator}")).ok();
    let belongs =
        |feature: &&Value| feature["id"].as_str().is_some_and(|code| code[2..6] == gemeente[2..6]);
    let expected = whole["features"].as_array().expect("features").iter().filter(belongs).count();
    assert_eq!(features.len(), expected);
}

#[test]
fn a_box_holds_what_meets_it() {
    let server = Server::demo();
    let list = server.get("/v1/gebieden?niveau=buurten&aantal=1").ok();
    let area = &list["gebieden"][0];
    let extent: Vec<f64> =
        area["omvang"].as_array().expect("an extent").iter().filter_map(Value::as_f64).collect();
    let bbox = extent.iter().map(f64::to_string).collect::<Vec<_>>().join(",");
    let (indicator, ..) = offers(&server)
        .into_iter()
        .find(|(_, level, _)| level == "buurten")
        .expect("figures per buurt");
    let all = format!("/v1/lagen/buurten.geojson?indicator={indicator}");
    let inside = server.get(&format!("{all}&bbox={bbox}")).ok();
    let whole = server.get(&all).ok();
    let count = |layer: &Value| layer["features"].as_array().map_or(0, Vec::len);
    assert!((1..count(&whole)).contains(&count(&inside)), "{} in {bbox}", count(&inside));
    let codes: Vec<_> =
        inside["features"].as_array().expect("a list").iter().map(|f| &f["id"]).collect();
    assert!(codes.contains(&&area["code"]), "{codes:?}");
}

#[test]
fn coordinates_are_as_precise_as_they_may_be_and_no_more() {
    let server = Server::demo();
    let (indicator, level, _) = offers(&server).swap_remove(0);
    let all = format!("/v1/lagen/{level}.geojson?indicator={indicator}");
    let degrees = server.get(&all);
    assert!(degrees.lower("content-crs").contains("crs84"), "{:?}", degrees.headers);
    each_number(&degrees.ok(), &mut |number| {
        assert!(decimals(number) <= 7, "{number}");
        assert!(number.abs() < 90.0, "{number} is no degree of this country");
    });
    let metres = server.get(&format!("{all}&crs=EPSG:28992"));
    let said = metres.header("content-crs").unwrap_or_default();
    assert!(said.contains("http://www.opengis.net/def/crs/EPSG/0/28992"), "{said:?}");
    each_number(&metres.ok(), &mut |number| {
        assert!(decimals(number) <= 3, "{number}");
        assert!(number > 1_000.0, "{number} is no RD metre");
    });
    let by_uri = server.get(&format!("{all}&crs=http://www.opengis.net/def/crs/EPSG/0/28992"));
    assert_eq!(by_uri.status, 200);
    server.get(&format!("{all}&crs=EPSG:4711")).problem(400);
}

/// Calls `check` with every number in the layer's coordinates.
fn each_number(layer: &Value, check: &mut impl FnMut(f64)) {
    fn walk(value: &Value, check: &mut impl FnMut(f64)) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| walk(item, check)),
            number => check(number.as_f64().expect("a number")),
        }
    }
    for feature in layer["features"].as_array().expect("features") {
        walk(&feature["geometry"]["coordinates"], check);
    }
}

fn decimals(number: f64) -> usize {
    number.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

#[test]
fn the_table_says_what_the_map_says() {
    let server = Server::demo();
    for (indicator, level, year) in offers(&server).into_iter().take(6) {
        let query = format!("indicator={indicator}&jaar={year}");
        let map = server.get(&format!("/v1/lagen/{level}.geojson?{query}")).ok();
        let table = server.get(&format!("/v1/lagen/{level}.csv?{query}"));
        assert_eq!(table.status, 200);
        assert!(table.lower("content-type").starts_with("text/csv"), "{:?}", table.headers);
        let text = table.text();
        let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header = rows.headers().expect("a header").clone();
        let column = |name| header.iter().position(|column| column == name).expect(name);
        let (code, value, reason) = (column("code"), column("waarde"), column("reden"));
        let from_table: BTreeSet<(String, Option<u64>, String)> = rows
            .records()
            .map(|row| {
                let row = row.expect("a row");
                let number = (!row[value].is_empty())
                    .then(|| row[value].parse::<f64>().expect("a number").to_bits());
                (row[code].to_owned(), number, row[reason].to_owned())
            })
            .collect();
        let from_map: BTreeSet<_> = map["features"]
            .as_array()
            .expect("features")
            .iter()
            .map(|feature| {
                let properties = &feature["properties"];
                let text = |name: &str| properties[name].as_str().unwrap_or_default().to_owned();
                (text("code"), properties["waarde"].as_f64().map(f64::to_bits), text("reden"))
            })
            .collect();
        assert_eq!(from_table, from_map, "{indicator} {level}");
    }
}

#[test]
fn the_country_is_there_whole() {
    let Some(server) = Server::country() else { return };
    for (level, areas) in [("gemeenten", 342), ("buurten", 13_179)] {
        let layer =
            server.get(&format!("/v1/lagen/{level}.geojson?indicator=leefbaarheid&jaar=2024")).ok();
        let features = layer["features"].as_array().expect("features");
        assert_eq!(features.len(), areas, "{level}");
        let codes: BTreeSet<_> = features.iter().map(|feature| feature["id"].as_str()).collect();
        assert_eq!(codes.len(), areas, "each once");
        features.iter().for_each(is_painted);
    }
}
