//! Files that are wrong, each with an error that says where and what was expected.

use std::path::Path;

use crate::source::{SourceError, wkb::tests::blob};

use super::{
    made::{SQUARE, dbf, file, folder, geopackage, shapes, utf8, wijken, windows, workbook},
    read_plain,
};

/// The error's text, which must hold all of `parts`.
fn refused(path: &Path, parts: &[&str]) -> SourceError {
    let error = read_plain(path).expect_err("must be refused");
    let text = error.to_string();
    for part in parts {
        assert!(text.contains(part), "{text:?} does not say {part:?}");
    }
    error
}

const KWB: &str = "code,level,naam,inwoners\n";

fn kwb(rows: &str, parts: &[&str]) -> SourceError {
    let folder = folder();
    refused(&file(&folder, "kwb-2024.csv", format!("{KWB}{rows}")), parts)
}

#[test]
fn cells_that_are_no_numbers() {
    for wrong in ["NaN", "inf", "-Infinity", "1e999", "12,5", "veel", "0x10"] {
        let cell = format!("\"{wrong}\"");
        let rows = format!("GM0014,gemeente,A,1\nGM0034,gemeente,B,{cell}\n");
        let error =
            kwb(&rows, &["kwb-2024.csv, record 2, column inwoners", wrong, "finite number"]);
        assert!(matches!(error, SourceError::Cell { .. }));
    }
}

#[test]
fn the_same_code_twice() {
    let error = kwb(
        "GM0014,gemeente,A,1\nGM0034,gemeente,B,2\nGM0014,gemeente,A,1\n",
        &["record 3", "GM0014", "record 1", "for 2024"],
    );
    assert!(matches!(error, SourceError::Duplicate { first: 1, .. }));
    let folder = folder();
    let rows: [&[&str]; 3] = [&["WK_CODE", "KL16"], &["WK001400", "5"], &["WK001400", "6"]];
    refused(
        &workbook(&folder, "wijk.xlsx", &rows),
        &["table wijk, record 2", "WK001400", "record 1"],
    );
}

#[test]
fn codes_that_lost_zeros_or_letters() {
    let lost = ["record 1, column code", "lost its prefix or zeros"];
    kwb("140000,buurt,A,1\n", &lost);
    kwb("BU140000,buurt,A,1\n", &["record 1", "is no area code"]);
    kwb("GM0014,buurt,A,1\n", &["level gemeenten, expected one of level buurten"]);
    kwb(",buurt,A,1\n", &["record 1"]);
    kwb("GM0014,Gemeent!,A,1\n", &["is no level"]);
    let folder = folder();
    let rows: [&[&str]; 2] = [&["GBD", "JAAR", "RLBRMTR"], &["140000", "2016", "0.1"]];
    refused(&workbook(&folder, "stand.xlsx", &rows), &["column GBD", "letters and zeros"]);
}

#[test]
fn files_that_hold_nothing() {
    let folder = folder();
    for name in ["a.csv", "a.gpkg", "a.shp", "a.xlsx", "a.dbf"] {
        let error = refused(&file(&folder, name, ""), &[name, "empty"]);
        assert!(matches!(error, SourceError::Empty(..)));
    }
    refused(&file(&folder, "b.csv", "\r\n"), &["empty", "names of the columns"]);
    refused(&file(&folder, "kwb-2024.csv", KWB), &["empty", "at least one record"]);
    refused(&folder.path().join("none.csv"), &["none.csv"]);
    refused(&file(&folder, "a.pdf", "x"), &["unknown kind of file", ".gpkg"]);
    refused(folder.path(), &["unknown kind of file"]);
}

#[test]
fn files_of_another_kind() {
    let folder = folder();
    let noise: Vec<u8> =
        (0..4096u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for name in ["a.csv", "a.gpkg", "a.xlsx", "a.dbf"] {
        refused(&file(&folder, name, &noise), &[name]);
    }
    for extension in ["shx", "dbf"] {
        file(&folder, &format!("b.{extension}"), &noise);
    }
    refused(&file(&folder, "b.shp", &noise), &["file code", "expected 9994"]);
}

#[test]
fn years_that_nobody_says() {
    let folder = folder();
    let text = format!("{KWB}GM0014,gemeente,A,1\n");
    refused(&file(&folder, "kwb.csv", &text), &["--year"]);
    refused(&file(&folder, "kwb 2022-2024.csv", &text), &["--year"]);
    let lbm = "gm_code,jaar,afw,won,fys,vrz,soc,onv\nGM0014,20,0,0,0,0,0,0\n";
    refused(&file(&folder, "l.csv", lbm), &["record 1, column jaar", "1900 to 2100"]);
}

#[test]
fn lines_that_do_not_fit() {
    kwb("GM0014,gemeente,A,1\nGM0034,gemeente\n", &["record 2", "line 3: 2 cells, expected 4"]);
    let open = format!("GM0014,gemeente,\"{},1\n", "x".repeat(3 << 20));
    kwb(&open, &["longer than 1 MiB"]);
}

#[test]
fn classes_that_the_indicator_does_not_have() {
    let folder = folder();
    for wrong in ["10", "0", "4.5"] {
        let rows: [&[&str]; 2] = [&["WK_CODE", "KL16"], &["WK001400", wrong]];
        let path = workbook(&folder, "wijk.xlsx", &rows);
        refused(&path, &["record 1, column KL16", wrong, "from 1 to 9"]);
    }
}

#[test]
fn tables_that_no_dialect_knows() {
    let folder = folder();
    let path = folder.path().join("straten.gpkg");
    geopackage(&path, "straten", "naam TEXT, buurtcode TEXT", &["'A', 'B'"], None);
    refused(
        &path,
        &["table straten with naam, buurtcode", "cbs-geopackage", "also needs buurtnaam"],
    );
    refused(
        &file(&folder, "x.csv", "a,b\n1,2\n"),
        &["a, b", "no dialect shares a column", "kwb-plat"],
    );
}

#[test]
fn shapes_that_are_none() {
    const COLUMNS: &str = "buurtcode TEXT, buurtnaam TEXT, jaar INTEGER";
    let row = ["'BU00140000', 'A', 2024"];
    let mut lie = blob(&[]);
    let end = lie.len() - 4;
    lie[end..].copy_from_slice(&u32::MAX.to_le_bytes());
    let degrees = SQUARE.map(|(x, y)| (x / 3e4, y / 9e3));
    let mut foreign = blob(&SQUARE);
    foreign[4..8].copy_from_slice(&4326u32.to_le_bytes());
    for (shape, says) in [
        (blob(&SQUARE[..2]), "a ring of 2 corners, expected at least 3"),
        (lie, "claims 4294967295 points"),
        (blob(&degrees), "outside RD New"),
        (blob(&[(f64::NAN, 0.0); 4]), "outside RD New"),
        (b"GP".to_vec(), "ends early"),
        (b"nonsense".to_vec(), "does not begin with GP"),
        (foreign, "reference system 4326"),
    ] {
        let folder = folder();
        let path = folder.path().join("b.gpkg");
        geopackage(&path, "buurten", COLUMNS, &row, Some(&shape));
        let error = refused(&path, &["b.gpkg, table buurten, record 1", says]);
        assert!(matches!(error, SourceError::Shape(..)));
    }
    let folder = folder();
    let path = folder.path().join("b.gpkg");
    geopackage(&path, "buurten", COLUMNS, &row, Some(&blob(&SQUARE)));
    rusqlite::Connection::open(&path)
        .expect("opens")
        .execute_batch("UPDATE gpkg_geometry_columns SET srs_id = 4326")
        .expect("updates");
    let error = refused(&path, &["table buurten", "EPSG:4326", "expected RD New"]);
    assert!(matches!(error, SourceError::Crs { .. }));
}

#[test]
fn shapefiles_that_lack_a_part() {
    for extension in ["dbf", "shx"] {
        let folder = folder();
        let path = wijken(&folder, utf8, None);
        std::fs::remove_file(path.with_extension(extension)).expect("removes");
        refused(&path, &["wijk_2016.shp", &format!("wijk_2016.{extension} is missing")]);
    }
}

#[test]
fn shapefiles_that_are_cut_short() {
    let folder = folder();
    let path = wijken(&folder, windows, None);
    let whole = std::fs::read(&path).expect("reads");
    for length in [0, 50, 100, 150, whole.len() - 8] {
        std::fs::write(&path, &whole[..length]).expect("writes");
        refused(&path, &["wijk_2016.shp"]);
    }
    // The header may lie about it too; then the index names the record.
    let mut cut = whole[..whole.len() - 8].to_vec();
    let words = u32::try_from(cut.len() / 2).expect("small");
    cut[24..28].copy_from_slice(&words.to_be_bytes());
    std::fs::write(&path, cut).expect("writes");
    refused(&path, &["wijk_2016.shp, record 2", "cut short"]);
    std::fs::write(&path, whole).expect("writes");

    let table = path.with_extension("dbf");
    let rows = std::fs::read(&table).expect("reads");
    std::fs::write(&table, &rows[..rows.len() - 20]).expect("writes");
    refused(&path, &["wijk_2016.dbf, record 2", "expected 2 records"]);
    let fewer = dbf(&[("WK_CODE", b'C', 8)], &[&[b"WK001400"]]);
    std::fs::write(&table, fewer).expect("writes");
    refused(&path, &["2 shapes, but 1 records"]);
}

#[test]
fn shapefiles_that_lie() {
    let folder = folder();
    let path = wijken(&folder, utf8, None);
    let whole = std::fs::read(&path).expect("reads");
    for (at, says) in [(100 + 8 + 36, "claims"), (100 + 8 + 40, "claims"), (100 + 8, "shape type")]
    {
        let mut lie = whole.clone();
        lie[at..at + 4].copy_from_slice(&0xffff_fff0_u32.to_le_bytes());
        std::fs::write(&path, lie).expect("writes");
        refused(&path, &["wijk_2016.shp, record 1", says]);
    }
    let (shp, shx) = shapes(&[vec![SQUARE[..2].to_vec()], vec![SQUARE.to_vec()]]);
    std::fs::write(&path, shp).expect("writes");
    std::fs::write(path.with_extension("shx"), shx).expect("writes");
    refused(&path, &["record 1", "ring of 2 corners"]);
    file(&folder, "wijk_2016.prj", "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\"]]");
    refused(&path, &["wijk_2016.prj", "gcs_wgs_1984", "expected RD New"]);
}

#[test]
fn an_unsaved_geopackage() {
    let folder = folder();
    let path = folder.path().join("b.gpkg");
    geopackage(&path, "buurten", "buurtcode TEXT, buurtnaam TEXT", &[], None);
    file(&folder, "b.gpkg-wal", "changes");
    refused(&path, &["b.gpkg-wal", "close the program"]);
}

#[test]
fn records_on_the_same_bytes() {
    let folder = folder();
    // A thousand shapes in an index, one in the file: unpacked they are a thousand times as large.
    let (shp, _) = shapes(&[vec![SQUARE.to_vec()]]);
    let (_, shx) = shapes(&vec![vec![SQUARE.to_vec()]; 1000]);
    let mut shx = shx;
    let first = shx[100..108].to_vec();
    for entry in shx[100..].chunks_mut(8) {
        entry.copy_from_slice(&first);
    }
    let codes: Vec<_> = (0..1000).map(|n| format!("WK00{n:04}").into_bytes()).collect();
    let rows: Vec<[&[u8]; 1]> = codes.iter().map(|code| [code.as_slice()]).collect();
    let rows: Vec<&[&[u8]]> = rows.iter().map(<[&[u8]; 1]>::as_slice).collect();
    file(&folder, "w_2016.shx", shx);
    file(&folder, "w_2016.dbf", dbf(&[("WK_CODE", b'C', 8)], &rows));
    refused(&file(&folder, "w_2016.shp", shp), &["record 2", "more bytes than the file has"]);
}

#[test]
fn levels_without_end() {
    let rows: String = (0..1100).map(|n| format!("A{n},niveau-{n},A,1\n")).collect();
    kwb(&rows, &["record 1025", "more than 1024 levels"]);
}

#[test]
fn tables_and_columns_without_end() {
    let folder = folder();
    let wide = format!("code,level{}\n", ",a".repeat(5_000));
    refused(&file(&folder, "a.csv", wide), &["5002 columns, expected at most 4096"]);
    refused(&file(&folder, "a.csv", "code,\u{1b}[2J\n"), &["control characters", "\\u{1b}[2J"]);
    let long = format!("code,{}\n", "a".repeat(5_000));
    refused(&file(&folder, "a.csv", long), &["a column aaaa", "more than 1024 bytes"]);
}

#[test]
fn names_that_are_none() {
    const COLUMNS: &str = "buurtcode TEXT, buurtnaam TEXT, jaar INTEGER";
    for (name, found) in [("'a' || char(27)", "a\\u{1b}"), ("printf('%0300d', 1)", "0000")] {
        let folder = folder();
        let path = folder.path().join("b.gpkg");
        let row = format!("'BU00140000', {name}, 2024");
        geopackage(&path, "buurten", COLUMNS, &[&row], Some(&blob(&SQUARE)));
        refused(&path, &["table buurten, record 1", found, "at most 250 bytes"]);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(128))]

    /// Whatever stands in a shapefile's parts, it is read or refused.
    #[test]
    fn changed_bytes_never_panic(
        part in 0usize..3,
        at in 0usize..400,
        wrong in proptest::collection::vec(proptest::prelude::any::<u8>(), 1..5),
    ) {
        let folder = folder();
        let path = wijken(&folder, utf8, None);
        let victim = path.with_extension(["shp", "shx", "dbf"][part]);
        let mut bytes = std::fs::read(&victim).expect("reads");
        for (place, byte) in bytes.iter_mut().skip(at).zip(wrong) {
            *place = byte;
        }
        std::fs::write(&victim, bytes).expect("writes");
        if let Ok(read) = read_plain(&path) {
            proptest::prop_assert!(read.tables.iter().all(|table| table.areas.len() <= 2));
        }
    }
}
