//! Vector tiles: the areas of a level, cut to the squares of a web map.

mod address;
mod assembly;
mod clip;
mod fields;
mod mvt;
mod pyramid;
mod rings;

use rayon::prelude::*;

use crate::{
    atlas::{FINEST, GridArcs},
    coverage::Rings,
};

use assembly::Assembly;
use mvt::{Frame, LayerWriter};

pub use address::{DEEPEST, Tile};
pub use clip::{ClipBox, ClipScratch};
pub use fields::TileFields;
pub use mvt::EXTENT;
pub(super) use pyramid::compressed;
pub use rings::GridRings;

/// The type of a vector tile over HTTP.
pub const TILE_TYPE: &str = "application/vnd.mapbox-vector-tile";

/// Areas that are cut as one piece of work: fewer take less than sharing them out.
const PIECE: usize = 256;

/// The deepest zoom that tiles are described to: maps enlarge these where they go deeper. A unit is
/// then 36 cm on the ground, and borders are within 1.4 m.
pub const DESCRIBED_TO: u8 = 14;

/// A tile as a Mapbox Vector Tile 2.1 with one layer, named after the level; `None` where no area
/// is in it. The id of a feature is the area's ordinal.
///
/// Borders have the detail that the zoom can show: within 4 of the 4096 units, half a pixel of a
/// tile drawn 512 pixels wide. Every border is simplified and rounded once for the areas on both
/// sides, and has a vertex where it crosses the edge of a tile, so that nothing is rounded again.
/// Polygons are valid, and neighbours have the same vertices. What comes to nothing on the grid is
/// left out: below some zoom that may be a whole area.
///
/// Cost: in proportion to the vertices of the areas that the tile touches, on all cores where they
/// are many; beside that, where the
/// zoom is asked for the first time, that of [`LevelCoverage::grid`](crate::atlas::LevelCoverage::grid).
pub fn tile(tile: Tile, fields: &TileFields<'_>) -> Option<Vec<u8>> {
    let coverage = fields.coverage();
    let frame = Frame::of(tile);
    let ClipBox { min, max } = frame.clip();
    let wide = |point: [i32; 2]| point.map(i64::from);
    let areas = coverage.footprints().meeting(tile.z(), [wide(min), wide(max)]);
    let (grid, rings) = (coverage.grid(tile.z().min(FINEST)), coverage.borders().rings());
    let deeper = (tile.z() > FINEST).then(|| frame.cut_deeper(grid, rings, &areas));
    let grid = deeper.as_ref().unwrap_or(grid);
    let geometries = |areas: &[usize]| geometries(areas, frame, grid, rings);
    let pieces: Vec<_> = if areas.len() > PIECE {
        areas.par_chunks(PIECE).map(geometries).collect()
    } else {
        vec![geometries(&areas)]
    };
    let mut layer = LayerWriter::new(fields.layer(), fields.keys());
    for (areas, (bytes, ends)) in areas.chunks(PIECE).zip(&pieces) {
        let mut start = 0;
        for (&area, &end) in areas.iter().zip(ends) {
            if end > start {
                fields.tag(area, &mut layer);
                layer.feature(area as u64, &bytes[start..end]);
            }
            start = end;
        }
    }
    layer.finish()
}

/// What of some areas is in a tile, as it is sent: one after the other, and where each ends.
fn geometries(
    areas: &[usize],
    frame: Frame,
    grid: &GridArcs,
    rings: &Rings,
) -> (Vec<u8>, Vec<usize>) {
    let mut cutter = Cutter::new(frame.clip());
    let (mut bytes, mut ends) = (Vec::new(), Vec::with_capacity(areas.len()));
    for &area in areas {
        let (polygons, _) = cutter.cut(area, grid, rings);
        frame.polygons(polygons, &mut bytes);
        ends.push(bytes.len());
    }
    (bytes, ends)
}

/// Cuts one area after the other to the same rectangle.
#[derive(Debug)]
pub struct Cutter {
    clip: ClipBox,
    scratch: ClipScratch,
    assembly: Assembly,
    /// Polygons of the area, and where each ends.
    whole: GridRings,
    whole_ends: Vec<usize>,
    vertices: Vec<[i32; 2]>,
    cut: GridRings,
    ends: Vec<usize>,
}

impl Cutter {
    /// Cuts to `clip`.
    pub fn new(clip: ClipBox) -> Self {
        Self {
            clip,
            scratch: ClipScratch::default(),
            assembly: Assembly::default(),
            whole: GridRings::default(),
            whole_ends: Vec::new(),
            vertices: Vec::new(),
            cut: GridRings::default(),
            ends: Vec::new(),
        }
    }

    /// What of an area is in the rectangle: rings, and where those of each polygon end; outer
    /// rings first, counter-clockwise on the screen. Together they are a valid multipolygon where
    /// the arcs have vertices on the edge of the rectangle wherever they cross it.
    pub fn cut(&mut self, area: usize, arcs: &GridArcs, rings: &Rings) -> (&GridRings, &[usize]) {
        self.whole.clear();
        self.whole_ends.clear();
        self.cut.clear();
        self.ends.clear();
        let meets_others = rings.rings(area).flatten().any(|arc| arcs.meets_others(arc.arc()));
        if meets_others && self.touches_itself(area, arcs, rings) {
            self.assembly.clear();
            for ring in rings.rings(area) {
                self.vertices.clear();
                arcs.walk(ring, &mut self.vertices);
                self.assembly.add(&self.vertices);
            }
            self.assembly.polygons(&mut self.whole, &mut self.whole_ends);
        } else {
            self.walk(area, arcs, rings);
        }
        let mut start = 0;
        for &end in &self.whole_ends {
            let polygon = self.whole.span(start..end);
            self.clip.polygon(&polygon, &mut self.scratch, &mut self.cut, &mut self.ends);
            start = end;
        }
        (&self.cut, &self.ends)
    }

    /// Whether an area comes to a vertex more than once.
    fn touches_itself(&mut self, area: usize, arcs: &GridArcs, rings: &Rings) -> bool {
        self.vertices.clear();
        rings.rings(area).for_each(|ring| arcs.walk(ring, &mut self.vertices));
        self.vertices.sort_unstable();
        self.vertices.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// The polygons of an area as the arcs have them.
    fn walk(&mut self, area: usize, arcs: &GridArcs, rings: &Rings) {
        for polygon in rings.polygons(area) {
            let start = self.whole.len();
            for (number, ring) in polygon.enumerate() {
                let area = self.whole.push_tidy(|into| arcs.walk(ring, into));
                // One that turned over has come to nothing; with an outer ring go its holes.
                let is_sound = area != 0 && (area > 0) == (number > 0);
                if area != 0 && !is_sound {
                    self.whole.pop();
                }
                if number == 0 && !is_sound {
                    break;
                }
            }
            if self.whole.len() > start {
                self.whole_ends.push(self.whole.len());
            }
        }
    }
}

#[cfg(test)]
mod tests;
