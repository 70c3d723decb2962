//! One command a year: what publishers offer comes into the atlas as if it had been imported by
//! hand, once, and nothing of it twice.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{
    Offered, Run, Seen, StandIn, canonical_dump, each, geopackage, polygon, run, scratch,
    shared_data,
};

pub const GRENZEN: &str = "/pdok/cbs/wijkenbuurten/2024/atom/downloads/wijkenbuurten_2024_v";
pub const LEEFBAAROMETER: &str = "/lbm/resources/open-data-leefbaarometer-meting-2024.zip";
pub const ADRESSEN: &str = "/cbs-download/postcode/2024-cbs-pc6huisnr20240801_buurt.zip";
pub const EXCEL: &str = "/cbs-download/regionale-kaarten/kwb-2024.xlsx";
pub const STATLINE: &str = "/odata";

/// A publisher, a folder for an atlas and a cache, and settings that lead from one to the other.
pub struct Place {
    pub folder: TempDir,
    pub publisher: StandIn,
}

impl Place {
    /// Where nothing is offered yet.
    pub fn new() -> Self {
        let place = Self { folder: scratch(), publisher: StandIn::start() };
        place.set("");
        place
    }

    /// Settings beside those that lead to the publisher.
    pub fn set(&self, more: &str) {
        let at = |path: &str| self.publisher.url(path);
        let own = [
            ("wachttijd", "0.01"),
            ("langste-wachttijd", "2.0"),
            ("geduld", "5.0"),
            ("pogingen", "4"),
        ];
        let own: String = own
            .iter()
            .filter(|(name, _)| !more.contains(&format!("{name} =")))
            .map(|(name, value)| format!("{name} = {value}\n"))
            .collect();
        let settings = format!(
            "[ophalen]\n{own}{more}\n[ophalen.adressen]\npdok = '{}'\ncbs-download = '{}'\ncbs = '{}'\n\
             statline = '{}'\nleefbaarometer = '{}'\n",
            at("/pdok"),
            at("/cbs-download"),
            at("/cbs"),
            at(STATLINE),
            at("/lbm")
        );
        fs::write(self.path("wijkzicht.toml"), settings).expect("written");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn atlas(&self) -> PathBuf {
        self.path("atlas.gpkg")
    }

    /// The command for 2024, ready to start.
    pub fn command(&self, atlas: &Path, cache: &Path, options: &[&str]) -> Command {
        self.command_of(2024, atlas, cache, options)
    }

    /// The same for any year.
    pub fn command_of(&self, year: u16, atlas: &Path, cache: &Path, options: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wijkzicht"));
        command
            .args(["fetch", "--year", &year.to_string(), "--data"])
            .arg(atlas)
            .arg("--cache")
            .arg(cache)
            .arg("--config")
            .arg(self.path("wijkzicht.toml"))
            .args(options)
            .stdin(Stdio::null());
        for proxy in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
            command.env_remove(proxy).env_remove(proxy.to_uppercase());
        }
        command
    }

    /// Runs it to its end.
    pub fn fetch_into(&self, atlas: &Path, cache: &Path, options: &[&str]) -> Run {
        let done = self.command(atlas, cache, options).output().expect("the program starts");
        Run {
            code: done.status.code(),
            stdout: String::from_utf8_lossy(&done.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&done.stderr).into_owned(),
        }
    }

    pub fn fetch(&self, options: &[&str]) -> Run {
        self.fetch_into(&self.atlas(), &self.path("cache"), options)
    }

    /// The report of a fetch that must go well.
    #[track_caller]
    pub fn report(&self, options: &[&str]) -> Value {
        let options: Vec<_> = options.iter().copied().chain(["--json"]).collect();
        let said = self.fetch(&options).succeeded().stdout;
        serde_json::from_str(&said).expect("a report in JSON")
    }

    /// Every part is offered.
    pub fn offer_all(&self) {
        self.publisher.offer(&format!("{GRENZEN}1.gpkg"), &borders(self.folder.path(), 1200));
        self.publisher.offer(LEEFBAAROMETER, &liveability());
        self.publisher.offer(ADRESSEN, &addresses());
        offer_tables(&self.publisher, StatLine::default());
    }
}

/// A gemeente with its wijk and two buurten, of so many inhabitants.
pub fn borders(folder: &Path, inhabitants: u32) -> Vec<u8> {
    let block = |from: f64, to: f64| {
        let corners = [(from, 0.0), (to, 0.0), (to, 900.0), (from, 900.0), (from, 0.0)];
        polygon(&corners.map(|(x, y)| (x + 150_000.0, y + 450_000.0)))
    };
    let name = "wijkenbuurten_2024_v0.gpkg";
    drop(fs::remove_file(folder.join(name)));
    let path = geopackage(
        folder,
        name,
        "buurten",
        "buurtcode TEXT, buurtnaam TEXT, gemeentenaam TEXT, water TEXT, aantal_inwoners INTEGER",
        &[
            (&format!("'BU00010000', 'Dorp', 'Dorp', 'NEE', {inhabitants}"), block(0.0, 500.0)),
            ("'BU00010001', 'Veld', 'Dorp', 'NEE', -99997", block(500.0, 900.0)),
        ],
    );
    let connection = Connection::open(&path).expect("the file");
    for (layer, columns, values) in [
        ("wijken", "wijkcode TEXT, wijknaam TEXT, gemeentenaam TEXT", "'WK000100', 'Wijk', 'Dorp'"),
        ("gemeenten", "gemeentecode TEXT, gemeentenaam TEXT", "'GM0001', 'Dorp'"),
    ] {
        connection
            .execute_batch(&format!(
                "CREATE TABLE {layer} (fid INTEGER PRIMARY KEY, geom BLOB, {columns});
                 INSERT INTO gpkg_contents SELECT '{layer}', data_type, '{layer}', '', last_change,
                   0, 0, 0, 0, srs_id FROM gpkg_contents WHERE table_name = 'buurten';
                 INSERT INTO gpkg_geometry_columns SELECT '{layer}', 'geom', geometry_type_name,
                   srs_id, 0, 0 FROM gpkg_geometry_columns WHERE table_name = 'buurten';"
            ))
            .expect("a layer");
        connection
            .execute(&format!("INSERT INTO {layer} VALUES (1, ?, {values})"), [block(0.0, 900.0)])
            .expect("a row");
    }
    drop(connection);
    fs::read(path).expect("the file")
}

/// An archive with these members.
pub fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("begun");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

/// Scores as the Leefbaarometer publishes them, beside what no atlas reads.
pub fn liveability() -> Vec<u8> {
    let head = |code: &str| {
        format!(
            "\"{code}_code\",\"{code}_naam\",\"jaar\",\"lbm\",\"afw\",\"fys\",\"onv\",\"soc\",\"vrz\",\"won\"\n"
        )
    };
    let buurten = format!(
        "{}\"BU00010000\",\"Dorp\",2022,4.1,0.05,0.01,0.01,0.01,0.01,0.01\n\
         \"BU00010000\",\"Dorp\",2024,4.2,0.1,0.02,0.02,0.02,0.02,0.02\n\
         \"BU00010001\",\"Veld\",2024,NA,NA,NA,NA,NA,NA,NA\n",
        head("bu")
    );
    let wijken =
        format!("{}\"WK000100\",\"Wijk\",2024,4.2,0.1,0.02,0.02,0.02,0.02,0.02\n", head("wk"));
    let folder = "Leefbaarometer 3.0 - Meting 2024 - open data/Leefbaarometer-scores";
    zipped(&[
        (&format!("{folder} buurten 2002-2024.csv"), buurten.as_bytes()),
        (&format!("{folder} wijken 2002-2024.csv"), wijken.as_bytes()),
        (&format!("{folder} grids 2002-2024.csv"), b"grid,jaar\n1,2024\n"),
        ("Leefbaarometer 3.0 - Meting 2024 - open data/lees mij.pdf", b"%PDF"),
    ])
}

/// Addresses as CBS publishes them.
pub fn addresses() -> Vec<u8> {
    zipped(&[
        (
            "pc6hnr20240801_gwb.csv",
            b"PC6;Huisnummer;Buurt2024;Wijk2024;Gemeente2024\r\n\
              1011AB;1;00010000;000100;0001\r\n1011AB;2;00010001;000100;0001\r\n",
        ),
        ("buurt2024.csv", b"buurtcode2024;buurtnaam2024\r\n00010000;Dorp\r\n"),
    ])
}

/// Tables of StatLine as its interface serves them.
#[derive(Clone)]
pub struct StatLine {
    /// The moment of their newest change.
    pub modified: String,
    /// How many figures stand on a page.
    pub page: usize,
    /// Tables with the years that they hold: the year of KWB, which has no periods, is 0.
    pub tables: BTreeMap<String, Vec<u16>>,
    /// What is added to every figure.
    pub more: f64,
    /// Whether descriptions have a tag.
    pub has_tags: bool,
    /// What the list of tables holds: ids and titles.
    pub list: Vec<(String, String)>,
}

impl Default for StatLine {
    fn default() -> Self {
        Self {
            modified: "2024-11-05T02:00:00+01:00".to_owned(),
            page: 3,
            tables: [("85984NED".to_owned(), vec![0]), ("85900NED".to_owned(), vec![2022, 2024])]
                .into(),
            more: 0.0,
            has_tags: true,
            list: Vec::new(),
        }
    }
}

impl StatLine {
    /// What it answers.
    pub fn offer(
        &self,
        path: &str,
        query: &BTreeMap<String, String>,
        host: &str,
    ) -> Option<Offered> {
        let rest = path.strip_prefix(STATLINE)?.strip_prefix('/')?;
        let mut tag = None;
        let body = if rest == "Datasets" {
            let rows: Vec<_> = self
                .list
                .iter()
                .map(|(id, title)| json!({"Identifier": id, "Title": title}))
                .collect();
            json!({"value": rows})
        } else {
            let (table, list) = rest.split_once('/')?;
            let years = self.tables.get(table)?;
            let has_periods = years != &[0];
            match list {
                "Properties" => {
                    tag = self.has_tags.then(|| format!("\"{table}-{}\"", self.modified));
                    json!({"Identifier": table, "Title": "x", "Modified": "2024-01-01T00:00:00Z",
                        "ObservationsModified": self.modified, "ObservationCount": 10})
                }
                "Dimensions" => {
                    let mut rows =
                        vec![json!({"Identifier": "WijkenEnBuurten", "Kind": "GeoDimension"})];
                    if has_periods {
                        rows.push(json!({"Identifier": "Perioden", "Kind": "TimeDimension"}));
                    }
                    json!({"value": rows})
                }
                "MeasureGroups" => json!({"value": [
                    {"Id": "1", "Title": "Bevolking", "ParentId": null},
                    {"Id": "2", "Title": "Wonen", "ParentId": null},
                    {"Id": "3", "Title": "SES-WOA", "ParentId": null},
                    {"Id": "4", "Title": "Totaalscore", "ParentId": "3"},
                ]}),
                "MeasureCodes" if has_periods => json!({"value": [
                    {"Identifier": "D1", "Title": "Gemiddelde score", "Unit": "Getal", "MeasureGroupId": "4"},
                    {"Identifier": "D2", "Title": "Particuliere huishoudens", "Unit": "Aantal"},
                ]}),
                "MeasureCodes" => json!({"value": [
                    {"Identifier": "T001036", "Title": "Aantal inwoners", "Unit": "aantal", "MeasureGroupId": "1"},
                    {"Identifier": "1050010_2", "Title": "Huishoudens totaal", "Unit": "aantal", "MeasureGroupId": "1"},
                    {"Identifier": "M001642", "Title": "Gemiddelde WOZ-waarde van woningen", "Unit": "x 1 000 euro", "MeasureGroupId": "2"},
                    {"Identifier": "X1", "Title": "Hooikoorts", "Unit": "%", "MeasureGroupId": "1"},
                ]}),
                "WijkenEnBuurtenCodes" => json!({"value": [
                    {"Identifier": "NL00      ", "Title": "Nederland"},
                    {"Identifier": "GM0001    ", "Title": "Dorp"},
                    {"Identifier": "WK000100  ", "Title": "Wijk \"1\""},
                    {"Identifier": "BU00010000", "Title": "Dorp"},
                    {"Identifier": "BU00010001", "Title": "Veld"},
                ]}),
                "Observations" => self.observations(years, path, query, host),
                _ => return None,
            }
        };
        Some(Offered { body: body.to_string().into_bytes(), etag: tag, modified: None })
    }

    /// A page of the figures that are asked for.
    fn observations(
        &self,
        years: &[u16],
        path: &str,
        query: &BTreeMap<String, String>,
        host: &str,
    ) -> Value {
        let filter = query.get("$filter").cloned().unwrap_or_default();
        let mut rows = Vec::new();
        for (measure, first) in
            [("T001036", 100.0), ("1050010_2", 50.0), ("M001642", 300.5), ("X1", 1.0), ("D1", 0.25)]
        {
            if !filter.contains(&format!("Measure eq '{measure}'")) {
                continue;
            }
            for year in years {
                if *year != 0 && !filter.contains(&format!("Perioden eq '{year}JJ00'")) {
                    continue;
                }
                for (at, code) in
                    ["NL00", "GM0001", "WK000100", "BU00010000", "BU00010001"].iter().enumerate()
                {
                    let is_secret = measure == "M001642" && at == 4;
                    let value =
                        if is_secret { Value::Null } else { json!(first + at as f64 + self.more) };
                    let mark = if is_secret { "Confidential" } else { "None" };
                    let mut row = json!({"Measure": measure, "Value": value, "ValueAttribute": mark,
                        "WijkenEnBuurten": format!("{code:10}")});
                    if *year != 0 {
                        row["Perioden"] = json!(format!("{year}JJ00"));
                    }
                    rows.push(row);
                }
            }
        }
        let skip: usize = query.get("$skip").and_then(|skip| skip.parse().ok()).unwrap_or(0);
        let page: Vec<_> = rows.iter().skip(skip).take(self.page).collect();
        let mut body = json!({"value": page});
        if skip + self.page < rows.len() {
            let filter: String = filter.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let next = skip + self.page;
            body["@odata.nextLink"] =
                json!(format!("http://{host}{path}?$filter={filter}&$skip={next}"));
        }
        body
    }
}

/// Offers tables of StatLine.
pub fn offer_tables(publisher: &StandIn, tables: StatLine) {
    publisher.answer_by(move |path, query, host| tables.offer(path, query, host));
}

/// Bytes of bodies of answers that had something.
pub fn bodies(seen: &[Seen]) -> usize {
    seen.iter().filter(|one| one.status < 300).map(|one| one.sent).sum()
}

/// The part of that name in a report.
pub fn part<'a>(report: &'a Value, name: &str) -> &'a Value {
    let parts = report["onderdelen"].as_array().expect("a list");
    parts.iter().find(|part| part["onderdeel"] == name).expect("a part")
}

fn paths(report: &Value) -> Vec<String> {
    let parts = report["onderdelen"].as_array().expect("a list");
    let files = parts.iter().flat_map(|part| each(&part["bestanden"], "pad"));
    files.map(|path| path.as_str().expect("a path").to_owned()).collect()
}

#[test]
fn what_is_fetched_is_what_is_imported_by_hand() {
    let place = Place::new();
    place.offer_all();
    let report = place.report(&[]);
    for name in ["grenzen", "kwb", "leefbaarometer", "ses-woa", "adressen"] {
        assert_eq!(part(&report, name)["stand"], "opgehaald", "{report:#}");
    }
    let names: Vec<_> = paths(&report)
        .iter()
        .map(|path| path.rsplit('/').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        names,
        [
            "wijkenbuurten_2024_v1.gpkg",
            "statline-85984NED-2024_stand-20241105.csv",
            "Leefbaarometer-scores buurten 2002-2024_stand-20241105.csv",
            "Leefbaarometer-scores wijken 2002-2024_stand-20241105.csv",
            "statline-85900NED-2024_stand-20241105.csv",
            "pc6hnr20240801_gwb_stand-20241105.csv",
        ]
    );
    let by_hand = place.path("by-hand.gpkg");
    let mut arguments = vec!["import".to_owned(), "--json".to_owned(), "--data".to_owned()];
    arguments.push(by_hand.display().to_string());
    arguments.extend(paths(&report));
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let said: Value = serde_json::from_str(&run(&arguments).succeeded().stdout).expect("a report");
    assert_eq!(said["versie"], report["inlezen"]["versie"]);
    assert_eq!(canonical_dump(&place.atlas()), canonical_dump(&by_hand));

    // And it is what was published.
    let atlas = Connection::open(place.atlas()).expect("the atlas");
    let value = |indicator: &str, code: &str| -> (Option<f64>, Option<String>) {
        let sql =
            "SELECT waarde, reden FROM waarden WHERE indicator = ? AND code = ? AND jaar = 2024";
        atlas
            .query_row(sql, [indicator, code], |row| Ok((row.get(0)?, row.get(1)?)))
            .expect("a row")
    };
    assert_eq!(value("leefbaarheid", "BU00010000"), (Some(0.1), None));
    assert_eq!(value("woningwaarde", "BU00010000"), (Some(303_500.0), None));
    assert_eq!(value("woningwaarde", "BU00010001"), (None, Some("geheim_of_afwezig".into())));
    assert_eq!(value("ses-woa", "WK000100"), (Some(2.25), None));
    assert_eq!(value("huishoudens", "GM0001"), (Some(51.0), None));
    let addresses: i64 = atlas
        .query_row("SELECT count(*) FROM adressen WHERE indeling = 2024", [], |row| row.get(0))
        .expect("a count");
    assert_eq!(addresses, 1);
}

#[test]
fn a_second_time_nothing_comes_in_and_nothing_changes() {
    let place = Place::new();
    place.offer_all();
    place.report(&[]);
    let first = place.publisher.seen();
    assert!(bodies(&first) > 1000);
    let (atlas, manifest) = (fs::read(place.atlas()), fs::read(place.path("cache/manifest.json")));
    let report = place.report(&[]);
    let second = place.publisher.seen();
    assert_eq!(bodies(&second), 0, "{second:#?}");
    assert!(second.len() < first.len());
    for name in ["grenzen", "kwb", "leefbaarometer", "ses-woa", "adressen"] {
        assert_eq!(part(&report, name)["stand"], "ongewijzigd", "{report:#}");
    }
    assert_eq!((&report["ontvangen"], &report["inlezen"]["gewijzigd"]), (&json!(0), &json!(false)));
    assert_eq!(atlas.expect("read"), fs::read(place.atlas()).expect("read"));
    assert_eq!(manifest.expect("read"), fs::read(place.path("cache/manifest.json")).expect("read"));

    // A server that knows of no conditions sends it all again, and nothing changes either.
    let publisher = &place.publisher;
    for path in [&format!("{GRENZEN}1.gpkg"), LEEFBAAROMETER, ADRESSEN] {
        publisher.fail(path, [crate::harness::Fault::Forgetful]);
    }
    offer_tables(publisher, StatLine { has_tags: false, ..StatLine::default() });
    let before = fs::read(place.atlas()).expect("read");
    assert_eq!(place.report(&[])["inlezen"]["gewijzigd"], false);
    assert_eq!(before, fs::read(place.atlas()).expect("read"));
    let figures = publisher.seen().iter().filter(|one| one.target.contains("Observations")).count();
    assert_eq!(figures, 0, "a table that says it did not change is not read");
}

#[test]
fn a_newer_delivery_is_found_and_wins() {
    let place = Place::new();
    place.publisher.offer(&format!("{GRENZEN}1.gpkg"), &borders(place.folder.path(), 1200));
    place.report(&["--only", "grenzen"]);
    let inhabitants = || -> f64 {
        let atlas = Connection::open(place.atlas()).expect("the atlas");
        let sql = "SELECT waarde FROM waarden WHERE indicator = 'inwoners' AND code = 'BU00010000'";
        atlas.query_row(sql, [], |row| row.get(0)).expect("a row")
    };
    assert_eq!(inhabitants(), 1200.0);
    place.publisher.offer(&format!("{GRENZEN}2.gpkg"), &borders(place.folder.path(), 1205));
    let report = place.report(&["--only", "grenzen"]);
    assert_eq!(part(&report, "grenzen")["bestanden"][0]["naam"], "wijkenbuurten_2024_v2.gpkg");
    assert_eq!(report["inlezen"]["gewijzigd"], true);
    assert_eq!(inhabitants(), 1205.0);
    let seen = place.publisher.seen();
    let asked: Vec<_> = seen.iter().map(|one| one.target.as_str()).collect();
    assert!(
        asked[0].ends_with("_v3.gpkg") && asked[1].contains("kaarten/wijkbuurtkaart_2024_v3.zip")
    );
}

#[test]
fn what_is_renewed_under_one_name_replaces_what_was() {
    let place = Place::new();
    place.offer_all();
    let only = ["--only", "grenzen,kwb"];
    place.report(&only);
    let newer = StatLine {
        modified: "2025-03-10T02:00:00+01:00".to_owned(),
        more: 10.0,
        ..StatLine::default()
    };
    offer_tables(&place.publisher, newer);
    let report = place.report(&only);
    assert_eq!(part(&report, "kwb")["stand"], "opgehaald");
    assert_eq!(
        part(&report, "kwb")["bestanden"][0]["naam"],
        "statline-85984NED-2024_stand-20250310.csv"
    );
    let atlas = Connection::open(place.atlas()).expect("the atlas");
    let sql = "SELECT waarde FROM waarden WHERE indicator = 'huishoudens' AND code = 'GM0001'";
    let value: f64 = atlas.query_row(sql, [], |row| row.get(0)).expect("a row");
    assert_eq!(value, 61.0, "the later state of the table counts");
}

#[test]
fn what_is_not_published_is_told_and_the_rest_goes_on() {
    let place = Place::new();
    place.publisher.offer(LEEFBAAROMETER, &liveability());
    let report = place.report(&[]);
    assert_eq!(part(&report, "leefbaarometer")["stand"], "opgehaald");
    for name in ["grenzen", "kwb", "ses-woa", "adressen"] {
        let part = part(&report, name);
        assert_eq!(part["stand"], "nog-niet-gepubliceerd", "{part:#}");
        assert!(!part["geprobeerd"].as_array().expect("a list").is_empty());
        assert!(part["geprobeerd"].as_array().expect("a list").iter().all(|one| {
            one["mislukt"] == false
                && one["antwoord"].as_str().is_some_and(|text| text.contains("404"))
        }));
    }
    // Nothing at all is another matter.
    let empty = Place::new();
    let said = empty.fetch(&[]).failed_naming(&["nothing of 2024 is published yet"]);
    assert!(said.stdout.contains("grenzen: not published yet"), "{}", said.stdout);
    assert!(!empty.atlas().exists());
}

#[test]
fn a_year_without_a_measurement_takes_the_newest_before_it() {
    let place = Place::new();
    let before = LEEFBAAROMETER.replace("2024", "2022");
    place.publisher.offer(&before, &liveability());
    let report = place.report(&["--only", "leefbaarometer"]);
    assert_eq!(part(&report, "leefbaarometer")["jaar"], 2022);
}

#[test]
fn the_cache_alone_is_enough_and_says_what_it_lacks() {
    let place = Place::new();
    let nothing = place.fetch(&["--offline"]);
    nothing.failed_naming(&["nothing of 2024 is in the cache", "--offline", "--cache"]);
    place.offer_all();
    place.report(&["--only", "grenzen,kwb,leefbaarometer"]);
    let whole = canonical_dump(&place.atlas());
    place.publisher.seen();
    let other = place.path("other.gpkg");
    let done = place.fetch_into(&other, &place.path("cache"), &["--offline", "--json"]).succeeded();
    let report: Value = serde_json::from_str(&done.stdout).expect("a report");
    assert_eq!(place.publisher.seen().len(), 0, "nobody is asked");
    assert_eq!(canonical_dump(&other), whole);
    assert_eq!(part(&report, "kwb")["stand"], "uit-cache");
    for name in ["ses-woa", "adressen"] {
        assert_eq!(part(&report, name)["stand"], "niet-in-cache");
    }
    // A damaged file is not taken for a good one, and is fetched anew.
    let file = paths(&report)[0].clone();
    let sound = fs::read(&file).expect("the file");
    fs::write(&file, &sound[..sound.len() - 1]).expect("written");
    let said = place.fetch(&["--offline"]);
    let said = said.failed_naming(&["not all of it came in"]);
    assert!(said.stdout.contains("damaged"), "{}", said.stdout);
    assert_eq!(part(&place.report(&["--only", "grenzen"]), "grenzen")["stand"], "opgehaald");
    assert_eq!(fs::read(&file).expect("the file"), sound);
}

#[test]
fn a_plan_is_told_without_asking_anybody() {
    let place = Place::new();
    let said = place.fetch(&["--dry-run", "--only", "grenzen,adressen"]).succeeded().stdout;
    for part in ["wijkenbuurten_2024_v3.gpkg", "wijkbuurtkaart_2024_v1.zip", "pc6huisnr20240801"] {
        assert!(said.contains(part), "{said}");
    }
    assert!(!said.contains("kwb"), "{said}");
    assert!(place.publisher.seen().is_empty());
    assert!(!place.path("cache").exists() && !place.atlas().exists());
}

#[test]
fn an_archive_stands_in_for_the_geopackage() {
    let place = Place::new();
    let inside = borders(place.folder.path(), 900);
    let archive = zipped(&[
        ("wijkbuurtkaart_2024_v2/gemeenten_2024_v2.shp", b"not read"),
        ("wijkbuurtkaart_2024_v2/../../wijkbuurtkaart_2024_v2.gpkg", &inside),
    ]);
    let zip = "/cbs-download/regionale-kaarten/wijkbuurtkaart_2024_v2.zip";
    place.publisher.offer(zip, &archive);
    place.publisher.offer(&format!("{GRENZEN}1.gpkg"), &borders(place.folder.path(), 1200));
    let report = place.report(&["--only", "grenzen"]);
    let files = &part(&report, "grenzen")["bestanden"];
    assert_eq!(each(files, "naam"), ["wijkbuurtkaart_2024_v2.gpkg"]);
    assert!(paths(&report)[0].starts_with(place.path("cache").to_str().expect("UTF-8")));
    assert!(!place.path("wijkbuurtkaart_2024_v2.gpkg").exists());
}

#[test]
fn shapefiles_in_an_archive_are_read_as_one() {
    let place = Place::new();
    let folder = place.path("vormen");
    fs::create_dir(&folder).expect("a folder");
    crate::harness::shapefile(&folder);
    let read = |ending: &str| fs::read(folder.join(format!("wijk_2016.{ending}"))).expect("a part");
    let parts: Vec<(String, Vec<u8>)> = ["shp", "shx", "dbf", "prj"]
        .map(|ending| (format!("WijkBuurtkaart/wijk_2024_v1.{ending}"), read(ending)))
        .into();
    let members: Vec<_> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let zip = "/cbs-download/regionale-kaarten/wijkbuurtkaart_2024_v1.zip";
    place.publisher.offer(zip, &zipped(&members));
    let report = place.report(&["--only", "grenzen"]);
    assert_eq!(each(&part(&report, "grenzen")["bestanden"], "naam"), ["wijk_2024_v1.shp"]);
    assert_eq!(report["inlezen"]["bestanden"][0]["vlakken"][0]["gebieden"], 2);
    assert_eq!(report["inlezen"]["bestanden"][0]["bron"]["levering"], "v1");
}

#[test]
fn real_files_come_in_as_they_are() {
    let Some(data) = shared_data() else { return };
    let place = Place::new();
    let country = fs::read(data.join("cbs-2024/wijkenbuurten_2024_v1.gpkg")).expect("the file");
    place.publisher.offer(&format!("{GRENZEN}1.gpkg"), &country);
    let scores = |level: &str| {
        let name = format!("Leefbaarometer-scores {level} 2002-2024 (excerpt).csv");
        fs::read(data.join("leefbaarometer-3.0").join(name)).expect("the file")
    };
    let (buurten, wijken) = (scores("buurten"), scores("wijken"));
    let archive = zipped(&[
        ("Leefbaarometer-scores buurten 2002-2024.csv", buurten.as_slice()),
        ("Leefbaarometer-scores wijken 2002-2024.csv", &wijken),
    ]);
    place.publisher.offer(LEEFBAAROMETER, &archive);
    // Cut off three times on the way.
    let third = country.len() / 3;
    let cut = [1, 2, 3].map(|_| crate::harness::Fault::CutAfter(third));
    place.publisher.fail(&format!("{GRENZEN}1.gpkg"), cut);
    let report = place.report(&["--only", "grenzen,leefbaarometer"]);
    let by_hand = place.path("by-hand.gpkg");
    let mut arguments =
        vec!["import".to_owned(), "--data".to_owned(), by_hand.display().to_string()];
    arguments.push(data.join("cbs-2024/wijkenbuurten_2024_v1.gpkg").display().to_string());
    arguments.extend(paths(&report).into_iter().skip(1));
    run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).succeeded();
    assert_eq!(canonical_dump(&place.atlas()), canonical_dump(&by_hand));
    let sent: usize = place
        .publisher
        .seen()
        .iter()
        .filter(|one| one.target.ends_with("_v1.gpkg"))
        .map(|one| one.sent)
        .sum();
    assert!(sent <= country.len() + 1, "nothing is fetched twice: {sent} of {}", country.len());
}
