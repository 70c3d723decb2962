//! A table of coordinates or addresses in, the same table with area codes out.
//!
//! The table is text of delimited fields (RFC 4180, LF or CRLF, any encoding that keeps ASCII) with
//! a header. Every field is copied byte for byte, in order; [`ADDED_COLUMNS`] come behind. Outside
//! every area the codes are empty. A row that cannot be read gets empty codes and a Dutch text in
//! `fout`; of a row with too many fields, those beyond the header's are left out, and one with too
//! few is filled up, so that columns stay in line. Blank lines are dropped.
//!
//! Works on all cores and keeps the order; memory does not grow with the table.

mod addresses;
mod coordinates;
mod fault;
mod header;
mod record;

use std::io::{self, Read, Write};

use rayon::prelude::*;

use crate::area::AreaCode;

pub use self::{
    addresses::locate_addresses,
    coordinates::{CoordinateOptions, TableCrs, locate_csv},
    fault::RowFault,
};
use self::{
    header::Header,
    record::{Record, next_record},
};

/// The columns that are added, in this order, always all of them.
pub const ADDED_COLUMNS: [&str; 4] = ["buurtcode", "wijkcode", "gemeentecode", "fout"];

/// The longest record that is accepted, bytes, its line end included.
pub const MAX_RECORD: usize = 1 << 20;

/// What is read at a time for every thread, bytes: enough to share out, too little to notice.
const READ_PER_THREAD: usize = 1 << 20;
/// The least that is worth a task of its own, bytes: some 8,000 rows.
const TASK: usize = 1 << 18;

/// How to read the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocateOptions {
    /// What stands between fields.
    pub delimiter: u8,
    /// Whether the first row that cannot be read ends it all.
    pub strict: bool,
}

impl Default for LocateOptions {
    fn default() -> Self {
        Self { delimiter: b',', strict: false }
    }
}

/// The areas that a place lies in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The buurt.
    pub buurt: Option<AreaCode>,
    /// The wijk.
    pub wijk: Option<AreaCode>,
    /// The gemeente.
    pub gemeente: Option<AreaCode>,
}

impl Places {
    fn is_outside(&self) -> bool {
        self.buurt.is_none() && self.wijk.is_none() && self.gemeente.is_none()
    }
}

/// What a row is answered with.
#[derive(Default)]
struct Found {
    places: Places,
    /// What stands in `fout`.
    note: Option<String>,
    is_ambiguous: bool,
}

/// How many rows there were; `found`, `ambiguous`, `outside` and `faulty` add up to `rows`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LocateCounts {
    /// Rows below the header; blank lines are none.
    pub rows: u64,
    /// Rows that lie in an area.
    pub found: u64,
    /// Rows with an address that lies in several buurten.
    pub ambiguous: u64,
    /// Rows with a good coordinate or address that lies in no area.
    pub outside: u64,
    /// Rows that cannot be read.
    pub faulty: u64,
}

/// Why a table could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum LocateError {
    /// The input failed.
    #[error("input: {0}")]
    Read(io::Error),
    /// The output failed.
    #[error("output: {0}")]
    Write(io::Error),
    /// There is nothing to read.
    #[error(
        "the input is empty: expected a header line with columns lon,lat or x,y or postcode,huisnummer"
    )]
    Empty,
    /// The delimiter cannot stand between fields.
    #[error("{0:?} cannot be the delimiter: expected one of , ; | : tab or space")]
    Delimiter(char),
    /// A column that tells the place is not there, is there twice, or it is not said which.
    #[error("{0}")]
    Columns(String),
    /// The input has a column of a name that is to be added.
    #[error("the input already has a column {0}, which is to be added: rename or remove it")]
    Added(String),
    /// A record is longer than [`MAX_RECORD`].
    #[error("line {line}: a row of more than {MAX_RECORD} bytes; is a quotation mark not closed?")]
    TooLong {
        /// The line that the record starts on, counted from 1.
        line: u64,
    },
    /// A row cannot be read, and the options ask to stop at it.
    #[error("line {line}: {fault}")]
    Row {
        /// The line that the row starts on, counted from 1.
        line: u64,
        /// What is wrong.
        fault: RowFault,
    },
}

/// Copies a table and adds codes to each row, as `plan` says once it has seen the header.
fn locate_rows<R>(
    mut input: impl Read,
    mut output: impl Write,
    options: &LocateOptions,
    plan: impl FnOnce(&Header) -> Result<R, String>,
) -> Result<LocateCounts, LocateError>
where
    R: Fn(Row<'_>) -> Result<Found, RowFault> + Sync,
{
    if !matches!(options.delimiter, b',' | b';' | b'|' | b':' | b'\t' | b' ') {
        return Err(LocateError::Delimiter(char::from(options.delimiter)));
    }
    let batch = READ_PER_THREAD * rayon::current_num_threads().clamp(1, 64);
    let mut buffer = Vec::with_capacity(batch + MAX_RECORD);
    let mut at_end = fill(&mut input, &mut buffer, batch)?;
    let (header, mut start) = Header::read(&buffer, options.delimiter, at_end)?;
    let find = plan(&header).map_err(LocateError::Columns)?;
    let table = Table { header, find, strict: options.strict };
    output.write_all(&table.header.line).map_err(LocateError::Write)?;

    let mut line = 1 + newlines(&buffer[..start]);
    let mut counts = LocateCounts::default();
    loop {
        let tasks = split(&buffer, start, options.delimiter, at_end);
        let done: Vec<Located> =
            tasks.par_iter().map(|&(a, b)| table.locate(&buffer[a..b])).collect();
        for part in done {
            output.write_all(&part.text).map_err(LocateError::Write)?;
            match part.stopped {
                Some((lines, Stop::TooLong)) => {
                    return Err(LocateError::TooLong { line: line + lines });
                }
                Some((lines, Stop::Fault(fault))) => {
                    return Err(LocateError::Row { line: line + lines, fault });
                }
                None => {}
            }
            line += part.lines;
            counts.rows += part.counts.rows;
            counts.found += part.counts.found;
            counts.ambiguous += part.counts.ambiguous;
            counts.outside += part.counts.outside;
            counts.faulty += part.counts.faulty;
        }
        let rest = tasks.last().map_or(start, |&(_, end)| end);
        if at_end {
            break;
        }
        buffer.drain(..rest);
        if buffer.len() > MAX_RECORD {
            return Err(LocateError::TooLong { line });
        }
        start = 0;
        at_end = fill(&mut input, &mut buffer, batch)?;
    }
    output.flush().map_err(LocateError::Write)?;
    Ok(counts)
}

/// Reads until the buffer holds `batch` bytes more; whether the input has ended.
fn fill(input: &mut impl Read, buffer: &mut Vec<u8>, batch: usize) -> Result<bool, LocateError> {
    let read = input.by_ref().take(batch as u64).read_to_end(buffer).map_err(LocateError::Read)?;
    Ok(read < batch)
}

fn newlines(text: &[u8]) -> u64 {
    text.iter().filter(|b| **b == b'\n').count() as u64
}

/// Cuts what was read, from the start of a record on, into stretches of whole records. At the end
/// of the input the last record needs no line end.
fn split(buffer: &[u8], start: usize, delimiter: u8, at_end: bool) -> Vec<(usize, usize)> {
    let mut tasks = Vec::new();
    let mut begun = start;
    if buffer[start..].contains(&b'"') {
        // A line end may stand in quotes: only reading every record tells.
        let mut at = start;
        while let Some(record) = next_record(&buffer[at..], delimiter, at_end) {
            at += record.next;
            if at - begun >= TASK {
                tasks.push((begun, at));
                begun = at;
            }
        }
        if at > begun {
            tasks.push((begun, at));
        }
        return tasks;
    }
    while begun < buffer.len() {
        let least = (begun + TASK).min(buffer.len());
        let line_end = buffer[least..].iter().position(|b| *b == b'\n').map(|i| least + i + 1);
        let last = || buffer[begun..].iter().rposition(|b| *b == b'\n').map(|i| begun + i + 1);
        let end = line_end.or_else(|| if at_end { Some(buffer.len()) } else { last() });
        let Some(end) = end else { break };
        tasks.push((begun, end));
        begun = end;
        if line_end.is_none() {
            break;
        }
    }
    tasks
}

/// What every row is read and answered with.
struct Table<F> {
    header: Header,
    find: F,
    strict: bool,
}

/// A row with as many fields as the header.
#[derive(Clone, Copy)]
struct Row<'r> {
    bytes: &'r [u8],
    record: Record,
    delimiter: u8,
}

impl<'r> Row<'r> {
    fn field(self, column: usize) -> &'r [u8] {
        self.record.field(self.bytes, column, self.delimiter)
    }
}

/// The answer to a stretch of records.
#[derive(Default)]
struct Located {
    text: Vec<u8>,
    lines: u64,
    counts: LocateCounts,
    /// Why no more of it was read, and how many lines before.
    stopped: Option<(u64, Stop)>,
}

enum Stop {
    TooLong,
    Fault(RowFault),
}

impl<F: Fn(Row<'_>) -> Result<Found, RowFault>> Table<F> {
    fn locate(&self, text: &[u8]) -> Located {
        let mut done = Located::default();
        done.text.reserve(text.len() + text.len() / 2);
        let mut at = 0;
        // The stretch ends with a whole record, by its line end or that of the input.
        while let Some(record) = next_record(&text[at..], self.header.delimiter, true) {
            let bytes = &text[at..at + record.next];
            let lines = done.lines;
            at += record.next;
            done.lines += newlines(bytes);
            if bytes.len() > MAX_RECORD {
                done.stopped = Some((lines, Stop::TooLong));
                return done;
            }
            if record.end == 0 {
                continue;
            }
            done.counts.rows += 1;
            let (places, note) = match self.find(bytes, &record) {
                Ok(Found { places, note, is_ambiguous }) => {
                    let count = if is_ambiguous {
                        &mut done.counts.ambiguous
                    } else if places.is_outside() {
                        &mut done.counts.outside
                    } else {
                        &mut done.counts.found
                    };
                    *count += 1;
                    (places, note)
                }
                Err(fault) if self.strict => {
                    done.stopped = Some((lines, Stop::Fault(fault)));
                    return done;
                }
                Err(fault) => {
                    done.counts.faulty += 1;
                    (Places::default(), Some(fault.to_string()))
                }
            };
            self.copy(bytes, &record, &mut done.text);
            self.add(&places, note.as_deref(), &mut done.text);
        }
        done
    }

    /// The answer to a row.
    fn find(&self, bytes: &[u8], record: &Record) -> Result<Found, RowFault> {
        let header = &self.header;
        if record.open {
            return Err(RowFault::OpenQuote);
        }
        if record.fields != header.fields {
            return Err(RowFault::Fields { found: record.fields, expected: header.fields });
        }
        (self.find)(Row { bytes, record: *record, delimiter: header.delimiter })
    }

    /// Copies a record without its line end, with as many fields as the header has.
    fn copy(&self, bytes: &[u8], record: &Record, text: &mut Vec<u8>) {
        let header = &self.header;
        if record.fields <= header.fields {
            text.extend_from_slice(&bytes[..record.end]);
            if record.open {
                text.push(b'"');
            }
            text.extend(std::iter::repeat_n(header.delimiter, header.fields - record.fields));
        } else {
            let last = record.field_range(bytes, header.fields - 1, header.delimiter);
            text.extend_from_slice(&bytes[..last.end]);
        }
    }

    fn add(&self, places: &Places, note: Option<&str>, text: &mut Vec<u8>) {
        for code in [&places.buurt, &places.wijk, &places.gemeente] {
            text.push(self.header.delimiter);
            text.extend_from_slice(code.as_ref().map_or("", AreaCode::as_str).as_bytes());
        }
        text.push(self.header.delimiter);
        if let Some(note) = note {
            text.push(b'"');
            text.extend_from_slice(note.replace('"', "\"\"").as_bytes());
            text.push(b'"');
        }
        text.extend_from_slice(self.header.line_end);
    }
}

#[cfg(test)]
mod tests;
