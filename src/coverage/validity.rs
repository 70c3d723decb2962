//! Whether a shape is valid, decided exactly.

use super::{
    Fault,
    exact::{Meeting, Point, Side, meeting, orientation, side},
    shape::Shape,
};

/// An axis-parallel box with a number: millimetres.
struct Span {
    min: Point,
    max: Point,
    id: u32,
}

/// A place where two rings touch: the rings and the point.
type Touch = (u32, u32, Point);

/// Checks that a shape is valid as OGC Simple Features has it (06-103r4, 6.1.11 and 6.1.14).
///
/// Edges are swept in order of their boxes along the axis on which they overlap less: about
/// n log n for borders as they occur.
///
/// # Errors
/// The first fault found.
pub(super) fn check(shape: &Shape) -> Result<(), Fault> {
    let rings: Vec<&[Point]> = shape.rings().collect();
    let polygon_of: Vec<u32> = shape
        .polygons()
        .zip(0u32..)
        .flat_map(|(polygon, i)| std::iter::repeat_n(i, polygon.rings().len()))
        .collect();
    let mut touches = touches(shape, &rings)?;
    if !touches.is_empty() {
        touches.sort_unstable();
        touches.dedup();
        interior_connected(&touches, &polygon_of, rings.len())?;
    }
    if rings.len() > 1 {
        nesting(shape, &rings, &polygon_of)?;
    }
    Ok(())
}

/// Calls `visit` for every pair of boxes that meet, until it fails.
fn each_meeting_pair(
    spans: &mut [Span],
    mut visit: impl FnMut(u32, u32) -> Result<(), Fault>,
) -> Result<(), Fault> {
    // The axis where the boxes are short beside the whole extent leaves the fewest pairs.
    let crowding = |axis: usize| {
        let low = spans.iter().map(|s| s.min[axis]).min().unwrap_or(0);
        let high = spans.iter().map(|s| s.max[axis]).max().unwrap_or(0);
        let sum: f64 = spans.iter().map(|s| f64::from(s.max[axis]) - f64::from(s.min[axis])).sum();
        sum / (f64::from(high) - f64::from(low) + 1.0)
    };
    let axis = usize::from(crowding(1) < crowding(0));
    let other = 1 - axis;
    spans.sort_unstable_by_key(|s| s.min[axis]);
    for (i, a) in spans.iter().enumerate() {
        for b in &spans[i + 1..] {
            if b.min[axis] > a.max[axis] {
                break;
            }
            if a.min[other] <= b.max[other] && b.min[other] <= a.max[other] {
                visit(a.id, b.id)?;
            }
        }
    }
    Ok(())
}

/// Finds where different rings touch; fails where edges cross, overlap, or a ring meets itself.
fn touches(shape: &Shape, rings: &[&[Point]]) -> Result<Vec<Touch>, Fault> {
    let vertices = shape.vertices();
    let mut spans = Vec::with_capacity(vertices.len());
    // Of each edge: its ring, and the vertex that it ends at.
    let mut ring_of = Vec::with_capacity(vertices.len());
    let mut end_of = Vec::with_capacity(vertices.len());
    let mut start = 0u32;
    for (ring, number) in rings.iter().zip(0u32..) {
        let mut edge = start;
        for (i, &a) in ring.iter().enumerate() {
            let end = if i + 1 == ring.len() { start } else { edge + 1 };
            let b = ring[if i + 1 == ring.len() { 0 } else { i + 1 }];
            spans.push(Span {
                min: [a[0].min(b[0]), a[1].min(b[1])],
                max: [a[0].max(b[0]), a[1].max(b[1])],
                id: edge,
            });
            ring_of.push(number);
            end_of.push(end);
            edge += 1;
        }
        start = edge;
    }
    let ends = |edge: u32| (vertices[edge as usize], vertices[end_of[edge as usize] as usize]);
    let mut touches = Vec::new();
    each_meeting_pair(&mut spans, |e, f| {
        let ((a, b), (c, d)) = (ends(e), ends(f));
        let (ring_e, ring_f) = (ring_of[e as usize], ring_of[f as usize]);
        match meeting(a, b, c, d) {
            Meeting::None => Ok(()),
            Meeting::Cross | Meeting::Overlap => Err(Fault::SelfIntersection),
            Meeting::Touch(_) if end_of[e as usize] == f || end_of[f as usize] == e => Ok(()),
            Meeting::Touch(_) if ring_e == ring_f => Err(Fault::SelfIntersection),
            Meeting::Touch(p) => {
                let (ring_a, ring_b) = (rings[ring_e as usize], rings[ring_f as usize]);
                if cross_at(p, neighbours(ring_a, p, a, b), neighbours(ring_b, p, c, d)) {
                    return Err(Fault::SelfIntersection);
                }
                touches.push((ring_e.min(ring_f), ring_e.max(ring_f), p));
                Ok(())
            }
        }
    })?;
    Ok(touches)
}

/// The points before and after `p` on a ring, `p` lying on its edge from `a` to `b`.
fn neighbours(ring: &[Point], p: Point, a: Point, b: Point) -> (Point, Point) {
    if p != a && p != b {
        return (a, b);
    }
    let n = ring.len();
    let at = ring.iter().position(|&v| v == p).unwrap_or(0);
    (ring[(at + n - 1) % n], ring[(at + 1) % n])
}

/// Whether two lines through `p`, each given by the points before and after it, change sides.
fn cross_at(p: Point, (a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
    in_sector(p, a, b, c) != in_sector(p, a, b, d)
}

/// Whether `c` is in the sector around `p` from `a` counter-clockwise to `b`.
fn in_sector(p: Point, a: Point, b: Point, c: Point) -> bool {
    let left_of_a = orientation(p, a, c) > 0;
    match orientation(p, a, b) {
        0 => left_of_a,
        o if o > 0 => left_of_a && orientation(p, c, b) > 0,
        _ => !(orientation(p, b, c) > 0 && orientation(p, c, a) > 0),
    }
}

/// Fails where the rings of a polygon touch so that they enclose a part of its interior: where the
/// graph of rings and touching points has a cycle.
fn interior_connected(touches: &[Touch], polygon_of: &[u32], rings: usize) -> Result<(), Fault> {
    let mut incidences: Vec<(Point, u32)> = touches
        .iter()
        .filter(|(a, b, _)| polygon_of[*a as usize] == polygon_of[*b as usize])
        .flat_map(|&(a, b, p)| [(p, a), (p, b)])
        .collect();
    incidences.sort_unstable();
    incidences.dedup();
    // A node for every ring, then one for every touching point of a polygon.
    let mut parent: Vec<usize> = (0..rings).collect();
    let mut last = None;
    for (p, ring) in incidences {
        let key = (p, polygon_of[ring as usize]);
        if last != Some(key) {
            last = Some(key);
            parent.push(parent.len());
        }
        let (a, b) = (root(&mut parent, ring as usize), parent.len() - 1);
        let b = root(&mut parent, b);
        if a == b {
            return Err(Fault::DisconnectedInterior);
        }
        parent[a] = b;
    }
    Ok(())
}

fn root(parent: &mut [usize], mut node: usize) -> usize {
    while parent[node] != node {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    node
}

/// Fails where a hole is not in its outer ring, holes are nested, or polygons overlap. Edges are
/// known not to cross, so that one point of a ring speaks for the whole.
fn nesting(shape: &Shape, rings: &[&[Point]], polygon_of: &[u32]) -> Result<(), Fault> {
    let polygons: Vec<_> = shape.polygons().collect();
    for polygon in &polygons {
        for hole in polygon.holes() {
            if side_of(hole, || std::iter::once(polygon.exterior())) != Side::Inside {
                return Err(Fault::MisplacedRing);
            }
        }
    }
    let is_outer = |ring: usize| ring == 0 || polygon_of[ring] != polygon_of[ring - 1];
    let mut spans: Vec<Span> = rings
        .iter()
        .zip(0u32..)
        .map(|(ring, id)| Span {
            min: [0, 1].map(|axis| ring.iter().map(|p| p[axis]).min().unwrap_or(0)),
            max: [0, 1].map(|axis| ring.iter().map(|p| p[axis]).max().unwrap_or(0)),
            id,
        })
        .collect();
    each_meeting_pair(&mut spans, |i, j| {
        let (i, j) = (i as usize, j as usize);
        let (p, q) = (polygon_of[i] as usize, polygon_of[j] as usize);
        let apart = match (is_outer(i), is_outer(j)) {
            (false, false) if p == q => {
                side_of(rings[i], || std::iter::once(rings[j])) == Side::Outside
                    && side_of(rings[j], || std::iter::once(rings[i])) == Side::Outside
            }
            (true, true) => {
                side_of(rings[i], || polygons[q].rings()) == Side::Outside
                    && side_of(rings[j], || polygons[p].rings()) == Side::Outside
            }
            _ => true,
        };
        if apart { Ok(()) } else { Err(Fault::MisplacedRing) }
    })
}

/// Where a ring lies with regard to others that it does not cross: told by its first vertex, or
/// else middle of an edge, that is not on their border.
fn side_of<'a, I: Iterator<Item = &'a [Point]>>(ring: &[Point], others: impl Fn() -> I) -> Side {
    let doubled = |p: &Point| p.map(|v| i64::from(v) * 2);
    let sum = |a: Point, b: Point| [0, 1].map(|i| i64::from(a[i]) + i64::from(b[i]));
    let middles = ring.windows(2).map(|w| sum(w[0], w[1]));
    ring.iter()
        .map(doubled)
        .chain(middles)
        .map(|p| side(others(), p))
        .find(|&side| side != Side::Border)
        .unwrap_or(Side::Border)
}
