//! Edges that meet in their ends alone.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::coverage::exact::{Meeting, Point, difference, meeting};

use super::segments::{Segments, Use};

/// Points that are added fall on the grid, which moves edges by less than a millimetre and can make
/// them meet others; seen to settle in two to five rounds.
const MAX_ROUNDS: usize = 24;

/// A crossing goes to an end of its edges that is nearer than this, millimetres, doubled every third
/// round: else nearly parallel edges move their crossing along by a millimetre a round.
const NEAR: i64 = 2;

/// Edges in a row, about: what is looked through for each pair grows with it, rows cost memory.
const EDGES_PER_ROW: usize = 512;

/// What noding did.
#[derive(Debug, Default)]
pub(super) struct Noding {
    /// Areas whose borders were moved to a neighbour's, or cut where they crossed it.
    pub(super) areas: BTreeSet<u32>,
    /// How many vertices were moved.
    pub(super) moved: usize,
    /// How many edges were cut.
    pub(super) cut: usize,
    /// Areas with borders that cross others even so.
    pub(super) unsettled: BTreeSet<u32>,
}

/// Makes edges meet in their ends alone: cuts them where they cross or touch, and first brings
/// together what is no further apart than `snap` millimetres, of edges that just one area has and
/// of different areas (an edge between two neighbours fits already).
///
/// Cost: n log n for borders as they occur, once; later rounds look at what the one before changed.
pub(super) fn node(mut segments: Segments, snap: u32) -> (Segments, Noding) {
    let mut noding = Noding::default();
    let mut rows = Rows::over(&segments, snap);
    let mut snap = f64::from(snap);
    for round in 0..MAX_ROUNDS {
        if round == MAX_ROUNDS / 2 {
            // What has not come together by now goes round in circles.
            snap = 0.0;
        }
        let found = rows.search(&segments, snap, NEAR << (round / 3));
        if found.is_nothing() {
            return (segments, noding);
        }
        if round + 1 == MAX_ROUNDS {
            let edges = found.cuts.iter().map(|(edge, _)| *edge as usize);
            noding.unsettled =
                edges.flat_map(|edge| segments.uses(edge).iter().map(|one| one.area)).collect();
            break;
        }
        segments = found.apply(&segments, &mut noding, &mut rows);
    }
    (segments, noding)
}

/// The plane in rows, and which of them are to be looked at.
struct Rows {
    bottom: i64,
    height: i64,
    reach: i64,
    is_open: Vec<bool>,
}

/// What is to be done.
#[derive(Default)]
struct Found {
    /// An edge, and a point to lead it through.
    cuts: Vec<(u32, Point)>,
    /// A point, and the lesser one that it is to become, with the square of their distance.
    moves: Vec<(i64, Point, Point)>,
}

/// An edge in a row.
#[derive(Clone, Copy)]
struct Entry {
    low: Point,
    high: Point,
    edge: u32,
    /// The area that alone has it; `u32::MAX` for one that fits its neighbour.
    alone: u32,
}

impl Rows {
    fn over(segments: &Segments, snap: u32) -> Self {
        let heights = || {
            (0..segments.len()).flat_map(|edge| {
                let (a, b) = segments.ends(edge);
                [a[1], b[1]]
            })
        };
        let bottom = i64::from(heights().min().unwrap_or(0));
        let top = i64::from(heights().max().unwrap_or(0));
        let count = (segments.len() / EDGES_PER_ROW + 1) as i64;
        let reach = i64::from(snap);
        let height = ((top - bottom) / count + 1).max(reach + 1);
        let rows = ((top - bottom) / height + 1) as usize;
        Self { bottom, height, reach, is_open: vec![true; rows] }
    }

    /// The rows that an edge, widened by the reach of snapping, is in.
    fn span(&self, a: Point, b: Point) -> std::ops::RangeInclusive<usize> {
        let row = |y: i64| {
            ((y - self.bottom).max(0) / self.height).min(self.is_open.len() as i64 - 1) as usize
        };
        let (low, high) = (i64::from(a[1].min(b[1])), i64::from(a[1].max(b[1])));
        row(low - self.reach)..=row(high + self.reach)
    }

    fn open(&mut self, a: Point, b: Point) {
        for row in self.span(a, b) {
            self.is_open[row] = true;
        }
    }

    /// Looks through the open rows, and closes them.
    fn search(&mut self, segments: &Segments, snap: f64, near: i64) -> Found {
        let mut entries: Vec<Vec<Entry>> = vec![Vec::new(); self.is_open.len()];
        for edge in 0..segments.len() {
            let (low, high) = segments.ends(edge);
            let alone = match segments.uses(edge) {
                [one] => one.area,
                _ => u32::MAX,
            };
            for row in self.span(low, high) {
                if self.is_open[row] {
                    entries[row].push(Entry { low, high, edge: edge as u32, alone });
                }
            }
        }
        self.is_open.fill(false);
        let mut found = entries
            .into_par_iter()
            .map(|entries| search_row(&entries, snap, near))
            .reduce(Found::default, |mut a, mut b| {
                a.cuts.append(&mut b.cuts);
                a.moves.append(&mut b.moves);
                a
            });
        found.cuts.sort_unstable();
        found.cuts.dedup();
        found.moves.sort_unstable();
        found.moves.dedup();
        found
    }
}

fn search_row(entries: &[Entry], snap: f64, near: i64) -> Found {
    // Ends are in order, so `low` holds the least x; entries come in order too.
    let mut found = Found::default();
    let reach = snap.ceil() as i64;
    for (i, a) in entries.iter().enumerate() {
        let (top, bottom) = (a.low[1].max(a.high[1]), a.low[1].min(a.high[1]));
        for b in &entries[i + 1..] {
            let apart = i64::from(b.low[0]) - i64::from(a.high[0]);
            if apart > reach {
                break;
            }
            let above = i64::from(b.low[1].min(b.high[1])) - i64::from(top);
            let below = i64::from(bottom) - i64::from(b.low[1].max(b.high[1]));
            let apart = apart.max(above).max(below);
            if apart > reach {
                continue;
            }
            if apart <= 0 {
                found.meet(a, b, near);
            }
            if reach > 0 && a.alone != b.alone && a.alone != u32::MAX && b.alone != u32::MAX {
                found.snap(a, b, snap);
                found.snap(b, a, snap);
            }
        }
    }
    found
}

impl Entry {
    fn has(&self, p: Point) -> bool {
        self.low == p || self.high == p
    }
}

impl Found {
    fn is_nothing(&self) -> bool {
        self.cuts.is_empty() && self.moves.is_empty()
    }

    fn cut(&mut self, entry: &Entry, p: Point) {
        if !entry.has(p) {
            self.cuts.push((entry.edge, p));
        }
    }

    fn meet(&mut self, a: &Entry, b: &Entry, near: i64) {
        match meeting(a.low, a.high, b.low, b.high) {
            Meeting::None => {}
            Meeting::Touch(p) => {
                self.cut(a, p);
                self.cut(b, p);
            }
            Meeting::Cross => {
                let p = crossing(a.low, a.high, b.low, b.high);
                let ends = [a.low, a.high, b.low, b.high].map(|end| (squared(end, p), end));
                let nearest = ends.into_iter().min().filter(|(squared, _)| *squared <= near * near);
                let p = nearest.map_or(p, |(_, end)| end);
                self.cut(a, p);
                self.cut(b, p);
            }
            Meeting::Overlap => {
                for (one, other) in [(a, b), (b, a)] {
                    for p in [other.low, other.high] {
                        if one.low < p && p < one.high {
                            self.cut(one, p);
                        }
                    }
                }
            }
        }
    }

    /// Brings the ends of `b` to `a` where they are near.
    fn snap(&mut self, a: &Entry, b: &Entry, snap: f64) {
        if a.has(b.low) || a.has(b.high) {
            return;
        }
        for p in [b.low, b.high] {
            let near = [a.low, a.high].into_iter().map(|end| (squared(end, p), end)).min();
            if let Some((squared, end)) = near
                && squared as f64 <= snap * snap
            {
                self.moves.push((squared, end.max(p), end.min(p)));
            } else if distance_to(a.low, a.high, p) <= snap {
                self.cuts.push((a.edge, p));
            }
        }
    }

    /// The edges after it.
    fn apply(self, segments: &Segments, noding: &mut Noding, rows: &mut Rows) -> Segments {
        let mut moved: FxHashMap<Point, Point> = FxHashMap::default();
        let mut stays: FxHashSet<Point> = FxHashSet::default();
        for (_, from, to) in self.moves {
            if !moved.contains_key(&from) && !moved.contains_key(&to) && !stays.contains(&from) {
                moved.insert(from, to);
                stays.insert(to);
            }
        }
        noding.moved += moved.len();
        let place = |p: Point| moved.get(&p).copied().unwrap_or(p);
        let count = segments.len();
        let (mut kept, mut changed) = (Vec::with_capacity(2 * count), Vec::new());
        let mut cuts = self.cuts.chunk_by(|a, b| a.0 == b.0).peekable();
        for edge in 0..count {
            let own = cuts.next_if(|cuts| cuts[0].0 as usize == edge).unwrap_or_default();
            let (low, high) = segments.ends(edge);
            let uses = segments.uses(edge);
            let is_moved =
                !moved.is_empty() && (moved.contains_key(&low) || moved.contains_key(&high));
            if own.is_empty() && !is_moved {
                kept.extend_from_slice(uses);
                continue;
            }
            noding.cut += usize::from(!own.is_empty());
            noding.areas.extend(uses.iter().map(|one| one.area));
            let mut through: Vec<Point> = own.iter().map(|(_, p)| *p).collect();
            through.sort_by_key(|&p| (along(low, high, p), p));
            let line: Vec<Point> =
                std::iter::once(low).chain(through).chain([high]).map(place).collect();
            for pair in line.windows(2).filter(|pair| pair[0] != pair[1]) {
                rows.open(pair[0], pair[1]);
                changed.extend(uses.iter().map(|one| {
                    let (from, to) =
                        if one.is_forward { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
                    Use::new(from, to, one.area)
                }));
            }
        }
        kept.append(&mut changed);
        Segments::from_uses(kept)
    }
}

/// How far along the edge a point is: a number that grows with it.
fn along(low: Point, high: Point, p: Point) -> i128 {
    let ([ex, ey], [px, py]) = (difference(low, high), difference(low, p));
    i128::from(ex) * i128::from(px) + i128::from(ey) * i128::from(py)
}

fn squared(a: Point, b: Point) -> i64 {
    let [dx, dy] = difference(a, b);
    dx * dx + dy * dy
}

/// The distance from a point to an edge, millimetres.
fn distance_to(a: Point, b: Point, p: Point) -> f64 {
    let [ex, ey] = difference(a, b).map(|v| v as f64);
    let [px, py] = difference(a, p).map(|v| v as f64);
    let t = ((ex * px + ey * py) / (ex * ex + ey * ey)).clamp(0.0, 1.0);
    (px - t * ex).hypot(py - t * ey)
}

/// The grid point nearest to where two edges cross.
fn crossing(a: Point, b: Point, c: Point, d: Point) -> Point {
    let ([rx, ry], [sx, sy]) = (difference(a, b), difference(c, d));
    let [qx, qy] = difference(a, c);
    let wide = i128::from;
    let across = wide(rx) * wide(sy) - wide(ry) * wide(sx);
    let part = wide(qx) * wide(sy) - wide(qy) * wide(sx);
    // Rounded to the nearest, halves up; the crossing lies within both edges, so it is in range.
    let coordinate = |start: i32, run: i64| {
        let (mut over, mut under) = (part * wide(run), across);
        if under < 0 {
            (over, under) = (-over, -under);
        }
        (i128::from(start) + (2 * over + under).div_euclid(2 * under)) as i32
    };
    [coordinate(a[0], rx), coordinate(a[1], ry)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossings_are_rounded_to_the_nearest_grid_point() {
        assert_eq!(crossing([0, 0], [10, 10], [0, 10], [10, 0]), [5, 5]);
        assert_eq!(crossing([0, 0], [3, 3], [0, 3], [3, 0]), [2, 2]);
        assert_eq!(crossing([0, 0], [10, 1], [5, -10], [5, 10]), [5, 1]);
        let m = crate::coverage::exact::MAX_COORDINATE;
        assert_eq!(crossing([-m, -m], [m, m], [-m, m], [m, -m]), [0, 0]);
    }
}
