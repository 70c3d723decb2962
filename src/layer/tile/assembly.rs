//! Polygons put together anew where the grid let their borders meet.

use rustc_hash::FxHashMap;

use super::rings::{GridRings, Parts};

/// An edge in the direction that has the area on its left as the map is looked at.
type Edge = [[i32; 2]; 2];

/// Memory that putting one area together after the other uses again.
#[derive(Debug, Default)]
pub(super) struct Assembly {
    edges: Vec<Edge>,
    /// By vertex: where the edges that leave it begin.
    leaving: FxHashMap<[i32; 2], u32>,
    used: Vec<bool>,
    ring: Vec<[i32; 2]>,
    parts: Parts,
}

impl Assembly {
    /// Forgets the rings that were added.
    pub(super) fn clear(&mut self) {
        self.edges.clear();
    }

    /// Adds a ring of the area: counter-clockwise as the map is looked at, holes clockwise. Rings
    /// may touch and share edges, but not cross.
    pub(super) fn add(&mut self, ring: &[[i32; 2]]) {
        let Some(&last) = ring.last() else { return };
        let mut from = last;
        for &to in ring {
            if from != to {
                self.edges.push([from, to]);
            }
            from = to;
        }
    }

    /// Puts the polygons of the area behind `out`, each with its outer ring first, and says in
    /// `ends` where each of them ends. Edges that the rings walk in both directions are in none of
    /// them: the area is on both sides there, or on neither. No ring touches itself, no two rings
    /// of a polygon touch in more than a point that leaves it whole, and polygons meet in points
    /// alone. n log n in the vertices.
    pub(super) fn polygons(&mut self, out: &mut GridRings, ends: &mut Vec<usize>) {
        if !self.cancel() {
            unravel(&mut self.edges);
        }
        let Self { edges, leaving, used, ring, parts } = self;
        leaving.clear();
        for (number, edge) in (0u32..).zip(edges.iter()) {
            leaving.entry(edge[0]).or_insert(number);
        }
        used.clear();
        used.resize(edges.len(), false);
        parts.clear();
        for first in 0..edges.len() {
            ring.clear();
            let mut at = first;
            while !std::mem::replace(&mut used[at], true) {
                let [from, here] = edges[at];
                ring.push(from);
                let Some(&start) = leaving.get(&here) else { break };
                let leaving = &edges[start as usize..];
                let choices = leaving.iter().take_while(|edge| edge[0] == here).enumerate();
                // The area is on the left, as far as the next edge around the vertex.
                let next = choices.min_by(|(_, a), (_, b)| around(here, from, a[1], b[1]));
                at = start as usize + next.map_or(0, |(choice, _)| choice);
            }
            if !ring.is_empty() {
                parts.add(ring);
            }
        }
        parts.polygons(out, ends);
    }

    /// Sorts the edges, without those that come in both directions; whether what is left bounds an
    /// area without lying on itself, which what never crossed does.
    fn cancel(&mut self) -> bool {
        let key = |edge: &Edge| if edge[0] < edge[1] { *edge } else { [edge[1], edge[0]] };
        self.edges.sort_unstable_by_key(|edge| (key(edge), edge[0]));
        let mut kept = Vec::with_capacity(self.edges.len());
        let mut is_sound = true;
        for same in self.edges.chunk_by(|a, b| key(a) == key(b)) {
            let forward = same.iter().filter(|edge| edge[0] < edge[1]).count();
            let backward = same.len() - forward;
            let (edge, more) = if forward > backward {
                (same[0], forward - backward)
            } else {
                (same[same.len() - 1], backward - forward)
            };
            is_sound &= more < 2;
            kept.extend(std::iter::repeat_n(edge, more));
        }
        kept.sort_unstable();
        self.edges = kept;
        is_sound && self.alternates()
    }

    /// Whether the edges around each vertex come and go in turn; the edges are in order.
    fn alternates(&self) -> bool {
        // One that is left once is come to once: rings close.
        let mut stars: FxHashMap<[i32; 2], Vec<([i32; 2], bool)>> = self
            .edges
            .chunk_by(|a, b| a[0] == b[0])
            .filter(|leaving| leaving.len() > 1)
            .map(|leaving| (leaving[0][0], leaving.iter().map(|edge| (edge[1], true)).collect()))
            .collect();
        for &[from, to] in &self.edges {
            if let Some(star) = stars.get_mut(&to) {
                star.push((from, false));
            }
        }
        stars.iter_mut().all(|(here, star)| {
            let from = star[0].0;
            star.sort_unstable_by(|a, b| around(*here, from, a.0, b.0));
            let next = star.iter().cycle().skip(1);
            star.iter().zip(next).all(|(a, b)| a.1 != b.1)
        })
    }
}

/// The order in which one meets the directions to `a` and `b` when turning clockwise on the map
/// from the direction to `from`, which itself comes last; seen from `here`.
fn around(here: [i32; 2], from: [i32; 2], a: [i32; 2], b: [i32; 2]) -> std::cmp::Ordering {
    let way = |to: [i32; 2]| [0, 1].map(|axis| i64::from(to[axis]) - i64::from(here[axis]));
    // Positive where `v` comes within half a turn of `u`: y runs south.
    let turn = |u: [i64; 2], v: [i64; 2]| u[0] * v[1] - u[1] * v[0];
    let (from, a, b) = (way(from), way(a), way(b));
    let quarter = |v: [i64; 2]| {
        let turned = turn(from, v);
        let ahead = from[0] * v[0] + from[1] * v[1];
        match turned.signum() {
            1 => 0,
            0 if ahead < 0 => 1,
            -1 => 2,
            _ => 3,
        }
    };
    quarter(a).cmp(&quarter(b)).then_with(|| 0.cmp(&turn(a, b)))
}

/// Keeps of edges that lie around some places more than once, or less than not at all, those
/// between a place that is in the area and one that is not. Only areas that lay over themselves
/// before they were put on the grid need it. In proportion to the square of the edges.
fn unravel(edges: &mut Vec<Edge>) {
    let all = std::mem::take(edges);
    let mut distinct = all.clone();
    distinct.dedup();
    for [a, b] in distinct {
        let times = all.iter().filter(|edge| **edge == [a, b]).count() as i64;
        // How often the rings go around what is just right of the middle of the edge, by the edges
        // that a ray from there crosses: in doubled coordinates, and southwards or eastwards.
        let axis = usize::from(a[0] == b[0]);
        let other = 1 - axis;
        let at = [0, 1].map(|axis| i64::from(a[axis]) + i64::from(b[axis]));
        let mut winding = 0i64;
        for &[c, d] in all.iter().filter(|edge| **edge != [a, b]) {
            let [c, d] = [c, d].map(|v| v.map(|v| 2 * i64::from(v)));
            if (c[axis] <= at[axis]) == (d[axis] <= at[axis]) {
                continue;
            }
            let (run, along) = (d[axis] - c[axis], at[axis] - c[axis]);
            let beyond = i128::from(c[other] - at[other]) * i128::from(run)
                + i128::from(along) * i128::from(d[other] - c[other]);
            if (beyond > 0) == (run > 0) && beyond != 0 {
                winding += run.signum();
            }
        }
        // Southwards, an edge that runs east has what is around it on its left; eastwards, one
        // that runs north.
        if axis == 1 {
            winding = -winding;
        }
        // The ray leaves on the right or the left of the edge itself.
        let is_right = if axis == 0 { b[0] > a[0] } else { b[1] < a[1] };
        let (left, right) =
            if is_right { (winding + times, winding) } else { (winding, winding - times) };
        if left >= 1 && right < 1 {
            edges.push([a, b]);
        }
    }
    edges.sort_unstable();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layer::tile::rings::doubled_area;

    fn polygons(rings: &[&[[i32; 2]]]) -> (Vec<i64>, Vec<usize>) {
        let mut assembly = Assembly::default();
        for ring in rings {
            assembly.add(ring);
        }
        let (mut out, mut ends) = (GridRings::default(), Vec::new());
        assembly.polygons(&mut out, &mut ends);
        (out.iter().map(doubled_area).collect(), ends)
    }

    /// Outer rings have negative sizes, since y runs south.
    const SQUARE: &[[i32; 2]] = &[[0, 9], [9, 9], [9, 0], [0, 0]];

    #[test]
    fn what_comes_to_nothing_is_left_out() {
        assert_eq!(polygons(&[]), (vec![], vec![]));
        assert_eq!(polygons(&[&[[3, 3], [3, 3]]]), (vec![], vec![]));
        assert_eq!(polygons(&[&[[0, 0], [4, 4], [9, 9], [4, 4]]]), (vec![], vec![]));
        // A square with a line to nowhere.
        let (sizes, ends) = polygons(&[&[[0, 9], [9, 9], [15, 9], [9, 9], [9, 0], [0, 0]]]);
        assert_eq!((sizes, ends), (vec![-162], vec![1]));
    }

    #[test]
    fn what_an_area_has_on_both_sides_is_no_border() {
        let beside: &[[i32; 2]] = &[[9, 9], [20, 9], [20, 0], [9, 0]];
        assert_eq!(polygons(&[SQUARE, beside]), (vec![-360], vec![1]));
        // A hole that fills its shell.
        let hole: Vec<[i32; 2]> = SQUARE.iter().rev().copied().collect();
        assert_eq!(polygons(&[SQUARE, &hole]), (vec![], vec![]));
    }

    #[test]
    fn a_corridor_without_width_joins_nothing() {
        let dumbbell: &[[i32; 2]] = &[
            [0, 4],
            [4, 4],
            [4, 2],
            [8, 2],
            [8, 4],
            [12, 4],
            [12, 0],
            [8, 0],
            [8, 2],
            [4, 2],
            [4, 0],
            [0, 0],
        ];
        assert_eq!(polygons(&[dumbbell]), (vec![-32, -32], vec![1, 2]));
    }

    #[test]
    fn a_hole_that_touches_its_shell_stays_one_where_the_area_hangs_together() {
        let hole: &[[i32; 2]] = &[[0, 4], [3, 3], [3, 6]];
        let shell: &[[i32; 2]] = &[[0, 9], [9, 9], [9, 0], [0, 0], [0, 4]];
        let (sizes, ends) = polygons(&[shell, hole]);
        assert_eq!((sizes, ends), (vec![-162, 9], vec![2]));
        // Touching twice, it cuts the area in two.
        let shell: &[[i32; 2]] = &[[0, 9], [9, 9], [9, 4], [9, 0], [0, 0], [0, 4]];
        let across: &[[i32; 2]] = &[[0, 4], [4, 3], [9, 4], [4, 6]];
        let (sizes, ends) = polygons(&[shell, across]);
        assert_eq!((sizes.iter().sum::<i64>(), ends), (-162 + 27, vec![1, 2]));
    }

    #[test]
    fn what_lies_on_itself_is_there_once() {
        let over: &[[i32; 2]] = &[[0, 9], [9, 9], [9, 0], [0, 0]];
        assert_eq!(polygons(&[SQUARE, over]), (vec![-162], vec![1]));
        // Two squares that overlap in a third, noded where they cross.
        let west: &[[i32; 2]] = &[[0, 6], [4, 6], [6, 6], [6, 4], [6, 0], [0, 0]];
        let east: &[[i32; 2]] = &[[4, 10], [10, 10], [10, 4], [6, 4], [4, 4], [4, 6]];
        assert_eq!(polygons(&[west, east]), (vec![-2 * (36 + 36 - 4)], vec![1]));
        // One that lies the wrong way around is nothing.
        let turned: Vec<[i32; 2]> = SQUARE.iter().rev().copied().collect();
        assert_eq!(polygons(&[&turned]), (vec![], vec![]));
    }
}
