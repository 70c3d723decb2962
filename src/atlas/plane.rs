//! Borders on the square plane of web tiles, at the detail that each zoom can show.

use std::sync::OnceLock;

use rayon::prelude::*;
use rstar::{AABB, RTree, primitives::GeomWithData, primitives::Rectangle};

use crate::{
    coverage::{ArcRef, Arcs, Rings, Topology},
    crs::{Rd, RdTransform, WebMercator},
};

use super::snap::{CutLines, Lines, snap};

/// The world of web tiles is 2³¹ steps wide: 19 mm at the equator, 11 mm in the Netherlands.
const WORLD_BITS: u32 = 31;

/// A tile is 2¹² units wide, as most readers of vector tiles expect.
pub const TILE_BITS: u32 = 12;

/// How far beyond its edges a tile goes on, in units: a 64th of its width, so that the ends of
/// borders drawn up to 8 pixels wide fall outside a tile of 512 pixels.
pub const TILE_BUFFER: i32 = 1 << (TILE_BITS - 6);

/// The zoom whose units hold every vertex: 15 cm at the equator, 9 cm in the Netherlands. Deeper
/// tiles show the same borders, enlarged.
pub const FINEST: u8 = 16;

/// How far a border may be from where it is: 4 units, half a pixel of a tile that is drawn 512
/// pixels wide, at the northern end of the country, where a unit is shortest. Millimetres at zoom 0.
const TOLERANCE: f64 = 23_169_000.0;

/// Arcs on the grid of a zoom, by the numbers of the [`Arcs`] that they come from: x east, y south
/// from the north-western corner of the world, in units of which a tile has 4096 a side.
///
/// No two edges cross, and none passes through a vertex that is not its end; two may be the same
/// where what lay between them has come to nothing. What crosses the edge of a tile's buffer has a
/// vertex there. The first and last vertex of each arc always stay, so that areas that meet in a
/// junction go on meeting there; an arc has at least two vertices, which may be equal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridArcs {
    vertices: Vec<[i32; 2]>,
    ends: Vec<u32>,
    meets_others: Vec<bool>,
}

impl GridArcs {
    /// How many arcs there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The vertices of an arc in its own direction, both ends included.
    pub fn get(&self, arc: usize) -> &[[i32; 2]] {
        let start = if arc == 0 { 0 } else { self.ends[arc - 1] as usize };
        &self.vertices[start..self.ends[arc] as usize]
    }

    /// How many vertices there are in all.
    pub fn vertices(&self) -> usize {
        self.vertices.len()
    }

    /// Puts the ring that `arcs` make behind `ring`, the first vertex not repeated.
    pub fn walk(&self, arcs: &[ArcRef], ring: &mut Vec<[i32; 2]>) {
        for &arc in arcs {
            let vertices = self.get(arc.arc());
            if arc.is_reversed() {
                ring.extend(vertices[1..].iter().rev());
            } else {
                ring.extend(&vertices[..vertices.len() - 1]);
            }
        }
    }

    /// Whether an arc has a vertex or edge that did not have two visitors before it was put on the
    /// grid: one that it has twice itself, or another arc too, beside the junctions of both. Rings
    /// of arcs that do not are as sound as they were at full detail.
    pub fn meets_others(&self, arc: usize) -> bool {
        self.meets_others[arc]
    }

    /// Adds an arc.
    pub(super) fn push(&mut self, vertices: impl Iterator<Item = [i32; 2]>, meets_others: bool) {
        self.vertices.extend(vertices);
        self.ends.push(self.vertices.len() as u32);
        self.meets_others.push(meets_others);
    }

    /// Says of an arc that it meets others.
    pub(super) fn meet_others(&mut self, arc: usize) {
        self.meets_others[arc] = true;
    }

    /// Some of the arcs, which have this grid's numbers, put on the grid of [`FINEST`] once more,
    /// with a vertex wherever they cross the edge of a tile of a deeper `zoom`, or of its buffer
    /// of `margin` units, within a box; the others have no vertex at all. n log n in the vertices
    /// of those arcs, and a step for each of the others.
    pub fn cut_deeper(
        &self,
        arcs: &[usize],
        spacing: i32,
        margin: i32,
        within: [[i32; 2]; 2],
    ) -> Self {
        const SHIFT: u32 = 1;
        let (mut vertices, mut ends) = (Vec::new(), Vec::with_capacity(arcs.len()));
        for &arc in arcs {
            vertices.extend(self.get(arc).iter().map(|vertex| vertex.map(|v| v << SHIFT)));
            ends.push(vertices.len() as u32);
        }
        let lines = Lines { vertices: &vertices, ends: &ends };
        let cut = snap(lines, SHIFT, CutLines { spacing, margin, within });
        let mut all = Self { meets_others: vec![false; self.len()], ..Self::default() };
        let mut next = 0;
        for (number, &arc) in arcs.iter().enumerate() {
            all.ends.resize(arc, next);
            all.vertices.extend(cut.get(number));
            next = all.vertices.len() as u32;
            all.ends.push(next);
            all.meets_others[arc] = self.meets_others[arc] || cut.meets_others[number];
        }
        all.ends.resize(self.len(), next);
        all
    }
}

/// The arcs of a division on the plane of web tiles. What it computes it keeps.
#[derive(Debug)]
pub struct Plane {
    /// Every vertex of the arcs at full detail, in steps of the world.
    vertices: Vec<[i32; 2]>,
    grids: [OnceLock<GridArcs>; FINEST as usize + 1],
}

impl Plane {
    /// Projects the arcs. Cost: a transformation for each vertex, on all cores.
    pub fn new(arcs: &Arcs, transform: &RdTransform) -> Self {
        let vertices = arcs.vertices().par_iter().with_min_len(4096);
        Self {
            vertices: vertices.map(|&vertex| to_world(vertex, transform)).collect(),
            grids: Default::default(),
        }
    }

    /// The arcs on the grid of a zoom, with as much detail as it can show; zooms beyond [`FINEST`]
    /// have that one's. `topology` is the one whose arcs were projected. Every point is within half
    /// a unit, on either axis, of where that detail has it. Cost at the first call for a zoom: that
    /// of the level of detail, and n log n in its vertices.
    pub fn arcs(&self, topology: &Topology, zoom: u8) -> &GridArcs {
        let zoom = zoom.min(FINEST);
        self.grids[usize::from(zoom)].get_or_init(|| {
            let full = topology.arcs();
            let shift = WORLD_BITS - TILE_BITS - u32::from(zoom);
            if zoom == FINEST {
                self.on_grid(full, full, shift)
            } else {
                self.on_grid(full, &topology.detail(TOLERANCE / f64::from(1u32 << zoom)), shift)
            }
        })
    }

    /// The vertices of `full` that `detail` kept, on a grid that is coarser by that many bits.
    fn on_grid(&self, full: &Arcs, detail: &Arcs, shift: u32) -> GridArcs {
        let mut vertices = Vec::with_capacity(detail.vertices().len());
        let mut ends = Vec::with_capacity(detail.len());
        for (arc, kept) in detail.iter().enumerate() {
            let range = full.range(arc);
            let mut all = full.vertices()[range.clone()].iter().zip(&self.vertices[range]);
            for vertex in kept {
                // What is kept comes in the same order.
                let world = all.find(|(of_full, _)| *of_full == vertex);
                vertices.extend(world.map(|(_, &world)| world));
            }
            ends.push(vertices.len() as u32);
        }
        let everywhere = [[i32::MIN; 2], [i32::MAX; 2]];
        let cuts = CutLines { spacing: 1 << TILE_BITS, margin: TILE_BUFFER, within: everywhere };
        snap(Lines { vertices: &vertices, ends: &ends }, shift, cuts)
    }

    /// The boxes of the areas whose rings these are.
    pub fn footprints(&self, arcs: &Arcs, rings: &Rings) -> Footprints {
        let none = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];
        let join = |a: [i32; 4], b: [i32; 4]| {
            [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
        };
        let of_arc: Vec<[i32; 4]> = (0..arcs.len())
            .into_par_iter()
            .map(|arc| {
                let vertices = self.vertices[arcs.range(arc)].iter();
                vertices.map(|&[x, y]| [x, y, x, y]).fold(none, join)
            })
            .collect();
        let boxes = (0..rings.len())
            .map(|area| rings.rings(area).flatten().map(|arc| of_arc[arc.arc()]).fold(none, join));
        Footprints::new(boxes.collect())
    }
}

fn to_world([x, y]: [i32; 2], transform: &RdTransform) -> [i32; 2] {
    let rd = Rd { x: f64::from(x) / 1000.0, y: f64::from(y) / 1000.0 };
    let point = WebMercator::from_lonlat(transform.to_lonlat(rd));
    let half = f64::from(1u32 << (WORLD_BITS - 1));
    // Casts saturate: what lies beyond the world lies on its edge.
    [
        (half + point.x / WebMercator::HALF_WIDTH * half).round() as i32,
        (half - point.y / WebMercator::HALF_WIDTH * half).round() as i32,
    ]
}

type Footprint = GeomWithData<Rectangle<[i64; 2]>, u32>;

/// The boxes of areas on the plane of web tiles, and a tree over them.
#[derive(Debug)]
pub struct Footprints {
    boxes: Vec<[i32; 4]>,
    tree: RTree<Footprint>,
}

impl Footprints {
    fn new(boxes: Vec<[i32; 4]>) -> Self {
        let there = (0u32..).zip(&boxes).filter(|(_, b)| b[0] <= b[2]);
        let entries = there.map(|(area, b)| {
            let [west, north, east, south] = b.map(i64::from);
            GeomWithData::new(Rectangle::from_corners([west, north], [east, south]), area)
        });
        Self { tree: RTree::bulk_load(entries.collect()), boxes }
    }

    /// The ordinals, ascending, of the areas whose boxes meet a rectangle, edges included: the
    /// least and greatest x and y, in units of a zoom.
    pub fn meeting(&self, zoom: u8, [min, max]: [[i64; 2]; 2]) -> Vec<usize> {
        let shift = WORLD_BITS - TILE_BITS - u32::from(zoom.min(FINEST));
        // A unit more on all sides, for what is rounded.
        let corner = |point: [i64; 2], more: i64| point.map(|v| (v + more) << shift);
        let rectangle = AABB::from_corners(corner(min, -1), corner(max, 1));
        let found = self.tree.locate_in_envelope_intersecting(rectangle);
        let mut areas: Vec<usize> = found.map(|entry| entry.data as usize).collect();
        areas.sort_unstable();
        areas
    }

    /// The box of each area in units of a zoom, grown to whole ones: the least and greatest x and
    /// y. Areas without a polygon are left out.
    pub fn boxes(&self, zoom: u8) -> impl Iterator<Item = (usize, [i32; 4])> {
        let shift = WORLD_BITS - TILE_BITS - u32::from(zoom.min(FINEST));
        let there = self.boxes.iter().enumerate().filter(|(_, b)| b[0] <= b[2]);
        there.map(move |(area, &[west, north, east, south])| {
            (area, [west >> shift, north >> shift, (east >> shift) + 1, (south >> shift) + 1])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plane_begins_in_the_north_west() {
        // The church tower of Amersfoort, on which RD is centred.
        let [x, y] = to_world([155_000_000, 463_000_000], &RdTransform::new());
        let zoom10 = [x, y].map(|v| v >> (WORLD_BITS - 10));
        assert_eq!(zoom10, [527, 337]);
    }

    #[test]
    fn a_border_is_half_a_pixel_off_at_most() {
        // A unit of zoom 0 on the ground at the northern end of the country.
        let unit = WebMercator::HALF_WIDTH * 2.0 / 4096.0 * 53.7_f64.to_radians().cos();
        assert!((TOLERANCE / 1000.0 / unit - 4.0).abs() < 0.01);
    }
}
