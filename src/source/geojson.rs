//! GeoJSON (RFC 7946, and the `crs` member of 2008): one collection of features, streamed twice.
//!
//! The first pass gathers the columns, the year in `metadata.year` and the extent; the second hands
//! out the features. Members of nested property objects are columns too: `raw.afw`. Memory holds
//! one feature at a time.

use std::{
    borrow::Cow,
    path::{Path, PathBuf},
};

use ::geojson::{GeometryValue, JsonObject, JsonValue, Position};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use rustc_hash::FxHashSet;

use crate::crs::{LonLat, RdTransform};

use super::{
    SourceError,
    bounds::{RD_X, RD_Y},
    error::Place,
    features::features,
    table::{Cell, Head, MAX_COLUMNS, MAX_NAME, Row, Sink, Tables},
};

/// How deep property objects are looked into.
const MAX_DEPTH: usize = 4;

/// The system of the coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum System {
    /// RD New, metres.
    Rd,
    /// Longitude and latitude, degrees.
    Degrees,
}

/// A GeoJSON file.
pub struct GeoJson {
    path: PathBuf,
    system: System,
    heads: Vec<Head>,
}

/// The box of everything read so far.
struct Extent {
    low: [f64; 2],
    high: [f64; 2],
}

impl Default for Extent {
    fn default() -> Self {
        Self { low: [f64::INFINITY; 2], high: [f64::NEG_INFINITY; 2] }
    }
}

impl GeoJson {
    /// Reads the file once for its columns and its reference system.
    ///
    /// Without a `crs` the coordinates tell: degrees where all can be, RD New where all lie there.
    ///
    /// # Errors
    /// When it is no collection of features, or lies in another reference system.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let (mut columns, mut extent, mut has_shapes) =
            (Columns::default(), Extent::default(), false);
        let about = features(path, &mut |record, feature| {
            if let Some(properties) = &feature.properties {
                columns
                    .gather(properties, "", 0)
                    .map_err(|message| malformed(path, record, message))?;
            }
            if let Some(geometry) = &feature.geometry {
                has_shapes = true;
                each_position(geometry, &mut |position| extent.take(position));
            }
            Ok(())
        })?;
        let system =
            system(about.crs.as_deref(), &extent).map_err(|message| malformed(path, 0, message))?;
        let head = Head { columns: columns.names, has_shapes, year: about.year, ..Head::default() };
        Ok(Self { path: path.to_owned(), system, heads: vec![head] })
    }
}

impl Tables for GeoJson {
    fn heads(&self) -> &[Head] {
        &self.heads
    }

    fn read(
        &mut self,
        table: usize,
        columns: &[usize],
        sink: &mut Sink<'_>,
    ) -> Result<(), SourceError> {
        let Some(head) = self.heads.get(table) else { return Ok(()) };
        let names: Vec<&str> =
            columns.iter().filter_map(|at| head.columns.get(*at)).map(String::as_str).collect();
        // Without the correction grid, so that the order of imports does not matter: within 0.25 m
        // where borders of a gemeente are held to be within 5 m.
        let transform = (self.system == System::Degrees).then(RdTransform::new);
        let path = &self.path;
        features(path, &mut |record, feature| {
            let cells: Vec<_> = names
                .iter()
                .map(|name| {
                    let value = feature.properties.as_ref().and_then(|all| member(all, name));
                    value.map_or(Cell::Null, cell)
                })
                .collect();
            let wrong =
                |message| SourceError::Shape(Box::new(Place::record(path, "", record)), message);
            let shape = match &feature.geometry {
                None => None,
                Some(geometry) => shape(geometry, transform.as_ref()).map_err(wrong)?,
            };
            sink(Row { record, cells: &cells, shape })
        })?;
        Ok(())
    }
}

impl Extent {
    fn take(&mut self, position: &Position) {
        if let [x, y, ..] = *position.as_slice() {
            self.low = [self.low[0].min(x), self.low[1].min(y)];
            self.high = [self.high[0].max(x), self.high[1].max(y)];
        }
    }

    fn within(&self, low: [f64; 2], high: [f64; 2]) -> bool {
        (0..2).all(|axis| low[axis] <= self.low[axis] && self.high[axis] <= high[axis])
    }
}

/// The reference system, or what is wrong.
fn system(crs: Option<&str>, extent: &Extent) -> Result<System, String> {
    const EXPECTED: &str = "expected RD New (EPSG:28992) or degrees, longitude first (CRS84)";
    if let Some(name) = crs {
        let is = |number: &str| name.ends_with(number);
        if is(":28992") || is("/28992") {
            return Ok(System::Rd);
        }
        if !(is("CRS84") || is(":4326") || is("/4326") || is(":4258") || is("/4258")) {
            return Err(format!("shapes in {}, {EXPECTED}", super::error::shorten(name)));
        }
    }
    // The country seen from the side, with room for what lies abroad.
    let has_positions = extent.low[0] <= extent.high[0];
    if has_positions && extent.within([49.0, 1.0], [55.0, 9.0]) {
        return Err(format!("coordinates with latitude before longitude, {EXPECTED}"));
    }
    if !has_positions || extent.within([-30.0, -60.0], [30.0, 89.0]) {
        return Ok(System::Degrees);
    }
    if crs.is_none() && extent.within([*RD_X.start(), *RD_Y.start()], [*RD_X.end(), *RD_Y.end()]) {
        return Ok(System::Rd);
    }
    let [low, high] = [extent.low, extent.high];
    Err(format!(
        "coordinates from {}, {} to {}, {}, which are neither degrees nor RD New, {EXPECTED}",
        low[0], low[1], high[0], high[1]
    ))
}

/// The names of properties, in the order of first sight.
#[derive(Default)]
struct Columns {
    names: Vec<String>,
    seen: FxHashSet<String>,
}

impl Columns {
    /// Adds the names of the members that are no objects, those of nested ones behind a point.
    ///
    /// Refused are more names, and longer ones, than any table has: an object's name is repeated
    /// before each of its members, which could fill any memory.
    fn gather(
        &mut self,
        properties: &JsonObject,
        before: &str,
        depth: usize,
    ) -> Result<(), String> {
        for (name, value) in properties {
            if before.len() + name.len() > MAX_NAME {
                let name = super::error::shorten(name);
                return Err(format!("a property {name}… of more than {MAX_NAME} bytes"));
            }
            let name = format!("{before}{name}");
            match value {
                JsonValue::Object(inner) if depth < MAX_DEPTH => {
                    self.gather(inner, &format!("{name}."), depth + 1)?;
                }
                _ if self.seen.contains(&name) => {}
                _ if self.names.len() == MAX_COLUMNS => {
                    return Err(format!("more than {MAX_COLUMNS} different properties"));
                }
                _ => {
                    self.seen.insert(name.clone());
                    self.names.push(name);
                }
            }
        }
        Ok(())
    }
}

/// The member of that name, as [`Columns::gather`] writes it.
fn member<'a>(properties: &'a JsonObject, name: &str) -> Option<&'a JsonValue> {
    if let Some(value) = properties.get(name) {
        return Some(value);
    }
    let (first, rest) = name.split_once('.')?;
    match properties.get(first)? {
        JsonValue::Object(inner) => member(inner, rest),
        _ => None,
    }
}

fn cell(value: &JsonValue) -> Cell<'_> {
    match value {
        JsonValue::Null => Cell::Null,
        JsonValue::Number(number) => number.as_f64().map_or(Cell::Null, Cell::Number),
        JsonValue::String(text) => Cell::Text(Cow::Borrowed(text)),
        JsonValue::Bool(truth) => Cell::Text(Cow::Borrowed(if *truth { "TRUE" } else { "FALSE" })),
        JsonValue::Array(_) => Cell::Text(Cow::Borrowed("a list")),
        JsonValue::Object(_) => Cell::Text(Cow::Borrowed("an object")),
    }
}

fn each_position(geometry: &GeometryValue, each: &mut dyn FnMut(&Position)) {
    match geometry {
        GeometryValue::Polygon { coordinates } => coordinates.iter().flatten().for_each(each),
        GeometryValue::MultiPolygon { coordinates } => {
            coordinates.iter().flatten().flatten().for_each(each);
        }
        _ => {}
    }
}

/// A geometry in RD metres; `None` for one without a polygon.
fn shape(
    geometry: &GeometryValue,
    transform: Option<&RdTransform>,
) -> Result<Option<MultiPolygon<f64>>, String> {
    let ring = |positions: &Vec<Position>| {
        let points = positions.iter().map(|position| match *position.as_slice() {
            [lon, lat, ..] if let Some(transform) = transform => {
                let rd = transform.to_rd(LonLat { lon, lat });
                Ok(Coord { x: rd.x, y: rd.y })
            }
            [x, y, ..] => Ok(Coord { x, y }),
            _ => Err("a position without two numbers".to_owned()),
        });
        points.collect::<Result<LineString<f64>, String>>()
    };
    let polygon = |rings: &Vec<Vec<Position>>| {
        let mut rings = rings.iter().map(ring);
        let outer = rings.next().transpose()?;
        let holes = rings.collect::<Result<Vec<_>, _>>()?;
        Ok::<_, String>(outer.map(|outer| Polygon::new(outer, holes)))
    };
    let polygons = match geometry {
        GeometryValue::Polygon { coordinates } => vec![polygon(coordinates)?],
        GeometryValue::MultiPolygon { coordinates } => {
            coordinates.iter().map(polygon).collect::<Result<_, _>>()?
        }
        other => return Err(format!("a {}, expected Polygon or MultiPolygon", other.type_name())),
    };
    let polygons: Vec<_> = polygons.into_iter().flatten().collect();
    Ok((!polygons.is_empty()).then_some(MultiPolygon(polygons)))
}

fn malformed(path: &Path, record: u64, message: String) -> SourceError {
    SourceError::Malformed(Box::new(Place::record(path, "", record)), message)
}
