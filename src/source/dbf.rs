//! dBASE tables, as they stand beside shapes.
//!
//! The `dbase` crate reads header, fields and records; what the header claims is held against the
//! file first. Cells are taken as the bytes that they are ([`RawRecord`]), not as the crate's
//! values: it reads a field of kind F as `f32`, in which the mark -99999998 is -100000000; it
//! refuses a number with a decimal comma or a mark in its place; and it has one encoding a file,
//! where a name in Windows-1252 in a file that says UTF-8 would lose its letters.

use std::{
    fmt,
    fs::File,
    io::{BufReader, Read, Seek},
    path::{Path, PathBuf},
};

use dbase::{
    CodePageMark, Encoding, FieldType,
    encoding::{DynEncoding, EncodingRs},
};
use encoding_rs::WINDOWS_1252;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

use super::{
    SourceError,
    error::{Place, io},
    table::Cell,
    text,
};

/// The bytes of the header before the fields, and of each field's descriptor.
const HEADER: usize = 32;
/// Where a field's descriptor has its width.
const WIDTH: usize = 16;
/// What ends the list of fields.
const END_OF_FIELDS: u8 = 0x0d;
/// What Visual FoxPro keeps between the fields and the records.
const BACKLINK: usize = 263;

/// An open table.
pub struct Dbf {
    path: PathBuf,
    table: dbase::File<BufReader<File>>,
    /// `None`: UTF-8 where a text is that, else Windows-1252.
    encoding: Option<DynEncoding>,
    next: usize,
    record: RawRecord,
}

impl Dbf {
    /// Opens a table and holds its header against the size of the file.
    ///
    /// The encoding is the one that a `.cpg` beside it names, else the one of the header's
    /// language byte. Where neither says one that is known, or both say UTF-8, a text is UTF-8
    /// where it can be, else Windows-1252.
    ///
    /// # Errors
    /// When the header is no dBASE header, or the file is shorter than it says.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let mut file = File::open(path).map_err(|error| io(path, error))?;
        let mark = check(path, &mut file)?;
        file.rewind().map_err(|error| io(path, error))?;
        let encoding = encoding(path, mark);
        let names = encoding.clone().unwrap_or_else(|| EncodingRs::from(WINDOWS_1252).into());
        let source = BufReader::with_capacity(1 << 16, file);
        let table = dbase::File::open_with_encoding(source, names)
            .map_err(|error| malformed(path, 0, format!("no dBASE table: {}", error.kind())))?;
        Ok(Self { path: path.to_owned(), table, encoding, next: 0, record: RawRecord::default() })
    }

    /// The names of the fields.
    pub fn columns(&self) -> Vec<String> {
        self.table.fields().iter().map(|field| field.name().trim().to_owned()).collect()
    }

    /// How many records the table has, deleted ones among them.
    pub fn len(&self) -> u64 {
        self.table.num_records() as u64
    }

    /// The wanted cells of the next record; `None` for a deleted one.
    ///
    /// # Errors
    /// When the file ends before the record does, or a wanted field is not written as text.
    pub fn next(&mut self, columns: &[usize]) -> Result<Option<Vec<Cell<'_>>>, SourceError> {
        let at = self.next;
        self.next += 1;
        let wrong =
            |error: dbase::Error| malformed(&self.path, at as u64 + 1, error.kind().to_string());
        let Some(mut record) = self.table.record(at) else {
            return Err(malformed(&self.path, at as u64 + 1, "past the last record".to_owned()));
        };
        if record.is_deleted().map_err(wrong)? {
            return Ok(None);
        }
        self.record = record.read_as().map_err(wrong)?;
        columns.iter().map(|column| self.cell(*column)).collect::<Result<_, _>>().map(Some)
    }

    fn cell(&self, at: usize) -> Result<Cell<'_>, SourceError> {
        let (Some(field), Some(bytes)) = (self.table.fields().get(at), self.record.0.get(at))
        else {
            return Ok(Cell::Null);
        };
        let kind = field.field_type();
        if !matches!(
            kind,
            FieldType::Character
                | FieldType::Numeric
                | FieldType::Float
                | FieldType::Logical
                | FieldType::Date
        ) {
            let message =
                format!("field {} is of kind {kind:?}, expected text or a number", field.name());
            return Err(malformed(&self.path, self.next as u64, message));
        }
        let bytes = bytes.0.split(|byte| *byte == 0).next().unwrap_or_default().trim_ascii();
        // A number that did not fit its field is written as stars.
        if bytes.iter().all(|byte| *byte == b'*') {
            return Ok(Cell::Null);
        }
        let decoded = self.encoding.as_ref().and_then(|encoding| encoding.decode(bytes).ok());
        Ok(Cell::Text(decoded.unwrap_or_else(|| text::decode(bytes))))
    }
}

/// The fields of a record as the bytes that stand there, by the crate's serde.
#[derive(Default)]
struct RawRecord(Vec<RawField>);

struct RawField(Vec<u8>);

struct RecordVisitor;

struct FieldVisitor;

impl<'de> Deserialize<'de> for RawRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The number is not looked at: the crate gives all fields that there are.
        deserializer.deserialize_tuple(0, RecordVisitor)
    }
}

impl<'de> Visitor<'de> for RecordVisitor {
    type Value = RawRecord;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the fields of a record")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<RawRecord, A::Error> {
        let mut record = Vec::new();
        while let Some(field) = fields.next_element()? {
            record.push(field);
        }
        Ok(RawRecord(record))
    }
}

impl<'de> Deserialize<'de> for RawField {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_byte_buf(FieldVisitor)
    }
}

impl Visitor<'_> for FieldVisitor {
    type Value = RawField;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the bytes of a field")
    }

    fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<RawField, E> {
        Ok(RawField(bytes))
    }
}

/// Holds what a header claims against the file, as the crate reckons with it; the language byte.
///
/// The crate takes as many fields as fit before the records, whatever ends their list, and steps
/// by the sum of their widths, cut to 16 bits, whatever the header says of a record's length.
fn check(path: &Path, file: &mut File) -> Result<CodePageMark, SourceError> {
    let wrong = |message| Err(malformed(path, 0, message));
    let size = file.metadata().map_err(|error| io(path, error))?.len();
    let mut head = [0; HEADER];
    if file.read_exact(&mut head).is_err() {
        return wrong(format!("{size} bytes, too short for a dBASE table"));
    }
    let [version, _, _, _, a, b, c, d, h0, h1, r0, r1, .., mark, _, _] = head;
    let records = u64::from(u32::from_le_bytes([a, b, c, d]));
    let (header, length) = (u16::from_le_bytes([h0, h1]), u16::from_le_bytes([r0, r1]));
    if usize::from(header) <= HEADER || u64::from(header) > size || length < 2 {
        return wrong(format!(
            "no dBASE table: a header of {header} and records of {length} bytes"
        ));
    }
    let whole = (size - u64::from(header)) / u64::from(length);
    if whole < records {
        let message = format!("the file ends here, expected {records} records of {length} bytes");
        return Err(malformed(path, whole + 1, message));
    }
    let mut fields = vec![0; usize::from(header) - HEADER];
    file.read_exact(&mut fields).map_err(|error| io(path, error))?;
    let is_fox_pro = (0x30..=0x32).contains(&version);
    let room = fields.len().saturating_sub(if is_fox_pro { BACKLINK } else { 0 });
    let (fields, rest) = fields.split_at(room.saturating_sub(1) / HEADER * HEADER);
    let mut fields = fields.chunks_exact(HEADER);
    let count = fields.len();
    if let Some(at) = fields.clone().position(|field| field.first() == Some(&END_OF_FIELDS)) {
        return wrong(format!("a list of {at} fields in a header for {count}"));
    }
    if rest.first() != Some(&END_OF_FIELDS) {
        return wrong(format!("a list of fields that does not end after {count}"));
    }
    let widths: usize =
        fields.by_ref().filter_map(|field| field.get(WIDTH)).map(|width| usize::from(*width)).sum();
    // The byte before the fields says whether a record was deleted.
    if widths + 1 != usize::from(length) {
        let message = format!("fields of {} bytes in records of {length}", widths + 1);
        return wrong(message);
    }
    Ok(CodePageMark::from(mark))
}

/// The encoding of the texts, where it is known to be another than UTF-8.
fn encoding(path: &Path, mark: CodePageMark) -> Option<DynEncoding> {
    let mut label = String::new();
    let named = companion(path, "cpg").and_then(|path| File::open(path).ok());
    if named.is_some_and(|file| file.take(64).read_to_string(&mut label).is_ok()) {
        // `ISO 8859-1`, `ANSI 1252`: the crate knows the number without its maker.
        let label = label.trim().trim_start_matches('\u{feff}').to_ascii_uppercase();
        let number = label.trim_start_matches(|c: char| !c.is_ascii_digit());
        if matches!(label.as_str(), "UTF-8" | "UTF8") || number == "65001" {
            return None;
        }
        let known = DynEncoding::from_name(&label).or_else(|| DynEncoding::from_name(number));
        if known.is_some() {
            return known;
        }
    }
    match mark {
        CodePageMark::Undefined | CodePageMark::Invalid | CodePageMark::Utf8 => None,
        mark => mark.to_encoding(),
    }
}

/// The file beside `path` with another extension, in lower or upper case.
pub(super) fn companion(path: &Path, extension: &str) -> Option<PathBuf> {
    [extension.to_owned(), extension.to_uppercase()]
        .into_iter()
        .map(|extension| path.with_extension(extension))
        .find(|candidate| candidate.is_file())
}

fn malformed(path: &Path, record: u64, message: String) -> SourceError {
    SourceError::Malformed(Box::new(Place::record(path, "", record)), message)
}
