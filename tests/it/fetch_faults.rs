//! What goes wrong between a publisher and an atlas: it is tried again where that helps, told where
//! it does not, and never becomes a part of an atlas.

use std::{fs, time::Instant};

use serde_json::Value;

use crate::{
    fetch::{
        GRENZEN, LEEFBAAROMETER, Place, StatLine, borders, liveability, offer_tables, part, zipped,
    },
    harness::{Fault, Offered, Seen, canonical_dump},
};

const ONLY: [&str; 2] = ["--only", "grenzen"];

/// Where the borders of the first delivery are offered.
fn place() -> (Place, String, Vec<u8>) {
    let place = Place::new();
    let body = borders(place.folder.path(), 1200);
    let path = format!("{GRENZEN}1.gpkg");
    place.publisher.offer(&path, &body);
    (place, path, body)
}

/// So many requests are answered with 503.
fn fails(count: usize) -> impl Iterator<Item = Fault> {
    std::iter::repeat_with(|| Fault::Status(503, Vec::new())).take(count)
}

/// What was asked of a path.
fn asked(seen: &[Seen], path: &str) -> Vec<Seen> {
    seen.iter().filter(|one| one.target == path).cloned().collect()
}

/// Fetches with these faults, and checks that the atlas is as without.
#[track_caller]
fn survives(faults: Vec<Fault>) -> Vec<Seen> {
    let (place, path, _) = place();
    place.report(&ONLY);
    let whole = canonical_dump(&place.atlas());
    place.publisher.seen();
    place.publisher.fail(&path, faults);
    let other = place.path("other.gpkg");
    let done = place.fetch_into(&other, &place.path("other"), &[ONLY[0], ONLY[1], "--json"]);
    let said: Value = serde_json::from_str(&done.succeeded().stdout).expect("a report");
    assert_eq!(part(&said, "grenzen")["stand"], "opgehaald");
    assert_eq!(canonical_dump(&other), whole);
    asked(&place.publisher.seen(), &path)
}

#[test]
fn what_was_cut_off_goes_on_where_it_was() {
    let seen = survives(vec![Fault::CutAfter(5_000), Fault::CutAfter(7_000)]);
    assert_eq!(seen.iter().map(|one| one.status).collect::<Vec<_>>(), [200, 206, 206]);
    let ranges: Vec<_> = seen.iter().map(|one| one.headers.get("range").cloned()).collect();
    assert_eq!(ranges, [None, Some("bytes=5000-".into()), Some("bytes=12000-".into())]);
    assert!(seen[1..].iter().all(|one| one.headers.contains_key("if-range")));
}

#[test]
fn what_came_in_whole_and_was_not_put_in_place_is_not_fetched_again() {
    let (place, path, body) = place();
    place.publisher.fail(&path, [Fault::CutAfter(body.len() - 1)].into_iter().chain(fails(3)));
    place.fetch(&ONLY).failed_naming(&["not all of it came in"]);
    let part = fs::read_dir(place.path("cache/bestanden"))
        .expect("the cache")
        .flatten()
        .flat_map(|folder| fs::read_dir(folder.path()).expect("a folder").flatten())
        .find(|file| file.path().extension().is_some_and(|ending| ending == "part"))
        .expect("a part");
    fs::write(part.path(), &body).expect("written");
    place.publisher.seen();
    place.report(&ONLY);
    let seen = asked(&place.publisher.seen(), &path);
    assert_eq!(seen.iter().map(|one| (one.status, one.sent)).collect::<Vec<_>>(), [(206, 1)]);
}

#[test]
fn a_server_without_ranges_sends_it_all_again() {
    let seen = survives(vec![Fault::CutAfter(5_000), Fault::Forgetful]);
    assert_eq!(seen.iter().map(|one| one.status).collect::<Vec<_>>(), [200, 200]);
}

#[test]
fn a_server_that_fails_is_asked_again_and_again() {
    let fails = [500, 502, 503].map(|status| Fault::Status(status, Vec::new()));
    assert_eq!(survives(fails.into()).len(), 4);
}

#[test]
fn a_server_that_asks_to_wait_is_waited_for() {
    let wait = Fault::Status(429, vec![("Retry-After", "1".to_owned())]);
    let started = Instant::now();
    assert_eq!(survives(vec![wait]).len(), 2);
    assert!(started.elapsed().as_secs_f64() >= 1.0);

    let (place, path, _) = place();
    let long = Fault::Status(429, vec![("Retry-After", "86400".to_owned())]);
    place.publisher.fail(&path, [long]);
    let said = place.fetch(&ONLY).failed_naming(&["not all of it came in"]).stdout;
    assert!(said.contains("429") && said.contains("come back in 86400 s"), "{said}");
    assert!(!place.atlas().exists());
}

#[test]
fn a_server_that_falls_silent_is_left_and_asked_again() {
    let (place, path, _) = place();
    place.set("geduld = 0.5");
    place.publisher.fail(&path, [Fault::StallAfter(4_000)]);
    let report = place.report(&ONLY);
    assert_eq!(part(&report, "grenzen")["stand"], "opgehaald");
}

#[test]
fn a_slow_server_is_given_the_time() {
    assert_eq!(survives(vec![Fault::Slowly(100)]).len(), 1);
}

#[test]
fn a_body_without_a_length_that_ends_early_is_not_taken_for_whole() {
    let seen = survives(vec![Fault::WithoutLength(9_000), Fault::WithoutLength(usize::MAX)]);
    assert_eq!(seen.len(), 2);
}

#[test]
fn a_part_that_nobody_asked_for_is_not_taken_for_whole() {
    assert_eq!(survives(vec![Fault::PartUnasked]).len(), 2);
}

#[test]
fn a_file_that_changes_between_two_parts_begins_anew() {
    let (place, path, _) = place();
    let newer = borders(place.folder.path(), 1300);
    let offered = |tag: &str| Offered {
        body: newer.clone(),
        etag: Some(tag.to_owned()),
        modified: Some("Mon, 10 Mar 2025 02:00:00 GMT".to_owned()),
    };
    // It knows by `If-Range` that the part is of another file.
    place.publisher.fail(&path, [Fault::CutAfter(9_000), Fault::Becomes(offered("\"nieuw\""))]);
    place.report(&ONLY);
    let statuses: Vec<_> =
        asked(&place.publisher.seen(), &path).iter().map(|one| one.status).collect();
    assert_eq!(statuses, [200, 200]);
    let inhabitants = |atlas: &std::path::Path| -> f64 {
        let sql = "SELECT waarde FROM waarden WHERE indicator = 'inwoners' AND code = 'BU00010000'";
        let atlas = rusqlite::Connection::open(atlas).expect("the atlas");
        atlas.query_row(sql, [], |row| row.get(0)).expect("a row")
    };
    assert_eq!(inhabitants(&place.atlas()), 1300.0);
}

#[test]
fn what_is_no_such_file_is_refused_whatever_it_is_called() {
    let (place, path, _) = place();
    let page = "<!DOCTYPE html><html><head><title>Onderhoud</title></head><body>Even geduld";
    place.publisher.fail(&path, [Fault::Instead(page)]);
    let said = place.fetch(&ONLY).failed_naming(&["as it was", "kept"]).stdout;
    for told in ["FAILED", "web page (\"Onderhoud\")", "open the address in a browser", "_v1.gpkg"]
    {
        assert!(said.contains(told), "no {told:?} in {said}");
    }
    assert_eq!(asked(&place.publisher.seen(), &path).len(), 1, "trying again would not help");
    assert!(!place.atlas().exists());
    for (body, told) in [("%PDF-1.7", "not a GeoPackage"), ("", "nothing in the place of")] {
        place.publisher.fail(&path, [Fault::Instead(body)]);
        let said = place.fetch(&ONLY).failed_naming(&[]).stdout;
        assert!(said.contains(told), "no {told:?} in {said}");
    }
    // And it is all right as soon as the publisher is.
    place.report(&ONLY);
}

#[test]
fn redirects_are_followed_but_not_for_ever() {
    let to = |target: &str| Fault::Status(302, vec![("Location", target.to_owned())]);
    let (place, path, body) = place();
    place.publisher.offer("/elders/kaart.gpkg", &body);
    place.publisher.fail(&path, [to("/elders/kaart.gpkg")]);
    let report = place.report(&ONLY);
    // The name is that of the address that was asked for.
    assert_eq!(part(&report, "grenzen")["bestanden"][0]["naam"], "wijkenbuurten_2024_v1.gpkg");

    let (place, path, _) = self::place();
    let round = (0..20).map(|_| to("/rond"));
    place.publisher.fail("/rond", round.clone());
    place.publisher.fail(&path, round);
    let said = place.fetch(&ONLY).failed_naming(&[]).stdout;
    assert!(said.contains("in a circle"), "{said}");
    let asked = place.publisher.seen().iter().filter(|one| one.target == "/rond").count();
    assert_eq!(asked, 1);
}

#[test]
fn what_is_larger_than_it_can_be_is_refused_at_once() {
    let place = Place::new();
    let path = "/cbs-download/regionale-kaarten/kwb-2024.xlsx";
    place.publisher.fail(path, [Fault::Promise(900_000_000)]);
    let said = place.fetch(&["--only", "kwb"]).failed_naming(&[]).stdout;
    assert!(said.contains("larger than 200 MB"), "{said}");
}

#[test]
fn a_part_that_fails_keeps_the_others_and_the_atlas() {
    let place = Place::new();
    place.offer_all();
    place.report(&["--only", "grenzen"]);
    let before = fs::read(place.atlas()).expect("the atlas");
    place.publisher.fail(LEEFBAAROMETER, fails(4));
    place.publisher.seen();
    let done = place.fetch(&[]).failed_naming(&["not all of it came in", "Run it again", "--only"]);
    assert!(done.stdout.contains("leefbaarometer: FAILED"), "{}", done.stdout);
    assert!(done.stdout.contains("answered 503"), "{}", done.stdout);
    assert!(done.stdout.contains("kwb: fetched"), "{}", done.stdout);
    assert_eq!(before, fs::read(place.atlas()).expect("the atlas"), "the atlas is as it was");
    // The next time only what failed comes in.
    place.publisher.seen();
    let report = place.report(&[]);
    let seen = place.publisher.seen();
    let came: Vec<_> = seen
        .iter()
        .filter(|one| one.sent > 0 && one.status == 200)
        .map(|one| one.target.as_str())
        .collect();
    assert_eq!(came, [LEEFBAAROMETER]);
    assert_eq!(part(&report, "kwb")["stand"], "ongewijzigd");
}

#[test]
fn an_older_delivery_stands_in_and_that_is_said() {
    let (place, _, _) = place();
    let path = format!("{GRENZEN}3.gpkg");
    place.publisher.fail(&path, (0..4).map(|_| Fault::Status(500, Vec::new())));
    let report = place.report(&ONLY);
    let grenzen = part(&report, "grenzen");
    assert_eq!(grenzen["bestanden"][0]["naam"], "wijkenbuurten_2024_v1.gpkg");
    let note = grenzen["opmerkingen"][0].as_str().expect("a note");
    assert!(note.contains("_v3.gpkg may have something newer") && note.contains("500"), "{note}");
}

#[test]
fn a_broken_archive_is_told_and_not_kept() {
    let place = Place::new();
    let mut broken = liveability();
    let at = broken.len() / 3;
    broken[at] ^= 0xff;
    place.publisher.offer(LEEFBAAROMETER, &broken);
    let only = ["--only", "leefbaarometer"];
    let said = place.fetch(&only).failed_naming(&[]).stdout;
    assert!(said.contains("a broken archive"), "{said}");
    place.publisher.offer(LEEFBAAROMETER, &zipped(&[("lees mij.txt", b"niets")]));
    let said = place.fetch(&only).failed_naming(&[]).stdout;
    assert!(said.contains("holds lees mij.txt; expected *scores buurten*.csv"), "{said}");
    place.publisher.offer(LEEFBAAROMETER, &zipped(&[("scores buurten.csv", b"a,b\n1,2\n")]));
    let said = place.fetch(&only).failed_naming(&[]).stdout;
    assert!(
        said.contains("no dialect knows it")
            || said.contains("no columns")
            || said.contains("not read"),
        "{said}"
    );
    place.publisher.offer(LEEFBAAROMETER, &liveability());
    place.report(&only);
}

#[test]
fn a_host_that_does_not_answer_is_not_asked_for_everything() {
    let place = Place::new();
    offer_tables(&place.publisher, StatLine::default());
    let settings = fs::read_to_string(place.path("wijkzicht.toml")).expect("settings");
    // A port that nothing listens on: it was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|one| one.local_addr());
    let dead = format!("pdok = 'http://{}'", free.expect("a port"));
    let pdok = format!("pdok = '{}'", place.publisher.url("/pdok"));
    fs::write(place.path("wijkzicht.toml"), settings.replace(&pdok, &dead)).expect("written");
    let said = place.fetch(&["--only", "grenzen,kwb"]).failed_naming(&[]).stdout;
    assert!(said.contains("cannot connect"), "{said}");
    assert!(said.contains("its host did not answer before"), "{said}");
    assert!(said.contains("kwb: fetched"), "{said}");
}

#[test]
fn a_proxy_of_the_settings_or_of_the_environment_is_asked() {
    let (place, _, body) = place();
    let proxied = "http://pdok.nergens.example";
    let settings = fs::read_to_string(place.path("wijkzicht.toml")).expect("settings");
    let pdok = format!("pdok = '{}'", place.publisher.url("/pdok"));
    let settings = settings.replace(&pdok, &format!("pdok = '{proxied}/pdok'"));
    // Asked as a proxy it is given whole addresses.
    let path = format!("{GRENZEN}3.gpkg");
    place.publisher.offer(&path, &body);
    let own = settings.replacen(
        "[ophalen]\n",
        &format!("[ophalen]\nproxy = '{}'\n", place.publisher.url("")),
        1,
    );
    fs::write(place.path("wijkzicht.toml"), own).expect("written");
    place.report(&ONLY);
    let seen = place.publisher.seen();
    assert!(seen.iter().any(|one| one.target == format!("{proxied}{path}")), "{seen:#?}");

    fs::write(place.path("wijkzicht.toml"), settings).expect("written");
    let (atlas, cache) = (place.path("b.gpkg"), place.path("b"));
    let done = place
        .command(&atlas, &cache, &ONLY)
        .env("HTTP_PROXY", place.publisher.url(""))
        .output()
        .expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(place.publisher.seen().iter().any(|one| one.target.starts_with(proxied)));
}

#[test]
fn no_more_than_two_at_once_of_one_host() {
    let place = Place::new();
    place.offer_all();
    let slowly = || [Fault::Slowly(10)];
    for path in [&format!("{GRENZEN}1.gpkg"), LEEFBAAROMETER, crate::fetch::ADRESSEN] {
        place.publisher.fail(path, slowly());
    }
    place.report(&[]);
    // Three of them take some tenths of a second each.
    assert_eq!(place.publisher.most_at_once(), 2);
}

#[test]
fn settings_and_options_that_cannot_be_are_refused() {
    let place = Place::new();
    place.set("kleur = 'rood'");
    place.fetch(&[]).failed_naming(&["wijkzicht.toml", "kleur"]);
    place.set("pogingen = 0");
    place.fetch(&[]).failed_naming(&["ophalen", "pogingen", "1 to 20"]);
    place.set("");
    let said = place.fetch(&["--only", "borders"]);
    assert_eq!(said.code, Some(2), "{}", said.stderr);
    assert!(said.stderr.contains("grenzen, kwb, leefbaarometer"), "{}", said.stderr);
    fs::create_dir(place.path("cache")).expect("a folder");
    fs::write(place.path("cache/manifest.json"), "[]").expect("written");
    place.fetch(&[]).failed_naming(&["manifest.json", "--cache"]);
}
