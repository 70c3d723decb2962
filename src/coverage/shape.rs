//! The stored form of an area's shape.

use geo_types::{Coord, LineString, MultiPolygon, Polygon as GeoPolygon};

use crate::crs::Rd;

use super::exact::{MAX_COORDINATE, Point, doubled_area, is_spike};

/// Millimetres in a metre.
pub(super) const MM: f64 = 1000.0;

/// The shape of an area: polygons of rings of vertices on the millimetre grid of RD, x before y.
///
/// Rings are implicitly closed: the first vertex is not repeated at the end. The first ring of a
/// polygon is its outer border and runs counter-clockwise; the others are its holes and run
/// clockwise (as RFC 7946 has them). Every ring starts at its least vertex (least x, then least y),
/// and holes and polygons are ordered by their vertices, so that the same shape is the same bytes.
/// Coordinates are at most 1,000 km from the origin, which keeps every predicate exact.
///
/// A shape made by [`repair`](super::repair) is valid as OGC Simple Features has it: no ring
/// touches itself, rings of a polygon touch in single points at most and leave its interior
/// connected, polygons share no more than points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Shape {
    vertices: Box<[Point]>,
    /// Where each ring ends in `vertices`.
    ring_ends: Box<[u32]>,
    /// Where each polygon ends in `ring_ends`.
    polygon_ends: Box<[u32]>,
}

/// A polygon of a [`Shape`].
#[derive(Clone, Copy, Debug)]
pub struct Polygon<'a> {
    shape: &'a Shape,
    first_ring: usize,
    end: usize,
}

/// A bounding box on the millimetre grid of RD, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BBox {
    /// The least x and y, millimetres.
    pub min: [i32; 2],
    /// The greatest x and y, millimetres.
    pub max: [i32; 2],
}

impl BBox {
    /// The south-western corner in metres.
    pub fn south_west(&self) -> Rd {
        rd(self.min)
    }

    /// The north-eastern corner in metres.
    pub fn north_east(&self) -> Rd {
        rd(self.max)
    }

    /// The least box around both.
    pub fn union(self, other: Self) -> Self {
        Self {
            min: [self.min[0].min(other.min[0]), self.min[1].min(other.min[1])],
            max: [self.max[0].max(other.max[0]), self.max[1].max(other.max[1])],
        }
    }

    /// Whether the boxes share a point.
    pub fn meets(&self, other: &Self) -> bool {
        (0..2).all(|i| self.min[i] <= other.max[i] && other.min[i] <= self.max[i])
    }
}

/// The point in metres: the doubles nearest to the thousandths.
fn rd([x, y]: Point) -> Rd {
    Rd { x: f64::from(x) / MM, y: f64::from(y) / MM }
}

/// The grid point nearest to a point in metres; `None` where it is not finite or out of range.
pub(super) fn to_grid(point: Coord<f64>) -> Option<Point> {
    let (x, y) = ((point.x * MM).round(), (point.y * MM).round());
    let range = -f64::from(MAX_COORDINATE)..=f64::from(MAX_COORDINATE);
    // In range, so the casts are exact; NaN is in no range.
    (range.contains(&x) && range.contains(&y)).then_some([x as i32, y as i32])
}

impl Shape {
    /// Makes a shape of polygons of rings, outer ring first, in the canonical form. Rings of fewer
    /// than three vertices are left out, with their holes where they are outer rings.
    pub(super) fn from_rings(mut polygons: Vec<Vec<Vec<Point>>>) -> Self {
        normalise(&mut polygons);
        let mut shape = (Vec::new(), Vec::new(), Vec::new());
        for rings in polygons {
            for ring in rings {
                shape.0.extend_from_slice(&ring);
                // At most as many vertices as the source held in memory at 16 bytes each.
                shape.1.push(u32::try_from(shape.0.len()).unwrap_or(u32::MAX));
            }
            shape.2.push(u32::try_from(shape.1.len()).unwrap_or(u32::MAX));
        }
        Self {
            vertices: shape.0.into_boxed_slice(),
            ring_ends: shape.1.into_boxed_slice(),
            polygon_ends: shape.2.into_boxed_slice(),
        }
    }

    /// Reads a shape back from metres, as [`Shape::to_multi_polygon`] gave it, in one pass and
    /// without repair. Closed or not; the order and direction of its rings are restored.
    ///
    /// `None` where a coordinate is not on the grid (further from it than a micrometre), not finite
    /// or out of range, where a ring has fewer than three vertices or none of its area, where a
    /// vertex is repeated or a spike, or where there is no polygon. Crossings are not looked for.
    pub fn from_grid_metres(metres: &MultiPolygon<f64>) -> Option<Self> {
        let vertex = |&point: &Coord<f64>| {
            let grid = to_grid(point)?;
            let back = rd(grid);
            ((back.x - point.x).abs() < 1e-6 && (back.y - point.y).abs() < 1e-6).then_some(grid)
        };
        let ring = |line: &LineString<f64>| {
            let mut ring = line.0.iter().map(vertex).collect::<Option<Vec<_>>>()?;
            if ring.len() > 1 && ring.first() == ring.last() {
                ring.pop();
            }
            let n = ring.len();
            let sound = n >= 3
                && (0..n).all(|i| {
                    let (a, b, c) = (ring[i], ring[(i + 1) % n], ring[(i + 2) % n]);
                    a != b && !is_spike(a, b, c)
                });
            (sound && doubled_area(&ring) != 0).then_some(ring)
        };
        let polygon = |polygon: &GeoPolygon<f64>| {
            std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect()
        };
        let polygons = metres.0.iter().map(polygon).collect::<Option<Vec<Vec<_>>>>()?;
        (!polygons.is_empty()).then(|| Self::from_rings(polygons))
    }

    /// The polygons, each with at least its outer ring.
    pub fn polygons(&self) -> impl ExactSizeIterator<Item = Polygon<'_>> + Clone {
        (0..self.polygon_ends.len()).map(|i| Polygon {
            shape: self,
            first_ring: if i == 0 { 0 } else { self.polygon_ends[i - 1] as usize },
            end: self.polygon_ends[i] as usize,
        })
    }

    /// All rings, polygon by polygon, outer ring first.
    pub fn rings(&self) -> impl ExactSizeIterator<Item = &[[i32; 2]]> + Clone {
        (0..self.ring_ends.len()).map(|i| self.ring(i))
    }

    fn ring(&self, i: usize) -> &[Point] {
        let start = if i == 0 { 0 } else { self.ring_ends[i - 1] as usize };
        &self.vertices[start..self.ring_ends[i] as usize]
    }

    /// All vertices, ring by ring, millimetres; no ring's first vertex is repeated.
    pub fn vertices(&self) -> &[[i32; 2]] {
        &self.vertices
    }

    /// Whether there is no polygon. A shape from [`repair`](super::repair) is never empty.
    pub fn is_empty(&self) -> bool {
        self.polygon_ends.is_empty()
    }

    /// The bounding box; `None` for an empty shape.
    pub fn bbox(&self) -> Option<BBox> {
        let first = *self.vertices.first()?;
        let point = |p: &Point| BBox { min: *p, max: *p };
        Some(self.vertices.iter().map(point).fold(BBox { min: first, max: first }, BBox::union))
    }

    /// The area in square metres, holes left out; exact to the last digit of the double.
    pub fn area_m2(&self) -> f64 {
        let doubled: i128 = self.rings().map(doubled_area).sum();
        doubled as f64 / 2e6
    }

    /// The shape in metres, rings closed, every coordinate the double nearest to its millimetres.
    pub fn to_multi_polygon(&self) -> MultiPolygon<f64> {
        let line = |ring: &[Point]| -> LineString<f64> {
            let closed = ring.iter().chain(ring.first());
            closed.map(|&p| Coord { x: f64::from(p[0]) / MM, y: f64::from(p[1]) / MM }).collect()
        };
        let polygon =
            |p: Polygon<'_>| GeoPolygon::new(line(p.exterior()), p.holes().map(line).collect());
        MultiPolygon(self.polygons().map(polygon).collect())
    }

    /// A point inside the shape: the middle of the widest stretch inside along a line through the
    /// middle of the largest polygon's height. `None` for an empty shape. Linear in the vertices.
    pub fn interior_point(&self) -> Option<Rd> {
        let largest = self.polygons().max_by_key(|p| doubled_area(p.exterior()))?;
        let ys = || largest.exterior().iter().map(|p| i64::from(p[1]));
        let (low, high) = (ys().min()?, ys().max()?);
        // Halfway between the two vertex heights around the middle, so that no vertex is on it.
        let middle = (low + high).div_euclid(2);
        let heights = || largest.rings().flatten().map(|p| i64::from(p[1]));
        let below = heights().filter(|&y| y <= middle).max()?;
        let above = heights().filter(|&y| y > middle).min()?;
        let y = (below + above) as f64 / 2.0;
        let mut crossings = Vec::new();
        for ring in largest.rings() {
            let mut a = *ring.last()?;
            for &b in ring {
                let [ax, ay] = a.map(f64::from);
                let [bx, by] = b.map(f64::from);
                if (ay < y) != (by < y) {
                    crossings.push(ax + (y - ay) / (by - ay) * (bx - ax));
                }
                a = b;
            }
        }
        crossings.sort_unstable_by(f64::total_cmp);
        let (stretches, _) = crossings.as_chunks::<2>();
        let widest = stretches.iter().max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])))?;
        Some(Rd { x: f64::midpoint(widest[0], widest[1]) / MM, y: y / MM })
    }
}

impl AsRef<Shape> for Shape {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl<'a> Polygon<'a> {
    /// The outer ring, counter-clockwise, not closed.
    pub fn exterior(&self) -> &'a [[i32; 2]] {
        self.shape.ring(self.first_ring)
    }

    /// The holes, clockwise, not closed.
    pub fn holes(&self) -> impl ExactSizeIterator<Item = &'a [[i32; 2]]> + Clone + use<'a> {
        let shape = self.shape;
        (self.first_ring + 1..self.end).map(move |i| shape.ring(i))
    }

    /// The outer ring and the holes.
    pub fn rings(&self) -> impl ExactSizeIterator<Item = &'a [[i32; 2]]> + Clone + use<'a> {
        let shape = self.shape;
        (self.first_ring..self.end).map(move |i| shape.ring(i))
    }
}

/// Brings rings to their direction, first vertex and order, and polygons to theirs.
pub(super) fn normalise(polygons: &mut Vec<Vec<Vec<Point>>>) {
    for rings in polygons.iter_mut() {
        if rings.first().is_none_or(|outer| outer.len() < 3) {
            rings.clear();
        }
        rings.retain(|ring| ring.len() >= 3);
        for (i, ring) in rings.iter_mut().enumerate() {
            if (doubled_area(ring) > 0) != (i == 0) {
                ring.reverse();
            }
            if let Some((least, _)) = ring.iter().enumerate().min_by_key(|&(_, p)| *p) {
                ring.rotate_left(least);
            }
        }
        if let Some(holes) = rings.get_mut(1..) {
            holes.sort_unstable();
        }
    }
    polygons.retain(|rings| !rings.is_empty());
    polygons.sort_unstable();
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;

    use super::*;

    #[test]
    fn metres_are_the_doubles_nearest_to_the_thousandths() {
        let ring = vec![
            [121_687_001, 487_484_003],
            [121_688_337, 487_484_003],
            [121_687_001, 487_485_009],
        ];
        let metres = Shape::from_rings(vec![vec![ring]]).to_multi_polygon();
        let exterior = &metres.0[0].exterior().0;
        assert_eq!(exterior.first(), exterior.last());
        let texts: Vec<_> = exterior.iter().map(|c| format!("{} {}", c.x, c.y)).collect();
        assert_eq!(texts[..2], ["121687.001 487484.003", "121688.337 487484.003"]);
    }

    #[test]
    fn only_what_lies_on_the_grid_is_read_back() {
        let read = |p| Shape::from_grid_metres(&MultiPolygon(vec![p]));
        let sound = polygon![(x: 1.001, y: 0.0), (x: 2.0, y: 0.0), (x: 2.0, y: 1.0)];
        let shape = read(sound).expect("on the grid");
        assert_eq!(shape.bbox(), Some(BBox { min: [1001, 0], max: [2000, 1000] }));
        for odd in [1.0004, f64::NAN, f64::INFINITY, 1e7] {
            let off = polygon![(x: odd, y: 0.0), (x: 2.0, y: 0.0), (x: 2.0, y: 1.0)];
            assert_eq!(read(off), None, "{odd}");
        }
        assert_eq!(read(polygon![(x: 1.0, y: 0.0), (x: 2.0, y: 0.0)]), None);
        assert_eq!(read(polygon![(x: 1.0, y: 0.0), (x: 2.0, y: 0.0), (x: 3.0, y: 0.0)]), None);
        assert_eq!(Shape::from_grid_metres(&MultiPolygon(vec![])), None);
    }
}
