//! What is told exactly about edges and pixels.

use super::CutLines;

/// The coarse grid, seen from the fine one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    pub(super) shift: u32,
}

impl Grid {
    /// The pixel that holds a point.
    pub(super) fn pixel(self, point: [i32; 2]) -> [i32; 2] {
        // In `i64`, so that the eastern edge of the world does not overflow.
        point.map(|v| ((i64::from(v) + (1 << (self.shift - 1))) >> self.shift) as i32)
    }

    /// Whether the edge from `a` to `b` passes through a pixel.
    pub(super) fn meets(self, [a, b]: [[i32; 2]; 2], pixel: [i32; 2]) -> bool {
        let size = 1i64 << self.shift;
        // From the corner of the pixel, which reaches from 0 up to but not including `size`.
        let corner = pixel.map(|v| (i64::from(v) << self.shift) - (size >> 1));
        let [ax, ay] = [i64::from(a[0]) - corner[0], i64::from(a[1]) - corner[1]];
        let [bx, by] = [i64::from(b[0]) - corner[0], i64::from(b[1]) - corner[1]];
        if ax.min(bx) >= size || ax.max(bx) < 0 || ay.min(by) >= size || ay.max(by) < 0 {
            return false;
        }
        // And whether its corners are on both sides of the line. They are just short of `size`.
        let (dx, dy) = (bx - ax, by - ay);
        let at_corner = i128::from(dy) * i128::from(ax) - i128::from(dx) * i128::from(ay);
        let up = i128::from(dx.max(0) + (-dy).max(0));
        let down = i128::from((-dx).max(0) + dy.max(0));
        let most = at_corner + (up << self.shift);
        let least = at_corner - (down << self.shift);
        (most > 0 || most == 0 && up == 0) && (least < 0 || least == 0 && down == 0)
    }

    /// The pixels where an edge crosses the lines that are cut along.
    pub(super) fn cross_cuts(
        self,
        [a, b]: [[i32; 2]; 2],
        cuts: CutLines,
        crossings: &mut Vec<[i32; 2]>,
    ) {
        for axis in 0..2 {
            let (low, high) = if a[axis] < b[axis] { (a, b) } else { (b, a) };
            let run = i64::from(high[axis]) - i64::from(low[axis]);
            if run == 0 {
                continue;
            }
            let [from, to] = [low, high].map(|v| i64::from(v[axis]));
            // Beyond its ends there may be one more, on either side.
            for at in cuts.between(axis, from >> self.shift, (to >> self.shift) + 1) {
                let along = (at << self.shift) - from;
                if (0..=run).contains(&along) {
                    let mut pixel = [at as i32; 2];
                    pixel[1 - axis] = self.pixel_at(low, high, 1 - axis, along.into(), run.into());
                    crossings.push(pixel);
                }
            }
        }
    }

    /// On one axis, the pixel that is the share `along / run` of the way from `a` to `b`; `run` is
    /// positive.
    pub(super) fn pixel_at(
        self,
        a: [i32; 2],
        b: [i32; 2],
        axis: usize,
        along: i128,
        run: i128,
    ) -> i32 {
        let rise = i128::from(b[axis]) - i128::from(a[axis]);
        let start = i128::from(a[axis]) + (1 << (self.shift - 1));
        (start * run + along * rise).div_euclid(run << self.shift) as i32
    }

    /// The pixel where two edges cross; `None` where they do not.
    pub(super) fn crossing(self, [a, b]: [[i32; 2]; 2], [c, d]: [[i32; 2]; 2]) -> Option<[i32; 2]> {
        let wide = |from: [i32; 2], to: [i32; 2]| {
            [0, 1].map(|axis| i128::from(to[axis]) - i128::from(from[axis]))
        };
        let cross = |u: [i128; 2], v: [i128; 2]| u[0] * v[1] - u[1] * v[0];
        let run = cross(wide(a, b), wide(c, d));
        let along = cross(wide(a, c), wide(c, d));
        let other = cross(wide(a, c), wide(a, b));
        let [along, other] = [along, other].map(|share| share * run.signum());
        let run = run.abs();
        let crosses = run > 0 && (0..=run).contains(&along) && (0..=run).contains(&other);
        crosses.then(|| [0, 1].map(|axis| self.pixel_at(a, b, axis, along, run)))
    }
}

/// Twice the area of a triangle, and which way it runs. Pixels are fewer than 2³⁰ a side.
pub(super) fn turn(a: [i32; 2], b: [i32; 2], c: [i32; 2]) -> i64 {
    let [abx, aby] = [0, 1].map(|axis| i64::from(b[axis]) - i64::from(a[axis]));
    let [acx, acy] = [0, 1].map(|axis| i64::from(c[axis]) - i64::from(a[axis]));
    abx * acy - aby * acx
}

/// Whether two edges cross in a point inside both.
pub(super) fn cross([a, b]: [[i32; 2]; 2], [c, d]: [[i32; 2]; 2]) -> bool {
    let apart = |axis: usize| {
        a[axis].max(b[axis]) < c[axis].min(d[axis]) || c[axis].max(d[axis]) < a[axis].min(b[axis])
    };
    !apart(0)
        && !apart(1)
        && turn(a, b, c).signum() * turn(a, b, d).signum() < 0
        && turn(c, d, a).signum() * turn(c, d, b).signum() < 0
}
