//! *Nauwelijks woongebied*: found by the figures, visible, and out of every comparison.

use std::{collections::BTreeSet, fs};

use serde_json::Value;

use crate::harness::{Server, scratch};

const FLAG: &str = "nauwelijks-woongebied";

fn properties(server: &Server, level: &str, indicator: &str) -> Vec<Value> {
    let layer = server.get(&format!("/v1/lagen/{level}.geojson?indicator={indicator}&jaar=2024"));
    let layer = layer.ok();
    let features = layer["features"].as_array().expect("features");
    features.iter().map(|feature| feature["properties"].clone()).collect()
}

fn is_flagged(area: &Value) -> bool {
    area["vlaggen"].as_array().expect("flags").contains(&FLAG.into())
}

/// How many areas and residents the legend counts with the flag.
fn counted(server: &Server, level: &str) -> (i64, i64) {
    let legend =
        server.get(&format!("/v1/legenda?indicator=inwoners&niveau={level}&jaar=2024")).ok();
    let flags = legend["vlaggen"].as_array().expect("flags");
    let entry = flags.iter().find(|entry| entry["vlag"] == FLAG).expect("the flag occurs");
    let text = entry["uitleg"]["nl"].as_str().expect("it is explained");
    assert!(text.contains("15%") && text.contains("hectare"), "{text}");
    let count = |key: &str| entry[key].as_i64().expect("a count");
    (count("gebieden"), count("inwoners"))
}

#[test]
fn the_rule_finds_the_estates_of_the_demo_and_nothing_else() {
    let server = Server::demo();
    for area in properties(&server, "buurten", "inwoners") {
        let is_estate = area["naam"].as_str().expect("a name").starts_with("Bedrijventerrein");
        assert_eq!(is_flagged(&area), is_estate, "{area}");
    }
    assert!(!properties(&server, "gemeenten", "inwoners").iter().any(is_flagged));
}

#[test]
fn the_rule_finds_the_estates_of_2024_and_no_neighbourhood() {
    let Some(server) = Server::country() else { return };
    let areas = properties(&server, "buurten", "leefbaarheid");
    let mut scored: Vec<_> =
        areas.iter().filter_map(|area| Some((area["waarde"].as_f64()?, area))).collect();
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    // The eight lowest scores are of estates and empty land; the ninth is a neighbourhood.
    assert_eq!(scored[0].1["naam"], "De Vergulde Hand");
    for (_, area) in &scored[..8] {
        assert!(is_flagged(area) && !area["klasse"].is_null(), "{area}");
        assert!(area.get("rang").is_none(), "{area}");
    }
    assert_eq!(scored[8].1["naam"], "Peldersveld Oost");
    assert!(!is_flagged(scored[8].1));
    let ranked = scored.iter().filter(|(_, area)| !is_flagged(area)).count();
    assert_eq!(scored[8].1["rang"], serde_json::json!([ranked, ranked]));

    // docs/DATA.md says these counts.
    assert_eq!(counted(&server, "buurten"), (298, 34_215));
    assert_eq!(counted(&server, "wijken"), (41, 8_850));
    let with_score = scored.len() - ranked;
    assert_eq!(with_score, 86);
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/DATA.md"));
    let text = text.expect("docs/DATA.md");
    for count in ["298 buurten", "34,215 inhabitants", "86 of them with a score", "41 wijken"] {
        assert!(text.contains(count), "docs/DATA.md does not say {count:?}");
    }

    // Farms and villages are lived in: in the countryside the figures alone flag hardly any.
    let residents = properties(&server, "buurten", "inwoners");
    let flagged: Vec<_> = residents.iter().filter(|area| is_flagged(area)).collect();
    let large = flagged.iter().filter(|area| area["waarde"].as_f64() > Some(1_000.0));
    let large: BTreeSet<_> = large.filter_map(|area| area["naam"].as_str()).collect();
    let expected = ["De Vergulde Hand", "Nieuw Mathenesse", "Verspr.h. Ter Apel en Ter Apelkanaal"];
    assert_eq!(large, BTreeSet::from(expected));
    assert!(!properties(&server, "gemeenten", "inwoners").iter().any(is_flagged));
}

#[test]
fn a_flagged_area_keeps_its_figure_and_takes_part_in_no_comparison() {
    let server = Server::demo();
    let areas = properties(&server, "buurten", "inwoners");
    let flagged = areas.iter().find(|area| is_flagged(area)).expect("the demo has estates");
    let code = flagged["code"].as_str().expect("a code");
    let detail = server.get(&format!("/v1/gebieden/{code}")).ok();
    let residents = &detail["waarden"]["inwoners"];
    let newest = residents.as_array().and_then(|years| years.last()).expect("years");
    assert_eq!(newest["waarde"], flagged["waarde"]);
    assert_eq!(newest["rang"], serde_json::json!([]));
    let why = &detail["vlagredenen"][0];
    assert_eq!(why["vlag"], FLAG);
    assert!(why["reden"]["nl"].as_str().is_some_and(|text| text.len() > 10), "{why}");
    // Of those that are ranked, the last has as many before it as there are.
    let ranked = areas.iter().filter(|area| area.get("rang").is_some()).count();
    let compared = areas.iter().filter(|area| area["vlaggen"] == serde_json::json!([])).count();
    assert_eq!(ranked, compared);
    let last = areas.iter().filter_map(|area| area["rang"][1].as_u64()).max();
    assert_eq!(last, Some(ranked as u64));
    // The legend tells them apart in each class, and the table without a script in words.
    let legend = server.get("/v1/legenda?indicator=inwoners&niveau=buurten&jaar=2024").ok();
    let classes = legend["klassen"].as_array().expect("classes");
    let marked: i64 = classes.iter().filter_map(|class| class["gemarkeerd"].as_i64()).sum();
    let flagged: Vec<_> = areas.iter().filter(|area| is_flagged(area)).collect();
    assert_eq!(marked, flagged.iter().filter(|area| !area["klasse"].is_null()).count() as i64);
    let page = server.get("/kaart/inwoners/tabel?niveau=buurten&jaar=2024").text();
    assert_eq!(page.matches("(nauwelijks woongebied)").count(), flagged.len());
}

#[test]
fn an_administrator_changes_thresholds_and_lists() {
    let server = Server::demo();
    let areas = properties(&server, "buurten", "inwoners");
    let estate = areas.iter().find(|area| is_flagged(area)).expect("an estate")["code"].clone();
    let other = areas
        .iter()
        .find(|area| area["vlaggen"] == serde_json::json!([]))
        .expect("an ordinary buurt")["code"]
        .clone();
    let folder = scratch();
    let config = folder.path().join("wijkzicht.toml");
    let text = format!(
        "[nauwelijks-woongebied]\ndrempels = {{ inwoners = 0, eengezinswoningen = 12.5 }}\n\
         wel = [{{ code = {other}, reden = 'camping' }}]\n\
         niet = [{{ code = {estate}, reden = 'woonwijk sinds 2024' }}]\n"
    );
    fs::write(&config, text).expect("a temporary file");
    let changed = Server::start(&["--demo", "--config", config.to_str().expect("UTF-8")]);
    let changed_areas = properties(&changed, "buurten", "inwoners");
    let flag_of = |code: &Value| {
        is_flagged(changed_areas.iter().find(|area| area["code"] == *code).expect("the same codes"))
    };
    assert!(flag_of(&other) && !flag_of(&estate));
    let legend = changed.get("/v1/legenda?indicator=inwoners&niveau=buurten").ok();
    let flags = legend["vlaggen"].as_array().expect("flags");
    let told = flags.iter().find(|flag| flag["vlag"] == FLAG).expect("the flag");
    assert!(told["uitleg"]["nl"].as_str().is_some_and(|text| text.contains("12,5%")), "{told}");
}
