//! The outline of everything of one paint, as closed loops.

use rustc_hash::FxHashMap;

use super::{
    map::PixelArcs,
    scene::Rect,
    svg::{PARTS, parts},
};

/// How far beyond the frame loops go on: their edge there must not show.
const SLACK: f32 = 6.0;

/// A point in parts of a pixel.
type Point = [i32; 2];

/// The borders between a paint and all others as loops of points in parts of a pixel, cut off
/// around the frame. Filled by the even-odd rule they are everything of that paint. Loops without
/// a surface are left out. Cost: a pass over the arcs.
pub(super) fn loops(arcs: &PixelArcs, paint: Option<u8>, frame: Rect) -> Vec<Vec<Point>> {
    let mut from: FxHashMap<Point, Vec<(usize, bool)>> = FxHashMap::default();
    let mut edges = 0;
    for arc in 0..arcs.len() {
        let [left, right] = arcs.sides[arc];
        let is_reversed = match (left == paint, right == paint) {
            (true, false) => false,
            (false, true) => true,
            _ => continue,
        };
        let points = arcs.get(arc);
        let start = if is_reversed { points.last() } else { points.first() };
        if let Some(start) = start {
            from.entry(parts(*start)).or_default().push((arc, is_reversed));
            edges += 1;
        }
    }
    let mut starts: Vec<Point> = from.keys().copied().collect();
    starts.sort_unstable();
    let mut found = Vec::new();
    for start in starts {
        while let Some(ring) = trace(arcs, &mut from, start, edges) {
            let ring = if is_inside(&ring, frame) { ring } else { clip(ring, frame) };
            if has_surface(&ring) {
                found.push(ring);
            }
        }
    }
    found
}

/// Walks from a point along arcs that were not walked yet until there is none to go on with, which
/// is where it began: as many arcs end in a point as begin there.
fn trace(
    arcs: &PixelArcs,
    from: &mut FxHashMap<Point, Vec<(usize, bool)>>,
    start: Point,
    most: usize,
) -> Option<Vec<Point>> {
    let mut ring = Vec::new();
    let mut at = start;
    for _ in 0..=most {
        let Some((arc, is_reversed)) = from.get_mut(&at).and_then(Vec::pop) else { break };
        let points = arcs.get(arc);
        let mut add = |point: &[f32; 2]| {
            let point = parts(*point);
            if ring.last() != Some(&point) {
                ring.push(point);
            }
            at = point;
        };
        if is_reversed {
            points.iter().rev().for_each(&mut add);
        } else {
            points.iter().for_each(&mut add);
        }
        if at == start {
            break;
        }
    }
    (!ring.is_empty()).then_some(ring)
}

fn bounds(frame: Rect) -> [[i32; 2]; 2] {
    let part = |at: f32| (at * PARTS).round() as i32;
    [
        [part(frame.x - SLACK), part(frame.y - SLACK)],
        [part(frame.right() + SLACK), part(frame.bottom() + SLACK)],
    ]
}

fn is_inside(ring: &[Point], frame: Rect) -> bool {
    let [least, most] = bounds(frame);
    ring.iter().all(|point| (0..2).all(|axis| (least[axis]..=most[axis]).contains(&point[axis])))
}

/// The part of a loop in a rectangle: Sutherland and Hodgman's way, a side at a time. What it
/// leaves along the sides is filled by no rule.
fn clip(mut ring: Vec<Point>, frame: Rect) -> Vec<Point> {
    let [least, most] = bounds(frame);
    for axis in 0..2 {
        for (bound, sign) in [(least[axis], 1_i64), (most[axis], -1)] {
            let depth = |point: Point| sign * (i64::from(point[axis]) - i64::from(bound));
            let Some(mut before) = ring.last().copied() else { return ring };
            let mut kept = Vec::with_capacity(ring.len());
            for point in ring {
                if (depth(before) < 0) != (depth(point) < 0) {
                    let part = depth(before) as f64 / (depth(before) - depth(point)) as f64;
                    let other = 1 - axis;
                    let (a, b) = (f64::from(before[other]), f64::from(point[other]));
                    let mut crossing = [bound; 2];
                    crossing[other] = (a + (b - a) * part).round() as i32;
                    kept.push(crossing);
                }
                if depth(point) >= 0 {
                    kept.push(point);
                }
                before = point;
            }
            ring = kept;
        }
    }
    ring
}

fn has_surface(ring: &[Point]) -> bool {
    let Some(mut before) = ring.last().copied() else { return false };
    let mut doubled = 0_i64;
    for &point in ring {
        doubled +=
            i64::from(before[0]) * i64::from(point[1]) - i64::from(point[0]) * i64::from(before[1]);
        before = point;
    }
    doubled != 0
}
