//! Borders for the browser: every arc once, in few bytes.

use std::io;

use serde_json::json;

use crate::{
    area::AreaCode,
    atlas::{Atlas, FINEST, GridArcs, LevelCoverage, TILE_BITS},
    coverage::{ArcRef, Detail, Rings},
    varint::{put, put_signed},
};

use super::order_hash;

/// The type of compact borders over HTTP.
pub const BORDERS_TYPE: &str = "application/vnd.wijkzicht.grenzen";

const MAGIC: &[u8; 4] = b"WKGR";
const VERSION: u8 = 1;

/// The zoom of web tiles whose grid and detail a level of detail has.
pub fn zoom_of(detail: Detail) -> u8 {
    detail.zoom().unwrap_or(FINEST)
}

/// The borders of a level, or of the areas of it in a gemeente or wijk, as `docs/API.md` lays them
/// out: header, description, then columns of numbers. Coordinates are those of web tiles, with 4096
/// units a tile of the zoom that the detail has; arcs are walked as their first area has them, so
/// that it is on their left.
///
/// No area is left out, even where its border comes to nothing on the grid.
///
/// # Errors
/// When the description does not serialise, which a bug alone can cause.
pub fn borders(
    atlas: &Atlas,
    coverage: &LevelCoverage,
    detail: Detail,
    within: Option<&AreaCode>,
) -> io::Result<Vec<u8>> {
    let areas: Vec<usize> = match within {
        Some(code) => coverage.within(code),
        None => (0..coverage.len()).collect(),
    };
    let zoom = zoom_of(detail);
    let hash = order_hash(coverage);
    let source = atlas.sources.get(&coverage.source).map(|source| &source.provenance);
    let description = serde_json::to_vec(&json!({
        "niveau": coverage.level,
        "jaar": coverage.vintage,
        "detail": detail.to_string(),
        "binnen": within,
        "volgorde": hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>(),
        "bron": source.map(|source| &source.publisher),
        "licentie": source.map(|source| &source.licence),
        "versie": atlas.version,
        "fictief": atlas.fictional,
    }))?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    let mut out = Vec::new();
    out.extend(MAGIC);
    out.extend([VERSION, TILE_BITS as u8 + zoom]);
    out.extend(coverage.vintage.get().to_le_bytes());
    out.extend(hash);
    out.extend(count(coverage.len()));
    out.extend(count(areas.len()));
    out.extend(count(description.len()));
    out.extend(&description);
    let columns = Columns::of(coverage.grid(zoom), coverage.borders().rings(), &areas);
    for column in [
        ordinals(&areas),
        codes(areas.iter().map(|&area| coverage.codes()[area].as_str())),
        names(areas.iter().map(|&area| coverage.name(area))),
        columns.parts,
        columns.refs,
        columns.lengths,
        columns.begins,
        columns.east,
        columns.south,
    ] {
        put(&mut out, column.len() as u64);
        out.extend(column);
    }
    Ok(out)
}

/// Ordinals, ascending, as how many are passed over before each.
fn ordinals(areas: &[usize]) -> Vec<u8> {
    let mut out = Vec::with_capacity(areas.len());
    let mut next = 0;
    for &area in areas {
        put(&mut out, (area - next) as u64);
        next = area + 1;
    }
    out
}

/// Codes: how many bytes are those of the code before, how many follow, and these.
fn codes<'a>(codes: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut last = "";
    for code in codes {
        // Codes are ASCII.
        let shared = last.bytes().zip(code.bytes()).take_while(|(a, b)| a == b).count();
        put(&mut out, shared as u64);
        put(&mut out, (code.len() - shared) as u64);
        out.extend(&code.as_bytes()[shared..]);
        last = code;
    }
    out
}

/// Names in UTF-8, a line feed after each; none has one in it.
fn names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut out = Vec::new();
    for name in names {
        out.extend(name.bytes().map(|byte| if byte == b'\n' { b' ' } else { byte }));
        out.push(b'\n');
    }
    out
}

/// Rings and arcs as columns of numbers.
#[derive(Debug, Default)]
struct Columns {
    /// How many polygons an area has, how many rings each of them, how many arcs each of these.
    parts: Vec<u8>,
    /// By arc of a ring: 0 for one that comes for the first time, else how many arcs ago it came,
    /// walked backwards now.
    refs: Vec<u8>,
    /// Of each arc that comes for the first time: vertices less two.
    lengths: Vec<u8>,
    /// Where rings begin that begin with such an arc: steps from the last of these points.
    begins: Vec<u8>,
    /// Of each arc that comes for the first time: steps from vertex to vertex. The last is left
    /// out where the ring tells it: it closes there, or goes on along an arc that came before.
    east: Vec<u8>,
    south: Vec<u8>,
}

impl Columns {
    fn of(arcs: &GridArcs, rings: &Rings, areas: &[usize]) -> Self {
        let mut columns = Self::default();
        let mut numbers: Vec<Option<u32>> = vec![None; arcs.len()];
        let mut next = 0;
        let mut begun = [0; 2];
        for &area in areas {
            put(&mut columns.parts, rings.polygons(area).len() as u64);
            for polygon in rings.polygons(area) {
                put(&mut columns.parts, polygon.len() as u64);
                for ring in polygon {
                    put(&mut columns.parts, ring.len() as u64);
                    // Begin with an arc that came before, if there is one: it tells where.
                    let known = ring.iter().position(|arc| numbers[arc.arc()].is_some());
                    let (head, tail) = ring.split_at(known.unwrap_or_default());
                    let ring: Vec<ArcRef> = tail.iter().chain(head).copied().collect();
                    if known.is_none()
                        && let Some(&first) = ring.first()
                    {
                        let point = start_of(arcs, first);
                        step(&mut columns.begins, begun, point);
                        begun = point;
                    }
                    for (at, &arc) in ring.iter().enumerate() {
                        if let Some(number) = numbers[arc.arc()] {
                            put(&mut columns.refs, next - number);
                            continue;
                        }
                        put(&mut columns.refs, 0u32);
                        numbers[arc.arc()] = Some(next);
                        next += 1;
                        let is_told = match ring.get(at + 1) {
                            Some(following) => numbers[following.arc()].is_some(),
                            None => true,
                        };
                        columns.arc(arcs, arc, is_told);
                    }
                }
            }
        }
        columns
    }

    fn arc(&mut self, arcs: &GridArcs, arc: ArcRef, end_is_told: bool) {
        let vertices = arcs.get(arc.arc());
        put(&mut self.lengths, vertices.len() as u64 - 2);
        let walked =
            |at: usize| vertices[if arc.is_reversed() { vertices.len() - 1 - at } else { at }];
        let last = vertices.len() - usize::from(end_is_told);
        for at in 1..last {
            let (from, to) = (walked(at - 1), walked(at));
            put_signed(&mut self.east, i64::from(to[0]) - i64::from(from[0]));
            put_signed(&mut self.south, i64::from(to[1]) - i64::from(from[1]));
        }
    }
}

/// The vertex that an arc as walked begins with.
fn start_of(arcs: &GridArcs, arc: ArcRef) -> [i32; 2] {
    let vertices = arcs.get(arc.arc());
    vertices[if arc.is_reversed() { vertices.len() - 1 } else { 0 }]
}

fn step(out: &mut Vec<u8>, from: [i32; 2], to: [i32; 2]) {
    for axis in 0..2 {
        put_signed(out, i64::from(to[axis]) - i64::from(from[axis]));
    }
}

#[cfg(test)]
mod tests;
