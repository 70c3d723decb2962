//! Files as their publishers made them: exact counts.

use std::{collections::BTreeMap, path::PathBuf};

use crate::{
    area::{Flag, Level, Vintage, Year},
    indicator::{Catalogue, Reason, Series, Value},
    source::{AreaTable, Delivery, Origin, TableNote},
};

use super::{catalogue, read_plain};

/// A published file, or `None` with a word about it where the data is absent.
fn published(file: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")).join(file);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn delivery(file: &str) -> Option<Delivery> {
    let path = published(file)?;
    Some(read_plain(&path).unwrap_or_else(|error| unreachable!("{error}")))
}

fn year(year: u16) -> Year {
    Year::new(year).expect("a year")
}

fn table(delivery: &Delivery, level: Level) -> &AreaTable {
    delivery.tables.iter().find(|table| table.level == level).expect("a table of that level")
}

fn note(delivery: &Delivery, level: Level) -> &TableNote {
    delivery.notes.iter().find(|note| note.level == level).expect("a note of that level")
}

fn series<'d>(
    delivery: &'d Delivery,
    indicator: &str,
    begin: Option<u16>,
    of: u16,
    level: Level,
) -> &'d Series {
    let found = delivery.series.iter().find(|series| {
        series.key.indicator == indicator
            && series.key.begin.map(Year::get) == begin
            && series.key.year == year(of)
            && series.key.level == level
    });
    found.unwrap_or_else(|| unreachable!("no series {indicator} {begin:?} {of} {level}"))
}

fn value(series: &Series, code: &str) -> Value {
    let found = series.values.iter().find(|(at, _)| at.as_str() == code);
    found.unwrap_or_else(|| unreachable!("no value for {code}")).1
}

fn per_class(series: &Series) -> Vec<usize> {
    let mut counts = BTreeMap::<u8, usize>::new();
    for (_, value) in &series.values {
        if let Some(class) = value.number() {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 9")]
            {
                *counts.entry(class as u8).or_default() += 1;
            }
        }
    }
    counts.into_values().collect()
}

fn missing(series: &Series, reason: Reason) -> usize {
    series.values.iter().filter(|(_, value)| value.reason() == Some(reason)).count()
}

#[test]
fn the_geopackage_of_2024_has_three_levels() {
    let Some(read) = delivery("cbs-2024/wijkenbuurten_2024_v1.gpkg") else { return };
    assert_eq!(read.provenance.delivery, "v1");
    assert_eq!(read.provenance.dialect, "cbs-geopackage");
    assert_eq!(read.provenance.size, 26_021_888);
    assert_eq!(read.provenance.checksum.len(), 64);
    let vintage = Vintage::new(2024).expect("a year");
    for (level, areas, water) in
        [(Level::Gemeente, 342, 0), (Level::Wijk, 3433, 61), (Level::Buurt, 13_179, 61)]
    {
        let table = table(&read, level.clone());
        assert_eq!(table.vintage, vintage);
        assert_eq!(table.areas.len(), areas, "{level}");
        let flagged = table.areas.iter().filter(|area| area.flags == [Flag::Water]).count();
        assert_eq!(flagged, water, "{level}");
        let note = note(&read, level.clone());
        assert_eq!((note.records, note.shapes), (areas as u64, areas as u64));
        assert_eq!((note.years_from, note.level_from), (Origin::Column, Origin::Dialect));
        assert!(note.ignored_columns.contains(&"oppervlakte_land_in_ha".to_owned()));
    }
    let selwerd = table(&read, Level::Buurt)
        .areas
        .iter()
        .find(|area| area.code.as_str() == "BU00141000")
        .expect("is there");
    assert_eq!(
        (selwerd.name.as_str(), selwerd.gemeente.as_deref()),
        ("Selwerd", Some("Groningen"))
    );
    // In thousands of euros in the file.
    let homes = series(&read, "woningwaarde", None, 2024, Level::Gemeente);
    assert_eq!(value(homes, "GM0014"), Value::Number(300_000.0));
    let income = series(&read, "inkomen-per-inwoner", None, 2024, Level::Buurt);
    assert_eq!(value(income, "BU00140000"), Value::Number(26_600.0));
    assert_eq!(missing(income, Reason::OnderPublicatiegrens), 11_006 - 72);
    assert_eq!(missing(income, Reason::GeheimOfAfwezig), 223 + 72);
    let people = series(&read, "inwoners", None, 2024, Level::Buurt);
    assert_eq!(missing(people, Reason::GeheimOfAfwezig), 223);
}

#[test]
fn the_shapefile_of_2016_has_2981_wijken() {
    let Some(read) = delivery("cbs-2016/wijk_2016.shp") else { return };
    let table = table(&read, Level::Wijk);
    assert_eq!(table.areas.len(), 2981);
    assert_eq!(table.vintage.get(), 2016);
    let multipart = table.areas.iter().filter(|area| area.shape.0.len() > 1).count();
    let holes: usize =
        table.areas.iter().flat_map(|area| &area.shape.0).map(|p| p.interiors().len()).sum();
    assert_eq!((multipart, holes), (115, 72));
    let note = note(&read, Level::Wijk);
    assert_eq!(note.years_from, Origin::FileName);
    // Its accents are encoded twice.
    assert!(note.repaired_names > 0);
    let gemeenten: Vec<_> = table.areas.iter().filter_map(|a| a.gemeente.as_deref()).collect();
    for name in ["'s-Gravenhage", "Súdwest-Fryslân"] {
        assert!(gemeenten.contains(&name), "{name}");
    }
    assert!(!gemeenten.iter().any(|name| name.contains('Ã')));
    let people = series(&read, "inwoners", None, 2016, Level::Wijk);
    assert_eq!(value(people, "WK000300"), Value::Number(12_000.0));
}

#[test]
fn a_table_without_its_shapes_gives_values() {
    let Some(read) = delivery("cbs-2016/gem_2016_attributes_only.dbf") else { return };
    assert!(read.tables.is_empty());
    let people = series(&read, "inwoners", None, 2016, Level::Gemeente);
    assert_eq!(people.values.len(), 390);
}

#[test]
fn the_leefbaarometer_of_2024_has_the_publishers_classes() {
    let Some(read) = delivery("leefbaarometer-3.0/Leefbaarometer-scores buurten 2024.csv") else {
        return;
    };
    let classes = series(&read, "leefbaarheid-klasse", None, 2024, Level::Buurt);
    assert_eq!(classes.values.len(), 12_147);
    assert_eq!(per_class(classes), [11, 27, 98, 513, 554, 2667, 3435, 2805, 2037]);
    let scores = series(&read, "leefbaarheid", None, 2024, Level::Buurt);
    assert_eq!(value(scores, "BU00140000"), Value::Number(0.189_053));
    let deviation = series(&read, "leefbaarheid-afwijking", None, 2024, Level::Buurt);
    assert_eq!(per_class(deviation), [273, 433, 842, 739, 2760, 1775, 2947, 1592, 786]);
    assert!(note(&read, Level::Buurt).ignored_columns.contains(&"kwon".to_owned()));

    let Some(read) = delivery("leefbaarometer-3.0/Leefbaarometer-scores gemeenten 2024.csv") else {
        return;
    };
    let classes = series(&read, "leefbaarheid-klasse", None, 2024, Level::Gemeente);
    assert_eq!(per_class(classes), [5, 101, 161, 63, 12]);
}

/// The class of a number by the cuts of an indicator: a number on a cut belongs below it.
fn class_of(catalogue: &Catalogue, indicator: &str, number: f64) -> usize {
    let classes = catalogue.get(indicator).and_then(|i| i.classes.as_ref()).expect("has classes");
    1 + classes.cuts.iter().filter(|cut| number > **cut).count()
}

#[test]
fn the_catalogues_cuts_are_the_publishers_classes() {
    let catalogue = catalogue();
    for file in ["buurten", "gemeenten"] {
        let file = format!("leefbaarometer-3.0/Leefbaarometer-scores {file} 2024.csv");
        let Some(path) = published(&file) else { return };
        let text = std::fs::read_to_string(path).expect("is text");
        let header: Vec<_> = text.lines().next().expect("a header").split(',').collect();
        let at = |name: &str| header.iter().position(|h| *h == name).expect("has the column");
        for line in text.lines().skip(1) {
            let cells: Vec<_> = line.rsplitn(15, ',').collect();
            let cell =
                |name: &str| cells[header.len() - 1 - at(name)].parse::<f64>().expect("a number");
            for (score, class, indicator) in [
                ("afw", "kscore", "leefbaarheid"),
                ("won", "kwon", "leefbaarheid-woningvoorraad"),
                ("fys", "kfys", "leefbaarheid-fysieke-omgeving"),
                ("vrz", "kvrz", "leefbaarheid-voorzieningen"),
                ("soc", "ksoc", "leefbaarheid-sociale-samenhang"),
                ("onv", "konv", "leefbaarheid-overlast-onveiligheid"),
            ] {
                let found = class_of(&catalogue, indicator, cell(score));
                assert_eq!(found as f64, cell(class), "{line} {score}");
            }
        }
    }
}

#[test]
fn the_years_of_the_leefbaarometer_stand_on_the_newest_division() {
    let file = "leefbaarometer-3.0/Leefbaarometer-scores PC4 2002-2022.csv";
    let Some(read) = delivery(file) else { return };
    let pc4 = Level::Own("pc4".into());
    assert!(read.series.iter().all(|s| s.key.vintage.get() == 2022 && s.key.level == pc4));
    let scores = series(&read, "leefbaarheid", None, 2002, pc4.clone());
    assert_eq!(value(scores, "1011"), Value::Number(0.114_219_269_756_396_64));
    // The dimensions were not given for 2002, and NA is no value.
    let of_2002: Vec<_> = read
        .series
        .iter()
        .filter(|s| s.key.year == year(2002))
        .map(|s| s.key.indicator.as_str())
        .collect();
    assert_eq!(of_2002, ["leefbaarheid-absoluut", "leefbaarheid"]);
    assert_eq!(note(&read, pc4).years.len(), 8);
}

#[test]
fn the_flat_kerncijfers_have_all_areas_of_2024() {
    let Some(read) = delivery("statline/kwb-2024-flat.csv") else { return };
    for (level, count) in [(Level::Buurt, 14_574), (Level::Wijk, 3393), (Level::Gemeente, 342)] {
        assert_eq!(series(&read, "inwoners", None, 2024, level.clone()).values.len(), count);
    }
    assert_eq!(read.notes.len(), 1);
    assert_eq!(read.notes[0].ignored_columns, ["goed_ervaren_gezondheid"]);
    let old = series(&read, "aandeel-65-plus", None, 2024, Level::Gemeente);
    assert_eq!(value(old, "GM0014"), Value::Number(100.0 * 37_388.0 / 243_768.0));
    let crimes = series(&read, "misdrijven", None, 2024, Level::Gemeente);
    assert_eq!(value(crimes, "GM0014"), Value::Number(57.1));
    assert_eq!(read.provenance.publisher, "CBS");
}

#[test]
fn the_old_leefbaarometer_has_scores_and_classes() {
    let Some(read) = delivery("leefbaarometer-2.0/dimensiescore_wijk (stand).xlsx") else { return };
    assert_eq!(read.ignored_tables.len(), 1);
    assert_eq!(read.ignored_tables[0].table, "data(2)");
    assert!(read.ignored_tables[0].reason.contains("repeats"));
    let given: Vec<_> = [2012, 2014, 2016]
        .map(|of| series(&read, "leefbaarheid-2", None, of, Level::Wijk))
        .iter()
        .map(|s| (s.key.vintage.get(), s.values.len(), value(s, "WK198703")))
        .collect();
    let expected =
        [-0.029_036_603_878_972_202, -0.022_950_119_987_003_2, -0.008_895_024_809_217_67];
    assert_eq!(given, expected.map(|score| (2016, 2962, Value::Number(score))));
    assert_eq!(note(&read, Level::Wijk).level_from, Origin::Codes);

    let Some(read) = delivery("leefbaarometer-2.0/wijk.xlsx") else { return };
    for (of, class) in [(2002, 7), (2008, 7), (2012, 7), (2014, 7), (2016, 8)] {
        let classes = series(&read, "leefbaarheid-2-klasse", None, of, Level::Wijk);
        assert_eq!(classes.values.len(), 2981);
        assert_eq!(value(classes, "WK000500"), Value::Number(f64::from(class)));
    }
    let classes = series(&read, "leefbaarheid-2-klasse", None, 2016, Level::Wijk);
    assert_eq!(per_class(classes), [2, 16, 95, 117, 674, 931, 630, 381]);
    assert_eq!(missing(classes, Reason::GeenScore), 135);
    let change = series(&read, "leefbaarheid-2-ontwikkeling-klasse", Some(2002), 2016, Level::Wijk);
    assert_eq!(per_class(change), [5, 13, 74, 1617, 854, 186, 32]);
    assert_eq!(read.series.len(), 15);
}

#[test]
fn developments_say_since_when() {
    let file = "leefbaarometer-2.0/dimensiescore_gemeente (ontwikkeling).xlsx";
    let Some(read) = delivery(file) else { return };
    let change = series(&read, "leefbaarheid-2-ontwikkeling", Some(2012), 2016, Level::Gemeente);
    assert_eq!(change.values.len(), 390);
    assert_eq!(read.series.len(), 18);
}

#[test]
fn other_years_and_cuts_of_the_same_dialects_read() {
    for (file, areas) in [
        ("cbs-2020/wijkenbuurten_2020_gemeenten.gpkg", 355),
        ("cbs-2022/wijkenbuurten_2022_wijken_gemeenten.gpkg", 3685),
        ("unsimplified/ermelo_2021_buurten.gpkg", 17),
        ("concentration/denhaag_2019_buurten.gpkg", 114),
    ] {
        let Some(read) = delivery(file) else { return };
        let count: usize = read.tables.iter().map(|table| table.areas.len()).sum();
        assert_eq!(count, areas, "{file}");
    }
}

#[test]
#[ignore = "prints how long each file takes; times are never asserted"]
fn time_to_read() {
    let (dialects, catalogue) = (super::dialects(), catalogue());
    for file in [
        "cbs-2024/wijkenbuurten_2024_v1.gpkg",
        "cbs-2016/wijk_2016.shp",
        "leefbaarometer-3.0/Leefbaarometer-scores buurten 2024.csv",
        "leefbaarometer-3.0/Leefbaarometer-scores gemeenten 2024.csv",
        "statline/kwb-2024-flat.csv",
        "leefbaarometer-2.0/dimensiescore_wijk (stand).xlsx",
        "leefbaarometer-2.0/wijk.xlsx",
    ] {
        let Some(path) = published(file) else { return };
        let start = std::time::Instant::now();
        let read = super::super::read(&path, &Default::default(), &dialects, &catalogue)
            .unwrap_or_else(|error| unreachable!("{error}"));
        eprintln!(
            "{:7.1} ms  {file}, {} series",
            start.elapsed().as_secs_f64() * 1e3,
            read.series.len()
        );
    }
}
