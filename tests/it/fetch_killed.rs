//! Killed at any moment and started again, it ends as if nothing had happened.
#![cfg(unix)]

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use crate::{
    fetch::{ADRESSEN, GRENZEN, LEEFBAAROMETER, Place, STATLINE, borders},
    harness::{Fault, canonical_dump},
};

/// How often it is killed, each time a little later.
const KILLS: u32 = 12;

/// A place where everything takes its time: some megabytes of borders, in small pieces.
fn slow() -> Place {
    let place = Place::new();
    place.offer_all();
    let mut body = borders(place.folder.path(), 1200);
    // Pages that no table has: a GeoPackage may be longer than it says.
    body.resize(body.len() + 400_000, 0);
    place.publisher.offer(&format!("{GRENZEN}1.gpkg"), &body);
    place
}

fn slowly(place: &Place) {
    let observations = format!("{STATLINE}/85984NED/Observations");
    for path in [&format!("{GRENZEN}1.gpkg"), LEEFBAAROMETER, ADRESSEN, &observations] {
        place.publisher.forgive(path);
        place.publisher.fail(path, (0..50).map(|_| Fault::Slowly(1000)));
    }
}

#[test]
fn it_ends_the_same() {
    let place = slow();
    let undisturbed = place.path("undisturbed.gpkg");
    slowly(&place);
    let started = Instant::now();
    place.fetch_into(&undisturbed, &place.path("other"), &[]).succeeded();
    let whole = started.elapsed();
    let (atlas, cache) = (place.atlas(), place.path("cache"));
    place.publisher.seen();

    let mut ended = 0;
    for kill in 1..=KILLS {
        slowly(&place);
        let mut child = place
            .command(&atlas, &cache, &[])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the program starts");
        // By chance, but never twice the same: all of the way is covered.
        let jitter =
            Duration::from_micros(u64::from(std::process::id().wrapping_mul(kill)) % 5_000);
        thread::sleep(whole.mul_f64(f64::from(kill) / f64::from(KILLS) * 0.9) + jitter);
        child.kill().expect("it is killed or has ended");
        let status = child.wait().expect("it ends");
        ended += u32::from(status.success());
        // What there is of an atlas is a whole one.
        if atlas.exists() {
            let path = atlas.to_str().expect("UTF-8");
            crate::harness::run(&["check", "--data", path]).succeeded();
        }
    }
    assert!(ended < KILLS, "it was never killed on its way");
    place.publisher.seen();
    place.report(&[]);
    assert_eq!(canonical_dump(&atlas), canonical_dump(&undisturbed));
    // Nothing half is left behind, in the cache or beside the atlas.
    let mut left = Vec::new();
    let mut folders = vec![cache.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if entry.path().to_string_lossy().contains(".part") {
                left.push(entry.path());
            }
        }
    }
    assert!(left.is_empty(), "{left:?}");
    let again = place.report(&[]);
    assert_eq!(again["ontvangen"], 0, "{again:#}");
}

#[test]
fn two_at_once_take_turns() {
    let place = slow();
    slowly(&place);
    let (atlas, cache) = (place.atlas(), place.path("cache"));
    let start = || {
        place
            .command(&atlas, &cache, &["--json"])
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("the program starts")
    };
    let both = [start(), start()];
    let done = both.map(|child| child.wait_with_output().expect("it ends"));
    let mut received: Vec<_> = done
        .iter()
        .map(|done| {
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            let report: serde_json::Value = serde_json::from_slice(&done.stdout).expect("a report");
            report["ontvangen"].as_u64().expect("a number")
        })
        .collect();
    received.sort_unstable();
    assert_eq!(received[0], 0, "who comes second finds it all there");
    assert!(received[1] > 400_000);
    let waited = done
        .iter()
        .any(|done| String::from_utf8_lossy(&done.stderr).contains("waits for another fetch"));
    assert!(waited);
}
