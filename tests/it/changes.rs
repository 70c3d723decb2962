//! What changed since last time: kept in the atlas, told by import, interface, feed and page.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::Connection;
use serde_json::Value;

use crate::harness::{Server, each, python, run, scratch};

const HEAD: &str = "bu_code,bu_naam,jaar,lbm,afw,fys,onv,soc,vrz,won\n";

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

fn scores(folder: &Path, name: &str, rows: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, format!("{HEAD}{rows}")).expect("a temporary file");
    path
}

#[track_caller]
fn import(atlas: &Path, file: &Path) -> Value {
    let said = run(&["import", "--json", "--data", text(atlas), text(file)]).succeeded().stdout;
    serde_json::from_str(&said).expect("a report in JSON")
}

/// An atlas into which two deliveries came, one after the other, and the report of each.
fn atlas(folder: &Path) -> (PathBuf, [Value; 2]) {
    let atlas = folder.join("atlas.gpkg");
    let first = scores(
        folder,
        "Leefbaarometer-scores buurten 2024_stand-20240101.csv",
        "BU00010000,Dorp,2024,4.2,0.1,0.02,0.02,0.02,0.02,0.02\n\
         BU00010001,Veld,2024,NA,NA,NA,NA,NA,NA,NA\n",
    );
    let second = scores(
        folder,
        "Leefbaarometer-scores buurten 2024_stand-20250101.csv",
        "BU00010000,Dorp,2024,4.3,0.2,0.02,0.02,0.02,0.02,0.02\n\
         BU00010001,Veld,2024,4.1,-0.1,0.02,0.02,0.02,0.02,0.02\n",
    );
    let reports = [import(&atlas, &first), import(&atlas, &second)];
    (atlas, reports)
}

fn of<'a>(record: &'a Value, indicator: &str) -> &'a Value {
    let figures = record["cijfers"].as_array().expect("a list");
    figures.iter().find(|one| one["indicator"] == indicator).expect("a topic")
}

#[test]
fn an_import_tells_what_it_changed() {
    let folder = scratch();
    let (atlas, [first, second]) = atlas(folder.path());
    let record = &first["wijzigingen"];
    assert_eq!(record["versieVoor"], Value::Null);
    assert_eq!(record["versieNa"], first["versie"]);
    let told = |record: &Value, indicator: &str| {
        let one = of(record, indicator);
        ["nieuw", "gewijzigd", "vervallen", "andereReden"].map(|key| one[key].as_u64())
    };
    assert_eq!(told(record, "leefbaarheid"), [Some(1), Some(0), Some(0), Some(1)]);
    let one = of(record, "leefbaarheid");
    assert_eq!((&one["jaar"], &one["niveau"]), (&2024.into(), &"buurten".into()));
    let record = &second["wijzigingen"];
    assert_eq!(record["versieVoor"], first["versie"]);
    assert_eq!(told(record, "leefbaarheid"), [Some(1), Some(1), Some(0), Some(0)]);
    assert_eq!(told(record, "leefbaarheid-woningvoorraad"), [Some(1), Some(0), Some(0), Some(0)]);
    assert_eq!(
        each(&record["bronnen"], "bestand"),
        ["Leefbaarometer-scores buurten 2024_stand-20250101.csv"]
    );
    let moment = record["moment"].as_str().expect("a moment");
    assert!(moment.len() == 20 && moment.ends_with('Z'), "{moment}");

    // The same again changes nothing, and nothing is noted.
    let before = fs::read(&atlas).expect("the atlas");
    let again = folder.path().join("Leefbaarometer-scores buurten 2024_stand-20250101.csv");
    assert_eq!(import(&atlas, &again)["wijzigingen"], Value::Null);
    assert!(before == fs::read(&atlas).expect("the atlas"));
    let count: i64 = Connection::open(&atlas)
        .and_then(|atlas| atlas.query_row("SELECT count(*) FROM wijzigingen", [], |row| row.get(0)))
        .expect("a count");
    assert_eq!(count, 2);

    // And on the screen.
    let other = folder.path().join("other.gpkg");
    let said = run(&["import", "--data", text(&other), text(&again)]).succeeded().stdout;
    assert!(
        said.contains("leefbaarheid 2024, buurten of 2024: 2 new, 0 changed, 0 gone"),
        "{said}"
    );
}

#[test]
fn how_it_came_about_is_no_part_of_what_it_is() {
    let folder = scratch();
    let (atlas, [_, second]) = atlas(folder.path());
    let other = folder.path().join("other.gpkg");
    let mut files: Vec<_> = fs::read_dir(folder.path())
        .expect("the folder")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv"))
        .collect();
    files.sort();
    let mut arguments = vec!["import", "--json", "--data", text(&other)];
    arguments.extend(files.iter().map(|file| text(file)));
    let said = run(&arguments).succeeded().stdout;
    let report: Value = serde_json::from_str(&said).expect("a report");
    assert_eq!(report["versie"], second["versie"]);
    assert_eq!(crate::harness::canonical_dump(&atlas), crate::harness::canonical_dump(&other));
}

#[test]
fn the_interface_tells_it_from_a_day_on() {
    let folder = scratch();
    let (atlas, [first, second]) = atlas(folder.path());
    let old = "UPDATE wijzigingen SET moment = '2024-06-30T23:59:59Z' WHERE id = 1";
    Connection::open(&atlas).and_then(|atlas| atlas.execute(old, [])).expect("changed");
    let server = Server::on(&atlas);
    let all = server.get("/v1/wijzigingen");
    let list = all.ok();
    assert_eq!(each(&list["wijzigingen"], "versieNa"), [&second["versie"], &first["versie"]]);
    assert_eq!(list["wijzigingen"][0], second["wijzigingen"]);
    assert_eq!((&list["versie"], &list["fictief"]), (&second["versie"], &false.into()));
    let counts = ["2024-06-30", "2024-07-01", "2999-01-01"].map(|day| {
        let list = server.get(&format!("/v1/wijzigingen?sinds={day}")).ok();
        list["wijzigingen"].as_array().expect("a list").len()
    });
    assert_eq!(counts, [2, 1, 0]);
    for wrong in ["2024", "2024-02-30", "20240101", "gisteren", "2024-01-01T00:00:00Z"] {
        let problem = server.get(&format!("/v1/wijzigingen?sinds={wrong}")).problem(400);
        let error = &problem["errors"][0];
        assert_eq!(error["location"]["name"], "sinds", "{problem}");
        assert!(
            error["detail"].as_str().is_some_and(|text| text.contains("2026-11-21")),
            "{problem}"
        );
    }
    server.get("/v1/wijzigingen?vanaf=2024-01-01").problem(400);
    let tag = all.header("etag").expect("a tag").clone();
    assert_eq!(server.ask("GET", "/v1/wijzigingen", &[("If-None-Match", &tag)]).status, 304);
}

#[test]
fn the_feed_is_sound_and_its_names_stay() {
    let folder = scratch();
    let (atlas, _) = atlas(folder.path());
    let config = folder.path().join("wijkzicht.toml");
    fs::write(&config, "titel = 'Dorp & <Veld>'").expect("written");
    let base = "https://gemeente.example/wijken";
    let start =
        || Server::start(&["--data", text(&atlas), "--base-url", base, "--config", text(&config)]);
    let server = start();
    let answer = server.get("/v1/wijzigingen.atom");
    assert_eq!(answer.status, 200);
    assert!(answer.lower("content-type").starts_with("application/atom+xml"));
    let feed = answer.text();
    drop(server);
    assert_eq!(feed, start().get("/v1/wijzigingen.atom").text(), "another start, the same feed");
    assert!(feed.contains(&format!("href=\"{base}/v1/wijzigingen.atom\"")), "{feed}");
    assert!(feed.contains(&format!("href=\"{base}/bronnen#wijziging-")), "{feed}");
    assert_eq!(feed.matches("<entry>").count(), 2);

    // As a parser of others reads it.
    let file = folder.path().join("feed.xml");
    fs::write(&file, &feed).expect("written");
    let script = "import sys, xml.etree.ElementTree as E\n\
        a = '{http://www.w3.org/2005/Atom}'\n\
        f = E.parse(sys.argv[1]).getroot()\n\
        assert f.tag == a + 'feed', f.tag\n\
        need = lambda e: [e.find(a + n).text for n in ('id', 'title', 'updated')]\n\
        print(*need(f), f.find(a + 'author').find(a + 'name').text, sep='|')\n\
        for e in f.findall(a + 'entry'):\n\
        \x20   c = e.find(a + 'content')\n\
        \x20   E.fromstring('<x>' + c.text + '</x>')\n\
        \x20   print(*need(e), c.attrib['type'], e.find(a + 'link').attrib['href'], sep='|')\n";
    let script_file = folder.path().join("feed.py");
    fs::write(&script_file, script).expect("written");
    let Some(read) = python(&[text(&script_file), text(&file)]) else { return };
    let read = read.succeeded().stdout;
    let lines: Vec<Vec<&str>> = read.lines().map(|line| line.split('|').collect()).collect();
    assert_eq!(lines.len(), 3, "{read}");
    assert_eq!((lines[0][1], lines[0][3]), ("Dorp & <Veld>: wijzigingen", "Dorp & <Veld>"));
    assert_eq!(lines[0][2], lines[1][2], "updated when its newest entry was");
    let mut names: Vec<_> = lines.iter().map(|line| line[0]).collect();
    assert!(
        names.iter().all(|name| name.starts_with("urn:uuid:") && name.len() == 45),
        "{names:?}"
    );
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 3);
    assert!(lines[1..].iter().all(|line| line[3] == "html"), "{read}");
}

#[test]
fn an_atlas_without_history_has_an_empty_feed() {
    let server = Server::demo();
    assert_eq!(server.get("/v1/wijzigingen").ok()["wijzigingen"], Value::Array(Vec::new()));
    let feed = server.get("/v1/wijzigingen.atom");
    assert!(feed.text().contains("<updated>20") && !feed.text().contains("<entry>"));
    assert!(!server.get("/bronnen").text().contains("id=\"wijzigingen\""));
    server.get("/v1/wijzigingen.atom?sinds=nooit").problem(400);
}

#[test]
fn the_page_of_sources_leads_to_it() {
    let folder = scratch();
    let (atlas, _) = atlas(folder.path());
    let server = Server::on(&atlas);
    for (target, title, told) in [
        ("/bronnen", "Wat er veranderde", "nieuwe cijfers"),
        ("/bronnen?taal=en", "What changed", "new figures"),
    ] {
        let page = server.get(target);
        let html = page.text();
        let (head, body) = html.split_once("</head>").expect("a head");
        let link = "<link rel=\"alternate\" type=\"application/atom+xml\"";
        assert!(head.contains(link) && head.contains("href=\"/v1/wijzigingen.atom\""), "{head}");
        assert!(body.contains(title) && body.contains(told), "{body:.3000}");
    }
    let list = server.get("/v1/wijzigingen").ok();
    let day = &list["wijzigingen"][0]["moment"].as_str().expect("a moment")[..10];
    let version = list["versie"].as_str().expect("a version");
    assert!(server.get("/bronnen").text().contains(&format!("id=\"wijziging-{day}-{version}\"")));
}
