//! Which buurt is this coordinate?

use serde_json::{Value, json};

use crate::harness::{Server, input, run_with, scratch};

fn codes(answer: &Value) -> [&Value; 3] {
    ["buurt", "wijk", "gemeente"].map(|level| &answer[level]["code"])
}

#[test]
fn a_coordinate_has_the_buurt_that_the_map_shows() {
    let Some(server) = Server::country() else { return };
    let selwerd =
        server.get("/v1/locaties?lat=53.233375&lon=6.551162&indicatoren=leefbaarheid").ok();
    assert_eq!(codes(&selwerd), ["BU00141000", "WK001410", "GM0014"], "{selwerd}");
    assert_eq!(selwerd["buurt"]["naam"], "Selwerd");
    assert_eq!(selwerd["gemeente"]["naam"], "Groningen");
    assert_eq!(selwerd["jaar"], 2024);
    let score = &selwerd["waarden"]["leefbaarheid"];
    assert_eq!(score["waarde"], json!(-0.156_874), "{score}");
    assert_eq!(score["klasse"], 5);
    assert_eq!(score["klassenaam"], "voldoende");
    assert_eq!(score["jaar"], 2024);
    assert_eq!(score["reden"], Value::Null);

    let amsterdam = server.get("/v1/locaties?lat=52.386798&lon=4.884214").ok();
    assert_eq!(codes(&amsterdam)[0], "BU0363AA01", "{amsterdam}");
    assert_eq!(codes(&amsterdam)[2], "GM0363");
}

#[test]
fn rd_and_degrees_name_the_same_place() {
    let Some(server) = Server::country() else { return };
    let rd = server.get("/v1/locaties?x=232720.1&y=583603.8").ok();
    assert_eq!(codes(&rd)[0], "BU00141000", "{rd}");
    // Without the correction grid the two systems differ by 0.25 m at most: 4e-6 degrees.
    let degrees = |axis: usize| rd["lonLat"][axis].as_f64().expect("a number");
    assert!((degrees(0) - 6.551_162).abs() < 1e-5, "longitude first: {rd}");
    assert!((degrees(1) - 53.233_375).abs() < 1e-5, "{rd}");
    let metres = server.get("/v1/locaties?lat=53.233375&lon=6.551162").ok();
    for (axis, expected) in [(0, 232_720.1), (1, 583_603.8)] {
        let found = metres["rd"][axis].as_f64().expect("a number");
        assert!((found - expected).abs() < 0.5, "{found} for {expected}");
    }
}

#[test]
fn outside_the_country_is_a_problem_not_an_empty_answer() {
    let server = Server::country().unwrap_or_else(Server::demo);
    server.get("/v1/locaties?lat=54.5&lon=3.0").problem(404);
    // Beyond what millimetres can say, and still a place outside.
    server.get("/v1/locaties?x=-7000000&y=1e12").problem(404);
}

#[test]
fn only_the_asked_indicators_come_along() {
    let Some(server) = Server::country() else { return };
    let place = "/v1/locaties?lat=53.233375&lon=6.551162";
    let two = server.get(&format!("{place}&indicatoren=leefbaarheid,inwoners")).ok();
    let mut names: Vec<_> = two["waarden"].as_object().expect("an object").keys().collect();
    names.sort_unstable();
    assert_eq!(names, ["inwoners", "leefbaarheid"]);
    server.get(&format!("{place}&indicatoren=leefbaarheid,geluk")).problem(400);
}

#[test]
fn the_command_finds_what_the_address_finds() {
    let Some(atlas) = crate::harness::country() else { return };
    let folder = scratch();
    let rows = "naam,lon,lat\nSelwerd,6.551162,53.233375\nzee,3.0,54.5\nkapot,zes,53\n\
                \"West, oud\",4.884214,52.386798\n";
    let found = run_with(
        &["locate", "--data", atlas.to_str().expect("UTF-8")],
        input(folder.path(), "in.csv", rows.as_bytes()),
    )
    .succeeded();
    let lines: Vec<_> = found.stdout.lines().collect();
    assert_eq!(lines.len(), 5, "{}", found.stdout);
    assert!(lines[0].starts_with("naam,lon,lat,buurtcode,wijkcode,gemeentecode"), "{}", lines[0]);
    assert!(lines[1].starts_with("Selwerd,6.551162,53.233375,BU00141000,WK001410,GM0014"));
    assert!(lines[2].starts_with("zee,3.0,54.5,,,"), "{}", lines[2]);
    assert!(lines[3].starts_with("kapot,zes,53,,,,") && lines[3].len() > 17, "{}", lines[3]);
    assert!(lines[4].starts_with("\"West, oud\",4.884214,52.386798,BU0363AA01,"), "{}", lines[4]);
    assert!(!found.stderr.is_empty(), "the counts go to standard error");

    let strict = run_with(
        &["locate", "--strict", "--data", atlas.to_str().expect("UTF-8")],
        input(folder.path(), "again.csv", rows.as_bytes()),
    );
    assert_eq!(strict.code, Some(1), "{strict:?}");
    assert!(
        strict.stderr.contains('3') || strict.stderr.contains('4'),
        "names the row: {strict:?}"
    );
}

#[test]
fn every_place_in_an_area_has_its_parents() {
    let server = Server::demo();
    let list = server.get("/v1/gebieden?niveau=buurten&aantal=100").ok();
    let areas = list["gebieden"].as_array().expect("a list");
    assert!(areas.len() > 10, "{list}");
    let mut inside = 0;
    for area in areas {
        let extent: Vec<f64> = area["omvang"]
            .as_array()
            .expect("an extent")
            .iter()
            .filter_map(Value::as_f64)
            .collect();
        let (lon, lat) = ((extent[0] + extent[2]) / 2.0, (extent[1] + extent[3]) / 2.0);
        let answer = server.get(&format!("/v1/locaties?lat={lat}&lon={lon}"));
        if answer.status == 404 {
            continue;
        }
        let answer = answer.ok();
        let [buurt, wijk, gemeente] = codes(&answer).map(|code| code.as_str().unwrap_or_default());
        if !buurt.is_empty() {
            assert_eq!(&buurt[2..8], &wijk[2..8], "{answer}");
            assert_eq!(&buurt[2..6], &gemeente[2..6], "{answer}");
            inside += usize::from(area["code"] == buurt);
        }
    }
    assert!(inside * 2 > areas.len(), "most centres lie in their own area: {inside}");
}
