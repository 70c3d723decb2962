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

/// Comparisons that any check may take, and those for each vertex beyond that. The borders of the
/// country take some hundred a vertex; a comb of long teeth takes as many as it has vertices.
const FREE: u64 = 100_000_000;
const PER_VERTEX: u64 = 1000;
/// The places where edges may meet for each vertex, and beyond those. A shape of polygons side by
/// side, which share each border, has six a vertex.
const MEETINGS_PER_VERTEX: u64 = 16;
const FREE_MEETINGS: u64 = 1000;

/// The comparisons that are left.
struct Work(u64);

impl Work {
    fn on(shape: &Shape) -> Self {
        Self(FREE + PER_VERTEX * shape.vertices().len() as u64)
    }

    /// Takes some off; fails where too few are left.
    fn spend(&mut self, comparisons: usize) -> Result<(), Fault> {
        self.0 = self.0.checked_sub(comparisons as u64).ok_or(Fault::Tangle)?;
        Ok(())
    }
}

impl Span {
    /// The box around an edge.
    fn of(a: Point, b: Point, id: u32) -> Self {
        let of = |pick: fn(i32, i32) -> i32| [pick(a[0], b[0]), pick(a[1], b[1])];
        Self { min: of(i32::min), max: of(i32::max), id }
    }
}

/// A place where two rings touch: the rings and the point.
type Touch = (u32, u32, Point);

/// Checks that a shape is valid as OGC Simple Features has it (06-103r4, 6.1.11 and 6.1.14).
///
/// Edges are swept in order of their boxes along the axis on which they overlap less: about
/// n log n for borders as they occur.
///
/// # Errors
/// The first fault found; [`Fault::Tangle`] where that takes too many comparisons.
pub(super) fn check(shape: &Shape) -> Result<(), Fault> {
    let mut work = Work::on(shape);
    let rings: Vec<&[Point]> = shape.rings().collect();
    let polygon_of: Vec<u32> = shape
        .polygons()
        .zip(0u32..)
        .flat_map(|(polygon, i)| std::iter::repeat_n(i, polygon.rings().len()))
        .collect();
    let mut touches = touches(shape, &rings, &mut work)?;
    if !touches.is_empty() {
        touches.sort_unstable();
        touches.dedup();
        interior_connected(&touches, &polygon_of, rings.len())?;
    }
    if rings.len() > 1 {
        nesting(shape, &rings, &polygon_of, &mut work)?;
    }
    Ok(())
}

/// Fails with [`Fault::Tangle`] where the edges meet so often that to draw them anew would make of
/// few vertices as many as their square.
pub(super) fn untangled(shape: &Shape) -> Result<(), Fault> {
    let vertices = shape.vertices();
    let edges: Vec<(Point, Point)> = shape
        .rings()
        .flat_map(|ring| ring.iter().copied().zip(ring.iter().copied().cycle().skip(1)))
        .collect();
    let mut spans: Vec<_> =
        edges.iter().zip(0..).map(|((a, b), id)| Span::of(*a, *b, id)).collect();
    let mut left = FREE_MEETINGS + MEETINGS_PER_VERTEX * vertices.len() as u64;
    each_meeting_pair(&mut spans, &mut Work::on(shape), |e, f, _| {
        let ((a, b), (c, d)) = (edges[e as usize], edges[f as usize]);
        if meeting(a, b, c, d) != Meeting::None {
            left = left.checked_sub(1).ok_or(Fault::Tangle)?;
        }
        Ok(())
    })
}

/// Calls `visit` for every pair of boxes that meet, until it fails.
fn each_meeting_pair(
    spans: &mut [Span],
    work: &mut Work,
    mut visit: impl FnMut(u32, u32, &mut Work) -> Result<(), Fault>,
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
            work.spend(1)?;
            if b.min[axis] > a.max[axis] {
                break;
            }
            if a.min[other] <= b.max[other] && b.min[other] <= a.max[other] {
                visit(a.id, b.id, work)?;
            }
        }
    }
    Ok(())
}

/// Finds where different rings touch; fails where edges cross, overlap, or a ring meets itself.
fn touches(shape: &Shape, rings: &[&[Point]], work: &mut Work) -> Result<Vec<Touch>, Fault> {
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
            spans.push(Span::of(a, b, edge));
            ring_of.push(number);
            end_of.push(end);
            edge += 1;
        }
        start = edge;
    }
    let ends = |edge: u32| (vertices[edge as usize], vertices[end_of[edge as usize] as usize]);
    let mut touches = Vec::new();
    each_meeting_pair(&mut spans, work, |e, f, work| {
        let ((a, b), (c, d)) = (ends(e), ends(f));
        let (ring_e, ring_f) = (ring_of[e as usize], ring_of[f as usize]);
        match meeting(a, b, c, d) {
            Meeting::None => Ok(()),
            Meeting::Cross | Meeting::Overlap => Err(Fault::SelfIntersection),
            Meeting::Touch(_) if end_of[e as usize] == f || end_of[f as usize] == e => Ok(()),
            Meeting::Touch(_) if ring_e == ring_f => Err(Fault::SelfIntersection),
            Meeting::Touch(p) => {
                let (ring_a, ring_b) = (rings[ring_e as usize], rings[ring_f as usize]);
                work.spend(ring_a.len() + ring_b.len())?;
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
fn nesting(
    shape: &Shape,
    rings: &[&[Point]],
    polygon_of: &[u32],
    work: &mut Work,
) -> Result<(), Fault> {
    let polygons: Vec<_> = shape.polygons().collect();
    for polygon in &polygons {
        for hole in polygon.holes() {
            work.spend(polygon.exterior().len())?;
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
    each_meeting_pair(&mut spans, work, |i, j, work| {
        let (i, j) = (i as usize, j as usize);
        work.spend(rings[i].len() + rings[j].len())?;
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
