//! The fictional country: the same every time, and never mistaken for the real one.

use crate::harness::{Server, canonical_dump, demo, run, scratch};

#[test]
fn the_same_seed_gives_the_same_country() {
    let folder = scratch();
    let make = |name: &str, seed: &str| {
        let path = folder.path().join(name);
        let out = path.to_str().expect("UTF-8");
        run(&["demo", "--out", out, "--gemeenten", "3", "--seed", seed]).succeeded();
        canonical_dump(&path)
    };
    let (first, again, other) = (make("a.gpkg", "5"), make("b.gpkg", "5"), make("c.gpkg", "6"));
    assert_eq!(first.len(), again.len());
    let differing = first.iter().zip(&again).find(|(one, two)| one != two);
    assert_eq!(differing, None);
    assert_ne!(first, other, "another seed is another country");
}

#[test]
fn as_many_gemeenten_as_asked() {
    let folder = scratch();
    let path = folder.path().join("drie.gpkg");
    run(&["demo", "--out", path.to_str().expect("UTF-8"), "--gemeenten", "3"]).succeeded();
    let server = Server::on(&path);
    let gemeenten = server.get("/v1/gebieden?niveau=gemeenten").ok();
    assert_eq!(gemeenten["totaal"], 3, "{gemeenten}");
}

#[test]
fn every_page_and_answer_says_that_it_is_fictional() {
    let server = Server::start(&["--demo"]);
    let areas = server.get("/v1/gebieden?niveau=buurten&aantal=1").ok();
    let code = areas["gebieden"][0]["code"].as_str().expect("a code").to_owned();
    let box_ = &areas["gebieden"][0]["omvang"];
    let middle = |one: usize, two: usize| {
        (box_[one].as_f64().expect("a number") + box_[two].as_f64().expect("a number")) / 2.0
    };
    let place = format!("/v1/locaties?lon={}&lat={}", middle(0, 2), middle(1, 3));
    for target in [
        "/v1/indicatoren",
        "/v1/indicatoren/leefbaarheid",
        "/v1/lagen/gemeenten.geojson?indicator=leefbaarheid",
        "/v1/legenda?indicator=leefbaarheid&niveau=buurten",
        "/v1/gebieden?niveau=buurten",
        &format!("/v1/gebieden/{code}"),
        &place,
    ] {
        let answer = server.get(target);
        if target == place && answer.status == 404 {
            continue;
        }
        let answer = answer.ok();
        assert_eq!(answer["fictief"], true, "{target}: {answer:.300}");
    }
    // Invented figures bear no publisher's name.
    let listed = server.get("/v1/indicatoren").ok();
    for indicator in listed["indicatoren"].as_array().expect("a list") {
        let source = indicator["bron"]["nl"].as_str().unwrap_or_default();
        assert!(source.contains("fictie"), "{indicator:.300}");
    }
    let table = server.get("/v1/lagen/gemeenten.csv?indicator=leefbaarheid").text();
    for row in table.lines().skip(1) {
        assert!(row.to_lowercase().contains("fictief"), "{row}");
    }
    for page in ["/", "/kaart/leefbaarheid"] {
        let page = server.get(page);
        assert_eq!(page.status, 200);
        assert!(page.text().to_lowercase().contains("fictie"), "{:.400}", page.text());
    }
}

#[test]
fn the_real_country_is_not_called_fictional() {
    let Some(server) = Server::country() else { return };
    assert_eq!(server.get("/v1/indicatoren").ok()["fictief"], false);
}

#[test]
fn what_the_demo_holds_is_checked_without_a_change() {
    let atlas = demo();
    let before = std::fs::read(&atlas).expect("the demo");
    let check = run(&["check", "--data", atlas.to_str().expect("UTF-8"), "--json"]).succeeded();
    let report: serde_json::Value = serde_json::from_str(&check.stdout).expect("JSON");
    assert!(report.is_object(), "{report}");
    assert!(before == std::fs::read(&atlas).expect("the demo"), "check changes nothing");
    let beside = atlas.parent().expect("a folder").join("demo.gpkg-wal");
    assert!(!beside.exists(), "nothing stays in side files");
}
