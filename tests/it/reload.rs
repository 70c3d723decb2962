//! An atlas that changes under a running server.

use std::{
    fs,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use crate::harness::{Server, demo_with, replace, run, scratch};

const LAYER: &str = "/v1/lagen/gemeenten.geojson?indicator=leefbaarheid&jaar=2024&detail=grof";

fn version(server: &Server) -> String {
    let list = server.get("/v1/indicatoren").ok();
    list["versie"].as_str().expect("a version").to_owned()
}

/// Waits until the server says so, as long as a slow machine may need.
fn until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(120), "{what}");
        thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_new_atlas_takes_the_place_of_the_old_one_whole_and_no_request_fails() {
    let folder = scratch();
    let atlas = folder.path().join("atlas.gpkg");
    let (small, large) = (
        demo_with("reload-3", &["--gemeenten", "3"]),
        demo_with("reload-5", &["--gemeenten", "5"]),
    );
    replace(&small, &atlas);
    let server = Server::on(&atlas);
    let old = version(&server);
    let is_over = AtomicBool::new(false);
    let seen = thread::scope(|scope| {
        let ask = || {
            let mut seen: Vec<(String, usize)> = Vec::new();
            while !is_over.load(Ordering::Relaxed) {
                // Kept answers and new ones, each of one atlas alone.
                for target in [LAYER.to_owned(), format!("{LAYER}&zoom={}", seen.len() % 9)] {
                    let target = if target.contains("zoom") {
                        target.replace("&detail=grof", "")
                    } else {
                        target
                    };
                    let layer = server.get(&target).ok();
                    let features = layer["features"].as_array().expect("features").len();
                    let version = layer["versie"].as_str().expect("a version").to_owned();
                    if !seen.contains(&(version.clone(), features)) {
                        seen.push((version, features));
                    }
                }
            }
            seen
        };
        let askers: Vec<_> = (0..2).map(|_| scope.spawn(ask)).collect();
        thread::sleep(Duration::from_millis(300));
        replace(&large, &atlas);
        until("the new atlas is served", || version(&server) != old);
        thread::sleep(Duration::from_millis(300));
        is_over.store(true, Ordering::Relaxed);
        askers
            .into_iter()
            .flat_map(|asker| asker.join().expect("no request failed"))
            .collect::<Vec<_>>()
    });
    let new = version(&server);
    for (version, features) in &seen {
        let expected = if *version == old { 3 } else { 5 };
        assert!([&old, &new].contains(&version) && *features == expected, "{seen:?}");
    }
    assert!(seen.iter().any(|(version, _)| *version == new));

    // What is no atlas is refused with a reason, and the one that is there stays.
    let broken = folder.path().join("broken");
    fs::write(&broken, "dit is geen GeoPackage").expect("written");
    replace(&broken, &atlas);
    until("it is refused", || server.log().contains("keeps the atlas it has"));
    assert_eq!(version(&server), new);
    assert_eq!(server.get(LAYER).status, 200);
    // And when it is away for a while nothing happens at all.
    fs::remove_file(&atlas).expect("removed");
    thread::sleep(Duration::from_millis(2500));
    assert_eq!(version(&server), new);
    replace(&small, &atlas);
    until("the old one is back", || version(&server) == old);
}

#[test]
fn a_command_has_it_loaded_again() {
    let folder = scratch();
    let atlas = folder.path().join("atlas.gpkg");
    replace(&demo_with("reload-3", &["--gemeenten", "3"]), &atlas);
    let server = Server::on(&atlas);
    let loads = || server.log().matches("serves another atlas").count();
    assert_eq!(loads(), 0);
    run(&["reload", "--data", atlas.to_str().expect("UTF-8")]).succeeded();
    until("it is loaded again", || loads() == 1);
    assert_eq!(server.get(LAYER).status, 200);
    let missing = folder.path().join("nergens.gpkg");
    run(&["reload", "--data", missing.to_str().expect("UTF-8")]).failed_naming(&["nergens.gpkg"]);
}
