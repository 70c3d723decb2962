//! Small files of every form, made here, and how a test looks into what was read.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::TempDir;

use crate::{indicator::Value, source::Delivery};

use super::read_plain;

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
