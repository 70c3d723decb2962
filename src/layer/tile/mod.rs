//! Vector tiles: the areas of a level, cut to the squares of a web map.

mod address;
mod clip;
mod fields;
mod mvt;
mod pyramid;
mod rings;

use crate::{
    atlas::{FINEST, GridArcs},
    coverage::Rings,
};

use mvt::{Frame, LayerWriter};

pub use address::{DEEPEST, Tile};
pub use clip::{ClipBox, ClipScratch};
pub use fields::TileFields;
pub use mvt::EXTENT;
pub(super) use pyramid::compressed;
pub use rings::GridRings;

/// The type of a vector tile over HTTP.
pub const TILE_TYPE: &str = "application/vnd.mapbox-vector-tile";

/// The deepest zoom that tiles are described to: maps enlarge these where they go deeper. A unit is
/// then 36 cm on the ground, and borders are within 1.4 m.
pub const DESCRIBED_TO: u8 = 14;

/// A tile as a Mapbox Vector Tile 2.1 with one layer, named after the level; `None` where no area
/// is in it. The id of a feature is the area's ordinal.
///
/// Borders have the detail that the zoom can show: within 4 of the 4096 units, half a pixel of a
/// tile drawn 512 pixels wide. Every border is simplified, rounded and clipped once for the areas
/// on both sides. What comes to nothing on the grid is left out: below some zoom that may be a
/// whole area.
///
/// Cost: in proportion to the vertices of the areas that the tile touches; beside that, where the
/// zoom is asked for the first time, that of [`LevelCoverage::grid`](crate::atlas::LevelCoverage::grid).
pub fn tile(tile: Tile, fields: &TileFields<'_>) -> Option<Vec<u8>> {
    let coverage = fields.coverage();
    let frame = Frame::of(tile);
    let ClipBox { min, max } = frame.clip();
    let wide = |point: [i32; 2]| point.map(i64::from);
    let areas = coverage.footprints().meeting(tile.z(), [wide(min), wide(max)]);
    let mut layer = LayerWriter::new(fields.layer(), fields.keys(), frame);
    let mut cutter = Cutter::new(frame.clip());
    let (grid, rings) = (coverage.grid(tile.z().min(FINEST)), coverage.borders().rings());
    for area in areas {
        let (polygons, ends) = cutter.cut(area, grid, rings);
        if !ends.is_empty() {
            fields.tag(area, &mut layer);
            layer.feature(area as u64, polygons, ends);
        }
    }
    layer.finish()
}

/// Cuts one area after the other to the same rectangle.
#[derive(Debug)]
pub struct Cutter {
    clip: ClipBox,
    scratch: ClipScratch,
    whole: GridRings,
    cut: GridRings,
    ends: Vec<usize>,
}

impl Cutter {
    /// Cuts to `clip`.
    pub fn new(clip: ClipBox) -> Self {
        Self {
            clip,
            scratch: ClipScratch::default(),
            whole: GridRings::default(),
            cut: GridRings::default(),
            ends: Vec::new(),
        }
    }

    /// What of an area is in the rectangle: rings, and where those of each polygon end; outer
    /// rings first, counter-clockwise on the screen.
    pub fn cut(&mut self, area: usize, arcs: &GridArcs, rings: &Rings) -> (&GridRings, &[usize]) {
        self.cut.clear();
        self.ends.clear();
        for polygon in rings.polygons(area) {
            self.whole.clear();
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
            if !self.whole.is_empty() {
                let Self { clip, scratch, whole, cut, ends } = self;
                clip.polygon(whole, scratch, cut, ends);
            }
        }
        (&self.cut, &self.ends)
    }
}

#[cfg(test)]
mod tests;
