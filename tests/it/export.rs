//! Layers and values into files: the same in every form.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use calamine::{Data, Reader, Xlsx};
use rusqlite::Connection;
use serde_json::Value;

use crate::harness::{Run, Server, country, demo, ogrinfo, run, scratch, skip};

/// What a form says of an area: value, reason, class and marks.
type Said = (Option<u64>, Option<String>, Option<i64>, String);

fn bits(number: f64) -> u64 {
    number.to_bits()
}

fn export(atlas: &Path, layer: &str, out: &Path) -> Run {
    let (atlas, out) = (atlas.to_str().expect("UTF-8"), out.to_str().expect("UTF-8"));
    run(&["export", "--data", atlas, "--layer", layer, out])
}

fn from_geojson(path: &Path) -> BTreeMap<String, Said> {
    let layer: Value = serde_json::from_slice(&fs::read(path).expect("a file")).expect("JSON");
    let features = layer["features"].as_array().expect("features").iter();
    features
        .map(|feature| {
            let of = &feature["properties"];
            let text = |name: &str| of[name].as_str().map(ToOwned::to_owned);
            let flags: Vec<_> = of["vlaggen"]
                .as_array()
                .expect("a list")
                .iter()
                .filter_map(Value::as_str)
                .collect();
            let said = (
                of["waarde"].as_f64().map(bits),
                text("reden"),
                of["klasse"].as_i64(),
                flags.join(" "),
            );
            (text("code").expect("a code"), said)
        })
        .collect()
}

fn from_csv(path: &Path) -> BTreeMap<String, Said> {
    let mut table = csv::Reader::from_path(path).expect("a file");
    let header = table.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|column| column == name).expect("a column");
    let [code, value, reason, class, flags] =
        ["code", "waarde", "reden", "klasse", "vlaggen"].map(at);
    table
        .records()
        .map(|row| {
            let row = row.expect("a row");
            let some = |column: usize| Some(row[column].to_owned()).filter(|text| !text.is_empty());
            let said = (
                some(value).map(|text| bits(text.parse().expect("a number"))),
                some(reason),
                some(class).map(|text| text.parse().expect("a class")),
                row[flags].to_owned(),
            );
            (row[code].to_owned(), said)
        })
        .collect()
}

fn from_xlsx(path: &Path) -> BTreeMap<String, Said> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("it reads");
    let mut rows = sheet.rows();
    let header: Vec<_> = rows.next().expect("a header").iter().map(ToString::to_string).collect();
    let at = |name: &str| header.iter().position(|column| column == name).expect("a column");
    let [code, value, reason, class, flags] =
        ["code", "waarde", "reden", "klasse", "vlaggen"].map(at);
    rows.map(|row| {
        let number = |cell: &Data| match cell {
            Data::Float(number) => Some(*number),
            Data::Int(number) => Some(*number as f64),
            Data::Empty => None,
            other => {
                assert_eq!(other.to_string(), "", "a text where a number belongs");
                None
            }
        };
        let text = |cell: &Data| Some(cell.to_string()).filter(|text| !text.is_empty());
        let said = (
            number(&row[value]).map(bits),
            text(&row[reason]),
            number(&row[class]).map(|class| class as i64),
            row[flags].to_string(),
        );
        (row[code].to_string(), said)
    })
    .collect()
}

fn from_gpkg(path: &Path) -> BTreeMap<String, Said> {
    let connection = Connection::open(path).expect("a GeoPackage");
    let table: String = connection
        .query_row("SELECT table_name FROM gpkg_contents WHERE data_type = 'features'", [], |row| {
            row.get(0)
        })
        .expect("a feature table");
    let query = format!("SELECT code, waarde, reden, klasse, vlaggen FROM \"{table}\"");
    let mut rows = connection.prepare(&query).expect("its columns");
    let rows = rows.query_map([], |row| {
        let said = (
            row.get::<_, Option<f64>>(1)?.map(bits),
            row.get(2)?,
            row.get(3)?,
            row.get::<_, Option<String>>(4)?.unwrap_or_default(),
        );
        Ok((row.get(0)?, said))
    });
    rows.and_then(Iterator::collect).expect("rows")
}

fn every_form_says_the_same(atlas: &Path, layer: &str) -> BTreeMap<String, Said> {
    let folder = scratch();
    let file = |ending: &str| folder.path().join(format!("laag.{ending}"));
    for ending in ["geojson", "csv", "xlsx", "gpkg"] {
        export(atlas, layer, &file(ending)).succeeded();
    }
    let said = from_geojson(&file("geojson"));
    assert!(!said.is_empty(), "{layer}");
    assert!(from_csv(&file("csv")) == said, "{layer}: csv differs");
    assert!(from_xlsx(&file("xlsx")) == said, "{layer}: xlsx differs");
    assert!(from_gpkg(&file("gpkg")) == said, "{layer}: gpkg differs");
    said
}

#[test]
fn every_form_of_a_layer_says_the_same() {
    for layer in [
        "buurten?indicator=leefbaarheid",
        "/v1/lagen/wijken.geojson?indicator=inwoners&methode=kwantielen&aantalKlassen=4",
        "https://kaart.example/v1/lagen/buurten.csv?indicator=woningwaarde&taal=en",
    ] {
        every_form_says_the_same(&demo(), layer);
    }
}

#[test]
fn every_form_says_the_same_of_a_large_gemeente() {
    let Some(country) = country() else { return };
    let said = every_form_says_the_same(&country, "buurten?indicator=leefbaarheid&binnen=GM0363");
    assert!(said.len() > 400, "{}", said.len());
    let reasons = said.values().filter(|(value, reason, ..)| value.is_none() == reason.is_some());
    assert_eq!(reasons.count(), said.len(), "a number or a reason");
}

#[test]
fn pictures_and_styles_are_files_too() {
    let folder = scratch();
    for (ending, begin) in [("png", "\u{89}PNG"), ("svg", "<svg "), ("qml", "<!DOCTYPE qgis")] {
        let path = folder.path().join(format!("laag.{ending}"));
        export(&demo(), "wijken?indicator=leefbaarheid", &path).succeeded();
        let bytes = fs::read(&path).expect("a file");
        let begun: String =
            bytes.iter().take(begin.chars().count()).map(|b| char::from(*b)).collect();
        assert_eq!(begun, begin);
    }
}

#[test]
fn what_is_exported_is_what_is_served() {
    let server = Server::demo();
    let folder = scratch();
    let query = "indicator=leefbaarheid&breedte=400&hoogte=300";
    for (ending, query) in
        [("csv", "indicator=leefbaarheid"), ("xlsx", "indicator=leefbaarheid"), ("png", query)]
    {
        let path = folder.path().join(format!("laag.{ending}"));
        export(&demo(), &format!("wijken?{query}"), &path).succeeded();
        let served = server.get(&format!("/v1/lagen/wijken.{ending}?{query}"));
        assert_eq!(served.status, 200);
        assert!(served.plain() == fs::read(&path).expect("a file"), "{ending} differs");
    }
    let served = server.get("/v1/lagen/wijken.xlsx?indicator=leefbaarheid");
    assert!(served.lower("content-type").contains("spreadsheetml.sheet"));
    let name = served.header("content-disposition").unwrap_or_default();
    assert!(name.contains("attachment") && name.contains("leefbaarheid-wijken-"), "{name}");
}

#[test]
fn a_workbook_says_where_it_comes_from() {
    let folder = scratch();
    let path = folder.path().join("laag.xlsx");
    export(&demo(), "buurten?indicator=leefbaarheid", &path).succeeded();
    let mut book: Xlsx<_> = calamine::open_workbook(&path).expect("a workbook");
    let names = book.sheet_names();
    assert_eq!(names[1], "Toelichting");
    let sheet = book.worksheet_range(&names[1]).expect("a sheet");
    let said: Vec<String> = sheet.rows().flatten().map(ToString::to_string).collect();
    for text in ["Fictieve gegevens: dit land bestaat niet", "CC0 1.0", "Versie", "9 uitstekend"] {
        assert!(said.iter().any(|cell| cell == text), "no {text:?} in {said:?}");
    }
    let table = book.worksheet_range(&names[0]).expect("a sheet");
    let header: Vec<_> =
        table.rows().next().expect("a header").iter().map(ToString::to_string).collect();
    let words = header.iter().position(|name| name == "reden_tekst").expect("the reason in words");
    assert!(table.rows().any(|row| row[words] == "geen score in deze bron"));
}

#[test]
fn other_programs_open_the_geopackage() {
    let folder = scratch();
    let path = folder.path().join("laag.gpkg");
    export(&demo(), "buurten?indicator=leefbaarheid", &path).succeeded();
    let count = from_gpkg(&path).len();
    let Some(seen) = ogrinfo(&["-ro", "-al", "-so", path.to_str().expect("UTF-8")]) else { return };
    assert_eq!((seen.code, seen.stderr.as_str()), (Some(0), ""), "{}", seen.stdout);
    let feature_count = format!("Feature Count: {count}");
    for text in
        ["Geometry: Multi Polygon", "Amersfoort / RD New", "28992", &feature_count, "CC0 1.0"]
    {
        assert!(seen.stdout.contains(text), "no {text:?} in:\n{}", seen.stdout);
    }
    assert!(!seen.stdout.contains("Warning"), "{}", seen.stdout);
}

#[test]
fn a_file_that_is_there_stays_what_it_was() {
    let folder = scratch();
    let path = folder.path().join("laag.csv");
    fs::write(&path, "mine").expect("a file");
    let layer = "wijken?indicator=leefbaarheid";
    export(&demo(), layer, &path).failed_naming(&["laag.csv", "--force"]);
    assert_eq!(fs::read_to_string(&path).expect("a file"), "mine");
    let (atlas, out) = (demo(), path.to_str().expect("UTF-8").to_owned());
    let atlas = atlas.to_str().expect("UTF-8");
    let force = |layer: &str| run(&["export", "--data", atlas, "--layer", layer, "--force", &out]);
    force("wijken?indicator=weer").failed_naming(&["indicator", "leefbaarheid"]);
    assert_eq!(fs::read_to_string(&path).expect("a file"), "mine", "a failure changes nothing");
    force(layer).succeeded();
    assert!(fs::read_to_string(&path).expect("a file").starts_with("code,"));
    let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn what_cannot_be_is_told() {
    let atlas = demo();
    let atlas = atlas.to_str().expect("UTF-8");
    let folder = scratch();
    let out = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let with = |rest: &[&str]| run(&[&["export", "--data", atlas], rest].concat());
    let layer = "wijken?indicator=leefbaarheid";
    for (rest, named) in [
        (vec!["--layer", layer, &out("x.doc")], "--format"),
        (vec!["--layer", layer, "--format", "gpkg", "-"], "standard output"),
        (vec!["--layer", "straten?indicator=leefbaarheid", &out("x.csv")], "buurten"),
        (vec!["--layer", "wijken?indicator=leefbaarheid&jaar=1999", &out("x.csv")], "1999"),
        (vec!["--layer", "wijken?indicator=leefbaarheid&breedte=9", &out("x.png")], "280"),
        (vec!["--layer", "wijken?indicator=leefbaarheid&breedte=500", &out("x.csv")], "breedte"),
        (vec!["--layer", layer, &out("no/such/folder.csv")], "folder.csv"),
        (vec!["--long", "--indicator", "weer", &out("x.csv")], "leefbaarheid"),
        (vec!["--long", "--year", "1950", &out("x.csv")], "1950"),
        (vec!["--long", &out("x.png")], "csv or xlsx"),
    ] {
        with(&rest).failed_naming(&[named]);
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0, "nothing is left");
}

#[test]
fn a_long_table_has_every_value_once() {
    let atlas = demo();
    let folder = scratch();
    let path = folder.path().join("lang.csv");
    let long = |rest: &[&str], out: &Path| {
        let (atlas, out) = (atlas.to_str().expect("UTF-8"), out.to_str().expect("UTF-8"));
        run(&[&["export", "--data", atlas, "--long"], rest, &[out]].concat()).succeeded()
    };
    long(&["--indicator", "leefbaarheid,koopwoningen", "--level", "buurten"], &path);
    let mut rows: BTreeMap<[String; 4], Vec<csv::StringRecord>> = BTreeMap::new();
    let mut table = csv::Reader::from_path(&path).expect("a file");
    let header = table.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|column| column == name).expect("a column");
    let [code, division, year, begin, indicator, value, reason, source, licence] =
        ["code", "indeling", "jaar", "sinds", "indicator", "waarde", "reden", "bron", "licentie"]
            .map(at);
    for row in table.records() {
        let row = row.expect("a row");
        assert_ne!(row[value].is_empty(), row[reason].is_empty(), "{row:?}");
        assert!(row[source].starts_with("FICTIEF: ") && !row[licence].is_empty(), "{row:?}");
        let key = [indicator, year, begin, division].map(|column| row[column].to_owned());
        assert!(row[code].starts_with("BU"), "{row:?}");
        rows.entry(key).or_default().push(row);
    }
    let server = Server::demo();
    let mut compared = 0;
    for ([indicator, year, begin, division], rows) in rows {
        assert_eq!(begin, "", "neither is a change");
        let mut codes: Vec<_> = rows.iter().map(|row| &row[code]).collect();
        codes.dedup();
        assert_eq!(codes.len(), rows.len(), "{indicator} {year}: each area once");
        let query = format!("indicator={indicator}&jaar={year}");
        let layer = server.get(&format!("/v1/lagen/buurten.geojson?{query}")).ok();
        // A year that two divisions have is drawn on one of them.
        if layer["indeling"].as_u64() != division.parse().ok() {
            continue;
        }
        compared += 1;
        let from_layer: BTreeMap<_, _> = layer["features"]
            .as_array()
            .expect("features")
            .iter()
            .map(|feature| {
                let of = &feature["properties"];
                (of["code"].as_str().expect("a code"), of["waarde"].as_f64().map(bits))
            })
            .collect();
        let from_rows: BTreeMap<_, _> =
            rows.iter().map(|row| (&row[code], row[value].parse().ok().map(bits))).collect();
        assert!(from_rows == from_layer, "{indicator} {year} differs");
    }
    assert!(compared > 2, "{compared} layers");

    // The same in a workbook.
    let book = folder.path().join("lang.xlsx");
    long(&["--indicator", "leefbaarheid,koopwoningen", "--level", "buurten"], &book);
    let mut book: Xlsx<_> = calamine::open_workbook(&book).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("it reads");
    let count = csv::Reader::from_path(&path).expect("a file").records().count();
    assert_eq!(sheet.height(), count + 1);
}

#[test]
fn a_change_says_from_which_year() {
    let atlas = demo();
    let atlas = atlas.to_str().expect("UTF-8");
    let run = run(&["export", "--data", atlas, "--long", "--format", "csv", "-"]).succeeded();
    let mut table = csv::Reader::from_reader(run.stdout.as_bytes());
    let header = table.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|column| column == name).expect("a column");
    let mut changes = 0;
    for row in table.records() {
        let row = row.expect("a row");
        let is_change =
            ["-ontwikkeling", "verloop-"].iter().any(|part| row[at("indicator")].contains(part));
        assert_eq!(is_change, !row[at("sinds")].is_empty(), "{row:?}");
        changes += usize::from(is_change);
    }
    let said = run.stderr.trim();
    assert!(said.ends_with(" rows"), "{said}");
    // The fictional country has changes as the Leefbaarometer 2.0 gives them.
    assert!(changes > 0, "no change among the values");
}

#[test]
fn what_a_sheet_would_compute_is_a_text() {
    let folder = scratch();
    let atlas = folder.path().join("hostile.gpkg");
    fs::copy(demo(), &atlas).expect("a copy");
    let connection = Connection::open(&atlas).expect("an atlas");
    let name = "=HYPERLINK(\"https://example.org\")";
    let changed = connection.execute("UPDATE wijken_2024 SET naam = ?", [name]).expect("renamed");
    drop(connection);
    assert!(changed > 0);
    let (table, book) = (folder.path().join("laag.csv"), folder.path().join("laag.xlsx"));
    export(&atlas, "wijken?indicator=leefbaarheid", &table).succeeded();
    let mut rows = csv::Reader::from_path(&table).expect("a file");
    assert!(rows.records().all(|row| row.expect("a row")[1] == format!("'{name}")));
    export(&atlas, "wijken?indicator=leefbaarheid", &book).succeeded();
    let mut book: Xlsx<_> = calamine::open_workbook(&book).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("it reads");
    assert!(sheet.rows().skip(1).all(|row| row[1] == Data::String(name.into())));
    let names = book.sheet_names();
    let formulas = book.worksheet_formula(&names[0]).expect("a sheet");
    assert!(formulas.is_empty() || formulas.used_cells().next().is_none());
}

/// The value of an attribute in a tag of markup.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(rest.split_once('"')?.0)
}

#[test]
fn a_page_has_every_value_and_loads_nothing() {
    let (atlas, folder) = (demo(), scratch());
    let layer = "buurten?indicator=leefbaarheid&jaar=2024&binnen=GM9003";
    let (page, csv) = (folder.path().join("raad.html"), folder.path().join("raad.csv"));
    export(&atlas, layer, &page).succeeded();
    export(&atlas, layer, &csv).succeeded();
    let page = fs::read_to_string(&page).expect("a page");
    let rows = page.split("<tr ").skip(1).map(|row| {
        let code = attribute(&format!(" {row}"), "data-code").expect("a code").to_owned();
        let number = attribute(row.split("</tr>").next().unwrap_or_default(), "data-n");
        (code, number.map(|number| bits(number.parse().expect("a number"))))
    });
    let rows: BTreeMap<_, _> = rows.collect();
    let table = from_csv(&csv);
    let land = table.iter().filter(|(code, _)| rows.contains_key(*code)).count();
    assert!(rows.len() > 5 && land == rows.len(), "{} rows", rows.len());
    for (code, number) in &rows {
        assert_eq!(*number, table[code].0, "{code}");
    }
    let outlines: Vec<_> = page
        .split("<path ")
        .skip(1)
        .filter_map(|tag| attribute(&format!(" {tag}"), "data-code").map(ToOwned::to_owned))
        .collect();
    assert!(rows.keys().filter(|code| outlines.contains(code)).count() > 5);
    assert!(page.contains("Fictieve gegevens"));
    // Nothing of it comes from elsewhere: no address but those of names and of itself.
    for (at, _) in page.match_indices("://") {
        let around = &page[at.saturating_sub(8)..at + 24];
        assert!(around.contains("www.w3.org/"), "{around}");
    }
    // Its own style and script are those that its policy allows.
    for (tag, policy) in [("style", "style-src 'sha256-"), ("script", "script-src 'sha256-")] {
        let text = page.split_once(&format!("<{tag}>")).expect("a tag").1;
        let text = text.split_once(&format!("</{tag}>")).expect("an end").0;
        let hash = page.split_once(policy).expect("a policy").1.split_once('\'').expect("an end").0;
        let mut digest = Command::new("openssl");
        let Ok(mut child) = digest
            .args(["dgst", "-sha256", "-binary"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
        else {
            return skip("no openssl");
        };
        child.stdin.take().expect("piped").write_all(text.as_bytes()).expect("written");
        let bytes = child.wait_with_output().expect("a digest").stdout;
        assert_eq!(base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes), hash);
    }
}
