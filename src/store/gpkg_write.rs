//! Contents into a new GeoPackage file.

use std::path::Path;

use rayon::prelude::*;
use rusqlite::{Connection, Transaction, params};

use crate::{
    area::{AreaCode, Level, Vintage, Year},
    coverage::{BBox, Shape},
    indicator::Value,
};

use super::{
    Areas, Contents, StoreError,
    geometry_blob::{self, SRS_RD},
    gpkg_schema::{APPLICATION_ID, SCHEMA, USER_VERSION_BASE, table_name},
    gpkg_stories,
};

const STANDARD_TABLES: &str = "
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE,
  max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
";

const OWN_TABLES: &str = "
CREATE TABLE over (sleutel TEXT NOT NULL PRIMARY KEY, waarde TEXT NOT NULL);
CREATE TABLE bijlagen (naam TEXT NOT NULL PRIMARY KEY, inhoud BLOB NOT NULL);
CREATE TABLE bronnen (
  id INTEGER PRIMARY KEY, bestand TEXT NOT NULL, controlegetal TEXT NOT NULL,
  omvang INTEGER NOT NULL, uitgever TEXT NOT NULL, licentie TEXT NOT NULL,
  levering TEXT NOT NULL, dialect TEXT NOT NULL, opgehaald TEXT NOT NULL);
CREATE TABLE reeksen (
  id INTEGER PRIMARY KEY, indicator TEXT NOT NULL, sinds INTEGER, jaar INTEGER NOT NULL,
  indeling INTEGER NOT NULL, niveau TEXT NOT NULL, zwevend INTEGER NOT NULL);
CREATE TABLE hercoderingen (
  id INTEGER PRIMARY KEY, indeling INTEGER NOT NULL, niveau TEXT NOT NULL, oud TEXT NOT NULL,
  nieuw TEXT NOT NULL, bron INTEGER NOT NULL);
CREATE TABLE eigen_niveaus (
  id TEXT NOT NULL PRIMARY KEY, openbaar INTEGER NOT NULL, namen TEXT NOT NULL);
CREATE TABLE eigen_onderwerpen (
  id TEXT NOT NULL PRIMARY KEY, openbaar INTEGER NOT NULL, beschrijving TEXT NOT NULL);
CREATE TABLE adressen (
  indeling INTEGER PRIMARY KEY, bronnen TEXT NOT NULL, tabel BLOB NOT NULL);
CREATE TABLE grenzen (
  indeling INTEGER NOT NULL, niveau TEXT NOT NULL, topologie BLOB NOT NULL,
  PRIMARY KEY (indeling, niveau));
CREATE TABLE wijzigingen (
  id INTEGER PRIMARY KEY, moment TEXT NOT NULL, versie_voor TEXT, versie_na TEXT NOT NULL,
  inhoud TEXT NOT NULL);
CREATE TABLE waarnemingen (
  id INTEGER PRIMARY KEY, reeks INTEGER NOT NULL, code TEXT NOT NULL, waarde REAL, reden TEXT,
  bron INTEGER NOT NULL);
CREATE VIEW waarden AS
  SELECT w.id AS id, r.indicator AS indicator, r.sinds AS sinds, r.jaar AS jaar,
         r.indeling AS indeling, r.niveau AS niveau, w.code AS code, w.waarde AS waarde,
         w.reden AS reden, b.bestand AS bestand, b.uitgever AS uitgever, b.licentie AS licentie
  FROM waarnemingen w JOIN reeksen r ON r.id = w.reeks JOIN bronnen b ON b.id = w.bron;
";

/// The definitions that the standard asks for, and RD New as EPSG defines it.
const REFERENCE_SYSTEMS: [(&str, i32, &str, i32, &str); 4] = [
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
    (
        "WGS 84 geodetic",
        4326,
        "EPSG",
        4326,
        r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]"#,
    ),
    (
        "Amersfoort / RD New",
        SRS_RD,
        "EPSG",
        28992,
        r#"PROJCS["Amersfoort / RD New",GEOGCS["Amersfoort",DATUM["Amersfoort",SPHEROID["Bessel 1841",6377397.155,299.1528128,AUTHORITY["EPSG","7004"]],AUTHORITY["EPSG","6289"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4289"]],PROJECTION["Oblique_Stereographic"],PARAMETER["latitude_of_origin",52.1561605555556],PARAMETER["central_meridian",5.38763888888889],PARAMETER["scale_factor",0.9999079],PARAMETER["false_easting",155000],PARAMETER["false_northing",463000],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","28992"]]"#,
    ),
];

/// Writes `contents` into a new file at `path`.
pub(super) fn write(path: &Path, contents: &Contents) -> Result<(), StoreError> {
    let sqlite = |action: &'static str| {
        let path = path.display().to_string();
        move |source| StoreError::Sqlite { path, action, source }
    };
    let mut connection = Connection::open(path).map_err(sqlite("cannot create"))?;
    fill(&mut connection, contents).map_err(sqlite("cannot write"))?;
    connection.close().map_err(|(_, source)| sqlite("cannot close")(source))
}

/// Begins a GeoPackage in a new, empty file: the tables of the standard, with RD New in them.
/// Nothing of it lasts before the transaction is committed.
///
/// # Errors
/// When SQLite refuses.
pub(crate) fn new_geopackage(connection: &mut Connection) -> rusqlite::Result<Transaction<'_>> {
    begin(connection, USER_VERSION_BASE)
}

fn begin(connection: &mut Connection, version: u32) -> rusqlite::Result<Transaction<'_>> {
    // The draft is thrown away when anything fails: neither journal nor flushes are of use.
    connection.pragma_update(None, "page_size", 4096)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", version)?;
    connection.pragma_update_and_check(None, "journal_mode", "off", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "off")?;
    let draft = connection.transaction()?;
    draft.execute_batch(STANDARD_TABLES)?;
    for (name, id, organisation, number, definition) in REFERENCE_SYSTEMS {
        draft.execute(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)",
            params![name, id, organisation, number, definition],
        )?;
    }
    Ok(draft)
}

fn fill(connection: &mut Connection, contents: &Contents) -> rusqlite::Result<()> {
    let draft = begin(connection, USER_VERSION_BASE + SCHEMA)?;
    draft.execute_batch(OWN_TABLES)?;
    draft.execute_batch(gpkg_stories::CREATE)?;
    let about = [
        ("programma", concat!("wijkzicht ", env!("CARGO_PKG_VERSION")).to_owned()),
        ("versie", contents.version()),
        ("fictief", if contents.fictional { "ja" } else { "nee" }.to_owned()),
    ];
    for (key, value) in about {
        draft.execute("INSERT INTO over VALUES (?, ?)", params![key, value])?;
    }
    if let Some(grid) = &contents.grid {
        draft.execute("INSERT INTO bijlagen VALUES ('rd-grid', ?)", params![grid.to_bytes()])?;
    }
    for (id, source) in &contents.sources {
        let from = &source.provenance;
        draft.execute(
            "INSERT INTO bronnen VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                id,
                from.file,
                from.checksum,
                i64::try_from(from.size).unwrap_or(i64::MAX),
                from.publisher,
                from.licence,
                from.delivery,
                from.dialect,
                source.retrieved
            ],
        )?;
    }
    write_series(&draft, contents)?;
    for (id, own) in &contents.own {
        let described = serde_json::to_string(&own.indicator)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        draft.execute(
            "INSERT INTO eigen_onderwerpen VALUES (?, ?, ?)",
            params![id.as_str(), own.is_public, described],
        )?;
    }
    for (id, own) in &contents.levels {
        let names = serde_json::to_string(&own.names)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        draft.execute(
            "INSERT INTO eigen_niveaus VALUES (?, ?, ?)",
            params![id.as_str(), own.is_public, names],
        )?;
    }
    gpkg_stories::write(&draft, &contents.stories)?;
    write_recodes(&draft, contents)?;
    for (vintage, addresses) in &contents.addresses {
        let sources: Vec<_> = addresses.sources.iter().map(ToString::to_string).collect();
        draft.execute(
            "INSERT INTO adressen VALUES (?, ?, ?)",
            params![vintage.get(), sources.join(" "), addresses.table.to_bytes()],
        )?;
    }
    for ((vintage, level), areas) in &contents.areas {
        write_areas(&draft, contents, *vintage, level, areas)?;
    }
    write_changes(&draft, contents)?;
    let last_change = last_change(contents);
    for (table, text) in [
        ("bronnen", "Bestanden waaruit de atlas bestaat, met uitgever en licentie"),
        ("reeksen", "Per reeks: indicator, jaar, indeling en niveau"),
        ("waarnemingen", "Per gebied een waarde, of de reden waarom die er niet is"),
        ("hercoderingen", "Codes die in de plaats kwamen van andere, met dezelfde grens"),
        (gpkg_stories::TABLE, "Aanpakken en initiatieven per gebied, van wanneer tot wanneer"),
        ("wijzigingen", "Wat er bij elke keer inlezen veranderde; inhoud is JSON"),
        ("waarden", "Waarnemingen, reeksen en bronnen naast elkaar"),
    ] {
        draft.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)
             VALUES (?, 'attributes', ?, ?, ?)",
            params![table, table, text, last_change],
        )?;
    }
    draft.commit()
}

fn write_series(draft: &Connection, contents: &Contents) -> rusqlite::Result<()> {
    let mut series = draft.prepare("INSERT INTO reeksen VALUES (?, ?, ?, ?, ?, ?, ?)")?;
    let mut rows = draft.prepare("INSERT INTO waarnemingen VALUES (?, ?, ?, ?, ?, ?)")?;
    let mut row_id = 0_i64;
    let settled = contents.series.iter().map(|(key, values)| (key, values, false));
    let floating = contents.floating.iter().map(|(key, values)| (key, values, true));
    for (id, (key, values, floats)) in (1_i64..).zip(settled.chain(floating)) {
        series.execute(params![
            id,
            key.indicator.as_str(),
            key.begin.map(Year::get),
            key.year.get(),
            key.vintage.get(),
            key.level.plural(),
            floats
        ])?;
        for value in values {
            row_id += 1;
            let (number, reason) = match value.value {
                Value::Number(number) => (Some(number), None),
                Value::Missing(reason) => (None, Some(reason.as_str())),
            };
            rows.execute(params![row_id, id, value.code.as_str(), number, reason, value.source])?;
        }
    }
    Ok(())
}

fn write_changes(draft: &Connection, contents: &Contents) -> rusqlite::Result<()> {
    let mut insert = draft.prepare("INSERT INTO wijzigingen VALUES (?, ?, ?, ?, ?)")?;
    for (id, record) in (1_i64..).zip(&contents.changes) {
        let inside = serde_json::to_string(&record.changes)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        insert.execute(params![id, record.moment, record.before, record.after, inside])?;
    }
    Ok(())
}

fn write_recodes(draft: &Connection, contents: &Contents) -> rusqlite::Result<()> {
    let mut insert = draft.prepare("INSERT INTO hercoderingen VALUES (?, ?, ?, ?, ?, ?)")?;
    let pairs = contents.recodes.iter().flat_map(|((vintage, level), pairs)| {
        pairs.iter().map(move |((after, before), source)| (vintage, level, before, after, source))
    });
    for (id, (vintage, level, before, after, source)) in (1_i64..).zip(pairs) {
        insert.execute(params![
            id,
            vintage.get(),
            level.plural(),
            before.as_str(),
            after.as_str(),
            source
        ])?;
    }
    Ok(())
}

fn write_areas(
    draft: &Connection,
    contents: &Contents,
    vintage: Vintage,
    level: &Level,
    areas: &Areas,
) -> rusqlite::Result<()> {
    let table = table_name(vintage, level);
    draft.execute_batch(&format!(
        "CREATE TABLE \"{table}\" (
           fid INTEGER PRIMARY KEY, geom MULTIPOLYGON NOT NULL, code TEXT NOT NULL UNIQUE,
           naam TEXT NOT NULL, wijkcode TEXT, gemeentecode TEXT, gemeentenaam TEXT,
           vlaggen TEXT NOT NULL, hersteld TEXT NOT NULL)"
    ))?;
    let shapes: Vec<_> = (0..areas.areas.len()).into_par_iter().map(|at| areas.shape(at)).collect();
    let bbox = shapes.iter().filter_map(Shape::bbox).reduce(BBox::union);
    let (low, high) = (bbox.map(|b| b.south_west()), bbox.map(|b| b.north_east()));
    let publisher = contents
        .sources
        .get(&areas.source)
        .map_or_else(String::new, |source| format!("Bron: {}", source.provenance.publisher));
    draft.execute(
        "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            table,
            table,
            publisher,
            last_change(contents),
            low.map(|at| at.x),
            low.map(|at| at.y),
            high.map(|at| at.x),
            high.map(|at| at.y),
            SRS_RD
        ],
    )?;
    draft.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', ?, 0, 0)",
        params![table, SRS_RD],
    )?;
    draft.execute(
        "INSERT INTO over VALUES (?, ?)",
        params![
            format!("vlakken/{vintage}/{}", level.plural()),
            format!("{} {}", areas.source, areas.nested)
        ],
    )?;
    draft.execute(
        "INSERT INTO grenzen VALUES (?, ?, ?)",
        params![vintage.get(), level.plural(), areas.topology.to_bytes()],
    )?;
    let mut insert =
        draft.prepare(&format!("INSERT INTO \"{table}\" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"))?;
    for (fid, (area, shape)) in (1_i64..).zip(areas.areas.iter().zip(&shapes)) {
        let (wijk, gemeente) = match level {
            Level::Buurt => (area.code.wijk(), area.code.gemeente()),
            Level::Wijk => (None, area.code.gemeente()),
            _ => (None, None),
        };
        let name = Some(area.gemeente.as_str()).filter(|name| !name.is_empty());
        let flags: Vec<_> = area.flags.iter().map(|flag| flag.as_str()).collect();
        insert.execute(params![
            fid,
            geometry_blob::encode(shape),
            area.code.as_str(),
            area.name,
            wijk.as_ref().map(AreaCode::as_str),
            gemeente.as_ref().map(AreaCode::as_str),
            name,
            flags.join(","),
            area.repaired
        ])?;
    }
    Ok(())
}

/// The newest day of retrieval as GeoPackage wants a moment: the same contents give the same file.
fn last_change(contents: &Contents) -> String {
    let day = contents.sources.values().map(|source| source.retrieved.as_str()).max();
    format!("{}T00:00:00.000Z", day.unwrap_or("1970-01-01"))
}
