//! Where the borders of two divisions cross.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};

use crate::coverage::{exact::Point, fault::Fault, topology::NONE};

use super::{
    layer::{Edge, Layer, Rows},
    nudge::Nudge,
    sums::{Sums, distance, edge_terms, length},
};

/// Comparisons that any pair of divisions may take, and those for each edge beyond that. Borders
/// of the country take about ten an edge.
const FREE: u64 = 1_000_000_000;
const PER_EDGE: u64 = 1000;
/// Crossings likewise: a border beside its equal crosses it once a vertex at most.
const FREE_CROSSINGS: u64 = 2_000_000;
const CROSSINGS_PER_EDGE: u64 = 16;

/// What was found in rows.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) sums: Sums,
    /// The length of what lies in borders of both, in the unit of sums.
    pub(super) common: i64,
    /// Arcs of the old division, and the area of the new one that they start in; the other way.
    pub(super) old_starts: Vec<(u32, u32)>,
    pub(super) new_starts: Vec<(u32, u32)>,
    /// Room to work in.
    old: Sorted,
    new: Sorted,
}

impl Found {
    /// Both together.
    pub(super) fn and(mut self, mut other: Self) -> Self {
        self.old_starts.append(&mut other.old_starts);
        self.new_starts.append(&mut other.new_starts);
        let common = self.common + other.common;
        Self { sums: self.sums.and(other.sums), common, ..self }
    }
}

/// What the rows of two divisions are looked through for.
#[derive(Debug)]
pub(super) struct Search<'a> {
    rows: &'a Rows,
    old: &'a Layer<'a>,
    new: &'a Layer<'a>,
    origin: Point,
    /// By edge of each: the ordinal of the area of the other division that its end lies in, less
    /// that of its start. Wraps around.
    turns: [Vec<AtomicU32>; 2],
    comparisons: Budget,
    crossings: Budget,
}

/// Work that may yet be done.
#[derive(Debug)]
struct Budget {
    spent: AtomicU64,
    limit: u64,
}

impl Budget {
    fn spend(&self, work: u64) -> bool {
        self.spent.fetch_add(work, Relaxed) + work <= self.limit
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(rows: &'a Rows, old: &'a Layer<'a>, new: &'a Layer<'a>) -> Self {
        let counts = [old, new].map(|layer| layer.topology().arcs().vertices().len());
        let edges = counts.iter().sum::<usize>() as u64;
        let budget = |limit| Budget { spent: AtomicU64::new(0), limit };
        Self {
            rows,
            old,
            new,
            origin: rows.middle(),
            turns: counts
                .map(|count| std::iter::repeat_with(AtomicU32::default).take(count).collect()),
            comparisons: budget(FREE + PER_EDGE * edges),
            crossings: budget(FREE_CROSSINGS + CROSSINGS_PER_EDGE * edges),
        }
    }

    /// By edge of either division: how much further on in the other one it ends.
    pub(super) fn turns(self) -> Result<[Vec<u32>; 2], Fault> {
        if !self.comparisons.spend(0) || !self.crossings.spend(0) {
            return Err(Fault::Tangle);
        }
        Ok(self.turns.map(|turns| turns.into_iter().map(AtomicU32::into_inner).collect()))
    }

    /// Looks through a row.
    pub(super) fn row(&self, row: usize, found: &mut Found) {
        if !self.comparisons.spend(0) || !self.crossings.spend(0) {
            return;
        }
        found.old.fill(self.old, row);
        found.new.fill(self.new, row);
        let Found { sums, common, old_starts, new_starts, old, new } = found;
        old_starts.extend(self.old.arcs(row).map(|(arc, start)| (arc, new.at(start, Nudge::Back))));
        new_starts
            .extend(self.new.arcs(row).map(|(arc, start)| (arc, old.at(start, Nudge::Forth))));
        let (mut comparisons, mut crossings) = (0, 0);
        let mut compare = |a: &Edge, b: &Edge| {
            comparisons += 1;
            let (a_low, a_high) = (a.from[1].min(a.to[1]), a.from[1].max(a.to[1]));
            let (b_low, b_high) = (b.from[1].min(b.to[1]), b.from[1].max(b.to[1]));
            let low = a_low.max(b_low);
            // Each pair in the first row that both are in.
            if low <= a_high.min(b_high) && self.rows.of(low) == row {
                crossings += u64::from(self.meet(a, b, sums, common));
            }
            if comparisons == 1 << 20 {
                let goes_on =
                    self.comparisons.spend(comparisons) && self.crossings.spend(crossings);
                (comparisons, crossings) = (0, 0);
                return goes_on;
            }
            true
        };
        // The one that starts furthest west is held against those of the other that start under it.
        let (mut i, mut j) = (0, 0);
        'sweep: while let (Some(a), Some(b)) = (old.edges.get(i), new.edges.get(j)) {
            if a.west() <= b.west() {
                i += 1;
                for b in new.edges[j..].iter().take_while(|b| b.west() <= a.east()) {
                    if !compare(a, b) {
                        break 'sweep;
                    }
                }
            } else {
                j += 1;
                for a in old.edges[i..].iter().take_while(|a| a.west() <= b.east()) {
                    if !compare(a, b) {
                        break 'sweep;
                    }
                }
            }
        }
        self.comparisons.spend(comparisons);
        self.crossings.spend(crossings);
    }

    /// What two edges have to do with each other; whether they cross.
    fn meet(&self, a: &Edge, b: &Edge, sums: &mut Sums, common: &mut i64) -> bool {
        let (starts_left, a_from) = Nudge::Back.is_left(b.from, b.to, a.from);
        let (ends_left, a_to) = Nudge::Back.is_left(b.from, b.to, a.to);
        let is_collinear = a_from == 0 && a_to == 0;
        if starts_left == ends_left && !is_collinear {
            return false;
        }
        let (b_starts_left, b_from) = Nudge::Forth.is_left(a.from, a.to, b.from);
        if is_collinear {
            // Side by side: what lies between them has no width, and no border to be counted.
            let (a_low, a_high) = (a.from.min(a.to), a.from.max(a.to));
            let (b_low, b_high) = (b.from.min(b.to), b.from.max(b.to));
            let (start, end) = (a_low.max(b_low), a_high.min(b_high));
            if start < end {
                let old = if b_starts_left { a.left } else { a.right };
                let new = if starts_left { b.left } else { b.right };
                let length = length(distance(start, end));
                sums.add([old, new], 0, -2 * length);
                *common += length;
            }
            return false;
        }
        let (b_ends_left, b_to) = Nudge::Forth.is_left(a.from, a.to, b.to);
        if b_starts_left == b_ends_left {
            return false;
        }
        // How far along each the crossing is.
        let along = |from: i64, to: i64| from as f64 / (from as f64 - to as f64);
        let (a_part, b_part) = (along(a_from, a_to), along(b_from, b_to));
        let (a_whole, b_whole) =
            (edge_terms(self.origin, a.from, a.to), edge_terms(self.origin, b.from, b.to));
        // Here the old edge passes from the left of the new one to its right, and the new edge from
        // the right of the old one to its left, or both the other way.
        let sign = if starts_left { 1 } else { -1 };
        let term = |part: f64, whole: i128| (part * whole as f64).round() as i128;
        let turned = sign * (term(a_part, a_whole.doubled) - term(b_part, b_whole.doubled));
        let a_length = sign as i64 * length(a_part * distance(a.from, a.to));
        let b_length = sign as i64 * length(b_part * distance(b.from, b.to));
        sums.add([a.left, b.left], turned, a_length - b_length);
        sums.add([a.left, b.right], -turned, -a_length - b_length);
        sums.add([a.right, b.left], -turned, a_length + b_length);
        sums.add([a.right, b.right], turned, b_length - a_length);
        let turn = |edge: usize, number: u32, from: u32, to: u32| {
            self.turns[edge][number as usize].fetch_add(to.wrapping_sub(from), Relaxed);
        };
        let (old, new) = ([a.right, a.left], [b.left, b.right]);
        let order = if starts_left { [0, 1] } else { [1, 0] };
        turn(0, a.number, new[order[0]], new[order[1]]);
        turn(1, b.number, old[order[0]], old[order[1]]);
        true
    }
}

impl Edge {
    fn west(&self) -> i32 {
        self.from[0].min(self.to[0])
    }

    fn east(&self) -> i32 {
        self.from[0].max(self.to[0])
    }
}

/// The edges of a row, from the west.
#[derive(Debug, Default)]
struct Sorted {
    edges: Vec<Edge>,
    /// The furthest east that any edge up to this one comes.
    reach: Vec<i32>,
}

impl Sorted {
    fn fill(&mut self, layer: &Layer<'_>, row: usize) {
        self.edges.clear();
        self.edges.extend(layer.edges(row));
        self.edges.sort_unstable_by_key(|edge| (edge.west(), edge.number));
        self.reach.clear();
        self.reach.extend(self.edges.iter().scan(i32::MIN, |reach, edge| {
            *reach = edge.east().max(*reach);
            Some(*reach)
        }));
    }

    /// The area that a point of the row, moved aside, lies in.
    fn at(&self, p: Point, nudge: Nudge) -> u32 {
        let end = self.edges.partition_point(|edge| edge.west() <= p[0]);
        let mut nearest: Option<&Edge> = None;
        // No edge up to one reaches further east than this.
        let mut least = f64::NEG_INFINITY;
        for (edge, &reach) in self.edges[..end].iter().zip(&self.reach).rev() {
            if f64::from(reach) < least {
                break;
            }
            if !nudge.spans(edge.from, edge.to, p) {
                continue;
            }
            let is_rising = edge.from[1] < edge.to[1];
            if nudge.is_left(edge.from, edge.to, p).0 == is_rising {
                continue;
            }
            let ends = |edge: &Edge| (edge.from, edge.to);
            let is_nearer = nearest
                .is_none_or(|nearest| nudge.compare_east(ends(edge), ends(nearest), p).is_gt());
            if is_nearer {
                nearest = Some(edge);
                least = f64::from(edge.west());
            }
        }
        nearest.map_or(NONE, |edge| if edge.from[1] < edge.to[1] { edge.right } else { edge.left })
    }
}
