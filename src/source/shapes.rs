//! The shapes of a shapefile (ESRI white paper of July 1998): polygons, with or without Z and M.
//!
//! The `shapefile` crate reads headers and shapes. It allocates by the counts in a record and
//! trusts where its rings begin, so both are held against the record's length first, and that
//! against the size of the file. The `.shx` is read here: the crate keeps its own to itself, its
//! iterator stops after the record that ends the file, whatever the `.shx` lists next, and its
//! look-up by number empties the buffer for every record.

use std::{
    fs::File,
    io::{BufReader, Cursor, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use ::shapefile::{
    Error, ReadableShape, Shape, ShapeType,
    header::Header,
    record::{polygon::GenericPolygon, traits::HasXY},
};
use geo_types::{Coord, LineString, MultiPolygon};

use super::{
    SourceError,
    error::{Place, io},
    rings,
};

/// The bytes of the header of `.shp` and `.shx`.
const HEADER: u64 = 100;
/// Where a polygon's number of parts stands: after its type and bounding box.
const PARTS: usize = 36;
/// Where its number of points stands.
const POINTS: usize = 40;
/// Where the list of its parts begins.
const STARTS: usize = 44;

/// The shapes of a file and where each begins.
pub struct Shapes {
    path: PathBuf,
    /// Offset and length of each content in bytes, inside the file.
    index: Vec<(u64, u64)>,
}

/// Reads shapes one by one.
pub struct ShapeReader<'s> {
    shapes: &'s Shapes,
    file: BufReader<File>,
    content: Vec<u8>,
}

impl Shapes {
    /// Opens a `.shp` by its `.shx` and holds every record against the size of the file.
    ///
    /// # Errors
    /// When one of them is no shapefile, has another kind of shapes, or is shorter than it says.
    pub fn open(path: &Path, index_path: &Path) -> Result<Self, SourceError> {
        let size = check_header(path)?;
        let index_size = check_header(index_path)?;
        let fail = |error| io(index_path, error);
        let mut file = File::open(index_path).map_err(fail)?;
        file.seek(SeekFrom::Start(HEADER)).map_err(fail)?;
        let mut file = BufReader::with_capacity(1 << 16, file);
        let mut index = Vec::new();
        let mut used = HEADER;
        for at in 0..(index_size - HEADER) / 8 {
            let mut entry = [0; 8];
            file.read_exact(&mut entry).map_err(fail)?;
            let [a, b, c, d, e, f, g, h] = entry;
            // Counted in 16-bit words; the eight bytes of the record's own header come first.
            let offset = u64::from(u32::from_be_bytes([a, b, c, d])) * 2 + 8;
            let length = u64::from(u32::from_be_bytes([e, f, g, h])) * 2;
            if offset < HEADER + 8 || offset + length > size {
                let message = format!(
                    "the shape lies at bytes {offset} to {}, but the file has {size}: it is cut \
                     short or its .shx belongs to another",
                    offset + length
                );
                return Err(malformed(path, at + 1, message));
            }
            // Many records on the same bytes would unpack to more than the file holds.
            used += length + 8;
            if used > size {
                let message = "its .shx gives the shapes up to here more bytes than the file has";
                return Err(malformed(path, at + 1, message.to_owned()));
            }
            index.push((offset, length));
        }
        Ok(Self { path: path.to_owned(), index })
    }

    /// How many shapes the file has, null shapes among them.
    pub fn len(&self) -> u64 {
        self.index.len() as u64
    }

    /// A reader of its shapes.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn reader(&self) -> Result<ShapeReader<'_>, SourceError> {
        let file = File::open(&self.path).map_err(|error| io(&self.path, error))?;
        let file = BufReader::with_capacity(1 << 16, file);
        Ok(ShapeReader { shapes: self, file, content: Vec::new() })
    }
}

impl ShapeReader<'_> {
    /// The shape of a record, counted from 1; `None` for a null shape.
    ///
    /// # Errors
    /// When it is no polygon, or claims more than its record holds.
    pub fn shape(&mut self, record: u64) -> Result<Option<MultiPolygon<f64>>, SourceError> {
        let path = &self.shapes.path;
        let wrong =
            |message| SourceError::Shape(Box::new(Place::record(path, "", record)), message);
        let at = usize::try_from(record).ok().and_then(|record| record.checked_sub(1));
        let Some((offset, length)) = at.and_then(|at| self.shapes.index.get(at)).copied() else {
            return Err(wrong("the .shx does not list this record".to_owned()));
        };
        // The length lies inside the file, so it is no mere claim.
        self.content.resize(usize::try_from(length).unwrap_or(0), 0);
        self.file
            .stream_position()
            .and_then(|here| {
                // Small steps stay within the buffer.
                self.file.seek_relative(offset.cast_signed() - here.cast_signed())?;
                self.file.read_exact(&mut self.content)
            })
            .map_err(|error| io(path, error))?;
        polygon(&self.content).map_err(wrong)
    }
}

/// The polygons of a record's content; `None` for a null shape.
fn polygon(content: &[u8]) -> Result<Option<MultiPolygon<f64>>, String> {
    if !holds_polygon(content)? {
        return Ok(None);
    }
    let length = i32::try_from(content.len()).map_err(|_| "a shape of more than 2 GiB")?;
    let shape = Shape::read_from(&mut Cursor::new(content), length);
    let rings = match shape.map_err(|error| error.to_string())? {
        Shape::Polygon(polygon) => lines(&polygon),
        Shape::PolygonM(polygon) => lines(&polygon),
        Shape::PolygonZ(polygon) => lines(&polygon),
        other => return Err(format!("shape type {}, expected polygon", other.shapetype())),
    };
    // Not by the crate's own conversion: it gives each hole to the outer ring that was listed
    // before it, though the order of rings says nothing, and refuses a shape whose first ring
    // runs the wrong way round.
    rings::assemble(rings).map(Some)
}

/// Checks what a record's content claims; `false` where it has no polygon.
fn holds_polygon(content: &[u8]) -> Result<bool, String> {
    let number = |at: usize| {
        let bytes = content.get(at..).and_then(<[u8]>::first_chunk);
        bytes.map(|bytes| u32::from_le_bytes(*bytes))
    };
    let kind = number(0).ok_or("a shape without a type")?.cast_signed();
    // Heights must be there, measures may be left out.
    let (point, range) = match ShapeType::from(kind) {
        Some(ShapeType::NullShape) => return Ok(false),
        Some(ShapeType::Polygon | ShapeType::PolygonM) => (16, 0),
        Some(ShapeType::PolygonZ) => (24, 16),
        _ => return Err(format!("shape type {kind}, expected polygon (5, 15 or 25)")),
    };
    let (Some(parts), Some(points)) = (number(PARTS), number(POINTS)) else {
        return Err("a polygon without its counts".to_owned());
    };
    let needed = u64::from(parts) * 4 + u64::from(points) * point + range;
    let rest = content.get(STARTS..).unwrap_or_default();
    if needed > rest.len() as u64 {
        return Err(format!(
            "claims {parts} rings and {points} points, {needed} bytes, but its record has {}",
            rest.len()
        ));
    }
    let (starts, _) = rest.as_chunks();
    let starts = starts.iter().map(|bytes| u32::from_le_bytes(*bytes)).zip(1..=parts);
    let mut least = 0;
    for (start, ring) in starts {
        let most = if ring == 1 { 0 } else { points };
        if !(least..=most).contains(&start) {
            return Err(format!(
                "ring {ring} begins at point {start}, expected one from {least} to {most}"
            ));
        }
        least = start;
    }
    Ok(parts > 0 && points > 0)
}

/// The rings of a polygon in their order and direction, without Z and M.
fn lines<P: HasXY>(polygon: &GenericPolygon<P>) -> Vec<LineString<f64>> {
    let line = |points: &[P]| points.iter().map(|p| Coord { x: p.x(), y: p.y() }).collect();
    polygon.rings().iter().map(|ring| line(ring.points())).collect()
}

/// Checks the header of `.shp` or `.shx`; how many bytes of the file count.
fn check_header(path: &Path) -> Result<u64, SourceError> {
    let mut file = File::open(path).map_err(|error| io(path, error))?;
    let size = file.metadata().map_err(|error| io(path, error))?.len();
    if size < HEADER {
        return Err(malformed(path, 0, format!("{size} bytes, too short for a shapefile")));
    }
    let header = Header::read_from(&mut file).map_err(|error| match error {
        Error::IoError(error) => io(path, error),
        Error::InvalidFileCode(code) => {
            malformed(path, 0, format!("file code {code}, expected 9994"))
        }
        error => malformed(path, 0, format!("no header of a shapefile: {error}")),
    })?;
    if !matches!(
        header.shape_type,
        ShapeType::NullShape | ShapeType::Polygon | ShapeType::PolygonM | ShapeType::PolygonZ
    ) {
        let message = format!("shapes of type {}, expected polygons", header.shape_type);
        return Err(malformed(path, 0, message));
    }
    let said = u64::from(header.file_length.unsigned_abs()) * 2;
    if said > size {
        let message = format!("{size} bytes, but its header says {said}: it is cut short");
        return Err(malformed(path, 0, message));
    }
    Ok(said.max(HEADER))
}

fn malformed(path: &Path, record: u64, message: String) -> SourceError {
    SourceError::Malformed(Box::new(Place::record(path, "", record)), message)
}
