//! dBASE tables, as they stand beside shapes: fixed-width records, read directly.
//!
//! The crates at hand make a map of every record; a table of forty columns is then ten times
//! slower than its shapes.

use std::{
    fs::File,
    io::{BufReader, Read},
    path::{Path, PathBuf},
};

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::{
    SourceError,
    error::{Place, io},
    table::Cell,
    text,
};

/// The header before the fields, and each field's descriptor.
const HEADER: usize = 32;
/// What ends the list of fields.
const END_OF_FIELDS: u8 = 0x0d;
/// The first byte of a record that was deleted.
const DELETED: u8 = b'*';

/// An open table.
pub struct Dbf {
    path: PathBuf,
    reader: BufReader<File>,
    fields: Vec<Field>,
    encoding: Option<&'static Encoding>,
    records: u64,
    next: u64,
    buffer: Vec<u8>,
}

struct Field {
    name: String,
    start: usize,
    end: usize,
}

impl Dbf {
    /// Opens a table and holds its header against the size of the file.
    ///
    /// The encoding is the one that a `.cpg` beside it names, else UTF-8 where a text is that,
    /// else Windows-1252.
    ///
    /// # Errors
    /// When the header is no dBASE header, or the file is shorter than it says.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let file = File::open(path).map_err(|error| io(path, error))?;
        let size = file.metadata().map_err(|error| io(path, error))?.len();
        let wrong = |record, message| {
            SourceError::Malformed(Box::new(Place::record(path, "", record)), message)
        };
        let mut reader = BufReader::with_capacity(1 << 16, file);
        let mut head = [0; HEADER];
        reader
            .read_exact(&mut head)
            .map_err(|_| wrong(0, format!("{size} bytes, too short for a dBASE table")))?;
        let [_, _, _, _, a, b, c, d, h0, h1, r0, r1, ..] = head;
        let records = u64::from(u32::from_le_bytes([a, b, c, d]));
        let header = u64::from(u16::from_le_bytes([h0, h1]));
        let length = u64::from(u16::from_le_bytes([r0, r1]));
        if header < HEADER as u64 + 1 || header > size || length < 2 {
            return Err(wrong(
                0,
                format!("no dBASE table: a header of {header} and records of {length} bytes"),
            ));
        }
        let whole = (size - header) / length;
        if whole < records {
            return Err(wrong(
                whole + 1,
                format!("the file ends here, expected {records} records of {length} bytes"),
            ));
        }
        let mut descriptors = vec![0; usize::from(u16::from_le_bytes([h0, h1])) - HEADER];
        reader.read_exact(&mut descriptors).map_err(|error| io(path, error))?;
        let mut fields = Vec::new();
        let mut start = 1;
        for descriptor in descriptors.chunks_exact(HEADER) {
            if descriptor[0] == END_OF_FIELDS {
                break;
            }
            let name = descriptor[..11].split(|byte| *byte == 0).next().unwrap_or_default();
            let end = start + usize::from(descriptor[16]);
            fields.push(Field { name: text::decode(name).trim().to_owned(), start, end });
            start = end;
        }
        if start as u64 > length {
            let message = format!("fields of {start} bytes in records of {length}");
            return Err(wrong(0, message));
        }
        let buffer = vec![0; usize::from(u16::from_le_bytes([r0, r1]))];
        let encoding = code_page(path);
        Ok(Self { path: path.to_owned(), reader, fields, encoding, records, next: 0, buffer })
    }

    /// The names of the fields.
    pub fn columns(&self) -> Vec<String> {
        self.fields.iter().map(|field| field.name.clone()).collect()
    }

    /// How many records the table has, deleted ones among them.
    pub fn len(&self) -> u64 {
        self.records
    }

    /// The wanted cells of the next record; `None` for a deleted one.
    ///
    /// # Errors
    /// When the file ends before the record does.
    pub fn next(&mut self, columns: &[usize]) -> Result<Option<Vec<Cell<'_>>>, SourceError> {
        self.next += 1;
        self.reader.read_exact(&mut self.buffer).map_err(|error| {
            let place = Place::record(&self.path, "", self.next);
            SourceError::Malformed(Box::new(place), error.to_string())
        })?;
        if self.buffer.first() == Some(&DELETED) {
            return Ok(None);
        }
        let cells = columns.iter().map(|at| self.cell(*at)).collect();
        Ok(Some(cells))
    }

    fn cell(&self, at: usize) -> Cell<'_> {
        let bytes = self.fields.get(at).and_then(|field| self.buffer.get(field.start..field.end));
        let bytes = bytes.unwrap_or_default().trim_ascii();
        let bytes = bytes.strip_suffix(b"\0").map_or(bytes, |_| {
            bytes.split(|byte| *byte == 0).next().unwrap_or_default().trim_ascii()
        });
        // A number that did not fit its field is written as stars.
        if bytes.is_empty() || bytes.iter().all(|byte| *byte == b'*') {
            return Cell::Null;
        }
        Cell::Text(match self.encoding {
            Some(encoding) if encoding != UTF_8 => encoding.decode_without_bom_handling(bytes).0,
            _ => text::decode(bytes),
        })
    }
}

/// The encoding that a `.cpg` file names.
fn code_page(path: &Path) -> Option<&'static Encoding> {
    let mut label = String::new();
    let file = companion(path, "cpg")?;
    File::open(file).ok()?.take(64).read_to_string(&mut label).ok()?;
    let label = label.trim().to_ascii_lowercase();
    match label.trim_start_matches(|c: char| !c.is_ascii_digit()) {
        "65001" => Some(UTF_8),
        "1252" | "88591" | "8859-1" => Some(WINDOWS_1252),
        _ => Encoding::for_label(label.as_bytes()),
    }
}

/// The file beside `path` with another extension, in lower or upper case.
pub(super) fn companion(path: &Path, extension: &str) -> Option<PathBuf> {
    [extension.to_owned(), extension.to_uppercase()]
        .into_iter()
        .map(|extension| path.with_extension(extension))
        .find(|candidate| candidate.is_file())
}
