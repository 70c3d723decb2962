//! Small files of every dialect, made here, and what they must become.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::TempDir;

use crate::{
    area::{Flag, Level, Vintage, Year},
    indicator::{Reason, Value},
    source::{Delivery, Origin, ReadOptions, wkb::tests::blob},
};

use super::{read_plain, read_with};

pub const SQUARE: [(f64, f64); 5] =
    [(155e3, 463e3), (156e3, 463e3), (156e3, 464e3), (155e3, 464e3), (155e3, 463e3)];

pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

pub fn file(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("writes");
    path
}

/// A GeoPackage of one layer; `columns` as SQL declares them, `rows` as SQL values, each record
/// with the same shape.
pub fn geopackage(path: &Path, layer: &str, columns: &str, rows: &[&str], shape: Option<&[u8]>) {
    let db = Connection::open(path).expect("opens");
    db.execute_batch(&format!(
        "CREATE TABLE IF NOT EXISTS gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY,
            organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
         INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES ('RD New', 28992, 'EPSG', 28992, ''),
            ('WGS 84', 4326, 'EPSG', 4326, '');
         CREATE TABLE IF NOT EXISTS gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT,
            srs_id INTEGER);
         CREATE TABLE IF NOT EXISTS gpkg_geometry_columns (table_name TEXT, column_name TEXT,
            geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);
         INSERT INTO gpkg_contents VALUES ('{layer}', 'features', 28992);
         INSERT INTO gpkg_geometry_columns VALUES ('{layer}', 'geom', 'MULTIPOLYGON', 28992, 0, 0);
         CREATE TABLE \"{layer}\" (fid INTEGER PRIMARY KEY, geom BLOB, {columns});"
    ))
    .expect("makes the tables");
    for row in rows {
        db.execute(&format!("INSERT INTO \"{layer}\" VALUES (NULL, ?1, {row})"), [shape])
            .expect("inserts");
    }
}

/// A field of a dBASE table: name, kind, width.
type Field<'a> = (&'a str, u8, u8);

/// A dBASE table; cells are bytes in whatever encoding.
pub fn dbf(fields: &[Field<'_>], rows: &[&[&[u8]]]) -> Vec<u8> {
    let header = u16::try_from(33 + 32 * fields.len()).expect("few");
    let length = 1 + fields.iter().map(|field| u16::from(field.2)).sum::<u16>();
    let mut out = vec![3, 116, 1, 1];
    out.extend(u32::try_from(rows.len()).expect("few").to_le_bytes());
    out.extend(header.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.resize(32, 0);
    for (name, kind, width) in fields {
        let start = out.len();
        out.extend(name.as_bytes());
        out.resize(start + 11, 0);
        out.extend([*kind, 0, 0, 0, 0, *width]);
        out.resize(start + 32, 0);
    }
    out.push(0x0d);
    for row in rows {
        out.push(b' ');
        for ((_, _, width), cell) in fields.iter().zip(*row) {
            let start = out.len();
            out.extend(*cell);
            out.resize(start + usize::from(*width), b' ');
        }
    }
    out.push(0x1a);
    out
}

/// The `.shp` and `.shx` of polygons, each of the rings given.
pub fn shapes(records: &[Vec<Vec<(f64, f64)>>]) -> (Vec<u8>, Vec<u8>) {
    let words = |bytes: usize| i32::try_from(bytes / 2).expect("small").to_be_bytes();
    let number = |count: usize| u32::try_from(count).expect("small").to_le_bytes();
    let (mut shp, mut shx) = (vec![0; 100], vec![0; 100]);
    for (at, rings) in records.iter().enumerate() {
        let points: Vec<_> = rings.iter().flatten().collect();
        let mut content = 5u32.to_le_bytes().to_vec();
        content.resize(36, 0);
        content.extend(number(rings.len()));
        content.extend(number(points.len()));
        let mut start = 0;
        for ring in rings {
            content.extend(number(start));
            start += ring.len();
        }
        for (x, y) in points {
            content.extend(x.to_le_bytes());
            content.extend(y.to_le_bytes());
        }
        shx.extend(words(shp.len()));
        shx.extend(words(content.len()));
        shp.extend(u32::try_from(at + 1).expect("few").to_be_bytes());
        shp.extend(words(content.len()));
        shp.extend(content);
    }
    for bytes in [&mut shp, &mut shx] {
        let size = words(bytes.len());
        bytes[..4].copy_from_slice(&9994u32.to_be_bytes());
        bytes[24..28].copy_from_slice(&size);
        bytes[28..32].copy_from_slice(&1000u32.to_le_bytes());
        bytes[32..36].copy_from_slice(&5u32.to_le_bytes());
    }
    (shp, shx)
}

const WIJK_FIELDS: [Field<'_>; 5] = [
    ("WK_CODE", b'C', 8),
    ("WK_NAAM", b'C', 30),
    ("GM_NAAM", b'C', 30),
    ("WATER", b'C', 4),
    ("AANT_INW", b'N', 10),
];

/// A shapefile of two wijken; names in the encoding that `encode` makes.
pub fn wijken(folder: &TempDir, encode: fn(&str) -> Vec<u8>, cpg: Option<&str>) -> PathBuf {
    let clockwise: Vec<_> = SQUARE.into_iter().rev().collect();
    let (shp, shx) = shapes(&[vec![clockwise.clone()], vec![clockwise]]);
    let (hague, frisian) = (encode("'s-Gravenhage"), encode("Súdwest-Fryslân"));
    let table = dbf(
        &WIJK_FIELDS,
        &[
            &[b"WK051801", b"Wijk 01", &hague, b"NEE", b"1200"],
            &[b"WK190000", b"Sint-Jan", &frisian, b"JA", b"-99999998"],
        ],
    );
    for (extension, content) in [("shx", shx), ("dbf", table)] {
        file(folder, &format!("wijk_2016.{extension}"), content);
    }
    if let Some(cpg) = cpg {
        file(folder, "wijk_2016.cpg", cpg);
    }
    file(folder, "wijk_2016.shp", shp)
}

pub fn windows(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}

pub fn utf8(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

pub fn values(delivery: &Delivery, indicator: &str) -> Vec<(String, Value)> {
    let mut found: Vec<_> = delivery
        .series
        .iter()
        .filter(|series| series.key.indicator == indicator)
        .flat_map(|series| &series.values)
        .map(|(code, value)| (code.to_string(), *value))
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

pub fn plain(path: &Path) -> Delivery {
    read_plain(path).unwrap_or_else(|error| unreachable!("{error}"))
}

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

/// A workbook of one sheet; a cell that parses is a number, `#N/A` an error, else text.
pub fn workbook(folder: &TempDir, name: &str, rows: &[&[&str]]) -> PathBuf {
    use std::io::Write;
    let path = folder.path().join(name);
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).expect("creates"));
    let options = zip::write::SimpleFileOptions::default();
    let mut sheet = String::new();
    for (at, row) in rows.iter().enumerate() {
        sheet.push_str(&format!("<row r=\"{}\">", at + 1));
        for (column, cell) in row.iter().enumerate() {
            let place =
                format!("{}{}", char::from(b'A' + u8::try_from(column).expect("few")), at + 1);
            sheet.push_str(&match *cell {
                "" => String::new(),
                "#N/A" => format!("<c r=\"{place}\" t=\"e\"><v>#N/A</v></c>"),
                number if number.parse::<f64>().is_ok() => {
                    format!("<c r=\"{place}\"><v>{number}</v></c>")
                }
                text => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
            });
        }
        sheet.push_str("</row>");
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    for (part, content) in [
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"wijk\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>"),
        ),
    ] {
        zip.start_file(part, options).expect("starts a part");
        zip.write_all(content.as_bytes()).expect("writes");
    }
    zip.finish().expect("finishes");
    path
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
