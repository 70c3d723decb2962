//! Exact predicates on the millimetre grid.

/// A point of the grid: millimetres in RD, x east, y north.
pub(super) type Point = [i32; 2];

/// The largest coordinate that a shape may have, millimetres: 1,000 km, so that the products of
/// differences stay within `i64` and every predicate here is exact.
pub(super) const MAX_COORDINATE: i32 = 1_000_000_000;

/// Twice the signed area of the triangle: positive where `c` lies left of the line from `a` to `b`.
pub(super) fn orientation(a: Point, b: Point, c: Point) -> i64 {
    let [abx, aby] = difference(a, b);
    let [acx, acy] = difference(a, c);
    abx * acy - aby * acx
}

/// The vector from `a` to `b`.
pub(super) fn difference(a: Point, b: Point) -> [i64; 2] {
    [i64::from(b[0]) - i64::from(a[0]), i64::from(b[1]) - i64::from(a[1])]
}

/// Whether the edges from `b` to `a` and from `b` to `c` leave in the same direction.
pub(super) fn is_spike(a: Point, b: Point, c: Point) -> bool {
    let ([ux, uy], [vx, vy]) = (difference(b, a), difference(b, c));
    orientation(a, b, c) == 0 && ux * vx + uy * vy > 0
}

/// Twice the signed area of a ring, square millimetres: positive where it runs counter-clockwise.
pub(super) fn doubled_area(ring: &[Point]) -> i128 {
    let Some(&first) = ring.first() else { return 0 };
    ring.windows(2).map(|w| i128::from(orientation(first, w[0], w[1]))).sum()
}

/// How two segments meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meeting {
    /// Not at all.
    None,
    /// In one point, which is an end of at least one of them.
    Touch(Point),
    /// In one point inside both.
    Cross,
    /// Along a stretch.
    Overlap,
}

/// How the segments `ab` and `cd` meet; neither may be a single point.
pub(super) fn meeting(a: Point, b: Point, c: Point, d: Point) -> Meeting {
    let (oc, od) = (orientation(a, b, c).signum(), orientation(a, b, d).signum());
    if oc == od && oc != 0 {
        return Meeting::None;
    }
    let (oa, ob) = (orientation(c, d, a).signum(), orientation(c, d, b).signum());
    if oa == ob && oa != 0 {
        return Meeting::None;
    }
    if oc == 0 && od == 0 {
        return collinear_meeting(a, b, c, d);
    }
    match (oa, ob, oc, od) {
        (0, ..) => Meeting::Touch(a),
        (_, 0, ..) => Meeting::Touch(b),
        (_, _, 0, _) => Meeting::Touch(c),
        (.., 0) => Meeting::Touch(d),
        _ => Meeting::Cross,
    }
}

/// Points of a line are in the order of their coordinates, x before y.
fn collinear_meeting(a: Point, b: Point, c: Point, d: Point) -> Meeting {
    let start = a.min(b).max(c.min(d));
    let end = a.max(b).min(c.max(d));
    match start.cmp(&end) {
        std::cmp::Ordering::Less => Meeting::Overlap,
        std::cmp::Ordering::Equal => Meeting::Touch(start),
        std::cmp::Ordering::Greater => Meeting::None,
    }
}

/// Where a point lies with regard to a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Inside,
    Border,
    Outside,
}

/// Where `p` lies with regard to `rings` under the even-odd rule. Coordinates of `p` are doubled,
/// so that the middle of an edge can be asked for.
pub(super) fn side<'a>(rings: impl Iterator<Item = &'a [Point]>, p: [i64; 2]) -> Side {
    let mut inside = false;
    for ring in rings {
        let Some(&last) = ring.last() else { continue };
        let mut a = last;
        for &b in ring {
            let [ax, ay] = a.map(|v| i128::from(v) * 2);
            let [bx, by] = b.map(|v| i128::from(v) * 2);
            let [px, py] = p.map(i128::from);
            a = b;
            let o = (bx - ax) * (py - ay) - (by - ay) * (px - ax);
            let within =
                px >= ax.min(bx) && px <= ax.max(bx) && py >= ay.min(by) && py <= ay.max(by);
            if o == 0 && within {
                return Side::Border;
            }
            if (ay <= py) != (by <= py) && (o > 0) == (by > ay) {
                inside = !inside;
            }
        }
    }
    if inside { Side::Inside } else { Side::Outside }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_meet_as_they_should() {
        let m = |a, b, c, d| meeting(a, b, c, d);
        assert_eq!(m([0, 0], [4, 4], [0, 4], [4, 0]), Meeting::Cross);
        assert_eq!(m([0, 0], [4, 0], [2, 0], [2, 5]), Meeting::Touch([2, 0]));
        assert_eq!(m([0, 0], [4, 0], [4, 0], [9, 9]), Meeting::Touch([4, 0]));
        assert_eq!(m([0, 0], [4, 0], [4, 0], [9, 0]), Meeting::Touch([4, 0]));
        assert_eq!(m([0, 0], [4, 0], [3, 0], [9, 0]), Meeting::Overlap);
        assert_eq!(m([0, 0], [0, 4], [0, 9], [0, 3]), Meeting::Overlap);
        assert_eq!(m([0, 0], [4, 0], [5, 0], [9, 0]), Meeting::None);
        assert_eq!(m([0, 0], [4, 0], [0, 1], [4, 1]), Meeting::None);
        assert_eq!(m([0, 0], [4, 4], [3, 4], [9, 0]), Meeting::Cross);
    }

    #[test]
    fn the_largest_coordinates_stay_exact() {
        let m = MAX_COORDINATE;
        assert!(orientation([-m, -m], [m, m], [-m, m]) > 0);
        assert_eq!(orientation([-m, -m], [m, m], [0, 0]), 0);
        assert_eq!(
            doubled_area(&[[-m, -m], [m, -m], [m, m], [-m, m]]),
            8 * i128::from(m) * i128::from(m)
        );
    }
}
