//! Contents out of a GeoPackage file.

use std::{collections::BTreeMap, sync::Arc};

use rusqlite::{Connection, OptionalExtension, params, types::ValueRef};
use smol_str::SmolStr;

use crate::{
    area::{AddressTable, AreaCode, Flag, Level, LevelNames, Vintage, Year},
    coverage::{Shape, Tolerance, Topology},
    crs::CorrectionGrid,
    indicator::{Indicator, Reason, SeriesKey, Value},
    source::Provenance,
};

use super::{
    Areas, ChangeRecord, Contents, LevelEntry, OwnEntry, Source, StoreError, StoredAddresses,
    StoredArea, StoredValue, geometry_blob,
    gpkg_schema::{APPLICATION_ID, SCHEMA, USER_VERSION_BASE, table_name},
    gpkg_stories::{self, Unreadable},
};

/// Reads everything; `path` is for messages.
pub(super) fn read(connection: &Connection, path: &str) -> Result<Contents, StoreError> {
    Reader { connection, path }.read()
}

/// Whether it was written in an older schema than this program writes.
pub(super) fn is_outdated(connection: &Connection, path: &str) -> Result<bool, StoreError> {
    Ok(Reader { connection, path }.check_schema()? < SCHEMA)
}

struct Reader<'a> {
    connection: &'a Connection,
    path: &'a str,
}

impl Reader<'_> {
    fn read(&self) -> Result<Contents, StoreError> {
        let schema = self.check_schema()?;
        let about = self.about()?;
        let mut contents = Contents {
            sources: self.sources()?,
            fictional: about.get("fictief").is_some_and(|value| value == "ja"),
            grid: self.grid()?,
            ..Contents::default()
        };
        for (key, value) in &about {
            if let Some((vintage, level, source, mut nested)) = areas_entry(key, value) {
                // Schema 1 said only whether all three levels came together.
                if schema == 1 {
                    nested = if nested == 1 { 3 } else { 1 };
                }
                let (areas, topology) = self.areas(vintage, &level, schema)?;
                let areas = Areas { source, nested, areas, topology: Arc::new(topology) };
                contents.areas.insert((vintage, level), areas);
            }
        }
        (contents.series, contents.floating) = self.series(schema)?;
        if schema > 1 {
            contents.recodes = self.recodes()?;
            contents.addresses = self.addresses()?;
        }
        if schema > 3 {
            contents.own = self.own()?;
        }
        if schema > 4 {
            contents.levels = self.levels()?;
            contents.name_levels();
            contents.stories =
                gpkg_stories::read(self.connection).map_err(|error| match error {
                    Unreadable::Sqlite(error) => self.sqlite("cannot read table verhalen")(error),
                    Unreadable::Row(row, message) => {
                        self.corrupt(gpkg_stories::TABLE, row, message)
                    }
                })?;
        }
        if schema < 3 {
            contents.derive();
        } else if schema > 3 {
            contents.changes = self.changes()?;
        }
        Ok(contents)
    }

    fn own(&self) -> Result<BTreeMap<SmolStr, OwnEntry>, StoreError> {
        const TABLE: &str = "eigen_onderwerpen";
        let mut rows = self
            .connection
            .prepare("SELECT rowid, id, openbaar, beschrijving FROM eigen_onderwerpen")
            .map_err(self.sqlite("cannot read"))?;
        let mut rows = rows.query([]).map_err(self.sqlite("cannot read"))?;
        let mut own = BTreeMap::new();
        while let Some(row) = rows.next().map_err(self.sqlite("cannot read"))? {
            let read = || -> rusqlite::Result<(i64, String, bool, String)> {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            };
            let (at, id, is_public, described) = read().map_err(self.sqlite("cannot read"))?;
            let indicator: Indicator = serde_json::from_str(&described)
                .map_err(|error| self.corrupt(TABLE, at, error.to_string()))?;
            if indicator.id != id {
                return Err(self.corrupt(TABLE, at, format!("describes {}", indicator.id)));
            }
            own.insert(indicator.id.clone(), OwnEntry { indicator, is_public });
        }
        Ok(own)
    }

    fn levels(&self) -> Result<BTreeMap<SmolStr, LevelEntry>, StoreError> {
        let mut rows = self
            .connection
            .prepare("SELECT rowid, id, openbaar, namen FROM eigen_niveaus")
            .map_err(self.sqlite("cannot read"))?;
        let mut rows = rows.query([]).map_err(self.sqlite("cannot read"))?;
        let mut levels = BTreeMap::new();
        while let Some(row) = rows.next().map_err(self.sqlite("cannot read"))? {
            let read = || -> rusqlite::Result<(i64, String, bool, String)> {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            };
            let (at, id, is_public, names) = read().map_err(self.sqlite("cannot read"))?;
            let names: LevelNames = serde_json::from_str(&names)
                .map_err(|error| self.corrupt("eigen_niveaus", at, error.to_string()))?;
            levels.insert(id.into(), LevelEntry { names, is_public });
        }
        Ok(levels)
    }

    fn sqlite(&self, action: &'static str) -> impl Fn(rusqlite::Error) -> StoreError {
        let path = self.path.to_owned();
        move |source| StoreError::Sqlite { path: path.clone(), action, source }
    }

    fn corrupt(&self, table: &str, row: i64, message: impl Into<String>) -> StoreError {
        StoreError::Corrupt {
            path: self.path.to_owned(),
            table: table.to_owned(),
            row,
            message: message.into(),
        }
    }

    /// The schema of the file.
    fn check_schema(&self) -> Result<u32, StoreError> {
        let pragma = |name: &str| {
            self.connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0))
        };
        let no_atlas = |found: &str| StoreError::NoAtlas {
            path: self.path.to_owned(),
            found: found.to_owned(),
        };
        let application = pragma("application_id").map_err(|error| match error {
            rusqlite::Error::SqliteFailure(failure, _)
                if failure.code == rusqlite::ErrorCode::NotADatabase =>
            {
                no_atlas("is no GeoPackage")
            }
            other => self.sqlite("cannot read")(other),
        })?;
        if application != i64::from(APPLICATION_ID) {
            return Err(no_atlas("is no GeoPackage"));
        }
        let is_atlas = self
            .connection
            .query_row(
                "SELECT count(*) FROM sqlite_master WHERE type = 'table'
                 AND name IN ('over', 'reeksen', 'waarnemingen', 'bronnen')",
                [],
                |row| row.get::<_, i64>(0),
            )
            .map_err(self.sqlite("cannot read"))?
            == 4;
        if !is_atlas {
            return Err(no_atlas("is a GeoPackage of somebody else"));
        }
        let version = pragma("user_version").map_err(self.sqlite("cannot read"))?;
        match u32::try_from(version).ok().and_then(|v| v.checked_sub(USER_VERSION_BASE)) {
            Some(found @ 1..=SCHEMA) => Ok(found),
            Some(found) if found > SCHEMA => {
                Err(StoreError::Newer { path: self.path.to_owned(), found, known: SCHEMA })
            }
            _ => Err(no_atlas("says an unknown schema")),
        }
    }

    fn about(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let failed = self.sqlite("cannot read table over");
        let mut query =
            self.connection.prepare("SELECT sleutel, waarde FROM over").map_err(&failed)?;
        query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .and_then(Iterator::collect)
            .map_err(failed)
    }

    fn grid(&self) -> Result<Option<CorrectionGrid>, StoreError> {
        let blob: Option<Vec<u8>> = self
            .connection
            .query_row("SELECT inhoud FROM bijlagen WHERE naam = 'rd-grid'", [], |row| row.get(0))
            .optional()
            .map_err(self.sqlite("cannot read table bijlagen"))?;
        blob.map(|bytes| CorrectionGrid::from_bytes(&bytes))
            .transpose()
            .map_err(|error| self.corrupt("bijlagen", 1, error.to_string()))
    }

    fn sources(&self) -> Result<BTreeMap<u32, Source>, StoreError> {
        let failed = self.sqlite("cannot read table bronnen");
        let mut query = self
            .connection
            .prepare(
                "SELECT id, bestand, controlegetal, omvang, uitgever, licentie, levering, dialect,
                        opgehaald FROM bronnen",
            )
            .map_err(&failed)?;
        query
            .query_map([], |row| {
                let provenance = Provenance {
                    file: row.get(1)?,
                    checksum: row.get(2)?,
                    size: u64::try_from(row.get::<_, i64>(3)?).unwrap_or_default(),
                    publisher: row.get(4)?,
                    licence: row.get(5)?,
                    delivery: row.get(6)?,
                    dialect: row.get(7)?,
                };
                Ok((row.get(0)?, Source { provenance, retrieved: row.get(8)? }))
            })
            .and_then(Iterator::collect)
            .map_err(failed)
    }

    /// The areas of a level and their borders; those of an older schema from their shapes.
    fn areas(
        &self,
        vintage: Vintage,
        level: &Level,
        schema: u32,
    ) -> Result<(Vec<StoredArea>, Topology), StoreError> {
        let table = table_name(vintage, level);
        let geometry = if schema < 3 { "geom" } else { "NULL" };
        let failed = self.sqlite("cannot read a table of areas");
        let mut query = self
            .connection
            .prepare(&format!(
                "SELECT fid, code, naam, vlaggen, hersteld, {geometry}, gemeentenaam
                 FROM \"{table}\" ORDER BY fid"
            ))
            .map_err(&failed)?;
        let mut rows = query.query([]).map_err(&failed)?;
        let (mut areas, mut shapes): (Vec<StoredArea>, Vec<Shape>) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next().map_err(&failed)? {
            let fid: i64 = row.get(0).map_err(&failed)?;
            let text = |at| row.get_ref(at).ok().and_then(|value| value.as_str().ok());
            let wrong = |message: String| self.corrupt(&table, fid, message);
            let code = AreaCode::parse(text(1).unwrap_or_default())
                .map_err(|error| wrong(error.to_string()))?;
            if areas.last().is_some_and(|last| last.code >= code) {
                return Err(wrong(format!("{code} does not come after the code before it")));
            }
            let flags = text(3)
                .unwrap_or_default()
                .split(',')
                .filter(|name| !name.is_empty())
                .map(|name| {
                    Flag::from_name(name).ok_or_else(|| wrong(format!("unknown mark {name:?}")))
                })
                .collect::<Result<_, _>>()?;
            if schema < 3 {
                let blob = row.get_ref(5).ok().and_then(|value| value.as_blob().ok());
                shapes.push(geometry_blob::decode(blob.unwrap_or_default()).map_err(wrong)?);
            }
            areas.push(StoredArea {
                code,
                name: text(2).unwrap_or_default().to_owned(),
                gemeente: text(6).unwrap_or_default().to_owned(),
                flags,
                repaired: text(4).unwrap_or_default().to_owned(),
            });
        }
        let topology = if schema < 3 {
            Topology::of(&shapes, Tolerance::default()).0
        } else {
            self.topology(vintage, level, areas.len())?
        };
        Ok((areas, topology))
    }

    fn topology(
        &self,
        vintage: Vintage,
        level: &Level,
        count: usize,
    ) -> Result<Topology, StoreError> {
        let (row, bytes): (i64, Vec<u8>) = self
            .connection
            .query_row(
                "SELECT rowid, topologie FROM grenzen WHERE indeling = ? AND niveau = ?",
                params![vintage.get(), level.plural()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .map_err(self.sqlite("cannot read table grenzen"))?;
        let wrong = |message: String| self.corrupt("grenzen", row, message);
        let topology = Topology::from_bytes(&bytes).map_err(|error| wrong(error.to_string()))?;
        if topology.rings().len() != count {
            return Err(wrong(format!("{} areas, expected {count}", topology.rings().len())));
        }
        Ok(topology)
    }

    /// What imports changed, the newest last.
    fn changes(&self) -> Result<Vec<ChangeRecord>, StoreError> {
        let failed = self.sqlite("cannot read table wijzigingen");
        let mut query = self
            .connection
            .prepare(
                "SELECT id, moment, versie_voor, versie_na, inhoud FROM wijzigingen ORDER BY id",
            )
            .map_err(&failed)?;
        let mut rows = query.query([]).map_err(&failed)?;
        let mut changes = Vec::new();
        while let Some(row) = rows.next().map_err(&failed)? {
            let id: i64 = row.get(0).map_err(&failed)?;
            let inside: String = row.get(4).map_err(&failed)?;
            changes.push(ChangeRecord {
                moment: row.get(1).map_err(&failed)?,
                before: row.get(2).map_err(&failed)?,
                after: row.get(3).map_err(&failed)?,
                changes: serde_json::from_str(&inside)
                    .map_err(|error| self.corrupt("wijzigingen", id, error.to_string()))?,
            });
        }
        Ok(changes)
    }

    fn recodes(&self) -> Result<Recodes, StoreError> {
        let failed = self.sqlite("cannot read table hercoderingen");
        let mut query = self
            .connection
            .prepare("SELECT id, indeling, niveau, oud, nieuw, bron FROM hercoderingen")
            .map_err(&failed)?;
        let mut rows = query.query([]).map_err(&failed)?;
        let mut recodes = Recodes::new();
        while let Some(row) = rows.next().map_err(&failed)? {
            let id: i64 = row.get(0).map_err(&failed)?;
            let wrong = |message: String| self.corrupt("hercoderingen", id, message);
            let text = |at: usize| row.get::<_, String>(at).map_err(&failed);
            let code =
                |at: usize| AreaCode::parse(&text(at)?).map_err(|error| wrong(error.to_string()));
            let level = text(2)?.parse().map_err(|error| wrong(format!("{error}")))?;
            let vintage = Vintage::new(row.get(1).map_err(&failed)?)
                .map_err(|error| wrong(error.to_string()))?;
            let pair = (code(4)?, code(3)?);
            let source = row.get(5).map_err(&failed)?;
            recodes.entry((vintage, level)).or_default().insert(pair, source);
        }
        Ok(recodes)
    }

    fn addresses(&self) -> Result<BTreeMap<Vintage, StoredAddresses>, StoreError> {
        let failed = self.sqlite("cannot read table adressen");
        let mut query = self
            .connection
            .prepare("SELECT indeling, bronnen, tabel FROM adressen")
            .map_err(&failed)?;
        let mut rows = query.query([]).map_err(&failed)?;
        let mut addresses = BTreeMap::new();
        while let Some(row) = rows.next().map_err(&failed)? {
            let year: u16 = row.get(0).map_err(&failed)?;
            let wrong = |message: String| self.corrupt("adressen", year.into(), message);
            let vintage = Vintage::new(year).map_err(|error| wrong(error.to_string()))?;
            let sources = row.get::<_, String>(1).map_err(&failed)?;
            let sources = sources
                .split(' ')
                .map(|id| id.parse().map_err(|_| wrong(format!("{id:?} is no source"))))
                .collect::<Result<_, _>>()?;
            let blob = row.get_ref(2).ok().and_then(|value| value.as_blob().ok());
            let table = AddressTable::from_bytes(blob.unwrap_or_default())
                .map_err(|error| wrong(error.to_string()))?;
            addresses.insert(vintage, StoredAddresses { sources, table });
        }
        Ok(addresses)
    }

    /// The series that came with a division, and those whose codes must tell it.
    fn series(&self, schema: u32) -> Result<(AllSeries, AllSeries), StoreError> {
        let keys = self.series_keys(schema)?;
        let failed = self.sqlite("cannot read table waarnemingen");
        let mut query = self
            .connection
            .prepare("SELECT id, reeks, code, waarde, reden, bron FROM waarnemingen ORDER BY id")
            .map_err(&failed)?;
        let mut rows = query.query([]).map_err(&failed)?;
        let mut series: BTreeMap<i64, Vec<StoredValue>> = BTreeMap::new();
        let mut current: Option<(i64, Vec<StoredValue>)> = None;
        while let Some(row) = rows.next().map_err(&failed)? {
            let id: i64 = row.get(0).map_err(&failed)?;
            let of: i64 = row.get(1).map_err(&failed)?;
            let wrong = |message: String| self.corrupt("waarnemingen", id, message);
            let code = row.get_ref(2).ok().and_then(|code| code.as_str().ok()).unwrap_or_default();
            let code = AreaCode::parse(code).map_err(|error| wrong(error.to_string()))?;
            let value = match row.get_ref(3).map_err(&failed)? {
                ValueRef::Real(number) if number.is_finite() => Value::Number(number),
                ValueRef::Null => {
                    let key = row.get_ref(4).ok().and_then(|reason| reason.as_str().ok());
                    Value::Missing(
                        key.and_then(Reason::from_key)
                            .ok_or_else(|| wrong(format!("unknown reason {key:?}")))?,
                    )
                }
                _ => return Err(wrong("the value is no finite number".to_owned())),
            };
            let source = row.get(5).map_err(&failed)?;
            let value = StoredValue { code, value, source };
            match &mut current {
                Some((id, values)) if *id == of => {
                    if values.last().is_some_and(|last| last.code >= value.code) {
                        let code = &value.code;
                        return Err(wrong(format!(
                            "{code} does not come after the code before it"
                        )));
                    }
                    values.push(value);
                }
                _ => {
                    if let Some((done, values)) = current.replace((of, vec![value])) {
                        series.insert(done, values);
                    }
                }
            }
        }
        series.extend(current);
        let (mut settled, mut floating) = (BTreeMap::new(), BTreeMap::new());
        for (id, key, floats) in keys {
            let into = if floats { &mut floating } else { &mut settled };
            into.insert(key, series.remove(&id).unwrap_or_default());
        }
        match series.into_keys().next() {
            Some(id) => Err(self.corrupt("waarnemingen", id, "a series that is not in reeksen")),
            None => Ok((settled, floating)),
        }
    }

    fn series_keys(&self, schema: u32) -> Result<Vec<(i64, SeriesKey, bool)>, StoreError> {
        let failed = self.sqlite("cannot read table reeksen");
        let mut query = self
            .connection
            .prepare(&format!(
                "SELECT id, indicator, sinds, jaar, indeling, niveau, {} FROM reeksen ORDER BY id",
                if schema > 1 { "zwevend" } else { "0" }
            ))
            .map_err(&failed)?;
        let mut rows = query.query([]).map_err(&failed)?;
        let mut keys = Vec::new();
        while let Some(row) = rows.next().map_err(&failed)? {
            let id: i64 = row.get(0).map_err(&failed)?;
            let wrong = |message: String| self.corrupt("reeksen", id, message);
            let year = |at: usize| -> Result<Option<Year>, StoreError> {
                let number: Option<u16> = row.get(at).map_err(&failed)?;
                number.map(Year::new).transpose().map_err(|error| wrong(error.to_string()))
            };
            let text = |at: usize| row.get::<_, String>(at).map_err(&failed);
            let needed =
                |found: Option<Year>| found.ok_or_else(|| wrong("a year is missing".into()));
            keys.push((
                id,
                SeriesKey {
                    indicator: text(1)?.into(),
                    begin: year(2)?,
                    year: needed(year(3)?)?,
                    vintage: Vintage(needed(year(4)?)?),
                    level: text(5)?.parse().map_err(|error| wrong(format!("{error}")))?,
                },
                row.get(6).map_err(&failed)?,
            ));
        }
        Ok(keys)
    }
}

type AllSeries = BTreeMap<SeriesKey, Vec<StoredValue>>;

type Recodes = BTreeMap<(Vintage, Level), BTreeMap<(AreaCode, AreaCode), u32>>;

/// An entry `vlakken/2024/buurten` with its source and how many levels nest.
fn areas_entry(key: &str, value: &str) -> Option<(Vintage, Level, u32, u8)> {
    let (vintage, level) = key.strip_prefix("vlakken/")?.split_once('/')?;
    let (source, nested) = value.split_once(' ')?;
    Some((vintage.parse().ok()?, level.parse().ok()?, source.parse().ok()?, nested.parse().ok()?))
}
