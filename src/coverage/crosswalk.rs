//! What the areas of one division have in common with those of another.

mod changes;
mod layer;
mod nudge;
mod row;
mod sums;

use rayon::prelude::*;

use super::{exact::Point, fault::Fault, topology::Topology};

use self::{
    layer::{Layer, Rows},
    row::{Found, Search},
    sums::{Sums, edge_terms},
};

pub use changes::{Change, ChangeKind, Changes, Flow};

/// Intersections no larger than this, square metres, are left out: a square centimetre, which is
/// more than the rounding of crossings adds to areas that only touch.
const NOTHING: f64 = 1e-4;

/// How large a piece of ground is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Extent {
    /// Square metres.
    pub m2: f64,
    /// The length of its border, metres, holes and parts together.
    pub perimeter: f64,
}

impl Extent {
    /// The mean width, metres: that of a long strip as large and with as long a border.
    pub fn width(&self) -> f64 {
        if self.perimeter > 0.0 { 2.0 * self.m2 / self.perimeter } else { 0.0 }
    }
}

/// What an area of one division has in common with an area of another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Intersection {
    /// The area of the old division, by ordinal.
    pub old: u32,
    /// The area of the new division, by ordinal.
    pub new: u32,
    /// How large it is.
    pub extent: Extent,
}

/// Two divisions laid over each other: for every area of the old and every area of the new one
/// that have ground in common, how large that is. Slivers are in it too, down to a square
/// centimetre.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Crosswalk {
    /// In the order of the old ordinals, then of the new ones.
    intersections: Box<[Intersection]>,
    /// Metres.
    common_border: f64,
    old: Side,
    new: Side,
}

/// One of the two divisions.
#[derive(Clone, Debug, Default, PartialEq)]
struct Side {
    m2: Box<[f64]>,
    /// What of each area lies in no area of the other division.
    beyond: Box<[Extent]>,
    /// Where the intersections of each area start in `order`, and where the last one's end.
    starts: Box<[u32]>,
    /// The intersections in the order of these areas.
    order: Box<[u32]>,
}

impl Crosswalk {
    /// Lays two topologies over each other, on all cores.
    ///
    /// The area of an intersection follows from its border alone (Green's theorem), which is made
    /// of pieces of the arcs of both: a piece of an arc adds to the intersection on its left and is
    /// taken off the one on its right. The area of the other division that it lies in changes where
    /// it crosses an arc of that. Everything is decided exactly, on a new division that is moved
    /// aside by less than anything ([`nudge`]): so no border lies on another, and what coincides is
    /// counted once without being looked for. Only the places of crossings are rounded, to doubles;
    /// the parts of an area add up to it exactly.
    ///
    /// Cost: n log n in the edges for borders as they occur, and memory for each edge and each
    /// intersection.
    ///
    /// # Errors
    /// [`Fault::Tangle`] where the borders of the two cross so often that they are none of a map.
    pub fn between(old: &Topology, new: &Topology) -> Result<Self, Fault> {
        let rows = Rows::over(old, new);
        let (old_layer, new_layer) =
            rayon::join(|| Layer::new(old, &rows), || Layer::new(new, &rows));
        let search = Search::new(&rows, &old_layer, &new_layer);
        let found = (0..rows.count())
            .into_par_iter()
            .fold(Found::default, |mut found, row| {
                search.row(row, &mut found);
                found
            })
            .reduce(Found::default, Found::and);
        let Found { sums, common, old_starts, new_starts, .. } = found;
        let turns = search.turns()?;
        let origin = rows.middle();
        let mut sums = sums.and(walk(&old_layer, old_starts, &turns[0], origin, |i, j| [i, j]));
        sums = sums.and(walk(&new_layer, new_starts, &turns[1], origin, |j, i| [i, j]));
        let counts = (old.rings().len(), new.rings().len());
        Ok(Self { common_border: sums::metres(common), ..Self::from_sums(sums, counts) })
    }

    fn from_sums(sums: Sums, (old_count, new_count): (usize, usize)) -> Self {
        let mut intersections = Vec::new();
        let (mut old, mut new) = (Side::of(old_count), Side::of(new_count));
        let (mut old_sums, mut new_sums) = (vec![0; old_count], vec![0; new_count]);
        for ([i, j], sum) in sums.into_sorted() {
            let (at_i, at_j) = (i as usize, j as usize);
            if let Some(whole) = old_sums.get_mut(at_i) {
                *whole += sum.doubled;
            }
            if let Some(whole) = new_sums.get_mut(at_j) {
                *whole += sum.doubled;
            }
            let extent = sum.extent();
            if extent.m2 <= NOTHING {
                continue;
            }
            match (at_i < old_count, at_j < new_count) {
                (true, true) => intersections.push(Intersection { old: i, new: j, extent }),
                (true, false) => old.beyond[at_i] = extent,
                (false, true) => new.beyond[at_j] = extent,
                (false, false) => {}
            }
        }
        old.finish(&old_sums, intersections.iter().map(|one| one.old));
        new.finish(&new_sums, intersections.iter().map(|one| one.new));
        Self { intersections: intersections.into(), common_border: 0.0, old, new }
    }

    /// Every intersection, in the order of the old ordinals, then of the new ones.
    pub fn intersections(&self) -> &[Intersection] {
        &self.intersections
    }

    /// The length of border that both divisions have alike, each stretch once, metres.
    pub fn common_border(&self) -> f64 {
        self.common_border
    }

    /// How many areas the old division has.
    pub fn old_len(&self) -> usize {
        self.old.m2.len()
    }

    /// How many areas the new division has.
    pub fn new_len(&self) -> usize {
        self.new.m2.len()
    }

    /// The intersections of an area of the old division, in the order of the new ordinals.
    pub fn of_old(&self, area: usize) -> impl ExactSizeIterator<Item = &Intersection> + Clone {
        self.old.at(area).iter().map(|&at| &self.intersections[at as usize])
    }

    /// The intersections of an area of the new division, in the order of the old ordinals.
    pub fn of_new(&self, area: usize) -> impl ExactSizeIterator<Item = &Intersection> + Clone {
        self.new.at(area).iter().map(|&at| &self.intersections[at as usize])
    }

    /// The size of an area of the old division, square metres.
    pub fn old_m2(&self, area: usize) -> f64 {
        self.old.m2[area]
    }

    /// The size of an area of the new division, square metres.
    pub fn new_m2(&self, area: usize) -> f64 {
        self.new.m2[area]
    }

    /// What of an area of the old division lies in no area of the new one.
    pub fn beyond_new(&self, area: usize) -> Extent {
        self.old.beyond[area]
    }

    /// What of an area of the new division lies in no area of the old one.
    pub fn beyond_old(&self, area: usize) -> Extent {
        self.new.beyond[area]
    }
}

impl Side {
    fn of(count: usize) -> Self {
        Self { beyond: vec![Extent::default(); count].into(), ..Self::default() }
    }

    fn finish(&mut self, doubled: &[i128], areas: impl Iterator<Item = u32> + Clone) {
        self.m2 = doubled.iter().map(|&sum| sums::m2(sum)).collect();
        let mut starts = vec![0u32; doubled.len() + 2];
        for area in areas.clone() {
            starts[area as usize + 2] += 1;
        }
        for at in 2..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut order = vec![0; starts.last().map_or(0, |&count| count as usize)];
        for (number, area) in (0u32..).zip(areas) {
            let place = &mut starts[area as usize + 1];
            order[*place as usize] = number;
            *place += 1;
        }
        starts.pop();
        (self.starts, self.order) = (starts.into(), order.into());
    }

    fn at(&self, area: usize) -> &[u32] {
        &self.order[self.starts[area] as usize..self.starts[area + 1] as usize]
    }
}

/// Walks the arcs of a layer through the areas of the other: each edge counts for the one that its
/// end lies in, since crossings have moved what lies before them already.
fn walk(
    layer: &Layer<'_>,
    starts: Vec<(u32, u32)>,
    turns: &[u32],
    origin: Point,
    key: impl Fn(u32, u32) -> [u32; 2] + Sync,
) -> Sums {
    let arcs = layer.topology().arcs();
    let stretch = |mut sums: Sums, (arc, mut other): (u32, u32)| {
        let [left, right] = layer.sides(arc);
        let (mut doubled, mut length) = (0, 0);
        let mut put = |other: u32, doubled: &mut i128, length: &mut i64| {
            let (doubled, length) = (std::mem::take(doubled), std::mem::take(length));
            sums.add(key(left, other), doubled, length);
            sums.add(key(right, other), -doubled, length);
        };
        let range = arcs.range(arc as usize);
        for (pair, &turn) in arcs.get(arc as usize).windows(2).zip(&turns[range]) {
            if turn != 0 {
                put(other, &mut doubled, &mut length);
                other = other.wrapping_add(turn);
            }
            let term = edge_terms(origin, pair[0], pair[1]);
            doubled += term.doubled;
            length += term.length;
        }
        put(other, &mut doubled, &mut length);
        sums
    };
    starts.into_par_iter().fold(Sums::default, stretch).reduce(Sums::default, Sums::and)
}

#[cfg(test)]
mod tests;
