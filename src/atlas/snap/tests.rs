use proptest::prelude::*;

use super::{
    grid::{cross, turn},
    *,
};
use crate::coverage::{Tolerance, Topology, testdata::patchwork};

const CUTS: CutLines = CutLines { spacing: 64, margin: 4, within: [[i32::MIN; 2], [i32::MAX; 2]] };

fn snapped(lines: &[Vec<[i32; 2]>], shift: u32) -> GridArcs {
    let vertices: Vec<[i32; 2]> = lines.iter().flatten().copied().collect();
    let mut end = 0;
    let ends: Vec<u32> = lines
        .iter()
        .map(|line| {
            end += line.len() as u32;
            end
        })
        .collect();
    snap(Lines { vertices: &vertices, ends: &ends }, shift, CUTS)
}

fn edges(arcs: &GridArcs) -> Vec<[[i32; 2]; 2]> {
    let mut edges: Vec<[[i32; 2]; 2]> = (0..arcs.len())
        .flat_map(|arc| arcs.get(arc).windows(2))
        .filter(|pair| pair[0] != pair[1])
        .map(|pair| [pair[0].min(pair[1]), pair[0].max(pair[1])])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// Whether a point is on an edge and not an end of it.
fn is_within([a, b]: [[i32; 2]; 2], p: [i32; 2]) -> bool {
    let inside = |axis: usize| (a[axis].min(b[axis])..=a[axis].max(b[axis])).contains(&p[axis]);
    p != a && p != b && turn(a, b, p) == 0 && inside(0) && inside(1)
}

/// What the other lines need not know: edges meet in vertices alone, by a look at every pair.
fn check_planar(arcs: &GridArcs) -> Result<(), TestCaseError> {
    let edges = edges(arcs);
    for (at, &one) in edges.iter().enumerate() {
        for &other in &edges[at + 1..] {
            prop_assert!(!cross(one, other), "{one:?} crosses {other:?}");
            for end in other {
                prop_assert!(!is_within(one, end), "{end:?} is on {one:?}");
            }
            for end in one {
                prop_assert!(!is_within(other, end), "{end:?} is on {other:?}");
            }
        }
        for axis in 0..2 {
            let [from, to] = [0, 1].map(|end| i64::from(one[end][axis]));
            let (from, to) = (from.min(to), from.max(to));
            let crossed = CUTS.between(axis, from, to).find(|at| *at != from && *at != to);
            prop_assert!(crossed.is_none(), "{one:?} crosses {crossed:?}");
        }
    }
    Ok(())
}

fn distance([ax, ay]: [f64; 2], [bx, by]: [f64; 2], [px, py]: [f64; 2]) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let share = if length > 0.0 { ((px - ax) * dx + (py - ay) * dy) / length } else { 0.0 };
    let share = share.clamp(0.0, 1.0);
    (ax + share * dx - px).hypot(ay + share * dy - py)
}

/// Every line has its own ends, and is nowhere further than half a pixel's diagonal from where it
/// was: by its vertices and the middles of its edges.
fn check_near(lines: &[Vec<[i32; 2]>], arcs: &GridArcs, shift: u32) -> Result<(), TestCaseError> {
    let size = f64::from(1 << shift);
    let grid = Grid { shift };
    for (number, line) in lines.iter().enumerate() {
        let arc = arcs.get(number);
        prop_assert_eq!(arc.first().copied(), line.first().map(|&end| grid.pixel(end)));
        prop_assert_eq!(arc.last().copied(), line.last().map(|&end| grid.pixel(end)));
        let before: Vec<[f64; 2]> = line.iter().map(|v| v.map(|v| f64::from(v) / size)).collect();
        let after: Vec<[f64; 2]> = arc.iter().map(|v| v.map(f64::from)).collect();
        let middles =
            after.windows(2).map(|e| [0, 1].map(|axis| f64::midpoint(e[0][axis], e[1][axis])));
        for point in after.iter().copied().chain(middles) {
            let edges = before.windows(2).map(|edge| distance(edge[0], edge[1], point));
            let apart = edges.fold(f64::INFINITY, f64::min);
            prop_assert!(apart <= 0.5f64.hypot(0.5) + 1e-9, "{point:?} is {apart} from {number}");
        }
    }
    Ok(())
}

/// Whichever way a line is walked, in whatever company, on however many cores.
fn check_ways(lines: &[Vec<[i32; 2]>]) -> Result<(), TestCaseError> {
    let arcs = snapped(lines, 6);
    let turned: Vec<Vec<[i32; 2]>> =
        lines.iter().rev().map(|line| line.iter().rev().copied().collect()).collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(5).build().expect("threads");
    let other = pool.install(|| snapped(&turned, 6));
    prop_assert_eq!(edges(&arcs), edges(&other));
    Ok(())
}

/// Where two edges became one, and another crosses it.
#[test]
fn the_way_makes_no_difference_where_edges_fall_together() -> Result<(), TestCaseError> {
    check_ways(&[
        vec![[-875, -680], [674, 120]],
        vec![[-762, 461], [561, -313]],
        vec![[-798, -613], [805, 226], [693, 262], [-267, -340]],
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The borders of a country, which meet in their ends alone, on grids down to one that its
    /// smallest cells are lost on.
    #[test]
    fn borders_meet_in_vertices_alone(
        owners in prop::collection::vec(0u8..9, 64),
        bends in prop::collection::vec([-4000i32..4000, -4000i32..4000], 81),
        shift in 8u32..15,
    ) {
        let shapes = patchwork(8, 9000, &owners, |x, y| bends[y * 9 + x], |_, _, _| [0; 2]);
        let (topology, _) = Topology::of(&shapes, Tolerance { snap: 0, sliver: 0 });
        let lines: Vec<Vec<[i32; 2]>> = topology.arcs().iter().map(<[_]>::to_vec).collect();
        let arcs = snapped(&lines, shift);
        check_planar(&arcs)?;
        check_near(&lines, &arcs, shift)?;
    }

    /// Lines that cross before, of all lengths and directions.
    #[test]
    fn lines_that_cross_do_so_in_vertices(
        lines in prop::collection::vec(
            prop::collection::vec([-3000i32..3000, -3000i32..3000], 2..5), 1..20),
        shift in 1u32..9,
    ) {
        let arcs = snapped(&lines, shift);
        check_planar(&arcs)?;
        check_near(&lines, &arcs, shift)?;
    }

    #[test]
    fn the_way_makes_no_difference(
        lines in prop::collection::vec(
            prop::collection::vec([-900i32..900, -900i32..900], 2..5), 1..20),
    ) {
        check_ways(&lines)?;
    }

    /// Against stepping along the edge: a pixel that a step falls in is met, and one that is met
    /// is no further than its half from the edge.
    #[test]
    fn a_pixel_is_met_where_the_edge_passes(
        a in [-40i32..40, -40i32..40], b in [-40i32..40, -40i32..40],
        x in -6i32..6, y in -6i32..6,
    ) {
        let grid = Grid { shift: 3 };
        let steps = 8 * 80 * 80;
        // Exact: steps of a fraction of the edge, in units of that fraction.
        let passes = (0..=steps).any(|step| {
            let at = [0, 1].map(|i| a[i] * steps + (b[i] - a[i]) * step + 4 * steps);
            at.map(|v| v.div_euclid(8 * steps)) == [x, y]
        });
        let met = grid.meets([a, b], [x, y]);
        prop_assert!(met || !passes);
        prop_assert_eq!(met, grid.meets([b, a], [x, y]));
        let (fa, fb) = (a.map(f64::from), b.map(f64::from));
        let apart = distance(fa, fb, [f64::from(8 * x), f64::from(8 * y)]);
        prop_assert!(!met || apart <= 4.0f64.hypot(4.0) + 1e-9);
    }
}

#[test]
fn a_line_is_bent_to_the_vertices_that_it_passes_close_by() {
    // A vertex just above a long edge: its pixel is passed.
    let long = vec![[0, 0], [1000, 30]];
    let other = vec![[500, 200], [500, 20], [700, 200]];
    let arcs = snapped(&[long, other], 6);
    assert_eq!(arcs.get(0), [[0, 0], [4, 0], [8, 0], [16, 0]]);
    assert_eq!(arcs.get(1), [[8, 3], [8, 0], [11, 3]]);
    assert!(arcs.meets_others(0) && arcs.meets_others(1));
}

#[test]
fn what_comes_to_nothing_keeps_its_ends() {
    // There and back, a point, a closed line within a pixel.
    let arcs = snapped(
        &[
            vec![[0, 0], [640, 0], [0, 10]],
            vec![[1280, 1280], [1290, 1290]],
            vec![[-640, -640], [-650, -640], [-650, -650], [-640, -640]],
        ],
        6,
    );
    assert_eq!(arcs.get(0), [[0, 0], [0, 0]]);
    assert_eq!(arcs.get(1), [[20, 20], [20, 20]]);
    assert_eq!(arcs.get(2), [[-10, -10], [-10, -10]]);
    let nothing = snapped(&[], 6);
    assert!(nothing.is_empty());
}

#[test]
fn only_what_adds_something_stays() {
    // On the way, on a line that is cut along, and where another line has a vertex.
    let straight = vec![[0, 640], [600, 640], [1280, 640], [1920, 640], [2560, 640]];
    let other = vec![[1280, 640], [1280, 1000]];
    let arcs = snapped(&[straight, other], 6);
    assert_eq!(arcs.get(0), [[0, 10], [4, 10], [20, 10], [40, 10]]);
    assert!(arcs.meets_others(0));
    let apart = snapped(&[vec![[0, 640], [1280, 640], [2560, 640]], vec![[0, 1280], [9, 1280]]], 6);
    assert_eq!(apart.get(0), [[0, 10], [4, 10], [40, 10]]);
    assert!(!apart.meets_others(0));
}

#[test]
fn two_lines_that_fall_together_say_so() {
    let arcs = snapped(&[vec![[640, 640], [1280, 700]], vec![[1285, 700], [645, 640]]], 6);
    assert_eq!(arcs.get(0), [[10, 10], [20, 11]]);
    assert_eq!(arcs.get(1), [[20, 11], [10, 10]]);
    assert!(arcs.meets_others(0) && arcs.meets_others(1));
}
