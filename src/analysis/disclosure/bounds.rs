//! What somebody who knows the shown counts knows of the hidden ones.

use super::Cell;

/// No more than a count can be.
const UNBOUNDED: u64 = u64::MAX / 4;

/// The least and the most that a count can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The least.
    pub low: u64,
    /// The most.
    pub high: u64,
}

impl Bounds {
    fn exactly(count: u64) -> Self {
        Self { low: count, high: count }
    }

    fn meet(self, other: Self) -> Self {
        Self { low: self.low.max(other.low), high: self.high.min(other.high) }
    }

    /// How many values it may have.
    pub fn values(self) -> u64 {
        (self.high + 1).saturating_sub(self.low)
    }
}

/// How the cells hang together.
pub(super) struct Tree {
    /// The children of each cell.
    pub(super) children: Vec<Vec<usize>>,
    /// Parents after their children.
    order: Vec<usize>,
    /// Whether the children of a cell add up to it: else their sum says nothing of it.
    adds_up: Vec<bool>,
}

impl Tree {
    pub(super) fn of(cells: &[Cell]) -> Self {
        let mut children = vec![Vec::new(); cells.len()];
        let mut depth = vec![0usize; cells.len()];
        for (at, cell) in cells.iter().enumerate() {
            if let Some(parent) = cell.parent {
                children[parent].push(at);
            }
            let mut above = cell.parent;
            // A chain longer than the list would be a circle.
            while let Some(parent) = above.filter(|_| depth[at] <= cells.len()) {
                depth[at] += 1;
                above = cells[parent].parent;
            }
        }
        let mut order: Vec<usize> = (0..cells.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(depth[at]));
        let sum = |at: usize| children[at].iter().map(|&child| cells[child].count).sum::<u64>();
        let adds_up =
            (0..cells.len()).map(|at| !children[at].is_empty() && sum(at) == cells[at].count);
        Self { adds_up: adds_up.collect(), children, order }
    }

    /// The bounds of every cell to who knows those that are shown.
    pub(super) fn bounds(&self, cells: &[Cell], is_shown: impl Fn(usize) -> bool) -> Vec<Bounds> {
        let own = |at: usize| match is_shown(at) {
            true => Bounds::exactly(cells[at].count),
            false => Bounds { low: 0, high: cells[at].among.unwrap_or(UNBOUNDED) },
        };
        let mut all: Vec<Bounds> = (0..cells.len()).map(own).collect();
        for &at in self.order.iter().filter(|&&at| self.adds_up[at]) {
            let sum = self.sum(&all, at);
            all[at] = all[at].meet(sum);
        }
        for &at in self.order.iter().rev().filter(|&&at| self.adds_up[at]) {
            let sum = self.sum(&all, at);
            let whole = all[at];
            for &child in &self.children[at] {
                let own = all[child];
                // What the others are at most and at least leaves.
                let rest = Bounds { low: sum.low - own.low, high: sum.high - own.high };
                let left = Bounds {
                    low: whole.low.saturating_sub(rest.high),
                    high: whole.high.saturating_sub(rest.low),
                };
                all[child] = own.meet(left);
            }
        }
        all
    }

    fn sum(&self, all: &[Bounds], at: usize) -> Bounds {
        let add = |a: u64, b: u64| (a + b).min(UNBOUNDED * 2);
        self.children[at].iter().fold(Bounds::exactly(0), |sum, &child| Bounds {
            low: add(sum.low, all[child].low),
            high: add(sum.high, all[child].high),
        })
    }
}

/// The least and the most that each count can be, to who knows those that `is_shown` says, how areas
/// nest and how many people each is a part of. A cell whose children do not add up to it says nothing
/// of them. Exact: every value between the bounds is possible. Cost: linear in the cells.
pub fn bounds(cells: &[Cell], is_shown: impl Fn(usize) -> bool) -> Vec<Bounds> {
    Tree::of(cells).bounds(cells, is_shown)
}
