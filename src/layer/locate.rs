//! A table of coordinates or addresses in, the same table with area codes out.
//!
//! A table is text of delimited fields with a header, lines of JSON objects, or a GeoJSON
//! collection of points; the answer has the same form. Everything is copied byte for byte, in
//! order; [`ADDED_COLUMNS`] come behind, as columns, members or properties. Outside every area
//! there are no codes. A row that cannot be read gets no codes and a Dutch text in `fout`: of a
//! delimited row with too many fields, those beyond the header's are left out, and one with too
//! few is filled up, so that columns stay in line; of what is no JSON object, nothing but the text
//! remains. Blank lines are dropped.
//!
//! Works on all cores and keeps the order; memory does not grow with the table.

mod delimited;
mod error;
mod fault;
mod features;
mod form;
mod gazetteer;
mod header;
mod json;
mod ndjson;
mod question;
mod record;

use std::io::{Read, Write};

use rayon::prelude::*;

use crate::area::AreaCode;

use self::{
    delimited::Delimited,
    features::Features,
    form::{Form, Located, Stop, newlines},
    ndjson::Ndjson,
};
pub use self::{
    error::{ColumnFault, Columns, LocateError},
    fault::RowFault,
    gazetteer::{DivisionGazetteer, Gazetteer},
};

/// The columns that are added, in this order, always all of them.
pub const ADDED_COLUMNS: [&str; 4] = ["buurtcode", "wijkcode", "gemeentecode", "fout"];

/// The longest record that is accepted, bytes, its line end included.
pub const MAX_RECORD: usize = 1 << 20;

/// What is read at a time for every thread, bytes: enough to share out, too little to notice.
const READ_PER_THREAD: usize = 1 << 20;

/// The form of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TableForm {
    /// Delimited fields by RFC 4180 with a header; LF or CRLF, any encoding that keeps ASCII.
    #[default]
    Csv,
    /// A JSON object a line.
    Ndjson,
    /// A GeoJSON collection of points.
    Geojson,
}

/// What the coordinates of a table are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableCrs {
    /// RD New, metres; columns `x` and `y` unless named otherwise.
    Rd,
    /// Longitude and latitude in degrees, ETRS89 or WGS 84; columns `lon` and `lat` unless named
    /// otherwise.
    Wgs84,
}

impl TableCrs {
    /// The system that a short name, an address or a URN stands for. Coordinates are in the order
    /// of the table all the same.
    pub fn from_name(name: &str) -> Option<Self> {
        let code = |prefix: &str| name.strip_prefix(prefix);
        let epsg = code("EPSG:")
            .or_else(|| code("http://www.opengis.net/def/crs/EPSG/0/"))
            .or_else(|| code("urn:ogc:def:crs:EPSG::"));
        match (name, epsg) {
            ("rd", _) | (_, Some("28992")) => Some(Self::Rd),
            ("wgs84", _) | (_, Some("4326" | "4258")) => Some(Self::Wgs84),
            _ => ["CRS84", "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84"]
                .into_iter()
                .chain(["http://www.opengis.net/def/crs/OGC/1.3/CRS84"])
                .any(|known| known == name)
                .then_some(Self::Wgs84),
        }
    }
}

/// What tells the place of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LocateBy {
    /// Two coordinates.
    #[default]
    Coordinate,
    /// A postcode and, where there is one, a house number.
    Address,
    /// Coordinates where there are columns of them, else an address.
    Either,
}

/// How to read the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocateOptions {
    /// The form of the table.
    pub form: TableForm,
    /// What stands between delimited fields.
    pub delimiter: u8,
    /// Whether the first row that cannot be read ends it all.
    pub strict: bool,
    /// What tells the place; of GeoJSON always the geometry.
    pub by: LocateBy,
    /// What the coordinates are in; by default what names say, of GeoJSON degrees.
    pub crs: Option<TableCrs>,
    /// The column of the easting or longitude, in any letter case.
    pub x_column: Option<String>,
    /// The column of the northing or latitude, in any letter case.
    pub y_column: Option<String>,
}

impl Default for LocateOptions {
    fn default() -> Self {
        Self {
            form: TableForm::Csv,
            delimiter: b',',
            strict: false,
            by: LocateBy::Coordinate,
            crs: None,
            x_column: None,
            y_column: None,
        }
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

/// What is added to a row.
struct AddedTo {
    places: Places,
    note: Option<String>,
}

impl From<Result<Found, RowFault>> for AddedTo {
    fn from(found: Result<Found, RowFault>) -> Self {
        match found {
            Ok(Found { places, note, .. }) => Self { places, note },
            Err(fault) => Self { places: Places::default(), note: Some(fault.to_string()) },
        }
    }
}

impl AddedTo {
    /// The codes, in the order of [`ADDED_COLUMNS`].
    fn codes(&self) -> [Option<&str>; 3] {
        let Places { buurt, wijk, gemeente } = &self.places;
        [buurt, wijk, gemeente].map(|code| code.as_ref().map(AreaCode::as_str))
    }

    /// All of it, in the order of [`ADDED_COLUMNS`].
    fn columns(&self) -> [Option<&str>; 4] {
        let [buurt, wijk, gemeente] = self.codes();
        [buurt, wijk, gemeente, self.note.as_deref()]
    }
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

impl LocateCounts {
    /// Counts a row by what was found, and hands that on.
    fn count(&mut self, found: Result<Found, RowFault>) -> Result<Found, RowFault> {
        self.rows += 1;
        *match &found {
            Err(_) => &mut self.faulty,
            Ok(found) if found.is_ambiguous => &mut self.ambiguous,
            Ok(found) if found.places.is_outside() => &mut self.outside,
            Ok(_) => &mut self.found,
        } += 1;
        found
    }

    fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.found += other.found;
        self.ambiguous += other.ambiguous;
        self.outside += other.outside;
        self.faulty += other.faulty;
    }
}

/// Copies a table and adds the codes of the areas that each row lies in, as the module says.
///
/// # Errors
/// See [`LocateError`]. What was written before an error is whole rows.
pub fn locate(
    mut input: impl Read,
    mut output: impl Write + Send,
    options: &LocateOptions,
    gazetteer: &dyn Gazetteer,
) -> Result<LocateCounts, LocateError> {
    let batch = READ_PER_THREAD * rayon::current_num_threads().clamp(1, 64);
    let mut locating = Locating::new(options)?;
    // One answer is written while the next is made.
    let (mut before, mut answer) = (Vec::new(), Vec::new());
    loop {
        let input = input.by_ref().take(batch as u64);
        let at_end = locating.read(input)? < batch;
        answer.clear();
        let (written, done) = rayon::join(
            || output.write_all(&before),
            || locating.answer(at_end, gazetteer, &mut answer),
        );
        written.map_err(LocateError::Write)?;
        std::mem::swap(&mut before, &mut answer);
        if done.is_err() || at_end {
            output.write_all(&before).map_err(LocateError::Write)?;
            done?;
            break;
        }
    }
    output.flush().map_err(LocateError::Write)?;
    Ok(locating.counts())
}

/// A table under way, for input that comes and output that goes piece by piece: what is
/// [pushed](Locating::push) is [answered](Locating::answer) as far as rows of it are whole.
///
/// Holds what is pushed and not yet answered: less than [`MAX_RECORD`] and a piece.
pub struct Locating {
    form: Box<dyn Form>,
    pending: Vec<u8>,
    has_begun: bool,
    line: u64,
    counts: LocateCounts,
    /// Room for answers, used again and again.
    spare: Vec<Vec<u8>>,
}

impl Locating {
    /// A table of which nothing is known yet.
    ///
    /// # Errors
    /// [`LocateError::Delimiter`] and [`LocateError::Columns`] for options that cannot be.
    pub fn new(options: &LocateOptions) -> Result<Self, LocateError> {
        let form: Box<dyn Form> = match options.form {
            TableForm::Csv => Box::new(Delimited::new(options)?),
            TableForm::Ndjson => Box::new(Ndjson::new(options)?),
            TableForm::Geojson => Box::new(Features::new(options)),
        };
        let counts = LocateCounts::default();
        let (pending, spare) = (Vec::new(), Vec::new());
        Ok(Self { form, pending, has_begun: false, line: 1, counts, spare })
    }

    /// Takes a piece of the table.
    pub fn push(&mut self, piece: &[u8]) {
        self.pending.extend_from_slice(piece);
    }

    /// Takes all that can be read; gives the number of bytes.
    fn read(&mut self, mut input: impl Read) -> Result<usize, LocateError> {
        input.read_to_end(&mut self.pending).map_err(LocateError::Read)
    }

    /// How much was taken and not yet answered, bytes.
    pub fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Whether what stands above the rows was read, and found good.
    pub fn has_begun(&self) -> bool {
        self.has_begun
    }

    /// How many rows were answered.
    pub fn counts(&self) -> LocateCounts {
        self.counts
    }

    /// Answers all rows that are whole; `at_end`, all there are. Writes whole rows, also before an
    /// error, after which nothing more can be answered.
    ///
    /// # Errors
    /// See [`LocateError`].
    pub fn answer(
        &mut self,
        at_end: bool,
        gazetteer: &dyn Gazetteer,
        out: &mut Vec<u8>,
    ) -> Result<(), LocateError> {
        let mut start = 0;
        if !self.has_begun {
            let Some(length) = self.form.begin(&self.pending, at_end, out)? else { return Ok(()) };
            self.has_begun = true;
            self.line += newlines(&self.pending[..length]);
            start = length;
        }
        let text = &self.pending[start..];
        let stretches = self.form.split(text, at_end);
        let form = &*self.form;
        self.spare.resize_with(self.spare.len().max(stretches.len()), Vec::new);
        let done: Vec<Located> = stretches
            .par_iter()
            .zip(self.spare.par_drain(..stretches.len()))
            .map(|(stretch, mut out)| {
                let text = &text[stretch.range.clone()];
                if stretch.is_below {
                    out.extend_from_slice(text);
                    return Located { text: out, ..Located::default() };
                }
                form.locate(text, gazetteer, out)
            })
            .collect();
        for mut part in done {
            out.extend_from_slice(&part.text);
            part.text.clear();
            self.spare.push(part.text);
            self.counts.add(part.counts);
            let line = self.line;
            match part.stopped {
                Some((lines, Stop::TooLong)) => {
                    return Err(LocateError::TooLong { line: line + lines });
                }
                Some((lines, Stop::Fault(fault))) => {
                    return Err(LocateError::Row { line: line + lines, fault });
                }
                None => self.line += part.lines,
            }
        }
        let rest = start + stretches.last().map_or(0, |stretch| stretch.range.end);
        self.pending.drain(..rest);
        if self.pending.len() > MAX_RECORD {
            return Err(LocateError::TooLong { line: self.line });
        }
        if at_end && !self.form.is_whole() {
            return Err(LocateError::Unfinished { line: self.line });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
