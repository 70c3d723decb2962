//! Which part of the country a picture shows, and where that lies in pixels.

use crate::{
    coverage::{BBox, Detail},
    crs::LonLat,
    layer::{PaintedArea, PaintedLayer},
};

use super::scene::Rect;

/// Between the map and its frame, pixels.
const MARGIN: f32 = 8.0;

/// Where the country lies in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Viewport {
    /// The upper left corner of the frame, millimetres in RD.
    origin: [f64; 2],
    /// Pixels in a millimetre.
    scale: f64,
    frame: Rect,
}

impl Viewport {
    /// As much as fits of a frame around `extent`, which comes in its middle; north is up.
    pub(super) fn around(extent: &BBox, frame: Rect) -> Self {
        let [low, high] = [extent.min.map(f64::from), extent.max.map(f64::from)];
        let room = |side: f32| f64::from((side - 2.0 * MARGIN).max(1.0));
        // A metre at least: an area without width is drawn as what it is.
        let size = [(high[0] - low[0]).max(1000.0), (high[1] - low[1]).max(1000.0)];
        let scale = (room(frame.width) / size[0]).min(room(frame.height) / size[1]);
        let origin = [
            f64::midpoint(low[0], high[0]) - f64::from(frame.width) / 2.0 / scale,
            f64::midpoint(low[1], high[1]) + f64::from(frame.height) / 2.0 / scale,
        ];
        Self { origin, scale, frame }
    }

    /// How large a millimetre of the country is drawn, pixels.
    pub(super) fn scale(&self) -> f64 {
        self.scale
    }

    pub(super) fn to_pixel(self, [x, y]: [f64; 2]) -> [f32; 2] {
        [
            self.frame.x + ((x - self.origin[0]) * self.scale) as f32,
            self.frame.y + ((self.origin[1] - y) * self.scale) as f32,
        ]
    }

    /// Where a pixel lies in the country, millimetres.
    pub(super) fn to_country(self, [x, y]: [f32; 2]) -> [f64; 2] {
        [
            self.origin[0] + f64::from(x - self.frame.x) / self.scale,
            self.origin[1] - f64::from(y - self.frame.y) / self.scale,
        ]
    }

    /// The part of the country in the frame, millimetres: west, south, east, north.
    pub(super) fn shown(&self) -> [f64; 4] {
        let [west, north] = self.origin;
        let across = |side: f32| f64::from(side) / self.scale;
        [west, north - across(self.frame.height), west + across(self.frame.width), north]
    }
}

/// The box around each area of a layer, in their order; `None` where one has no border.
pub(super) fn boxes(layer: &PaintedLayer<'_>) -> Vec<Option<BBox>> {
    layer.areas.iter().map(|area| layer.series.coverage.bbox(area.ordinal)).collect()
}

/// What a picture of a layer is about, millimetres in RD: its areas without water, or the part of
/// them in the box that was asked for. `None` where there is no area.
pub(super) fn extent(layer: &PaintedLayer<'_>) -> Option<BBox> {
    let boxes = boxes(layer);
    let of = |keep: &dyn Fn(&PaintedArea) -> bool| {
        let areas = layer.areas.iter().zip(&boxes).filter(|(area, _)| keep(area));
        areas.filter_map(|(_, bbox)| *bbox).reduce(BBox::union)
    };
    let everything = of(&|_| true)?;
    let dry = of(&|area| !layer.is_water(area)).unwrap_or(everything);
    let side = |bbox: &BBox, axis: usize| i64::from(bbox.max[axis]) - i64::from(bbox.min[axis]);
    // Water around the land is shown whole where that hardly makes the land smaller.
    let is_near = (0..2).all(|axis| side(&everything, axis) <= side(&dry, axis) * 6 / 5);
    let all = if is_near { everything } else { dry };
    let Some([west, south, east, north]) = layer.spec.bbox else { return Some(all) };
    let clamp =
        |lon: f64, lat: f64| LonLat { lon: lon.clamp(2.0, 8.0), lat: lat.clamp(50.0, 56.0) };
    let corners = [clamp(west, south), clamp(west, north), clamp(east, south), clamp(east, north)];
    let corners = corners.map(|corner| layer.atlas.transform.to_rd(corner));
    let mm = |metres: f64| (metres * 1000.0) as i32;
    let within = |least: f64, most: f64, min: i32, max: i32| {
        let (low, high) = (mm(least).clamp(min, max), mm(most).clamp(min, max));
        if low < high { (low, high) } else { (min, max) }
    };
    let [xs, ys] = [corners.map(|at| at.x), corners.map(|at| at.y)];
    let least = |of: [f64; 4]| of.into_iter().fold(f64::INFINITY, f64::min);
    let most = |of: [f64; 4]| of.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let x = within(least(xs), most(xs), all.min[0], all.max[0]);
    let y = within(least(ys), most(ys), all.min[1], all.max[1]);
    Some(BBox { min: [x.0, y.0], max: [x.1, y.1] })
}

/// The coarsest borders that are no further than so many millimetres from where they are.
pub(super) fn detail_within(tolerance: f64) -> Detail {
    let zooms = (0..=22).filter_map(Detail::of_zoom);
    let fits = |detail: &Detail| detail.tolerance().is_some_and(|most| most <= tolerance);
    zooms.into_iter().find(fits).unwrap_or(Detail::VOLLEDIG)
}
