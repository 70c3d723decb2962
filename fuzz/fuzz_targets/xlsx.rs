//! A workbook: as bytes where they begin as a zip does; else the sheet, the shared strings, the
//! workbook and the styles, with a nought between, are packed into one.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use wijkzicht_fuzz::{file, read};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const PACKAGE: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const SHEETS: &str = r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="KWB2016" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

fuzz_target!(|data: &[u8]| {
    if data.starts_with(b"PK") {
        read(&file("kwb-2016.xlsx", data));
        return;
    }
    let mut parts = data.split(|byte| *byte == 0);
    let mut part = |otherwise: &'static str| {
        parts.next().filter(|part| !part.is_empty()).unwrap_or(otherwise.as_bytes())
    };
    let (sheet, strings, book, styles) = (part(""), part("<sst/>"), part(SHEETS), part(""));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("_rels/.rels", PACKAGE.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK.as_bytes()),
        ("xl/workbook.xml", book),
        ("xl/sharedStrings.xml", strings),
        ("xl/styles.xml", styles),
        ("xl/worksheets/sheet1.xml", sheet),
    ] {
        if content.is_empty() {
            continue;
        }
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file(name, stored).expect("begun");
        zip.write_all(content).expect("written");
    }
    read(&file("kwb-2016.xlsx", &zip.finish().expect("finished").into_inner()));
});
