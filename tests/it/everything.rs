//! Every file of public data in one atlas: what becomes of it, in whatever order it comes.

use std::{collections::BTreeMap, fs, path::Path};

use rusqlite::Connection;

use crate::harness::{
    Server, canonical_dump, everything, everything_commands, run, scratch, shared_data,
};

/// All atlases of the same files are the same, however they were imported.
#[test]
fn the_order_of_import_does_not_matter() {
    let Some(data) = shared_data() else { return };
    let Some(atlas) = everything() else { return };
    let folder = scratch();
    let other = folder.path().join("other.gpkg");
    // The other way round: commands, and files within a command.
    for (options, mut files) in everything_commands(&data).into_iter().rev() {
        files.reverse();
        let files: Vec<_> = files.iter().map(|file| file.display().to_string()).collect();
        let mut arguments = vec!["import", "--data", other.to_str().expect("UTF-8")];
        arguments.extend(options.iter().map(String::as_str));
        arguments.extend(files.iter().map(String::as_str));
        run(&arguments).succeeded();
    }
    let (one, two) = (canonical_dump(&atlas), canonical_dump(&other));
    for (a, b) in one.iter().zip(&two) {
        assert!(a == b, "{a:.300}\n{b:.300}");
    }
    assert_eq!(one.len(), two.len());
    assert!(one.len() > 400_000, "{} rows", one.len());
}

/// The same files a second time change nothing, not a byte, with addresses, codes in the place of
/// others and floating series among what is there. Two are left out, the country of 2024 and its
/// figures: they take longest, and `import` tests them.
#[test]
fn nothing_is_new_a_second_time() {
    let Some(data) = shared_data() else { return };
    let Some(atlas) = everything() else { return };
    let folder = scratch();
    let copy = folder.path().join("copy.gpkg");
    fs::copy(&atlas, &copy).expect("a temporary file");
    let before = fs::read(&atlas).expect("the atlas");
    for (options, files) in everything_commands(&data) {
        let long = ["wijkenbuurten_2024_v1.gpkg", "kwb-2024-flat.csv"];
        let files = files.iter().filter(|file| !long.iter().any(|name| file.ends_with(name)));
        let files: Vec<_> = files.map(|file| file.display().to_string()).collect();
        let mut arguments = vec!["import", "--json", "--data", copy.to_str().expect("UTF-8")];
        arguments.extend(options.iter().map(String::as_str));
        arguments.extend(files.iter().map(String::as_str));
        let said: serde_json::Value =
            serde_json::from_str(&run(&arguments).succeeded().stdout).expect("a report in JSON");
        assert_eq!(said["gewijzigd"], false, "{options:?}");
        assert_eq!(said["bestanden"].as_array().map(Vec::len), Some(files.len()));
        assert!(before == fs::read(&copy).expect("the atlas"), "{options:?} changed the file");
    }
}

struct Atlas(Connection);

impl Atlas {
    fn open(path: &Path) -> Self {
        Self(Connection::open(path).expect("an atlas"))
    }

    fn number<T: rusqlite::types::FromSql>(&self, sql: &str) -> T {
        self.0
            .query_row(sql, [], |row| row.get(0))
            .unwrap_or_else(|error| unreachable!("{error}: {sql}"))
    }

    /// The numbers of an indicator, by whatever tells them apart.
    fn values(&self, indicator: &str) -> BTreeMap<String, f64> {
        let sql = "SELECT coalesce(sinds, '') || '/' || jaar || '/' || indeling || '/' || niveau || '/' || code, waarde
                   FROM waarden WHERE indicator = ?1 AND waarde IS NOT NULL";
        let mut query = self.0.prepare(sql).expect("a view");
        query
            .query_map([indicator], |row| Ok((row.get(0)?, row.get(1)?)))
            .and_then(Iterator::collect)
            .expect("rows")
    }
}

/// What each file must have become; the counts are those of the publishers' tables.
#[test]
fn every_file_is_there() {
    let Some(path) = everything() else { return };
    let atlas = Atlas::open(&path);
    for (table, areas) in [
        ("gemeenten_2012", 415),
        ("gemeenten_2018", 380),
        ("gemeenten_2020", 355),
        ("gemeenten_2022", 345),
        ("gemeenten_2024", 342),
        ("wijken_2016", 2981),
        ("wijken_2022", 3340),
        ("wijken_2024", 3433),
        ("buurten_2019", 114),
        ("buurten_2021", 17),
        ("buurten_2023", 439),
        ("buurten_2024", 13_179),
    ] {
        assert_eq!(atlas.number::<i64>(&format!("SELECT count(*) FROM {table}")), areas, "{table}");
    }
    // The clean coverage of wijken and gemeenten together goes before the simplified drawing, and
    // nothing abroad became an area.
    let vertices =
        "SELECT bestand FROM bronnen WHERE id = (SELECT CAST(waarde AS INTEGER) FROM over
                    WHERE sleutel = 'vlakken/2022/gemeenten')";
    assert_eq!(atlas.number::<String>(vertices), "wijkenbuurten_2022_wijken_gemeenten.gpkg");
    for code in ["GM0998", "GM9999"] {
        let sql = format!("SELECT count(*) FROM waarnemingen WHERE code = '{code}'");
        assert_eq!(atlas.number::<i64>(&sql), 0, "{code}");
    }
    for (sql, expected) in [
        // A level whose shapes are not there.
        ("SELECT count(*) FROM waarden WHERE niveau = 'pc4' AND indicator = 'leefbaarheid'", 32_300),
        ("SELECT count(DISTINCT code) FROM waarden WHERE niveau = 'pc4'", 4058),
        // A table without its shapes.
        ("SELECT count(*) FROM waarden WHERE bestand = 'gem_2016_attributes_only.dbf' AND indicator = 'inwoners'", 390),
        // StatLine: whole empty columns, and figures at buurt level.
        ("SELECT count(*) FROM waarden WHERE bestand = 'denhaag_2019_statline.csv' AND indicator = 'bijstand'
          AND niveau = 'buurten' AND waarde IS NOT NULL", 110),
        ("SELECT count(*) FROM waarden WHERE bestand = 'denhaag_2019_statline.csv' AND indicator = 'laagste-inkomens'
          AND reden = 'nog_niet_gepubliceerd'", 159),
        // SES-WOA floats: its codes are those of 2016.
        ("SELECT count(*) FROM reeksen WHERE indicator = 'ses-woa' AND zwevend = 1 AND indeling = 2016", 3),
        // A dialect of one's own.
        ("SELECT count(*) FROM waarden WHERE indicator = 'sociaal-minimum-120' AND jaar = 2023 AND indeling = 2023", 628),
        ("SELECT count(*) FROM waarnemingen WHERE code = 'WK0363NA'", 18),
        ("SELECT count(*) FROM hercoderingen WHERE indeling = 2023", 439),
        ("SELECT indeling FROM adressen", 2023),
    ] {
        let found: i64 = atlas.number(sql);
        if expected == 18 {
            assert!(found >= expected, "{sql}: {found}");
        } else {
            assert_eq!(found, expected, "{sql}");
        }
    }
}

/// The figures of the fact sheets, computed again from the atlas.
#[test]
fn the_leefbaarometer_adds_up() {
    /// `lbm − afw` of version 3.0, in every year and on every level.
    const REFERENCE: f64 = 4.102_264_851_143_685;
    let Some(path) = everything() else { return };
    let atlas = Atlas::open(&path);
    let scores = atlas.values("leefbaarheid");
    let parts: Vec<_> = [
        "woningvoorraad",
        "fysieke-omgeving",
        "voorzieningen",
        "sociale-samenhang",
        "overlast-onveiligheid",
    ]
    .iter()
    .map(|part| atlas.values(&format!("leefbaarheid-{part}")))
    .collect();
    let mut sums = 0;
    for (key, score) in &scores {
        let of = parts.iter().map(|part| part.get(key).copied()).collect::<Option<Vec<_>>>();
        if let Some(of) = of {
            let error = (of.iter().sum::<f64>() - score).abs();
            assert!(error <= 2e-6, "{key}: {error}");
            sums += 1;
        }
    }
    assert!(sums > 28_000, "{sums} sums");
    let absolute = atlas.values("leefbaarheid-absoluut");
    for (key, level) in &absolute {
        assert!((level - scores[key] - REFERENCE).abs() < 1e-9, "{key}");
    }
    assert!(absolute.len() > 32_300, "{} levels", absolute.len());

    // The nine classes of 2024 are steps of the score.
    let cuts = [-0.428, -0.354, -0.2815, -0.164, -0.103, 0.0101, 0.0895, 0.168];
    let mut per_class = [0; 9];
    for (key, class) in atlas.values("leefbaarheid-klasse") {
        if !key.contains("/buurten/") {
            continue;
        }
        let step = 1 + cuts.iter().filter(|cut| **cut < scores[&key]).count();
        assert!((step as f64 - class).abs() < 1.5, "{key}: {step} and {class}");
        per_class[class as usize - 1] += 1;
    }
    assert_eq!(per_class, [11, 27, 98, 513, 554, 2667, 3435, 2805, 2037]);
}

/// Version 2.0: a development is the difference of two scores and the change of the country.
#[test]
fn developments_are_differences_and_a_constant() {
    let Some(path) = everything() else { return };
    let atlas = Atlas::open(&path);
    for part in ["", "-woningen", "-bewoners", "-voorzieningen", "-veiligheid", "-fysieke-omgeving"]
    {
        let scores = atlas.values(&format!("leefbaarheid-2{part}"));
        let changes = atlas.values(&format!("leefbaarheid-2-ontwikkeling{part}"));
        let mut constants: BTreeMap<(String, String), (f64, f64, usize)> = BTreeMap::new();
        for (key, change) in &changes {
            let (begin, rest) = key.split_once('/').expect("a key");
            let (year, place) = rest.split_once('/').expect("a key");
            let (Some(before), Some(after)) =
                (scores.get(&format!("/{begin}/{place}")), scores.get(&format!("/{year}/{place}")))
            else {
                continue;
            };
            let constant = change - (after - before);
            let entry = constants.entry((begin.to_owned(), year.to_owned())).or_insert((
                f64::INFINITY,
                f64::NEG_INFINITY,
                0,
            ));
            *entry = (entry.0.min(constant), entry.1.max(constant), entry.2 + 1);
        }
        assert_eq!(constants.len(), 3, "2012-2014, 2012-2016, 2014-2016");
        for ((begin, year), (low, high, count)) in &constants {
            assert!(high - low < 1e-9, "{part} {begin}-{year}: {low} to {high}");
            assert!(*count > 2500, "{count}");
        }
        if part.is_empty() {
            for (begin, year, expected) in [
                ("2012", "2014", 0.008_648),
                ("2012", "2016", 0.030_059),
                ("2014", "2016", 0.021_411),
            ] {
                let (low, ..) = constants[&(begin.to_owned(), year.to_owned())];
                assert!((low - expected).abs() < 1e-6, "{begin}-{year}: {low}");
            }
        }
    }
}

/// An area that got another code tells the one it had.
#[test]
fn a_recoded_buurt_knows_its_former_code() {
    let Some(atlas) = everything() else { return };
    let server = Server::on(&atlas);
    let buurt = server.get("/v1/gebieden/BU0363AE01?jaar=2023").ok();
    assert_eq!(buurt["vorigeCodes"], serde_json::json!(["BU03630000"]), "{buurt}");
    // SES-WOA waits for the wijken of 2016, whose codes it bears.
    let wijk = server.get("/v1/gebieden/WK036300?jaar=2016").ok();
    let score = &wijk["waarden"]["ses-woa"][0];
    assert_eq!(
        (&score["jaar"], &score["waarde"]),
        (&2019.into(), &serde_json::json!(-0.022)),
        "{wijk}"
    );
    // A year and level that the atlas has of one city alone is drawn as it is.
    let hague = server.get("/v1/lagen/buurten.geojson?indicator=bijstand-per-1000&jaar=2019").ok();
    assert_eq!(hague["features"].as_array().map(Vec::len), Some(114));
}

/// What cannot be taken is refused with a reason, and leaves the atlas as it was.
#[test]
fn names_without_codes_are_refused() {
    let Some(data) = shared_data() else { return };
    let folder = scratch();
    let atlas = folder.path().join("atlas.gpkg");
    for name in ["amstelveen_2020_buurten.gpkg", "amstelveen_2020_rd_without_crs.geojson"] {
        let file = data.join("unsimplified").join(name);
        let named = [name, "no code column", "47 shapes in RD New", "guessing"];
        let files = [&atlas, &file].map(|path| path.to_str().expect("UTF-8"));
        run(&["import", "--data", files[0], files[1]]).failed_naming(&named);
    }
    assert!(!atlas.exists());
}
