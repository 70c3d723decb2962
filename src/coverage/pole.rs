//! Where a number in an area stands: the place that is farthest from its border.

use std::{cmp::Ordering, collections::BinaryHeap};

use crate::crs::Rd;

use super::{Shape, shape::MM};

/// The middle of the largest circle that lies in a shape, nearly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pole {
    /// The place.
    pub at: Rd,
    /// How far the border is from it, metres.
    pub radius: f64,
}

/// Squares are quartered as long as they may hold a place that is farther from the border by more
/// than this part.
const GAIN: f64 = 0.05;
/// No more trials than this, however long and thin the shape.
const MOST: usize = 160;

/// A square that may hold a better place than the best one yet. Millimetres.
#[derive(Clone, Copy, Debug)]
struct Square {
    centre: [f64; 2],
    half: f64,
    /// How far the border is from the centre; negative outside the shape.
    room: f64,
}

impl Square {
    fn of(edges: &[Edge], centre: [f64; 2], half: f64) -> Self {
        Self { centre, half, room: room(edges, centre) }
    }

    /// No place in the square is farther from the border than this.
    fn most(&self) -> f64 {
        self.room + self.half * std::f64::consts::SQRT_2
    }
}

impl Ord for Square {
    fn cmp(&self, other: &Self) -> Ordering {
        self.most().total_cmp(&other.most())
    }
}

impl PartialOrd for Square {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Square {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Square {}

type Edge = [[f64; 2]; 2];

impl Shape {
    /// The pole of inaccessibility (Garcia-Castellanos and Lombardo 2007), looked for in quartered
    /// squares, the most promising first, as `polylabel` does (Agafonkin 2016): no place is more
    /// than a twentieth farther from the border, unless 160 trials were too few to know. `None`
    /// where the shape is empty. Cost: a pass over the vertices a trial.
    pub fn pole(&self) -> Option<Pole> {
        let bbox = self.bbox()?;
        let [low, high] = [bbox.min.map(f64::from), bbox.max.map(f64::from)];
        let edges: Vec<Edge> = self.rings().flat_map(edges).collect();
        let side = (high[0] - low[0]).min(high[1] - low[1]);
        if side <= 0.0 {
            return None;
        }
        let inside = self.interior_point()?;
        let mut best = Square::of(&edges, [inside.x * MM, inside.y * MM], 0.0);
        let mut waiting = BinaryHeap::new();
        // A shape can be very much longer than it is wide.
        let steps = |axis: usize| ((high[axis] - low[axis]) / side).ceil().min(MOST as f64) as u32;
        let half = (0..2).map(|axis| (high[axis] - low[axis]) / f64::from(steps(axis)) / 2.0);
        let half = half.fold(0.0, f64::max);
        for column in 0..steps(0) {
            for row in 0..steps(1) {
                let place = |axis: usize, step: u32| {
                    let part = (f64::from(step) + 0.5) / f64::from(steps(axis));
                    low[axis] + part * (high[axis] - low[axis])
                };
                waiting.push(Square::of(&edges, [place(0, column), place(1, row)], half));
            }
        }
        for _ in 0..MOST {
            let Some(next) = waiting.pop() else { break };
            if next.room > best.room {
                best = next;
            }
            if next.most() <= best.room * (1.0 + GAIN) {
                break;
            }
            let half = next.half / 2.0;
            for [dx, dy] in [[-half, -half], [half, -half], [-half, half], [half, half]] {
                let centre = [next.centre[0] + dx, next.centre[1] + dy];
                waiting.push(Square::of(&edges, centre, half));
            }
        }
        let at = Rd { x: best.centre[0] / MM, y: best.centre[1] / MM };
        (best.room > 0.0).then_some(Pole { at, radius: best.room / MM })
    }
}

fn edges(ring: &[[i32; 2]]) -> impl Iterator<Item = Edge> {
    let ends = ring.iter().skip(1).chain(ring.first());
    ring.iter().zip(ends).map(|(from, to)| [from.map(f64::from), to.map(f64::from)])
}

/// The distance to the nearest edge; negative outside.
fn room(edges: &[Edge], [x, y]: [f64; 2]) -> f64 {
    let mut is_inside = false;
    let mut nearest = f64::INFINITY;
    for &[[ax, ay], [bx, by]] in edges {
        let [dx, dy] = [bx - ax, by - ay];
        if (ay > y) != (by > y) && x < dx * (y - ay) / dy + ax {
            is_inside = !is_inside;
        }
        let along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy);
        // An edge has length, so that this is a number.
        let along = along.clamp(0.0, 1.0);
        let [ex, ey] = [ax + along * dx - x, ay + along * dy - y];
        nearest = nearest.min(ex * ex + ey * ey);
    }
    let distance = nearest.sqrt();
    if is_inside { distance } else { -distance }
}

#[cfg(test)]
mod tests {
    use geo_types::{MultiPolygon, polygon};

    use super::*;

    fn pole(metres: impl Into<MultiPolygon<f64>>) -> Pole {
        Shape::from_grid_metres(&metres.into()).expect("on the grid").pole().expect("a pole")
    }

    #[test]
    fn the_largest_circle_touches_the_border() {
        let square =
            polygon![(x: 0.0, y: 0.0), (x: 10.0, y: 0.0), (x: 10.0, y: 10.0), (x: 0.0, y: 10.0)];
        assert_eq!(pole(square), Pole { at: Rd { x: 5.0, y: 5.0 }, radius: 5.0 });

        // A hole in the middle leaves the corners; an L has most room in its knee.
        let holed = polygon!(
            exterior: [(x: 0.0, y: 0.0), (x: 10.0, y: 0.0), (x: 10.0, y: 10.0), (x: 0.0, y: 10.0)],
            interiors: [[(x: 3.0, y: 3.0), (x: 3.0, y: 7.0), (x: 7.0, y: 7.0), (x: 7.0, y: 3.0)]],
        );
        // Between the corner of the square and that of the hole: r + r / √2 … as far from both.
        let corner = 3.0 * std::f64::consts::SQRT_2 / (1.0 + std::f64::consts::SQRT_2);
        let found = pole(holed).radius;
        assert!(found <= corner + 1e-9 && found >= corner / 1.05, "{found}, {corner}");

        let knee = polygon![
            (x: 0.0, y: 0.0), (x: 30.0, y: 0.0), (x: 30.0, y: 4.0), (x: 4.0, y: 4.0),
            (x: 4.0, y: 30.0), (x: 0.0, y: 30.0),
        ];
        // Against both outer sides and the inner corner.
        let most = 4.0 * std::f64::consts::SQRT_2 / (1.0 + std::f64::consts::SQRT_2);
        let found = pole(knee);
        assert!(found.radius <= most + 1e-9 && found.radius >= most / 1.05, "{found:?}");
        assert!(found.at.x < 4.0 && found.at.y < 4.0, "{found:?}");
    }

    #[test]
    fn the_larger_part_has_it() {
        let part = |x: f64, side: f64| polygon![(x: x, y: 0.0), (x: x + side, y: 0.0), (x: x + side, y: side), (x: x, y: side)];
        let found = pole(MultiPolygon(vec![part(0.0, 4.0), part(20.0, 9.0)]));
        assert!((found.at.x - 24.5).abs() < 0.5 && found.radius >= 4.5 / 1.05, "{found:?}");
    }

    #[test]
    fn a_ribbon_and_nothing_at_all_do_no_harm() {
        let ribbon = polygon![
            (x: 0.0, y: 0.0), (x: 90_000.0, y: 0.0), (x: 90_000.0, y: 0.002), (x: 0.0, y: 0.002),
        ];
        let found = pole(ribbon);
        assert!(found.radius > 0.0 && found.radius <= 0.001, "{found:?}");
        assert_eq!(Shape::default().pole(), None);
    }

    #[test]
    fn no_place_of_a_fine_grid_is_much_farther() {
        let star: Vec<_> = (0..14)
            .map(|at| {
                let angle = f64::from(at) * std::f64::consts::TAU / 14.0;
                let radius = [40.0, 13.0][usize::from(at % 2 == 1)] + f64::from(at);
                let round = |value: f64| (value * 1000.0).round() / 1000.0;
                geo_types::Coord { x: round(angle.cos() * radius), y: round(angle.sin() * radius) }
            })
            .collect();
        let star = geo_types::Polygon::new(geo_types::LineString(star), Vec::new());
        let shape = Shape::from_grid_metres(&MultiPolygon(vec![star])).expect("on the grid");
        let edges: Vec<Edge> = shape.rings().flat_map(edges).collect();
        let found = shape.pole().expect("a pole").radius * MM;
        let at = |step: i32| f64::from(step) * 250.0;
        let grid = (-200..200).flat_map(|x| (-200..200).map(move |y| [at(x), at(y)]));
        let best = grid.map(|place| room(&edges, place)).fold(0.0, f64::max);
        assert!(best <= found * (1.0 + GAIN), "{best} mm on the grid, {found} mm found");
    }
}
