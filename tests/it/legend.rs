//! The legend: classes, counts, and what is missing and why.

use serde_json::Value;

use crate::harness::{Server, each};

fn sum(list: &Value, key: &str) -> i64 {
    each(list, key).iter().filter_map(|count| count.as_i64()).sum()
}

#[test]
fn the_publishers_classes_count_what_the_publisher_counts() {
    let Some(server) = Server::country() else { return };
    let legend = server.get("/v1/legenda?indicator=leefbaarheid&niveau=buurten&jaar=2024").ok();
    let classes = &legend["klassen"];
    assert_eq!(each(classes, "nummer"), [9, 8, 7, 6, 5, 4, 3, 2, 1], "highest first");
    let counts = [2037, 2805, 3435, 2667, 554, 513, 98, 27, 11];
    assert_eq!(each(classes, "gebieden"), counts);
    assert_eq!(classes[0]["naam"]["nl"], "uitstekend");
    assert_eq!(classes[4]["naam"]["nl"], "voldoende");
    assert_eq!(classes[5]["naam"]["nl"], "zwak");
    assert_eq!(classes[6]["naam"]["nl"], "onvoldoende");
    assert_eq!(legend["methode"], "publicatie");

    // 13,179 areas: 12,147 with a score, 61 of water, and a reason for each of the others.
    assert_eq!(sum(&legend["redenen"], "gebieden"), 971, "{}", legend["redenen"]);
    let water = legend["vlaggen"].as_array().expect("flags").iter().find(|f| f["vlag"] == "water");
    assert_eq!(water.expect("water")["gebieden"], 61);
    assert_eq!(legend["dekking"]["gebieden"], 13_118);
    assert_eq!(legend["dekking"]["metWaarde"], 12_147);

    let layer = server.get("/v1/lagen/buurten.geojson?indicator=leefbaarheid&jaar=2024").ok();
    let features = layer["features"].as_array().expect("features");
    let missing = features.iter().filter(|feature| feature["properties"]["waarde"].is_null());
    let reasons: Vec<_> = missing.map(|feature| feature["properties"]["reden"].as_str()).collect();
    assert_eq!(reasons.len(), 1_032);
    assert!(reasons.iter().all(|reason| reason.is_some_and(|reason| !reason.is_empty())));
}

#[test]
fn per_gemeente_nothing_scores_below_voldoende() {
    let Some(server) = Server::country() else { return };
    let legend = server.get("/v1/legenda?indicator=leefbaarheid&niveau=gemeenten&jaar=2024").ok();
    let counts = each(&legend["klassen"], "gebieden");
    assert_eq!(counts, [12, 63, 161, 101, 5, 0, 0, 0, 0], "{}", legend["klassen"]);
}

#[test]
fn the_counts_add_up_on_every_level_and_method() {
    let server = Server::demo();
    let catalogue = server.get("/v1/indicatoren").ok();
    for indicator in catalogue["indicatoren"].as_array().expect("a list") {
        let id = indicator["id"].as_str().expect("an id");
        for level in each(&indicator["niveaus"], "niveau") {
            let level = level.as_str().expect("a level");
            for method in indicator["methoden"].as_array().expect("methods") {
                let method = method.as_str().expect("a method");
                let bounds = if method == "eigen" { "&klassegrenzen=0,10" } else { "" };
                let query = format!("indicator={id}&niveau={level}&methode={method}{bounds}");
                adds_up(&server.get(&format!("/v1/legenda?{query}")).ok(), &query);
            }
        }
    }
}

#[track_caller]
fn adds_up(legend: &Value, query: &str) {
    let with_value = legend["dekking"]["metWaarde"].as_i64();
    let areas = legend["dekking"]["gebieden"].as_i64().expect("a count");
    let in_classes = sum(&legend["klassen"], "gebieden");
    assert_eq!(with_value, Some(in_classes), "{query}: {legend}");
    assert_eq!(areas, in_classes + sum(&legend["redenen"], "gebieden"), "{query}: {legend}");
    // Right-closed classes without a gap, the highest first.
    let classes = legend["klassen"].as_array().expect("classes");
    for pair in classes.windows(2) {
        assert_eq!(pair[0]["van"], pair[1]["tot"], "{query}");
        assert!(pair[0]["nummer"].as_i64() > pair[1]["nummer"].as_i64(), "{query}");
        assert_ne!(pair[0]["kleur"], pair[1]["kleur"], "{query}");
    }
}

#[test]
fn a_colour_means_the_same_in_another_year() {
    let server = Server::demo();
    let catalogue = server.get("/v1/indicatoren").ok();
    let mut compared = 0;
    for indicator in catalogue["indicatoren"].as_array().expect("a list") {
        let id = indicator["id"].as_str().expect("an id");
        if !indicator["methoden"].as_array().expect("methods").contains(&"kwantielen".into()) {
            continue;
        }
        for level in indicator["niveaus"].as_array().expect("levels") {
            let years = level["jaren"].as_array().expect("years");
            // Where the series breaks, its classes do too.
            let from = indicator["reeksbreuken"][0]["vanaf"].as_i64().unwrap_or_default();
            let same =
                |year: &&Value| year["sinds"].is_null() && year["jaar"].as_i64() >= Some(from);
            let years: Vec<_> = years.iter().filter(same).collect();
            let [first, .., last] = years[..] else { continue };
            let breaks = [first, last].map(|year| {
                let (level, year) = (level["niveau"].as_str().expect("a level"), &year["jaar"]);
                let query = format!("indicator={id}&niveau={level}&jaar={year}&methode=kwantielen");
                let legend = server.get(&format!("/v1/legenda?{query}")).ok();
                assert_eq!(legend["schaal"], "vast", "{query}");
                let bounds: Vec<Value> =
                    each(&legend["klassen"], "tot").into_iter().cloned().collect();
                bounds
            });
            assert_eq!(breaks[0], breaks[1], "{id}");
            compared += 1;
        }
    }
    assert!(compared > 0, "the demo has more than one year");
}
