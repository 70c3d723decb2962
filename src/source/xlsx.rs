//! Excel workbooks (Office Open XML), the cells alone: no formula is computed, no style read.

use std::{
    borrow::Cow,
    fs::File,
    io::{BufReader, Read},
    path::{Path, PathBuf},
};

use calamine::{DataRef, Reader, Xlsx, XlsxCellReader};

use super::{
    SourceError,
    error::{Place, io},
    table::{Cell, Head, MAX_COLUMNS, MAX_TABLES, Row, Sink, Tables},
};

/// What a workbook may unpack to in all; the largest of CBS (KWB) is some 60 MB.
const MAX_UNPACKED: u64 = 512 << 20;
/// What a part that is no sheet may unpack to: the shared texts are held in memory. The largest of
/// CBS is some 2 MB.
const MAX_SHARED: u64 = 64 << 20;
/// How many times its packed size a part may unpack to, beyond [`FREE`]: sheets of figures unpack
/// to some ten times, a bomb to a thousand.
const MAX_RATIO: u64 = 100;
/// What any part may unpack to.
const FREE: u64 = 8 << 20;
/// More parts than any workbook of figures has.
const MAX_PARTS: usize = 4096;
/// What a zip archive begins with; one that only ends as such may be something else as well.
const ZIP: [u8; 2] = *b"PK";
/// Where workbooks keep their sheets.
const SHEETS: &str = "worksheets/";
/// How the name of the part with the shared texts ends.
const SHARED_TEXTS: &str = "sharedstrings.xml";

/// An open workbook.
pub struct Workbook {
    path: PathBuf,
    book: Xlsx<BufReader<File>>,
    heads: Vec<Head>,
}

impl Workbook {
    /// Opens a workbook and reads the first row of each sheet.
    ///
    /// # Errors
    /// When it is no workbook, or unpacks to more than 512 MiB.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        check_size(path)?;
        let book = calamine::open_workbook::<Xlsx<_>, _>(path)
            .map_err(|error| malformed(path, "", format!("not readable as a workbook: {error}")))?;
        let mut workbook = Self { path: path.to_owned(), book, heads: Vec::new() };
        // One more than may be, so that too many are told.
        for name in workbook.book.sheet_names().into_iter().take(MAX_TABLES + 1) {
            let columns = workbook.header(&name)?;
            workbook.heads.push(Head { name, columns, has_shapes: false, ..Head::default() });
        }
        Ok(workbook)
    }

    fn header(&mut self, sheet: &str) -> Result<Vec<String>, SourceError> {
        let Self { path, book, .. } = self;
        // A chart sheet has no cells to read.
        let Ok(mut cells) = book.worksheet_cells_reader(sheet) else { return Ok(Vec::new()) };
        let mut columns = Vec::new();
        while let Some((_, column, value)) = next(path, sheet, &mut cells, 0)? {
            columns.resize(columns.len().max(column + 1), String::new());
            if let (Some(name), Cell::Text(text)) = (columns.get_mut(column), cell(value)) {
                *name = text.trim().to_owned();
            }
        }
        Ok(columns)
    }
}

/// The next cell with a value that stands in row `last` or above it: row, column, value.
fn next<'a>(
    path: &Path,
    sheet: &str,
    cells: &mut XlsxCellReader<'a, BufReader<File>>,
    last: u32,
) -> Result<Option<(u32, usize, DataRef<'a>)>, SourceError> {
    let cell = cells
        .next_cell()
        .map_err(|error| malformed(path, sheet, format!("not readable: {error}")))?;
    let Some(cell) = cell else { return Ok(None) };
    let (row, column) = cell.get_position();
    if row > last {
        return Ok(None);
    }
    if column as usize >= MAX_COLUMNS {
        let message = format!("a cell in column {}, expected at most {MAX_COLUMNS}", column + 1);
        return Err(malformed(path, sheet, message));
    }
    Ok(Some((row, column as usize, cell.get_value().clone())))
}

impl Tables for Workbook {
    fn heads(&self) -> &[Head] {
        &self.heads
    }

    fn read(
        &mut self,
        table: usize,
        columns: &[usize],
        sink: &mut Sink<'_>,
    ) -> Result<(), SourceError> {
        let Self { path, book, heads } = self;
        let Some(head) = heads.get(table) else { return Ok(()) };
        let mut reader = book
            .worksheet_cells_reader(&head.name)
            .map_err(|error| malformed(path, &head.name, format!("not readable: {error}")))?;
        let mut places = vec![None; head.columns.len()];
        for (place, at) in columns.iter().enumerate() {
            if let Some(entry) = places.get_mut(*at) {
                *entry = Some(place);
            }
        }
        let mut cells = vec![Cell::Null; columns.len()];
        let (mut current, mut filled) = (0, false);
        while let Some((row, column, value)) = next(path, &head.name, &mut reader, u32::MAX)? {
            if row == 0 {
                continue;
            }
            if row != current {
                if row < current {
                    let message = format!("row {} comes after row {}", row + 1, current + 1);
                    return Err(malformed(path, &head.name, message));
                }
                if filled {
                    sink(Row { record: current.into(), cells: &cells, shape: None })?;
                }
                cells.fill(Cell::Null);
                (current, filled) = (row, false);
            }
            filled |= value != DataRef::Empty;
            if let Some(place) = places.get(column).copied().flatten()
                && let Some(entry) = cells.get_mut(place)
            {
                *entry = cell(value);
            }
        }
        if filled {
            sink(Row { record: current.into(), cells: &cells, shape: None })?;
        }
        Ok(())
    }
}

fn cell(value: DataRef<'_>) -> Cell<'_> {
    match value {
        DataRef::Empty => Cell::Null,
        #[expect(clippy::cast_precision_loss, reason = "figures stay far below 2^53")]
        DataRef::Int(number) => Cell::Number(number as f64),
        DataRef::Float(number) => Cell::Number(number),
        DataRef::SharedString(text) => Cell::Text(Cow::Borrowed(text)),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Cell::Text(Cow::Owned(text))
        }
        DataRef::Bool(truth) => Cell::Text(Cow::Borrowed(if truth { "TRUE" } else { "FALSE" })),
        DataRef::DateTime(date) => Cell::Number(date.as_f64()),
        DataRef::Error(error) => Cell::Text(Cow::Owned(error.to_string())),
    }
}

/// Unpacks every part once, since what the directory says of sizes may be a lie.
fn check_size(path: &Path) -> Result<(), SourceError> {
    let mut file = File::open(path).map_err(|error| io(path, error))?;
    let packed = file.metadata().map_err(|error| io(path, error))?.len();
    let wrong = |error: String| malformed(path, "", format!("not readable as a workbook: {error}"));
    let mut start = [0; ZIP.len()];
    if file.read_exact(&mut start).is_err() || start != ZIP {
        return Err(wrong("no zip archive".to_owned()));
    }
    let mut archive =
        zip::ZipArchive::new(BufReader::new(file)).map_err(|error| wrong(error.to_string()))?;
    if archive.len() > MAX_PARTS {
        return Err(wrong(format!("{} parts, expected at most {MAX_PARTS}", archive.len())));
    }
    let most = MAX_UNPACKED.min(FREE.saturating_add(packed.saturating_mul(MAX_RATIO)));
    let mut left = most;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| wrong(error.to_string()))?;
        let name = part.name().map_err(|error| wrong(error.to_string()))?.to_ascii_lowercase();
        let (limit, of) =
            if name.contains(SHEETS) { (left, most) } else { (left.min(MAX_SHARED), MAX_SHARED) };
        let said = part.size().min(limit) + 1;
        let mut part = part.take(limit + 1);
        let mut texts = Vec::new();
        let unpacked = if name.ends_with(SHARED_TEXTS) {
            // All at once: growing by halves would take twice as much.
            texts.reserve_exact(usize::try_from(said).unwrap_or(0));
            part.read_to_end(&mut texts).map(|size| size as u64)
        } else {
            std::io::copy(&mut part, &mut std::io::sink())
        };
        let size = unpacked.map_err(|error| wrong(error.to_string()))?;
        if size > limit {
            let of = if limit == left { most } else { of };
            return Err(wrong(format!(
                "part {name} unpacks to more than the {} MiB that are left or allowed",
                of >> 20
            )));
        }
        if overstates(&texts) {
            return Err(wrong(format!("{name} claims more texts than it has room for")));
        }
        left -= size;
    }
    Ok(())
}

/// Whether a list of shared texts claims more of them than it has bytes: calamine makes room for
/// what is claimed, and a claim beyond all memory ends the program.
fn overstates(list: &[u8]) -> bool {
    const CLAIM: &[u8] = b"uniqueCount";
    let claims = list.windows(CLAIM.len()).enumerate().filter(|(_, text)| *text == CLAIM);
    let too_many = |rest: &[u8]| {
        let digits =
            rest.iter().skip_while(|b| !b.is_ascii_digit()).take_while(|b| b.is_ascii_digit());
        let claimed = digits.fold(0_usize, |n, digit| {
            n.saturating_mul(10).saturating_add(usize::from(digit - b'0'))
        });
        claimed > list.len()
    };
    // In UTF-16 the claim would not be seen here; no writer of workbooks uses it.
    list.contains(&0) || claims.map(|(at, _)| list.get(at..).unwrap_or_default()).any(too_many)
}

fn malformed(path: &Path, sheet: &str, message: String) -> SourceError {
    SourceError::Malformed(Box::new(Place::record(path, sheet, 0)), message)
}
