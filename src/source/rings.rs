//! From a shapefile's rings to polygons: which ring is a hole of which.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

/// More rings than any area has: the islands and lakes of a gemeente are hundreds.
const MAX_RINGS: usize = 1 << 15;

/// Makes polygons of rings: a clockwise ring is an outer one, any other a hole (ESRI 1998).
///
/// A hole belongs to the smallest outer ring that holds its first point; one that lies in none
/// is an outer ring that was drawn the wrong way round. Where no ring is clockwise, all count as
/// outer. Nothing is left out. Cost: holes times outer rings.
///
/// # Errors
/// When there are more than [`MAX_RINGS`].
pub fn assemble(rings: Vec<LineString<f64>>) -> Result<MultiPolygon<f64>, String> {
    if rings.len() > MAX_RINGS {
        return Err(format!("{} rings, expected at most {MAX_RINGS}", rings.len()));
    }
    let (mut outers, holes): (Vec<_>, Vec<_>) = rings
        .into_iter()
        .map(|ring| (doubled_area(&ring), ring))
        .partition(|(area, _)| *area < 0.0);
    let mut inner = vec![Vec::new(); outers.len()];
    for (area, ring) in holes {
        let owner = ring.0.first().and_then(|point| {
            outers
                .iter()
                .enumerate()
                .filter(|(_, (outer, _))| outer.abs() >= area)
                .filter(|(_, (_, outer))| holds(outer, *point))
                .min_by(|a, b| a.1.0.abs().total_cmp(&b.1.0.abs()))
                .map(|(at, _)| at)
        });
        match owner.and_then(|at| inner.get_mut(at)) {
            Some(list) => list.push(ring),
            None => {
                outers.push((area, ring));
                inner.push(Vec::new());
            }
        }
    }
    let polygons =
        outers.into_iter().zip(inner).map(|((_, outer), holes)| Polygon::new(outer, holes));
    Ok(MultiPolygon(polygons.collect()))
}

/// Twice the area: positive when the ring runs counter-clockwise. Relative to its first point,
/// so that large coordinates cost no digits.
fn doubled_area(ring: &LineString<f64>) -> f64 {
    let Some(origin) = ring.0.first().copied() else { return 0.0 };
    ring.0
        .windows(2)
        .map(|pair| match pair {
            [a, b] => (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y),
            _ => 0.0,
        })
        .sum()
}

/// Whether a point lies in a ring, by the parity of crossings.
fn holds(ring: &LineString<f64>, point: Coord<f64>) -> bool {
    ring.0
        .windows(2)
        .filter(|pair| match pair {
            [a, b] => {
                (a.y > point.y) != (b.y > point.y)
                    && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
            }
            _ => false,
        })
        .count()
        % 2
        == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, y: f64, side: f64, clockwise: bool) -> LineString<f64> {
        let mut points = vec![(x, y), (x, y + side), (x + side, y + side), (x + side, y), (x, y)];
        if !clockwise {
            points.reverse();
        }
        points.into()
    }

    #[test]
    fn a_hole_goes_to_the_smallest_ring_around_it() {
        let shape = assemble(vec![
            square(0.0, 0.0, 100.0, true),
            square(10.0, 10.0, 50.0, false),
            square(20.0, 20.0, 20.0, true),
            square(25.0, 25.0, 5.0, false),
        ])
        .expect("few rings");
        let holes: Vec<_> = shape.0.iter().map(|polygon| polygon.interiors().len()).collect();
        assert_eq!(holes, [1, 1]);
        assert_eq!(shape.0[1].interiors()[0], square(25.0, 25.0, 5.0, false));
    }

    #[test]
    fn rings_the_wrong_way_round_are_kept() {
        let shape = assemble(vec![square(0.0, 0.0, 10.0, false), square(20.0, 0.0, 10.0, false)]);
        assert_eq!(shape.expect("few rings").0.len(), 2);
        assert!(assemble(vec![square(0.0, 0.0, 1.0, true); MAX_RINGS + 1]).is_err());
    }
}
