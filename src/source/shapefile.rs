//! ESRI shapefiles (white paper of July 1998): polygons, with or without Z and M.
//!
//! Offsets and lengths come from the `.shx` and are held against the size of the `.shp` before
//! they are used; nothing is allocated by what a record claims.

use std::{
    fs::File,
    io::{BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use geo_types::{Coord, LineString, MultiPolygon};

use super::{
    SourceError,
    dbf::{Dbf, companion},
    error::{Place, io},
    rings,
    table::{Head, Row, Sink, Tables},
};

/// The header of `.shp` and `.shx`.
const HEADER: u64 = 100;
const FILE_CODE: i32 = 9994;
/// Bounding box, number of parts, number of points.
const BEFORE_PARTS: usize = 40;

/// A shapefile, or a dBASE table that has none.
pub struct Shapefile {
    shapes: Option<Shapes>,
    path: PathBuf,
    table: PathBuf,
    heads: Vec<Head>,
}

/// The shapes and where each begins.
struct Shapes {
    path: PathBuf,
    size: u64,
    /// Offset and length of the content in bytes.
    index: Vec<(u64, u64)>,
}

impl Shapefile {
    /// Opens `.shp` with `.shx`, `.dbf` and `.prj` beside it, or a `.dbf` alone.
    ///
    /// # Errors
    /// When one of them is missing or shorter than it says, or the `.prj` names another system
    /// than RD New.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let beside = |extension: &str| {
            companion(path, extension).ok_or_else(|| SourceError::Companion {
                file: path.display().to_string(),
                missing: path
                    .with_extension(extension)
                    .file_name()
                    .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
            })
        };
        let is_table = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("dbf"));
        let (table, shapes) = if is_table {
            (path.to_owned(), None)
        } else {
            let (table, index) = (beside("dbf")?, beside("shx")?);
            check_projection(path)?;
            (table, Some(Shapes::open(path, &index)?))
        };
        let dbf = Dbf::open(&table)?;
        if let Some(shapes) = &shapes
            && shapes.index.len() as u64 != dbf.len()
        {
            let message = format!(
                "{} shapes, but {} records in {}",
                shapes.index.len(),
                dbf.len(),
                table.display()
            );
            return Err(malformed(path, 0, message));
        }
        let head =
            Head { name: String::new(), columns: dbf.columns(), has_shapes: shapes.is_some() };
        Ok(Self { shapes, path: path.to_owned(), table, heads: vec![head] })
    }

    /// The files that the checksum is over.
    pub fn parts(path: &Path) -> Vec<PathBuf> {
        let table = companion(path, "dbf").filter(|table| table != path);
        std::iter::once(path.to_owned()).chain(table).collect()
    }
}

impl Tables for Shapefile {
    fn heads(&self) -> &[Head] {
        &self.heads
    }

    fn read(
        &mut self,
        _table: usize,
        columns: &[usize],
        sink: &mut Sink<'_>,
    ) -> Result<(), SourceError> {
        let mut dbf = Dbf::open(&self.table)?;
        let mut reader = match &self.shapes {
            Some(shapes) => Some((shapes, shapes.reader()?)),
            None => None,
        };
        for record in 1..=dbf.len() {
            let Some(cells) = dbf.next(columns)? else { continue };
            let shape = match &mut reader {
                Some((shapes, file)) => {
                    shapes.shape(file, record).map_err(|error| match error {
                        ShapeError::Io(error) => io(&self.path, error),
                        ShapeError::Wrong(message) => SourceError::Shape(
                            Box::new(Place::record(&self.path, "", record)),
                            message,
                        ),
                    })?
                }
                None => None,
            };
            sink(Row { record, cells: &cells, shape })?;
        }
        Ok(())
    }
}

enum ShapeError {
    Io(std::io::Error),
    Wrong(String),
}

impl From<std::io::Error> for ShapeError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<String> for ShapeError {
    fn from(message: String) -> Self {
        Self::Wrong(message)
    }
}

impl Shapes {
    fn open(path: &Path, index_path: &Path) -> Result<Self, SourceError> {
        let size = check_header(path)?;
        let index_size = check_header(index_path)?;
        let mut bytes = Vec::new();
        File::open(index_path)
            .and_then(|mut file| {
                file.seek(SeekFrom::Start(HEADER))?;
                file.take(index_size - HEADER).read_to_end(&mut bytes)
            })
            .map_err(|error| io(index_path, error))?;
        let (entries, _) = bytes.as_chunks::<8>();
        let mut index = Vec::with_capacity(entries.len());
        for (at, [a, b, c, d, e, f, g, h]) in entries.iter().copied().enumerate() {
            // Counted in 16-bit words; the eight bytes of the record's own header come first.
            let offset = u64::from(u32::from_be_bytes([a, b, c, d])) * 2 + 8;
            let length = u64::from(u32::from_be_bytes([e, f, g, h])) * 2;
            if offset < HEADER + 8 || offset + length > size {
                let message = format!(
                    "the shape lies at bytes {offset} to {}, but the file has {size}: it is cut \
                     short or its .shx belongs to another",
                    offset + length
                );
                return Err(malformed(path, at as u64 + 1, message));
            }
            index.push((offset, length));
        }
        Ok(Self { path: path.to_owned(), size, index })
    }

    fn reader(&self) -> Result<BufReader<File>, SourceError> {
        let file = File::open(&self.path).map_err(|error| io(&self.path, error))?;
        Ok(BufReader::with_capacity(1 << 16, file))
    }

    fn shape(
        &self,
        file: &mut BufReader<File>,
        record: u64,
    ) -> Result<Option<MultiPolygon<f64>>, ShapeError> {
        let at = usize::try_from(record).ok().and_then(|record| record.checked_sub(1));
        let Some((offset, length)) = at.and_then(|at| self.index.get(at)).copied() else {
            return Err("the .shx does not list this record".to_owned().into());
        };
        debug_assert!(offset + length <= self.size);
        let here = file.stream_position()?;
        // Small steps stay within the buffer.
        file.seek_relative(offset.cast_signed() - here.cast_signed())?;
        let mut content = vec![0; usize::try_from(length).unwrap_or(0)];
        file.read_exact(&mut content)?;
        Ok(polygon(&content)?)
    }
}

/// The polygons of a record's content; `None` for a null shape.
fn polygon(content: &[u8]) -> Result<Option<MultiPolygon<f64>>, String> {
    const NULL: i32 = 0;
    const POLYGONS: [i32; 3] = [5, 15, 25];
    let (kind, rest) = content.split_first_chunk().ok_or("a shape without a type")?;
    let kind = i32::from_le_bytes(*kind);
    if kind == NULL {
        return Ok(None);
    }
    if !POLYGONS.contains(&kind) {
        return Err(format!("shape type {kind}, expected polygon (5, 15 or 25)"));
    }
    let counts = rest.get(32..BEFORE_PARTS).ok_or("a polygon without its counts")?;
    let rest = rest.get(BEFORE_PARTS..).unwrap_or_default();
    let (counts, _) = counts.as_chunks::<4>();
    let [parts, points] = [counts.first(), counts.get(1)]
        .map(|bytes| u64::from(u32::from_le_bytes(bytes.copied().unwrap_or_default())));
    let needed = parts * 4 + points * 16;
    if needed > rest.len() as u64 {
        return Err(format!(
            "claims {parts} rings and {points} points, {needed} bytes, but its record has {}",
            rest.len()
        ));
    }
    if parts == 0 || points == 0 {
        return Ok(None);
    }
    // Both fit in memory, since the bytes for them are there.
    let split = usize::try_from(parts * 4).unwrap_or(0);
    let (starts, coords) = rest.split_at(split);
    let coords: Vec<Coord<f64>> = coords
        .chunks_exact(16)
        .take(usize::try_from(points).unwrap_or(0))
        .map(|point| {
            let (numbers, _) = point.as_chunks::<8>();
            let number =
                |at: usize| f64::from_le_bytes(numbers.get(at).copied().unwrap_or_default());
            Coord { x: number(0), y: number(1) }
        })
        .collect();
    let (starts, _) = starts.as_chunks::<4>();
    let mut ends =
        starts.iter().skip(1).map(|bytes| u64::from(u32::from_le_bytes(*bytes))).chain([points]);
    let mut all = Vec::with_capacity(starts.len());
    for start in starts {
        let start = u64::from(u32::from_le_bytes(*start));
        let end = ends.next().unwrap_or(points);
        let ring = usize::try_from(start)
            .ok()
            .zip(usize::try_from(end).ok())
            .and_then(|(start, end)| coords.get(start..end))
            .ok_or_else(|| format!("ring from point {start} to {end} of {points}"))?;
        all.push(LineString(ring.to_vec()));
    }
    Ok(Some(rings::assemble(all)))
}

/// Checks the header of `.shp` or `.shx`; the size of the file in bytes.
fn check_header(path: &Path) -> Result<u64, SourceError> {
    let mut file = File::open(path).map_err(|error| io(path, error))?;
    let size = file.metadata().map_err(|error| io(path, error))?.len();
    let mut head = [0; 28];
    if size < HEADER || file.read_exact(&mut head).is_err() {
        return Err(malformed(path, 0, format!("{size} bytes, too short for a shapefile")));
    }
    let [c0, c1, c2, c3, .., l0, l1, l2, l3] = head;
    let code = i32::from_be_bytes([c0, c1, c2, c3]);
    if code != FILE_CODE {
        return Err(malformed(path, 0, format!("file code {code}, expected {FILE_CODE}")));
    }
    let said = u64::from(u32::from_be_bytes([l0, l1, l2, l3])) * 2;
    if said > size {
        let message = format!("{size} bytes, but its header says {said}: it is cut short");
        return Err(malformed(path, 0, message));
    }
    Ok(said.max(HEADER))
}

/// Refuses a `.prj` that is not RD New; without one, the coordinates are checked alone.
fn check_projection(path: &Path) -> Result<(), SourceError> {
    let Some(projection) = companion(path, "prj") else { return Ok(()) };
    let mut bytes = Vec::new();
    File::open(&projection)
        .and_then(|file| file.take(1 << 16).read_to_end(&mut bytes))
        .map_err(|error| io(&projection, error))?;
    let text = String::from_utf8_lossy(&bytes).to_lowercase();
    // RD New goes by several names; its projection and false origin do not change.
    let is_rd = ["stereographic", "155000", "463000"].iter().all(|part| text.contains(part));
    if is_rd {
        return Ok(());
    }
    let found = text.split('"').nth(1).unwrap_or("an unnamed system").to_owned();
    Err(SourceError::Crs { place: Box::new(Place::file(&projection)), found })
}

fn malformed(path: &Path, record: u64, message: String) -> SourceError {
    SourceError::Malformed(Box::new(Place::record(path, "", record)), message)
}
