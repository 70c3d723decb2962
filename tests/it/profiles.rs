//! A profile says of one area what it is beside its gemeente and the country, over the years.

use std::{fs, path::Path};

use serde_json::Value;

use crate::harness::Server;

fn features(server: &Server, level: &str, query: &str) -> Vec<Value> {
    let layer = server.get(&format!("/v1/lagen/{level}.geojson?detail=grof&{query}")).ok();
    let features = layer["features"].as_array().expect("features").clone();
    features.into_iter().map(|one| one["properties"].clone()).collect()
}

fn topic<'a>(profile: &'a Value, id: &str) -> &'a Value {
    let topics = profile["onderwerpen"].as_array().expect("topics");
    topics.iter().find(|one| one["id"] == id).unwrap_or_else(|| unreachable!("no {id}"))
}

fn newest(topic: &Value) -> &Value {
    let at = topic["nieuwste"].as_u64().expect("a place") as usize;
    &topic["reeks"][at]
}

/// A buurt that is compared and has a score.
fn ordinary(server: &Server) -> String {
    let all = features(server, "buurten", "indicator=leefbaarheid&jaar=2024");
    let one = all.iter().find(|one| one["rang"].is_array()).expect("a ranked buurt");
    one["code"].as_str().expect("a code").to_owned()
}

fn old_gemeente(server: &Server) -> String {
    let list = server.get("/v1/gebieden?niveau=gemeenten&jaar=2018&aantal=1").ok();
    list["gebieden"][0]["code"].as_str().expect("a code").to_owned()
}

#[test]
fn the_figures_are_those_of_the_area_and_of_its_gemeente() {
    let server = Server::demo();
    let code = ordinary(&server);
    let profile = server.get(&format!("/v1/gebieden/{code}/profiel")).ok();
    let detail = server.get(&format!("/v1/gebieden/{code}")).ok();
    let above = detail["gemeente"]["code"].as_str().expect("a gemeente");
    assert_eq!(profile["gemeente"], detail["gemeente"]);
    let above = server.get(&format!("/v1/gebieden/{above}")).ok();
    let topics = profile["onderwerpen"].as_array().expect("topics");
    assert_eq!(topics.len(), detail["waarden"].as_object().expect("values").len());
    let mut beside = 0;
    for topic in topics {
        let id = topic["id"].as_str().expect("an id");
        for point in topic["reeks"].as_array().expect("years") {
            let same = |values: &Value| {
                let years = values["waarden"][id].as_array().cloned().unwrap_or_default();
                let same =
                    |one: &Value| one["jaar"] == point["jaar"] && one["sinds"] == point["sinds"];
                years.into_iter().find(same)
            };
            let own = same(&detail).expect("the year");
            for key in ["waarde", "reden", "interval", "rang", "klasse", "klassenaam"] {
                assert_eq!(point[key], own[key], "{id} {key}");
            }
            assert_eq!(point["waarde"].is_null(), point["reden"].is_string(), "{id} {point}");
            if let Some(published) = same(&above) {
                let gemeente = &point["gemeente"];
                assert_eq!(gemeente["waarde"], published["waarde"], "{id}");
                assert_eq!(gemeente["herkomst"], "gepubliceerd");
                beside += 1;
            }
        }
        for key in ["bron", "licentie", "dekking"] {
            assert!(!topic[key].is_null(), "{id} has no {key}");
        }
    }
    assert!(beside > 50, "{beside}");
    let years = topic(&profile, "leefbaarheid")["reeks"].as_array().expect("years");
    let years: Vec<_> = years.iter().filter_map(|one| one["jaar"].as_u64()).collect();
    assert_eq!(years, [2002, 2008, 2012, 2014, 2016, 2018, 2020, 2022, 2024]);
    let then = format!("/v1/gebieden/{}/profiel?jaar=2018", old_gemeente(&server));
    let then = server.get(&then).ok();
    assert_eq!(then["jaar"], 2018);
    assert_eq!(topic(&then, "inwoners")["jarenElders"], serde_json::json!([2020, 2022, 2024]));
    assert_eq!(topic(&profile, "woningwaarde")["reeksbreuken"][0]["vanaf"], 2020);
    assert_eq!(profile["fictief"], true);
    assert!(!profile["bronnen"].as_array().expect("sources").is_empty());
}

#[test]
fn the_country_is_a_sum_or_a_weighted_mean_that_says_what_it_covers() {
    let server = Server::demo();
    let code = ordinary(&server);
    let profile = server.get(&format!("/v1/gebieden/{code}/profiel")).ok();
    let of = |id: &str| features(&server, "gemeenten", &format!("indicator={id}&jaar=2024"));
    let residents = of("inwoners");
    let total: f64 = residents.iter().filter_map(|one| one["waarde"].as_f64()).sum();
    let country = &newest(topic(&profile, "inwoners"))["land"];
    assert_eq!(country["waarde"].as_f64(), Some(total));
    assert_eq!((&country["herkomst"], &country["code"]), (&Value::from("som"), &Value::Null));
    for (id, weights) in [
        ("leefbaarheid", "inwoners"),
        ("koopwoningen", "inwoners"),
        ("huishoudensgrootte", "huishoudens"),
    ] {
        let weights = of(weights);
        let (mut sum, mut weight, mut areas) = (0.0, 0.0, 0);
        for (one, by) in of(id).iter().zip(&weights) {
            assert_eq!(one["code"], by["code"]);
            let (Some(value), Some(by)) = (one["waarde"].as_f64(), by["waarde"].as_f64()) else {
                continue;
            };
            sum += value * by;
            weight += by;
            areas += 1;
        }
        let country = &newest(topic(&profile, id))["land"];
        let value = country["waarde"].as_f64().expect("a mean");
        assert!((value - sum / weight).abs() <= 1e-4, "{id}: {country} {}", sum / weight);
        assert_eq!(country["herkomst"], "gemiddelde");
        assert_eq!(country["dekking"]["metWaarde"], areas);
        assert_eq!(country["dekking"]["inwoners"].as_f64(), Some(total));
        let text = country["toelichting"]["nl"].as_str().expect("a sentence");
        assert!(text.contains("gewogen naar") && text.contains("gemeenten"), "{text}");
    }
    // Residents on the land that their densities tell.
    let land: f64 = of("bevolkingsdichtheid")
        .iter()
        .zip(&residents)
        .filter_map(|(one, by)| Some(by["waarde"].as_f64()? / one["waarde"].as_f64()?))
        .sum();
    let density = newest(topic(&profile, "bevolkingsdichtheid"))["land"]["waarde"].as_f64();
    assert!((density.expect("a density") - total / land).abs() < 1e-3, "{density:?}");
    assert!(newest(topic(&profile, "leefbaarheid-klasse"))["land"].is_null(), "no mean of classes");
}

#[test]
fn the_sentence_counts_every_area_and_is_the_one_on_the_screen() {
    let server = Server::demo();
    let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/src/core/i18n/nl.ts");
    let texts = fs::read_to_string(texts).expect("the texts of the page");
    let said = |key: &str| {
        let line = texts.lines().find(|line| line.trim_start().starts_with(&format!("{key}: ")));
        let line = line.unwrap_or_else(|| unreachable!("no text {key}"));
        line.split('\'').nth(1).expect("a text").to_owned()
    };
    let all = features(&server, "buurten", "indicator=leefbaarheid&jaar=2024");
    let compared = |one: &&Value| one["waarde"].is_f64() && one["vlaggen"] == serde_json::json!([]);
    let n = all.iter().filter(compared).count();
    let mut kinds = [0, 0];
    for one in all.iter().filter(compared).step_by(60) {
        let code = one["code"].as_str().expect("a code");
        let own = one["waarde"].as_f64().expect("a number");
        let values = || all.iter().filter(compared).filter_map(|one| one["waarde"].as_f64());
        let above = values().filter(|other| *other > own).count();
        let below = values().filter(|other| *other < own).count();
        let (key, count) = if above >= below { ("lower", above) } else { ("higher", below) };
        kinds[usize::from(key == "higher")] += 1;
        let share = (100.0 * count as f64 / n as f64).round().clamp(1.0, 99.0);
        let expected = said(key)
            .replace("{share}", &format!("{share}%"))
            .replace("{many}", &said("many_buurten"))
            .replace("{figure}", &said("figure_score"))
            .replace("{where}", &said("whereCountry"))
            .replace("{n}", &n.to_string());
        let profile = server.get(&format!("/v1/gebieden/{code}/profiel")).ok();
        assert_eq!(topic(&profile, "leefbaarheid")["zin"]["nl"], expected, "{code}");
    }
    assert!(kinds[0] > 0 && kinds[1] > 0, "{kinds:?}");
}

#[test]
fn the_score_has_its_dimensions_and_explains_no_cause() {
    let server = Server::demo();
    let profile = server.get(&format!("/v1/gebieden/{}/profiel", ordinary(&server))).ok();
    let scores = profile["scores"].as_array().expect("scores");
    let score = scores.iter().find(|one| one["id"] == "leefbaarheid").expect("the score");
    let parts: Vec<_> =
        score["onderdelen"].as_array().expect("parts").iter().map(|one| &one["id"]).collect();
    assert_eq!(parts.len(), 5, "{parts:?}");
    let sum: f64 = score["onderdelen"]
        .as_array()
        .expect("parts")
        .iter()
        .filter_map(|one| one["waarde"].as_f64())
        .sum();
    let whole = newest(topic(&profile, "leefbaarheid"))["waarde"].as_f64().expect("a score");
    assert!((sum - whole).abs() < 1e-4, "{sum} {whole}");
    for note in [&score["opmerking"], &topic(&profile, "leefbaarheid")["opmerking"]] {
        assert_eq!(note["nl"], "De Leefbaarometer signaleert; hij verklaart geen oorzaak.");
    }
}

#[test]
fn what_is_missing_or_marked_has_a_reason_and_no_sentence() {
    let server = Server::demo();
    let all = features(&server, "buurten", "indicator=leefbaarheid&jaar=2024");
    let marked =
        all.iter().find(|one| one["vlaggen"] == serde_json::json!(["nauwelijks-woongebied"]));
    let missing =
        all.iter().find(|one| one["waarde"].is_null() && one["vlaggen"] == serde_json::json!([]));
    for (one, is_marked) in [(marked.expect("marked"), true), (missing.expect("missing"), false)] {
        let code = one["code"].as_str().expect("a code");
        let profile = server.get(&format!("/v1/gebieden/{code}/profiel")).ok();
        let score = topic(&profile, "leefbaarheid");
        assert_eq!(profile["vlagredenen"].as_array().map(Vec::len), Some(usize::from(is_marked)));
        if is_marked || newest(score)["waarde"].is_null() {
            assert!(score["zin"].is_null(), "{score}");
        }
        let last = score["reeks"].as_array().and_then(|all| all.last()).expect("a year");
        assert_eq!(
            (&last["waarde"], &last["reden"]),
            (&one["waarde"], one.get("reden").unwrap_or(&Value::Null))
        );
    }
}

#[test]
fn others_stand_beside_it_where_they_are_asked_for() {
    let server = Server::demo();
    let code = ordinary(&server);
    let list = server.get("/v1/gebieden?niveau=buurten&aantal=2").ok();
    let other = list["gebieden"][1]["code"].as_str().expect("a code");
    let wijk = format!("WK{}", &code[2..8]);
    let target = format!("/v1/gebieden/{code}/profiel?vergelijk={other},{wijk}");
    let profile = server.get(&target).ok();
    assert_eq!(profile["vergelekenMet"][0]["code"], other);
    assert_eq!(profile["vergelekenMet"][1]["niveau"], "wijken");
    let detail = server.get(&format!("/v1/gebieden/{other}")).ok();
    let point = newest(topic(&profile, "woningwaarde"));
    let years = detail["waarden"]["woningwaarde"].as_array().expect("years");
    let same = years.iter().find(|one| one["jaar"] == point["jaar"]).expect("the year");
    assert_eq!(point["naast"][0]["waarde"], same["waarde"]);
    assert_eq!(point["naast"][1]["code"], wijk.as_str());
    for wrong in ["BU00000000", "x,x", "a,b,c,d,e,f", "%27"] {
        let target = format!("/v1/gebieden/{code}/profiel?vergelijk={wrong}");
        let problem = server.get(&target).problem(400);
        assert_eq!(problem["errors"][0]["location"]["name"], "vergelijk", "{wrong}");
    }
    server.get("/v1/gebieden/BU00000000/profiel").problem(404);
    server.get(&format!("/v1/gebieden/{code}/profiel?jaar=1999")).problem(400);
}

#[test]
fn a_gemeente_has_the_country_beside_it_and_no_gemeente() {
    let server = Server::demo();
    let list = server.get("/v1/gebieden?niveau=gemeenten&aantal=1").ok();
    let code = list["gebieden"][0]["code"].as_str().expect("a code");
    let profile = server.get(&format!("/v1/gebieden/{code}/profiel")).ok();
    let point = newest(topic(&profile, "koopwoningen"));
    assert!(point["gemeente"].is_null() && point["land"]["waarde"].is_f64(), "{point}");
    assert!(profile["gemeente"].is_null());
}
