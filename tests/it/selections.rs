//! Selections name areas of a division, and add up what is published of them.

use std::{collections::BTreeSet, fs};

use serde_json::{Value, json};

use crate::harness::{Server, each, scratch};

fn features(server: &Server, level: &str, query: &str) -> Vec<Value> {
    let layer = server.get(&format!("/v1/lagen/{level}.geojson?detail=grof&{query}")).ok();
    let features = layer["features"].as_array().expect("features").clone();
    features.into_iter().map(|one| one["properties"].clone()).collect()
}

/// Buurten of the fictional country: three of the first gemeente, and a wijk of another.
fn some_codes(server: &Server) -> Vec<String> {
    let codes = |level: &str| -> Vec<String> {
        let all = features(server, level, "indicator=inwoners&jaar=2024");
        all.iter().filter_map(|one| one["code"].as_str().map(str::to_owned)).collect()
    };
    let buurten = codes("buurten");
    let wijk = codes("wijken").pop().expect("a wijk");
    let mut some = buurten[..3].to_vec();
    some.push(wijk);
    some
}

fn served(config: &str) -> (Server, tempfile::TempDir) {
    let folder = scratch();
    let path = folder.path().join("wijkzicht.toml");
    fs::write(&path, config).expect("a temporary file");
    let server = Server::start(&["--demo", "--config", path.to_str().expect("UTF-8")]);
    (server, folder)
}

/// The sum or the mean by residents over some cells, and how many areas and residents are in it.
fn brute_force(cells: &[(&Value, &Value)], is_count: bool) -> (f64, usize, f64) {
    let (mut sum, mut weight, mut areas, mut lived) = (0.0, 0.0, 0, 0.0);
    for (cell, residents) in cells {
        assert_eq!(cell["code"], residents["code"]);
        let (value, by) = (cell["waarde"].as_f64(), residents["waarde"].as_f64());
        let (Some(value), Some(by)) = (value, by) else { continue };
        let by_weight = if is_count { 1.0 } else { by };
        sum += value * by_weight;
        weight += by_weight;
        areas += 1;
        lived += by;
    }
    (if is_count { sum } else { sum / weight }, areas, lived)
}

#[test]
fn totals_are_those_of_the_published_cells_inside_and_outside() {
    let server = Server::demo();
    let codes = some_codes(&server);
    let listed = codes.join(",");
    let residents = features(&server, "buurten", "indicator=inwoners&jaar=2024");
    for (id, is_count) in [("inwoners", true), ("koopwoningen", false), ("leefbaarheid", false)] {
        let target = format!("/v1/selecties/eigen/totalen?codes={listed}&indicator={id}&jaar=2024");
        let answer = server.get(&target).ok();
        assert_eq!((&answer["niveau"], &answer["jaar"]), (&json!("buurten"), &json!(2024)));
        assert_eq!(answer["ontbreekt"], json!([]));
        let cells = features(&server, "buurten", &format!("indicator={id}&jaar=2024"));
        let is_in = |one: &Value| {
            let code = one["code"].as_str().expect("a code");
            codes.iter().any(|wanted| wanted == code || wanted[2..] == code[2..8])
        };
        let not_water = |one: &Value| one["vlaggen"] != json!(["water"]);
        for (part, inside) in [("binnen", true), ("buiten", false)] {
            let pairs: Vec<_> = cells
                .iter()
                .zip(&residents)
                .filter(|(one, _)| is_in(one) == inside && not_water(one))
                .collect();
            let (expected, areas, lived) = brute_force(&pairs, is_count);
            let told = &answer[part];
            assert_eq!(told["gebieden"], pairs.len(), "{id} {part}");
            let value = told["totaal"]["waarde"].as_f64().expect("a total");
            assert!((value - expected).abs() <= 1e-4, "{id} {part}: {value} {expected}");
            assert_eq!(told["totaal"]["dekking"]["metWaarde"], areas, "{id} {part}");
            assert_eq!(told["totaal"]["dekking"]["inwonersMetWaarde"].as_f64(), Some(lived));
            let missing: u64 = told["redenen"]
                .as_object()
                .map_or(0, |all| all.values().filter_map(Value::as_u64).sum());
            let without = pairs.iter().filter(|(one, _)| one["waarde"].is_null()).count();
            assert_eq!(missing, without as u64, "{id} {part}: missing is told, and no zero");
            if id == "leefbaarheid" {
                let classes = told["klassen"].as_array().expect("classes");
                let counted: u64 = classes.iter().filter_map(|one| one["gebieden"].as_u64()).sum();
                assert_eq!(counted as usize + without, pairs.len());
                let numbers: Vec<_> =
                    classes.iter().filter_map(|one| one["nummer"].as_u64()).collect();
                assert!(numbers.is_sorted_by(|a, b| a > b), "{numbers:?}");
                assert_eq!(
                    answer["opmerking"]["nl"].as_str().map(|s| s.contains("geen oorzaak")),
                    Some(true)
                );
            }
            if id == "inwoners" {
                let interval = &told["totaal"]["interval"];
                assert!(
                    interval["van"].as_f64() < Some(value)
                        && interval["tot"].as_f64() > Some(value)
                );
            }
        }
    }
}

#[test]
fn codes_of_one_level_are_taken_on_that_level_and_what_is_unknown_is_told() {
    let server = Server::demo();
    let list = server.get("/v1/gebieden?niveau=gemeenten&jaar=2024&aantal=2").ok();
    let code = list["gebieden"][0]["code"].as_str().expect("a code");
    let target = format!("/v1/selecties/eigen/totalen?codes={code},GM0001&indicator=inwoners");
    let answer = server.get(&target).ok();
    assert_eq!(
        (&answer["niveau"], &answer["ontbreekt"]),
        (&json!("gemeenten"), &json!(["GM0001"]))
    );
    assert_eq!(answer["binnen"]["gebieden"], 1);
    let classes = format!("/v1/selecties/eigen/totalen?codes={code}&indicator=stedelijkheid");
    assert!(server.get(&classes).ok()["binnen"]["totaal"].is_null(), "classes have no mean");
    for (query, name) in [
        ("indicator=inwoners".to_owned(), "codes"),
        (format!("codes={code},{code}&indicator=inwoners"), "codes"),
        (format!("codes={code}"), "indicator"),
        (format!("codes={code}&indicator=geluk"), "indicator"),
        (format!("codes={code}&indicator=inwoners&jaar=1999"), "jaar"),
    ] {
        let problem = server.get(&format!("/v1/selecties/eigen/totalen?{query}")).problem(400);
        let named = each(&problem["errors"], "location");
        assert!(named.iter().any(|one| one["name"] == name), "{query}: {problem}");
    }
    let many: Vec<_> = (0..501).map(|at| format!("x{at}")).collect();
    let target = format!("/v1/selecties/eigen/totalen?codes={}&indicator=inwoners", many.join(","));
    server.get(&target).problem(400);
    server.get("/v1/selecties/geen/totalen?indicator=inwoners").problem(404);
}

#[test]
fn own_selections_come_from_the_configuration() {
    let codes = some_codes(&Server::demo());
    let config = format!(
        "[[selectie]]\nid = 'onze-aanpak'\nnaam = 'Onze aanpak'\nindeling = 2024\n\
         codes = ['{}']\n\n[[selectie.plaats]]\nnaam = 'Noord'\nkandidaat = true\n\
         codes = ['{}', 'BU00000000']\n",
        codes[0], codes[1]
    );
    let (server, _folder) = served(&config);
    let list = server.get("/v1/selecties").ok();
    let ids: BTreeSet<_> =
        each(&list["selecties"], "id").into_iter().filter_map(Value::as_str).collect();
    assert!(ids.is_superset(&["twaalf-wijken", "focusgebieden", "onze-aanpak"].into()), "{ids:?}");
    let own = list["selecties"].as_array().and_then(|all| all.last()).expect("the own one");
    assert_eq!(
        (&own["eigen"], &own["kandidaten"], &own["plaatsen"]),
        (&json!(true), &json!(1), &json!(2))
    );
    let body = server.get("/v1/selecties/onze-aanpak").ok();
    assert_eq!(body["jaar"], 2024);
    assert_eq!(body["ontbreekt"], json!(["BU00000000"]));
    assert_eq!(body["lijst"][0]["gebieden"][0]["aanwezig"], true);
    assert_eq!(body["lijst"][0]["gebieden"][1]["aanwezig"], false);
    assert!(body["lijst"][0]["gebieden"][0]["naam"].is_string());
    assert!(body["toelichting"].is_null());
    let earlier = server.get("/v1/selecties/onze-aanpak?jaar=2018").ok();
    assert!(earlier["toelichting"]["nl"].as_str().is_some_and(|text| text.contains("2024")));
    let totals = server.get("/v1/selecties/onze-aanpak/totalen?indicator=inwoners").ok();
    assert_eq!(
        (&totals["binnen"]["gebieden"], &totals["naam"]["nl"]),
        (&json!(2), &json!("Onze aanpak"))
    );
    assert_eq!(totals["ontbreekt"], json!(["BU00000000"]));
}

#[test]
fn a_selection_that_cannot_be_stops_the_start() {
    let folder = scratch();
    let path = folder.path().join("wijkzicht.toml");
    fs::write(&path, "[[selectie]]\nid = 'focusgebieden'\nnaam = 'X'\ncodes = ['WK036301']")
        .expect("a temporary file");
    let config = path.to_str().expect("UTF-8");
    crate::harness::run(&["serve", "--demo", "--listen", "127.0.0.1:0", "--config", config])
        .failed_naming(&["wijkzicht.toml", "selectie", "focusgebieden"]);
}

#[test]
fn the_lists_of_the_reports_are_on_the_real_division() {
    let Some(server) = Server::country() else { return };
    for (id, places, candidates) in
        [("twaalf-wijken", 12, 0), ("focusgebieden", 20, 16), ("aandachtswijken-2007", 34, 0)]
    {
        let body = server.get(&format!("/v1/selecties/{id}")).ok();
        assert_eq!(body["ontbreekt"], json!([]), "{id}");
        let list = body["lijst"].as_array().expect("places");
        assert_eq!(list.len(), places);
        assert_eq!(list.iter().filter(|one| one["kandidaat"] == true).count(), candidates);
        for place in list {
            for area in place["gebieden"].as_array().expect("areas") {
                assert_eq!(area["gemeente"]["naam"], place["gemeente"], "{place}");
            }
        }
        assert_eq!(body["historisch"], id == "aandachtswijken-2007");
        let totals = server.get(&format!("/v1/selecties/{id}/totalen?indicator=inwoners")).ok();
        let [inside, outside] =
            ["binnen", "buiten"].map(|part| totals[part]["totaal"]["waarde"].as_f64());
        let all = inside.zip(outside).map(|(inside, outside)| inside + outside);
        assert!(all.is_some_and(|all| (17.5e6..18.5e6).contains(&all)), "{id}: {all:?}");
    }
}

#[test]
fn a_layer_is_limited_to_a_selection_by_its_id() {
    let folder = scratch();
    let demo = Server::demo();
    let list = demo.get("/v1/gebieden?niveau=wijken&jaar=2024&aantal=40").ok();
    let codes: Vec<_> = each(&list["gebieden"], "code").into_iter().cloned().collect();
    let [one, other] = [&codes[3], &codes[30]].map(|code| code.as_str().expect("a code"));
    let buurten = demo.get(&format!("/v1/gebieden?niveau=buurten&jaar=2024&binnen={one}")).ok();
    let inside = buurten["gebieden"][0]["code"].as_str().expect("a code");
    let config = folder.path().join("wijkzicht.toml");
    let text = format!(
        "[[selectie]]\nid = 'kijk-hier'\nnaam = {{ nl = 'Kijk <hier>', en = 'Look here' }}\n\
         codes = ['{one}', '{inside}', '{other}']\n"
    );
    fs::write(&config, text).expect("a temporary file");
    let server = Server::start(&["--demo", "--config", config.to_str().expect("UTF-8")]);
    let parameters = "indicator=koopwoningen&jaar=2024&binnen=kijk-hier";
    let layer = server.get(&format!("/v1/lagen/buurten.geojson?{parameters}&detail=grof")).ok();
    // Each area once, though a code lies in another.
    let found: Vec<_> = each(&layer["features"], "id").into_iter().cloned().collect();
    let mut expected = Vec::new();
    for code in [one, other] {
        let part = format!("/v1/lagen/buurten.geojson?indicator=koopwoningen&binnen={code}");
        let part = server.get(&format!("{part}&jaar=2024&detail=grof")).ok();
        expected.extend(each(&part["features"], "id").into_iter().cloned());
    }
    let sorted = |mut ids: Vec<Value>| {
        ids.sort_by_key(ToString::to_string);
        ids
    };
    assert_eq!(sorted(found), sorted(expected));
    // The legend counts what the totals of the selection count, in the classes of the country.
    let legend = server.get(&format!("/v1/legenda?niveau=buurten&{parameters}")).ok();
    let codes = format!("{one},{inside},{other}");
    let totals = server
        .get(&format!("/v1/selecties/eigen/totalen?indicator=koopwoningen&jaar=2024&codes={codes}"))
        .ok();
    assert_eq!(legend["dekking"]["gebieden"], totals["binnen"]["gebieden"]);
    assert_eq!(legend["binnen"], "kijk-hier");
    let country = server.get("/v1/legenda?niveau=buurten&indicator=koopwoningen&jaar=2024").ok();
    assert_eq!(each(&legend["klassen"], "tot"), each(&country["klassen"], "tot"));
    // Its name is on pictures and tables, in the language that is asked for.
    let picture = server.get(&format!("/v1/lagen/buurten.svg?{parameters}&taal=en")).text();
    assert!(picture.contains("Look here"), "{picture:.400}");
    let table = server.get("/kaart/koopwoningen/tabel?niveau=buurten&jaar=2024&binnen=kijk-hier");
    assert!(table.text().contains("in Kijk &lt;hier&gt;"), "{:.800}", table.text());
    // Of a list without areas here, and of none at all, it says so.
    for wrong in ["focusgebieden", "geen-selectie"] {
        let answer = server
            .get(&format!("/v1/lagen/buurten.csv?indicator=koopwoningen&jaar=2024&binnen={wrong}"))
            .problem(400);
        assert_eq!(answer["errors"][0]["location"]["name"], "binnen", "{answer}");
    }
}
