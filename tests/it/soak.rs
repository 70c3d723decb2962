//! Visitors of every kind for a while, with the atlas replaced under them: nobody is let down, and
//! the server is as large at the end as it was. 30 seconds here; `make soak` takes ten minutes of
//! the release build (`WIJKZICHT_BINARY`, `SOAK_SECONDS`).

use std::{
    env, fs,
    io::Write,
    net::TcpStream,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crate::harness::{Server, demo_with, replace, scratch, try_exchange};

/// Answers that are kept have this room, MB: it is full long before the end.
const KEPT: usize = 8;

/// How much a server may grow from the middle to the end, bytes: what allocators keep.
const GROWTH: u64 = 64 << 20;

/// A number from a number, spread evenly (SplitMix64).
fn spread(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// One request, with the statuses that it may have.
fn request(number: u64) -> (String, &'static [u16]) {
    const FINE: &[u16] = &[200];
    const FOUND_OR_NOT: &[u16] = &[200, 404];
    const WRONG: &[u16] = &[400, 404, 414];
    let dice = spread(number);
    let (a, b) = (dice >> 8 & 0xff, dice >> 16 & 0xff);
    let (lon, lat) = (4.9 + a as f64 / 200.0, 51.9 + b as f64 / 300.0);
    let get = |target: String| {
        format!(
            "GET {target} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
        )
    };
    match dice % 12 {
        0 | 1 => (get(format!("/v1/locaties?lon={lon}&lat={lat}")), FOUND_OR_NOT),
        2 => (
            get(format!(
                "/v1/lagen/buurten.geojson?indicator=leefbaarheid&bbox={lon},{lat},{},{}",
                lon + 0.1,
                lat + 0.1
            )),
            FINE,
        ),
        3 => (
            get(format!(
                "/v1/tegels/buurten/{}/{}/{}?indicatoren=inwoners",
                8,
                130 + a % 4,
                84 + b % 4
            )),
            &[200, 204],
        ),
        4 => (
            get(format!(
                "/ogc/v1/collections/buurten-2024/items?limit={}&filter=inwoners_2024%20%3E%20{b}",
                a % 50 + 1
            )),
            FINE,
        ),
        5 => (get("/kaart/leefbaarheid".to_owned()), FINE),
        6 => (get("/kaart/inwoners/tabel?niveau=wijken".to_owned()), FINE),
        7 => (get(format!("/v1/lagen/wijken.png?indicator=inwoners&breedte={}", 300 + a)), FINE),
        8 => {
            let body: String =
                (0..200).map(|row| format!("{},{lat}\n", lon + f64::from(row) / 1e4)).collect();
            let body = format!("lon,lat\n{body}");
            let head = format!(
                "POST /v1/locaties HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/csv\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            (head + &body, FINE)
        }
        9 => (get(format!("/v1/waarden/buurten?indicator=leefbaarheid&decimalen={}", a % 4)), FINE),
        10 => (get(format!("/v1/lagen/buurten.geojson?indicator=onzin{a}&jaar=%00{b}")), WRONG),
        _ => (get(format!("/v1/{}", "x".repeat(a as usize))), WRONG),
    }
}

/// Says that it is over when it goes out of scope.
struct Ending<'a>(&'a AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn it_stays_what_it_is_while_everybody_asks_and_the_atlas_changes() {
    let seconds = env::var("SOAK_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(30);
    let whole = Duration::from_secs(seconds);
    let folder = scratch();
    let (atlas, config) = (folder.path().join("atlas.gpkg"), folder.path().join("wijkzicht.toml"));
    // Copies, since the demo is made anew for another build.
    let atlases = ["3", "5"].map(|gemeenten| {
        let name = format!("reload-{gemeenten}");
        let copy = folder.path().join(&name);
        replace(&demo_with(&name, &["--gemeenten", gemeenten]), &copy);
        copy
    });
    replace(&atlases[0], &atlas);
    fs::write(&config, format!("antwoordgeheugen = {KEPT}\n")).expect("written");
    let text = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    let server = Server::start(&["--data", &text(&atlas), "--config", &text(&config)]);

    let (is_over, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    let failures = Mutex::new(Vec::new());
    let begun = Instant::now();
    let mut sizes = Vec::new();
    let mut reloads = 0;
    thread::scope(|scope| {
        // However this ends, so do they.
        let _end = Ending(&is_over);
        for client in 0..4_u64 {
            let (server, is_over, asked, failures) = (&server, &is_over, &asked, &failures);
            scope.spawn(move || {
                for number in 0.. {
                    if is_over.load(Ordering::Relaxed) {
                        break;
                    }
                    let (request, allowed) = request(client << 40 | number);
                    let wrong = match try_exchange(server.address, request.as_bytes()) {
                        Ok(answer) if allowed.contains(&answer.status) => None,
                        Ok(answer) => Some(format!("{}: {:.300}", answer.status, answer.text())),
                        Err(error) => Some(error.to_string()),
                    };
                    asked.fetch_add(1, Ordering::Relaxed);
                    if let Some(wrong) = wrong {
                        failures.lock().expect("sound").push(format!("{wrong}\n  {request:.120}"));
                    }
                }
            });
        }
        // Who goes away in the middle of a word, or never says one.
        let (address, is_over_too) = (server.address, &is_over);
        scope.spawn(move || {
            let mut silent = Vec::new();
            while !is_over_too.load(Ordering::Relaxed) {
                if let Ok(mut stream) = TcpStream::connect(address) {
                    drop(stream.write_all(b"GET /v1/indicatoren HTTP/1.1\r\nHo"));
                    silent.push(stream);
                }
                if silent.len() == 20 {
                    silent.clear();
                }
                thread::sleep(Duration::from_millis(50));
            }
        });
        while begun.elapsed() < whole {
            thread::sleep((whole / 12).min(Duration::from_secs(5)));
            sizes.push(server.resident().unwrap_or_default());
            reloads += 1;
            replace(&atlases[reloads % 2], &atlas);
        }
    });
    let asked = asked.into_inner();
    let failures = failures.into_inner().expect("sound");
    let loaded = server.log().matches("serves another atlas").count();
    let third = sizes.len() / 3;
    let peak = |of: &[u64]| of.iter().copied().max().unwrap_or_default();
    let (middle, end) = (peak(&sizes[third..2 * third]), peak(&sizes[2 * third..]));
    let connections = server.open_files();
    println!(
        "soak: {seconds} s, {asked} requests, {} failed, {loaded} atlases loaded, largest in the \
         middle third {} MB, in the last {} MB, {connections:?} files open at the end",
        failures.len(),
        middle >> 20,
        end >> 20,
    );
    assert!(
        failures.is_empty(),
        "{} failed:\n{}",
        failures.len(),
        failures[..failures.len().min(5)].join("\n")
    );
    assert!(asked > usize::try_from(seconds).unwrap_or(30), "{asked} requests");
    assert!(loaded >= 2, "{loaded} atlases were loaded");
    assert!(end <= middle + GROWTH, "it grew from {middle} to {end} bytes: {sizes:?}");
    assert!(connections.is_none_or(|open| open < 200), "{connections:?} files are open");
}
