//! A layer of a vector tile in the form of the Mapbox Vector Tile specification, version 2.1.

use rustc_hash::FxHashMap;

use super::{address::Tile, clip::ClipBox, rings::GridRings};
use crate::{
    atlas::{FINEST, GridArcs, TILE_BITS, TILE_BUFFER},
    coverage::Rings,
    varint::{put, put_signed},
};

/// How many units a tile is wide.
pub const EXTENT: i32 = 1 << TILE_BITS;

/// One value of a feature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Attribute<'a> {
    /// A text.
    Text(&'a str),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
}

/// Where the units of a tile lie on the grid of its zoom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    origin: [i32; 2],
    /// By how many bits units of the grid are enlarged, beyond the finest zoom that has one.
    enlarged: u32,
}

impl Frame {
    pub(super) fn of(tile: Tile) -> Self {
        let enlarged = u32::from(tile.z().saturating_sub(FINEST));
        // Columns and rows are below 2^22, and below 2^16 at the finest grid: no overflow.
        let corner = |at: u32| (u64::from(at) << TILE_BITS >> enlarged) as i32;
        Self { origin: [corner(tile.x()), corner(tile.y())], enlarged }
    }

    /// What of the grid is in the tile, with its buffer.
    pub(super) fn clip(self) -> ClipBox {
        let [size, buffer] = self.size();
        ClipBox {
            min: self.origin.map(|v| v - buffer),
            max: self.origin.map(|v| v + size + buffer),
        }
    }

    /// How wide the tile and its buffer are, in units of the grid.
    fn size(self) -> [i32; 2] {
        [EXTENT >> self.enlarged, (TILE_BUFFER >> self.enlarged).max(1)]
    }

    /// The arcs of some areas with vertices where they cross the edges of this tile, which is
    /// deeper than any zoom with a grid.
    pub(super) fn cut_deeper(self, grid: &GridArcs, rings: &Rings, areas: &[usize]) -> GridArcs {
        let of_areas = areas.iter().flat_map(|&area| rings.rings(area).flatten());
        let mut arcs: Vec<usize> = of_areas.map(|arc| arc.arc()).collect();
        arcs.sort_unstable();
        arcs.dedup();
        let [size, buffer] = self.size();
        let ClipBox { min, max } = self.clip();
        grid.cut_deeper(&arcs, size, buffer, [min, max])
    }

    /// Writes polygons, each with its outer ring first, counter-clockwise on the screen, as the
    /// geometry of a feature.
    pub(super) fn polygons(self, rings: &GridRings, out: &mut Vec<u8>) {
        let mut cursor = self.origin;
        for ring in rings.iter() {
            self.ring(ring, &mut cursor, out);
        }
    }

    fn ring(self, ring: &[[i32; 2]], cursor: &mut [i32; 2], out: &mut Vec<u8>) {
        const MOVE_TO: u64 = 1;
        const LINE_TO: u64 = 2;
        const CLOSE_PATH: u8 = 15;
        // Outer rings are to run clockwise on the screen, holes the other way.
        for (at, &vertex) in ring.iter().rev().enumerate() {
            match at {
                0 => put(out, 1 << 3 | MOVE_TO),
                1 => put(out, (ring.len() as u64 - 1) << 3 | LINE_TO),
                _ => {}
            }
            for axis in 0..2 {
                let step = (vertex[axis] - cursor[axis]) << self.enlarged;
                put_signed(out, i64::from(step));
            }
            *cursor = vertex;
        }
        out.push(CLOSE_PATH);
    }
}

/// Builds the one layer of a tile, feature by feature. Keys and values that repeat are stored once.
#[derive(Debug)]
pub(super) struct LayerWriter<'a> {
    /// Everything but the values, as it is sent.
    body: Vec<u8>,
    is_empty: bool,
    /// By key: its number in this tile, where it occurs.
    keys: Vec<Option<u32>>,
    names: &'a [String],
    used: Vec<usize>,
    texts: FxHashMap<&'a str, u32>,
    numbers: FxHashMap<u64, u32>,
    values: Vec<u8>,
    value_count: u32,
    tags: Vec<u8>,
}

impl<'a> LayerWriter<'a> {
    /// A layer of that name. `keys` are the names of what features may have.
    pub(super) fn new(name: &str, keys: &'a [String]) -> Self {
        let mut body = Vec::with_capacity(4096);
        field(&mut body, 1, name.as_bytes());
        Self {
            body,
            is_empty: true,
            keys: vec![None; keys.len()],
            names: keys,
            used: Vec::new(),
            texts: FxHashMap::default(),
            numbers: FxHashMap::default(),
            values: Vec::new(),
            value_count: 0,
            tags: Vec::new(),
        }
    }

    /// Gives the feature that is added next a value, under the key of that number.
    pub(super) fn tag(&mut self, key: usize, value: Attribute<'a>) {
        let Some(slot) = self.keys.get_mut(key) else { return };
        let key = *slot.get_or_insert_with(|| {
            self.used.push(key);
            self.used.len() as u32 - 1
        });
        let next = self.value_count;
        let number = match value {
            Attribute::Text(text) => *self.texts.entry(text).or_insert(next),
            // No number has the bits of a whole one: those are no numbers.
            Attribute::Whole(whole) => *self.numbers.entry(whole_bits(whole)).or_insert(next),
            Attribute::Number(number) => *self.numbers.entry(number.to_bits()).or_insert(next),
        };
        if number == next {
            self.value_count += 1;
            write_value(&mut self.values, value);
        }
        put(&mut self.tags, u64::from(key));
        put(&mut self.tags, u64::from(number));
    }

    /// Adds a feature with the values it was given and a geometry as [`Frame::polygons`] writes it.
    pub(super) fn feature(&mut self, id: u64, geometry: &[u8]) {
        let mut feature = Vec::with_capacity(geometry.len() + self.tags.len() + 24);
        feature.push(1 << 3);
        put(&mut feature, id);
        field(&mut feature, 2, &self.tags);
        // A polygon.
        feature.extend([3 << 3, 3]);
        field(&mut feature, 4, geometry);
        field(&mut self.body, 2, &feature);
        self.tags.clear();
        self.is_empty = false;
    }

    /// The tile; `None` where it has no feature.
    pub(super) fn finish(mut self) -> Option<Vec<u8>> {
        if self.is_empty {
            return None;
        }
        for &key in &self.used {
            field(&mut self.body, 3, self.names[key].as_bytes());
        }
        self.body.append(&mut self.values);
        self.body.push(5 << 3);
        put(&mut self.body, EXTENT as u64);
        self.body.extend([15 << 3, 2]);
        let mut tile = Vec::with_capacity(self.body.len() + 8);
        field(&mut tile, 3, &self.body);
        Some(tile)
    }
}

/// The bits that stand for a whole number among those of numbers: of a NaN.
fn whole_bits(whole: i64) -> u64 {
    0xfff8 << 48 | (whole as u64 & 0xffff_ffff_ffff)
}

fn write_value(out: &mut Vec<u8>, value: Attribute<'_>) {
    let mut bytes = Vec::with_capacity(12);
    match value {
        Attribute::Text(text) => field(&mut bytes, 1, text.as_bytes()),
        Attribute::Number(number) => {
            bytes.push(3 << 3 | 1);
            bytes.extend(number.to_le_bytes());
        }
        Attribute::Whole(whole) => {
            bytes.push(6 << 3);
            put_signed(&mut bytes, whole);
        }
    }
    field(out, 4, &bytes);
}

/// Bytes with their number and length before them.
fn field(out: &mut Vec<u8>, number: u8, bytes: &[u8]) {
    out.push(number << 3 | 2);
    put(out, bytes.len() as u64);
    out.extend(bytes);
}
