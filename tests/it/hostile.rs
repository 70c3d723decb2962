//! Files made to hurt. Each is refused with a sentence that names it, by a program that may use
//! 400 MB and no more.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use rusqlite::Connection;
use tempfile::TempDir;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::harness::{
    Run, SQUARE, geopackage, polygon, run, run_in_little, scratch, shapefile, skip,
};

const BUURTEN: &str = "buurtcode TEXT, buurtnaam TEXT, gemeentenaam TEXT";
const BUURT: &str = "'BU00140000', 'Dorp', 'Stad'";

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

fn import(file: &Path) -> Run {
    let atlas = file.with_file_name("atlas.gpkg");
    drop(fs::remove_file(&atlas));
    let done = run_in_little(&["import", "--year", "2024", "--data", text(&atlas), text(file)]);
    assert!(done.code == Some(0) || !atlas.exists(), "an atlas is left behind");
    done
}

/// Imports a file, which must fail with a short message that names it and holds all of `named`.
#[track_caller]
fn refused(file: &Path, named: &[&str]) {
    let name = file.file_name().and_then(|name| name.to_str()).expect("a name");
    let failed = import(file).failed_naming(&[name]).failed_naming(named);
    assert!(failed.stderr.len() < 3_000, "a message of {} bytes", failed.stderr.len());
}

fn made(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, content).expect("a temporary file");
    path
}

/// Lets a file end beyond what stands in it; the rest is noughts that take no room on the disk.
fn lengthen(path: &Path, length: u64) {
    let file = OpenOptions::new().write(true).open(path).expect("it is there");
    file.set_len(length).expect("a sparse file");
}

#[test]
fn a_line_of_two_gigabytes() {
    const HEADER: &str = "code,level,naam,inwoners\nGM0014,gemeente,Groningen,1\n";
    let folder = scratch();
    let letters = "x".repeat(2 << 20);
    for (name, begun, named) in [
        ("quote-2024.csv", "GM0034,gemeente,\"", "record 2: record longer than 1 MiB"),
        ("noughts-2024.csv", "GM0034,gemeente,", "record 2: record longer than 1 MiB"),
        ("letters-2024.csv", letters.as_str(), "record 2: record longer than 1 MiB"),
    ] {
        let path = made(&folder, name, format!("{HEADER}{begun}"));
        lengthen(&path, 2 << 30);
        refused(&path, &[named]);
    }
    let header = made(&folder, "kop-2024.csv", format!("code,{letters}"));
    lengthen(&header, 2 << 30);
    refused(&header, &["longer than 1 MiB"]);
    let noughts = made(&folder, "leeg-2024.csv", "");
    lengthen(&noughts, 2 << 30);
    refused(&noughts, &["no text"]);
}

#[test]
fn cells_that_are_no_cells() {
    const HEADER: &str = "code,level,naam,inwoners\nGM0014,gemeente,Groningen,1\n";
    let folder = scratch();
    let long = "9".repeat(10_000);
    let rows: [(&str, Vec<u8>, &str); 9] = [
        ("cijfers", b"34,gemeente,Almere,1".to_vec(), "column code"),
        ("lang", format!("GM{long},gemeente,Almere,1").into(), "column code"),
        ("komma", b"GM0034,gemeente,Almere,\"1,5\"".to_vec(), "column inwoners"),
        ("duizend", b"GM0034,gemeente,Almere,1.000.000".to_vec(), "column inwoners"),
        ("reus", format!("GM0034,gemeente,Almere,{long}e{long}").into(), "column inwoners"),
        ("nul", b"GM0034\0,gemeente,Almere,1".to_vec(), "column code"),
        ("nulgetal", b"GM0034,gemeente,Almere,\x001".to_vec(), "column inwoners"),
        ("utf8", b"GM00\xff\xfe,gemeente,Almere,1".to_vec(), "column code"),
        ("bom", b"\xef\xbb\xbfGM0034,gemeente,Almere,1".to_vec(), "column code"),
    ];
    for (name, row, column) in rows {
        let content = [HEADER.as_bytes(), &row, b"\n"].concat();
        let path = made(&folder, &format!("{name}-2024.csv"), content);
        refused(&path, &["record 2", column]);
    }
    // Line ends of an old Mac are line ends.
    let old = made(&folder, "mac-2024.csv", HEADER.replace('\n', "\r"));
    let said = import(&old).succeeded().stdout;
    assert!(said.contains("1 records, gemeenten"), "{said}");
    // So many columns would each be held against every column of every dialect.
    let wide = made(&folder, "breed-2024.csv", format!("code,level{}\n", ",a".repeat(100_000)));
    refused(&wide, &["100002 columns"]);
}

/// Only where the publisher is known to write both in one file.
#[test]
fn both_decimal_marks_in_one_column() {
    let folder = scratch();
    let rows = "GM0014;gemeente;Groningen;26.4\nGM0034;gemeente;Almere;26,4\n";
    let header = "code;level;naam;inwoners";
    let plain = made(&folder, "kwb-2024.csv", format!("{header}\n{rows}"));
    refused(&plain, &["record 2, column inwoners", "26,4"]);

    let scores = "Wijken en buurten;Perioden;A/Regiocode (gemeente, wijk, buurt) (code);\
                  SES-WOA/Totaalscore/Gemiddelde score (Getal)";
    let rows = "A;2024;WK001400;0,25\nB;2024;WK001401;-0.5\n";
    let mixed = made(&folder, "ses.csv", format!("{scores}\n{rows}"));
    let said = import(&mixed).succeeded().stdout;
    assert!(said.contains("2 numbers"), "{said}");
    let twice = made(&folder, "ses.csv", format!("{scores}\n{}", rows.replace("-0.5", "-1.000,5")));
    refused(&twice, &["record 2", "-1.000,5"]);
}

/// Writes the content of a part.
type Fill<'a> = &'a dyn Fn(&mut dyn Write);

/// A zip archive of such parts.
fn zipped(path: &Path, parts: &[(&str, Fill<'_>)]) {
    let mut zip = ZipWriter::new(File::create(path).expect("a new file"));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, fill) in parts {
        zip.start_file(*name, packed).expect("a part");
        fill(&mut zip);
    }
    zip.finish().expect("a whole archive");
}

fn repeated(piece: &[u8], bytes: usize) -> impl Fn(&mut dyn Write) {
    let block = piece.repeat((1 << 16) / piece.len());
    move |out: &mut dyn Write| {
        for _ in 0..bytes / block.len() {
            out.write_all(&block).expect("written");
        }
    }
}

const PACKAGE: &str = r#"<Relationships><Relationship Id="a" Type="x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<Relationships><Relationship Id="a" Type="x/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const SHEETS: &str =
    r#"<workbook><sheets><sheet name="KWB2016" sheetId="1" r:id="a"/></sheets></workbook>"#;
const SHEET: &str = r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>"#;

/// A workbook with such a sheet and shared texts.
fn workbook(path: &Path, sheet: &str, texts: Fill<'_>) {
    let part = |content: &'static str| {
        move |out: &mut dyn Write| out.write_all(content.as_bytes()).expect("written")
    };
    zipped(
        path,
        &[
            ("_rels/.rels", &part(PACKAGE)),
            ("xl/_rels/workbook.xml.rels", &part(BOOK)),
            ("xl/workbook.xml", &part(SHEETS)),
            ("xl/sharedStrings.xml", texts),
            ("xl/worksheets/sheet1.xml", &|out: &mut dyn Write| {
                out.write_all(sheet.as_bytes()).expect("written");
            }),
        ],
    );
}

#[test]
fn workbooks_that_unpack_to_more() {
    let folder = scratch();
    let bomb = folder.path().join("bom.xlsx");
    let sheet = repeated(&[0], 600 << 20);
    zipped(&bomb, &[("xl/worksheets/sheet1.xml", &sheet)]);
    refused(&bomb, &["sheet1.xml unpacks to more"]);

    // The same, by a directory that says it is small.
    let mut bytes = fs::read(&bomb).expect("it is there");
    let directory = bytes.windows(4).rposition(|four| four == b"PK\x01\x02").expect("a directory");
    bytes[directory + 24..directory + 28].copy_from_slice(&100_u32.to_le_bytes());
    refused(&made(&folder, "leugen.xlsx", bytes), &["leugen.xlsx"]);

    let many = folder.path().join("veel.xlsx");
    let mut zip = ZipWriter::new(File::create(&many).expect("a new file"));
    for number in 0..10_000 {
        zip.start_file(format!("part{number}"), SimpleFileOptions::default()).expect("a part");
    }
    zip.finish().expect("a whole archive");
    refused(&many, &["10000 parts"]);

    let texts = folder.path().join("teksten.xlsx");
    workbook(&texts, SHEET, &repeated(b"<si></si>", 100 << 20));
    refused(&texts, &["sharedstrings.xml unpacks to more"]);
    // Room for as many as it claims would end the program.
    for (name, count) in [("miljard.xlsx", "99999999999"), ("alles.xlsx", "18446744073709551615")] {
        let claims = folder.path().join(name);
        workbook(&claims, SHEET, &|out: &mut dyn Write| {
            write!(out, "<sst uniqueCount=\"{count}\"><si><t>a</t></si></sst>").expect("written");
        });
        refused(&claims, &["claims more texts"]);
    }
    let sound = folder.path().join("goed.xlsx");
    workbook(&sound, SHEET, &|out: &mut dyn Write| {
        write!(out, "<sst uniqueCount=\"1\"><si><t>a</t></si></sst>").expect("written");
    });
    refused(&sound, &["no known table", "KWB2016 with a"]);
}

/// References to cells that no sheet has: backwards, beyond all numbers, and none.
#[test]
fn workbooks_with_odd_references() {
    let folder = scratch();
    let none = |out: &mut dyn Write| write!(out, "<sst/>").expect("written");
    for sheet in [
        r#"<dimension ref="B9:A1"/><sheetData><row r="1"/></sheetData>"#,
        r#"<dimension ref="A1:ZZZZZZZZZZZ99999999999"/><sheetData/>"#,
        r#"<sheetData><row r="4294967296"><c r="ZZZZZZZZZZZ99999999999"><v>1</v></c></row></sheetData>"#,
        r#"<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>"#,
        r#"<sheetData><row r="1"><c r="A1" t="s"><v>99999999999</v></c></row></sheetData>"#,
        r#"<sheetData><row r="0"><c r="A0" t="s"><v>0</v></c></row></sheetData>"#,
    ] {
        let path = folder.path().join("verwijst.xlsx");
        workbook(&path, &format!("<worksheet>{sheet}</worksheet>"), &none);
        refused(&path, &["verwijst.xlsx"]);
    }
}

#[test]
fn geojson_without_end() {
    let folder = scratch();
    let feature = |rest: &str| {
        format!(r#"{{"type":"FeatureCollection","features":[{{"type":"Feature",{rest}"#)
    };
    let deep = 100_000;
    for (name, content) in [
        ("haken", feature(&format!(r#""geometry":{{"coordinates":{}"#, "[".repeat(deep)))),
        ("accolades", feature(&format!(r#""properties":{}"#, r#"{"a":"#.repeat(deep)))),
        ("los", feature(r#""geometry":{"type":"Polygon","coordinates":[[[5,52],[5,53"#)),
    ] {
        refused(&made(&folder, &format!("{name}.geojson"), content), &["record 1", "no GeoJSON"]);
    }
    let open =
        made(&folder, "open.geojson", feature(r#""properties":{"a":""#) + &"x".repeat(20 << 20));
    lengthen(&open, 2 << 30);
    refused(&open, &["record 1", "more than 16 MiB"]);
    // Each member's name begins with that of its object.
    let name = "n".repeat(1 << 20);
    let members: Vec<_> = (0..3_000).map(|n| format!("\"{n}\":0")).collect();
    let long = format!(r#""properties":{{"{name}":{{{}}}}}}}]}}"#, members.join(","));
    refused(&made(&folder, "namen.geojson", feature(&long)), &["record 1", "more than 1024 bytes"]);
}

/// A GeoPackage of one buurt, changed by SQL afterwards.
fn package(folder: &TempDir, name: &str, change: &str) -> PathBuf {
    let path = geopackage(folder.path(), name, "buurten", BUURTEN, &[(BUURT, polygon(&SQUARE))]);
    Connection::open(&path).and_then(|file| file.execute_batch(change)).expect("it can be changed");
    path
}

#[test]
fn geopackages_that_compute() {
    let folder = scratch();
    // What a trigger does on a change is never done: nothing changes.
    let trigger = package(
        &folder,
        "trekker.gpkg",
        "CREATE TRIGGER hook AFTER INSERT ON buurten BEGIN DELETE FROM buurten; END;",
    );
    let before = fs::read(&trigger).expect("the file");
    import(&trigger).succeeded();
    assert!(before == fs::read(&trigger).expect("the file"), "the file was changed");

    for (name, named, view) in [
        (
            "schrijft",
            "no such function",
            "SELECT 1 AS fid, writefile('geschreven', 'y') AS geom, load_extension('x') AS buurtcode, 'a' AS buurtnaam, 'b' AS gemeentenaam",
        ),
        (
            "eindeloos",
            "table buurten: a view, expected a table",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid, NULL AS geom, 'BU' || i AS buurtcode, 'a' AS buurtnaam, 'b' AS gemeentenaam FROM n",
        ),
        (
            "reus",
            "table buurten: a view, expected a table",
            "SELECT 1 AS fid, zeroblob(1000000000) AS geom, 'BU00140000' AS buurtcode, 'a' AS buurtnaam, 'b' AS gemeentenaam",
        ),
    ] {
        let sql = format!("DROP TABLE buurten; CREATE VIEW buurten AS {view};");
        let path = package(&folder, &format!("{name}.gpkg"), &sql);
        refused(&path, &[named]);
    }
    // The lists of the file itself may be a view as well.
    let list = "DROP TABLE gpkg_contents; CREATE VIEW gpkg_contents AS \
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) \
                SELECT 'buurten' AS table_name, 'none' AS data_type, i AS rowid FROM n;";
    refused(&package(&folder, "lijst.gpkg", list), &["not readable as a GeoPackage"]);
    let computed = "ALTER TABLE buurten DROP COLUMN buurtcode; ALTER TABLE buurten ADD COLUMN \
                    buurtcode TEXT GENERATED ALWAYS AS (printf('%1000000000s', 'BU')) VIRTUAL;";
    refused(&package(&folder, "rekent.gpkg", computed), &["no code column"]);
    let shape = "ALTER TABLE buurten DROP COLUMN geom; ALTER TABLE buurten ADD COLUMN \
                 geom BLOB GENERATED ALWAYS AS (zeroblob(1000000000)) VIRTUAL;";
    import(&package(&folder, "vorm.gpkg", shape)).succeeded();
}

#[test]
fn geopackages_that_lie() {
    let folder = scratch();
    let hostile = r#"straten"; DROP TABLE gpkg_contents; --"#;
    let path = folder.path().join("sql.gpkg");
    drop(package(&folder, "sql.gpkg", ""));
    Connection::open(&path)
        .and_then(|file| file.execute("UPDATE gpkg_contents SET table_name = ?1", [hostile]))
        .expect("it can be changed");
    let before = fs::read(&path).expect("the file");
    refused(&path, &["no known table", hostile]);
    assert!(before == fs::read(&path).expect("the file"), "the file was changed");

    let columns: Vec<_> = (0..30_000).map(|n| format!("c{n}")).collect();
    let wide = format!(
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE buurten ({})' \
         WHERE name = 'buurten';",
        columns.join(",")
    );
    refused(&package(&folder, "breed.gpkg", &wide), &["too many columns"]);
    let tables = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) \
                  INSERT INTO gpkg_contents SELECT 'laag' || i, 'attributes', '', '', '', 0, 0, 0, \
                  0, 0 FROM n;";
    refused(&package(&folder, "lagen.gpkg", tables), &["more than 256 tables"]);
    let mut lie = polygon(&SQUARE);
    lie[17..21].copy_from_slice(&u32::MAX.to_le_bytes());
    let points = geopackage(folder.path(), "punten.gpkg", "buurten", BUURTEN, &[(BUURT, lie)]);
    refused(&points, &["table buurten, record 1", "4294967295 points"]);
    let name = format!("UPDATE buurten SET buurtnaam = '{}'", "n".repeat(1 << 20));
    refused(&package(&folder, "naam.gpkg", &name), &["record 1", "at most 250 bytes"]);
    let control = "UPDATE buurten SET buurtnaam = 'a' || char(27) || '[2J'";
    refused(&package(&folder, "scherm.gpkg", control), &["record 1", "control characters"]);
    // Nor does what an error repeats steer the terminal.
    let system = "UPDATE gpkg_spatial_ref_sys SET organization = char(27) || '[2J'";
    let path = package(&folder, "stelsel.gpkg", system);
    assert!(!import(&path).failed_naming(&["stelsel.gpkg", "[2J:28992"]).stderr.contains('\u{1b}'));
    let number = "UPDATE buurten SET geom = 5";
    refused(&package(&folder, "getal.gpkg", number), &["record 1", "geometry is no blob"]);
}

#[test]
fn geopackages_that_are_damaged() {
    let folder = scratch();
    let page = 4096;
    let rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 900) \
                INSERT INTO buurten SELECT NULL, geom, printf('BU0015%04d', i), buurtnaam, \
                gemeentenaam FROM buurten, n;";
    let path = package(&folder, "heel.gpkg", rows);
    let whole = fs::read(&path).expect("the file");
    let root: u32 = Connection::open(&path)
        .and_then(|file| {
            file.query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'buurten'", [], |row| {
                row.get(0)
            })
        })
        .expect("the table");
    let start = (root as usize - 1) * page;
    assert_eq!(whole[start], 5, "the table has a page of pages");
    let mut noise = whole.clone();
    noise[start..start + 64].fill(0xff);
    refused(&made(&folder, "ruis.gpkg", noise), &["malformed"]);
    // Every part of the table is its first part; codes come back, and records have no end.
    let mut circle = whole.clone();
    let cells = usize::from(u16::from_be_bytes([whole[start + 3], whole[start + 4]]));
    let at = |cell: usize| {
        let place = start + 12 + 2 * cell;
        start + usize::from(u16::from_be_bytes([whole[place], whole[place + 1]]))
    };
    let first: [u8; 4] = whole[at(0)..at(0) + 4].try_into().expect("four bytes");
    for cell in 0..cells {
        circle[at(cell)..at(cell) + 4].copy_from_slice(&first);
    }
    refused(&made(&folder, "kring.gpkg", circle), &["BU0014", "already"]);
    for length in [100, page, whole.len() - page] {
        refused(&made(&folder, "kort.gpkg", &whole[..length]), &["not readable"]);
    }
}

/// Changes bytes of a file and imports the shapefile that it is part of.
#[track_caller]
fn refused_with(shapes: &Path, part: &str, at: u64, bytes: &[u8], named: &[&str]) {
    let victim = shapes.with_extension(part);
    let whole = fs::read(&victim).expect("it is there");
    let mut file = OpenOptions::new().write(true).open(&victim).expect("it is there");
    file.seek(SeekFrom::Start(at)).expect("a place");
    file.write_all(bytes).expect("written");
    drop(file);
    refused_part(shapes, named);
    fs::write(victim, whole).expect("mended");
}

#[track_caller]
fn refused_part(shapes: &Path, named: &[&str]) {
    import(shapes).failed_naming(&["wijk_2016."]).failed_naming(named);
}

#[test]
fn shapefiles_that_lie() {
    const CONTENT: u64 = 108;
    let folder = scratch();
    let shapes = shapefile(folder.path());
    // The second record is all of the file, the first among it.
    let size = u32::try_from(fs::metadata(&shapes).expect("it is there").len()).expect("small");
    let twice = [50_u32.to_be_bytes(), ((size - 108) / 2).to_be_bytes()].concat();
    let lies: [(&str, u64, &[u8], &[&str]); 9] = [
        ("shx", 104, &(-5_i32).to_be_bytes(), &["record 1", "cut short"]),
        ("shx", 100, &(1_i32 << 30).to_be_bytes(), &["record 1", "cut short"]),
        ("shx", 108, &twice, &["record 2", "more bytes than the file has"]),
        ("shp", CONTENT + 36, &(-1_i32).to_le_bytes(), &["record 1", "claims"]),
        ("shp", CONTENT + 44, &7_i32.to_le_bytes(), &["record 1", "ring 1 begins at point 7"]),
        ("shp", CONTENT + 48, &f64::NAN.to_le_bytes(), &["record 1", "outside RD New"]),
        ("shp", CONTENT + 48, &f64::INFINITY.to_le_bytes(), &["record 1", "outside RD New"]),
        ("dbf", 4, &u32::MAX.to_le_bytes(), &["wijk_2016.dbf, record 3", "4294967295 records"]),
        ("dbf", 10, &[0, 0], &["wijk_2016.dbf", "records of 0 bytes"]),
    ];
    for (part, at, bytes, named) in lies {
        refused_with(&shapes, part, at, bytes, named);
    }
    // An index of four gigabytes is not held in memory to find that its first entry is none.
    let index = shapes.with_extension("shx");
    let mut bytes = fs::read(&index).expect("it is there");
    bytes[24..28].copy_from_slice(&i32::MAX.to_be_bytes());
    fs::write(&index, bytes).expect("written");
    lengthen(&index, 4 << 30);
    refused_part(&shapes, &["record 3", "bytes 8 to 8"]);
}

#[test]
fn shapes_that_cross_themselves_everywhere() {
    let folder = scratch();
    // Two combs over each other: few corners, and as many crossings as their square.
    let teeth = 1_500;
    let mut corners = Vec::new();
    for tooth in 0..teeth {
        let y = 450_000.0 + f64::from(tooth);
        let (from, to) = if tooth % 2 == 0 { (0.0, 2e3) } else { (2e3, 0.0) };
        corners.extend([(150_000.0 + from, y), (150_000.0 + to, y)]);
    }
    for tooth in 0..teeth {
        let x = 150_000.5 + f64::from(tooth);
        let (from, to) = if tooth % 2 == 0 { (-1.0, 2e3) } else { (2e3, -1.0) };
        corners.extend([(x, 450_000.0 + from), (x, 450_000.0 + to)]);
    }
    corners.push(corners[0]);
    let rows = [(BUURT, polygon(&corners))];
    let path = geopackage(folder.path(), "kammen.gpkg", "buurten", BUURTEN, &rows);
    refused(&path, &["record 1", "BU00140000", "tangle"]);
}

#[test]
fn dialects_without_end() {
    let folder = scratch();
    let table = made(&folder, "a-2024.csv", "code,inwoners\nGM0014,1\n");
    let atlas = folder.path().join("atlas.gpkg");
    let deep = format!("a = {}", "[".repeat(1 << 19));
    let large = made(&folder, "groot.toml", "");
    lengthen(&large, 2 << 30);
    for dialect in [made(&folder, "diep.toml", deep), large] {
        let named = dialect.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let arguments =
            ["import", "--data", text(&atlas), "--dialect", text(&dialect), text(&table)];
        run_in_little(&arguments).failed_naming(&[&named]);
    }
}

#[test]
fn grids_without_end() {
    let folder = scratch();
    let atlas = folder.path().join("atlas.gpkg");
    let lines = folder.path().join("regels.zip");
    zipped(&lines, &[("rdcorr2018.txt", &repeated(b"\n", 256 << 20))]);
    let long = made(&folder, "lang.txt", "RD_lat_(deg)");
    lengthen(&long, 2 << 30);
    for grid in [lines, long] {
        run_in_little(&["import", "--data", text(&atlas), "--rd-grid", text(&grid)])
            .failed_naming(&["line 1: expected the header"]);
    }
}

/// Whatever is given as an atlas to whatever command.
#[test]
fn atlases_that_are_none() {
    let folder = scratch();
    let good = package(&folder, "wijkenbuurten_2024.gpkg", "");
    let atlas = folder.path().join("heel.gpkg");
    run(&["import", "--data", text(&atlas), text(&good)]).succeeded();
    let whole = fs::read(&atlas).expect("the atlas");
    let changed = |name: &str, sql: &str| {
        let path = made(&folder, name, &whole);
        Connection::open(&path)
            .and_then(|file| file.execute_batch(sql))
            .expect("it can be changed");
        path
    };
    let directory = folder.path().join("map.gpkg");
    fs::create_dir(&directory).expect("a folder");
    let mut bad = vec![
        directory,
        made(&folder, "leeg.gpkg", ""),
        made(&folder, "kop.gpkg", &whole[..100]),
        made(&folder, "half.gpkg", &whole[..whole.len() / 2]),
        made(&folder, "ruis.gpkg", [7; 9_000]),
        good.clone(),
        changed("nieuwer.gpkg", "PRAGMA user_version = 2000000000"),
        changed("blob.gpkg", "UPDATE grenzen SET topologie = x'575a543101'"),
        changed("geen.gpkg", "UPDATE grenzen SET topologie = x''"),
        changed("code.gpkg", "UPDATE buurten_2024 SET code = 'é'"),
        changed("tabel.gpkg", "DROP TABLE buurten_2024"),
        changed(
            "zicht.gpkg",
            "CREATE TABLE echt AS SELECT * FROM buurten_2024; DROP TABLE buurten_2024; \
             CREATE VIEW buurten_2024 AS SELECT * FROM echt;",
        ),
        changed("rooster.gpkg", "INSERT INTO bijlagen (naam, inhoud) VALUES ('rd-grid', x'00')"),
        changed("bron.gpkg", "UPDATE bronnen SET omvang = 'veel'"),
    ];
    bad.extend(unreadable(&folder, &whole));
    for path in bad {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        let before = File::open(&path).ok().map(|mut file| {
            let mut bytes = Vec::new();
            drop(file.read_to_end(&mut bytes));
            bytes
        });
        let data = text(&path);
        for arguments in [
            &["serve", "--listen", "127.0.0.1:0", "--data", data][..],
            &["check", "--data", data],
            &["locate", "--data", data],
            &["import", "--data", data, text(&good)],
        ] {
            run_in_little(arguments).failed_naming(&[name]);
        }
        let Some(before) = before else { continue };
        assert!(path.is_dir() || before == fs::read(&path).expect("it is there"), "{name} changed");
    }
}

/// A file that may not be read; none where everything may, as for an administrator.
fn unreadable(folder: &TempDir, content: &[u8]) -> Option<PathBuf> {
    let path = made(folder, "dicht.gpkg", content);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).expect("its own file");
    }
    if File::open(&path).is_ok() {
        skip("this user may read every file");
        return None;
    }
    Some(path)
}
