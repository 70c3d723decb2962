//! What a file is by its own bytes: what a server calls it does not count.

use std::{
    fs::File,
    io::{BufReader, Read},
    path::Path,
};

use zip::ZipArchive;

/// What a file must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// A GeoPackage.
    Geopackage,
    /// An archive.
    Zip,
    /// A workbook.
    Workbook,
    /// JSON.
    Json,
}

/// So many bytes of a file are enough to know it by.
pub const START: usize = 512;

const SQLITE: &[u8] = b"SQLite format 3\0";

/// Bytes of the head of an SQLite file.
const SQLITE_HEAD: usize = 100;

impl Content {
    fn expected(self) -> &'static str {
        match self {
            Self::Geopackage => "a GeoPackage",
            Self::Zip => "a zip archive",
            Self::Workbook => "a workbook (.xlsx)",
            Self::Json => "JSON",
        }
    }

    /// Whether a file may be what it must be, by its first bytes.
    ///
    /// # Errors
    /// Says what it is instead, and what can be done.
    pub fn check_start(self, start: &[u8]) -> Result<(), String> {
        let is_so = match self {
            Self::Geopackage => start.starts_with(SQLITE),
            Self::Zip | Self::Workbook => start.starts_with(b"PK\x03\x04"),
            Self::Json => matches!(first_sign(start), Some(b'{' | b'[')),
        };
        if is_so {
            return Ok(());
        }
        let expected = self.expected();
        Err(match page_title(start) {
            Some(title) => format!(
                "answered with a web page{title} in the place of {expected}: the file may have \
                 moved, or the site be under maintenance; open the address in a browser to see which"
            ),
            None if start.is_empty() => format!("answered with nothing in the place of {expected}"),
            None => format!("answered with something that is not {expected}"),
        })
    }

    /// Whether a file is whole, as far as it tells itself.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn check_whole(self, path: &Path) -> Result<(), String> {
        let expected = self.expected();
        let failed = |error: &dyn std::fmt::Display| format!("is not {expected}: {error}");
        let file = File::open(path).map_err(|error| failed(&error))?;
        let size = file.metadata().map_err(|error| failed(&error))?.len();
        match self {
            Self::Geopackage => {
                let mut head = Vec::with_capacity(SQLITE_HEAD);
                let read = file.take(SQLITE_HEAD as u64).read_to_end(&mut head);
                read.map_err(|error| failed(&error))?;
                check_geopackage(&head, size)
            }
            Self::Zip => {
                ZipArchive::new(BufReader::new(file)).map(drop).map_err(|error| failed(&error))
            }
            Self::Workbook => {
                let archive =
                    ZipArchive::new(BufReader::new(file)).map_err(|error| failed(&error))?;
                let has_book = archive
                    .file_names()
                    .any(|name| name.is_ok_and(|name| name == "xl/workbook.xml"));
                if has_book { Ok(()) } else { Err(failed(&"it holds no xl/workbook.xml")) }
            }
            Self::Json => Ok(()),
        }
    }
}

/// Whether the head of an SQLite file is that of a GeoPackage of so many bytes.
fn check_geopackage(head: &[u8], size: u64) -> Result<(), String> {
    let number = |at: usize| {
        let bytes = head.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map(u32::from_be_bytes).ok_or("is not a GeoPackage: it ends in its head")
    };
    // `GPKG`, or what versions before 1.2 had.
    if !matches!(number(68)?, 0x4750_4B47 | 0x4750_3130 | 0x4750_3131) {
        return Err("is an SQLite file, but not a GeoPackage".to_owned());
    }
    let page = match head.get(16..18) {
        Some([0, 1]) => 65_536,
        Some([high, low]) => u64::from(*high) << 8 | u64::from(*low),
        _ => 0,
    };
    // How many pages there are is only told where the last writer was one that tells it.
    let is_told = number(24)? == number(92)?;
    let told = page * u64::from(number(28)?);
    if is_told && told > size {
        return Err(format!("is cut off: {size} bytes of the {told} that it says it has"));
    }
    Ok(())
}

fn first_sign(start: &[u8]) -> Option<u8> {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    start.iter().copied().find(|byte| !byte.is_ascii_whitespace())
}

/// The title of a web page, between quotes and after a space, as far as it stands in the first
/// bytes; `None` where they are no such page.
fn page_title(start: &[u8]) -> Option<String> {
    const LONGEST: usize = 80;
    if first_sign(start) != Some(b'<') {
        return None;
    }
    let text = String::from_utf8_lossy(start);
    let lower = text.to_ascii_lowercase();
    if !["<!doctype html", "<html", "<head", "<body", "<?xml"].iter().any(|tag| lower.contains(tag))
    {
        return None;
    }
    let title = lower.find("<title").and_then(|at| {
        let from = at + lower.get(at..)?.find('>')? + 1;
        let end = from + lower.get(from..)?.find("</title")?;
        text.get(from..end)
    });
    let plain = title.unwrap_or_default().replace(|c: char| c.is_control(), " ");
    let words: Vec<_> = plain.split_whitespace().collect();
    let clean: String = words.join(" ").chars().take(LONGEST).collect();
    Some(if clean.is_empty() { String::new() } else { format!(" ({clean:?})") })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn first_bytes_tell_what_a_file_is() {
        for (content, start) in [
            (Content::Geopackage, SQLITE),
            (Content::Zip, b"PK\x03\x04rest".as_slice()),
            (Content::Workbook, b"PK\x03\x04rest"),
            (Content::Json, b"\xef\xbb\xbf {\"value\":[]}"),
        ] {
            assert_eq!(content.check_start(start), Ok(()));
            for other in [b"%PDF".as_slice(), b"", b"<html>"] {
                assert!(content.check_start(other).is_err());
            }
        }
    }

    #[test]
    fn a_page_is_told_by_its_title() {
        let page = b"\n<!DOCTYPE html><html><head><TITLE>\n Onderhoud \x1b</TITLE>";
        let told = Content::Zip.check_start(page).expect_err("a page");
        assert!(told.contains("a web page (\"Onderhoud\")"), "{told}");
        let bare = Content::Json.check_start(b"<html><body>x").expect_err("a page");
        assert!(bare.contains("a web page in the place of JSON"), "{bare}");
    }

    #[test]
    fn a_geopackage_that_is_cut_off_is_known_by_its_head() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.gpkg");
        let connection = rusqlite::Connection::open(&path).expect("a new file");
        connection.pragma_update(None, "application_id", 0x4750_4B47).expect("set");
        connection.execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)").expect("a table");
        drop(connection);
        assert_eq!(Content::Geopackage.check_whole(&path), Ok(()));
        let whole = std::fs::read(&path).expect("the file");
        std::fs::write(&path, &whole[..whole.len() - 1]).expect("written");
        let told = Content::Geopackage.check_whole(&path).expect_err("cut off");
        assert!(told.contains("cut off"), "{told}");
        std::fs::write(&path, &whole[..40]).expect("written");
        assert!(Content::Geopackage.check_whole(&path).is_err());
        let mut other = whole;
        other[68] = 0;
        std::fs::write(&path, other).expect("written");
        assert!(Content::Geopackage.check_whole(&path).is_err());
    }

    #[test]
    fn a_workbook_is_more_than_an_archive() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.xlsx");
        let mut zip = zip::ZipWriter::new(File::create(&path).expect("a new file"));
        zip.start_file("readme.txt", zip::write::SimpleFileOptions::default()).expect("begun");
        zip.write_all(b"x").expect("written");
        zip.finish().expect("finished");
        assert_eq!(Content::Zip.check_whole(&path), Ok(()));
        assert!(Content::Workbook.check_whole(&path).is_err());
        let whole = std::fs::read(&path).expect("the file");
        std::fs::write(&path, &whole[..whole.len() - 5]).expect("written");
        assert!(Content::Zip.check_whole(&path).is_err());
    }
}
