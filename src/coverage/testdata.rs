//! Real and made-up shapes for the tests of this folder.

use std::path::Path;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use super::{Shape, repair};

/// The time that this thread has run on a core, seconds: what a measurement beside other work can
/// go by.
pub(crate) fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = stat.split(' ').next().and_then(|text| text.parse::<f64>().ok());
    nanoseconds.unwrap_or(f64::NAN) / 1e9
}

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");

/// The code and shape of every record of a layer of a GeoPackage under `shared/data`; `None`, said
/// aloud, where the file is absent.
pub(crate) fn geopackage(
    file: &str,
    layer: &str,
    code: &str,
) -> Option<Vec<(String, MultiPolygon<f64>)>> {
    let path = Path::new(DATA).join(file);
    if !path.exists() {
        eprintln!("skipped: no {}", path.display());
        return None;
    }
    let uri = format!("file:{}?immutable=1", path.display());
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_URI;
    let db = rusqlite::Connection::open_with_flags(uri, flags).expect("a database");
    let geometry: String = db
        .query_row(
            "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?1",
            [layer],
            |row| row.get(0),
        )
        .expect("a geometry column");
    let mut statement = db
        .prepare(&format!("SELECT {code}, {geometry} FROM {layer} ORDER BY {code}"))
        .expect("a layer");
    let rows = statement
        .query_map([], |row| {
            let blob: Vec<u8> = row.get(1)?;
            Ok((row.get(0)?, wkb(&blob)))
        })
        .expect("rows");
    Some(rows.map(|row| row.expect("a row")).collect())
}

/// The number and shape of every record of a shapefile under `shared/data`; `None`, said aloud,
/// where the file is absent.
pub(crate) fn shapefile(file: &str) -> Option<Vec<(String, MultiPolygon<f64>)>> {
    let path = Path::new(DATA).join(file);
    if !path.exists() {
        eprintln!("skipped: no {}", path.display());
        return None;
    }
    let shapes = shapefile::read_shapes_as::<_, shapefile::Polygon>(path).expect("polygons");
    let numbered = shapes.into_iter().enumerate();
    Some(
        numbered
            .map(|(i, shape)| {
                let shape = MultiPolygon::<f64>::try_from(shape).expect("a multipolygon");
                ((i + 1).to_string(), shape)
            })
            .collect(),
    )
}

/// Reads a GeoPackage blob that holds a little-endian polygon or multipolygon.
fn wkb(blob: &[u8]) -> MultiPolygon<f64> {
    let envelope = [0, 32, 48, 48, 64][usize::from(blob[3] >> 1 & 7)];
    let mut bytes = &blob[8 + envelope..];
    let kind = header(&mut bytes);
    if kind == 3 {
        return MultiPolygon(vec![polygon(&mut bytes)]);
    }
    assert_eq!(kind, 6, "a multipolygon");
    let count = u32(&mut bytes);
    let polygons = (0..count).map(|_| {
        assert_eq!(header(&mut bytes), 3, "a polygon");
        polygon(&mut bytes)
    });
    MultiPolygon(polygons.collect())
}

fn take<const N: usize>(bytes: &mut &[u8]) -> [u8; N] {
    let (head, rest) = bytes.split_first_chunk::<N>().expect("enough bytes");
    *bytes = rest;
    *head
}

fn header(bytes: &mut &[u8]) -> u32 {
    assert_eq!(take::<1>(bytes), [1], "little-endian");
    u32(bytes)
}

fn u32(bytes: &mut &[u8]) -> u32 {
    u32::from_le_bytes(take(bytes))
}

fn polygon(bytes: &mut &[u8]) -> Polygon<f64> {
    let rings = u32(bytes);
    let mut lines = (0..rings).map(|_| -> LineString<f64> {
        let points = u32(bytes);
        (0..points)
            .map(|_| Coord {
                x: f64::from_le_bytes(take(bytes)),
                y: f64::from_le_bytes(take(bytes)),
            })
            .collect()
    });
    let exterior = lines.next().expect("an outer ring");
    Polygon::new(exterior, lines.collect())
}

/// A square country of `side` × `side` cells of `cell` millimetres, each given to the area that
/// `owners` says in turn: areas of several parts, with holes, in each other and meeting in corners.
/// `bend` says how far the vertices of each cell's corner lie from their place; `noise` moves those
/// of one area alone.
pub(crate) fn patchwork(
    side: usize,
    cell: i32,
    owners: &[u8],
    bend: impl Fn(usize, usize) -> [i32; 2],
    noise: impl Fn(u8, usize, usize) -> [i32; 2],
) -> Vec<Shape> {
    let count = owners.iter().copied().max().map_or(0, |most| usize::from(most) + 1);
    let corner = |area: u8, x: usize, y: usize| {
        let (bend, noise) = (bend(x, y), noise(area, x, y));
        let at = [x as i32 * cell + bend[0] + noise[0], y as i32 * cell + bend[1] + noise[1]];
        Coord { x: f64::from(at[0]) / 1000.0, y: f64::from(at[1]) / 1000.0 }
    };
    let mut parts: Vec<Vec<Polygon<f64>>> = vec![Vec::new(); count];
    for (at, &area) in owners.iter().enumerate().take(side * side) {
        let (x, y) = (at % side, at / side);
        let ring = [(0, 0), (1, 0), (1, 1), (0, 1)].map(|(dx, dy)| corner(area, x + dx, y + dy));
        parts[usize::from(area)].push(Polygon::new(LineString::from(ring.to_vec()), Vec::new()));
    }
    let union =
        |parts: Vec<Polygon<f64>>| repair(&geo::unary_union(&parts)).ok().map(|made| made.0);
    parts.into_iter().filter(|parts| !parts.is_empty()).filter_map(union).collect()
}
