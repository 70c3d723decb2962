//! One file becomes one delivery.

use std::path::{Path, PathBuf};

use crate::{
    area::{Level, Vintage, Year},
    indicator::Catalogue,
};

use super::{
    Delivery, Dialects, Provenance, SourceError,
    addresses::AddressHarvest,
    assembly::{Given, store, years},
    bounds::check_shape,
    choice::choose,
    csv::CsvFile,
    division::Division,
    error::{Place, io},
    fingerprint::{fingerprint, year_in_name},
    geojson::GeoJson,
    geopackage::GeoPackage,
    harvest::Harvest,
    plan::Plan,
    shapefile::Shapefile,
    table::{Head, Tables, check_heads},
    xlsx::Workbook,
};

/// What whoever imports a file says of it; it goes before what the file says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The year of the figures.
    pub year: Option<Year>,
    /// The division that the codes belong to.
    pub vintage: Option<Vintage>,
    /// The level of the codes.
    pub level: Option<Level>,
}

/// Reads one file: its areas, its values, and a note on each table.
///
/// Streams records; holds the shapes and values of the delivery itself. Changes nothing on disk.
/// Year and level come from the options, else a column, else the name of a layer, else the
/// dialect, else (a guess) the file's name; the vintage from the options, else the dialect's rule.
///
/// # Errors
/// When the file or a record in it is not what it must be; the message names file, table, record,
/// column and what was expected.
pub fn read(
    path: &Path,
    options: &ReadOptions,
    dialects: &Dialects,
    catalogue: &Catalogue,
) -> Result<Delivery, SourceError> {
    let (mut tables, parts) = open(path)?;
    check_heads(path, tables.heads())?;
    let heads = tables.heads().to_vec();
    let (dialect, chosen, ignored_tables) = match choose(path, &heads, options, dialects) {
        Ok(choice) => choice,
        Err(SourceError::NoCode { file, found }) => {
            let found = format!("{found}, {}", inspect(path, tables.as_mut(), &heads)?);
            return Err(SourceError::NoCode { file, found });
        }
        Err(error) => return Err(error),
    };

    let name_year = year_in_name(path);
    let (mut plans, mut address_harvests) = (Vec::new(), Vec::new());
    for (at, form) in chosen {
        let Some(head) = heads.get(at) else { continue };
        let place = Place { table: head.name.clone(), ..Place::file(path) };
        if form.postcode.is_some() {
            address_harvests
                .push((at, AddressHarvest::new(&place, head, form, options, name_year)?));
        } else {
            let plan = Plan::make(&place, head, dialect, form, options, catalogue, name_year)?;
            plans.push((at, place, plan));
        }
    }
    let mut harvests = Vec::new();
    for (at, place, plan) in &plans {
        let mut harvest = Harvest::new(plan, place.clone());
        tables.read(*at, &plan.columns, &mut |row| harvest.take(row))?;
        harvests.push((place, plan, harvest));
    }
    for (at, harvest) in &mut address_harvests {
        let columns = harvest.columns.clone();
        tables.read(*at, &columns, &mut |row| harvest.take(&row))?;
    }
    let nothing = harvests.iter().all(|(.., harvest)| harvest.records == 0)
        && address_harvests.iter().all(|(_, harvest)| harvest.is_empty());
    if nothing {
        return Err(SourceError::Empty(Box::new(Place::file(path)), "at least one record"));
    }

    let (checksum, size) = fingerprint(&parts)?;
    let text = |part: Option<&std::ffi::OsStr>| {
        part.map_or_else(String::new, |part| part.to_string_lossy().into_owned())
    };
    let provenance = Provenance {
        file: text(path.file_name()),
        checksum,
        size,
        publisher: dialect.publisher.clone(),
        licence: dialect.licence.clone(),
        delivery: dialect.delivery_of(&text(path.file_stem())).unwrap_or_default(),
        dialect: dialect.id.to_string(),
    };
    let mut delivery = Delivery { ignored_tables, ..Delivery::of(provenance) };
    let newest = harvests.iter().flat_map(|(_, plan, harvest)| years(plan, harvest)).max();
    let division = Division { said: options.vintage, rule: dialect.vintage, newest };
    let mut given = Given::new();
    for (place, plan, harvest) in harvests {
        store(&mut delivery, &mut given, &division, place, plan, harvest)?;
    }
    for (_, harvest) in address_harvests {
        let (vintage, table, note) = harvest.finish();
        delivery.addresses.push((vintage, table));
        delivery.notes.push(note);
    }
    Ok(delivery)
}

/// The dialect that a file would be read in, by its tables and columns alone: no record is read.
///
/// # Errors
/// When it cannot be opened, or is in no dialect.
pub fn recognise(path: &Path, dialects: &Dialects) -> Result<String, SourceError> {
    let (tables, _) = open(path)?;
    check_heads(path, tables.heads())?;
    let (dialect, ..) = choose(path, tables.heads(), &ReadOptions::default(), dialects)?;
    Ok(dialect.id.to_string())
}

/// Reads shapes that cannot be taken, so that all that is wrong with them is told at once.
fn inspect(path: &Path, tables: &mut dyn Tables, heads: &[Head]) -> Result<String, SourceError> {
    let mut shapes = 0_u64;
    for (at, head) in heads.iter().enumerate().filter(|(_, head)| head.has_shapes) {
        let place = Place { table: head.name.clone(), ..Place::file(path) };
        tables.read(at, &[], &mut |row| {
            let Some(shape) = &row.shape else { return Ok(()) };
            shapes += 1;
            check_shape(shape).map_err(|message| {
                SourceError::Shape(Box::new(Place { record: row.record, ..place.clone() }), message)
            })
        })?;
    }
    Ok(format!("{shapes} shapes in RD New"))
}

/// Opens a file by the ending of its name; with the files that its checksum is over.
///
/// # Errors
/// When it cannot be opened, or its name ends like no table's.
pub fn open(path: &Path) -> Result<(Box<dyn Tables>, Vec<PathBuf>), SourceError> {
    let size = path.metadata().map_err(|error| io(path, error))?;
    if size.is_dir() {
        return Err(SourceError::Format(path.display().to_string()));
    }
    if size.len() == 0 {
        return Err(SourceError::Empty(Box::new(Place::file(path)), "a table of figures or areas"));
    }
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    let alone = vec![path.to_owned()];
    Ok(match extension.as_deref() {
        Some("gpkg") => (Box::new(GeoPackage::open(path)?), alone),
        Some("shp" | "dbf") => (Box::new(Shapefile::open(path)?), Shapefile::parts(path)),
        Some("geojson" | "json") => (Box::new(GeoJson::open(path)?), alone),
        Some("csv" | "txt" | "tsv") => (Box::new(CsvFile::open(path)?), alone),
        Some("xlsx" | "xlsm") => (Box::new(Workbook::open(path)?), alone),
        _ => return Err(SourceError::Format(path.display().to_string())),
    })
}
