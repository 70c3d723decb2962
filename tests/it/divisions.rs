//! Figures of one year read on the division of another.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::harness::{Server, everything};

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A topic with a year of which figures have to be estimated on the newest division.
fn estimated(server: &Server) -> Option<(String, u64, u64)> {
    let catalogue = server.get("/v1/indicatoren").ok();
    for topic in list(&catalogue["indicatoren"]) {
        let id = topic["id"].as_str().expect("an id");
        let levels = list(&topic["niveaus"]);
        let Some(level) = levels.iter().find(|one| one["niveau"] == "buurten") else { continue };
        for year in list(&level["jaren"]).iter().filter(|year| year["sinds"].is_null()) {
            let Some(on) = list(&year["leesbaarOp"]).last().and_then(Value::as_u64) else {
                continue;
            };
            let year = year["jaar"].as_u64().expect("a year");
            let asked = format!("niveau=buurten&indicator={id}&jaar={year}&indeling={on}");
            let legend = server.get(&format!("/v1/legenda?{asked}")).ok();
            if topic["soort"] == "aandeel" && legend["omrekening"]["geschat"].as_u64() > Some(0) {
                return Some((id.to_owned(), year, on));
            }
        }
    }
    None
}

/// A year of an indicator and another division that it can be read on, from the catalogue.
fn readable(server: &Server, indicator: &str, level: &str) -> (u64, u64) {
    let entry = server.get(&format!("/v1/indicatoren/{indicator}")).ok();
    let levels = list(&entry["niveaus"]);
    let level = levels.iter().find(|one| one["niveau"] == level).expect("the level");
    let year = list(&level["jaren"])
        .iter()
        .find(|year| !list(&year["leesbaarOp"]).is_empty())
        .expect("a year of another division");
    let on = list(&year["leesbaarOp"]).last().and_then(Value::as_u64).expect("a division");
    (year["jaar"].as_u64().expect("a year"), on)
}

#[test]
fn every_form_says_what_is_an_estimate() {
    let server = Server::demo();
    let (topic, year, on) = estimated(&server).expect("a topic that has to be estimated");
    let asked = format!("indicator={topic}&jaar={year}&indeling={on}");
    let layer = server.get(&format!("/v1/lagen/buurten.geojson?{asked}")).ok();
    assert_eq!(layer["indeling"], on);
    let told = &layer["legenda"]["omrekening"];
    let own = server.get(&format!("/v1/lagen/buurten.geojson?indicator={topic}&jaar={year}")).ok();
    assert_eq!((&told["van"], &told["naar"]), (&own["indeling"], &Value::from(on)));
    assert_ne!(told["van"], told["naar"]);
    let sentence = told["zin"]["nl"].as_str().expect("a sentence");
    assert!(
        sentence.starts_with(&format!("Cijfers van de indeling van {}", told["van"])),
        "{sentence}"
    );
    let mut ways: BTreeMap<String, u64> = BTreeMap::new();
    let mut of_layer: BTreeMap<String, (Option<f64>, Option<String>, bool)> = BTreeMap::new();
    for feature in list(&layer["features"]) {
        let of = &feature["properties"];
        let way = of["omrekening"].as_str().map(str::to_owned);
        let is_estimate = of["geschat"].as_bool().expect("said of each");
        let is_way = matches!(way.as_deref(), Some("adressen" | "inwoners" | "oppervlakte"));
        assert_eq!(is_estimate, is_way && of["waarde"].is_number(), "{of}");
        assert!((0.0..=1.0).contains(&number(&of["gedekt"])), "{of}");
        let is_water = list(&of["vlaggen"]).contains(&Value::from("water"));
        if let (Some(way), true, false) = (&way, of["waarde"].is_number(), is_water) {
            *ways.entry(way.clone()).or_default() += 1;
        }
        let code = of["code"].as_str().expect("a code").to_owned();
        of_layer.insert(code, (of["waarde"].as_f64(), way, is_estimate));
    }
    let counted: BTreeMap<String, u64> = list(&told["wijzen"])
        .iter()
        .map(|one| {
            let way = one["wijze"].as_str().expect("a way").to_owned();
            (way, one["gebieden"].as_u64().expect("a count"))
        })
        .collect();
    assert_eq!(counted, ways, "the legend counts what the features say");
    assert!(ways.contains_key("gelijk") && ways.len() > 2, "{ways:?}");

    let csv = server.get(&format!("/v1/lagen/buurten.csv?{asked}")).text();
    let mut rows = csv.lines();
    let head: Vec<_> = rows.next().expect("a header").split(',').collect();
    assert!(csv.contains("indeling,indeling_cijfers,omrekening,gedekt"), "{head:?}");
    let estimates = rows.filter(|row| {
        [",adressen,", ",inwoners,", ",oppervlakte,"].iter().any(|way| row.contains(way))
    });
    let of_estimates = of_layer.values().filter(|(_, _, is_estimate)| *is_estimate).count();
    assert!(estimates.count() >= of_estimates && of_estimates > 0);

    let page =
        server.get(&format!("/kaart/{topic}/tabel?niveau=buurten&jaar={year}&indeling={on}"));
    assert_eq!(page.status, 200);
    assert_eq!(page.text().matches("(geschat)").count(), of_estimates);
    assert!(page.text().contains(sentence), "the page says how");
    let svg = server.get(&format!("/v1/lagen/buurten.svg?{asked}")).text();
    assert!(svg.contains("wk-staand-") && svg.contains(">geschat<"), "hatched, and in the legend");
    let tiles = server
        .get(&format!(
            "/v1/tegels/buurten/tilejson.json?indicatoren={topic}&jaar={year}&indeling={on}"
        ))
        .ok();
    assert!(tiles["vector_layers"][0]["fields"][format!("{topic}_geschat")].is_string(), "{tiles}");
    assert!(tiles["tiles"][0].as_str().expect("an address").contains(&format!("indeling={on}")));

    // An area in every year says the same.
    for (code, (value, way, is_estimate)) in of_layer.iter().step_by(17) {
        let target = format!("/v1/gebieden/{code}/reeks?indicator={topic}&jaar={on}");
        let series = server.get(&target).ok();
        let own = list(&series["reeks"]).iter().find(|one| one["jaar"] == year).expect("the year");
        assert_eq!(own["geschat"], *is_estimate, "{code}");
        assert_eq!(own["omrekening"].as_str(), way.as_deref(), "{code}");
        match value {
            Some(value) => assert!(
                (number(&own["waarde"]) - value).abs() <= 1e-4 * value.abs(),
                "{code} {own}"
            ),
            None => assert!(own["reden"].is_string(), "{code} {own}"),
        }
    }
}

#[test]
fn what_is_not_asked_is_as_it_was_and_what_cannot_be_is_told() {
    let server = Server::demo();
    let (year, on) = readable(&server, "leefbaarheid", "buurten");
    let own = format!("/v1/lagen/buurten.geojson?indicator=leefbaarheid&jaar={year}");
    let layer = server.get(&own).ok();
    assert_eq!(layer["legenda"]["omrekening"], Value::Null);
    assert!(layer["features"][0]["properties"].get("geschat").is_none());
    let vintage = layer["indeling"].as_u64().expect("a year");
    assert_eq!(server.get(&format!("{own}&indeling={vintage}")).ok(), layer, "its own division");
    let refused = server.get(&format!("{own}&indeling=1950")).problem(400);
    assert_eq!(refused["errors"][0]["location"]["name"], "indeling");
    assert!(list(&refused["errors"][0]["toegestaan"]).contains(&Value::from(on.to_string())));
    let both = format!("{own}&indeling={on}&met=woningwaarde");
    let refused = server.get(&both).problem(400);
    assert!(refused.to_string().contains("gaat niet samen met een tweede onderwerp"), "{refused}");
    let (year, on) = readable(&server, "leefbaarheid-klasse", "buurten");
    let classes = format!(
        "/v1/lagen/buurten.geojson?indicator=leefbaarheid-klasse&jaar={year}&indeling={on}"
    );
    for feature in list(&server.get(&classes).ok()["features"]) {
        let value = &feature["properties"]["waarde"];
        assert!(value.is_null() || number(value).fract() == 0.0, "no class between two: {value}");
    }
}

/// Held against the sums of the public figures, by another program.
#[test]
fn public_counts_keep_their_totals() {
    let Some(atlas) = everything() else { return };
    let server = Server::on(&atlas);
    for (level, from, to) in [
        ("wijken", 2016, 2024),
        ("wijken", 2024, 2016),
        ("wijken", 2022, 2024),
        ("gemeenten", 2012, 2024),
        ("gemeenten", 2018, 2022),
    ] {
        let sum = |indeling: &str| {
            let target = format!("/v1/lagen/{level}.csv?indicator=inwoners&jaar={from}{indeling}");
            let text = server.get(&target).text();
            let mut rows = csv::Reader::from_reader(text.as_bytes());
            let head = rows.headers().expect("a header").clone();
            let at = head.iter().position(|name| name == "waarde").expect("a column");
            let values = rows.records().filter_map(|row| row.ok()?.get(at)?.parse::<f64>().ok());
            values.sum::<f64>()
        };
        let (before, after) = (sum(""), sum(&format!("&indeling={to}")));
        // Water and abroad have no residents; what lies beyond the other division is told.
        assert!((before - after).abs() < 2e-4 * before, "{level} {from} to {to}: {before} {after}");
        let legend = server
            .get(&format!(
                "/v1/legenda?niveau={level}&indicator=inwoners&jaar={from}&indeling={to}"
            ))
            .ok();
        let ways = list(&legend["omrekening"]["wijzen"]);
        let count = |estimated: bool| -> u64 {
            let of = ways.iter().filter(|way| way["geschat"] == estimated);
            of.filter_map(|way| way["gebieden"].as_u64()).sum()
        };
        assert!(count(false) > count(true), "{level} {from} to {to}: {ways:?}");
        if count(true) > 0 {
            assert!(number(&legend["omrekening"]["gedekt"]) >= 0.9);
        }
    }
    // Two gemeenten that are one now: Amsterdam and Weesp, 2018 and 2022 (joined 24 March 2022).
    let of = |code: &str, year: u16| {
        let area = server.get(&format!("/v1/gebieden/{code}/reeks?indicator=inwoners&jaar={year}"));
        let area = area.ok();
        let year =
            list(&area["reeks"]).iter().find(|one| one["jaar"] == 2018).expect("2018").clone();
        number(&year["waarde"])
    };
    let (amsterdam, weesp, joined) = (of("GM0363", 2018), of("GM0457", 2018), of("GM0363", 2024));
    assert!((amsterdam + weesp - joined).abs() < 0.005 * joined, "{amsterdam} {weesp} {joined}");
}
