//! The map of a picture: arcs in pixels with what lies on either side of them.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::{
    area::{AreaCode, Level},
    coverage::{Arcs, BBox, Borders},
    indicator::Display,
    layer::{PaintedArea, PaintedLayer},
    scale::{Rgb, WATER},
};

use super::{
    circles::circles,
    fill::area_fill,
    ink,
    scene::{Circle, Fill, Rect},
    viewport::{Viewport, boxes, detail_within},
};

/// Areas narrower than this, in pixels, get no borders: these would hide the towns.
const NARROW: f32 = 9.0;
/// Areas narrower than this get thin ones.
const WIDE: f32 = 22.0;

/// A map in pixels.
#[derive(Debug)]
pub(super) struct Map {
    /// Nothing of the map shows outside it.
    pub frame: Rect,
    /// What lies where no area is; `None` is the page itself.
    pub ground: Option<Rgb>,
    /// How areas are filled.
    pub paints: Vec<Fill>,
    /// The borders, each once.
    pub arcs: PixelArcs,
    /// Lines along them, the first lowest.
    pub lines: Vec<Lines>,
    /// Circles over them, the largest first.
    pub circles: Vec<Circle>,
    /// How many metres a pixel is.
    pub metres: f32,
}

/// Lines of one kind along borders.
#[derive(Debug)]
pub(super) struct Lines {
    /// The numbers of the arcs.
    pub arcs: Vec<usize>,
    pub width: f32,
    pub colour: Rgb,
}

/// Polylines in pixels, y down, with the paint on either side.
#[derive(Debug, Default)]
pub(super) struct PixelArcs {
    points: Vec<[f32; 2]>,
    ends: Vec<u32>,
    /// Left and right as walked: the index of the paint, `None` where no area is drawn.
    pub sides: Vec<[Option<u8>; 2]>,
}

impl PixelArcs {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The points of one, both ends included.
    pub(super) fn get(&self, arc: usize) -> &[[f32; 2]] {
        let start = if arc == 0 { 0 } else { self.ends[arc - 1] as usize };
        &self.points[start..self.ends[arc] as usize]
    }
}

/// What is known of each area of the coverage: what it is filled with, where it is drawn.
struct Areas {
    /// The paint of each area, by ordinal; `None` where it is not drawn.
    paints: Vec<Option<u8>>,
    /// Whether it belongs to the layer.
    selected: Vec<bool>,
    /// The number of its gemeente.
    gemeenten: Vec<u32>,
}

impl Areas {
    fn of(layer: &PaintedLayer<'_>, fills: &mut Vec<Fill>) -> Self {
        let coverage = layer.series.coverage;
        let mut known: FxHashMap<Fill, u8> = FxHashMap::default();
        let mut paint = |fill: Fill| {
            *known.entry(fill).or_insert_with(|| {
                fills.push(fill);
                // Nine classes, each plain and marked, two hatches, water, land and blank.
                u8::try_from(fills.len() - 1).unwrap_or(u8::MAX)
            })
        };
        let mut paints = vec![None; coverage.len()];
        let mut selected = vec![false; coverage.len()];
        if layer.spec.within.is_some() || layer.spec.bbox.is_some() {
            for (ordinal, one) in paints.iter_mut().enumerate() {
                let land = if coverage.is_water(ordinal) { WATER } else { ink::LAND };
                *one = Some(paint(Fill::plain(land)));
            }
        }
        for area in &layer.areas {
            selected[area.ordinal] = true;
            paints[area.ordinal] = Some(paint(area_fill(layer, area)));
        }
        let mut numbers: BTreeMap<AreaCode, u32> = BTreeMap::new();
        let mut gemeente = |at: usize| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            coverage.gemeente(at).map_or(u32::MAX, |code| *numbers.entry(code).or_insert(next))
        };
        let gemeenten = (0..coverage.len()).map(&mut gemeente).collect();
        Self { paints, selected, gemeenten }
    }
}

/// Which arcs a map needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// Those that lines through the frame cross, or that show.
    Crossings,
    /// All, so that every area is closed.
    Loops,
}

/// Draws the map of a layer in a frame, with as much detail as pixels of a `scale`th can show.
/// Cost: a pass over the arcs of the country.
pub(super) fn map(
    layer: &PaintedLayer<'_>,
    extent: &BBox,
    frame: Rect,
    scale: u32,
    need: Need,
) -> Map {
    let viewport = Viewport::around(extent, frame);
    let coverage = layer.series.coverage;
    let mut paints = Vec::new();
    let areas = Areas::of(layer, &mut paints);
    let borders = coverage.borders();
    // Half a pixel.
    let detail = detail_within(0.5 / viewport.scale() / f64::from(scale));
    let arcs = borders.arcs_at(detail);
    let (pixels, numbers) = pixel_arcs(borders, arcs, &areas, viewport, 0.5 / scale as f32, need);
    let lines = lines(layer, borders, &areas, &numbers, viewport);
    let circles = match layer.indicator.display {
        Display::Cirkel => circles(layer, viewport, detail),
        Display::Vlak => Vec::new(),
    };
    let is_part = layer.spec.within.is_some() || layer.spec.bbox.is_some();
    Map {
        frame,
        ground: is_part.then_some(ink::GROUND),
        paints,
        arcs: pixels,
        lines,
        circles,
        metres: (0.001 / viewport.scale()) as f32,
    }
}

/// The arcs that show, in pixels, and their numbers among the borders. A point nearer to the one
/// before than `step` is left out: it could not be told from it.
fn pixel_arcs(
    borders: &Borders,
    arcs: &Arcs,
    areas: &Areas,
    viewport: Viewport,
    step: f32,
    need: Need,
) -> (PixelArcs, Vec<usize>) {
    let [west, south, east, north] = viewport.shown();
    let mut pixels = PixelArcs::default();
    let mut numbers = Vec::new();
    for (number, vertices) in arcs.iter().enumerate() {
        let sides = borders.sides(number);
        let paint = |area: Option<u32>| area.and_then(|area| areas.paints[area as usize]);
        let paints = sides.map(paint);
        // Within an area of this level there are borders of finer ones.
        if sides[0] == sides[1] || paints == [None, None] {
            continue;
        }
        let mut least = [f64::INFINITY; 2];
        let mut most = [f64::NEG_INFINITY; 2];
        for vertex in vertices {
            for axis in 0..2 {
                let at = f64::from(vertex[axis]);
                least[axis] = least[axis].min(at);
                most[axis] = most[axis].max(at);
            }
        }
        // What lies left of the frame still says which area its left edge is in.
        let is_beyond = least[0] > east || least[1] > north || most[1] < south;
        let is_idle = paints[0] == paints[1] && (is_beyond || most[0] < west);
        if is_idle || (need == Need::Crossings && is_beyond) {
            continue;
        }
        let first = pixels.points.len();
        let last = vertices.len() - 1;
        for (at, vertex) in vertices.iter().enumerate() {
            let point = viewport.to_pixel(vertex.map(f64::from));
            let is_near = |before: &[f32; 2]| {
                (before[0] - point[0]).abs() < step && (before[1] - point[1]).abs() < step
            };
            let known = pixels.points.len() > first;
            if at == last || !known || !pixels.points.last().is_some_and(is_near) {
                pixels.points.push(point);
            }
        }
        pixels.ends.push(u32::try_from(pixels.points.len()).unwrap_or(u32::MAX));
        pixels.sides.push(paints);
        numbers.push(number);
    }
    (pixels, numbers)
}

/// The lines of a map: between areas where these are large enough, around gemeenten, around what
/// was chosen.
fn lines(
    layer: &PaintedLayer<'_>,
    borders: &Borders,
    areas: &Areas,
    numbers: &[usize],
    viewport: Viewport,
) -> Vec<Lines> {
    let has_gemeenten = layer.spec.level != Level::Gemeente;
    let is_part = layer.spec.within.is_some() || layer.spec.bbox.is_some();
    let is_chosen = layer.spec.within.is_some();
    let boxes = boxes(layer);
    let width = median_width(layer, &boxes, viewport, |number, _| number);
    let thin = if width < NARROW {
        0.0
    } else if width < WIDE {
        0.5
    } else {
        0.9
    };
    let gemeente_width =
        median_width(layer, &boxes, viewport, |_, area| areas.gemeenten[area.ordinal]);
    let middle = if gemeente_width < NARROW {
        0.0
    } else if gemeente_width < WIDE {
        0.5
    } else {
        0.75
    };
    let circles = layer.indicator.display == Display::Cirkel;
    let between = if circles { ink::LAND } else { ink::LINE };
    let around = if is_part { 1.0 } else { 0.0 };
    let chosen = if is_chosen { 1.5 } else { 0.75 };
    let mut kinds = [
        Lines { arcs: Vec::new(), width: thin, colour: between },
        Lines { arcs: Vec::new(), width: around, colour: ink::LAND_LINE },
        Lines { arcs: Vec::new(), width: middle, colour: ink::BORDER },
        Lines { arcs: Vec::new(), width: chosen, colour: ink::BORDER },
    ];
    for (arc, number) in numbers.iter().enumerate() {
        let [left, right] = borders.sides(*number);
        let is_selected =
            |area: Option<u32>| area.is_some_and(|area| areas.selected[area as usize]);
        let gemeente = |area: Option<u32>| area.map(|area| areas.gemeenten[area as usize]);
        let differ = gemeente(left) != gemeente(right);
        let kind = match (is_selected(left), is_selected(right)) {
            (true, true) if has_gemeenten && differ => 2,
            (true, true) => 0,
            (false, false) => {
                if !differ {
                    continue;
                }
                1
            }
            // The edge of what was chosen, or of the country.
            _ if is_chosen || left.is_none() || right.is_none() => 3,
            _ => 0,
        };
        kinds[kind].arcs.push(arc);
    }
    kinds.into_iter().filter(|kind| kind.width > 0.0 && !kind.arcs.is_empty()).collect()
}

/// The width of the one in the middle, by width, in pixels, of the groups that `group` makes of the
/// areas by their number and themselves.
fn median_width(
    layer: &PaintedLayer<'_>,
    boxes: &[Option<BBox>],
    viewport: Viewport,
    group: impl Fn(u32, &PaintedArea) -> u32,
) -> f32 {
    let mut groups: BTreeMap<u32, BBox> = BTreeMap::new();
    for ((number, area), bbox) in (0..).zip(&layer.areas).zip(boxes) {
        let Some(bbox) = *bbox else { continue };
        let known = groups.entry(group(number, area)).or_insert(bbox);
        *known = known.union(bbox);
    }
    let mut widths: Vec<i64> =
        groups.values().map(|b| i64::from(b.max[0]) - i64::from(b.min[0])).collect();
    widths.sort_unstable();
    let middle = widths.get(widths.len() / 2).copied().unwrap_or_default();
    (middle as f64 * viewport.scale()) as f32
}
