//! Many requests, kept answers, and an atlas that changes.

use std::{
    fs,
    io::Write,
    net::TcpStream,
    time::{Duration, Instant},
};

use crate::{
    LAYER,
    harness::{Server, demo_with, replace, scratch, try_exchange},
};

/// tegola #250: an error kept as if it were an answer.
#[test]
fn an_error_cached_as_success() {
    let server = Server::demo();
    for _ in 0..3 {
        server.get(&format!("{LAYER}&jaar=1066")).problem(400);
        server.get(LAYER).ok();
    }
}

/// geolens #1785: another cache entry for every spelling of the same question.
#[test]
fn one_answer_for_one_question() {
    let server = Server::demo();
    let tag = |target: &str| server.get(target).header("etag").expect("an ETag");
    let plain = "/v1/legenda?indicator=leefbaarheid&niveau=buurten";
    assert_eq!(tag(plain), tag("/v1/legenda?niveau=buurten&indicator=leefbaarheid"));
    assert_eq!(tag(plain), tag("/v1/legenda?niveau=buurten&indicator=%6Ceefbaarheid"));
    assert_eq!(tag(plain), tag(&format!("{plain}&schaal=vast")));
}

/// axum #2741: senders of half a request keep others waiting.
#[test]
fn half_open_connections() {
    let server = Server::demo();
    let mut half: Vec<TcpStream> = Vec::new();
    for _ in 0..200 {
        let mut stream = TcpStream::connect(server.address).expect("the server listens");
        stream.write_all(b"GET /v1/indicatoren HTTP/1.1\r\nHost: x\r\nX-Slow: ").expect("half");
        half.push(stream);
    }
    let asked = Instant::now();
    assert_eq!(server.get("/health/live").status, 200);
    assert!(asked.elapsed() < Duration::from_secs(10), "{:?}", asked.elapsed());
    drop(half);
}

/// tegola #693: kept answers without an end.
#[test]
fn a_cache_without_eviction() {
    let folder = scratch();
    let config = folder.path().join("wijkzicht.toml");
    fs::write(&config, "antwoordgeheugen = 1\n").expect("written");
    let probe = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let metrics = probe.local_addr().expect("an address");
    drop(probe);
    let config = config.display().to_string();
    let server = Server::start(&["--demo", "--config", &config, "--metrics", &metrics.to_string()]);
    for number in 0..60 {
        let side = 4.9 + f64::from(number) / 100.0;
        server.get(&format!("{LAYER}&bbox={side},51,6,53&detail=volledig")).ok();
    }
    let request = b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let text = try_exchange(metrics, request).expect("counters").text();
    let line = text.lines().find_map(|line| line.strip_prefix("wijkzicht_kept_bytes "));
    let kept: f64 = line.expect("a counter").parse().expect("a number");
    assert!(kept > 0.0 && kept < 1.3e6, "{kept} bytes are kept");
}

/// go-pmtiles: data that is swapped between two looks of one request.
#[test]
fn data_swapped_under_a_request() {
    let folder = scratch();
    let atlas = folder.path().join("atlas.gpkg");
    let atlases = [
        demo_with("reload-3", &["--gemeenten", "3"]),
        demo_with("reload-5", &["--gemeenten", "5"]),
    ];
    replace(&atlases[0], &atlas);
    let server = Server::on(&atlas);
    let legend = "/v1/legenda?indicator=leefbaarheid&niveau=gemeenten&jaar=2024";
    let mut seen = Vec::new();
    let begun = Instant::now();
    while seen.len() < 2 {
        assert!(begun.elapsed() < Duration::from_secs(120), "{seen:?}");
        let answer = server.get(legend).ok();
        let classes = answer["klassen"].as_array().expect("classes").iter();
        let areas: u64 = classes.filter_map(|one| one["gebieden"].as_u64()).sum();
        let known = (answer["versie"].to_string(), areas);
        if !seen.contains(&known) {
            seen.push(known);
            replace(&atlases[seen.len() % 2], &atlas);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_ne!(seen[0].0, seen[1].0, "one version with two contents");
}
