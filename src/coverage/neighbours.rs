//! Which areas lie beside which.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{arcs::Arcs, exact::Point, topology::length};

/// An area beside another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbour {
    /// Its ordinal.
    pub area: u32,
    /// How much border they share, metres; 0 where they meet in points alone.
    pub border: f64,
}

/// The neighbours of every area of a level, by ordinal.
///
/// *Queen* contiguity is a point in common, *rook* contiguity a stretch of border (Cliff and Ord,
/// 1981). Both are symmetric; no area is its own neighbour; what lies beyond the coverage is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbours {
    starts: Vec<u32>,
    entries: Vec<Neighbour>,
}

impl Neighbours {
    /// The neighbours among `count` areas: `sides` says what is left and right of each arc. Arcs
    /// between the same area, or beyond, count for nothing. Linear in the vertices.
    pub fn of(arcs: &Arcs, sides: impl Fn(usize) -> [Option<u32>; 2], count: usize) -> Self {
        let mut borders: FxHashMap<(u32, u32), f64> = FxHashMap::default();
        let mut around: FxHashMap<Point, Vec<u32>> = FxHashMap::default();
        for arc in 0..arcs.len() {
            let pair = sides(arc);
            if pair[0] == pair[1] {
                continue;
            }
            let line = arcs.get(arc);
            if let [Some(a), Some(b)] = pair {
                *borders.entry((a.min(b), a.max(b))).or_default() += length(line);
            }
            for end in [line[0], line[line.len() - 1]] {
                around.entry(end).or_default().extend(pair.into_iter().flatten());
            }
        }
        for mut areas in around.into_values() {
            areas.sort_unstable();
            areas.dedup();
            for (i, &a) in areas.iter().enumerate() {
                for &b in &areas[i + 1..] {
                    borders.entry((a, b)).or_insert(0.0);
                }
            }
        }
        let mut pairs: Vec<(u32, Neighbour)> = borders
            .into_iter()
            .flat_map(|((a, b), border)| {
                [(a, Neighbour { area: b, border }), (b, Neighbour { area: a, border })]
            })
            .collect();
        pairs.sort_unstable_by_key(|(of, neighbour)| (*of, neighbour.area));
        let mut starts = vec![0; count + 1];
        for (of, _) in &pairs {
            starts[*of as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        Self { starts, entries: pairs.into_iter().map(|(_, neighbour)| neighbour).collect() }
    }

    /// How many areas there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The areas that share at least a point with an area, ascending.
    pub fn queen(&self, area: usize) -> &[Neighbour] {
        &self.entries[self.starts[area] as usize..self.starts[area + 1] as usize]
    }

    /// The areas that share a stretch of border with an area, ascending.
    pub fn rook(&self, area: usize) -> impl Iterator<Item = Neighbour> + Clone {
        self.queen(area).iter().copied().filter(|neighbour| neighbour.border > 0.0)
    }

    /// The areas that can be reached in at most `order` steps over queen neighbours and in no
    /// fewer than the number given with each, ascending; the area itself is none of them.
    pub fn within(&self, area: usize, order: u32) -> BTreeMap<u32, u32> {
        let mut found = BTreeMap::new();
        let mut ring = BTreeSet::from([area as u32]);
        for step in 1..=order {
            let next: BTreeSet<u32> = ring
                .iter()
                .flat_map(|&at| self.queen(at as usize))
                .map(|neighbour| neighbour.area)
                .filter(|at| *at != area as u32 && !found.contains_key(at))
                .collect();
            found.extend(next.iter().map(|&at| (at, step)));
            ring = next;
        }
        found
    }
}
