//! Borders on the square plane of web tiles, at the detail that each zoom can show.

use std::sync::OnceLock;

use rayon::prelude::*;
use rstar::{AABB, RTree, primitives::GeomWithData, primitives::Rectangle};

use crate::{
    coverage::{ArcRef, Arcs, Rings, Topology},
    crs::{Rd, RdTransform, WebMercator},
};

/// The world of web tiles is 2³¹ steps wide: 19 mm at the equator, 11 mm in the Netherlands.
const WORLD_BITS: u32 = 31;

/// A tile is 2¹² units wide, as most readers of vector tiles expect.
pub const TILE_BITS: u32 = 12;

/// The zoom whose units hold every vertex: 15 cm at the equator, 9 cm in the Netherlands. Deeper
/// tiles show the same borders, enlarged.
pub const FINEST: u8 = 16;

/// How far a border may be from where it is: 4 units, half a pixel of a tile that is drawn 512
/// pixels wide, at the northern end of the country, where a unit is shortest. Millimetres at zoom 0.
const TOLERANCE: f64 = 23_169_000.0;

/// Arcs on the grid of a zoom, by the numbers of the [`Arcs`] that they come from: x east, y south
/// from the north-western corner of the world, in units of which a tile has 4096 a side.
///
/// No vertex is repeated or lies on the straight line through its neighbours, except the first and
/// last of each arc, which always stay, so that areas that meet in a junction go on meeting there.
/// An arc has at least two vertices; they may be equal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridArcs {
    vertices: Vec<[i32; 2]>,
    ends: Vec<u32>,
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

    /// Ends an arc whose vertices were pushed from `start` on: what adds nothing is left out.
    fn end_arc(&mut self, start: usize) {
        let end = self.vertices.len();
        let mut kept = start + 1;
        for at in start + 1..end {
            let vertex = self.vertices[at];
            let is_last = at + 1 == end;
            while kept > start + 1
                && adds_nothing(self.vertices[kept - 2], self.vertices[kept - 1], vertex)
            {
                kept -= 1;
            }
            // The first stays, and so does the last.
            if is_last || vertex != self.vertices[kept - 1] {
                self.vertices[kept] = vertex;
                kept += 1;
            }
        }
        if kept > start + 2 && self.vertices[kept - 1] == self.vertices[kept - 2] {
            kept -= 1;
        }
        self.vertices.truncate(kept);
        self.ends.push(kept as u32);
    }
}

/// Whether `b` lies on the line through `a` and `c`: on the way, or at the end of a spike.
fn adds_nothing(a: [i32; 2], b: [i32; 2], c: [i32; 2]) -> bool {
    let [abx, aby] = [i64::from(b[0] - a[0]), i64::from(b[1] - a[1])];
    let [acx, acy] = [i64::from(c[0] - a[0]), i64::from(c[1] - a[1])];
    abx * acy == aby * acx
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
    /// have that one's. `topology` is the one whose arcs were projected. Cost at the first call for
    /// a zoom: that of the level of detail, and a pass over its vertices.
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
        let mut grid = GridArcs {
            vertices: Vec::with_capacity(detail.vertices().len()),
            ends: Vec::with_capacity(detail.len()),
        };
        let round = |[x, y]: [i32; 2]| {
            // In `i64`, so that the eastern edge of the world does not overflow.
            let round = |v: i32| ((i64::from(v) + (1 << (shift - 1))) >> shift) as i32;
            [round(x), round(y)]
        };
        for (arc, kept) in detail.iter().enumerate() {
            let start = grid.vertices.len();
            let range = full.range(arc);
            let mut all = full.vertices()[range.clone()].iter().zip(&self.vertices[range]);
            for vertex in kept {
                // What is kept comes in the same order.
                let world = all.find(|(of_full, _)| *of_full == vertex);
                grid.vertices.extend(world.map(|(_, &world)| round(world)));
            }
            grid.end_arc(start);
        }
        grid
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

    fn arc(vertices: &[[i32; 2]]) -> Vec<[i32; 2]> {
        let mut grid = GridArcs { vertices: vec![[7, 7]], ends: vec![1] };
        grid.vertices.extend(vertices);
        grid.end_arc(1);
        grid.get(1).to_vec()
    }

    #[test]
    fn what_adds_nothing_is_left_out_and_ends_stay() {
        let same = [[0, 0], [3, 1], [5, 9]];
        assert_eq!(arc(&same), same);
        assert_eq!(arc(&[[0, 0], [0, 0], [1, 1], [2, 2], [2, 2], [5, 5]]), [[0, 0], [5, 5]]);
        // There and back.
        assert_eq!(arc(&[[0, 0], [4, 0], [4, 7], [4, 0], [9, 0]]), [[0, 0], [9, 0]]);
        assert_eq!(
            arc(&[[0, 0], [4, 0], [4, 7], [4, 2], [9, 2]]),
            [[0, 0], [4, 0], [4, 2], [9, 2]]
        );
        // All in one point, and a closed one.
        assert_eq!(arc(&[[2, 2], [2, 2], [2, 2]]), [[2, 2], [2, 2]]);
        let closed = [[0, 0], [4, 0], [4, 4], [0, 0]];
        assert_eq!(arc(&closed), closed);
        assert_eq!(arc(&[[0, 0], [4, 0], [0, 0], [0, 0]]), [[0, 0], [0, 0]]);
    }

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
