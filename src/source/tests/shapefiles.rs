//! What shapefiles may be besides the plain: other kinds, orders, encodings; and how they lie.

use std::{io::Cursor, path::Path};

use ::shapefile::{
    NO_DATA, Point, PointM, PointZ, Polygon, PolygonM, PolygonRing, PolygonZ, ShapeWriter,
    record::EsriShape,
};
use geo_types::MultiPolygon;
use tempfile::TempDir;

use crate::source::{dbf::Dbf, shapes::Shapes, table::Cell};

use super::{
    made::{SQUARE, dbf, file, folder, shapes, utf8, wijken, windows},
    read_plain,
};

type Ring = Vec<(f64, f64)>;

fn clockwise(x: f64, y: f64, side: f64) -> Ring {
    vec![(x, y), (x, y + side), (x + side, y + side), (x + side, y), (x, y)]
}

fn counter(x: f64, y: f64, side: f64) -> Ring {
    clockwise(x, y, side).into_iter().rev().collect()
}

fn opened(folder: &TempDir, (shp, shx): (Vec<u8>, Vec<u8>)) -> Result<Shapes, String> {
    let (shp, shx) = (file(folder, "a.shp", shp), file(folder, "a.shx", shx));
    Shapes::open(&shp, &shx).map_err(|error| error.to_string())
}

fn read(shapes: &Shapes, record: u64) -> Result<Option<MultiPolygon<f64>>, String> {
    let mut reader = shapes.reader().expect("opens");
    reader.shape(record).map_err(|error| error.to_string())
}

/// One shape as the library writes it.
fn written(shape: &impl EsriShape) -> (Vec<u8>, Vec<u8>) {
    let (mut shp, mut shx) = (Cursor::new(Vec::new()), Cursor::new(Vec::new()));
    let mut writer = ShapeWriter::with_shx(&mut shp, &mut shx);
    writer.write_shape(shape).expect("writes");
    drop(writer);
    (shp.into_inner(), shx.into_inner())
}

#[test]
fn heights_and_measures_are_left_out() {
    let ring = clockwise(155e3, 463e3, 1e3);
    let flat =
        Polygon::new(PolygonRing::Outer(ring.iter().map(|(x, y)| Point::new(*x, *y)).collect()));
    let measured = PolygonM::new(PolygonRing::Outer(
        ring.iter().map(|(x, y)| PointM::new(*x, *y, NO_DATA)).collect(),
    ));
    let high = PolygonZ::new(PolygonRing::Outer(
        ring.iter().map(|(x, y)| PointZ::new(*x, *y, 7.0, 8.0)).collect(),
    ));
    let expected: geo_types::LineString<f64> = ring.into();
    for (parts, kind) in [(written(&flat), 5), (written(&measured), 25), (written(&high), 15)] {
        assert_eq!(parts.0[108], kind);
        let folder = folder();
        let shapes = opened(&folder, parts).expect("opens");
        let shape = read(&shapes, 1).expect("reads").expect("is there");
        assert_eq!(shape.0.len(), 1);
        assert_eq!(*shape.0[0].exterior(), expected);
    }
    // Heights are a part of the kind: without them the record is too short.
    let (mut shp, shx) = written(&flat);
    shp[108] = 15;
    let folder = folder();
    let error = read(&opened(&folder, (shp, shx)).expect("opens"), 1).expect_err("is short");
    assert!(error.contains("record 1") && error.contains("claims 1 rings and 5 points"), "{error}");
}

#[test]
fn null_shapes_are_none_and_others_keep_their_places() {
    let (mut shp, mut shx) =
        shapes(&[vec![clockwise(155e3, 463e3, 1.0)], vec![clockwise(155e3, 463e3, 2.0)]]);
    shp[108] = 0;
    shx[104..108].copy_from_slice(&2u32.to_be_bytes());
    let folder = folder();
    let shapes = opened(&folder, (shp, shx)).expect("opens");
    assert_eq!(shapes.len(), 2);
    assert_eq!(read(&shapes, 1), Ok(None));
    assert!(read(&shapes, 2).expect("reads").is_some());
    assert!(read(&shapes, 3).is_err());
}

#[test]
fn holes_may_come_before_the_ring_around_them() {
    let rings = vec![
        counter(155_100.0, 463_100.0, 10.0),
        clockwise(155e3, 463e3, 1e3),
        clockwise(158e3, 463e3, 1e3),
        counter(155_300.0, 463_100.0, 10.0),
    ];
    let folder = folder();
    let shapes = opened(&folder, shapes(&[rings])).expect("opens");
    let shape = read(&shapes, 1).expect("reads").expect("is there");
    let holes: Vec<_> = shape.0.iter().map(|polygon| polygon.interiors().len()).collect();
    assert_eq!(holes, [2, 0]);
}

#[test]
fn records_may_lie_in_any_order() {
    let (shp, mut shx) =
        shapes(&[vec![clockwise(155e3, 463e3, 1.0)], vec![clockwise(155e3, 463e3, 2.0)]]);
    let (first, second) = shx[100..].split_at_mut(8);
    first.swap_with_slice(second);
    let folder = folder();
    let shapes = opened(&folder, (shp, shx)).expect("opens");
    let mut reader = shapes.reader().expect("opens");
    for (record, side) in [(1, 2.0), (2, 1.0)] {
        let shape = reader.shape(record).expect("reads").expect("is there");
        assert_eq!(shape.0[0].exterior().0[1].y, 463e3 + side);
    }
}

#[test]
fn rings_that_begin_elsewhere_are_refused() {
    let ring = clockwise(155e3, 463e3, 1.0);
    let (shp, shx) = shapes(&[vec![ring.clone(), ring]]);
    for (ring, start, says) in [
        (0, 1u32, "ring 1 begins at point 1, expected one from 0 to 0"),
        (1, 11, "ring 2 begins at point 11, expected one from 0 to 10"),
        (1, u32::MAX, "ring 2 begins at point 4294967295"),
    ] {
        let mut lie = shp.clone();
        let at = 108 + 44 + 4 * ring;
        lie[at..at + 4].copy_from_slice(&start.to_le_bytes());
        let folder = folder();
        let shapes = opened(&folder, (lie, shx.clone())).expect("opens");
        let error = read(&shapes, 1).expect_err("must be refused");
        assert!(error.contains("a.shp, record 1") && error.contains(says), "{error}");
    }
}

#[test]
fn other_kinds_are_refused_by_the_header() {
    let (mut shp, shx) = shapes(&[vec![SQUARE.to_vec()]]);
    for (kind, says) in [(3u32, "expected polygons"), (99, "99")] {
        shp[32..36].copy_from_slice(&kind.to_le_bytes());
        let folder = folder();
        let error = opened(&folder, (shp.clone(), shx.clone())).err().expect("must be refused");
        assert!(error.contains("a.shp") && error.contains(says), "{error}");
    }
}

#[test]
fn a_deleted_record_takes_its_shape_along() {
    let folder = folder();
    let path = wijken(&folder, utf8, None);
    let (shp, shx) =
        shapes(&[vec![clockwise(155e3, 463e3, 1.0)], vec![clockwise(155e3, 463e3, 2.0)]]);
    std::fs::write(&path, shp).expect("writes");
    std::fs::write(path.with_extension("shx"), shx).expect("writes");
    let table = path.with_extension("dbf");
    let mut rows = std::fs::read(&table).expect("reads");
    let first = usize::from(u16::from_le_bytes([rows[8], rows[9]]));
    assert_eq!(rows[first], b' ');
    rows[first] = b'*';
    std::fs::write(&table, rows).expect("writes");
    let read = read_plain(&path).expect("reads");
    let areas = &read.tables[0].areas;
    assert_eq!(areas.len(), 1);
    assert_eq!((areas[0].code.as_str(), areas[0].record), ("WK190000", 2));
    let heights = areas[0].shape.0[0].exterior().0.iter().map(|point| point.y);
    assert_eq!(heights.fold(0.0, f64::max), 463_002.0);
}

/// The cells of a table of one record.
fn cells(table: &Path) -> Result<Vec<Option<String>>, String> {
    let mut table = Dbf::open(table).map_err(|error| error.to_string())?;
    let columns: Vec<_> = (0..table.columns().len()).collect();
    let cells = table.next(&columns).map_err(|error| error.to_string())?.expect("is there");
    let text = |cell: &Cell<'_>| match cell {
        Cell::Text(text) => Some(text.to_string()),
        Cell::Null => None,
        Cell::Number(number) => unreachable!("{number} is written as text"),
    };
    Ok(cells.iter().map(text).collect())
}

#[test]
fn numbers_keep_the_digits_that_they_are_written_with() {
    let fields = [("A", b'F', 20), ("B", b'F', 10), ("C", b'N', 8), ("D", b'N', 4), ("E", b'N', 4)];
    let row: [&[u8]; 5] = [b"-9.99999980000e+007", b"  16777217", b"12,5", b"****", b""];
    let folder = folder();
    let found = cells(&file(&folder, "a.dbf", dbf(&fields, &[&row]))).expect("reads");
    let expected = [Some("-9.99999980000e+007"), Some("16777217"), Some("12,5"), None, None];
    assert_eq!(found, expected.map(|text| text.map(str::to_owned)));
}

#[test]
fn names_are_read_in_the_encoding_that_is_said() {
    const NAMES: [&str; 4] = ["'s-Gravenhage", "Fryslân", "Súdwest-Fryslân", "Ã¢"];
    const FIELDS: [(&str, u8, u8); 4] =
        [("A", b'C', 20), ("B", b'C', 20), ("C", b'C', 20), ("D", b'C', 20)];
    let write = |encode: fn(&str) -> Vec<u8>, language, cpg: Option<&str>| {
        let folder = folder();
        let names = NAMES.map(encode);
        let mut bytes = dbf(&FIELDS, &[&names.each_ref().map(Vec::as_slice)]);
        bytes[29] = language;
        let path = file(&folder, "a.dbf", bytes);
        if let Some(cpg) = cpg {
            file(&folder, "a.cpg", cpg);
        }
        cells(&path).expect("reads").into_iter().flatten().collect::<Vec<_>>()
    };
    // Said to be Windows-1252, even where the bytes could be UTF-8.
    assert_eq!(write(windows, 3, None), NAMES);
    assert_eq!(write(windows, 0, Some("ANSI 1252")), NAMES);
    assert_eq!(write(windows, 0xf0, Some("88591\r\n")), NAMES);
    assert_eq!(write(utf8, 0xf0, None), NAMES);
    assert_eq!(write(utf8, 3, Some("\u{feff}UTF-8")), NAMES);
    // Nothing said, or UTF-8 said wrongly: each name by itself.
    for (language, cpg) in [(0, None), (0x57, None), (1, None), (0xf0, None), (0, Some("UTF-8"))] {
        assert_eq!(write(utf8, language, cpg), NAMES);
        assert_eq!(write(windows, language, cpg)[..3], NAMES[..3], "{language} {cpg:?}");
    }
    // Another page of the Windows family.
    assert_eq!(write(windows, 0xc8, None)[1], "Fryslân");
    assert_eq!(write(windows, 0xc9, None)[1], "Fryslвn");
}

#[test]
fn tables_that_lie() {
    let table = dbf(&[("A", b'C', 4), ("B", b'N', 4)], &[&[b"x", b"1"]]);
    let header = 33 + 2 * 32;
    for (at, byte, says) in [
        (8, 65, "a list of fields that does not end after 1"),
        (8, 20, "a header of 20"),
        (10, 8, "fields of 9 bytes in records of 8"),
        (32 + 16, 255, "fields of 260 bytes in records of 9"),
        (header - 1, 0, "does not end after 2"),
        (64, 0x0d, "a list of 1 fields in a header for 2"),
        (32 + 11, b'G', "no dBASE table"),
        (32 + 11, b'M', "record 1: field A is of kind Memo"),
        (2, 13, "no dBASE table"),
        (6, 1, "record 2: the file ends here, expected 65537 records"),
    ] {
        let mut lie = table.clone();
        lie[at] = byte;
        let folder = folder();
        let error = cells(&file(&folder, "a.dbf", lie)).expect_err("must be refused");
        assert!(error.contains("a.dbf") && error.contains(says), "byte {at}: {error}");
    }
    // A byte more between fields and records, as dBASE III had it, is no lie.
    let mut wider = table.clone();
    wider[8] += 1;
    wider.insert(header, 0);
    let folder = folder();
    let found = cells(&file(&folder, "a.dbf", wider)).expect("reads");
    assert_eq!(found, [Some("x".to_owned()), Some("1".to_owned())]);
}
