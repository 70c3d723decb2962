//! ESRI shapefiles (white paper of July 1998): shapes in `.shp` and `.shx`, their table in `.dbf`.
//!
//! The `shapefile` crate's own reader of both together is not used: it leaves out deleted records
//! of the table but not their shapes, so that all that follow get the shape of another.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use super::{
    SourceError,
    dbf::{Dbf, companion},
    error::{Place, io},
    shapes::Shapes,
    table::{Head, Row, Sink, Tables},
};

/// A shapefile, or a dBASE table that has none.
pub struct Shapefile {
    shapes: Option<Shapes>,
    table: PathBuf,
    heads: Vec<Head>,
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
            && shapes.len() != dbf.len()
        {
            let message = format!(
                "{} shapes, but {} records in {}",
                shapes.len(),
                dbf.len(),
                table.display()
            );
            return Err(SourceError::Malformed(Box::new(Place::file(path)), message));
        }
        let head = Head {
            name: String::new(),
            columns: dbf.columns(),
            has_shapes: shapes.is_some(),
            ..Head::default()
        };
        Ok(Self { shapes, table, heads: vec![head] })
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
        let mut shapes = self.shapes.as_ref().map(Shapes::reader).transpose()?;
        for record in 1..=dbf.len() {
            let Some(cells) = dbf.next(columns)? else { continue };
            let shape = match &mut shapes {
                Some(shapes) => shapes.shape(record)?,
                None => None,
            };
            sink(Row { record, cells: &cells, shape })?;
        }
        Ok(())
    }
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
