//! Polygons cut off at the edges of a tile.

use super::rings::{GridRings, Parts, RingSpan};

/// A rectangle that polygons are clipped to, at least two units wide and high, on a grid that runs
/// east and south.
///
/// The cut is made half a unit within its edges, where no vertex can be, so that a border never
/// runs along it: every edge either crosses the cut or does not. What comes of a crossing is the
/// end of the edge where that is on the edge of the rectangle: nothing moves, and what is cut is as
/// valid as it was. Else it is a grid point there, near the crossing, which depends on the ends of
/// the edge alone, not on the direction in which it is walked: two areas are cut at the same point
/// of the border that they share, but such an edge may come to lie across others near by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClipBox {
    /// The edges in the west and north.
    pub min: [i32; 2],
    /// The edges in the east and south.
    pub max: [i32; 2],
}

/// Memory that clipping one polygon after the other uses again.
#[derive(Debug, Default)]
pub struct ClipScratch {
    /// The vertices of all chains.
    points: Vec<[i32; 2]>,
    chains: Vec<Chain>,
    /// The rings inside, by number.
    inside: Vec<usize>,
    /// Ends of chains around the rectangle: where, which chain, and whether it leaves there.
    around: Vec<(f64, usize, bool)>,
    open: Vec<usize>,
    /// By chain: the one that the rectangle's edge leads on to.
    next: Vec<usize>,
    ring: Vec<[i32; 2]>,
    parts: Parts,
}

/// A stretch of a ring inside the rectangle.
#[derive(Clone, Copy, Debug)]
struct Chain {
    start: usize,
    end: usize,
    /// Where it comes in and goes out, around the rectangle.
    entry: f64,
    exit: f64,
}

/// A point of the cut.
#[derive(Clone, Copy, Debug)]
struct Crossing {
    point: [i32; 2],
    /// Where it is around the rectangle.
    around: f64,
}

impl ClipBox {
    /// Clips one polygon, its outer ring first: counter-clockwise as the map is looked at, holes
    /// clockwise. Puts what is left behind `out`, polygon by polygon, outer ring first, and says in
    /// `ends` where each of them ends. No ring touches itself in a vertex; what comes to nothing is
    /// left out, and with an outer ring its holes. n log n in the vertices.
    pub(super) fn polygon(
        &self,
        rings: &RingSpan<'_>,
        scratch: &mut ClipScratch,
        out: &mut GridRings,
        ends: &mut Vec<usize>,
    ) {
        scratch.points.clear();
        scratch.chains.clear();
        scratch.inside.clear();
        for (number, ring) in rings.iter().enumerate() {
            if self.chains(ring, scratch) {
                scratch.inside.push(number);
                if number == 0 {
                    // Then so is everything in it.
                    scratch.inside.extend(1..rings.len());
                    break;
                }
            }
        }
        let mut parts = std::mem::take(&mut scratch.parts);
        parts.clear();
        if !scratch.chains.is_empty() {
            self.join(scratch, &mut parts);
        } else if scratch.inside.first() != Some(&0) && self.corner_is_inside(rings) {
            parts.add(&self.corners());
        }
        for &ring in &scratch.inside {
            parts.add(rings.get(ring));
        }
        parts.polygons(out, ends);
        scratch.parts = parts;
    }

    /// Where the cut lies in the west or north, in doubled coordinates.
    fn near(&self, axis: usize) -> i64 {
        2 * i64::from(self.min[axis]) + 1
    }

    /// Where the cut lies in the east or south, in doubled coordinates.
    fn far(&self, axis: usize) -> i64 {
        2 * i64::from(self.max[axis]) - 1
    }

    fn code(&self, [x, y]: [i32; 2]) -> u8 {
        u8::from(x <= self.min[0])
            | u8::from(x >= self.max[0]) << 1
            | u8::from(y <= self.min[1]) << 2
            | u8::from(y >= self.max[1]) << 3
    }

    /// Whether a point that is not inside is on the edge.
    fn is_on_edge(&self, point: [i32; 2]) -> bool {
        (0..2).all(|axis| (self.min[axis]..=self.max[axis]).contains(&point[axis]))
    }

    /// Collects the chains of a ring; whether all of it is inside instead.
    fn chains(&self, ring: &[[i32; 2]], scratch: &mut ClipScratch) -> bool {
        let Some(first) = ring.iter().position(|&vertex| self.code(vertex) != 0) else {
            return true;
        };
        let mut a = ring[first];
        let mut of_a = self.code(a);
        let mut open: Option<(usize, f64)> = None;
        for &b in ring[first + 1..].iter().chain(&ring[..=first]) {
            let of_b = self.code(b);
            if of_a | of_b == 0 {
                scratch.points.push(b);
            } else if of_a & of_b == 0
                && let Some((entry, exit)) = self.cross(a, of_a, b, of_b)
            {
                if let Some(entry) = entry {
                    open = Some((scratch.points.len(), entry.around));
                    scratch.points.push(entry.point);
                }
                match (exit, open) {
                    (Some(exit), Some((start, entry))) => {
                        scratch.points.push(exit.point);
                        let end = scratch.points.len();
                        scratch.chains.push(Chain { start, end, entry, exit: exit.around });
                        open = None;
                    }
                    _ => scratch.points.push(b),
                }
            }
            (a, of_a) = (b, of_b);
        }
        false
    }

    /// Where the edge from `a` to `b` comes in and goes out; `None` where it stays outside. An end
    /// that is inside has no crossing.
    fn cross(
        &self,
        a: [i32; 2],
        of_a: u8,
        b: [i32; 2],
        of_b: u8,
    ) -> Option<(Option<Crossing>, Option<Crossing>)> {
        // Where it comes in is where it crosses the last of the edges that keep its start out.
        let entry = self.last_cut(a, of_a, b);
        let exit = self.last_cut(b, of_b, a);
        if let (Some(entry), Some(exit)) = (entry, exit) {
            // Both ends are outside: inside in between only where it comes in before it goes out.
            let along = |cut: Cut| cut.share(a, b);
            if along(entry) >= along(exit) {
                return None;
            }
        }
        let crossing = |cut: Cut, outside: [i32; 2]| {
            let crossing = self.crossing(cut, a, b);
            let point = if self.is_on_edge(outside) { outside } else { crossing.point };
            Crossing { point, ..crossing }
        };
        Some((entry.map(|cut| crossing(cut, a)), exit.map(|cut| crossing(cut, b))))
    }

    /// Of the edges of the rectangle that keep `a` out, the one that is crossed last on the way to
    /// `b`.
    fn last_cut(&self, a: [i32; 2], of_a: u8, b: [i32; 2]) -> Option<Cut> {
        let across = match of_a & 3 {
            0 => None,
            1 => Some(Cut { axis: 0, at: self.near(0) }),
            _ => Some(Cut { axis: 0, at: self.far(0) }),
        };
        let down = match of_a & 12 {
            0 => None,
            4 => Some(Cut { axis: 1, at: self.near(1) }),
            _ => Some(Cut { axis: 1, at: self.far(1) }),
        };
        match (across, down) {
            (Some(across), Some(down)) => {
                let is_down = down.share(a, b) > across.share(a, b);
                Some(if is_down { down } else { across })
            }
            (across, down) => across.or(down),
        }
    }

    fn crossing(&self, cut: Cut, a: [i32; 2], b: [i32; 2]) -> Crossing {
        // The same whichever way the edge is walked.
        let (a, b) = if a < b { (a, b) } else { (b, a) };
        let other = 1 - cut.axis;
        let [along, run] = cut.ratio(a, b);
        let rise = 2 * i64::from(b[other] - a[other]);
        let start = 2 * i64::from(a[other]);
        let whole = i128::from(start) * i128::from(run) + i128::from(along) * i128::from(rise);
        // Doubled coordinates, halved and rounded to the nearest unit.
        let nearest = (whole + i128::from(run)).div_euclid(2 * i128::from(run)) as i64;
        let nearest = nearest.clamp(i64::from(self.min[other]), i64::from(self.max[other]));
        let exact = whole as f64 / run as f64;
        let is_far = cut.at == self.far(cut.axis);
        let mut point = if is_far { self.max } else { self.min };
        point[other] = nearest as i32;
        let [west, north, east, south] =
            [self.near(0), self.near(1), self.far(0), self.far(1)].map(|at| at as f64);
        let (width, height) = (east - west, south - north);
        // From the south-west along the south, up the east, back along the north, down the west.
        let around = match (cut.axis, is_far) {
            (1, true) => exact - west,
            (0, true) => width + (south - exact),
            (1, _) => width + height + (east - exact),
            _ => 2.0 * width + height + (exact - north),
        };
        Crossing { point, around }
    }

    /// The corners from the south-west on, counter-clockwise as the map is looked at.
    fn corners(&self) -> [[i32; 2]; 4] {
        let ([west, north], [east, south]) = (self.min, self.max);
        [[west, south], [east, south], [east, north], [west, north]]
    }

    /// Joins chains along the edge of the rectangle into outer rings.
    fn join(&self, scratch: &mut ClipScratch, parts: &mut Parts) {
        let ClipScratch { points, chains, around, open, next, ring, .. } = scratch;
        around.clear();
        open.clear();
        for (number, chain) in chains.iter().enumerate() {
            around.push((chain.entry, number, false));
            around.push((chain.exit, number, true));
        }
        around.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)).then(a.1.cmp(&b.1)));
        next.clear();
        next.resize(chains.len(), usize::MAX);
        let mut is_entered = vec![false; chains.len()];
        // The area lies on the left: from where a chain leaves on, until one comes in. Twice, since
        // it may lie around the south-west.
        for &(_, number, is_exit) in around.iter().chain(around.iter()) {
            if is_exit && next[number] == usize::MAX && !open.contains(&number) {
                open.push(number);
            } else if !is_exit
                && !is_entered[number]
                && let Some(from) = open.pop()
            {
                next[from] = number;
                is_entered[number] = true;
            }
        }
        let [west, north, east, south] =
            [self.near(0), self.near(1), self.far(0), self.far(1)].map(|at| at as f64);
        let (width, height) = (east - west, south - north);
        let turns = [width, width + height, 2.0 * width + height, 2.0 * (width + height)];
        let corners = self.corners();
        for first in 0..chains.len() {
            ring.clear();
            let mut at = first;
            while let Some(&Chain { start, end, exit, .. }) = chains.get(at)
                && next[at] != usize::MAX
            {
                ring.extend(&points[start..end]);
                let to = std::mem::replace(&mut next[at], usize::MAX);
                let entry = chains.get(to).map_or(exit, |chain| chain.entry);
                // The corners between, once around at most.
                let round = if entry < exit { 2.0 * (width + height) } else { 0.0 };
                for lap in [0.0, 2.0 * (width + height)] {
                    for (turn, corner) in turns.iter().zip([1, 2, 3, 0]) {
                        if exit < turn + lap && turn + lap < entry + round {
                            ring.push(corners[corner]);
                        }
                    }
                }
                at = to;
            }
            if !ring.is_empty() {
                parts.add(ring);
            }
        }
    }

    /// Whether a corner of the rectangle that no ring crosses lies in the polygon.
    fn corner_is_inside(&self, rings: &RingSpan<'_>) -> bool {
        let [x, y] = [self.near(0), self.near(1)];
        let mut is_inside = false;
        for ring in rings.iter() {
            let Some(mut a) = ring.last().map(|p| p.map(|v| 2 * i64::from(v))) else { continue };
            for b in ring.iter().map(|p| p.map(|v| 2 * i64::from(v))) {
                if (a[1] < y) != (b[1] < y) {
                    // Doubled coordinates of a zoom stay below 2^30.
                    let side = (b[0] - a[0]) * (y - a[1]) - (x - a[0]) * (b[1] - a[1]);
                    is_inside ^= (side < 0) == (b[1] > a[1]);
                }
                a = b;
            }
        }
        is_inside
    }
}

/// A line that is cut along: of doubled coordinates on an axis, and odd, so that no vertex is on
/// it.
#[derive(Clone, Copy, Debug)]
struct Cut {
    axis: usize,
    at: i64,
}

impl Cut {
    /// How far along the edge from `a` to `b` it is crossed: a fraction, the divisor positive.
    fn ratio(self, a: [i32; 2], b: [i32; 2]) -> [i64; 2] {
        let start = 2 * i64::from(a[self.axis]);
        let run = 2 * i64::from(b[self.axis]) - start;
        let along = self.at - start;
        if run < 0 { [-along, -run] } else { [along, run] }
    }

    fn share(self, a: [i32; 2], b: [i32; 2]) -> Share {
        Share(self.ratio(a, b))
    }
}

/// A fraction with a positive divisor.
#[derive(Clone, Copy, Debug)]
struct Share([i64; 2]);

impl PartialEq for Share {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(std::cmp::Ordering::Equal)
    }
}

impl PartialOrd for Share {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        let (Self([a, b]), Self([c, d])) = (self, other);
        let product = |x: &i64, y: &i64| i128::from(*x) * i128::from(*y);
        Some(product(a, d).cmp(&product(c, b)))
    }
}
