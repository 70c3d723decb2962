//! CSV: comma, semicolon or tab; quotes; UTF-8 with or without BOM, else Windows-1252.

use std::{
    cell::Cell as Counter,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    rc::Rc,
};

use super::{
    SourceError,
    error::{Place, io},
    guard::Guard,
    table::{Cell, Head, Row, Sink, Tables},
    text,
};

/// No record may be longer: an open quote would swallow the rest of the file.
const MAX_RECORD: usize = 1 << 20;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// A CSV file with a header.
pub struct CsvFile {
    path: PathBuf,
    delimiter: u8,
    heads: Vec<Head>,
}

/// Reads records, held to a length.
type Records = ::csv::Reader<Guard<File>>;

impl CsvFile {
    /// Reads the header; the delimiter is the one that stands there most, outside quotes.
    ///
    /// # Errors
    /// When the file is empty or its header is no text.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let mut start = Vec::new();
        let file = File::open(path).map_err(|error| io(path, error))?;
        file.take(MAX_RECORD as u64).read_to_end(&mut start).map_err(|error| io(path, error))?;
        let line = start.strip_prefix(BOM).unwrap_or(&start);
        let line = line.split(|byte| *byte == b'\n').next().unwrap_or_default();
        if line.iter().all(u8::is_ascii_whitespace) {
            return Err(SourceError::Empty(
                Box::new(Place::file(path)),
                "a first line with the names of the columns",
            ));
        }
        if line.contains(&0) {
            let message = "the first line holds bytes that are no text".to_owned();
            return Err(SourceError::Malformed(Box::new(Place::file(path)), message));
        }
        let mut csv = Self { path: path.to_owned(), delimiter: delimiter(line), heads: Vec::new() };
        let columns = csv
            .reader()?
            .0
            .byte_headers()
            .map_err(|error| csv.malformed(&error, 0))?
            .iter()
            .enumerate()
            .map(|(at, name)| {
                let name = if at == 0 { name.strip_prefix(BOM).unwrap_or(name) } else { name };
                text::decode(name).trim().to_owned()
            })
            .collect();
        csv.heads.push(Head { name: String::new(), columns, has_shapes: false, ..Head::default() });
        Ok(csv)
    }

    fn reader(&self) -> Result<(Records, Rc<Counter<usize>>), SourceError> {
        let file = File::open(&self.path).map_err(|error| io(&self.path, error))?;
        let message = "record longer than 1 MiB, is a quote left open?";
        let (guard, handed) = Guard::new(file, MAX_RECORD, message);
        let reader = ::csv::ReaderBuilder::new()
            .delimiter(self.delimiter)
            .buffer_capacity(1 << 16)
            .from_reader(guard);
        Ok((reader, handed))
    }

    /// What is wrong with `record`, or with the one that the error itself names.
    fn malformed(&self, error: &::csv::Error, record: u64) -> SourceError {
        // The header is record 0 for the csv crate, so its count is ours.
        let record = error.position().map_or(record, ::csv::Position::record);
        let message = match error.kind() {
            ::csv::ErrorKind::UnequalLengths { expected_len, len, pos } => format!(
                "line {}: {len} cells, expected {expected_len} as in the header",
                pos.as_ref().map_or(0, ::csv::Position::line)
            ),
            ::csv::ErrorKind::Io(error) => error.to_string(),
            _ => error.to_string(),
        };
        SourceError::Malformed(Box::new(Place::record(&self.path, "", record)), message)
    }
}

fn delimiter(header: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in header {
        if *byte == b'"' {
            quoted = !quoted;
        } else if !quoted && let Some(entry) = counts.iter_mut().find(|(mark, _)| mark == byte) {
            entry.1 += 1;
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(mark, _)| mark)
}

impl Tables for CsvFile {
    fn heads(&self) -> &[Head] {
        &self.heads
    }

    fn read(
        &mut self,
        _table: usize,
        columns: &[usize],
        sink: &mut Sink<'_>,
    ) -> Result<(), SourceError> {
        let (mut reader, handed) = self.reader()?;
        let mut record = ::csv::ByteRecord::new();
        let mut count = 0;
        loop {
            handed.set(0);
            count += 1;
            let more = reader.read_byte_record(&mut record);
            if !more.map_err(|error| self.malformed(&error, count))? {
                return Ok(());
            }
            let cells: Vec<_> = columns
                .iter()
                .map(|at| {
                    record.get(*at).map_or(Cell::Null, |bytes| Cell::Text(text::decode(bytes)))
                })
                .collect();
            sink(Row { record: count, cells: &cells, shape: None })?;
        }
    }
}
