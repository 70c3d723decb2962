//! Addresses are looked up in the atlas, and elsewhere only where that is switched on; what was
//! asked is kept and logged nowhere.

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener},
    sync::mpsc,
    thread,
};

use serde_json::{Value, json};

use crate::harness::{Server, scratch};

/// Somebody's Locatieserver: tells what it was asked, and answers by the word in the question.
fn stand_in(lon_lat: (f64, f64)) -> (SocketAddr, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (asked, paths) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
            let docs = json!([
                {"type": "adres", "weergavenaam": "Dorpsstraat 1, <b>Ergens</b>\u{7}",
                 "centroide_ll": format!("POINT({} {})", lon_lat.0, lon_lat.1), "score": 12.5},
                {"type": "weg", "weergavenaam": "Ver weg", "centroide_ll": "POINT(0 0)"},
                {"type": "weg", "centroide_ll": 7},
            ]);
            let docs = if path.contains("vorm") {
                docs
            } else {
                json!(docs.as_array().expect("a list")[..2])
            };
            let body = if path.contains("pagina") {
                "<html>".to_owned()
            } else {
                json!({"response": {"numFound": 2, "docs": docs}}).to_string()
            };
            let status = if path.contains("stuk") { "503 Unavailable" } else { "200 OK" };
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            if !path.contains("stil") {
                drop(
                    stream
                        .write_all(head.as_bytes())
                        .and_then(|()| stream.write_all(body.as_bytes())),
                );
            }
            if asked.send(path).is_err() {
                return;
            }
        }
    });
    (address, paths)
}

/// An address of the fictional country and the buurten that it may lie in, told by `/v1/locaties`.
fn known_address(server: &Server) -> (String, Value) {
    for number in 1000..10_000 {
        for letters in ["AA", "AB", "BA"] {
            let postcode = format!("{number}{letters}");
            let found = server.get(&format!("/v1/locaties?postcode={postcode}"));
            if found.status == 200 {
                return (postcode, found.ok());
            }
        }
    }
    unreachable!("the fictional country has addresses")
}

#[test]
fn a_postcode_is_found_in_the_atlas_and_asks_nobody() {
    let server = Server::demo();
    let (postcode, located) = known_address(&server);
    let answer = server.get(&format!("/v1/adressen?q={}", postcode.to_lowercase()));
    assert_eq!(answer.header("cache-control").as_deref(), Some("no-store"));
    let answer = answer.ok();
    let hit = &answer["adressen"][0];
    assert_eq!(hit["omschrijving"], postcode.as_str());
    assert_eq!(hit["kandidaten"], located["adres"]["kandidaten"]);
    assert_eq!(hit["gemeente"], located["gemeente"]);
    assert_eq!(hit["bron"], located["adres"]["bron"]);
    assert_eq!((&answer["vrijeTekst"], &hit["lonLat"]), (&json!(false), &Value::Null));
    let free = server.get("/v1/adressen?q=Dorpsstraat%201").ok();
    assert_eq!(free["adressen"], json!([]));
    for wrong in ["", "?q=", "?q=%20", "?q=a&aantal=0", "?q=a&kleur=1"] {
        server.get(&format!("/v1/adressen{wrong}")).problem(400);
    }
}

#[test]
fn free_texts_go_to_the_configured_server_and_come_back_with_our_areas() {
    let demo = Server::demo();
    let list = demo.get("/v1/gebieden?niveau=buurten&aantal=1").ok();
    let extent: Vec<f64> = list["gebieden"][0]["omvang"]
        .as_array()
        .expect("an extent")
        .iter()
        .filter_map(Value::as_f64)
        .collect();
    let middle = (f64::midpoint(extent[0], extent[2]), f64::midpoint(extent[1], extent[3]));
    let (address, paths) = stand_in(middle);
    let folder = scratch();
    let config = folder.path().join("wijkzicht.toml");
    fs::write(&config, format!("adreszoeker = 'http://{address}/zoek/free'")).expect("written");
    let config = config.to_str().expect("UTF-8");
    let server = Server::start_logging(&["--demo", "--config", config], Some("trace"));

    let answer = server.get("/v1/adressen?q=Dorpsstraat+1%2C+Geheimhoven&aantal=5");
    assert_eq!(answer.header("cache-control").as_deref(), Some("no-store"));
    let answer = answer.ok();
    let asked = paths.recv().expect("asked");
    assert!(asked.starts_with("/zoek/free?q=Dorpsstraat%201,%20Geheimhoven&rows=5&"), "{asked}");
    let hit = &answer["adressen"][0];
    assert_eq!(hit["omschrijving"], "Dorpsstraat 1, <b>Ergens</b>", "no control characters");
    let located = server.get(&format!("/v1/locaties?lat={}&lon={}", middle.1, middle.0)).ok();
    for level in ["buurt", "wijk", "gemeente"] {
        assert_eq!(hit[level], located[level], "{level}");
    }
    assert!(answer["adressen"][1]["buurt"].is_null(), "outside the country");
    assert_eq!(answer["vrijeTekst"], true);

    // A postcode that the atlas knows is asked of nobody else.
    let (postcode, _) = known_address(&server);
    server.get(&format!("/v1/adressen?q={postcode}")).ok();
    assert!(paths.try_recv().is_err(), "somebody else was asked for a postcode of our own");

    for wrong in ["pagina", "stuk", "vorm", "stil"] {
        let problem = server.get(&format!("/v1/adressen?q={wrong}+Geheimhoven")).problem(502);
        assert!(!problem.to_string().contains("Geheimhoven"), "{problem}");
        paths.recv().expect("asked");
    }
    let log = server.log();
    assert!(!log.contains("Geheimhoven") && !log.contains("Dorpsstraat"), "the log tells: {log}");
}

#[test]
fn a_server_that_is_not_there_is_a_502() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let folder = scratch();
    let config = folder.path().join("wijkzicht.toml");
    fs::write(&config, format!("adreszoeker = 'http://{address}/free'")).expect("written");
    let server = Server::start(&["--demo", "--config", config.to_str().expect("UTF-8")]);
    let problem = server.get("/v1/adressen?q=Dam").problem(502);
    assert!(problem["detail"].as_str().is_some_and(|text| text.contains("adreszoeker")));
}
