use super::*;

/// A closed arc through points in metres, first repeated.
fn closed(points: &[[i32; 2]]) -> Arcs {
    let vertices: Vec<Point> =
        points.iter().chain(points.first()).map(|p| p.map(|v| v * 1000)).collect();
    let end = vertices.len() as u32;
    Arcs::new(vertices, vec![end])
}

#[test]
fn a_ring_keeps_three_vertices_and_loses_the_flattest_first() {
    let arcs = closed(&[[0, 0], [50, -1], [100, 0], [100, 100], [50, 110], [0, 100]]);
    let steps = order(&arcs);
    let left = steps.iter().filter(|step| **step == STAYS).count();
    // The junction at both ends, and two more.
    assert_eq!(left, 4, "{steps:?}");
    assert!(steps[1] < steps[4], "{steps:?}");
    assert!(steps[1] != STAYS && tolerance_of(steps[1]) >= 1000.0);
}

#[test]
fn tolerances_double_every_third_step() {
    assert_eq!(tolerance_of(0), 10.0);
    assert_eq!(tolerance_of(3), 20.0);
    assert!(tolerance_of(STEPS - 1) > 1e8);
}
