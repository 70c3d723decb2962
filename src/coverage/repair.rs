//! From a shape as delivered to one that is stored: on the grid, and valid.

use std::collections::BTreeMap;

use geo::Validation;
use geo_types::{Coord, LineString, MultiPolygon};
use i_overlay::{
    core::{
        fill_rule::FillRule,
        overlay::{IntOverlayOptions, Overlay, ShapeType},
        overlay_rule::OverlayRule,
        solver::Solver,
    },
    i_float::int::point::IntPoint,
    i_shape::int::shape::{IntContour, IntShapes},
};
use serde::Serialize;

use super::{
    Fault,
    exact::{Point, doubled_area, is_spike},
    shape::{Shape, normalise, to_grid},
    validity::{check, untangled},
};

/// Crossings fall on the grid again, which can make new ones; seen to settle in one or two rounds.
const MAX_ROUNDS: usize = 16;

/// A snapped vertex counts as moved from here on, metres: less is the noise of doubles.
const MOVED: f64 = 1e-6;

/// What [`repair`] did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Repair {
    /// Vertices that were moved onto the grid: by half a millimetre in each direction at most.
    pub snapped: usize,
    /// Whether the shape was valid before it was put on the grid; true also where that alone made
    /// it valid.
    pub was_valid: bool,
    /// What was wrong on the grid, and how many times: detail below a millimetre can fall together
    /// into a fault, so a shape that was valid may have some. Of the faults that ask for the borders to be drawn
    /// anew, one a round is named: the first found.
    pub faults: BTreeMap<Fault, usize>,
    /// Area after less area before, square metres. Before is what the delivered rings
    /// enclose on the grid, holes taken off; for a ring that crosses itself that figure is what the
    /// shoelace formula says.
    pub area_change_m2: f64,
}

impl Repair {
    fn nothing() -> Self {
        Self { snapped: 0, was_valid: true, faults: BTreeMap::new(), area_change_m2: 0.0 }
    }

    fn count(&mut self, fault: Fault) {
        *self.faults.entry(fault).or_default() += 1;
    }
}

/// Why no shape could be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ShapeError {
    /// There is no polygon, or none with a point.
    #[error("the shape is empty: expected at least one polygon")]
    Empty,
    /// A coordinate is NaN, infinite, or further from the origin of RD than any in the country.
    #[error(
        "polygon {polygon}, ring {ring}, point {point}: ({x}, {y}) is no point in RD, expected \
         metres between -1000000 and 1000000"
    )]
    OutOfRange {
        /// The polygon, counted from 1.
        polygon: usize,
        /// The ring in it, counted from 1.
        ring: usize,
        /// The vertex in it, counted from 1.
        point: usize,
        /// Metres east, as delivered.
        x: f64,
        /// Metres north, as delivered.
        y: f64,
    },
    /// No ring encloses anything.
    #[error("no ring encloses an area: expected at least three different points, not on one line")]
    NoArea,
    /// The borders could not be drawn anew on the grid.
    #[error("the borders cross in a way that could not be resolved ({0})")]
    Unresolved(Fault),
}

/// Snaps a shape to the millimetre grid and makes it valid.
///
/// A valid shape keeps its vertices (rings may change direction, start and order); vertices that
/// fall together on the grid are dropped. Repeated points, spikes, rings without area and doubled
/// rings go. Where borders still cross or touch, each polygon is drawn anew by the even-odd rule
/// and the polygons are united.
///
/// Costs about n log n for n vertices.
///
/// # Errors
/// See [`ShapeError`]. Nothing panics, whatever the coordinates.
pub fn repair(source: &MultiPolygon<f64>) -> Result<(Shape, Repair), ShapeError> {
    let mut done = Repair::nothing();
    if source.0.iter().all(|p| p.exterior().0.is_empty()) {
        return Err(ShapeError::Empty);
    }
    let mut polygons = Vec::with_capacity(source.0.len());
    for (i, polygon) in source.0.iter().enumerate() {
        let mut rings = Vec::with_capacity(1 + polygon.interiors().len());
        for (j, line) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate()
        {
            let ring = snap(line, &mut done.snapped).map_err(|(k, c)| ShapeError::OutOfRange {
                polygon: i + 1,
                ring: j + 1,
                point: k + 1,
                x: c.x,
                y: c.y,
            })?;
            rings.push(ring);
        }
        polygons.push(rings);
    }
    let before: i128 = polygons.iter().map(|rings| enclosed(rings)).sum();
    for rings in &mut polygons {
        clean(rings, &mut done);
    }
    drop_duplicates(&mut polygons, &mut done);
    let mut shape = Shape::from_rings(polygons);
    let mut fault = None;
    for _ in 0..MAX_ROUNDS {
        if shape.is_empty() {
            return Err(ShapeError::NoArea);
        }
        let Err(found) = check(&shape) else {
            // Asked of the few that need it. geo does not look at how holes connect: the grid did.
            done.was_valid = done.faults.is_empty()
                || !done.faults.contains_key(&Fault::DisconnectedInterior)
                    && source.0.iter().all(has_rings)
                    && source.is_valid();
            done.area_change_m2 = shape.area_m2() - before as f64 / 2e6;
            return Ok((shape, done));
        };
        // Later rounds undo what the grid did to the first one's crossings: no faults of the source.
        if fault.is_none() {
            done.count(found);
        }
        if found == Fault::Tangle {
            return Err(ShapeError::Unresolved(found));
        }
        untangled(&shape).map_err(ShapeError::Unresolved)?;
        fault = Some(found);
        shape = draw_anew(&shape);
    }
    Err(fault.map_or(ShapeError::NoArea, ShapeError::Unresolved))
}

/// Whether every ring of a polygon has three different points. Where one has not, it is not valid,
/// and geo's own check asserts what does not hold.
fn has_rings(polygon: &geo_types::Polygon<f64>) -> bool {
    std::iter::once(polygon.exterior()).chain(polygon.interiors()).all(|ring| {
        let Some(first) = ring.0.first() else { return false };
        let second = ring.0.iter().find(|point| *point != first);
        second.is_some_and(|second| ring.0.iter().any(|point| point != first && point != second))
    })
}

/// The ring on the grid, not closed; or the number and value of a coordinate that is not in range.
fn snap(line: &LineString<f64>, snapped: &mut usize) -> Result<Vec<Point>, (usize, Coord<f64>)> {
    let mut ring = Vec::with_capacity(line.0.len());
    for (k, &c) in line.0.iter().enumerate() {
        let point = to_grid(c).ok_or((k, c))?;
        let moved = |grid: i32, metres: f64| (f64::from(grid) / 1000.0 - metres).abs() > MOVED;
        *snapped += usize::from(moved(point[0], c.x) || moved(point[1], c.y));
        ring.push(point);
    }
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    Ok(ring)
}

/// Twice the area that the rings of a polygon enclose, holes taken off.
fn enclosed(rings: &[Vec<Point>]) -> i128 {
    let area = |ring: &Vec<Point>| doubled_area(ring).abs();
    let mut areas = rings.iter().map(area);
    areas.next().unwrap_or(0) - areas.sum::<i128>()
}

/// Drops repeated points, spikes and rings of which nothing is left; a polygon without its outer
/// ring whole. A ring whose points are all on one line is nothing but spikes.
fn clean(rings: &mut Vec<Vec<Point>>, done: &mut Repair) {
    for ring in rings.iter_mut() {
        if ring.is_empty() {
            continue;
        }
        drop_spikes(ring, done);
        if ring.len() < 3 {
            ring.clear();
            done.count(Fault::CollapsedRing);
        }
    }
    if rings.first().is_some_and(Vec::is_empty) {
        rings.clear();
    }
    rings.retain(|ring| !ring.is_empty());
}

/// Drops vertices that repeat the one before them and those where the ring turns straight back.
fn drop_spikes(ring: &mut Vec<Point>, done: &mut Repair) {
    let mut kept: Vec<Point> = Vec::with_capacity(ring.len());
    for &p in ring.iter() {
        if kept.last() == Some(&p) {
            done.count(Fault::RepeatedPoint);
            continue;
        }
        while let [.., a, b] = kept[..]
            && is_spike(a, b, p)
        {
            kept.pop();
            done.count(Fault::Spike);
        }
        if kept.last() != Some(&p) {
            kept.push(p);
        }
    }
    // The same around the place where the ring closes.
    let mut start = 0;
    while kept.len() - start >= 3 {
        let (first, second) = (kept[start], kept[start + 1]);
        let (before, last) = (kept[kept.len() - 2], kept[kept.len() - 1]);
        if last == first {
            kept.pop();
            done.count(Fault::RepeatedPoint);
        } else if is_spike(before, last, first) {
            kept.pop();
            done.count(Fault::Spike);
        } else if is_spike(last, first, second) {
            start += 1;
            done.count(Fault::Spike);
        } else {
            break;
        }
    }
    ring.clear();
    ring.extend_from_slice(&kept[start..]);
}

/// Drops rings that are there twice in a polygon, and polygons that are there twice: the even-odd
/// rule would take them for nothing.
fn drop_duplicates(polygons: &mut Vec<Vec<Vec<Point>>>, done: &mut Repair) {
    if polygons.len() < 2 && polygons.iter().all(|rings| rings.len() < 3) {
        return;
    }
    normalise(polygons);
    let mut dropped = 0;
    for rings in polygons.iter_mut() {
        let all = rings.len();
        rings.dedup();
        dropped += all - rings.len();
    }
    let all = polygons.len();
    polygons.dedup();
    dropped += all - polygons.len();
    for _ in 0..dropped {
        done.count(Fault::DuplicateRing);
    }
}

/// The area of a shape with borders that do not cross: each polygon by the even-odd rule, then all
/// of them united.
fn draw_anew(shape: &Shape) -> Shape {
    let options = IntOverlayOptions { ogc: true, ..IntOverlayOptions::keep_all_points() };
    let overlay = |contours: &[IntContour], rule: FillRule| -> IntShapes {
        let vertices = contours.iter().map(Vec::len).sum();
        let mut overlay = Overlay::new_custom(vertices, options, Solver::default());
        overlay.add_contours(contours, ShapeType::Subject);
        overlay.overlay(OverlayRule::Subject, rule)
    };
    let contour = |ring: &[Point]| ring.iter().map(|&[x, y]| IntPoint::new(x, y)).collect();
    let mut drawn = IntShapes::new();
    for polygon in shape.polygons() {
        let contours: Vec<IntContour> = polygon.rings().map(contour).collect();
        drawn.extend(overlay(&contours, FillRule::EvenOdd));
    }
    if shape.polygons().len() > 1 {
        drawn = overlay(&drawn.concat(), FillRule::NonZero);
    }
    let ring = |contour: IntContour| contour.into_iter().map(|p| [p.x, p.y]).collect();
    let mut polygons: Vec<Vec<Vec<Point>>> =
        drawn.into_iter().map(|rings| rings.into_iter().map(ring).collect()).collect();
    // What this drops comes of drawing on the grid and is no fault of the source.
    let mut uncounted = Repair::nothing();
    for rings in &mut polygons {
        clean(rings, &mut uncounted);
    }
    Shape::from_rings(polygons)
}

#[cfg(test)]
mod tests;
