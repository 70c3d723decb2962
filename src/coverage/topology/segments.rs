//! The edges of all shapes, each once, with the areas on their sides.

use rayon::prelude::*;

use crate::coverage::{exact::Point, shape::Shape};

/// An edge as one ring has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use {
    /// The lesser end.
    pub(super) low: Point,
    /// The greater end.
    pub(super) high: Point,
    /// The area whose ring it is.
    pub(super) area: u32,
    /// Whether the ring walks it from the lesser to the greater end, with the area on its left.
    pub(super) is_forward: bool,
}

impl Use {
    pub(super) fn new(from: Point, to: Point, area: u32) -> Self {
        let is_forward = from < to;
        let (low, high) = if is_forward { (from, to) } else { (to, from) };
        Self { low, high, area, is_forward }
    }

    pub(super) fn ends(&self) -> (Point, Point) {
        (self.low, self.high)
    }
}

/// How many times more often each area lies on the left of a walk than on its right, areas
/// ascending, none with 0.
pub(super) type Winding = Vec<(u32, i32)>;

/// The edges of a coverage: uses in order, and where those of the same edge start.
#[derive(Debug, Default)]
pub(super) struct Segments {
    uses: Vec<Use>,
    /// Where the uses of each edge start, and where the last one's end.
    starts: Vec<u32>,
}

impl Segments {
    /// The edges of the shapes, by their ordinals.
    pub(super) fn of<S: AsRef<Shape> + Sync>(shapes: &[S]) -> Self {
        let uses: Vec<Vec<Use>> = shapes
            .par_iter()
            .zip(0u32..u32::MAX)
            .with_min_len(64)
            .fold(Vec::new, |mut uses, (shape, area)| {
                for ring in shape.as_ref().rings() {
                    let ends = ring.iter().skip(1).chain(ring.first());
                    uses.extend(ring.iter().zip(ends).map(|(&a, &b)| Use::new(a, b, area)));
                }
                uses
            })
            .collect();
        Self::from_uses(uses.concat())
    }

    /// Brings uses of the same edge together; those that cancel each other out are left out.
    pub(super) fn from_uses(mut uses: Vec<Use>) -> Self {
        if let Some(unsorted) = uses.windows(2).position(|pair| pair[0] > pair[1]) {
            if unsorted > uses.len() / 2 {
                // Mostly in order already: this sort makes use of that.
                uses.sort();
            } else {
                uses.par_sort_unstable();
            }
        }
        let mut starts = Vec::with_capacity(uses.len() / 2 + 1);
        let mut kept = 0;
        let mut at = 0;
        while at < uses.len() {
            let ends = uses[at].ends();
            let mut end = at + 1;
            while end < uses.len() && uses[end].ends() == ends {
                end += 1;
            }
            // Two uses of one area in both directions are no border of it.
            if ends.0 != ends.1 && (end - at == 1 || !winding(&uses[at..end]).is_empty()) {
                starts.push(kept as u32);
                uses.copy_within(at..end, kept);
                kept += end - at;
            }
            at = end;
        }
        starts.push(kept as u32);
        uses.truncate(kept);
        Self { uses, starts }
    }

    /// How many edges there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The uses of an edge: at least one.
    pub(super) fn uses(&self, edge: usize) -> &[Use] {
        &self.uses[self.starts[edge] as usize..self.starts[edge + 1] as usize]
    }

    /// The ends of an edge, the lesser first.
    pub(super) fn ends(&self, edge: usize) -> (Point, Point) {
        self.uses[self.starts[edge] as usize].ends()
    }

    /// The areas on the sides of an edge, walked from its lesser end.
    pub(super) fn winding(&self, edge: usize) -> Winding {
        winding(self.uses(edge))
    }
}

fn winding(uses: &[Use]) -> Winding {
    let mut net: Winding = Vec::with_capacity(uses.len());
    for one in uses {
        let sign = if one.is_forward { 1 } else { -1 };
        match net.last_mut() {
            Some((area, sum)) if *area == one.area => *sum += sign,
            _ => net.push((one.area, sign)),
        }
    }
    net.retain(|(_, sum)| *sum != 0);
    net
}
