//! A layer as a GeoPackage (OGC 12-128r18): its areas with what the table says of them, in RD, with
//! the style for QGIS and where everything comes from.

use std::path::Path;

use rusqlite::{Connection, ToSql, params, params_from_iter, types::ToSqlOutput};

use crate::{
    coverage::BBox,
    indicator::Language,
    store::{SRS_RD, geometry_blob, new_geopackage},
};

use super::{
    PaintedLayer, legend,
    qml::table_style,
    table::{Cell, SECOND, columns, rows, source},
    xml::escape,
};

/// The types of the columns of the table of a layer of one topic.
const TYPES: [&str; 20] = [
    "TEXT NOT NULL UNIQUE",
    "TEXT NOT NULL",
    "TEXT NOT NULL",
    "TEXT",
    "TEXT",
    "TEXT NOT NULL",
    "INTEGER NOT NULL",
    "REAL",
    "REAL",
    "REAL",
    "INTEGER",
    "INTEGER",
    "TEXT",
    "INTEGER",
    "TEXT",
    "TEXT",
    "TEXT NOT NULL",
    "TEXT NOT NULL",
    "TEXT NOT NULL",
    "TEXT NOT NULL",
];

/// Those of the columns of a second one.
const CONVERTED_TYPES: [&str; 4] = ["INTEGER NOT NULL", "INTEGER NOT NULL", "TEXT", "REAL"];
const SECOND_TYPES: [&str; 4] = ["TEXT NOT NULL", "INTEGER NOT NULL", "REAL", "TEXT"];

/// Beside the tables of the standard: metadata (its extension), and the style where QGIS looks for
/// it.
const TABLES: &str = "
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_metadata (
  id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml',
  metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (
  reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL, md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
  styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME);
CREATE TABLE bronnen (
  id INTEGER PRIMARY KEY, bestand TEXT NOT NULL, controlegetal TEXT NOT NULL,
  uitgever TEXT NOT NULL, licentie TEXT NOT NULL, levering TEXT NOT NULL, opgehaald TEXT NOT NULL);
INSERT INTO gpkg_extensions VALUES
  ('gpkg_metadata', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec131/#extension_metadata',
   'read-write'),
  ('gpkg_metadata_reference', NULL, 'gpkg_metadata',
   'http://www.geopackage.org/spec131/#extension_metadata', 'read-write');
";

/// Writes the layer into a new file. One feature table, named after the topics, level and year,
/// with the columns of [`csv`](super::csv()); a missing value is NULL with its reason beside it.
/// The same layer gives the same rows.
///
/// # Errors
/// When the file cannot be written.
pub fn gpkg(layer: &PaintedLayer<'_>, path: &Path) -> rusqlite::Result<()> {
    let mut connection = Connection::open(path)?;
    let draft = new_geopackage(&mut connection)?;
    draft.execute_batch(TABLES)?;
    let spec = &layer.spec;
    // Ids and levels are of letters, digits and hyphens.
    let second = spec.second.as_ref().map(|second| format!("_met_{}", second.indicator));
    let second = second.unwrap_or_default();
    let table = format!("{}{second}_{}_{}", spec.indicator, spec.level.plural(), spec.year);
    let table = table.replace('-', "_");
    write_areas(&draft, layer, &table)?;
    write_about(&draft, layer, &table)?;
    draft.commit()?;
    connection.close().map_err(|(_, error)| error)
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Empty => Ok(ToSqlOutput::from(rusqlite::types::Null)),
            Self::Text(text) => Ok(ToSqlOutput::from(text.as_ref())),
            Self::Whole(number) => Ok(ToSqlOutput::from(*number)),
            Self::Number(number) => Ok(ToSqlOutput::from(*number)),
        }
    }
}

fn write_areas(draft: &Connection, layer: &PaintedLayer<'_>, table: &str) -> rusqlite::Result<()> {
    let mut types = TYPES.to_vec();
    if layer.pair.is_some() {
        types.splice(SECOND..SECOND, SECOND_TYPES);
    }
    if layer.series.column.converted().is_some() {
        types.extend(CONVERTED_TYPES);
    }
    let columns: Vec<_> =
        columns(layer).iter().zip(&types).map(|(name, kind)| format!("{name} {kind}")).collect();
    draft.execute_batch(&format!(
        "CREATE TABLE \"{table}\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, \
         geom MULTIPOLYGON NOT NULL, {})",
        columns.join(", ")
    ))?;
    let coverage = layer.series.coverage;
    let shapes = || layer.areas.iter().map(|area| coverage.shape(area.ordinal));
    let bbox = shapes().filter_map(|shape| shape.bbox()).reduce(BBox::union);
    let (low, high) = (bbox.map(|b| b.south_west()), bbox.map(|b| b.north_east()));
    draft.execute(
        "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            table,
            table,
            format!("Bron: {} ({})", source(layer), layer.licence()),
            moment(layer),
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
    let places = vec!["?"; columns.len()].join(", ");
    let mut insert =
        draft.prepare(&format!("INSERT INTO \"{table}\" VALUES (NULL, ?, {places})"))?;
    for (row, shape) in rows(layer).zip(shapes()) {
        let blob = geometry_blob(&shape);
        let geometry: &dyn ToSql = &blob;
        let cells = row.iter().map(|cell| cell as &dyn ToSql);
        insert.execute(params_from_iter(std::iter::once(geometry).chain(cells)))?;
    }
    Ok(())
}

fn write_about(draft: &Connection, layer: &PaintedLayer<'_>, table: &str) -> rusqlite::Result<()> {
    let moment = moment(layer);
    draft.execute(
        "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'http://purl.org/dc/elements/1.1/', \
         'text/xml', ?)",
        params![dublin_core(layer)],
    )?;
    for (scope, table) in [("geopackage", None), ("table", Some(table))] {
        draft.execute(
            "INSERT INTO gpkg_metadata_reference VALUES (?, ?, NULL, NULL, ?, 1, NULL)",
            params![scope, table, moment],
        )?;
    }
    draft.execute(
        "INSERT INTO layer_styles VALUES (NULL, '', '', ?, 'geom', ?, ?, NULL, 1, ?, 'wijkzicht', \
         NULL, ?)",
        params![
            table,
            table.chars().take(30).collect::<String>(),
            table_style(layer),
            layer.indicator.name.get(layer.spec.language),
            moment
        ],
    )?;
    let mut ids = layer.sources();
    ids.push(layer.series.coverage.source);
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        let Some(one) = layer.atlas.sources.get(&id) else { continue };
        let from = &one.provenance;
        draft.execute(
            "INSERT INTO bronnen VALUES (?, ?, ?, ?, ?, ?, ?)",
            params![
                id,
                from.file,
                from.checksum,
                from.publisher,
                from.licence,
                from.delivery,
                one.retrieved
            ],
        )?;
    }
    for (name, text) in [
        ("bronnen", "Bestanden waaruit deze laag bestaat, met uitgever en licentie"),
        ("layer_styles", "Stijl voor QGIS"),
    ] {
        draft.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)
             VALUES (?, 'attributes', ?, ?, ?)",
            params![name, name, text, moment],
        )?;
    }
    Ok(())
}

/// What the layer is, in the terms of Dublin Core.
fn dublin_core(layer: &PaintedLayer<'_>) -> String {
    let legend = legend(layer);
    let language = layer.spec.language;
    let borders = legend.borders_source.as_deref().unwrap_or_default();
    let code = match language {
        Language::Nl => "nl",
        Language::En => "en",
    };
    let terms = [
        ("title", format!("{} {}", legend.name.get(language), legend.year)),
        ("description", layer.indicator.description.get(language).to_owned()),
        ("source", source(layer)),
        ("source", borders.to_owned()),
        ("rights", legend.licence.to_string()),
        ("date", legend.year.to_string()),
        ("coverage", format!("{} {}", legend.level, legend.vintage)),
        ("identifier", format!("{} {}", legend.indicator, legend.version)),
        ("language", code.to_owned()),
    ];
    let terms: String = terms
        .iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(term, text)| format!("<dc:{term}>{}</dc:{term}>", escape(text)))
        .collect();
    format!("<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">{terms}</metadata>")
}

/// The newest day of retrieval, as GeoPackage wants a moment.
fn moment(layer: &PaintedLayer<'_>) -> String {
    let sources = layer.sources();
    let sources = sources.iter().filter_map(|id| layer.atlas.sources.get(id));
    let day = sources.map(|one| &one.retrieved).max().map_or("1970-01-01", String::as_str);
    format!("{day}T00:00:00.000Z")
}
