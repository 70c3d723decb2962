//! Which buurt is this address?

use std::{collections::BTreeMap, path::Path};

use rusqlite::Connection;
use serde_json::Value;
use wijkzicht::area::{AddressEntry, AddressTable};

use crate::harness::{Server, demo, everything, input, run, run_with, scratch};

/// The addresses of a division as they are stored, by postcode.
fn stored(atlas: &Path, vintage: u16) -> BTreeMap<String, Vec<AddressEntry>> {
    let blob: Vec<u8> = Connection::open(atlas)
        .and_then(|db| {
            db.query_row("SELECT tabel FROM adressen WHERE indeling = ?1", [vintage], |row| {
                row.get(0)
            })
        })
        .expect("a table of addresses");
    let table = AddressTable::from_bytes(&blob).expect("a sound table");
    let mut by_postcode: BTreeMap<String, Vec<AddressEntry>> = BTreeMap::new();
    for entry in table.entries() {
        by_postcode.entry(entry.postcode.to_string()).or_default().push(entry);
    }
    by_postcode
}

fn buurten(entries: &[AddressEntry]) -> Vec<String> {
    let mut codes: Vec<_> = entries.iter().map(|entry| entry.buurt.to_string()).collect();
    codes.sort();
    codes.dedup();
    codes
}

fn candidates(answer: &Value) -> Vec<String> {
    let list = answer["adres"]["kandidaten"].as_array().expect("a list");
    list.iter().map(|area| area["code"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_kind_of_address_is_answered() {
    let atlas = demo();
    let addresses = stored(&atlas, 2024);
    assert!(addresses.len() > 1000, "{} postcodes", addresses.len());
    let server = Server::on(&atlas);
    let (plain, entries) =
        addresses.iter().find(|(_, entries)| buurten(entries).len() == 1).expect("one buurt");
    let number = entries[0].number.expect("a number");

    let address = format!("/v1/locaties?postcode={plain}&huisnummer={number}");
    let found = server.get(&format!("{address}&indicatoren=inwoners")).ok();
    let buurt = entries[0].buurt.to_string();
    assert_eq!(found["buurt"]["code"], *buurt, "{found}");
    assert_ne!(found["buurt"]["naam"], *buurt, "it has its name");
    assert_eq!(found["wijk"]["code"], format!("WK{}", &buurt[2..8]));
    assert_eq!(found["gemeente"]["code"], format!("GM{}", &buurt[2..6]));
    assert_eq!(
        (&found["jaar"], &found["rd"], &found["lonLat"]),
        (&2024.into(), &Value::Null, &Value::Null)
    );
    assert_eq!(candidates(&found), std::slice::from_ref(&buurt));
    assert_eq!(found["adres"]["bron"], "wijkzicht (fictief), CC0 1.0");
    let detail = server.get(&format!("/v1/gebieden/{buurt}?jaar=2024")).ok();
    let residents = detail["waarden"]["inwoners"].as_array().expect("years");
    assert_eq!(found["waarden"]["inwoners"]["waarde"], residents.last().expect("a year")["waarde"]);

    // A space, small letters, and no number at all.
    let loose = format!("{}+{}", &plain[..4], plain[4..].to_lowercase());
    let same = server.get(&format!("/v1/locaties?postcode={loose}")).ok();
    assert_eq!(same["buurt"]["code"], *buurt);

    // A postcode in two buurten: the number tells, unless it stands in both.
    let (split, entries) =
        addresses.iter().find(|(_, entries)| buurten(entries).len() == 2).expect("two buurten");
    let both = server.get(&format!("/v1/locaties?postcode={split}")).ok();
    assert_eq!(both["buurt"], Value::Null, "{both}");
    assert_eq!(candidates(&both), buurten(entries));
    assert_eq!(both["gemeente"]["code"].as_str().map(str::len), Some(6), "all share it: {both}");
    let number = entries[0].number.expect("a number");
    let one: Vec<_> = entries.iter().filter(|e| e.number == Some(number)).cloned().collect();
    let found = server.get(&format!("/v1/locaties?postcode={split}&huisnummer={number}")).ok();
    assert_eq!(candidates(&found), buurten(&one));

    // The older division has codes of its own.
    let old = server.get(&format!("{address}&jaar=2018")).ok();
    let entries = &stored(&atlas, 2018)[plain];
    let same: Vec<_> = entries
        .iter()
        .filter(|e| address.ends_with(&format!("={}", e.number.unwrap_or(0))))
        .cloned()
        .collect();
    assert_eq!((&old["jaar"], candidates(&old)), (&2018.into(), buurten(&same)));
}

#[test]
fn what_is_no_address_is_told() {
    let atlas = demo();
    let server = Server::on(&atlas);
    for (query, status, says) in [
        ("postcode=1011", 400, "1011AB"),
        ("postcode=0011AB", 400, "postcode"),
        ("postcode=", 400, "postcode"),
        ("postcode=1000AA&huisnummer=0", 400, "huisnummer"),
        ("postcode=1000AA&huisnummer=1a", 400, "huisnummer"),
        ("postcode=1000AA&huisnummer=100000", 400, "huisnummer"),
        ("huisnummer=3", 400, "hoort bij een postcode"),
        ("postcode=1000AA&lat=52&lon=5", 400, "niet allebei"),
        ("postcode=1000AA&postcode=1000AB", 400, "postcode"),
        ("postcode=1000AA&jaar=2019", 400, "2018"),
        ("postcode=9999ZZ", 404, "deze postcode"),
        ("postcode=1000AA&huisnummer=99999", 404, "dit huisnummer"),
    ] {
        let answer = server.get(&format!("/v1/locaties?{query}"));
        assert_eq!(answer.status, status, "{query}");
        let problem = answer.problem(status);
        assert!(problem.to_string().contains(says), "{query}: {problem}");
    }
    // An atlas without addresses says so.
    let Some(server) = Server::country() else { return };
    let problem = server.get("/v1/locaties?postcode=1011AB").problem(404);
    assert!(problem.to_string().contains("geen adressen"), "{problem}");
}

/// An address is where somebody lives: it is in no log, and no cache keeps it.
#[test]
fn addresses_are_not_logged_or_kept() {
    let atlas = demo();
    let addresses = stored(&atlas, 2024);
    let postcode = addresses.keys().next().expect("a postcode");
    let path = atlas.to_str().expect("UTF-8");
    let server = Server::start_logging(&["--data", path], Some("trace"));
    for target in [
        format!("/v1/locaties?postcode={postcode}&huisnummer=1"),
        format!("/v1/locaties?postcode={postcode}"),
        format!("/v1/locaties?postcode={postcode}&huisnummer=abc"),
        format!("/v1/locaties?postcode={postcode}&kleur=rood"),
        format!("/v1/onzin?postcode={postcode}"),
        "/v1/locaties?lat=52.123456&lon=5.654321".to_owned(),
    ] {
        let answer = server.get(&target);
        if answer.status == 200 {
            let kept = if target.contains("lat") { "private, no-cache" } else { "no-store" };
            assert_eq!(answer.header("cache-control").as_deref(), Some(kept), "{target}");
        }
    }
    let log = server.log();
    for private in [postcode.as_str(), "52.123456", "5.654321"] {
        assert!(!log.contains(private), "{private} stands in the log:\n{log}");
    }
}

#[test]
fn the_command_reads_tables_of_addresses() {
    let atlas = demo();
    let path = atlas.to_str().expect("UTF-8");
    let addresses = stored(&atlas, 2024);
    let folder = scratch();
    let (mut rows, mut expected) = ("id,postcode,huisnummer\n".to_owned(), Vec::new());
    for (at, (postcode, entries)) in addresses.iter().enumerate().take(2000) {
        let number = entries[at % entries.len()].number.expect("a number");
        rows.push_str(&format!("{at},{postcode},{number}\n"));
        let of: Vec<_> = entries.iter().filter(|e| e.number == Some(number)).cloned().collect();
        let codes = buurten(&of);
        expected.push(if codes.len() == 1 { codes[0].clone() } else { String::new() });
    }
    let found = run_with(
        &["locate", "--address", "--data", path],
        input(folder.path(), "in.csv", rows.as_bytes()),
    )
    .succeeded();
    let mut lines = found.stdout.lines();
    assert_eq!(lines.next(), Some("id,postcode,huisnummer,buurtcode,wijkcode,gemeentecode,fout"));
    let codes: Vec<_> = lines.map(|line| line.split(',').nth(3).unwrap_or_default()).collect();
    assert_eq!(codes, expected);

    for (arguments, says) in
        [(vec!["--year", "2019"], "2018, 2024"), (vec!["--crs", "rd"], "cannot be used with")]
    {
        let all = [vec!["locate", "--address", "--data", path], arguments].concat();
        let said = run_with(&all, input(folder.path(), "x.csv", b"postcode\n"));
        assert_ne!(said.code, Some(0));
        assert!(said.stderr.contains(says), "{}", said.stderr);
    }
    let said = run_with(
        &["locate", "--address", "--data", path],
        input(folder.path(), "y.csv", b"lon,lat\n"),
    );
    said.failed_naming(&["postcode and huisnummer", "lon, lat"]);
}

/// The table of a real city: postcodes without numbers, some in two buurten.
#[test]
fn amsterdam_by_postcode() {
    let Some(atlas) = everything() else { return };
    let addresses = stored(&atlas, 2023);
    let split = addresses.values().filter(|entries| buurten(entries).len() > 1).count();
    assert_eq!((addresses.len(), split), (17_271, 14));
    let folder = scratch();
    let found = run_with(
        &["locate", "--address", "--data", atlas.to_str().expect("UTF-8")],
        input(folder.path(), "in.csv", b"postcode,huisnummer\n1011AB,12\n1011ZZ,1\n"),
    )
    .succeeded();
    let rows: Vec<_> = found.stdout.lines().skip(1).collect();
    assert_eq!(rows[0], "1011AB,12,BU0363AF01,WK0363AF,GM0363,");
    assert!(rows[1].starts_with("1011ZZ,1,,,,\"postcode"), "{}", rows[1]);
    run(&["check", "--data", atlas.to_str().expect("UTF-8")]).succeeded();
}
