//! The ten areas most like one are the nearest by brute force, and say what they were compared on.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::harness::Server;

const TRAITS: [&str; 6] = [
    "stedelijkheid",
    "bevolkingsdichtheid",
    "koopwoningen",
    "woningwaarde",
    "aandeel-65-plus",
    "huishoudensgrootte",
];

type Figures = BTreeMap<String, [Option<f64>; 6]>;

/// Of every area that is compared the six figures, and which areas have a mark.
fn figures(server: &Server, level: &str, year: u16) -> (Figures, Vec<String>) {
    let (mut all, mut marked) = (Figures::new(), Vec::new());
    for (at, id) in TRAITS.iter().enumerate() {
        let query = format!("/v1/lagen/{level}.geojson?detail=grof&indicator={id}&jaar={year}");
        for one in server.get(&query).ok()["features"].as_array().expect("features") {
            let code = one["id"].as_str().expect("a code").to_owned();
            if one["properties"]["vlaggen"] == serde_json::json!([]) {
                all.entry(code).or_default()[at] = one["properties"]["waarde"].as_f64();
            } else if at == 0 {
                marked.push(code);
            }
        }
    }
    (all, marked)
}

fn brute_force(all: &Figures, own: &str) -> Vec<(f64, String)> {
    let deviations: Vec<f64> = (0..6)
        .map(|at| {
            let known: Vec<f64> = all.values().filter_map(|one| one[at]).collect();
            let mean = known.iter().sum::<f64>() / known.len() as f64;
            let squares: f64 = known.iter().map(|one| (one - mean) * (one - mean)).sum();
            (squares / known.len() as f64).sqrt()
        })
        .collect();
    let mine = all[own];
    let mut found = Vec::new();
    for (code, other) in all.iter().filter(|(code, _)| *code != own) {
        let differences: Vec<f64> =
            (0..6).filter_map(|at| Some((mine[at]? - other[at]?) / deviations[at])).collect();
        if differences.len() >= 4 {
            let squares: f64 = differences.iter().map(|one| one * one).sum();
            found.push(((squares / differences.len() as f64).sqrt(), code.clone()));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    found.truncate(10);
    found
}

#[test]
fn they_are_the_nearest_by_brute_force() {
    let server = Server::demo();
    for (level, step) in [("buurten", 37), ("wijken", 23), ("gemeenten", 5)] {
        let (all, marked) = figures(&server, level, 2024);
        let (mut answered, mut refused) = (0, 0);
        for (own, mine) in all.iter().step_by(step) {
            let answer = server.get(&format!("/v1/gebieden/{own}/vergelijkbaar")).ok();
            let areas = answer["gebieden"].as_array().expect("areas");
            if mine.iter().flatten().count() < 4 {
                assert!(areas.is_empty() && answer["reden"]["nl"].is_string(), "{answer}");
                refused += 1;
                continue;
            }
            let expected = brute_force(&all, own);
            assert_eq!(areas.len(), expected.len(), "{own}");
            for (area, (distance, code)) in areas.iter().zip(expected) {
                let told = area["afstand"].as_f64().expect("a distance");
                assert!((told - distance).abs() <= 1e-4, "{own} {code}: {told} {distance}");
                assert_eq!(area["code"], code.as_str(), "{own}");
                assert_eq!(area["gemeente"].is_null(), level == "gemeenten");
            }
            assert!(answer["reden"].is_null());
            answered += 1;
        }
        assert!(answered > 1, "{level}: {answered} answered, {refused} refused");
        if let Some(own) = marked.first() {
            let answer = server.get(&format!("/v1/gebieden/{own}/vergelijkbaar")).ok();
            assert_eq!(answer["gebieden"], serde_json::json!([]), "{answer}");
            assert!(answer["reden"]["en"].is_string());
        }
    }
}

#[test]
fn too_little_known_is_a_reason_and_no_guess() {
    let server = Server::demo();
    let (all, _) = figures(&server, "buurten", 2024);
    let own = all.iter().find(|(_, mine)| mine.iter().flatten().count() < 4);
    let Some((own, _)) = own else { return };
    let answer = server.get(&format!("/v1/gebieden/{own}/vergelijkbaar")).ok();
    assert_eq!(answer["gebieden"], serde_json::json!([]));
    assert!(answer["reden"]["nl"].as_str().is_some_and(|text| text.contains("kenmerken")));
}

#[test]
fn what_was_compared_is_told_and_another_division_has_its_own() {
    let server = Server::demo();
    let list = server.get("/v1/gebieden?niveau=wijken&jaar=2018&aantal=1").ok();
    let code = list["gebieden"][0]["code"].as_str().expect("a code");
    let answer = server.get(&format!("/v1/gebieden/{code}/vergelijkbaar?jaar=2018")).ok();
    assert_eq!(answer["jaar"], 2018);
    let (all, _) = figures(&server, "wijken", 2018);
    let traits = answer["kenmerken"].as_array().expect("traits");
    let left_out = answer["weggelaten"].as_array().map_or(0, Vec::len);
    assert_eq!(traits.len() + left_out, TRAITS.len());
    for one in traits {
        let at = TRAITS.iter().position(|id| one["id"] == *id).expect("a trait");
        let known: Vec<f64> = all.values().filter_map(|one| one[at]).collect();
        let mean = known.iter().sum::<f64>() / known.len() as f64;
        assert_eq!(one["gebieden"], known.len());
        assert!((one["gemiddelde"].as_f64().expect("a mean") - mean).abs() < 1e-6 * mean.abs());
        assert_eq!(one["jaar"], 2018);
    }
    let again = server.get(&format!("/v1/gebieden/{code}/vergelijkbaar?jaar=2018")).ok();
    assert_eq!(answer, again);
    let problem = server.get(&format!("/v1/gebieden/{code}/vergelijkbaar?aantal=3")).problem(400);
    assert_eq!(problem["errors"][0]["code"], Value::from("onbekend"));
}
