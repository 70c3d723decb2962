//! GeoPackage (OGC 12-128r19), read only.

use std::{
    borrow::Cow,
    path::{Path, PathBuf},
};

use geo_types::MultiPolygon;
use rusqlite::{Connection, OpenFlags, OptionalExtension, types::ValueRef};

use super::{
    SourceError,
    error::{Place, io},
    sqlite::{describe, distrust},
    table::{Cell, Head, MAX_TABLES, Row, Sink, Tables},
    text, wkb,
};

/// The reference systems that count as RD New: `EPSG` with this number.
const RD_NEW: i64 = 28992;

/// An open GeoPackage.
pub struct GeoPackage {
    path: PathBuf,
    size: u64,
    connection: Connection,
    heads: Vec<Head>,
    geometries: Vec<Option<Geometry>>,
}

/// The geometry column of a layer.
struct Geometry {
    column: String,
    srs: i64,
}

impl GeoPackage {
    /// Opens a file without writing anything, not even beside it.
    ///
    /// # Errors
    /// When it is no GeoPackage, or a program still has unsaved changes beside it.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let journal = beside(path, "-wal");
        if journal.metadata().is_ok_and(|meta| meta.len() > 0) {
            return Err(malformed(
                path,
                format!(
                    "{} holds changes that are not in the file yet; close the program that has it \
                     open",
                    journal.display()
                ),
            ));
        }
        let uri = uri(path).map_err(|error| io(path, error))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection =
            Connection::open_with_flags(uri, flags).map_err(|e| sqlite(path, &e))?;
        let size = path.metadata().map_err(|error| io(path, error))?.len();
        distrust(&mut connection, size).map_err(|e| sqlite(path, &e))?;
        let mut package = Self {
            path: path.to_owned(),
            size,
            connection,
            heads: Vec::new(),
            geometries: Vec::new(),
        };
        package.list().map_err(|error| sqlite(path, &error))?;
        Ok(package)
    }

    /// Lists the layers and plain tables that the file says it has; of too many, one more than may
    /// be.
    fn list(&mut self) -> rusqlite::Result<()> {
        let names: Vec<String> = self
            .connection
            .prepare(
                "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes') \
                 ORDER BY rowid LIMIT ?1",
            )?
            .query_map([MAX_TABLES as i64 + 1], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let has_shapes: bool = self.connection.query_row(
            "SELECT count(*) > 0 FROM sqlite_master WHERE name = 'gpkg_geometry_columns'",
            [],
            |row| row.get(0),
        )?;
        for name in names {
            let geometry = if has_shapes { self.geometry(&name)? } else { None };
            let mut columns = Vec::new();
            let mut has_geometry = false;
            let mut statement =
                self.connection.prepare("SELECT name, pk, type FROM pragma_table_info(?1)")?;
            let mut rows = statement.query([&name])?;
            while let Some(row) = rows.next()? {
                let column: String = row.get(0)?;
                let is_key = row.get::<_, i64>(1)? > 0
                    && row.get::<_, String>(2)?.eq_ignore_ascii_case("integer");
                if geometry.as_ref().is_some_and(|g| g.column.eq_ignore_ascii_case(&column)) {
                    has_geometry = true;
                } else if !is_key {
                    columns.push(column);
                }
            }
            // A column that is computed is not listed here, and not read.
            let geometry = geometry.filter(|_| has_geometry);
            self.heads.push(Head {
                name,
                columns,
                has_shapes: geometry.is_some(),
                ..Head::default()
            });
            self.geometries.push(geometry);
        }
        Ok(())
    }

    fn geometry(&self, table: &str) -> rusqlite::Result<Option<Geometry>> {
        let mut statement = self.connection.prepare(
            "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?1",
        )?;
        let mut rows = statement.query([table])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(Some(Geometry { column: row.get(0)?, srs: row.get(1)? }))
    }

    /// Refuses a layer that is no table: a view computes its records, perhaps without end.
    fn check_kind(&self, table: usize) -> Result<(), SourceError> {
        let Some(head) = self.heads.get(table) else { return Ok(()) };
        let kind: Option<String> = self
            .connection
            .query_row(
                "SELECT type FROM pragma_table_list WHERE schema = 'main' AND name = ?1 \
                 COLLATE NOCASE",
                [&head.name],
                |row| row.get(0),
            )
            .optional()
            .map_err(|error| sqlite(&self.path, &error))?;
        match kind.as_deref() {
            Some("table") => Ok(()),
            Some(kind) => {
                let place = Box::new(Place::record(&self.path, &head.name, 0));
                let message = format!("a {kind}, expected a table; save it as one");
                Err(SourceError::Malformed(place, message))
            }
            None => {
                let place = Box::new(Place::record(&self.path, &head.name, 0));
                Err(SourceError::Malformed(place, "listed, but not there".to_owned()))
            }
        }
    }

    /// Refuses a layer that is not in RD New.
    fn check_srs(&self, table: usize) -> Result<(), SourceError> {
        let (Some(head), Some(Some(geometry))) =
            (self.heads.get(table), self.geometries.get(table))
        else {
            return Ok(());
        };
        let named: Option<(String, i64)> = self
            .connection
            .query_row(
                "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys \
                 WHERE srs_id = ?1",
                [geometry.srs],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .ok();
        let found = match named {
            Some((organization, RD_NEW)) if organization.eq_ignore_ascii_case("EPSG") => {
                return Ok(());
            }
            Some((organization, number)) => format!("{organization}:{number}"),
            None => format!("reference system {}, which the file does not describe", geometry.srs),
        };
        let place = Box::new(Place::record(&self.path, &head.name, 0));
        Err(SourceError::Crs { place, found })
    }
}

impl Tables for GeoPackage {
    fn heads(&self) -> &[Head] {
        &self.heads
    }

    fn read(
        &mut self,
        table: usize,
        columns: &[usize],
        sink: &mut Sink<'_>,
    ) -> Result<(), SourceError> {
        self.check_kind(table)?;
        self.check_srs(table)?;
        let Some(head) = self.heads.get(table) else { return Ok(()) };
        let geometry = self.geometries.get(table).and_then(Option::as_ref);
        let mut wanted: Vec<String> =
            columns.iter().filter_map(|at| head.columns.get(*at)).map(|c| quoted(c)).collect();
        wanted.extend(geometry.map(|geometry| quoted(&geometry.column)));
        let sql = format!("SELECT {} FROM {}", wanted.join(", "), quoted(&head.name));
        let fail = |error: &rusqlite::Error| sqlite(&self.path, error);
        let mut statement = self.connection.prepare(&sql).map_err(|e| fail(&e))?;
        let mut rows = statement.query([]).map_err(|e| fail(&e))?;
        let (mut record, mut handed) = (0, 0);
        while let Some(row) = rows.next().map_err(|e| fail(&e))? {
            record += 1;
            let mut cells = Vec::with_capacity(columns.len());
            for at in 0..wanted.len() {
                let value = row.get_ref(at).map_err(|e| fail(&e))?;
                handed += length(value);
                if at < columns.len() {
                    cells.push(cell(value));
                }
            }
            if handed > self.size {
                let place = Box::new(Place::record(&self.path, &head.name, record));
                let message = "its records up to here hold more bytes than the file: it is damaged";
                return Err(SourceError::Malformed(place, message.to_owned()));
            }
            let shape = match geometry {
                None => None,
                Some(geometry) => match row.get_ref(columns.len()).map_err(|e| fail(&e))? {
                    ValueRef::Null => None,
                    ValueRef::Blob(blob) => shape(blob, geometry.srs).map_err(|message| {
                        let place = Place::record(&self.path, &head.name, record);
                        SourceError::Shape(Box::new(place), message)
                    })?,
                    _ => {
                        let place = Place::record(&self.path, &head.name, record);
                        let message = "geometry is no blob".to_owned();
                        return Err(SourceError::Shape(Box::new(place), message));
                    }
                },
            };
            sink(Row { record, cells: &cells, shape })?;
        }
        Ok(())
    }
}

fn shape(blob: &[u8], expected: i64) -> Result<Option<MultiPolygon<f64>>, String> {
    let (polygons, srs) = wkb::geopackage(blob)?;
    if i64::from(srs) != expected {
        return Err(format!("geometry in reference system {srs}, its layer in {expected}"));
    }
    let empty = polygons.0.iter().all(|polygon| polygon.exterior().0.is_empty());
    Ok((!empty).then_some(polygons))
}

fn cell(value: ValueRef<'_>) -> Cell<'_> {
    match value {
        ValueRef::Null => Cell::Null,
        #[expect(clippy::cast_precision_loss, reason = "figures stay far below 2^53")]
        ValueRef::Integer(number) => Cell::Number(number as f64),
        ValueRef::Real(number) => Cell::Number(number),
        ValueRef::Text(bytes) => Cell::Text(text::decode(bytes)),
        ValueRef::Blob(_) => Cell::Text(Cow::Borrowed("a blob")),
    }
}

/// The bytes of a value that the file must have.
fn length(value: ValueRef<'_>) -> u64 {
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.len() as u64,
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => 0,
    }
}

/// A name between double quotes, as SQL wants it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The URI that opens a file as one that nobody changes, so that SQLite makes no side files.
fn uri(path: &Path) -> std::io::Result<String> {
    let whole = std::path::absolute(path)?;
    let mut uri = String::from("file:");
    for byte in whole.to_string_lossy().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                uri.push(char::from(byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri.push_str("?immutable=1");
    Ok(uri)
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn malformed(path: &Path, message: String) -> SourceError {
    SourceError::Malformed(Box::new(Place::file(path)), message)
}

fn sqlite(path: &Path, error: &rusqlite::Error) -> SourceError {
    malformed(path, format!("not readable as a GeoPackage: {}", describe(error)))
}
