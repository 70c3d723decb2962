//! Whether polygons of a literal are sound: on others no relation is defined.

use geo::{
    Area, BoundingRect, Intersects, LineIntersection, coordinate_position::CoordPos,
    coordinate_position::CoordinatePosition, line_intersection::line_intersection,
};
use geo_types::{Coord, Line, LineString, Polygon, Rect};

/// A segment of a ring.
struct Segment {
    line: Line<f64>,
    bounds: Rect<f64>,
    ring: usize,
    place: usize,
    /// The number of segments of its ring.
    of: usize,
}

/// What is wrong with a polygon of closed rings, if anything. Cost: of the pairs of segments those are compared
/// that overlap in x; at worst all.
pub(super) fn fault(polygon: &Polygon<f64>) -> Option<&'static str> {
    let rings = || std::iter::once(polygon.exterior()).chain(polygon.interiors());
    if rings().any(|ring| Polygon::new(ring.clone(), vec![]).unsigned_area() == 0.0) {
        return Some("een ring van een vlak heeft geen oppervlakte");
    }
    if cross(rings().enumerate().flat_map(|(ring, line)| segments(ring, line)).collect()) {
        return Some("een ring van een vlak kruist of raakt zichzelf, of kruist een andere ring");
    }
    misplaced_hole(polygon)
}

fn segments(ring: usize, line: &LineString<f64>) -> Vec<Segment> {
    let mut points: Vec<Coord<f64>> = line.0.clone();
    points.dedup();
    let of = points.len().saturating_sub(1);
    let segment = |(place, [start, end]): (usize, &[Coord<f64>; 2])| {
        let line = Line::new(*start, *end);
        Segment { line, bounds: line.bounding_rect(), ring, place, of }
    };
    points.array_windows().enumerate().map(segment).collect()
}

/// Whether segments have more in common than rings may: of one ring the point where the one goes
/// over into the next, of two rings points where they touch.
fn cross(mut segments: Vec<Segment>) -> bool {
    segments.sort_by(|a, b| a.bounds.min().x.total_cmp(&b.bounds.min().x));
    let mut later = segments.as_slice();
    while let Some((one, rest)) = later.split_first() {
        later = rest;
        let near = rest.iter().take_while(|two| two.bounds.min().x <= one.bounds.max().x);
        if near.filter(|two| two.bounds.intersects(&one.bounds)).any(|two| conflict(one, two)) {
            return true;
        }
    }
    false
}

fn conflict(one: &Segment, two: &Segment) -> bool {
    let apart = one.place.abs_diff(two.place);
    let neighbours = one.ring == two.ring && (apart == 1 || apart + 1 == one.of);
    match line_intersection(one.line, two.line) {
        None => false,
        Some(LineIntersection::Collinear { .. }) => true,
        Some(LineIntersection::SinglePoint { is_proper, .. }) => {
            is_proper || (one.ring == two.ring && !neighbours)
        }
    }
}

/// Holes that lie outside the exterior ring or within each other; they are known not to cross.
fn misplaced_hole(polygon: &Polygon<f64>) -> Option<&'static str> {
    let any = |ring: &LineString<f64>, of: &Polygon<f64>, position: CoordPos| {
        ring.0.iter().any(|c| of.coordinate_position(c) == position)
    };
    let exterior = Polygon::new(polygon.exterior().clone(), vec![]);
    let holes: Vec<_> = polygon
        .interiors()
        .iter()
        .map(|hole| Polygon::new(hole.clone(), vec![]))
        .filter_map(|hole| Some((hole.bounding_rect()?, hole)))
        .collect();
    if holes.iter().any(|(_, hole)| any(hole.exterior(), &exterior, CoordPos::Outside)) {
        return Some("een gat van een vlak ligt buiten de buitenring");
    }
    let nested = |(i, (bounds, hole)): (usize, &(Rect<f64>, Polygon<f64>))| {
        holes.iter().enumerate().any(|(j, (other_bounds, other))| {
            i != j
                && bounds.intersects(other_bounds)
                && any(hole.exterior(), other, CoordPos::Inside)
        })
    };
    holes.iter().enumerate().any(nested).then_some("gaten van een vlak overlappen elkaar")
}
