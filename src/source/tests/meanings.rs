//! What cells, columns and names of small files must become: values, reasons, years, text.

use crate::{
    area::{Flag, Level, Vintage, Year},
    indicator::{Reason, Value},
    source::{Origin, ReadOptions, wkb::tests::blob},
};

use super::{
    made::{SQUARE, file, folder, geopackage, plain, utf8, values, wijken, windows, workbook},
    read_with,
};

const BUURT: &str = "buurtcode TEXT, buurtnaam TEXT, gemeentenaam TEXT, water TEXT, \
                     aantal_inwoners REAL, percentage_koopwoningen INTEGER, jaar INTEGER";

#[test]
fn sentinels_and_null_keep_their_reasons() {
    let folder = folder();
    let path = folder.path().join("50% van #1 & meer.gpkg");
    let square = blob(&SQUARE);
    geopackage(
        &path,
        "buurten",
        BUURT,
        &[
            "'BU00140000', 'A ', 'Groningen', 'NEE', -99997, NULL, 2024",
            "'BU00140001', 'B', 'Groningen', 'JA', -99995, 40, 2024",
            "'BU00140002', '', NULL, 'NEE', -99991, 40, 2024",
            "'BU00140003', 'D', 'Groningen', 'NEE', -99993.5, 40, 2024",
            "'BU00140004', 'E', 'Groningen', 'NEE', -99999999, 40, 2024",
            "'BU00140005', 'F', 'Groningen', 'NEE', 0, 40, 2024",
            "'BU09989999', 'Buitenland', '', 'B', 0, 40, 2024",
        ],
        Some(&square),
    );
    let before = std::fs::read_dir(folder.path()).expect("lists").count();
    let read = plain(&path);
    assert_eq!(std::fs::read_dir(folder.path()).expect("lists").count(), before, "no side files");
    let reasons: Vec<_> = values(&read, "inwoners").into_iter().map(|(_, value)| value).collect();
    assert_eq!(
        reasons,
        [
            Value::Missing(Reason::GeheimOfAfwezig),
            Value::Missing(Reason::NogNietGepubliceerd),
            Value::Missing(Reason::NietMeerGepubliceerd),
            Value::Missing(Reason::Onbekend),
            Value::Missing(Reason::GeheimOfAfwezig),
            Value::Number(0.0),
        ]
    );
    assert_eq!(values(&read, "koopwoningen")[0].1, Value::Missing(Reason::Onbekend));
    let areas = &read.tables[0].areas;
    assert_eq!(areas.len(), 6, "abroad is no area");
    assert_eq!((areas[0].name.as_str(), areas[0].gemeente.as_deref()), ("A", Some("Groningen")));
    assert_eq!((areas[2].name.as_str(), areas[2].gemeente.as_deref()), ("BU00140002", None));
    assert_eq!(areas[1].flags, [Flag::Water]);
    assert_eq!(areas[5].record, 6);
    let note = &read.notes[0];
    assert_eq!((note.records, note.shapes, note.skipped_count), (7, 6, 1));
    assert_eq!(note.missing[&Reason::GeheimOfAfwezig], 2);
    assert!(note.skipped[0].reason.contains("BU09989999"));
}

#[test]
fn a_wholly_empty_column_is_not_published_yet() {
    let folder = folder();
    let path = folder.path().join("buurten_2021.gpkg");
    let square = blob(&SQUARE);
    geopackage(
        &path,
        "CBS_Buurten",
        "buurtcode TEXT, buurtnaam TEXT, aantal_inwoners REAL, percentage_koopwoningen REAL, \
         jaarstatcode TEXT",
        &[
            "'BU00140000', 'A', 5, NULL, '2020BU00140000'",
            "'BU00140001', 'B', NULL, NULL, '2020BU00140001'",
        ],
        Some(&square),
    );
    let read = plain(&path);
    let all = [Reason::NogNietGepubliceerd; 2].map(Value::Missing);
    assert_eq!(values(&read, "koopwoningen").iter().map(|v| v.1).collect::<Vec<_>>(), all);
    assert_eq!(values(&read, "inwoners")[1].1, Value::Missing(Reason::Onbekend));
    assert_eq!(read.tables[0].vintage.get(), 2020, "a column goes before the file's name");
}

#[test]
fn options_go_before_columns_and_names() {
    let folder = folder();
    let path = folder.path().join("buurten 2019.gpkg");
    let square = blob(&SQUARE);
    let rows = ["'GM0014', 'Groningen', 5"];
    let columns = "gemeentecode TEXT, gemeentenaam TEXT, aantal_inwoners REAL";
    geopackage(&path, "gemeenten", columns, &rows, Some(&square));
    geopackage(
        &path,
        "wijken",
        "wijkcode TEXT, wijknaam TEXT, gemeentecode TEXT, gemeentenaam TEXT",
        &["'WK001400', 'Centrum', 'GM0014', 'Groningen'"],
        Some(&square),
    );
    geopackage(&path, "layer_styles", "style TEXT", &["'x'"], None);
    let read = plain(&path);
    assert_eq!(read.notes.len(), 2);
    assert_eq!(
        (read.notes[0].years_from, read.notes[0].vintage_from),
        (Origin::FileName, Origin::FileName)
    );
    assert_eq!(read.ignored_tables[0].table, "layer_styles");
    let options = ReadOptions {
        year: Year::new(2018).ok(),
        vintage: Vintage::new(2017).ok(),
        level: Some(Level::Gemeente),
    };
    let read = read_with(&path, &options).expect("reads");
    let key = &read.series[0].key;
    assert_eq!((key.year.get(), key.vintage.get()), (2018, 2017));
    assert_eq!(read.notes.len(), 1);
    assert_eq!(read.notes[0].vintage_from, Origin::Option);
    assert_eq!(read.ignored_tables.len(), 2);
}

#[test]
fn shapefiles_read_in_both_encodings() {
    for (encode, cpg) in [
        (windows as fn(&str) -> Vec<u8>, None),
        (windows, Some("1252")),
        (windows, Some("ISO 8859-1")),
        (utf8, None),
        (utf8, Some("UTF-8\r\n")),
    ] {
        let folder = folder();
        let read = plain(&wijken(&folder, encode, cpg));
        let areas = &read.tables[0].areas;
        let names: Vec<_> = areas.iter().filter_map(|area| area.gemeente.as_deref()).collect();
        assert_eq!(names, ["'s-Gravenhage", "Súdwest-Fryslân"], "{cpg:?}");
        assert_eq!(areas[0].shape.0[0].exterior().0.len(), 5);
        assert_eq!(areas[1].flags, [Flag::Water]);
        assert_eq!(
            values(&read, "inwoners").iter().map(|v| v.1).collect::<Vec<_>>(),
            [Value::Number(1200.0), Value::Missing(Reason::GeheimOfAfwezig)]
        );
    }
}

#[test]
fn csv_reads_with_bom_semicolons_quotes_and_windows_letters() {
    let folder = folder();
    let mut text = b"\xef\xbb\xbf\"code\";\"level\";\"naam\";\"inwoners\";\"inwoners0tot15\";\"inkomenPerInwoner\"\r\n".to_vec();
    text.extend(b"NL00;land;Nederland;17000000;1;30\r\n");
    text.extend(b"WK0363NA  ;Wijk ;\"Frysl\xe2n; \"\"x\"\"\";  3000;600;\r\n");
    text.extend(b"WK036301;wijk;A;100;10;\r\n");
    text.extend(b"WK036302;wijk;B;0;0;12.5\r\n");
    let read = plain(&file(&folder, "kwb-2024.csv", text));
    assert_eq!(
        values(&read, "inkomen-per-inwoner"),
        [
            ("WK036301".to_owned(), Value::Missing(Reason::OnderPublicatiegrens)),
            ("WK036302".to_owned(), Value::Number(12_500.0)),
            ("WK0363NA".to_owned(), Value::Missing(Reason::Onbekend)),
        ]
    );
    let young: Vec<_> = values(&read, "aandeel-0-15").into_iter().map(|v| v.1).collect();
    let expected =
        [Value::Number(10.0), Value::Missing(Reason::TeWeinigInwoners), Value::Number(20.0)];
    assert_eq!(young, expected);
    assert_eq!(read.notes[0].skipped_count, 1);
    assert_eq!(read.notes[0].level, Level::Wijk);
    assert_eq!(read.notes[0].level_from, Origin::Column);
}

#[test]
fn the_official_leefbaarometer_has_several_years_and_no_classes() {
    let folder = folder();
    let text = "\"bu_code\",\"bu_naam\",\"jaar\",\"lbm\",\"afw\",\"fys\",\"onv\",\"soc\",\"vrz\",\"won\"\n\
                \"BU00140000\",\"Noord\",2002,4.13,0.03,NA,NA,NA,NA,NA\n\
                \"BU00140000\",\"Noord\",2024,4.29,0.189,0.03,-0.11,-0.03,0.31,-0.01\n\
                \"BU00140001\",\"Zuid\",2024,NA,NA,NA,NA,NA,NA,NA\n";
    let read = plain(&file(&folder, "Leefbaarometer-scores buurten 2002-2024.csv", text));
    assert!(read.series.iter().all(|series| series.key.vintage.get() == 2024));
    let noise = "leefbaarheid-overlast-onveiligheid";
    assert_eq!(
        values(&read, noise),
        [
            ("BU00140000".to_owned(), Value::Number(-0.11)),
            ("BU00140001".to_owned(), Value::Missing(Reason::GeenScore)),
        ]
    );
    assert_eq!(values(&read, "leefbaarheid").len(), 3);
}

#[test]
fn classes_of_many_years_stand_in_one_row() {
    let folder = folder();
    let path = workbook(
        &folder,
        "wijk.xlsx",
        &[
            &["WK_CODE", "KL02", "KL16", "VKL0216", "X"],
            &["WK001400", "7", "#N/A", "4", "1"],
            &["", "", "", "", ""],
            &["WK001401", "6", "8", "", "1"],
        ],
    );
    let read = plain(&path);
    let keys: Vec<_> = read
        .series
        .iter()
        .map(|s| (s.key.begin.map(Year::get), s.key.year.get(), s.key.vintage.get()))
        .collect();
    assert_eq!(keys, [(None, 2002, 2016), (None, 2016, 2016), (Some(2002), 2016, 2016)]);
    assert_eq!(values(&read, "leefbaarheid-2-klasse").len(), 4);
    assert_eq!(read.series[1].values[0].1, Value::Missing(Reason::GeenScore));
    assert_eq!(read.notes[0].ignored_columns, ["X"]);
    assert_eq!(read.notes[0].records, 2);
    let year = ReadOptions { year: Year::new(2016).ok(), ..ReadOptions::default() };
    let error = read_with(&path, &year).expect_err("the columns say it").to_string();
    assert!(error.contains("leave out --year"), "{error}");
}
