//! A polygon that areas are compared with.

use crate::coverage::{
    exact::{Meeting, Point, Side, difference, meeting},
    shape::{BBox, Polygon},
};

/// The edges of a polygon by height, so that few need to be looked at.
#[derive(Debug)]
pub(super) struct Outline {
    pub(super) bbox: BBox,
    bottom: i64,
    /// The height of a row, millimetres.
    height: i64,
    rows: Vec<Vec<[Point; 2]>>,
}

impl Outline {
    /// `None` for a polygon without edges.
    pub(super) fn new(polygon: &Polygon<'_>) -> Option<Self> {
        let point = |p: &Point| BBox { min: *p, max: *p };
        let bbox = polygon.exterior().iter().map(point).reduce(BBox::union)?;
        let count = polygon.rings().map(<[Point]>::len).sum::<usize>();
        let bottom = i64::from(bbox.min[1]);
        // Rows of about as many edges as there are rows.
        let rows = count.isqrt() as i64 + 1;
        let height = (i64::from(bbox.max[1]) - bottom) / rows + 1;
        let mut outline = Self { bbox, bottom, height, rows: vec![Vec::new(); rows as usize] };
        for ring in polygon.rings() {
            for (&a, &b) in ring.iter().zip(ring.iter().skip(1).chain(ring.first())) {
                for row in outline.rows_of(a[1].min(b[1]), a[1].max(b[1])) {
                    outline.rows[row].push([a, b]);
                }
            }
        }
        Some(outline)
    }

    fn rows_of(&self, low: i32, high: i32) -> std::ops::RangeInclusive<usize> {
        let row = |y: i32| {
            let row = (i64::from(y) - self.bottom).div_euclid(self.height);
            row.clamp(0, self.rows.len() as i64 - 1) as usize
        };
        row(low)..=row(high)
    }

    /// The edges whose box meets a box, some of them more than once.
    pub(super) fn near(&self, bbox: BBox) -> Vec<[Point; 2]> {
        let meets = |&&[a, b]: &&[Point; 2]| {
            let ends = BBox { min: a, max: a }.union(BBox { min: b, max: b });
            ends.meets(&bbox)
        };
        let rows = &self.rows[self.rows_of(bbox.min[1], bbox.max[1])];
        rows.iter().flatten().filter(meets).copied().collect()
    }

    /// Where a point lies, by its doubled coordinates.
    pub(super) fn side(&self, doubled: [i64; 2]) -> Side {
        let [min, max] = [self.bbox.min, self.bbox.max].map(|p| p.map(|v| 2 * i64::from(v)));
        if (0..2).any(|i| doubled[i] < min[i] || doubled[i] > max[i]) {
            return Side::Outside;
        }
        // Within the box, so that half of it is a coordinate.
        let row = self.rows_of((doubled[1] >> 1) as i32, (doubled[1] >> 1) as i32);
        let [px, py] = doubled.map(i128::from);
        let mut is_inside = false;
        for &edge in &self.rows[*row.start()] {
            let [[ax, ay], [bx, by]] = edge.map(|p| p.map(|v| 2 * i128::from(v)));
            let turn = (bx - ax) * (py - ay) - (by - ay) * (px - ax);
            let is_near =
                (ax.min(bx)..=ax.max(bx)).contains(&px) && (ay.min(by)..=ay.max(by)).contains(&py);
            if turn == 0 && is_near {
                return Side::Border;
            }
            is_inside ^= (ay <= py) != (by <= py) && (turn > 0) == (by > ay);
        }
        if is_inside { Side::Inside } else { Side::Outside }
    }

    /// Whether an edge has a point in the polygon that is not on its border; `near` are the edges
    /// of the polygon whose boxes meet that of the edge.
    pub(super) fn is_entered(&self, a: Point, b: Point, near: &[[Point; 2]]) -> bool {
        // Without a crossing, it can only come in or go out where it touches.
        let mut cuts = vec![a, b];
        for &[c, d] in near {
            match meeting(a, b, c, d) {
                Meeting::None => {}
                Meeting::Cross => return true,
                Meeting::Touch(p) => cuts.push(p),
                Meeting::Overlap => {
                    cuts.extend([c, d].into_iter().filter(|&p| is_between(a, b, p)));
                }
            }
        }
        cuts.sort_unstable();
        cuts.dedup();
        cuts.windows(2).any(|pair| {
            let middle = [0, 1].map(|i| i64::from(pair[0][i]) + i64::from(pair[1][i]));
            self.side(middle) == Side::Inside
        })
    }
}

/// Whether a point of the line through `a` and `b` lies between them.
fn is_between(a: Point, b: Point, p: Point) -> bool {
    let ([ux, uy], [vx, vy]) = (difference(p, a), difference(p, b));
    ux * vx + uy * vy <= 0
}
