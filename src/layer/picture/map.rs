//! The map of a picture: arcs in pixels with what lies on either side of them.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::{
    area::{AreaCode, Flag, Level},
    coverage::{Arcs, BBox, Borders, Detail},
    crs::LonLat,
    indicator::{Display, Reason},
    layer::{PaintedArea, PaintedLayer},
    scale::{HIDDEN, NO_FIGURE, Rgb, WATER},
};

use super::{
    circles::circles,
    ink,
    scene::{Circle, Fill, Pattern, Rect},
};

/// Areas narrower than this, in pixels, get no borders: these would hide the towns.
const NARROW: f32 = 9.0;
/// Areas narrower than this get thin ones.
const WIDE: f32 = 22.0;
/// Between the map and its frame, pixels.
const MARGIN: f32 = 8.0;

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
    fn shown(&self) -> [f64; 4] {
        let [west, north] = self.origin;
        let across = |side: f32| f64::from(side) / self.scale;
        [west, north - across(self.frame.height), west + across(self.frame.width), north]
    }
}

/// The box around each area of a layer, in their order; `None` where one has no border.
fn boxes(layer: &PaintedLayer<'_>) -> Vec<Option<BBox>> {
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

/// The hatch of a reason.
pub(super) fn reason_fill(reason: Reason) -> Fill {
    if reason.is_hidden() {
        Fill { ground: HIDDEN.ground, pattern: Some(Pattern::Dots(HIDDEN.stroke)) }
    } else {
        Fill { ground: NO_FIGURE.ground, pattern: Some(Pattern::Lines(NO_FIGURE.stroke)) }
    }
}

/// The marks of *nauwelijks woongebied* over a colour.
pub(super) fn hardly_residential_fill(ground: Rgb) -> Fill {
    Fill { ground, pattern: Some(Pattern::Twin(ink::INK, ink::TWIN)) }
}

/// How an area of the layer is filled, as the map in the browser does.
pub(super) fn area_fill(layer: &PaintedLayer<'_>, area: &PaintedArea) -> Fill {
    let class = area.class.and_then(|class| layer.scale.classes().get(class));
    let flags = layer.series.coverage.flags(area.ordinal);
    match (class, area.value.reason()) {
        _ if layer.is_water(area) => Fill::plain(WATER),
        (None, reason) => reason_fill(reason.unwrap_or(Reason::Onbekend)),
        _ if layer.indicator.display == Display::Cirkel => Fill::plain(ink::BLANK),
        (Some(class), _) if flags.contains(&Flag::NauwelijksWoongebied) => {
            hardly_residential_fill(class.colour)
        }
        (Some(class), _) => Fill::plain(class.colour),
    }
}

/// The coarsest borders that are no further than so many millimetres from where they are.
pub(super) fn detail_within(tolerance: f64) -> Detail {
    let zooms = (0..=22).filter_map(Detail::of_zoom);
    let fits = |detail: &Detail| detail.tolerance().is_some_and(|most| most <= tolerance);
    zooms.into_iter().find(fits).unwrap_or(Detail::VOLLEDIG)
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
        let mut gemeente = |code: &AreaCode| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            code.gemeente().map_or(u32::MAX, |code| *numbers.entry(code).or_insert(next))
        };
        let gemeenten = coverage.codes().iter().map(&mut gemeente).collect();
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
    let detail = detail_within(0.5 / viewport.scale / f64::from(scale));
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
        metres: (0.001 / viewport.scale) as f32,
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
    (middle as f64 * viewport.scale) as f32
}
